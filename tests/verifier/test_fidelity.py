"""Words, sentences, places and scans: what is tolerated and what never is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_dsl.source import Source
from tests.work import work
from verifier.fidelity.modals import is_english, modalities
from verifier.fidelity.quotes import Located, Locator
from verifier.fidelity.scan import LEAST_IN_SCAN, Scan
from verifier.fidelity.sentences import pieces
from verifier.fidelity.words import GUARDED, Words

MEMO = (Path(__file__).parents[2] / "specs/ice-ero-2017/ice-ero-2017.txt").read_text("utf-8")
SENTENCES = [MEMO[each.start : each.end] for each in pieces(MEMO) if not each.heading]

each_sentence = st.sampled_from(SENTENCES)


def locate(quote: str, text: str = MEMO) -> Located:
    return Locator(Words(text)).locate(quote)


def cut(text: str) -> list[str]:
    return [text[each.start : each.end] for each in pieces(text)]


# --- sentences ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentences",
    [
        ["See 82 Fed. Reg. 8793 (Jan. 25, 2017), and E.O. 13768.", "It is in force."],
        ["The U.S. Department of State acts.", "No. 15-1204 is pending."],
        ['It ends "catch-and-release" policies.[2]', "ERO will act."],
        ["It is consistent with the E.O.[1]", "The rest follows."],
        ["He left the U.S.", "The rest followed."],
        ["In Jennings v. Rodriguez it was said.", "Is it so?", "Yes!"],
        ["See sec. 4 and section 235(b).", "This holds."],
    ],
)
def test_sentences_are_cut(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


def test_items_of_a_list_and_headings() -> None:
    text = "A. Entry\n\nAdmit those who:\n(1) are well;\n(2) are\nold.\n\n1. The rest stay."
    found = pieces(text)
    assert [text[p.start : p.end] for p in found] == [
        "A. Entry",
        "Admit those who:",
        "(1) are well;",
        "(2) are\nold.",
        "1. The rest stay.",
    ]
    assert [p.heading for p in found] == [True, False, False, False, False]
    assert [p.item for p in found] == [False, False, True, True, True]


@given(st.text(alphabet="aB1 .!?;:()[]\"'\n\t\x00\x1b", max_size=200))
def test_sentences_hold_every_word(text: str) -> None:
    held = [word for each in cut(text) for word in Words(each).words]
    assert sum(map(len, held)) == sum(map(len, Words(text).words))


# --- places in the text -------------------------------------------------------------------


def test_spaces_marks_and_capitals_do_not_count() -> None:
    found = locate("the \u201cold\u201d  RULE\nholds, always", 'The "old" rule holds always.')
    assert found.differences == ()
    assert 90 < found.score < 100


def test_an_ellipsis_leaves_words_out_in_order() -> None:
    text = "Officers should only release an alien held here in these cases."
    found = locate("Officers should only release ... in these cases.", text)
    assert (found.score, found.differences) == (100, ())
    assert [text[a:b] for a, b in found.parts] == ["Officers should only release", "in these cases"]
    assert locate("in these cases [...] Officers should", text).differences


def test_repeated_words_are_taken_one_after_the_other() -> None:
    text = "Stay here. Go home. Stay here."
    locator = Locator(Words(text))
    assert locator.locate("Stay here.").parts == ((0, 9),)
    assert locator.locate("Go home.").parts == ((11, 18),)
    assert locator.locate("Stay here.").parts == ((20, 29),)
    assert locator.locate("Stay here.").parts != ()


def test_a_misprint_is_told_and_weighs_less() -> None:
    (found,) = locate("the statutes hold", "Here the statues hold.").differences
    assert (found.quoted, found.text, found.misprint) == ("statutes", "statues", True)


@pytest.mark.parametrize(
    ("one", "other"),
    [("lawful", "unlawful"), ("detain", "retain"), ("shall", "small"), ("must", "most")],
)
def test_what_is_no_misprint(one: str, other: str) -> None:
    (found,) = locate(f"officers {one} act so", f"All officers {other} act so.").differences
    assert not found.misprint


@given(each_sentence)
def test_the_texts_own_sentences_are_found(sentence: str) -> None:
    assert locate(sentence).score == 100


@given(each_sentence, st.data())
def test_a_changed_guarded_word_is_never_tolerated(sentence: str, data: st.DataObject) -> None:
    words = sentence.split()
    at = data.draw(st.integers(0, len(words) - 1))
    new = data.draw(st.sampled_from(sorted(GUARDED)))
    if Words(words[at]).words == [new]:
        return
    found = locate(" ".join([*words[:at], new, *words[at + 1 :]]))
    assert not all(each.misprint for each in found.differences) or not Words(words[at]).words
    assert found.differences
    assert found.score < 100


@given(each_sentence, st.data())
def test_a_word_left_out_inside_is_never_tolerated(sentence: str, data: st.DataObject) -> None:
    words = sentence.split()
    if len(words) < 8:
        return
    at = data.draw(st.integers(2, len(words) - 3))
    if not Words(words[at]).words:
        return
    found = locate(" ".join([*words[:at], *words[at + 1 :]]))
    assert found.differences


# --- the scan -----------------------------------------------------------------------------

_MISPRINTS = {"m": "rn", "w": "\\v", "e": "c", "l": "1", "u": "ti", ",": "~", "b": "h", "h": "li"}


def noisy(text: str, seed: int, rate: float) -> str:
    """A text as a bad scanner reads it."""
    dice = random.Random(seed)
    found = []
    for each in text:
        worse = _MISPRINTS.get(each, each) if dice.random() < rate * 3 else each
        found.append("" if dice.random() < rate / 4 else worse)
    return "".join(found)


@given(each_sentence, st.integers(0, 1000))
def test_noise_of_a_scanner_is_tolerated(sentence: str, seed: int) -> None:
    scan = Scan(Source("raw", noisy(MEMO, seed, 0.05)))
    found = scan.find(sentence, 0)
    assert found is None or found.score >= LEAST_IN_SCAN


@pytest.mark.parametrize(
    "sentence",
    [
        "Employees accrue two days of leave for every month in which they have worked.",
        "The lender shall keep a record of each payment that the borrower makes under the note.",
        "Packets from the outer network are dropped unless a rule accepts them.",
        "A book may be renewed twice.",
    ],
)
def test_other_words_are_not_found_in_a_scan(sentence: str) -> None:
    found = Scan(Source("raw", noisy(MEMO, 1, 0.05))).find(sentence, 0)
    assert found is not None
    assert found.score < LEAST_IN_SCAN


# --- modal words --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Guards must act.", ("must",)),
        ("Guards shall not act.", ("must not",)),
        ("Guards may not act.", ("must not",)),
        ("The agency will no longer exempt anybody.", ("must not",)),
        ("Guards do not necessarily have to act.", ("need not",)),
        ("Guards are not required to act.", ("need not",)),
        ("Guards are not permitted to act.", ("must not",)),
        ("Guards should not act.", ("should not",)),
        ("Guards may only act at night.", ("may", "must not")),
        ("No visitor may enter.", ("may", "must not")),
        ("Nobody may come in at night.", ("may", "must not")),
        ("None of them may stay.", ("may", "must not")),
        ("You mustn't smoke.", ("must not",)),
        ("Visitors can't stay overnight.", ("must not",)),
        ("I direct all guards to act.", ("must",)),
        ("If required, guards act.", ()),
        ("Those who are permitted to leave may be escorted.", ("may",)),
        ("When removing the alien from the country;", ()),
    ],
)
def test_modal_words(text: str, said: tuple[str, ...]) -> None:
    assert modalities(text) == said


def test_other_languages_say_nothing() -> None:
    assert not is_english(["Wer einreisen will, hat das Formular und die Karte zu zeigen."])
    assert is_english(["Visitors may enter."])


def test_many_quotes_in_a_long_text_are_found() -> None:
    dice = random.Random(1)
    vocabulary = sorted(set(Words(MEMO).words))
    sentences = [" ".join(dice.choices(vocabulary, k=20)) for _ in range(2000)]
    text = ". ".join(sentences)
    locator, scan = Locator(Words(text)), Scan(Source("raw", noisy(text, 1, 0.02)))
    for number, sentence in enumerate(sentences[::10]):
        changed = sentence.split()
        changed[5] = "zebra" if number % 2 else changed[5]
        found = locator.locate(" ".join(changed))
        assert found.score > 60
        assert scan.find(sentence, 0) is not None


# --- hostile and large texts --------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", ".", '."', "[", "a", "a. "])
def test_odd_texts_take_work_in_proportion(text: str) -> None:
    def read(size: int) -> None:
        pieces(text * size)
        locate("may act", text * size)
        Scan(Source("raw", text * size)).find("may act", 0)

    assert work(lambda: read(40_000)) <= 4.2 * work(lambda: read(10_000))
    read(300_000)  # comes to an end
