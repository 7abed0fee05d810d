"""Differences as JSON, in the shape that ``difference_types`` describes. Same input, same bytes."""

from __future__ import annotations

from policy_dsl.model import Policy
from policy_dsl.source import Place
from verifier.difference.allowed import Ruling
from verifier.difference.model import Cases, Change, Compared, Difference, Edit, Said
from verifier.difference.results import Added, Differences, Removed, Touched, Unread, passes
from verifier.findings import Finding
from verifier.readings import ReadingSet
from verifier.render import difference_types as t
from verifier.render import difference_whole as whole
from verifier.render import difference_words as words
from verifier.render.case_json import plain
from verifier.render.json_cases import case
from verifier.render.json_types import PlaceDict, ReadingSetDict
from verifier.render.json_v1 import diagnostic, dump, finding, place


def render(found: Differences, verdict: str) -> str:
    """The differences as one JSON document, pure ASCII, with a line end."""
    return dump(document(found, verdict))


def document(found: Differences, verdict: str) -> t.DifferencesDict:
    """The differences as plain JSON data."""
    entries = found.entries
    return {
        "schema": t.SCHEMA,
        "old": found.old,
        "new": found.new,
        "rules": list(found.rules),
        "text": verdict,
        "changed": [_changed(each) for each in entries if isinstance(each, Touched)],
        "added": [_added(each) for each in entries if isinstance(each, Added)],
        "removed": [
            {
                "policy": each.policy.name,
                "title": each.policy.title,
                "path": each.path,
                "ruling": _ruling(each.ruling),
            }
            for each in entries
            if isinstance(each, Removed)
        ],
        "untouched": list(found.untouched),
        "failures": [
            {
                "path": each.path,
                "version": each.version,
                "diagnostics": [diagnostic(d) for d in each.diagnostics],
            }
            for each in entries
            if isinstance(each, Unread)
        ],
    }


def _changed(entry: Touched) -> t.ChangedDict:
    difference = entry.difference
    rulings = entry.rulings
    return {
        "policy": difference.new.name,
        "title": difference.new.title,
        "path": entry.path,
        "old_path": entry.old_path,
        "verdict": difference.verdict,
        "text": whole.verdict(difference),
        "passes": passes(entry),
        "changes": [
            _change(difference, each, ruling)
            for each, ruling in zip(difference.changes, rulings.changes, strict=True)
        ],
        "cases": [
            _cases(difference, each, ruling)
            for each, ruling in zip(difference.cases, rulings.cases, strict=True)
        ],
        "edits": [_edit(each) for each in difference.edits],
        "renamed": [
            {"kind": kind, "old": old, "new": new} for kind, old, new in difference.match.renamed
        ],
        "unsure": list(difference.match.unsure),
        "unsettled": [*difference.unsettled, *entry.open],
        "untold": list(difference.untold),
        "findings": None
        if entry.compared is None
        else _findings(difference, entry.compared, rulings.findings),
    }


def _added(entry: Added) -> t.NewPolicyDict:
    return {
        "policy": entry.policy.name,
        "title": entry.policy.title,
        "path": entry.path,
        "ruling": _ruling(entry.ruling),
        "findings": [
            _new(entry.policy, each, ruling)
            for each, ruling in zip(entry.findings, entry.rulings.findings, strict=True)
        ],
    }


def _ruling(ruling: Ruling) -> t.RulingDict:
    return {"passes": ruling.passes, "by": list(ruling.by)}


def _change(difference: Difference, change: Change, ruling: Ruling) -> t.ChangeDict:
    return {
        "kinds": list(change.kinds),
        "direction": change.direction,
        "subject": change.subject,
        "subject_kind": change.subject_kind,
        "phrase": change.phrase,
        "before": _said(difference, change, change.before, old=True),
        "after": _said(difference, change, change.after, old=False),
        "statements": list(change.statements),
        "conditions": [{"condition": code, "holds": truth} for code, truth in change.conditions],
        "readings": _readings(difference, change.readings),
        "old_case": case(difference.old, change.old_case),
        "new_case": case(difference.new, change.new_case),
        "edits": list(change.edits),
        "complete": change.complete,
        "ruling": _ruling(ruling),
    }


def _said(difference: Difference, change: Change, said: Said, old: bool) -> t.SaidDict:
    state = said.state
    return {
        "text": words.said_by(difference, change, old),
        "state": None
        if state is None
        else {
            "obliged": state.obliged,
            "forbidden": state.forbidden,
            "permitted": state.permitted,
            "released": state.released,
        },
        "values": None
        if said.values is None
        else [plain(words.output_type(difference, change, old), each) for each in said.values],
        "clauses": list(said.clauses),
    }


def _readings(difference: Difference, readings: ReadingSet) -> ReadingSetDict:
    return {
        "always": readings.always,
        "text": words.reading_words(difference, readings) or "under every reading",
        "any_of": [
            [{"ambiguity": name, "readings": list(values)} for name, values in cube]
            for cube in readings.cubes
        ],
    }


def _cases(difference: Difference, cases: Cases, ruling: Ruling) -> t.CasesDict:
    policy = difference.new if cases.allowed_by == "new" else difference.old
    return {
        "allowed_by": cases.allowed_by,
        "statements": list(cases.statements),
        "readings": _readings(difference, cases.readings),
        "case": case(policy, cases.case),
        "ruling": _ruling(ruling),
    }


def _edit(edit: Edit) -> t.EditDict:
    return {
        "kind": edit.kind,
        "name": edit.name,
        "old_name": edit.old_name,
        "before": edit.before,
        "after": edit.after,
        "old_quotes": list(edit.old_quotes),
        "new_quotes": list(edit.new_quotes),
        "wording_only": edit.wording_only,
        "old_place": _place(edit.old_place),
        "new_place": _place(edit.new_place),
    }


def _place(where: Place | None) -> PlaceDict | None:
    return None if where is None else place(where)


def _findings(
    difference: Difference, compared: Compared, rulings: tuple[Ruling, ...]
) -> t.FindingsDict:
    return {
        "new": [
            _new(difference.new, each, ruling)
            for each, ruling in zip(compared.new, rulings, strict=True)
        ],
        "fixed": [finding(difference.old, each) for each in compared.fixed],
        "unchanged": [each.fingerprint for each in compared.unchanged],
    }


def _new(policy: Policy, each: Finding, ruling: Ruling) -> t.NewFindingDict:
    return {"finding": finding(policy, each), "ruling": _ruling(ruling)}
