"""On random policies and random revisions of them the engine says what brute force says.

Covered: every case that both versions allow, and for each action, output, decision, expected answer
and the whole whether they say the same of it; that the regions told are exactly the cases that
differ; which versions have cases of their own; and that the verdict is "equivalent" exactly where
nothing of all this differs.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_dsl.load import load_text
from tests.strategies.dice import of_draw, of_seed
from tests.strategies.policies import DENSE, FINITE, write
from tests.strategies.revisions import pair, revise
from tests.strategies.vocabulary import Sizes
from tests.verifier.difference_oracle import Comparison
from verifier.difference.engine import difference


@st.composite
def seeds(draw: st.DrawFn, sizes: Sizes) -> Comparison:
    """The two answers for a random policy and a revision of it."""
    dice = of_draw(draw)
    return Comparison.of(*pair(dice, write(dice, sizes, processes=0)))


@pytest.mark.parametrize("sizes", [FINITE, DENSE], ids=["finite", "dense"])
@settings(max_examples=settings().max_examples)
@given(data=st.data())
def test_the_engine_says_what_brute_force_says(sizes: Sizes, data: st.DataObject) -> None:
    assert data.draw(seeds(sizes)).differences() in (None, [])


@pytest.mark.parametrize("seed", range(40))
def test_the_same_for_some_seeds(seed: int) -> None:
    dice = of_seed(seed)
    sizes = (FINITE, DENSE)[seed % 2]
    assert Comparison.of(*pair(dice, write(dice, sizes, processes=0))).differences() in (None, [])


@pytest.mark.parametrize("seed", range(10))
def test_a_policy_is_equivalent_to_itself_reformatted(seed: int) -> None:
    text = write(of_seed(seed), FINITE)
    spaced = text.replace("\n\n", "\n\n-- A remark.\n\n\n")
    found = difference(load_text(text), load_text(spaced))
    assert (found.verdict, found.edits, found.changes) == ("equivalent", (), ())


def test_revisions_change_something_in_many_ways() -> None:
    verdicts = set()
    for seed in range(120):
        dice = of_seed(seed)
        text = write(dice, DENSE, processes=0)
        verdicts.add(difference(load_text(text), load_text(revise(dice, text))).verdict)
    assert verdicts == {"equivalent", "stricter", "looser", "incomparable", "not settled"}
