"""V02, G06, G07 and the table of margins beside brute force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from policy_dsl import phrases
from policy_dsl.model import Assumption, NormEffect
from policy_dsl.norms import NormativeState
from tests.verifier.compare_gaps import Gaps, scopes
from tests.verifier.comparing import plain
from tests.verifier.world import Found, Point, Shown, World
from verifier.atoms import Atoms
from verifier.margins import Margin
from verifier.parts import Part, parts_of


def alone(world: World, part: Part, point: Point) -> bool:
    """A part of a clause fails and all else that the clause needs is so."""
    return world.holds(part.expr, point) != part.truth and any(
        all(world.holds(expr, point) == truth for expr, truth in way) for way in part.ways
    )


def words(state: NormativeState) -> set[str]:
    """The words of ``NormWord`` for a state."""
    said = {
        "obliged": state.obliged is not None,
        "forbidden": state.forbidden is not None,
        "permitted": state.permitted,
        "released": state.released,
        "silent": state.silent,
    }
    return {word for word, so in said.items() if so}


WORD = {"oblige": "obliged", "forbid": "forbidden", "permit": "permitted", "release": "released"}


def _silent_on(action: str) -> Shown:
    return lambda point: point.outcome.states[action].silent


class Audit(Gaps):
    """Compares what is said of assumptions, authorities outside, near misses and margins."""

    @cached_property
    def free(self) -> World:
        """All cases, those too that break assumptions."""
        return World(replace(self.world.policy, assumptions=()))

    def _broken(self, assumption: Assumption, point: Point) -> bool:
        under = self.free.holds(assumption.under, point)
        return under and not self.free.holds(assumption.condition, point)

    def assumptions(self) -> Iterator[str]:
        """V02: which cases each assumption alone deletes, and the silence among them."""
        told = {each.related[0].place.span.start: each for each in self.of("V02")}
        every = self.world.policy.assumptions
        if len(self.of("V02")) != len(every):
            yield "V02: not one finding for each assumption"
        for each in every:
            finding = told[each.place.span.start]
            deleted = [
                p for p in self.free.points if [a for a in every if self._broken(a, p)] == [each]
            ]
            if (finding.witness is None) != (not deleted):
                yield f"V02: {finding.title}, but {len(deleted)} cases are deleted"
            if finding.witness is None:
                continue
            hides = finding.title.startswith("Were it not assumed")
            reads = frozenset(p.read for p in deleted)
            if not hides and self.free.extension(finding.readings) != reads:
                yield f"V02: readings of {finding.key} are not {sorted(reads)}"
            read = tuple(finding.witness.case.readings.values())
            around = [
                p
                for p in self.free.points
                if p.read == read
                and all(self.free.holds(e, p) == t for e, t in finding.witness.statement)
                and not any(self._broken(a, p) for a in every if a is not each)
            ]
            if not any(p.case == finding.witness.case for p in around):
                yield "V02: the case does not meet its own conditions"
            mine = {id(p) for p in deleted}
            if any(id(p) not in mine for p in around):
                yield f"V02: a region holds what is not deleted: {finding.witness.conditions}"
            yield from self._hidden(each, deleted, hides)

    def _hidden(self, each: Assumption, deleted: list[Point], hides: bool) -> Iterator[str]:
        """Silence or opposed duties only among the deleted cases are said to be hidden."""
        hidden = any(
            any(map(scope.gap, deleted)) and not self.world.some(scope.gap)
            for scope in scopes(self.free)
            if scope.code == "G01"
        )
        for action in self.world.policy.actions:

            def opposed(p: Point, action: str = action) -> bool:
                state = p.outcome.states[action]
                return state.obliged is not None and state.forbidden is not None

            hidden |= any(map(opposed, deleted)) and not self.world.some(opposed)
        if hidden and not hides:
            yield f"V02: what {phrases.code(each.condition)} hides is not told"

    def outside(self) -> Iterator[str]:
        """G06."""
        policy, atoms = self.world.policy, Atoms(self.world.policy)
        mine: Found = {}
        for fact in policy.facts.values():
            if fact.kind != "outside":
                continue
            words_ = fact.per or fact.name
            facts = {f.name for f in policy.facts.values() if (f.per or f.name) == words_}
            facts &= {f.name for f in policy.facts.values() if f.kind == "outside"}
            reads: set[tuple[str, ...]] = set()
            for clause in policy.clauses.values():
                for part in parts_of(policy, clause):
                    behind = atoms.facts_behind([part.expr])
                    if behind and behind <= facts:
                        reads |= {p.read for p in self.world.points if alone(self.world, part, p)}
            if reads:
                mine[(words_,)] = frozenset(reads)
        yield from self.same("G06", mine)

    def near_misses(self) -> Iterator[str]:
        """G07."""
        policy = self.world.policy
        mine: Found = {}
        norms = [
            (clause, effect)
            for clause in policy.clauses.values()
            for effect in clause.effects
            if isinstance(effect, NormEffect)
        ]
        for clause, effect in norms:
            against = {"permit": "forbid", "release": "oblige"}.get(effect.force)
            parts = [each for each in parts_of(policy, clause) if each.within is None]
            if len(parts) < 2 or not any(
                (e.force, e.action) == (against, effect.action) for _, e in norms
            ):
                continue
            reads = frozenset(
                p.read
                for p in self.world.points
                if p.outcome.states[effect.action].silent
                and any(alone(self.world, part, p) for part in parts)
            )
            if reads:
                mine[clause.name, effect.action] = reads
        yield from self.same("G07", mine)
        for finding in self.of("G07"):
            action = plain(finding)[1]
            yield from self.shown(finding, _silent_on(action))

    def margins(self) -> Iterator[str]:
        """The table: every state that occurs, with exactly the clauses that bring it about."""
        policy = self.world.policy
        rows = iter(self.report.margins)
        for clause in policy.clauses.values():
            actions = dict.fromkeys(e.action for e in clause.effects if isinstance(e, NormEffect))
            for action in actions:
                for part in parts_of(policy, clause):
                    margin = next(rows, None)
                    if margin is None or (margin.clause, margin.action) != (clause.name, action):
                        yield f"margins: no row for {clause.name}, {action}"
                        return
                    points = [p for p in self.world.points if alone(self.world, part, p)]
                    yield from self._row(margin, points)

    def _row(self, margin: Margin, points: list[Point]) -> Iterator[str]:
        mine: dict[str, set[str]] = {}
        for p in points:
            for word in words(p.outcome.states[margin.action]):
                mine.setdefault(word, set())
            for name in p.outcome.in_force:
                for effect in self.world.policy.clauses[name].effects:
                    if isinstance(effect, NormEffect) and effect.action == margin.action:
                        mine[WORD[effect.force]].add(name)
        theirs = {each.state: set(each.clauses) for each in margin.outcomes}
        if mine != theirs or not margin.settled:
            yield f"margins: {margin.clause}, {margin.code}: {theirs}, not {mine}"
        for each in margin.outcomes:
            read = tuple(each.witness.case.readings.values())
            around = [
                p
                for p in self.world.points
                if p.read == read and self.world.meets(each.witness.conditions, p)
            ]
            if not any(p.case == each.witness.case and p in points for p in around):
                yield f"margins: the case of {margin.clause}, {margin.code} is none of it"
            if not all(each.state in words(p.outcome.states[margin.action]) for p in around):
                yield f"margins: not every such case of {margin.clause}, {margin.code} shows it"
