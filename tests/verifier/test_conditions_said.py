"""The conditions by which a case is described are conditions of the language, true of the case."""

from __future__ import annotations

from hypothesis import given, settings

from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.model import ClauseInScope, walk
from tests.strategies.policies import FINITE, texts
from tests.verifier.world import World
from verifier.findings import Finding
from verifier.pipeline import check_policy


@settings(max_examples=settings().max_examples // 2)
@given(text=texts(FINITE))
def test_they_can_be_read_back(text: str) -> None:
    policy = load_text(text)
    world = World(policy)
    by_code = world.by_code
    said: list[tuple[str, bool, Finding]] = []
    for finding in check_policy(policy).findings:
        for code, truth in finding.witness.conditions if finding.witness else ():
            if not any(isinstance(each, ClauseInScope) for each in walk(by_code[code])):
                said.append((code, truth, finding))  # what a clause requires cannot be written
    again = load_text(text + "".join(f"\nexpect sometimes ({code})" for code, _, _ in said))
    evaluator = Evaluator(again)
    read = again.expectations[len(policy.expectations) :]
    for expected, (code, truth, finding) in zip(read, said, strict=True):
        holds = evaluator.condition(expected.condition)
        assert all(holds(p.case) == world.holds(by_code[code], p) for p in world.points)
        assert finding.witness is not None
        assert evaluator.holds(expected.condition, finding.witness.case) == truth
