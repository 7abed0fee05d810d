"""Sets and counted lists."""

from __future__ import annotations

from abc import abstractmethod

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.deeds import deed
from policy_dsl.model import Expr
from policy_dsl.resolve_base import Context, Failed, ResolverBase, type_of_expression
from policy_dsl.resolve_types import described, listed
from policy_dsl.source import Place
from policy_dsl.symbols import Unit
from policy_dsl.types import Enumeration, Integer, SetOf, YesNo


class SetResolver(ResolverBase):
    """Resolves what is said of sets, and lists of conditions."""

    @abstractmethod
    def action(self, unit: Unit, name: ast.Name) -> str:
        """The name of a declared action. Raises ``Failed``."""

    def _deed(self, unit: Unit, node: ast.IsTest) -> Expr:
        """That an action is done."""
        if not isinstance(node.operand, ast.Name):
            raise self._fail(
                unit,
                node,
                f"'{self._words(unit, node.operand)}' is not an action; only an action is done or "
                "not.",
                "Name one action: release is done",
            )
        place = Place(unit.source, node.span)
        name = deed(self.action(unit, node.operand))
        done = model.FactValue(fact=name, type=YesNo(), place=place)
        return model.Negation(operand=done, place=place) if node.negated else done

    def _broken(self, unit: Unit, node: ast.IsTest, context: Context) -> Expr:
        """That a clause is broken."""
        named = self._expr(unit, node.operand, context)
        if not isinstance(named, model.ClauseApplies):
            raise self._fail(
                unit,
                node,
                f"'{self._words(unit, node.operand)}' is not a clause; only a clause is broken or "
                "not.",
                "Name one clause: A.1 is broken. Of an action, ask whether it 'is done'.",
            )
        place = Place(unit.source, node.span)
        broken = model.ClauseBroken(clause=named.clause, place=place)
        return model.Negation(operand=broken, place=place) if node.negated else broken

    def _is_test(self, unit: Unit, node: ast.IsTest, context: Context) -> Expr:
        if node.test == "done":
            return self._deed(unit, node)
        if node.test == "broken":
            return self._broken(unit, node, context)
        operand = self._expr(unit, node.operand, context)
        place = Place(unit.source, node.span)
        if node.test == "empty":
            self._element(
                unit,
                node,
                operand,
                "Only a set can be empty. Whether a fact is known is asked with 'is established'.",
            )
            empty = model.IsEmpty(operand=operand, place=place)
            if not node.negated:
                return empty
            return self._not_empty(operand, place)
        if not isinstance(operand, model.FactValue):
            raise self._fail(
                unit,
                node,
                f"'{self._words(unit, node.operand)}' is not a fact; only a fact is established "
                "or not.",
                "Ask it of the facts on which this rests.",
            )
        if not operand.optional:
            raise self._fail(
                unit,
                node,
                f"'{operand.fact}' is always established.",
                f"Leave this out, or declare it as optional: {operand.fact} : optional ...",
            )
        known = model.Established(fact=operand.fact, place=place)
        return model.Negation(operand=known, place=place) if node.negated else known

    @staticmethod
    def _not_empty(operand: Expr, place: Place) -> Expr:
        """INVARIANT: this does not hold of a set that is not established."""
        some = model.Negation(operand=model.IsEmpty(operand=operand, place=place), place=place)
        match operand:
            case model.FactValue(optional=False):
                return some
            case model.FactValue():
                known = model.Established(fact=operand.fact, place=place)
                return model.AllOf(operands=(known, some), place=place)
        one = model.Literal_(value=1, type=Integer(1, 1), place=place)
        size = model.SizeOfSet(operand=operand, place=place)
        return model.Compare(sign=">=", left=size, right=one, place=place)

    def _element(self, unit: Unit, node: ast.Node, operand: Expr, remedy: str) -> Enumeration:
        """What a set is a set of. Raises ``Failed`` for what is no set."""
        found = type_of_expression(operand)
        if not isinstance(found, SetOf):
            inner = getattr(node, "operand", node)
            raise self._fail(
                unit,
                node,
                f"'{self._words(unit, inner)}' is {described(found)}, not a set.",
                remedy,
            )
        return found.element

    def _set(self, unit: Unit, node: ast.Includes | ast.SizeOf, context: Context) -> Expr:
        operand = self._expr(unit, node.operand, context)
        place = Place(unit.source, node.span)
        if isinstance(node, ast.SizeOf):
            self._element(unit, node, operand, "'number of' counts the members of a set.")
            return model.SizeOfSet(operand=operand, place=place)
        element = self._element(
            unit,
            node,
            operand,
            "Only a set includes values; other values are compared, with 'is', '=' or '<'.",
        )
        values = [self._member(unit, name, element) for name in node.values]
        if not all(values):
            raise Failed
        return model.Member(
            operand=operand,
            values=tuple(name.text for name in node.values),
            quantity=node.quantity or "all",
            place=place,
        )

    def _member(self, unit: Unit, name: ast.Name, element: Enumeration) -> bool:
        """Whether a name is one of the values that a set can have; reports it if not."""
        if name.text in element.values:
            return True
        if name.text not in self.symbols.table:
            self._not_a_value(unit, name, element)
        elif name.text not in self.symbols.doubtful:
            what = f"of the values of {element.name}"
            remedy = f"Its values are: {listed(element)}"
            self._fail(unit, name, f"'{name.text}' is not one {what}.", remedy)
        return False

    def _quantified(self, unit: Unit, node: ast.Quantified, context: Context) -> Expr:
        operands = self._conditions(unit, node.operands, context)
        place = Place(unit.source, node.span)
        most = len(operands)
        if node.count is not None and node.count > most:
            always = "always" if node.quantity == "at most" else "never"
            raise self._fail(
                unit,
                node,
                f"The list has {most} member{'' if most == 1 else 's'}, so "
                f"'{node.quantity} {node.count}' {always} holds.",
                f"Choose a number up to {most}, or list more.",
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
