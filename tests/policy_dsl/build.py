"""Short ways to build models and cases by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policy_dsl.case import Case, defaults
from policy_dsl.model import (
    SHOULD,
    SHOULD_READINGS,
    TRUE,
    Action,
    AllOf,
    Ambiguity,
    AnyOf,
    Assumption,
    Clause,
    ClauseApplies,
    Compare,
    CompareSign,
    Decision,
    Definition,
    DefinitionCase,
    Effect,
    Exception_,
    Expr,
    Fact,
    FactValue,
    Group,
    Incapacity,
    Literal_,
    Modality,
    Negation,
    NormEffect,
    NormIs,
    NormState,
    Output,
    OutputValue,
    Policy,
    Priority,
    PriorityKind,
    Reading,
    ReadingIs,
    Requirement,
    Resource,
    SetEffect,
)
from policy_dsl.source import Place, Source, Span
from policy_dsl.types import Duration, Enumeration, SetOf, Type, Value, YesNo

HERE = Place(Source("built.policy", "built by a test\n"), Span(0, 1))
YES_NO = YesNo()
COLOUR = Enumeration("Colour", ("red", "green", "blue"), (None, "bright green", None))
COLOURS = SetOf(COLOUR)
YEARS = Duration(0, 120, "years")


def fact(
    name: str,
    type_: Type = YES_NO,
    phrase: str | None = None,
    negative: str | None = None,
    *,
    optional: bool = False,
) -> Fact:
    return Fact(
        name=name,
        kind="fact",
        type=type_,
        optional=optional,
        phrase=phrase,
        negative=negative,
        subject="person",
        place=HERE,
    )


def value(name: str, type_: Type = YES_NO, *, optional: bool = False) -> FactValue:
    return FactValue(fact=name, type=type_, optional=optional)


def literal(given: Value, type_: Type) -> Literal_:
    return Literal_(value=given, type=type_)


def compare(left: Expr, sign: CompareSign, right: Expr) -> Compare:
    return Compare(left=left, sign=sign, right=right)


def both(*operands: Expr) -> AllOf:
    return AllOf(operands=operands)


def either(*operands: Expr) -> AnyOf:
    return AnyOf(operands=operands)


def negate(operand: Expr) -> Negation:
    return Negation(operand=operand)


def applies(clause_: str) -> ClauseApplies:
    return ClauseApplies(clause=clause_)


def reads(ambiguity_: str, reading: str) -> ReadingIs:
    return ReadingIs(ambiguity=ambiguity_, reading=reading)


def norm(state: NormState, action: str) -> NormIs:
    return NormIs(state=state, action=action)


def result(name: str, type_: Type = YES_NO) -> OutputValue:
    return OutputValue(output=name, type=type_)


def define(
    name: str,
    *cases: Expr | tuple[Expr, Expr],
    parameters: tuple[tuple[str, Type], ...] = (),
    type_: Type = YES_NO,
    phrase: str | None = None,
    negative: str | None = None,
) -> Definition:
    """A definition; a case is a body, or a body and the readings under which it counts."""
    return Definition(
        name=name,
        parameters=parameters,
        type=type_,
        cases=tuple(
            DefinitionCase(body=each[0], under=each[1], place=HERE)
            if isinstance(each, tuple)
            else DefinitionCase(body=each, place=HERE)
            for each in cases
        ),
        phrase=phrase,
        negative=negative,
        place=HERE,
    )


def does(modality: Modality, action: str) -> NormEffect:
    return NormEffect(modality=modality, action=action)


def sets(output: str, given: Value, type_: Type = YES_NO) -> SetEffect:
    return SetEffect(output=output, value=literal(given, type_))


def clause(
    name: str,
    *effects: Effect,
    when: Expr | Sequence[Requirement] = (),
    unless: Expr | None = None,
    under: Expr | None = None,
    group: str | None = None,
    rank: int = 0,
) -> Clause:
    required = (Requirement(kind="when", condition=when),) if isinstance(when, Expr) else when
    return Clause(
        name=name,
        title=f"Title of {name}",
        document="built",
        quotes=(),
        effects=effects,
        requirements=tuple(required),
        exceptions=(Exception_(kind="unless", condition=unless),) if unless else (),
        under=under,
        group=group,
        rank=rank,
        place=HERE,
    )


def priority(
    winner: str, loser: str, kind: PriorityKind = "overrides", by: str | None = None
) -> Priority:
    return Priority(winner=winner, loser=loser, kind=kind, declared_by=by or winner, place=HERE)


def decision(
    name: str,
    *actions: str,
    low: int = 1,
    high: int = 1,
    when: Expr = TRUE,
    under: Expr | None = None,
) -> Decision:
    return Decision(
        name=name, actions=actions, low=low, high=high, when=when, under=under, place=HERE
    )


def cannot(action: str, when: Expr = TRUE, under: Expr | None = None) -> Incapacity:
    return Incapacity(action=action, when=when, under=under, place=HERE)


def assume(condition: Expr, under: Expr | None = None) -> Assumption:
    return Assumption(condition=condition, under=under, place=HERE)


def output(name: str, type_: Type = YES_NO, phrase: str | None = None) -> Output:
    return Output(name=name, type=type_, phrase=phrase, when=TRUE, place=HERE)


def ambiguity(name: str, *readings: str, settled: str | None = None) -> Ambiguity:
    return Ambiguity(
        name=name,
        question=f"How is {name} read?",
        readings=tuple(Reading(name=each, text=f"text of {each}") for each in readings),
        settled=settled,
        place=HERE,
    )


def policy(
    *clauses: Clause,
    facts: Iterable[Fact] = (),
    actions: Iterable[str | Action] = ("release", "detain", "report"),
    definitions: Iterable[Definition] = (),
    assumptions: Iterable[Assumption] = (),
    decisions: Iterable[Decision] = (),
    incapacities: Iterable[Incapacity] = (),
    outputs: Iterable[Output] = (),
    priorities: Iterable[Priority] = (),
    ambiguities: Iterable[Ambiguity] = (),
    resources: Iterable[Resource] = (),
) -> Policy:
    """A policy of the parts given; groups follow from the clauses, "should" is added."""
    should = Ambiguity(
        name=SHOULD,
        question='Is "should" binding?',
        readings=tuple(Reading(name=each, text=each) for each in SHOULD_READINGS),
        place=None,
    )
    ambiguities = (*ambiguities, should)
    done = [
        each
        if isinstance(each, Action)
        else Action(name=each, phrase=f"{each} the person", place=HERE)
        for each in actions
    ]
    members: dict[str, list[str]] = {}
    for each in clauses:
        if each.group is not None:
            members.setdefault(each.group, []).append(each.name)
    groups = [
        Group(name=name, title="", clauses=tuple(names), place=HERE)
        for name, names in members.items()
    ]
    return Policy(
        name="built",
        title="Built by a test",
        documents={},
        authorities=(),
        subject="person",
        facts={each.name: each for each in facts},
        definitions={each.name: each for each in definitions},
        assumptions=tuple(assumptions),
        actions={each.name: each for each in done},
        resources={each.name: each for each in resources},
        decisions={each.name: each for each in decisions},
        incapacities=tuple(incapacities),
        settlements=(),
        outputs={each.name: each for each in outputs},
        clauses={each.name: each for each in clauses},
        groups={each.name: each for each in groups},
        priorities=tuple(priorities),
        ambiguities={each.name: each for each in ambiguities},
        notes={},
        expectations=(),
    )


def case(policy_: Policy, readings: dict[str, str] | None = None, **facts: Value) -> Case:
    """The default case of a policy with some facts and readings set otherwise."""
    usual = defaults(policy_)
    return Case({**usual.facts, **facts}, {**usual.readings, **(readings or {})})
