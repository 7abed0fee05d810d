"""Gaps beside brute force: the regions told are together exactly the cases that are gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policy_dsl import phrases
from policy_dsl.model import Decision, Output, Settlement
from policy_dsl.norms import NormativeState
from tests.verifier.comparing import Tools, plain
from tests.verifier.world import Point, Shown, World
from verifier.findings import Finding


@dataclass(frozen=True)
class Scope:
    """Where an answer is expected: which check tells it, its key and place, and what a gap is."""

    code: str
    key: str
    place: int
    gap: Shown
    actions: frozenset[str] = frozenset()


def scopes(world: World) -> Iterator[Scope]:
    """Everything of a policy that expects an answer."""
    policy = world.policy
    for decision in policy.decisions.values():
        if decision.low > 0:  # one that asks for no action leaves nothing open
            yield _of_decision(decision)
        if 0 < decision.low < len(decision.actions):
            yield _unguided(decision)
    for settlement in policy.settlements:
        yield _of_settlement(world, settlement)
    for output in policy.outputs.values():
        yield _of_output(world, output)


def _of_decision(decision: Decision) -> Scope:
    def gap(p: Point) -> bool:
        silent = all(p.outcome.states[each].silent for each in decision.actions)
        return silent and decision.name in p.outcome.decisions

    key = f"decision {decision.name}"
    return Scope("G01", key, decision.place.span.start, gap, frozenset(decision.actions))


def _unguided(decision: Decision) -> Scope:
    def gap(p: Point) -> bool:
        impossible = {each.action for each in p.outcome.incapacities}
        return (
            decision.name in p.outcome.decisions
            and all(
                p.outcome.states[each] == NormativeState(permitted=True, released=released)
                for each in decision.actions
                for released in [p.outcome.states[each].released]
                if each not in impossible
            )
            and not impossible & set(decision.actions)
        )

    return Scope("G03", f"decision {decision.name}", decision.place.span.start, gap)


def _of_settlement(world: World, settlement: Settlement) -> Scope:
    def gap(p: Point) -> bool:
        silent = all(p.outcome.states[each].silent for each in settlement.actions)
        return silent and world.holds(settlement.when, p)

    key = f"settle {','.join(settlement.actions)} when {phrases.code(settlement.when)}"
    return Scope("G01", key, settlement.place.span.start, gap, frozenset(settlement.actions))


def _of_output(world: World, output: Output) -> Scope:
    def gap(p: Point) -> bool:
        return not p.outcome.outputs[output.name] and world.holds(output.when, p)

    return Scope("G02", f"output {output.name}", output.place.span.start, gap)


class Gaps(Tools):
    """Compares the findings about gaps."""

    def gaps(self) -> Iterator[str]:
        """G01, G02 and G03."""
        told = self.of("G01", "G02", "G03")
        left = {id(each) for each in told if each.key[0] != "resource"}
        known = [(scope, self._told(scope)) for scope in scopes(self.world)]
        for scope, mine in known:
            left -= {id(each) for each in mine}
            others = [o for o, told in known if told and o.actions and o.actions == scope.actions]
            if mine or not self._told_elsewhere(scope, others):
                yield from self._regions(scope, mine)
        if left:
            yield "G: gaps of nothing that is declared"

    def _told(self, scope: Scope) -> list[Finding]:
        return [
            each
            for each in self.of(scope.code)
            if plain(each)[0] == scope.key and each.related[0].place.span.start == scope.place
        ]

    def _told_elsewhere(self, scope: Scope, others: list[Scope]) -> bool:
        """Whether every gap of a scope is one of others that are told: then it need not be."""
        gaps = [p for p in self.world.points if scope.gap(p)]
        return bool(gaps) and all(any(other.gap(p) for other in others) for p in gaps)

    def _regions(self, scope: Scope, mine: list[Finding]) -> Iterator[str]:
        world = self.world
        gaps = {id(p) for p in world.points if scope.gap(p)}
        covered: set[int] = set()
        for finding in mine:
            assert finding.witness is not None
            statement = finding.witness.conditions
            reads = world.extension(finding.readings)
            inside = [p for p in world.points if p.read in reads and world.meets(statement, p)]
            covered |= {id(p) for p in inside}
            if any(id(p) not in gaps for p in inside):
                yield f"{scope.code}: a region of '{scope.key}' holds what is no gap: {statement}"
            if reads - {p.read for p in inside}:
                yield f"{scope.code}: a region of '{scope.key}' has readings without a case"
            for read in set(world.reads) - reads:
                there = [p for p in world.points if p.read == read and world.meets(statement, p)]
                if there and all(id(p) in gaps for p in there):
                    yield f"{scope.code}: a region of '{scope.key}' stands under {read} as well"
            yield from self.shown(finding, scope.gap)
        if gaps - covered:
            yield f"{scope.code}: a gap of '{scope.key}' lies in no region"
