"""What a policy says about one case, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from policy_dsl import phrases
from policy_dsl.compliance import Constraint, Duty
from policy_dsl.defeat import Defeat
from policy_dsl.model import (
    SHOULD,
    Decision,
    Group,
    Incapacity,
    NormEffect,
    Policy,
    SetEffect,
    TimedBan,
)
from policy_dsl.terms import subject
from policy_dsl.why import Why
from verifier.render.answer import Answer, Change
from verifier.render.blocks import listed
from verifier.render.finding_text import at, paraphrased, short
from verifier.render.page import Page
from verifier.render.sentences import fact_sentences, sentence

_MODALITIES = ("must", "must not", "should", "should not", "may", "need not")


def render(answer: Answer, given: Sequence[str], name: str, width: int, colour: bool) -> str:
    """The answer as text. ``given`` are the facts that the case itself tells, ``name`` is what
    the case is called."""
    page = Page(width, colour)
    policy = answer.policy
    page.line((policy.title or policy.name, "strong"))
    page.line((f"What it says about the case {name}", "quiet"))
    _show_case(page, answer, given)
    _show_norms(page, answer)
    _show_outputs(page, answer)
    _show_defeated(page, answer)
    _show_broken(page, answer)
    _show_verdict(page, answer)
    _show_open(page, answer)
    page.heading("Why")
    page.line((f"Said of {subject(policy)}:" if answer.whys else "No clause is in force.", "quiet"))
    reasons = _Reasons(page)
    for each in answer.whys:
        reasons.write(each)
    return page.text()


def _show_case(page: Page, answer: Answer, given: Sequence[str]) -> None:
    page.heading("The case")
    told = fact_sentences(answer.policy, answer.case, given)
    for each in told:
        page.item(sentence(each), indent=2)
    if not told:
        page.line("The case tells nothing.")
    left = [name for name in answer.filled if name in answer.policy.facts]
    if left:
        page.line(("Taken by default: ", "quiet"), (", ".join(left), "quiet"), ".")


def _show_norms(page: Page, answer: Answer) -> None:
    page.heading("What is to be done")
    binding = answer.case.readings.get(SHOULD) == "binding"
    effects = [
        (clause, effect)
        for clause in answer.outcome.in_force
        for effect in answer.policy.clauses[clause].effects
        if isinstance(effect, NormEffect)
    ]
    for modality in _MODALITIES:
        mine = [
            (clause, effect) for clause, effect in effects if _weight(effect, binding) == modality
        ]
        if not mine:
            continue
        page.line((modality.capitalize(), "strong"))
        for action in dict.fromkeys(effect.action for _, effect in mine):
            page.item((answer.policy.actions[action].phrase, "strong"), indent=2)
            for clause, effect in (each for each in mine if each[1].action == action):
                word = effect.modality
                note = "" if word == modality else f" (its word is '{word}', which binds here)"
                limits = [phrases.say_timing(answer.policy, each) for each in effect.timing]
                when = f" ({listed(limits)})" if limits else ""
                _show_clause(page, answer.policy, clause, f"{when}{note}")
    _show_bans(page, answer)
    silent = [name for name, state in answer.outcome.states.items() if state.silent]
    if silent:
        lead = (
            "No clause in force speaks of" if effects else "No clause in force says what to do of"
        )
        page.line((f"{lead}: {', '.join(silent)}.", "quiet"))


def _show_bans(page: Page, answer: Answer) -> None:
    """What is forbidden at some times only, as its clauses say it."""
    policy = answer.policy
    bans = [
        (clause, effect)
        for clause in answer.outcome.in_force
        for effect in policy.clauses[clause].effects
        if isinstance(effect, TimedBan)
    ]
    if bans:
        page.line(("At some times not", "strong"))
    for clause, effect in bans:
        page.item((phrases.say_norm(policy, effect), "strong"), indent=2)
        _show_clause(page, policy, clause)


def _weight(effect: NormEffect, binding: bool) -> str:
    return effect.modality.replace("should", "must") if binding else effect.modality


def _show_clause(page: Page, policy: Policy, name: str, note: str = "") -> None:
    clause = policy.clauses[name]
    lead = ("by ", (name, "clause"), f" {clause.title}{note}")
    page.line(*lead, indent=4, hang=2, right=(at(clause.place), "quiet"))
    for quote in clause.quotes:
        page.line(short(quote), indent=6)
    for text in clause.paraphrases:
        page.line(paraphrased(text), indent=6)


def _show_outputs(page: Page, answer: Answer) -> None:
    values = {name: found for name, found in answer.outcome.outputs.items() if found}
    if not values:
        return
    page.heading("What is determined")
    for found in values.values():
        for clause, _ in found:
            effects = answer.policy.clauses[clause].effects
            for effect in (e for e in effects if isinstance(e, SetEffect)):
                if any(effect.output == name for name, pairs in values.items() if pairs == found):
                    page.item(phrases.say_norm(answer.policy, effect), indent=2)
            _show_clause(page, answer.policy, clause)


def _show_defeated(page: Page, answer: Answer) -> None:
    clauses = answer.outcome.clauses
    defeated = {name: each.defeated_by for name, each in clauses.items() if each.defeated_by}
    if not defeated:
        return
    page.heading("Clauses that apply but are defeated")
    for name, defeats in defeated.items():
        page.item((name, "clause"), f" {answer.policy.clauses[name].title}", indent=2)
        for each in defeats:
            page.line(f"by {each.clause}, {how(each)}", indent=4, hang=2)


def _show_broken(page: Page, answer: Answer) -> None:
    if not answer.outcome.broken:
        return
    page.heading("Duties broken by what is done")
    for name in answer.outcome.broken:
        page.item((name, "clause"), f" {answer.policy.clauses[name].title}", indent=2)


def how(defeat: Defeat) -> str:
    """By what declaration a clause defeats, with its place."""
    reason = defeat.reason
    if isinstance(reason, Group):
        return f"which stands before it in the order of {reason.name} ({at(reason.place)})"
    said = {
        "overrides": "which overrides it",
        "despite": "which applies despite it",
        "precedence": "to which it is subject",
        "savings": "which it leaves untouched",
        "authority": "which is the higher law",
        "specificity": "which is the more special rule",
        "date": "which is the later law",
    }[reason.kind]
    return f"{said} ({at(reason.place)})"


def _show_verdict(page: Page, answer: Answer) -> None:
    page.heading("Can all of it be done?")
    if answer.broken is None and answer.second_best:
        page.line("Yes, apart from what is owed only because another duty is broken.")
    elif answer.broken is None:
        page.line("Yes: what must and what should be done can all be done together.")
    elif answer.broken == "must":
        page.line(("No.", "error"), " What must be done cannot all be done together:")
    else:
        page.line("What must be done can be. What should be done cannot all be done with it:")
    for each in answer.conflict:
        page.item(constraint(answer.policy, each), indent=2)
    for line in contradictions(answer):
        page.line(line)


def constraint(policy: Policy, each: Constraint) -> str:
    """One thing that has to be kept, in words."""
    match each.origin:
        case Duty(clause=clause, effect=effect):
            return f"{clause} says '{phrases.say_norm(policy, effect)}'"
        case Decision(name=name):
            options = listed([policy.actions[a].phrase for a in each.actions], "or to")
            if each.low == each.high:
                number = f"exactly {each.low}"
            elif each.low == 0:
                number = f"at most {each.high}"
            else:
                number = f"{each.low} to {each.high}"
            return f"the decision {name} allows {number} of: to {options}"
        case Incapacity(because=because):
            phrase = policy.actions[each.actions[0]].phrase
            reason = f": {because}" if because else ""
            return f"it is not in anybody's power to {phrase}{reason}"
        case _:
            assert_never(each.origin)


def contradictions(answer: Answer) -> list[str]:
    """Actions of which opposite things are said, where one of the two is only an allowance."""
    lines = []
    for name, state in answer.outcome.states.items():
        phrase = answer.policy.actions[name].phrase
        if state.permitted and state.forbidden:
            lines.append(f"But to {phrase} is permitted and forbidden at once.")
        if state.released and state.obliged:
            lines.append(f"But there is a duty to {phrase}, and a release from it, at once.")
    return lines


def _show_open(page: Page, answer: Answer) -> None:
    if not answer.changes:
        return
    page.heading("Readings that the case leaves open")
    by_name: dict[str, list[Change]] = {}
    for each in answer.changes:
        by_name.setdefault(each.ambiguity, []).append(each)
    idle = []
    for name, changes in by_name.items():
        ambiguity = answer.policy.ambiguities[name]
        chosen = answer.case.readings[name]
        if not any(each.come or each.go or each.binds for each in changes):
            idle.append(f"{name} ({chosen})")
            continue
        page.line((ambiguity.question or name, "strong"), (f" ({name})", "quiet"))
        page.item(f"{chosen}: {ambiguity.text_of(chosen)}", indent=2)
        page.line(("taken here", "quiet"), indent=4)
        for each in changes:
            page.item(f"{each.reading}: {ambiguity.text_of(each.reading)}", indent=2)
            page.line((_change(each), "quiet"), indent=4)
    if idle:
        page.line(f"No other reading of these, taken alone, changes anything: {', '.join(idle)}.")


def _change(change: Change) -> str:
    parts = []
    if change.come:
        parts.append(f"{listed(change.come)} would be in force too")
    if change.go:
        parts.append(f"{listed(change.go)} would not be in force")
    if change.binds:
        parts.append("the same clauses would be in force, but with another strength")
    return "; ".join(parts) or "no change"


class _Reasons:
    """Writes trees of reasons. Only what makes a statement hold or fail is followed, and what
    was said once is not explained again."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._said: set[Why] = set()

    def write(self, root: Why) -> None:
        self._page.line((root.text, "clause"))
        for each in root.children:
            self._branch(each, 2)

    def _branch(self, why: Why, indent: int) -> None:
        mark = "yes " if why.holds else "no  "
        again = why in self._said and bool(why.children)
        tail = (" (see above)", "quiet") if again else ""
        self._page.line((mark, "quiet"), why.text, tail, indent=indent, hang=4)
        if again:
            return
        self._said.add(why)
        telling = [each for each in why.children if self._tells(each, why.holds)]
        for each in telling or why.children:
            self._branch(each, min(indent + 4, self._page.width // 2))

    @staticmethod
    def _tells(why: Why, holds: bool) -> bool:
        """Whether a reason speaks for the statement above it. An exception speaks against it."""
        if why.text.startswith(("unless: ", "carve-out: ")):
            return why.holds != holds and not holds
        return why.holds == holds or why.text.startswith("under: ")
