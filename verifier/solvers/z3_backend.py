"""The one place that imports z3.

Formulas are built with z3's C interface: its Python operators spend more time on coercions than
the solver spends on solving. Work is bounded by ``rlimit``, z3's own count of steps, so that the
answer to a question does not depend on the speed of the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import cast

import z3
from z3 import z3core

from verifier.solvers.backend import DEFAULT_BOUND, Answer, Term

VERSION: str = z3.get_version_string()

# Compacting costs more than all the rest of making a model. z3 knows this setting only for the
# whole process; it changes no answer.
z3.set_param("model.compact", False)


@lru_cache(maxsize=4096)
def _array_type(length: int) -> Callable[..., object]:
    """ctypes makes a new class for every array length; each is made once."""
    return cast(Callable[..., object], z3core.Ast * length)


def _address(term: Term) -> int:
    return cast(int, cast(z3.ExprRef, term).ast.value)


class Z3Backend:
    """A z3 solver in a context of its own. Implements ``Backend``."""

    def __init__(self, bound: int = DEFAULT_BOUND) -> None:
        self._bound = bound
        self._context = z3.Context()
        self._set_up(z3.SimpleSolver(ctx=self._context))

    def _set_up(self, solver: z3.Solver) -> None:
        solver.set("rlimit", self._bound)
        solver.set("random_seed", 0)
        solver.set("phase_selection", 1)  # fewer conflicts on most policies tried
        solver.set("relevancy", 0)  # the formulas are small and mostly propositional
        self._ref = self._context.ref()
        self._solver = solver
        self._model: z3.ModelRef | None = None
        self._asked: Sequence[Term] = ()
        self._answer: Answer | None = None
        self._declared: dict[int, z3.FuncDeclRef] = {}
        self._constants: dict[str, Term] = {}
        self._numbers: dict[int, Term] = {}
        self._bool_sort = z3.BoolSort(self._context)
        self._int_sort = z3.IntSort(self._context)
        self._true = z3.BoolVal(True, self._context)
        self._false = z3.BoolVal(False, self._context)

    # --- terms ----------------------------------------------------------------------------

    def _constant(self, name: str, sort: z3.SortRef) -> object:
        symbol = z3core.Z3_mk_string_symbol(self._ref, name)
        return z3core.Z3_mk_const(self._ref, symbol, sort.ast)

    def boolean(self, name: str) -> Term:
        found = self._constants.get(name)
        if found is None:
            made = self._constant(name, self._bool_sort)
            found = self._constants[name] = Term(z3.BoolRef(made, self._context))
        return found

    def integer(self, name: str) -> Term:
        key = f"number {name}"
        found = self._constants.get(key)
        if found is None:
            made = self._constant(name, self._int_sort)
            found = self._constants[key] = Term(z3.ArithRef(made, self._context))
        return found

    def number(self, value: int) -> Term:
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = Term(z3.IntVal(value, self._context))
        return found

    def truth(self, value: bool) -> Term:
        return Term(self._true if value else self._false)

    @staticmethod
    def _array(terms: Sequence[Term]) -> object:
        return _array_type(len(terms))(*[cast(z3.ExprRef, each).ast for each in terms])

    def conj(self, terms: Sequence[Term]) -> Term:
        if len(terms) == 1:
            return terms[0]
        made = z3core.Z3_mk_and(self._ref, len(terms), self._array(terms))
        return Term(z3.BoolRef(made, self._context))

    def disj(self, terms: Sequence[Term]) -> Term:
        if len(terms) == 1:
            return terms[0]
        made = z3core.Z3_mk_or(self._ref, len(terms), self._array(terms))
        return Term(z3.BoolRef(made, self._context))

    def neg(self, term: Term) -> Term:
        made = z3core.Z3_mk_not(self._ref, cast(z3.ExprRef, term).ast)
        return Term(z3.BoolRef(made, self._context))

    def iff(self, left: Term, right: Term) -> Term:
        made = z3core.Z3_mk_iff(self._ref, cast(z3.ExprRef, left).ast, cast(z3.ExprRef, right).ast)
        return Term(z3.BoolRef(made, self._context))

    def at_least(self, count: int, terms: Sequence[Term]) -> Term:
        if count <= 0:
            return self.truth(True)
        if count > len(terms):
            return self.truth(False)
        return Term(z3.AtLeast(*cast(Sequence[z3.BoolRef], terms), count))

    def at_most(self, count: int, terms: Sequence[Term]) -> Term:
        if count >= len(terms):
            return self.truth(True)
        if count < 0:
            return self.truth(False)
        return Term(z3.AtMost(*cast(Sequence[z3.BoolRef], terms), count))

    def plus(self, left: Term, right: Term) -> Term:
        return Term(cast(z3.ArithRef, left) + cast(z3.ArithRef, right))

    def times(self, factor: int, term: Term) -> Term:
        return Term(z3.IntVal(factor, self._context) * cast(z3.ArithRef, term))

    def size(self, terms: Sequence[Term]) -> Term:
        one, zero = z3.IntVal(1, self._context), z3.IntVal(0, self._context)
        return Term(z3.Sum([zero, *(z3.If(cast(z3.BoolRef, t), one, zero) for t in terms)]))

    def choose(self, condition: Term, yes: Term, no: Term) -> Term:
        return Term(z3.If(*cast(Sequence[z3.ExprRef], (condition, yes, no))))

    def less(self, left: Term, right: Term) -> Term:
        one, two = cast(z3.ExprRef, left).ast, cast(z3.ExprRef, right).ast
        return Term(z3.BoolRef(z3core.Z3_mk_lt(self._ref, one, two), self._context))

    def equal(self, left: Term, right: Term) -> Term:
        one, two = cast(z3.ExprRef, left).ast, cast(z3.ExprRef, right).ast
        return Term(z3.BoolRef(z3core.Z3_mk_eq(self._ref, one, two), self._context))

    # --- questions ------------------------------------------------------------------------

    def require(self, term: Term) -> None:
        self._answer = None  # a model is lost when something more is required
        self._model = None
        z3core.Z3_solver_assert(self._ref, self._solver.solver, cast(z3.ExprRef, term).ast)

    def check(self, assumptions: Sequence[Term], bound: int | None = None) -> Answer:
        if bound is not None:
            self._solver.set("rlimit", min(bound, self._bound))
            try:
                return self.check(assumptions)
            finally:
                self._solver.set("rlimit", self._bound)
        self._asked = assumptions
        self._model = None
        found = z3core.Z3_solver_check_assumptions(
            self._ref, self._solver.solver, len(assumptions), self._array(assumptions)
        )
        self._answer = {1: Answer.SAT, -1: Answer.UNSAT}.get(found, Answer.UNKNOWN)
        return self._answer

    def core(self) -> frozenset[int]:
        # Equal formulas are one object in z3, so its address tells them apart.
        places = {_address(each): i for i, each in enumerate(self._asked)}
        vector = z3core.Z3_solver_get_unsat_core(self._ref, self._solver.solver)
        z3core.Z3_ast_vector_inc_ref(self._ref, vector)
        size = z3core.Z3_ast_vector_size(self._ref, vector)
        found = [z3core.Z3_ast_vector_get(self._ref, vector, i).value for i in range(size)]
        z3core.Z3_ast_vector_dec_ref(self._ref, vector)
        return frozenset(places[each] for each in found)

    def _interpretation(self, term: Term) -> object:
        """What the model says of a constant, or None. A model is made only when it is asked
        for: that costs z3 more than most answers do."""
        if self._model is None:
            assert self._answer is Answer.SAT, "asked for a value without a model"
            self._model = self._solver.model()
        constant = cast(z3.ExprRef, term)
        key = _address(term)
        declared = self._declared.get(key)
        if declared is None:
            declared = self._declared[key] = constant.decl()
        return z3core.Z3_model_get_const_interp(self._ref, self._model.model, declared.ast)

    def is_true(self, term: Term) -> bool | None:
        found = self._interpretation(term)
        return z3core.Z3_get_bool_value(self._ref, found) == 1 if found else None

    def value(self, term: Term) -> int | None:
        found = self._interpretation(term)
        return int(z3core.Z3_get_numeral_string(self._ref, found)) if found else None

    def reason(self) -> str:
        why = str(self._solver.reason_unknown())
        bound_hit = "cancel" in why or "resource" in why
        return f"the bound of {self._bound} solver steps was reached" if bound_hit else why

    def fork(self) -> Z3Backend:
        other = Z3Backend.__new__(Z3Backend)
        other._bound = self._bound
        other._context = z3.Context()
        other._set_up(self._solver.translate(other._context))
        return other
