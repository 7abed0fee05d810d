"""Random processes, as text over a vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from policy_dsl.resolve_processes import MOST_OUTCOMES, values_of
from policy_dsl.types import Enumeration, Integer, SetOf, YesNo
from tests.strategies.conditions import Writer
from tests.strategies.quantities import literal
from tests.strategies.vocabulary import Named, Vocabulary


@dataclass
class Processes:
    """Processes of up to four states and six steps."""

    known: Vocabulary

    def write(self, percent: int) -> list[str]:
        """A process in so many of 100 policies, one text for each of its declarations."""
        dice = self.known.dice
        if not dice.chance(percent):
            return []
        title = dice.choice(("", ' "How it goes"'))
        states = [f"s{index}" for index in range(dice.between(2, 4))]
        steps = range(dice.between(2, 6))
        return [
            f"process flow{title}{self._when(40)}",
            *(self._state(name, index == 0) for index, name in enumerate(states)),
            *(self._step(f"t{index}", states) for index in steps),
        ]

    def _when(self, percent: int) -> str:
        dice, known = self.known.dice, self.known
        writer = Writer(known, known.clauses)
        return f"\n  when {writer.condition()}" if dice.chance(percent) else ""

    def _state(self, name: str, first: bool) -> str:
        dice = self.known.dice
        phrase = dice.choice(("", f' "it stands at {name}"'))
        start = " start" if first or dice.chance(10) else ""
        return f"state {name}{phrase}{start}{' end' if dice.chance(25) else ''}"

    def _step(self, name: str, states: list[str]) -> str:
        dice, known = self.known.dice, self.known
        phrase = dice.choice(("", f' "{name} is taken"'))
        by = dice.choice(("", " by officer"))
        lines = [f"step {name}{phrase}{by}", f"  from {', '.join(dice.some(states, 1, 2))}"]
        lines.append(f"  to {dice.choice(states)}")
        if dice.chance(60):
            lines.append(f"  does {dice.choice(known.actions)}")
        text = "\n".join(lines) + self._when(40)
        changes = [self._change(each) for each in dice.some(known.facts, 0, 2)]
        ways = prod(ways for _, ways in changes)
        if changes and ways <= MOST_OUTCOMES:
            text += "\n  sets " + ", ".join(each for each, _ in changes)
        return text

    def _change(self, fact: Named) -> tuple[str, int]:
        """A change of a fact, and in how many ways it comes out."""
        dice, type_ = self.known.dice, fact.type
        values = values_of(type_)
        if fact.optional and dice.chance(30):
            return f"{fact.name} to not established", 1
        if values is not None and dice.chance(30):
            return f"{fact.name} to any", len(values) + fact.optional
        match type_:
            case YesNo():
                value = dice.choice(("yes", "no"))
            case Enumeration():
                value = dice.choice(type_.values)
            case SetOf():
                value = "none"
            case Integer(low=low, high=high, unit=unit):
                nearest = max(low if low is not None else 0, 0)
                number = nearest if high is None else min(nearest, high)
                value = f"{number} {unit}" if unit else str(number)
            case _:
                value = literal(dice, type_, inside=True)
        return f"{fact.name} to {value}", 1
