"""``antinomy check``: what is wrong with policies."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load
from verifier.commands.caching import Caches
from verifier.commands.common import (
    Complaint,
    Exit,
    complain_of_spec,
    refuse_unless_in_force,
    wants_colour,
    width_of,
    worst_of,
)
from verifier.commands.documents import (
    Checked,
    refuse_pages,
    text_of,
    wanted,
    with_margins,
    write,
)
from verifier.commands.gates import Gates
from verifier.commands.project import Projects, Ways
from verifier.findings import Severity, worst
from verifier.pipeline import Progress, Report, check_policy
from verifier.registry import by_code
from verifier.render import terminal
from verifier.render.formats import Wrong
from verifier.settings.codes import unknown


def run(options: argparse.Namespace) -> Exit:
    """Check every policy, write the report, and return the status."""
    codes = _codes(options.code)
    projects = Projects(options)
    paths = projects.paths(options.paths)
    documents = wanted(options)
    refuse_pages(documents, len(paths))
    at_once = documents[0].format == "terminal" and documents[0].target is None
    projects.tell_passed_over()
    gates = Gates(projects, options, paths, codes)
    caches = Caches(options)
    checked: list[Checked] = []
    statuses = []
    for path in paths:
        ways = projects.ways(path)
        try:
            policy = load(path, as_of=ways.as_of)
        except SpecError as error:
            complain_of_spec(error)
            checked.append(Checked(result=Wrong(path.as_posix(), error.diagnostics)))
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
                with_margins=with_margins(documents, options.full),
                not_run=ways.settings.not_run,
                cache=caches.of(ways.settings),
            )
            if options.repairs:
                report = _repaired(report, path, options, ways, progress)
        report = gates.apply(report, ways)
        found = status(report, ways.fail_on)
        aside = not all(report.gate.counts(each) for each in report.findings)
        said = verdict(found, ways.fail_on, ways.never_by, aside)
        statuses.append(found)
        checked.append(Checked(result=report, verdict=said))
        if at_once:
            _write_text(report, options, said, first=len(statuses) == 1)
    for each in documents[1:] if at_once else documents:
        text = text_of(each.format, checked, options.full)
        if each.target is None:
            sys.stdout.write(text)
        else:
            write(each.target, text)
    if not caches.finish():
        statuses.append(Exit.WRONG)
    return worst_of(statuses)


def status(report: Report, fail_on: str) -> Exit:
    """The exit status for one report. ``fail_on`` is the name of a severity, or "never"."""
    gated = [each for each in report.findings if each.code != "X01" and report.gate.counts(each)]
    found = worst(gated)
    if fail_on != "never" and found is not None and found >= Severity[fail_on.upper()]:
        return Exit.FOUND
    passes = not report.unsettled or report.gate.allow_unsettled
    return Exit.CLEAN if passes else Exit.NOT_SETTLED


def verdict(
    found: Exit, fail_on: str, never_by: str = "'--fail-on never'", aside: bool = False
) -> str:
    """What an exit status means, in words; ``never_by`` says by what no finding fails, and
    ``aside`` whether there are findings that do not count."""
    match found:
        case Exit.FOUND:
            what = "an error" if fail_on == "error" else f"a {fail_on} or worse"
            return f"Exit status 1: {what} was found."
        case Exit.NOT_SETTLED:
            return "Exit status 3: something was not settled, which is not a pass."
        case _ if fail_on == "never":
            return f"Exit status 0: by {never_by}, no finding fails."
        case _:
            worse = "" if fail_on == "error" else " or worse"
            return f"Exit status 0: no {fail_on}{worse}{' that counts' if aside else ''}."


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


def _repaired(
    report: Report, path: Path, options: argparse.Namespace, ways: Ways, progress: Progress
) -> Report:
    from verifier.repairs.crew import usual_jobs  # processes are slow to import
    from verifier.repairs.search import SpecAt, with_repairs

    jobs = options.jobs or usual_jobs()
    partial = options.code is not None or bool(ways.settings.not_run)
    return with_repairs(report, SpecAt(path, ways.as_of), ways.bound, progress, jobs, partial)


def _write_text(report: Report, options: argparse.Namespace, verdict: str, first: bool) -> None:
    colour = wants_colour(options.color, sys.stdout)
    text = terminal.render(report, width_of(sys.stdout), colour, options.full, verdict)
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
