"""Random changes of the text of a policy, as an author might make them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load_text
from policy_dsl.model import Policy
from tests.strategies.dice import Dice

_WORDS = ("must not", "must", "may", "need not", "should not", "should")


def revise(dice: Dice, text: str) -> str:
    """The text with one to three changes; it always resolves."""
    for _ in range(dice.between(1, 3)):
        change = dice.choice(_CHANGES)
        changed = change(dice, text)
        if changed != text and _resolves(changed):
            text = changed
    return text


def _resolves(text: str) -> bool:
    try:
        load_text(text)
    except SpecError:
        return False
    return True


def pair(dice: Dice, text: str) -> tuple[Policy, Policy]:
    """A policy before and after a random change."""
    return load_text(text), load_text(revise(dice, text))


def _blocks(text: str, start: str = "") -> tuple[list[str], list[int]]:
    blocks = text.split("\n\n")
    return blocks, [i for i, each in enumerate(blocks) if i and each.lstrip().startswith(start)]


def _on_line(
    dice: Dice, text: str, start: str | Sequence[str], change: Callable[[str], str]
) -> str:
    lines = text.split("\n")
    found = [i for i, each in enumerate(lines) if each.strip().startswith(tuple(start))]
    if not found:
        return text
    at = dice.choice(found)
    lines[at] = change(lines[at])
    return "\n".join(lines)


def _drop(dice: Dice, text: str) -> str:
    """A declaration less."""
    blocks, able = _blocks(text)
    gone = dice.choice(able)
    return "\n\n".join(each for i, each in enumerate(blocks) if i != gone)


def _drop_clause(dice: Dice, text: str) -> str:
    blocks, able = _blocks(text, "clause")
    gone = dice.choice(able or [-1])
    return "\n\n".join(each for i, each in enumerate(blocks) if i != gone)


def _reorder(dice: Dice, text: str) -> str:
    blocks, able = _blocks(text, "clause")
    if len(able) > 1:
        one, two = dice.some(able, 2, 2)
        blocks[one], blocks[two] = blocks[two], blocks[one]
    return "\n\n".join(blocks)


def _modality(dice: Dice, text: str) -> str:
    def change(line: str) -> str:
        return re.sub(
            r"^(\s*)(must not|must|may|need not|should not|should)\b",
            lambda m: f"{m[1]}{dice.choice(_WORDS)}",
            line,
        )

    return _on_line(dice, text, _WORDS, change)


def _negate(dice: Dice, text: str) -> str:
    def change(line: str) -> str:
        return re.sub(r"^(\s*(?:when|unless|provided))\s+(.+)$", r"\1 not (\2)", line)

    return _on_line(dice, text, ("when", "unless", "provided"), change)


def _without_line(dice: Dice, text: str) -> str:
    able = ("when", "unless", "provided", "overrides", "despite", "subject to", "under", "quote")
    lines = text.split("\n")
    found = [i for i, each in enumerate(lines) if each.strip().startswith(able)]
    gone = dice.choice(found or [-1])
    return "\n".join(each for i, each in enumerate(lines) if i != gone)


def _except(dice: Dice, text: str) -> str:
    facts = re.findall(r"^(?:fact|judgment|grant|choice|outside) (\w+)\s*: yes/no", text, re.M)
    blocks, able = _blocks(text, "clause")
    if not facts or not able:
        return text
    at = dice.choice(able)
    blocks[at] += f"\n  {dice.choice(('unless', 'when'))} {dice.choice(facts)}"
    return "\n\n".join(blocks)


def _rename(dice: Dice, text: str) -> str:
    """Another name for one thing, everywhere."""
    names = sorted(set(re.findall(r"\b(?:[a-z]\d+|[A-Z]\.\d+)\b", text)))
    name = dice.choice(names or [""])
    new = f"{name}0x" if "." not in name else f"{name}9"
    return re.sub(rf"\b{re.escape(name)}\b(?!\.)", new, text) if name else text


def _another_value(dice: Dice, text: str) -> str:
    """Another value in a list of values, or another number."""
    numbers = [m.span() for m in re.finditer(r"(?<![\w.-])\d(?![\w.-])", text)]
    if not numbers:
        return text
    start, end = dice.choice(numbers)
    return f"{text[:start]}{dice.between(0, 5)}{text[end:]}"


def _reword(dice: Dice, text: str) -> str:
    """Other words and other spaces, and nothing else."""
    quotes = [m.span(1) for m in re.finditer(r'quote "([^"]*)"', text)]
    if not quotes:
        return text.replace("\n\n", "\n\n\n")
    start, end = dice.choice(quotes)
    return f"{text[:start]}Said in other words.{text[end:]}"


_CHANGES: Sequence[Callable[[Dice, str], str]] = (
    _reword,
    _reorder,
    _rename,
    _drop_clause,
    _modality,
    _negate,
    _without_line,
    _except,
    _another_value,
    _drop,
)
