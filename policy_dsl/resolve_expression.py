"""Names and types inside expressions: from syntax nodes to the model's expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Code, did_you_mean
from policy_dsl.model import Expr
from policy_dsl.source import Place
from policy_dsl.symbols import Symbols, Unit
from policy_dsl.types import Enumeration, Integer, SetOf, Type, YesNo, contains


@dataclass(frozen=True)
class Signature:
    """What the resolver needs to know of a definition before its body is resolved."""

    parameters: tuple[tuple[str, Type], ...]
    type: Type


@dataclass(frozen=True, kw_only=True)
class Context:
    """Which names may stand in an expression besides facts, definitions and clauses."""

    parameters: Mapping[str, Type] = field(default_factory=dict)
    outcomes: bool = False
    readings: bool = False


class Failed(Exception):
    """An expression could not be resolved; its error is already recorded."""


@dataclass
class ExpressionResolver:
    """Resolves the expressions of one policy. ``facts``, ``outputs`` and ``signatures`` are
    filled by the caller before the first expression that needs them."""

    symbols: Symbols
    facts: dict[str, model.Fact] = field(default_factory=dict)
    outputs: dict[str, Type] = field(default_factory=dict)
    signatures: dict[str, Signature] = field(default_factory=dict)
    readings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    define: Callable[[str, Unit, ast.Node], Signature | None] = field(
        default=lambda _name, _unit, _node: None
    )

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

    # --- errors ---------------------------------------------------------------------------

    def _fail(
        self, unit: Unit, node: ast.Node, message: str, remedy: str, code: Code = "L05"
    ) -> Failed:
        self.symbols.problem(code, unit.source, node.span, message, remedy)
        return Failed()

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
                f"'{self._words(unit, node)}' is a value ({_type(expr)}), not a condition.",
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

    @staticmethod
    def _words(unit: Unit, node: ast.Node) -> str:
        words = " ".join(unit.source.text[node.span.start : node.span.end].split())
        return words if len(words) <= 60 else words[:57] + "..."

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

    # --- comparisons ----------------------------------------------------------------------

    def _against(self, unit: Unit, node: ast.Expression, context: Context, type_: Type) -> Expr:
        """Resolve an expression where a value of a type is expected: a bare name may then be
        one of the values of an enumeration."""
        if isinstance(node, ast.Name) and isinstance(type_, Enumeration):
            place = Place(unit.source, node.span)
            if node.text in type_.values:
                return model.Literal_(value=node.text, type=type_, place=place)
            declared = node.text in self.symbols.table or node.text in context.parameters
            if not declared and node.text not in self.symbols.broken:
                near = did_you_mean(node.text, type_.values)
                remedy = (
                    f"Did you mean '{near}'?"
                    if near
                    else ("Its values are: " + ", ".join(type_.values[:12]) + ".")
                )
                raise self._fail(
                    unit, node, f"'{node.text}' is not a value of {type_}.", remedy, "L03"
                )
        return self._expr(unit, node, context)

    def _same_type(self, unit: Unit, node: ast.Node, expr: Expr, wanted: Type) -> None:
        found = _type(expr)
        match wanted, found:
            case Integer(), Integer():
                if wanted.unit and found.unit and wanted.unit != found.unit:
                    raise self._fail(
                        unit,
                        node,
                        f"This is in {found.unit}; here {wanted.unit} are needed.",
                        "Use one unit on both sides.",
                    )
                value = expr.value if isinstance(expr, model.Literal_) else None
                if value is not None and not contains(wanted, value):
                    raise self._fail(
                        unit,
                        node,
                        f"{value} lies outside {wanted}.",
                        "Choose a number inside the range, or widen the range.",
                        "L12",
                    )
            case _ if wanted != found:
                raise self._fail(
                    unit, node, f"This is {found}; here {wanted} is needed.", "Mend the type."
                )

    def _comparison(self, unit: Unit, node: ast.Comparison, context: Context) -> Expr:
        reading = self._reading(unit, node, context)
        if reading is not None:
            return reading
        left = self._expr(unit, node.left, context)
        type_ = _type(left)
        right = self._against(unit, node.right, context, type_)
        return self.compare(unit, node, node.sign, left, right)

    def compare(self, unit: Unit, node: ast.Node, sign: str, left: Expr, right: Expr) -> Expr:
        """A comparison of two resolved values, after their types were found to fit."""
        type_ = _type(left)
        place = Place(unit.source, node.span)
        bounds = Integer(unit=type_.unit) if isinstance(type_, Integer) else type_
        self._same_type(unit, node, right, bounds)
        if isinstance(type_, SetOf):
            raise self._fail(
                unit,
                node,
                "Sets are not compared with each other.",
                "Write 'SET includes VALUE', 'SET includes any of (...)' or 'SET is empty'.",
            )
        exact = cast(model.CompareSign, {"is": "=", "is not": "!="}.get(sign, sign))
        if exact not in ("=", "!=") and not isinstance(type_, Integer):
            raise self._fail(
                unit, node, f"'{sign}' compares numbers, and this is {type_}.", "Write 'is'."
            )
        if isinstance(type_, YesNo):
            optional = isinstance(left, model.FactValue) and left.optional
            if not _plain(left) or not _plain(right):
                raise self._fail(
                    unit,
                    node,
                    "Conditions are not compared with 'is'.",
                    "Write the condition itself, or 'not' before it.",
                )
            if isinstance(right, model.Literal_) and not optional:
                holds = bool(right.value) == (exact == "=")
                return left if holds else model.Negation(operand=left, place=place)
        return model.Compare(sign=exact, left=left, right=right, place=place)

    def _reading(self, unit: Unit, node: ast.Comparison, context: Context) -> Expr | None:
        if not isinstance(node.left, ast.Name) or node.left.text not in self.readings:
            return None
        name = node.left.text
        if not context.readings:
            raise self._fail(
                unit,
                node,
                f"'{name}' is an ambiguity; readings stand only after 'under'.",
                f"Write 'under {name} is ...' on a line of its own.",
            )
        known = self.readings[name]
        reading = node.right.text if isinstance(node.right, ast.Name) else ""
        if node.sign not in ("is", "is not") or reading not in known:
            near = did_you_mean(reading, known)
            raise self._fail(
                unit,
                node.right,
                f"'{self._words(unit, node.right)}' is not a reading of '{name}'.",
                f"Did you mean '{near}'?" if near else "Its readings are: " + ", ".join(known),
                "L03",
            )
        place = Place(unit.source, node.span)
        chosen = model.ReadingIs(ambiguity=name, reading=reading, place=place)
        return chosen if node.sign == "is" else model.Negation(operand=chosen, place=place)

    def _one_of(self, unit: Unit, node: ast.OneOf, context: Context) -> Expr:
        sign = "is not" if node.negated else "is"
        limbs = tuple(
            self._comparison(
                unit,
                ast.Comparison(
                    sign=cast(ast.ComparisonSign, sign),
                    left=node.operand,
                    right=value,
                    span=node.operand.span.to(value.span),
                ),
                context,
            )
            for value in node.values
        )
        place = Place(unit.source, node.span)
        if node.negated:
            return model.AllOf(operands=limbs, place=place)
        return model.AnyOf(operands=limbs, place=place)

    def _is_test(self, unit: Unit, node: ast.IsTest, context: Context) -> Expr:
        operand = self._expr(unit, node.operand, context)
        place = Place(unit.source, node.span)
        if node.test == "empty":
            empty = model.IsEmpty(operand=self._a_set(unit, node, operand), place=place)
            if not node.negated:
                return empty
            some = model.Negation(operand=empty, place=place)
            if isinstance(operand, model.FactValue) and operand.optional:
                known = model.Established(fact=operand.fact, place=place)
                return model.AllOf(operands=(known, some), place=place)
            return some
        if not isinstance(operand, model.FactValue) or not operand.optional:
            raise self._fail(
                unit,
                node,
                f"'{self._words(unit, node.operand)}' is always established.",
                "Only facts declared 'optional' can be not established.",
            )
        known = model.Established(fact=operand.fact, place=place)
        return model.Negation(operand=known, place=place) if node.negated else known

    # --- sets, counts, numbers ------------------------------------------------------------

    def _a_set(self, unit: Unit, node: ast.Node, operand: Expr) -> Expr:
        if not isinstance(_type(operand), SetOf):
            raise self._fail(
                unit, node, f"This is {_type(operand)}, not a set.", "Use 'is' to compare it."
            )
        return operand

    def _set(self, unit: Unit, node: ast.Includes | ast.SizeOf, context: Context) -> Expr:
        operand = self._a_set(unit, node, self._expr(unit, node.operand, context))
        place = Place(unit.source, node.span)
        if isinstance(node, ast.SizeOf):
            return model.SizeOfSet(operand=operand, place=place)
        element = cast(SetOf, _type(operand)).element
        values = []
        for name in node.values:
            literal = self._against(unit, name, context, element)
            if not isinstance(literal, model.Literal_):
                raise self._fail(
                    unit,
                    name,
                    f"'{name.text}' is not a value of {element}.",
                    "Its values are: " + ", ".join(element.values[:12]) + ".",
                )
            values.append(name.text)
        return model.Member(
            operand=operand, values=tuple(values), quantity=node.quantity or "all", place=place
        )

    def _quantified(self, unit: Unit, node: ast.Quantified, context: Context) -> Expr:
        operands = self._conditions(unit, node.operands, context)
        place = Place(unit.source, node.span)
        if node.count is not None and node.count > len(operands):
            raise self._fail(
                unit,
                node,
                f"The list has {len(operands)} member(s), so '{node.quantity} {node.count}' says "
                "nothing.",
                f"Choose a number up to {len(operands)}.",
                "L12",
            )
        match node.quantity:
            case "any":
                return model.AnyOf(operands=operands, place=place)
            case "all":
                return model.AllOf(operands=operands, place=place)
            case "none":
                some = model.AnyOf(operands=operands, place=place)
                return model.Negation(operand=some, place=place)
            case "at least" | "at most" | "exactly":
                return model.Counted(
                    bound=node.quantity, count=node.count or 0, operands=operands, place=place
                )

    def _arithmetic(
        self, unit: Unit, node: ast.Arithmetic | ast.Negative, context: Context
    ) -> Expr:
        place = Place(unit.source, node.span)
        if isinstance(node, ast.Negative):
            operand = self._number(unit, node.operand, context)
            if isinstance(operand, model.Literal_):
                value = -cast(int, operand.value)
                unit_ = cast(Integer, operand.type).unit
                return model.Literal_(value=value, type=Integer(value, value, unit_), place=place)
            return model.Product(factor=-1, operand=operand, place=place)
        left = self._number(unit, node.left, context)
        right = self._number(unit, node.right, context)
        if node.sign == "*":
            for factor, operand in ((left, right), (right, left)):
                if isinstance(factor, model.Literal_):
                    by = cast(int, factor.value)
                    return model.Product(factor=by, operand=operand, place=place)
            raise self._fail(
                unit,
                node,
                "Two values of a case cannot be multiplied with each other.",
                "One side of '*' must be a plain number.",
            )
        mine, other = cast(Integer, _type(left)).unit, cast(Integer, _type(right)).unit
        if mine and other and mine != other:
            raise self._fail(
                unit, node, f"{mine} and {other} cannot be added.", "Use one unit on both sides."
            )
        return model.Sum(sign=node.sign, left=left, right=right, place=place)

    def _number(self, unit: Unit, node: ast.Expression, context: Context) -> Expr:
        expr = self._expr(unit, node, context)
        if not isinstance(_type(expr), Integer):
            raise self._fail(
                unit,
                node,
                f"'{self._words(unit, node)}' is {_type(expr)}, not a number.",
                "Only numbers can be added, subtracted or multiplied.",
            )
        return expr


def _plain(expr: Expr) -> bool:
    return isinstance(
        expr,
        model.Literal_
        | model.FactValue
        | model.ParameterValue
        | model.DefinitionValue
        | model.OutputValue,
    )


def _type(expr: Expr) -> Type:
    """The type of a resolved expression; conditions are yes/no."""
    match expr:
        case (
            model.Literal_()
            | model.FactValue()
            | model.ParameterValue()
            | model.DefinitionValue()
            | model.OutputValue()
        ):
            return expr.type
        case model.Sum():
            left, right = _type(expr.left), _type(expr.right)
            assert isinstance(left, Integer) and isinstance(right, Integer)
            return Integer(unit=left.unit or right.unit)
        case model.Product():
            inner = _type(expr.operand)
            assert isinstance(inner, Integer)
            return Integer(unit=inner.unit)
        case model.SizeOfSet():
            return Integer(low=0)
    return YesNo()


type_of_expression = _type
