"""G08: clauses clash, and nothing declared says how such clashes are resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from policy_dsl.evaluate import Outcome
from policy_dsl.model import Policy, RuleKind
from policy_dsl.rules import Rules
from policy_dsl.wording import joined, name_list
from verifier.check import Check, Context
from verifier.findings import Finding, Related, Severity
from verifier.general_rules import NAMES, RULES
from verifier.open_clashes import OpenClash, left_open, open_clashes, terms
from verifier.session import NotSettled

FEWEST = 2
"""How many clashes there have to be. Of one alone, its own finding says all of this."""


def _items(ctx: Context) -> Iterable[Policy]:
    return [] if ctx.policy.rules or len(ctx.policy.clauses) < 2 else [ctx.policy]


def _examine(ctx: Context, policy: Policy) -> Iterator[Finding]:
    clashes = open_clashes(ctx)
    if len(clashes) < FEWEST:
        return
    backend, first = ctx.session.backend, clashes[0]
    some = backend.disj([backend.conj(terms(ctx, way)) for each in clashes for way in each.ways])
    found = ctx.explorer.one(terms(ctx, first.ways[0]), ctx.atoms.of_clauses(first.clauses))
    if found is None:
        raise NotSettled("a case that was found was lost again (a fault in the checker)")
    header = policy.documents.get(policy.name)

    def shows(outcome: Outcome) -> bool:
        return all(outcome.clauses[each].in_force for each in first.clauses)

    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=CHECK.severity,
        title=f"No rule for clashes is declared, and {len(clashes)} clashes of clauses stand open",
        consequence="In such cases nothing that is declared says which clause prevails",
        related=()
        if header is None
        else (Related(label="a rule would be declared in this document", place=header.place),),
        readings=ctx.explorer.reached([ctx.session.literal(some)]),
        witness=ctx.witness(found[0], shows),
        explanation=(
            f"The clauses that clash: {_told(clashes)}",
            f"The case is one for {joined(first.clauses, 'and')}.",
        ),
        settles=() if ctx.shared.brief else tuple(_settles(ctx, kind, clashes) for kind in NAMES),
        proof="Each clash was asked again, of all cases and readings, with each rule declared.",
        key=("no rule",),
    )


def _settles(ctx: Context, kind: RuleKind, clashes: list[OpenClash]) -> str:
    """What one rule, declared alone, would and would not settle."""
    lead = f"To declare that {RULES[NAMES[kind]]} (resolve by {kind})"
    ruled = ctx.shared.ruled_by(kind)
    if ruled is None:
        return f"{lead} is not possible here: it would settle too many pairs of clauses"
    changed = ruled.priorities != ctx.policy.priorities
    left = left_open(ctx, ruled, clashes) if changed else clashes
    settled = [each for each in clashes if each not in left]
    if not settled:
        return f"{lead} would settle none of them{_why_none(ctx.policy, kind, clashes)}"
    if not left:
        return f"{lead} would settle all of them"
    return f"{lead} would settle {len(settled)} of them ({_told(settled)}) and leave {len(left)}"


def _why_none(policy: Policy, kind: RuleKind, clashes: Sequence[OpenClash]) -> str:
    if kind != "specificity":
        return ", as all clauses stand in one document" if len(policy.documents) == 1 else ""
    rules = Rules(policy)
    pairs = [pair for each in clashes for pair in combinations(each.clauses, 2)]
    if any(rules.prevails(kind, *pair) is not None for pair in pairs):
        return ""
    return ", as by its words none of these clauses is a special case of the other"


def _told(clashes: Sequence[OpenClash]) -> str:
    """Clashes by their clauses: "B.0 with B.1 to B.3; A, B and C together"."""
    pairs: dict[str, list[str]] = {}
    more = [f"{joined(each.clauses, 'and')} together" for each in clashes if len(each.clauses) > 2]
    for each in clashes:
        if len(each.clauses) == 2:
            pairs.setdefault(each.clauses[0], []).append(each.clauses[1])
    return "; ".join([*(f"{one} with {name_list(others)}" for one, others in pairs.items()), *more])


CHECK: Check[Policy] = Check(
    code="G08",
    name="no-priority-rule",
    severity=Severity.NOTE,
    polarity="sat",
    question="Do clauses clash, with nothing declared that says how such clashes are resolved?",
    documentation="""
Two or more clashes of clauses stand open (each has a finding of its own: C01 to C05), and the
policy declares no rule for clashes. The note is given once a policy. It names the clashes and says
of each of the three rules which of them it would settle if it alone were declared, and how many it
would leave:
the higher law prevails over the lower (`resolve by authority`); the later law prevails over the
earlier (`resolve by date`); the more special rule prevails over the more general (`resolve by
specificity`), as the words of the clauses show it.

Whether a rule ought to be declared is not said: a court or an agency may resolve such clashes by
these rules or by others, and a clash may be meant to be decided case by case.

How to mend it: if one of these rules is to count, declare it in the main file, in the order in
which the rules are to count: `resolve by authority, then specificity, then date`. Or say of the
clauses themselves which prevails (`overrides`).
""",
    items=_items,
    examine=_examine,
    describe=lambda policy: "the clashes that are left open",
)
