"""Compares a cleaned text with its scan, word by word, where a scan can be read.

A scan is full of misprints, so most differences say nothing. What is looked for are words that can
be read on both sides and differ in what they demand, and such words that one side lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from verifier.fidelity.pairing import likeness, paired
from verifier.fidelity.scan import LEAST_IN_SCAN, InScan, Scan
from verifier.fidelity.sentences import Piece
from verifier.fidelity.traced import ScanDifference
from verifier.fidelity.words import DECISIVE, Words, chunks, is_decisive, word_set

_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_LONGEST = 400
"""How many words are compared at once, so that the work does not grow with their square."""

_GAP = 20
"""How many words of the scan may lie between two sentences that are compared together."""

_PAD = 2
"""How many words around the place of a sentence may still belong to it."""

_LIKE = 0.3
"""Words that look less alike are not taken for misprints of each other."""

_READS = 0.7
"""How like a misprint must be to a decisive word to be read as it."""

_CLEARLY = 0.1
"""By how much more like it must be to that word than to the one of the text ..."""

_MORE_CLEARLY = 0.25
"""... and where the one of the text is no decisive word."""

_NEGATIONS = word_set("no not nor")
"""A lost or broken letter makes one of these into another; all of them deny."""

_SHOWN = word_set("and or of if all any every each both either")
"""Words that scans often misprint: a difference is shown, and is no finding."""

_ENGLISH = word_set(
    "now note many most more just well wall small hall ever one own once many day way say on or "
    "of so do to then they them accept expect men mist dust rust wild could hold have has are "
    "were also always often still further"
)
"""Real words that could have been made into a decisive word, or that replace one."""


Stretch = tuple[tuple[int, int], tuple[int, int]]
"""Words of the text, and those of the scan where they stand."""


@dataclass
class _Comparison:
    text: Words
    raw: Words
    known: frozenset[str]
    """Words that can be read in the scan as what they are, besides the decisive ones."""
    free: frozenset[int]
    """Words of the text in square brackets: the cleaner's own."""
    claimed: set[int] = field(default_factory=set)
    """Words of the scan that have their counterpart in the text."""
    found: list[ScanDifference] = field(default_factory=list)

    def meant(self, there: str) -> str | None:
        """The decisive word that a word of the scan is, or is a misprint of; ``None`` where it is
        another word, or cannot be read."""
        if is_decisive(there):
            return there
        if there in self.known or len(there) < 3:
            return None
        best = max(sorted(DECISIVE), key=lambda each: likeness(each, there))
        return best if likeness(best, there) >= _READS else None

    def tell(self, mine: Sequence[int], other: Sequence[int], near: int, decides: bool) -> None:
        """Notes a difference; ``near`` is the word of the scan at which the text's would stand."""
        text, raw = self.text, self.raw
        said = " ".join(text.spelled(at, at + 1) for at in mine)
        there = " ".join(raw.spelled(at, at + 1) for at in other)
        low, high = (other[0], other[-1]) if other else (near - 1, near)
        low, high = max(0, low), min(high, len(raw) - 1)
        single = len(mine) == len(other) == 1
        doubtful = single and _near(text.words[mine[0]], raw.words[other[0]])
        if not mine:
            doubtful = not any(at in self.claimed for at in (other[0] - 1, other[-1] + 1))
        self.found.append(
            ScanDifference(
                text=said,
                scan=there,
                start=text.starts[mine[0]] if mine else None,
                end=text.ends[mine[-1]] if mine else None,
                scan_start=raw.starts[low],
                scan_end=raw.ends[high],
                decides=decides,
                doubtful=doubtful,
            )
        )


def differences(
    text: Words, cut: Sequence[Piece], scan: Scan, scanned: Sequence[InScan | None]
) -> tuple[ScanDifference, ...]:
    """Where a text and its scan differ in a word on which a norm turns, or in a number and the
    like, in the order of the scan.

    ``scanned`` says where each sentence of ``cut`` stands in the scan. Words in square brackets
    are the cleaner's own: they may stand for anything, and for nothing.
    """
    raw = scan.words
    if not len(raw):
        return ()
    free = frozenset(
        at
        for found in _BRACKETED.finditer(text.text)
        for at in range(*text.within(found.start(), found.end()))
    )
    known = frozenset(each for each in text.positions if len(each) > 1)
    state = _Comparison(text, raw, known | _ENGLISH, free)
    places = list(_places(text, cut, scan, scanned))
    covered = {at for _, place in places for at in range(*place)}
    blocks = [block for each in places for block in _blocks(state, each, covered)]
    pairs = [pair for block in blocks for pair in _pairs(state, *block)]
    for mine, other, near in pairs:
        if mine:
            _compare(state, mine, other, near)
    _only_in_scan(state)
    return tuple(sorted(state.found, key=lambda each: (each.scan_start, each.start or 0)))


