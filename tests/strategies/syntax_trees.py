"""Random syntax trees: every kind of node, with every field given and left out.

The trees are well-formed as ``policy_dsl.syntax`` says; their names mean nothing.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from policy_dsl import syntax as ast
from policy_dsl.build import LARGEST
from policy_dsl.words import RESERVED

T = TypeVar("T")

# Words of the grammar that are not reserved, and names that begin like words that are.
_TRICKY = (
    "issued text raw effective until authority background heading comment definition scope savings "
    "condition precedent proviso exactly_one any_of no_bed notice is_alien order_ must_x orders "
    "policy.x use.b yes_no x_ _ B.1 Fn.3.a none_such never_mind setting types"
).split()

_identifiers = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,11}(\.[A-Za-z0-9_]{1,3}){0,2}", fullmatch=True)
_long = st.integers(1, 9).map(lambda n: "_".join(["considered"] * n))
_words = (
    st.sampled_from(_TRICKY) | _identifiers.filter(lambda word: word not in RESERVED) | _long
)

_hidden = "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_characters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=_hidden)
_pieces = st.sampled_from(['"', "\\", '\\"', "--", "-- x", "\n", "\nclause B.1", "(", "{}", "é", "漢字"])
_prose = st.lists(st.sampled_from(["alien", "the", "release,", "detention.", "unaccompanied"]))


def folded(text: str) -> str:
    """A text as the syntax tree has it: white space folded to single blanks."""
    return " ".join(text.split())


texts: SearchStrategy[ast.Text] = st.builds(
    ast.Text,
    text=(
        st.text(_characters, max_size=20)
        | st.lists(_pieces | st.text(_characters, max_size=5), max_size=6).map(" ".join)
        | st.lists(_pieces, max_size=6).map("".join)
        | st.lists(_prose, min_size=1, max_size=8).map(lambda runs: " ".join(map(" ".join, runs)))
    ).map(folded),
)

names: SearchStrategy[ast.Name] = st.builds(ast.Name, text=_words)
values: SearchStrategy[ast.Name] = names | st.just(ast.Name(text="none"))


def optional(strategy: SearchStrategy[T]) -> SearchStrategy[T | None]:
    """Something, or nothing."""
    return st.none() | strategy


def some(strategy: SearchStrategy[T], least: int = 1, most: int = 4) -> SearchStrategy[tuple[T, ...]]:
    """A few of something."""
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


# --- expressions -------------------------------------------------------------------------

_whole = st.integers(0, 20) | st.integers(0, LARGEST)
_units = optional(_words)
_modalities = st.sampled_from(["must", "must not", "may", "need not", "should", "should not"])

_leaves: SearchStrategy[ast.Expression] = st.one_of(
    values,
    st.just(ast.Name(text="should")),
    st.builds(ast.Number, value=_whole, unit=_units),
    st.builds(ast.YesOrNo, value=st.booleans()),
    st.builds(
        ast.NormHolds, modality=_modalities | st.just("silent on"), action=names
    ),
)


def _quantified(inner: SearchStrategy[ast.Expression]) -> SearchStrategy[ast.Expression]:
    plain = st.builds(
        ast.Quantified, quantity=st.sampled_from(["any", "all", "none"]), operands=some(inner)
    )
    bounded = st.builds(
        ast.Quantified,
        quantity=st.sampled_from(["at least", "at most", "exactly"]),
        count=_whole,
        operands=some(inner),
    )
    return plain | bounded


@lru_cache
def _larger(depth: int) -> SearchStrategy[ast.Expression]:
    inner = _nested(depth)
    ands = inner.filter(lambda each: not isinstance(each, ast.And))
    ors = inner.filter(lambda each: not isinstance(each, ast.Or))
    signs = st.sampled_from(["is", "is not", "=", "!=", "<", "<=", ">", ">="])
    tests = st.sampled_from(["established", "empty"])
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
        return draw(_leaves)
    return draw(_larger(depth - 1))


expressions: SearchStrategy[ast.Expression] = _nested(4)
_when = optional(expressions)

# --- types -------------------------------------------------------------------------------

_enum_values = st.builds(ast.EnumValue, name=values, phrase=optional(texts))
_bounds = optional(st.integers(-20, 20) | st.integers(-LARGEST, LARGEST))

types: SearchStrategy[ast.TypeExpression] = st.one_of(
    st.just(ast.YesNoType()),
    st.builds(ast.NamedType, name=names),
    st.builds(ast.InlineEnum, values=some(_enum_values)),
    st.builds(ast.SetType, name=names),
    st.builds(ast.IntegerType, low=_bounds, high=_bounds, unit=_units),
)

# --- declarations ------------------------------------------------------------------------

_dates = st.builds(ast.DateValue, value=st.dates(min_value=date(1, 1, 1)))
_header_parts = st.one_of(
    st.builds(ast.HeaderPart, keyword=st.just("authority"), value=names),
    st.builds(
        ast.HeaderPart, keyword=st.sampled_from(["issued", "effective", "until"]), value=_dates
    ),
    st.builds(ast.HeaderPart, keyword=st.sampled_from(["text", "raw"]), value=texts),
)
_quotes = st.builds(ast.Quote, text=texts)
_parts: SearchStrategy[ast.ClausePart] = st.one_of(
    _quotes,
    st.builds(ast.Norm, modality=_modalities, actions=some(names)),
    st.builds(ast.Sets, output=names, value=expressions),
    st.builds(
        ast.Condition,
        keyword=st.sampled_from(["when", "unless", "provided"]),
        condition=expressions,
    ),
    st.builds(ast.Under, readings=expressions),
    st.builds(ast.Prevails, keyword=st.sampled_from(["overrides", "despite"]), clauses=some(names)),
    st.builds(
        ast.SubjectTo,
        clauses=some(names),
        sense=st.sampled_from(
            ["precedence", "carve-out", "condition precedent", "proviso", "savings", "scope"]
        ),
    ),
)
_readings = some(st.builds(ast.Reading, name=names, text=optional(texts)))
_kinds = st.sampled_from(
    ["background", "reservation", "definition", "cross-reference", "heading", "comment"]
)


def _facts() -> SearchStrategy[ast.FactDeclaration]:
    def build(
        phrases: tuple[ast.Text | None, ast.Text | None], fact: ast.FactDeclaration
    ) -> ast.FactDeclaration:
        return ast.FactDeclaration(
            kind=fact.kind,
            name=fact.name,
            type=fact.type,
            optional=fact.optional,
            by=fact.by,
            per=fact.per,
            phrase=phrases[0],
            negative=phrases[1],
        )

    plain = st.builds(
        ast.FactDeclaration,
        kind=st.sampled_from(["fact", "judgment", "grant", "choice", "outside"]),
        name=names,
        type=types,
        optional=st.booleans(),
        by=optional(names),
        per=optional(texts),
    )
    return st.builds(build, _phrases, plain)


# How something is denied is said only where it is said how it is affirmed.
_phrases: SearchStrategy[tuple[ast.Text | None, ast.Text | None]] = st.one_of(
    st.just((None, None)), st.tuples(texts, st.none()), st.tuples(texts, texts)
)
_defines = st.builds(
    lambda name, parameters, body, phrases, under: ast.Define(
        name=name,
        parameters=parameters,
        body=body,
        phrase=phrases[0],
        negative=phrases[1],
        under=under,
    ),
    names,
    some(st.builds(ast.Parameter, name=names, type=types), 0, 3),
    expressions,
    _phrases,
    _when,
)
_ambiguities = st.builds(
    lambda settled, because, **fields: ast.Ambiguity(
        settled=settled, because=None if settled is None else because, **fields
    ),
    settled=optional(names),
    because=optional(texts),
    name=names,
    question=optional(texts),
    quote=optional(_quotes),
    readings=_readings,
)
_expectations = st.builds(
    ast.Expect,
    form=st.sampled_from(["never", "always", "sometimes"]),
    condition=expressions,
    when=_when,
    because=optional(texts),
) | st.builds(
    ast.Expect,
    form=st.sampled_from(["reachable", "unreachable"]),
    condition=names,
    because=optional(texts),
)

declarations: SearchStrategy[ast.Declaration] = st.one_of(
    st.builds(
        ast.PolicyHeader, name=names, title=optional(texts), parts=some(_header_parts, 0, 6)
    ),
    st.builds(ast.Use, path=texts),
    st.builds(ast.Authorities, names=some(names, most=8)),
    st.builds(ast.TypeDeclaration, name=names, values=some(_enum_values, most=8)),
    st.builds(ast.Subject, name=names),
    _facts(),
    _facts(),
    _facts(),
    _defines,
    st.builds(ast.Assume, condition=expressions, because=optional(texts), under=_when),
    st.builds(ast.ActionDeclaration, name=names, phrase=optional(texts), by=optional(names)),
    st.builds(
        ast.Decision,
        name=names,
        bound=st.sampled_from(["exactly", "at most", "at least"]),
        count=_whole,
        actions=some(names),
        when=_when,
        under=_when,
    ),
    st.builds(ast.Cannot, actions=some(names), when=_when, because=optional(texts), under=_when),
    st.builds(ast.Settle, actions=some(names), when=_when),
    st.builds(ast.OutputDeclaration, name=names, type=types, phrase=optional(texts), when=_when),
    st.builds(ast.Clause, name=names, title=optional(texts), parts=some(_parts, 0, 6)),
    st.builds(ast.OrderStart, name=names, title=optional(texts)),
    st.just(ast.OrderEnd()),
    _ambiguities,
    st.builds(ast.Note, name=names, kind=_kinds, title=optional(texts), quotes=some(_quotes, 0, 3)),
    _expectations,
)

comment_texts: SearchStrategy[str] = st.sampled_from(
    ["", "why", "- a list", '"quoted', "clause B.1", "-- section --", "(", "é 漢字"]
) | st.text(_characters, max_size=12).map(str.strip)

files: SearchStrategy[ast.File] = st.builds(
    ast.File,
    declarations=some(declarations, 0, 6),
    comments=some(st.builds(ast.Comment, text=comment_texts), 0, 1),
)
