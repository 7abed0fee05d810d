"""Values of outputs as the solver sees them: a value that is left open, and equality with it."""

from __future__ import annotations

from policy_dsl.model import Expr
from policy_dsl.types import (
    Date,
    DecimalNumber,
    Duration,
    Enumeration,
    Integer,
    Money,
    SetOf,
    Type,
    YesNo,
)
from verifier.encode_values import Encoded
from verifier.session import Session
from verifier.solvers.backend import Term


def fresh_value(session: Session, type_: Type) -> Encoded:
    """Some value of a type, left open for the solver to choose."""
    match type_:
        case YesNo():
            return Encoded(yes=session.fresh())
        case Enumeration(values=values) | SetOf(element=Enumeration(values=values)):
            options = {value: session.fresh() for value in values}
            session.backend.require(session.conditions.exactly_one(list(options.values())))
            return Encoded(options=options)
        case Integer() | DecimalNumber() | Money() | Date() | Duration():
            return Encoded(number=session.fresh_number())


def equals(session: Session, value: Expr, picked: Encoded) -> Term:
    """An expression has the value that was left open; it is taken to be established."""
    return session.conditions.relate("=", session.conditions.value(value), picked)
