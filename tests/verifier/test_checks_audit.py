"""V02, G03, G06 and G07, each on a few lines: what must be found, and near misses that must not."""

from __future__ import annotations

from tests.verifier.checking import findings, found, titles


class TestAssumptionHides:
    def test_the_cases_that_an_assumption_deletes(self) -> None:
        (finding,) = findings("assume child implies age < 18", "V02")
        assert finding.witness is not None
        assert finding.witness.conditions == (("child", True), ("age < 18 years", False))
        assert finding.witness.case.facts["child"] is True

    def test_an_assumption_that_the_others_imply_deletes_nothing(self) -> None:
        text = "assume age < 18\nassume age < 21"
        idle = [each for each in findings(text, "V02") if each.witness is None]
        assert [each.title for each in idle] == [
            "It is assumed that age: less than 21 years, and no case is left out of account by it"
        ]
        assert idle[0].key == ("age < 21 years",)
        assert idle[0].proof is not None

    def test_a_contradiction_among_the_deleted_cases_alone(self) -> None:
        text = "assume not (child and ill)\nclause A must release when child\n"
        text += "clause B must not release when ill"
        assert "contradict each other on whether to release" in titles(text, "V02")[0]
        elsewhere = f"{text}\nclause C must not release when child"
        assert titles(elsewhere, "V02") == [
            "It is assumed that the person is no child or is well; cases in which it is not so are "
            "left out of account"
        ]

    def test_silence_among_the_deleted_cases_alone(self) -> None:
        text = "settle release\nassume child\nclause A may release when child"
        assert "no clause says whether to release" in titles(text, "V02")[0]

    def test_the_reason_that_the_author_gives_is_told(self) -> None:
        (finding,) = findings('assume child implies age < 18 because "By law."', "V02")
        assert finding.explanation[0] == 'The reason given for it: "By law".'
        assert finding.consequence
        assert finding.settles
        (finding,) = findings("assume child implies age < 18", "V02")
        assert finding.explanation[0] == "No reason is given for it."

    def test_an_assumption_of_one_reading_deletes_under_it_alone(self) -> None:
        text = "assume child\n  under scope is wide"
        assert found(text, "V02") == [", only if scope is read as 'wide'"]


class TestUnguided:
    BOTH = "decision what is exactly one of release, detain\nclause A may release when child\n"

    def test_each_option_is_merely_permitted(self) -> None:
        (finding,) = findings(f"{self.BOTH}clause B may detain when ill", "G03")
        assert finding.witness is not None
        assert set(finding.witness.conditions) == {("child", True), ("ill", True)}

    def test_a_silent_option_is_no_choice(self) -> None:
        assert found(self.BOTH, "G03") == []

    def test_a_duty_or_a_ban_guides(self) -> None:
        both = f"{self.BOTH}clause B may detain\n"
        for norm in ("should release", "must not detain", "should not release"):
            assert found(f"{both}clause C {norm} when child", "G03") == []
        assert len(found(f"{both}clause C should release when ill", "G03")) == 1

    def test_what_is_impossible_is_no_option(self) -> None:
        text = f"{self.BOTH}clause B may detain\ncannot detain when child"
        assert found(text, "G03") == []

    def test_where_nothing_or_everything_has_to_be_done_there_is_no_choice(self) -> None:
        for bound in ("at most one", "at least 2"):
            text = self.BOTH.replace("exactly one", bound)
            assert found(f"{text}clause B may detain", "G03") == []


class TestOutsideAuthority:
    LAW = 'outside law : yes/no per "the statute"\noutside rule : yes/no per "the rules"\n'

    def test_a_condition_that_rests_on_the_authority_alone(self) -> None:
        (finding,) = findings(f"{self.LAW}clause A may release when child and law", "G06")
        assert finding.key == ("the statute",)
        assert finding.title == (
            'Whether A applies can rest on "the statute" alone, which is not transcribed here'
        )
        assert finding.settles[0].startswith("To transcribe that authority too, or ")

    def test_through_a_definition(self) -> None:
        text = f"{self.LAW}define due is law and ill\nclause A may release when due"
        assert [each.key for each in findings(text, "G06")] == [("the statute",)]

    def test_an_exception_rests_on_it_too(self) -> None:
        text = f"{self.LAW}clause A may release\n  unless rule"
        assert [each.key for each in findings(text, "G06")] == [("the rules",)]

    def test_a_condition_that_other_facts_can_meet_does_not(self) -> None:
        assert found(f"{self.LAW}clause A may release when child or law", "G06") == []

    def test_one_that_cannot_fail_alone_does_not(self) -> None:
        text = f"{self.LAW}assume child implies law\nclause A may release when child and law"
        assert found(text, "G06") == []

    def test_facts_without_an_authority_do_not(self) -> None:
        assert found("clause A may release when child", "G06") == []


class TestNearMiss:
    TWO = "clause A may release when child and ill\n"

    def test_neither_permitted_nor_forbidden(self) -> None:
        text = f"{self.TWO}clause B must not release when not child"
        assert found(text, "G07") == ["A"]
        assert (
            "ill" in findings(text, "G07")[0].explanation[0]
            or "is well" in (findings(text, "G07")[0].explanation[0])
        )

    def test_where_the_rest_is_forbidden_nothing_is_open(self) -> None:
        assert found(f"{self.TWO}clause B must not release when not (child and ill)", "G07") == []

    def test_without_an_opposite_duty_silence_is_plain(self) -> None:
        assert found(f"{self.TWO}clause B must release when age > 60", "G07") == []

    def test_one_condition_is_not_near(self) -> None:
        text = "clause A may release when child\nclause B must not release when ill"
        assert found(text, "G07") == []

    def test_a_release_from_a_duty(self) -> None:
        text = "clause A need not report when child and ill\nclause B must report when age > 60"
        assert found(text, "G07") == ["A"]

    def test_only_under_the_readings_under_which_it_is_open(self) -> None:
        text = (
            f"{self.TWO}clause B must not release when not (child and ill)\n  under scope is wide"
        )
        assert found(text, "G07") == ["A, only if scope is read as 'narrow'"]
