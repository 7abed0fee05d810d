"""What is told of whose hands permissions and releases are in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policy_dsl.model import Force, Policy
from policy_dsl.terms import action_words
from policy_dsl.wording import name_list
from verifier import control_words as words
from verifier.check import Check, Context
from verifier.control import Controlled, Say, liberties
from verifier.control_cases import blocked, brought, happens, left_to_others
from verifier.findings import Finding, Related, Side
from verifier.readings import ReadingSet, apart, united
from verifier.session import NotSettled


@dataclass(frozen=True)
class Hand:
    """Whose hands are looked into: a role's, the subject's for one action, or nobody's."""

    role: str | None = None
    action: str | None = None
    force: Force | None = None


def _settled(sets: Iterable[ReadingSet | None], reasons: Iterable[str | None]) -> list[ReadingSet]:
    """Sets that were all settled. Raises ``NotSettled``."""
    found = [each for each in sets if each is not None]
    why = next((each for each in reasons if each is not None), None)
    if why is not None:
        raise NotSettled(why)
    return found


def _sides(ctx: Context, clauses: Sequence[str]) -> tuple[Side, ...]:
    return tuple(ctx.side(each, liberties(ctx.policy, each)) for each in clauses)


def _related(policy: Policy, facts: Iterable[str]) -> tuple[Related, ...]:
    return tuple(
        Related(label=f"the {policy.facts[each].kind} {each}", place=policy.facts[each].place)
        for each in facts
    )


# --- one official -------------------------------------------------------------------------


def of_official(check: Check[Hand], ctx: Context, role: str) -> Iterator[Finding]:
    """What a role alone can do about clauses, if there is anything. Raises ``NotSettled``."""
    policy = ctx.policy
    says: list[tuple[str, Say]] = [
        (row.clause, say)
        for row in ctx.shared.control.rows.values()
        for say in row.says
        if say.role == role
    ]
    _settled((), (say.reason for _, say in says))
    blocks = [(c, s.blocks) for c, s in says if s.blocks is not None and not s.blocks.never]
    brings = [(c, s.brings) for c, s in says if s.brings is not None and not s.brings.never]
    if not blocks and not brings:
        return
    stopped, made = [c for c, _ in blocks], [c for c, _ in brings]
    who = words.who(policy, role)
    told = [say for clause, say in says if clause in {*stopped, *made}]
    facts = list(dict.fromkeys(name for say in told for name in say.facts))
    if blocks:
        clause, readings = blocks[0]
        witness, example = blocked(ctx, clause, role, readings)
    else:
        clause, readings = brings[0]
        say = next(say for name, say in says if name == clause)
        witness, example = brought(ctx, clause, say)
    yield Finding(
        code=check.code,
        name=check.name,
        severity=check.severity,
        title=words.title(who, stopped, made),
        consequence=words.consequence(who, stopped, made),
        sides=_sides(ctx, [name for name, _ in says if name in {*stopped, *made}]),
        related=_related(policy, facts),
        readings=united(policy, [each for _, each in (*blocks, *brings)]),
        witness=witness,
        explanation=(
            f"What {who} decides: {words.all_decided(policy, facts)}.",
            *words.by_readings(policy, f"{who[0].upper()}{who[1:]} can block", blocks),
            *words.by_readings(policy, f"{who[0].upper()}{who[1:]} can bring about", brings),
            *example,
        ),
        settles=(
            f"Another way to the same end, that does not rest on {who}, would take "
            "it out of one hand.",
        ),
        proof=_proof(who, stopped),
        key=(role, "blocks", *stopped, "brings", *made),
    )


def _proof(who: str, blocks: Sequence[str]) -> str | None:
    if not blocks:
        return None
    return (
        f"Proved, under the readings named: in every case in which {name_list(blocks, 'or')} is in "
        f"force, {who} could have decided so that it is not."
    )


# --- the subject --------------------------------------------------------------------------


def of_subject(check: Check[Hand], ctx: Context, action: str, force: Force) -> Iterator[Finding]:
    """An action that no clause allows by what the subject alone decides, although it has a
    say. Raises ``NotSettled``."""
    policy, subject = ctx.policy, ctx.policy.subject
    rows = [
        row
        for row in ctx.shared.control.rows.values()
        if any(
            (each.action, each.force) == (action, force) for each in liberties(policy, row.clause)
        )
    ]
    says = [(row, say) for row in rows for say in row.says if say.role == subject]
    reasons = [*(row.reason for row in rows), *(say.reason for _, say in says)]
    occurs = united(policy, _settled((row.occurs for row in rows), reasons))
    brings = united(policy, _settled((say.brings for _, say in says), reasons))
    standing = apart(policy, occurs, brings)
    if standing is None:
        raise NotSettled("it depends on too many combinations of readings")
    if standing.never:
        return
    clauses = [row.clause for row, _ in says]
    facts = list(dict.fromkeys(name for _, say in says for name in say.facts))
    shown = next((row for row, _ in says if _meet(policy, row, standing)), None)
    witness, example = (None, ()) if shown is None else left_to_others(ctx, shown.clause, standing)
    who = words.who(policy, subject)
    liberty = "permission" if force == "permit" else "release from the duty"
    liberty = f"a {liberty} to {action_words(policy, action)}"
    yield Finding(
        code=check.code,
        name=check.name,
        severity=check.severity,
        title=f"What {who} alone decides never brings about {liberty}",
        consequence=f"However {who} decides, it rests on others too, or on the facts alone.",
        sides=_sides(ctx, clauses),
        related=_related(policy, facts),
        readings=standing,
        witness=witness,
        explanation=(
            f"What {who} decides: {words.all_decided(policy, facts)}.",
            *example,
        ),
        proof=f"Proved: in no case is {liberty} in force by what {who} decides, whatever "
        "everybody else decides.",
        key=(subject, action, force),
    )


def _meet(policy: Policy, row: Controlled, standing: ReadingSet) -> bool:
    if row.occurs is None:
        return False
    outside = apart(policy, row.occurs, standing)
    return outside is not None and outside != row.occurs


# --- nobody -------------------------------------------------------------------------------


def of_nobody(check: Check[Hand], ctx: Context) -> Iterator[Finding]:
    """The clauses on which nobody's decisions have any bearing. Raises ``NotSettled``."""
    rows = ctx.shared.control.rows.values()
    _settled((), (row.reason for row in rows))
    found = [(r.clause, r.nobody) for r in rows if r.nobody is not None and not r.nobody.never]
    if not found:
        return
    clauses = [name for name, _ in found]
    yield Finding(
        code=check.code,
        name=check.name,
        severity=check.severity,
        title=f"Whether {name_list(clauses)} {words.is_or_are(clauses)} in force is in "
        "nobody's hands",
        consequence="No judgment, grant or choice of anybody makes a difference to it.",
        sides=_sides(ctx, clauses),
        readings=united(ctx.policy, [each for _, each in found]),
        witness=happens(ctx, *found[0]),
        explanation=(
            "It rests on facts, and on authorities outside, alone.",
            *words.by_readings(ctx.policy, "So it is of", found),
        ),
        proof="Proved, under the readings named: no two cases that differ only in what somebody "
        "decides differ in this.",
        key=("nobody", *clauses),
    )
