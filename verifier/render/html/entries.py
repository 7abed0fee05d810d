"""Blocks of findings as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policy_dsl.model import Policy
from verifier.findings import Finding, Side
from verifier.pipeline import Report
from verifier.readings import Cube, ReadingSet
from verifier.render.blocks import NONE_PREVAILS, Block, letters, same_but_for_the_clause, title
from verifier.render.exhibit_words import case_beside, cases_of
from verifier.render.gate_words import standing
from verifier.render.html.cases import CaseTable, case_table
from verifier.render.html.exhibit_view import ExhibitView, exhibit_view
from verifier.render.html.marks import Finder, Link, clause_anchor, columns, entry_anchor, place
from verifier.render.html.process_view import ProcessView
from verifier.render.reading_text import standings
from verifier.render.sentences import in_common, sentence, sentence_start, together
from verifier.render.summary import brief
from verifier.repairs import Repair
from verifier.witness import Witness


@dataclass(frozen=True, kw_only=True)
class SideView:
    """A clause that takes part: its words, and why it applies in the case."""

    clause: str
    anchor: str
    title: str
    document: str | None
    quotes: tuple[str, ...]
    paraphrases: tuple[str, ...]
    because: tuple[str, ...]
    place: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """Clauses that say the same."""

    role: str
    sides: tuple[SideView, ...]


@dataclass(frozen=True, kw_only=True)
class Member:
    """One finding of a block. ``own`` says what only its case has, ``example`` gives one
    such case; ``cubes`` is for the script:
    under which readings it stands, as ``a=x|y&b=z;c=v``. ``standing`` says why it does not
    count, if it does not."""

    anchor: str
    fingerprint: str
    label: str
    letter: str
    clause: str
    own: str
    example: str
    clauses: tuple[str, ...]
    cubes: str
    standing: str


@dataclass(frozen=True, kw_only=True)
class Needs:
    """A sentence on readings, and what each reading that it needs says."""

    said: str
    points: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, kw_only=True)
class RepairView:
    """A change that would remove findings, as a patch."""

    title: str
    patch: str
    removes: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A block of findings, ready to be shown. ``told``: it has cases besides those of an
    exhibit; ``cases`` has all in full, those of the exhibit last."""

    number: int
    anchor: str
    code: str
    name: str
    severity: str
    strength: str
    title: str
    brief: str
    consequence: tuple[str, ...]
    always: bool
    members: tuple[Member, ...]
    statements: tuple[str, ...]
    idle: str
    columns: tuple[Column, ...]
    related: tuple[tuple[str, str], ...]
    lead: str
    reasons: tuple[str, ...]
    proofs: tuple[str, ...]
    settles: tuple[str, ...]
    readings: tuple[Needs, ...]
    repairs: tuple[RepairView, ...]
    told: bool
    cases: tuple[CaseTable, ...]
    exhibit: ExhibitView | None


def entries(
    report: Report, blocks: Sequence[Block], finder: Finder, processes: Mapping[str, ProcessView]
) -> tuple[Entry, ...]:
    """All blocks of a report; ``processes`` are its processes as the page draws them."""
    repairs: dict[str, list[Repair]] = {}
    for each in report.repairs:
        repairs.setdefault(each.fingerprint, []).append(each)
    return tuple(_entry(report, block, finder, repairs, processes) for block in blocks)


