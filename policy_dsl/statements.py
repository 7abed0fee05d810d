"""Conditions as statements in plain English: negation is pushed inwards to the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from policy_dsl.compared import compared
from policy_dsl.force import say_periods
from policy_dsl.model import (
    PERIOD,
    AllOf,
    AnyOf,
    ClauseApplies,
    ClauseBroken,
    ClauseInScope,
    Compare,
    Counted,
    DefinitionValue,
    Established,
    Expr,
    FactValue,
    Implication,
    IsEmpty,
    Literal_,
    Member,
    Negation,
    NormIs,
    NormState,
    ParameterValue,
    Policy,
    ReadingIs,
)
from policy_dsl.terms import (
    Joiner,
    Said,
    Statement,
    action_words,
    is_optional,
    statement,
    subject,
    value_type,
    value_words,
    words_of,
    yes_no,
)
from policy_dsl.types import Integer, YesNo
from policy_dsl.wording import FLIPPED, OPPOSITE, blank, joined, name_list

_NORM_WORDS: Mapping[NormState, str] = {
    "must": "duty to",
    "must not": "duty not to",
    "should": 'duty, be it only a "should", to',
    "should not": 'duty, be it only a "should", not to',
    "may": "permission to",
    "need not": "release from any duty to",
    "silent on": "word on whether to",
}


_BOTH = (True, False)


@dataclass(frozen=True)
class _Group:
    """Clauses that hold or fail together, values of one expression (``unknown``: values that it is
    not established to have), or a condition by itself."""

    kind: Literal["clauses", "values", "unknown", "alone"]
    expr: Expr | None
    holds: bool


def said(policy: Policy, expr: Expr, truth: bool) -> Said:
    """The condition, or its failing, as a statement. Never raises."""
    try:
        return _say(policy, expr, truth)
    except RecursionError:
        return Said("this condition is too deep to be put in words", False)


def _say(policy: Policy, expr: Expr, truth: bool) -> Said:
    match expr:
        case Negation():
            return _say(policy, expr.operand, not truth)
        case AllOf() | AnyOf() | Implication():
            return _say_list(policy, expr, truth)
        case Counted():
            return _say_counted(policy, expr, truth)
        case Compare():
            return _say_compare(policy, expr, truth)
        case Member(values=values, quantity=quantity):
            word = "and" if quantity == "all" else "or"
            set_type = value_type(expr.operand)
            filler = joined([value_words(set_type, each) for each in values], word)
            found = statement(policy, expr.operand)
            holds, fails = (found.say(each is (quantity != "none"), filler) for each in _BOTH)
            return _known(policy, expr, truth, holds, fails)
        case IsEmpty():
            found = statement(policy, expr.operand)
            holds, fails = (found.say(True, each) for each in ("none", "at least one"))
            return _known(policy, expr, truth, holds, fails)
        case Established(fact=name):
            return _say_established(policy, name, truth)
        case ReadingIs(ambiguity=ambiguity, reading=reading):
            verb = "is" if truth else "is not"
            if ambiguity == PERIOD:
                return Said(f"the time {verb} {say_periods(policy, (reading,))}", False)
            return Said(f'"{blank(ambiguity)}" {verb} read as {blank(reading)}', False)
        case ClauseApplies(clause=clause):
            return Said(f"{'is' if truth else 'is not'} in situation {clause}")
        case ClauseBroken(clause=clause):
            return Said(f"{clause} {'is' if truth else 'is not'} broken", False)
        case ClauseInScope(clause=clause):
            return Said(f"{'is' if truth else 'is not'} within what {clause} requires")
        case NormIs(state=state, action=action):
            there_is = truth is (state != "silent on")
            article = "a" if there_is else "no"
            return Said(
                f"there is {article} {_NORM_WORDS[state]} {action_words(policy, action)}", False
            )
        case FactValue():
            holds, fails = (_yes_no(policy, expr).say(each) for each in _BOTH)
            return _known(policy, expr, truth, holds, fails)
        case DefinitionValue() | ParameterValue():
            return _yes_no(policy, expr).say(truth)
        case Literal_(value=bool() as value):
            return _say_list(policy, AllOf(operands=()), value is truth)
        case _:
            return statement(policy, expr).say(truth, "yes")


def _yes_no(policy: Policy, expr: DefinitionValue | ParameterValue | FactValue) -> Statement:
    match expr:
        case FactValue() if (fact := policy.facts.get(expr.fact)) is not None:
            return yes_no(policy, fact.name, fact.phrase, fact.negative)
        case DefinitionValue() if (found := policy.definitions.get(expr.definition)) is not None:
            if found.phrase is not None:
                arguments = [words_of(policy, each) for each in expr.arguments]
                negative = None if found.negative is None else _filled(found.negative, arguments)
                return yes_no(policy, found.name, _filled(found.phrase, arguments), negative)
    return yes_no(policy, words_of(policy, expr), None, None)


def _filled(phrase: str, arguments: Sequence[str]) -> str:
    """A definition's phrase with its arguments in the places of ``{}``, or else behind it."""
    if arguments and "{}" not in phrase:
        return f"{phrase} ({', '.join(arguments)})"
    for argument in arguments:
        phrase = phrase.replace("{}", argument, 1)
    return phrase


