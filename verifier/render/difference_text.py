"""What changed between two versions, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from policy_dsl.source import Place
from verifier.difference.allowed import Ruling
from verifier.difference.model import Cases, Change, Compared, Edit
from verifier.difference.results import Added, Differences, Entry, Removed, Touched, Unread, passes
from verifier.findings import Finding
from verifier.render import difference_whole as whole
from verifier.render import difference_words as words
from verifier.render.blocks import letters
from verifier.render.finding_text import at
from verifier.render.page import Page, Part
from verifier.render.sentences import fact_sentences, sentence, sentence_start
from verifier.render.word_changes import Line, marked

_MOST_LINES = 16
"""How many lines of an edit are shown, unless all is asked for."""

_MOST_GROUPS = 3
"""How many groups of cases of one change are shown, unless all is asked for."""

_AROUND = 1
"""How many lines that did not change are shown before and after those that did."""


def render(
    found: Differences, width: int, colour: bool, full: bool = False, verdict: str = ""
) -> str:
    """The differences as text. ``full`` shows whole cases and edits, and findings that are not
    new; ``verdict`` stands at the end: what the exit status is and means."""
    page = Page(width, colour)
    page.line((f"From {found.old} to {found.new}", "strong"))
    page.line((whole.overview(found), "quiet"))
    for each in found.entries:
        page.blank()
        page.line(("=" * page.width, "quiet"))
        _entry(page, each, full)
    if found.untouched and (full or len(found.untouched) <= 5):
        page.blank()
        page.line(("Untouched: ", "quiet"), (", ".join(found.untouched), "quiet"))
    page.blank()
    page.line(("-" * page.width, "quiet"))
    if verdict:
        page.line((verdict, "strong"))
    return page.text()


def _entry(page: Page, entry: Entry, full: bool) -> None:
    path = entry.path
    page.line((whole.heading(entry), "strong"))
    match entry:
        case Touched():
            moved = "" if entry.old_path == path else f" (before: {entry.old_path})"
            page.line((f"{path}{moved}", "quiet"))
            _touched(page, entry, full)
        case Added():
            page.line((path, "quiet"))
            page.line("This policy is new. ", _ruled(entry.ruling))
            _findings(page, Compared(new=entry.findings), entry.rulings.findings, full)
        case Removed():
            page.line((path, "quiet"))
            page.line("This policy is gone. ", _ruled(entry.ruling))
        case Unread():
            page.line((f"It cannot be read in {entry.version}:", "error"))
            for each in entry.diagnostics:
                page.item(whole.mistake(each), indent=2)
        case _:
            assert_never(entry)


def _touched(page: Page, entry: Touched, full: bool) -> None:
    difference = entry.difference
    page.blank()
    settled = "strong" if entry.settled and not entry.open else "warning"
    page.line((whole.verdict(difference), settled))
    good = passes(entry) and entry.settled
    page.line((whole.decision(entry), "added" if good else "error"))
    for text in (*difference.unsettled, *entry.open):
        page.item(("Not settled: ", "warning"), text)
    for text in difference.untold:
        page.item(("Not told in full: ", "warning"), text)
    if difference.changes:
        page.heading("Changes in outcome")
    for number, alike in enumerate(words.alike(entry), start=1):
        _changes(page, entry, alike, number, full)
    _cases(page, difference.cases, entry.rulings.cases)
    if difference.edits or difference.match.renamed or difference.match.unsure:
        page.heading("What was edited")
    for number, edit in enumerate(difference.edits, start=1):
        _edit(page, edit, number, full)
    for kind, before, after in difference.match.renamed:
        page.line((f"The {kind} {before} is taken to be the {kind} {after}.", "quiet"))
    for text in difference.match.unsure:
        page.item(text)
    if entry.compared is not None:
        _findings(page, entry.compared, entry.rulings.findings, full)


def _ruled(ruling: Ruling) -> Part:
    return sentence(words.ruled(ruling)), "added" if ruling.passes else "error"


def _changes(page: Page, entry: Touched, alike: words.Alike, number: int, full: bool) -> None:
    difference, change, count = entry.difference, alike.first, len(alike.changes)
    page.blank()
    title = sentence_start(words.change_title(change))
    page.line((f"{number}. {title}", "strong"), hang=3)
    several = f", in {words.cases_counted(count)}" if count > 1 else ""
    kind = f" This is {words.DIRECTION[change.direction]}{several}."
    page.line(_ruled(alike.ruling), kind, indent=3)
    causes = words.causes(difference, change)
    if causes:
        page.line(f"Because of {causes}.", indent=3, hang=2)
    shown = alike.changes if full else alike.changes[:_MOST_GROUPS]
    for index, each in enumerate(shown):
        page.blank()
        _where(page, entry, each, f"({letters(index)}) " if count > 1 else "", full)
    if len(shown) < count:
        page.blank()
        more = f"And {words.cases_counted(count - len(shown))} more; '--full' shows them."
        page.line((more, "quiet"), indent=3)
    if not all(each.complete for each in alike.changes):
        page.line(("There are more such cases than were told.", "warning"), indent=3)


def _where(page: Page, entry: Touched, change: Change, label: str, full: bool) -> None:
    """A group of cases, and what both versions say in it."""
    difference = entry.difference
    if change.statements:
        page.line(f"{label}In every case where:", indent=3)
        for each in change.statements:
            page.item(sentence(each), indent=5)
    else:
        page.line(f"{label}In every case.", indent=3)
    readings = words.reading_words(difference, change.readings)
    if readings:
        page.line(sentence(f"This is so {readings}"), indent=5)
    before, after = (words.said_by(difference, change, old) for old in (True, False))
    page.line("Before: ", (before, "removed"), indent=5, hang=2)
    page.line("Now: ", (after, "added"), indent=5, hang=2)
    if full:
        page.line("One such case:", indent=5)
        policy = difference.new
        for each in fact_sentences(policy, change.new_case, policy.facts):
            page.item(sentence(each), indent=7)


def _cases(page: Page, cases: Sequence[Cases], rulings: Sequence[Ruling]) -> None:
    if cases:
        page.heading("Cases that one version does not allow")
    for each, ruling in zip(cases, rulings, strict=True):
        which = "only the new" if each.allowed_by == "new" else "only the old"
        page.blank()
        page.line((f"Cases that {which} version allows", "strong"))
        page.line(_ruled(ruling), indent=3)
        for text in each.statements:
            page.item(sentence(text), indent=3)


def _edit(page: Page, edit: Edit, number: int, full: bool) -> None:
    page.blank()
    place = edit.new_place or edit.old_place
    lead = (f"edit {number}: ", "quiet"), (words.edit_title(edit), "clause")
    page.line(*lead, hang=2, right=(_at(place), "quiet"))
    lines = marked(edit.before, edit.after)
    shown = range(len(lines)) if full else _telling(lines)
    last = -1
    for index in shown:
        if index > last + 1:
            page.line(("[...]", "quiet"), indent=3)
        line = lines[index]
        page.line(*_parts(line), indent=3 + line.indent, hang=2)
        last = index
    if last + 1 < len(lines):
        page.line(("[...]", "quiet"), indent=3)


def _at(place: Place | None) -> str:
    return "" if place is None else at(place)


def _telling(lines: Sequence[Line]) -> list[int]:
    """The lines that changed, with what stands around them."""
    near = {
        index + away
        for index, line in enumerate(lines)
        if line.changed
        for away in range(-_AROUND, _AROUND + 1)
    }
    return [each for each in sorted(near) if 0 <= each < len(lines)][:_MOST_LINES]


def _parts(line: Line) -> list[Part]:
    styles = {"same": "", "gone": "removed", "new": "added"}
    if line.whole is not None and line.whole != "same":
        sign = "+ " if line.whole == "new" else "- "
        return [(sign + "".join(text for _, text in line.pieces), styles[line.whole])]
    return [(words.with_mark(mark, text), styles[mark]) for mark, text in line.pieces]


def _findings(page: Page, compared: Compared, rulings: Sequence[Ruling], full: bool) -> None:
    page.heading("Findings")
    counts = (len(compared.new), len(compared.fixed), len(compared.unchanged))
    page.line("{} new, {} fixed, {} unchanged.".format(*counts))
    for each, ruling in zip(compared.new, rulings, strict=True):
        _finding(page, "new", each, _ruled(ruling))
    for each in compared.fixed:
        _finding(page, "fixed", each, ("", ""))
    for each in compared.unchanged if full else ():
        _finding(page, "unchanged", each, ("", ""))


def _finding(page: Page, word: str, finding: Finding, right: Part) -> None:
    page.blank()
    style = str(finding.severity) if word == "new" else "quiet"
    head = f"{word}: {finding.code} {finding.name} ({finding.severity})"
    page.line((head, style))
    page.line(sentence(finding.title), indent=3)
    if right[0]:
        page.line(right, indent=3)
    page.line((f"Fingerprint: {finding.fingerprint}", "quiet"), indent=3)
