"""Options that several commands have, and what they take."""

from __future__ import annotations

import argparse
from datetime import date


def positive(text: str) -> int:
    """A whole number from 1. Raises ``ArgumentTypeError``."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 0 < number < 2**32:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from 1 to {2**32 - 1}")
    return number


def day(text: str) -> date:
    """A day. Raises ``ArgumentTypeError``."""
    try:
        if len(text) != len("2017-02-21"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        problem = f"'{text}' is not a day, such as 2017-02-21"
        raise argparse.ArgumentTypeError(problem) from None


def add_today(parser: argparse.ArgumentParser) -> None:
    """``--today``: a day in place of the clock's."""
    parser.add_argument(
        "--today",
        type=day,
        metavar="DATE",
        help="the day by which waivers expire (default: the clock's)",
    )


def add_settings(parser: argparse.ArgumentParser) -> None:
    """``--config`` and ``--no-config``: which settings count."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--config",
        metavar="FILE",
        help="take the settings of this file (default: antinomy.toml, or [tool.antinomy] in "
        "pyproject.toml, of the policy's project); the command line counts before them",
    )
    either.add_argument("--no-config", action="store_true", help="take no settings")


def add_gate(parser: argparse.ArgumentParser) -> None:
    """What lets findings pass: a baseline, waivers by the day, and leave for open questions."""
    parser.add_argument(
        "--allow-unsettled",
        action="store_true",
        help="let the run pass where something is not settled; the report says so",
    )
    parser.add_argument(
        "--baseline",
        metavar="FILE",
        help="let the findings pass that stand in this file; 'antinomy baseline' writes it",
    )
    add_today(parser)
    add_settings(parser)


def add_cache(parser: argparse.ArgumentParser) -> None:
    """Where results are kept between runs, and whether they are taken up."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--cache",
        metavar="DIR",
        help="keep results in this folder, and take up those of earlier runs that still count; the "
        "report is the same (default: the variable ANTINOMY_CACHE, the settings, or none)",
    )
    either.add_argument("--no-cache", action="store_true", help="neither keep nor take up results")
    parser.add_argument(
        "--verify-cache",
        action="store_true",
        help="find everything anew, and compare it with what was kept",
    )
    parser.add_argument("--verbose", action="store_true", help="say how many results were taken up")


def add_colour(parser: argparse.ArgumentParser) -> None:
    """``--color``: whether a terminal is written to in colours."""
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="auto: on a terminal, unless NO_COLOR is set",
    )


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """``--as-of``: the law of one day."""
    parser.add_argument(
        "--as-of",
        type=day,
        metavar="DATE",
        help="ask about the law of one day (year-month-day), not about all the time in which the "
        "policy is in force",
    )


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """``--jobs``: in how many processes repairs are looked for."""
    parser.add_argument(
        "--jobs",
        type=positive,
        metavar="N",
        help="in how many processes repairs are looked for (default: one a processor, at most 8)",
    )


def add_bound(parser: argparse.ArgumentParser) -> None:
    """``--bound``: how much work a question may take."""
    parser.add_argument(
        "--bound",
        type=positive,
        metavar="N",
        help="how many solver steps a question may take before it counts as not settled",
    )


def add_progress(parser: argparse.ArgumentParser) -> None:
    """``--no-progress``."""
    parser.add_argument("--no-progress", action="store_true", help="show no progress")


def add_output(parser: argparse.ArgumentParser) -> None:
    """``--output``: where a report goes."""
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write the report to a file, not to the terminal"
    )
