"""Random limits of time, and clauses that begin or end to be in force on a day."""

from __future__ import annotations

from tests.strategies.dice import Dice
from tests.strategies.vocabulary import Vocabulary


def timing(dice: Dice, modality: str, actions: list[str], known: Vocabulary) -> str:
    """The limits of time of a norm about some actions, often none."""
    anchors = [*known.events, *(each for each in known.actions if each not in actions)]
    if modality == "need not" or not anchors or not dice.chance(30):
        return ""
    if modality in ("must", "should") and dice.chance(20):
        return " promptly"
    most = 1 if modality.endswith("not") else 2
    return "".join(f" {_limit(dice, dice.choice(anchors))}" for _ in range(dice.between(1, most)))


def _limit(dice: Dice, anchor: str) -> str:
    count = dice.between(0, 3)
    unit = dice.choice(("hours", "hour", "minutes", "days", "weeks"))
    return dice.choice(
        (
            f"within {count} {unit} of {anchor}",
            f"not before {count} {unit} after {anchor}",
            f"before {anchor}",
            f"after {anchor}",
        )
    )


def force(dice: Dice, known: Vocabulary) -> list[str]:
    """The parts that say when a clause is in force, mostly none."""
    if not dice.chance(12) or not known.changes():
        return []
    last = "2018-05-31"
    return [f"  in force {dice.choice((f'from {known.turning_day}', f'until {last}'))}"]
