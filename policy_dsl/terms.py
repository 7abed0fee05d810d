"""Facts, outputs and values in plain English: the parts of which statements are made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from policy_dsl.model import (
    DefinitionValue,
    Expr,
    Fact,
    FactValue,
    Literal_,
    OutputValue,
    ParameterValue,
    Policy,
    Product,
    SizeOfSet,
    Sum,
    walk,
)
from policy_dsl.types import Enumeration, Integer, SetOf, Type, Value, YesNo
from policy_dsl.wording import blank, denial, joined, number

Joiner: TypeAlias = Literal["", "and", "or"]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement. ``predicate``: it is said of the subject, without naming it.

    ``joiner`` is the word that joins its ``parts``, if it is a list; ``deep`` when one of these
    is a list too.
    """

    text: str
    predicate: bool = True
    joiner: Joiner = ""
    parts: int = 1
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """How a thing is said and denied; ``{}`` in a text stands for its value."""

    positive: Said
    negative: Said

    def say(self, truth: bool, filler: str = "") -> Said:
        """The statement or its denial, about a value."""
        said = self.positive if truth else self.negative
        return replace(said, text=said.text.replace("{}", filler))


def subject(policy: Policy) -> str:
    """The noun for what cases are about, with its article."""
    return f"the {blank(policy.subject)}"


def from_phrase(policy: Policy, phrase: str, negative: str | None) -> Statement:
    """A phrase and its denial, made up where the policy gives none."""
    if negative is None:
        negative = denial(phrase)
    if negative is not None:
        return Statement(Said(phrase), Said(negative))
    whole = f"it is not so that {subject(policy)} {phrase}"
    return Statement(Said(phrase), Said(whole, predicate=False))


def yes_no(policy: Policy, name: str, phrase: str | None, negative: str | None) -> Statement:
    """How a yes/no fact or definition is said of the subject."""
    if phrase is not None:
        return from_phrase(policy, phrase, negative)
    words = blank(name)
    return Statement(Said(f"{words}: yes", False), Said(f"{words}: no", False))


def of_value(policy: Policy, name: str, phrase: str | None, negative: str | None) -> Statement:
    """How the value of a fact or definition that is not yes/no is said of the subject."""
    if phrase is None:
        words = blank(name)
        return Statement(Said(f"{words}: {{}}", False), Said(f"{words}: not {{}}", False))
    if "{}" in phrase:
        denied = negative if negative is not None and "{}" in negative else None
        return from_phrase(policy, phrase, denied)
    return Statement(Said(f"has {{}} as {phrase}"), Said(f"does not have {{}} as {phrase}"))


def statement(policy: Policy, expr: Expr) -> Statement:
    """How the value of an expression is said, with ``{}`` for the value."""
    match expr:
        case FactValue() if (fact := policy.facts.get(expr.fact)) is not None:
            return of_value(policy, fact.name, fact.phrase, fact.negative)
        case DefinitionValue(arguments=()):
            found = policy.definitions.get(expr.definition)
            if found is not None:
                return of_value(policy, found.name, found.phrase, found.negative)
        case OutputValue():
            words = words_of(policy, expr)
            return Statement(
                Said(f"{words} is set to {{}}", False), Said(f"{words} is not set to {{}}", False)
            )
    words = words_of(policy, expr)
    return Statement(Said(f"{words} is {{}}", False), Said(f"{words} is not {{}}", False))


def words_of(policy: Policy, expr: Expr, unit: str | None = None) -> str:
    """An expression that is not a condition as a noun; ``unit`` for a number without one."""
    match expr:
        case Literal_(value=int() as value, type=Integer(unit=own)):
            return number(value, own or unit)
        case Literal_():
            return value_words(expr.type, expr.value)
        case FactValue():
            return blank(expr.fact)
        case ParameterValue():
            return blank(expr.parameter)
        case OutputValue():
            output = policy.outputs.get(expr.output)
            said = output.phrase if output is not None else None
            return said if said is not None else f"the {blank(expr.output)}"
        case DefinitionValue():
            return definition_words(policy, expr)
        case Sum():
            word = "plus" if expr.sign == "+" else "minus"
            right = words_of(policy, expr.right, unit)
            if isinstance(expr.right, Sum):
                right = f"({right})"
            return f"{words_of(policy, expr.left, unit)} {word} {right}"
        case Product():
            operand = words_of(policy, expr.operand)
            if isinstance(expr.operand, Sum):
                operand = f"({operand})"
            return f"{number(expr.factor, None)} times {operand}"
        case SizeOfSet():
            return f"the number of {words_of(policy, expr.operand)}"
        case _:
            return "this"


def action_words(policy: Policy, name: str) -> str:
    """An action by its phrase."""
    return policy.actions[name].phrase if name in policy.actions else blank(name)


def value_type(expr: Expr) -> Type:
    """The type of an expression."""
    match expr:
        case Literal_() | FactValue() | ParameterValue() | DefinitionValue() | OutputValue():
            return expr.type
        case Sum():
            return value_type(expr.left)
        case Product():
            return value_type(expr.operand)
        case SizeOfSet():
            return Integer(low=0)
        case _:
            return YesNo()


def definition_words(policy: Policy, expr: DefinitionValue) -> str:
    """A definition by its name, with its arguments."""
    name = blank(expr.definition)
    if not expr.arguments:
        return name
    return f"{name} ({', '.join(words_of(policy, each) for each in expr.arguments)})"


def value_words(type_: Type, value: Value) -> str:
    """A value as it is said; never raises, even on a value that is not of the type."""
    element = type_.element if isinstance(type_, SetOf) else type_
    match value:
        case None:
            return "not established"
        case bool():
            return "yes" if value else "no"
        case int():
            return number(value, type_.unit if isinstance(type_, Integer) else None)
        case str():
            if isinstance(element, Enumeration) and value in element.values:
                return element.phrase(value)
            return blank(value)
        case frozenset():
            order = element.values if isinstance(element, Enumeration) else ()
            rest = sorted(value - set(order))
            names = [each for each in order if each in value] + rest
            return joined([value_words(element, each) for each in names], "and") or "none"


def is_optional(policy: Policy, expr: Expr) -> bool:
    """Whether the value of an expression can be not established."""
    for each in walk(expr):
        match each:
            case FactValue(optional=True):
                return True
            case DefinitionValue():
                found = policy.definitions.get(each.definition)
                cases = found.cases if found is not None else ()
                if any(is_optional(policy, case.body) for case in cases):
                    return True
    return False


def fact_statement(policy: Policy, fact: Fact, value: Value) -> Said:
    """What is so of a fact that has a value."""
    if value is None:
        if fact.phrase is None or not isinstance(fact.type, YesNo):
            return Said(f"{blank(fact.name)}: not established", False)
        return Said(f"it is not established whether {subject(policy)} {fact.phrase}", False)
    if isinstance(fact.type, YesNo):
        return yes_no(policy, fact.name, fact.phrase, fact.negative).say(value is True)
    filler = value_words(fact.type, value)
    return of_value(policy, fact.name, fact.phrase, fact.negative).say(True, filler)
