"""A report beside the answers of brute force: every difference in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policy_dsl import phrases
from policy_dsl.model import Expectation
from tests.verifier import compare_groups, oracle, part_oracle
from tests.verifier.clash_oracle import Clash, clashes, identity
from tests.verifier.compare_audit import Audit
from tests.verifier.compare_ranks import Ranks
from tests.verifier.compare_rules import RuleTools, set_apart
from tests.verifier.control_oracle import out_of_hands
from tests.verifier.world import Found, Point, Shown, applying, forcing
from verifier.findings import Finding, ProfileEntry
from verifier.words import key_of

FORCE = {
    "obliged": "oblige",
    "forbidden": "forbid",
    "permitted": "permit",
    "released": "release",
}


class Comparison(Audit, Ranks, RuleTools):
    """Compares a report with the world it is about."""

    def differences(self) -> list[str]:
        """Everything in which they differ; nothing where they agree."""
        if not self.world.points:
            codes = {each.code for each in self.report.findings}
            return [] if codes == {"V01"} else [f"V01: no case is left, but {codes}"]
        found = [f"{each.code}: {each.title}" for each in self.of("V01", "X01")]
        for part in (
            self.clashes,
            self.values,
            self.over_capacity,
            self.circles,
            self.rankings,
            self.gaps,
            self.dead_letters,
            self.control,
            self.idle,
            self.idle_priorities,
            self.expectations,
            self.permissions,
            self.profiles,
            self.assumptions,
            self.outside,
            self.near_misses,
            self.no_rule,
            self.margins,
            self.fingerprints,
        ):
            found += part()
        return found

    # --- contradictions -------------------------------------------------------------------

    def clashes(self) -> Iterator[str]:
        """C01 to C04, and what they have to do with being compliable."""
        mine = {identity(self.world, each): each for each in clashes(self.world)}
        theirs = [(_identity(each), each) for each in self.of("C01", "C02", "C03", "C04")]
        reads: Found = {
            identity(self.world, clash): found for clash, found in clashes(self.world).items()
        }
        yield from self.same("C", reads, theirs)
        for key, finding in theirs:
            if key in mine:
                yield from self.shown(finding, mine[key].present(self.world))
        yield from self._compliable([each for each in mine.values() if each.code != "C02"])

    def _compliable(self, duties: list[Clash]) -> Iterator[str]:
        """A case cannot be complied with exactly where some clash is present in it."""
        for point in self.world.points:
            present = [each for each in duties if each.present(self.world)(point)]
            binding = point.case.readings["should"] == "binding"
            strong = [each for each in present if binding or each.strength == "must"]
            if point.outcome.compliable != {"must": not strong, "should": not present}:
                yield f"C: compliable {point.outcome.compliable} with {present} in {point.case}"
                return

    def values(self) -> Iterator[str]:
        """C05."""
        yield from self.same("C05", oracle.opposed_values(self.world))
        for finding in self.of("C05"):
            yield from self.shown(finding, set_apart(*finding.key[:3]))

    def over_capacity(self) -> Iterator[str]:
        """C07."""
        for resource in self.world.policy.resources.values():
            told = [each for each in self.of("C07") if each.key[0] == resource.name]
            yield from compare_groups.differences(self.world, told, resource)

    def circles(self) -> Iterator[str]:
        """C08."""
        theirs = [
            (tuple(sorted(e.label.split(" by ")[0] for e in f.related)), f) for f in self.of("C08")
        ]
        yield from self.same("C08", oracle.priority_cycles(self.world), theirs)
        for finding in self.of("C08"):
            yield from self.shown(finding, applying(*(each.clause for each in finding.sides)))

    # --- dead letters ---------------------------------------------------------------------

    def dead_letters(self) -> Iterator[str]:
        """U01, U02 and U07."""
        world = self.world
        yield from self.same("U01", oracle.impossible_conditions(world))
        yield from self.same("U02", oracle.always_defeated(world))
        for finding in self.of("U02"):
            loser, *winners = (each.clause for each in finding.sides)
            reads = world.extension(finding.readings)
            for point in world.points:
                if point.read in reads and point.applies(loser):
                    by = {each.clause for each in point.outcome.clauses[loser].defeated_by}
                    if not (by | self._before(loser, point)) & set(winners):
                        yield f"U02: {loser} is defeated by {by}, not by {winners}"
                        break
        yield from self.many("U07", part_oracle.dead_alternatives(world))

    def _before(self, loser: str, point: Point) -> set[str]:
        """The clauses before a clause in its ordered list that apply: any of them defeats it."""
        clause = self.world.policy.clauses[loser]
        if clause.group is None:
            return set()
        before = self.world.policy.groups[clause.group].clauses[: clause.rank]
        return {each for each in before if point.applies(each)}

    def control(self) -> Iterator[str]:
        """U06; what is said of the subject rests on facts by which it has a say, and is left out
        here."""
        subject = self.world.policy.subject
        theirs = [(each.key, each) for each in self.of("U06") if each.key[0] != subject]
        yield from self.same("U06", out_of_hands(self.world), theirs)

    def idle(self) -> Iterator[str]:
        """R01, R02 and R05."""
        world = self.world
        yield from self.many("R01", [(each,) for each in sorted(oracle.subsumed(world))])
        yield from self.many("R02", oracle.idle_exceptions(world))
        yield from self.many("R05", part_oracle.idle_conditions(world))

    def idle_priorities(self) -> Iterator[str]:
        """R03."""
        rules = [("rule", each) for each in sorted(oracle.idle_rules(self.world))]
        yield from self.many("R03", [*sorted(oracle.idle_priorities(self.world)), *rules])

    # --- the rest -------------------------------------------------------------------------

    def expectations(self) -> Iterator[str]:
        """E01 and E02."""
        world = self.world
        by_place = {each.place.span.start: each for each in world.policy.expectations}
        mine: Found = {
            place: reads
            for place, expected in by_place.items()
            if (reads := oracle.refuted(world, expected))
        }
        theirs = [(each.related[0].place.span.start, each) for each in self.of("E01")]
        yield from self.same("E01", mine, theirs)
        vacuous = [key_of(e) for e in by_place.values() if oracle.vacuous(world, e)]
        yield from self.many("E02", vacuous)
        for place, finding in theirs:
            if by_place[place].form not in ("sometimes", "reachable"):
                yield from self.shown(finding, self._against(by_place[place]))

    def _against(self, expected: Expectation) -> Shown:
        """A case that is not as expected."""
        if expected.form == "unreachable":
            return forcing(phrases.code(expected.condition))

        def shown(point: Point) -> bool:
            holds = self.world.holds(expected.condition, point)
            return self.world.holds(expected.premise, point) and holds == (expected.form == "never")

        return shown

    def permissions(self) -> Iterator[str]:
        """P01."""
        yield from self.same("P01", oracle.permitted_never_obliged(self.world))
        for finding in self.of("P01"):
            yield from self.shown(finding, _permitted_only(finding.key[0]))

    def profiles(self) -> Iterator[str]:
        """The profile of every action."""
        for profile in self.report.profiles:
            for entry in profile.entries:
                yield from self._entry(profile.action, entry)

    def _entry(self, action: str, entry: ProfileEntry) -> Iterator[str]:
        world = self.world
        if entry.state == "silent":
            occurs = any(point.outcome.states[action].silent for point in world.points)
            if entry.occurs != occurs:
                yield f"profile: {action} silent: {entry.occurs}, not {occurs}"
            return
        carriers = oracle.carriers(world.policy, action, FORCE[entry.state])
        names = [name for name in carriers if world.some(forcing(name))]
        if (entry.occurs, list(entry.clauses)) != (bool(names), names):
            yield f"profile: {action} {entry.state}: {entry.clauses}, not {names}"

    def fingerprints(self) -> Iterator[str]:
        """No two findings have one fingerprint."""
        told = Counter(each.fingerprint for each in self.report.findings)
        for finding in self.report.findings:
            if told[finding.fingerprint] > 1:
                yield f"{finding.code}: its fingerprint is not its own: {finding.key}"


def _identity(finding: Finding) -> tuple[object, ...]:
    """What ``clash_oracle.identity`` says of the same clash."""
    clauses = sorted(each.clause for each in finding.sides)
    needs = [each for each in finding.key if each.endswith((":True", ":False"))]
    labels = [(each.label, each.place.span.start) for each in finding.related]
    word = "the decision "
    decisions = [label.removeprefix(word) for label, _ in labels if label.startswith(word)]
    barred = sorted(each for each in labels if each[0].startswith("cannot "))
    return (
        finding.code,
        tuple(clauses),
        tuple(needs),
        tuple(decisions),
        tuple(barred),
        finding.strength,
    )


def _permitted_only(action: str) -> Shown:
    """An action is permitted and not obliged."""

    def shown(point: Point) -> bool:
        state = point.outcome.states[action]
        return state.permitted and state.obliged is None

    return shown
