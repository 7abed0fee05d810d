"""A question that the solver gives up on is never taken for an answer.

The solver is made to give up on one question after the other, each time in a new run. Whatever the
question was, the report must say that something is not settled, or be the same as ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from policy_dsl.load import load_text
from policy_dsl.model import Policy
from verifier.clashes import shapes
from verifier.pipeline import Report, check_policy
from verifier.session import NotSettled
from verifier.solvers.backend import Answer, Term
from verifier.solvers.z3_backend import Z3Backend

TANGLED = """\
policy tangled "Everything at once"
subject person
fact child : yes/no
fact ill   : yes/no
fact age   : 0 .. 9 years
action release
action detain
action report
decision custody is exactly one of release, detain when not report.due
decision paper is at most 1 of release, report
cannot detain when ill and age > 5
settle report
output fee : 0 .. 9
assume child implies age < 4 under young is early
ambiguity young "Until when is one young?"
  reading early "until four"
  reading late  "until nine"
clause report.due
  must report
  when ill
clause release.child
  may release
  when child or age < 3
  overrides detain.ill
clause release.all
  must release
  when age < 7
  unless child and age > 8
clause detain.ill
  should detain
  when ill
  under young is late
clause fee.one
  sets fee to 1
  when age < 3
clause fee.two
  sets fee to age + 1
  when child
expect never (must release and must detain)
expect release.child is reachable
expect must report when ill and not ill
"""


@contextmanager
def giving_up(at: int | None) -> Iterator[list[int]]:
    """Makes the solver give up on one question; what is yielded counts the questions."""
    patch, real, count = pytest.MonkeyPatch(), Z3Backend.check, [0]

    def check(self: Z3Backend, assumptions: list[Term], bound: int | None = None) -> Answer:
        answer = real(self, assumptions, bound)
        if bound is None:  # with a bound of its own, giving up is nothing unusual
            count[0] += 1
            if count[0] - 1 == at:
                self._answer = answer = Answer.UNKNOWN
        return answer

    with patch.context() as patched:
        patched.setattr(Z3Backend, "check", check)
        yield count


def said(report: Report) -> set[tuple[object, ...]]:
    """All that a report claims."""
    findings = {(each.fingerprint, each.readings, each.severity) for each in report.findings}
    profiles = {
        (p.action, e.state, e.occurs, e.clauses) for p in report.profiles for e in p.entries
    }
    return {*findings, *profiles}


@pytest.fixture(scope="module")
def tangled() -> Policy:
    return load_text(TANGLED)


def test_every_question_matters(tangled: Policy) -> None:
    with giving_up(None) as count:
        whole = said(check_policy(tangled))
    assert count[0] > 100
    for at in range(0, count[0], 11):
        with giving_up(at):
            report = check_policy(tangled)
        assert report.unsettled or said(report) == whole, f"question {at} of {count[0]}"
        open_ = {each.key[0] for each in report.unsettled}
        for each in report.proved:
            assert each.code not in open_ or each.clean < each.asked or each.asked == 0


def test_a_quick_question_that_is_given_up_is_asked_again(tangled: Policy) -> None:
    whole, real = said(check_policy(tangled)), Z3Backend.check

    def check(self: Z3Backend, assumptions: list[Term], bound: int | None = None) -> Answer:
        answer = real(self, assumptions)
        return answer if bound is None else Answer.UNKNOWN

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Z3Backend, "check", check)
        assert said(check_policy(tangled)) == whole


def test_shapes_of_clashes_are_all_found_or_none(tangled: Policy) -> None:
    with giving_up(None) as count:
        whole = shapes(tangled, Z3Backend)
    for at in range(count[0]):
        with giving_up(at):
            try:
                found = shapes(tangled, Z3Backend)
            except NotSettled:
                continue
        assert set(found) == set(whole), f"question {at} of {count[0]}"
