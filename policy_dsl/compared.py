"""What is said of a value that is compared with another: the words for the sign."""

from __future__ import annotations

from policy_dsl.model import AddMonths, CompareSign, Expr, Literal_, Sum
from policy_dsl.terms import value_words
from policy_dsl.types import Date, Enumeration, Type
from policy_dsl.wording import DATE_WORDS, ORDER_WORDS, SIGN_WORDS, SPAN_WORDS, joined

MOST_LISTED = 4
"""How many values of an ordered list are named one by one, rather than as "below" another."""


def compared(type_: Type, sign: CompareSign, right: Expr, words: str) -> str:
    """What is said of a value that is compared: "less than 3", "a day before 31 December 2020"."""
    match type_, right:
        case Date(), Literal_() if sign in ("<=", ">="):
            return f"{words} or {'earlier' if sign == '<=' else 'later'}"
        case Date(), AddMonths() | Sum() if words.startswith("the day ") and words[8:9].isdigit():
            return (SPAN_WORDS[sign] + words[8:]) if SPAN_WORDS[sign] else words
        case Date(), _:
            return DATE_WORDS[sign] + words
        case Enumeration(), Literal_(value=str() as value) if value in type_.values:
            place = type_.values.index(value)
            inside = [
                each
                for index, each in enumerate(type_.values)
                if {"<": index < place, ">": index > place, "<=": index <= place}.get(
                    sign, index >= place
                )
            ]
            if sign not in ("=", "!=") and 0 < len(inside) <= MOST_LISTED:
                return joined([value_words(type_, each) for each in inside], "or")
        case _:
            pass
    return (ORDER_WORDS if isinstance(type_, Enumeration) else SIGN_WORDS)[sign] + words
