"""Exhibits in Markdown: a table of persons, a run step by step, points in time in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from policy_dsl.model import Policy
from verifier.exhibits import Exhibit, Persons, Run, Stage, Timeline
from verifier.render.exhibit_words import after, by_whom, cases_of, of_resource, process_title
from verifier.render.markdown_text import bold, code, listing, numbered, table, text
from verifier.render.sentences import in_common, sentence, sentence_start, together
from verifier.witness import Witness


def exhibit_blocks(policy: Policy, exhibit: Exhibit) -> Iterator[str]:
    """What shows a fault beyond one case, in blocks of Markdown."""
    match exhibit:
        case Persons():
            yield from _persons(policy, exhibit)
        case Run():
            yield f"A run of the process: {bold(text(process_title(policy, exhibit.process)))}"
            yield from case_blocks("It begins in a case where:", exhibit.start.statements)
            yield from _examples(policy, exhibit)
            yield "These are its stages:"
            yield numbered(_stage(policy, each) for each in exhibit.stages)
            yield bold(text(sentence(exhibit.said)))
        case Timeline():
            yield from case_blocks("In a case where:", exhibit.witness.statements)
            yield from _examples(policy, exhibit)
            rows = [["when", "what", "clause"]]
            for mark in exhibit.marks:
                clause = "" if mark.clause is None else code(mark.clause)
                rows.append([text(after(mark.minutes)), text(mark.label), clause])
            yield table(rows)
            yield bold(text(sentence(exhibit.said)))
        case _:
            assert_never(exhibit)


def case_blocks(lead: str, statements: Sequence[str]) -> Iterator[str]:
    """What matters in a case, under a line; nothing where nothing does."""
    if statements:
        yield lead
        yield listing(text(sentence(each)) for each in statements)


def example(policy: Policy, case: Witness, name: str = "") -> Iterator[str]:
    """How it comes about, where the statements only say that clauses do not apply."""
    if case.example:
        lead = f"For instance {text(name)}" if name else "For instance"
        yield f"{lead}: {text(together(policy, case.example))}"


def _examples(policy: Policy, exhibit: Exhibit) -> Iterator[str]:
    for name, case in cases_of(exhibit):
        yield from example(policy, case, name)


def _persons(policy: Policy, persons: Persons) -> Iterator[str]:
    yield text(of_resource(persons))
    members = persons.members
    shared = in_common([each.witness.statements for each in members])
    yield from case_blocks("What is so of each of them:", shared)
    several = any(each.count > 1 for each in members)
    spoken = any(each.said for each in members)
    rows = [["who", *(["how many"] if several else []), "what is so"]]
    rows[0] += ["what follows"] if spoken else []
    for each in members:
        own = [said for said in each.witness.statements if said not in shared]
        row = [text(each.label), *([str(each.count)] if several else [])]
        row.append(text(together(policy, own)) if own else "nothing more")
        row += [text(sentence(each.said)) if each.said else ""] if spoken else []
        rows.append(row)
    yield table(rows)
    yield from _examples(policy, persons)


def _stage(policy: Policy, stage: Stage) -> str:
    """Where a run stands and the step that is taken then, as an item of a list."""
    said = f"{bold(text(sentence_start(stage.phrase)))} ({code(stage.state)})"
    if not stage.step:
        return said
    words = f"{stage.step_phrase or stage.step}{by_whom(policy, stage.by)}"
    below = [f"Then: {text(words)} ({code(stage.step)})"]
    below += [text(sentence(each)) for each in stage.changes]
    return f"{said}\n{listing(below, depth=2)}"
