"""Findings that differ in one clause are shown together, and none is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.case import Case
from policy_dsl.source import Place, Source, Span
from verifier.exhibits import Persons
from verifier.findings import Finding, Related, Severity, Side
from verifier.render.blocks import blocks, letters, numbers, same_but_for_the_clause, title
from verifier.witness import Witness

PLACE = Place(Source("p.policy", "text"), Span(0, 1))


def side(clause: str, role: str) -> Side:
    """A clause as a side."""
    return Side(clause=clause, title="", role=role, quotes=(), place=PLACE)


def clash(
    *clauses: tuple[str, str], code: str = "C01", severity: Severity = Severity.ERROR
) -> Finding:
    """A finding with clauses and their roles."""
    said = " and ".join(f"{name} says '{role}'" for name, role in clauses)
    names = " and ".join(name for name, _ in clauses)
    return Finding(
        code=code,
        name="opposed-duties",
        severity=severity,
        title=said,
        sides=tuple(side(*each) for each in clauses),
        explanation=(f"Nothing says which of {names} prevails.", "They stand together."),
        key=tuple(name for name, _ in clauses),
    )


def gap(name: str, label: str) -> Finding:
    """A finding without clauses."""
    return Finding(
        code="G01",
        name="silent",
        severity=Severity.WARNING,
        title="No clause speaks",
        related=(Related(label=label, place=PLACE),),
        witness=Witness(statements=(name,), conditions=(), left_out=(), case=Case({}, {})),
        key=(name,),
    )


def test_what_shares_a_side_is_one_block() -> None:
    found = blocks(
        [
            clash(("A", "must go"), ("B.1", "must not go")),
            clash(("A", "must go"), ("B.1.x", "must not go")),
            clash(("A", "must go"), ("C", "should not go")),
        ]
    )
    assert [[f.key[1] for f in each.findings] for each in found] == [["B.1", "B.1.x"], ["C"]]
    first = found[0]
    assert first.shared == ("A",)
    assert [first.label(each) for each in first.findings] == ["1a", "1b"]
    assert title(first) == "A says 'must go' and each of B.1 and B.1.x says 'must not go'"
    assert same_but_for_the_clause(first, [each.explanation for each in first.findings]) == (
        "Nothing says which of A and B.1 prevails; likewise for B.1.x.",
        "They stand together.",
    )


def test_a_finding_with_an_exhibit_is_alone() -> None:
    exhibit = Persons(resource="a bed", members=())
    pair = (
        clash(("A", "must go"), ("B", "must not go")),
        clash(("A", "must go"), ("C", "must not go")),
    )
    assert len(blocks(pair)) == 1
    assert len(blocks([replace(each, exhibit=exhibit) for each in pair])) == 2
    assert len(blocks([pair[0], replace(pair[1], exhibit=exhibit)])) == 2


def test_many_numbers_are_told_by_the_first_and_last() -> None:
    found = blocks([clash((f"A{n}", "must go"), (f"B{n}", "must not go")) for n in range(20)])
    every = [each.first.fingerprint for each in found]
    assert numbers(every[:3], found) == "1, 2, 3"
    assert numbers(every[1:9] + every[10:11] + every[15:], found) == "2 to 9, 11, 16 to 20"
    pair = blocks([clash(("A", "must go"), (name, "must not go")) for name in "BCD"])
    both = [each.fingerprint for each in pair[0].findings[:2]]
    assert numbers(both, pair) == "1a, 1b"
    assert numbers([], pair) == ""


def test_another_severity_or_code_is_another_block() -> None:
    pair = (("A", "must go"), ("B", "must not go"))
    found = blocks(
        [
            clash(*pair, severity=Severity.WARNING),
            clash(("A", "must go"), ("C", "must not go")),
            clash(("A", "must go"), ("D", "must not go"), code="C03"),
        ]
    )
    assert [each.first.severity for each in found] == [3, 3, 2]
    assert all(len(each.findings) == 1 for each in found)


def test_regions_of_one_gap_are_one_block() -> None:
    found = blocks([gap("x", "the decision"), gap("y", "where an answer is expected")])
    assert len(found) == 1
    assert found[0].own(found[0].first) is None
    assert title(found[0]) == "No clause speaks"


def test_the_largest_group_is_taken_first() -> None:
    findings = [
        clash(("A", "must"), ("B", "must not")),
        clash(("C", "must"), ("B", "must not")),
        clash(("D", "must"), ("B", "must not")),
        clash(("A", "must"), ("E", "must not")),
    ]
    found = blocks(findings)
    assert [each.shared for each in found] == [("B",), ("A", "E")]


def test_letters() -> None:
    assert [letters(n) for n in (0, 25, 26, 27, 701, 702)] == ["a", "z", "aa", "ab", "zz", "aaa"]


NAMES = st.sampled_from(["A", "B", "B.1", "B.1.a", "C"])
ROLES = st.sampled_from(["must go", "must not go", "may go"])
FINDINGS = st.lists(
    st.one_of(
        st.builds(
            clash,
            st.tuples(NAMES, ROLES),
            st.tuples(NAMES, ROLES),
            code=st.sampled_from(["C01", "C02"]),
            severity=st.sampled_from(Severity),
        ),
        st.builds(gap, st.text(max_size=2), st.sampled_from(["one", "two"])),
    ),
    max_size=12,
)


@given(FINDINGS)
def test_every_finding_is_in_one_block_and_has_a_label_of_its_own(
    findings: Sequence[Finding],
) -> None:
    found = blocks(findings)
    shown = [each for block in found for each in block.findings]
    assert sorted(map(id, shown)) == sorted(map(id, findings))
    assert [block.number for block in found] == list(range(1, len(found) + 1))
    assert [b.first.severity for b in found] == sorted(
        (b.first.severity for b in found), key=lambda s: -s
    )
    for block in found:
        title(block)
        same_but_for_the_clause(block, [each.explanation for each in block.findings])
        assert len({(each.code, each.severity, each.strength) for each in block.findings}) == 1
