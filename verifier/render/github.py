"""Annotations for a run on GitHub: commands that its runner reads from the log.

Of each kind (errors, warnings, notices) the site shows the first ten of a step and forgets the
rest without a word. So the worst come first, what is more stands in a folded group of the log, and
the last line says how many there are in all. INVARIANT: no line of a policy is read as a command:
what is told in a command is escaped as the runner unescapes it, other lines pass ``_line``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from policy_dsl.diagnostics import CODES, Diagnostic
from policy_dsl.source import Place
from verifier.findings import Finding, Severity
from verifier.pipeline import Report
from verifier.render.checkout import Checkout, checkout_of, home
from verifier.render.formats import Result, Wrong
from verifier.render.gate_words import gate_sentences, standing
from verifier.render.page import clean
from verifier.render.plain_finding import note
from verifier.render.sentences import sentence
from verifier.render.summary import count

MOST = 10
"""How many annotations of a kind the site shows for one step."""

Kind = Literal["error", "warning", "notice"]

_KINDS: dict[Severity, Kind] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}
"""From the worst to the least."""


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """What is said beside a place, in lines of plain text; ``unread``: a policy cannot be read."""

    kind: Kind
    place: Place | None
    title: str
    lines: tuple[str, ...]
    unread: bool = False


def render(results: Sequence[Result]) -> str:
    """The results as lines for the runner, and a last one for whoever reads the log."""
    checkout = checkout_of(results)

    def in_order(each: Annotation) -> tuple[int, bool, str, int, int]:
        weight = [*_KINDS.values()].index(each.kind)
        if each.place is None:
            return weight, not each.unread, "", 0, 0
        file = checkout.path(each.place.source.name)
        return weight, not each.unread, file, each.place.line, each.place.column

    found = sorted((each for one in results for each in _annotations(one)), key=in_order)
    number: Counter[Kind] = Counter()
    shown: list[Annotation] = []
    more: list[Annotation] = []
    for each in found:
        number[each.kind] += 1
        (shown if number[each.kind] <= MOST else more).append(each)
    lines = [_command(each, checkout) for each in shown]
    if more:
        lines += _group(f"{len(more)} more, which are not shown beside the files", more, checkout)
    aside = [each for one in results for each in _aside(one)]
    if aside:
        lines += _group(f"{len(aside)} waived or known, which do not count", aside, checkout)
    reports = [each for each in results if isinstance(each, Report)]
    lines += [_line(each) for report in reports for each in gate_sentences(report)]
    lines.append(_last(number, bool(more)))
    return "".join(f"{each}\n" for each in lines)


def _annotations(result: Result) -> Iterator[Annotation]:
    """What counts of a policy, or its errors."""
    if isinstance(result, Wrong):
        yield from map(_error, result.diagnostics)
        return
    for each in result.findings:
        if each.code == "X01":
            kind: Kind = "warning" if result.gate.allow_unsettled else "error"
            yield _annotation(result, each, kind)
        elif result.gate.counts(each):
            yield _annotation(result, each, _KINDS[each.severity])


def _aside(result: Result) -> Iterator[Annotation]:
    """What does not count."""
    if isinstance(result, Report):
        for each in result.findings:
            if each.code != "X01" and standing(result, each):
                yield _annotation(result, each, _KINDS[each.severity])


def _annotation(report: Report, finding: Finding, kind: Kind) -> Annotation:
    return Annotation(
        kind=kind,
        place=finding.place or home(report.policy),
        title=f"{finding.code} {finding.name}",
        lines=tuple(note(report, finding)),
    )


def _error(each: Diagnostic) -> Annotation:
    return Annotation(
        kind="error",
        place=each.place,
        title=f"{each.code} {CODES[each.code]}",
        lines=(clean(sentence(each.message)), clean(each.remedy)),
        unread=True,
    )


def _command(each: Annotation, checkout: Checkout) -> str:
    """An annotation as the runner reads it. Columns are only allowed within one line."""
    told: dict[str, str | int] = {}
    if each.place is not None:
        source, span = each.place.source, each.place.span
        last, behind = source.line_and_column(max(span.start, span.end))
        told["file"] = checkout.path(source.name)
        told["line"], told["endLine"] = each.place.line, last
        if each.place.line == last:
            told["col"], told["endColumn"] = each.place.column, behind
    told["title"] = each.title
    said = ",".join(f"{name}={_property(str(value))}" for name, value in told.items())
    text = "\n".join(each.lines)
    return f"::{each.kind} {said}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _group(title: str, members: Sequence[Annotation], checkout: Checkout) -> Iterator[str]:
    """A part of the log that is folded at first."""
    yield f"::group::{_data(title)}"
    for each in members:
        where = each.place
        file = "" if where is None else f"{checkout.path(where.source.name)}:{where.line}: "
        yield _line(f"{file}{each.kind}: {each.title}")
        yield from (f"  {_line(line)}" for line in each.lines)
    yield "::endgroup::"


def _line(text: str) -> str:
    """A line of the log in which the runner finds no command, in neither of its two forms."""
    line = clean(text).replace("##[", "## [")
    return f"\\{line}" if line.startswith("::") else line


def _last(number: Counter[Kind], folded: bool) -> str:
    said = ", ".join(count(number[kind], kind) for kind in _KINDS.values())
    if not folded:
        return f"antinomy: {said}."
    return (
        f"antinomy: {said} in all. Beside the files stand the first {MOST} of each kind; the "
        "others are in the folded part of this log."
    )
