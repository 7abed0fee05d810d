"""Duties that are owed because another one is broken: the checker beside brute force."""

from __future__ import annotations

import random
from collections import Counter

from policy_dsl.load import load_text
from tests.verifier.clash_oracle import clashes, counts, origins, shapes
from tests.verifier.compare import Comparison
from tests.verifier.world import World
from verifier.pipeline import check_policy
from verifier.shared import Limits

ACTIONS = ("a", "b", "c")
CODES = ["C01", "C02", "C03", "C04"]


def small(seed: int) -> str:
    """A policy in which much is owed that depends on what is done."""
    dice = random.Random(seed)
    lines = ["policy p", "subject person", "fact f : yes/no", *(f"action {a}" for a in ACTIONS)]
    bound = dice.choice(("at most one", "exactly one", "at least 2"))
    scope = dice.choice(("", "", " when f", " when c is not done"))
    lines.append(f"decision d is {bound} of a, b, c{scope}")
    for index in range(dice.randint(2, 5)):
        word = dice.choice(("must", "must", "must", "must not", "should", "may"))
        asked = [f"{dice.choice(ACTIONS)} is {dice.choice(('', 'not '))}done", "f", "not f"]
        if index:
            asked += ["C.0 is broken"] * 2
        when = dice.choice(("", f" when {dice.choice(asked)}", f" when {dice.choice(asked)}"))
        # The first is always a duty, so that the others may ask whether it is broken.
        word = word if index or word != "may" else "must"
        lines.append(f"clause C.{index} {word} {dice.choice(ACTIONS)}{when}")
    return "\n".join(lines)


def test_clashes_are_those_of_brute_force() -> None:
    seen: Counter[str] = Counter()
    for seed in range(60):
        world = World(load_text(small(seed)))
        report = check_policy(world.policy, limits=Limits(clashes=10_000), codes=CODES)
        assert list(Comparison(world, report).clashes()) == [], small(seed)
        seen["clash"] += bool(clashes(world))
        seen["second best"] += any(
            not counts(world, shape, tuple(each[0] for each in pools), point)
            for shape in shapes(world.policy)
            if shape.decisions
            for point in world.points
            if all(pools := [origins(world, shape, i, point) for i in range(len(shape.needs))])
        )
    assert min(seen["clash"], seen["second best"]) >= 10, seen
