"""The encoding of conditions: from the model's expressions to a solver's terms.

INVARIANT: for every case, a condition's term is true exactly when ``policy_dsl.conditions`` says
that the condition holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import cast

from policy_dsl import model
from policy_dsl.deeds import breach
from policy_dsl.model import Expr
from verifier import names
from verifier.encode_values import NO_ARGUMENTS, Arguments, Encoded, ValueEncoder
from verifier.linear import Interval, solved
from verifier.solvers.backend import Term


@dataclass
class ConditionEncoder(ValueEncoder):
    """Encodes conditions of one policy into one backend."""

    _conditions: dict[int, tuple[Expr, Term]] = field(default_factory=dict)

    def condition(self, expr: Expr, arguments: Arguments = NO_ARGUMENTS) -> Term:
        """The term of a condition."""
        if arguments:
            return self._condition(expr, arguments)
        found = self._conditions.get(id(expr))
        if found is None:
            found = (expr, self._condition(expr, arguments))
            self._conditions[id(expr)] = found
        return found[1]

    def _condition(self, expr: Expr, arguments: Arguments) -> Term:
        b = self.backend
        output = next(outputs_in(expr), None) if self.policy.outputs else None
        if output is not None:
            return self._for_some_value(expr, output)

        def inner(operands: Sequence[Expr]) -> list[Term]:
            return [self.condition(each, arguments) for each in operands]

        match expr:
            case model.Negation():
                return b.neg(self.condition(expr.operand, arguments))
            case model.AllOf():
                return b.conj(inner(expr.operands))
            case model.AnyOf():
                return b.disj(inner(expr.operands))
            case model.Implication():
                premise, conclusion = inner((expr.premise, expr.conclusion))
                return b.disj([b.neg(premise), conclusion])
            case model.Counted():
                return self._counted(expr, inner(expr.operands))
            case model.Compare():
                return self._compare(expr, arguments)
            case model.Member() | model.IsEmpty():
                return self._set_test(expr, arguments)
            case model.Established():
                return b.boolean(names.established(expr.fact))
            case model.ClauseApplies():
                return b.boolean(names.applies(expr.clause))
            case model.ClauseInScope():
                return b.boolean(names.in_scope(expr.clause))
            case model.ClauseBroken():
                otherwise = self.condition(breach(self.policy, expr.clause))
                return b.conj([b.boolean(names.in_force(expr.clause)), otherwise])
            case model.ReadingIs():
                return b.boolean(names.reading(expr.ambiguity, expr.reading))
            case model.NormIs():
                return self._norm(expr)
            case _:
                value = self.value(expr, arguments)
                return b.conj([*value.known, cast(Term, value.yes)])

    def _counted(self, expr: model.Counted, terms: list[Term]) -> Term:
        b = self.backend
        match expr.bound:
            case "at least":
                return b.at_least(expr.count, terms)
            case "at most":
                return b.at_most(expr.count, terms)
            case "exactly":
                return b.conj([b.at_least(expr.count, terms), b.at_most(expr.count, terms)])

    def _norm(self, expr: model.NormIs) -> Term:
        b = self.backend
        match expr.state:
            case "must":
                return b.boolean(names.binding("oblige", expr.action))
            case "must not":
                return b.boolean(names.binding("forbid", expr.action))
            case "should":
                return b.boolean(names.effect("oblige", expr.action))
            case "should not":
                return b.boolean(names.effect("forbid", expr.action))
            case "may":
                return b.boolean(names.effect("permit", expr.action))
            case "need not":
                return b.boolean(names.effect("release", expr.action))
            case "silent on":
                return b.neg(b.boolean(names.spoken(expr.action)))

    def _compare(self, expr: model.Compare, arguments: Arguments) -> Term:
        found = solved(self.policy, expr.left, expr.sign, expr.right)
        if found is not None:
            return self._between(*found, expr.sign == "!=", arguments)
        left, right = self.value(expr.left, arguments), self.value(expr.right, arguments)
        return self.backend.conj([*left.known, *right.known, self.relate(expr.sign, left, right)])

    def _between(self, expr: Expr, span: Interval, outside: bool, arguments: Arguments) -> Term:
        """A number lies in an interval, or outside it."""
        b = self.backend
        value = self.value(expr, arguments)
        number, (low, high) = cast(Term, value.number), span
        inside = []
        if isinstance(low, int):
            inside.append(b.neg(b.less(number, b.number(low))))
        if isinstance(high, int):
            inside.append(b.neg(b.less(b.number(high), number)))
        test = b.conj(inside)
        return b.conj([*value.known, b.neg(test) if outside else test])

    def relate(self, sign: model.CompareSign, left: Encoded, right: Encoded) -> Term:
        """Whether two values, taken as established, stand in a relation."""
        b = self.backend
        if left.number is not None:
            one, two = left.number, cast(Term, right.number)
            match sign:
                case "=" | "!=":
                    same = b.equal(one, two)
                case "<":
                    return b.less(one, two)
                case ">":
                    return b.less(two, one)
                case "<=":
                    return b.neg(b.less(two, one))
                case ">=":
                    return b.neg(b.less(one, two))
        elif left.options is not None:
            others = cast(Mapping[str, Term], right.options)
            match sign:
                case "<":
                    return self._lower(left.options, others)
                case ">":
                    return self._lower(others, left.options)
                case "<=":
                    return b.neg(self._lower(others, left.options))
                case ">=":
                    return b.neg(self._lower(left.options, others))
            same = b.disj([b.conj([term, others[v]]) for v, term in left.options.items()])
        else:
            same = b.iff(cast(Term, left.yes), cast(Term, right.yes))
        return same if sign == "=" else b.neg(same)

    def _lower(self, one: Mapping[str, Term], other: Mapping[str, Term]) -> Term:
        """Of two values of an ordered enumeration, the first stands lower in its list."""
        b = self.backend
        limbs: list[Term] = []
        above = b.truth(False)
        for value in reversed(list(one)):
            limbs.append(b.conj([one[value], above]))
            above = b.disj([other[value], above])
        return b.disj(limbs)

    def _for_some_value(self, expr: Expr, output: model.OutputValue) -> Term:
        """A condition about an output holds when it does for a value that a clause sets."""
        limbs = []
        for clause in self.policy.clauses.values():
            for effect in clause.effects:
                if isinstance(effect, model.SetEffect) and effect.output == output.output:
                    named = self.backend.boolean(names.sets_value(clause.name, effect.output))
                    instance = put_value(expr, output, effect.value)
                    limbs.append(self.backend.conj([named, self._condition(instance, {})]))
        return self.backend.disj(limbs)

    def _set_test(self, expr: model.Member | model.IsEmpty, arguments: Arguments) -> Term:
        b = self.backend
        value = self.value(expr.operand, arguments)
        members = cast(Mapping[str, Term], value.members)
        if isinstance(expr, model.IsEmpty):
            return b.conj([*value.known, b.neg(b.disj(list(members.values())))])
        chosen = [members[each] for each in expr.values]
        match expr.quantity:
            case "all":
                test = b.conj(chosen)
            case "any":
                test = b.disj(chosen)
            case "none":
                test = b.neg(b.disj(chosen))
        return b.conj([*value.known, test])


_VALUES = (model.Sum, model.Product, model.AddMonths, model.SizeOfSet, model.DefinitionValue)
"""Values that are made of values."""


def outputs_in(condition: Expr) -> Iterator[model.OutputValue]:
    """The outputs that a condition is about; those in a condition inside it are that one's."""
    parts: list[Expr] = [condition] if isinstance(condition, model.OutputValue) else []
    if isinstance(condition, (model.Compare, model.Member, model.IsEmpty, *_VALUES)):
        parts += condition.children()
    for part in parts:
        if isinstance(part, model.OutputValue):
            yield part
        elif isinstance(part, _VALUES):
            yield from outputs_in(part)


def put_value(expr: Expr, output: model.OutputValue, value: Expr) -> Expr:
    """A condition about an output with a value in the output's place."""
    if expr == output:
        return value

    def put(part: Expr) -> Expr:
        inside = part == output or isinstance(part, _VALUES)
        return put_value(part, output, value) if inside else part

    changes: dict[str, object] = {}
    for each in fields(expr):
        found = getattr(expr, each.name)
        if isinstance(found, Expr):
            changes[each.name] = put(found)
        elif isinstance(found, tuple):
            changes[each.name] = tuple(put(e) if isinstance(e, Expr) else e for e in found)
    return replace(expr, **changes) if changes else expr  # type: ignore[arg-type]
