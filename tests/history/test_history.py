"""What a difference says of each edit in a history of the memo's spec.

The same history is gone through with commits, the command and the gate in ``tests/hooks``.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load
from policy_dsl.model import Policy
from policy_dsl.read_case import complete_case
from tests.history.edits import HISTORY, MEMO, Outcome, Probe, Step
from tests.history.scratch import carry_out, write_memo
from verifier.difference.allowed import judge, read_rule
from verifier.difference.engine import difference
from verifier.difference.model import Difference


@dataclass(frozen=True)
class Version:
    """A step, and what came before it and after it."""

    step: Step
    old: Policy
    new: Policy


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[Version]:
    folder = tmp_path_factory.mktemp("history")
    write_memo(folder)
    (folder / ".git").mkdir()  # where the project begins
    found = []
    old = load(folder / MEMO)
    for step in HISTORY:
        carry_out(step, folder)
        new = load(folder / MEMO)
        found.append(Version(step, old, new))
        old = new
    return found


def _titles(position: int) -> str:
    return f"{position + 1:02}-{HISTORY[position].title.replace(' ', '-')}"


@pytest.fixture(scope="module", params=range(len(HISTORY)), ids=_titles)
def told(request: pytest.FixtureRequest, versions: list[Version]) -> tuple[Step, Difference]:
    version = versions[request.param]
    return version.step, difference(version.old, version.new)


def test_the_verdict_and_what_changes(told: tuple[Step, Difference]) -> None:
    step, found = told
    assert not found.unsettled
    assert all(each.complete for each in found.changes)
    assert found.verdict == step.verdict
    assert outcomes(found) == {each.action: each for each in step.outcomes}
    assert {each.allowed_by for each in found.cases} == step.cases


def outcomes(found: Difference) -> dict[str, Outcome]:
    """What changes, action by action, in the terms of the history."""
    together: dict[str, Outcome] = {}
    for each in found.changes:
        now = together.get(each.subject, Outcome(each.subject, frozenset()))
        together[each.subject] = Outcome(
            each.subject,
            now.kinds | set(each.kinds),
            now.before | set(each.before.clauses),
            now.after | set(each.after.clauses),
        )
    return together


def test_changes_are_put_down_to_what_was_edited(told: tuple[Step, Difference]) -> None:
    step, found = told
    blamed = {
        (found.edits[number].kind, found.edits[number].name)
        for each in found.changes
        for number in each.edits
    }
    assert blamed == step.blamed
    assert all(each.edits for each in found.changes)
    assert {*found.match.renamed} == step.renamed
    assert not found.match.unsure
    if step.verdict == "equivalent":
        assert all(each.wording_only for each in found.edits)


def test_what_may_pass_is_what_the_rules_name(told: tuple[Step, Difference]) -> None:
    step, found = told
    rules = [read_rule(each) for each in step.allowed]
    assert judge(found, None, rules, MEMO).passes
    if not any(each.name in ("new-findings", "equivalent") for each in rules):
        for left_out in rules:
            fewer = [each for each in rules if each is not left_out]
            assert not judge(found, None, fewer, MEMO).passes, left_out.text


def test_cases_worked_out_by_hand(versions: list[Version]) -> None:
    """Not by the difference: the evaluator says it of each version alone."""
    for version in versions:
        for probe in version.step.probes:
            said = [_state(policy, probe) for policy in (version.old, version.new)]
            wanted = [{*probe.before.split()}, {*probe.after.split()}]
            assert said == wanted, f"{version.step.title}: {probe}"


def _state(policy: Policy, probe: Probe) -> set[str]:
    case, _ = complete_case(policy, {"facts": probe.facts, "readings": probe.readings})
    state = Evaluator(policy).outcome(case).states[probe.action]
    words = {"obliged": state.obliged, "forbidden": state.forbidden, "permitted": state.permitted}
    return {word for word, holds in words.items() if holds}
