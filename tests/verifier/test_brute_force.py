"""On finite policies every check says exactly what brute force over all cases says.

What is compared stands in ``compare.py``, the answers of brute force in ``oracle.py``,
``clash_oracle.py`` and ``part_oracle.py``: existence of every finding, its clauses, the exact
readings under which it stands, gap regions that together are exactly the gaps, witnesses that
show what they claim, and that a case can be complied with unless a clash is present in it.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_dsl.load import load_text
from policy_dsl.model import AddMonths
from tests.strategies.everywhere import expressions
from tests.strategies.policies import DENSE, FINITE, texts
from tests.strategies.vocabulary import Sizes
from tests.verifier.compare import Comparison
from tests.verifier.world import World
from verifier.pipeline import check_policy
from verifier.shared import Limits

NO_LIMIT = Limits(clashes=10_000, regions=10_000, cycles=10_000, margins=10_000)


def differences(text: str) -> list[str]:
    """In what the checker and brute force differ on a policy. That something is not settled is a
    difference too, but for policies that add months to dates: some of their questions are too
    hard."""
    policy = load_text(text)
    report = check_policy(policy, limits=NO_LIMIT)
    if report.unsettled and any(isinstance(each, AddMonths) for each in expressions(policy)):
        return []
    return Comparison(World(policy), report).differences()


@pytest.mark.parametrize("sizes", [FINITE, DENSE], ids=["finite", "dense"])
@settings(max_examples=2 * settings().max_examples)
@given(data=st.data())
def test_the_checker_says_what_brute_force_says(sizes: Sizes, data: st.DataObject) -> None:
    assert differences(data.draw(texts(sizes))) == []
