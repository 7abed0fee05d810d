"""``antinomy check``: what is wrong with policies."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load
from verifier.commands.common import (
    PIPED_WIDTH,
    Complaint,
    Exit,
    complain_of_spec,
    refuse_unless_in_force,
    wants_colour,
    width_of,
    worst_of,
)
from verifier.commands.project import Gates, Projects, Ways
from verifier.findings import Severity, worst
from verifier.pipeline import Progress, Report, check_policy
from verifier.registry import by_code
from verifier.render import formats, terminal
from verifier.render.formats import Result, Wrong
from verifier.settings.codes import unknown


def run(options: argparse.Namespace) -> Exit:
    """Check every policy, write the report, and return the status."""
    codes = _codes(options.code)
    projects = Projects(options)
    paths = projects.paths(options.paths)
    if options.format == "html" and len(paths) > 1:
        raise Complaint(
            f"a page shows one policy, and these are {len(paths)}.",
            "Name one of them, or take another --format.",
        )
    target = target_of(options.output)
    projects.tell_passed_over()
    gates = Gates(projects, options, paths)
    results: list[Result] = []
    texts: list[str] = []
    statuses = []
    for path in paths:
        ways = projects.ways(path, codes)
        try:
            policy = load(path, as_of=ways.as_of)
        except SpecError as error:
            complain_of_spec(error)
            results.append(Wrong(path.as_posix(), error.diagnostics))
            statuses.append(Exit.WRONG)
            continue
        refuse_unless_in_force(policy)
        with progress_of(path, options.no_progress) as progress:
            report = check_policy(
                policy,
                ways.bound,
                ways.settings.limits,
                progress,
                codes,
                with_margins=options.full or options.format != "terminal",
                not_run=ways.settings.not_run,
            )
            if options.repairs:
                report = _repaired(report, path, options, ways, progress)
        report = gates.apply(report, ways)
        found = status(report, ways.fail_on)
        said = verdict(found, ways.fail_on, ways.never_by)
        statuses.append(found)
        match options.format:
            case name if name in formats.WHOLE:
                results.append(report)
            case "html":
                texts.append(_page(report, said))
            case _ if target is not None:
                texts.append(_text(report, options, said, PIPED_WIDTH, False))
            case _:
                _write_text(report, options, said, first=len(statuses) == 1)
    if options.format in formats.WHOLE:
        texts.append(formats.whole(options.format, results))
    if target is not None and texts:
        target.write_text("\n\n".join(texts), "utf-8", errors="backslashreplace", newline="\n")
    elif texts:
        sys.stdout.write("".join(texts))
    return worst_of(statuses)


def status(report: Report, fail_on: str) -> Exit:
    """The exit status for one report. ``fail_on`` is the name of a severity, or "never"."""
    gated = [each for each in report.findings if each.code != "X01" and report.gate.counts(each)]
    found = worst(gated)
    if fail_on != "never" and found is not None and found >= Severity[fail_on.upper()]:
        return Exit.FOUND
    passes = not report.unsettled or report.gate.allow_unsettled
    return Exit.CLEAN if passes else Exit.NOT_SETTLED


def verdict(found: Exit, fail_on: str, never_by: str = "'--fail-on never'") -> str:
    """What an exit status means, in words; ``never_by`` says by what no finding fails."""
    match found:
        case Exit.FOUND:
            what = "an error" if fail_on == "error" else f"a {fail_on} or worse"
            return f"Exit status 1: {what} was found."
        case Exit.NOT_SETTLED:
            return "Exit status 3: something was not settled, which is not a pass."
        case _ if fail_on == "never":
            return f"Exit status 0: by {never_by}, no finding fails."
        case _:
            return f"Exit status 0: no {fail_on}{'' if fail_on == 'error' else ' or worse'}."


def _codes(text: str | None) -> list[str] | None:
    if text is None:
        return None
    found = []
    for each in text.split(","):
        check = by_code(each)
        if check is None:
            raise Complaint(*unknown(each))
        if check.on_settings:
            raise Complaint(
                f"{check.code} is about waivers, and told of whole runs only.",
                "Leave out '--code'.",
            )
        found.append(check.code)
    return found


def target_of(output: str | None) -> Path | None:
    """The file that the report is written to, if one is named. A policy is never overwritten."""
    if output is None:
        return None
    path = Path(output)
    if ".policy" in path.suffixes[-2:]:
        raise Complaint(f"{output} has the name of a policy, which a report must not overwrite.")
    if path.is_dir() or not path.parent.is_dir():
        raise Complaint(f"{output} is not a file in a folder that exists.")
    return path


def _repaired(
    report: Report, path: Path, options: argparse.Namespace, ways: Ways, progress: Progress
) -> Report:
    from verifier.repairs.crew import usual_jobs  # processes are slow to import
    from verifier.repairs.search import SpecAt, with_repairs

    jobs = options.jobs or usual_jobs()
    partial = ways.codes is not None or bool(ways.settings.not_run)
    return with_repairs(report, SpecAt(path, ways.as_of), ways.bound, progress, jobs, partial)


def _page(report: Report, verdict: str) -> str:
    from verifier.render.html.document import render  # slow to import

    return render(report, verdict)


def _text(
    report: Report, options: argparse.Namespace, verdict: str, width: int, colour: bool
) -> str:
    return terminal.render(report, width, colour, full=options.full, verdict=verdict)


def _write_text(report: Report, options: argparse.Namespace, verdict: str, first: bool) -> None:
    colour = wants_colour(options.color, sys.stdout)
    text = _text(report, options, verdict, width_of(sys.stdout), colour)
    sys.stdout.write(text if first else f"\n\n{text}")
    sys.stdout.flush()


@contextmanager
def progress_of(path: Path, silent: bool) -> Iterator[Progress]:
    """Shows what is being done, on a terminal only, and takes it away again."""
    if silent or not sys.stderr.isatty():
        yield lambda _what, _done, _of: None
        return
    from rich.console import Console
    from rich.text import Text

    from policy_dsl.diagnostics import printable

    console = Console(stderr=True, markup=False, highlight=False)
    name = printable(path.name)
    with console.status(Text(f"{name}: reading")) as status_line:

        def show(what: str, done: int, of: int) -> None:
            status_line.update(Text(f"{name}: {what} ({done} of {of})"))

        yield show
