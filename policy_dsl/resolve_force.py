"""From when to when a clause is in force, and which document supersedes which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Related, did_you_mean
from policy_dsl.resolve_unknown import unknown
from policy_dsl.source import Place
from policy_dsl.symbols import Symbols, Unit


@dataclass
class ForceResolver:
    """Resolves what is said of force in time."""

    symbols: Symbols

    def supersessions(
        self, unit: Unit, header: ast.PolicyHeader, effective: date | None
    ) -> tuple[model.Supersession, ...]:
        """What a header says is superseded."""
        parts = [each for each in header.parts if isinstance(each, ast.Supersedes)]
        if parts and effective is None:
            self.symbols.problem(
                "L08",
                unit.source,
                parts[0].span,
                "The header does not say from when on the other document is superseded.",
                "Add the day on which this document takes effect, such as: effective 2017-02-20",
            )
        found: dict[str, model.Supersession] = {}
        for each in parts:
            kept = self._superseded(unit, header, each)
            if kept is None:
                continue
            name = each.document.text
            if name in found:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    each.span,
                    f"'{name}' is superseded twice.",
                    "Leave one out, or write all exceptions behind one 'except'.",
                )
            found.setdefault(name, model.Supersession(document=name, kept=kept))
        return tuple(found.values())

    def _superseded(
        self, unit: Unit, header: ast.PolicyHeader, node: ast.Supersedes
    ) -> tuple[str, ...] | None:
        """The clauses of the other document that are kept; None where there is no such document."""
        others = {each.document: each for each in self.symbols.units if each.document}
        name = node.document.text
        if name == header.name.text:
            self._problem(
                unit, node.document, "A document cannot supersede itself.", "Name the other one."
            )
            return None
        if name not in others:
            if not self.symbols.incomplete:
                near = did_you_mean(name, others)
                self.symbols.problem(
                    "L03",
                    unit.source,
                    node.document.span,
                    f"No document is called '{name}'.",
                    f"Did you mean '{near}'?"
                    if near
                    else "Name a document that is read with 'use', by the name in its header.",
                )
            return None
        kept = []
        for each in node.kept:
            symbol = self.symbols.table.get(each.text)
            if symbol is None or not isinstance(symbol.node, ast.Clause):
                known = [
                    clause.name.text
                    for clause in others[name].tree.declarations
                    if isinstance(clause, ast.Clause)
                ]
                unknown(self.symbols, unit.source, each, "a clause", known)
            elif symbol.unit is not others[name]:
                self.symbols.problem(
                    "L05",
                    unit.source,
                    each.span,
                    f"The clause '{each.text}' does not stand in '{name}'.",
                    f"Name clauses of '{name}' behind 'except'.",
                    Related(place=symbol.place, message="it stands here"),
                )
            else:
                kept.append(each.text)
        return tuple(kept)

    def days(self, unit: Unit, node: ast.Clause) -> tuple[date | None, date | None]:
        """The first and the last day on which a clause is in force, by its own words."""
        found: dict[str, ast.InForce] = {}
        for part in node.parts:
            if not isinstance(part, ast.InForce):
                continue
            first = found.setdefault(part.keyword, part)
            if first is not part:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    part.span,
                    f"'in force {part.keyword}' is given twice.",
                    "Leave one out.",
                    Related(place=Place(unit.source, first.span), message="first given here"),
                )
        start, end = (
            found[word].day.value if word in found else None for word in ("from", "until")
        )
        if start is not None and end is not None and end < start:
            self.symbols.problem(
                "L12",
                unit.source,
                found["until"].span,
                "The clause ends before it begins to be in force.",
                "'until' names the last day on which it is in force.",
            )
        return start, end

    def _problem(self, unit: Unit, node: ast.Node, message: str, remedy: str) -> None:
        self.symbols.problem("L08", unit.source, node.span, message, remedy)
