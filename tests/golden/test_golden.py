"""Golden findings: what is found in every spec, without the cases, which a solver may vary.

``make golden`` renews them; read the difference before it is committed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.gated import checked
from verifier.findings import Finding
from verifier.readings import describe
from verifier.shared import Limits

ROOT = Path(__file__).parents[2]
SPECS = sorted(path for end in ("*.policy", "*.policy.md") for path in (ROOT / "specs").rglob(end))
RENEW = os.environ.get("ANTINOMY_RENEW") == "1"


def name_of(spec: Path) -> str:
    """The name of a spec; an example has its folder's before its own."""
    stem = spec.name.split(".policy")[0]
    return f"{spec.parent.name}-{stem}" if "examples" in spec.parts else stem


def golden(spec: Path) -> Path:
    return Path(__file__).parent / "findings" / f"{name_of(spec)}.txt"


def found(spec: Path) -> str:
    """The findings of a spec, a paragraph each."""
    given = dict(re.findall(r"^-- limits:.*?(\w+)=(\d+)", spec.read_text("utf-8"), re.MULTILINE))
    limits = Limits(**{name: int(value) for name, value in given.items()})
    report = checked(spec, limits)
    policy = report.policy

    def paragraph(finding: Finding) -> str:
        clauses = " ".join(side.clause for side in finding.sides) or "-"
        strength = f", {finding.strength}" if finding.strength else ""
        return (
            f"{finding.code} {finding.severity}{strength} {finding.fingerprint}\n"
            f"  {finding.title.replace(f'{ROOT.as_posix()}/', '')}\n"
            f"  clauses: {clauses}\n"
            f"  stands {describe(policy, finding.readings)}\n"
        )

    return "\n".join(paragraph(each) for each in report.findings) or "nothing\n"


@pytest.mark.parametrize("spec", SPECS, ids=name_of)
def test_findings_are_the_golden_ones(spec: Path) -> None:
    text = found(spec)
    if RENEW:
        golden(spec).parent.mkdir(exist_ok=True)
        golden(spec).write_text(text, "utf-8")
    assert golden(spec).read_text("utf-8") == text


def test_every_golden_file_has_its_spec() -> None:
    names = {name_of(spec) for spec in SPECS}
    assert len(names) == len(SPECS)
    kept = {path.stem for path in (Path(__file__).parent / "findings").glob("*.txt")}
    if RENEW:
        for name in kept - names:
            (Path(__file__).parent / "findings" / f"{name}.txt").unlink()
        kept &= names
    assert kept == names
