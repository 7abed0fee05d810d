"""A baseline: the findings that a project already had, so that only new ones count."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from verifier.findings import Severity
from verifier.gating import Gate, Known
from verifier.pipeline import Report
from verifier.settings.codes import UNGATED

SCHEMA = "antinomy-baseline/1"
"""What the key ``schema`` of a baseline says."""

MOST_BYTES = 20_000_000
"""How large the file of a baseline may be."""

_KEYS = ("policy", "code", "severity", "fingerprint", "title")

_WEIGHTS = {str(each): each for each in Severity}


class BadBaseline(Exception):
    """A file is no baseline; the message says why, without the file's name."""


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """The findings of each policy, by the path of its file in its project."""

    findings: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)

    def of(self, policy: str) -> tuple[Known, ...]:
        """What is known of a policy."""
        return self.findings.get(policy, ())


def baseline_of(reports: Iterable[tuple[str, Report, Gate]]) -> Baseline:
    """What some reports found before settings were applied, each with its policy's path in the
    project and what the settings made of it.

    What is waived is left to its waiver; what was not settled, that no case is left, and what is
    wrong with waivers are never taken for known.
    """
    return Baseline(
        findings={
            policy: tuple(
                Known(
                    fingerprint=each.fingerprint,
                    code=each.code,
                    title=each.title,
                    severity=each.severity,
                )
                for each in report.findings
                if each.code not in UNGATED and each.fingerprint not in gate.waived
            )
            for policy, report, gate in reports
        }
    )


def write(baseline: Baseline) -> str:
    """A baseline as text: sorted and one finding a line, so that its changes are easy to read."""
    rows = sorted(
        (policy, each.code, str(each.severity), each.fingerprint, each.title)
        for policy, known in baseline.findings.items()
        for each in known
    )
    lines = [json.dumps(dict(zip(_KEYS, row, strict=True))) for row in rows]
    body = "\n" + ",\n".join(lines) + "\n" if lines else ""
    return f'{{"schema": "{SCHEMA}", "findings": [{body}]}}\n'


def read(path: Path) -> Baseline:
    """The baseline in a file. Raises ``BadBaseline``."""
    try:
        if path.exists() and not path.is_file():
            raise BadBaseline("it is no regular file")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "bad path"
        raise BadBaseline(f"it cannot be read: {reason.lower()}") from None
    if len(data) > MOST_BYTES:
        raise BadBaseline(f"it has more than {MOST_BYTES} bytes")
    return _checked(_json(data))


def _json(data: bytes) -> object:
    try:
        found: object = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadBaseline("it is not UTF-8 text") from None
    except RecursionError:
        raise BadBaseline("lists stand too deep in each other") from None
    except json.JSONDecodeError as error:
        raise BadBaseline(f"it is not JSON (line {error.lineno}: {error.msg})") from None
    except ValueError:
        raise BadBaseline("it has a number that is too large") from None
    return found


def _checked(data: object) -> Baseline:
    if not isinstance(data, dict) or "schema" not in data:
        raise BadBaseline(f'it has no "schema": "{SCHEMA}"')
    if data["schema"] != SCHEMA:
        raise BadBaseline(f"its schema is {str(data['schema'])[:80]!r}, and not {SCHEMA!r}")
    rows = data.get("findings")
    if set(data) != {"schema", "findings"} or not isinstance(rows, list):
        raise BadBaseline("besides 'schema' it must have 'findings', a list, and nothing else")
    found: dict[str, dict[str, Known]] = {}
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or set(row) != set(_KEYS):
            raise BadBaseline(f"finding {number} must have these keys: {', '.join(_KEYS)}")
        policy, code, weight, fingerprint, title = (row[key] for key in _KEYS)
        if not all(isinstance(each, str) for each in row.values()):
            raise BadBaseline(f"finding {number} has a value that is no text")
        if code in UNGATED:
            raise BadBaseline(f"finding {number} is of {code}, which is never taken for known")
        if weight not in _WEIGHTS:
            raise BadBaseline(f"finding {number} has the severity {weight[:20]!r}")
        known = Known(fingerprint=fingerprint, code=code, title=title, severity=_WEIGHTS[weight])
        found.setdefault(policy, {})[fingerprint] = known
    return Baseline(findings={policy: tuple(each.values()) for policy, each in found.items()})
