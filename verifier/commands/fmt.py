"""``antinomy fmt``: puts policies into the one format."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import os
import stat
import sys
import tempfile
from pathlib import Path

from policy_dsl.diagnostics import SpecError, printable
from policy_dsl.format import format_file
from policy_dsl.load import Unreadable, project_root, read_source
from policy_dsl.parse import parse
from verifier.commands.common import Complaint, Exit, complain, complain_of_spec, worst_of
from verifier.commands.files import policy_files


def run(options: argparse.Namespace) -> Exit:
    """Format files, or only say which are not in the format."""
    statuses = []
    dry = options.check or options.diff
    for path in policy_files(options.paths, used_too=True):
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
    target = _target(path)
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
        _replace(target, name, after)
        print(f"changed {printable(name)}")
    return True


def _target(path: Path) -> Path:
    """The real file behind a path. A link may not lead out of the project it stands in."""
    try:
        real = path.resolve(strict=True)
        root = project_root(path.parent.resolve() / "any")
    except (OSError, RuntimeError):
        raise Complaint(f"{path} cannot be read.") from None
    if path.is_symlink() and not real.is_relative_to(root):
        raise Complaint(
            f"{path} is a link that leads out of the project.", f"Name the file itself: {real}"
        )
    return real


def _replace(target: Path, name: str, text: str) -> None:
    """Write a file anew, all of it or nothing, with the mode that it had."""
    temporary: str | None = None
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "it is protected from writing")
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise Complaint(f"{name} cannot be written: {error.strerror}.") from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _show_diff(name: str, before: str, after: str) -> None:
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), f"{name} (now)", f"{name} (formatted)", lineterm=""
    )
    found = [printable(line) for line in lines]
    if not found:
        found = [f"{printable(name)}: only the ends of lines or the mark at the start change"]
    sys.stdout.write("\n".join(found) + "\n")
