"""All policies as one SARIF 2.1.0 document: pure ASCII, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

from verifier.findings import Finding
from verifier.gating import OPEN
from verifier.pipeline import Report
from verifier.render import json_v1
from verifier.render import sarif_run_types as r
from verifier.render import sarif_types as t
from verifier.render.checkout import main_file
from verifier.render.formats import Result
from verifier.render.sarif_places import Files
from verifier.render.sarif_results import Writer
from verifier.render.sarif_rules import index, level, rules
from verifier.render.sarif_words import say

MOST_RESULTS = 25_000
"""How many results those who read SARIF take; of more, they refuse the whole document."""


def render(results: Sequence[Result]) -> str:
    """The results as one document, pure ASCII, with a line end."""
    return json_v1.dump(document(results))


def document(results: Sequence[Result]) -> r.LogDict:
    """The results as plain data: one run over all policies, in their order."""
    reports = [each for each in results if isinstance(each, Report)]
    writer = Writer(Files(main_file(each) for each in results))
    found = [each for result in results for each in writer.results(result)]
    kept = _worst(found)
    messages = sum("cut" in each.get("properties", {}) for each in kept)
    about: r.RunPropertiesDict = {"policies": [writer.policy(each) for each in reports]}
    if len(kept) < len(found) or messages:
        about["cut"] = {"results": len(found) - len(kept), "messages": messages}
    run: r.RunDict = {
        "tool": {"driver": _driver()},
        "invocations": [
            {
                "executionSuccessful": len(reports) == len(results),
                "ruleConfigurationOverrides": [*_overrides(reports)],
                "toolExecutionNotifications": [
                    _unsettled(each) for report in reports for each in report.unsettled
                ],
            }
        ],
        "originalUriBaseIds": {
            "%SRCROOT%": {"description": {"text": "The root of the project with the policies."}}
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": writer.files.artifacts,
        "results": kept,
        "properties": about,
    }
    return {"$schema": r.SCHEMA, "version": r.VERSION, "runs": [run]}


def _driver() -> r.DriverDict:
    driver: r.DriverDict = {"name": "antinomy", "rules": [*rules()]}
    with suppress(PackageNotFoundError):  # run from a folder into which it was only copied
        driver["semanticVersion"] = version("antinomy")
    return driver


def _overrides(reports: Sequence[Report]) -> Iterator[r.OverrideDict]:
    """What the settings change for the whole run: for every policy of it alike. What they change
    for some is said of these."""
    gates = [each.gate for each in reports]
    first = gates[0] if gates else OPEN
    for code in first.not_run:
        if all(code in each.not_run for each in gates):
            yield {"descriptor": _descriptor(code), "configuration": {"enabled": False}}
    for weight in first.weights:
        if all(weight in each.weights for each in gates):
            changed: r.OverriddenDict = {"level": level(weight.now)}
            yield {"descriptor": _descriptor(weight.code), "configuration": changed}


def _descriptor(code: str) -> r.DescriptorDict:
    return {"id": code, "index": index()[code]}


def _unsettled(finding: Finding) -> r.NotificationDict:
    """Something that was not settled, for those who overlook results that are open."""
    return {
        "level": "warning",
        "message": {"text": say(finding.title)},
        "associatedRule": _descriptor(finding.code),
    }


def _worst(found: list[t.ResultDict]) -> list[t.ResultDict]:
    """As many results as may be, in their order; those that weigh least are left out."""
    weights = {"error": 0, "none": 1, "warning": 2, "note": 3}

    def weight(at: int) -> tuple[bool, int]:
        return found[at].get("baselineState") == "absent", weights[found[at]["level"]]

    ranked = sorted(range(len(found)), key=weight)
    kept = set(ranked[:MOST_RESULTS])
    return [each for at, each in enumerate(found) if at in kept]
