"""In what certainly lies every case in which a condition holds, told without a solver.

Every condition gets a box: for some things, an interval or a set of values outside which it
certainly does not hold. Boxes that do not meet settle a pair of clauses by arithmetic alone; for
a table of a thousand disjoint rules that is every pair. What boxes cannot tell is left to the
solver.

Things are facts and ambiguities, sums of numbers (``linear.py``), whether an optional fact is
established, and whether a set includes a value.

INVARIANT: a box is never too small: every case in which the conditions hold lies inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from policy_dsl import model
from policy_dsl.model import Expr, Policy
from policy_dsl.types import Enumeration, SetOf, is_number
from policy_dsl.wording import FLIPPED, OPPOSITE
from verifier.linear import FREE, bounds, difference, linear, solved, within
from verifier.meeting import Box, Range, is_empty

NO, YES = 1, 2
"""The values of what holds or does not, as bits."""

SOME = (1.0, float("inf"))
"""At least one."""

NEVER: Box = {"": 0}
"""The box of what never holds."""


@dataclass
class Boxes:
    """Makes the boxes of one policy's conditions."""

    policy: Policy
    _known: dict[tuple[int, bool], tuple[Expr, Box]] = field(default_factory=dict)

    def of(self, holding: Iterable[Expr], failing: Iterable[Expr] = ()) -> Box:
        """The box of cases in which some conditions all hold and others all fail."""
        boxes = [self.box(each) for each in holding]
        boxes += [self.box(each, False) for each in failing]
        return _all(boxes)

    def box(self, expr: Expr, truth: bool = True) -> Box:
        """The box of cases in which a condition holds, or in which it fails."""
        key = id(expr), truth
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = (expr, self._made(expr, truth))
        return found[1]

    def _made(self, expr: Expr, truth: bool) -> Box:
        match expr:
            case model.Negation():
                return self.box(expr.operand, not truth)
            case model.AllOf():
                return self._joined(expr.operands, truth, every=truth)
            case model.AnyOf():
                return self._joined(expr.operands, truth, every=not truth)
            case model.Implication():
                sides = [self.box(expr.premise, not truth), self.box(expr.conclusion, truth)]
                return _any(sides) if truth else _all(sides)
            case model.Counted():
                return self._counted(expr, truth)
            case model.Literal_():
                return {} if expr.value is truth else NEVER
            case model.FactValue():
                return _yes_no(expr, truth)
            case model.Compare():
                return self._compared(expr, truth)
            case model.Member() | model.IsEmpty():
                return _of_set(expr, truth)
            case model.Established():
                return {_known(expr.fact): YES if truth else NO}
            case model.ReadingIs():
                names = [each.name for each in self.policy.ambiguities[expr.ambiguity].readings]
                bit = 1 << names.index(expr.reading)
                return {f"reading {expr.ambiguity}": bit if truth else (1 << len(names)) - 1 & ~bit}
            case model.ClauseApplies() | model.ClauseInScope():
                return self._clause(expr, truth)
            case model.DefinitionValue():
                return self._definition(expr, truth)
        return {}

    def _joined(self, operands: Sequence[Expr], truth: bool, every: bool) -> Box:
        boxes = [self.box(each, truth) for each in operands]
        return _all(boxes) if every else _any(boxes)

    def _counted(self, expr: model.Counted, truth: bool) -> Box:
        most = len(expr.operands)
        match expr.bound, truth:
            case "at least", True:
                low, high = expr.count, most
            case "at least", False:
                low, high = 0, expr.count - 1
            case "at most", True:
                low, high = 0, expr.count
            case "at most", False:
                low, high = expr.count + 1, most
            case "exactly", True:
                low = high = expr.count
            case _:
                return {}
        if low > most or high < 0 or low > high:
            return NEVER
        parts: list[Box] = []
        if low > 0:
            parts.append(self._joined(expr.operands, True, every=low == most))
        if high < most:
            parts.append(self._joined(expr.operands, False, every=high == 0))
        return _all(parts)

    def _clause(self, expr: model.ClauseApplies | model.ClauseInScope, truth: bool) -> Box:
        clause = self.policy.clauses[expr.clause]
        boxes = [self.box(each.condition, truth) for each in clause.requirements]
        if clause.under is not None:
            boxes.append(self.box(clause.under, truth))
        if isinstance(expr, model.ClauseApplies):
            boxes += [self.box(each.condition, not truth) for each in clause.exceptions]
        return _all(boxes) if truth else _any(boxes)

    def _definition(self, expr: model.DefinitionValue, truth: bool) -> Box:
        """The case of a definition that counts decides; arguments are not put in."""
        if expr.arguments:
            return {}
        boxes = []
        for case in self.policy.definitions[expr.definition].cases:
            parts = [self.box(case.body, truth)]
            if case.under is not None:
                parts.append(self.box(case.under))
            boxes.append(_all(parts))
        return _any(boxes)

    def _compared(self, expr: model.Compare, truth: bool) -> Box:
        """A comparison holds only of established values, and fails where one is not."""
        if not _is_number(expr.left):
            return _same_value(expr, truth)
        if not truth and (self._may_be_unknown(expr.left) or self._may_be_unknown(expr.right)):
            return {}
        sign = expr.sign if truth else OPPOSITE[expr.sign]
        found = solved(self.policy, expr.left, sign, expr.right)
        if found is not None:
            form, span = linear(self.policy, found[0]), FREE if sign == "!=" else found[1]
        else:
            form, span = difference(self.policy, expr.left, expr.right), None
        if form is None:
            return {}
        term, interval = bounds(form, sign) if span is None else within(form, span)
        if interval[0] > interval[1]:
            return NEVER
        about: dict[str, Range] = {term: interval} if term else {}
        if truth:
            about |= {_known(each): YES for each in form.rests_on}
        return about

    def _may_be_unknown(self, expr: Expr) -> bool:
        for each in model.walk(expr):
            match each:
                case model.FactValue(optional=True) | model.ParameterValue():
                    return True
                case model.DefinitionValue():
                    cases = self.policy.definitions[each.definition].cases
                    if any(self._may_be_unknown(case.body) for case in cases):
                        return True
        return False


