"""G06: clauses whose applying rests on an authority that is not transcribed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policy_dsl.evaluate import Outcome
from policy_dsl.wording import name_list
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.margins import fails_alone
from verifier.parts import parts_of


@dataclass(frozen=True)
class Authority:
    """An authority outside, by the words of ``per``, and the facts that it decides."""

    words: str
    facts: tuple[str, ...]


def _items(ctx: Context) -> Iterable[Authority]:
    found: dict[str, list[str]] = {}
    for fact in ctx.policy.facts.values():
        if fact.kind == "outside":
            found.setdefault(fact.per or fact.name, []).append(fact.name)
    return [Authority(words, tuple(facts)) for words, facts in found.items()]


def _examine(ctx: Context, item: Authority) -> Iterator[Finding]:
    session, policy = ctx.session, ctx.policy
    alone, resting = [], []
    for name, clause in policy.clauses.items():
        for part in parts_of(policy, clause):
            behind = ctx.atoms.facts_behind([part.expr])
            if not behind or not behind <= set(item.facts):
                continue
            term = fails_alone(ctx, part)
            if session.possible([term]):
                alone.append(term)
                resting.append(name)
    if not resting:
        return
    clauses = list(dict.fromkeys(resting))
    found = ctx.explorer.one(
        [session.literal(session.backend.disj(alone))], ctx.atoms.of_clauses(clauses)
    )
    if found is None:
        return
    region, readings = found

    def shows(outcome: Outcome) -> bool:
        return any(not outcome.clauses[each].applicable for each in clauses)

    apply = f"{name_list(clauses)} {'applies' if len(clauses) == 1 else 'apply'}"
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f'Whether {apply} can rest on "{item.words}" alone, which is not transcribed here',
        related=tuple(
            Related(label=f"the outside fact {each}", place=policy.facts[each].place)
            for each in item.facts
        ),
        readings=readings,
        witness=ctx.witness(region, shows),
        consequence="Whoever applies the policy has to look there: nothing here tells the answer",
        explanation=(
            "In the case shown all else is met, and a clause does not apply for that reason only.",
        ),
        settles=(
            "To transcribe that authority too, or to say in the policy itself what it takes, would "
            "settle it.",
        ),
        key=(item.words,),
    )


CHECK: Check[Authority] = Check(
    code="G06",
    name="outside-authority",
    severity=Severity.NOTE,
    polarity="sat",
    question="Which outcomes rest wholly on an authority that is not transcribed here?",
    documentation="""
An `outside` fact is decided by an authority that the policy points to and that is not transcribed
(`per` names it). For each such authority this lists the clauses with a condition that rests on its
facts and on nothing else, where that condition can fail alone: all else that the clause needs is
met, and whether it applies turns on what the authority says. The case shown is one in which a
clause misses its mark for this reason only.

Nothing is said here about what the authority says. Whoever applies the policy has to look there;
whoever checks it knows that every answer about these clauses is as good as what is put in for it.

How to mend it: nothing, if that is meant; else transcribe the authority, or say in the policy
itself what it takes.
""",
    items=_items,
    examine=_examine,
    describe=lambda item: f'what rests on "{item.words}"',
)
