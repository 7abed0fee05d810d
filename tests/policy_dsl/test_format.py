"""The one layout: it says the same, keeps every comment, and lays out its own result alike."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

import policy_dsl.syntax
from policy_dsl import syntax as ast
from policy_dsl.format import format_file
from policy_dsl.parse import parse
from policy_dsl.source import Source
from policy_dsl.trivia import words_of
from tests.strategies.specs import spaced_specs
from tests.strategies.syntax_terms import expressions, leaves
from tests.strategies.syntax_trees import files, kinds_of_declarations, kinds_of_parts

SPECS = sorted((Path(__file__).parents[2] / "specs").rglob("*.policy"))
EVERYTHING = settings(deadline=None, suppress_health_check=list(HealthCheck))


def parsed(text: str) -> ast.File:
    tree, problems = parse(Source("spec.policy", text))
    assert [f"{each.message} {each.remedy}" for each in problems] == [], text
    return tree


def formatted(text: str) -> str:
    return format_file(Source("spec.policy", text), parsed(text))


def comments(tree: ast.File) -> list[str]:
    return [each.text for each in tree.comments]


# --- laws --------------------------------------------------------------------------------


@settings(EVERYTHING, max_examples=300)
@given(files)
def test_a_formatted_tree_is_read_as_the_same_tree(tree: ast.File) -> None:
    text = format_file(Source("spec.policy", ""), tree)
    assert parsed(text) == tree
    assert formatted(text) == text


@settings(EVERYTHING, max_examples=150)
@given(spaced_specs())
def test_formatting_keeps_words_and_comments_and_is_done_once(spec: tuple[ast.File, str]) -> None:
    tree, before = spec
    old = parsed(before)
    assert old == tree
    after = formatted(before)
    new = parsed(after)
    assert new == tree
    assert comments(new) == comments(old)
    assert [each.meaning for each in words_of(after)] == [each.meaning for each in words_of(before)]
    assert formatted(after) == after
    assert all(line == line.rstrip() for line in after.split("\n") if '"' not in line)
    assert "\n\n\n" not in after


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.name)
def test_the_laws_hold_for_every_spec(path: Path) -> None:
    before = path.read_text("utf-8")
    tree, problems = parse(Source(path.name, before))
    if problems:  # some specs are there to be wrong
        return
    after = format_file(Source(path.name, before), tree)
    assert parsed(after) == tree
    assert comments(parsed(after)) == comments(tree)
    assert formatted(after) == after


@settings(EVERYTHING, max_examples=200)
@given(expressions, st.integers(0, 1))
def test_brackets_never_change_what_a_condition_says(node: ast.Expression, extra: int) -> None:
    tree = ast.File(declarations=(ast.Assume(condition=node),))
    text = format_file(Source("spec.policy", ""), tree)
    condition = " ".join(text.split()).removeprefix("assume ")
    if extra:
        condition = f"({condition})"
    assert parsed(f"assume {condition}") == tree


# --- the trees under test are all the trees there are --------------------------------------


def _node_classes() -> set[type[ast.Node]]:
    return {
        each
        for each in vars(policy_dsl.syntax).values()
        if isinstance(each, type) and issubclass(each, ast.Node) and each is not ast.Node
    }


_EXPRESSIONS = get_args(ast.Expression)


def _class(node: type) -> str:
    return "expression" if node in _EXPRESSIONS else node.__name__


def _forms(value: object) -> set[str]:
    """What a field holds, as far as forms are told apart."""
    match value:
        case None:
            return {"nothing"}
        case bool() | str():
            return {str(value)}
        case ():
            return {"empty"}
        case tuple():
            return {"several" if len(value) > 1 else "one"}.union(*map(_forms, value))
        case _:
            return {_class(type(value))}


def _expected(hint: object) -> set[str]:
    """What a field of a type must have held."""
    if get_origin(hint) is Literal:
        return set(map(str, get_args(hint)))
    if get_origin(hint) is tuple:
        return {"several"} | _expected(get_args(hint)[0])
    if get_args(hint):
        return set().union(*map(_expected, get_args(hint)))
    if hint is bool:
        return {"True", "False"}
    if hint is type(None):
        return {"nothing"}
    return {_class(hint)} if isinstance(hint, type) and issubclass(hint, ast.Node) else set()


def test_every_node_and_every_form_of_every_field_is_generated() -> None:
    met: dict[type[ast.Node], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def look(node: ast.Node) -> None:
        for field in dataclasses.fields(node):
            met[type(node)][field.name] |= _forms(getattr(node, field.name))
        for child in node.children():
            look(child)

    @settings(EVERYTHING, max_examples=40, database=None)
    @given(
        files,
        st.tuples(*kinds_of_declarations(leaves), *kinds_of_parts(leaves)),
        st.tuples(*[expressions] * 8),
    )
    def collect(
        tree: ast.File, kinds: tuple[ast.Node, ...], conditions: tuple[ast.Node, ...]
    ) -> None:
        for node in (tree, *kinds, *conditions):
            look(node)

    def missing() -> dict[str, set[str]]:
        lacking = {
            f"{node.__name__}.{field}": _expected(hint) - met[node][field]
            for node in _node_classes() - {ast.File}
            for field, hint in get_type_hints(node).items()
        }
        return {field: forms for field, forms in lacking.items() if forms}

    for number in range(20):
        seed(number)(collect)()
        if not missing():
            break
    assert missing() == {}


def test_a_tree_of_another_source_is_refused() -> None:
    tree = parsed("subject person")
    with pytest.raises(ValueError, match="without errors"):
        format_file(Source("spec.policy", "subject animal"), tree)


def test_a_file_with_errors_is_refused() -> None:
    source = Source("spec.policy", "subject person\nfact a yes/no\n")
    tree, problems = parse(source)
    assert len(problems) == 1
    with pytest.raises(ValueError, match="without errors"):
        format_file(source, tree)
