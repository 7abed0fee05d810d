"""Exhibits as the page shows them: persons in a table, a run in a drawing, a line of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, assert_never

from policy_dsl.model import Policy
from policy_dsl.wording import blank
from verifier.exhibits import Exhibit, Mark, Persons, Run, Timeline
from verifier.render.exhibit_words import after, by_whom, cases_of, of_resource, process_title
from verifier.render.html.cases import CaseTable, case_table
from verifier.render.html.diagram import Arrow, Drawing, numbers_of
from verifier.render.html.lettering import width_of
from verifier.render.html.marks import Link, clause_anchor
from verifier.render.html.process_view import ProcessView
from verifier.render.sentences import in_common, sentence, sentence_start, together
from verifier.witness import Witness


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """One of the persons: what only of this one is so, and what follows for them."""

    label: str
    count: str
    statements: tuple[str, ...]
    example: str
    said: str


@dataclass(frozen=True, kw_only=True)
class PersonsView:
    """Several persons; ``shared`` is so of each of them."""

    resource: str
    shared: tuple[str, ...]
    members: tuple[PersonView, ...]
    cases: CaseTable | None
    kind: Literal["persons"] = "persons"


@dataclass(frozen=True, kw_only=True)
class StageView:
    """A stage of a run, and the step that is taken then."""

    name: str
    said: str
    step: str
    step_name: str
    changes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """An arrow of the drawing that a run takes, and which of its steps it is then."""

    arrow: Arrow
    label: str

    @property
    def width(self) -> float:
        """How wide the ground of the label is."""
        return width_of(self.label) + 10


@dataclass(frozen=True, kw_only=True)
class RunView:
    """A run; ``passed`` are the states it comes to, ``taken`` its arrows in the drawing."""

    title: str
    process: str
    base: str
    drawing: Drawing | None
    passed: tuple[str, ...]
    taken: tuple[Taken, ...]
    statements: tuple[str, ...]
    example: str
    stages: tuple[StageView, ...]
    said: str
    cases: CaseTable | None
    kind: Literal["run"] = "run"


@dataclass(frozen=True, kw_only=True)
class MarkView:
    """A point in time. ``gap`` says how far it is from the one before, from 0 to 4."""

    when: str
    what: str
    clause: Link | None
    kind: str
    gap: int


@dataclass(frozen=True, kw_only=True)
class TimelineView:
    """Points in time, one under the other."""

    statements: tuple[str, ...]
    example: str
    marks: tuple[MarkView, ...]
    said: str
    cases: CaseTable | None
    kind: Literal["timeline"] = "timeline"


ExhibitView = PersonsView | RunView | TimelineView


def exhibit_view(
    policy: Policy, shown: Exhibit, processes: Mapping[str, ProcessView]
) -> ExhibitView:
    """What shows a fault beyond one case, ready to be shown."""
    match shown:
        case Persons():
            return _persons(policy, shown)
        case Run():
            return _run(policy, shown, processes.get(shown.process))
        case Timeline():
            return TimelineView(
                statements=_sentences(shown.witness.statements),
                example=_example(policy, shown.witness),
                marks=_marks(policy, shown.marks),
                said=sentence(shown.said),
                cases=case_table(policy, cases_of(shown)),
            )
        case _:
            assert_never(shown)


def _persons(policy: Policy, shown: Persons) -> PersonsView:
    shared = in_common([each.witness.statements for each in shown.members])
    several = any(each.count > 1 for each in shown.members)
    return PersonsView(
        resource=of_resource(shown),
        shared=_sentences(shared),
        members=tuple(
            PersonView(
                label=sentence_start(each.label),
                count=f"{each.count} of this kind" if several else "",
                statements=_sentences([s for s in each.witness.statements if s not in shared]),
                example=_example(policy, each.witness),
                said=sentence(each.said) if each.said else "",
            )
            for each in shown.members
        ),
        cases=case_table(policy, cases_of(shown)),
    )


def _run(policy: Policy, shown: Run, process: ProcessView | None) -> RunView:
    drawing = None if process is None else process.drawing
    order: dict[tuple[str, str], list[int]] = {}
    for number, (one, two) in enumerate(pairwise(shown.stages), start=1):
        order.setdefault((one.state, two.state), []).append(number)
    arrows = () if drawing is None else drawing.arrows
    return RunView(
        title=sentence_start(process_title(policy, shown.process)),
        process="" if process is None else process.anchor,
        base="" if process is None else f"{process.anchor}-drawing",
        drawing=drawing,
        passed=tuple(dict.fromkeys(each.state for each in shown.stages)),
        taken=tuple(
            Taken(arrow=each, label=numbers_of(order[each.source, each.target]))
            for each in arrows
            if (each.source, each.target) in order
        ),
        statements=_sentences(shown.start.statements),
        example=_example(policy, shown.start),
        stages=tuple(
            StageView(
                name=each.state,
                said=sentence_start(each.phrase or blank(each.state)),
                step=f"{each.step_phrase or blank(each.step)}{by_whom(policy, each.by)}",
                step_name=each.step,
                changes=_sentences(each.changes),
            )
            for each in shown.stages
        ),
        said=sentence(shown.said),
        cases=case_table(policy, _cases_on_the_way(shown)),
    )


def _cases_on_the_way(run: Run) -> list[tuple[str, Witness]]:
    """The cases of a run's stages, each with its number; facts that change matter too."""
    first = run.start.case.facts
    changing = {
        name
        for stage in run.stages
        for name, value in stage.case.facts.items()
        if value != first.get(name)
    }
    left = tuple(each for each in run.start.left_out if each not in changing)
    return [
        (str(number), replace(run.start, case=stage.case, left_out=left))
        for number, stage in enumerate(run.stages, start=1)
    ]


def _marks(policy: Policy, marks: tuple[Mark, ...]) -> tuple[MarkView, ...]:
    found = []
    before = marks[0].minutes if marks else 0
    for each in marks:
        clause = None
        if each.clause is not None:
            known = each.clause in policy.clauses
            clause = Link(text=each.clause, anchor=clause_anchor(each.clause) if known else "")
        found.append(
            MarkView(
                when=sentence_start(after(each.minutes)),
                what=sentence_start(each.label),
                clause=clause,
                kind=each.kind,
                gap=sum(each.minutes - before > limit for limit in (0, 60, 1440, 10080)),
            )
        )
        before = each.minutes
    return tuple(found)


def _example(policy: Policy, case: Witness) -> str:
    return together(policy, case.example) if case.example else ""


def _sentences(said: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(sentence(each) for each in said)
