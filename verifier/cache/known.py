"""The classes that can be kept between runs: a closed list."""

from __future__ import annotations

from collections.abc import Mapping

from policy_dsl import types as values
from policy_dsl.model import Expr, expressions
from verifier import exhibits, findings
from verifier.control import Controlled, Say
from verifier.margins import Margin, MarginOutcome
from verifier.ran import Controls, Margins, Overview, Profiles, Ran
from verifier.readings import ReadingSet
from verifier.slice_runs import Found
from verifier.swing import Secured
from verifier.witness import Witness


def _expressions() -> tuple[type, ...]:
    found = (each for each in vars(expressions).values() if isinstance(each, type))
    return tuple(each for each in found if issubclass(each, Expr))


_CLASSES: tuple[type, ...] = (
    findings.Finding,
    findings.Side,
    findings.Related,
    findings.ProfileEntry,
    findings.ActionProfile,
    Margin,
    MarginOutcome,
    Ran,
    Found,
    Profiles,
    Controls,
    Controlled,
    Say,
    Secured,
    Overview,
    Margins,
    ReadingSet,
    Witness,
    exhibits.Person,
    exhibits.Persons,
    exhibits.Stage,
    exhibits.Run,
    exhibits.Mark,
    exhibits.Timeline,
    exhibits.ProcessState,
    exhibits.ProcessStep,
    exhibits.ProcessMap,
    exhibits.Control,
    exhibits.ControlRow,
    values.YesNo,
    values.Enumeration,
    values.SetOf,
    values.Integer,
    values.DecimalNumber,
    values.Money,
    values.Date,
    values.Duration,
    *_expressions(),
)

KNOWN: Mapping[str, type] = {each.__name__: each for each in _CLASSES}
"""The classes that can be kept, by their names."""
