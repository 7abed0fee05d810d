"""Which findings are new, fixed or unchanged between two versions of a policy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from verifier.difference.model import Compared, Match
from verifier.findings import Finding

_NAME = re.compile(r"\w+(?:[.-]\w+)*")

_Mark = tuple[str, int, tuple[str, ...]]


def compared(old: Sequence[Finding], new: Sequence[Finding], match: Match) -> Compared:
    """The findings of two versions held against each other.

    An old finding is the same as a new one if both have the same code and say the same of the same
    clauses, facts and actions, by the names of the new version. One that weighs more or less than
    it did is not the same: it is fixed, and a new one.
    """
    renamed = {before: after for _, before, after in match.renamed}
    left = Counter(_mark(each, renamed) for each in old)
    fresh, unchanged = [], []
    for each in new:
        mark = _mark(each, {})
        if left[mark]:
            left[mark] -= 1
            unchanged.append(each)
        else:
            fresh.append(each)
    fixed = []
    for each in reversed(old):
        mark = _mark(each, renamed)
        if left[mark]:
            left[mark] -= 1
            fixed.append(each)
    return Compared(new=tuple(fresh), fixed=tuple(reversed(fixed)), unchanged=tuple(unchanged))


def _mark(finding: Finding, renamed: Mapping[str, str]) -> _Mark:
    """What a finding is, by the names of the new version. A key lists some names in the order of
    the alphabet, so it is ordered anew."""
    key = finding.key
    if renamed:
        key = tuple(_NAME.sub(lambda n: renamed.get(n[0], n[0]), part) for part in key)
    return finding.code, finding.severity, tuple(sorted(key))
