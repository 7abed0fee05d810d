"""From syntax trees to the model: declarations are looked up, typed and checked, and every
error over all files is reported at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.deeds import with_deeds
from policy_dsl.diagnostics import Diagnostic, Related, SpecError
from policy_dsl.model import TRUE, Expr
from policy_dsl.resolve_base import Context, Failed
from policy_dsl.resolve_breaches import check_breaches
from policy_dsl.resolve_clauses import ClauseResolver
from policy_dsl.resolve_definitions import DefinitionResolver
from policy_dsl.resolve_depth import check_depth
from policy_dsl.resolve_documents import DocumentResolver
from policy_dsl.resolve_expression import ExpressionResolver
from policy_dsl.resolve_facts import FactResolver
from policy_dsl.resolve_graph import check_circles, check_division, check_priorities
from policy_dsl.resolve_processes import ProcessResolver
from policy_dsl.resolve_resources import resources
from policy_dsl.resolve_times import TimeResolver
from policy_dsl.resolve_types import declare_types
from policy_dsl.resolve_unknown import unknown
from policy_dsl.rules import MOST_COMPARED, MOST_SETTLED, TooMany, with_rules
from policy_dsl.source import Place
from policy_dsl.symbols import Symbols, Unit, collect


def resolve(units: tuple[Unit, ...], problems: tuple[Diagnostic, ...] = ()) -> model.Policy:
    """The model of a policy whose main file is the first unit.

    ``problems`` are the errors found while the files were read and parsed. Raises ``SpecError``
    with these and every error found here, if there is any.
    """
    symbols = collect(units, problems)
    resolver = Resolver(symbols)
    policy = with_deeds(resolver.policy())
    check_breaches(policy, symbols)
    check_division(policy, symbols, resolver.whole)
    if check_circles(policy, symbols):
        check_depth(policy, symbols)
    check_priorities(policy, symbols)
    if policy.rules and not (problems or symbols.problems):
        policy = _with_what_follows(policy, symbols)
    found = (*problems, *symbols.problems)
    if found:
        raise SpecError(found)
    return policy


def _with_what_follows(policy: model.Policy, symbols: Symbols) -> model.Policy:
    """The policy with the priorities that follow from its rules."""
    try:
        policy = with_rules(policy, policy.rules)
    except TooMany:
        place = policy.rules[0].place
        symbols.problem(
            "L13",
            place.source,
            place.span,
            f"The rules would settle more than {MOST_SETTLED} pairs of clauses, or more than "
            f"{MOST_COMPARED} would have to be compared.",
            "Declare priorities between clauses ('overrides'), or use an ordered list.",
        )
    check_priorities(policy, symbols)
    return policy


@dataclass
class Resolver:
    """Resolves the declarations of one policy."""

    symbols: Symbols
    expressions: ExpressionResolver = field(init=False)
    whole: set[str] = field(default_factory=set)
    """The definitions in which no error was found."""

    def __post_init__(self) -> None:
        self.expressions = ExpressionResolver(self.symbols)

    def policy(self) -> model.Policy:
        """The whole model; meaningful only if no problem was recorded."""
        declare_types(self.symbols)
        headers, vocabulary = DocumentResolver(self.symbols), FactResolver(self.symbols)
        documents, subject = headers.documents(), headers.subject()
        ambiguities = vocabulary.ambiguities()
        expressions = self.expressions
        expressions.readings.update(
            {name: tuple(r.name for r in each.readings) for name, each in ambiguities.items()}
        )
        expressions.facts.update(vocabulary.facts(subject))
        expressions.outputs.update(vocabulary.output_types())
        expressions.missing_day.update(headers.missing_days())
        definitions = DefinitionResolver(self.symbols, expressions, whole=self.whole)
        definitions.run()
        clauses = ClauseResolver(self.symbols, expressions, documents)
        clauses.run()
        name, title = headers.title()
        processes = ProcessResolver(self.symbols, expressions)
        processes.run()
        known = definitions.definitions
        return model.Policy(
            name=name,
            title=title,
            documents=documents,
            authorities=headers.authorities(),
            subject=subject,
            facts=dict(expressions.facts),
            definitions={name: known[name] for name in self.symbols.cases if name in known},
            assumptions=tuple(self._assumptions()),
            actions=vocabulary.actions(),
            resources=resources(self.symbols, expressions),
            decisions=self._decisions(),
            incapacities=tuple(self._incapacities()),
            settlements=tuple(self._settlements()),
            outputs=self._outputs(),
            clauses=clauses.clauses,
            groups=clauses.groups,
            priorities=tuple(clauses.priorities),
            processes=processes.processes,
            ambiguities=ambiguities,
            notes=clauses.notes,
            expectations=tuple(self._expectations()),
            events=TimeResolver(self.symbols).events(),
            rules=headers.rules(),
        )

    # --- shared ---------------------------------------------------------------------------

    def _when(self, unit: Unit, node: ast.Expression | None) -> Expr:
        return TRUE if node is None else self.expressions.condition(unit, node, Context())

    def _action_names(self, unit: Unit, names: tuple[ast.Name, ...]) -> tuple[str, ...]:
        found: dict[str, Place] = {}
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
                    Related(place=found[action], message="first listed here"),
                )
            found.setdefault(action, Place(unit.source, name.span))
        return tuple(found)

    def _outputs(self) -> dict[str, model.Output]:
        outputs: dict[str, model.Output] = {}
        for name, symbol in self.symbols.table.items():
            if not isinstance(symbol.node, ast.OutputDeclaration):
                continue
            when = self._when(symbol.unit, symbol.node.when)
            if name in self.expressions.outputs:
                outputs[name] = model.Output(
                    name=name,
                    type=self.expressions.outputs[name],
                    phrase=symbol.node.phrase.text if symbol.node.phrase else None,
                    when=when,
                    place=symbol.place,
                )
        return outputs

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
            most = len(node.actions)
            if node.count > most:
                bound = f"'{node.bound} {node.count}'"
                self.symbols.problem(
                    "L12",
                    symbol.unit.source,
                    node.name.span,
                    f"'{name}' lists {most} action{'' if most == 1 else 's'}, so {bound} "
                    + ("says nothing." if node.bound == "at most" else "can never be done."),
                    f"Choose a number up to {most}, or list more actions.",
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
            reach = node.form in ("reachable", "unreachable")
            condition = (
                self._reached(unit, node.condition)
                if reach
                else self.expressions.condition(unit, node.condition, context)
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

    def _reached(self, unit: Unit, node: ast.Expression) -> Expr:
        """The clause of which an expectation says that it can be reached, or not."""
        if isinstance(node, ast.Name):
            node = self.symbols.meant(unit, node)
        found = self.symbols.table.get(node.text) if isinstance(node, ast.Name) else None
        if found is not None and isinstance(found.node, ast.Clause):
            return model.ClauseApplies(
                clause=found.node.name.text, place=Place(unit.source, node.span)
            )
        if isinstance(node, ast.Name) and found is None:
            clauses = self.symbols.of_kind(ast.Clause)
            unknown(self.symbols, unit.source, node, "a clause", clauses)
        elif not isinstance(node, ast.Name) or node.text not in self.symbols.doubtful:
            self.symbols.problem(
                "L05",
                unit.source,
                node.span,
                "Only a clause can be reachable.",
                "Write 'expect sometimes CONDITION' to ask whether a condition ever holds.",
            )
        return TRUE
