"""Checks on what a policy asks about what is done, and about duties that are broken."""

from __future__ import annotations

from policy_dsl import model
from policy_dsl.deeds import deed, duties, nodes
from policy_dsl.model import Expr
from policy_dsl.references import named_by
from policy_dsl.source import Place
from policy_dsl.symbols import Symbols

MOST_DEEDS = 12
"""How many actions that are listed in decisions may be asked about, whether they are done. What
can be complied with in one case may have to be looked at for every set of them."""


def check_breaches(policy: model.Policy, symbols: Symbols) -> None:
    """Report what is asked about broken clauses and done actions and cannot be answered."""
    _without_duty(policy, symbols)
    _too_many(policy, symbols)
    for decision in policy.decisions.values():
        _not_steady(policy, symbols, decision.when, "A decision's scope", decision.place)
    for clause in policy.clauses.values():
        for effect in clause.effects:
            if isinstance(effect, model.SetEffect):
                _not_steady(policy, symbols, effect.value, "What a clause sets", clause.place)


def _without_duty(policy: model.Policy, symbols: Symbols) -> None:
    told: set[str] = set()
    for each in nodes(policy):
        if not isinstance(each, model.ClauseBroken) or each.place is None or each.clause in told:
            continue
        doubtful = each.clause in symbols.doubtful or each.clause not in policy.clauses
        if not doubtful and not duties(policy, each.clause):
            told.add(each.clause)
            symbols.problem(
                "L05",
                each.place.source,
                each.place.span,
                f"'{each.clause}' has no duty, so it cannot be broken.",
                "Name a clause with 'must', 'must not', 'should' or 'should not'; or ask whether "
                f"it applies: {each.clause}",
            )


def _too_many(policy: model.Policy, symbols: Symbols) -> None:
    listed = {action for each in policy.decisions.values() for action in each.actions}
    asked = [each for each in policy.actions.values() if deed(each.name) in policy.facts]
    chosen = [each for each in asked if each.name in listed]
    if len(chosen) > MOST_DEEDS:
        place = chosen[MOST_DEEDS].place
        symbols.problem(
            "L13",
            place.source,
            place.span,
            f"Conditions ask of {len(chosen)} actions that decisions list whether they are done.",
            f"Ask it of at most {MOST_DEEDS}, or state the others as facts.",
        )


def _not_steady(
    policy: model.Policy, symbols: Symbols, expr: Expr, what: str, where: Place
) -> None:
    """Report an expression on which it may depend what is in force, and which itself rests on
    that."""
    seen: set[str] = set()
    queue = [expr]
    while queue:
        for part in model.walk(queue.pop()):
            if isinstance(part, model.ClauseBroken):
                place = expr.place or where
                symbols.problem(
                    "L09",
                    place.source,
                    place.span,
                    f"{what} cannot rest on whether '{part.clause}' is broken: which clauses are "
                    "in force depends on it.",
                    "Ask whether an action 'is done' instead.",
                )
                return
            for name in named_by(policy, part):
                if name in seen:
                    continue
                seen.add(name)
                if name in policy.clauses:
                    queue += policy.clauses[name].conditions
                elif name in policy.definitions:
                    queue += [case.body for case in policy.definitions[name].cases]
