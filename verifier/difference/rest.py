"""What is not compared case by case: rankings, limits of time, processes. It is the same where
all it rests on is; else it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from policy_dsl.model import Clause, NormEffect, Policy, Process, RankEffect, TimedBan
from verifier.difference.model import Change
from verifier.difference.rewrite import bare
from verifier.difference.touched import Touched
from verifier.difference.vocabulary import Vocabulary


def beyond(
    words: Vocabulary,
    touched: Touched,
    changes: Sequence[Change],
    force_differs: Callable[[str], bool],
) -> Iterator[str]:
    """Sentences about what is not proved the same. ``force_differs`` asks whether a clause that
    both versions have is in force in other cases."""
    old, new = words.old.policy, words.new.policy
    yield from _clauses(old, new, touched, force_differs)
    ranks = any(isinstance(e, RankEffect) for p in (old, new) for e in _effects(p))
    for name in _changed(old.resources, new.resources):
        yield f"The resource '{name}' changed. What that does to groups of persons is not compared."
    if ranks:
        for resource in new.resources.values():
            if resource.name in old.resources and touched.rests(resource.scope, resource.short):
                yield (
                    f"What the ranking for '{resource.name}' rests on changed. Rankings are not "
                    "compared."
                )
    for name in _changed(old.events, new.events):
        yield f"The event '{name}' changed. Limits of time are not compared."
    moved = {each.subject for each in changes if each.subject_kind == "action"}
    for name in _changed(old.processes, new.processes):
        yield f"The process '{name}' changed. Its runs are not compared."
    for process in new.processes.values():
        if process.name in old.processes and _rests(process, touched, moved):
            yield f"What the process '{process.name}' rests on changed. Its runs are not compared."


def _clauses(
    old: Policy, new: Policy, touched: Touched, force_differs: Callable[[str], bool]
) -> Iterator[str]:
    for name in dict.fromkeys([*new.clauses, *old.clauses]):
        if name not in touched.force:
            continue
        one, other = old.clauses.get(name), new.clauses.get(name)
        before, after = _beyond(one), _beyond(other)
        if not before and not after:
            continue
        what = _what(one, other)
        if frozenset(map(bare, before)) != frozenset(map(bare, after)):
            yield f"Clause '{name}' {what}, and it does so otherwise now. That is not compared."
        elif touched.rests(*(e for r in after if isinstance(r, RankEffect) for e in r.expressions)):
            yield f"Clause '{name}' {what}, and what that rests on changed. That is not compared."
        elif force_differs(name):
            yield f"Clause '{name}' {what}, and is in force in other cases. That is not compared."


def _beyond(clause: Clause | None) -> list[object]:
    """The effects of a clause that no normative state shows."""
    if clause is None:
        return []
    return [
        each
        for each in clause.effects
        if isinstance(each, RankEffect | TimedBan) or (isinstance(each, NormEffect) and each.timing)
    ]


def _what(*clauses: Clause | None) -> str:
    found = [each for clause in clauses for each in _beyond(clause)]
    if any(isinstance(each, RankEffect) for each in found):
        return "ranks persons"
    return "sets a limit of time"


def _effects(policy: Policy) -> Iterator[object]:
    for clause in policy.clauses.values():
        yield from clause.effects


def _changed(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    return [
        name for name in dict.fromkeys([*new, *old]) if bare(old.get(name)) != bare(new.get(name))
    ]


def _rests(process: Process, touched: Touched, moved: set[str]) -> bool:
    """Whether a run may go another way: its conditions differ, or what is lawful in it."""
    steps = process.steps.values()
    return touched.rests(process.when, *(each.when for each in steps)) or any(
        each.action in moved for each in steps
    )
