"""The finding that something was not settled."""

from __future__ import annotations

from verifier.findings import Finding, Severity


def unsettled(code: str, name: str, what: str, reason: str) -> Finding:
    """The finding that something was not settled."""
    return Finding(
        code="X01",
        name="not-settled",
        severity=Severity.ERROR,
        title=f"{code} {name} is not settled for {what}: {reason}.",
        explanation=("This is no answer: the fault may be there or not.",),
        key=(code, what),
    )
