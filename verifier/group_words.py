"""What is said of a group of persons who need more of a resource than there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_dsl.model import Policy, RankEffect, Resource
from policy_dsl.terms import action_words, subject
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
    kept = (
        f"{joined(found.clauses, 'and')} {'is' if len(found.clauses) == 1 else 'are'} not kept"
        if found.clauses
        else "what has to be decided cannot be decided"
    )
    if found.size == 1:
        return f"Whatever is done in such a case, {kept}."
    several = "two" if found.size == 2 else str(found.size)
    return f"Whatever is done for the {several}, {kept} for at least one of them."


def supplied_said(policy: Policy, found: Shortage, done: Sequence[str]) -> str:
    """What is so of one for whom there is enough."""
    doing = joined([action_words(policy, each) for each in done], "and")
    return (
        f"All that is asked can be kept, but only by use of {_units(found)}: by what it takes to "
        f"{doing}."
    )


def short_said(policy: Policy, done: Sequence[str]) -> str:
    """What is so of one for whom nothing is left."""
    doing = joined([action_words(policy, each) for each in done], "or")
    return f"Nothing is left with which to {doing}, and nothing else that can be done complies."


def _units(found: Shortage) -> str:
    count = "one unit" if found.units == 1 else f"{found.units} units"
    return f"{count} of {found.resource.phrase}"


def why(policy: Policy, found: Shortage) -> list[str]:
    """Why nothing settles who is left out, and what becomes of them."""
    lines = []
    if found.served:
        lines.append(
            "It is the same with any other capacity: what is enough for so many in such a case is "
            "not enough for one more."
        )
    return lines


def settles(policy: Policy, found: Shortage) -> list[str]:
    """What would settle it, and that a ranking alone would not."""
    clauses = found.clauses
    lines = []
    if clauses:
        whom = f"those for whom no {found.resource.phrase} is left"
        which = clauses[0] if len(clauses) == 1 else f"any one of {joined(clauses, 'and')}"
        lines.append(f"To take {whom} out of {which} would settle it.")
    ranking = [
        clause.name
        for clause in policy.clauses.values()
        if any(
            isinstance(each, RankEffect) and each.resource == found.resource.name
            for each in clause.effects
        )
    ]
    bound = f"is still bound by {joined(clauses, 'and')}" if clauses else "is no better off"
    ranked = f"whoever comes last {bound}"
    if not ranking:
        lines.append(
            f"No clause ranks anybody for {found.resource.phrase}; one that did would say who goes "
            f"without, but not what is then to be done: {ranked}."
        )
    else:
        say = "ranks" if len(ranking) == 1 else "rank"
        lines.append(
            f"That {joined(ranking, 'and')} {say} {subject(policy)} for {found.resource.phrase} "
            f"does not settle it: two who are alike are not ranked, and {ranked}."
        )
    return lines
