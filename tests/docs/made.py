"""The parts of the documents that are made from the source, so that they cannot drift."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from typing import Any

from policy_dsl import (
    build,
    build_expression,
    groups,
    load,
    parse,
    resolve_breaches,
    resolve_depth,
    resolve_graph,
    resolve_processes,
    rules,
)
from policy_dsl.diagnostics import CODES
from policy_dsl.language_errors import LANGUAGE_ERRORS
from policy_dsl.words import RESERVED
from tests.docs.snippets import ROOT, blocks
from verifier import clashes, explore, process_graph, readings, swing
from verifier import groups as needs
from verifier.check import Check
from verifier.cli import main
from verifier.pipeline import check_policy
from verifier.registry import CHECKS
from verifier.render import json_v1, sarif
from verifier.render.sarif_types import ResultDict
from verifier.shared import Limits
from verifier.solvers.backend import DEFAULT_BOUND


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _codes() -> str:
    rows = [[each.code, each.name, each.question, str(each.severity)] for each in CHECKS]
    return _table(("code", "name", "the question", "weighs"), rows)


def _checks() -> str:
    return "".join(
        f"\n## {each.code} {each.name}\n\n*{each.question}* ({each.severity})\n"
        f"\n{each.documentation.strip()}\n"
        for each in CHECKS
    ).lstrip("\n")


def _check(check: Check[Any]) -> str:
    asked = f"*{check.question}* (weighs as {check.severity})"
    return f"# {check.code} {check.name}\n\n{asked}\n\n{check.documentation.strip()}\n"


def spec_of(check: Check[Any]) -> str:
    """The path of the faulty spec of a check; one about settings has a folder of its own."""
    name = f"{check.code}-{check.name}"
    folder = f"{name}/" if check.on_settings else ""
    return f"specs/faulty/{folder}{name}.policy"


def _spec(check: Check[Any]) -> str:
    path = ROOT / spec_of(check)
    shown = [path, *([path.parent / "antinomy.toml"] if check.on_settings else [])]
    return "\nwith these settings beside it:\n\n".join(
        f"```text\n{each.read_text('utf-8')}```\n" for each in shown
    )


def _code_index() -> str:
    rows = [[f"[{c.code}]({page_of(c)})", c.name, c.question] for c in CHECKS]
    return _table(("code", "name", "the question"), rows)


def page_of(check: Check[Any]) -> str:
    """The name of the page about a check."""
    return f"{check.code}-{check.name}.md"


def new_page(check: Check[Any], spec: str | None) -> str:
    """The page about a check as it is first written, before its output is put in."""
    shown = ""
    if spec is not None:
        shown = (
            f"\nA small policy in which it is found, [{spec}](../../{spec}):\n\n"
            f"<!-- made: {check.code.lower()}-spec -->\n<!-- end -->\n\n"
            f"What is said of it:\n\n```console\n$ antinomy check {spec}\n```\n"
        )
    part = f"<!-- made: {check.code.lower()} -->\n<!-- end -->\n"
    return f"{part}{shown}\n[All codes](README.md) | [The manual](../README.md)\n"


def _errors() -> str:
    rows = [[code, name, LANGUAGE_ERRORS[code].meaning] for code, name in CODES.items()]
    return _table(("code", "name", "what it means"), rows)


def _reserved() -> str:
    words = sorted(RESERVED)
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 90:
            lines.append(line.rstrip())
            line = ""
        line += f"`{word}` "
    return "\n".join([*lines, line.rstrip(), ""])


def _exit() -> str:
    with redirect_stdout(StringIO()) as said:
        main(["check", "--help"])
    rows = re.findall(r"^  (\d+)  (.*)$", said.getvalue(), re.MULTILINE)
    return _table(("status", "meaning"), rows)


def _limits() -> str:
    limits = Limits()
    refused, unsettled = "error L13", "the report says so (X01)"
    rows: list[tuple[str, int, str]] = [
        ("characters of a file", parse.LARGEST_FILE, refused),
        ("files of a policy", load.MOST_FILES, "error L07"),
        ("the largest number, by absolute value", build.LARGEST, "error L12"),
        ("levels of brackets and lists inside a condition", build_expression.DEEPEST, refused),
        (
            "clauses and definitions that refer to each other in a chain",
            resolve_graph.LONGEST_CHAIN,
            refused,
        ),
        (
            "levels of a condition together with all that it refers to",
            resolve_depth.DEEPEST_IN_ALL,
            refused,
        ),
        (
            "actions of decisions of which it is asked whether they are done",
            resolve_breaches.MOST_DEEDS,
            refused,
        ),
        ("clauses entangled in circles of priority", resolve_graph.LARGEST_CIRCLE, refused),
        (
            "pairs of clauses that the rules for clashes settle",
            rules.MOST_SETTLED,
            refused,
        ),
        (
            "combinations of readings on which one definition depends",
            resolve_graph.MOST_COMBINATIONS,
            refused,
        ),
        ("solver steps for one question (`--bound`)", DEFAULT_BOUND, unsettled),
        ("sets of clauses that clash in one way", limits.clashes, unsettled),
        ("regions of one gap", limits.regions, unsettled),
        ("outcomes of one step of a process", resolve_processes.MOST_OUTCOMES, refused),
        ("situations of one process", process_graph.MOST_NODES, unsettled),
        ("ways to take a step of one process", process_graph.MOST_TAKEN, unsettled),
        ("circles of priority", limits.cycles, unsettled),
        ("ways in which connected decisions can clash", clashes.MOST_SHAPES, unsettled),
        ("ways to use some units of a resource", groups.MOST_WAYS, unsettled),
        ("different needs of a resource", needs.MOST_LEVELS, unsettled),
        ("groups of readings told apart in one finding", explore.MOST_CUBES, unsettled),
        (
            "what others may decide, looked at in one question of control",
            swing.MOST_ROUNDS,
            unsettled,
        ),
        (
            "combinations of readings told apart one by one",
            readings.MOST_COMBINATIONS,
            "readings are told more coarsely, or X01",
        ),
    ]
    shown = [(what, f"{most:,}", beyond) for what, most, beyond in rows]
    return _table(("what", "most", "beyond it"), shown)


def _sarif() -> ResultDict:
    """The first result of the policy on the page about SARIF."""
    block = next(blocks(ROOT / "docs" / "sarif.md", "policy"))
    report = check_policy(load.load_text(block.text, block.words["file"]))
    return sarif.document([report])["runs"][0]["results"][0]


def _sarif_message() -> str:
    return f"```text\n{_sarif()['message']['text']}\n```\n"


def _sarif_result() -> str:
    told = ("message", "relatedLocations", "properties")
    rest = {name: each for name, each in _sarif().items() if name not in told}
    return f"```json\n{json_v1.dump(rest)}```\n"


PARTS: Mapping[str, Callable[[], str]] = {
    "codes": _codes,
    "checks": _checks,
    "code-index": _code_index,
    "errors": _errors,
    "reserved": _reserved,
    "exit": _exit,
    "limits": _limits,
    "sarif-message": _sarif_message,
    "sarif-result": _sarif_result,
    **{each.code.lower(): partial(_check, each) for each in CHECKS},
    **{f"{each.code.lower()}-spec": partial(_spec, each) for each in CHECKS},
}
"""Every made part by the name that its mark in a document has."""
