"""Processes as text: their states and steps, and which of them no run comes to."""

from __future__ import annotations

from collections.abc import Sequence

from policy_dsl.model import Policy
from policy_dsl.wording import blank
from verifier.exhibits import ProcessMap, ProcessState, ProcessStep
from verifier.render.blocks import listed
from verifier.render.exhibit_words import by_whom, reached_words
from verifier.render.page import Page
from verifier.render.summary import count


def show_processes(page: Page, policy: Policy, processes: Sequence[ProcessMap], full: bool) -> None:
    """Each process; in short, only its states and steps that not every run could come to."""
    if not processes:
        return
    page.heading("Processes")
    for number, each in enumerate(processes):
        if number:
            page.blank()
        _show(page, policy, each, full)
    if not full:
        page.line(("'--full' lists all states and steps.", "quiet"))


def _show(page: Page, policy: Policy, process: ProcessMap, full: bool) -> None:
    size = f"{count(len(process.states), 'state')}, {count(len(process.steps), 'step')}"
    title = process.title or blank(process.name)
    page.line((title, "strong"), (f" ({process.name}): ", "quiet"), size)
    states = [each for each in process.states if full or not each.reached]
    steps = [each for each in process.steps if full or not each.reached]
    if full:
        page.line("States:", indent=2)
    for state in states:
        _show_state(page, state, 4 if full else 2)
    if full:
        page.line("Steps:", indent=2)
    for step in steps:
        _show_step(page, policy, step, 4 if full else 2)
    if not states and not steps:
        page.line("Some run comes to each of them.", indent=2)


def _show_state(page: Page, state: ProcessState, indent: int) -> None:
    said = [word for word, so in (("start", state.start), ("end", state.end)) if so]
    said += [words] if (words := reached_words(state.reached, "comes to")) else []
    tail = f": {'; '.join(said)}" if said else ""
    page.item(state.phrase, (f" ({state.name})", "quiet"), tail, indent=indent)


def _show_step(page: Page, policy: Policy, step: ProcessStep, indent: int) -> None:
    words = reached_words(step.reached, "takes")
    tail = f"; {words}" if words else ""
    page.item(
        f"{step.phrase}{by_whom(policy, step.by)}",
        (f" ({step.name})", "quiet"),
        f": from {listed(step.sources, 'or')} to {step.target}{tail}",
        indent=indent,
    )
