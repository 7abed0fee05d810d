"""Texts in TOML as plain data, within bounds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping

from policy_dsl.source import Place, Source, Span
from verifier.settings.model import Problem, SettingsError

MOST_CHARACTERS = 200_000
"""How long a file of settings may be."""

DEEPEST = 20
"""How many names a key may have behind one another, and how deep tables may stand in tables."""


def parse(source: Source) -> Mapping[str, object]:
    """A text in TOML as plain data. Raises ``SettingsError``."""
    try:
        if len(source.text) > MOST_CHARACTERS:
            raise ValueError(f"it has more than {MOST_CHARACTERS} characters")
        if any(line.count(".") > DEEPEST for line in _keys(source.text)):
            raise ValueError(f"a key has more than {DEEPEST} points")
        data = tomllib.loads(source.text)
    except RecursionError:
        raise _broken(source, "lists or tables stand too deep in each other") from None
    except ValueError as error:
        raise _broken(source, str(error)) from None
    return data


def _keys(text: str) -> Iterable[str]:
    """What may be a key of the lines of a text."""
    return (line.partition("=")[0] for line in text.splitlines() if "." in line)


def _broken(source: Source, reason: str) -> SettingsError:
    place = Place(source, Span(0, 0))
    said = f"it cannot be read as TOML: {reason[:200].rstrip('.')}."
    return SettingsError([Problem(key="", place=place, message=said)])
