"""``antinomy explain``: what a code means."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterator

from policy_dsl.diagnostics import CODES, Code, did_you_mean
from policy_dsl.language_errors import LANGUAGE_ERRORS, language_error
from verifier.check import Check
from verifier.commands.common import Complaint, Exit, width_of
from verifier.registry import CHECKS, by_code


def run(options: argparse.Namespace) -> Exit:
    """Print the explanation of a code, or a list of all codes."""
    width = width_of(sys.stdout)
    lines = _list(width) if options.code is None else _explain(options.code, width)
    sys.stdout.write("\n".join(lines) + "\n")
    return Exit.CLEAN


def _explain(name: str, width: int) -> Iterator[str]:
    check, code = by_code(name), language_error(name)
    if check is not None:
        yield from _check(check, width)
    elif code is not None:
        yield from _language(code, width)
    else:
        known = [*(c.code for c in CHECKS), *(c.name for c in CHECKS), *CODES, *CODES.values()]
        near = did_you_mean(name.strip(), known)
        hint = f"Did you mean '{near}'? " if near else ""
        raise Complaint(
            f"no code or name '{name}' is known.", f"{hint}'antinomy explain' lists all."
        )


def _check(check: Check[object], width: int) -> Iterator[str]:
    yield f"{check.code} {check.name} ({check.severity})"
    yield ""
    yield from textwrap.wrap(check.question, width)
    yield ""
    yield from _paragraphs(check.documentation, width)


def _paragraphs(text: str, width: int) -> Iterator[str]:
    """The text, filled to the width; what is indented stays as it is."""
    for number, paragraph in enumerate(text.strip("\n").split("\n\n")):
        if number:
            yield ""
        lines = paragraph.split("\n")
        if any(line.startswith((" ", "- ", "* ", "|")) for line in lines):
            yield from lines
        else:
            yield from textwrap.wrap(paragraph, width)


def _language(code: Code, width: int) -> Iterator[str]:
    error = LANGUAGE_ERRORS[code]
    yield f"{code} {CODES[code]} (error in the language of a policy)"
    yield ""
    yield from textwrap.wrap(error.meaning, width)
    for lead, example in (("Wrong:", error.faulty), ("Right:", error.mended)):
        if example:
            yield ""
            yield lead
            yield from (f"  {line}" for line in example.split("\n"))


def _list(width: int) -> Iterator[str]:
    yield "What is checked, in the order in which it is told:"
    yield ""
    for check in CHECKS:
        yield f"{check.code}  {check.name} ({check.severity})"
        yield from textwrap.wrap(
            check.question, width, initial_indent="     ", subsequent_indent="     "
        )
    yield ""
    yield "Errors in the language of a policy:"
    yield ""
    for code, name in CODES.items():
        yield f"{code}  {name}"
    yield ""
    yield "'antinomy explain CODE' says more about each."
