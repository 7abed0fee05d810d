"""Groups of persons who share a resource: checker, evaluator and brute force say the same."""

from __future__ import annotations

from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from policy_dsl.groups import Groups, Person
from policy_dsl.load import load_text
from policy_dsl.model import Strength
from tests.strategies.clauses import MODALITIES
from tests.strategies.dice import of_draw
from tests.verifier import compare_groups, group_oracle
from tests.verifier.world import World
from verifier.findings import Finding, Severity
from verifier.pipeline import run_check, shared_for
from verifier.registry import by_code
from verifier.shared import Limits

STRENGTHS: tuple[Strength, ...] = ("must", "should")
FACTS = ("full", "worn", "hurt")
CONDITIONS = (*FACTS, *(f"not {each}" for each in FACTS), "full or hurt", "worn and not full")
ACTIONS = ("keep", "guard", "send")


@st.composite
def texts(draw: DrawFn) -> str:
    """Policies about one resource, with little else in them."""
    dice = of_draw(draw)
    lines = ["policy p", "subject guest", *(f"fact {each} : yes/no" for each in FACTS)]
    lines += ["ambiguity scope", '  reading wide "all"', '  reading narrow "some"']
    low = dice.between(0, 3)
    lines.append(f"resource beds capacity {low} .. {'' if dice.chance(50) else low + 1}")
    if dice.chance(70):
        lines.append(f"  short when {dice.choice(CONDITIONS)}")
    for action in ACTIONS:
        uses = f" uses {dice.between(1, 3)} beds" if dice.chance(60) else ""
        lines.append(f"action {action}{uses}")
    for index in range(dice.between(0, 2)):
        bound = dice.choice(("exactly", "at most", "at least"))
        some = dice.some(ACTIONS, 2, 3)
        when = f" when {dice.choice(CONDITIONS)}" if dice.chance(30) else ""
        lines.append(
            f"decision d{index} is {bound} {dice.between(1, 2)} of {', '.join(some)}{when}"
        )
    for each in dice.some(ACTIONS, 0, 1):
        lines.append(f"cannot {each} when {dice.choice(CONDITIONS)}")
    if dice.chance(25):
        lines.append(f"assume {dice.choice(FACTS)} implies {dice.choice(CONDITIONS)}")
    conditions = list(CONDITIONS)
    if dice.chance(40):
        conditions += [f"{each} is {word}" for each in ACTIONS for word in ("done", "not done")]
    for index in range(dice.between(1, 6)):
        lines.append(f"clause C.{index}")
        lines.append(f"  {dice.choice(MODALITIES)} {dice.choice(ACTIONS)}")
        if dice.chance(75):
            lines.append(f"  when {dice.choice(conditions)}")
        if dice.chance(25):
            lines.append(f"  unless {dice.choice(conditions)}")
        if dice.chance(20):
            lines.append(f"  under scope is {dice.choice(('wide', 'narrow'))}")
        if index and dice.chance(20):
            lines.append(f"  overrides C.{dice.between(0, index - 1)}")
    return "\n".join(lines)


def differences(text: str) -> list[str]:
    """In what the check and brute force differ on a policy."""
    policy = load_text(text)
    world = World(policy)
    check = by_code("C07")
    assert check is not None
    run = run_check(shared_for(policy, limits=Limits(clashes=10_000)), check)
    found = [f"{e.code}: {e.title}" for e in run.findings if e.code == "X01"]
    told = [each for each in run.findings if each.code == "C07"]
    for resource in policy.resources.values():
        found += compare_groups.differences(world, told, resource)
    return found


@settings(max_examples=2 * settings().max_examples)
@given(text=texts())
def test_the_checker_says_what_brute_force_says_of_groups(text: str) -> None:
    assert differences(text) == []


