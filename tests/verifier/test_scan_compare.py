"""A cleaned text against its scan: what is told, and what a bad scanner may do without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.load import load
from policy_dsl.source import Source
from tests.verifier.command import run
from tests.verifier.test_fidelity import MEMO, noisy
from tests.work import work
from verifier.fidelity.compare import differences
from verifier.fidelity.scan import Scan
from verifier.fidelity.sentences import pieces
from verifier.fidelity.trace import ScanDifference, trace
from verifier.fidelity.words import DECISIVE, Words, is_decisive
from verifier.findings import Finding, Severity
from verifier.pipeline import run_check, shared_for
from verifier.registry import by_code

SPEC = """\
policy guards "Guards"
  text "rules.txt"
  raw "scan.txt"
subject person
fact guard : yes/no
action act "act"
clause R.1 "Guards act"
  quote "QUOTE"
  must act
  when guard
"""
PLAIN = MEMO.replace("[", "").replace("]", "")


def compared(text: str, raw: str) -> tuple[ScanDifference, ...]:
    scan, cut = Scan(Source("raw", raw)), pieces(text)
    places = [scan.find(text[each.start : each.end], 0) for each in cut]
    return differences(Words(text), cut, scan, places)


def deciding(text: str, raw: str) -> list[tuple[str, str, bool]]:
    return [(each.text, each.scan, each.doubtful) for each in compared(text, raw) if each.decides]


def project(folder: Path, quote: str, text: str, raw: str | None) -> Path:
    (folder / "rules.txt").write_text(text, "utf-8")
    spec = SPEC.replace("QUOTE", quote)
    if raw is None:
        spec = spec.replace('  raw "scan.txt"\n', "")
    else:
        (folder / "scan.txt").write_text(raw, "utf-8")
    path = folder / "guards.policy"
    path.write_text(spec, "utf-8")
    return path


def found(path: Path) -> list[Finding]:
    check = by_code("S01")
    assert check is not None
    return list(run_check(shared_for(load(path)), check).findings)


@pytest.mark.parametrize(
    ("text", "raw", "told"),
    [
        ("Guards must act here.", "Guards may act here.", ("must", "may", False)),
        ("Guards must act here.", "Guards n1ay act here.", ("must", "n1ay", False)),
        ("Guards should act here.", "Guards \\VOuld act here.", ("should", "VOuld", False)),
        ("Guards may act at once.", "Guards may not act at once.", ("", "not", False)),
        ("Guards may not act at once.", "Guards may act at once.", ("not", "", False)),
        ("Guards may only act here.", "Guards may act here.", ("only", "", False)),
        ("Guards may act before noon.", "Guards may act after noon.", ("before", "after", False)),
        ("Guards do not act at night.", "Guards do now act at night.", ("not", "now", True)),
        ("Guards then act at night.", "Guards must act at night.", ("then", "must", False)),
        ("Guards don't act at night.", "Guards act at night.", ("don't", "", False)),
    ],
)
def test_a_word_that_decides_is_told(text: str, raw: str, told: tuple[str, str, bool]) -> None:
    assert deciding(text, raw) == [told]


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("Guards must act and will not wait.", "Guards n1ust act and '\"'ill n0t wait."),
        ("Guards cannot act in the yard.", "Guards can not act in the yard."),
        ("Guards may act without a light.", "Guards rnay act with out a light."),
        ("Guards may act in the yard.", "Guards may act i n the y ard."),
        ("Guards [must] act in the yard.", "Guards may act in the yard."),
        ("Guards may [not] act in the yard.", "Guards may act in the yard."),
        ("Guards act in the course of 2017.", "Guards act in the course or 1017."),
    ],
)
def test_noise_and_the_cleaners_own_words_are_not(text: str, raw: str) -> None:
    assert deciding(text, raw) == []


def test_numbers_and_small_words_are_shown_and_decide_nothing() -> None:
    told = compared("In 2017 the course of duty began.", "In 1017 the course or duty began.")
    assert [(each.text, each.scan, each.decides) for each in told] == [
        ("2017", "1017", False),
        ("of", "or", False),
    ]


def test_a_dropped_sentence_with_a_duty_is_told() -> None:
    raw = "Guards are chosen by lot. They must not sleep in the hall. The hall is open at night."
    assert ("", "must not", True) in deciding(
        "Guards are chosen by lot. The hall is open at night.", raw
    )


def test_words_that_are_nowhere_in_the_scan_are_told() -> None:
    text = "Guards are chosen by lot.\n\nNobody may sleep.\n\nThe hall is open at night."
    told = deciding(text, "Guards are chosen by lot. The hall is open at night.")
    assert [(each, there) for each, there, _ in told] == [("Nobody", ""), ("may", "")]


@given(st.integers(0, 10_000), st.sampled_from([0.01, 0.03]))
def test_a_bad_scanner_gives_hardly_a_false_alarm(seed: int, rate: float) -> None:
    assert len(deciding(MEMO, noisy(PLAIN, seed, rate))) <= 1


MEMO_WORDS = Words(MEMO)
DECIDING = [at for at, word in enumerate(MEMO_WORDS.words) if is_decisive(word)]


@given(st.sampled_from(DECIDING), st.sampled_from(["", *sorted(DECISIVE)]))
def test_a_changed_word_is_told(at: int, new: str) -> None:
    start, end = MEMO_WORDS.starts[at], MEMO_WORDS.ends[at]
    old = MEMO_WORDS.words[at]
    if new == old or {new, old} <= {"no", "not", "nor"}:
        return
    assert deciding(MEMO[:start] + new + MEMO[end:], PLAIN)


@given(st.integers(8, len(MEMO_WORDS) - 1), st.sampled_from(["not", "may", "only", "unless"]))
def test_an_added_word_is_told_on_either_side(at: int, new: str) -> None:
    start = MEMO_WORDS.starts[at]
    added = f"{MEMO[:start]}{new} {MEMO[start:]}"
    if added.find("[", start) >= 0 and added[: start + 1].rfind("[") > added[:start].rfind("]"):
        return  # the cleaner's own words
    assert deciding(added, PLAIN)
    assert deciding(MEMO, added.replace("[", "").replace("]", ""))


def test_it_becomes_an_error_with_both_places(tmp_path: Path) -> None:
    path = project(
        tmp_path, "Guards must act here.", "Guards must act here.\n", "\nGuards may act here.\n"
    )
    (only,) = found(path)
    assert (only.severity, only.sides[0].clause) == (Severity.ERROR, "R.1")
    assert only.title.endswith('the text says "must", line 2 of the scan "may"')
    assert [each.label for each in only.related] == ["the text", "the scan"]
    done = run("trace", str(path))
    assert done.status == 1
    assert "Words of duty and negation that differ from the scan: 1." in done.out


@pytest.mark.parametrize(
    ("quote", "text", "told"),
    [
        ("Guards must ... act here.", "Guards must not act here.", ("not", Severity.ERROR)),
        ("Guards ... act here.", "Guards must act here.", ("must", Severity.ERROR)),
        ("Guards must act ... here.", "Guards must act, unless ill, here.", ("unless", 3)),
        ("Guards must act", "Guards must act only here.", ("only", Severity.WARNING)),
        ("act here.", "Guards must not act here.", ("not", Severity.WARNING)),
    ],
)
def test_a_quote_may_not_leave_out_what_turns_it(
    tmp_path: Path, quote: str, text: str, told: tuple[str, int]
) -> None:
    (only,) = found(project(tmp_path, quote, text, None))
    assert f'leaves out "{told[0]}"' in only.title
    assert only.severity == told[1]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("Guards must ... act here.", "Guards must (with some who may not come) act here."),
        ("Guards must act", "Guards must act. Only some may wait."),
        ("Guards must act", "Guards must act, except at night."),
        ("Guards must ... act here.", "Guards must in all of the cases act here."),
    ],
)
def test_other_words_may_be_left_out(tmp_path: Path, quote: str, text: str) -> None:
    assert found(project(tmp_path, quote, text, None)) == []


def test_words_that_another_quote_of_the_clause_has_are_not_left_out(tmp_path: Path) -> None:
    path = project(tmp_path, "Guards must act", "Guards must act only here.", None)
    spec = path.read_text("utf-8").replace('act"\n  must', 'act"\n  quote "only here"\n  must')
    path.write_text(spec, "utf-8")
    (document,) = trace(load(path))
    assert not any(each.left_out for each in document.quotes)


@pytest.mark.parametrize(
    ("text", "scan"),
    [("may ", "not "), ("visitors may register ", "visitors not register ")],
)
def test_hostile_texts_take_work_in_proportion(text: str, scan: str) -> None:
    def done(size: int) -> int:
        return work(lambda: compared(text * size, scan * size))

    assert done(4_000) <= 4.2 * done(1_000)
    compared(text * 20_000, scan * 20_000)  # comes to an end
