"""A comment for a change, in Markdown: the verdict, a table, and each finding folded.

What weighs most stands first. Where a comment has no room for all of it, the rest is told in one
line each, and then only counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from policy_dsl import diagnostics
from verifier.findings import Severity
from verifier.pipeline import Report
from verifier.render.checkout import checkout_of, main_file
from verifier.render.formats import Result, Wrong
from verifier.render.gate_words import gate_sentences, standing
from verifier.render.markdown_finding import Writer
from verifier.render.markdown_text import (
    LONGEST,
    abridged,
    bold,
    code,
    details,
    fenced,
    listing,
    stacked,
    table,
    text,
)
from verifier.render.sentences import sentence
from verifier.render.summary import SEVERITIES, count, counting_findings, summary

_MOST_ROWS = 40
"""How many policies the table shows."""

_MOST_LINES = 50
"""How many lines of one kind are told under one line."""

_END = 1_500
"""How much of a comment is kept for what is said of what was left out."""


@dataclass(frozen=True)
class _Part:
    """A block, long and short, and how many findings it tells."""

    long: str
    short: str = ""
    findings: int = 0


def render(results: Sequence[Result]) -> str:
    """The results as a comment, with a line end; never longer than a comment may be."""
    checkout = checkout_of(results)
    several = len(results) > 1
    writers: list[Writer] = []
    parts: list[_Part] = []
    for each in results:
        file = checkout.path(main_file(each))
        if isinstance(each, Report):
            writers.append(Writer(each, checkout, file if several else ""))
        else:
            parts.append(_unread(each, file))
    tell: Sequence[Callable[[Writer], Iterator[_Part]]] = (
        lambda writer: _weighty(writer, Severity.ERROR),
        _unsettled,
        lambda writer: _weighty(writer, Severity.WARNING),
        lambda writer: _weighty(writer, Severity.NOTE),
        _aside,
        _proved,
    )
    parts += [part for each in tell for writer in writers for part in each(writer)]
    files = [checkout.path(main_file(each)) for each in results]
    start = stacked([f"### antinomy: {_verdict(results)}", _table(results, files), *_said(results)])
    shown = abridged([(each.long, each.short) for each in parts], LONGEST - len(start) - _END)
    end = _left_out(parts, shown, files)
    return f"{stacked([start, *(each or '' for each in shown), end])}\n"


def _verdict(results: Sequence[Result]) -> str:
    """Whether the run passes, and what keeps it from that."""
    reports = [each for each in results if isinstance(each, Report)]
    failing = sum(report.gate.fails(each) for report in reports for each in report.findings)
    open_points = sum(len(each.unsettled) for each in reports if not each.gate.allow_unsettled)
    said = []
    if unread := len(results) - len(reports):
        said.append(f"{unread} {'policy' if unread == 1 else 'policies'} with errors of language")
    if failing:
        said.append(
            f"{count(failing, 'finding')} that {'fails' if failing == 1 else 'fail'} the run"
        )
    if open_points:
        said.append(f"{count(open_points, 'question')} not settled")
    return f"not passed ({', '.join(said)})" if said else "passed"


def _table(results: Sequence[Result], files: Sequence[str]) -> str:
    """What was found in each policy, by its weight."""
    rows = [["policy", "errors", "warnings", "notes", "not settled", "waived or known"]]
    for result, file in [*zip(results, files, strict=True)][:_MOST_ROWS]:
        if isinstance(result, Wrong):
            rows.append([f"cannot be read: {code(file)}", "", "", "", "", ""])
            continue
        number = Counter(each.severity for each in counting_findings(result))
        aside = sum(bool(standing(result, e)) for e in result.findings if e.code != "X01")
        found = [*(number[each] for each in SEVERITIES), len(result.unsettled), aside]
        name = text(result.policy.title or result.policy.name, 100)
        rows.append([f"{name} ({code(file)})", *map(str, found)])
    if len(results) > _MOST_ROWS:
        rows.append([f"and {len(results) - _MOST_ROWS} more", "", "", "", "", ""])
    return table(rows, numbers=range(1, 6))


def _said(results: Sequence[Result]) -> Iterator[str]:
    """What the settings let pass, and what nothing was asked about."""
    lines = []
    for each in results[:_MOST_ROWS]:
        if isinstance(each, Report):
            lines += [text(line, 400) for line in gate_sentences(each)]
            lines.append(text(summary(each).stopped))
    yield from dict.fromkeys(lines)


def _unread(wrong: Wrong, file: str) -> _Part:
    """The errors of a policy that could not be checked."""
    errors = count(len(wrong.diagnostics), "error")
    line = f"{bold(errors)} in {code(file)}, which was not checked"
    told = "\n\n".join(diagnostics.render(each) for each in wrong.diagnostics[:20])
    return _Part(details(line, fenced(told, "text")), line, 1)


def _weighty(writer: Writer, severity: Severity) -> Iterator[_Part]:
    """The findings of a weight that count. Notes that fail nothing are told together."""
    blocks = [each for each in writer.counting if each.first.severity == severity]
    if severity is not Severity.NOTE or any(
        writer.report.gate.fails(finding) for each in blocks for finding in each.findings
    ):
        for each in blocks:
            yield _Part(writer.folded(each), writer.line(each), len(each.findings))
    elif blocks:
        number = sum(len(each.findings) for each in blocks)
        yield _together(count(number, "note"), writer, map(writer.passed_over, blocks), number)


def _unsettled(writer: Writer) -> Iterator[_Part]:
    """What was not settled: the fault may be there or not."""
    found = writer.report.unsettled
    if found:
        what = f"{count(len(found), 'question')} not settled"
        lines = (text(sentence(each.title), 400) for each in found)
        yield _together(what, writer, lines, len(found))


def _aside(writer: Writer) -> Iterator[_Part]:
    """What is waived or known, and why; and what the baseline has that is found no more."""
    number = sum(len(each.findings) for each in writer.aside)
    if number:
        what = f"{count(number, 'finding')} waived or known"
        yield _together(what, writer, map(writer.passed_over, writer.aside), number)
    fixed = writer.report.gate.fixed
    if fixed:
        what = f"{count(len(fixed), 'finding')} of the baseline found no more"
        lines = (f"{code(each.code)} {text(sentence(each.title), 300)}" for each in fixed)
        yield _together(what, writer, lines)


def _proved(writer: Writer) -> Iterator[_Part]:
    """What was proved, and what was compared with the source text, in one line each."""
    said = summary(writer.report)
    for lead, what in (
        ("Proved, for every case and every reading", said.proved),
        ("Compared with the source text", said.compared),
    ):
        if what:
            kinds = f"{lead}: no fault of {count(len(what), 'kind')}"
            yield _together(kinds, writer, map(text, what))


def _together(what: str, writer: Writer, lines: Iterable[str], findings: int = 0) -> _Part:
    """Lines of one kind under one line."""
    line = f"{bold(what)}{writer.of}"
    told = [*lines]
    left = len(told) - _MOST_LINES
    shown = [*told[:_MOST_LINES], *([f"and {left} more"] if left > 0 else [])]
    return _Part(details(line, listing(shown)), line, findings)


def _left_out(parts: Sequence[_Part], shown: Sequence[str | None], files: Sequence[str]) -> str:
    """What was told shortly or not at all, and how to see it; empty where nothing was."""
    short = sum(p.findings for p, s in zip(parts, shown, strict=True) if s == p.short != p.long)
    left = sum(p.findings for p, s in zip(parts, shown, strict=True) if s is None)
    if all(s == p.long for p, s in zip(parts, shown, strict=True)):
        return ""
    what = []
    if short:
        what.append(f"{count(short, 'finding')} {'is' if short == 1 else 'are'} told in one line")
    if left:
        what.append(f"{count(left, 'finding')} {'is' if left == 1 else 'are'} left out")
    names = " ".join(files[:3]) if len(files) <= 3 else "PATH"
    lead = sentence(" and ".join(what)) if what else "Something is left out."
    command = code(f"antinomy check {names}")
    return f"{lead} A comment has at most {LONGEST:,} characters: {command} tells all."
