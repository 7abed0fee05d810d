"""Which readings of the text would remove a finding, in one sentence."""

from __future__ import annotations

from policy_dsl.model import PERIOD, SHOULD, Policy
from policy_dsl.wording import joined
from verifier.readings import ReadingSet, options, say_chosen


def removed_by(policy: Policy, readings: ReadingSet) -> tuple[str, ...]:
    """Under which single reading of an open point what stands under ``readings`` does not stand.

    Nothing where the policy has no open points but whether "should" binds, which then does not
    matter.
    """
    points = [n for n, a in policy.ambiguities.items() if a.place and len(options(policy, n)) > 1]
    if readings.always:
        return ("To settle an open point of the text would not remove it.",) if points else ()
    parts = []
    settled = [name for name in readings.ambiguities if name != PERIOD]
    for name in settled:
        gone = [r for r in options(policy, name) if not readings.possible_with(name, r)]
        if gone:
            parts.append(f"if {say_chosen(policy, name, tuple(gone))}")
    if not settled:
        return ()
    if not parts:
        depends = joined([_name(each) for each in settled], "and")
        return (f"No single reading removes it; only readings of {depends} taken together do.",)
    return (f"It does not stand {joined(parts, 'or')}.",)


def _name(ambiguity: str) -> str:
    return "'should'" if ambiguity == SHOULD else ambiguity
