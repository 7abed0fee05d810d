"""One check on a few lines of policy: for tests of single checks."""

from __future__ import annotations

from policy_dsl.load import load_text
from verifier.findings import Finding
from verifier.pipeline import check_policy
from verifier.readings import describe
from verifier.shared import Limits

VOCABULARY = """\
policy test
subject person
fact child : yes/no "is a child" otherwise "is no child"
fact ill   : yes/no "is ill" otherwise "is well"
fact age   : 0 .. 120 years
fact grade : Grade
fact tags  : set of Tag
fact score : optional 0 .. 9
type Grade is one of low, middle, high
type Tag is one of red, green
action release
action detain
action report
ambiguity scope "Of what?"
  reading wide
  reading narrow
"""


def findings(text: str, code: str, limits: Limits | None = None) -> list[Finding]:
    """What one check finds in the vocabulary and some more lines."""
    report = check_policy(load_text(VOCABULARY + text), limits=limits, codes={code})
    return [each for each in report.findings if each.code in (code, "X01")]


def found(text: str, code: str) -> list[str]:
    """The same in short: the clauses by name, and the readings unless it is all."""
    said = []
    for each in findings(text, code):
        policy = load_text(VOCABULARY + text)
        clauses = " ".join(sorted(side.clause for side in each.sides))
        readings = "" if each.readings.always else f", {describe(policy, each.readings)}"
        said.append(f"{clauses}{readings}")
    return said


def titles(text: str, code: str) -> list[str]:
    """The titles of the findings."""
    return [each.title for each in findings(text, code)]
