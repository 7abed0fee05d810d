"""The memo's transcription is held against its text and its scan; planted faults are caught."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from policy_dsl.load import load
from verifier.fidelity.trace import DocumentTrace, trace
from verifier.findings import Finding, Severity
from verifier.pipeline import run_check, shared_for
from verifier.registry import by_code

FOLDER = Path(__file__).parents[2] / "specs" / "ice-ero-2017"
SPEC = "ice-ero-2017.policy"


def findings(path: Path) -> list[Finding]:
    shared = shared_for(load(path))
    checks = [check for code in ("G05", "S01", "S02") if (check := by_code(code)) is not None]
    return [each for check in checks for each in run_check(shared, check).findings]


@cache
def memo() -> DocumentTrace:
    (found,) = trace(load(FOLDER / SPEC))
    return found


def _copied(folder: Path) -> Path:
    """A copy of the memo's folder, in a project that holds the vocabulary too."""
    folder.mkdir(exist_ok=True)
    (folder / "pyproject.toml").touch()
    shutil.copytree(FOLDER.parent / "authorities", folder / "authorities")
    return Path(shutil.copytree(FOLDER, folder / FOLDER.name))


def planted(folder: Path, before: str, after: str) -> list[Finding]:
    """What is found in a copy of the memo's spec with one change."""
    copy = _copied(folder)
    text = (copy / SPEC).read_text("utf-8")
    assert before in text
    (copy / SPEC).write_text(text.replace(before, after, 1), "utf-8")
    return findings(copy / SPEC)


def cleaned_wrongly(folder: Path, before: str, after: str) -> list[Finding]:
    """What S01 finds where the cleaned text and the quotes have the same fault."""
    copy = _copied(folder)
    text = (copy / "ice-ero-2017.txt").read_text("utf-8")
    assert before in text
    (copy / "ice-ero-2017.txt").write_text(text.replace(before, after), "utf-8")
    spec = (copy / SPEC).read_text("utf-8")
    parts = [re.escape(each) for each in before.split()]
    spec = re.sub(r"\s+".join(parts), after, spec)
    (copy / SPEC).write_text(spec, "utf-8")
    return [each for each in findings(copy / SPEC) if each.code == "S01"]


def test_nothing_is_unfaithful() -> None:
    assert [each.title for each in findings(FOLDER / SPEC)] == []


def test_every_sentence_is_accounted_for_and_leads_to_the_scan() -> None:
    for each in memo().sentences:
        assert each.uses
        assert not each.missing
        assert each.scan is not None or each.text == "[Footnotes]"


def test_every_quote_is_the_texts_own_and_in_the_scan() -> None:
    for each in memo().quotes:
        assert each.score == 100
        assert each.in_scan
        assert each.scan is not None or each.quote == "[Footnotes]"


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("A.p.1", 25, 33), ("B.6", 67, 77), ("C.7", 101, 104), ("E.1", 137, 138), ("Fn.2", 68, 71)],
)
def test_a_clause_leads_back_to_the_lines_of_the_scan(name: str, first: int, last: int) -> None:
    lines = [each.scan for each in memo().quotes if each.name == name and each.scan]
    assert min(each.first for each in lines) == first
    assert max(each.last for each in lines) == last


def test_a_misquote_is_caught(tmp_path: Path) -> None:
    (found,) = planted(
        tmp_path,
        'quote "As always, ERO officers must make an individualized',
        'quote "As always, ERO officers may make an individualized',
    )[:1]
    everything = planted(
        tmp_path / "again",
        "ERO officers must make an individualized",
        "ERO officers may make an individualized",
    )
    assert (found.code, found.severity) == ("S01", Severity.ERROR)
    assert 'the quote says "may", the text "must"' in found.explanation[0]
    assert {each.code for each in everything} == {"S01", "S02"}


def test_a_misquote_that_drops_a_negation_is_caught(tmp_path: Path) -> None:
    found = planted(tmp_path, "listed above do not necessarily have to", "listed above have to")
    assert "S01" in {each.code for each in found}


def test_a_dropped_sentence_is_caught(tmp_path: Path) -> None:
    text = (FOLDER / SPEC).read_text("utf-8")
    start = text.index("note E.3 reservation")
    note = text[start : text.index("clause E.4", start)]
    (found,) = planted(tmp_path, note, "")
    assert (found.code, found.severity) == ("G05", Severity.WARNING)
    assert "Likewise, no limitations are placed" in found.title


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("officers must make an", "officers may make an", 'the text says "may", line 20 of'),
        ("ERO officers should only", "ERO officers must only", 'says "must", line 51 of'),
        ("officers should only release", "officers should release", 'scan says "only"'),
        (
            "detention of all such individuals may not",
            "detention of all such individuals may",
            "81",
        ),
        ("There is no presumption", "There is a presumption", 'line 101 of the scan "no"'),
        ("ERO will work to detain", "ERO will not work to detain", 'the text says "not"'),
        ("is not practicable", "is practicable", 'line 64 of the scan says "not"'),
        ("will remain in full force", "may remain in full force", 'says "may", line 97'),
        ("release will not pose", "release will pose", 'scan says "not"'),
    ],
)
def test_a_cleaning_error_is_caught_though_the_quotes_agree(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    found = cleaned_wrongly(tmp_path, before, after)
    assert [each.severity for each in found] == [Severity.ERROR]
    assert told in found[0].title


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  may repatriate\n", "  must repatriate\n"),
        ("  may permit_withdrawal, permit_return\n", "  must permit_withdrawal, permit_return\n"),
        ("  may release\n  when     alien and custody is s235b and being_removed", None),
        ("  may release\n  when  alien and detained and capacity_limits", None),
        ("  must enforce\n", "  may enforce\n"),
        ("  must determine_custody\n", "  should determine_custody\n"),
        ("  should prioritize_proceedings\n", "  must prioritize_proceedings\n"),
        ("  should prioritize scarce_space\n", "  must prioritize scarce_space\n"),
        ("  must not exempt_class\n", "  must exempt_class\n"),
        ("  need not place_on_criminal_ground\n", "  must not place_on_criminal_ground\n"),
    ],
)
def test_another_modal_word_is_caught(tmp_path: Path, before: str, after: str | None) -> None:
    changed = before.replace("  may ", "  must ", 1) if after is None else after
    found = planted(tmp_path, before, changed)
    assert [each.code for each in found] == ["S02"]
