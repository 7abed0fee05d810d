"""Who controls which permission or release, as a table: a row a clause, a column a role."""

from __future__ import annotations

from dataclasses import dataclass

from verifier.control_words import who
from verifier.exhibits import Control, ControlRow
from verifier.pipeline import Report
from verifier.render.exhibit_words import control_words, say_of
from verifier.render.html.marks import Link, clause_anchor
from verifier.render.sentences import sentence_start


@dataclass(frozen=True, kw_only=True)
class CellView:
    """What a role can do about a clause, in words, and what it has a say in; or nothing."""

    words: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ControlView:
    """A clause, what it says, who alone can do what, and a cell for each role."""

    clause: Link
    title: str
    says: str
    said: tuple[str, ...]
    cells: tuple[CellView, ...]


@dataclass(frozen=True, kw_only=True)
class ControlTable:
    """The roles in the order in which they come up, and the rows."""

    roles: tuple[str, ...]
    rows: tuple[ControlView, ...]


def control_table(report: Report) -> ControlTable:
    """The table of control; without rows where it was not made."""
    roles = tuple(dict.fromkeys(each.role for row in report.control for each in row.roles))
    return ControlTable(
        roles=tuple(sentence_start(who(report.policy, each)) for each in roles),
        rows=tuple(_row(report, row, roles) for row in report.control),
    )


def _row(report: Report, row: ControlRow, roles: tuple[str, ...]) -> ControlView:
    known = row.clause in report.policy.clauses
    by_role = {each.role: each for each in row.roles}
    return ControlView(
        clause=Link(text=row.clause, anchor=clause_anchor(row.clause) if known else ""),
        title=row.title,
        says=sentence_start(row.says),
        said=tuple(control_words(report.policy, row)),
        cells=tuple(_cell(report, by_role.get(role)) for role in roles),
    )


def _cell(report: Report, control: Control | None) -> CellView:
    if control is None:
        return CellView(words=(), facts=())
    able = (
        ("brings about", control.brings, control.brings_when),
        ("blocks", control.blocks, control.blocks_when),
    )
    words = [word for word, so, _ in able if so]
    words += [f"{word}: not settled" for word, so, _ in able if so is None]
    return CellView(
        words=tuple(words) or ("has a say",),
        facts=(
            *say_of(report.policy, control),
            *(f"{word} {when}" for word, so, when in able if so and when),
        ),
    )
