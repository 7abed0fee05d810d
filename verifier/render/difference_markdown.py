"""A comment for a change, in Markdown: what it does to outcomes, with everything else folded.

Where a comment has no room for all of it, whole parts are left out at the end, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.difference.allowed import Ruling
from verifier.difference.model import Edit
from verifier.difference.results import (
    Added,
    Differences,
    Entry,
    Removed,
    Touched,
    Unread,
    passes,
    settled,
)
from verifier.findings import Finding
from verifier.render import difference_whole as whole
from verifier.render import difference_words as words
from verifier.render.markdown_text import (
    LONGEST,
    bold,
    code,
    details,
    fenced,
    listing,
    stacked,
    table,
    text,
)
from verifier.render.sentences import fact_sentences, sentence, sentence_start
from verifier.render.word_changes import marked

_END = 500
"""How much of a comment is kept for what is said of what was left out."""

_TITLE = 200
"""How many characters of a title or a phrase are shown."""

_MOST_CASES = 5
"""How many groups of cases of one change are told."""

_MOST_ROWS = 40
"""How many policies the table shows."""


def render(found: Differences, verdict: str) -> str:
    """The differences as a comment, with a line end; never longer than a comment may be."""
    head = stacked(
        [
            f"### antinomy: {whole.headline(found)}",
            f"From {code(found.old)} to {code(found.new)}. {text(whole.overview(found))}",
            _table(found.entries),
        ]
    )
    end = f"<sub>{text(verdict)}</sub>"
    room = LONGEST - len(head) - len(end) - _END
    kept, left = [], 0
    for block in (block for each in found.entries for block in blocks(each, _MOST_CASES)):
        if left or len(block) + 2 > room:
            left += 1
            continue
        room -= len(block) + 2
        kept.append(block)
    more = f"{left} more parts have no room here; the whole is in the output of the command."
    return f"{stacked([head, *kept, more if left else '', end])}\n"


def _table(entries: Sequence[Entry]) -> str:
    if not entries:
        return ""
    rows = [["policy", "what it does", "may it pass?"]]
    for each in entries[:_MOST_ROWS]:
        said = f"{text(whole.heading(each), 100)} ({code(each.path)})"
        rows.append([said, text(_in_short(each)), _may_pass(each)])
    if len(entries) > _MOST_ROWS:
        rows.append([f"and {len(entries) - _MOST_ROWS} more", "", ""])
    return table(rows)


def _may_pass(entry: Entry) -> str:
    if not passes(entry):
        return bold("no")
    return "yes" if settled(entry) else bold("not settled")


def _in_short(entry: Entry) -> str:
    match entry:
        case Touched():
            return whole.in_short(entry.difference)
        case Added():
            return "new"
        case Removed():
            return "gone"
        case Unread():
            return "cannot be read"


def blocks(entry: Entry, most: int | None = None) -> Iterator[str]:
    """The blocks about one policy; ``most`` is how many groups of cases of one change are told."""
    yield f"#### {text(whole.heading(entry), _TITLE)}"
    match entry:
        case Touched():
            yield from _touched(entry, most)
        case Added():
            yield f"This policy is new: {text(words.ruled(entry.ruling))}."
            yield from _findings("new finding", entry.findings, entry.rulings.findings)
        case Removed():
            yield f"This policy is gone: {text(words.ruled(entry.ruling))}."
        case Unread():
            yield f"It cannot be read in {code(entry.version)}:"
            yield listing(text(whole.mistake(each), 500) for each in entry.diagnostics[:most])


def _touched(entry: Touched, most: int | None) -> Iterator[str]:
    difference = entry.difference
    yield f"{text(whole.verdict(difference))} {text(whole.decision(entry))}"
    open_ = [f"Not settled: {text(e, 500)}" for e in (*difference.unsettled, *entry.open)]
    open_ += [f"Not told in full: {text(each, 500)}" for each in difference.untold]
    if open_:
        yield listing(open_)
    for alike in words.alike(entry):
        yield _change(entry, alike, most)
    for each, ruling in zip(difference.cases, entry.rulings.cases, strict=True):
        which = "the new" if each.allowed_by == "new" else "the old"
        yield details(
            f"Cases that only {which} version allows: {_ruled(ruling)}",
            _statements(each.statements) or "All of them.",
        )
    if entry.compared is not None:
        compared = entry.compared
        yield from _findings("new finding", compared.new, entry.rulings.findings)
        fixed = [Ruling(passes=True) for _ in compared.fixed]
        yield from _findings("fixed", compared.fixed, fixed)
    if difference.edits:
        edits = (_edit(each, at) for at, each in enumerate(difference.edits, start=1))
        yield details(f"What was edited ({len(difference.edits)})", stacked(edits))
    if difference.match.renamed or difference.match.unsure:
        yield listing(
            [
                *(
                    f"The {text(kind)} {code(old)} is taken to be the {text(kind)} {code(new)}."
                    for kind, old, new in difference.match.renamed
                ),
                *(text(each, 500) for each in difference.match.unsure),
            ]
        )


def _ruled(ruling: Ruling) -> str:
    said = text(words.ruled(ruling))
    return said if ruling.passes else bold(said)


def _change(entry: Touched, alike: words.Alike, most: int | None) -> str:
    """Changes that are called the same, folded."""
    difference, change, count = entry.difference, alike.first, len(alike.changes)
    because = words.causes(difference, change)
    blocks = [
        f"This is {words.DIRECTION[change.direction]}.",
        text(f"Because of {because}.") if because else "",
    ]
    for each in alike.changes[:most]:
        readings = words.reading_words(difference, each.readings)
        policy = difference.new
        case = fact_sentences(policy, each.new_case, policy.facts)
        said = (words.said_by(difference, each, old) for old in (True, False))
        blocks += [
            "In every case where:" if each.statements else "In every case:",
            _statements(each.statements),
            text(sentence(f"This is so {readings}")) if readings else "",
            table([["before", "now"], [text(one) for one in said]]),
            details("One such case", listing(text(sentence(fact)) for fact in case)),
        ]
    if most is not None and count > most:
        more = words.cases_counted(count - most)
        blocks.append(f"And {more} more: the output of the command has them all.")
    title = text(sentence_start(words.change_title(change)), _TITLE)
    several = f", {words.cases_counted(count)}" if count > 1 else ""
    summary = f"{title} ({words.DIRECTION[change.direction]}{several}): {_ruled(alike.ruling)}"
    return details(summary, stacked(blocks))


def _statements(statements: Sequence[str]) -> str:
    return listing(text(sentence(each)) for each in statements)


def _edit(edit: Edit, number: int) -> str:
    lines = []
    for line in marked(edit.before, edit.after):
        sign = {"same": " ", "new": "+", "gone": "-", None: "!"}[line.whole]
        said = "".join(
            words.with_mark(mark, piece) if line.whole is None else piece
            for mark, piece in line.pieces
        )
        lines.append(f"{sign} {' ' * line.indent}{said}")
    title = text(f"Edit {number}: {words.edit_title(edit)}", _TITLE)
    return stacked([title, fenced("\n".join(lines), "diff")])


def _findings(what: str, findings: Sequence[Finding], rulings: Sequence[Ruling]) -> Iterator[str]:
    for each, ruling in zip(findings, rulings, strict=True):
        lead = text(f"{what}: {each.code} {each.name} ({each.severity})")
        said = "" if what == "fixed" else f": {_ruled(ruling)}"
        quotes = [
            f"{code(side.clause)} {text(side.role, _TITLE)}: {text(quote, 400)}"
            for side in each.sides
            for quote in side.quotes
        ]
        case = each.witness.statements if each.witness is not None else ()
        yield details(
            f"{lead[:1].upper()}{lead[1:]}{said}",
            stacked(
                [
                    text(sentence(each.title)),
                    listing(quotes),
                    "In every case where:" if case else "",
                    _statements(case),
                    f"Fingerprint: {code(each.fingerprint)}",
                ]
            ),
        )
