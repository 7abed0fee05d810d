"""Fixtures of differences: one for each region that changed, replayed in both versions."""

from __future__ import annotations

from dataclasses import replace

from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from verifier.difference.engine import difference
from verifier.difference.model import Difference
from verifier.fixtures.from_difference import difference_fixtures

HEAD = """\
policy p "P"
  effective 2020-01-01

subject person
fact a : yes/no "is a" otherwise "is not a"
fact b : yes/no "is b" otherwise "is not b"
action release "release the person"

"""


def changed(old: str, new: str) -> Difference:
    """The difference of two versions."""
    return difference(load_text(HEAD + old), load_text(HEAD + new))


def clause(head: str) -> str:
    """One clause on the release."""
    return f'clause X "X"\n  quote "x"\n  {head}\n'


def test_each_region_is_a_fixture_with_what_was_said_before() -> None:
    found = changed(clause("may release when a"), clause("must release when a and b"))
    fixtures = difference_fixtures(found)
    assert [each.case for each in fixtures] == [each.new_case for each in found.changes]
    assert len({each.id for each in fixtures}) == len(fixtures) > 1
    assert {each.before for each in fixtures} == {"may, by X"}
    for change, fixture in zip(found.changes, fixtures, strict=True):
        outcome = Evaluator(found.new).outcome(fixture.case)
        assert outcome.states["release"] == change.after.state


def test_regions_that_differ_by_what_was_said_before_alone_are_kept_apart() -> None:
    found = changed(clause("may release when a"), clause("must release when a"))
    (change,) = found.changes
    other = replace(change, before=replace(change.before, clauses=()))
    fixtures = difference_fixtures(replace(found, changes=(change, other)))
    assert len({each.id for each in fixtures}) == 2


def test_versions_that_say_the_same_have_no_fixtures() -> None:
    assert (
        difference_fixtures(changed(clause("may release when a"), clause("may release when a")))
        == ()
    )
