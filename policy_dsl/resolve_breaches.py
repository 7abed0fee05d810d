"""Checks on what a policy asks about what is done, and about duties that are broken."""

from __future__ import annotations

from policy_dsl import model
from policy_dsl.deeds import deed, duties, nodes
from policy_dsl.symbols import Symbols

MOST_DEEDS = 12
"""How many actions that are listed in decisions may be asked about, whether they are done. What
can be complied with in one case may have to be looked at for every set of them."""


def check_breakable(policy: model.Policy, symbols: Symbols) -> None:
    """Report clauses that are said to be broken and have no duty, and policies that ask of too
    many actions whether they are done."""
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
