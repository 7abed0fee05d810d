"""Baselines: what is recorded, how it reads back, and files that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verifier.reported import small
from verifier.baseline import BadBaseline, Baseline, baseline_of, read, write
from verifier.findings import Severity
from verifier.gating import OPEN, Known

KNOWN = st.builds(
    Known,
    fingerprint=st.text("0123456789abcdef", min_size=12, max_size=12),
    code=st.sampled_from(["C01", "G01", "R05"]),
    title=st.text(max_size=20),
    severity=st.sampled_from(list(Severity)),
)
BASELINES = st.dictionaries(
    st.text(max_size=8),
    st.lists(KNOWN, min_size=1, max_size=4, unique_by=lambda each: each.fingerprint).map(tuple),
    max_size=4,
)


def reread(text: str | bytes, folder: Path) -> Baseline:
    path = folder / "baseline.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return read(path)


@given(BASELINES)
def test_what_is_written_reads_back(
    tmp_path_factory: pytest.TempPathFactory, found: dict[str, tuple[Known, ...]]
) -> None:
    text = write(Baseline(findings=found))
    again = reread(text, tmp_path_factory.mktemp("baseline"))
    assert {name: set(each) for name, each in again.findings.items()} == {
        name: set(each) for name, each in found.items()
    }
    assert write(again) == text


def test_a_finding_stands_on_a_line_and_lines_are_sorted() -> None:
    text = write(baseline_of([("b.policy", small(), OPEN), ("a.policy", small(), OPEN)]))
    lines = [each.rstrip(",") for each in text.splitlines() if each.startswith('{"policy"')]
    rows = [tuple(json.loads(each).values()) for each in lines]
    assert rows == sorted(rows)
    assert len(rows) == 2 * len(small().findings)
    assert rows[0][0] == "a.policy"
    assert text.isascii()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("[]", 'no "schema"'),
        ('{"schema": "antinomy-report/1"}', "and not 'antinomy-baseline/1'"),
        ('{"schema": "antinomy-baseline/2", "findings": []}', "and not 'antinomy-baseline/1'"),
        ('{"schema": "antinomy-baseline/1"}', "'findings', a list"),
        ('{"schema": "antinomy-baseline/1", "findings": [], "x": 1}', "nothing else"),
        ('{"schema": "antinomy-baseline/1", "findings": [1]}', "finding 1 must have"),
        ("[" * 200_000, "too deep"),
        ("9" * 10_000, "too large"),
        (b"\xff\xfe", "UTF-8"),
    ],
    ids=range(10),
)
def test_a_file_that_is_no_baseline_is_a_clear_error(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    with pytest.raises(BadBaseline, match=said):
        reread(text, tmp_path)


@pytest.mark.parametrize("code", ["X01", "V01", "W01", "W02"])
def test_no_baseline_has_what_always_counts(tmp_path: Path, code: str) -> None:
    row: dict[str, object] = dict.fromkeys(("policy", "fingerprint", "title"), "")
    row |= {"code": code, "severity": "error"}
    text = json.dumps({"schema": "antinomy-baseline/1", "findings": [row]})
    with pytest.raises(BadBaseline, match="never taken for known"):
        reread(text, tmp_path)
    for wrong, said in (({"code": 1}, "no text"), ({"code": "C01", "severity": "off"}, "'off'")):
        text = json.dumps({"schema": "antinomy-baseline/1", "findings": [{**row, **wrong}]})
        with pytest.raises(BadBaseline, match=said):
            reread(text, tmp_path)


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(BadBaseline, match="no such file"):
        read(tmp_path / "none.json")
    with pytest.raises(BadBaseline, match="no regular file"):
        read(tmp_path)
