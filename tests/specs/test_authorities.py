"""The authorities around the memo: each can be read by itself, and what stands across documents."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from policy_dsl.load import load
from policy_dsl.model import Policy
from policy_dsl.source import Place
from verifier.cli import main
from verifier.exhibits import Persons
from verifier.findings import Finding
from verifier.pipeline import run_check, shared_for
from verifier.registry import by_code

SPECS = Path(__file__).parents[2] / "specs"
FOLDER = SPECS / "authorities"
TOGETHER = SPECS / "ice-ero-2017-authorities" / "ice-ero-2017-authorities.policy"
RESOLVED = TOGETHER.with_name("resolved.policy")

SHARED = ("terms", "vocabulary")
"""Files that hold the words of the others, and no clause."""

AUTHORITIES = sorted(path for path in FOLDER.glob("*.policy") if path.stem not in SHARED)
OPENING = ("B.0", "B.0.manner")
"""The opening sentence of section B, as its "only" is read."""

each_authority = pytest.mark.parametrize("path", AUTHORITIES, ids=lambda path: path.stem)


def found_by(policy: Policy, *codes: str) -> tuple[Finding, ...]:
    """What these checks find, and what they leave unsettled."""
    shared = shared_for(policy)
    checks = [check for code in codes if (check := by_code(code)) is not None]
    assert len(checks) == len(codes)
    return tuple(each for check in checks for each in run_check(shared, check).findings)


def stands_in(path: Path, place: Place) -> bool:
    """Whether a declaration stands in this file, and not in one that it uses."""
    return Path(place.source.name).name == path.name


@cache
def together() -> Policy:
    return load(TOGETHER)


@cache
def across() -> tuple[Finding, ...]:
    """The contradictions and refuted expectations of all documents together."""
    return found_by(together(), "C01", "C02", "C03", "E01", "E02")


def between(*clauses: str) -> list[Finding]:
    """The findings in which exactly these clauses take part."""
    return [each for each in across() if {side.clause for side in each.sides} == set(clauses)]


@each_authority
def test_an_authority_says_who_speaks_and_since_when(path: Path) -> None:
    policy = load(path)
    (document,) = [each for each in policy.documents.values() if stands_in(path, each.place)]
    assert document.authority in policy.authorities
    assert document.issued is not None or path.stem == "cfr-212-5"


@each_authority
def test_its_texts_are_marked_as_paraphrases(path: Path) -> None:
    policy = load(path)
    own = [each for each in policy.clauses.values() if stands_in(path, each.place)]
    assert own
    assert all(each.paraphrases and not each.quotes for each in own)


@each_authority
def test_what_an_authority_is_expected_to_say_is_proved(path: Path) -> None:
    policy = load(path)
    assert any(stands_in(path, each.place) for each in policy.expectations)
    assert found_by(policy, "E01", "E02") == ()


def test_the_files_are_in_the_one_format() -> None:
    folders = [str(FOLDER), str(TOGETHER.parent)]
    assert main(["fmt", "--check", *folders]) == 0


def test_the_overview_lists_every_file() -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    assert [path.name for path in FOLDER.glob("*.policy") if f"]({path.name})" not in text] == []


def test_everything_is_settled() -> None:
    assert [each.title for each in across() if each.code in ("X01", "E02")] == []


@pytest.mark.parametrize(
    ("code", "clauses"),
    [
        # The statute detains; the memo's list and its capacity release let go.
        ("C02", ("INA235.b.1.B.ii", "B.6")),
        ("C02", ("INA235.b.1.B.ii", "C.2")),
        ("C02", ("INA235.b.1.B.ii", "INA212.d.5.A")),
        ("C02", ("INA236.c.2.only", "C.2")),
        ("C02", ("INA241.a.2", "C.2")),
        ("C02", ("INA212.d.5.A.only", "C.2")),
        # The statute lets go on bond; the order and the memo detain.
        ("C02", ("INA236.a.2", "EO13767.6")),
        ("C02", ("INA236.a.2", "B.detain")),
        # The regulation asks for no concurrence; the directive for no request.
        ("C02", ("CFR212.5.a.release", "B.0")),
        ("C01", ("DIR.asked", "C.1")),
        ("C01", ("DIR.parole", "B.0")),
        # All who are removable, and those whom the memos of 2012 and 2014 spare.
        ("C01", ("A.1", "DACA2012.spared")),
        ("C01", ("EO13768.4", "DACA2012.spared")),
        ("C01", ("A.1", "DAPA2014.spared")),
        # Children: return after coordination, or transfer; detention, or transfer.
        ("C02", ("D.3", "TVPRA.a.4.fails")),
        ("C03", ("B.detain", "TVPRA.b.3")),
        ("C03", ("INA235.b.1.A.i", "TVPRA.a.5.D")),
    ],
)
def test_documents_are_at_odds(code: str, clauses: tuple[str, str]) -> None:
    assert code in {each.code for each in between(*clauses)}


@pytest.mark.parametrize(
    "clauses",
    [
        ("INA236.a.2", "INA236.c.2.only"),
        ("INA235.b.1.B.ii", "TVPRA.b.3"),
        ("INA241.a.2", "TVPRA.b.3"),
        ("TVPRA.a.2.B", "TVPRA.b.3"),
        ("TVPRA.a.2.B", "D.1.tvpra"),
        ("EO13767.6", "TVPRA.b.3"),
        ("EO13767.7", "TVPRA.b.3"),
        ("EO13767.6", "INA212.d.5.A"),
        ("EO13767.6", "B.4.owed"),
        ("DHS.interior.exempt", "DACA2012.spared"),
    ],
)
def test_documents_agree_where_one_leaves_room_for_the_other(clauses: tuple[str, str]) -> None:
    assert between(*clauses) == []


def test_parole_is_at_odds_with_detention_only_if_the_statute_leaves_no_way_out() -> None:
    (found,) = between("INA235.b.1.B.ii", "INA212.d.5.A")
    assert found.readings.possible_with("parole_from_detention", "no_way_out")
    assert not found.readings.possible_with("parole_from_detention", "way_out")


def test_the_directive_keeps_to_the_statute_if_its_public_interest_is_the_statutes() -> None:
    (found,) = between("INA212.d.5.A.only", "DIR.parole")
    assert found.readings.possible_with("public_interest", "different")
    assert not found.readings.possible_with("public_interest", "same")


def test_who_seeks_admission_decides_between_sections_235_and_236() -> None:
    (found,) = between("INA235.b.2.A", "INA236.a.2")
    assert found.readings.possible_with("seeking_admission", "all_applicants")
    assert not found.readings.possible_with("seeking_admission", "at_the_border")


def test_situation_6_is_at_odds_with_the_statute_unless_it_defers_to_it() -> None:
    (found,) = between("INA235.b.1.B.ii", "B.6")
    deferring = {"only_governs": "everything", "parole_from_detention": "way_out"}
    assert not found.readings.contains(deferring)
    assert found.readings.possible_with("only_governs", "situations")


def test_the_orders_priorities_are_not_quite_the_memos() -> None:
    refuted = {each.title for each in across() if each.code == "E01"}
    assert any("situation EO13768.5," in title and "situation A.p.4" in title for title in refuted)
    (found,) = [each for each in across() if "and is not removable" in each.title]
    assert not found.readings.possible_with("priority_scope", "removable_only")


def test_the_order_and_the_memo_can_put_two_persons_in_opposite_orders() -> None:
    opposed = found_by(together(), "C06")
    lists = {f"A.p.{number}" for number in range(1, 8)} | {"EO13768.5"}
    (found,) = [each for each in opposed if {s.clause for s in each.sides} == lists]
    assert isinstance(found.exhibit, Persons)
    assert not found.readings.possible_with("priority_scope", "removable_only")


def test_the_memo_lets_more_children_return_than_the_statute() -> None:
    assert any(each.code == "E01" and "is in situation D.3 and" in each.title for each in across())


@cache
def resolved() -> tuple[Finding, ...]:
    """The contradictions that are left where three general rules are declared."""
    return found_by(load(RESOLVED), "C01", "C02", "C03")


def test_general_rules_settle_what_stands_between_higher_and_lower_documents() -> None:
    policy = together()
    ranks = {
        name: policy.documents[each.document].authority for name, each in policy.clauses.items()
    }
    left = [{side.clause for side in each.sides} for each in resolved()]
    assert len(left) < len(across()) / 2
    # A transfer and a ban on release are at odds only through two decisions, not by themselves.
    joint = [{one, other} for other in OPENING for one in ("TVPRA.a.4.fails", "TVPRA.b.3")]
    assert [each for each in left if len({ranks[name] for name in each}) > 1] == joint


def test_general_rules_leave_what_stands_between_equals() -> None:
    left = [{side.clause for side in each.sides} for each in resolved()]
    assert {"INA235.b.1.B.ii", "INA212.d.5.A"} in left
    assert {"INA235.b.2.A", "INA236.a.2"} in left
    assert {"B.detain", "B.4"} in left
    assert {"INA235.b.1.B.ii", "B.6"} not in left
    assert {"INA235.b.1.A.i", "TVPRA.a.5.D"} not in left
