"""Findings in Markdown: each under a line that opens and closes it."""

from __future__ import annotations

from collections.abc import Iterator

from policy_dsl.source import Place
from verifier.findings import Side
from verifier.pipeline import Report
from verifier.render.blocks import (
    NONE_PREVAILS,
    TITLES_TELL_ROLES,
    Block,
    consequences,
    letters,
    name_of,
    same_but_for_the_clause,
    title,
)
from verifier.render.checkout import Checkout
from verifier.render.exhibit_words import case_beside
from verifier.render.finding_text import SHORT_QUOTE
from verifier.render.gate_words import shown_blocks, standing
from verifier.render.markdown_exhibit import case_blocks, example, exhibit_blocks
from verifier.render.markdown_text import (
    bold,
    code,
    details,
    fenced,
    fitting,
    listing,
    quoted,
    stacked,
    text,
)
from verifier.render.reading_text import standings
from verifier.render.sentences import in_common, sentence, sentence_start, together

_LONGEST_TITLE = 400
_MOST_REPAIRS = 3
_LONGEST_PART = 14_000
"""How long what is folded under one line may be, so that no finding takes the place of all."""


class Writer:
    """Writes the findings of one report. ``counting`` are those that count, in blocks, ``aside``
    those that are waived or known; ``of`` names the policy where there are several."""

    def __init__(self, report: Report, checkout: Checkout, file: str = "") -> None:
        """``file`` is that of the policy, where it has to be told."""
        self.report = report
        self.counting, self.aside = shown_blocks(report)
        self.of = f" in {code(file)}" if file else ""
        self._policy = report.policy
        self._checkout = checkout

    def folded(self, block: Block) -> str:
        """A block of findings, all of what is said of it under its title."""
        body = [*self._body(block)]
        shown = fitting(body, _LONGEST_PART)
        cut = "The rest is too long to be shown here." if len(shown) < len(body) else ""
        return details(self.line(block), stacked([*shown, cut]))

    def line(self, block: Block) -> str:
        """Weight, code and title of a block of findings, marked up, on one line."""
        first = block.first
        strength = "" if first.strength is None else f" ({first.strength})"
        lead = bold(f"{first.severity}{strength}: {first.code} {text(first.name)}")
        return f"{lead}{self.of}: {text(sentence(title(block)), _LONGEST_TITLE)}"

    def passed_over(self, block: Block) -> str:
        """A block of findings on one line, with where they stand and, of those that do not count,
        why."""
        places = [each.place for each in block.findings if each.place is not None]
        where = ", ".join(dict.fromkeys(self.at(each) for each in places))
        prints = ", ".join(code(each.fingerprint) for each in block.findings)
        reasons = dict.fromkeys(standing(self.report, each) for each in block.findings)
        why = " ".join(bold(text(sentence(each), _LONGEST_TITLE)) for each in reasons if each)
        return " ".join(each for each in (self.line(block), why, f"({where}; {prints})") if each)

    def at(self, place: Place) -> str:
        """A place, by its path from the root and its line."""
        return code(f"{self._checkout.path(place.source.name)}:{place.line}")

    def _body(self, block: Block) -> Iterator[str]:
        follows = same_but_for_the_clause(block, consequences(block))
        yield text(" ".join(sentence(each) for each in follows))
        yield from self._cases(block)
        if block.first.exhibit is not None:
            yield from exhibit_blocks(self._policy, block.first.exhibit)
        yield from self._clauses(block)
        yield from self._reasons(block)
        yield from self._readings(block)
        yield from self._repairs(block)
        prints = ", ".join(code(each.fingerprint) for each in block.findings)
        several = "s" if len(block.findings) > 1 else ""
        explain = code(f"antinomy explain {block.first.code}")
        yield f"<sub>Fingerprint{several}: {prints}. {explain} says what it means.</sub>"

    def _cases(self, block: Block) -> Iterator[str]:
        told = [(each, case_beside(each)) for each in block.findings]
        cases = [(each, case) for each, case in told if case is not None]
        if not cases:
            return
        shared = in_common([case.statements for _, case in cases])
        yield from case_blocks("In a case where:", shared)
        if len(cases) > 1:
            yield "and in addition:" if shared else "In each of these cases:"
            rows = []
            for finding, case in cases:
                own = [each for each in case.statements if each not in shared]
                said = text(together(self._policy, own)) if own else "nothing more."
                rows.append(f"{text(name_of(block, finding))}: {said}")
            yield listing(rows)
        for finding, case in cases:
            name = name_of(block, finding) if len(cases) > 1 else ""
            yield from example(self._policy, case, name)

    def _clauses(self, block: Block) -> Iterator[str]:
        sides = [side for finding in block.findings for side in finding.sides]
        first = [side for side in sides if side.clause in block.shared]
        told = block.first.code in TITLES_TELL_ROLES
        quoted_under: dict[tuple[tuple[str, ...], ...], str] = {}
        for side in {side.clause: side for side in (*first, *sides)}.values():
            yield self._side(side, not (told and side.title))
            words = (side.quotes, side.paraphrases)
            if any(words) and quoted_under.setdefault(words, side.clause) != side.clause:
                yield quoted(f"(the same words as {quoted_under[words]}, above)")
                continue
            for each in side.quotes:
                yield quoted(f'"{each}"', SHORT_QUOTE)
            for each in side.paraphrases:
                yield quoted(f"Paraphrase: {each}", SHORT_QUOTE)
        related = {
            (each.label, self.at(each.place)): None
            for finding in block.findings
            for each in finding.related
        }
        yield listing(f"{text(sentence_start(label))} ({where})" for label, where in related)

    def _side(self, side: Side, tell_role: bool) -> str:
        said = side.role if tell_role else side.title
        source = f" (of '{text(side.document)}')" if side.document is not None else ""
        return f"{bold(code(side.clause))} {text(said)}{source}, {self.at(side.place)}"

    def _reasons(self, block: Block) -> Iterator[str]:
        lines = same_but_for_the_clause(block, [each.explanation for each in block.findings])
        if lines:
            contradiction = block.first.code in NONE_PREVAILS and len(block.first.sides) > 1
            lead = "Why neither prevails:" if contradiction else "Why:"
            yield f"{bold(lead)} {text(' '.join(sentence(each) for each in lines))}"
        for proof in dict.fromkeys(each.proof for each in block.findings if each.proof):
            yield text(sentence(proof))
        settles = same_but_for_the_clause(block, [each.settles for each in block.findings])
        yield from case_blocks(bold("What would settle it, and what would not:"), settles)

    def _readings(self, block: Block) -> Iterator[str]:
        for each in standings(self._policy, block):
            yield text(each.said)
            rows = []
            for name, values in each.needed:
                ambiguity = self._policy.ambiguities[name]
                rows.append(f"{text(ambiguity.question or name)} ({code(name)})")
                rows += [
                    f"  {listing([f'{code(value)}: {text(ambiguity.text_of(value))}'])}"
                    for value in values
                ]
            yield _nested(rows)

    def _repairs(self, block: Block) -> Iterator[str]:
        marks = {each.fingerprint: each for each in block.findings}
        found = [each for each in self.report.repairs if each.fingerprint in marks]
        if not found:
            return
        yield bold("Changes that would mend it, as was shown; which is right is yours to say:")
        for each in found[:_MOST_REPAIRS]:
            number = block.findings.index(marks[each.fingerprint])
            which = f"For ({letters(number)}): " if len(block.findings) > 1 else ""
            yield f"{which}{text(each.title)}"
            yield fenced(each.patch, "diff")
        left = len(found) - _MOST_REPAIRS
        if left > 0:
            yield f"{left} more: {code('antinomy repair')} shows them."


def _nested(rows: list[str]) -> str:
    """Items and, indented, what stands below each."""
    return "\n".join(each if each.startswith("  ") else f"- {each}" for each in rows)
