"""Who controls release under the memo: what counsel asks, and what the control table answers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from policy_dsl.load import load
from policy_dsl.model import Policy
from verifier.control import Controlled, Say
from verifier.pipeline import shared_for
from verifier.readings import describe

MEMO = Path(__file__).parents[2] / "specs" / "ice-ero-2017" / "ice-ero-2017.policy"

RELEASES = ("B.1", "B.2a", "B.2b", "B.3", "B.4", "B.5", "B.6", "C.2")


@cache
def memo() -> tuple[Policy, dict[str, Controlled]]:
    policy = load(MEMO)
    return policy, dict(shared_for(policy).control.rows)


def say(clause: str, role: str) -> Say:
    return next(each for each in memo()[1][clause].says if each.role == role)


def test_everything_is_settled() -> None:
    for row in memo()[1].values():
        assert row.reason is None
        assert all(each.reason is None for each in row.says)


@pytest.mark.parametrize(
    ("clause", "role"),
    [
        ("B.2a", "immigration_judge"),
        ("B.2b", "dhs"),
        ("B.3", "field_office_director"),
        ("B.5", "field_office_director"),
        ("B.6", "immigration_officer"),
        ("B.6", "asylum_officer_or_immigration_judge"),
    ],
)
def test_who_blocks_a_release_however_the_memo_is_read(clause: str, role: str) -> None:
    blocks = say(clause, role).blocks
    assert blocks is not None
    assert blocks.always


def test_the_deputy_director_blocks_parole_only_if_exigency_never_lifts_the_concurrence() -> None:
    blocks = say("B.5", "deputy_director").blocks
    assert blocks is not None
    assert describe(memo()[0], blocks) == "only if exigency_lifts is read as 'being_written'"


def test_the_field_office_director_alone_brings_parole_about_in_exigent_circumstances() -> None:
    found = say("B.5", "field_office_director")
    assert found.brings is not None
    assert not found.brings.never
    assert found.secured is not None
    assert found.secured.case.facts["exigent"] is True
    assert found.secured.case.facts["approval_practicable"] is False


def test_nothing_that_the_person_alone_decides_brings_release_about() -> None:
    for clause in RELEASES:
        for each in memo()[1][clause].says:
            if each.role == "person":
                assert each.brings is not None
                assert each.brings.never


def test_the_capacity_release_is_in_nobodys_hands() -> None:
    row = memo()[1]["C.2"]
    assert row.says == ()
    assert row.nobody == row.occurs
