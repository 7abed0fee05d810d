"""Small pieces of English."""

from __future__ import annotations

import pytest

from policy_dsl.wording import denial, joined, name_list, number


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("", ""),
        ("B.1", "B.1"),
        ("B.1 B.2", "B.1 and B.2"),
        ("B.1 B.2 B.3", "B.1 to B.3"),
        ("B.1 B.2 B.4", "B.1, B.2 and B.4"),
        ("A B.8 B.9 B.10 C.2", "A, B.8 to B.10 and C.2"),
        ("B.1 B.2 B.3 C.4", "B.1 to B.3 and C.4"),
        ("B.3 B.2 B.1", "B.3, B.2 and B.1"),
        ("B.1 C.2 B.3", "B.1, C.2 and B.3"),
        ("B01 B02 B03", "B01 to B03"),
        ("B.a B.b B.c", "B.a, B.b and B.c"),
        ("1.1 1.2 1.3 2.4", "1.1 to 1.3 and 2.4"),
    ],
)
def test_lists_of_names(names: str, expected: str) -> None:
    assert name_list(names.split()) == expected


def test_the_conjunction_of_a_list() -> None:
    assert joined(["a", "b", "c"], "or") == "a, b or c"
    assert name_list(["a", "b"], "or") == "a or b"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("is an arriving alien", "is not an arriving alien"),
        ("was held", "was not held"),
        ("can be found", "can not be found"),
        ("has been shown {}", "has not been shown {}"),
        ("has a credible fear", "does not have a credible fear"),
        ("has {} as age", "does not have {} as age"),
        ("has received notice", None),
        ("holds a visa", None),
        ("is", None),
        ("is a citizen or a national", None),
        ("is only a visitor", None),
        ("is no longer held", None),
        ("is held, and was charged", None),
        ("is Norwegian", "is not Norwegian"),
    ],
)
def test_denials(phrase: str, expected: str | None) -> None:
    assert denial(phrase) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (3, None, "3"),
        (3, "days", "3 days"),
        (0, "days", "0 days"),
        (1, "days", "1 day"),
        (-1, "days", "-1 day"),
        (1, "USD", "1 USD"),
        (1, "class", "1 class"),
        (1, "s", "1 s"),
        (10**30, "days", "1" + "0" * 30 + " days"),
    ],
)
def test_numbers(value: int, unit: str | None, expected: str) -> None:
    assert number(value, unit) == expected


def test_a_number_that_python_does_not_write_out() -> None:
    assert number(2**20000, "days") == "a number of 20001 bits days"
