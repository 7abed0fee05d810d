"""Whether a case lies in a box, found out from the names of what the box speaks about."""

from __future__ import annotations

from policy_dsl.calendar import Rounding, add_months
from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import DefinitionValue, Policy
from policy_dsl.types import Enumeration, Value
from verifier.boxes import NO, YES
from verifier.meeting import Box, Range


def lies_in(policy: Policy, box: Box, case: Case) -> bool:
    """Whether all that a box says is so in a case."""
    return all(_fits(policy, key, said, case) for key, said in box.items())


def _fits(policy: Policy, key: str, said: Range, case: Case) -> bool:
    if isinstance(said, tuple):
        value = _value(policy, key, case)
        return value is not None and said[0] <= value <= said[1]
    return bool(_bit(policy, key, case) & said)


def _bit(policy: Policy, key: str, case: Case) -> int:
    if not key:
        return 0
    if key.startswith("reading "):
        name = key.removeprefix("reading ")
        readings = [each.name for each in policy.ambiguities[name].readings]
        return 1 << readings.index(case.readings[name])
    fact, _, asked = (key, "", "") if key in case.facts else key.partition(" ")
    value = case.facts[fact]
    if asked == "is established":
        return NO if value is None else YES
    if value is None:
        return 0
    if asked.startswith("includes "):
        assert isinstance(value, frozenset)
        return YES if asked.removeprefix("includes ") in value else NO
    type_ = policy.facts[fact].type
    return 1 << ((False, True) if not isinstance(type_, Enumeration) else type_.values).index(value)


def _value(policy: Policy, key: str, case: Case) -> int | None:
    total = 0
    for part in _split(key, " + "):
        factor, star, name = part.rpartition(" * ")
        value = _number(policy, name, case)
        if value is None:
            return None
        total += (int(factor) if star else 1) * value
    return total


def _split(text: str, by: str) -> list[str]:
    """A text in parts, where none of the brackets of month arithmetic is cut apart."""
    parts, depth = [""], 0
    for index, letter in enumerate(text):
        depth += (letter == "[") - (letter == "]")
        parts[-1] += letter
        if depth == 0 and parts[-1].endswith(by) and index + 1 < len(text):
            parts[-1] = parts[-1].removesuffix(by)
            parts.append("")
    return parts


def _form(policy: Policy, text: str, case: Case) -> int | None:
    """The value of what ``linear.name_of`` has named."""
    *terms, constant = _split(text.removeprefix("[").removesuffix("]"), " + ")
    total = int(constant)
    for term in terms:
        factor, name = term.split(" ", 1)
        value = _number(policy, name[1:-1], case)
        if value is None:
            return None
        total += int(factor) * value
    return total


def _number(policy: Policy, name: str, case: Case) -> int | None:
    value: Value
    if name.startswith("number of "):
        value = case.facts[name.removeprefix("number of ")]
        return len(value) if isinstance(value, frozenset) else None
    for way in ("down", "up"):
        if name.startswith(f"{way} months "):
            date, months = (_form(policy, e, case) for e in _split(name.split(" ", 2)[2], " "))
            rounding: Rounding = "down" if way == "down" else "up"
            return None if date is None or months is None else add_months(date, months, rounding)
    if name.startswith("define "):
        definition = policy.definitions[name.removeprefix("define ")]
        asked = DefinitionValue(definition=definition.name, type=definition.type)
        value = Evaluator(policy).value(asked, case)
    else:
        value = case.facts[name]
    assert value is None or (isinstance(value, int) and not isinstance(value, bool))
    return value
