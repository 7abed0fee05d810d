"""Clauses, ordered lists, priorities and notes: from syntax to the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Related
from policy_dsl.model import Expr
from policy_dsl.resolve_base import Context, Failed
from policy_dsl.resolve_expression import ExpressionResolver
from policy_dsl.resolve_force import ForceResolver
from policy_dsl.resolve_resources import rank_effects
from policy_dsl.resolve_times import TimeResolver
from policy_dsl.resolve_unknown import unknown
from policy_dsl.source import Place, Span
from policy_dsl.symbols import Symbols, Unit

EFFECTS = (ast.Norm, ast.Sets, ast.Prioritize, ast.RankBy)
"""The parts of a clause that say what it does."""


@dataclass
class ClauseResolver:
    """Resolves every clause of a policy, in order, and what hangs on clauses."""

    symbols: Symbols
    expressions: ExpressionResolver
    documents: dict[str, model.Document]
    clauses: dict[str, model.Clause] = field(default_factory=dict)
    groups: dict[str, model.Group] = field(default_factory=dict)
    priorities: list[model.Priority] = field(default_factory=list)
    notes: dict[str, model.Note] = field(default_factory=dict)

    def run(self) -> None:
        """Fill ``clauses``, ``groups``, ``priorities`` and ``notes``."""
        for unit in self.symbols.units:
            order: ast.OrderStart | None = None
            members: list[str] = []
            strange: list[ast.Declaration] = []
            for node in unit.tree.declarations:
                match node:
                    case ast.OrderStart():
                        if order is not None:
                            self._not_ended(unit, order, node)
                            self._close(unit, order, members)
                        order, members, strange = node, [], []
                    case ast.OrderEnd():
                        if order is not None:
                            self._strange(unit, order, strange)
                            self._close(unit, order, members)
                        else:
                            self._order_problem(
                                unit,
                                node.span,
                                "No ordered list is open here.",
                                "Begin one with 'in order NAME', or leave this out.",
                            )
                        order = None
                    case ast.Clause():
                        group = order.name.text if order is not None else None
                        self._clause(unit, node, group, len(members))
                        members.append(node.name.text)
                    case ast.Note():
                        self._note(unit, node)
                    case _:
                        strange.append(node)
            if order is not None:
                self._not_ended(unit, order, strange[0] if strange else None)
                self._close(unit, order, members)  # what is read on asks for every list

    def _order_problem(
        self, unit: Unit, span: Span, message: str, remedy: str, *related: Related
    ) -> None:
        """Report a list that is not rightly begun or ended; not in a file of which parts could
        not be read, since one of them may begin or end it."""
        if unit.source.name not in self.symbols.unread:
            self.symbols.problem("L08", unit.source, span, message, remedy, *related)

    def _not_ended(self, unit: Unit, order: ast.OrderStart, before: ast.Declaration | None) -> None:
        related = []
        if before is not None:
            place = Place(unit.source, before.span)
            related = [Related(place=place, message="it has to end before this")]
        self._order_problem(
            unit,
            order.span,
            f"The ordered list '{order.name.text}' is never ended.",
            "Write 'end order' after its last clause.",
            *related,
        )

    def _strange(
        self, unit: Unit, order: ast.OrderStart, strange: Sequence[ast.Declaration]
    ) -> None:
        begins = Related(place=Place(unit.source, order.span), message="the list begins here")
        message = "Only clauses and notes stand in an ordered list."
        remedy = "Move this before 'in order' or behind 'end order'."
        for node in strange:
            self._order_problem(unit, node.span, message, remedy, begins)

    def _close(self, unit: Unit, order: ast.OrderStart, members: list[str]) -> None:
        self.groups[order.name.text] = model.Group(
            name=order.name.text,
            title=order.title.text if order.title else order.name.text,
            clauses=tuple(members),
            place=Place(unit.source, order.name.span),
        )

    def _note(self, unit: Unit, node: ast.Note) -> None:
        self.notes[node.name.text] = model.Note(
            name=node.name.text,
            kind=node.kind,
            title=node.title.text if node.title else "",
            document=unit.document,
            quotes=_words(node.quotes, "quote"),
            paraphrases=_words(node.quotes, "paraphrase"),
            place=Place(unit.source, node.name.span),
        )

    # --- one clause -----------------------------------------------------------------------

    def _clause(self, unit: Unit, node: ast.Clause, group: str | None, rank: int) -> None:
        effects: list[model.Effect] = []
        requirements: list[model.Requirement] = []
        exceptions: list[model.Exception_] = []
        quotes: list[ast.Quote] = []
        under: list[Expr] = []
        for part in node.parts:
            match part:
                case ast.Quote():
                    quotes.append(part)
                case ast.Norm() | ast.Sets():
                    effects += self._effects(unit, part)
                case ast.Prioritize() | ast.RankBy():
                    effects += rank_effects(self.expressions, unit, part)
                case ast.Condition(keyword="unless"):
                    condition = self.expressions.condition(unit, part.condition, Context())
                    exceptions.append(model.Exception_(kind="unless", condition=condition))
                case ast.Condition():
                    condition = self.expressions.condition(unit, part.condition, Context())
                    kind: model.RequirementKind = "when" if part.keyword == "when" else "provided"
                    requirements.append(model.Requirement(kind=kind, condition=condition))
                case ast.Under():
                    under.append(
                        self.expressions.condition(unit, part.readings, Context(readings=True))
                    )
                case ast.Prevails():
                    for name in self._others(unit, node, part.clauses):
                        self._priority(unit, node, part, node.name.text, name, part.keyword)
                case ast.SubjectTo():
                    self._subject_to(unit, node, part, requirements, exceptions)
        self._check_effects(unit, node)
        first_day, last_day = ForceResolver(self.symbols).days(unit, node)
        self.clauses[node.name.text] = model.Clause(
            name=node.name.text,
            title=node.title.text if node.title else "",
            document=unit.document,
            quotes=_words(quotes, "quote"),
            paraphrases=_words(quotes, "paraphrase"),
            effects=tuple(effects),
            requirements=tuple(requirements),
            exceptions=tuple(exceptions),
            under=None if not under else under[0] if len(under) == 1 else _all(under),
            group=group,
            rank=rank if group is not None else 0,
            first_day=first_day,
            last_day=last_day,
            place=Place(unit.source, node.name.span),
        )

    def _check_effects(self, unit: Unit, node: ast.Clause) -> None:
        if not any(isinstance(part, EFFECTS) for part in node.parts):
            self.symbols.problem(
                "L08",
                unit.source,
                node.name.span,
                f"The clause '{node.name.text}' has no effect.",
                "Say what it does: 'must ACTION', 'may ACTION', 'sets OUTPUT to VALUE', ... Text "
                "without force is a 'note'.",
            )
        seen: dict[str, Span] = {}
        for each in _subjects(node):
            if seen.setdefault(each.text, each.span) is not each.span:
                first = Place(unit.source, seen[each.text])
                self.symbols.problem(
                    "L04",
                    unit.source,
                    each.span,
                    f"The clause '{node.name.text}' speaks of '{each.text}' more than once.",
                    "Split it into two clauses, or leave one out.",
                    Related(place=first, message="first spoken of here"),
                )

    def _effects(self, unit: Unit, part: ast.Norm | ast.Sets) -> list[model.Effect]:
        if isinstance(part, ast.Norm):
            actions = []
            for name in part.actions:
                with suppress(Failed):
                    actions.append(self.expressions.action(unit, name))
            return [*TimeResolver(self.symbols).effects(unit, part, actions)]
        type_ = self.expressions.outputs.get(part.output.text)
        if type_ is None:
            known = list(self.expressions.outputs)
            unknown(self.symbols, unit.source, part.output, "an output", known)
            return []
        if part.output.text in self.symbols.doubtful:
            return []
        value = self.expressions.value(unit, part.value, Context(), type_)
        return [model.SetEffect(output=part.output.text, value=value)]

    # --- priority and exception -----------------------------------------------------------

    def _others(self, unit: Unit, node: ast.Clause, names: tuple[ast.Name, ...]) -> list[str]:
        found = []
        for written in names:
            name = self.symbols.meant(unit, written)
            known = self.symbols.table.get(name.text)
            if known is None or not isinstance(known.node, ast.Clause):
                clauses = [n for n in self.symbols.of_kind(ast.Clause) if n != node.name.text]
                unknown(self.symbols, unit.source, name, "a clause", clauses)
            elif name.text in self.symbols.doubtful:
                continue
            elif name.text == node.name.text:
                self.symbols.problem(
                    "L09",
                    unit.source,
                    name.span,
                    f"The clause '{name.text}' names itself here.",
                    "Name the other clause.",
                    Related(place=known.place, message="this is the clause itself"),
                )
            else:
                found.append(name.text)
        return found

    def _priority(
        self,
        unit: Unit,
        node: ast.Clause,
        part: ast.Node,
        winner: str,
        loser: str,
        kind: model.PriorityKind,
    ) -> None:
        self.priorities.append(
            model.Priority(
                winner=winner,
                loser=loser,
                kind=kind,
                declared_by=node.name.text,
                place=Place(unit.source, part.span),
            )
        )

    def _subject_to(
        self,
        unit: Unit,
        node: ast.Clause,
        part: ast.SubjectTo,
        requirements: list[model.Requirement],
        exceptions: list[model.Exception_],
    ) -> None:
        place = Place(unit.source, part.span)
        for name in self._others(unit, node, part.clauses):
            applies = model.ClauseApplies(clause=name, place=place)
            match part.sense:
                case "precedence" | "savings":
                    self._priority(unit, node, part, name, node.name.text, part.sense)
                case "carve-out":
                    exceptions.append(model.Exception_(kind="carve-out", condition=applies))
                case "condition precedent" | "proviso":
                    requirements.append(model.Requirement(kind=part.sense, condition=applies))
                case "scope":
                    scope = model.ClauseInScope(clause=name, place=place)
                    requirements.append(model.Requirement(kind="scope", condition=scope))


def _subjects(node: ast.Clause) -> Iterator[ast.Name]:
    """What the effects of a clause are about: its actions, outputs and resources, in order."""
    for part in node.parts:
        match part:
            case ast.Norm():
                yield from part.actions
            case ast.Sets():
                yield part.output
            case ast.Prioritize() | ast.RankBy():
                yield part.resource


def _words(quotes: Sequence[ast.Quote], keyword: str) -> tuple[str, ...]:
    return tuple(each.text.text for each in quotes if each.keyword == keyword)


def _all(conditions: list[Expr]) -> Expr:
    return model.AllOf(operands=tuple(conditions), place=conditions[0].place)