def _known(policy: Policy, expr: Expr, truth: bool, holds: Said, fails: Said) -> Said:
    """A condition on a value: it fails also where an optional part is not established."""
    if truth:
        return holds
    if not is_optional(policy, expr):
        return fails
    if holds.predicate:
        return Said(f"it is not established that {subject(policy)} {holds.text}", False)
    unknown = "that is not established" if fails.predicate else "not established"
    return Said(f"{fails.text} or {unknown}", fails.predicate, "or", 2)


def _say_established(policy: Policy, name: str, truth: bool) -> Said:
    fact = policy.facts.get(name)
    if fact is None or fact.phrase is None or not isinstance(fact.type, YesNo):
        return Said(f"{blank(name)}: {'established' if truth else 'not established'}", False)
    verb = "is" if truth else "is not"
    return Said(f"it {verb} established whether {subject(policy)} {fact.phrase}", False)


def _say_counted(policy: Policy, expr: Counted, truth: bool) -> Said:
    words: Literal["fewer than", "more than", "not exactly", "at least", "at most", "exactly"]
    words = expr.bound
    if not truth:
        match expr.bound:
            case "at least":
                words = "fewer than"
            case "at most":
                words = "more than"
            case "exactly":
                words = "not exactly"
    parts = "; ".join(_say(policy, each, True).text for each in expr.operands)
    return Said(f"{words} {expr.count} of these hold: {parts}", False)


def _say_compare(policy: Policy, expr: Compare, truth: bool) -> Said:
    left, sign, right = expr.left, expr.sign, expr.right
    if isinstance(left, Literal_) and not isinstance(right, Literal_):
        left, sign, right = right, FLIPPED[sign], left
    if isinstance(right, Literal_) and isinstance(right.value, bool) and sign in ("=", "!="):
        positive = right.value is (sign == "=")
        if not isinstance(left, FactValue | DefinitionValue | ParameterValue):
            return _say(policy, left, truth is positive)
        holds, fails = (_yes_no(policy, left).say(each is positive) for each in _BOTH)
        return _known(policy, expr, truth, holds, fails)
    type_ = value_type(left)
    words = words_of(policy, right, type_.unit if isinstance(type_, Integer) else None)
    holds, fails = (
        statement(policy, left).say(each != "!=", compared(type_, each, right, words))
        for each in (sign, OPPOSITE[sign])
    )
    return _known(policy, expr, truth, holds, fails)


# --- lists --------------------------------------------------------------------------------


def _joiner(expr: AllOf | AnyOf | Implication, truth: bool) -> Joiner:
    return "and" if truth is isinstance(expr, AllOf) else "or"


