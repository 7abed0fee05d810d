"""Random policies in which nearly every clause ranks persons, with few cases."""

from __future__ import annotations

from tests.strategies.dice import Dice

HEADER = """\
policy rankings
subject person
fact ill   : yes/no
fact old   : yes/no
fact level : optional one of (low < middle < high)
fact wait  : 0 .. 2
ambiguity scope "Of what?"
  reading wide
  reading narrow
action act"""

CONDITIONS = ("ill", "old", "level is high", "level >= middle", "wait >= 1", "wait = 2")
UNDERS = ("scope is wide", "scope is narrow", "should is binding")


def write(dice: Dice) -> str:
    """The text of a policy; it always resolves without an error."""
    scope = f"\n  for {_condition(dice, [])}" if dice.chance(25) else ""
    names = [f"R.{index}" for index in range(dice.choice((2, 3, 4, 5)))]
    shared = _condition(dice, names)
    clauses = [_clause(dice, name, names[:at], names, shared) for at, name in enumerate(names)]
    if dice.chance(50):
        at = dice.between(0, len(clauses) - 2)
        listed = [*clauses[at : at + 2]]
        clauses[at : at + 2] = ["\n\n".join(["in order list", *listed, "end order"])]
    assumed = f"assume ill implies {_condition(dice, [])}" if dice.chance(20) else ""
    return "\n\n".join([HEADER, assumed, f"resource beds{scope}", *clauses]) + "\n"


def _clause(dice: Dice, name: str, earlier: list[str], names: list[str], shared: str) -> str:
    """A clause; ``shared`` is the condition over whom clauses of one list give priority."""
    lines = [f"clause {name}"]
    word = dice.choice(("should", "must"))
    if dice.chance(30):
        end = dice.choice(("highest", "lowest"))
        lines.append(
            f"  {word} rank beds by {dice.choice(('wait', 'level', '2 - wait'))} {end} first"
        )
    else:
        whom = dice.choice((shared, shared, _condition(dice, names)))
        over = f" over {whom}" if dice.chance(75) else ""
        word = "should" if whom == shared else word
        lines.append(f"  {word} prioritize beds{over}")
    if dice.chance(20):
        lines.append(f"  {dice.choice(('may', 'must', 'must not'))} act")
    for keyword, percent in (("when", 85), ("unless", 15)):
        if dice.chance(percent):
            lines.append(f"  {keyword} {_condition(dice, earlier)}")
    if dice.chance(20):
        lines.append(f"  under {dice.choice(UNDERS)}")
    others = [each for each in names if each != name]
    for keyword in ("overrides", "despite"):
        if dice.chance(25):
            lines.append(f"  {keyword} {', '.join(dice.some(others, 1, 2))}")
    if dice.chance(15):
        sense = dice.choice(("savings", "precedence"))
        lines.append(f"  subject to {dice.choice(others)} as {sense}")
    return "\n".join(lines)


def _condition(dice: Dice, clauses: list[str]) -> str:
    """A condition on facts, and on whether some clause applies."""
    parts = dice.some((*CONDITIONS, *clauses), 1, 2)
    said = [f"not {each}" if " " not in each and dice.chance(30) else each for each in parts]
    return dice.choice((" and ", " or ")).join(said)
