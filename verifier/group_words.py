"""What is said of a group of persons who need more of a resource than there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_dsl.model import NormEffect, Policy, Resource
from policy_dsl.rankings import ranking_clauses
from policy_dsl.terms import action_words
from policy_dsl.wording import blank, joined
from verifier import clash_words
from verifier.origins import Origin


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """A smallest group of persons who are alike, and too many for a resource.

    Each needs ``units``, and there are ``capacity``. ``origins`` say what is asked of them.
    """

    resource: Resource
    units: int
    capacity: int
    origins: tuple[Origin, ...]

    @property
    def served(self) -> int:
        """For how many of them there is enough."""
        return self.capacity // self.units

    @property
    def size(self) -> int:
        """How many they are: one more than there is enough for."""
        return self.served + 1

    @property
    def clauses(self) -> list[str]:
        """The clauses that cannot be kept for all of them."""
        return list(dict.fromkeys(each.clause for each in self.origins if each.clause is not None))


def title(policy: Policy, found: Shortage) -> str:
    """What is asked, and for how many it can be done: "By B.detain one must hold the person in
    detention; but there may be detention space for one such person and not for a second"."""
    asked = joined([clash_words.said(policy, each) for each in found.origins], "and")
    lack = _lack(policy, found)
    text = f"{asked}; but {lack}" if asked else lack
    return text[:1].upper() + text[1:]


def _lack(policy: Policy, found: Shortage) -> str:
    phrase, person = found.resource.phrase, blank(policy.subject)
    match found.served:
        case 0 if found.capacity == 0:
            return f"there may be no {phrase}"
        case 0:
            return (
                f"such a {person} needs {found.units} units of {phrase}, and there may be only "
                f"{found.capacity}"
            )
        case 1:
            return f"there may be {phrase} for one such {person} and not for a second"
        case served:
            return f"there may be {phrase} for {served} in such a case and not for one more"


def consequence(found: Shortage) -> str:
    """What follows for whoever has to act."""
    kept = {
        0: "what has to be decided cannot be decided",
        1: f"{joined(found.clauses, 'and')} is not kept",
        2: f"{joined(found.clauses, 'and')} are not both kept",
    }.get(len(found.clauses), f"{joined(found.clauses, 'and')} are not all kept")
    if found.size == 1:
        return f"Whatever is done in such a case, {kept}."
    several = "two" if found.size == 2 else str(found.size)
    return f"Whatever is done for the {several}, {kept} for at least one of them."


def supplied_said(policy: Policy, found: Shortage, done: Sequence[str]) -> str:
    """What is so of one for whom there is enough, and what is then done."""
    doing = joined([action_words(policy, each) for each in done], "and")
    return f"One can {doing}, which uses {_units(found)}; without that, nothing complies."


def short_said(policy: Policy, found: Shortage, done: Sequence[str]) -> str:
    """What is so of one for whom nothing is left."""
    doing = joined([action_words(policy, each) for each in done], "and")
    against = f"goes against {joined(found.clauses, 'or')}" if found.clauses else "does not comply"
    return f"Too little is left to {doing}, and whatever else is done {against}."


def _units(found: Shortage) -> str:
    count = "one unit" if found.units == 1 else f"{found.units} units"
    return f"{count} of {found.resource.phrase}"


def limits(policy: Policy, decisions: Sequence[str]) -> list[str]:
    """What the decisions that leave no other way ask for."""
    lines = []
    for name in decisions:
        decision = policy.decisions[name]
        count = clash_words.how_many(decision)
        actions = joined([action_words(policy, each) for each in decision.actions], "or")
        verb = "has" if count.endswith(" 1") else "have"
        lines.append(f"Of these, {count} {verb} to be done: {actions}.")
    return lines


def why(policy: Policy, found: Shortage, allowing: Sequence[tuple[str, NormEffect]]) -> list[str]:
    """Why nothing settles what becomes of those who are left without; ``allowing`` are clauses
    that allow another way to them, with what they allow."""
    lines = []
    if found.clauses:
        for effect in dict.fromkeys(effect for _, effect in allowing):
            clauses = [clause for clause, each in allowing if each == effect]
            norm = f"one {effect.modality} {action_words(policy, effect.action)}"
            lines.append(
                f"To one who is left without, {joined(clauses, 'and')} can apply, by which {norm}; "
                f"that does not prevail over {joined(found.clauses, 'and')}."
            )
    if found.served:
        lines.append(
            "It is the same with any other capacity: what is enough for so many in such a case is "
            "not enough for one more."
        )
    return lines


def settles(policy: Policy, found: Shortage) -> list[str]:
    """What would settle it, and that a ranking alone would not."""
    clauses, phrase = found.clauses, found.resource.phrase
    lines = []
    if clauses:
        which = clauses[0] if len(clauses) == 1 else f"any one of {joined(clauses, 'and')}"
        lines.append(f"To take those who are left without {phrase} out of {which} would settle it.")
    still = f"still comes under {joined(clauses, 'and')}" if clauses else "is no better off"
    last = f"whoever comes last {still}"
    ranking = list(ranking_clauses(policy, found.resource.name))
    if ranking:
        say = "says" if len(ranking) == 1 else "say"
        lines.append(
            f"That {joined(ranking, 'and')} {say} who comes first for {phrase} does not settle it: "
            f"two who are alike are not ranked, and {last}."
        )
    else:
        lines.append(
            f"No clause ranks anybody for {phrase}. One that did would say who goes without, but "
            f"not what is then to be done: {last}."
        )
    return lines
