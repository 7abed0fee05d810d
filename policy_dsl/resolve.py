"""From syntax trees to the model: declarations are looked up, typed and checked, and every
error over all files is reported at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Diagnostic, SpecError
from policy_dsl.model import TRUE, Expr
from policy_dsl.resolve_base import Context, Failed
from policy_dsl.resolve_clauses import ClauseResolver
from policy_dsl.resolve_definitions import DefinitionResolver
from policy_dsl.resolve_documents import DocumentResolver
from policy_dsl.resolve_expression import ExpressionResolver
from policy_dsl.resolve_facts import FactResolver
from policy_dsl.resolve_graph import check_circles, check_division, check_priorities
from policy_dsl.source import Place
from policy_dsl.symbols import Symbols, Unit, collect


def resolve(units: tuple[Unit, ...], problems: tuple[Diagnostic, ...] = ()) -> model.Policy:
    """The model of a policy whose main file is the first unit.

    ``problems`` are the errors found while the files were read and parsed. Raises ``SpecError``
    with these and every error found here, if there is any.
    """
    symbols = collect(units)
    policy = Resolver(symbols).policy()
    found = (*problems, *symbols.problems)
    if found:
        raise SpecError(found)
    check_division(policy, symbols)
    check_circles(policy, symbols)
    check_priorities(policy, symbols)
    if symbols.problems:
        raise SpecError(symbols.problems)
    return policy


@dataclass
class Resolver:
    """Resolves the declarations of one policy."""

    symbols: Symbols
    expressions: ExpressionResolver = field(init=False)

    def __post_init__(self) -> None:
        self.expressions = ExpressionResolver(self.symbols)

    def policy(self) -> model.Policy:
        """The whole model; meaningful only if no problem was recorded."""
        headers, vocabulary = DocumentResolver(self.symbols), FactResolver(self.symbols)
        documents, subject = headers.documents(), headers.subject()
        ambiguities = vocabulary.ambiguities()
        expressions = self.expressions
        expressions.readings.update(
            {name: tuple(r.name for r in each.readings) for name, each in ambiguities.items()}
        )
        expressions.facts.update(vocabulary.facts(subject))
        expressions.outputs.update(vocabulary.output_types())
        definitions = DefinitionResolver(self.symbols, expressions)
        expressions.define = definitions.signature
        for name in self.symbols.cases:
            definitions.signature(name, None, None)
        clauses = ClauseResolver(self.symbols, expressions, documents)
        clauses.run()
        main = next(iter(documents.values()), None)
        known = definitions.definitions
        return model.Policy(
            name=main.name if main else "",
            title=main.title if main else "",
            documents=documents,
            authorities=headers.authorities(documents),
            subject=subject,
            facts=dict(expressions.facts),
            definitions={name: known[name] for name in self.symbols.cases if name in known},
            assumptions=tuple(self._assumptions()),
            actions=vocabulary.actions(),
            decisions=self._decisions(),
            incapacities=tuple(self._incapacities()),
            settlements=tuple(self._settlements()),
            outputs=self._outputs(),
            clauses=clauses.clauses,
            groups=clauses.groups,
            priorities=tuple(clauses.priorities),
            ambiguities=ambiguities,
            notes=clauses.notes,
            expectations=tuple(self._expectations()),
        )

    # --- shared ---------------------------------------------------------------------------

    def _when(self, unit: Unit, node: ast.Expression | None) -> Expr:
        return TRUE if node is None else self.expressions.condition(unit, node, Context())

    def _action_names(self, unit: Unit, names: tuple[ast.Name, ...]) -> tuple[str, ...]:
        found: list[str] = []
        for name in names:
            try:
                action = self.expressions.action(unit, name)
            except Failed:
                continue
            if action in found:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    name.span,
                    f"'{action}' is listed twice.",
                    "Leave one out.",
                )
            else:
                found.append(action)
        return tuple(found)

    def _outputs(self) -> dict[str, model.Output]:
        return {
            name: model.Output(
                name=name,
                type=self.expressions.outputs[name],
                phrase=symbol.node.phrase.text if symbol.node.phrase else None,
                when=self._when(symbol.unit, symbol.node.when),
                place=symbol.place,
            )
            for name, symbol in self.symbols.table.items()
            if isinstance(symbol.node, ast.OutputDeclaration)
        }

    def _assumptions(self) -> list[model.Assumption]:
        return [
            model.Assumption(
                condition=self.expressions.condition(unit, node.condition, Context()),
                because=node.because.text if node.because else None,
                under=self.expressions.under(unit, node.under),
                place=Place(unit.source, node.span),
            )
            for unit, node in self.symbols.walk()
            if isinstance(node, ast.Assume)
        ]

    def _decisions(self) -> dict[str, model.Decision]:
        decisions: dict[str, model.Decision] = {}
        for name, symbol in self.symbols.table.items():
            node = symbol.node
            if not isinstance(node, ast.Decision):
                continue
            actions = self._action_names(symbol.unit, node.actions)
            if node.count > len(node.actions):
                self.symbols.problem(
                    "L12",
                    symbol.unit.source,
                    node.span,
                    f"'{name}' lists {len(node.actions)} action(s) and asks for {node.count}.",
                    "Lower the number or list more actions.",
                )
            decisions[name] = model.Decision(
                name=name,
                actions=actions,
                low=0 if node.bound == "at most" else node.count,
                high=len(actions) if node.bound == "at least" else node.count,
                when=self._when(symbol.unit, node.when),
                under=self.expressions.under(symbol.unit, node.under),
                place=symbol.place,
            )
        return decisions

    def _incapacities(self) -> list[model.Incapacity]:
        return [
            model.Incapacity(
                action=action,
                when=self._when(unit, node.when),
                because=node.because.text if node.because else None,
                under=self.expressions.under(unit, node.under),
                place=Place(unit.source, node.span),
            )
            for unit, node in self.symbols.walk()
            if isinstance(node, ast.Cannot)
            for action in self._action_names(unit, node.actions)
        ]

    def _settlements(self) -> list[model.Settlement]:
        return [
            model.Settlement(
                actions=self._action_names(unit, node.actions),
                when=self._when(unit, node.when),
                place=Place(unit.source, node.span),
            )
            for unit, node in self.symbols.walk()
            if isinstance(node, ast.Settle)
        ]

    def _expectations(self) -> list[model.Expectation]:
        context = Context(outcomes=True)
        found = []
        for unit, node in self.symbols.walk():
            if not isinstance(node, ast.Expect):
                continue
            condition = self.expressions.condition(unit, node.condition, context)
            wants_clause = node.form in ("reachable", "unreachable") and condition is not TRUE
            if wants_clause and not isinstance(condition, model.ClauseApplies):
                self.symbols.problem(
                    "L05",
                    unit.source,
                    node.condition.span,
                    "Only a clause can be reachable.",
                    "Write 'expect sometimes CONDITION' to ask whether a condition ever holds.",
                )
            text = unit.source.text[node.span.start : node.span.end]
            found.append(
                model.Expectation(
                    form=node.form,
                    condition=condition,
                    premise=None
                    if node.when is None
                    else self.expressions.condition(unit, node.when, context),
                    because=node.because.text if node.because else None,
                    text=" ".join(text.split()),
                    place=Place(unit.source, node.span),
                )
            )
        return found
