"""The report page: complete, well formed, self-contained, and safe with hostile texts."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

from policy_dsl.load import load, load_text
from tests.verifier.command import CLASH, CLEAN, ROOT, WRONG, policy, run
from tests.verifier.exhibited import HOUSE, exhibited, hostile_exhibits
from tests.verifier.pages import HOSTILE, TIMES, hostile, traced
from tests.verifier.reported import SMALL, small
from verifier.fidelity.trace import trace
from verifier.margins import Margin, MarginOutcome
from verifier.pipeline import Report, check_policy
from verifier.render.html import document
from verifier.render.html.marks import anchor, shown
from verifier.render.reading_text import open_points
from verifier.repairs import Repair

TEMPLATES = Path(document.__file__).parent / "templates"
INLINE = {"a", "b", "i", "span", "kbd", "summary"}
VOID = {"meta", "br", "input", "link", "img", "hr"}


class Page(HTMLParser):
    """Reads a page strictly: every element is closed by its own end tag, in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.raw: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), (tag, names)
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag
        if tag not in INLINE:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("style", "script"):
            self.raw[self.open[-1]] = self.raw.get(self.open[-1], "") + data
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        """All visible words, blanks as one."""
        return " ".join("".join(self.words).split())

    def all(self, name: str) -> list[str]:
        """All values of an attribute."""
        return [attrs[name] for _, attrs in self.elements if name in attrs]


@functools.cache
def memo() -> Report:
    """The report on the memo."""
    policy = load(ROOT / "specs/ice-ero-2017/ice-ero-2017.policy")
    return replace(check_policy(policy), traces=trace(policy))


def full() -> Report:
    """A small report in which every part of the page has something to show."""
    report = small()
    prints = tuple(each.fingerprint for each in report.findings)
    repair = Repair(
        fingerprint=prints[0],
        kind="priority",
        title="Let B prevail over A",
        patch="--- a/x.policy\n+++ b/x.policy\n@@ -1 +1 @@\n-old\n+new <b>\n",
        removes=prints[:2],
    )
    witness = next(each.witness for each in report.findings if each.witness)
    silent = MarginOutcome(state="silent", clauses=(), witness=witness)
    barred = MarginOutcome(state="forbidden", clauses=("D", "E"), witness=witness)
    margins = [
        Margin(
            clause="A",
            action="release",
            condition=condition,
            code="child",
            holds=False,
            within=None,
            outcomes=outcomes,
        )
        for condition, outcomes in (("It fails", (silent, barred)), ("It never fails", ()))
    ]
    open_ = replace(margins[1], settled=False, condition="Nobody knows")
    return replace(
        report,
        traces=traced(report.policy),
        repairs=(repair,),
        margins=(*margins, open_),
    )


REPORTS: dict[str, Callable[[], Report]] = {
    "small": small,
    "full": full,
    "memo": memo,
    "hostile": hostile,
    "exhibited": exhibited,
    "hostile exhibits": hostile_exhibits,
    "times": lambda: check_policy(load_text(TIMES)),
    "unsettled": lambda: check_policy(load_text(SMALL), bound=1),
    "empty": lambda: check_policy(load_text("policy p\n")),
}
each_report = pytest.mark.parametrize("name", REPORTS)


@functools.cache
def made(name: str) -> str:
    return document.render(REPORTS[name](), "Exit status 1.")


@each_report
def test_the_page_is_well_formed_and_needs_nothing_else(name: str) -> None:
    text = made(name)
    page = Page(text)
    ids = page.all("id")
    assert len(set(ids)) == len(ids)
    for link in page.all("href"):
        assert link.startswith("#")
        assert unquote(link[1:]) in ids, link
    for points_to in ("aria-labelledby", "aria-describedby", "for"):
        assert set(page.all(points_to)) <= set(ids)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"img", "link", "iframe", "object", "embed", "base", "audio", "video"}
    names = {attr for _, attrs in page.elements for attr in attrs}
    assert not {each for each in names if each.startswith("on")} | (names & {"style", "src"})
    assert "url(" not in page.raw["style"]
    assert "@import" not in page.raw["style"]
    assert text.isascii()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)


