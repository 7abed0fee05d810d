"""Rankings beside brute force: who comes before whom, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from policy_dsl.rankings import Rankings
from tests.verifier import rank_oracle
from tests.verifier.comparing import Tools
from tests.verifier.rank_oracle import PairShown, Ranker, Row, rankers
from tests.verifier.world import Point, Read
from verifier.exhibits import Persons
from verifier.findings import Finding

MOST_PAIRS = 300
"""How many pairs of cases of one policy are ranked by the evaluator too."""


class Ranks(Tools):
    """Compares what is said of two persons."""

    def rankings(self) -> Iterator[str]:
        """C06, R04, and what G03 says of resources; and the evaluator's order of two persons."""
        world = self.world
        yield from self._evaluator()
        yield from self.same("C06", rank_oracle.opposed_ranks(world))
        yield from self.many("R04", rank_oracle.empty_rankings(world))
        by_name = {each.resource: each for each in rankers(world)}
        for finding in self.of("C06"):
            resource, *listed = finding.key
            ranker, sides = by_name[resource], {each.clause for each in finding.sides}
            opposed = set(rank_oracle.opposed_clauses(ranker, listed))
            if sides != opposed:
                yield f"C06: of {sorted(sides)}, not of {sorted(opposed)}"
            yield from self._shown(finding, ranker, _put_apart(listed))
        unordered = rank_oracle.unordered(world)
        told = {each.key[1]: each for each in self.of("G03") if each.key[0] == "resource"}
        if told.keys() != unordered.keys():
            yield f"G03: told of {sorted(told)}, not of {sorted(unordered)}"
        for resource in told.keys() & unordered.keys():
            yield from self._unordered(told[resource], by_name[resource], unordered[resource])

    def _unordered(
        self, finding: Finding, ranker: Ranker, pairs: Mapping[tuple[str, str], frozenset[Read]]
    ) -> Iterator[str]:
        listed = {name for pair in pairs for name in pair}
        names = [each for each in ranker.names if each in listed]
        if [each.clause for each in finding.sides] != names:
            yield f"G03: of {ranker.resource} not {names}"
        order = {name: at for at, name in enumerate(ranker.names)}
        first = min(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))
        if self.world.extension(finding.readings) != pairs[first]:
            yield f"G03: readings of {first} are {sorted(map(str, pairs[first]))}"
        yield from self._shown(finding, ranker, lambda r, one, other: not r.ways(one, other))

    def _shown(self, finding: Finding, ranker: Ranker, shows: PairShown) -> Iterator[str]:
        """The two persons of a finding show it, and so do any two who meet their conditions."""
        persons, world = finding.exhibit, self.world
        assert isinstance(persons, Persons)
        witnesses = [each.witness for each in persons.members]
        read = tuple(witnesses[0].case.readings.values())
        if read not in world.extension(finding.readings):
            yield f"{finding.code}: the cases are read otherwise than the finding: {finding.key}"
        around = [
            [
                point
                for point in world.points
                if point.read == read
                if all(world.holds(expr, point) == truth for expr, truth in each.statement)
            ]
            for each in witnesses
        ]
        for found, witness in zip(around, witnesses, strict=True):
            if not any(p.case == witness.case for p in found):
                yield f"{finding.code}: a case does not meet its conditions: {finding.key}"
        ones, others = (_rows(ranker, each) for each in around)
        shown = all(
            one and other and shows(ranker, one, other) for one, other in product(ones, others)
        )
        if not shown:
            yield f"{finding.code}: not any two who meet the conditions show it: {finding.key}"

    def _evaluator(self) -> Iterator[str]:
        """``policy_dsl.rankings`` orders every two persons as brute force does."""
        order_of = Rankings(self.world.evaluator).order
        for ranker in rankers(self.world):
            ranked = [p for p in self.world.points if id(p) in ranker.row_of]
            step = max(1, len(ranked) ** 2 // MOST_PAIRS)
            for one, other in islice(product(ranked, ranked), 0, None, step):
                if one.read != other.read:
                    continue
                order = order_of(ranker.resource, one.case, other.case)
                rows = ranker.row_of[id(one)], ranker.row_of[id(other)]
                mine = {(each, True) for each in order.one_first}
                mine |= {(each, False) for each in order.other_first}
                beaten = {(d.clause, name) for name, by in order.defeated.items() for d in by}
                ways = ranker.ways(*rows)
                if (mine, beaten) != (ways, {(w, lost) for w, lost, _ in ranker.defeats(ways)}):
                    yield f"rankings: {ranker.resource}: {order} for {one.case} and {other.case}"
                    return


def _put_apart(clauses: Sequence[str]) -> PairShown:
    """One of the clauses puts the one first, another the other, and neither is defeated."""
    return lambda ranker, one, other: (
        {way for name, way in ranker.standing(one, other) if name in clauses} == {True, False}
    )


def _rows(ranker: Ranker, points: Sequence[Point]) -> list[Row | None]:
    return list(dict.fromkeys(ranker.row_of.get(id(each)) for each in points))