def _entry(
    report: Report,
    block: Block,
    finder: Finder,
    repairs: Mapping[str, Sequence[Repair]],
    processes: Mapping[str, ProcessView],
) -> Entry:
    policy, first = report.policy, block.first
    several = len(block.findings) > 1
    cases = [
        (_letter(block, each) if several else "", case)
        for each in block.findings
        if (case := case_beside(each)) is not None
    ]
    shared = in_common([each.statements for _, each in cases])
    own = case_table(policy, cases)
    exhibit, shown = None, cases
    if first.exhibit is not None:
        exhibit = exhibit_view(policy, first.exhibit, processes)
        shown = [*cases, *cases_of(first.exhibit)]
    contradiction = first.code in NONE_PREVAILS and len(first.sides) > 1
    consequences = same_but_for_the_clause(
        block, [(each.consequence,) if each.consequence else () for each in block.findings]
    )
    settles = same_but_for_the_clause(block, [each.settles for each in block.findings])
    reasons = same_but_for_the_clause(block, [each.explanation for each in block.findings])
    return Entry(
        number=block.number,
        anchor=entry_anchor(block),
        code=first.code,
        name=first.name.replace("-", " "),
        severity=str(first.severity),
        strength=first.strength or "",
        title=sentence(title(block)),
        brief=brief(block),
        consequence=tuple(sentence(each) for each in consequences),
        always=all(each.readings.always for each in block.findings),
        members=tuple(_member(report, block, each, shared, finder) for each in block.findings),
        statements=tuple(sentence(each) for each in shared),
        idle=_idle(policy, [case for _, case in shown]),
        columns=_columns(block),
        related=_related(block),
        lead="Why neither prevails" if contradiction else "Why",
        reasons=tuple(sentence(each) for each in reasons),
        proofs=tuple(dict.fromkeys(sentence(e.proof) for e in block.findings if e.proof)),
        settles=tuple(sentence(each) for each in settles),
        readings=tuple(
            Needs(said=each.said, points=_points(policy, each.needed))
            for each in standings(policy, block)
        ),
        repairs=_repairs(block, finder, repairs),
        told=bool(cases),
        cases=tuple(
            each for each in (own, None if exhibit is None else exhibit.cases) if each is not None
        ),
        exhibit=exhibit,
    )


def _letter(block: Block, finding: Finding) -> str:
    return f"({letters(block.findings.index(finding))})"


def _member(
    report: Report, block: Block, finding: Finding, shared: Sequence[str], finder: Finder
) -> Member:
    policy = report.policy
    link = finder.of(finding)
    own = block.own(finding)
    several = len(block.findings) > 1
    case = case_beside(finding)
    said = () if case is None else case.statements
    rest = [each for each in said if each not in shared]
    return Member(
        anchor=link.anchor,
        fingerprint=finding.fingerprint,
        label=link.text,
        letter=_letter(block, finding) if several else "",
        clause="" if own is None else own.clause,
        own=together(policy, rest) if rest else "",
        example=together(policy, case.example) if case is not None and case.example else "",
        clauses=tuple(clause_anchor(each.clause) for each in finding.sides),
        cubes=_cubes(finding.readings),
        standing=standing(report, finding),
    )


def _cubes(readings: ReadingSet) -> str:
    return ";".join(
        "&".join(f"{name}={'|'.join(values)}" for name, values in cube) for cube in readings.cubes
    )


def _idle(policy: Policy, cases: Sequence[Witness]) -> str:
    """How many facts play no part in some cases."""
    numbers = sorted({len(case.left_out) for case in cases})
    if not numbers or not numbers[0]:
        return ""
    many = f"{numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
    verb = "plays" if many == "1" else "play"
    return f"Whatever else is true: {many} of {len(policy.facts)} facts {verb} no part."


def _columns(block: Block) -> tuple[Column, ...]:
    sides = [side for finding in block.findings for side in finding.sides]
    first = [side for side in sides if side.clause in block.shared]
    found = columns([*first, *sides])
    return tuple(
        Column(role=sentence_start(role), sides=tuple(_side(side) for side in members))
        for role, members in found.items()
    )


def _side(side: Side) -> SideView:
    return SideView(
        clause=side.clause,
        anchor=clause_anchor(side.clause),
        title=side.title,
        document=side.document,
        quotes=side.quotes,
        paraphrases=side.paraphrases,
        because=tuple(sentence(each) for each in side.because),
        place=place(side.place),
    )


def _related(block: Block) -> tuple[tuple[str, str], ...]:
    found: dict[str, dict[str, None]] = {}
    for each in (r for finding in block.findings for r in finding.related):
        found.setdefault(sentence_start(each.label), {})[place(each.place)] = None
    return tuple((label, ", ".join(places)) for label, places in found.items())


def _points(policy: Policy, cube: Cube) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    found = []
    for name, values in cube:
        ambiguity = policy.ambiguities[name]
        texts = tuple((value, ambiguity.text_of(value)) for value in values)
        found.append((name, ambiguity.question or name, texts))
    return tuple(found)


def _repairs(
    block: Block, finder: Finder, known: Mapping[str, Sequence[Repair]]
) -> tuple[RepairView, ...]:
    """The repairs of the findings of a block, each change once."""
    found: dict[str, RepairView] = {}
    for finding in block.findings:
        for each in known.get(finding.fingerprint, ()):
            others = finder.known(each.removes)
            found.setdefault(
                each.patch,
                RepairView(
                    title=sentence(each.title),
                    patch=each.patch,
                    removes=others,
                ),
            )
    return tuple(found.values())
