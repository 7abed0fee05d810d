"""A report beside the answers of brute force: every difference in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from policy_dsl import phrases
from policy_dsl.model import Expr
from tests.verifier import oracle, part_oracle
from tests.verifier.clash_oracle import Clash, clashes, identity
from tests.verifier.world import Point, Read, World
from verifier.findings import Finding, ProfileEntry
from verifier.pipeline import Report

Shown = Callable[[Point], bool]


def plain(finding: Finding) -> tuple[str, ...]:
    """The key of a finding, without the number that tells it apart from others just like it."""
    return tuple(each for each in finding.key if not each.startswith("#"))


@dataclass
class Comparison:
    """One report and the world it is about. ``differences`` is empty where they agree."""

    world: World
    report: Report

    def differences(self) -> list[str]:
        """Everything in which the report and brute force differ."""
        if not self.world.points:
            codes = {each.code for each in self.report.findings}
            return [] if codes == {"V01"} else [f"V01: no case is left, but {codes}"]
        found = [f"{e.code}: {e.title}" for e in self.report.findings if e.code in ("V01", "X01")]
        for part in (
            self._clashes,
            self._values,
            self._circles,
            self._gaps,
            self._dead_letters,
            self._idle,
            self._expectations,
            self._permissions,
            self._profiles,
            self._fingerprints,
        ):
            found += part()
        return found

    # --- tools ----------------------------------------------------------------------------

    def _of(self, *codes: str) -> list[Finding]:
        return [each for each in self.report.findings if each.code in codes]

    def _same(
        self,
        code: str,
        mine: Mapping[object, frozenset[Read]],
        theirs: Iterable[tuple[object, Finding]],
    ) -> Iterator[str]:
        """The same findings, with exactly the same readings."""
        told = list(theirs)
        for key, count in Counter(key for key, _ in told).items():
            if count > 1:
                yield f"{code}: told {count} times: {key}"
        reads = {key: self.world.extension(finding.readings) for key, finding in told}
        for key in sorted(mine.keys() - reads.keys(), key=str):
            yield f"{code}: missing: {key}"
        for key in sorted(reads.keys() - mine.keys(), key=str):
            yield f"{code}: wrong: {key}"
        for key in sorted(mine.keys() & reads.keys(), key=str):
            if mine[key] != reads[key]:
                yield f"{code}: readings of {key} are {sorted(mine[key])}, not {sorted(reads[key])}"

    def _many(self, code: str, mine: Iterable[tuple[str, ...]]) -> Iterator[str]:
        """The same findings where each has a key and no readings."""
        expected, told = Counter(mine), Counter(plain(each) for each in self._of(code))
        yield from (f"{code}: missing: {key}" for key in (expected - told).elements())
        yield from (f"{code}: wrong: {key}" for key in (told - expected).elements())

    def _witness(self, finding: Finding, shown: Shown) -> Iterator[str]:
        """The case of a finding shows it, and so does every case that meets its conditions."""
        witness, world = finding.witness, self.world
        if witness is None:
            yield f"{finding.code}: no witness: {finding.key}"
            return
        read = tuple(witness.case.readings.values())
        if read not in world.extension(finding.readings):
            yield f"{finding.code}: the case is read otherwise than the finding: {finding.key}"
        around = [p for p in world.points if p.read == read and world.meets(witness.conditions, p)]
        if not any(p.case == witness.case for p in around):
            yield f"{finding.code}: the case does not meet its own conditions: {finding.key}"
        if not all(map(shown, around)):
            yield f"{finding.code}: not every case of the region shows it: {finding.key}"

    # --- contradictions -------------------------------------------------------------------

    def _clashes(self) -> Iterator[str]:
        world = self.world
        mine = clashes(world)
        by_identity: dict[object, Clash] = {identity(world, each): each for each in mine}
        theirs = []
        for finding in self._of("C01", "C02", "C03", "C04"):
            key = self._identity(finding)
            theirs.append((key, finding))
            if key in by_identity:
                clash = by_identity[key]
                yield from self._witness(finding, lambda p, c=clash: c.present(world, p))  # type: ignore[misc]
        yield from self._same("C", {identity(world, c): r for c, r in mine.items()}, theirs)
        yield from self._compliable([each for each in mine if each.code != "C02"])

    def _identity(self, finding: Finding) -> tuple[object, ...]:
        """What ``clash_oracle.identity`` says of the same clash."""
        clauses = sorted(each.clause for each in finding.sides)
        needs = [each for each in finding.key if each.endswith((":True", ":False"))]
        decisions = [
            each.label.removeprefix("the decision ")
            for each in finding.related
            if each.label.startswith("the decision ")
        ]
        barred = sorted(
            (each.label, each.place.span.start)
            for each in finding.related
            if each.label.startswith("cannot ")
        )
        code, strength = finding.code, finding.strength
        return code, tuple(clauses), tuple(needs), tuple(decisions), tuple(barred), strength

    def _compliable(self, duties: list[Clash]) -> Iterator[str]:
        """A case cannot be complied with exactly where some clash is present in it."""
        for point in self.world.points:
            present = [each for each in duties if each.present(self.world, point)]
            binding = point.case.readings["should"] == "binding"
            strong = [each for each in present if binding or each.strength == "must"]
            if point.outcome.compliable != {"must": not strong, "should": not present}:
                yield f"C: compliable {point.outcome.compliable} with {present} in {point.case}"
                return

    def _values(self) -> Iterator[str]:
        theirs = [(plain(each), each) for each in self._of("C05")]
        yield from self._same("C05", oracle.opposed_values(self.world), theirs)
        for finding in self._of("C05"):
            output, one, two = finding.key

            def differ(p: Point, output: str = output, one: str = one, two: str = two) -> bool:
                found = dict(p.outcome.outputs[output])
                return one in found and two in found and found[one] != found[two]

            yield from self._witness(finding, differ)

    def _circles(self) -> Iterator[str]:
        theirs = [(tuple(sorted(e.label for e in f.related)), f) for f in self._of("C08")]
        yield from self._same("C08", oracle.priority_cycles(self.world), theirs)
        for finding in self._of("C08"):
            names = [each.clause for each in finding.sides]
            yield from self._witness(finding, lambda p, n=names: all(map(p.applies, n)))  # type: ignore[misc]

    # --- gaps -----------------------------------------------------------------------------

    def _gaps(self) -> Iterator[str]:
        world, policy = self.world, self.world.policy
        scopes: list[tuple[str, str, int, Shown]] = []
        for decision in policy.decisions.values():
            scopes.append(
                (
                    "G01",
                    f"decision {decision.name}",
                    decision.place.span.start,
                    lambda p, d=decision: (  # type: ignore[misc]
                        d.name in p.outcome.decisions
                        and all(p.outcome.states[a].silent for a in d.actions)
                    ),
                )
            )
        for settle in policy.settlements:
            scopes.append(
                (
                    "G01",
                    f"settle {','.join(settle.actions)} when {phrases.code(settle.when)}",
                    settle.place.span.start,
                    lambda p, s=settle: (  # type: ignore[misc]
                        world.holds(s.when, p)
                        and all(p.outcome.states[a].silent for a in s.actions)
                    ),
                )
            )
        for output in policy.outputs.values():
            scopes.append(
                (
                    "G02",
                    f"output {output.name}",
                    output.place.span.start,
                    lambda p, o=output: world.holds(o.when, p) and not p.outcome.outputs[o.name],  # type: ignore[misc]
                )
            )
        left = {id(each) for each in self._of("G01", "G02")}
        for code, key, place, gap in scopes:
            mine = [
                each
                for each in self._of(code)
                if each.key[0] == key and each.related[0].place.span.start == place
            ]
            left -= {id(each) for each in mine}
            yield from self._regions(code, key, mine, gap)
        if left:
            yield "G: gaps of nothing that is declared"

    def _regions(self, code: str, key: str, mine: list[Finding], gap: Shown) -> Iterator[str]:
        world = self.world
        gaps = {id(p) for p in world.points if gap(p)}
        covered: set[int] = set()
        for finding in mine:
            assert finding.witness is not None
            statement = finding.witness.conditions
            reads = world.extension(finding.readings)
            meeting = [p for p in world.points if world.meets(statement, p)]
            inside = [p for p in meeting if p.read in reads]
            covered |= {id(p) for p in inside}
            if any(id(p) not in gaps for p in inside):
                yield f"{code}: a region of '{key}' holds a case that is no gap: {statement}"
            if any(p.read not in {q.read for q in inside} for p in inside) or reads - {
                p.read for p in inside
            }:
                yield f"{code}: a region of '{key}' has readings without a case: {statement}"
            yield from self._witness(finding, gap)
        if gaps - covered:
            yield f"{code}: a gap of '{key}' lies in no region"
        if covered - gaps:
            yield f"{code}: what is told of '{key}' is more than its gaps"

    # --- dead letters ---------------------------------------------------------------------

    def _dead_letters(self) -> Iterator[str]:
        world = self.world
        theirs = [(plain(each), each) for each in self._of("U01")]
        yield from self._same("U01", oracle.impossible_conditions(world), theirs)
        theirs = [(plain(each), each) for each in self._of("U02")]
        yield from self._same("U02", oracle.always_defeated(world), theirs)
        for finding in self._of("U02"):
            loser, *winners = (each.clause for each in finding.sides)
            reads = world.extension(finding.readings)
            for point in world.points:
                if point.read in reads and point.applies(loser):
                    by = {each.clause for each in point.outcome.clauses[loser].defeated_by}
                    first = self._first_of_list(loser, point)
                    if not (by | first) & set(winners):
                        yield f"U02: {loser} is defeated by {by}, not by {winners}"
                        break
        yield from self._many("U07", part_oracle.dead_alternatives(world))

    def _first_of_list(self, loser: str, point: Point) -> set[str]:
        """The clauses before a clause in its ordered list that apply: any of them defeats it."""
        clause = self.world.policy.clauses[loser]
        if clause.group is None:
            return set()
        before = self.world.policy.groups[clause.group].clauses[: clause.rank]
        return {each for each in before if point.applies(each)}

    def _idle(self) -> Iterator[str]:
        world = self.world
        yield from self._many("R01", [(each,) for each in sorted(oracle.subsumed(world))])
        yield from self._many("R02", oracle.idle_exceptions(world))
        yield from self._many("R03", sorted(oracle.idle_priorities(world)))
        yield from self._many("R05", part_oracle.idle_conditions(world))

    # --- the rest -------------------------------------------------------------------------

    def _expectations(self) -> Iterator[str]:
        world = self.world
        mine: dict[object, frozenset[Read]] = {}
        vacuous = []
        by_place = {each.place.span.start: each for each in world.policy.expectations}
        for place, expected in by_place.items():
            reads = oracle.refuted(world, expected)
            if reads:
                mine[place] = reads
            if oracle.vacuous(world, expected):
                vacuous.append((expected.text,))
        theirs = [(each.related[0].place.span.start, each) for each in self._of("E01")]
        yield from self._same("E01", mine, theirs)
        yield from self._many("E02", vacuous)
        for place, finding in theirs:
            expected = by_place[place]
            if expected.form in ("sometimes", "reachable"):
                continue

            def against(
                p: Point, condition: Expr = expected.condition, e: object = expected
            ) -> bool:
                if expected.form == "unreachable":
                    return p.in_force(phrases.code(condition))
                holds = world.holds(condition, p)
                return world.holds(expected.premise, p) and holds == (expected.form == "never")

            yield from self._witness(finding, against)

    def _permissions(self) -> Iterator[str]:
        mine = {(a,): reads for a, reads in oracle.permitted_never_obliged(self.world).items()}
        theirs = [(plain(each), each) for each in self._of("P01")]
        yield from self._same("P01", mine, theirs)
        for finding in self._of("P01"):
            action = finding.key[0]

            def shown(p: Point, action: str = action) -> bool:
                state = p.outcome.states[action]
                return state.permitted and state.obliged is None

            yield from self._witness(finding, shown)

    def _profiles(self) -> Iterator[str]:
        for profile in self.report.profiles:
            for entry in profile.entries:
                yield from self._entry(profile.action, entry)

    def _entry(self, action: str, entry: ProfileEntry) -> Iterator[str]:
        world = self.world
        if entry.state == "silent":
            occurs = world.some(lambda p: p.outcome.states[action].silent)
            if entry.occurs != occurs:
                yield f"profile: {action} silent: {entry.occurs}, not {occurs}"
            return
        force = {
            "obliged": "oblige",
            "forbidden": "forbid",
            "permitted": "permit",
            "released": "release",
        }[entry.state]
        names = [
            name
            for name in oracle.carriers(world.policy, action, force)
            if world.some(lambda p, name=name: p.in_force(name))  # type: ignore[misc]
        ]
        if (entry.occurs, list(entry.clauses)) != (bool(names), names):
            yield f"profile: {action} {entry.state}: {entry.clauses}, not {names}"

    def _fingerprints(self) -> Iterator[str]:
        told = Counter(each.fingerprint for each in self.report.findings)
        for finding in self.report.findings:
            if told[finding.fingerprint] > 1:
                yield f"{finding.code}: its fingerprint is not its own: {finding.key}"
