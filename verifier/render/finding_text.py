"""Blocks of findings as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policy_dsl.case import Case
from policy_dsl.model import Policy
from policy_dsl.source import Place
from policy_dsl.terms import fact_statement, subject
from verifier.findings import Side
from verifier.render.blocks import (
    NONE_PREVAILS,
    TITLES_TELL_ROLES,
    Block,
    consequences,
    name_of,
    same_but_for_the_clause,
    title,
)
from verifier.render.page import Page, clean
from verifier.render.reading_text import show_stands
from verifier.witness import Witness

SHORT_QUOTE = 400
"""How many characters of a quote are shown, unless all is asked for."""


def short(quote: str, full: bool = False) -> str:
    """A quote in quotation marks, cut between words where it is long."""
    return f'"{_cut(quote, full)}"'


def paraphrased(text: str, full: bool = False) -> str:
    """A paraphrase, marked as one and without quotation marks, cut where it is long."""
    return f"Paraphrase: {_cut(text, full)}"


def _cut(text: str, full: bool) -> str:
    text = clean(text)
    if len(text) > SHORT_QUOTE and not full:
        text = f"{text[:SHORT_QUOTE].rsplit(' ', 1)[0]} [...]"
    return text


def at(place: Place) -> str:
    """``file:line``, the file without its folder."""
    return f"{place.source.name.rsplit('/', 1)[-1]}:{place.line}"


def sentence_start(text: str) -> str:
    """A text that begins like a sentence; a name with a full stop in it is left as it is."""
    first = text.split(" ", 1)[0].rstrip(".,;:")
    return text if "." in first else text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A text that begins and ends like a sentence."""
    text = sentence_start(text)
    return text if text.rstrip('"').endswith((".", "?", "!")) else f"{text}."


def fact_sentences(policy: Policy, case: Case, names: Iterable[str]) -> list[str]:
    """What is so in a case, a sentence without its full stop for each of the named facts."""
    found = []
    for name in names:
        said = fact_statement(policy, policy.facts[name], case.facts[name])
        text = f"{subject(policy)} {said.text}" if said.predicate else said.text
        found.append(sentence_start(text))
    return found


def together(policy: Policy, statements: Sequence[str]) -> str:
    """Statements as one sentence, in which the subject is named once."""
    lead = f"{sentence_start(subject(policy))} "
    rest = [
        each.removeprefix(lead)
        if each.startswith(lead)
        else each.replace("None of the clauses", "none of the clauses", 1)
        for each in statements[1:]
    ]
    return sentence("; ".join([statements[0], *rest]))


def _from(side: Side) -> str:
    return "" if side.document is None else f" (of '{clean(side.document)}')"


