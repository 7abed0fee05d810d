"""The command line. What is slow to import is imported by the subcommand that needs it."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NoReturn

from verifier import cli_text as text
from verifier.cli_coverage import COVERAGE, COVERAGE_EXAMPLES, add_coverage
from verifier.cli_diff import DIFF, DIFF_EXAMPLES, add_diff
from verifier.cli_fixtures import FIXTURES, FIXTURES_EXAMPLES, add_fixtures
from verifier.cli_options import (
    add_as_of,
    add_bound,
    add_cache,
    add_colour,
    add_gate,
    add_jobs,
    add_output,
    add_progress,
    add_settings,
    add_today,
)
from verifier.cli_options import positive as _positive
from verifier.cli_oracle import (
    COMPILE,
    COMPILE_EXAMPLES,
    SERVE,
    SERVE_EXAMPLES,
    add_compile,
    add_serve,
)

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class _Parser(argparse.ArgumentParser):
    """Complains in one line, and says where help is."""

    def error(self, message: str) -> NoReturn:
        from verifier.commands.common import complain

        complain(f"{message}.", f"Try '{self.prog} --help'.")
        raise SystemExit(2)

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        # argparse hides errors of writing; a closed pipe is handled in ``main`` instead.
        (file or sys.stderr).write(message)


class _Version(argparse.Action):
    """Prints versions; they are looked up only when they are asked for."""

    def __call__(self, *_args: object, **_more: object) -> NoReturn:
        print(f"antinomy {_version('antinomy')} (z3-solver {_version('z3-solver')})")
        raise SystemExit(0)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "of unknown version"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="antinomy",
        description=text.MAIN,
        epilog=text.MAIN_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show versions and stop")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name: str, about: str, examples: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=f"{about[0].lower()}{about[1:].rstrip('.')}",
            description=about,
            epilog=examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    check = add("check", text.CHECK, text.CHECK_EXAMPLES)
    check.add_argument("paths", nargs="*", metavar="PATH", help=text.PATHS_HELP)
    check.add_argument(
        "--format",
        choices=text.CHECK_FORMATS,
        default="terminal",
        metavar="FORMAT",
        help=f"one of: {', '.join(text.CHECK_FORMATS)} (default: terminal)",
    )
    add_output(check)
    check.add_argument(
        "--also",
        action="append",
        metavar="FORMAT=FILE",
        default=[],
        help="write the report of this run in another format too (again for another)",
    )
    check.add_argument(
        "--fail-on",
        choices=("error", "warning", "note", "never"),
        help="the least severity that makes the exit status 1 (default: error)",
    )
    add_bound(check)
    check.add_argument(
        "--code", metavar="C01,...", help="show findings of these codes or names only"
    )
    check.add_argument(
        "--full",
        "--all-cases",
        action="store_true",
        help="whole quotes, and a whole case for every finding",
    )
    check.add_argument(
        "--repairs",
        action="store_true",
        help="try changes that may mend each finding, and show those that do (takes a while)",
    )
    add_jobs(check)
    add_as_of(check)
    add_gate(check)
    add_cache(check)
    add_progress(check)
    add_colour(check)

    evaluate = add("eval", text.EVAL, text.EVAL_EXAMPLES)
    evaluate.add_argument("spec", metavar="SPEC", help="a .policy file")
    evaluate.add_argument("case", metavar="CASE", help="a JSON file with the case, or - for input")
    evaluate.add_argument(
        "--complete", action="store_true", help="take defaults for what the case leaves out"
    )
    evaluate.add_argument(
        "--why",
        action="append",
        metavar="CLAUSE",
        default=[],
        help="say why this clause is in force or not (again for another)",
    )
    add_as_of(evaluate)
    evaluate.add_argument("--format", choices=("terminal", "json"), default="terminal")
    add_colour(evaluate)

    explain = add("explain", text.EXPLAIN, text.EXPLAIN_EXAMPLES)
    explain.add_argument("code", nargs="?", metavar="CODE", help="a code or a name; none: all")

    trace = add("trace", text.TRACE, text.TRACE_EXAMPLES)
    trace.add_argument("paths", nargs="*", metavar="PATH", help=text.PATHS_HELP)
    trace.add_argument("--format", choices=("terminal", "json"), default="terminal")
    add_colour(trace)
    add_settings(trace)

    baseline = add("baseline", text.BASELINE, text.BASELINE_EXAMPLES)
    baseline.add_argument("paths", nargs="*", metavar="PATH", help=text.PATHS_HELP)
    baseline.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="the file to write (default: what the settings name, or antinomy-baseline.json)",
    )
    add_bound(baseline)
    add_as_of(baseline)
    add_today(baseline)
    add_settings(baseline)

    diff = add("diff", DIFF, DIFF_EXAMPLES)
    add_diff(diff)
    add_as_of(diff)
    add_colour(diff)

    fixtures = add("fixtures", FIXTURES, FIXTURES_EXAMPLES)
    add_fixtures(fixtures)
    add_as_of(fixtures)

    coverage = add("coverage", COVERAGE, COVERAGE_EXAMPLES)
    add_coverage(coverage)
    add_as_of(coverage)
    add_colour(coverage)

    compile_ = add("compile", COMPILE, COMPILE_EXAMPLES)
    add_compile(compile_)
    add_as_of(compile_)

    serve = add("serve-oracle", SERVE, SERVE_EXAMPLES)
    add_serve(serve)
    add_as_of(serve)

    repair = add("repair", text.REPAIR, text.REPAIR_EXAMPLES)
    repair.add_argument("spec", metavar="SPEC", help="a policy")
    repair.add_argument("fingerprint", metavar="FINGERPRINT", help="of the finding, from a report")
    repair.add_argument(
        "--number", type=_positive, metavar="N", help="show the change with this number alone"
    )
    repair.add_argument(
        "--apply", type=_positive, metavar="N", help="make the change with this number, in place"
    )
    add_jobs(repair)
    add_bound(repair)

    fmt = add("fmt", text.FMT, text.FMT_EXAMPLES)
    fmt.add_argument("paths", nargs="*", metavar="PATH", help=text.PATHS_HELP)
    fmt.add_argument("--check", action="store_true", help="change nothing, only say what would")
    fmt.add_argument("--diff", action="store_true", help="change nothing, show the changes")
    add_settings(fmt)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command. Returns its exit status, as ``antinomy COMMAND --help`` describes."""
    if sys.stdout is None or sys.stderr is None:  # they were closed before the start
        sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
        sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # Where the terminal cannot show a character, its number is better than a crash.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        _abandon_output()
        return 141
    except OSError as error:
        from verifier.commands.common import complain

        _abandon_output()
        complain(f"the output cannot be written: {error.strerror}.")
        return 2
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


def _abandon_output() -> None:
    """Python would complain once more when it closes a stream that cannot be written to."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    from verifier.commands.common import Complaint, complain

    module = {"eval": "evaluate"}.get(options.command, options.command.replace("-", "_"))
    try:
        return int(import_module(f"verifier.commands.{module}").run(options))
    except Complaint as complaint:
        complain(complaint.message, complaint.hint, complaint.details)
        return 2
    except OSError:
        raise
    except Exception as fault:
        if os.environ.get("ANTINOMY_DEBUG"):
            raise
        complain(
            f"a fault in antinomy itself: {type(fault).__name__}: {fault}",
            "Please report it; with ANTINOMY_DEBUG=1 it says where it happened.",
        )
        return 70


if __name__ == "__main__":
    sys.exit(main())