def _places(
    text: Words, cut: Sequence[Piece], scan: Scan, scanned: Sequence[InScan | None]
) -> Iterator[Stretch]:
    """Stretches of sentences that follow each other in the text and in the scan, since the place
    of a single one may reach into its neighbour."""
    run: Stretch | None = None
    for piece, place in zip(cut, scanned, strict=True):
        mine = text.within(piece.start, piece.end)
        if place is not None and place.score >= LEAST_IN_SCAN:
            found = list(_parts(text, mine, scan, place))
        else:  # unreadable, or not there: behind the sentence before, if anywhere
            behind = run[1][1] if run is not None else 0
            size = min(mine[1] - mine[0], _LONGEST)
            found = [(mine, (behind, min(len(scan.words), behind + size)))]
        for (first, last), (low, high) in found:
            if run is not None:
                (begin, before), (from_, to) = run
                if first == before and from_ <= low <= to + _GAP and last - begin <= _LONGEST:
                    run = (begin, last), (from_, max(to, high))
                    continue
                yield run
            run = (first, last), (low, high)
    if run is not None:
        yield run


def _parts(text: Words, mine: tuple[int, int], scan: Scan, place: InScan) -> Iterator[Stretch]:
    """A sentence with its place; a long one in parts, each with its own."""
    first, last = mine
    if last - first <= _LONGEST:
        yield mine, scan.within(place)
        return
    near = place.start
    for a, b in chunks(last - first, _LONGEST // 2):
        part = (first + a, first + b)
        found = scan.find(text.spelled(*part), near)
        if found is not None and found.score >= LEAST_IN_SCAN:
            near = found.end
            yield part, scan.within(found)


def _blocks(
    state: _Comparison, stretch: Stretch, covered: set[int]
) -> list[tuple[list[int], list[int], int]]:
    """The words of a stretch, and of its place in the scan, between those that are the same; and
    the word of the scan that comes next."""
    (first, last), (low, high) = stretch
    for _ in range(_PAD):
        low -= low > 0 and low - 1 not in covered
        high += high < len(state.raw) and high not in covered
    blocks: list[tuple[list[int], list[int], int]] = []
    after_equal = True
    for each in Levenshtein.opcodes(state.text.words[first:last], state.raw.words[low:high]):
        a, b = first + each.src_start, first + each.src_end
        c, d = low + each.dest_start, low + each.dest_end
        if each.tag == "equal":
            state.claimed.update(range(c, d))
        else:
            before: tuple[list[int], list[int], int] = ([], [], c)
            if not after_equal:
                before = blocks.pop()
            blocks.append(([*before[0], *range(a, b)], [*before[1], *range(c, d)], d))
        after_equal = each.tag == "equal"
    return blocks


def _pairs(
    state: _Comparison, mine: list[int], other: list[int], near: int
) -> Iterator[tuple[list[int], list[int], int]]:
    """Pairs of a block, without what other sentences hold of the scan."""
    other = [at for at in other if at not in state.claimed]
    text = [state.text.words[at] for at in mine]
    scan = [state.raw.words[at] for at in other]
    for (a, b), (c, d) in paired(text, scan):
        if (b - a, d - c) != (1, 1) and b > a and d > c:
            state.claimed.update(other[c:d])
        yield mine[a:b], other[c:d], other[c] if c < len(other) else near


def _compare(state: _Comparison, mine: list[int], other: list[int], near: int) -> None:
    """Tells what is different in a pair, if it is worth telling, and claims what is not."""
    words = [state.text.words[at] for at in mine]
    there = [state.raw.words[at] for at in other]
    if all(at in state.free for at in mine):
        state.claimed.update(other)
    elif len(words) == len(there) == 1:
        told = _told(state, words[0], there[0])
        state.claimed.update(other)
        if told is not None:
            state.tell(mine, other, near, told)
    elif not there:
        decides = any(map(is_decisive, words))
        if decides or any(map(_is_shown, words)):
            state.tell(mine, other, near, decides)
    elif any(map(_has_figure, words)) and "".join(words) != "".join(there):
        state.tell(mine, other, near, False)


def _told(state: _Comparison, word: str, there: str) -> bool | None:
    """Whether a pair of words is to be told, and whether it decides a norm; ``None`` where the
    word of the scan is the other, misprinted."""
    meant = state.meant(there)
    like = likeness(word, there)
    if word == there:
        return None
    clearly = _CLEARLY if is_decisive(word) else _MORE_CLEARLY
    if meant is not None and meant != word and likeness(meant, there) > like + clearly:
        return not _NEGATIONS.issuperset((word, meant))
    if is_decisive(word):
        no_room = like < _LIKE and 2 * len(there) < len(word)
        return True if there in state.known or no_room else (False if like < _LIKE else None)
    if _has_figure(word):
        return False
    readable = there in state.known and _is_shown(word)
    return False if readable and (there in _SHOWN or like < _LIKE) else None


def _is_shown(word: str) -> bool:
    return word in _SHOWN or _has_figure(word)


def _has_figure(word: str) -> bool:
    return any(each.isdigit() for each in word)


def _near(one: str, other: str) -> bool:
    return Levenshtein.distance(one, other) <= 1


def _only_in_scan(state: _Comparison) -> None:
    """Tells the decisive words of the scan that have no counterpart, neighbours together."""
    run: list[int] = []
    for at, word in enumerate([*state.raw.words, ""]):
        if word and at not in state.claimed and state.meant(word) is not None:
            run.append(at)
        elif run:
            state.tell([], run, at, True)
            run = []
