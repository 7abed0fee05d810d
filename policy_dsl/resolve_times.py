"""Events and limits of time on norms: from syntax to model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import did_you_mean
from policy_dsl.resolve_unknown import unknown
from policy_dsl.schedules import declared, times
from policy_dsl.symbols import Symbols, Unit
from policy_dsl.types import CLOCK, TIME_UNITS

MOST_EVENTS = 200
"""How many events a policy may have."""

MOST_LIMITS = 8
"""How many limits of time a norm may have."""

_BANS = ("must not", "should not")


@dataclass
class TimeResolver:
    """Resolves what speaks of time."""

    symbols: Symbols

    def events(self) -> dict[str, model.Event]:
        """Every event."""
        found = {
            name: model.Event(
                name=name,
                phrase=symbol.node.phrase.text if symbol.node.phrase else name.replace("_", " "),
                timing=self._event_timing(symbol.unit, symbol.node),
                place=symbol.place,
            )
            for name, symbol in self.symbols.table.items()
            if isinstance(symbol.node, ast.EventDeclaration)
        }
        if len(found) > MOST_EVENTS:
            place = list(found.values())[MOST_EVENTS].place
            self.symbols.problem(
                "L13",
                place.source,
                place.span,
                f"There are more than {MOST_EVENTS} events.",
                "Split the policy.",
            )
        elif times(declared(found)) is None:
            place = next(each.place for each in found.values() if each.timing)
            self.symbols.problem(
                "L12",
                place.source,
                place.span,
                "What is declared of the times of events cannot be so.",
                "Correct what stands behind the events: one cannot come before and after another.",
            )
        return found

    def _event_timing(self, unit: Unit, node: ast.EventDeclaration) -> tuple[model.Timing, ...]:
        found = []
        for each in node.timing:
            if each.word == "promptly":
                self._problem(
                    unit,
                    each,
                    "An event is no duty: 'promptly' says nothing of it.",
                    "Leave it out.",
                )
                continue
            timing = self._timing(unit, each, node.name.text, ast.EventDeclaration)
            found += [] if timing is None else [timing]
        return tuple(found)

    def effects(self, unit: Unit, part: ast.Norm, actions: Sequence[str]) -> Iterator[model.Effect]:
        """The effects of a norm on some of its actions."""
        timing = tuple(self._timings(unit, part, actions))
        for action in actions:
            limits = tuple(each for each in timing if each.is_limit)
            if part.modality in _BANS and limits:
                word: Literal["must not", "should not"] = (
                    "must not" if part.modality == "must not" else "should not"
                )
                yield model.TimedBan(modality=word, action=action, limit=limits[0])
            else:
                yield model.NormEffect(modality=part.modality, action=action, timing=timing)

    def _timings(
        self, unit: Unit, part: ast.Norm, actions: Sequence[str]
    ) -> Iterator[model.Timing]:
        if part.modality == "need not" and part.timing:
            self._problem(
                unit,
                part.timing[0],
                "'need not' has no time limit.",
                "Say when the duty is due where the duty is written: must ACTION not before 10 "
                "days after EVENT",
            )
            return
        limits = [each for each in part.timing if each.word != "promptly"]
        if part.modality in _BANS and len(part.timing) > 1:
            self._problem(
                unit,
                part.timing[1],
                f"'{part.modality}' takes one limit of time.",
                "Write a clause for each time at which it is forbidden, or say what is permitted "
                "within both limits.",
            )
            return
        if len(part.timing) > MOST_LIMITS:
            self.symbols.problem(
                "L13",
                unit.source,
                part.timing[MOST_LIMITS].span,
                f"A norm takes at most {MOST_LIMITS} limits of time.",
                "Write a clause for each of the others.",
            )
            return
        for each in part.timing:
            if each.word == "promptly" and (limits or part.modality not in ("must", "should")):
                self._problem(
                    unit,
                    each,
                    "'promptly' stands with a duty to act that has no time limit."
                    if not limits
                    else "'promptly' says that no time limit is named, and one is.",
                    "Leave it out.",
                )
                continue
            own = actions[0] if actions else ""
            timing = self._timing(unit, each, own, ast.EventDeclaration, ast.ActionDeclaration)
            if timing is not None:
                yield timing
        self._not_itself(unit, part, actions)

    def _not_itself(self, unit: Unit, part: ast.Norm, actions: Sequence[str]) -> None:
        for each in part.timing:
            if each.event is not None and each.event.text in actions:
                self._problem(
                    unit,
                    each.event,
                    f"'{each.event.text}' cannot be timed by itself.",
                    "Name another action, or an event.",
                )

    def _timing(
        self, unit: Unit, node: ast.Timing, own: str, *kinds: type[ast.Node]
    ) -> model.Timing | None:
        """A limit of time; None after an error."""
        if node.event is None:
            return model.Timing(word=node.word)
        name = node.event.text
        symbol = self.symbols.table.get(name)
        event_only = kinds == (ast.EventDeclaration,)
        if symbol is None or not isinstance(symbol.node, kinds):
            known = [each for each in self.symbols.of_kind(*kinds) if each != own]
            unknown(
                self.symbols,
                unit.source,
                node.event,
                "an event" if event_only else "an event or an action",
                known,
            )
            return None
        if event_only and name == own:
            self._problem(
                unit, node.event, f"'{name}' cannot be timed by itself.", "Name another event."
            )
            return None
        if node.unit is None or node.count is None:
            return model.Timing(word=node.word, event=name)
        minutes = self._minutes(unit, node.unit)
        if minutes is None:
            return None
        return model.Timing(
            word=node.word,
            event=name,
            count=node.count,
            unit=TIME_UNITS[node.unit.text],
            minutes=node.count * minutes,
        )

    def _minutes(self, unit: Unit, node: ast.Name) -> int | None:
        """The minutes of a unit of time; None after an error."""
        word = TIME_UNITS.get(node.text, node.text)
        if word in CLOCK:
            return CLOCK[word]
        if word in TIME_UNITS.values():
            message = f"Not all {word} are equally long, so a time limit cannot count in {word}."
            self._problem(unit, node, message, "Count in days or weeks.")
            return None
        near = did_you_mean(node.text, [each for each in TIME_UNITS if TIME_UNITS[each] in CLOCK])
        self._problem(
            unit,
            node,
            f"'{node.text}' is no unit of time.",
            f"Did you mean '{near}'?" if near else "Count in minutes, hours, days or weeks.",
        )
        return None

    def _problem(self, unit: Unit, node: ast.Node, message: str, remedy: str) -> None:
        self.symbols.problem("L08", unit.source, node.span, message, remedy)
