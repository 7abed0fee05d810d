"""A text sentence by sentence, and what became of each, for people."""

from __future__ import annotations

from collections.abc import Sequence

from policy_dsl import phrases
from policy_dsl.model import Clause, Note, Policy
from verifier.fidelity.trace import (
    DocumentTrace,
    QuoteMatch,
    ScanDifference,
    ScanLines,
    Sentence,
    Use,
)
from verifier.fidelity.wording import quote_difference, scan_difference
from verifier.render.page import Page

_MOST_DIFFERENCES = 6


def accounted(found: Sequence[DocumentTrace]) -> bool:
    """Whether every word is held by a quote, every quote stands in its text and scan, and the text
    says what the scan says where a norm turns on it."""
    return not any(
        [s.missing for each in found for s in each.sentences]
        + [not _stands(q) for each in found for q in each.quotes]
        + [place.decides for each in found for place in each.scan_differences]
    )


def _stands(quote: QuoteMatch) -> bool:
    return (
        not quote.differences and quote.start is not None and quote.in_scan and not quote.left_out
    )


def render(policy: Policy, found: Sequence[DocumentTrace], width: int, colour: bool) -> str:
    """The trace of a policy's documents as text."""
    page = Page(width, colour)
    page.line((policy.title or policy.name, "strong"))
    if not found:
        page.line("No document of this policy names a text, so there is nothing to trace.")
    for each in found:
        _document(page, policy, each)
    _paraphrases(page, policy)
    return page.text()


def _paraphrases(page: Page, policy: Policy) -> None:
    """What is told in other words than those of a text, and so is searched for in none."""
    items: list[Clause | Note] = [*policy.clauses.values(), *policy.notes.values()]
    told = [(each, text) for each in items for text in each.paraphrases]
    if told:
        page.heading("Paraphrases, which are held against no text")
    for each, text in told:
        page.item((f"{each.name} ", "clause"), text)


def _document(page: Page, policy: Policy, found: DocumentTrace) -> None:
    files = found.text.name if found.raw is None else f"{found.text.name}, scan: {found.raw.name}"
    page.line((files, "quiet"))
    for each in found.sentences:
        _sentence(page, policy, found, each)
        for place in found.scan_differences:
            if place.start is not None and each.start <= place.start < each.end:
                _scan_says(page, found, place, 3)
    wrong = [each for each in found.quotes if not _stands(each)]
    if wrong:
        page.heading("Quotes that are not as the text or the scan has them")
        for quote in wrong:
            page.item((f"{quote.name} ", "clause"), f'"{quote.quote}"')
            for said in _wrong(found, quote):
                page.line(said, indent=2)
    alone = [each for each in found.scan_differences if each.start is None]
    if alone:
        page.heading("Words of the scan that the text does not have")
        for place in alone:
            _scan_says(page, found, place, 0)
    page.blank()
    page.line(("-" * page.width, "quiet"))
    left = sum(bool(each.missing) for each in found.sentences)
    page.line(
        (f"Sentences and headings: {len(found.sentences)}, ", "strong"),
        (_all(left, "accounted for", "not wholly accounted for"), "strong"),
    )
    page.line(
        (f"Quotes: {len(found.quotes)}, ", "strong"),
        (_all(len(wrong), "found", "not found"), "strong"),
    )
    if found.raw is not None:
        deciding = sum(each.decides for each in found.scan_differences)
        page.line((f"Words of duty and negation that differ from the scan: {deciding}.", "strong"))
        others = len(found.scan_differences) - deciding
        if others:
            page.line(
                f"Numbers and small words that differ from the scan: {others}. Each has to be a "
                "repair that was meant."
            )


def _scan_says(page: Page, found: DocumentTrace, each: ScanDifference, indent: int) -> None:
    style = "warning" if each.decides else "quiet"
    page.item((scan_difference(found, each), style), indent=indent)


def _all(wrong: int, good: str, bad: str) -> str:
    return f"{wrong} of them {bad}." if wrong else f"all {good}."


def _sentence(page: Page, policy: Policy, found: DocumentTrace, each: Sentence) -> None:
    page.blank()
    where = f"line {each.line} of the text{_scan(each.scan)}"
    style = "heading" if each.heading else ""
    page.line(f"{each.number}. ", (each.text, style), hang=3)
    page.line((where, "quiet"), indent=3)
    seen: set[tuple[str, str]] = set()
    for use in each.uses:
        if (use.kind, use.name) not in seen:
            seen.add((use.kind, use.name))
            page.item((use.name, "clause"), f" {_became(policy, use)}", indent=3)
    if not each.uses:
        page.item(("not accounted for", "warning"), indent=3)
    else:
        for start, end in each.missing:
            words = found.text.text[start:end]
            page.item(("no quote holds: ", "warning"), f'"{words}"', indent=3)


def _became(policy: Policy, use: Use) -> str:
    match use.kind:
        case "clause":
            effects = policy.clauses[use.name].effects
            norms = "; ".join(phrases.say_norm(policy, each) for each in effects)
            said = f"{use.title}: {norms}" if use.title != use.name else norms
        case "note":
            note = policy.notes[use.name]
            said = f"note ({note.kind})" + (
                "" if note.title in ("", note.name) else f": {note.title}"
            )
        case "ambiguity":
            said = f"ambiguity: {use.title}"
    return said if use.score == 100 else f"{said} (score {use.score:g})"


def _scan(lines: ScanLines | None) -> str:
    if lines is None:
        return ""
    if lines.first == lines.last:
        return f"; line {lines.first} of the scan"
    return f"; lines {lines.first} to {lines.last} of the scan"


def _wrong(found: DocumentTrace, quote: QuoteMatch) -> list[str]:
    said = []
    if quote.start is None:
        said.append(f"nothing in the text is like it (score {quote.score:g})")
    elif quote.differences:
        line = found.text.line_and_column(quote.start)[0]
        said.append(f"most like it: line {line}, score {quote.score:g}")
    for each in quote.differences[:_MOST_DIFFERENCES] if quote.start is not None else ():
        said.append(quote_difference(each))
    for word in quote.left_out:
        said.append(f'it leaves out "{word.word}", which stands beside its words')
    if not quote.in_scan:
        said.append(f"the scan has nothing like it (score {quote.scan_score or 0:g})")
    return said
