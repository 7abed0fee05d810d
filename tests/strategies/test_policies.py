"""The generator of random policies knows the whole language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Literal, get_args, get_origin, get_type_hints

from policy_dsl import model, types
from policy_dsl.load import load_text
from policy_dsl.model import Expr
from tests.strategies.dice import of_seed
from tests.strategies.everywhere import nodes
from tests.strategies.policies import FINITE, WIDE, write

SEEDS = range(160)

FROM_FILES = ("place", "text_source", "raw_source", "supersedes", "as_of")
"""What a policy has only where it is read from files, or is asked about one day."""


@cache
def produced() -> tuple[object, ...]:
    """Every node of many random policies."""
    policies = [
        load_text(write(of_seed(seed), sizes)) for seed in SEEDS for sizes in (WIDE, FINITE)
    ]
    return tuple(node for policy in policies for node in nodes(policy))


def classes() -> Iterator[type]:
    """The classes of the model and of its types that can be made."""
    for module in (model, types):
        for each in vars(module).values():
            if isinstance(each, type) and is_dataclass(each) and each is not Expr:
                yield each


ONLY_OF_SEVERAL_DOCUMENTS = {model.Supersession}
"""What a policy has only where it has several documents."""


def test_every_class_of_the_model_is_produced() -> None:
    missing = set(classes()) - {type(each) for each in produced()} - ONLY_OF_SEVERAL_DOCUMENTS
    assert not missing, f"random policies never have {missing}: add them to tests/strategies"


def test_every_word_of_the_model_is_produced() -> None:
    missing = []
    for each in classes():
        for name, hint in get_type_hints(each).items():
            if get_origin(hint) is Literal:
                seen = {getattr(node, name) for node in produced() if type(node) is each}
                missing += [(each.__name__, name, word) for word in set(get_args(hint)) - seen]
    assert not missing


def test_everything_that_can_be_left_out_is_given_somewhere() -> None:
    given: dict[tuple[str, str], bool] = {}
    for node in produced():
        for each in fields(node):  # type: ignore[arg-type]
            key = type(node).__name__, each.name
            given[key] = given.get(key, False) or getattr(node, each.name) not in (None, ())
    assert not [key for key, seen in given.items() if not seen and key[1] not in FROM_FILES]


def test_a_seed_always_gives_the_same_text() -> None:
    assert write(of_seed(7), WIDE) == write(of_seed(7), WIDE)