@given(text=texts(), at=st.integers(0, 10**6))
def test_the_evaluator_says_what_brute_force_says_of_each_person(text: str, at: int) -> None:
    policy = load_text(text)
    world = World(policy)
    (resource,) = policy.resources.values()
    groups = Groups(world.evaluator, resource.name)
    known = set()
    for strength in STRENGTHS:
        for each in group_oracle.persons(world, resource, strength):
            person = Person(each.supplied.case, each.short.case)
            known.add(person)
            assert groups.is_person(person)
            least = groups.least(person, strength, 99)
            if least is None:
                assert not each.costs
            else:
                assert least[0] == min(each.costs)
                assert sum(groups.uses[each] for each in least[1]) <= least[0]
            short_of_it = groups.least(person, strength, 1)
            assert short_of_it == (least if least is not None and least[0] <= 1 else None)
            assert (groups.enough(person, strength) is None) == (not each.curable)
    if world.points:
        one, two = (world.points[each % len(world.points)].case for each in (at, at // 1000))
        assert groups.is_person(Person(one, two)) == (Person(one, two) in known)


@given(text=texts(), capacity=st.integers(0, 2))
def test_the_evaluator_says_what_brute_force_says_of_groups(text: str, capacity: int) -> None:
    policy = load_text(text)
    world = World(policy)
    (resource,) = policy.resources.values()
    groups = Groups(world.evaluator, resource.name)
    everybody = list(group_oracle.persons(world, resource, "should"))
    for group in list(combinations_with_replacement(everybody[:12], 2))[:60]:
        complies = any(sum(each) <= capacity for each in product(*(p.costs for p in group)))
        persons = [Person(each.supplied.case, each.short.case) for each in group]
        helped = all(each.costs for each in group)
        assert groups.too_much(persons, capacity, "should") == (helped and not complies)


SHELTER = """\
policy shelter
subject guest
fact cold : yes/no "comes on a cold night" otherwise "comes on a mild night"
fact full : yes/no "finds no bed free" otherwise "finds a bed free"
resource beds "beds" {}
  short when full
action put_up    "give the guest a bed" uses {} beds
action turn_away "turn the guest away"
decision door is exactly one of put_up, turn_away
clause S.1 must not turn_away when cold
"""


def told(text: str, limits: Limits | None = None) -> list[Finding]:
    """What C07 finds."""
    check = by_code("C07")
    assert check is not None
    return list(run_check(shared_for(load_text(text), limits=limits), check).findings)


@pytest.mark.parametrize(
    ("capacity", "uses", "size", "title"),
    [
        ("", "one", 2, "there may be beds for one such guest and not for a second"),
        ("capacity 1 .. 40", "1", 2, "there may be beds for one such guest and not for a second"),
        ("capacity 5 ..", "2", 3, "there may be beds for 2 in such a case and not for one more"),
        ("capacity 1 ..", "2", 1, "such a guest needs 2 units of beds, and there may be only 1"),
        ("capacity 0 ..", "1", 1, "there may be no beds"),
    ],
)
def test_the_smallest_group_follows_from_the_least_capacity(
    capacity: str, uses: str, size: int, title: str
) -> None:
    (only,) = told(SHELTER.format(capacity, uses))
    assert only.title == f"By S.1 one must not turn the guest away; but {title}"
    assert compare_groups.size_of(only) == size
    assert only.severity is Severity.ERROR
    assert "for the two" in only.consequence or size != 2
    with_it, without = compare_groups.group_of(only).members if size > 1 else (None, None)
    if with_it is not None and without is not None:
        assert without.count == 1
        assert not with_it.witness.case.facts["full"]
        assert without.witness.case.facts["full"]
        assert "The guest finds no bed free" in without.witness.statements


def test_a_way_out_that_prevails_settles_it() -> None:
    text = SHELTER.format("", "one")
    assert told(f"{text}clause S.2 may turn_away when full overrides S.1\n") == []
    assert told(f"{text}clause S.2 may turn_away when cold and full overrides S.1\n") == []


def test_one_who_gets_by_without_units_is_taken_as_supplied() -> None:
    text = SHELTER.format("", "one")
    assert told(f"{text}clause S.2 may turn_away when not full overrides S.1\n") == []


def test_what_allows_another_way_only_when_short_is_told() -> None:
    (only,) = told(SHELTER.format("", "one") + "clause S.2 may turn_away when full\n")
    assert any("S.2 can apply, by which one may turn the guest away" in e for e in only.explanation)


def test_several_clauses_are_not_all_kept() -> None:
    text = SHELTER.format("", "one").replace("exactly one of", "at least one of")
    (only,) = told(f"{text}clause S.2 must not put_up when full\n")
    assert [side.clause for side in only.sides] == ["S.1"]
    text = text.replace("turn_away\nclause", "turn_away, call\naction call\nclause")
    (only,) = told(f"{text}clause S.2 must not call when cold\n")
    assert [side.clause for side in only.sides] == ["S.1", "S.2"]
    assert "S.1 and S.2 are not both kept for at least one of them" in only.consequence


def test_a_should_makes_it_a_warning() -> None:
    text = SHELTER.format("", "one").replace("must not", "should not")
    (only,) = told(text)
    assert (only.severity, only.strength) == (Severity.WARNING, "should")


def test_one_who_cannot_be_dealt_with_anyhow_is_no_matter_of_capacity() -> None:
    assert told(SHELTER.format("", "one") + "clause S.2 must turn_away when cold\n") == []


def test_without_what_holds_when_short_the_case_stays_as_it_is() -> None:
    text = SHELTER.format("", "one").replace("  short when full\n", "")
    (only,) = told(text)
    one, two = (each.witness.case for each in compare_groups.group_of(only).members)
    assert one == two


def test_a_ranking_is_named_and_does_not_settle_it() -> None:
    (plain,) = told(SHELTER.format("", "one"))
    assert any(each.startswith("No clause ranks anybody for beds.") for each in plain.settles)
    (ranked,) = told(SHELTER.format("", "one") + "clause S.2 must prioritize beds when cold\n")
    assert any(each.startswith("That S.2 says who comes first") for each in ranked.settles)


def test_more_causes_than_the_limit_are_not_settled() -> None:
    text = SHELTER.format("", "one") + "fact late : yes/no\nclause S.2 must put_up when late\n"
    assert [each.code for each in told(text)] == ["C07", "C07"]
    assert [each.code for each in told(text, Limits(clashes=1))] == ["C07", "X01"]


@pytest.mark.parametrize(
    ("count", "factor", "reason"),
    [
        (40, 1, "there are more than 500 ways to use 2 of it"),
        (14, 2, "persons may need more than 12 different amounts of it"),
    ],
)
def test_too_many_ways_to_need_a_resource_are_not_settled(
    count: int, factor: int, reason: str
) -> None:
    lines = ["policy p", "resource beds capacity 30 .."]
    for index in range(count):
        lines.append(f"action a{index} uses {factor**index} beds")
        lines.append(f"clause C.{index} must a{index}")
    (only,) = told("\n".join(lines))
    assert only.code == "X01"
    assert reason in only.title
