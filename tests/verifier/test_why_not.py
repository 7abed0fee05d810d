"""Why no clause prevails, and what would settle it, is told truly."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_dsl.load import load, load_text
from tests.verifier.checking import VOCABULARY, findings
from verifier.findings import Finding
from verifier.pipeline import check_policy

ONE_DOCUMENT = "They stand in one document, so neither is the higher or the later law."


def only(text: str, code: str = "C01") -> Finding:
    """The one finding of a code in a few lines."""
    (each,) = findings(text, code)
    return each


def test_two_clauses_of_which_neither_is_special() -> None:
    each = only("clause A must release when child\nclause B must not release when ill")
    assert each.title == "By A one must release, and yet by B one must not"
    assert each.consequence == "Whoever does it goes against B, whoever leaves it undone against A."
    assert each.explanation == (
        "No priority is declared between A and B.",
        ONE_DOCUMENT,
        "Neither is the special case of the other: each also applies where the other does not.",
    )
    assert each.settles[1:] == (
        "The general rules lex superior, lex posterior and lex specialis would not settle it.",
        "To settle an open point of the text would not remove it.",
    )


def test_the_more_special_clause_is_found_by_what_implies_what() -> None:
    text = "clause A must release when child\nclause B must not release when child and ill"
    each = only(text)
    assert (
        "Whenever B applies, A applies too, but not the other way round: B is the more special."
        in each.explanation
    )
    assert any("(lex specialis) would settle it in favour of B" in s for s in each.settles)
    assert "The general rules lex superior and lex posterior would not settle it." in each.settles


def test_specificity_holds_through_assumptions_too() -> None:
    text = "assume ill implies child\nclause A must release when child\n"
    each = only(text + "clause B must not release when ill")
    assert any(said.startswith("Whenever B applies, A applies too") for said in each.explanation)


def test_specificity_is_asked_under_the_readings_in_which_it_stands() -> None:
    text = """
define young is child under scope is narrow
define young is child and ill under scope is wide
clause A must release when child and ill
clause B must not release when young
"""
    (each,) = findings(text, "C01")
    assert any("Whenever A applies, B applies too" in said for said in each.explanation)


def test_clauses_that_apply_in_the_same_cases() -> None:
    each = only("clause A must release when child\nclause B must not release when child")
    assert (
        "They apply in exactly the same cases, so neither is the more special." in each.explanation
    )


def test_an_exception_that_does_not_reach_the_case_is_named() -> None:
    text = "clause A must release when child\nclause B must not release unless ill"
    said = only(text).explanation
    assert "B makes an exception where the person is ill; such a case is not one of them." in said


def test_a_must_is_not_ahead_of_a_should() -> None:
    each = only("clause A must release when child\nclause B should not release when ill")
    assert each.explanation[-1] == (
        "That A says 'must' and B only 'should' does not by itself let one of them prevail."
    )
    assert "If 'should' only advises, B binds nobody, and no two binding norms clash." in (
        each.settles
    )


def test_priorities_in_a_circle_count_for_nothing() -> None:
    text = (
        "clause A must release when child overrides B\n"
        "clause B must not release when ill overrides A"
    )
    said = only(text).explanation
    assert said[0] == (
        "That A prevails over B is declared, but the priorities run in a circle in such a case, "
        "and then none of them counts."
    )
    assert not any("To say which" in each for each in only(text).settles)


def test_readings_that_remove_it_are_named() -> None:
    text = "clause A must release under scope is wide\nclause B must not release"
    assert only(text).settles[-1] == "It does not stand if scope is read as 'narrow'."


def test_what_is_impossible_is_settled_by_no_priority() -> None:
    text = "cannot release when ill\nclause A must release when child"
    each = only(text, "C03")
    assert each.title == "By A one must release, and yet it is not possible"
    assert each.settles[0].startswith("No priority would settle it")


@pytest.mark.parametrize(("low", "said"), [(True, "A"), (False, "B")])
def test_higher_and_later_law(tmp_path: Path, low: bool, said: str) -> None:
    first, second = ("statute", "memo") if low else ("memo", "statute")
    (tmp_path / "one.policy").write_text(
        f'policy act "The Act"\n  authority {first}\n  issued 2001-01-01\n'
        "authorities statute > memo\nsubject person\nfact child : yes/no\naction release\n"
        "clause A must release when child\n"
    )
    (tmp_path / "two.policy").write_text(
        f'policy notice "The memo"\n  authority {second}\n  issued 2002-01-01\nuse "one.policy"\n'
        "fact ill : yes/no\nclause B must not release when ill\n"
    )
    report = check_policy(load(tmp_path / "two.policy"), codes={"C01"})
    (each,) = (f for f in report.findings if f.code == "C01")
    assert any(f"(lex superior) would settle it in favour of {said}" in s for s in each.settles)
    assert any("(lex posterior) would settle it in favour of B" in s for s in each.settles)
    assert "The general rule lex specialis would not settle it." in each.settles


def test_a_priority_that_would_settle_does() -> None:
    text = "clause A must release when child\nclause B must not release when ill"
    for mended in (f"{text} overrides A", text.replace("child\n", "child overrides B\n")):
        assert findings(mended, "C01") == []


def test_gaps_are_told_once() -> None:
    text = """
decision outcome is exactly one of release, detain
settle release, detain when child
settle release, detain when not child
clause A must release when ill
"""
    report = check_policy(load_text(VOCABULARY + text), codes={"G01"})
    keys = {each.key[0] for each in report.findings}
    assert keys == {"settle release,detain when child", "settle release,detain when not child"}
    partly = text.replace("settle release, detain when not child\n", "")
    keys = {
        each.key[0]
        for each in check_policy(load_text(VOCABULARY + partly)).findings
        if each.code == "G01"
    }
    assert keys == {"decision outcome"}
