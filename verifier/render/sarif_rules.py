"""Every code as a rule of SARIF, with what ``antinomy explain`` says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from policy_dsl.diagnostics import CODES, Code
from policy_dsl.language_errors import LANGUAGE_ERRORS
from verifier.findings import Severity
from verifier.registry import CHECKS
from verifier.render import sarif_run_types as r
from verifier.render import sarif_types as t

_TAGS: Mapping[str, str] = {
    "C": "contradiction",
    "E": "expectation",
    "G": "gap",
    "L": "language",
    "P": "permission",
    "R": "redundancy",
    "S": "faithfulness",
    "U": "dead-letter",
    "V": "assumption",
    "W": "waiver",
    "X": "not-settled",
}
"""What a code is about, by its letter."""

_LEVELS: Mapping[Severity, t.Level] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}

_PROBLEMS: Mapping[t.Level, str] = {"note": "recommendation"}
"""How code scanning calls a level, where it has another word."""

_MOST = 1000
"""How long a description may be for those who read it."""


def level(severity: Severity) -> t.Level:
    """A severity in the standard's words."""
    return _LEVELS[severity]


@cache
def rules() -> tuple[r.RuleDict, ...]:
    """All rules: the checks in their order, then the errors of the language."""
    checks = (
        _rule(each.code, each.name, each.question, each.documentation.strip(), level(each.severity))
        for each in CHECKS
    )
    return (*checks, *map(_language, CODES))


@cache
def index() -> Mapping[str, int]:
    """Where the rule of a code stands among all rules."""
    return {rule["id"]: at for at, rule in enumerate(rules())}


def _language(code: Code) -> r.RuleDict:
    error = LANGUAGE_ERRORS[code]
    parts = [error.meaning]
    for lead, example in (("Wrong:", error.faulty), ("Right:", error.mended)):
        if example:
            parts.append(f"{lead}\n\n{_indented(example)}")
    short = f"{error.meaning.split('. ', 1)[0].rstrip('.')}."
    return _rule(code, CODES[code], short, "\n\n".join(parts), "error")


def _rule(code: str, name: str, short: str, markdown: str, weight: t.Level) -> r.RuleDict:
    plain = "\n\n".join(_paragraphs(markdown))
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in name.split("-")),
        "shortDescription": {"text": short},
        "fullDescription": {"text": _first(plain)},
        "help": {"text": plain, "markdown": markdown},
        "defaultConfiguration": {"level": weight},
        "properties": {
            "tags": ["policy", *([_TAGS[code[0]]] if code[0] in _TAGS else [])],
            "problem.severity": _PROBLEMS.get(weight, weight),
            "precision": "very-high",
        },
    }


def _first(text: str) -> str:
    """The first paragraph, or as many of its sentences as there is room for."""
    found = text.split("\n\n", 1)[0]
    while len(found) > _MOST:
        found = f"{found[:-1].rsplit('. ', 1)[0]}."
    return found


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs without the line ends inside them; what is indented or a list stays."""
    for paragraph in text.split("\n\n"):
        lines = paragraph.split("\n")
        kept = any(line.startswith((" ", "- ", "* ", "|")) for line in lines)
        yield paragraph if kept else " ".join(lines)


def _indented(text: str) -> str:
    """An example, so that it is one in Markdown too."""
    return "\n".join(f"    {line}" for line in text.split("\n"))
