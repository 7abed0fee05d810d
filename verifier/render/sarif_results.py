"""What is found as results of SARIF: one for each finding, and for each error of a policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policy_dsl.diagnostics import Diagnostic
from policy_dsl.model import Policy
from policy_dsl.source import Place
from verifier.findings import Finding
from verifier.gating import Known, Waiver
from verifier.pipeline import Report
from verifier.render import json_v1
from verifier.render import sarif_run_types as r
from verifier.render import sarif_types as t
from verifier.render.checkout import home
from verifier.render.finding_text import at
from verifier.render.formats import Result, Wrong
from verifier.render.gate_words import gate_sentences
from verifier.render.page import clean
from verifier.render.sarif_flows import flows
from verifier.render.sarif_places import Files
from verifier.render.sarif_rules import index, level
from verifier.render.sarif_words import label, link, message, plain, say
from verifier.render.sentences import sentence_start
from verifier.repairs.repair import Change, Repair


class Writer:
    """Writes results, and keeps account of the files that they speak of."""

    def __init__(self, files: Files) -> None:
        self.files = files

    def policy(self, report: Report) -> r.PolicyDict:
        """A policy and what was proved of it."""
        policy = report.policy
        found: r.PolicyDict = {
            "name": policy.name,
            "title": policy.title or policy.name,
            "proved": [
                {"code": e.code, "name": e.name, "asked": e.asked, "clean": e.clean}
                for e in report.proved
            ],
            "gate": [clean(each) for each in gate_sentences(self._anywhere(report))],
        }
        place = home(policy)
        if place is not None:
            found["file"] = self.files.located(place.source.name)["uri"]
        return found

    def _anywhere(self, report: Report) -> Report:
        """The report with its settings named from the root, wherever the command was run."""
        named = report.gate.settings
        if named is None:
            return report
        return replace(report, gate=replace(report.gate, settings=self.files.path(named)))

    def results(self, result: Result) -> Iterator[t.ResultDict]:
        """The findings of a policy and what was mended since the baseline, or its errors."""
        if isinstance(result, Wrong):
            yield from map(self._error, result.diagnostics)
            return
        for finding in result.findings:
            yield self._finding(result, finding)
        for known in result.gate.fixed:
            yield self._fixed(result.policy, known)

    def _error(self, each: Diagnostic) -> t.ResultDict:
        lines = [f"{say(each.message)} {say(each.remedy)}"]
        lines += [
            f"{sentence_start(plain(other.message)).rstrip('.')}: {link(at(other.place), number)}."
            for number, other in enumerate(each.related, start=1)
        ]
        result: t.ResultDict = {
            "ruleId": each.code,
            "ruleIndex": index()[each.code],
            "kind": "fail",
            "level": "error",
            "message": {"text": "\n\n".join(lines)},
            "locations": [self._location(each.place)],
        }
        if each.related:
            result["relatedLocations"] = [
                {
                    "id": number,
                    **self._location(other.place),
                    "message": {"text": say(other.message)},
                }
                for number, other in enumerate(each.related, start=1)
            ]
        return result

    def _finding(self, report: Report, finding: Finding) -> t.ResultDict:
        policy, gate = report.policy, report.gate
        text, cut = message(report, finding)
        is_open = finding.code == "X01"
        result: t.ResultDict = {
            "ruleId": finding.code,
            "ruleIndex": index()[finding.code],
            "kind": "open" if is_open else "fail",
            "level": "none" if is_open else level(finding.severity),
            "message": {"text": text},
            "locations": self._locations(policy, finding),
            "partialFingerprints": _fingerprints(finding.fingerprint),
            "properties": _properties(policy, finding, cut),
        }
        related = [*self._related(policy, finding)]
        if related:
            result["relatedLocations"] = related
        near = finding.place or home(policy)
        if finding.exhibit is not None and near is not None:
            found = flows(policy, finding.exhibit, near, self.files)
            if found:
                result["codeFlows"] = found
        fixes = [
            self._fix(each) for each in report.repairs if each.fingerprint == finding.fingerprint
        ]
        if fixes:
            result["fixes"] = fixes
        waiver = gate.waived.get(finding.fingerprint)
        if waiver is not None:
            result["suppressions"] = [self._suppression(waiver)]
        if gate.known is not None:
            result["baselineState"] = "unchanged" if finding.fingerprint in gate.known else "new"
        return result

    def _fixed(self, policy: Policy, known: Known) -> t.ResultDict:
        """What the baseline has and the policy has no more."""
        place = home(policy)
        result: t.ResultDict = {
            "ruleId": known.code,
            "kind": "informational",
            "level": "none",
            "message": {"text": f"No longer found: {say(known.title)}"},
            "locations": [] if place is None else [self._location(place)],
            "partialFingerprints": _fingerprints(known.fingerprint),
            "baselineState": "absent",
        }
        if known.code in index():
            result["ruleIndex"] = index()[known.code]
        return result

    def _locations(self, policy: Policy, finding: Finding) -> list[t.LocationDict]:
        """Where a finding is shown. One without a place is shown where the policy begins, since
        many readers of SARIF refuse results without a place."""
        if finding.sides:
            side = finding.sides[0]
            return [self._location(side.place, _clause(policy, side.clause))]
        place = finding.place or home(policy)
        return [] if place is None else [self._location(place)]

    def _location(self, place: Place, *clauses: t.LogicalLocationDict) -> t.LocationDict:
        found: t.LocationDict = {"physicalLocation": self.files.physical(place)}
        if clauses:
            found["logicalLocations"] = [*clauses]
        return found

    def _related(self, policy: Policy, finding: Finding) -> Iterator[t.LocationDict]:
        for number, side in enumerate(finding.sides, start=1):
            location = self._location(side.place, _clause(policy, side.clause))
            yield {"id": number, **location, "message": {"text": label(side)}}
        for number, each in enumerate(finding.related, start=len(finding.sides) + 1):
            yield {
                "id": number,
                **self._location(each.place),
                "message": {"text": say(each.label)},
            }

    def _fix(self, repair: Repair) -> t.FixDict:
        return {
            "description": {"text": say(repair.title)},
            "artifactChanges": [
                {
                    "artifactLocation": self.files.located(file),
                    "replacements": [_replacement(e) for e in repair.changes if e.file == file],
                }
                for file in dict.fromkeys(each.file for each in repair.changes)
            ],
        }

    def _suppression(self, waiver: Waiver) -> t.SuppressionDict:
        return {
            "kind": "external",
            "status": "accepted",
            "justification": clean(waiver.reason),
            "location": self._location(waiver.place),
            "properties": {"owner": clean(waiver.owner), "expires": waiver.expires.isoformat()},
        }


def _fingerprints(mark: str) -> dict[str, str]:
    """The fingerprint under the tool's own name, and under the one that code scanning looks at:
    else it would make one of the line alone, and two findings of one line would become one."""
    return {"antinomy/v1": mark, "primaryLocationLineHash": f"{mark}:1"}


def _properties(policy: Policy, finding: Finding, cut: bool) -> t.ResultPropertiesDict:
    told = json_v1.finding(policy, finding)
    found: t.ResultPropertiesDict = {
        "policy": policy.name,
        "name": finding.name,
        "readings": told["readings"],
    }
    if finding.strength is not None:
        found["strength"] = finding.strength
    if told["witness"] is not None:
        found["witness"] = told["witness"]
    if told["exhibit"] is not None:
        found["exhibit"] = told["exhibit"]
    if cut:
        found["cut"] = True
    return found


def _clause(policy: Policy, name: str) -> t.LogicalLocationDict:
    return {"name": name, "fullyQualifiedName": f"{policy.name}/{name}", "kind": "clause"}


def _replacement(change: Change) -> t.ReplacementDict:
    (line, column), (last, behind) = change.start, change.end
    return {
        "deletedRegion": {
            "startLine": line,
            "startColumn": column,
            "endLine": last,
            "endColumn": behind,
        },
        "insertedContent": {"text": change.text},
    }
