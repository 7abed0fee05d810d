"""Settings applied to reports: what counts, what is said of waivers, and that nothing slips by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.load import load_text
from policy_dsl.source import Place, Source, Span
from tests.verifier.reported import small
from verifier.baseline import Baseline, baseline_of
from verifier.commands.check import status
from verifier.commands.common import Exit
from verifier.findings import Severity, worst
from verifier.gatekeeper import Gatekeeper, Refused
from verifier.gating import OPEN, Known, Waiver
from verifier.pipeline import Report, check_policy
from verifier.render.gate_words import gate_sentences
from verifier.settings import Settings

TODAY = date(2026, 5, 1)
FILE = "specs/small.policy"
MARKS = tuple(each.fingerprint for each in small().findings)


def waiver(
    fingerprint: str | None = None,
    code: str | None = None,
    clauses: tuple[str, ...] = (),
    policy: str | None = None,
    expires: date = TODAY,
) -> Waiver:
    """A waiver that is in force on its last day."""
    return Waiver(
        fingerprint=fingerprint,
        code=code,
        clauses=clauses,
        policy=policy,
        reason="because",
        owner="somebody",
        expires=expires,
        place=Place(Source("antinomy.toml", "[[waivers]]\n"), Span(0, 11)),
    )


def settings(*waivers: Waiver) -> Settings:
    return Settings(name="antinomy.toml", waivers=waivers)


def gated(
    *waivers: Waiver, report: Report | None = None, awaited: tuple[str, ...] = (FILE,)
) -> Report:
    """A report to which waivers were applied, of a run in which every policy is looked at."""
    keeper = Gatekeeper(settings(*waivers), TODAY, awaited=awaited)
    return keeper.apply(report or small(), FILE)


def about(report: Report) -> list[str]:
    return [each.code for each in report.findings if each.code.startswith("W")]


@cache
def unsettled() -> Report:
    """A report in which nothing could be settled."""
    return check_policy(small().policy, bound=1)


@cache
def without_cases() -> Report:
    text = 'policy p "P"\nsubject person\nfact a : yes/no\nassume a\nassume not a\n'
    return check_policy(load_text(text, FILE))


def test_without_settings_a_report_stays_as_it_is() -> None:
    assert Gatekeeper(Settings(), TODAY).apply(small(), FILE) == small()


def test_a_waiver_by_fingerprint_waives_this_finding_and_no_other() -> None:
    report = gated(waiver(MARKS[0]))
    assert [each.fingerprint for each in report.findings if not report.gate.counts(each)] == [
        MARKS[0]
    ]
    assert about(report) == []


def test_a_waiver_by_code_and_clauses_waives_what_all_of_them_take_part_in() -> None:
    report = gated(waiver(code="C02", clauses=("A", "D")))
    named = [each for each in report.findings if not report.gate.counts(each)]
    assert named
    for each in report.findings:
        clauses = {side.clause for side in each.sides}
        assert (each in named) == (each.code == "C02" and {"A", "D"} <= clauses)


def test_a_waiver_counts_up_to_and_on_its_day() -> None:
    last = waiver(MARKS[0], expires=TODAY)
    assert about(gated(last)) == []
    report = gated(replace(last, expires=date(2026, 4, 30)))
    assert about(report) == ["W02"]
    assert all(report.gate.counts(each) for each in report.findings)
    (found,) = [each for each in report.findings if each.code == "W02"]
    assert MARKS[0] in found.explanation[0]
    assert found.place is not None
    assert found.place.line == 1


def test_what_a_later_waiver_waives_does_not_count_again() -> None:
    old, new = waiver(MARKS[0], expires=date(2020, 1, 1)), waiver(MARKS[0])
    report = gated(old, new)
    assert report.gate.waived == {MARKS[0]: new}
    assert about(report) == ["W01"]


def test_an_unused_waiver_is_told_only_when_every_policy_was_seen() -> None:
    idle = waiver("0" * 12)
    assert about(gated(idle)) == ["W01"]
    assert about(gated(idle, awaited=(FILE, "specs/other.policy"))) == []
    keeper = Gatekeeper(settings(idle), TODAY, awaited=(FILE, "other.policy"))
    assert about(keeper.apply(small(), FILE)) == []
    assert about(keeper.apply(small(), "other.policy")) == ["W01"]
    assert about(Gatekeeper(settings(idle), TODAY).apply(small(), FILE)) == []


def test_a_waiver_of_one_policy_is_judged_by_it_alone() -> None:
    by_name = waiver("0" * 12, policy="small")
    by_path = waiver("0" * 12, policy=FILE)
    elsewhere = waiver(MARKS[0], policy="other")
    report = gated(by_name, by_path, elsewhere, awaited=(FILE, "other.policy"))
    assert about(report) == ["W01", "W01"]
    assert report.gate.waived == {}


@pytest.mark.parametrize("report", [unsettled(), without_cases()], ids=["X01", "V01"])
def test_no_waiver_is_called_unused_where_its_finding_may_be_there(report: Report) -> None:
    idle = (waiver("0" * 12), waiver(code="C01", clauses=("A",)))
    assert about(gated(*idle, report=report)) == []


def test_a_run_of_some_codes_or_another_day_judges_no_waiver() -> None:
    idle, old = waiver("0" * 12), waiver(MARKS[0], expires=date(2020, 1, 1))
    some = Gatekeeper(settings(idle, old), TODAY, awaited=[FILE], codes=["C01"])
    assert about(some.apply(small(), FILE)) == []
    other = Gatekeeper(settings(idle), TODAY, awaited=[FILE], judging=False)
    assert about(other.apply(small(), FILE)) == []


@pytest.mark.parametrize("report", [unsettled(), without_cases()], ids=["X01", "V01"])
def test_what_always_counts_is_waived_by_no_fingerprint(report: Report) -> None:
    with pytest.raises(Refused):
        gated(waiver(report.findings[0].fingerprint), report=report)


@pytest.mark.parametrize("report", [unsettled(), without_cases()], ids=["X01", "V01"])
def test_what_always_counts_is_known_from_no_baseline(report: Report) -> None:
    forged = [
        Known(fingerprint=each.fingerprint, code=code, title="")
        for each in report.findings
        for code in (each.code, "C01")
    ]
    keeper = Gatekeeper(Settings(), TODAY, Baseline(findings={FILE: tuple(forged)}))
    found = keeper.apply(report, FILE)
    assert found.gate.known == frozenset()
    assert status(found, "error") == status(report, "error") != Exit.CLEAN
    assert baseline_of([(FILE, report, OPEN)]).of(FILE) == ()


def test_ignored_codes_about_waivers_are_not_told() -> None:
    quiet = replace(settings(waiver("0" * 12)), not_run=("W01",))
    report = Gatekeeper(quiet, TODAY, awaited=[FILE]).apply(small(), FILE)
    assert about(report) == []
    assert gate_sentences(report) == ("Not run, by the settings (antinomy.toml): W01.",)


def test_weights_are_those_of_the_settings_and_are_told() -> None:
    heavy = Settings(name="antinomy.toml", severity={"C01": Severity.NOTE, "R01": Severity.ERROR})
    report = Gatekeeper(heavy, TODAY).apply(small(), FILE)
    for before, after in zip(small().findings, report.findings, strict=True):
        assert after.severity == heavy.severity.get(after.code, before.severity)
        assert after.fingerprint == before.fingerprint
    assert [each.code for each in report.gate.weights] == ["C01", "R01"]
    assert "C01 as note (usually error)" in gate_sentences(report)[0]


def test_a_finding_that_weighs_more_than_it_did_is_not_known() -> None:
    for each in small().findings:
        for severity in Severity:
            entry = Known(fingerprint=each.fingerprint, code=each.code, title="", severity=severity)
            base = Baseline(findings={FILE: (entry,)})
            lighter = Settings(severity={each.code: Severity.NOTE})
            found = Gatekeeper(lighter, TODAY, base).apply(small(), FILE)
            assert found.gate.known == (
                frozenset({each.fingerprint}) if each.severity <= severity else frozenset()
            )


def test_fixed_is_what_the_baseline_has_and_a_whole_run_has_not() -> None:
    gone = Known(fingerprint="0" * 12, code="C01", title="Gone")
    base = Baseline(findings={FILE: (gone,)})
    assert Gatekeeper(Settings(), TODAY, base).apply(small(), FILE).gate.fixed == (gone,)
    for some in (
        check_policy(small().policy, codes=["G01"]),
        check_policy(small().policy, not_run=["C01"]),
    ):
        assert Gatekeeper(Settings(), TODAY, base).apply(some, FILE).gate.fixed == ()
    other = Gatekeeper(Settings(), TODAY, base, judging=False).apply(small(), FILE)
    assert other.gate.fixed == ()
    for report in (unsettled(), without_cases()):
        assert Gatekeeper(Settings(), TODAY, base).apply(report, FILE).gate.fixed == ()
    assert Gatekeeper(Settings(), TODAY, base).apply(small(), "other.policy").gate.fixed == ()


@given(
    waived=st.sets(st.sampled_from(MARKS)),
    known=st.sets(st.sampled_from(MARKS)),
    weights=st.dictionaries(
        st.sampled_from(sorted({each.code for each in small().findings})),
        st.sampled_from(list(Severity)),
    ),
    fail_on=st.sampled_from(["error", "warning", "note", "never"]),
    allow=st.booleans(),
    open_questions=st.booleans(),
)
def test_the_status_is_that_of_what_counts(
    waived: set[str],
    known: set[str],
    weights: dict[str, Severity],
    fail_on: str,
    allow: bool,
    open_questions: bool,
) -> None:
    report = small()
    if open_questions:
        report = replace(report, findings=(*report.findings, *unsettled().unsettled))
    told = replace(
        settings(*(waiver(each) for each in sorted(waived))),
        severity=weights,
        allow_unsettled=allow,
    )
    base = tuple(
        Known(fingerprint=each.fingerprint, code=each.code, title=each.title)
        for each in small().findings
        if each.fingerprint in known
    )
    keeper = Gatekeeper(told, TODAY, Baseline(findings={FILE: base}), awaited=[FILE])
    found = keeper.apply(report, FILE)
    left = [
        weights.get(each.code, each.severity)
        for each in small().findings
        if each.fingerprint not in waived | known
    ]
    heaviest = max(left, default=None)
    if fail_on != "never" and heaviest is not None and heaviest >= Severity[fail_on.upper()]:
        assert status(found, fail_on) == Exit.FOUND
    elif open_questions and not allow:
        assert status(found, fail_on) == Exit.NOT_SETTLED
    else:
        assert status(found, fail_on) == Exit.CLEAN
    # Nothing that was found is ever gone from the report, and whatever lets it pass is said.
    marks = [each.fingerprint for each in report.findings]
    assert [each.fingerprint for each in found.findings][: len(marks)] == marks
    counting = [each for each in found.findings if found.gate.counts(each)]
    if worst(counting) != worst(report.findings):
        assert gate_sentences(found)
