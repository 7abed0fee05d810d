"""Changes that may mend a finding, made from what the finding names. None of them is tried here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations

from policy_dsl import phrases
from policy_dsl.edit import (
    AddPart,
    Edit,
    MoveUp,
    Retire,
    SettleReading,
    TakeBack,
    TakeOut,
)
from policy_dsl.model import SHOULD, TRUE, Expr, Policy
from verifier.findings import Finding, Side
from verifier.repairs.gap_candidates import for_gap
from verifier.repairs.repair import Candidate

MOST_SIDES = 4
"""Of how many clauses of one finding the pairs are looked at."""


def candidates(policy: Policy, finding: Finding) -> list[Candidate]:
    """What may mend a finding, in the order in which it is to be tried; each edit once.

    For clashes, what lets the first clause prevail stands beside what lets the second prevail:
    the checker takes no side.
    """
    make = _BY_CODE.get(finding.code)
    found: dict[Edit, Candidate] = {}
    for each in make(policy, finding) if make is not None else ():
        found.setdefault(each.edit, each)
    return list(found.values())


# --- clashes -----------------------------------------------------------------------------


def _for_clash(policy: Policy, finding: Finding) -> Iterator[Candidate]:
    sides = finding.sides[:MOST_SIDES]
    for winner, loser in permutations(sides, 2):
        yield Candidate(
            kind="priority",
            title=f"{winner.clause} prevails over {loser.clause}: where the two are at odds, "
            f"'{winner.role}' counts and '{loser.role}' does not.",
            edit=AddPart(clause=winner.clause, part=f"overrides {loser.clause}"),
        )
    yield from _for_reading(policy, finding)
    for clause, other in permutations(sides, 2):
        yield Candidate(
            kind="exception",
            title=f"{clause.clause} makes an exception for {other.clause}: where "
            f"{other.clause} applies, {clause.clause} does not.",
            edit=AddPart(clause=clause.clause, part=f"unless {other.clause}"),
        )
    places = {each.place for each in finding.related}
    for incapacity in policy.incapacities:
        if incapacity.place not in places or incapacity.when == TRUE:
            continue
        yield from _excepted(policy, sides, incapacity.when, "what cannot be done")


def _for_shortage(policy: Policy, finding: Finding) -> Iterator[Candidate]:
    yield from _for_reading(policy, finding)
    short = policy.resources[finding.key[0]].short
    if short is not None:
        sides = finding.sides[:MOST_SIDES]
        yield from _excepted(policy, sides, short, "those for whom nothing is left")


def _excepted(policy: Policy, sides: Sequence[Side], where: Expr, what: str) -> Iterator[Candidate]:
    """Each clause in turn makes an exception where a condition holds."""
    said = phrases.sentence(policy, where)
    for side in sides:
        yield Candidate(
            kind="exception",
            title=f"{side.clause} makes an exception for {what}: it does not apply where this is "
            f"so: {said}.",
            edit=AddPart(clause=side.clause, part=f"unless {phrases.code(where)}"),
        )


def _for_reading(policy: Policy, finding: Finding) -> Iterator[Candidate]:
    """The readings under which the finding does not stand."""
    for name in finding.readings.ambiguities:
        ambiguity = policy.ambiguities[name]
        if name == SHOULD or ambiguity.settled is not None or ambiguity.place is None:
            continue
        for reading in ambiguity.readings:
            if not finding.readings.possible_with(name, reading.name):
                text = f": {reading.text.rstrip('.')}" if reading.text else ""
                yield Candidate(
                    kind="reading",
                    title=f"The open point {name} is settled as '{reading.name}'{text}.",
                    edit=SettleReading(ambiguity=name, reading=reading.name),
                )


# --- priorities --------------------------------------------------------------------------


def _for_circle(policy: Policy, finding: Finding) -> Iterator[Candidate]:
    names = [each.clause for each in finding.sides]
    for winner, loser in zip(names, [*names[1:], *names[:1]], strict=True):
        yield from _taken_back(policy, winner, loser)


def _for_idle_priority(policy: Policy, finding: Finding) -> Iterator[Candidate]:
    if not finding.sides:  # a rule of the whole policy
        return
    winner, loser = finding.sides
    yield from _taken_back(policy, winner.clause, loser.clause)


def _taken_back(policy: Policy, winner: str, loser: str) -> Iterator[Candidate]:
    for each in policy.priorities:
        if (each.winner, each.loser) == (winner, loser) and each.rule is None:
            named = loser if each.declared_by == winner else winner
            yield Candidate(
                kind="priority",
                title=f"{winner} no longer prevails over {loser}: the priority is taken back.",
                edit=TakeBack(file=each.place.source.name, part=each.place.span, clause=named),
            )


def _for_defeated(policy: Policy, finding: Finding) -> Iterator[Candidate]:
    beaten, *defeaters = finding.sides
    clause = policy.clauses[beaten.clause]
    for each in defeaters:
        yield from _taken_back(policy, each.clause, beaten.clause)
    if clause.group is not None:
        order = policy.groups[clause.group].clauses
        above = [n for n in order[: clause.rank] if n in {each.clause for each in defeaters}]
        if above:
            yield Candidate(
                kind="priority",
                title=f"{clause.name} moves before {above[0]} in the ordered list, so that it "
                "counts where both apply.",
                edit=MoveUp(clause=clause.name, before=above[0]),
            )
    yield from _for_dead_clause(policy, finding)


# --- what never decides anything ---------------------------------------------------------


def _for_dead_clause(policy: Policy, finding: Finding) -> Iterator[Candidate]:
    clause = policy.clauses[finding.sides[0].clause]
    told = clause.quotes or clause.paraphrases
    becomes = "becomes a note without force" if told else "is left out"
    yield Candidate(
        kind="clause",
        title=f"{clause.name} {becomes}: it changes no case.",
        edit=Retire(clause=clause.name),
    )


def _for_exception(policy: Policy, finding: Finding) -> Iterator[Candidate]:
    clause = policy.clauses[finding.sides[0].clause]
    for each in clause.exceptions:
        place = each.condition.place
        if place is None or phrases.code(each.condition) != finding.key[1]:
            continue
        title = f"The exception of {clause.name} is left out: it takes no case out."
        edit: Edit = TakeOut.at(place)
        if each.kind == "carve-out":
            edit = TakeBack(
                file=place.source.name,
                part=place.span,
                clause=phrases.code(each.condition),
                priority=False,
            )
        yield Candidate(kind="exception", title=title, edit=edit)


def _for_condition(_policy: Policy, finding: Finding) -> Iterator[Candidate]:
    owner = finding.key[0]
    what = "alternative" if finding.code == "U07" else "condition"
    yield Candidate(
        kind="condition",
        title=f"The {what} is left out of {owner}: it decides nothing there.",
        edit=TakeOut.at(finding.related[0].place),
    )


def _for_assumptions(_policy: Policy, finding: Finding) -> Iterator[Candidate]:
    for each in finding.related:
        yield Candidate(
            kind="condition",
            title=f"The assumption in line {each.place.line} is left out, so that there are "
            "cases again.",
            edit=TakeOut.at(each.place),
        )


_BY_CODE: Mapping[str, Callable[[Policy, Finding], Iterator[Candidate]]] = {
    "V01": _for_assumptions,
    "C01": _for_clash,
    "C02": _for_clash,
    "C03": _for_clash,
    "C04": _for_clash,
    "C05": _for_clash,
    "C06": _for_clash,
    "C07": _for_shortage,
    "C08": _for_circle,
    "C09": _for_clash,
    "G01": for_gap,
    "G02": for_gap,
    "U01": _for_dead_clause,
    "U02": _for_defeated,
    "U07": _for_condition,
    "R01": _for_dead_clause,
    "R02": _for_exception,
    "R03": _for_idle_priority,
    "R05": _for_condition,
    "E01": _for_reading,
}
"""What is tried, by code. What is not listed has no repair that could be shown to be one."""
