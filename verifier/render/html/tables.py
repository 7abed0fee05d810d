"""The tables of the page: readings, actions, clauses, assumptions and facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_dsl import phrases
from policy_dsl.case import default_value
from policy_dsl.model import SHOULD, Clause, Expr, Implication, Policy
from policy_dsl.terms import value_words
from verifier.control_words import who
from verifier.findings import ProfileEntry
from verifier.pipeline import Report
from verifier.reading_table import hardened
from verifier.render.blocks import Block
from verifier.render.html.marks import Finder, Link, clause_anchor, entry_anchor, place
from verifier.render.profile_text import cell
from verifier.render.reading_text import open_points
from verifier.render.sentences import fact_words, sentence
from verifier.witness import Witness


@dataclass(frozen=True, kw_only=True)
class ReadingView:
    """One reading of an open point, and what it would settle."""

    name: str
    text: str
    stand: int
    depend: int
    gone: int
    fall: tuple[Link, ...]
    remark: str


@dataclass(frozen=True, kw_only=True)
class PointView:
    """An open point of the text."""

    name: str
    question: str
    quote: str
    readings: tuple[ReadingView, ...]


def points(report: Report, finder: Finder) -> tuple[PointView, ...]:
    """The open points on which findings depend, those that settle most first."""
    stronger = len(hardened(report.findings))
    found = []
    for rows in open_points(report).groups:
        name = rows[0].ambiguity
        ambiguity = report.policy.ambiguities[name]
        views = []
        for row in rows:
            hard = name == SHOULD and row.reading == "binding" and stronger
            views.append(
                ReadingView(
                    name=row.reading,
                    text=row.text,
                    stand=len(row.stand),
                    depend=len(row.depend),
                    gone=len(row.fall),
                    fall=finder.known(row.fall),
                    remark=f"{stronger} of should strength are then as strong as must"
                    if hard
                    else "",
                )
            )
        found.append(
            PointView(
                name=name,
                question=ambiguity.question or name,
                quote=ambiguity.quote or "",
                readings=tuple(views),
            )
        )
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class StateView:
    """Whether a state of an action ever occurs, by which clauses, and a case of it."""

    said: str
    clauses: tuple[Link, ...]
    case: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ActionView:
    """Everything the policy ever says of one action."""

    name: str
    phrase: str
    states: tuple[StateView, ...]


def actions(report: Report) -> tuple[ActionView, ...]:
    """The profile of all actions."""
    return tuple(
        ActionView(
            name=each.action,
            phrase=each.phrase,
            states=tuple(_state(report.policy, entry) for entry in each.entries),
        )
        for each in report.profiles
    )


def _state(policy: Policy, entry: ProfileEntry) -> StateView:
    return StateView(
        said=cell(entry),
        clauses=clause_links(policy, entry.clauses),
        case=_statements(entry.witness) if entry.state == "silent" else (),
    )


def _statements(witness: Witness | None) -> tuple[str, ...]:
    if witness is None:
        return ()
    return tuple(sentence(each) for each in witness.statements) or ("In every case.",)


def clause_links(policy: Policy, names: Sequence[str]) -> tuple[Link, ...]:
    """Links to clauses, with their titles."""
    return tuple(
        Link(text=name, anchor=clause_anchor(name), said=policy.clauses[name].title)
        for name in names
        if name in policy.clauses
    )


@dataclass(frozen=True, kw_only=True)
class ClauseView:
    """A clause: what it says and when, its quotes, and the findings in which it takes part."""

    name: str
    anchor: str
    title: str
    says: tuple[str, ...]
    needs: tuple[str, ...]
    under: str
    quotes: tuple[str, ...]
    paraphrases: tuple[str, ...]
    findings: tuple[Link, ...]
    place: str


def clauses(policy: Policy, finder: Finder) -> tuple[ClauseView, ...]:
    """All clauses in the order of the policy."""
    return tuple(_clause(policy, each, finder) for each in policy.clauses.values())


def _clause(policy: Policy, clause: Clause, finder: Finder) -> ClauseView:
    needs = [phrases.sentence(policy, each.condition) for each in clause.requirements]
    bars = [phrases.sentence(policy, each.condition) for each in clause.exceptions]
    return ClauseView(
        name=clause.name,
        anchor=clause_anchor(clause.name),
        title=clause.title,
        says=tuple(phrases.say_norm(policy, each) for each in clause.effects),
        needs=(
            *(sentence(n) for n in needs),
            *(f"Not where this holds: {sentence(b)}" for b in bars),
        ),
        under="" if clause.under is None else sentence(phrases.sentence(policy, clause.under)),
        quotes=clause.quotes,
        paraphrases=clause.paraphrases,
        findings=finder.about(clause.name),
        place=place(clause.place),
    )


@dataclass(frozen=True, kw_only=True)
class AssumptionView:
    """What every case is taken to satisfy, why, and the findings about it."""

    said: str
    because: str
    under: str
    place: str
    findings: tuple[Link, ...]


def assumptions(policy: Policy, blocks: Sequence[Block]) -> tuple[AssumptionView, ...]:
    """What the policy takes for granted."""
    return tuple(
        AssumptionView(
            said=_assumed(policy, each.condition),
            because="" if each.because is None else sentence(each.because),
            under="" if each.under is None else sentence(phrases.sentence(policy, each.under)),
            place=place(each.place),
            findings=_resting_on(blocks, place(each.place)),
        )
        for each in policy.assumptions
    )


def _assumed(policy: Policy, condition: Expr) -> str:
    """An assumption in words; "if ... then" where it is written so."""
    if not isinstance(condition, Implication):
        return sentence(phrases.sentence(policy, condition))
    premise = phrases.sentence(policy, condition.premise)
    conclusion = phrases.sentence(policy, condition.conclusion)
    first, second = (text[:1].lower() + text[1:] for text in (premise, conclusion))
    return sentence(f"If {first}, then {second}")


@dataclass(frozen=True, kw_only=True)
class FactView:
    """A fact, what it usually is, and the findings whose related places name it."""

    said: str
    name: str
    usual: str
    findings: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Control:
    """Facts that the same person or source controls."""

    title: str
    outside: bool
    facts: tuple[FactView, ...]


def controls(policy: Policy, blocks: Sequence[Block]) -> tuple[Control, ...]:
    """All facts by who controls them, the authorities outside last."""
    groups: dict[tuple[bool, str], list[FactView]] = {}
    for fact in policy.facts.values():
        by = who(policy, fact.by) if fact.by else "somebody"
        match fact.kind:
            case "fact":
                title = "Facts of the case"
            case "judgment":
                title = f"In the judgment of: {by}"
            case "grant":
                title = f"Granted by: {by}"
            case "choice":
                title = f"Chosen by: {by}"
            case "outside":
                title = fact.per or "another authority"
        view = FactView(
            said=fact_words(fact),
            name=fact.name,
            usual=value_words(fact.type, default_value(fact)),
            findings=_resting_on(blocks, place(fact.place)),
        )
        groups.setdefault((fact.kind == "outside", title), []).append(view)
    return tuple(
        Control(title=title, outside=outside, facts=tuple(facts))
        for (outside, title), facts in sorted(groups.items(), key=lambda each: each[0][0])
    )


def _resting_on(blocks: Sequence[Block], where: str) -> tuple[Link, ...]:
    """The blocks of findings that name a place as one that they rest on."""
    return tuple(
        Link(
            text=str(block.number),
            anchor=entry_anchor(block),
            said=block.first.title,
            kind=str(block.first.severity),
        )
        for block in blocks
        if any(place(r.place) == where for finding in block.findings for r in finding.related)
    )
