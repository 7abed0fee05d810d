"""Results of every kind that a gate knows, for tests of the formats of whole runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load_text
from policy_dsl.source import Place, Source, Span
from tests.verifier.exhibited import exhibited
from tests.verifier.pages import HOSTILE
from verifier.findings import Finding, Related, Severity
from verifier.gating import Gate, Known, Waiver
from verifier.pipeline import Report
from verifier.render.formats import Wrong
from verifier.unsettled import unsettled

NASTY = f"{HOSTILE} ::error file=a,line=1::b\n::warning::c ##[error]d 100%, @someone #1 ]]>"


def waiver(mark: str, reason: str = "It is being redrafted") -> Waiver:
    """A waiver of one finding."""
    return Waiver(
        fingerprint=mark,
        reason=reason,
        owner="the legal office",
        expires=date(2027, 1, 31),
        place=Place(Source("antinomy.toml", "[[waivers]]"), Span(0, 11)),
    )


def open_question(what: str = "the clauses A and B") -> Finding:
    """What C03 has not settled."""
    return unsettled("C03", "joint-duties", what, "the solver gave up")


def gated(reason: str = "It is being redrafted") -> Report:
    """The report with exhibits: its first error is waived, its first warning is known, C03 is not
    settled, R01 was not run, and one finding is found no more."""
    report = exhibited()
    error = next(each for each in report.findings if each.severity is Severity.ERROR)
    warning = next(each for each in report.findings if each.severity is Severity.WARNING)
    return replace(
        report,
        findings=(*(each for each in report.findings if each.code != "R01"), open_question()),
        proved=tuple(each for each in report.proved if each.code != "R01"),
        gate=Gate(
            waived={error.fingerprint: waiver(error.fingerprint, reason)},
            known=frozenset({warning.fingerprint}),
            fixed=(Known(fingerprint="0" * 12, code="C01", title="A and B were opposed"),),
            settings="antinomy.toml",
            not_run=("R01",),
        ),
    )


def wrong(text: str = "clause A\n  must go\n  when @\n", file: str = "specs/wrong.policy") -> Wrong:
    """A policy that cannot be read."""
    with pytest.raises(SpecError) as raised:
        load_text(text, file)
    return Wrong(file, raised.value.diagnostics)


def many(number: int) -> Report:
    """A report with as many errors and as many warnings, on lines of their own."""
    report = exhibited()
    source = Source("specs/many.policy", "x\n" * (2 * number))

    def one(n: int) -> Finding:
        first = report.findings[4]
        place = Place(source, Span(2 * n, 2 * n + 1))
        side = replace(first.sides[0], place=place)
        severity = Severity.WARNING if n % 2 else Severity.ERROR
        return replace(
            first,
            severity=severity,
            sides=(side, *first.sides[1:]),
            related=(Related(label=f"what is told of {n}", place=place),),
            title=f"Finding number {n}",
            key=(str(n),),
        )

    return replace(report, findings=tuple(one(n) for n in reversed(range(2 * number))))
