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

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_MAIN = """\
Finds contradictions, gaps and dead letters in written policy.

A finding comes with a case that shows it. Where nothing is found, that is
proved; where it could not be proved, that is said."""

_MAIN_EXAMPLES = """\
examples:
  antinomy check housing.policy             what is wrong with one policy
  antinomy check specs/                     every policy of a folder
  antinomy eval housing.policy case.json    what it says about one case
  antinomy explain C01                      what a finding means
  antinomy fmt housing.policy               put a policy into the one format

'antinomy COMMAND --help' says more about a command.
"""

_CHECK = "Say what is contradictory, missing or dead in policies."
_CHECK_EXAMPLES = """\
examples:
  antinomy check housing.policy
  antinomy check specs/ --fail-on warning
  antinomy check housing.policy --code C01,G01
  antinomy check housing.policy --format json > report.json

exit status:
  0  nothing at or above the severity of --fail-on
  1  something at or above it was found
  2  a policy cannot be read or is wrong, or the command is
  3  something was not settled, and nothing at or above the severity was found
"""

_EVAL = "Say what a policy demands in one case, by which clauses, and why."
_EVAL_EXAMPLES = """\
examples:
  antinomy eval housing.policy case.json
  antinomy eval housing.policy case.json --why B.5
  echo '{"tenant": true}' | antinomy eval housing.policy - --complete

A case is {"facts": {...}, "readings": {...}}: yes/no is true or false, a value
of a list is its name, a set is a list of names, a number is a number, and null
is "not established".

exit status:
  0  all that must be done in the case can be done together
  1  it cannot
  2  the policy or the case cannot be read or is wrong, or the command is
"""

_EXPLAIN = "Say what a code means, and how to mend what it finds."
_EXPLAIN_EXAMPLES = """\
examples:
  antinomy explain                  all codes
  antinomy explain C01
  antinomy explain opposed-duties
  antinomy explain L03              an error in the language of a policy
"""

_FMT = "Put policies into the one format, in place."
_FMT_EXAMPLES = """\
examples:
  antinomy fmt housing.policy
  antinomy fmt specs/ --check       only say what would change
  antinomy fmt specs/ --diff        only show the changes

exit status:
  0  all is in the format now
  1  with --check or --diff: something is not
  2  a file cannot be read, written or parsed and was left as it was, or the
     command is wrong
"""

_PATH_HELP = "a .policy file, or a folder with such files"


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
        description=_MAIN,
        epilog=_MAIN_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show versions and stop")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name: str, text: str, examples: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=f"{text[0].lower()}{text[1:].rstrip('.')}",
            description=text,
            epilog=examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    check = add("check", _CHECK, _CHECK_EXAMPLES)
    check.add_argument("paths", nargs="+", metavar="PATH", help=_PATH_HELP)
    check.add_argument("--format", choices=("terminal", "json"), default="terminal")
    check.add_argument(
        "--fail-on",
        choices=("error", "warning", "note", "never"),
        default="error",
        help="the least severity that makes the exit status 1 (default: error)",
    )
    check.add_argument(
        "--bound",
        type=_positive,
        metavar="N",
        help="how many solver steps a question may take before it counts as not settled",
    )
    check.add_argument(
        "--code", metavar="C01,...", help="show findings of these codes or names only"
    )
    check.add_argument(
        "--full",
        "--all-cases",
        action="store_true",
        help="whole quotes, and a whole case for every finding",
    )
    check.add_argument("--no-progress", action="store_true", help="show no progress")
    _add_colour(check)

    evaluate = add("eval", _EVAL, _EVAL_EXAMPLES)
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
    evaluate.add_argument("--format", choices=("terminal", "json"), default="terminal")
    _add_colour(evaluate)

    explain = add("explain", _EXPLAIN, _EXPLAIN_EXAMPLES)
    explain.add_argument("code", nargs="?", metavar="CODE", help="a code or a name; none: all")

    fmt = add("fmt", _FMT, _FMT_EXAMPLES)
    fmt.add_argument("paths", nargs="+", metavar="PATH", help=_PATH_HELP)
    fmt.add_argument("--check", action="store_true", help="change nothing, only say what would")
    fmt.add_argument("--diff", action="store_true", help="change nothing, show the changes")
    return parser


def _add_colour(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="auto: on a terminal, unless NO_COLOR is set",
    )


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 0 < number < 2**32:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from 1 to {2**32 - 1}")
    return number


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

    module = {"check": "check", "eval": "evaluate", "explain": "explain", "fmt": "fmt"}
    try:
        return int(import_module(f"verifier.commands.{module[options.command]}").run(options))
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
