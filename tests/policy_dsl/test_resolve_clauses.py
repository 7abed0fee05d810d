"""Clauses, lists, notes and expectations as the model has them, and the places of everything."""

from __future__ import annotations

import pytest

from policy_dsl.model import (
    SHOULD,
    TRUE,
    AllOf,
    ClauseApplies,
    ClauseInScope,
    Compare,
    Exception_,
    Expr,
    FactValue,
    Group,
    Literal_,
    NormEffect,
    Policy,
    ReadingIs,
    Requirement,
    SetEffect,
    Sum,
    walk,
)
from policy_dsl.source import Place
from policy_dsl.types import YesNo
from tests.policy_dsl.resolving import resolved
from tests.strategies.everywhere import expressions

BADGE = FactValue(fact="badge", type=YesNo())
EVERYBODY = ReadingIs(ambiguity="guests", reading="everybody")


def written(place: Place | None) -> str:
    """The words at a place."""
    assert place is not None
    return place.source.text[place.span.start : place.span.end]


def clause(parts: str) -> Policy:
    return resolved(f"clause K {parts}\nclause L may refuse\nclause M may refuse")


def test_a_clause() -> None:
    policy = clause(
        '"The title" quote "One." unless inspector when badge quote "Two." must admit '
        "provided minor under guests is everybody under should is binding unless Z.1"
    )
    found = policy.clauses["K"]
    assert (found.name, found.title, found.document) == ("K", "The title", "main")
    assert found.quotes == ("One.", "Two.")
    assert [each.kind for each in found.requirements] == ["when", "provided"]
    assert found.requirements[0].condition == BADGE
    assert [each.kind for each in found.exceptions] == ["unless", "unless"]
    assert found.exceptions[1].condition == ClauseApplies(clause="Z.1")
    assert found.under == AllOf(
        operands=(EVERYBODY, ReadingIs(ambiguity=SHOULD, reading="binding"))
    )
    assert (found.group, found.rank) == (None, 0)
    assert written(found.place) == "K"
    assert policy.clauses["Z.1"].document == "words"
    assert list(policy.clauses) == ["K", "L", "M", "Z.1"]


@pytest.mark.parametrize("word", ["must", "must not", "may", "need not", "should", "should not"])
def test_effects(word: str) -> None:
    found = clause(f"{word} admit, refuse").clauses["K"]
    assert found.effects == (
        NormEffect(modality=word, action="admit"),  # type: ignore[arg-type]
        NormEffect(modality=word, action="refuse"),  # type: ignore[arg-type]
    )
    assert found.under is None


def test_several_effects() -> None:
    found = clause(
        "must admit sets fee to age_ + 1 may refuse sets ok to (badge)\ndefine age_ is 3"
    )
    age = found.clauses["K"].effects[1]
    assert [type(each) for each in found.clauses["K"].effects] == [
        NormEffect,
        SetEffect,
        NormEffect,
        SetEffect,
    ]
    assert isinstance(age, SetEffect)
    assert isinstance(age.value, Sum)
    assert found.clauses["K"].effects[3] == SetEffect(output="ok", value=BADGE)


def test_overrides_and_despite() -> None:
    policy = clause("must admit overrides L, M despite Z.1")
    assert [(e.winner, e.loser, e.kind, e.declared_by) for e in policy.priorities] == [
        ("K", "L", "overrides", "K"),
        ("K", "M", "overrides", "K"),
        ("K", "Z.1", "despite", "K"),
    ]
    assert [written(each.place) for each in policy.priorities] == [
        "overrides L, M",
        "overrides L, M",
        "despite Z.1",
    ]


@pytest.mark.parametrize("sense", ["precedence", "savings"])
def test_subject_to_as_a_priority(sense: str) -> None:
    policy = clause(f"must admit subject to L, M as {sense}")
    assert [(e.winner, e.loser, e.kind, e.declared_by) for e in policy.priorities] == [
        ("L", "K", sense, "K"),
        ("M", "K", sense, "K"),
    ]
    found = policy.clauses["K"]
    assert (found.requirements, found.exceptions) == ((), ())


REFERENCES: list[tuple[str, list[Requirement], list[Exception_]]] = [
    (
        "carve-out",
        [],
        [
            Exception_(kind="carve-out", condition=ClauseApplies(clause="L")),
            Exception_(kind="carve-out", condition=ClauseApplies(clause="M")),
        ],
    ),
    (
        "condition precedent",
        [
            Requirement(kind="condition precedent", condition=ClauseApplies(clause="L")),
            Requirement(kind="condition precedent", condition=ClauseApplies(clause="M")),
        ],
        [],
    ),
    (
        "proviso",
        [
            Requirement(kind="proviso", condition=ClauseApplies(clause="L")),
            Requirement(kind="proviso", condition=ClauseApplies(clause="M")),
        ],
        [],
    ),
    (
        "scope",
        [
            Requirement(kind="scope", condition=ClauseInScope(clause="L")),
            Requirement(kind="scope", condition=ClauseInScope(clause="M")),
        ],
        [],
    ),
]


