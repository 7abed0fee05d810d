"""A value that is denied is told by the values that are left, where this says the same."""

from __future__ import annotations

import pytest

from policy_dsl.load import load_text
from policy_dsl.phrases import say, sentence

TEXT = """\
policy test
subject person
type Country is one of elsewhere "another country", mexico "Mexico", canada "Canada"
type Custody is one of free "not in detention", held "held", barred "barred", gone "gone"
fact nationality : Country "is a national of {}"
fact birth       : optional Country "was born in {}"
fact home        : Country "lives in {}" otherwise "does not live in {}"
fact custody     : Custody "is {}"
action act
clause A must act when CONDITION
"""


@pytest.mark.parametrize(
    ("condition", "denied"),
    [
        ("nationality is elsewhere", "The person is a national of Mexico or Canada"),
        ("home is mexico", "The person does not live in Mexico"),
        ("birth is mexico", "It is not established that the person was born in Mexico"),
        ("custody is held", "The person is not held"),
        ("custody is free", "The person is in detention"),
    ],
)
def test_what_is_said_where_it_fails(condition: str, denied: str) -> None:
    policy = load_text(TEXT.replace("CONDITION", condition))
    expr = policy.clauses["A"].requirements[0].condition
    assert sentence(policy, expr, False) == denied


def test_inside_a_list_a_value_is_denied_as_such() -> None:
    policy = load_text(TEXT.replace("CONDITION", "nationality is elsewhere"))
    expr = policy.clauses["A"].requirements[0].condition
    assert say(policy, expr, False) == "is not a national of another country"
