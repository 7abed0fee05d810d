"""Small pieces of English: signs, lists, runs of names, denials, numbers with units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from policy_dsl.model import CompareSign
from policy_dsl.types import in_digits

FLIPPED: Mapping[CompareSign, CompareSign] = {
    "=": "=",
    "!=": "!=",
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
}
"""The sign of a comparison with its sides exchanged."""

OPPOSITE: Mapping[CompareSign, CompareSign] = {
    "=": "!=",
    "!=": "=",
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
}
"""The sign that holds of established values where this one fails."""

SIGN_WORDS: Mapping[CompareSign, str] = {
    "=": "",
    "!=": "",
    "<": "less than ",
    "<=": "at most ",
    ">": "more than ",
    ">=": "at least ",
}
"""What stands before the value."""

DATE_WORDS: Mapping[CompareSign, str] = {
    "=": "",
    "!=": "",
    "<": "a day before ",
    "<=": "a day on or before ",
    ">": "a day after ",
    ">=": "a day on or after ",
}
"""The same for dates: words that any preposition can stand before."""

SPAN_WORDS: Mapping[CompareSign, str] = {
    "=": "",
    "!=": "",
    "<": "a day earlier than ",
    "<=": "a day no later than ",
    ">": "a day later than ",
    ">=": "a day no earlier than ",
}
"""The same for dates that are told by another: "a day no earlier than 6 months after ..."."""

ORDER_WORDS: Mapping[CompareSign, str] = {
    "=": "",
    "!=": "",
    "<": "below ",
    "<=": "at most ",
    ">": "above ",
    ">=": "at least ",
}
"""The same for the values of an ordered list."""

SHORTEST_RUN = 3
"""From how many names with running numbers on, a list says "B.1 to B.6"."""

_SCOPED = re.compile(
    r"\b(and|or|but|because|if|unless|when|where|who|which|whose|only|any|each|every|all|some|no"
    r"|not|never|neither|nor|without|already|still|yet|also)\b"
)
"""Words whose sense could change, or that could stay outside, when "not" is put before them."""


def blank(name: str) -> str:
    """A name as words: blanks for underscores."""
    return name.replace("_", " ")


def joined(parts: Sequence[str], conjunction: str) -> str:
    """``a, b and c``; the empty string for nothing."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"


def name_list(names: Iterable[str], conjunction: str = "and") -> str:
    """Names in the order given; three or more with running numbers as ``B.1 to B.6``."""
    runs: list[list[str]] = []
    for name in names:
        if runs and name == _next(runs[-1][-1]):
            runs[-1].append(name)
        else:
            runs.append([name])
    parts = []
    for run in runs:
        parts += run if len(run) < SHORTEST_RUN else [f"{run[0]} to {run[-1]}"]
    return joined(parts, conjunction)


def _next(name: str) -> str | None:
    found = re.fullmatch(r"(.*?)([0-9]{1,9})", name)
    if found is None:
        return None
    prefix, digits = found.groups()
    return prefix + str(int(digits) + 1).zfill(len(digits))


def denial(phrase: str) -> str | None:
    """The phrase with "not" at its verb; ``None`` where that might not deny all of it."""
    if _SCOPED.search(phrase.lower()):
        return None
    if found := re.match(r"(is|was|are|were|will|can|could|would|has(?= been\b)) ", phrase):
        return f"{found[0]}not {phrase[found.end() :]}"
    if found := re.match(r"has (?=(a|an|the|[0-9]+)\b|\{\})", phrase):
        return f"does not have {phrase[found.end() :]}"
    return None


def number(value: int, unit: str | None, places: int = 0) -> str:
    """A number with its unit, ``1 year`` for a unit in the plural; never raises.

    With ``places`` the value counts steps of ``10 ** -places``.
    """
    said = in_digits(value, places)
    if unit is None:
        return said
    one = value in (1, -1) and places == 0
    if one and len(unit) > 2 and unit.endswith("s") and not unit.endswith("ss"):
        unit = unit[:-1]
    return f"{said} {unit}"
