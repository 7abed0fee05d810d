"""What random policies ask about what is done, and about duties that are broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.strategies.dice import Dice


@dataclass
class Deeds:
    """What of this kind may be asked. Nothing is asked unless ``asks``.

    Clauses of the first half ask of no broken clause, no later clause prevails over them, and
    only they are asked about: so nothing depends on itself. ``breakable`` are those with duties,
    each with the actions of these. ``late`` while what may ask about them is written. ``done`` are
    the actions about which something was asked.
    """

    asks: bool = False
    late: bool = False
    breakable: dict[str, list[str]] = field(default_factory=dict)
    early: list[str] = field(default_factory=list)
    done: set[str] = field(default_factory=set)

    def beatable(self, name: str, others: Sequence[str]) -> list[str]:
        """The clauses over which a clause may prevail."""
        free = not self.asks or name in self.early
        return [each for each in others if free or each not in self.early]

    def superior(self, name: str, others: Sequence[str]) -> list[str]:
        """The clauses that may prevail over a clause."""
        free = not self.asks or name not in self.early
        return [each for each in others if free or each in self.early]

    def in_list(self, names: Sequence[str]) -> list[str]:
        """Clauses in an order in which they may stand in one ordered list."""
        return sorted(names, key=lambda each: each not in self.early) if self.asks else list(names)

    def breaks(self, name: str, actions: Sequence[str]) -> None:
        """A clause has duties on some actions."""
        if name in self.early:
            self.breakable.setdefault(name, []).extend(actions)

    def done_or_not(self, dice: Dice, action: str) -> str:
        """That an action is done, or not."""
        self.done.add(action)
        return f"{action} is {dice.choice(('', 'not '))}done"

    def broken_or_not(self, dice: Dice, clause: str) -> str:
        """That a clause is broken, or not."""
        self.done.update(self.breakable[clause])
        return f"{clause} is {dice.choice(('', 'not '))}broken"
