"""What the terminal and the page say of exhibits, processes and control, in the same words."""

from __future__ import annotations

from typing import assert_never

from policy_dsl.model import Policy
from policy_dsl.wording import blank
from verifier.control_words import decided, who
from verifier.exhibits import (
    Control,
    ControlRow,
    Exhibit,
    Persons,
    Run,
    Timeline,
)
from verifier.findings import Finding
from verifier.render.blocks import listed
from verifier.witness import Witness

_HOUR, _DAY = 60, 24 * 60


def cases_of(exhibit: Exhibit) -> tuple[tuple[str, Witness], ...]:
    """The cases that an exhibit tells, each with what it is called; a lone one has no name."""
    match exhibit:
        case Persons():
            return tuple((each.label, each.witness) for each in exhibit.members)
        case Run():
            return (("", exhibit.start),)
        case Timeline():
            return (("", exhibit.witness),)
        case _:
            assert_never(exhibit)


def case_beside(finding: Finding) -> Witness | None:
    """The case of a finding, unless its exhibit tells that very case."""
    if finding.exhibit is None or finding.witness is None:
        return finding.witness
    told = [witness for _, witness in cases_of(finding.exhibit)]
    return None if finding.witness in told else finding.witness


def of_resource(persons: Persons) -> str:
    """Which resource it is about, and how much there is of it where that matters."""
    capacity = "" if persons.capacity is None else f"; its capacity is {persons.capacity}"
    return f"It is about this resource: {persons.resource}{capacity}."


def process_title(policy: Policy, name: str) -> str:
    """What a process is called in words."""
    found = policy.processes.get(name)
    return blank(name) if found is None else found.title or blank(name)


def by_whom(policy: Policy, by: str | None) -> str:
    """``, by the door keeper``; nothing where nobody is named."""
    return "" if by is None else f", by {who(policy, by)}"


def after(minutes: int) -> str:
    """How long after the first point in time: ``at the start``, ``after 72 hours``."""
    if minutes == 0:
        return "at the start"
    if minutes % _HOUR == 0 and minutes < 4 * _DAY:
        return f"after {_counted(minutes // _HOUR, 'hour')}"
    days, rest = divmod(minutes, _DAY)
    hours, left = divmod(rest, _HOUR)
    parts = [(days, "day"), (hours, "hour"), (left, "minute")]
    return f"after {' '.join(_counted(number, unit) for number, unit in parts if number)}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def reached_words(reached: bool | None, what: str) -> str:
    """What is said of a state or step that not every run passes by; nothing of one in use."""
    if reached is None:
        return f"not settled whether any run {what} it"
    return "" if reached else f"no run ever {what} it (proved)"


def say_of(policy: Policy, role: Control) -> list[str]:
    """What a role decides of that a clause depends on."""
    return [decided(policy, name) if name in policy.facts else blank(name) for name in role.facts]


def control_words(policy: Policy, row: ControlRow) -> list[str]:
    """Who alone can bring a clause about or keep it from being in force, in sentences."""
    if row.occurs is False:
        return ["It can never be in force, whatever anybody does (proved)."]
    said = []
    if row.reason is not None:
        said.append(f"Not settled for all of it: {row.reason}.")
    elif row.occurs is None:
        said.append("Not settled whether it can be in force at all.")
    if not row.roles:
        said.append("Nobody has a say in it: it depends on facts and on authorities outside.")
        return said
    for what, able in (
        ("bring it about", [(each.role, each.brings, each.brings_when) for each in row.roles]),
        ("block it", [(each.role, each.blocks, each.blocks_when) for each in row.roles]),
    ):
        can = [
            f"{who(policy, r)} ({when})" if when else who(policy, r) for r, so, when in able if so
        ]
        if can:
            said.append(f"Alone, {'each of ' if len(can) > 1 else ''}{listed(can)} can {what}.")
        elif all(so is False for _, so, _ in able):
            said.append(f"Nobody alone can {what}.")
    return said
