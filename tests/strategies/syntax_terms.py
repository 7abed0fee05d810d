"""Random names, texts, conditions and types; ``syntax_trees.py`` makes declarations of them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from policy_dsl import syntax as ast
from policy_dsl.build import LARGEST
from policy_dsl.words import RESERVED, each_word

T = TypeVar("T")
# Words of the grammar that are not reserved, and names that begin like words that are.
_TRICKY = sorted(
    each_word(
        "issued text raw effective until authority background heading comment definition scope "
        "savings condition precedent proviso exactly_one any_of no_bed notice is_alien order_ "
        "must_x orders policy.x use.b yes_no x_ _ B.1 Fn.3.a none_such never_mind setting types"
    )
)

_identifiers = st.from_regex(
    r"[A-Za-z_][A-Za-z0-9_]{0,11}(\.[A-Za-z0-9_]{1,3}){0,2}", fullmatch=True
)
_long = st.integers(1, 9).map(lambda n: "_".join(["considered"] * n))
_words = st.sampled_from(_TRICKY) | _identifiers.filter(lambda word: word not in RESERVED) | _long

_hidden = "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
characters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=_hidden)
_pieces = st.sampled_from(
    ['"', "\\", '\\"', "--", "-- x", "\n", "\nclause B.1", "(", "{}", "é", "漢字"]
)
_prose = st.lists(st.sampled_from(["alien", "the", "release,", "detention.", "unaccompanied"]))


def folded(text: str) -> str:
    """A text as the syntax tree has it: white space folded to single blanks."""
    return " ".join(text.split())


texts: SearchStrategy[ast.Text] = st.builds(
    ast.Text,
    text=(
        st.text(characters, max_size=20)
        | st.lists(_pieces | st.text(characters, max_size=5), max_size=6).map(" ".join)
        | st.lists(_pieces, max_size=6).map("".join)
        | st.lists(_prose, min_size=1, max_size=8).map(lambda runs: " ".join(map(" ".join, runs)))
    ).map(folded),
)

names: SearchStrategy[ast.Name] = st.builds(ast.Name, text=_words)
values: SearchStrategy[ast.Name] = names | st.just(ast.Name(text="none"))


def optional(strategy: SearchStrategy[T]) -> SearchStrategy[T | None]:
    """Something, or nothing."""
    return st.none() | strategy


def some(
    strategy: SearchStrategy[T], least: int = 1, most: int = 4
) -> SearchStrategy[tuple[T, ...]]:
    """A few of something."""
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


# --- expressions -------------------------------------------------------------------------

whole_numbers = st.integers(0, 20) | st.integers(0, LARGEST)
_units = optional(_words)
modalities = st.sampled_from(["must", "must not", "may", "need not", "should", "should not"])

dates = st.builds(ast.DateValue, value=st.dates(min_value=date(1, 1, 1)))

leaves: SearchStrategy[ast.Expression] = st.one_of(
    values,
    st.just(ast.Name(text="should")),
    st.builds(ast.Number, value=whole_numbers, places=st.integers(0, 3), unit=_units),
    dates,
    st.builds(ast.YesOrNo, value=st.booleans()),
    st.builds(ast.NormHolds, modality=modalities | st.just("silent on"), action=names),
)


def _quantified(inner: SearchStrategy[ast.Expression]) -> SearchStrategy[ast.Expression]:
    plain = st.builds(
        ast.Quantified, quantity=st.sampled_from(["any", "all", "none"]), operands=some(inner)
    )
    bounded = st.builds(
        ast.Quantified,
        quantity=st.sampled_from(["at least", "at most", "exactly"]),
        count=whole_numbers,
        operands=some(inner),
    )
    return plain | bounded


@lru_cache
def _larger(depth: int) -> SearchStrategy[ast.Expression]:
    inner = _nested(depth)
    ands = inner.filter(lambda each: not isinstance(each, ast.And))
    ors = inner.filter(lambda each: not isinstance(each, ast.Or))
    words = ["is before", "is after", "is on or before", "is on or after"]
    signs = st.sampled_from(["is", "is not", "=", "!=", "<", "<=", ">", ">=", *words])
    tests = st.sampled_from(["established", "empty", "done", "broken"])
    flags = st.booleans()
    several = st.sampled_from(["any", "all", "none"])
    return st.one_of(
        st.builds(ast.Call, name=names, arguments=some(inner)),
        st.builds(ast.Not, operand=inner),
        st.builds(ast.And, operands=some(ands, 2)),
        st.builds(ast.Or, operands=some(ors, 2)),
        st.builds(ast.Implies, premise=inner, conclusion=inner),
        _quantified(inner),
        st.builds(ast.Comparison, sign=signs, left=inner, right=inner),
        st.builds(ast.OneOf, operand=inner, values=some(inner), negated=flags),
        st.builds(ast.Includes, operand=inner, values=some(values, most=1)),
        st.builds(ast.Includes, operand=inner, quantity=several, values=some(values)),
        st.builds(ast.IsTest, operand=inner, test=tests, negated=flags),
        st.builds(ast.Arithmetic, sign=st.sampled_from(["+", "-", "*"]), left=inner, right=inner),
        st.builds(ast.Negative, operand=inner),
        st.builds(ast.SizeOf, operand=inner),
    )


@st.composite
def _nested(draw: st.DrawFn, depth: int) -> ast.Expression:
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(leaves)
    return draw(_larger(depth - 1))


expressions: SearchStrategy[ast.Expression] = _nested(3)

# --- types -------------------------------------------------------------------------------

enum_values = st.builds(ast.EnumValue, name=values, phrase=optional(texts))
_numbers = st.integers(-20, 20) | st.integers(-LARGEST, LARGEST)
_bounds = optional(_numbers)

types: SearchStrategy[ast.TypeExpression] = st.one_of(
    st.just(ast.YesNoType()),
    st.builds(ast.NamedType, name=names),
    st.builds(ast.InlineEnum, values=some(enum_values)),
    st.builds(ast.InlineEnum, values=some(enum_values, 2), ordered=st.just(True)),
    st.builds(ast.SetType, name=names),
    st.builds(ast.IntegerType, low=_bounds, high=_bounds, unit=_units),
    st.builds(ast.DecimalType, low=_bounds, high=_bounds, unit=_units, places=st.integers(1, 4)),
    st.builds(ast.MoneyType, currency=names),
    st.builds(ast.MoneyType, low=_numbers, high=_bounds, currency=names, places=st.integers(0, 3)),
    st.builds(ast.MoneyType, high=_numbers, currency=names, places=st.integers(0, 3)),
    st.builds(ast.DateType, low=optional(dates), high=optional(dates)),
)
