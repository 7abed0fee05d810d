"""Names and types inside expressions: from syntax nodes to the model's expressions."""

from __future__ import annotations

from dataclasses import dataclass

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.model import Expr
from policy_dsl.resolve_arithmetic import ArithmeticResolver
from policy_dsl.resolve_base import Context, Failed, Signature, type_of_expression
from policy_dsl.resolve_comparison import OF_READINGS, ComparisonResolver
from policy_dsl.resolve_quantities import literal
from policy_dsl.resolve_types import described
from policy_dsl.resolve_unknown import Wanted, unknown
from policy_dsl.resolve_values import SetResolver
from policy_dsl.source import Place
from policy_dsl.symbols import Unit
from policy_dsl.types import Date, Enumeration, SetOf, Type, YesNo


@dataclass
class ExpressionResolver(ComparisonResolver, ArithmeticResolver, SetResolver):
    """Resolves the expressions of one policy. ``facts``, ``outputs``, ``readings`` and
    ``signatures`` are filled by the caller before the first expression that needs them."""

    def condition(self, unit: Unit, node: ast.Expression, context: Context) -> Expr:
        """An expression that must be true or false; ``model.TRUE`` itself after an error."""
        try:
            return self.as_condition(unit, node, self._expr(unit, node, context))
        except Failed:
            return model.TRUE

    def under(self, unit: Unit, node: ast.Expression | None) -> Expr | None:
        """A condition on readings, or None where it was left out."""
        return None if node is None else self.condition(unit, node, Context(readings=True))

    def value(self, unit: Unit, node: ast.Expression, context: Context, type_: Type) -> Expr:
        """An expression that must be a value of a type; a placeholder after an error."""
        try:
            return self._argument(unit, node, context, type_)
        except Failed:
            return model.Literal_(value=False, type=YesNo())

    def action(self, unit: Unit, name: ast.Name) -> str:
        """The name of a declared action. Raises ``Failed``."""
        found = self.symbols.table.get(name.text)
        if found is None or not isinstance(found.node, ast.ActionDeclaration):
            actions = self.symbols.of_kind(ast.ActionDeclaration)
            unknown(self.symbols, unit.source, name, "an action", actions)
            raise Failed
        return name.text

    # --- conditions -----------------------------------------------------------------------

    def as_condition(self, unit: Unit, node: ast.Expression, expr: Expr) -> Expr:
        """A resolved expression, if it is true or false. Raises ``Failed``."""
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
            words, type_ = self._words(unit, node), type_of_expression(expr)
            raise self._fail(
                unit,
                node,
                f"'{words}' is {described(type_)}, and a condition is needed.",
                _asking(words, type_),
            )
        return expr

    def _conditions(
        self, unit: Unit, nodes: tuple[ast.Expression, ...], context: Context
    ) -> tuple[Expr, ...]:
        found: list[Expr] = []
        failed = False
        for node in nodes:  # every operand is looked at, so that all errors are reported
            try:
                found.append(self.as_condition(unit, node, self._expr(unit, node, context)))
            except Failed:
                failed = True
        if failed:
            raise Failed
        return tuple(found)

    def _expr(self, unit: Unit, node: ast.Expression, context: Context) -> Expr:
        place = Place(unit.source, node.span)
        if context.readings and not isinstance(node, OF_READINGS):
            raise self._not_a_reading(unit, node)
        match node:
            case ast.Name():
                return self._name(unit, node, context)
            case ast.Number() | ast.DateValue():
                return literal(node, place)
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
                        "Name the clause that says it; only 'expect' asks what the policy says.",
                    )
                action = self.action(unit, node.action)
                return model.NormIs(state=node.modality, action=action, place=place)

    # --- names ----------------------------------------------------------------------------

    def _name(self, unit: Unit, node: ast.Name, context: Context) -> Expr:
        place = Place(unit.source, node.span)
        if node.text in context.parameters:
            type_ = context.parameters[node.text]
            if type_ is None:
                raise Failed
            return model.ParameterValue(parameter=node.text, type=type_, place=place)
        node = self.symbols.meant(unit, node)
        if node.text in self.symbols.doubtful:
            raise Failed
        found = self.symbols.table.get(node.text)
        match found.node if found else None:
            case ast.FactDeclaration():
                fact = self.facts[node.text]
                return model.FactValue(
                    fact=node.text, type=fact.type, optional=fact.optional, place=place
                )
            case ast.Define():
                signature = self.signatures.get(node.text)
                if signature is None:
                    raise Failed
                if signature.parameters:
                    raise self._fail(
                        unit,
                        node,
                        f"'{node.text}' takes {_values(len(signature.parameters))} in brackets.",
                        _called(node.text, signature),
                    )
                return model.DefinitionValue(definition=node.text, type=signature.type, place=place)
            case ast.Clause():
                return model.ClauseApplies(clause=node.text, place=place)
            case ast.OutputDeclaration() if context.outcomes:
                type_ = self.outputs[node.text]
                return model.OutputValue(output=node.text, type=type_, place=place)
        known = self.symbols.of_kind(ast.FactDeclaration, ast.Define, ast.Clause)
        wanted: Wanted = "a fact, definition or clause"
        if context.outcomes:
            known += self.outputs
            wanted = "a fact, definition, clause or output"
        unknown(self.symbols, unit.source, node, wanted, [*known, *context.parameters])
        raise Failed

    def _call(self, unit: Unit, node: ast.Call, context: Context) -> Expr:
        name = node.name.text
        signature = self.signatures.get(name)
        if signature is None or name in self.symbols.doubtful:
            if name not in self.symbols.cases:
                with_parameters = [n for n, s in self.signatures.items() if s.parameters]
                unknown(
                    self.symbols,
                    unit.source,
                    node.name,
                    "a definition with parameters",
                    with_parameters,
                )
            raise Failed
        if len(node.arguments) != len(signature.parameters):
            needed = len(signature.parameters)
            raise self._fail(
                unit,
                node,
                f"'{name}' takes {_values(needed)} in brackets, not {len(node.arguments)}.",
                _called(name, signature),
            )
        types = [type_ for _, type_ in signature.parameters]
        return model.DefinitionValue(
            definition=name,
            arguments=self._arguments(unit, node.arguments, context, types),
            type=signature.type,
            place=Place(unit.source, node.span),
        )


def _values(count: int) -> str:
    match count:
        case 0:
            return "no value"
        case 1:
            return "one value"
    return f"{count} values"


def _called(name: str, signature: Signature) -> str:
    """How a definition with its parameters is used."""
    if not signature.parameters:
        return f"Write '{name}' without brackets."
    parameters = ", ".join(parameter for parameter, _ in signature.parameters)
    return f"Write '{name}({parameters})', with a value in place of each name."


def _asking(words: str, type_: Type) -> str:
    """How something is asked of a value."""
    match type_:
        case Enumeration(values=(value, *_)):
            return f"Compare it with one of its values, such as: {words} is {value}"
        case SetOf(element=Enumeration(values=(value, *_))):
            return f"Ask what is in it, such as: {words} includes {value}"
    if isinstance(type_, Date):
        return f"Compare it with a date, such as: {words} is before 2020-12-31"
    return f"Compare it with a number, such as: {words} >= 1"
