"""G04: a duty that does not say by whom, by when, or what follows a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl import phrases
from policy_dsl.model import FactValue, Policy
from policy_dsl.wording import joined
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.incomplete import Lack, lacks


def _items(ctx: Context) -> Iterable[Lack]:
    return lacks(ctx.policy)


def _examine(ctx: Context, lack: Lack) -> Iterator[Finding]:
    related: tuple[Related, ...] = ()
    if lack.what == "refusal":
        related = (
            Related(label=f"the grant {lack.name}", place=ctx.policy.facts[lack.name].place),
        )
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=_title(ctx.policy, lack),
        sides=tuple(ctx.side(each) for each in lack.clauses),
        related=related,
        consequence=_CONSEQUENCE[lack.what],
        key=(lack.what, lack.name),
    )


_CONSEQUENCE = {
    "actor": "Nobody can be held to it.",
    "time": "When it is too late cannot be said.",
    "refusal": "What then happens is left open.",
}


def _title(policy: Policy, lack: Lack) -> str:
    named = joined(list(lack.clauses), "and")
    match lack.what:
        case "actor":
            phrase = policy.actions[lack.name].phrase
            return f"{named} {_verb(lack, 'demand')} to {phrase}, and nothing says by whom"
        case "time":
            return f"{named} says '{lack.words}', and names no time"
        case "refusal":
            fact = policy.facts[lack.name]
            by = (fact.by or "somebody").replace("_", " ")
            granted = phrases.say(policy, FactValue(fact=lack.name, type=fact.type))
            rest = f"{named} {_verb(lack, 'rest')} on what the {by} grants ({granted})"
            return f"{rest}, and nothing says what follows a refusal"


def _verb(lack: Lack, verb: str) -> str:
    return verb if len(lack.clauses) > 1 else f"{verb}s"


CHECK: Check[Lack] = Check(
    code="G04",
    name="incomplete-duty",
    severity=Severity.WARNING,
    polarity="structural",
    question="Does every duty say by whom and, where haste is asked for, by when? Does something "
    "follow a refusal?",
    documentation="""
Three things that whoever has to act will ask, and that the policy does not say.

- **By whom.** A clause obliges to an action that has no `by`. This is told only in a policy that
  says of other actions by whom they are done.
- **By when.** A duty is to be kept `promptly`, or its quote asks for haste ("as expeditiously as
  possible", "without delay", "immediately", "promptly"), and no time limit is named. "Effective
  immediately" is not taken for haste: it says from when on a rule is in force.
- **After a refusal.** A clause rests on somebody's approval (`grant`), and no clause can come to be
  in force because it is refused: not by its conditions, not by an exception, and not because a
  clause that rests on the approval would otherwise prevail or come first in a list.

These are read off the policy as written; no case is looked for.

How to mend it: add the actor to the action (`by`), a limit to the duty (`within 72 hours of
EVENT`), or a clause for the case of refusal.
""",
    items=_items,
    examine=_examine,
    describe=lambda lack: f"what is lacking of {lack.name}",
)
