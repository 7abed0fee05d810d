"""Reports of every kind, for tests of SARIF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load_text
from policy_dsl.source import Place, Source, Span
from tests.verifier.command import HEAD
from tests.verifier.exhibited import exhibited, hostile_exhibits
from tests.verifier.pages import hostile
from tests.verifier.reported import SMALL, small
from verifier.findings import Severity
from verifier.gating import Gate, Known, Waiver, Weight
from verifier.pipeline import Report, check_policy
from verifier.render.formats import Result, Wrong

SETTINGS = Source("antinomy.toml", '[[waivers]]\nreason = "x"\n')
TEXTS = {
    "specs/small.policy": SMALL,
    "specs/wrong.policy": HEAD.format(name="wrong")
    + "clause A must release\nclause A must release when chidl\n",
    "antinomy.toml": SETTINGS.text,
}
"""The texts that the reports speak of, by their names."""

WAIVER = Waiver(
    code="C01",
    clauses=("A",),
    reason="The {new} form [comes](https://example.org) in May",
    owner="Legal",
    expires=date(2027, 5, 1),
    place=Place(SETTINGS, Span(0, 11)),
)


def gated(*, known: bool = True) -> Report:
    """The small report: its first finding is waived, its second is known, and one was mended."""
    report = small()
    first, second, *_ = report.findings
    gate = Gate(
        waived={first.fingerprint: WAIVER},
        known=frozenset({second.fingerprint}) if known else None,
        settings="antinomy.toml",
        not_run=("P01",),
        weights=(Weight(code="R01", usual=Severity.WARNING, now=Severity.ERROR),),
        fixed=(Known(fingerprint="0123456789ab", code="G01", title="Old [gap](1)"),),
    )
    return replace(report, gate=gate)


def wrong() -> Wrong:
    """A policy that cannot be read: a clause stands twice, and a name is misspelt."""
    with pytest.raises(SpecError) as raised:
        load_text(TEXTS["specs/wrong.policy"], "specs/wrong.policy")
    return Wrong("specs/wrong.policy", raised.value.diagnostics)


REPORTS: Mapping[str, tuple[Result, ...]] = {
    "small": (small(),),
    "exhibits": (exhibited(),),
    "hostile": (hostile(), hostile_exhibits()),
    "gated": (gated(),),
    "unsettled": (check_policy(load_text(SMALL, "specs/small.policy"), bound=1),),
    "wrong": (small(), wrong()),
    "nothing": (),
}
