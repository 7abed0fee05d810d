"""What a clash of effects is called, and what follows from it, in one sentence each."""

from __future__ import annotations

from collections.abc import Sequence

from policy_dsl.model import Decision, Policy
from policy_dsl.terms import action_words
from policy_dsl.wording import joined
from verifier.clashes import Shape
from verifier.origins import Origin


def title(policy: Policy, shape: Shape, chosen: Sequence[Origin]) -> str:
    """Which clauses ask for what cannot be had together: "By B.5 one may release the person, and
    yet by C.6 one must not"."""
    ordered = _ordered(chosen)
    if shape.direct:
        first, second = ordered
        return f"{_upper(said(policy, first))}, and yet {_echo(second)}"
    parts = [said(policy, each) for each in ordered]
    limits = [_limit(policy, shape, policy.decisions[name]) for name in shape.decisions]
    return f"{_upper(joined(parts, 'and'))}; but {joined(limits, 'and')}"


def consequence(shape: Shape, chosen: Sequence[Origin]) -> str:
    """What follows for whoever has to act in such a case."""
    ordered = _ordered(chosen)
    duties = _clauses([each for each in ordered if not each.need.liberty])
    if shape.liberty is not None:
        how = "does it" if shape.liberty.done else "leaves it undone"
        allowing = joined(_clauses([each for each in ordered if each.need.liberty]), "or")
        used = f"{how}, as {allowing} allows," if shape.direct else f"uses what {allowing} allows"
        return f"Whoever {used} goes against {joined(duties, 'or')}."
    if len(duties) == 0:
        return "Nothing that the decision admits is possible."
    if shape.direct and len(ordered) == 2 and all(each.clause for each in ordered):
        first, second = (each.clause for each in ordered)
        if first != second:
            return (
                f"Whoever does it goes against {second}, whoever leaves it undone against {first}."
            )
    if len(duties) == 1:
        if shape.direct or any(each.need.done for each in ordered if each.clause):
            return f"Nobody can do what {duties[0]} demands in such a case."
        return f"Whatever is decided goes against {duties[0]}."
    return f"Whatever is decided goes against at least one of {joined(duties, 'and')}."


def settles_powers(chosen: Sequence[Origin]) -> tuple[str, ...]:
    """What would and would not settle a clash with what is in nobody's power, or of more than
    two clauses; nothing where two clauses alone clash."""
    duties = _clauses([each for each in chosen if each.clause is not None])
    powers = any(each.clause is None for each in chosen)
    if powers and len(duties) == 1:
        return (
            f"No priority would settle it, as no second clause is at odds with {duties[0]}; to "
            f"take such cases out of {duties[0]} would.",
        )
    if powers or len(duties) > 2:
        return (
            f"To take such cases out of any one of {joined(duties, 'and')} would settle it: the "
            "rest can then be met.",
        )
    return ()


def strengths(chosen: Sequence[Origin]) -> tuple[str, ...]:
    """That a "must" against a "should" is not thereby ahead of it, where this is the case."""
    duties = {o.clause: o.effect.strength for o in chosen if o.effect and o.effect.is_duty}
    firm = [name for name, strength in duties.items() if name and strength == "must"]
    soft = [name for name, strength in duties.items() if name and strength == "should"]
    if not firm or not soft:
        return ()
    say = "says" if len(firm) == 1 else "say"
    return (
        f"That {joined(firm, 'and')} {say} 'must' and {joined(soft, 'and')} only 'should' does "
        "not by itself let one of them prevail.",
    )


def advice(chosen: Sequence[Origin]) -> tuple[str, ...]:
    """What becomes of a clash with a "should" in it where that word only advises."""
    soft = [o.clause for o in chosen if o.clause and o.effect and o.effect.strength == "should"]
    if not soft:
        return ()
    names = list(dict.fromkeys(soft))
    bind = "binds" if len(names) == 1 else "bind"
    return (
        f"If 'should' only advises, {joined(names, 'and')} {bind} nobody, and no two binding "
        "norms clash.",
    )


def _clauses(origins: Sequence[Origin]) -> list[str]:
    return list(dict.fromkeys(each.clause for each in origins if each.clause is not None))


def _ordered(chosen: Sequence[Origin]) -> list[Origin]:
    """Liberties first, then what is to be done, then what is not, then what is impossible."""
    return sorted(chosen, key=lambda o: (o.effect is None, not o.need.liberty, not o.need.done))


def said(policy: Policy, origin: Origin) -> str:
    """What an origin asks for: "by C.6 one must not release the person"."""
    phrase = action_words(policy, origin.need.action)
    if origin.effect is None:
        return f"it is not possible to {phrase}"
    return f"by {origin.clause} one {origin.effect.modality} {phrase}"


def _echo(origin: Origin) -> str:
    """What is said of an action that has just been named."""
    if origin.effect is None:
        return "it is not possible"
    return f"by {origin.clause} one {origin.effect.modality}"


def _limit(policy: Policy, shape: Shape, decision: Decision) -> str:
    """What a decision admits, of the actions that were named or of all its options."""
    named = {each.action for each in shape.needs}
    all_named = named >= set(decision.actions)
    low, high = decision.low, decision.high
    if named == set(decision.actions) and len(named) == 2:
        if all(each.done for each in shape.needs) and high == 1:
            return "only one of the two can be done"
        if shape.closes_decision and low == 1:
            return "one of the two has to be done"
    of = "them" if all_named else joined([action_words(policy, a) for a in decision.actions], "or")
    count = how_many(decision)
    return f"{count} of {of} {'is' if count.endswith(' 1') else 'are'} to be done"


def how_many(decision: Decision) -> str:
    """How many of its actions a decision asks for: "exactly 1"."""
    low, high = decision.low, decision.high
    if low == high:
        return f"exactly {low}"
    if low == 0:
        return f"at most {high}"
    return f"at least {low}" if high >= len(decision.actions) else f"{low} to {high}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
