"""Runs of SARIF 2.1.0 with the tool and its rules, as far as they are written, as types."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from verifier.render.sarif_types import ArtifactLocationDict, Level, ResultDict, TextDict

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
VERSION = "2.1.0"


RulePropertiesDict = TypedDict(
    "RulePropertiesDict",
    {"tags": list[str], "problem.severity": str, "precision": Literal["very-high"]},
)
"""What code scanning sorts by."""


class ConfigurationDict(TypedDict):
    """How much a rule weighs if nothing else is said."""

    level: Level


class RuleDict(TypedDict):
    """A code, with what ``antinomy explain`` says of it."""

    id: str
    name: str
    shortDescription: TextDict
    fullDescription: TextDict
    help: TextDict
    defaultConfiguration: ConfigurationDict
    properties: RulePropertiesDict


class OverriddenDict(TypedDict):
    """A weight, or that a rule was not run."""

    level: NotRequired[Level]
    enabled: NotRequired[Literal[False]]


class DriverDict(TypedDict):
    """The tool and its rules."""

    name: str
    semanticVersion: NotRequired[str]
    rules: list[RuleDict]


class ToolDict(TypedDict):
    """The tool."""

    driver: DriverDict


class DescriptorDict(TypedDict):
    """Which rule a notification is about."""

    id: str
    index: int


class OverrideDict(TypedDict):
    """What the settings make of a rule: another weight, or nothing, since it was not run."""

    descriptor: DescriptorDict
    configuration: OverriddenDict


class NotificationDict(TypedDict):
    """Something that the tool says about its own run: what it could not settle."""

    level: Level
    message: TextDict
    associatedRule: DescriptorDict


class InvocationDict(TypedDict):
    """Whether every policy could be read, what the settings change, and what was not settled."""

    executionSuccessful: bool
    ruleConfigurationOverrides: list[OverrideDict]
    toolExecutionNotifications: list[NotificationDict]


class ArtifactDict(TypedDict):
    """A file that results speak of."""

    location: ArtifactLocationDict
    roles: list[Literal["analysisTarget"]]


class BaseDict(TypedDict):
    """What paths begin at. Where that is on one machine is nobody else's business."""

    description: TextDict


class ProvedDict(TypedDict):
    """A check, how many items it looked at, and for how many it proved that there is no fault."""

    code: str
    name: str
    asked: int
    clean: int


class PolicyDict(TypedDict):
    """A policy that was checked. ``gate`` says in sentences what lets findings pass."""

    name: str
    title: str
    file: NotRequired[str]
    proved: list[ProvedDict]
    gate: list[str]


class CutDict(TypedDict):
    """What was left out for the limits of those who read SARIF: whole results, and ends of
    messages."""

    results: int
    messages: int


class RunPropertiesDict(TypedDict):
    """The policies with what was proved of each. ``cut``: only where something was left out."""

    policies: list[PolicyDict]
    cut: NotRequired[CutDict]


class RunDict(TypedDict):
    """One run of the tool over all policies."""

    tool: ToolDict
    invocations: list[InvocationDict]
    originalUriBaseIds: dict[str, BaseDict]
    columnKind: Literal["unicodeCodePoints"]
    artifacts: list[ArtifactDict]
    results: list[ResultDict]
    properties: RunPropertiesDict


LogDict = TypedDict("LogDict", {"$schema": str, "version": str, "runs": list[RunDict]})
"""A whole document."""
