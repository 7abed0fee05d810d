"""E01, E02 and X01, each on a few lines: what must be found, and near misses that must not."""

from __future__ import annotations

import pytest

from tests.verifier.checking import findings, found
from verifier.findings import Severity
from verifier.shared import Limits

CLAUSES = """\
clause A must release when child
clause B must not release when ill and not child
clause C should report when age > 65
clause D may detain when no
output fee : 0 .. 9
clause E sets fee to 5 when child
clause F sets fee to 7 when ill
"""


class TestExpectationRefuted:
    @pytest.mark.parametrize(
        "expected",
        [
            "never (must release and must not release)",
            "never must release when not child",
            "must release when child",
            "always should release when child",
            "child implies must release",
            "silent on release when not child and not ill",
            "sometimes must not release",
            "sometimes must not release when age > 100",
            "sometimes fee > 6",
            "never fee = 6",
            "A is reachable",
            "D is unreachable",
            "should report when age = 66",
            "never must report when age < 60",
        ],
    )
    def test_it_is_so(self, expected: str) -> None:
        assert findings(f"{CLAUSES}expect {expected}", "E01") == []

    @pytest.mark.parametrize(
        "expected",
        [
            "never must release",
            "must release",
            "must release when child or ill",
            "sometimes may release",
            "sometimes must release when not child",
            "sometimes fee = 6",
            "never (fee = 5 and fee = 7)",
            "A is unreachable",
            "D is reachable",
            "must report when age = 66",
            "silent on report when ill",
        ],
    )
    def test_it_is_not_so(self, expected: str) -> None:
        (each,) = findings(f"{CLAUSES}expect {expected}", "E01")
        assert each.severity is Severity.ERROR
        assert each.title.startswith("Against what is expected, ")
        assert each.explanation[0] == f"It is written: expect {expected}"
        assert (each.witness is None) == (each.proof is not None)

    def test_a_should_duty_is_a_must_duty_if_should_binds(self) -> None:
        text = f"{CLAUSES}expect must report when age = 66"
        assert found(text, "E01") == ["C, only if 'should' is read as 'advisory'"]

    def test_the_readings_under_which_it_fails(self) -> None:
        text = "clause A must release when child\n  under scope is wide\n"
        never = f"{text}expect never must release"
        sometimes = f"{text}expect sometimes must release"
        assert found(never, "E01") == ["A, only if scope is read as 'wide'"]
        assert found(sometimes, "E01") == [", only if scope is read as 'narrow'"]
        assert found(f"{text}expect A is reachable", "E01") == []

    def test_the_same_expectation_twice_is_two_findings(self) -> None:
        one, two = findings(f"{CLAUSES}expect must release\nexpect must release", "E01")
        assert one.fingerprint != two.fingerprint

    def test_values_of_an_output_in_an_argument(self) -> None:
        text = f"define large(amount : 0 .. 9) is amount > 6\n{CLAUSES}"
        assert findings(f"{text}expect never large(fee) when not ill", "E01") == []
        assert len(findings(f"{text}expect never large(fee)", "E01")) == 1

    def test_norms_in_an_argument_are_told_by_the_facts_behind_them(self) -> None:
        text = f"define so(it : yes/no) is it\n{CLAUSES}expect never so((must release))"
        (each,) = findings(text, "E01")
        assert each.witness is not None
        assert each.witness.conditions == (("child", True),)
        assert "child" not in each.witness.left_out


class TestVacuousExpectation:
    @pytest.mark.parametrize(
        ("expected", "count"),
        [
            ("must release when child and not child", 1),
            ("never must release when age > 120", 1),
            ("age > 120 implies must release", 1),
            ("never (age > 120 implies must release)", 0),
            ("sometimes must release when no", 0),
            ("must release when child", 0),
            ("A is reachable", 0),
        ],
    )
    def test_a_premise_that_never_holds(self, expected: str, count: int) -> None:
        assert len(findings(f"{CLAUSES}expect {expected}", "E02")) == count

    def test_a_premise_that_one_reading_lets_hold(self) -> None:
        text = f"assume not child under scope is wide\n{CLAUSES}expect must release when child"
        assert findings(text, "E02") == []


class TestNotSettled:
    def test_more_clashes_than_the_limit(self) -> None:
        text = (
            "clause A must release when child\nclause B must release when ill\n"
            "clause C must not release when age > 60\nclause D must not release when age < 5"
        )
        codes = [each.code for each in findings(text, "C01", Limits(clashes=2))]
        assert codes == ["C01", "C01", "X01"]

    def test_more_values_than_the_limit(self) -> None:
        text = "output fee : 0 .. 9\n" + "\n".join(
            f"clause C.{i} sets fee to {i}" for i in range(4)
        )
        codes = [each.code for each in findings(text, "C05", Limits(clashes=3))]
        assert codes == ["C05", "C05", "C05", "X01"]
        assert "X01" not in [each.code for each in findings(text, "C05", Limits(clashes=6))]

    def test_more_circles_than_the_limit(self) -> None:
        names = [f"C.{i}" for i in range(4)]
        text = "\n".join(
            f"clause {n} must release overrides {', '.join(o for o in names if o != n)}"
            for n in names
        )
        (each,) = findings(text, "C08", Limits(cycles=5))
        assert each.code == "X01"
        assert len(findings(text, "C08")) == 20
