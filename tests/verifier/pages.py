"""Reports for tests of the page: one with a traced text, one whose texts are hostile."""

from __future__ import annotations

from dataclasses import replace

from policy_dsl.model import Policy
from policy_dsl.source import Source
from tests.verifier.reported import small
from verifier.fidelity.trace import DocumentTrace, ScanLines, Sentence, Use
from verifier.pipeline import Report

HOSTILE = (
    "</script><script>alert(1)</script></style><!-- \"><img src=x onerror=alert(1)>' {{ 7*7 }} "
    "&amp; \x1b[31m \u202eback\u2066 \u200b\x00"
)
"""What must come out as text, whatever it stands in."""

_TEXT = "Rules\n\nChildren and the old are released. The ill are kept.\nNobody reads this."


TIMES = """\
policy times "Two times"
  effective 2020-01-01
subject person
fact ill : yes/no "is ill" otherwise "is not ill"
action go "let the person go"
clause A "The ill go"
  must go
  when ill
clause B "Nobody goes"
  must not go
  in force from 2021-01-01
clause C "Everybody goes"
  should go
  in force until 2022-06-01
"""
"""Two clashes that stand at different times."""


def traced(policy: Policy, text: str = _TEXT) -> tuple[DocumentTrace, ...]:
    """A text of four sentences: a heading, one held twice, one held in part, one by nothing."""

    def use(name: str, start: int, end: int, kind: str = "clause") -> Use:
        return Use(
            kind="clause" if kind == "clause" else "note",
            name=name, title=f"title {name}", score=88.0, start=start, end=end,
            scan=None,
        )  # fmt: skip

    first = text.index("Children")
    second = text.index("The ill")
    third = text.rindex("\n") + 1
    ranges = [(0, first - 2), (first, second - 1), (second, third - 1), (third, len(text))]
    uses = [
        (),
        (
            use("A", *ranges[1]),
            use("A.old", first + 9, ranges[1][1]),
            use("n", first, first + 3, "note"),
        ),
        (use("B", second + 4, ranges[2][1]), use("x y", second, second + 9, "note")),
        (),
    ]
    missing = [(), (), ((second, second + 3),), (ranges[3],)]
    sentences = tuple(
        Sentence(
            number=number, text=text[start:end], start=start, end=end, line=number,
            heading=number == 1, uses=uses[number - 1], missing=missing[number - 1],
            scan=ScanLines(first=1, last=2), lead=None, scan_score=90.0,
        )
        for number, (start, end) in enumerate(ranges, start=1)
    )  # fmt: skip
    name = next(iter(policy.documents))
    raw = Source("scan.txt", f"Chi1dren\n{HOSTILE}")
    return (
        DocumentTrace(
            document=name, text=Source("text.txt", text), raw=raw, sentences=sentences, quotes=()
        ),
    )


def hostile() -> Report:
    """A report whose every free text is hostile."""
    report = small()
    policy = report.policy
    changed = replace(
        policy,
        title=HOSTILE,
        subject=HOSTILE,
        facts={
            name: replace(
                each, phrase=f"is {HOSTILE}", negative=HOSTILE, kind="outside", per=HOSTILE
            )
            for name, each in policy.facts.items()
        },
        actions={n: replace(each, phrase=HOSTILE) for n, each in policy.actions.items()},
        clauses={
            name: replace(each, title=HOSTILE, quotes=(HOSTILE,))
            for name, each in policy.clauses.items()
        },
        ambiguities={
            name: replace(
                each,
                question=HOSTILE,
                quote=HOSTILE,
                readings=tuple(replace(reading, text=HOSTILE) for reading in each.readings),
            )
            for name, each in policy.ambiguities.items()
        },
        documents={n: replace(each, title=HOSTILE) for n, each in policy.documents.items()},
    )
    findings = tuple(
        replace(
            each,
            title=HOSTILE + each.title,
            consequence=HOSTILE,
            explanation=(HOSTILE,),
            settles=(HOSTILE,),
            proof=HOSTILE,
            sides=tuple(
                replace(side, title=HOSTILE, role=HOSTILE, quotes=(HOSTILE,), because=(HOSTILE,))
                for side in each.sides
            ),
            related=tuple(replace(related, label=HOSTILE) for related in each.related),
            witness=None if each.witness is None else replace(each.witness, statements=(HOSTILE,)),
        )
        for each in report.findings
    )
    profiles = tuple(replace(each, phrase=HOSTILE) for each in report.profiles)
    readings = tuple(replace(each, text=HOSTILE) for each in report.readings)
    return replace(
        report,
        policy=changed,
        findings=findings,
        profiles=profiles,
        readings=readings,
        traces=traced(policy),
    )