class BlockWriter:
    """Writes blocks one after the other. The words of a clause are quoted where it first comes
    up; later it is said where that was. With ``full`` they are quoted everywhere, uncut, and
    every case is told in full."""

    def __init__(self, page: Page, policy: Policy, full: bool) -> None:
        self._page = page
        self._policy = policy
        self._full = full
        self._quoted: dict[tuple[tuple[str, ...], ...], tuple[str, int]] = {}

    def write(self, block: Block) -> None:
        """Title, case, clauses, reasons, readings and fingerprints of a block."""
        page, first = self._page, block.first
        page.blank()
        weight = str(first.severity)
        head = (f"{block.number}. {first.code} {first.name}", weight)
        page.line(head, right=weight if first.strength is None else f"{weight} ({first.strength})")
        page.line((sentence(title(block)), "strong"), indent=3)
        for each in same_but_for_the_clause(block, consequences(block)):
            page.line(sentence(each), indent=3)
        self._cases(block)
        self._clauses(block)
        self._reasons(block)
        page.blank()
        show_stands(page, self._policy, block)
        prints = ", ".join(each.fingerprint for each in block.findings)
        several = "s" if len(block.findings) > 1 else ""
        page.line((f"Fingerprint{several}: {prints}", "quiet"), indent=3)

    def _cases(self, block: Block) -> None:
        cases = [(each, each.witness) for each in block.findings if each.witness is not None]
        if not cases:
            return
        page = self._page
        page.blank()
        statements = [case.statements for _, case in cases]
        shared = [s for s in statements[0] if all(s in each for each in statements)]
        if shared:
            page.line("In a case where:", indent=3)
            for each in shared:
                page.item(sentence(each), indent=5)
        if len(cases) > 1:
            page.line("and in addition:" if shared else "In each of these cases:", indent=3)
            for finding, case in cases:
                own = [each for each in case.statements if each not in shared]
                said = together(self._policy, own) if own else "nothing more."
                colon = " " if block.own(finding) is None else ": "
                page.item((f"{name_of(block, finding)}{colon}", "clause"), said, indent=5)
        for finding, case in cases:
            if case.example:
                name = f" {name_of(block, finding)}" if len(cases) > 1 else ""
                page.line(
                    (f"For instance{name}: ", "quiet"),
                    together(self._policy, case.example),
                    indent=5,
                )
        self._rest([case for _, case in cases])
        if self._full:
            for finding, case in cases:
                self._whole(case, f" for {name_of(block, finding)}" if len(cases) > 1 else "")

    def _rest(self, cases: Sequence[Witness]) -> None:
        numbers = sorted({len(case.left_out) for case in cases})
        if not numbers[0]:
            return
        of = len(self._policy.facts)
        if len(numbers) > 1:
            said = f"in each of them at least {numbers[0]} of the {of} facts play no part"
        else:
            verb = "plays" if numbers[0] == 1 else "play"
            said = f"{numbers[0]} of {of} facts {verb} no part"
        self._page.line((f"Whatever else is true: {said}.", "quiet"), indent=5)
        if self._full:
            common = [n for n in cases[0].left_out if all(n in case.left_out for case in cases)]
            self._page.line((f"No part in any of it: {', '.join(common)}.", "quiet"), indent=5)

    def _whole(self, case: Witness, name: str) -> None:
        facts = fact_sentences(self._policy, case.case, self._policy.facts)
        chosen = "; ".join(f"{each}: {reading}" for each, reading in case.case.readings.items())
        lead = (f"One such case in full{name}: ", "quiet")
        self._page.line(lead, together(self._policy, facts), indent=5)
        self._page.line(("Its readings: ", "quiet"), f"{chosen}.", indent=5)

    def _clauses(self, block: Block) -> None:
        sides = [side for finding in block.findings for side in finding.sides]
        first = [side for side in sides if side.clause in block.shared]
        ordered = {side.clause: side for side in (*first, *sides)}
        related: dict[str, dict[str, None]] = {}
        for each in (r for finding in block.findings for r in finding.related):
            related.setdefault(each.label, {})[at(each.place)] = None
        if ordered or related:
            self._page.blank()
        told = block.first.code in TITLES_TELL_ROLES
        for side in ordered.values():
            self._side(side, block.number, not (told and side.title))
        for label, places in related.items():
            lead = f"{label[:1].upper()}{label[1:]}"
            self._page.line(lead, indent=3, hang=2, right=(", ".join(places), "quiet"))

    def _side(self, side: Side, number: int, tell_role: bool) -> None:
        page = self._page
        said = side.role if tell_role else side.title
        lead = ((side.clause, "clause"), f" {said}", (_from(side), "quiet"))
        page.line(*lead, indent=3, hang=2, right=(at(side.place), "quiet"))
        texts = (side.quotes, side.paraphrases)
        known = self._quoted.setdefault(texts, (side.clause, number))
        if any(texts) and known != (side.clause, number) and not self._full:
            clause, where = known
            under = "above" if where == number else f"under {where}"
            same = "" if clause == side.clause else f"the same words as {clause}, "
            page.line((f"({same}quoted {under})", "quiet"), indent=5)
        else:
            for quote in side.quotes:
                page.line(short(quote, self._full), indent=5)
            for text in side.paraphrases:
                page.line(paraphrased(text, self._full), indent=5)
        if self._full:
            for each in side.because:
                page.item((sentence(each), "quiet"), indent=5)

    def _reasons(self, block: Block) -> None:
        lines = same_but_for_the_clause(block, [each.explanation for each in block.findings])
        proofs = dict.fromkeys(each.proof for each in block.findings if each.proof)
        if lines or proofs:
            self._page.blank()
        if lines:
            contradiction = block.first.code in NONE_PREVAILS and len(block.first.sides) > 1
            lead = "Why neither prevails: " if contradiction else "Why: "
            said = " ".join(sentence(each) for each in lines)
            self._page.line((lead, "strong"), said, indent=3)
        for proof in proofs:
            self._page.line(sentence(proof), indent=3)
        settles = same_but_for_the_clause(block, [each.settles for each in block.findings])
        if settles:
            self._page.line(("What would settle it, and what would not:", "strong"), indent=3)
            for each in settles:
                self._page.item(sentence(each), indent=5)
