"""Fixtures as a test module that needs pytest and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from pprint import pformat

from policy_dsl.model import Policy
from verifier.fixtures.model import Suite
from verifier.render.fixtures_json import document

_WIDTH = 96

_HEAD = '''\
"""Edge cases of a policy, and what it says in each: made by ``antinomy fixtures``, not by hand.

Put a fixture ``decide`` beside this file, in ``conftest.py``. It is a function that takes a case
({{"facts": {{...}}, "readings": {{...}}}}) and says what the system under test does with it:

    {{"actions": {{NAME: {{"obliged": None, "forbidden": "must", "permitted": False,
                        "released": False}}}},
     "outputs": {{NAME: [VALUE, ...]}}}}

An action that is left out is one that nothing is said of. A duty is "must" or "should".
"""

# fmt: off
# ruff: noqa

import pytest

POLICY = {policy}

SILENT = {{"obliged": None, "forbidden": None, "permitted": False, "released": False}}

#: Every action that something is expected of, and its words.
ACTIONS = {actions}

'''

_TAIL = '''

def _value(said):
    said = said["value"] if isinstance(said, dict) else said
    return sorted(said) if isinstance(said, (list, tuple, set, frozenset)) else said


@pytest.mark.parametrize(("case", "expected", "about"), CASES)
def test_what_the_policy_says(decide, case, expected, about):
    """The system under test says of every action and output what the policy says."""
    said = decide(case)
    wrong = []
    for action, words in ACTIONS.items():
        found = {**SILENT, **said.get("actions", {}).get(action, {})}
        wanted = {**SILENT, **expected["actions"].get(action, {})}
        by = wanted.pop("by", [])
        found = {key: found[key] for key in SILENT}
        if found != wanted:
            why = f"by {', '.join(by)}" if by else "no clause speaks of it"
            wrong.append(f"{action} ({words}): expected {wanted}, {why}; found {found}")
    for output, values in expected["outputs"].items():
        found = [_value(each) for each in said.get("outputs", {}).get(output, [])]
        if set(map(repr, found)) != set(map(repr, map(_value, values))):
            wrong.append(f"{output}: expected {values}; found {found}")
    if wrong:
        pytest.fail("\\n".join([about["title"], *about["why"], *wrong]), pytrace=False)
'''


def render(policy: Policy, suite: Suite, actions: Collection[str] | None = None) -> str:
    """The test module. ``actions`` limits what is expected; None: all actions and outputs."""
    found = document(policy, suite, actions)
    parts = [
        _HEAD.format(policy=ascii(found["policy"]), actions=_literal(found["actions"])),
        "CASES = [\n",
    ]
    for each in found["fixtures"]:
        said = each["expected"]
        expected = {
            "actions": said["actions"],
            "outputs": {
                name: list(dict.fromkeys(_plain(value["value"]) for value in values))
                for name, values in said["outputs"].items()
            },
        }
        about = {
            "title": each["title"],
            "why": each["why"],
            "advice": each["advice"],
            "goals": each["goals"],
        }
        parts.append("    pytest.param(\n")
        for part in (each["case"], expected, about):
            text = _literal(part).replace("\n", "\n        ")
            parts.append(f"        {text},\n")
        parts.append(f"        id={each['id']!a},\n    ),\n")
    parts.append("]\n")
    return "".join([*parts, _TAIL])


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _literal(data: object) -> str:
    return pformat(data, width=_WIDTH, compact=True, sort_dicts=False)
