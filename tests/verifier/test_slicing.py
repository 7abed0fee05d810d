"""A policy checked on slices says what it says checked as a whole, and shows it by valid cases.

Which regions of a gap are told, and which clauses besides, rests on the cases that the solver
happens to find; so gaps are compared by what they are about, and every case is replayed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load, load_text
from policy_dsl.model import Policy
from tests.strategies.dice import of_seed
from tests.strategies.policies import DENSE, FINITE, write
from tests.strategies.vocabulary import Sizes
from tests.verifier.sliced import Sliced
from tests.verifier.unsliced import Unsliced, unsliced
from verifier.check import Context
from verifier.findings import ActionProfile, Finding
from verifier.margins import Margin
from verifier.pipeline import shared_for
from verifier.readings import ReadingSet, apart
from verifier.registry import CHECKS
from verifier.shared import Limits
from verifier.slice_roots import ROOTS, TOGETHER
from verifier.slice_runs import SliceRun
from verifier.slicing import MOST_TOGETHER, OWNERS, bundles, profile_units, units
from verifier.witness import Witness

SPECS = Path(__file__).parents[2] / "specs"
MEMO = SPECS / "ice-ero-2017" / "ice-ero-2017.policy"
LIMITS = Limits(clashes=10_000, regions=10_000, cycles=10_000, margins=10_000)
GAPS = ("G01", "G02", "G03")
RANDOM = range(12)


def shown(report: list[Finding]) -> dict[tuple[object, ...], Finding]:
    """Findings by what they say; gaps by what is missing."""
    found: dict[tuple[object, ...], Finding] = {}
    for each in report:
        key = each.title if each.code in GAPS else each.fingerprint
        found[each.code, key, each.severity, each.strength] = each
    return found


def alike(policy: Policy, one: ReadingSet, other: ReadingSet) -> bool:
    """Whether two sets hold the same readings, however they are told."""
    both = [apart(policy, one, other), apart(policy, other, one)]
    return all(each is None or each.never for each in both)


def differences(policy: Policy, whole: Unsliced, part: Sliced) -> Iterator[str]:
    """In what a check of the whole and one on slices differ."""
    one, other = shown(list(whole.findings)), shown(part.findings)
    for key in one.keys() ^ other.keys():
        yield f"told by one of them only: {key}"
    for key in one.keys() & other.keys():
        if key[0] not in GAPS and not alike(policy, one[key].readings, other[key].readings):
            yield f"other readings: {key}"
    if whole.profiles and [_profile(e) for e in whole.profiles] != [
        _profile(e) for e in part.profiles()
    ]:
        yield "other profiles"
    if whole.profiles and [_margin(e) for e in whole.margins] != [
        _margin(e) for e in part.margins()
    ]:
        yield "other margins"


def _profile(found: ActionProfile) -> object:
    return found.action, [(e.state, e.occurs, e.strength, e.clauses) for e in found.entries]


def _margin(found: Margin) -> object:
    outcomes = [(each.state, each.clauses) for each in found.outcomes]
    return found.clause, found.action, found.code, found.holds, outcomes, found.silent_values


def witnesses(part: Sliced) -> Iterator[tuple[str, Witness]]:
    """The cases that are shown, with what they show."""
    for finding in part.findings:
        if finding.witness is not None:
            yield finding.code, finding.witness
    for entry in (each for found in part.profiles() for each in found.entries):
        if entry.witness is not None:
            yield "profile", entry.witness
    for outcome in (each for found in part.margins() for each in found.outcomes):
        yield "margins", outcome.witness


def replayed(policy: Policy, part: Sliced) -> None:
    """Every case is a full and valid one of the whole policy and meets its statement."""
    evaluator = Evaluator(policy)
    for code, witness in witnesses(part):
        case = witness.case
        assert list(case.facts) == list(policy.facts)
        assert list(case.readings) == list(policy.ambiguities)
        assert len(evaluator.violated_assumptions(case)) == (code == "V02")
        assert all(evaluator.holds(expr, case) == truth for expr, truth in witness.statement)


@cache
def memo() -> tuple[Policy, Sliced]:
    """The memo, checked on slices."""
    policy = load(MEMO)
    return policy, Sliced(policy, Limits())


@pytest.mark.parametrize("sizes", [FINITE, DENSE], ids=["finite", "dense"])
@pytest.mark.parametrize("seed", RANDOM)
def test_random_policies_say_the_same_on_slices(seed: int, sizes: Sizes) -> None:
    policy = load_text(write(of_seed(seed), sizes, 0))
    part = Sliced(policy, LIMITS)
    whole = unsliced(policy, LIMITS)
    assert list(differences(policy, whole, part)) == []
    if whole.profiles:
        replayed(policy, part)


def test_the_memo_says_the_same_on_slices() -> None:
    policy, part = memo()
    assert list(differences(policy, unsliced(policy, Limits()), part)) == []
    replayed(policy, part)


def test_the_memo_on_slices_says_what_it_says_again() -> None:
    policy, part = memo()
    again = Sliced(policy, Limits())
    assert again.findings == part.findings
    assert again.profiles() == part.profiles()


def test_what_a_unit_finds_does_not_rest_on_what_was_asked_before() -> None:
    policy = load(MEMO)
    one, other = (SliceRun(shared_for(policy)) for _ in range(2))
    asked = [
        (check, unit)
        for check in CHECKS
        if check.code in ROOTS or check.code in TOGETHER
        for unit in units(Context(one.shared), check, one.slicer)
    ]
    forward = [one.examined(check, unit) for check, unit in asked]
    backward = [other.examined(check, unit) for check, unit in reversed(asked)]
    assert forward == backward[::-1]


def test_every_check_on_slices_is_one_that_there_is() -> None:
    codes = {each.code for each in CHECKS}
    assert {*ROOTS, *TOGETHER, *OWNERS} <= codes
    assert not set(ROOTS) & set(TOGETHER)
    assert set(OWNERS) <= set(ROOTS)


def test_what_is_asked_is_the_same_where_lines_moved() -> None:
    one = load(MEMO)
    two = load(MEMO, {str(MEMO): "-- A line more.\n\n" + MEMO.read_text("utf-8")})
    asked = []
    for policy in (one, two):
        run = SliceRun(shared_for(policy))
        asked.append([each.asks for each in profile_units(run.slicer)])
    assert asked[0] == asked[1]


def test_a_long_section_is_divided() -> None:
    lines = [f'clause S.{i} "Rule {i}"\n  must act' for i in range(3 * MOST_TOGETHER)]
    text = "policy test\nsubject person\naction act\n" + "\n".join(lines) + "\n"
    sizes: dict[int, int] = {}
    for number in bundles(load_text(text)).values():
        sizes[number] = sizes.get(number, 0) + 1
    assert len(sizes) > 1
    assert max(sizes.values()) < 3 * MOST_TOGETHER


ASSUMED = """\
policy test
subject person
type Hue is one of red, green
fact a : yes/no
fact hue : Hue
fact level : 0 .. 10
action act
assume hue is not red
assume level >= 7
clause C1 "Do"
  must act
  when a
clause C2 "Do not"
  must not act
  when a
"""


def test_facts_outside_a_slice_get_values_that_the_assumptions_allow() -> None:
    policy = load_text(ASSUMED)
    part = Sliced(policy, Limits())
    clash = next(each for each in part.findings if each.code == "C01")
    assert clash.witness is not None
    assert clash.witness.case.facts["a"] is True
    assert clash.witness.case.facts["hue"] == "green"
    assert clash.witness.case.facts["level"] == 7
    assert clash.witness.left_out == ("hue", "level")
