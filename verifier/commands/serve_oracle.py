"""``antinomy serve-oracle``: what a policy says about cases, line by line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load
from verifier.commands.common import Exit, complain_of_spec, refuse_unless_in_force
from verifier.commands.compile import compiled


def run(options: argparse.Namespace) -> Exit:
    """Answer every line of standard input, and return the status."""
    try:
        policy = load(Path(options.spec), as_of=options.as_of)
    except SpecError as error:
        complain_of_spec(error, "no case was looked at")
        return Exit.WRONG
    refuse_unless_in_force(policy)
    oracle = compiled(policy)
    with open(sys.stdin.fileno(), encoding="utf-8", errors="replace", closefd=False) as source:
        oracle.serve(source, sys.stdout, options.complete)
    return Exit.CLEAN
