"""C07 beside brute force over groups of persons."""

from __future__ import annotations

from collections.abc import Iterator

from policy_dsl.model import Resource, Strength
from tests.verifier import group_oracle
from tests.verifier.group_oracle import LARGEST, Person
from tests.verifier.world import Read, World
from verifier.exhibits import Persons
from verifier.findings import Finding

STRENGTHS: tuple[Strength, ...] = ("must", "should")


def differences(world: World, findings: list[Finding], resource: Resource) -> Iterator[str]:
    """In what the findings about a resource differ from brute force: the strength of the worst,
    the readings, the size of the smallest group under each reading, and what is shown."""
    for strength in STRENGTHS:
        everybody = list(group_oracle.persons(world, resource, strength))
        mine = group_oracle.smallest_groups(everybody, resource.low)
        told = [each for each in findings if strength in ("should", each.strength)]
        theirs = _sizes(world, told)
        if strength == "should":  # what is found by "must" alone is not told again
            hard = list(group_oracle.persons(world, resource, "must"))
            for read, size in group_oracle.smallest_groups(hard, resource.low).items():
                mine[read] = min(size, mine.get(read, size))
        small = {read: size for read, size in theirs.items() if size <= LARGEST}
        if mine != small:
            yield f"C07 {resource.name} {strength}: {small}, not {mine}"
        for each in findings:
            if each.strength == strength:
                yield from _shown(world, each, resource, everybody)


def _sizes(world: World, findings: list[Finding]) -> dict[Read, int]:
    found: dict[Read, int] = {}
    for each in findings:
        for read in world.extension(each.readings):
            found[read] = min(size_of(each), found.get(read, size_of(each)))
    return found


def group_of(finding: Finding) -> Persons:
    """The group that a finding shows."""
    assert isinstance(finding.exhibit, Persons)
    return finding.exhibit


def size_of(finding: Finding) -> int:
    """How many persons a finding shows."""
    return sum(each.count for each in group_of(finding).members)


def _shown(
    world: World, finding: Finding, resource: Resource, everybody: list[Person]
) -> Iterator[str]:
    """The group that is shown is one of persons there are; and with the text read in the same way
    whoever is told by the same words, and when short is as the one who is shown in what the
    resource says of it, is as badly off."""
    group = group_of(finding)
    supplied, short = group.members[0].witness, group.members[-1].witness
    capacity = group.capacity
    assert capacity is not None
    if len(group.members) == 2 or not group_oracle.differing_facts(world.policy, resource):
        one = next(
            e for e in everybody if (e.supplied.case, e.short.case) == (supplied.case, short.case)
        )
        if not one.curable:
            yield f"C07: {finding.title}: nothing complies in {one.supplied.case}"
    else:
        if not any(each.curable for each in everybody if each.short.case == short.case):
            yield f"C07: {finding.title}: nothing complies with {short.case}"
        return
    told = group_oracle.differing_facts(world.policy, resource)
    for each in everybody:
        alike = all(each.short.case.facts[n] == short.case.facts[n] for n in told)
        same = each.supplied.case.readings == supplied.case.readings
        enough = min(each.by_words, default=capacity + 1) * size_of(finding) <= capacity
        if alike and same and enough and world.meets(supplied.conditions, each.supplied):
            yield f"C07: {finding.title}: not in {each.supplied.case}, {each.short.case}"
            return
