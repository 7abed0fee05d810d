"""Differences as text, JSON and Markdown: complete, safe, and the same each time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load_text
from policy_dsl.norms import NormativeState
from tests.verifier.changed import CLASH, NEW, OLD, REWORDED, differences, touched
from tests.verifier.test_render_terminal import same_as_read
from verifier.difference.allowed import Ruling, Rulings
from verifier.difference.model import Cases, Edit, Match
from verifier.difference.results import Added, Differences, Removed, Unread
from verifier.render import (
    difference_markdown,
    difference_text,
    difference_words,
    json_difference,
    json_schema,
    json_v1,
)
from verifier.render.html import difference_page
from verifier.render.markdown_text import LONGEST
from verifier.render.word_changes import MOST_WORDS, marked

HOSTILE = "</summary><script>x</script> | @user #1 ::error::x [a](https://x) \x1b[31m `code"


def text(found: Differences, full: bool = False, width: int = 80) -> str:
    return difference_text.render(found, width, False, full, "Exit status 1.")


def every_kind() -> Differences:
    """A run with an entry of every kind, every list filled, and words that are hostile."""
    entry = touched(CLASH, ("stricter",))
    difference = entry.difference
    change = replace(difference.changes[0], phrase=HOSTILE, statements=(HOSTILE,), complete=False)
    cases = Cases(allowed_by="old", statements=(HOSTILE,), case=change.old_case)
    edits = (
        *difference.edits,
        Edit(kind="clause", name=HOSTILE, before=f"clause {HOSTILE}", after=None),
        Edit(kind="fact", name="x", old_name="y", before="fact y", after="fact x"),
        Edit(kind="note", name="z", before="a\n  b", after="a\n  c", wording_only=True),
    )
    difference = replace(
        difference,
        changes=(change, *difference.changes[1:]),
        cases=(cases, replace(cases, allowed_by="new")),
        edits=edits,
        match=Match(
            same=difference.match.same,
            renamed=(("fact", HOSTILE, "x"),),
            unsure=(HOSTILE,),
        ),
        unsettled=(HOSTILE,),
    )
    rulings = replace(
        entry.rulings, cases=(Ruling(passes=True, by=(HOSTILE,)), Ruling(passes=False))
    )
    policy = load_text(OLD.replace("Rules for visitors", "A | B"))
    with pytest.raises(SpecError) as wrong:
        load_text("policy x\nclause", "specs/x.policy")
    findings = entry.compared.new if entry.compared is not None else ()
    return Differences(
        old=HOSTILE,
        new="HEAD",
        entries=(
            replace(entry, difference=difference, rulings=rulings, old_path=HOSTILE),
            Added(
                path="new.policy",
                policy=policy,
                findings=findings,
                ruling=Ruling(passes=False),
                rulings=Rulings(findings=tuple(Ruling(passes=False) for _ in findings)),
            ),
            Removed(path="gone.policy", policy=policy, ruling=Ruling(passes=True, by=("x",))),
            Unread(path="x.policy", version=HOSTILE, diagnostics=wrong.value.diagnostics),
        ),
        untouched=("same.policy",),
        rules=("stricter",),
    )


def test_a_difference_as_it_was_read() -> None:
    same_as_read("difference.txt", text(differences(CLASH, ("stricter",))))


def test_a_comment_as_it_was_read() -> None:
    found = differences(CLASH, ("stricter",))
    same_as_read("difference.md", difference_markdown.render(found, "Exit status 1."))


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("width", [40, 80, 100])
def test_every_line_fits_and_nothing_is_lost(width: int, full: bool) -> None:
    found = every_kind()
    said = text(found, full, width)
    assert max(len(line) for line in said.splitlines()) <= width
    assert said == text(found, full, width)
    for each in ("(new, edit", "Not settled", "is gone", "cannot be read", "same.policy", "V.3"):
        assert each in said
    assert "\x1b" not in said


def test_without_colour_the_words_are_the_same() -> None:
    found = every_kind()
    coloured = difference_text.render(found, 80, True, False, "Exit status 1.")
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == text(found)
    assert coloured != text(found)


def test_a_small_difference_says_that_nothing_changes() -> None:
    said = text(differences(REWORDED))
    assert "Equivalent: no case changes. This is proved." in said
    assert "other words only" in said
    assert "[-Admission-]" in said or '[-"Admission"-]' in said
    assert "Nothing" not in said


def test_old_words_stand_beside_new_ones() -> None:
    said = text(differences(NEW))
    assert "when badge {+and not child+}" in said
    assert "edit 2: clause V.3: new" in said
    assert "+ clause V.3" in said


@pytest.mark.parametrize("found", [differences(NEW), differences(REWORDED), every_kind()])
def test_json_is_as_the_schema_says(found: Differences) -> None:
    name = "antinomy-difference-1.schema.json"
    made = json_v1.dump(json_schema.schema(*json_schema.PUBLISHED[name]))
    document = json_difference.render(found, "Exit status 1.")
    assert document.isascii()
    assert document == json_difference.render(found, "Exit status 1.")
    Draft202012Validator(json.loads(made)).validate(json.loads(document))
    assert Path(json_difference.__file__).with_name(name).read_text("utf-8") == made


def test_json_has_a_case_for_every_change() -> None:
    (changed,) = json_difference.document(differences(CLASH), "")["changed"]
    entry = touched(CLASH)
    assert len(changed["changes"]) == len(entry.difference.changes)
    for told, change in zip(changed["changes"], entry.difference.changes, strict=True):
        assert told["old_case"]["facts"] == dict(change.old_case.facts)
        assert told["after"]["clauses"] == [*change.after.clauses]


def test_a_comment_takes_no_orders() -> None:
    said = difference_markdown.render(every_kind(), "Exit status 1.")
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(said)
    for bad in ("<script", "\x1b", "@user", "href=", "</summary><script"):
        assert bad not in re.sub(r"<pre>.*?</pre>", "", page, flags=re.DOTALL)
    assert page.count("<details>") == page.count("</details>")
    assert page.count("<summary>") == page.count("</summary>")


def test_a_page_shows_every_change_and_runs_nothing() -> None:
    page = difference_page.render(every_kind(), "Exit status 1.")
    assert page.isascii()
    assert page == difference_page.render(every_kind(), "Exit status 1.")
    assert "<script" not in page
    assert "\x1b" not in page
    assert "default-src" in page
    for tag in ("details", "section", "ul", "table", "div", "p", "pre", "del", "ins"):
        assert len(re.findall(rf"<{tag}[ >]", page)) == page.count(f"</{tag}>"), tag
    for each in ("This policy is new", "This policy is gone", "It cannot be read", "same.policy"):
        assert each in page
    small = difference_page.render(differences(NEW), "")
    assert "<ins>" in small
    assert small.count('<table class="versions">') == len(touched(NEW).difference.changes)


def test_a_comment_is_never_too_long() -> None:
    entry = every_kind().entries[0]
    found = Differences(old="a", new="b", entries=(entry,) * 60)
    said = difference_markdown.render(found, "Exit status 1.")
    assert len(said) <= LONGEST
    assert "more parts have no room here" in said
    assert said.rstrip().endswith("</sub>")


def test_states_are_said_by_the_words_of_the_language() -> None:
    words = difference_words.state_words
    assert words(NormativeState()) == "no clause in force speaks of it"
    assert words(NormativeState(obliged="must", forbidden="should")) == "must and should not"
    assert words(NormativeState(permitted=True, released=True)) == "may and need not"


# --- words of an edit ---------------------------------------------------------------------


def told(old: str | None, new: str | None) -> list[str]:
    return [
        " " * line.indent
        + "".join(difference_words.with_mark(mark, piece) for mark, piece in line.pieces)
        for line in marked(old, new)
    ]


def test_words_are_marked() -> None:
    assert told("when badge", "when badge and child") == ["when badge {+and child+}"]
    assert told("a b c d", "a x y d") == ["a [-b c-]{+x y+} d"]
    assert told("a\n  b\n  c", "a\n  c") == ["a", "  [-b-]", "  c"]
    assert told(None, "a\n  b") == ["{+a+}", "  {+b+}"]
    assert told("a", None) == ["[-a-]"]
    assert told("same", "same") == ["same"]
    assert told("", "") == []


def test_a_long_text_is_told_whole() -> None:
    long = "word " * (MOST_WORDS + 1)
    assert [line.whole for line in marked(long, f"{long}x")] == [None]


@pytest.mark.parametrize("seed", range(40))
def test_both_texts_can_be_read_off(seed: int) -> None:
    import random

    dice = random.Random(seed)
    old, new = (
        "".join(dice.choice(["a", "bc", " ", " ", "\n", "\n  ", ",", '"']) for _ in range(30))
        for _ in range(2)
    )
    for wanted, other in ((old, "new"), (new, "gone")):
        pieces = [
            "".join(piece for mark, piece in line.pieces if mark != other)
            for line in marked(old, new)
        ]
        assert "".join("".join(pieces).split()) == "".join(wanted.split())
