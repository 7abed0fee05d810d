"""Processes as the page shows them: a drawing, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policy_dsl.model import Policy
from policy_dsl.wording import blank
from verifier.exhibits import ProcessMap, ProcessStep
from verifier.render.exhibit_words import by_whom, reached_words
from verifier.render.html.diagram import Drawing, draw
from verifier.render.html.marks import anchor
from verifier.render.sentences import sentence, sentence_start


@dataclass(frozen=True, kw_only=True)
class StateView:
    """A state in words: ``remark`` says what is special about it."""

    name: str
    said: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class StepView:
    """A step in words; ``way`` says from where it leads where."""

    name: str
    said: str
    way: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class ProcessView:
    """A process; without a drawing where it is too large to be drawn."""

    anchor: str
    title: str
    name: str
    drawing: Drawing | None
    states: tuple[StateView, ...]
    steps: tuple[StepView, ...]


def process_views(policy: Policy, maps: Sequence[ProcessMap]) -> dict[str, ProcessView]:
    """The processes of a report by name."""
    return {each.name: _view(policy, each) for each in maps}


def _view(policy: Policy, process: ProcessMap) -> ProcessView:
    phrases: Mapping[str, str] = {
        each.name: each.phrase or blank(each.name) for each in process.states
    }
    return ProcessView(
        anchor=anchor("process", process.name),
        title=sentence_start(process.title or blank(process.name)),
        name=process.name,
        drawing=draw(process),
        states=tuple(
            StateView(
                name=each.name,
                said=sentence_start(phrases[each.name]),
                remark="; ".join(
                    said
                    for said in (
                        "start" if each.start else "",
                        "end" if each.end else "",
                        reached_words(each.reached, "comes to"),
                    )
                    if said
                ),
            )
            for each in process.states
        ),
        steps=tuple(
            StepView(
                name=each.name,
                said=sentence(f"{each.phrase or blank(each.name)}{by_whom(policy, each.by)}"),
                way=_way(each, phrases),
                remark=sentence(reached_words(each.reached, "takes")) if not each.reached else "",
            )
            for each in process.steps
        ),
    )


def _way(step: ProcessStep, phrases: Mapping[str, str]) -> str:
    sources = "; or ".join(phrases.get(each, blank(each)) for each in step.sources)
    if step.sources == (step.target,):
        return f"The state stays: {sources}."
    return f"From: {sources}. To: {phrases.get(step.target, blank(step.target))}."