def _is_number(expr: Expr) -> bool:
    match expr:
        case model.Sum() | model.Product() | model.AddMonths() | model.SizeOfSet():
            return True
        case (
            model.Literal_()
            | model.FactValue()
            | model.DefinitionValue()
            | model.ParameterValue()
            | model.OutputValue()
        ):
            return is_number(expr.type)
    return False


def _same_value(expr: model.Compare, truth: bool) -> Box:
    """The box of a comparison of what is no number. Values of an ordered enumeration are compared
    by their places in its list."""
    fact, sign, value = expr.left, expr.sign, expr.right
    if not isinstance(fact, model.FactValue):
        fact, sign, value = value, FLIPPED[sign], fact
    if not isinstance(fact, model.FactValue) or not isinstance(value, model.Literal_):
        return {}
    if fact.optional and not truth:
        return {}
    values = fact.type.values if isinstance(fact.type, Enumeration) else (False, True)
    place = values.index(value.value)
    bit, every = 1 << place, (1 << len(values)) - 1
    match sign if truth else OPPOSITE[sign]:
        case "=":
            said = bit
        case "!=":
            said = every & ~bit
        case "<":
            said = bit - 1
        case "<=":
            said = bit | bit - 1
        case ">":
            said = every & ~(bit | bit - 1)
        case _:
            said = every & ~(bit - 1)
    box: Box = {fact.fact: said, _known(fact.fact): YES} if fact.optional else {fact.fact: said}
    return NEVER if is_empty(box) else box


def _known(fact: str) -> str:
    return f"{fact} is established"


def _yes_no(fact: model.FactValue, truth: bool) -> Box:
    if not fact.optional:
        return {fact.fact: YES if truth else NO}
    return {fact.fact: YES, _known(fact.fact): YES} if truth else {}


def _of_set(expr: model.Member | model.IsEmpty, truth: bool) -> Box:
    match expr.operand:
        case model.FactValue() as fact:
            if fact.optional and not truth:
                return {}
        case _:
            return {}
    size, names = f"number of {fact.fact}", expr.values if isinstance(expr, model.Member) else ()
    if isinstance(expr, model.IsEmpty):
        elements = fact.type.element.values if isinstance(fact.type, SetOf) else ()
        box = _all([{size: (0, 0)}, *_holding(fact, elements, NO)]) if truth else {size: SOME}
    else:
        some = expr.quantity != "none"
        if some is truth:
            parts = [_all([each, {size: SOME}]) for each in _holding(fact, names, YES)]
        else:
            parts = _holding(fact, names, NO)
        every = (expr.quantity == "all") if some is truth else (expr.quantity != "all")
        box = _all(parts) if every else _any(parts)
    return {**box, _known(fact.fact): YES} if fact.optional else box


def _holding(fact: model.FactValue, values: Iterable[str], held: int) -> list[Box]:
    return [{f"{fact.fact} includes {each}": held} for each in values]


def _all(boxes: Iterable[Box]) -> Box:
    """The box of what lies in all of some boxes."""
    common: dict[str, Range] = {}
    for box in boxes:
        for key, value in box.items():
            known = common.get(key)
            if isinstance(known, int) and isinstance(value, int):
                common[key] = known & value
            elif isinstance(known, tuple) and isinstance(value, tuple):
                common[key] = (max(known[0], value[0]), min(known[1], value[1]))
            elif known is None:
                common[key] = value
    return NEVER if is_empty(common) else common


def _any(boxes: Iterable[Box]) -> Box:
    """The smallest box around some boxes; it speaks only of what all of them speak of."""
    full = [each for each in boxes if not is_empty(each)]
    if not full:
        return NEVER
    around: dict[str, Range] = {}
    for key, first in full[0].items():
        values = [each[key] for each in full if key in each]
        if len(values) < len(full):
            continue
        if isinstance(first, int):
            union = 0
            for value in values:
                union |= value if isinstance(value, int) else -1
            around[key] = union
        else:
            spans = [each for each in values if isinstance(each, tuple)]
            around[key] = (min(s[0] for s in spans), max(s[1] for s in spans))
    return around
