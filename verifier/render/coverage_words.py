"""Words on coverage that all formats share."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, assert_never

from policy_dsl.model import Policy
from verifier.fixtures.coverage import Coverage, Exercised, Share, State
from verifier.fixtures.model import Infeasible, Met, Open

Word = Literal["met", "missing", "infeasible", "not settled"]

MOST_NAMED = 5
"""How many of the cases that meet a goal are named."""


def word(state: State) -> Word:
    """What is known of a goal, as JSON calls it."""
    match state:
        case Exercised():
            return "met"
        case Met():
            return "missing"
        case Infeasible():
            return "infeasible"
        case Open():
            return "not settled"
        case _:
            assert_never(state)


SAID: dict[Word, str] = {
    "met": "met",
    "missing": "missing",
    "infeasible": "cannot be met (proved)",
    "not settled": "not settled",
}


def tenths(share: Fraction) -> float:
    """A share in percent, rounded down to tenths: 100 is said of the whole only."""
    return int(share * 1000) / 10


def percent(share: Share) -> str:
    """A share as it is shown; a dash where there is nothing that could be met."""
    feasible = share.exercised + share.missing + share.open
    return f"{tenths(share.least)} %" if feasible else "-"


def because(state: State) -> tuple[str, ...]:
    """Why a goal cannot be met, or why that is not settled."""
    if isinstance(state, Infeasible):
        return state.because
    return (state.reason,) if isinstance(state, Open) else ()


def named(found: Coverage, state: State) -> list[str]:
    """Some of the cases that meet a goal."""
    places = state.cases[:MOST_NAMED] if isinstance(state, Exercised) else ()
    return [found.cases[place].name for place in places]


def count_of(state: State) -> int:
    """How many cases meet a goal."""
    return len(state.cases) if isinstance(state, Exercised) else 0


def heading(policy: Policy, owner: str) -> str:
    """What goals are marked on, with the title of a clause."""
    kind, _, name = owner.partition(" ")
    clause = policy.clauses.get(name) if kind == "clause" else None
    return f"{owner}: {clause.title}" if clause is not None and clause.title else owner


def cases_said(count: int) -> str:
    """So many cases."""
    return "1 case" if count == 1 else f"{count} cases"
