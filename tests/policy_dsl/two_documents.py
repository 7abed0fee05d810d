"""A memo under a law, which both have names of their own."""

from __future__ import annotations

LAW = """policy law "The law"
use "words.policy"
clause A.1 must admit when adult
clause B must refuse when minor
ambiguity who "Who?"
  reading all_of_them
  reading some_of_them
note N comment "A note of the law"
in order L
end order
"""


def memo(text: str) -> str:
    return f'policy memo "The memo"\nuse "law.policy"\n{text}'


RULES = LAW.replace("policy law", "policy rules").replace('"words.policy"', '"law.policy"')
"""A third document, with the names of the law, which it uses."""

WRONG: tuple[tuple[str, dict[str, str]], ...] = (
    ('policy memo\nuse "rules.policy"\nclause C must admit when A.1', {"law": LAW, "rules": RULES}),
    (memo("clause law.A.1 must admit"), {"law": LAW}),
    (memo(""), {"law": LAW + "resolve by date\n"}),
)
"""Specs with errors that need several documents, with the other files."""
