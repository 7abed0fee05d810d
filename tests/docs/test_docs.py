"""What the documents say is so: examples load, marked errors occur, beliefs are proved, commands
print what is shown. ``ANTINOMY_RENEW=1`` writes outputs and made parts anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lark import Lark
from lark.grammar import Rule

from policy_dsl.diagnostics import SpecError
from policy_dsl.lark_parser import Failure, ParseTree, parse_declaration
from policy_dsl.literate_format import format_literate
from policy_dsl.load import load, load_text
from policy_dsl.model import Policy
from policy_dsl.pieces import cut
from policy_dsl.source import Source
from policy_dsl.words import EXAMPLES
from tests.docs.made import PARTS, new_page, page_of, spec_of
from tests.docs.snippets import (
    DOCUMENTS,
    RENEW,
    ROOT,
    Block,
    agree,
    blocks,
    policies,
    whole,
    with_formatted_policies,
    with_made_parts,
    with_outputs,
)
from verifier.findings import Severity
from verifier.pipeline import check_policy
from verifier.registry import CHECKS

MANUAL = ROOT / "docs" / "language.md"
GRAMMAR = (ROOT / "policy_dsl" / "grammar.lark").read_text("utf-8")
NEVER_FOUND = {"V01", "E01", "E02", "X01"}
"""What an example must not show unless it says so: its beliefs are true, and not idly."""


def _id(value: Block | Path) -> str:
    return str(value) if isinstance(value, Block) else value.name


def _files(document: Path, folder: Path) -> None:
    """Write the blocks of a document that are files."""
    for block in blocks(document):
        if "file" in block.words:
            (folder / block.words["file"]).write_text(block.text, "utf-8")


def _load(block: Block, folder: Path) -> Policy:
    if "file" not in block.words:
        return load_text(whole(block))
    _files(block.document, folder)
    return load(folder / block.words["file"])


@pytest.mark.parametrize("block", [*policies()], ids=_id)
def test_a_policy_is_what_the_document_says(block: Block, tmp_path: Path) -> None:
    if "error" in block.words:
        with pytest.raises(SpecError) as raised:
            _load(block, tmp_path)
        assert {each.code for each in raised.value.diagnostics} == {block.words["error"]}
        return
    report = check_policy(_load(block, tmp_path))
    if "finds" in block.words:
        found = {each.code for each in report.findings if each.severity > Severity.NOTE}
        assert found == set(block.words["finds"].split(",")), [f.title for f in report.findings]
    else:
        found = {each.code for each in report.findings}
        assert not found & NEVER_FOUND, [each.title for each in report.findings]


@pytest.mark.parametrize(
    "block", [each for document in DOCUMENTS for each in blocks(document, "markdown")], ids=_id
)
def test_a_literate_policy_is_what_the_document_says(block: Block) -> None:
    name = block.words.get("file", "spec.policy.md")
    if "error" in block.words:
        with pytest.raises(SpecError) as raised:
            load_text(block.text, name)
        assert {each.code for each in raised.value.diagnostics} == {block.words["error"]}
        return
    report = check_policy(load_text(block.text, name))
    assert not [each.title for each in report.findings if each.severity > Severity.NOTE]
    assert all(each.quotes for each in report.policy.clauses.values())
    assert format_literate(Source(name, block.text)) == block.text


def test_the_first_policy_is_mended_as_the_readme_says() -> None:
    block = next(each for each in policies() if each.words.get("file") == "visitors.policy")
    mended = block.text.replace("when not badge", "when not badge\n  unless inspector")
    mended += "\nclause V.4 must not admit when age < 18 years unless inspector\n"
    report = check_policy(load_text(mended))
    assert not [each.title for each in report.findings if each.severity > Severity.NOTE]


@pytest.mark.parametrize("document", DOCUMENTS, ids=_id)
def test_commands_print_what_is_shown(document: Path, tmp_path: Path) -> None:
    _files(document, tmp_path)
    (tmp_path / "specs").symlink_to(ROOT / "specs")
    status = 0

    def run(command: str) -> str:
        nonlocal status
        if command == "echo $?":
            return f"{status}\n"
        name, *arguments = command.split()
        assert name == "antinomy", f"the tests run no other command than antinomy: {command}"
        done = subprocess.run(
            [sys.executable, "-m", "verifier.cli", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        status = done.returncode
        return done.stdout

    fresh = with_outputs(document, run)
    assert agree(document, fresh), _difference(document, fresh)


@pytest.mark.parametrize("document", DOCUMENTS, ids=_id)
def test_whole_files_are_in_the_one_format(document: Path) -> None:
    fresh = with_formatted_policies(document)
    assert agree(document, fresh), _difference(document, fresh)


@pytest.mark.parametrize("document", DOCUMENTS, ids=_id)
def test_made_parts_are_those_of_the_source(document: Path) -> None:
    fresh = with_made_parts(document, PARTS)
    assert agree(document, fresh), _difference(document, fresh)


def _difference(document: Path, fresh: str) -> str:
    pairs = zip(document.read_text("utf-8").splitlines(), fresh.splitlines(), strict=False)
    for number, (shown, real) in enumerate(pairs, start=1):
        if shown != real:
            return f"{document.name}:{number} shows {shown!r}, but it is {real!r}"
    return f"{document.name} ends too early or too late"


# --- the manual is complete ---------------------------------------------------------------


def _trees() -> Iterator[ParseTree]:
    for block in blocks(MANUAL, "policy"):
        if "error" not in block.words:
            for piece in cut(block.text).declarations:
                tree = parse_declaration(block.text, piece)
                assert not isinstance(tree, Failure)
                yield tree


def test_the_manual_shows_every_construct() -> None:
    shown = {str(each.data) for tree in _trees() for each in tree.iter_subtrees()}
    rules = Lark(GRAMMAR, parser="lalr").rules
    made = {str(rule.alias or rule.origin.name) for rule in rules if not _inlined(rule)}
    assert not made - shown


def _inlined(rule: Rule) -> bool:
    return rule.alias is None and (rule.options.expand1 or rule.origin.name.startswith("_"))


def test_the_manual_shows_every_word_of_a_choice() -> None:
    kinds = ("FACT_KIND", "SENSE", "NOTE_KIND", "EXPECT_WORD", "REACH", "RELATION")
    shown = {str(token) for tree in _trees() for token in tree.scan_values(lambda _: True)}
    for kind in kinds:
        rule = re.search(rf"^{kind}(?:\.\d+)?: (.*)$", GRAMMAR, re.MULTILINE)
        assert rule is not None
        words = re.findall(r"[a-z-]{3,}|[<>!=]+", rule[1].replace("\\b", ""))
        assert words
        assert not set(words) - shown, kind


def test_the_manual_shows_every_declaration() -> None:
    text = MANUAL.read_text("utf-8")
    assert not [word for word in EXAMPLES if f"`{word}" not in text]


def test_every_code_has_a_page() -> None:
    folder = ROOT / "docs" / "codes"
    wanted = {page_of(check): check for check in CHECKS}
    if RENEW:  # a second run with ANTINOMY_RENEW=1 fills a new page
        for name, check in wanted.items():
            spec = spec_of(check)
            if not (folder / name).exists():
                page = new_page(check, spec if (ROOT / spec).exists() else None)
                (folder / name).write_text(page, "utf-8")
    assert {each.name for each in folder.glob("*.md")} == {"README.md", *wanted}


# --- what documents point to --------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS, ids=_id)
def test_links_lead_somewhere(document: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if path.startswith(("https:", "http:")):
            continue
        there = (document.parent / path).resolve() if path else document
        assert there.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", there.read_text("utf-8"), re.MULTILINE)
            assert anchor in {_anchor(each) for each in headings}, target


def _anchor(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


@pytest.mark.parametrize("document", DOCUMENTS, ids=_id)
def test_targets_of_make_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert not set(re.findall(r"`make ([a-z-]+)", document.read_text("utf-8"))) - targets
