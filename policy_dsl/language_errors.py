"""What the errors of the language mean, each with an example; the codes are in ``diagnostics``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policy_dsl.diagnostics import CODES, Code

SURROUNDINGS = """\
policy example "Example"
subject person
fact child   : yes/no
fact citizen : yes/no
fact ill     : yes/no
fact age     : 0 .. 120 years
action release "release"
action detain  "detain"
"""
"""What stands before the examples."""


@dataclass(frozen=True, kw_only=True)
class LanguageError:
    """What an error means, and how to mend it.

    ``faulty`` shows it and ``mended`` does not, after ``SURROUNDINGS``; both are empty where an
    example would be too long.
    """

    meaning: str
    faulty: str = ""
    mended: str = ""


LANGUAGE_ERRORS: Mapping[Code, LanguageError] = {
    "L01": LanguageError(
        meaning="The file does not say something that the language knows: a word is missing, "
        "misspelt or in the wrong place. The message shows the place, what may stand there, and "
        "often the form that was meant.",
        faulty="clause A\n  must release if child",
        mended="clause A\n  must release\n  when child",
    ),
    "L02": LanguageError(
        meaning="'and' and 'or' are mixed without brackets. Such a condition can be read in two "
        "ways, and the language chooses none. The message shows both readings; take the one that "
        "the text means, or declare an ambiguity if the text leaves it open.",
        faulty="clause A\n  must release\n  when child and citizen or ill",
        mended="clause A\n  must release\n  when child and (citizen or ill)",
    ),
    "L03": LanguageError(
        meaning="A name is used that nothing declares. It may be misspelt, or its declaration is "
        "missing or stands in a file that is not used. Or what should be the code of a currency is "
        "none.",
        faulty="clause A\n  must release\n  when chidl",
        mended="clause A\n  must release\n  when child",
    ),
    "L04": LanguageError(
        meaning="Something is declared or listed twice. Every name means one thing in the whole "
        "policy, over all the files that it uses.",
        faulty="fact child : yes/no",
        mended="fact minor : yes/no",
    ),
    "L05": LanguageError(
        meaning="Something stands where another kind of thing is needed: a number as a condition, "
        "a fact as an action, years compared with days, dollars with euros, a date with a number, "
        "or an order asked of values that have none.",
        faulty="clause A\n  must release\n  when age",
        mended="clause A\n  must release\n  when age < 18 years",
    ),
    "L06": LanguageError(
        meaning="A word of the language is used as a name. Choose another name; an underscore "
        "makes one of any word.",
        faulty="fact clause : yes/no",
        mended="fact clause_ : yes/no",
    ),
    "L07": LanguageError(
        meaning="A file cannot be used: it does not exist, is no text in UTF-8, is too large, or "
        "lies outside the project. A policy may use only '.policy' and '.policy.md' files of its "
        "own project, named relative to the file that uses them.",
        faulty='use "/etc/other.policy"',
    ),
    "L08": LanguageError(
        meaning="A declaration lacks a part that it needs, or has one that does not go with it: "
        "a clause without an effect, an ambiguity with one reading, a grant without who gives it, "
        "a scan ('raw') without a 'text'; "
        "or months are added to a date, and the header does not say which day counts where a month "
        "is too short.",
        faulty="clause A\n  when child",
        mended="clause A\n  may release\n  when child",
    ),
    "L09": LanguageError(
        meaning="Something rests on itself: a definition on its own value, or a clause on whether "
        "it applies, perhaps over several steps, which the message names. Break the circle at one "
        "of them. To say that one clause prevails over another, use 'overrides'.",
        faulty="define fit is not unfit\ndefine unfit is not fit",
        mended="define fit is not unfit\ndefine unfit is ill",
    ),
    "L10": LanguageError(
        meaning="A definition has several bodies, each under a reading of an ambiguity, but under "
        "some readings none of them counts, or more than one does. Exactly one must count, "
        "however the text is read.",
        faulty=(
            'ambiguity young "Who is young?"\n'
            '  reading children "children"\n'
            '  reading minors   "everybody under 21"\n'
            "define is_young is child under young is children"
        ),
        mended=(
            'ambiguity young "Who is young?"\n'
            '  reading children "children"\n'
            '  reading minors   "everybody under 21"\n'
            "define is_young is child under young is children\n"
            "define is_young is age < 21 years under young is minors"
        ),
    ),
    "L11": LanguageError(
        meaning="A text in quotation marks is opened and never closed. A quotation mark inside a "
        'text is written \\".',
        faulty='action pay "pay the fee',
        mended='action pay "pay the fee"',
    ),
    "L12": LanguageError(
        meaning="A number, a date or a range does not exist or does not belong to its type, or a "
        "number has more digits than can be handled.",
        faulty="fact weight : 200 .. 100 kilograms",
        mended="fact weight : 100 .. 200 kilograms",
    ),
    "L13": LanguageError(
        meaning="A file, a condition, a chain of references or a number of combinations is larger "
        "than can be handled. Split it.",
    ),
}
"""INVARIANT: there is an entry for every code."""


def language_error(name: str) -> Code | None:
    """The code of a language error with a code or a short name, in any case of letters."""
    wanted = name.strip().lower()
    return next((code for code, short in CODES.items() if wanted in (code.lower(), short)), None)
