"""``antinomy eval``: what a policy says about one case."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from policy_dsl import phrases
from policy_dsl.case import Case
from policy_dsl.diagnostics import SpecError, did_you_mean
from policy_dsl.evaluate import Evaluator, OutOfRange
from policy_dsl.load import load
from policy_dsl.model import Policy
from policy_dsl.read_case import CaseError, complete_case, read_case
from verifier import strict_json
from verifier.commands.common import (
    Complaint,
    Exit,
    complain_of_spec,
    refuse_unless_in_force,
    wants_colour,
    width_of,
)
from verifier.render import case_json, case_text
from verifier.render.answer import answer

LARGEST_CASE = 1_000_000
"""The longest file that is read as a case, in bytes."""


def run(options: argparse.Namespace) -> Exit:
    """Evaluate a case, write the answer, and return the status."""
    try:
        policy = load(Path(options.spec), as_of=options.as_of)
    except SpecError as error:
        complain_of_spec(error)
        return Exit.WRONG
    refuse_unless_in_force(policy)
    data = _read(options.case)
    case, filled = _case(policy, data, options.complete)
    evaluator = Evaluator(policy)
    _refuse_impossible(evaluator, case)
    found = answer(evaluator, case, filled, _clauses(policy, options.why))
    if options.format == "json":
        sys.stdout.write(case_json.render(found))
    else:
        name = "on standard input" if options.case == "-" else options.case
        given = [each for each in policy.facts if each in _told(data)]
        colour = wants_colour(options.color, sys.stdout)
        sys.stdout.write(case_text.render(found, given, name, width_of(sys.stdout), colour))
    return Exit.FOUND if found.broken == "must" else Exit.CLEAN


def _clauses(policy: Policy, asked: Sequence[str]) -> Sequence[str]:
    for name in asked:
        if name not in policy.clauses:
            near = did_you_mean(name, policy.clauses)
            raise Complaint(
                f"the policy has no clause {name}.", f"Did you mean '{near}'?" if near else None
            )
    return asked


def _read(path: str) -> object:
    shown = "standard input" if path == "-" else path
    try:
        if path == "-":
            data = sys.stdin.buffer.read(LARGEST_CASE + 1)
        else:
            with open(path, "rb") as file:
                data = file.read(LARGEST_CASE + 1)
    except OSError as error:
        raise Complaint(f"{shown} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise Complaint(f"the path {path!r} cannot be used.") from None
    if len(data) > LARGEST_CASE:
        raise Complaint(f"{shown} is too large for a case.")
    try:
        return strict_json.parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Complaint(f"{shown} is not UTF-8 text (byte {error.start}).") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Complaint(f"{shown} is not JSON: {error.msg} ({where}).") from None
    except (RecursionError, ValueError) as error:
        why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise Complaint(f"{shown} is not a case: {why}.") from None


def _told(data: object) -> Mapping[object, object]:
    """The facts that the data of a case gives, by name."""
    if not isinstance(data, dict):
        return {}
    facts = data.get("facts")
    return facts if isinstance(facts, dict) else data


def _case(policy: Policy, data: object, complete: bool) -> tuple[Case, tuple[str, ...]]:
    try:
        return complete_case(policy, data) if complete else (read_case(policy, data), ())
    except CaseError as error:
        try:
            complete_case(policy, data)
        except CaseError:
            hint = None
        else:
            hint = "Say it in the case, or take the default for all that is left out: --complete."
        raise Complaint("this is not a full case of the policy:", hint, error.problems) from None


def _refuse_impossible(evaluator: Evaluator, case: Case) -> None:
    for each in evaluator.violated_assumptions(case):
        if isinstance(each, OutOfRange):
            raise Complaint(f"the value of {each.fact} is out of its range.")
        said = phrases.sentence(evaluator.policy, each.condition)
        because = f" It is assumed because: {each.because}" if each.because else ""
        raise Complaint(
            f"the policy assumes that there is no such case. It breaks: {said} ({each.place})."
            f"{because}"
        )
