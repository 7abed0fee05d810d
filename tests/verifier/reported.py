"""Reports about small policies, for tests of renderers."""

from __future__ import annotations

import functools

from policy_dsl.load import load_text
from verifier.pipeline import Report, check_policy

SMALL = """\
policy small "The small policy"
subject person
fact child : yes/no "is a child" otherwise "is not a child"
fact ill   : yes/no "is ill" otherwise "is not ill"
fact old   : yes/no "is old" otherwise "is not old"
fact age   : 0 .. 120 years
action release "release the person"
action detain  "keep the person"
decision outcome is exactly one of release, detain
settle release when child or old or ill

ambiguity stay "Who stays?"
  reading everybody "whoever is ill"
  reading nobody    "nobody"

clause A "Children go"
  quote "Children and the old are released."
  may release
  when child

clause A.old "The old go"
  quote "Children and the old are released."
  may release
  when old

clause B "The ill stay"
  quote "The ill are kept."
  must detain
  when ill
  under stay is everybody

clause D "The ill are not released"
  quote "Nobody who is ill is released."
  should not release
  when ill

clause E "Nothing new"
  should not release
  when ill and child

expect never (may release and must detain)
"""


@functools.cache
def small() -> Report:
    """The report about ``SMALL``."""
    return check_policy(load_text(SMALL, "specs/small.policy"))
