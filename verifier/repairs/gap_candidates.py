"""Changes that may close a gap: a clause for its cases, by each of the words, or a narrower scope.

Which word is right is the author's to say; the checker only shows that each would close the gap.
"""

from __future__ import annotations

from collections.abc import Iterator

from policy_dsl import phrases
from policy_dsl.edit import AddClause, Edit, Except
from policy_dsl.model import Modality, Policy, SetEffect
from policy_dsl.source import Place
from verifier.findings import Finding
from verifier.repairs.repair import Candidate, RepairKind

_WORDS: tuple[Modality, ...] = ("may", "must", "must not")
_MOST_VALUES = 3
"""How many values that other clauses set are offered for an output."""


def for_gap(policy: Policy, finding: Finding) -> Iterator[Candidate]:
    """The candidates for a G01 or a G02."""
    if finding.witness is None or not policy.clauses:
        return
    place = finding.related[0].place
    condition = _condition(finding.witness.conditions)
    actions, output = expected(policy, place)
    effects = [(f"{word} {each}", _said(policy, word, each)) for word in _WORDS for each in actions]
    if output is not None:
        effects = [
            (f"sets {output} to {each}", f"sets {output} to {each}")
            for each in _values(policy, output)
        ]
    for effect, said in effects:
        yield Candidate(
            kind="clause",
            title=f"A new clause for these cases says '{said}'.",
            edit=AddClause(
                file=_last_file(policy), text=_clause(policy, finding.title, effect, condition)
            ),
        )
    if condition:
        what: tuple[RepairKind, str] = ("condition", "No answer is expected in these cases.")
        edit: Edit = Except(file=place.source.name, declaration=place.span, condition=condition)
        yield Candidate(kind=what[0], title=what[1], edit=edit)


def _condition(conditions: tuple[tuple[str, bool], ...]) -> str:
    return " and ".join(f"({code})" if truth else f"not ({code})" for code, truth in conditions)


def expected(policy: Policy, place: Place) -> tuple[tuple[str, ...], str | None]:
    """The actions, or the output, of the declaration at a place."""
    for decision in policy.decisions.values():
        if decision.place == place:
            return decision.actions, None
    for settlement in policy.settlements:
        if settlement.place == place:
            return settlement.actions, None
    for output in policy.outputs.values():
        if output.place == place:
            return (), output.name
    return (), None


def _said(policy: Policy, word: Modality, action: str) -> str:
    return f"{word} {policy.actions[action].phrase}"


def _values(policy: Policy, output: str) -> list[str]:
    """The values that other clauses set an output to, in order."""
    found = [
        phrases.code(effect.value)
        for clause in policy.clauses.values()
        for effect in clause.effects
        if isinstance(effect, SetEffect) and effect.output == output
    ]
    return list(dict.fromkeys(found))[:_MOST_VALUES]


def _last_file(policy: Policy) -> str:
    return list(policy.clauses.values())[-1].place.source.name


def _clause(policy: Policy, title: str, effect: str, condition: str) -> str:
    number = 1
    taken = {*policy.clauses, *policy.notes}
    while f"Added.{number}" in taken:
        number += 1
    when = f"\n  when {condition}" if condition else ""
    text = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'clause Added.{number} "Where the policy was silent: {text}"\n  {effect}{when}\n'
