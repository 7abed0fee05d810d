"""On finite policies the checks of processes say exactly what brute force over all runs says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_dsl.load import load_text
from policy_dsl.model import AddMonths
from policy_dsl.runs import Configuration, Runner
from tests.strategies.everywhere import expressions
from tests.strategies.policies import DENSE, FINITE, texts
from tests.strategies.vocabulary import Sizes
from tests.verifier.run_oracle import expected, explore
from tests.verifier.world import Found, World
from verifier.exhibits import Run
from verifier.findings import Finding
from verifier.pipeline import check_policy

CODES = ("U03", "U04", "U05")


def differences(text: str) -> list[str]:
    """In what the checker and brute force differ on a policy."""
    policy = load_text(text)
    if any(isinstance(each, AddMonths) for each in expressions(policy)):
        return []  # many copies of such sums may be beyond the bound, which is no difference
    report = check_policy(policy, codes=CODES)
    if any(each.code == "V01" for each in report.findings):
        return []
    world = World(policy)
    theirs: Found = {
        (each.code, *each.key): world.extension(each.readings) for each in report.findings
    }
    mine = expected(world)
    found = [
        f"{key}: {sorted(mine.get(key, ()))} and not {sorted(theirs.get(key, ()))}"
        for key in sorted({*mine, *theirs}, key=str)
        if mine.get(key) != theirs.get(key)
    ]
    for each in report.findings:
        found += _not_shown(world, each)
    return found


def _not_shown(world: World, finding: Finding) -> Iterator[str]:
    """What is wrong with the run that shows a trap."""
    if finding.code != "U04":
        return
    run, strength = finding.exhibit, finding.strength
    assert isinstance(run, Run)
    assert strength is not None
    process, trap, _ = finding.key
    runner = Runner(world.evaluator, world.policy.processes[process], strength)
    at = Configuration(run.stages[0].state, run.stages[0].case)
    if at not in runner.starts(run.start.case):
        yield f"{finding.key}: its run does not begin at a start"
    for stage, following in zip(run.stages, run.stages[1:], strict=False):
        after = Configuration(following.state, following.case)
        moves = runner.moves(Configuration(stage.state, stage.case))
        if (stage.step, after) not in [(each.step, each.after) for each in moves]:
            yield f"{finding.key}: {stage.step} does not lead to {following.state}"
    read = tuple(run.start.case.readings.values())
    if read not in world.extension(finding.readings):
        yield f"{finding.key}: its run is not under the readings that it names"
    explored = explore(world, runner.process, strength)
    for index, point in enumerate(world.points):
        met = point.read == read and world.meets(run.start.conditions, point)
        if met and trap not in explored.traps(index):
            yield f"{finding.key}: a case that meets the statement is no trap"


@pytest.mark.parametrize("sizes", [FINITE, DENSE], ids=["finite", "dense"])
@settings(max_examples=2 * settings().max_examples)
@given(data=st.data())
def test_the_checks_of_processes_say_what_brute_force_says(
    sizes: Sizes, data: st.DataObject
) -> None:
    assert differences(data.draw(texts(sizes, processes=100))) == []
