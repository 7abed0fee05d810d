"""Rankings of two persons beside brute force, where nearly every clause ranks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.load import load_text
from tests.strategies import rankings
from tests.strategies.dice import of_draw
from tests.verifier.compare import Comparison
from tests.verifier.test_brute_force import NO_LIMIT
from tests.verifier.world import World
from verifier.pipeline import check_policy

texts = st.composite(lambda draw: rankings.write(of_draw(draw)))


def differences(text: str) -> list[str]:
    """In what the checker and brute force differ about who comes first."""
    policy = load_text(text)
    codes = {"C06", "G03", "R03", "R04"}
    world, report = World(policy), check_policy(policy, limits=NO_LIMIT, codes=codes)
    compared = Comparison(world, report)
    return [*compared.rankings(), *compared.idle_priorities()] if world.points else []


@given(text=texts())
def test_the_checker_ranks_as_brute_force_does(text: str) -> None:
    assert differences(text) == []