@each_report
def test_headings_go_down_one_step_at_a_time(name: str) -> None:
    levels = [int(tag[1]) for tag, _ in Page(made(name)).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_the_browser_may_run_this_script_and_style_and_nothing_else() -> None:
    page = Page(made("memo"))
    rules = next(a["content"] for _, a in page.elements if a.get("http-equiv"))
    assert rules.startswith("default-src 'none';")
    assert "unsafe" not in rules
    assert "http" not in rules
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in rules


def test_every_finding_is_on_the_page_with_what_belongs_to_it() -> None:
    report = memo()
    page = Page(made("memo"))
    ids = set(page.all("id"))
    words = page.text
    for finding in report.findings:
        assert f"f-{finding.fingerprint}" in ids
        assert finding.fingerprint in words
        for side in finding.sides:
            assert anchor("c", side.clause) in ids
            assert all(" ".join(quote.split()) in words for quote in side.quotes)
        for statement in finding.witness.statements if finding.witness else ():
            assert statement.removeprefix("The person ").lower() in words.lower()
    for rows in open_points(report).groups:
        assert [row.text for row in rows if row.text not in words] == []
    assert all(each.phrase in words for each in report.profiles)
    assert len(made("memo")) < 2_000_000


def test_repairs_text_and_margin_are_shown() -> None:
    page = Page(made("full"))
    assert "Let B prevail over A." in page.text
    assert "+new <b>" in page.text
    assert "No clause and no note holds this sentence." in page.text
    assert "In the scan, line" in page.text
    assert any("several" in each.split() for each in page.all("class"))


def test_margins_say_what_becomes_of_the_action() -> None:
    words = Page(made("full")).text
    assert "It fails. not spoken of by any clause a case" in words
    assert "forbidden by D, E a case" in words
    assert "It never fails. it cannot fail alone (proved)" in words
    assert "Nobody knows. not settled" in words
    assert words.count("it cannot fail alone") == 1


def test_persons_are_a_table_with_their_cases_folded() -> None:
    page = Page(made("exhibited"))
    for words in (
        "It is about this resource: a bed.",
        "What is so of each of them The person is not old. First person Second person",
        "The person is a child. The person is ill. What follows A prefers this person",
        "Each of the first two 2 of this kind The third 1 of this kind",
        "Full cases The person ... first person second person These facts matter",
    ):
        assert words in page.text
    assert page.all("class").count("persons") == 2


def test_a_run_is_a_drawing_and_the_same_in_words() -> None:
    page = Page(made("exhibited"))
    for words in (
        "A run of the process: Coming and going It begins in a case where The person is ill.",
        "Then: somebody lets the person in, by the door keeper",
        "The person is locked in locked_in No lawful step leads on from here.",
        "The person ... 1 2 3 These facts matter (in bold, where they do)",
    ):
        assert words in page.text
    drawings = [attrs for tag, attrs in page.elements if tag == "svg"]
    assert [each["role"] for each in drawings] == ["img"] * 3
    used = [attrs["href"] for tag, attrs in page.elements if tag == "use"]
    assert used == ["#process-house-drawing"]
    assert page.all("class").count("state on") == 3
    assert page.all("class").count("arrow on") == 2


def test_points_in_time_stand_on_a_line() -> None:
    page = Page(made("exhibited"))
    assert "At the start The person comes in After 72 hours The latest time to release" in page.text
    marks = [each for each in page.all("class") if " gap-" in each]
    assert marks == ["event gap-0", "latest gap-3", "event gap-3", "earliest gap-4"]


def test_processes_are_drawn_and_told() -> None:
    words = Page(made("exhibited")).text
    for phrase in (*(s.phrase for s in HOUSE.states), *(s.phrase for s in HOUSE.steps)):
        assert phrase in words.lower()
    assert "From: the person is inside; or the person is locked in. To: the person is in" in words
    assert "is gone for good gone (end; not settled whether any run comes to it)" in words
    assert len(made("exhibited")) < 150_000


def test_control_is_a_table_of_clauses_and_roles() -> None:
    words = Page(made("exhibited")).text
    assert "Clause The night nurse The door keeper The person A Children go" in words
    assert "Alone, the door keeper can bring it about." in words
    assert "brings about, blocks" in words
    assert "has a say" in words
    assert "brings about: not settled, blocks: not settled" in words


def test_periods_say_what_stands_when() -> None:
    page = Page(made("times"))
    assert "From 1 January 2020 to 31 December 2020" in page.text
    assert "From 2 June 2022 on" in page.text
    chosen = [each for each in page.all("data-read") if each.startswith("period:")]
    assert chosen == ["period:2020-01-01", "period:2021-01-01", "period:2022-06-02"]
    assert [each for each in page.all("value") if each in chosen] == chosen
    assert "time from 1 January 2021 on" in page.text or "time from 1 January 2021 to" in page.text


def test_usual_facts_that_play_no_part_are_counted_where_they_are_many() -> None:
    facts = "\n".join(f'fact f{n} : yes/no "has {n}"' for n in range(20))
    clauses = "clause A\n  must go\n  when f0\nclause B\n  must not go"
    text = f"policy many\nsubject person\naction go\n{facts}\n{clauses}"
    words = Page(document.render(check_policy(load_text(text), codes={"C01"}))).text
    assert "19 more facts are as they usually are." in words
    assert words.count("has 7: no") == 1
    assert "usually are" not in Page(made("small")).text


def test_parts_that_have_nothing_to_show_are_not_there() -> None:
    ids = Page(made("small")).all("id")
    assert "control" not in ids
    assert "processes" not in ids


def test_very_many_clashes_are_a_list_and_no_table() -> None:
    clauses = "\n".join(
        f"clause A.{n}\n  must release\n  when age = {n}\nclause B.{n}\n  must not release\n"
        f"  when age = {n}"
        for n in range(35)
    )
    head = "policy many\nsubject person\nfact age : 0 .. 120 years\naction release\n"
    text = document.render(check_policy(load_text(head + clauses), codes={"C01"}))
    page = Page(text)
    assert "There are too many for a table" in page.text
    assert "map" not in page.all("class")
    assert "A.34: B.34 " in page.text


def test_hostile_texts_are_only_text() -> None:
    page = Page(made("hostile"))
    tags = [tag for tag, _ in page.elements]
    assert tags.count("script") == 1
    assert tags.count("style") == 1
    assert "<script>alert(1)</script>" in page.text
    assert "onerror" not in {attr for _, attrs in page.elements for attr in attrs}
    assert "\\x1b" in page.text
    assert "\\u202e" in page.text
    assert not {"\x1b", "\u202e", "\u2066", "\u200b", "\x00"} & set("".join(page.words))
    assert HOSTILE.split("\x1b")[0] in page.text


def test_the_same_report_gives_the_same_page() -> None:
    assert document.render(small(), "x") == document.render(small(), "x")


def test_what_is_not_settled_is_said_first() -> None:
    text = Page(made("unsettled")).text
    assert "These are no answers" in text
    assert text.index("These are no answers") < text.index("How to read this A finding")


def test_hidden_characters_are_made_visible_and_blanks_stay() -> None:
    assert shown("a\u202eb\x1b[0m\ud800") == "a\\u202eb\\x1b[0m\\ud800"
    assert shown("a\n\tb\u00a0c \u00e9") == "a\n\tb\u00a0c \u00e9"
    assert shown(3) == 3


def test_anchors_are_safe_and_tell_names_apart() -> None:
    names = ["A.1", "A-1", "A 1", "A\u00fc", 'A"', "A<", "A-2d-1"]
    found = [anchor("c", each) for each in names]
    assert len(set(found)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", each) for each in found)


def test_templates_escape_everything() -> None:
    for path in TEMPLATES.glob("*.html"):
        text = path.read_text("utf-8")
        assert "|safe" not in text.replace(" ", "")
        assert "autoescape" not in text
        assert not re.search(r"=\{\{", text), "an attribute without quotation marks"
    for name in ("style.css", "script.js"):
        asset = (TEMPLATES / name).read_text("utf-8")
        assert asset.isascii()
        assert "</" not in asset
    script = (TEMPLATES / "script.js").read_text("utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|fetch", script)


def test_the_command_writes_a_page(tmp_path: Path) -> None:
    clash = policy(tmp_path, "clash", CLASH)
    target = tmp_path / "page.html"
    done = run("check", str(clash), "--format", "html", "--output", str(target))
    assert (done.status, done.out, done.err) == (1, "", "")
    assert Page(target.read_text("ascii")).text
    shown_ = run("check", str(clash), "--format", "html")
    assert shown_.out == target.read_text("ascii")


def test_a_page_is_about_one_policy(tmp_path: Path) -> None:
    policy(tmp_path, "a", CLEAN)
    policy(tmp_path, "b", CLEAN)
    done = run("check", str(tmp_path), "--format", "html")
    assert (done.status, done.out) == (2, "")
    assert "a page shows one policy, and these are 2" in done.err


@pytest.mark.parametrize("name", ["b.policy", "b.policy.md", "no/such/folder.html", "."])
def test_a_report_is_not_written_just_anywhere(tmp_path: Path, name: str) -> None:
    clean = policy(tmp_path, "a", CLEAN)
    done = run("check", str(clean), "-o", name, cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert name in done.err


def test_a_wrong_policy_leaves_no_page(tmp_path: Path) -> None:
    wrong = policy(tmp_path, "wrong", WRONG)
    target = tmp_path / "page.html"
    assert run("check", str(wrong), "--format", "html", "-o", str(target)).status == 2
    assert not target.exists()


def test_other_formats_can_be_written_to_a_file_too(tmp_path: Path) -> None:
    clash = policy(tmp_path, "clash", CLASH)
    for kind in ("terminal", "json"):
        target = tmp_path / kind
        run("check", str(clash), "--format", kind, "-o", str(target))
        assert target.read_text("utf-8") == run("check", str(clash), "--format", kind).out
