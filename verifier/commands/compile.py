"""``antinomy compile``: a policy as a Python program by itself."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load
from policy_dsl.model import Policy
from verifier.commands.common import Complaint, Exit, complain_of_spec, refuse_unless_in_force
from verifier.commands.documents import target_of, write
from verifier.oracle.compared import difference
from verifier.oracle.program import compile_policy, load_oracle
from verifier.oracle.runtime import Oracle
from verifier.oracle.writing import CannotCompile


def run(options: argparse.Namespace) -> Exit:
    """Write the program, and return the status."""
    target = target_of(options.output)
    try:
        policy = load(Path(options.spec), as_of=options.as_of)
    except SpecError as error:
        complain_of_spec(error, "it was not compiled")
        return Exit.WRONG
    refuse_unless_in_force(policy)
    oracle = compiled(policy)
    found = difference(policy, oracle, options.check)
    if found is not None:
        raise Complaint(
            "the compiled policy and the evaluator differ: a fault in antinomy itself.",
            "Please report it.",
            [found],
        )
    text = compile_policy(policy)
    if target is None:
        sys.stdout.write(text)
    else:
        write(target, text)
    return Exit.CLEAN


def compiled(policy: Policy) -> Oracle:
    """The compiled policy. Raises ``Complaint`` where it cannot be compiled."""
    try:
        return load_oracle(policy)
    except CannotCompile as why:
        raise Complaint(f"{policy.name} cannot be compiled: it needs {why}.") from None
    except (RecursionError, MemoryError, SyntaxError):
        raise Complaint(f"{policy.name} cannot be compiled: it is nested too deeply.") from None
