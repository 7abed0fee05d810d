"""The numbers as a page: printed, and kept in RESULTS.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version

from benchmarks.memo import MemoTimes
from benchmarks.pairs import Race
from benchmarks.processes import ProcessTimes

MEMO_AIM = 2.0
HELP_AIM = 0.3
RATIO_AIM = 50
AIMED_CLAUSES = 1000

_INTRO = """\
# Benchmarks

Made by `make bench`; kept by `python -m benchmarks --keep`. All times are seconds of processor
time, not of the clock. They differ from machine to machine, and by a tenth or two from run to
run; read the shares and ratios rather than the seconds.
"""

_PAIRS = """\
## Contradictions in large policies, against asking for every pair

Consistent policies made from a seed (`benchmarks/synthetic.py`): no two clauses ever apply
together, so every question has to be answered "never", with proof. *Antinomy* is the checks C01
to C04 with all that they need. *Every pair* is one z3 solver in which each clause's condition
stands under a name, asked once for each two clauses whose effects clash; same encoding of
conditions, same settings, and what it learns it keeps. It looks for less: two clauses at a time,
no priorities, no readings. Reading the text is the same for both and in neither.
"""

_POLICIES = """\
- *Grid*: one action, three whole numbers, boxes of one size.
- *Splits*: the same, with boxes of many sizes, as a table grows when rules are refined.
- *Slanted*: the same over sums of the numbers, `a + b`, `b + c` and `c`.
- *Mixed*: 60 facts (numbers, lists of values, yes/no), 20 actions in ten decisions, six modal
  words; the clauses of a decision are boxes over eight of the facts.

Antinomy first compares the bounds that each clause sets to facts and to sums of facts. In these
policies they settle everything, and the solver is not asked for any pair.
"""


def page(memo: MemoTimes, races: Sequence[Race], processes: Sequence[ProcessTimes]) -> str:
    """Everything, as Markdown that can be read as it is."""
    parts = (_setting(), _memo(memo), _PAIRS, _races(races), _POLICIES, _processes(processes))
    return "\n".join((_INTRO, *parts))


def _processes(processes: Sequence[ProcessTimes]) -> str:
    rows = [
        [
            str(each.states),
            str(each.steps),
            str(each.facts),
            f"{each.questions:,}",
            _seconds(each.seconds),
        ]
        for each in processes
    ]
    return "\n".join(
        (
            "## Processes: dead states, traps, permissions that come too late\n",
            "Stations at which somebody decides, with ways back (`benchmarks/processes.py`); the "
            "checks U03, U04 and U05.\n",
            _table(("states", "steps", "facts", "questions", "seconds"), rows),
        )
    )


def _setting() -> str:
    cores = os.cpu_count() or 1
    said = "one core" if cores == 1 else f"{cores} cores"
    packages = ", ".join(f"{name} {version(name)}" for name in ("z3-solver", "lark", "rich"))
    return (
        f"Measured on {date.today().isoformat()} on {platform.machine()} with {said}, "
        f"{platform.system()}, {platform.python_implementation()} {platform.python_version()}, "
        f"{packages}.\n"
    )


def _memo(memo: MemoTimes) -> str:
    rows = [
        [name, _seconds(seconds), f"{seconds / memo.total:.0%}"]
        for name, seconds in memo.steps.items()
        if seconds >= 0.005
    ]
    small = sum(seconds for seconds in memo.steps.values() if seconds < 0.005)
    rows.append(["everything else", _seconds(small), f"{small / memo.total:.0%}"])
    rows.append(["**in all**", f"**{_seconds(memo.total)}**", ""])
    commands = [
        ["`antinomy check` on the memo", _seconds(memo.command), _aim(memo.command, MEMO_AIM)],
        ["`antinomy --help`", _seconds(memo.help), _aim(memo.help, HELP_AIM)],
    ]
    return "\n".join(
        (
            "## The whole memo, all checks, each time in a fresh process\n",
            f"Medians of {memo.runs} runs.\n",
            _table(("command", "seconds", "aim"), commands),
            "Where the time of a check goes:\n",
            _table(("step", "seconds", "share"), rows),
        )
    )


def _aim(seconds: float, aim: float) -> str:
    return f"under {aim:g}: {'met' if seconds < aim else 'MISSED'}"


def _races(races: Sequence[Race]) -> str:
    rows = [
        [
            each.name,
            f"{each.clauses:,}",
            _seconds(each.ours),
            f"{each.pairs:,}",
            _seconds(each.theirs),
            f"**{each.ratio:.{0 if each.ratio >= 10 else 1}f}**",
            _seconds(each.read),
        ]
        for each in races
    ]
    head = ("policy", "clauses", "antinomy", "pairs", "every pair", "ratio", "read")
    aimed = [each for each in races if each.clauses == AIMED_CLAUSES]
    said = [f"{each.name} {'met' if each.ratio >= RATIO_AIM else 'MISSED'}" for each in aimed]
    aim = f"Aim with {AIMED_CLAUSES:,} clauses: {RATIO_AIM} times faster: {', '.join(said)}.\n"
    return "\n".join((_table(head, rows), aim if aimed else ""))


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f}" if seconds < 10 else f"{seconds:.1f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns line up; numbers stand to the right."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    numeric = [i > 0 and all(_is_number(row[i]) for row in rows) for i in range(len(head))]

    def written(line: Sequence[str]) -> str:
        cells = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ]
        return f"| {' | '.join(cells)} |"

    rule = [
        "-" * (width - 1) + ":" if right else "-" * width
        for width, right in zip(widths, numeric, strict=True)
    ]
    return "\n".join((written(lines[0]), written(rule), *map(written, lines[1:]), ""))


def _is_number(cell: str) -> bool:
    return not cell or cell.strip("*%").replace(",", "").replace(".", "").isdigit()
