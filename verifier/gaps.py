"""Gaps: regions of cases in which something expected is missing, told until proved complete."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from policy_dsl import phrases
from policy_dsl.evaluate import Outcome
from policy_dsl.model import Expr
from policy_dsl.source import Place
from verifier.check import Check, Context
from verifier.explore import Region
from verifier.findings import Finding, Related
from verifier.readings import ReadingSet, covers
from verifier.session import NotSettled
from verifier.solvers.backend import Term
from verifier.unreachable import never_under
from verifier.witness import Witness

T = TypeVar("T")
_Said: TypeAlias = frozenset[tuple[str, bool]]


@dataclass(frozen=True, kw_only=True)
class Gap:
    """How a kind of gap is spoken of, and how its replay shows it."""

    title: str
    consequence: str
    label: str
    place: Place
    key: str
    shows: Callable[[Outcome], bool]


def gap_findings(
    ctx: Context,
    check: Check[T],
    goal: Sequence[Term],
    written: Sequence[Expr],
    clauses: Sequence[Expr],
    gap: Gap,
) -> Iterator[Finding]:
    """One finding for each region of the goal; regions that differ only in readings are one.

    Regions are told by ``written``, conditions of the text. A gap that is left between many
    clauses has more such regions than anybody would read: then it is told by ``clauses``, as
    the cases in which none of these applies, and usually is one region.

    Raises ``NotSettled`` when there are more regions than the limit.
    """
    exploration = ctx.explorer.regions(goal, written, ctx.limits.regions)
    by_clauses = False
    if not exploration.complete and clauses:
        by_clauses = True
        exploration = ctx.explorer.regions(goal, clauses, ctx.limits.regions)
    merged: dict[_Said, Region] = {}
    for region in exploration.regions:
        said = frozenset((phrases.code(expr), truth) for expr, truth in region.statement)
        merged.setdefault(said, region)
    backend = ctx.session.backend
    answered = ctx.session.literal(backend.neg(backend.conj(goal)))
    standing = {said: _everywhere(ctx, answered, region) for said, region in merged.items()}
    for said in _widest(ctx, standing):
        conditions = sorted(f"{'' if truth else 'not '}{code}" for code, truth in said)
        yield Finding(
            code=check.code,
            name=check.name,
            severity=check.severity,
            title=gap.title,
            consequence=gap.consequence,
            related=(Related(label=gap.label, place=gap.place),),
            readings=standing[said],
            witness=_witness(ctx, merged[said], goal, written if by_clauses else (), gap),
            key=(gap.key, *conditions),
        )
    if not exploration.complete:
        raise NotSettled(f"there are more than {ctx.limits.regions} regions; these were shown")


def _witness(
    ctx: Context, region: Region, goal: Sequence[Term], written: Sequence[Expr], gap: Gap
) -> Witness:
    """The witness of a region, with an example in conditions of the text where these are given."""
    witness = ctx.witness(region, gap.shows)
    if not written:
        return witness
    said = [ctx.explorer.atom(expr, truth) for expr, truth in region.statement]
    said += [ctx.explorer.reading(name, value) for name, value in region.readings.items()]
    found = ctx.explorer.example([*said, *goal], written)
    if found is None:
        return witness
    ctx.witness(found, gap.shows)  # replayed like every case that is shown
    return replace(witness, example=ctx.example(found))


def _everywhere(ctx: Context, answered: Term, region: Region) -> ReadingSet:
    """The readings under which a region has cases and every one of them is a gap."""
    said = [ctx.explorer.atom(expr, truth) for expr, truth in region.statement]
    others, cases = ctx.explorer.reached([*said, answered]), ctx.explorer.reached(said)
    return never_under(ctx, [others, cases], [], within=1)


def _widest(ctx: Context, standing: dict[_Said, ReadingSet]) -> list[_Said]:
    """The regions that are not part of another: one with fewer conditions and more readings
    says all that they say."""
    kept = []
    for said, readings in standing.items():
        wider = (
            other
            for other in standing
            if other < said and covers(ctx.policy, standing[other], readings)
        )
        if next(wider, None) is None:
            kept.append(said)
    return kept
