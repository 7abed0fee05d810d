"""What English modal words say: which of the six words of the language a text can stand for.

Only what is plain is read. A modal word that belongs to a condition ("if required", "who can
walk") is left out, and a text in another language says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policy_dsl.model import Modality
from verifier.fidelity.words import Words, word_set

_BE = "(?:is|are|be|was|were|being)"
_PATTERNS: tuple[tuple[Modality, str], ...] = (
    (
        "need not",
        rf"need (?:not|no)\b|(?:do|does|did|will|shall) (?:not|no longer) (?:necessarily )?"
        rf"(?:have|need) to\b|{_BE} (?:not|no longer) (?:necessarily )?"
        r"(?:required|obliged|obligated|bound) to\b|under no (?:obligation|duty)",
    ),
    (
        "must not",
        rf"(?:must|shall|will|may|can) (?:not|never|no longer)\b|cannot\b|"
        r"(?:mustn|can|won|shan)'t\b|"
        rf"{_BE} (?:not|no longer|never) (?:permitted|allowed|authori[sz]ed|entitled)\b|"
        r"(?:prohibited|forbidden|barred) from|"
        rf"{_BE} (?:strictly )?(?:prohibited|forbidden)",
    ),
    ("should not", r"(?:should|ought) (?:not|never|no longer)\b|shouldn't\b"),
    ("should", rf"(?:should|ought)\b|{_BE} (?:expected|encouraged|advised) to"),
    (
        "must",
        rf"(?:must|shall|will)\b|(?:has|have) to\b|{_BE} (?:required|obliged|obligated|bound|"
        r"directed|ordered|instructed) to|direct\b|(?:is|are) mandatory",
    ),
    (
        "may",
        rf"(?:may|can)\b|{_BE} (?:permitted|allowed|authori[sz]ed|entitled)\b|(?:is|are) free to",
    ),
)
_MODAL = re.compile("|".join(rf"(?P<m{i}>\b(?:{p}))" for i, (_, p) in enumerate(_PATTERNS)))
_SUBORDINATE = re.compile(
    r"\b(?:if|when|whenever|where|wherever|unless|until|whether|who|whom|whose|that|whoever|"
    r"whatever|such as|(?<!, )which)\b"
)
_SEGMENT = re.compile(r"[^,;:.()]+")
_REQUIRED = re.compile(r"\b(?:required|to comply with|obliged)\b")

_ENGLISH = word_set("the of to and a an in is are be or for by with not who if must may all")
_FOREIGN = word_set(
    "der die das und nicht ist ein eine zu le la les des est et une pas el los las que de "
    "y en il che non het een van niet der den som och att det w na nie"
)
_NONE_MAY = re.compile(
    r"\b(?:no\b(?! (?:longer|later|less|more)\b)|nobody|none|neither|nothing)\b"
    r"[^,;:.]* (?:may|shall|will|must|can)\b"
)
"""A prohibition whose negation stands before its modal word: "no visitor may enter"."""
_WITH_ONLY: dict[Modality, tuple[Modality, ...]] = {
    "may": ("must not",),
    "must": ("must not", "may"),
    "should": ("should not", "may"),
}
"""What a sentence with "only" says besides: "may only X" also forbids what it does not allow."""


def is_english(texts: Sequence[str]) -> bool:
    """Whether texts look like English and not like another language, by their small words."""
    words = [word for text in texts for word in Words(text).words]
    return sum(w in _FOREIGN for w in words) <= sum(w in _ENGLISH for w in words)


def modalities(text: str) -> tuple[Modality, ...]:
    """The modal words that a text can stand for, each once, in the order of the text; none where
    it has no modal word of its own."""
    plain = " ".join(text.lower().replace("\u2019", "'").split())
    found = list(dict.fromkeys(_main(plain)))
    if re.search(r"\bonly\b", plain):
        found += [more for each in tuple(found) for more in _WITH_ONLY.get(each, ())]
    if _NONE_MAY.search(plain):
        found += ["must not"]
    return tuple(dict.fromkeys(found))


def item_modalities(text: str) -> tuple[Modality, ...]:
    """What an item of a list adds to the words that govern the list."""
    found = modalities(text)
    return (*found, "must") if _REQUIRED.search(text.lower()) else found


def _main(plain: str) -> Iterator[Modality]:
    """The modal words of main clauses: the first one behind "if", "who" and the like, up to the
    next comma, belongs to the condition."""
    for segment in _SEGMENT.finditer(plain):
        free_from = segment.start()
        subordinate = _SUBORDINATE.search(plain, segment.start(), segment.end())
        for modal in _MODAL.finditer(plain, segment.start(), segment.end()):
            while subordinate and subordinate.end() < free_from:
                subordinate = _SUBORDINATE.search(plain, subordinate.end(), segment.end())
            if subordinate and free_from <= subordinate.start() < modal.start():
                free_from = modal.end()
                continue
            yield _PATTERNS[int((modal.lastgroup or "m0")[1:])][0]
