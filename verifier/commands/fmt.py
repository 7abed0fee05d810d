"""``antinomy fmt``: puts policies into the one format."""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path

from policy_dsl.diagnostics import SpecError, printable
from policy_dsl.format import format_file
from policy_dsl.load import Unreadable, read_source
from policy_dsl.parse import parse
from policy_dsl.paths import is_literate
from policy_dsl.source import Source
from verifier.commands.common import Complaint, Exit, complain, complain_of_spec, worst_of
from verifier.commands.project import Projects
from verifier.commands.writing import real_file, replace_file


def run(options: argparse.Namespace) -> Exit:
    """Format files, or only say which are not in the format."""
    statuses = []
    dry = options.check or options.diff
    for path in Projects(options).paths(options.paths, used_too=True):
        try:
            changed = _format(path, dry, options.diff)
        except SpecError as error:
            complain_of_spec(error, "it was left as it was")
            statuses.append(Exit.WRONG)
        except Complaint as complaint:
            complain(complaint.message, complaint.hint, complaint.details)
            statuses.append(Exit.WRONG)
        else:
            statuses.append(Exit.FOUND if changed and dry else Exit.CLEAN)
    return worst_of(statuses)


def _format(path: Path, dry: bool, diff: bool) -> bool:
    """Format one file; returns whether it was, or would be, changed."""
    name = path.as_posix()
    target = real_file(path)
    try:
        source = read_source(target, name)
        before = target.read_bytes()
    except (Unreadable, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise Complaint(f"{name} cannot be read: {reason}.") from None
    tree, problems = parse(source)
    if problems:
        raise SpecError(problems)
    try:
        if is_literate(name):
            from policy_dsl.literate_format import format_literate

            after = format_literate(Source(name, before.decode("utf-8")))
        else:
            after = format_file(source, tree)
    except ValueError as error:
        raise Complaint(f"{name} cannot be formatted: {error}") from None
    if after.encode("utf-8") == before:
        return False
    if diff:
        _show_diff(name, source.text, after)
    elif dry:
        print(f"would change {printable(name)}")
    if not dry:
        replace_file(target, name, after.encode("utf-8"))
        print(f"changed {printable(name)}")
    return True


def _show_diff(name: str, before: str, after: str) -> None:
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), f"{name} (now)", f"{name} (formatted)", lineterm=""
    )
    found = [printable(line) for line in lines]
    if not found:
        found = [f"{printable(name)}: only the ends of lines or the mark at the start change"]
    sys.stdout.write("\n".join(found) + "\n")
