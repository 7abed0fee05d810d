"""What the subcommands share: exit statuses, complaints, and where output goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from enum import IntEnum
from typing import TextIO

from policy_dsl.diagnostics import SpecError, printable, render
from policy_dsl.force import Span, say_span, spans
from policy_dsl.model import Policy

PIPED_WIDTH = 80
"""The width of what is not written to a terminal, so that it is the same everywhere."""

_NARROWEST, _WIDEST = 40, 100


class Exit(IntEnum):
    """What the exit status says."""

    CLEAN = 0
    FOUND = 1
    WRONG = 2
    NOT_SETTLED = 3


class Complaint(Exception):
    """The command cannot be carried out; says why in one line, and how to go on.

    ``details`` are lines between the two.
    """

    def __init__(self, message: str, hint: str | None = None, details: Iterable[str] = ()) -> None:
        self.message = message
        self.hint = hint
        self.details = tuple(details)
        super().__init__(message)


def complain(message: str, hint: str | None = None, details: Iterable[str] = ()) -> None:
    """One line on standard error, then details, each on a line, and a hint if there is one."""
    lines = [f"antinomy: {printable(message)}", *(f"  {printable(each)}" for each in details)]
    if hint:
        lines.append(printable(hint))
    print("\n".join(lines), file=sys.stderr)


def complain_of_spec(error: SpecError, result: str = "it was not checked") -> None:
    """The errors of a spec on standard error, each with its place, and what came of it."""
    found = error.diagnostics
    text = "\n\n".join(render(each) for each in found)
    count = "1 error" if len(found) == 1 else f"{len(found)} errors"
    print(f"{text}\n\n{count} in the policy; {result}.", file=sys.stderr)


def refuse_unless_in_force(policy: Policy) -> None:
    """Raises ``Complaint`` where one day is asked about and nothing is in force on it."""
    force = spans(policy)
    day = policy.as_of
    if day is None or not force or any(each.holds(day) for each in force.values()):
        return
    firsts = [each.first for each in force.values() if each.first is not None and not each.never]
    start = min(firsts, default=None)
    raise Complaint(
        f"no clause of {policy.name} is in force {say_span(Span(day, day))}.",
        f"The first takes effect {say_span(Span(start, start))}."
        if start is not None and day < start
        else None,
    )


def worst_of(statuses: Iterable[Exit]) -> Exit:
    """The status for several files: a wrong spec before findings before what is not settled."""
    order = (Exit.WRONG, Exit.FOUND, Exit.NOT_SETTLED, Exit.CLEAN)
    return min(statuses, key=order.index, default=Exit.CLEAN)


def wants_colour(choice: str, stream: TextIO) -> bool:
    """Whether to colour what goes to a stream: as asked, or if it is a terminal that can."""
    if choice != "auto":
        return choice == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain


def width_of(stream: TextIO) -> int:
    """How many columns to fill: what a terminal has, within reason, or a fixed number."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns if stream.isatty() else 0
    except (OSError, ValueError):
        columns = 0
    return max(_NARROWEST, min(columns, _WIDEST)) if columns else PIPED_WIDTH
