"""The goals of every spec: told apart by their ids, and each about something that is declared."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_dsl.load import load
from verifier.fixtures.goals import goals

SPECS = Path(__file__).parents[2] / "specs"
WHOLE = sorted(
    path.relative_to(SPECS).as_posix()
    for folder in ("ice-ero-2017", "ice-ero-2017-authorities", "textbook")
    for path in (SPECS / folder).glob("*.policy")
)


@pytest.mark.parametrize("spec", WHOLE)
def test_goals_are_told_apart_and_stay_the_same(spec: str) -> None:
    policy = load(SPECS / spec)
    found = goals(policy)
    ids = [each.id for each in found]
    assert len(ids) == len(set(ids))
    assert found == goals(policy)
    for each in found:
        assert each.clause is None or each.clause in policy.clauses
        assert len(each.sides) in (1, 2)
        assert each.text.endswith(".")
