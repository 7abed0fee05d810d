"""G05: a sentence of the source that no clause, note or ambiguity accounts for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_dsl.source import Place, Span
from verifier.check import Check, Context
from verifier.fidelity.trace import DocumentTrace, Sentence
from verifier.findings import Finding, Related, Severity

Item = tuple[DocumentTrace, Sentence]


def _items(ctx: Context) -> Iterable[Item]:
    return [(each, sentence) for each in ctx.shared.traces for sentence in each.sentences]


def _examine(_ctx: Context, item: Item) -> Iterator[Finding]:
    document, sentence = item
    if not sentence.missing:
        return
    missing = [" ".join(document.text.text[a:b].split()) for a, b in sentence.missing]
    kind = "heading" if sentence.heading else "sentence"
    whole = " ".join(sentence.text.split())
    explanation: tuple[str, ...] = ()
    if sentence.uses:
        words = "; ".join(f'"{each}"' for each in missing)
        title = f"No quote holds these words of a {kind}: {words}"
        names = ", ".join(dict.fromkeys(use.name for use in sentence.uses))
        explanation = (f'The {kind}: "{whole}"', f"Its other words are held by {names}.")
    else:
        title = f'No clause or note accounts for a {kind}: "{whole}"'
        explanation = ()
    start, end = sentence.missing[0][0], sentence.missing[-1][1]
    yield Finding(
        code=CHECK.code,
        name=CHECK.name,
        severity=Severity.NOTE if sentence.heading else CHECK.severity,
        title=title,
        related=(Related(label="the text", place=Place(document.text, Span(start, end))),),
        explanation=explanation,
        key=(document.document, whole, *missing),
    )


CHECK: Check[Item] = Check(
    code="G05",
    name="text-not-transcribed",
    severity=Severity.WARNING,
    polarity="structural",
    question="Is there a sentence of the source that no clause or note accounts for?",
    documentation="""
Words of the file behind `text` are in no quote of a clause, a note or an ambiguity: a whole
sentence, or a part of one, which the finding names. What is not transcribed is not checked.
A heading is told as a note. Asked only of documents that name a `text`.

How to mend it: transcribe the words as a clause; or, where they demand nothing, quote them in a
`note`. `antinomy trace` shows what became of every sentence.
""",
    items=_items,
    examine=_examine,
    describe=lambda item: f"the sentence on line {item[1].line} of {item[0].text.name}",
)
