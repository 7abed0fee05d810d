"""What was found in a slice of a policy, made into something that is said of the whole.

A case of a slice says nothing of the facts outside it. They get plain values: those of one plain
case of the whole policy, which the assumptions outside the slice allow whatever is so inside. What
comes out is replayed by the whole policy's evaluator.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from policy_dsl import control
from policy_dsl.case import Case
from policy_dsl.model import SHOULD, Policy
from policy_dsl.slices import Slicer
from verifier.check import Context
from verifier.control import Controlled
from verifier.exhibits import Exhibit, Persons, Run, Timeline
from verifier.findings import ActionProfile, Finding
from verifier.margins import Margin
from verifier.plain import Plain
from verifier.readings import options
from verifier.session import NotSettled
from verifier.shared import Shared
from verifier.swing import Secured
from verifier.witness import Witness


class Widening:
    """Widens what was found in slices of one policy.

    Every method takes the slice in which something was found, and gives back what is said of the
    whole. Raises ``NotSettled`` where the replay of a case does not agree.
    """

    def __init__(self, shared: Shared, slicer: Slicer) -> None:
        self._shared = shared
        self._slicer = slicer
        self._policy = shared.policy

    def finding(self, part: Policy, found: Finding) -> Finding:
        """A finding, with full cases."""
        # The cases of V02 are those that one assumption excludes, and nothing else.
        broken = 1 if found.code == "V02" else 0
        witness = None if found.witness is None else self.witness(part, found.witness, broken)
        exhibit = None if found.exhibit is None else self._exhibit(part, found.exhibit)
        return replace(found, witness=witness, exhibit=exhibit)

    def profile(self, part: Policy, found: ActionProfile) -> ActionProfile:
        """The profile of an action, with full cases."""
        entries = [
            each
            if each.witness is None
            else replace(each, witness=self.witness(part, each.witness))
            for each in found.entries
        ]
        return replace(found, entries=tuple(entries))

    def margin(self, part: Policy, found: Margin) -> Margin:
        """A margin, with full cases."""
        outcomes = [replace(e, witness=self.witness(part, e.witness)) for e in found.outcomes]
        return replace(found, outcomes=tuple(outcomes))

    def controlled(self, part: Policy, found: Controlled) -> Controlled:
        """Who controls a clause, with full cases, and roles and facts in the policy's order."""
        del part  # its cases are only where the search for a plain one begins
        order = list(control.roles(self._policy))
        says = [
            each
            if each.secured is None
            else replace(
                each,
                secured=Secured(
                    self.case(each.secured.case),
                    None if each.secured.turned is None else self.case(each.secured.turned),
                ),
            )
            for each in found.says
        ]
        says.sort(key=lambda say: order.index(say.role))
        return replace(found, says=tuple(says))

    def witness(self, part: Policy, found: Witness, broken: int = 0) -> Witness:
        """A case that shows something, and the facts that play no part in it. So many assumptions
        are broken in it."""
        case = self.case(found.case)
        evaluator = self._shared.evaluator
        if len(evaluator.violated_assumptions(case)) != broken or not all(
            evaluator.holds(expr, case) == truth for expr, truth in found.statement
        ):
            raise NotSettled(
                "the replay of its case in the whole policy does not show it (a fault in the "
                "checker)"
            )
        idle = set(found.left_out)
        return replace(
            found,
            case=case,
            left_out=tuple(n for n in self._policy.facts if n not in part.facts or n in idle),
        )

    def case(self, inside: Case) -> Case:
        """A case of the whole policy around one of a slice."""
        rest = self.rest
        return Case(
            facts={
                name: inside.facts[name] if name in inside.facts else rest.facts[name]
                for name in self._policy.facts
            },
            readings={
                name: inside.readings.get(name, rest.readings[name])
                for name in self._policy.ambiguities
            },
        )

    def _exhibit(self, part: Policy, found: Exhibit) -> Exhibit:
        match found:
            case Persons():
                members = [replace(e, witness=self.witness(part, e.witness)) for e in found.members]
                return replace(found, members=tuple(members))
            case Timeline():
                return replace(found, witness=self.witness(part, found.witness))
            case Run():
                stages = [replace(each, case=self.case(each.case)) for each in found.stages]
                return replace(found, start=self.witness(part, found.start), stages=tuple(stages))

    @cached_property
    def rest(self) -> Case:
        """A plain case of the whole policy: plain values for all facts, but where the assumptions
        exclude these. Raises ``NotSettled``."""
        policy = self._policy
        case = Case(
            facts={name: self._plain.of_fact(fact) for name, fact in policy.facts.items()},
            readings={name: self._usual(name) for name in policy.ambiguities},
        )
        if self._shared.evaluator.is_valid(case):
            return case
        assumed = self._slicer.slice(policy.assumptions)
        shared = replace(self._shared, policy=assumed)
        found = Context(shared).explorer.example([], ())
        if found is None:
            raise NotSettled("the assumptions leave no case")
        return Case(
            facts={**case.facts, **found.case.facts},
            readings={**case.readings, **found.case.readings},
        )

    def _usual(self, ambiguity: str) -> str:
        usual = options(self._policy, ambiguity)
        return "advisory" if ambiguity == SHOULD and "advisory" in usual else usual[0]

    @cached_property
    def _plain(self) -> Plain:
        return Plain(self._policy, self._shared.atoms.base())
