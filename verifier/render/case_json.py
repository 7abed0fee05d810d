"""What a policy says about one case, as JSON in the shape that ``case_types`` describes."""

from __future__ import annotations

from policy_dsl.compliance import Constraint, Duty
from policy_dsl.model import Decision, NormEffect
from policy_dsl.types import Type, Value, is_number
from policy_dsl.values import to_json
from policy_dsl.why import Why
from verifier.render import case_types as t
from verifier.render.answer import Answer
from verifier.render.case_text import constraint, how
from verifier.render.json_cases import FactValue, case
from verifier.render.json_v1 import dump, place


def render(answer: Answer) -> str:
    """The answer as one JSON document, pure ASCII, with a line end."""
    return dump(document(answer))


def document(answer: Answer) -> t.AnswerDict:
    """The answer as plain JSON data."""
    policy, outcome = answer.policy, answer.outcome
    return {
        "schema": t.SCHEMA,
        "policy": policy.name,
        "case": case(policy, answer.case),
        "filled": list(answer.filled),
        "compliable": {"must": outcome.compliable["must"], "should": outcome.compliable["should"]},
        "broken": list(outcome.broken),
        "conflict": [_constraint(answer, each) for each in answer.conflict],
        "actions": [_action(answer, name) for name in policy.actions],
        "outputs": [
            {
                "output": name,
                "values": [
                    {"value": plain(policy.outputs[name].type, v), "clause": clause}
                    for clause, v in values
                ],
            }
            for name, values in outcome.outputs.items()
        ],
        "clauses": [_clause(answer, name) for name in policy.clauses],
        "other_readings": [
            {
                "ambiguity": each.ambiguity,
                "reading": each.reading,
                "in_force_too": list(each.come),
                "no_longer_in_force": list(each.go),
                "other_strength": each.binds,
            }
            for each in answer.changes
        ],
        "why": [_why(each) for each in answer.whys],
    }


def _constraint(answer: Answer, each: Constraint) -> t.ConstraintDict:
    origin = each.origin
    clause = None
    kind: t.ConstraintKind = "decision" if isinstance(origin, Decision) else "incapacity"
    if isinstance(origin, Duty):
        kind, clause = "duty", origin.clause
        where = answer.policy.clauses[clause].place
    else:
        where = origin.place
    return {
        "kind": kind,
        "clause": clause,
        "text": constraint(answer.policy, each),
        "place": place(where),
    }


def _action(answer: Answer, name: str) -> t.ActionStateDict:
    state = answer.outcome.states[name]
    return {
        "action": name,
        "phrase": answer.policy.actions[name].phrase,
        "obliged": state.obliged,
        "forbidden": state.forbidden,
        "permitted": state.permitted,
        "released": state.released,
        "by": [
            {"clause": clause, "modality": effect.modality}
            for clause in answer.outcome.in_force
            for effect in answer.policy.clauses[clause].effects
            if isinstance(effect, NormEffect) and effect.action == name
        ],
    }


def _clause(answer: Answer, name: str) -> t.ClauseDict:
    status, clause = answer.outcome.clauses[name], answer.policy.clauses[name]
    return {
        "clause": name,
        "title": clause.title,
        "applicable": status.applicable,
        "in_force": status.in_force,
        "defeated_by": [
            {"clause": each.clause, "how": how(each), "place": place(each.reason.place)}
            for each in status.defeated_by
        ],
        "quotes": list(clause.quotes),
        "paraphrases": list(clause.paraphrases),
        "place": place(clause.place),
    }


def plain(type_: Type, value: Value) -> FactValue:
    """A value of a type as plain JSON data."""
    if isinstance(value, frozenset):
        return sorted(value)
    if is_number(type_) and isinstance(value, int):
        return to_json(type_, value)
    return value


def _why(each: Why) -> t.WhyDict:
    return {
        "text": each.text,
        "holds": each.holds,
        "children": [_why(child) for child in each.children],
    }
