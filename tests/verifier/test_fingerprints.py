"""Findings keep their fingerprints where the policy says the same, however it is written."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from policy_dsl.format import format_file
from policy_dsl.load import load_text
from policy_dsl.parse import parse
from policy_dsl.source import Source
from tests.strategies.dice import of_draw
from tests.strategies.policies import FINITE, write
from verifier.pipeline import check_policy

ANY_ORDER = "CURPE"
"""Which regions a gap is told in, and which of several clashing assumptions are named, may depend
on what stands first."""


def fingerprints(text: str, letters: str) -> list[tuple[str, str]]:
    report = check_policy(load_text(text))
    told = [(each.code, each.fingerprint) for each in report.findings]
    return sorted(each for each in told if each[0][0] in letters)


@st.composite
def texts_twice(draw: DrawFn) -> tuple[str, str]:
    """A policy, and the same with its declarations in another order."""
    dice = of_draw(draw)
    text = write(dice, FINITE)
    header, *blocks = _blocks(text)
    starts = [at for at, each in enumerate(blocks) if each.startswith("process ")]
    moved = blocks[: min(starts, default=len(blocks))]  # states and steps stay below theirs
    return text, "\n\n".join([header, *dice.shuffled(moved), *blocks[len(moved) :]]) + "\n"


def _blocks(text: str) -> list[str]:
    """The declarations of a text; an ordered list is one block."""
    blocks: list[str] = []
    inside = False
    for each in text.strip().split("\n\n"):
        if inside:
            blocks[-1] += "\n\n" + each
        else:
            blocks.append(each)
        inside = (inside or each.startswith("in order")) and each != "end order"
    return blocks


@settings(max_examples=settings().max_examples // 2)
@given(both=texts_twice())
def test_moved_declarations(both: tuple[str, str]) -> None:
    one, two = both
    assert fingerprints(one, ANY_ORDER) == fingerprints(two, ANY_ORDER)


@settings(max_examples=settings().max_examples // 2)
@given(both=texts_twice())
def test_another_format(both: tuple[str, str]) -> None:
    text, _ = both
    source = Source("spec.policy", text)
    tree, _problems = parse(source)
    other = format_file(source, tree)
    assert fingerprints(text, "VCGURPEX") == fingerprints(other, "VCGURPEX")
