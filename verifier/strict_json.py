"""JSON as people should write it: no key twice, no number that JSON does not know."""

from __future__ import annotations

import json
from typing import NoReturn

MOST_DIGITS = 1000
"""How long a number may be."""


def parse(text: str) -> object:
    """The data of a text in JSON.

    Raises ``json.JSONDecodeError`` for what is not JSON, ``RecursionError`` for what is nested too
    deeply, and ``ValueError`` for a key that is there twice or a number that is none.
    """
    return json.loads(
        text, object_pairs_hook=_object, parse_constant=_no_constant, parse_int=_number
    )


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"{key!r} is there twice")
        found[key] = value
    return found


def _number(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError(f"a number has more than {MOST_DIGITS} digits")
    return int(text)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number that JSON knows")
