"""Every error of the language is documented, and its examples are what they are said to be."""

from __future__ import annotations

import pytest

from policy_dsl.diagnostics import CODES, Code, SpecError
from policy_dsl.language_errors import LANGUAGE_ERRORS, SURROUNDINGS, language_error
from policy_dsl.load import load_text


def test_every_code_is_documented() -> None:
    assert list(LANGUAGE_ERRORS) == list(CODES)


@pytest.mark.parametrize("code", LANGUAGE_ERRORS)
def test_the_examples_show_the_error_and_its_remedy(code: Code) -> None:
    error = LANGUAGE_ERRORS[code]
    if error.faulty:
        with pytest.raises(SpecError) as raised:
            load_text(f"{SURROUNDINGS}{error.faulty}\n")
        assert {each.code for each in raised.value.diagnostics} == {code}
    if error.mended:
        load_text(f"{SURROUNDINGS}{error.mended}\n")


def test_a_code_is_found_by_its_name_too() -> None:
    assert language_error(" l03 ") == language_error("Unknown-Name") == "L03"
    assert language_error("C01") is None
