"""What the rules of a whole policy settle: ``resolve by authority, then specificity, then date``.

A rule gives one of two clauses priority where their effects can clash:

- *authority*: the clause of the document whose authority stands higher in the declared order;
- *specificity*: the more special one, by the words. Take all that a clause asks for, part by part:
  its conditions, that no exception holds, and the readings it stands under, with definitions
  replaced by what they say. A clause that asks for all that another asks for, or for a narrower
  bound of the same number or date, and for more or less wide bounds, is the more special one;
- *date*: the clause of the document that was issued, or else took effect, later.

The first of the declared rules that tells the two apart counts. What is declared of clauses
themselves counts before all rules: no rule says anything of two clauses where declared priorities
lead from one to the other, directly or through others, or that stand in one ordered list. Nor does
one say that a clause gives way of which a condition asks whether it is broken.

The result is ordinary priorities, so nothing else has to know of rules. Those by authority alone,
by date alone, or by specificity alone have no circles; those of several rules can have, and count
then as declared circles do (``defeat.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from policy_dsl import model
from policy_dsl.deeds import asked_about
from policy_dsl.defeat import may_clash
from policy_dsl.graph import reached_from
from policy_dsl.model import Clause, ConflictRule, Expr, Policy, Priority, RuleKind
from policy_dsl.narrower import Parts, covers
from policy_dsl.references import rivals
from policy_dsl.schedules import edges_of

MOST_SETTLED = 20_000
"""How many pairs of clauses the rules of one policy may settle."""

MOST_COMPARED = 1_000_000
"""How many pairs of clauses are looked at for that."""


class TooMany(Exception):
    """There are more pairs of clauses than can be looked at."""


def with_rules(policy: Policy, rules: Sequence[ConflictRule]) -> Policy:
    """The policy as it is with these rules and no others. Raises ``TooMany``."""
    declared = tuple(each for each in policy.priorities if each.rule is None)
    found = Rules(policy).priorities(rules)
    return replace(policy, rules=tuple(rules), priorities=(*declared, *found))


@dataclass
class Rules:
    """How the clauses of one policy stand to each other by each rule."""

    policy: Policy
    _asked: dict[str, Parts] = field(default_factory=dict)
    _unfolded: dict[tuple[str, bool], Parts] = field(default_factory=dict)
    _reached: dict[str, frozenset[str]] = field(default_factory=dict)

    def priorities(self, rules: Sequence[ConflictRule]) -> list[Priority]:
        """What follows from rules, beside what is declared. Raises ``TooMany``."""
        found: list[Priority] = []
        kept = self._asked_about
        for one, two in self._pairs() if rules else ():
            if two in self._below(one) or one in self._below(two):
                continue
            for rule in rules:
                winner = self.prevails(rule.kind, one, two)
                if winner is not None:
                    loser = two if winner == one else one
                    if loser in kept:
                        break
                    found.append(
                        Priority(
                            winner=winner,
                            loser=loser,
                            kind=rule.kind,
                            declared_by=winner,
                            place=rule.place,
                        )
                    )
                    break
            if len(found) > MOST_SETTLED:
                raise TooMany
        return found

    @cached_property
    def _asked_about(self) -> set[str]:
        """The clauses of which a condition asks whether they are broken, and what could defeat
        these by what is declared of clauses. No rule gives priority over one of them: else
        whether a clause applies could rest on itself."""
        declared = tuple(each for each in self.policy.priorities if each.rule is None)
        asked = asked_about(self.policy)
        return {*asked, *rivals(replace(self.policy, priorities=declared), asked)}

    def prevails(self, rule: RuleKind, one: str, two: str) -> str | None:
        """Which of two clauses a rule prefers, None where it does not tell them apart."""
        match rule:
            case "authority":
                order = self.policy.authorities
                ranks = [self._document(each).authority for each in (one, two)]
                known = [order.index(each) for each in ranks if each in order]
                return _first(one, two, known)
            case "specificity":
                first, second = self.asked(one), self.asked(two)
                within, around = covers(first, second), covers(second, first)
                return None if within == around else one if within else two
            case "date":
                days = [self._document(each).day for each in (one, two)]
                return _first(one, two, [-day.toordinal() for day in days if day is not None])

    def asked(self, clause: str) -> Parts:
        """All that a clause asks for, part by part, as its words say it."""
        if clause not in self._asked:
            found = self.policy.clauses[clause]
            parts = [self._parts(each.condition, True) for each in found.requirements]
            parts += [self._parts(each.condition, False) for each in found.exceptions]
            parts += [] if found.under is None else [self._parts(found.under, True)]
            self._asked[clause] = frozenset(chain.from_iterable(parts))
        return self._asked[clause]

    def _parts(self, expr: Expr, truth: bool) -> Parts:
        match expr:
            case model.Literal_(value=value) if value is truth:
                return frozenset()
            case model.Negation():
                return self._parts(expr.operand, not truth)
            case model.AllOf() if truth:
                return frozenset(chain(*(self._parts(each, True) for each in expr.operands)))
            case model.AnyOf() if not truth:
                return frozenset(chain(*(self._parts(each, False) for each in expr.operands)))
            case model.DefinitionValue(arguments=()):
                return self._defined(expr, truth)
            case _:
                return frozenset({(expr, truth)})

    def _defined(self, expr: model.DefinitionValue, truth: bool) -> Parts:
        """The parts of a definition that says one thing under every reading; else itself."""
        key = (expr.definition, truth)
        if key not in self._unfolded:
            cases = self.policy.definitions[expr.definition].cases
            plain = len(cases) == 1 and cases[0].under is None
            self._unfolded[key] = (
                self._parts(cases[0].body, truth) if plain else frozenset({(expr, truth)})
            )
        return self._unfolded[key]

    def _document(self, clause: str) -> model.Document:
        return self.policy.documents[self.policy.clauses[clause].document]

    @cached_property
    def _declared(self) -> dict[str, list[str]]:
        edges: dict[str, list[str]] = {}
        for each in self.policy.priorities:
            if each.rule is None:
                edges.setdefault(each.winner, []).append(each.loser)
        return edges

    def _below(self, clause: str) -> frozenset[str]:
        """All clauses to which declared priorities lead from one."""
        if clause not in self._declared:
            return frozenset()
        if clause not in self._reached:
            self._reached[clause] = reached_from(clause, self._declared)
        return self._reached[clause]

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """The pairs of clauses whose effects can clash, in order, each once."""
        order = {name: index for index, name in enumerate(self.policy.clauses)}
        together: dict[str, list[Clause]] = {}
        for clause in self.policy.clauses.values():
            for key in dict.fromkeys(self._about(clause)):
                together.setdefault(key, []).append(clause)
        found: dict[tuple[str, str], None] = {}
        compared = 0
        for clauses in together.values():
            binding = [each for each in clauses if _binds(each)]
            compared += len(binding) * len(clauses)
            if compared > MOST_COMPARED:
                raise TooMany
            for one in binding:
                for two in clauses:
                    if one is two or (one.group is not None and one.group == two.group):
                        continue
                    if may_clash(self.policy, one, two):
                        first, second = sorted((one.name, two.name), key=order.__getitem__)
                        found[first, second] = None
                if len(found) > MOST_SETTLED:
                    raise TooMany
        return iter(sorted(found, key=lambda pair: (order[pair[0]], order[pair[1]])))

    def _about(self, clause: Clause) -> Iterator[str]:
        """What a clause speaks of, so that two that share none of it cannot clash."""
        for effect in clause.effects:
            match effect:
                case model.SetEffect():
                    yield f"output {effect.output}"
                case model.NormEffect():
                    yield f"action {effect.action}"
                    for decision in self.policy.decisions.values():
                        if effect.action in decision.actions:
                            yield f"decision {decision.name}"
                case model.RankEffect():
                    yield f"resource {effect.resource}"
                case model.TimedBan():
                    pass
            if edges_of(clause.name, effect):
                yield "times"


def _first(one: str, two: str, ranks: Sequence[int]) -> str | None:
    """The one with the lower rank, where both have one and they differ."""
    if len(ranks) < 2 or ranks[0] == ranks[1]:
        return None
    return one if ranks[0] < ranks[1] else two


def _binds(clause: Clause) -> bool:
    """Whether it has an effect without which two clauses cannot clash: a duty, value or order."""
    return any(not isinstance(e, model.NormEffect) or e.is_duty for e in clause.effects)
