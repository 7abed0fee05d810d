"""The way of the data is one way: who may import whom, and how large things may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path.relative_to(ROOT).with_suffix("")
    for package in ("policy_dsl", "verifier")
    for path in (ROOT / package).rglob("*.py")
)
each_module = pytest.mark.parametrize("module", MODULES, ids=lambda each: ".".join(each.parts))

LAYERS = (
    ("policy_dsl.source", "policy_dsl.types"),
    ("policy_dsl.syntax", "policy_dsl.model"),
    ("policy_dsl.parse", "policy_dsl.evaluate", "policy_dsl.format", "policy_dsl.phrases"),
    ("policy_dsl.resolve",),
    ("policy_dsl.load",),
    ("verifier.solvers",),
    ("verifier.encode", "verifier.session"),
    ("verifier.check", "verifier.findings"),
    ("verifier.checks",),
    ("verifier.pipeline",),
    ("verifier.render",),
    ("verifier.cli",),
)
"""From the bottom to the top; a module of a named layer never imports from a higher one."""

COMPOSE = {"verifier.cli", "verifier.reports"}
"""The composition roots, with everything in ``verifier.commands``."""


LONG = {"policy_dsl.syntax.declarations", "verifier.oracle.runtime", "verifier.oracle.writing"}
"""Lists of small classes or functions, one for each declaration or expression; and the text that
stands whole in every compiled policy."""

ANY = {"Check[Any]", "Check[Any] | None", "Callable[[Any], int]", "Callable[[Any, Any], int]"}
"""A check of whatever items; a function of whatever value an expression has."""

IMPLEMENTATIONS = {"Z3Backend", "Copy", "Fixed"}
"""Classes whose methods are documented where their interface is."""


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse((ROOT / module).with_suffix(".py").read_text("utf-8"))


def name(module: Path) -> str:
    return ".".join(part for part in module.parts if part != "__init__")


def imports(module: Path) -> Iterator[str]:
    """Every module that is imported anywhere in a module, inside functions too."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(module)} imports relatively"
            source = node.module or ""
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def public(module: Path) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The functions, classes and methods that others may use."""
    for node in tree(module).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef) and node.name not in IMPLEMENTATIONS:
                methods = [each for each in node.body if isinstance(each, ast.FunctionDef)]
                yield from (each for each in methods if not each.name.startswith("_"))


def inside(imported: str, package: str) -> bool:
    return imported == package or imported.startswith(f"{package}.")


@each_module
def test_the_language_knows_nothing_of_the_verifier(module: Path) -> None:
    if module.parts[0] == "policy_dsl":
        assert [each for each in imports(module) if inside(each, "verifier")] == []


@each_module
def test_lark_and_z3_are_imported_in_one_place_each(module: Path) -> None:
    for library, place in (
        ("lark", "policy_dsl.lark_parser"),
        ("z3", "verifier.solvers.z3_backend"),
    ):
        if name(module) != place:
            assert [each for each in imports(module) if inside(each, library)] == []


@each_module
def test_layers_are_imported_downwards_only(module: Path) -> None:
    mine = next(
        (i for i, layer in enumerate(LAYERS) if any(inside(name(module), p) for p in layer)), None
    )
    if mine is not None:
        above = [package for layer in LAYERS[mine + 1 :] for package in layer]
        wrong = [each for each in imports(module) if any(inside(each, p) for p in above)]
        assert wrong == []


@each_module
def test_the_model_knows_nothing_of_the_syntax(module: Path) -> None:
    after_resolving = (
        "policy_dsl.model",
        "policy_dsl.evaluate",
        "policy_dsl.conditions",
        "policy_dsl.defeat",
        "policy_dsl.phrases",
        "policy_dsl.why",
        "verifier",
    )
    if any(inside(name(module), each) for each in after_resolving):
        about_text = {"verifier.commands.fmt", "verifier.commands.files"}
        if name(module) not in about_text:
            assert [each for each in imports(module) if inside(each, "policy_dsl.syntax")] == []


@each_module
def test_renderers_only_read(module: Path) -> None:
    if inside(name(module), "verifier.render"):
        asking = (
            "verifier.solvers",
            "verifier.session",
            "verifier.explore",
            "verifier.encode",
            "verifier.check",
            "verifier.checks",
        )
        assert [each for each in imports(module) if any(inside(each, p) for p in asking)] == []


@each_module
def test_checks_do_not_choose_a_solver(module: Path) -> None:
    may = COMPOSE | {"verifier.pipeline", "verifier.solvers.z3_backend"}
    if name(module) not in may and not inside(name(module), "verifier.commands"):
        assert [e for e in imports(module) if inside(e, "verifier.solvers.z3_backend")] == []


@each_module
def test_files_can_be_read_in_one_go(module: Path) -> None:
    lines = len((ROOT / module).with_suffix(".py").read_text("utf-8").splitlines())
    if name(module) in LONG:
        assert lines > 300, "it is short enough now: take it out of LONG"
    else:
        assert lines <= (135 if inside(name(module), "verifier.checks") else 300)


@each_module
def test_public_things_have_a_docstring(module: Path) -> None:
    assert ast.get_docstring(tree(module)), name(module)
    missing = [each.name for each in public(module) if not ast.get_docstring(each)]
    assert missing == []


@each_module
def test_public_signatures_say_what_they_take(module: Path) -> None:
    for each in public(module):
        if isinstance(each, ast.FunctionDef):
            arguments = [*each.args.args, *each.args.kwonlyargs]
            annotations = [*(a.annotation for a in arguments), each.returns]
            said = {ast.unparse(annotation) for annotation in annotations if annotation}
            assert not {text for text in said if re.search(r"\bAny\b", text)} - ANY


def test_every_layer_exists() -> None:
    known = {name(module) for module in MODULES}
    for layer in LAYERS:
        for package in layer:
            assert any(inside(each, package) for each in known), package
