"""G08 beside brute force: which clashes stand open, and what each rule would make of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from policy_dsl.model import ConflictRule, RuleKind
from policy_dsl.rules import with_rules
from tests.verifier import oracle
from tests.verifier.clash_oracle import clashes
from tests.verifier.comparing import Tools
from tests.verifier.world import Found, Point, Read, Shown, World

KINDS: tuple[RuleKind, ...] = ("authority", "date", "specificity")


@dataclass
class Between:
    """Clauses that clash: the readings under which they do, and what shows it in a case."""

    reads: set[Read] = field(default_factory=set)
    ways: list[Callable[[World], Shown]] = field(default_factory=list)


def between_clauses(world: World) -> dict[tuple[str, ...], Between]:
    """The smallest sets of two clauses or more that clash with nothing else in it."""
    found: dict[tuple[str, ...], Between] = {}
    for clash, reads in clashes(world).items():
        names = {clause for clause, _ in clash.parts if clause is not None}
        if len(names) > 1 and len(names) == len(clash.parts):
            one = found.setdefault(tuple(sorted(names)), Between())
            one.reads |= reads
            one.ways.append(clash.present)
    for key, reads in oracle.opposed_values(world).items():
        assert isinstance(key, tuple)
        one = found.setdefault(tuple(sorted(key[1:])), Between())
        one.reads |= reads
        one.ways.append(_apart(*key))
    return found


def set_apart(output: str, one: str, two: str) -> Shown:
    """Two clauses set an output to different values."""

    def shown(point: Point) -> bool:
        found = dict(point.outcome.outputs[output])
        return one in found and two in found and found[one] != found[two]

    return shown


def _apart(output: str, one: str, two: str) -> Callable[[World], Shown]:
    return lambda _: set_apart(output, one, two)


class RuleTools(Tools):
    """Compares what is said of rules for clashes."""

    def no_rule(self) -> Iterator[str]:
        """G08."""
        policy, found = self.world.policy, between_clauses(self.world)
        mine: Found = {}
        if not policy.rules and len(found) > 1:
            mine["no rule",] = frozenset[Read]().union(*(each.reads for each in found.values()))
        yield from self.same("G08", mine)
        for finding in self.of("G08"):
            for kind in KINDS:
                told = next(each for each in finding.settles if f"(resolve by {kind})" in each)
                left = self._left(kind, list(found.values()))
                words = f"{len(found) - left} of them"
                words = "all of them" if not left else words
                words = "none of them" if left == len(found) else words
                if f"would settle {words}" not in told:
                    yield f"G08: {kind} settles {words} of {len(found)}, but: {told}"

    def _left(self, kind: RuleKind, found: list[Between]) -> int:
        """How many clashes there still are in some case where a rule is declared."""
        policy = self.world.policy
        place = next(iter(policy.clauses.values())).place
        ruled = World(with_rules(policy, [ConflictRule(kind=kind, place=place)]))
        return sum(any(ruled.some(way(ruled)) for way in each.ways) for each in found)