def _flat(expr: Expr, truth: bool, joiner: Joiner) -> Iterator[tuple[Expr, bool]]:
    """The conditions that ``joiner`` joins, each with whether it holds or fails."""
    match expr:
        case Negation(operand=operand):
            yield from _flat(operand, not truth, joiner)
        case AllOf(operands=operands) | AnyOf(operands=operands) if (
            len(operands) == 1 or _joiner(expr, truth) == joiner
        ):
            for each in operands:
                yield from _flat(each, truth, joiner)
        case Implication() if _joiner(expr, truth) == joiner:
            yield from _flat(expr.premise, not truth, joiner)
            yield from _flat(expr.conclusion, truth, joiner)
        case _:
            yield expr, truth


def _say_list(policy: Policy, expr: AllOf | AnyOf | Implication, truth: bool) -> Said:
    """A list; clauses in it are named together, and so are values of one thing."""
    joiner = _joiner(expr, truth)
    groups: dict[_Group, list[str]] = {}
    for each, holds in _flat(expr, truth, joiner):
        group, member = _group(policy, each, holds, joiner)
        groups.setdefault(group, []).append(member)
    return _join([_say_group(policy, *each, joiner) for each in groups.items()], joiner)


def _group(policy: Policy, expr: Expr, holds: bool, joiner: Joiner) -> tuple[_Group, str]:
    """What a member of a list can be said together with, and what it adds to that."""
    match expr:
        case ClauseApplies(clause=clause):
            return _Group("clauses", None, holds), clause
        case Compare(sign="=" | "!=", left=left, right=Literal_() as right) if not isinstance(
            right.value, bool
        ):
            equal = holds is (expr.sign == "=")
            unknown = not holds and is_optional(policy, left)
            if equal is (joiner == "or") and not (unknown and equal):
                type_ = value_type(left)
                unit = type_.unit if isinstance(type_, Integer) else None
                kind: Literal["unknown", "values"] = "unknown" if unknown else "values"
                return _Group(kind, left, equal), words_of(policy, right, unit)
    return _Group("alone", expr, holds), ""


def _say_group(policy: Policy, group: _Group, members: Sequence[str], joiner: Joiner) -> Said:
    match group.kind, group.expr:
        case "values", Expr() as left:
            return statement(policy, left).say(group.holds, joined(members, "or"))
        case "unknown", Expr() as left:
            holds, fails = (statement(policy, left).say(e, joined(members, "or")) for e in _BOTH)
            return _known(policy, left, False, holds, fails)
        case _, Expr() as alone:
            return _say(policy, alone, group.holds)
    names = name_list(members)
    match len(members), joiner, group.holds:
        case 1, _, _:
            return Said(f"{'is' if group.holds else 'is not'} in situation {names}")
        case _, "or", met:
            return Said(f"{'is in one' if met else 'is not in all'} of the situations {names}")
        case _, _, met:
            return Said(f"is in {'all' if met else 'none'} of the situations {names}")


def _join(parts: Sequence[Said], joiner: Joiner) -> Said:
    if not parts:
        return Said(f"it holds in {'every' if joiner == 'and' else 'no'} case", False)
    if len(parts) == 1:
        return parts[0]
    texts = [_within(each, joiner) for each in parts]
    text = joined(texts, joiner)
    if any(": " in each for each in texts[:-1]):  # what follows a colon would not end there
        text = f"{', '.join(texts[:-1])}, {joiner} {texts[-1]}"
    return Said(text, parts[0].predicate, joiner, len(parts), any(each.joiner for each in parts))


def _within(part: Said, joiner: Joiner) -> str:
    """A part of a list, set off if it is a list itself."""
    if part.joiner in ("", joiner):
        return part.text
    if part.deep or part.parts > 2:
        return f"({part.text})"
    return f"{'both' if part.joiner == 'and' else 'either'} {part.text}"
