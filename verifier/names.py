"""The names of the yes/no and number constants that an encoded policy is made of.

Checks put questions together from these names; what each means is defined in ``encode.py`` and
``encode_force.py``. A name never holds text of a policy other than declared names.
"""

from __future__ import annotations

from policy_dsl.model import Force

RANGE = "range"
"""Prefix of what the type of a fact demands."""


def fact(name: str) -> str:
    """A yes/no fact is yes; or the number of a number fact."""
    return f"fact:{name}"


def option(name: str, value: str) -> str:
    """An enumeration fact has this value, or a set fact has this member."""
    return f"fact:{name}={value}"


def established(name: str) -> str:
    """An optional fact is established."""
    return f"established:{name}"


def type_range(name: str) -> str:
    """The value of the fact belongs to its type."""
    return f"{RANGE}:{name}"


def assumption(index: int) -> str:
    """The assumption with this index holds."""
    return f"assumption:{index}"


def reading(ambiguity: str, value: str) -> str:
    """The ambiguity is read this way."""
    return f"reading:{ambiguity}={value}"


def settled(ambiguity: str) -> str:
    """The ambiguity is read in exactly one way, and in the settled one if there is one."""
    return f"settled:{ambiguity}"


def definition(name: str) -> str:
    """A yes/no definition without parameters holds."""
    return f"definition:{name}"


def applies(clause: str) -> str:
    """The clause is applicable."""
    return f"applies:{clause}"


def in_scope(clause: str) -> str:
    """The clause's requirements and readings hold, whatever its exceptions."""
    return f"scope:{clause}"


def in_force(clause: str) -> str:
    """The clause is in force."""
    return f"force:{clause}"


def defeats(winner: str, loser: str) -> str:
    """The first clause defeats the second, if that is applicable."""
    return f"defeats:{winner}>{loser}"


def sets_value(clause: str, output: str) -> str:
    """The clause is in force and sets the output to a value that is known."""
    return f"sets:{clause}:{output}"


def effect(force: Force, action: str) -> str:
    """Some clause in force does this to the action, at either strength."""
    return f"effect:{force}:{action}"


def binding(force: Force, action: str) -> str:
    """Some clause in force does this to the action at must strength."""
    return f"binding:{force}:{action}"


def spoken(action: str) -> str:
    """Some clause in force has an effect on the action."""
    return f"spoken:{action}"


def has_value(output: str) -> str:
    """Some clause in force sets the output."""
    return f"value:{output}"


def decision(name: str) -> str:
    """The decision is in scope."""
    return f"decision:{name}"


def incapacity(index: int) -> str:
    """The incapacity with this index is in force."""
    return f"incapacity:{index}"


def impossible(action: str) -> str:
    """Some incapacity excludes the action."""
    return f"impossible:{action}"


def month(name: str, part: str) -> str:
    """A part of a month, as a number: its index, its first day, its length."""
    return f"month:{name}:{part}"


def date_sum(name: str, rounding: str) -> str:
    """The day so many months after a date, as a number."""
    return f"date:{name}:{rounding}"
