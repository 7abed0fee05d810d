"""The parts of the documents that are made from the source, so that they cannot drift."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from policy_dsl import build, build_expression, load, parse, resolve_graph
from policy_dsl.diagnostics import CODES
from policy_dsl.language_errors import LANGUAGE_ERRORS
from policy_dsl.words import RESERVED
from verifier import clashes, explore, readings
from verifier.check import Limits
from verifier.cli import _CHECK_EXAMPLES
from verifier.registry import CHECKS
from verifier.solvers.z3_backend import DEFAULT_BOUND


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
    _, _, text = _CHECK_EXAMPLES.partition("exit status:\n")
    rows = re.findall(r"^  (\d+)  (.*)$", text, re.MULTILINE)
    return _table(("status", "meaning"), rows)


def _limits() -> str:
    limits = Limits()
    language: list[tuple[str, int]] = [
        ("characters of a file", parse.LARGEST_FILE),
        ("files of a policy", load.MOST_FILES),
        ("the largest number, by absolute value", build.LARGEST),
        ("levels of brackets and lists inside a condition", build_expression.DEEPEST),
        (
            "clauses and definitions that refer to each other in a chain",
            resolve_graph.LONGEST_CHAIN,
        ),
        ("clauses entangled in circles of priority", resolve_graph.LARGEST_CIRCLE),
        (
            "combinations of readings on which one definition depends",
            resolve_graph.MOST_COMBINATIONS,
        ),
    ]
    checker: list[tuple[str, int]] = [
        ("solver steps for one question (`--bound`)", DEFAULT_BOUND),
        ("sets of clauses that clash in one way", limits.clashes),
        ("regions of one gap", limits.regions),
        ("circles of priority", limits.cycles),
        ("ways in which connected decisions can clash", clashes.MOST_SHAPES),
        ("groups of readings told apart in one finding", explore.MOST_CUBES),
        ("combinations of readings looked at one by one", readings.MOST_COMBINATIONS),
    ]
    rows = [[what, f"{most:,}", "error L12" if most == build.LARGEST else "error L13"]
            for what, most in language]  # fmt: skip
    rows += [[what, f"{most:,}", "the report says so (X01)"] for what, most in checker]
    return _table(("what", "most", "beyond it"), rows)


PARTS: Mapping[str, Callable[[], str]] = {
    "codes": _codes,
    "checks": _checks,
    "errors": _errors,
    "reserved": _reserved,
    "exit": _exit,
    "limits": _limits,
}
"""Every made part by the name that its mark in a document has."""
