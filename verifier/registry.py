"""All checks, in the order in which their findings are shown: what hides others comes first."""

from __future__ import annotations

from typing import Any

from verifier.check import Check
from verifier.checks import (
    c01_opposed_duties,
    c02_permitted_and_forbidden,
    c03_joint_duties,
    c04_dead_end,
    c05_opposed_values,
    c06_opposed_ranks,
    c07_over_capacity,
    c08_priority_cycle,
    c09_opposed_deadlines,
    e01_expectation_refuted,
    e02_vacuous_expectation,
    g01_silent,
    g02_undecided_output,
    g03_unguided,
    g04_incomplete_duty,
    g05_text_not_transcribed,
    g06_outside_authority,
    g07_near_miss,
    g08_no_priority_rule,
    p01_never_obliged,
    r01_subsumed,
    r02_idle_exception,
    r03_idle_priority,
    r04_empty_ranking,
    r05_idle_condition,
    s01_quote_not_found,
    s02_modality_differs,
    u01_impossible_condition,
    u02_always_defeated,
    u03_unreachable_release,
    u04_trap,
    u05_dead_step,
    u06_out_of_hands,
    u07_dead_alternative,
    v01_no_cases,
    v02_assumption_hides,
    w01_unused_waiver,
    w02_expired_waiver,
    x01_not_settled,
)

CHECKS: tuple[Check[Any], ...] = (
    v01_no_cases.CHECK,
    v02_assumption_hides.CHECK,
    c01_opposed_duties.CHECK,
    c02_permitted_and_forbidden.CHECK,
    c03_joint_duties.CHECK,
    c04_dead_end.CHECK,
    c05_opposed_values.CHECK,
    c06_opposed_ranks.CHECK,
    c07_over_capacity.CHECK,
    c08_priority_cycle.CHECK,
    c09_opposed_deadlines.CHECK,
    g01_silent.CHECK,
    g02_undecided_output.CHECK,
    g03_unguided.CHECK,
    g04_incomplete_duty.CHECK,
    g05_text_not_transcribed.CHECK,
    g06_outside_authority.CHECK,
    g07_near_miss.CHECK,
    g08_no_priority_rule.CHECK,
    u01_impossible_condition.CHECK,
    u02_always_defeated.CHECK,
    u03_unreachable_release.CHECK,
    u04_trap.CHECK,
    u05_dead_step.CHECK,
    u06_out_of_hands.CHECK,
    u07_dead_alternative.CHECK,
    r01_subsumed.CHECK,
    r02_idle_exception.CHECK,
    r03_idle_priority.CHECK,
    r04_empty_ranking.CHECK,
    r05_idle_condition.CHECK,
    p01_never_obliged.CHECK,
    e01_expectation_refuted.CHECK,
    e02_vacuous_expectation.CHECK,
    s01_quote_not_found.CHECK,
    s02_modality_differs.CHECK,
    w01_unused_waiver.CHECK,
    w02_expired_waiver.CHECK,
    x01_not_settled.CHECK,
)
"""INVARIANT: codes and names are unique, and every code has a faulty spec that shows it."""


def by_code(code: str) -> Check[Any] | None:
    """The check with a code or a name, in any case of letters."""
    wanted = code.strip().lower()
    return next((c for c in CHECKS if wanted in (c.code.lower(), c.name)), None)
