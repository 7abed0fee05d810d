"""Random syntax trees, well-formed as ``policy_dsl.syntax`` says; their names mean nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from policy_dsl import syntax as ast
from tests.strategies.syntax_terms import (
    characters,
    dates,
    enum_values,
    expressions,
    modalities,
    names,
    optional,
    some,
    texts,
    types,
    whole_numbers,
)

Conditions: TypeAlias = SearchStrategy[ast.Expression]

_header_parts = st.one_of(
    st.builds(ast.HeaderPart, keyword=st.just("authority"), value=names),
    st.builds(
        ast.HeaderPart, keyword=st.sampled_from(["issued", "effective", "until"]), value=dates
    ),
    st.builds(ast.HeaderPart, keyword=st.sampled_from(["text", "raw"]), value=texts),
    st.builds(
        ast.HeaderPart,
        keyword=st.just("missing_day"),
        value=st.sampled_from(["before", "after"]).map(lambda word: ast.Name(text=word)),
    ),
)
_quotes = st.builds(ast.Quote, text=texts)
_words_of_the_source = st.builds(
    ast.Quote, keyword=st.sampled_from(["quote", "paraphrase"]), text=texts
)
_supersessions = st.builds(ast.Supersedes, document=names, kept=some(names, 0, 3))
_timings = st.one_of(
    st.builds(
        ast.Timing,
        word=st.sampled_from(["within", "not before"]),
        count=whole_numbers,
        unit=names,
        event=names,
    ),
    st.builds(ast.Timing, word=st.sampled_from(["before", "after"]), event=names),
    st.just(ast.Timing(word="promptly")),
)

# How something is denied is said only where it is said how it is affirmed.
_phrases: SearchStrategy[tuple[ast.Text | None, ast.Text | None]] = st.one_of(
    st.just((None, None)), st.tuples(texts, st.none()), st.tuples(texts, texts)
)


def kinds_of_parts(conditions: Conditions) -> tuple[SearchStrategy[ast.ClausePart], ...]:
    """The parts of a clause, one strategy a kind."""
    return (
        _words_of_the_source,
        st.builds(ast.Norm, modality=modalities, actions=some(names), timing=some(_timings, 0, 2)),
        st.builds(ast.InForce, keyword=st.sampled_from(["from", "until"]), day=dates),
        st.builds(ast.Sets, output=names, value=conditions),
        st.builds(ast.Prioritize, modality=modalities, resource=names, over=optional(conditions)),
        st.builds(
            ast.RankBy,
            modality=modalities,
            resource=names,
            term=conditions,
            highest=st.booleans(),
        ),
        st.builds(
            ast.Condition,
            keyword=st.sampled_from(["when", "unless", "provided"]),
            condition=conditions,
        ),
        st.builds(ast.Under, readings=conditions),
        st.builds(
            ast.Prevails, keyword=st.sampled_from(["overrides", "despite"]), clauses=some(names)
        ),
        st.builds(
            ast.SubjectTo,
            clauses=some(names),
            sense=st.sampled_from(
                ["precedence", "carve-out", "condition precedent", "proviso", "savings", "scope"]
            ),
        ),
    )


_facts = st.builds(
    lambda fact, phrases: replace(fact, phrase=phrases[0], negative=phrases[1]),
    st.builds(
        ast.FactDeclaration,
        kind=st.sampled_from(["fact", "judgment", "grant", "choice", "outside"]),
        name=names,
        type=types,
        optional=st.booleans(),
        by=optional(names),
        per=optional(texts),
    ),
    _phrases,
)


def _defines(conditions: Conditions) -> SearchStrategy[ast.Define]:
    return st.builds(
        lambda definition, phrases: replace(definition, phrase=phrases[0], negative=phrases[1]),
        st.builds(
            ast.Define,
            name=names,
            parameters=some(st.builds(ast.Parameter, name=names, type=types), 0, 3),
            body=conditions,
            under=optional(conditions),
        ),
        _phrases,
    )


_ambiguities = st.builds(
    lambda node: node if node.settled else replace(node, because=None),
    st.builds(
        ast.Ambiguity,
        name=names,
        question=optional(texts),
        quote=optional(_quotes),
        readings=some(st.builds(ast.Reading, name=names, text=optional(texts))),
        settled=optional(names),
        because=optional(texts),
    ),
)


def _expectations(conditions: Conditions) -> SearchStrategy[ast.Expect]:
    of_cases = st.builds(
        ast.Expect,
        form=st.sampled_from(["never", "always", "sometimes"]),
        condition=conditions,
        when=optional(conditions),
        because=optional(texts),
    )
    of_clauses = st.builds(
        ast.Expect,
        form=st.sampled_from(["reachable", "unreachable"]),
        condition=names,
        because=optional(texts),
    )
    return of_cases | of_clauses


def _clauses(conditions: Conditions) -> SearchStrategy[ast.Clause]:
    parts = st.one_of(kinds_of_parts(conditions))
    return st.builds(ast.Clause, name=names, title=optional(texts), parts=some(parts, 0, 6))


def _resources(conditions: Conditions) -> SearchStrategy[ast.ResourceDeclaration]:
    return st.builds(
        lambda node: node if node.low is not None else replace(node, high=None),
        st.builds(
            ast.ResourceDeclaration,
            name=names,
            phrase=optional(texts),
            low=optional(whole_numbers),
            high=optional(whole_numbers),
            scope=optional(conditions),
            short=optional(conditions),
        ),
    )


def _processes(conditions: Conditions) -> tuple[SearchStrategy[ast.Declaration], ...]:
    when = optional(conditions)
    values = st.one_of(st.sampled_from(["any", "not established"]), conditions)
    changes = st.builds(ast.Change, fact=names, value=values)
    return (
        st.builds(ast.Process, name=names, title=optional(texts), when=when),
        st.builds(
            ast.State, name=names, phrase=optional(texts), start=st.booleans(), end=st.booleans()
        ),
        st.builds(
            ast.Step,
            name=names,
            phrase=optional(texts),
            by=optional(names),
            sources=some(names),
            target=names,
            action=optional(names),
            when=when,
            changes=some(changes, 0, 3),
        ),
    )


def kinds_of_declarations(conditions: Conditions) -> tuple[SearchStrategy[ast.Declaration], ...]:
    """The declarations, one strategy a kind."""
    when = optional(conditions)
    notes = st.sampled_from(
        ["background", "reservation", "definition", "cross-reference", "heading", "comment"]
    )
    return (
        st.builds(
            ast.PolicyHeader,
            keyword=st.sampled_from(["policy", "vocabulary"]),
            name=names,
            title=optional(texts),
            parts=some(_header_parts | _supersessions, 0, 6),
        ),
        st.builds(ast.Use, path=texts),
        st.builds(ast.Authorities, names=some(names, most=8)),
        st.builds(
            ast.ResolveBy,
            rules=some(
                st.builds(ast.Rule, word=st.sampled_from(["authority", "specificity", "date"]))
            ),
        ),
        st.builds(ast.TypeDeclaration, name=names, values=some(enum_values, most=8)),
        st.builds(
            ast.TypeDeclaration,
            name=names,
            values=some(enum_values, 2, most=8),
            ordered=st.just(True),
        ),
        st.builds(ast.Subject, name=names),
        _facts,
        _defines(conditions),
        st.builds(ast.Assume, condition=conditions, because=optional(texts), under=when),
        st.builds(
            ast.ActionDeclaration,
            name=names,
            phrase=optional(texts),
            by=optional(names),
            uses=some(st.builds(ast.Uses, count=whole_numbers, resource=names), 0, 3),
        ),
        _resources(conditions),
        st.builds(
            ast.EventDeclaration,
            name=names,
            phrase=optional(texts),
            timing=some(_timings, 0, 2),
        ),
        st.builds(
            ast.Decision,
            name=names,
            bound=st.sampled_from(["exactly", "at most", "at least"]),
            count=whole_numbers,
            actions=some(names),
            when=when,
            under=when,
        ),
        st.builds(ast.Cannot, actions=some(names), when=when, because=optional(texts), under=when),
        st.builds(ast.Settle, actions=some(names), when=when),
        st.builds(ast.OutputDeclaration, name=names, type=types, phrase=optional(texts), when=when),
        _clauses(conditions),
        st.builds(ast.OrderStart, name=names, title=optional(texts)),
        st.just(ast.OrderEnd()),
        *_processes(conditions),
        _ambiguities,
        st.builds(
            ast.Note,
            name=names,
            kind=notes,
            title=optional(texts),
            quotes=some(_words_of_the_source, 0, 3),
        ),
        _expectations(conditions),
    )


# Facts are laid out in runs, and clauses have most parts: both come more often.
_declarations = st.one_of(
    *kinds_of_declarations(expressions),
    _facts,
    _facts,
    _clauses(expressions),
    _clauses(expressions),
)

comment_texts: SearchStrategy[str] = st.sampled_from(
    ["", "why", "- a list", '"quoted', "clause B.1", "-- section --", "(", "\u00e9 \u6f22\u5b57"]
) | st.text(characters, max_size=12).map(str.strip)

files: SearchStrategy[ast.File] = st.builds(
    ast.File,
    declarations=some(_declarations, 0, 6),
    comments=some(st.builds(ast.Comment, text=comment_texts), 0, 1),
)
