"""A case that shows a fault."""

from __future__ import annotations

from dataclasses import dataclass

from policy_dsl.case import Case
from policy_dsl.model import Expr


@dataclass(frozen=True, kw_only=True)
class Witness:
    """A case that shows the fault, replayed by the evaluator.

    ``statements`` say in words what matters in it; ``conditions`` say the same in the language,
    each with its truth, and ``statement`` is the same as expressions. Any case that meets them
    shows the fault. ``left_out`` are facts that play no part at all. ``case`` is one full,
    plausible case. ``example`` says, where the statements only say that clauses do not apply,
    one way in which that comes about, with the readings it needs.
    """

    statements: tuple[str, ...]
    conditions: tuple[tuple[str, bool], ...]
    left_out: tuple[str, ...]
    case: Case
    example: tuple[str, ...] = ()
    statement: tuple[tuple[Expr, bool], ...] = ()
