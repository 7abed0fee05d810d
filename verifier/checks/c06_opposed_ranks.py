"""C06: two persons ranked both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.model import Resource
from verifier.check import Check, Context
from verifier.findings import Finding, Severity
from verifier.opposed_ranks import Opposed, finding
from verifier.rankings import Ranked, priority_lists, ranked_resources
from verifier.session import NotSettled


def _items(ctx: Context) -> Iterable[Resource]:
    return ranked_resources(ctx.policy)


def _examine(ctx: Context, resource: Resource) -> Iterator[Finding]:
    ranked = Ranked(ctx, resource)
    lists = priority_lists(ctx.policy, resource.name)
    firsts = [ranked.stands(each, True) for each in lists]
    seconds = [ranked.stands(each, False) for each in lists]
    # One question for all pairs: some clause puts the one first and some clause the other.
    pairs, complete = ranked.pairs(firsts, seconds)
    for one, two in pairs:
        yield finding(
            ctx, CHECK, ranked, Opposed(lists[one], lists[two], firsts[one], seconds[two])
        )
    if not complete:
        raise NotSettled(f"more than {ctx.limits.clashes} pairs of clauses rank it both ways")


CHECK: Check[Resource] = Check(
    code="C06",
    name="opposed-ranks",
    severity=Severity.ERROR,
    polarity="sat",
    question="Can two persons be ranked both ways?",
    documentation="""
Clauses with `prioritize` and `rank` say which of two persons comes first for a resource. Here one
clause puts the first person before the second, another puts the second before the first, and
neither has priority over the other. Whoever gives the resource out goes against one of them.

Clauses that put their own before the same others (`over`) are one list and are told together.

What shows it is a pair of persons, under the same readings of the text. The usual cause is that
two parts of a text name two criteria for one resource and do not say how these go together.

How to mend it: say which of the two clauses prevails (`overrides`), put them into an ordered list
(`in order`), or say over whom each of them gives priority (`over CONDITION`).
""",
    items=_items,
    examine=_examine,
    describe=lambda resource: f"the order for '{resource.name}'",
)
