"""``antinomy trace``: what became of every sentence of the texts that policies transcribe."""

from __future__ import annotations

import argparse
import sys

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load
from verifier.commands.common import Exit, complain_of_spec, wants_colour, width_of, worst_of
from verifier.commands.project import Projects
from verifier.fidelity.trace import trace
from verifier.render import json_trace, json_v1, trace_text


def run(options: argparse.Namespace) -> Exit:
    """Trace every policy, write what was found, and return the status."""
    results: list[json_trace.PolicyTraceDict] = []
    statuses = []
    for path in Projects(options).paths(options.paths):
        try:
            policy = load(path)
        except SpecError as error:
            complain_of_spec(error, "it was not traced")
            statuses.append(Exit.WRONG)
            continue
        found = trace(policy)
        good = trace_text.accounted(found)
        statuses.append(Exit.CLEAN if good else Exit.FOUND)
        if options.format == "json":
            results.append(json_trace.policy_trace(policy, path.as_posix(), found, good))
        else:
            colour = wants_colour(options.color, sys.stdout)
            text = trace_text.render(policy, found, width_of(sys.stdout), colour)
            sys.stdout.write(text if len(statuses) == 1 else f"\n\n{text}")
    if options.format == "json":
        document: json_trace.TraceDict = {"schema": json_trace.SCHEMA, "traces": results}
        sys.stdout.write(json_v1.dump(document))
    return worst_of(statuses)
