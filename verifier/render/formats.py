"""The formats that put all checked policies into one document, each in a module of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TypeAlias

from policy_dsl.diagnostics import Diagnostic
from verifier.pipeline import Report


@dataclass(frozen=True)
class Wrong:
    """A policy that could not be checked."""

    file: str
    diagnostics: tuple[Diagnostic, ...]


Result: TypeAlias = Report | Wrong

WHOLE: Mapping[str, str] = {
    "github": "verifier.render.github",
    "gitlab": "verifier.render.gitlab",
    "json": "verifier.render.json_v1",
    "junit": "verifier.render.junit",
    "markdown": "verifier.render.markdown",
    "sarif": "verifier.render.sarif",
}
"""The module of each format; its ``render`` takes the results and returns the document. Imported
only when it is used."""


def whole(name: str, results: Sequence[Result]) -> str:
    """The results in one of these formats, in their order."""
    return str(import_module(WHOLE[name]).render(results))
