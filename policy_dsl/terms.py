"""Facts, outputs and values in plain English: the parts of which statements are made."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from policy_dsl.model import (
    AddMonths,
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
from policy_dsl.quantities import in_years, places_of, sum_type, unbounded
from policy_dsl.types import (
    Date,
    Duration,
    Enumeration,
    Integer,
    SetOf,
    Type,
    Value,
    YesNo,
    in_digits,
    is_number,
)
from policy_dsl.values import spoken
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
        text = said.text
        if filler.startswith("a day ") and (" on {}" in text or text.endswith(" is {}")):
            text = text.replace(" on {}", " {}")  # "was filed on {}", but "was filed before ..."
            filler = filler.removeprefix("a day ")
        text = text.replace("{}", filler)
        if said is self.negative and filler.startswith("not ") and " or " not in filler:
            text = text.replace(" not not ", " ")  # "is not not in detention"
        return replace(said, text=text)


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
    """How a yes/no fact or definition is said of the subject; that an action is done, of whoever
    does it."""
    fact = policy.facts.get(name)
    if fact is not None and fact.action is not None and fact.by not in (None, policy.subject):
        who = f"the {blank(fact.by or '')}"
        return Statement(Said(f"{who} {phrase}", False), Said(f"{who} {negative}", False))
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
        case Product(to=to) if to is not None:
            return statement(policy, expr.operand)
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
        case Literal_(value=int() as value, type=Duration() as type_):
            return spoken(*in_years(type_, value))
        case Literal_(value=int() as value, type=type_) if is_number(type_):
            return spoken(type_, value, unit)
        case Literal_():
            return value_words(expr.type, expr.value)
        case FactValue():
            return _day_of(policy, expr) or blank(expr.fact)
        case ParameterValue():
            return blank(expr.parameter)
        case OutputValue():
            output = policy.outputs.get(expr.output)
            said = output.phrase if output is not None else None
            return said if said is not None else f"the {blank(expr.output)}"
        case DefinitionValue():
            return definition_words(policy, expr)
        case AddMonths() | Sum():
            return _sum_words(policy, expr, unit)
        case Product(to=to) if to is not None:
            return words_of(policy, expr.operand)
        case Product():
            words = words_of(policy, expr.operand)
            if isinstance(expr.operand, Sum):
                words = f"({words})"
            return f"{in_digits(expr.factor, expr.places)} times {words}"
        case SizeOfSet():
            return f"the number of {words_of(policy, expr.operand)}"
        case _:
            return "this"


_Sign: TypeAlias = Literal["+", "-"]
_OTHER: dict[_Sign, _Sign] = {"+": "-", "-": "+"}


def _sum_words(policy: Policy, expr: Sum | AddMonths, unit: str | None) -> str:
    """A sum, in the words of the calendar where it is about days: "6 months after ..."."""
    match expr:
        case AddMonths(operand=left, months=right):
            sign: _Sign = "+"
        case Sum(sign=sign, left=left, right=right):
            pass
    dated = isinstance(value_type(left), Date)
    if dated and isinstance(value_type(right), Date):
        return f"the time from {words_of(policy, right)} to {words_of(policy, left)}"
    match right:
        case Product(factor=-1, operand=operand, to=None) if dated:
            right, sign = operand, _OTHER[sign]
        case Literal_(value=int() as value) if value < 0 and dated:
            right, sign = negated(right), _OTHER[sign]
    if dated and isinstance(right, Literal_):
        word = "after" if sign == "+" else "before"
        return f"the day {words_of(policy, right)} {word} {words_of(policy, left)}"
    words = words_of(policy, right, unit)
    if isinstance(right, Sum):
        words = f"({words})"
    return f"{words_of(policy, left, unit)} {'plus' if sign == '+' else 'minus'} {words}"


_DAY_PHRASE = re.compile(r"(?P<said>.+) (?P<word>on|from|until|since|by) \{\}")


def _day_of(policy: Policy, expr: FactValue) -> str | None:
    """The day that is the value of a fact, by the fact's phrase: "the day on which the account
    was closed"; None where it is no day, or the phrase does not end in such a word."""
    fact = policy.facts.get(expr.fact)
    if fact is None or fact.phrase is None or not isinstance(fact.type, Date):
        return None
    found = _DAY_PHRASE.fullmatch(fact.phrase)
    if found is None:
        return None
    return f"the day {found['word']} which {subject(policy)} {found['said']}"


def negated(expr: Literal_) -> Literal_:
    """The same number with the other sign."""
    assert isinstance(expr.value, int)
    return replace(expr, value=-expr.value)


def action_words(policy: Policy, name: str) -> str:
    """An action by its phrase."""
    return policy.actions[name].phrase if name in policy.actions else blank(name)


def value_type(expr: Expr) -> Type:
    """The type of an expression."""
    match expr:
        case Literal_() | FactValue() | ParameterValue() | DefinitionValue() | OutputValue():
            return expr.type
        case Sum():
            left, right = value_type(expr.left), value_type(expr.right)
            return sum_type(left, right) if is_number(left) and is_number(right) else left
        case Product():
            inner = value_type(expr.operand)
            if expr.to is not None or not is_number(inner):
                return expr.to or inner
            return unbounded(inner, places_of(inner) + expr.places)
        case AddMonths():
            return Date()
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
            return spoken(type_, value) if is_number(type_) else number(value, None)
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
