"""A list that is never ended is an error with a place, whatever else the file asks."""

from __future__ import annotations

import pytest

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load_text

TEXT = """\
policy p "P"
subject person
action call "call"
fact late : yes/no

in order list

clause A.1
  must call

clause A.2
  must not call
  when A.1 is broken
"""


def test_a_list_without_an_end_beside_a_question_whether_a_clause_is_broken() -> None:
    with pytest.raises(SpecError) as caught:
        load_text(TEXT)
    assert [each.code for each in caught.value.diagnostics] == ["L08"]


def test_the_same_with_a_second_list() -> None:
    with pytest.raises(SpecError) as caught:
        load_text(TEXT + "\nin order second\n\nclause A.3\n  may call\n\nend order\n")
    assert [each.code for each in caught.value.diagnostics] == ["L08"]
