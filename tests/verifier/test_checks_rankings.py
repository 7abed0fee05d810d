"""Checks on two persons: what exactly is told."""

from __future__ import annotations

from tests.verifier.checking import findings, found, titles
from verifier.exhibits import Persons
from verifier.findings import Finding, Severity
from verifier.shared import Limits

BEDS = 'resource beds "beds"\n'
ILL = "clause A must prioritize beds when ill\n"
CHILD = "clause B must prioritize beds when child\n"


def told(finding: Finding) -> list[tuple[str, ...]]:
    """What is said of each of two persons."""
    assert isinstance(finding.exhibit, Persons)
    return [each.witness.statements for each in finding.exhibit.members]


class TestOpposedRanks:
    """C06"""

    def test_each_is_told_by_what_matters(self) -> None:
        (each,) = findings(BEDS + ILL + CHILD, "C06")
        assert each.severity is Severity.ERROR
        assert each.title == "By A one person comes first for beds, and by B another does"
        assert told(each) == [
            ("The person is ill", "The person is no child"),
            ("The person is well", "The person is a child"),
        ]
        assert isinstance(each.exhibit, Persons)
        assert [p.label for p in each.exhibit.members] == ["the first person", "the second person"]
        assert each.exhibit.members[0].said == "By A this person comes first for beds."

    def test_with_a_should_it_is_a_warning(self) -> None:
        (each,) = findings(BEDS + ILL + CHILD.replace("must", "should"), "C06")
        assert (each.severity, each.strength) == (Severity.WARNING, "should")
        assert any("does not by itself let one of them prevail" in why for why in each.explanation)
        assert any("B ranks nobody bindingly" in line for line in each.settles)

    def test_readings(self) -> None:
        text = BEDS + ILL + CHILD.replace("when child", "when child under scope is wide")
        assert found(text, "C06") == ["A B, only if scope is read as 'wide'"]

    def test_two_values_are_told_where_a_term_ranks(self) -> None:
        text = "clause C must rank beds by age highest first when not ill\n"
        (each,) = findings(BEDS + CHILD + text, "C06")
        ages = [[line for line in lines if "Age" in line] for lines in told(each)]
        assert ages == [["Age: 0 years"], ["Age: 1 year"]]

    def test_a_priority_an_order_or_over_settles_it(self) -> None:
        assert found(BEDS + ILL + CHILD + "  overrides A\n", "C06") == []
        assert found(f"{BEDS}in order list\n{ILL}{CHILD}end order\n", "C06") == []
        over = "over none of A, B"
        text = (ILL + CHILD).replace("beds", f"beds {over}")
        assert found(BEDS + text, "C06") == []

    def test_a_circle_does_not_and_is_named(self) -> None:
        text = BEDS + ILL + "  overrides B\n" + CHILD + "  overrides A\n"
        (each,) = findings(text, "C06")
        assert any("run in a circle" in why for why in each.explanation)

    def test_two_resources_are_two_orders(self) -> None:
        text = CHILD.replace("beds", "meals") + 'resource meals "meals"\n'
        assert found(BEDS + ILL + text, "C06") == []

    def test_who_is_not_ranked_at_all(self) -> None:
        assert found(f"{BEDS.rstrip()} for ill\n{ILL}{CHILD}", "C06") == []

    def test_every_pair_of_clauses_is_told_once(self) -> None:
        text = BEDS + ILL + CHILD + "clause C must prioritize beds when age >= 60 years\n"
        assert found(text, "C06") == ["A B", "A C", "B C"]
        codes = [each.code for each in findings(text, "C06", Limits(clashes=2))]
        assert codes == ["C06", "C06", "X01"]


class TestEmptyRanking:
    """R04"""

    def why(self, text: str) -> str:
        (each,) = findings(text, "R04")
        assert each.proof is not None
        (why,) = each.explanation
        return why

    def test_everybody(self) -> None:
        assert titles(BEDS + "clause A must prioritize beds", "R04") == [
            "A puts nobody before anybody else for beds"
        ]
        assert self.why(BEDS + "clause A must prioritize beds") == "It applies to everybody alike."

    def test_nobody_for_whom_the_resource_is(self) -> None:
        text = f"{BEDS.rstrip()} for child\nclause A must prioritize beds when not child"
        assert self.why(text) == "No person to whom it applies is one of those for whom beds is."

    def test_nobody_over_whom(self) -> None:
        text = BEDS + "clause A must prioritize beds over ill when ill"
        assert self.why(text) == (
            "Whoever it does not apply to is not a person over whom it gives priority."
        )

    def test_equals(self) -> None:
        text = BEDS + "clause A must rank beds by age lowest first when age = 7 years"
        assert self.why(text) == "Any two to whom it applies are equal in what it ranks them by."

    def test_what_ranks_somebody_or_is_never_in_force(self) -> None:
        assert found(BEDS + ILL, "R04") == []
        assert found(BEDS + "clause A must prioritize beds when ill and not ill", "R04") == []


class TestListsWithoutOrder:
    """G03"""

    LISTED = (ILL + CHILD).replace("beds", "beds over none of A, B")

    def test_a_list_is_told_once(self) -> None:
        third = "clause C must prioritize beds over none of A, B, C when age >= 60 years\n"
        listed = self.LISTED.replace("A, B", "A, B, C")
        assert titles(BEDS + listed + third, "G03") == [
            "Nothing orders those to whom A, B and C give priority for beds"
        ]

    def test_a_limit_is_said(self) -> None:
        third = "clause C must prioritize beds over none of A, B, C when age >= 60 years\n"
        text = BEDS + self.LISTED.replace("A, B", "A, B, C") + third
        codes = [each.code for each in findings(text, "G03", Limits(clashes=2))]
        assert codes == ["G03", "X01"]

    def test_an_order_of_two_of_three(self) -> None:
        third = "clause C must prioritize beds over A when age >= 60 years\n"
        text = self.LISTED.replace("A, B", "A, B, C") + third
        (each,) = findings(BEDS + text, "G03")
        assert (
            each.title == "Nothing orders some of those to whom A, B and C give priority for beds"
        )

    def test_a_second_criterion_does_not_order_equals(self) -> None:
        text = BEDS + self.LISTED + "clause C must rank beds by age highest first\n"
        (each,) = findings(text, "G03")
        assert isinstance(each.exhibit, Persons)
        ages = [person.witness.case.facts["age"] for person in each.exhibit.members]
        assert ages[0] == ages[1]

    def test_opposed_orders_are_not_open(self) -> None:
        assert found(BEDS + ILL + CHILD, "G03") == []


class TestOthers:
    """What other checks make of rankings."""

    def test_a_priority_that_settles_an_order_is_needed(self) -> None:
        assert found(BEDS + ILL + CHILD + "  overrides A\n", "R03") == []
        same = CHILD.replace("child", "ill and child")
        assert found(BEDS + ILL + same + "  overrides A\n", "R03") == ["A B"]

    def test_what_ranks_adds_something(self) -> None:
        text = "clause C must release, report when ill\nclause D must release when ill\n"
        assert found(BEDS + text, "R01") == ["C D"]
        ranks = text.replace("must release when", "must release must prioritize beds when")
        assert found(BEDS + ranks, "R01") == []
