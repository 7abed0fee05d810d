"""Code quality for GitLab: what a merge request has more, or less, than its target branch."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Literal, TypedDict

from policy_dsl.diagnostics import CODES, Diagnostic
from policy_dsl.source import Place
from verifier.findings import Finding, Severity
from verifier.pipeline import Report
from verifier.render import json_v1
from verifier.render.checkout import Checkout, checkout_of, home
from verifier.render.formats import Result, Wrong
from verifier.render.gate_words import standing
from verifier.render.page import clean
from verifier.render.sentences import sentence

Weight = Literal["info", "minor", "major", "critical", "blocker"]


class LinesDict(TypedDict):
    """The line on which an issue begins, counted from 1."""

    begin: int


class LocationDict(TypedDict):
    """Where an issue stands: a path from the root of the project."""

    path: str
    lines: LinesDict


class IssueDict(TypedDict):
    """One issue as the code quality report wants it. ``fingerprint`` is unique in a document."""

    description: str
    check_name: str
    fingerprint: str
    severity: Weight
    location: LocationDict


_WEIGHTS: dict[Severity, Weight] = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.NOTE: "minor",
}


def render(results: Sequence[Result]) -> str:
    """The results as one document, pure ASCII, with a line end."""
    return json_v1.dump(document(results))


def document(results: Sequence[Result]) -> list[IssueDict]:
    """The issues of all policies, in their order; a policy that comes twice is told once."""
    checkout = checkout_of(results)
    found: dict[str, IssueDict] = {}
    for each in (issue for result in results for issue in _issues(result, checkout)):
        found.setdefault(each["fingerprint"], each)
    return [*found.values()]


def _issues(result: Result, checkout: Checkout) -> Iterator[IssueDict]:
    if isinstance(result, Wrong):
        for error in result.diagnostics:
            yield _error(error, checkout)
        return
    for finding in result.findings:
        yield _issue(result, finding, checkout)


def _issue(report: Report, finding: Finding, checkout: Checkout) -> IssueDict:
    """A finding. What is waived or known is only for information, and says why."""
    reason = "" if finding.code == "X01" else standing(report, finding)
    said = [reason, sentence(finding.title)]
    said += [sentence(finding.consequence)] if finding.consequence else []
    place = finding.place or home(report.policy)
    # One finding has the same fingerprint in two policies that say the same.
    main = home(report.policy)
    file = "" if main is None else checkout.path(main.source.name)
    return {
        "description": clean(" ".join(said)),
        "check_name": f"{finding.code} {finding.name}",
        "fingerprint": _mark(file, finding.fingerprint),
        "severity": "info" if reason else _WEIGHTS[finding.severity],
        "location": _location(place, checkout),
    }


def _error(each: Diagnostic, checkout: Checkout) -> IssueDict:
    """An error of a policy that could not be checked, which weighs more than any finding. It is
    told from others by what it says, and by its line where two say the same."""
    name = f"{each.code} {CODES[each.code]}"
    where = _location(each.place, checkout)
    line = f"{each.place.line}:{each.place.column}"
    return {
        "description": clean(f"{sentence(each.message)} {each.remedy}"),
        "check_name": name,
        "fingerprint": _mark(where["path"], name, each.message, line),
        "severity": "blocker",
        "location": where,
    }


def _location(place: Place | None, checkout: Checkout) -> LocationDict:
    path = "." if place is None else checkout.path(place.source.name)
    return {"path": path, "lines": {"begin": 1 if place is None else place.line}}


def _mark(*parts: str) -> str:
    text = "\x1f".join(parts)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:40]
