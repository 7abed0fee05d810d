"""What findings about two ranked persons share: the two told and replayed, and sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from policy_dsl.case import Case
from policy_dsl.model import Compare, Expr, Literal_
from policy_dsl.rankings import PairOrder, Rankings
from policy_dsl.terms import value_type
from policy_dsl.wording import blank
from verifier.atoms import leaves
from verifier.check import Context
from verifier.exhibits import Person, Persons
from verifier.explore import Explorer
from verifier.rankings import Ranked
from verifier.readings import ReadingSet
from verifier.session import NotSettled
from verifier.solvers.backend import Term
from verifier.two_persons import TwoPersons


@dataclass(frozen=True)
class Shown:
    """Two persons, told and replayed, and all readings under which there are two such persons."""

    persons: Persons
    readings: ReadingSet


def show(
    ctx: Context,
    ranked: Ranked,
    goal: Sequence[Term],
    clauses: Iterable[str],
    shows: Callable[[PairOrder], bool],
    said: tuple[str, str],
    wide: Sequence[Term] = (),
) -> Shown:
    """Two persons who meet a goal that some ranking clauses decide. ``shows`` says whether the
    order of a pair has what is claimed, ``said`` what follows for the one and for the other. The
    readings are those of ``wide``, where a wider goal than that of the two is given.
    Raises ``NotSettled``."""
    shared, resource = ctx.shared, ranked.resource
    involved = list(clauses)

    def told(case: Case) -> list[Expr]:
        return _told(ctx, ranked, involved, case)

    other = Explorer(ranked.other, shared.evaluator, shared.atoms, shared.brief)
    explorer = TwoPersons(ranked.one, shared.evaluator, shared.atoms, shared.brief, other=other)
    found = explorer.pair([*goal, *ranked.scope], told)
    if found is None:
        raise NotSettled("two persons who were found were lost again (a fault in the checker)")
    readings = explorer.reached([*(wide or goal), *ranked.scope])
    order = Rankings(shared.evaluator).order(resource.name, *(each.case for each in found))
    if not shows(order):
        raise NotSettled("the replay of its cases does not show it (a fault in the checker)")
    noun = blank(ctx.policy.subject)
    members = tuple(
        Person(
            label=f"the {which} {noun}",
            witness=ctx.witness(region, lambda _: True),
            said=sentence,
        )
        for which, region, sentence in zip(("first", "second"), found, said, strict=True)
    )
    return Shown(Persons(resource=resource.phrase, members=members), readings)


def _told(ctx: Context, ranked: Ranked, clauses: Sequence[str], case: Case) -> list[Expr]:
    """What a person is told by: the conditions of the clauses and of whom they rank, and the
    values that they rank by."""
    found = [*ctx.atoms.of_clauses(clauses)]
    if ranked.resource.scope is not None:
        found += leaves(ranked.resource.scope)
    for name in clauses:
        effect = ranked.clauses[name]
        if effect.over is not None:
            found += leaves(effect.over)
        if effect.term is not None:
            value = ctx.shared.evaluator.value(effect.term, case)
            if value is not None:
                literal = Literal_(value=value, type=value_type(effect.term))
                found.append(Compare(sign="=", left=effect.term, right=literal))
    return found