@pytest.mark.parametrize(
    ("sense", "requirements", "exceptions"), REFERENCES, ids=[each[0] for each in REFERENCES]
)
def test_subject_to_as_a_condition(
    sense: str, requirements: list[Requirement], exceptions: list[Exception_]
) -> None:
    policy = clause(f"must admit subject to L, M as {sense}")
    found = policy.clauses["K"]
    assert (found.requirements, found.exceptions) == (tuple(requirements), tuple(exceptions))
    assert policy.priorities == ()
    for each in found.conditions:
        assert written(each.place) == f"subject to L, M as {sense}"


def test_parts_of_all_kinds_in_one_clause() -> None:
    policy = clause(
        "must admit subject to L as scope subject to M as carve-out when badge "
        "subject to L as precedence provided minor overrides Z.1"
    )
    found = policy.clauses["K"]
    assert [each.kind for each in found.requirements] == ["scope", "when", "provided"]
    assert [each.kind for each in found.exceptions] == ["carve-out"]
    assert [(each.winner, each.loser) for each in policy.priorities] == [("L", "K"), ("K", "Z.1")]


# --- lists, notes, expectations -----------------------------------------------------------


def test_ordered_lists() -> None:
    policy = resolved(
        'clause A must admit\nin order first_ "The first"\nclause B may admit\n'
        'note N comment "In it"\nclause C must not admit\nend order\nclause D may refuse\n'
        "in order second_\nclause E may refuse\nend order\nin order third_\nend order"
    )
    assert [(each.group, each.rank) for each in policy.clauses.values()][:5] == [
        (None, 0),
        ("first_", 0),
        ("first_", 1),
        (None, 0),
        ("second_", 0),
    ]
    first, second, third = policy.groups.values()
    assert first == Group(name="first_", title="The first", clauses=("B", "C"), place=first.place)
    assert (second.title, second.clauses, third.clauses) == ("second_", ("E",), ())
    assert written(first.place) == "first_"


def test_notes() -> None:
    policy = resolved(
        'note N.1 cross-reference "See there" quote "One." quote "Two."\nnote N.2 comment'
    )
    one, two = policy.notes.values()
    assert (one.name, one.kind, one.title) == ("N.1", "cross-reference", "See there")
    assert (one.quotes, one.document) == (("One.", "Two."), "main")
    assert (two.title, two.quotes) == ("", ())


@pytest.mark.parametrize(
    ("text", "form", "condition", "premise"),
    [
        ("badge", "always", BADGE, None),
        ("always badge", "always", BADGE, None),
        ("never badge when minor_", "never", BADGE, "minor_"),
        ("sometimes badge", "sometimes", BADGE, None),
        ("Z.1 is reachable", "reachable", ClauseApplies(clause="Z.1"), None),
        ("Z.1 is unreachable", "unreachable", ClauseApplies(clause="Z.1"), None),
        ("Z.1", "always", ClauseApplies(clause="Z.1"), None),
    ],
)
def test_expectations(text: str, form: str, condition: Expr, premise: str | None) -> None:
    policy = resolved(f'expect {text}\n  because "So it is."\nfact minor_ : yes/no')
    (found,) = policy.expectations
    assert (found.form, found.condition, found.because) == (form, condition, "So it is.")
    assert (found.premise and found.premise.fact) == premise  # type: ignore[attr-defined]
    assert found.text == f'expect {text} because "So it is."'


# --- places -------------------------------------------------------------------------------


def test_every_condition_stands_where_it_was_written() -> None:
    policy = clause(
        "must admit when badge and not (age < 18 years + 1) unless reason is one of (audit, tour) "
        "provided trainings includes fire sets fee to 2 * 3 dollars under guests is not everybody"
    )
    found = policy.clauses["K"]
    told = [written(each.place) for each in found.conditions]
    assert told == [
        "badge and not (age < 18 years + 1)",
        "trainings includes fire",
        "reason is one of (audit, tour)",
    ]
    inside = [written(each.place) for each in walk(found.conditions[0])]
    assert inside == [
        "badge and not (age < 18 years + 1)",
        "badge",
        "not (age < 18 years + 1)",
        "age < 18 years + 1",
        "age",
        "18 years + 1",
        "18 years",
        "1",
    ]
    either = [
        written(each.place) for each in walk(found.conditions[2]) if isinstance(each, Compare)
    ]
    assert either == ["reason is one of (audit", "reason is one of (audit, tour"]
    assert found.under is not None
    assert written(found.under.place) == "guests is not everybody"
    effect = found.effects[1]
    assert isinstance(effect, SetEffect)
    assert written(effect.value.place) == "2 * 3 dollars"


def test_nothing_is_without_a_place() -> None:
    policy = resolved("fact other : yes/no")
    assert {each for each in expressions(policy) if each.place is None} == {TRUE}


def test_places_do_not_count_in_equality() -> None:
    one, other = (clause(f"must admit{gap}when badge").clauses["K"] for gap in (" ", "\n\n  "))
    assert one.requirements == other.requirements
    assert one.requirements[0].condition.place != other.requirements[0].condition.place
    assert Literal_(value=True, type=YesNo()) == Literal_(value=True, type=YesNo(), place=one.place)
