"""Results of SARIF 2.1.0, as far as they are written, as types: names and meanings are the
standard's."""

from __future__ import annotations

from typing import Literal, NotRequired, TypeAlias, TypedDict

from verifier.render.json_cases import WitnessDict
from verifier.render.json_exhibits import ExhibitDict
from verifier.render.json_types import ReadingSetDict

Level: TypeAlias = Literal["none", "note", "warning", "error"]
Kind: TypeAlias = Literal["fail", "open", "informational"]
BaselineState: TypeAlias = Literal["new", "unchanged", "absent"]


class TextDict(TypedDict):
    """A text, and where it helps the same in Markdown."""

    text: str
    markdown: NotRequired[str]


class ContentDict(TypedDict):
    """A piece of a file."""

    text: str


class RegionDict(TypedDict):
    """A stretch of a file. Lines and columns count from 1, columns in code points; ``endColumn`` is
    the one behind the last character."""

    startLine: int
    startColumn: int
    endLine: int
    endColumn: int
    snippet: NotRequired[ContentDict]


class ArtifactLocationDict(TypedDict):
    """A file: its path from the root of the project, as a relative URI, and its number among the
    run's artifacts."""

    uri: str
    uriBaseId: Literal["%SRCROOT%"]
    index: NotRequired[int]


class PhysicalLocationDict(TypedDict):
    """A place in a file. ``contextRegion``: the declaration around it."""

    artifactLocation: ArtifactLocationDict
    region: RegionDict
    contextRegion: NotRequired[RegionDict]


class LogicalLocationDict(TypedDict):
    """A clause, by its name and by that of its policy and its own."""

    name: str
    fullyQualifiedName: str
    kind: Literal["clause"]


class LocationDict(TypedDict):
    """A place; messages link to it by its ``id``."""

    id: NotRequired[int]
    physicalLocation: NotRequired[PhysicalLocationDict]
    logicalLocations: NotRequired[list[LogicalLocationDict]]
    message: NotRequired[TextDict]


class FlowLocationDict(TypedDict):
    """One stop of a run or of a line of time."""

    location: LocationDict
    executionOrder: int
    importance: Literal["essential"]


class ThreadFlowDict(TypedDict):
    """Stops in their order."""

    locations: list[FlowLocationDict]


class CodeFlowDict(TypedDict):
    """A run or a line of time, and in a sentence what it comes to."""

    message: TextDict
    threadFlows: list[ThreadFlowDict]


class ReplacementDict(TypedDict):
    """Something in a file, and what takes its place."""

    deletedRegion: RegionDict
    insertedContent: ContentDict


class ArtifactChangeDict(TypedDict):
    """What changes in one file."""

    artifactLocation: ArtifactLocationDict
    replacements: list[ReplacementDict]


class FixDict(TypedDict):
    """A change that was shown to mend a finding."""

    description: TextDict
    artifactChanges: list[ArtifactChangeDict]


class SuppressionPropertiesDict(TypedDict):
    """Whose waiver it is, and its last day."""

    owner: str
    expires: str


class SuppressionDict(TypedDict):
    """A waiver, with its reason and where it is declared."""

    kind: Literal["external"]
    status: Literal["accepted"]
    justification: str
    location: LocationDict
    properties: SuppressionPropertiesDict


class ResultPropertiesDict(TypedDict):
    """What the standard has no place for: the policy and check, how strong the norms are, the
    readings, and the case as in the JSON report. ``cut``: the message was too long and was cut."""

    policy: str
    name: str
    strength: NotRequired[str]
    readings: NotRequired[ReadingSetDict]
    witness: NotRequired[WitnessDict]
    exhibit: NotRequired[ExhibitDict]
    cut: NotRequired[bool]


class ResultDict(TypedDict):
    """One finding, or one error of a policy that could not be read. Without ``ruleIndex``: the
    baseline speaks of a code that there is no more."""

    ruleId: str
    ruleIndex: NotRequired[int]
    kind: Kind
    level: Level
    message: TextDict
    locations: list[LocationDict]
    relatedLocations: NotRequired[list[LocationDict]]
    codeFlows: NotRequired[list[CodeFlowDict]]
    partialFingerprints: NotRequired[dict[str, str]]
    fixes: NotRequired[list[FixDict]]
    suppressions: NotRequired[list[SuppressionDict]]
    baselineState: NotRequired[BaselineState]
    properties: NotRequired[ResultPropertiesDict]
