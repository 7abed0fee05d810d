"""The normative state of an action: what the clauses in force, taken together, say about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from policy_dsl.model import Force, NormState, Strength


@dataclass(frozen=True, slots=True)
class NormativeState:
    """What a policy says about one action in one case.

    ``obliged`` and ``forbidden`` give the strongest duty, or ``None``. An action can be both
    obliged and forbidden: that is a contradiction, not an error.
    """

    obliged: Strength | None = None
    forbidden: Strength | None = None
    permitted: bool = False
    released: bool = False

    @property
    def silent(self) -> bool:
        """Whether no clause in force says anything about the action."""
        return self == SILENT

    def with_norm(self, force: Force, strength: Strength) -> NormativeState:
        """The state with one norm more; strength counts for duties only."""
        match force:
            case "oblige":
                return replace(self, obliged=_stronger(self.obliged, strength))
            case "forbid":
                return replace(self, forbidden=_stronger(self.forbidden, strength))
            case "permit":
                return replace(self, permitted=True)
            case "release":
                return replace(self, released=True)
            case _:
                assert_never(force)


SILENT = NormativeState()
"""The state of an action that no clause in force speaks about."""


def _stronger(one: Strength | None, other: Strength) -> Strength:
    return "must" if "must" in (one, other) else "should"


def norm_holds(state: NormState, actual: NormativeState) -> bool:
    """Whether an action's state is as an expectation says.

    ``must`` asks for a duty of must strength, ``should`` for a duty of either strength.
    """
    match state:
        case "must":
            return actual.obliged == "must"
        case "must not":
            return actual.forbidden == "must"
        case "should":
            return actual.obliged is not None
        case "should not":
            return actual.forbidden is not None
        case "may":
            return actual.permitted
        case "need not":
            return actual.released
        case "silent on":
            return actual.silent
        case _:
            assert_never(state)
