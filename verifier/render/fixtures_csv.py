"""Fixtures as a table: one row a case, for spreadsheets and table-driven tests.

A cell of words that a spreadsheet would take for a formula, or that begins with an apostrophe, has
one more apostrophe before it: whoever takes one away has what was meant.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable

from policy_dsl.model import Policy
from verifier.fixtures.model import Suite
from verifier.render import fixture_types as t
from verifier.render.fixtures_json import document
from verifier.render.json_cases import FactValue

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def render(policy: Policy, suite: Suite, actions: Collection[str] | None = None) -> str:
    """The fixtures as CSV (RFC 4180, with plain line ends).

    The columns: ``id``, ``title``, ``fact.NAME``, ``reading.NAME``, ``expect.ACTION`` (the words
    obliged, forbidden, permitted, released, with "should" before a duty of that strength; or
    silent), ``output.NAME``, ``in_force``, ``goals`` and ``advice``. What is empty of a fact is
    not established; the members of a set are joined by ``|``.
    """
    found = document(policy, suite, actions)
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(
        [
            "id",
            "title",
            *(f"fact.{name}" for name in policy.facts),
            *(f"reading.{name}" for name in policy.ambiguities),
            *(f"expect.{name}" for name in found["actions"]),
            *(f"output.{name}" for name in policy.outputs),
            "in_force",
            "goals",
            "advice",
        ]
    )
    for each in found["fixtures"]:
        table.writerow([_safe(cell) for cell in _row(policy, each, found["actions"])])
    return text.getvalue()


def _row(policy: Policy, each: t.FixtureDict, actions: Iterable[str]) -> Iterable[str]:
    case, said = each["case"], each["expected"]
    yield each["id"]
    yield each["title"]
    for name in policy.facts:
        yield _cell(case["facts"][name])
    for name in policy.ambiguities:
        yield case["readings"][name]
    for name in actions:
        yield words(said["actions"].get(name))
    for name in policy.outputs:
        yield "|".join(_cell(value["value"]) for value in said["outputs"][name])
    yield "|".join(said["in_force"])
    yield "|".join(each["goals"])
    yield each["advice"] or ""


def words(said: t.SaidDict | None) -> str:
    """What is said of an action, in words."""
    if said is None:
        return "silent"
    found = [
        f"{'should be ' if weight == 'should' else ''}{word}"
        for word, weight in (("obliged", said["obliged"]), ("forbidden", said["forbidden"]))
        if weight is not None
    ]
    found += [word for word in ("permitted", "released") if said[word]]
    return " and ".join(found)


def _cell(value: FactValue) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return "|".join(value)
        case _:
            return str(value)


def _safe(cell: str) -> str:
    number = cell.removeprefix("-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(_FORMULA) and not number else cell
