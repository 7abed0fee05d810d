"""Names and types inside expressions: from syntax nodes to the model's expressions."""

from __future__ import annotations

from dataclasses import dataclass

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.model import Expr
from policy_dsl.resolve_base import Context, Failed, type_of_expression
from policy_dsl.resolve_comparison import ComparisonResolver
from policy_dsl.resolve_values import SetAndNumberResolver
from policy_dsl.source import Place
from policy_dsl.symbols import Unit
from policy_dsl.types import Integer, Type, YesNo


@dataclass
class ExpressionResolver(ComparisonResolver, SetAndNumberResolver):
    """Resolves the expressions of one policy. ``facts``, ``outputs`` and ``readings`` are filled,
    and ``define`` is set, by the caller before the first expression that needs them."""

    def condition(self, unit: Unit, node: ast.Expression, context: Context) -> Expr:
        """An expression that must be true or false; TRUE after an error."""
        try:
            return self._condition(unit, node, context)
        except Failed:
            return model.TRUE

    def under(self, unit: Unit, node: ast.Expression | None) -> Expr | None:
        """A condition on readings, or None where it was left out."""
        return None if node is None else self.condition(unit, node, Context(readings=True))

    def value(self, unit: Unit, node: ast.Expression, context: Context, type_: Type) -> Expr:
        """An expression that must be a value of a type; a placeholder after an error."""
        try:
            expr = self._against(unit, node, context, type_)
            self._same_type(unit, node, expr, type_)
        except Failed:
            return model.Literal_(value=False, type=YesNo())
        return expr

    def term(self, unit: Unit, node: ast.Expression, context: Context) -> Expr | None:
        """An expression of any type; None after an error."""
        try:
            return self._expr(unit, node, context)
        except Failed:
            return None

    # --- conditions -----------------------------------------------------------------------

    def _condition(self, unit: Unit, node: ast.Expression, context: Context) -> Expr:
        expr = self._expr(unit, node, context)
        if isinstance(expr, model.FactValue) and expr.optional and isinstance(expr.type, YesNo):
            name = expr.fact
            raise self._fail(
                unit,
                node,
                f"'{name}' may be not established, so '{name}' alone can be read in two ways.",
                f"Write '{name} is yes', '{name} is no', '{name} is established' or "
                f"'{name} is not established'.",
            )
        if not model.is_condition(expr):
            raise self._fail(
                unit,
                node,
                f"'{self._words(unit, node)}' is a value ({type_of_expression(expr)}), "
                "not a condition.",
                "Compare it with something: '... is VALUE' or '... < NUMBER'.",
            )
        return expr

    def _conditions(
        self, unit: Unit, nodes: tuple[ast.Expression, ...], context: Context
    ) -> tuple[Expr, ...]:
        found: list[Expr] = []
        failed = False
        for node in nodes:  # every operand is looked at, so that all errors are reported
            try:
                found.append(self._condition(unit, node, context))
            except Failed:
                failed = True
        if failed:
            raise Failed
        return tuple(found)

    def _expr(self, unit: Unit, node: ast.Expression, context: Context) -> Expr:
        place = Place(unit.source, node.span)
        match node:
            case ast.Name():
                return self._name(unit, node, context)
            case ast.Number():
                type_ = Integer(node.value, node.value, node.unit)
                return model.Literal_(value=node.value, type=type_, place=place)
            case ast.YesOrNo():
                return model.Literal_(value=node.value, type=YesNo(), place=place)
            case ast.Call():
                return self._call(unit, node, context)
            case ast.Not():
                (operand,) = self._conditions(unit, (node.operand,), context)
                return model.Negation(operand=operand, place=place)
            case ast.And():
                operands = self._conditions(unit, node.operands, context)
                return model.AllOf(operands=operands, place=place)
            case ast.Or():
                operands = self._conditions(unit, node.operands, context)
                return model.AnyOf(operands=operands, place=place)
            case ast.Implies():
                premise, conclusion = self._conditions(
                    unit, (node.premise, node.conclusion), context
                )
                return model.Implication(premise=premise, conclusion=conclusion, place=place)
            case ast.Quantified():
                return self._quantified(unit, node, context)
            case ast.Comparison():
                return self._comparison(unit, node, context)
            case ast.OneOf():
                return self._one_of(unit, node, context)
            case ast.Includes() | ast.SizeOf():
                return self._set(unit, node, context)
            case ast.IsTest():
                return self._is_test(unit, node, context)
            case ast.Arithmetic() | ast.Negative():
                return self._arithmetic(unit, node, context)
            case ast.NormHolds():
                if not context.outcomes:
                    raise self._fail(
                        unit,
                        node,
                        "What the policy says of an action cannot be a condition here.",
                        "Refer to the clause by its name; norms can be asked for in 'expect'.",
                    )
                action = self.action(unit, node.action)
                return model.NormIs(state=node.modality, action=action, place=place)

    def action(self, unit: Unit, name: ast.Name) -> str:
        """The name of a declared action."""
        found = self.symbols.table.get(name.text)
        if found is None or not isinstance(found.node, ast.ActionDeclaration):
            actions = self.symbols.of_kind(ast.ActionDeclaration)
            self.symbols.unknown(unit.source, name, "an action", actions)
            raise Failed
        return name.text

    # --- names ----------------------------------------------------------------------------

    def _name(self, unit: Unit, node: ast.Name, context: Context) -> Expr:
        place = Place(unit.source, node.span)
        if node.text in context.parameters:
            type_ = context.parameters[node.text]
            return model.ParameterValue(parameter=node.text, type=type_, place=place)
        found = self.symbols.table.get(node.text)
        match found.node if found else None:
            case ast.FactDeclaration() if node.text in self.facts:
                fact = self.facts[node.text]
                return model.FactValue(
                    fact=node.text, type=fact.type, optional=fact.optional, place=place
                )
            case ast.Define():
                signature = self.define(node.text, unit, node)
                if signature is None:
                    raise Failed
                if signature.parameters:
                    raise self._fail(
                        unit,
                        node,
                        f"'{node.text}' needs {len(signature.parameters)} value(s) in brackets.",
                        f"Write '{node.text}(...)'.",
                    )
                return model.DefinitionValue(definition=node.text, type=signature.type, place=place)
            case ast.Clause():
                return model.ClauseApplies(clause=node.text, place=place)
            case ast.OutputDeclaration() if context.outcomes:
                type_ = self.outputs[node.text]
                return model.OutputValue(output=node.text, type=type_, place=place)
            case ast.Ambiguity() if context.readings:
                raise self._fail(
                    unit,
                    node,
                    f"'{node.text}' is an ambiguity: say which reading.",
                    f"Write '{node.text} is {self.readings[node.text][0]}'.",
                )
        known = self.symbols.of_kind(ast.FactDeclaration, ast.Define, ast.Clause)
        if context.readings:
            known = [*self.readings]
        wanted = "a reading" if context.readings else "a fact, definition or clause"
        self.symbols.unknown(unit.source, node, wanted, [*known, *context.parameters])
        raise Failed

    def _call(self, unit: Unit, node: ast.Call, context: Context) -> Expr:
        signature = self.define(node.name.text, unit, node)
        if signature is None:
            if node.name.text not in self.symbols.cases:
                with_parameters = [n for n, s in self.signatures.items() if s.parameters]
                self.symbols.unknown(
                    unit.source, node.name, "a definition with parameters", with_parameters
                )
            raise Failed
        if len(node.arguments) != len(signature.parameters):
            raise self._fail(
                unit,
                node,
                f"'{node.name.text}' takes {len(signature.parameters)} value(s), not "
                f"{len(node.arguments)}.",
                "Give one value for each parameter: "
                + ", ".join(f"{name} : {type_}" for name, type_ in signature.parameters),
            )
        arguments = []
        for argument, (_, type_) in zip(node.arguments, signature.parameters, strict=True):
            expr = self._against(unit, argument, context, type_)
            self._same_type(unit, argument, expr, type_)
            arguments.append(expr)
        return model.DefinitionValue(
            definition=node.name.text,
            arguments=tuple(arguments),
            type=signature.type,
            place=Place(unit.source, node.span),
        )
