"""Where needs come from: the clauses that have an effect, and what is in nobody's power."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from policy_dsl.model import Expr, NormEffect, Policy
from verifier.boxes import Boxes
from verifier.clashes import Need
from verifier.meeting import Box, Group, meeting

Kinds = Literal["clauses", "incapacities", "both"]
"""What may stand behind the need that an action is not done."""


@dataclass(frozen=True)
class Origin:
    """Where a need comes from: a clause with an effect, or an incapacity (by index)."""

    need: Need
    clause: str | None
    effect: NormEffect | None
    incapacity: int = -1


@dataclass
class Origins:
    """All origins of one policy, by the need they are behind."""

    policy: Policy
    _clauses: dict[Need, list[Origin]] = field(default_factory=dict)
    _incapacities: dict[str, list[Origin]] = field(default_factory=dict)
    _boxes: dict[tuple[str | None, int], Box] = field(default_factory=dict)
    _groups: dict[tuple[tuple[str | None, int], ...], Group] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for clause in self.policy.clauses.values():
            for effect in clause.effects:
                if isinstance(effect, NormEffect):
                    need = Need(effect.action, effect.wants_done, not effect.is_duty)
                    origin = Origin(need, clause.name, effect)
                    self._clauses.setdefault(need, []).append(origin)
        for index, each in enumerate(self.policy.incapacities):
            need = Need(each.action, False)
            origin = Origin(need, None, None, index)
            self._incapacities.setdefault(each.action, []).append(origin)
        self._maker = Boxes(self.policy)

    def of(self, need: Need, barred_by: Kinds) -> list[Origin]:
        """The origins of a need; ``barred_by`` matters for needs that something is not done."""
        barrable = not need.liberty and not need.done
        found: list[Origin] = []
        if not barrable or barred_by != "incapacities":
            found += self._clauses.get(need, ())
        if barrable and barred_by != "clauses":
            found += self._incapacities.get(need.action, ())
        return found

    def meeting(self, groups: Sequence[Sequence[Origin]]) -> list[list[Origin]]:
        """The origins of each group that, by their boxes, could hold with some origin of every
        other group; a group is empty where it is proved by these alone that none does."""
        kept = meeting([self._group(each) for each in groups])
        return [[group[at] for at in chosen] for group, chosen in zip(groups, kept, strict=True)]

    def _group(self, origins: Sequence[Origin]) -> Group:
        key = tuple((each.clause, each.incapacity) for each in origins)
        found = self._groups.get(key)
        if found is None:
            found = self._groups[key] = Group.of([self._box(each) for each in origins])
        return found

    def _box(self, origin: Origin) -> Box:
        key = (origin.clause, origin.incapacity)
        found = self._boxes.get(key)
        if found is None:
            failing: list[Expr] = []
            if origin.clause is not None:
                clause = self.policy.clauses[origin.clause]
                holding = [each.condition for each in clause.requirements]
                failing = [each.condition for each in clause.exceptions]
                under = clause.under
            else:
                incapacity = self.policy.incapacities[origin.incapacity]
                holding, under = [incapacity.when], incapacity.under
            found = self._maker.of(holding if under is None else [*holding, under], failing)
            self._boxes[key] = found
        return found
