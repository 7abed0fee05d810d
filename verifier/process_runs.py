"""Runs as they are shown: found from a case at the start by the evaluator, and put in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from policy_dsl.case import Case
from policy_dsl.evaluate import Evaluator
from policy_dsl.model import Policy, Process
from policy_dsl.phrases import after_that
from policy_dsl.runs import Configuration, Runner, TooMany
from policy_dsl.terms import action_words, fact_statement, subject
from policy_dsl.wording import joined
from verifier.exhibits import Run, Stage
from verifier.process_parts import parts_of
from verifier.session import NotSettled
from verifier.witness import Witness

Found = Sequence[tuple[Configuration, str]]
"""A run: where it stands, and the step taken from there; the last step is empty."""


def find_run(runner: Runner, case: Case, shows: Callable[[Configuration], bool]) -> Found:
    """A shortest run from a case to where something is so. Raises ``NotSettled`` where there is
    none: solver and evaluator then disagree, which must not be shown as a fault of the policy."""
    try:
        found = runner.run_to(case, shows)
    except TooMany as reason:
        raise NotSettled("its runs are too many to be replayed one by one") from reason
    if found is None:
        raise NotSettled("the replay of its run does not show it (a fault in the checker)")
    return found


def exhibit(policy: Policy, process: Process, start: Witness, run: Found, said: str) -> Run:
    """A run as it is shown."""
    stages = []
    for index, (at, taken) in enumerate(run):
        state = process.states[at.state]
        step = process.steps[taken] if taken else None
        following = run[index + 1][0].case if taken else at.case
        stages.append(
            Stage(
                state=at.state,
                phrase=state.phrase,
                case=at.case,
                step=taken,
                step_phrase=step.phrase if step else "",
                by=step.by if step else None,
                changes=tuple(_changes(policy, at.case, following)),
            )
        )
    return Run(process=process.name, start=start, stages=tuple(stages), said=said)


def _changes(policy: Policy, before: Case, after: Case) -> Iterator[str]:
    for name, fact in policy.facts.items():
        if before.facts[name] != after.facts[name]:
            said = fact_statement(policy, fact, after.facts[name])
            text = f"{subject(policy)} {said.text}" if said.predicate else said.text
            yield text[:1].upper() + text[1:]


def hindrances(evaluator: Evaluator, runner: Runner, at: Configuration) -> tuple[str, ...]:
    """In a sentence for each step that leads from a state to another, why it cannot be taken."""
    policy, found = evaluator.policy, []
    for step in runner.process.steps.values():
        if at.state not in step.sources or step.target == at.state:
            continue
        what = runner.hindrance(step, at)
        reasons = []
        if what.fails:
            failing = [
                after_that(policy, expr, not truth)
                for expr, truth in parts_of(step.when)
                if evaluator.holds(expr, at.case) != truth
            ]
            reasons.append(f"what it needs is not so ({'; '.join(failing)})")
        if what.forbidden_by and step.action is not None:
            words = action_words(policy, step.action)
            verb = "forbids" if len(what.forbidden_by) == 1 else "forbid"
            reasons.append(f"{joined(list(what.forbidden_by), 'and')} {verb} to {words}")
        if what.excluded_by and step.action is not None:
            reasons.append(f"it is not possible to {action_words(policy, step.action)}")
        if what.breaks:
            reasons.append("what it changes would break an assumption")
        if reasons:
            found.append(f'"{step.phrase}" cannot happen: {"; ".join(reasons)}.')
    return tuple(found)
