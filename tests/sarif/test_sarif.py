"""SARIF documents before the schema of the standard, and before the validator of its authors."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import jsonschema
import pytest

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load
from tests.verifier.command import ROOT, run
from tests.verifier.sarif import Node, files, results, well_made
from tests.verifier.sarif_reports import REPORTS, TEXTS
from verifier.pipeline import Report, check_policy
from verifier.render import sarif
from verifier.render.formats import Result, Wrong
from verifier.repairs.search import SpecAt, with_repairs
from verifier.solvers.backend import DEFAULT_BOUND

INTENDED: Mapping[str, str] = {
    "SARIF2002": "messages are given in full: code scanning takes no other",
    "SARIF2003": "which revision was checked is known to whoever uploads the document",
    "SARIF2005": "the project has no address on the web",
    "SARIF2006": "whether the address of the schema answers is no property of the document",
    "SARIF2011": "a file that is one declaration has nothing around it",
    "SARIF2012": "the rules carry their whole help; the project has no address on the web",
    "SARIF2013": "the files are beside the document, and would be in it many times",
}
"""What the validator may say, all of it advice, and why it is not followed."""


def checked(*names: str) -> Iterator[Result]:
    """The reports about some specs of the project; a spec that cannot be read is one too."""
    for name in names:
        try:
            yield check_policy(load(ROOT / name))
        except SpecError as error:
            yield Wrong(name, error.diagnostics)


def repaired(name: str) -> Report:
    """The report about a faulty spec, with repairs."""
    path = ROOT / "specs" / "faulty" / f"{name}.policy"
    return with_repairs(check_policy(load(path), with_margins=False), SpecAt(path), DEFAULT_BOUND)


def _faulty() -> list[str]:
    folder = ROOT / "specs" / "faulty"
    return [each.relative_to(ROOT).as_posix() for each in sorted(folder.glob("*.policy"))]


REPAIRED = ("C01-opposed-duties", "G01-silent", "R01-subsumed")


def _results(name: str) -> Sequence[Result]:
    match name:
        case "memo":
            return [*checked("specs/ice-ero-2017/ice-ero-2017.policy")]
        case "courses":
            return [*checked("specs/ice-ero-2017/courses.policy")]
        case "combined":
            folder = "specs/ice-ero-2017-authorities"
            return [*checked(f"{folder}/ice-ero-2017-authorities.policy")]
        case "faulty":
            return [*checked(*_faulty())]
        case "repairs":
            return [repaired(each) for each in REPAIRED]
        case _:
            return REPORTS[name]


SETS = ("memo", "courses", "combined", "faulty", "repairs", "waivers", *REPORTS)


@pytest.fixture(scope="module", params=SETS)
def text(request: pytest.FixtureRequest) -> str:
    """A document."""
    name: str = request.param
    if name == "waivers":
        both = [f"specs/faulty/{each}" for each in ("W01-unused-waiver", "W02-expired-waiver")]
        return run("check", *both, "--format", "sarif", "--today", "2026-06-30").out
    return sarif.render(_results(name))


def test_it_is_in_the_shape_of_the_standard(text: str, packages: Path) -> None:
    (schema,) = packages.glob("sarif-multitool-*/sarif-2.1.0.json")
    validator = jsonschema.Draft202012Validator(json.loads(schema.read_text("utf-8-sig")))
    assert [each.message for each in validator.iter_errors(json.loads(text))] == []


def test_it_points_to_what_is_there(text: str) -> None:
    log: Node = json.loads(text)
    uris = {each["location"]["uri"] for each in log["runs"][0]["artifacts"]}
    well_made(log, TEXTS if uris <= set(TEXTS) else files(log, ROOT))


def validated(log: str, packages: Path, folder: Path) -> Node:
    """What the validator says of a document, which is a document itself."""
    (folder / "log.sarif").write_text(log, "ascii", newline="\n")
    # The tool hands its arguments on to a shell.
    done = subprocess.run(
        [
            "node", str(packages / "sarif-multitool" / "bin.js"), "validate", "log.sarif",
            "--rule-kind", "'Sarif;Gh'", "--level", "'Error;Warning;Note'", "--kind", "'Fail;Open'",
            "--output", "said.sarif", "--log", "ForceOverwrite",
        ],
        cwd=folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    said: Node = json.loads((folder / "said.sarif").read_text("utf-8-sig"))
    (invocation,) = said["runs"][0]["invocations"]
    assert invocation["executionSuccessful"], done.stdout
    return said


def rules(said: Node, *levels: str) -> set[str]:
    """The rules of the validator by which it says something, at some levels."""
    return {e["ruleId"] for e in results(said) if e.get("level", "warning") in levels}


def test_its_validator_has_nothing_against_it(text: str, packages: Path, tmp_path: Path) -> None:
    said = validated(text, packages, tmp_path)
    assert rules(said, "error") == set()
    assert rules(said, "warning") == {"SARIF2005"}
    assert rules(said, "note") <= set(INTENDED)


def test_the_validator_looks_at_documents(packages: Path, tmp_path: Path) -> None:
    log: Node = json.loads(sarif.render(REPORTS["small"]))
    for each in results(log):
        each["locations"][0]["physicalLocation"]["region"]["endLine"] = 1
    assert "SARIF1007" in rules(validated(json.dumps(log), packages, tmp_path), "error")
