"""Which changes may pass: the rules, and findings that are new, fixed or the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policy_dsl.load import load_text
from tests.verifier.changed import CLASH, NEW, OLD, REWORDED, touched
from verifier.difference.allowed import NAMES, BadRule, read_rule, rule_on_policy
from verifier.difference.compared import compared
from verifier.difference.engine import difference
from verifier.difference.model import Match
from verifier.difference.results import Touched, passes
from verifier.findings import Finding, Severity
from verifier.pipeline import check_policy


def passing(entry: Touched) -> list[bool]:
    return [each.passes for each in entry.rulings.changes]


def test_without_rules_only_what_changes_nothing_passes() -> None:
    assert touched(REWORDED).difference.verdict == "equivalent"
    assert passes(touched(REWORDED))
    assert not passes(touched(NEW))
    assert not any(passing(touched(NEW)))


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_can_be_read_and_limited_to_paths(name: str) -> None:
    assert read_rule(name).name == name
    assert read_rule(f" {name}@specs/* ").path == "specs/*"
    assert passes(touched(REWORDED, (name,)))


def test_a_direction_covers_all_kinds_but_contradictions_and_gaps() -> None:
    clash = touched(CLASH, ("stricter",))
    assert {each.direction for each in clash.difference.changes} == {"stricter"}
    for change, ruling in zip(clash.difference.changes, clash.rulings.changes, strict=True):
        assert ruling.passes == ("newly contradictory" not in change.kinds)
    assert all(passing(touched(CLASH, ("stricter", "newly-contradictory"))))
    assert not any(passing(touched(CLASH, ("looser",))))


def test_a_change_passes_only_if_each_of_its_kinds_does() -> None:
    both = touched(CLASH, ("became-forbidden",))
    told = dict(zip((c.kinds for c in both.difference.changes), passing(both), strict=True))
    assert told[("became forbidden",)]
    assert not told[("became forbidden", "newly contradictory")]


def test_rules_may_be_limited() -> None:
    assert any(passing(touched(CLASH, ("stricter:admit",))))
    assert not any(passing(touched(CLASH, ("stricter:register",))))
    assert any(passing(touched(CLASH, ("stricter@specs/*",))))
    assert not any(passing(touched(CLASH, ("stricter@other/*",))))
    assert any(passing(touched(CLASH, ("stricter:admit@specs/visitors.policy",))))


def test_it_is_said_by_which_rule() -> None:
    found = touched(CLASH, ("newly-contradictory", "stricter"))
    assert {each.by for each in found.rulings.changes} == {
        ("stricter",),
        ("stricter", "newly-contradictory"),
    }


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("stricterr", "stricter"),
        ("", "The rules are"),
        ("Stricter", "stricter"),
        ("became obliged", "became-obliged"),
        ("new-findings", "new-findings=note"),
        ("new-findings=notes", "new-findings=note"),
        ("new-findings=error:detain", "new-findings="),
        ("stricter=error", "stricter"),
        ("stricter:", "stricter:ACTION"),
        ("stricter@", "stricter@PATH"),
        ("equivalent:detain", "equivalent"),
        ("new-policy:detain", "new-policy"),
        ("\x1b[31m", "The rules are"),
    ],
)
def test_what_is_no_rule_says_what_to_write(text: str, remedy: str) -> None:
    with pytest.raises(BadRule) as raised:
        read_rule(text)
    assert remedy in raised.value.remedy


def test_new_findings_pass_up_to_a_severity() -> None:
    def errors(*rules: str) -> list[bool]:
        found = touched(CLASH, rules)
        assert found.compared is not None
        pairs = zip(found.compared.new, found.rulings.findings, strict=True)
        return [ruling.passes for each, ruling in pairs if each.severity == Severity.ERROR]

    assert errors()
    assert not any(errors())
    assert not any(errors("new-findings=warning"))
    assert all(errors("new-findings=error"))
    assert not any(errors("new-findings=error@other/*"))
    assert not any(errors("new-findings=error", "new-findings=note")), "the last one counts"


def test_policies_that_come_and_go_need_their_own_rule() -> None:
    rules = [read_rule("new-policy@a/*"), read_rule("stricter")]
    assert rule_on_policy("new-policy", rules, "a/b.policy").passes
    assert not rule_on_policy("new-policy", rules, "c/b.policy").passes
    assert not rule_on_policy("removed-policy", rules, "a/b.policy").passes


# --- findings -----------------------------------------------------------------------------


def findings(text: str) -> tuple[Finding, ...]:
    return check_policy(load_text(text)).findings


def test_findings_are_new_fixed_or_unchanged() -> None:
    forward = touched(CLASH).compared
    back = touched(OLD, old=CLASH).compared
    assert forward is not None
    assert back is not None
    assert [each.code for each in forward.new] == [each.code for each in back.fixed]
    assert "C01" in {each.code for each in forward.new}
    assert not forward.fixed
    assert len(forward.unchanged) == len(findings(OLD))


def test_findings_are_the_same_under_new_names() -> None:
    renamed = CLASH.replace("V.1", "W.9").replace("fact badge", "fact pass")
    renamed = renamed.replace("when badge", "when pass")
    old, new = load_text(CLASH), load_text(renamed)
    match = difference(old, new).match
    assert {before for _, before, _ in match.renamed} == {"V.1", "badge"}
    found = compared(findings(CLASH), findings(renamed), match)
    assert not found.new
    assert not found.fixed


def test_names_that_change_places_are_told_apart() -> None:
    match = Match(same={}, renamed=(("clause", "A", "B"), ("clause", "B", "A")))
    finding = findings(CLASH)[0]

    def about(*key: str, severity: Severity = Severity.ERROR) -> Finding:
        return replace(finding, key=key, severity=severity)

    found = compared([about("A", "x and A")], [about("B", "x and B")], match)
    assert (len(found.new), len(found.fixed), len(found.unchanged)) == (0, 0, 1)
    found = compared([about("A")], [about("A")], match)
    assert (len(found.new), len(found.fixed), len(found.unchanged)) == (1, 1, 0)
    found = compared([about("AB")], [about("AB")], match)
    assert len(found.unchanged) == 1
    worse = compared([about("C", severity=Severity.NOTE)], [about("C")], match)
    assert (len(worse.new), len(worse.fixed)) == (1, 1)
    twice = compared([about("C")], [about("C"), about("C")], match)
    assert (len(twice.new), len(twice.unchanged)) == (1, 1)
