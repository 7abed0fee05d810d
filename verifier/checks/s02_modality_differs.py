"""S02: the modal words of a clause's quotes say one thing, the clause another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.model import Ambiguity, Clause, Modality, NormEffect, RankEffect, ReadingIs, walk
from policy_dsl.phrases import say_norm
from verifier.check import Check, Context
from verifier.fidelity.modals import is_english, item_modalities, modalities
from verifier.fidelity.trace import Sentence
from verifier.fidelity.words import Words
from verifier.findings import Finding, Severity

_TURNED: dict[Modality, Modality] = {
    "must": "must not",
    "must not": "must",
    "should": "should not",
    "should not": "should",
    "may": "need not",
    "need not": "may",
}
"""The word by which a duty is said of the contrary: "must stay" is "must not leave"."""

_PLAIN = "By its modal words, the text says something else than the clause."
_READING = (
    "The clause stands under a reading of an ambiguity about these words; that may be why it says "
    "something else than they do."
)


def _items(ctx: Context) -> Iterable[Clause]:
    quotes = [quote for each in ctx.policy.clauses.values() for quote in each.quotes]
    if not is_english(quotes):
        return []
    return [clause for clause in ctx.policy.clauses.values() if _said(ctx, clause)]


def _lead(ctx: Context, clause: Clause) -> str | None:
    """The sentence that governs the list in which the clause's words stand."""
    for document in ctx.shared.traces:
        by_number = {each.number: each for each in document.sentences}
        found: list[Sentence] = [
            by_number[each.lead]
            for each in document.sentences
            if each.lead is not None
            and any(use.kind == "clause" and use.name == clause.name for use in each.uses)
        ]
        if found:
            return found[0].text
    return None


def _said(ctx: Context, clause: Clause) -> tuple[Modality, ...]:
    """The modalities for which the clause's words can stand."""
    own = [each for quote in clause.quotes for each in modalities(quote)]
    lead = _lead(ctx, clause) if clause.quotes else None
    if lead is not None:
        own += modalities(lead)
        own += [each for quote in clause.quotes for each in item_modalities(quote)]
    return tuple(dict.fromkeys(own))


def _examine(ctx: Context, clause: Clause) -> Iterator[Finding]:
    said = _said(ctx, clause)
    norms = [each for each in clause.effects if isinstance(each, NormEffect | RankEffect)]
    for modality in dict.fromkeys(each.modality for each in norms):
        chosen = [each for each in norms if each.modality == modality]
        verbs = [say_norm(ctx.policy, each).removeprefix(f"{modality} ") for each in chosen]
        turned = _TURNED[modality] in said and not any(_names(clause, verb) for verb in verbs)
        if modality in said or turned:
            continue
        reading = _is_a_reading(ctx, clause)
        if reading and not any(modalities(quote) for quote in clause.quotes):
            continue  # only the words that govern the list say something else
        words = " or ".join(f"'{each}'" for each in said)
        yield Finding(
            code=CHECK.code,
            name=CHECK.name,
            severity=Severity.NOTE if reading else CHECK.severity,
            title=f"{clause.name} says '{modality}', but its quote reads like {words}",
            sides=(ctx.side(clause.name, chosen),),
            explanation=(_READING if reading else _PLAIN,),
            key=(clause.name, modality, *said),
        )


def _names(clause: Clause, phrase: str) -> bool:
    """Whether a quote has the verb of an action."""
    verb = Words(phrase).words[:1]
    stem = verb[0][: max(4, len(verb[0]) - 2)] if verb else "\0"
    return any(word.startswith(stem) for quote in clause.quotes for word in Words(quote).words)


def _is_a_reading(ctx: Context, clause: Clause) -> bool:
    """Whether the clause stands under a reading of an ambiguity about its own words."""
    names = (
        {e.ambiguity for e in walk(clause.under) if isinstance(e, ReadingIs)}
        if clause.under
        else set()
    )
    words = [*clause.quotes, _lead(ctx, clause) or ""]
    return any(_about(ctx.policy.ambiguities[name], words) for name in sorted(names))


def _about(ambiguity: Ambiguity, texts: list[str]) -> bool:
    asked = Words(ambiguity.quote or "")
    runs = [asked.sub(at, at + 3) for at in range(max(1, len(asked) - 2))]
    return any(Words(text).places(run, 1) for text in texts for run in runs if len(run))


CHECK: Check[Clause] = Check(
    code="S02",
    name="modality-differs",
    severity=Severity.WARNING,
    polarity="structural",
    question="Does a quote say 'may' where its clause says 'must', and so on?",
    documentation="""
The modal words of a clause's quotes (must, shall, will, is required to; should; may, can, is
permitted to; need not; and their negations) do not fit the clause's own word. The words that
govern a list count for its items, and "only" lets a permission be read as a prohibition too.

Not judged are quotes without a modal word, modal words inside a condition ("if required") and
texts that are not in English. A clause under a reading of an ambiguity about these very words is
told as a note.

How to mend it: take the word of the text. If the text can be read in both ways, declare an
`ambiguity` that quotes these words and put the clause under one of its readings.
""",
    items=_items,
    examine=_examine,
    describe=lambda clause: clause.name,
)
