"""What a difference says of small changes, one kind of change at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_dsl.load import load, load_text
from verifier.difference.engine import difference
from verifier.difference.model import Change, Difference

ROOT = Path(__file__).parents[2]

HEAD = """\
policy p "P"
  effective 2020-01-01

subject visitor
type Size is one of small "small", large "large"
fact adult : yes/no "is an adult" otherwise "is a child"
fact guest : yes/no "is a guest" otherwise "is no guest"
fact bag : Size "carries a {} bag"
fact hours : 0 .. 24 hours "has {} of time"

action admit "let the visitor in"
action search "search the bag"
"""

RULES = """
clause A.1 "Adults"
  quote "Adults are let in."
  must admit
  when adult

clause A.2 "Children"
  quote "Children are not let in."
  must not admit
  when not adult
"""


def compared(old: str, new: str, head: str = HEAD, new_head: str | None = None) -> Difference:
    """The difference of two texts."""
    found = difference(load_text(head + old), load_text((new_head or head) + new))
    # The same input gives the same answer.
    again = difference(load_text(head + old), load_text((new_head or head) + new))
    assert [each.key for each in again.changes] == [each.key for each in found.changes]
    return found


def only(found: Difference) -> Change:
    """The one change of a difference."""
    assert len(found.changes) == 1, [each.key for each in found.changes]
    return found.changes[0]


def renamed(text: str, *names: tuple[str, str]) -> str:
    """A text with other names, where these stand as names."""
    for one, other in names:
        text = text.replace(f" {one} ", f" {other} ").replace(f" {one}\n", f" {other}\n")
    return text


def test_the_same_text_is_equivalent_without_a_question() -> None:
    found = compared(RULES, RULES)
    assert (found.verdict, found.edits, found.changes, found.questions) == (
        "equivalent",
        (),
        (),
        0,
    )


def test_other_words_are_an_edit_of_wording_alone() -> None:
    found = compared(RULES, RULES.replace("Adults are let in", "Let adults in"))
    (edit,) = found.edits
    assert found.verdict == "equivalent"
    assert (edit.kind, edit.name, edit.wording_only) == ("clause", "A.1", True)
    assert edit.old_quotes == ("Adults are let in.",)
    assert edit.new_quotes == ("Let adults in.",)
    assert edit.before is not None
    assert edit.before.startswith('clause A.1 "Adults"')


def test_order_and_spaces_are_no_edits() -> None:
    first, second = RULES.strip().split("\n\n")
    found = compared(RULES, f"\n{second}\n\n\n{first}\n")
    assert (found.verdict, found.edits) == ("equivalent", ())


def test_another_condition_that_says_the_same_is_proved_equivalent() -> None:
    found = compared(RULES, RULES.replace("when not adult", "when not (adult and adult)"))
    assert found.verdict == "equivalent"
    assert [each.wording_only for each in found.edits] == [True]
    found = compared(
        RULES, RULES.replace("when not adult", "when not (adult or (adult and guest))")
    )
    assert found.verdict == "equivalent"
    assert [each.wording_only for each in found.edits] == [False]
    assert found.questions > 0


def test_a_new_exception_is_looser_and_silent() -> None:
    found = compared(RULES, RULES.rstrip() + "\n  unless guest\n")
    change = only(found)
    assert found.verdict == "looser"
    assert change.kinds == ("became silent",)
    assert change.statements == ("The visitor is a child", "The visitor is a guest")
    assert [found.edits[i].name for i in change.edits] == ["A.2"]
    assert change.before.clauses == ("A.2",)
    assert change.after.clauses == ()
    assert change.old_case == change.new_case
    assert change.complete


@pytest.mark.parametrize(
    ("old", "new", "verdict", "kinds"),
    [
        ("may admit", "must admit", "stricter", ("became obliged",)),
        ("must admit", "may admit", "looser", ("became permitted",)),
        ("may admit", "must not admit", "stricter", ("became forbidden",)),
        ("must not admit", "need not admit", "looser", ("became released",)),
        ("need not admit", "may admit", "incomparable", ("became permitted",)),
        ("must admit", "must not admit", "incomparable", ("became forbidden",)),
    ],
)
def test_other_words_of_duty(old: str, new: str, verdict: str, kinds: tuple[str, ...]) -> None:
    rule = "\nclause A.1\n  {}\n  when adult\n"
    found = compared(rule.format(old), rule.format(new))
    change = only(found)
    assert (found.verdict, change.kinds) == (verdict, kinds)
    assert change.statements == ("The visitor is an adult",)


def test_should_for_must_is_weaker_where_should_advises() -> None:
    found = compared(RULES, RULES.replace("must admit", "should admit"))
    change = only(found)
    assert (found.verdict, change.kinds) == ("looser", ("weaker",))
    assert change.readings_text == "only if 'should' is read as 'advisory'"


def test_a_planted_contradiction() -> None:
    found = compared(RULES, RULES + "\nclause A.3\n  must not admit\n  when guest\n")
    told = {each.kinds: each for each in found.changes}
    assert found.verdict == "stricter"
    change = told["became forbidden", "newly contradictory"]
    assert set(change.statements) == {"The visitor is an adult", "The visitor is a guest"}
    assert change.after.clauses == ("A.1", "A.3")
    back = compared(RULES + "\nclause A.3\n  must not admit\n  when guest\n", RULES)
    assert back.verdict == "looser"
    assert ("weaker", "newly consistent") in {each.kinds for each in back.changes}


def test_a_gap_of_a_decision_is_opened_and_closed() -> None:
    head = HEAD + "decision entry is exactly 1 of admit, search\n"
    fewer = RULES.split("\n\n")[0]
    found = compared(RULES, fewer, head)
    assert {each.kinds for each in found.changes} == {("became silent",), ("gap opened",)}
    gap = next(each for each in found.changes if each.kinds == ("gap opened",))
    assert (gap.subject_kind, gap.subject) == ("decision", "entry")
    assert found.verdict == "looser"
    assert ("gap closed",) in {each.kinds for each in compared(fewer, RULES, head).changes}


def test_a_settle_that_is_new_opens_a_gap() -> None:
    found = compared(RULES, RULES + "\nsettle search when guest\n")
    change = only(found)
    assert (change.kinds, change.subject, found.verdict) == (
        ("gap opened",),
        "search",
        "incomparable",
    )


def test_duties_that_decisions_rule_out_together() -> None:
    head = HEAD + "decision entry is exactly 1 of admit, search\n"
    found = compared(RULES, RULES + "\nclause A.3\n  must search\n  when guest\n", head)
    clash = next(each for each in found.changes if "newly contradictory" in each.kinds)
    assert (clash.subject_kind, clash.subject) == ("decision", "entry")
    assert clash.after.clauses == ("A.1", "A.3")


def test_values_of_outputs() -> None:
    head = HEAD + 'output fee : 0 .. 9 "the fee"\n'
    old = "\nclause F.1\n  sets fee to 3\n  when adult\n"
    change = only(compared(old, old.replace("to 3", "to 4"), head))
    assert (change.before.values, change.after.values) == ((3,), (4,))
    assert (change.kinds, change.direction) == (("value changed",), "neither")
    gone = only(compared(old, "", head))
    assert gone.kinds == ("value changed", "gap opened")


def test_a_definition_is_the_cause() -> None:
    old = RULES.replace("when adult", "when grown") + "\ndefine grown is adult\n"
    new = old.replace("grown is adult", "grown is adult and guest")
    found = compared(old, new)
    assert {found.edits[i].name for each in found.changes for i in each.edits} == {"grown"}
    assert all("grown" not in said for each in found.changes for said in each.statements)


def test_two_edits_that_only_together_change_something() -> None:
    new = (
        RULES
        + "\nclause A.3\n  may search\n  when guest\n\nclause A.4\n  may search\n  when guest\n"
    )
    found = compared(RULES, new)
    both = next(each for each in found.changes if len(each.edits) == 2)
    assert {found.edits[i].name for i in both.edits} == {"A.3", "A.4"}


# --- names --------------------------------------------------------------------------------


def test_a_renamed_fact_with_its_phrase() -> None:
    old, new = HEAD + RULES, renamed(HEAD + RULES, ("adult", "grown_up"))
    found = difference(load_text(old), load_text(new))
    assert found.match.renamed == (("fact", "adult", "grown_up"),)
    assert (found.verdict, found.match.unsure) == ("equivalent", ())
    (edit,) = found.edits
    assert (edit.old_name, edit.name, edit.wording_only) == ("adult", "grown_up", True)


def test_facts_without_a_phrase_are_known_by_where_they_stand() -> None:
    head = (
        'policy p "P"\nsubject visitor\nfact early : yes/no\nfact noisy : yes/no\naction go "go"\n'
    )
    text = head + "\nclause A.1\n  must go\n  when early and not noisy\n"
    new = renamed(text, ("early", "soon"), ("noisy", "loud"))
    found = difference(load_text(text), load_text(new))
    assert found.verdict == "equivalent"
    assert found.match.renamed == (("fact", "early", "soon"), ("fact", "noisy", "loud"))


def test_a_name_that_is_not_safe_is_not_taken_as_renamed() -> None:
    head = 'policy p "P"\nsubject visitor\nfact {} : yes/no\naction go "go"\n'
    old = head.format("late") + "\nclause A.1\n  must go\n  when late\n"
    new = head.format("latest") + "\nclause A.1\n  must not go\n  when latest\n"
    found = difference(load_text(old), load_text(new))
    assert found.match.renamed == ()
    assert len(found.match.unsure) == 1
    assert "'latest' is new" in found.match.unsure[0]


def test_a_renamed_clause_action_and_definition() -> None:
    text = HEAD + RULES.replace("when not adult", "when young") + "\ndefine young is not adult\n"
    new = text.replace("A.2", "A.7").replace("young", "minor").replace("admit", "let_in")
    found = difference(load_text(text), load_text(new))
    assert found.verdict == "equivalent"
    assert {each[0] for each in found.match.renamed} == {"clause", "definition", "action"}


def test_a_fact_of_another_type_is_not_compared() -> None:
    new_head = HEAD.replace("hours : 0 .. 24 hours", "hours : 0 .. 24 days")
    rule = RULES + "\nclause A.3\n  may search\n  when hours > 3 {}\n"
    found = compared(rule.format("hours"), rule.format("days"), HEAD, new_head)
    assert found.verdict in ("not settled", "incomparable")
    assert any("'hours'" in each for each in found.match.unsure)
    assert any("'hours'" in each for each in found.unsettled)


# --- cases that one version allows --------------------------------------------------------


def test_a_new_value_is_a_case_of_the_new_version_alone() -> None:
    found = compared(
        RULES, RULES, HEAD, HEAD.replace('large "large"', 'large "large", huge "huge"')
    )
    assert (found.changes, found.verdict) == ((), "incomparable")
    (cases,) = found.cases
    assert (cases.allowed_by, cases.statements) == ("new", ("The visitor carries a huge bag",))
    assert cases.case.facts["bag"] == "huge"


def test_a_new_assumption_and_a_narrower_range() -> None:
    found = compared(RULES, RULES + "\nassume guest implies adult\n")
    (cases,) = found.cases
    assert cases.allowed_by == "old"
    assert set(cases.statements) == {"The visitor is a guest", "The visitor is a child"}
    narrower = compared(RULES, RULES, HEAD, HEAD.replace("0 .. 24 hours", "0 .. 12 hours"))
    assert [each.allowed_by for each in narrower.cases] == ["old"]


def test_an_assumption_about_what_is_new_excludes_nothing() -> None:
    new = RULES + "\nfact tall : yes/no\nassume tall implies adult\n"
    found = compared(RULES, new)
    assert (found.cases, found.verdict) == ((), "equivalent")
    new = RULES + "\nfact tall : yes/no\nassume tall and adult\n"
    found = compared(RULES, new)
    assert [each.statements for each in found.cases] == [("The visitor is a child",)]


def test_a_settled_reading_is_a_case_less() -> None:
    old = HEAD + 'ambiguity word "What is meant?"\n  reading wide\n  reading narrow\n'
    new = old + '  settled as wide\n  because "So."\n'
    found = compared(RULES, RULES, old, new)
    (cases,) = found.cases
    assert (cases.allowed_by, cases.readings_text) == ("old", "only if word is read as 'narrow'")


# --- what is not compared case by case ----------------------------------------------------


def test_a_limit_of_time_that_changed_is_not_settled() -> None:
    rule = "\nevent arrival\n\nclause A.1\n  must admit within {} hours of arrival\n  when adult\n"
    found = compared(rule.format(2), rule.format(3))
    assert found.verdict == "not settled"
    assert "sets a limit of time" in found.unsettled[0]
    assert compared(rule.format(2), rule.format(2) + RULES.replace("A.1", "B.1")).unsettled == ()


def test_a_document_that_takes_effect_later() -> None:
    later = HEAD.replace("2020-01-01", "2020-03-01")
    found = compared(RULES, RULES, HEAD, later)
    assert [each.allowed_by for each in found.cases] == ["old"]
    assert [(each.kind, each.name) for each in found.edits] == [("document", "p")]


# --- a long policy ------------------------------------------------------------------------

MEMO = ROOT / "specs" / "ice-ero-2017" / "ice-ero-2017.policy"


def edited(old: str, new: str) -> Difference:
    """The difference between the memo's spec and the same with another text in one place."""
    text = MEMO.read_text("utf-8")
    assert text.count(old) == 1
    return difference(load(MEMO), load(MEMO, {MEMO.as_posix(): text.replace(old, new)}))


def test_a_wider_ban_of_the_memo_is_stricter() -> None:
    ban = "must not presume_harmless\n  when alien"
    found = edited(f"{ban} and detained", ban)
    change = only(found)
    assert (found.verdict, change.kinds, change.direction) == (
        "stricter",
        ("became forbidden",),
        "stricter",
    )
    assert change.statements == ("The person is an alien", "The person is not in detention")
    assert [found.edits[i].name for i in change.edits] == ["C.7"]


def test_words_of_the_memo_alone_change_no_case() -> None:
    found = edited('"No presumption of safety"', '"Nobody is presumed safe"')
    assert (found.verdict, [each.wording_only for each in found.edits]) == ("equivalent", [True])
