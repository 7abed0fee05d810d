"""Rules for clashes settle opposed rankings and limits of time too."""

from __future__ import annotations

from tests.verifier.checking import findings

RULE = "resolve by specificity\n"

RANKED = """\
resource beds "beds"
clause A must rank beds by age highest first when ill
clause B must rank beds by age lowest first when ill and child
"""

TIMED = """\
event arrest "the person is arrested"
clause A must release within 24 hours of arrest when ill
clause B must release not before 48 hours after arrest when ill and child
"""


def test_opposed_rankings() -> None:
    assert [each.code for each in findings(RANKED, "C06")] == ["C06"]
    assert findings(RULE + RANKED, "C06") == []
    assert findings(RULE + RANKED, "R03") == []


def test_limits_of_time() -> None:
    assert [each.code for each in findings(TIMED, "C09")] == ["C09"]
    assert findings(RULE + TIMED, "C09") == []
    assert findings(RULE + TIMED, "R03") == []
