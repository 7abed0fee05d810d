"""Conditions of a policy as Python: statements that work out, in order, what each depends on.

Names are numbered; text of a policy gets into the program through ``repr`` alone. The meaning is
that of ``policy_dsl.conditions``: what is not established is ``None``, and no comparison holds of
it. A definition is written once for each of the names that its arguments have, so that a chain of
definitions does not grow with what is put in for its parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from policy_dsl.conditions import SIGNS
from policy_dsl.deeds import breach
from policy_dsl.model import (
    AddMonths,
    AllOf,
    AnyOf,
    Clause,
    ClauseApplies,
    ClauseBroken,
    ClauseInScope,
    Compare,
    Counted,
    DefinitionValue,
    Established,
    Expr,
    FactValue,
    Implication,
    IsEmpty,
    Literal_,
    Member,
    Negation,
    ParameterValue,
    Policy,
    Product,
    ReadingIs,
    SetEffect,
    SizeOfSet,
    Sum,
)
from policy_dsl.references import deciding, rivals
from policy_dsl.types import Enumeration, SetOf, Value, YesNo

DEEPEST = 20
"""How deep an expression of the program is nested before a part of it gets a name of its own."""

MOST_STATEMENTS = 200_000
"""How many statements one function may have."""

_PYTHON = {"=": "==", "!=": "!="}
_SMALLEST_BITS = "(1 if {0} else 0)"


class CannotCompile(Exception):
    """Something that a compiled policy cannot say; the message says what."""


@dataclass
class Writer:
    """Writes the statements of one function. ``lines`` are those so far; a name is written once,
    and stands for the same in all that follows. Raises ``CannotCompile`` where there are too many.
    """

    policy: Policy
    constants: dict[str, str]
    parts: list[str]
    lines: list[str] = field(default_factory=list)
    _facts: dict[str, str] = field(default_factory=dict)
    _together: dict[str, str] = field(default_factory=dict)
    _readings: dict[str, str] = field(default_factory=dict)
    _known: dict[Expr, str] = field(default_factory=dict)
    _defined: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _given: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    """For each parameter of the definition that is being written, the name or value of what is put
    in for it, and whether that may not be established."""

    def test(self, expr: Expr) -> str:
        """A condition: true or not in the sense of Python."""
        return self._short(self._test(expr))

    def value(self, expr: Expr) -> str:
        """A value, exactly; of a condition True or False."""
        match expr:
            case Literal_(value=value):
                return self._literal(value)
            case FactValue(fact=fact):
                return self.fact(fact)
            case ParameterValue(parameter=parameter):
                return self._given[parameter][0]
            case DefinitionValue():
                return self._definition(expr)
            case Sum():
                return self._total(f"{{}} {expr.sign} {{}}", expr.left, expr.right)
            case Product(factor=factor):
                return self._total(f"{factor!r} * {{}}", expr.operand)
            case AddMonths(rounding=rounding):
                up = rounding == "up"
                return self._total(f"add_months({{}}, {{}}, {up})", expr.operand, expr.months)
            case SizeOfSet():
                return self._total("len({})", expr.operand)
            case _:
                return self._short(f"(True if {self._test(expr)} else False)")

    def _test(self, expr: Expr) -> str:
        match expr:
            case AllOf(operands=operands):
                return self._joined(" and ", operands, "True")
            case AnyOf(operands=operands):
                return self._joined(" or ", operands, "False")
            case Negation(operand=operand):
                return f"(not {self.test(operand)})"
            case Implication():
                return f"(not {self.test(expr.premise)} or {self.test(expr.conclusion)})"
            case Counted():
                return self._counted(expr)
            case Compare():
                return self._compare(expr)
            case Member():
                return self._member(expr)
            case IsEmpty(operand=operand):
                name = self._name(self.value(operand))
                return f"({self._lacks(expr.operand, name)}not {name})"
            case Established(fact=fact):
                return f"({self.fact(fact)} is not None)"
            case ReadingIs(ambiguity=ambiguity, reading=reading):
                return f"({self.reading(ambiguity)} == {reading!r})"
            case ClauseApplies() | ClauseInScope() | ClauseBroken():
                return self._clause(expr)
            case Literal_() | FactValue() | ParameterValue() | DefinitionValue():
                return self.value(expr)
            case _:
                raise CannotCompile(f"a condition of the kind {type(expr).__name__}")

    def _joined(self, word: str, operands: Sequence[Expr], empty: str) -> str:
        if not operands:
            return empty
        if len(operands) == 1:
            return self.test(operands[0])
        return f"({word.join(self.test(each) for each in operands)})"

    def _counted(self, expr: Counted) -> str:
        sign = {"at least": ">=", "at most": "<=", "exactly": "=="}[expr.bound]
        parts = [_SMALLEST_BITS.format(self.test(each)) for each in expr.operands]
        return f"({' + '.join(parts) or '0'} {sign} {expr.count!r})"

    def _compare(self, expr: Compare) -> str:
        assert expr.sign in SIGNS
        sign = _PYTHON.get(expr.sign, expr.sign)
        left, right = (self._name(self.value(each)) for each in (expr.left, expr.right))
        guards = [
            f"{name} is not None"
            for name, each in ((left, expr.left), (right, expr.right))
            if self._may_lack(each) and not (sign == "==" and self._is_set_value(expr))
        ]
        order = self._order(expr)
        if order is not None:
            left, right = f"{order}[{left}]", f"{order}[{right}]"
        return f"({' and '.join([*guards, f'{left} {sign} {right}'])})"

    @staticmethod
    def _is_set_value(expr: Compare) -> bool:
        """Whether one side is a plain value, to which None is never equal."""
        return any(
            isinstance(each, Literal_) and each.value is not None
            for each in (expr.left, expr.right)
        )

    def _order(self, expr: Compare) -> str | None:
        """The places of an ordered enumeration's values, where a comparison is about these."""
        if expr.sign in _PYTHON:
            return None
        for each in (expr.left, expr.right):
            type_ = getattr(each, "type", None)
            if isinstance(type_, Enumeration):
                places = {value: place for place, value in enumerate(type_.values)}
                return self._constant(repr(places))
        return None

    def _member(self, expr: Member) -> str:
        name = self._name(self.value(expr.operand))
        values = self._literal(frozenset(expr.values))
        match expr.quantity:
            case "any":
                test = f"not {values}.isdisjoint({name})"
            case "all":
                test = f"{values} <= {name}"
            case "none":
                test = f"{values}.isdisjoint({name})"
        return f"({self._lacks(expr.operand, name)}{test})"

    def _lacks(self, expr: Expr, name: str) -> str:
        """What goes before a test of a value that may not be established."""
        return f"{name} is not None and " if self._may_lack(expr) else ""

    def _total(self, form: str, *operands: Expr) -> str:
        names = [self._name(self.value(each)) for each in operands]
        lacking = [n for n, each in zip(names, operands, strict=True) if self._may_lack(each)]
        total = form.format(*names)
        if not lacking:
            return self._short(f"({total})")
        guard = " or ".join(f"{each} is None" for each in lacking)
        return self._short(f"(None if {guard} else {total})")

    def _may_lack(self, expr: Expr) -> bool:
        """Whether a value may not be established."""
        match expr:
            case FactValue(optional=optional):
                return optional
            case ParameterValue(parameter=parameter):
                return self._given[parameter][1]
            case DefinitionValue():
                return True
            case Sum() | Product() | AddMonths() | SizeOfSet():
                return any(self._may_lack(each) for each in expr.children())
            case _:
                return False

    # --- references -----------------------------------------------------------------------

    def _definition(self, expr: DefinitionValue) -> str:
        arguments = tuple(self._name(self.value(each)) for each in expr.arguments)
        found = self._defined.get((expr.definition, arguments))
        if found is None:
            definition = self.policy.definitions[expr.definition]
            lacking = [self._may_lack(each) for each in expr.arguments]
            outer = self._given
            self._given = {
                name: (given, lacks)
                for (name, _), given, lacks in zip(
                    definition.parameters, arguments, lacking, strict=True
                )
            }
            code = "None"
            for case in reversed(definition.cases):
                body = self._name(self.value(case.body))
                if case.under is None:
                    code = body
                else:
                    code = self._name(f"({body} if {self.test(case.under)} else {code})")
            self._given = outer
            found = self._assigned("d", code)
            self._defined[expr.definition, arguments] = found
        return found

    def _clause(self, expr: ClauseApplies | ClauseInScope | ClauseBroken) -> str:
        found = self._known.get(expr)
        if found is None:
            clause = self.policy.clauses[expr.clause]
            match expr:
                case ClauseInScope():
                    code = f"(True if {self._scope(clause)} else False)"
                case ClauseApplies():
                    barred = [f"not {self.test(each.condition)}" for each in clause.exceptions]
                    scope = self._clause(ClauseInScope(clause=expr.clause))
                    code = " and ".join([scope, *barred])
                    code = f"(True if {code} else False)" if barred else scope
                case ClauseBroken():
                    code = f"(True if {self._broken(expr.clause)} else False)"
            found = self._known[expr] = self._assigned("c", code)
        return found

    def _scope(self, clause: Clause) -> str:
        under = () if clause.under is None else (clause.under,)
        return self._joined(
            " and ", (*under, *(each.condition for each in clause.requirements)), "True"
        )

    def _broken(self, clause: str) -> str:
        """That a clause is in force, by what could defeat it, and what is done is otherwise."""
        policy = self.policy
        involved = [clause, *rivals(policy, [clause])]
        order = list(policy.clauses)
        bits = [
            f"({self._clause(ClauseApplies(clause=each))} << {order.index(each)})"
            for each in involved
        ]
        scopes = []
        for at, decision in enumerate(policy.decisions.values()):
            if any(each is decision for each in deciding(policy, set(involved))):
                limbs = () if decision.under is None else (decision.under,)
                whole = self.value(AllOf(operands=(*limbs, decision.when)))
                scopes.append(f"({whole} << {at})")
        slots = []
        for each in order:
            for effect in policy.clauses[each].effects:
                if isinstance(effect, SetEffect):
                    slots.append(self.value(effect.value) if each in involved else "None")
        if clause not in self.parts:
            self.parts.append(clause)
        values = f"({', '.join(slots)},)" if slots else "()"
        mask, scope = " | ".join(bits), " | ".join(scopes) or "0"
        part, place = self.parts.index(clause), order.index(clause)
        forced = f"oracle.forced({part}, {place}, {mask}, {scope}, {values})"
        return f"{self.test(breach(policy, clause))} and {forced}"

    # --- names ----------------------------------------------------------------------------

    def fact(self, name: str) -> str:
        """The name of a fact's value."""
        found = self._facts.get(name)
        if found is None:
            fact = self.policy.facts[name]
            if isinstance(fact.type, YesNo) and not fact.optional:
                found = f"y{len(self._together)}"
                self._together[name] = found
            else:
                read = f"facts.get({name!r})" if fact.optional else f"facts[{name!r}]"
                if isinstance(fact.type, SetOf):
                    read = f"_set({read})"
                if isinstance(fact.type, YesNo):
                    read = f"_YES_NO[{read}]"
                found = self._assigned("f", read)
            self._facts[name] = found
        return found

    def statements(self) -> list[str]:
        """All statements. Facts that are true or false are read first, all at once, which takes
        half the time of one by one."""
        if len(self._together) < 2:
            reads = [f"{name} = _YES_NO[facts[{fact!r}]]" for fact, name in self._together.items()]
        else:
            read = self._constant(f"itemgetter({', '.join(map(repr, self._together))})")
            reads = [
                f"given = {read}(facts)",
                "if not _TRUTHS.issuperset(given):",
                "    given = [_YES_NO[each] for each in given]",
                f"{', '.join(self._together.values())} = given",
            ]
        return [*reads, *self.lines]

    def reading(self, ambiguity: str) -> str:
        """The name of an ambiguity's reading."""
        found = self._readings.get(ambiguity)
        if found is None:
            found = self._readings[ambiguity] = self._assigned("r", f"readings[{ambiguity!r}]")
        return found

    def _assigned(self, kind: str, code: str) -> str:
        found = code if code.isidentifier() else self._names.get(code)
        if found is None:
            if len(self.lines) >= MOST_STATEMENTS:
                raise CannotCompile(f"more than {MOST_STATEMENTS} statements")
            found = self._names[code] = f"{kind}{len(self.lines)}"
            self.lines.append(f"{found} = {code}")
        return found

    def _name(self, code: str) -> str:
        """A name or plain value for a piece of code, which may then be used twice."""
        plain = code.isidentifier() or code.lstrip("-").isdigit() or code[0] in "'\""
        return code if plain else self._assigned("t", code)

    def _short(self, code: str) -> str:
        return code if _depth(code) < DEEPEST else self._assigned("t", code)

    def _literal(self, value: Value) -> str:
        if isinstance(value, frozenset):
            return self._constant(f"frozenset({tuple(sorted(value))!r})")
        return repr(value)

    def _constant(self, code: str) -> str:
        return self.constants.setdefault(code, f"K{len(self.constants)}")


def _depth(code: str) -> int:
    deepest = depth = 0
    for each in code:
        if each == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif each == ")":
            depth -= 1
    return deepest
