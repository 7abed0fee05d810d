"""The words of the language: which ones no name may be, and which ones start a declaration."""

from __future__ import annotations

import re


def each_word(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


RESERVED = each_word(
    "and or not implies is one of any all none at least most exactly includes established empty "
    "done broken "
    "number must may need should silent on when unless provided under overrides despite subject "
    "to as sets quote because otherwise by per yes no reachable unreachable never always "
    "vocabulary paraphrase resolve "
    "sometimes optional set integer policy use authorities type fact judgment grant choice "
    "outside define assume action resource decision cannot settle output clause in order end "
    "ambiguity reading note expect settled before after prioritize rank highest lowest "
    "event process state step start from does"
)
"""Words that cannot be names, since a reader could not tell them from the language.

The one exception is ``none``, which may be a value of an enumeration.
"""

EXAMPLES: dict[str, str] = {
    "policy": 'policy parole_memo "Parole of arriving aliens" issued 2017-02-21',
    "vocabulary": 'vocabulary immigration "What policies on immigration speak about"',
    "use": 'use "other.policy"',
    "authorities": "authorities statute > court_order > agency_memo",
    "resolve": "resolve by authority, then specificity, then date",
    "type": 'type Custody is one of held "held in custody", free "at liberty"',
    "subject": "subject person",
    "fact": 'fact age : optional 0 .. 120 years "is {} years old"',
    "judgment": 'judgment calm : yes/no by officer "is calm" otherwise "is agitated"',
    "grant": 'grant concurs : yes/no by director "has the director\'s consent"',
    "choice": 'choice agrees : yes/no by person "agrees"',
    "outside": 'outside free_by_law : yes/no per "the statute" "must by law go free"',
    "define": 'define child is age < 18 years "is a child" otherwise "is of age"',
    "assume": 'assume citizen implies not alien because "INA 101(a)(3)"',
    "action": 'action detain "hold in detention" by officer uses one bed',
    "resource": 'resource beds "beds" capacity 1 .. for not free short when all_taken',
    "event": 'event hearing "the hearing is held" not before 2 days after arrest',
    "decision": "decision outcome is exactly one of release, detain when arrested",
    "cannot": 'cannot detain when no_bed because "There is no bed."',
    "settle": "settle release, detain when child",
    "output": 'output fee : 0 .. 500 dollars "the fee" when not exempt',
    "clause": 'clause B.1 "Release of children" must release when child',
    "ambiguity": 'ambiguity scope "What is meant?" reading wide "all" reading narrow "some"',
    "note": 'note N.1 background "Why the memo was written" quote "Whereas ..."',
    "expect": 'expect never (must release and must detain) when child because "B.1"',
    "process": 'process visit "A visit" when not banned',
    "state": 'state inside "the visitor is inside" start end',
    "step": 'step enter "the visitor enters" by guard from street to inside does admit when badge '
    "sets seen to yes, room to any",
    "in order": 'in order rules "The first that applies wins"',
    "end order": "end order",
}
"""Every word that starts a declaration, in the order of the grammar, with one such declaration.

The parts that may be left out stand in their one order.
"""

GAP = r"(?:\s|--[^\n]*\n)+"
"""A regular expression for white space and comments between two words."""

STARTERS = (
    rf"(?:{'|'.join(word for word in EXAMPLES if word.isidentifier() and word != 'subject')}"
    rf"|subject(?!{GAP}to\b)|in{GAP}order|end{GAP}order)\b(?!\.)"
)
"""A regular expression for the words that start a declaration; ``subject to`` does not."""

_STARTER = re.compile(rf"(?P<word>{STARTERS})(?:[^\S\n]+(?P<next>\S))?")


def starts_declaration(text: str, at: int) -> bool:
    """Whether a declaration starts at a place of a text, on whatever line it stands."""
    found = _STARTER.match(text, at)
    if found is None:
        return False
    if found["word"].split()[0] in ("use", "end"):
        return True
    following = found["next"] or ""
    return following.isalpha() or following in ("_", "(", "-")
