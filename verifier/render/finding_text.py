"""Blocks of findings as text."""

from __future__ import annotations

from policy_dsl.model import Policy
from policy_dsl.source import Place
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
from verifier.render.exhibit_text import show_exhibit
from verifier.render.exhibit_words import case_beside
from verifier.render.page import Page, clean
from verifier.render.reading_text import show_stands
from verifier.render.sentences import in_common, sentence, together
from verifier.render.witness_text import (
    show_example,
    show_rest,
    show_statements,
    show_whole,
)

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
        """A block under its number, its code and its weight."""
        page, first = self._page, block.first
        page.blank()
        weight = str(first.severity)
        head = (f"{block.number}. {first.code} {first.name}", weight)
        page.line(head, right=weight if first.strength is None else f"{weight} ({first.strength})")
        self.tell(block)

    def tell(self, block: Block) -> None:
        """Title, case, clauses, reasons, readings and fingerprints of a block."""
        page = self._page
        page.line((sentence(title(block)), "strong"), indent=3)
        for each in same_but_for_the_clause(block, consequences(block)):
            page.line(sentence(each), indent=3)
        self._cases(block)
        self._exhibit(block)
        self._clauses(block)
        self._reasons(block)
        page.blank()
        show_stands(page, self._policy, block)
        prints = ", ".join(each.fingerprint for each in block.findings)
        several = "s" if len(block.findings) > 1 else ""
        page.line((f"Fingerprint{several}: {prints}", "quiet"), indent=3)

    def _cases(self, block: Block) -> None:
        told = [(each, case_beside(each)) for each in block.findings]
        cases = [(each, case) for each, case in told if case is not None]
        if not cases:
            return
        page, policy = self._page, self._policy
        page.blank()
        shared = in_common([case.statements for _, case in cases])
        if shared:
            page.line("In a case where:", indent=3)
            show_statements(page, shared)
        if len(cases) > 1:
            page.line("and in addition:" if shared else "In each of these cases:", indent=3)
            for finding, case in cases:
                own = [each for each in case.statements if each not in shared]
                said = together(policy, own) if own else "nothing more."
                colon = " " if block.own(finding) is None else ": "
                page.item((f"{name_of(block, finding)}{colon}", "clause"), said, indent=5)
        names = [name_of(block, each) if len(cases) > 1 else "" for each, _ in cases]
        for name, (_, case) in zip(names, cases, strict=True):
            show_example(page, policy, case, name)
        show_rest(page, policy, [case for _, case in cases], self._full)
        if self._full:
            for name, (_, case) in zip(names, cases, strict=True):
                show_whole(page, policy, case, name)

    def _exhibit(self, block: Block) -> None:
        if block.first.exhibit is not None:
            self._page.blank()
            show_exhibit(self._page, self._policy, block.first.exhibit, self._full)

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
