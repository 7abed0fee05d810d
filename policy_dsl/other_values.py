"""What a fact of few values is, where it is denied that it has one of them."""

from __future__ import annotations

from policy_dsl.model import Compare, Expr, FactValue, Literal_, Policy
from policy_dsl.terms import Said, statement, value_words
from policy_dsl.types import Enumeration
from policy_dsl.wording import joined

MOST_OTHERS = 2
"""Up to how many other values a value that is denied is told by them."""


def other_values(policy: Policy, expr: Expr, truth: bool) -> Said | None:
    """That a fact does not have a value, said by the values that are left: "is a national of
    Mexico or Canada". None where the comparison says something else, where the fact has a denial
    of its own or may be not established, or where too many values are left."""
    match expr:
        case Compare(
            sign="=" | "!=" as sign,
            left=FactValue(optional=False, type=Enumeration() as type_) as left,
            right=Literal_(value=str() as value),
        ):
            denied = (sign == "=") is not truth
            fact = policy.facts.get(left.fact)
            rest = [each for each in type_.values if each != value]
            spoken = fact is not None and fact.phrase is not None and fact.negative is None
            if denied and spoken and value in type_.values and 0 < len(rest) <= MOST_OTHERS:
                words = joined([value_words(type_, each) for each in rest], "or")
                return statement(policy, left).say(True, words)
    return None
