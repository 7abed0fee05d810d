"""Lists of conditions in plain English."""

from __future__ import annotations

import pytest

from policy_dsl.model import (
    TRUE,
    ClauseInScope,
    Counted,
    Expr,
    Implication,
)
from policy_dsl.phrases import say
from tests.policy_dsl.build import (
    COLOUR,
    YES_NO,
    both,
    compare,
    either,
    literal,
    negate,
)
from tests.policy_dsl.spoken import ARRIVING, FEAR, PAPERS, POLICY, B, call, held


@pytest.mark.parametrize(
    ("expr", "holding", "failing"),
    [
        (B[0], "is in situation B.1", "is not in situation B.1"),
        (
            either(B[0], B[2]),
            "is in one of the situations B.1 and B.3",
            "is in none of the situations B.1 and B.3",
        ),
        (
            either(*B),
            "is in one of the situations B.1 to B.6",
            "is in none of the situations B.1 to B.6",
        ),
        (
            both(*B[:2]),
            "is in all of the situations B.1 and B.2",
            "is not in all of the situations B.1 and B.2",
        ),
        (
            both(negate(B[0]), ARRIVING, negate(B[1])),
            "is in none of the situations B.1 and B.2 and is an arriving alien",
            "is in one of the situations B.1 and B.2 or is not an arriving alien",
        ),
        (
            either(B[0], negate(B[1])),
            "is in situation B.1 or is not in situation B.2",
            "is not in situation B.1 and is in situation B.2",
        ),
        (
            ClauseInScope(clause="B.1"),
            "is within what B.1 requires",
            "is not within what B.1 requires",
        ),
    ],
)
def test_situations(expr: Expr, holding: str, failing: str) -> None:
    assert (say(POLICY, expr), say(POLICY, expr, False)) == (holding, failing)


@pytest.mark.parametrize(
    ("expr", "holding", "failing"),
    [
        (
            both(ARRIVING, FEAR),
            "is an arriving alien and has a credible fear finding",
            "is not an arriving alien or lacks a credible fear finding",
        ),
        (
            both(ARRIVING, FEAR, held("s235b")),
            "is an arriving alien, has a credible fear finding and is held under section 235(b)",
            "is not an arriving alien, lacks a credible fear finding or is not held "
            "under section 235(b)",
        ),
        (
            both(ARRIVING, both(FEAR, call("plain"))),
            "is an arriving alien, has a credible fear finding and plain: yes",
            "is not an arriving alien, lacks a credible fear finding or plain: no",
        ),
        (
            both(ARRIVING, negate(both(FEAR, call("plain")))),
            "is an arriving alien and either lacks a credible fear finding or plain: no",
            "is not an arriving alien or both has a credible fear finding and plain: yes",
        ),
        (
            both(ARRIVING, either(FEAR, call("plain"), B[0])),
            "is an arriving alien and (has a credible fear finding, plain: yes, or is in "
            "situation B.1)",
            "is not an arriving alien or (lacks a credible fear finding, plain: no, and is not in "
            "situation B.1)",
        ),
        (
            Implication(premise=ARRIVING, conclusion=FEAR),
            "is not an arriving alien or has a credible fear finding",
            "is an arriving alien and lacks a credible fear finding",
        ),
        (
            either(held("s235b"), held("s236a")),
            "is held under section 235(b) or section 236(a)",
            "is not held under section 235(b) or section 236(a)",
        ),
        (
            either(held("s235b"), ARRIVING, held("s236a")),
            "is held under section 235(b) or section 236(a) or is an arriving alien",
            "is not held under section 235(b) or section 236(a) and is not an arriving alien",
        ),
        (
            both(held("s235b"), held("s236a")),
            "is held under section 235(b) and is held under section 236(a)",
            "is not held under section 235(b) or is not held under section 236(a)",
        ),
        (
            either(*(compare(PAPERS, "=", literal(each, COLOUR)) for each in ("red", "blue"))),
            "carries red or blue papers",
            "it is not established that the person carries red or blue papers",
        ),
        (
            Counted(bound="at least", count=1, operands=(ARRIVING, FEAR)),
            "at least 1 of these hold: is an arriving alien; has a credible fear finding",
            "fewer than 1 of these hold: is an arriving alien; has a credible fear finding",
        ),
        (TRUE, "it holds in every case", "it holds in no case"),
        (either(), "it holds in no case", "it holds in every case"),
        (literal(True, YES_NO), "it holds in every case", "it holds in no case"),
        (both(ARRIVING), "is an arriving alien", "is not an arriving alien"),
    ],
)
def test_lists(expr: Expr, holding: str, failing: str) -> None:
    assert (say(POLICY, expr), say(POLICY, expr, False)) == (holding, failing)
