"""How far a run looks. In a module of its own, which is quick to import."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How far enumerations go before they stop and say so."""

    clashes: int = 60
    regions: int = 8
    margins: int = 400
    cycles: int = 40
