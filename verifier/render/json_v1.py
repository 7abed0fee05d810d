"""Reports as JSON, in the shape that ``json_types`` describes. Same input, same bytes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

from policy_dsl.diagnostics import CODES, Diagnostic
from policy_dsl.model import Document, Policy
from verifier.findings import ActionProfile, Finding, Severity, Side
from verifier.gating import OPEN, Gate
from verifier.pipeline import Report
from verifier.readings import ReadingSet, describe
from verifier.render import json_exhibits, json_margins, json_repairs, json_trace
from verifier.render import json_types as t
from verifier.render.formats import Result, Wrong
from verifier.render.json_cases import WitnessDict, witness
from verifier.render.json_gate import gate_object, status
from verifier.render.json_gate import place as place
from verifier.witness import Witness


def render(results: Sequence[Result]) -> str:
    """The results as one JSON document, pure ASCII, with a line end."""
    return dump(document(results))


def dump(data: object) -> str:
    """Plain JSON data as text. Pure ASCII, so that any terminal and any editor can show it."""
    return "".join(_lines(data, 0)) + "\n"


_WIDE = 100


def _lines(data: object, indent: int, name: str = "") -> Iterator[str]:
    """Data in pieces: what fits on a line stands on one, and so does every case."""
    flat = json.dumps(data, ensure_ascii=True)
    if not isinstance(data, dict | list) or name == "case" or len(flat) + indent <= _WIDE:
        yield flat
        return
    opened, closed = "{}" if isinstance(data, dict) else "[]"
    members = list(data.items()) if isinstance(data, dict) else [("", each) for each in data]
    yield opened
    for at, (key, value) in enumerate(members):
        yield f"{',' if at else ''}\n{' ' * (indent + 2)}"
        if isinstance(data, dict):
            yield f"{json.dumps(key)}: "
        yield from _lines(value, indent + 2, key)
    yield f"\n{' ' * indent}{closed}"


def document(results: Sequence[Result]) -> t.ReportDict:
    """The results as plain JSON data, in their order."""
    return {
        "schema": t.SCHEMA,
        "reports": [_report(each) for each in results if isinstance(each, Report)],
        "failures": [_failure(each) for each in results if isinstance(each, Wrong)],
    }


def _failure(wrong: Wrong) -> t.FailureDict:
    return {"file": wrong.file, "diagnostics": [diagnostic(d) for d in wrong.diagnostics]}


def diagnostic(each: Diagnostic) -> t.DiagnosticDict:
    """An error in a policy's language."""
    return {
        "code": each.code,
        "name": CODES[each.code],
        "message": each.message,
        "remedy": each.remedy,
        "place": place(each.place),
        "related": [{"place": place(r.place), "message": r.message} for r in each.related],
    }


def _report(report: Report) -> t.PolicyReportDict:
    policy = report.policy
    settled = [each for each in report.findings if each.code != "X01"]
    number = Counter(each.severity for each in settled)
    return {
        "policy": _policy(policy),
        "counts": {
            "error": number[Severity.ERROR],
            "warning": number[Severity.WARNING],
            "note": number[Severity.NOTE],
            "unsettled": len(report.unsettled),
        },
        "gate": gate_object(report.gate),
        "findings": [finding(policy, each, report.gate) for each in report.findings],
        "proved": [
            {
                "code": each.code,
                "name": each.name,
                "asked": each.asked,
                "clean": each.clean,
                "how": "compared" if each.structural else "proved",
            }
            for each in report.proved
        ],
        "profile": [_profile(policy, each) for each in report.profiles],
        "readings": [
            {
                "ambiguity": row.ambiguity,
                "reading": row.reading,
                "stand": list(row.stand),
                "depend": list(row.depend),
                "fall": list(row.fall),
            }
            for row in report.readings
        ],
        "questions": report.questions,
        "traces": json_trace.traces(report.traces),
        "margins": json_margins.margins(policy, report.margins),
        "processes": json_exhibits.processes(report.processes),
        "control": json_exhibits.control(report.control),
        "repairs": json_repairs.repairs(report),
    }


def _policy(policy: Policy) -> t.PolicyDict:
    documents = list(policy.documents.values())
    return {
        "name": policy.name,
        "title": policy.title,
        "file": documents[0].place.source.name if documents else "",
        "documents": [_document(each) for each in documents],
        "clauses": len(policy.clauses),
        "actions": len(policy.actions),
        "facts": list(policy.facts),
        "ambiguities": [
            {
                "name": each.name,
                "question": each.question,
                "quote": each.quote,
                "readings": [{"name": r.name, "text": r.text} for r in each.readings],
                "settled": each.settled,
                "because": each.because,
                "place": place(each.place) if each.place is not None else None,
            }
            for each in policy.ambiguities.values()
        ],
    }


def _document(document: Document) -> t.DocumentDict:
    return {
        "name": document.name,
        "title": document.title,
        "authority": document.authority,
        "issued": _day(document.issued),
        "effective": _day(document.effective),
        "until": _day(document.until),
        "place": place(document.place),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def finding(policy: Policy, each: Finding, gate: Gate = OPEN) -> t.FindingDict:
    """One finding with its case."""
    return {
        "code": each.code,
        "name": each.name,
        "severity": cast(t.SeverityWord, str(each.severity)),
        "status": status(gate, each),
        "strength": each.strength,
        "title": each.title,
        "consequence": each.consequence,
        "fingerprint": each.fingerprint,
        "place": place(each.place) if each.place is not None else None,
        "sides": [_side(side) for side in each.sides],
        "related": [{"label": r.label, "place": place(r.place)} for r in each.related],
        "readings": _readings(policy, each.readings),
        "witness": _told(policy, each.witness),
        "exhibit": None if each.exhibit is None else json_exhibits.exhibit(policy, each.exhibit),
        "explanation": list(each.explanation),
        "settles": list(each.settles),
        "proof": each.proof,
    }


def _side(side: Side) -> t.SideDict:
    return {
        "clause": side.clause,
        "title": side.title,
        "document": side.document,
        "role": side.role,
        "quotes": list(side.quotes),
        "paraphrases": list(side.paraphrases),
        "because": list(side.because),
        "place": place(side.place),
    }


def _readings(policy: Policy, readings: ReadingSet) -> t.ReadingSetDict:
    return {
        "always": readings.always,
        "text": describe(policy, readings),
        "any_of": [
            [{"ambiguity": name, "readings": list(values)} for name, values in cube]
            for cube in readings.cubes
        ],
    }


def _told(policy: Policy, each: Witness | None) -> WitnessDict | None:
    return None if each is None else witness(policy, each)


def _profile(policy: Policy, profile: ActionProfile) -> t.ActionDict:
    return {
        "action": profile.action,
        "phrase": profile.phrase,
        "states": [
            {
                "state": entry.state,
                "occurs": entry.occurs,
                "strength": entry.strength,
                "clauses": list(entry.clauses),
                "witness": _told(policy, entry.witness),
            }
            for entry in profile.entries
        ],
    }
