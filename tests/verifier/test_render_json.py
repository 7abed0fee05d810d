"""Reports as JSON: complete, in the published shape, the same bytes each time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from policy_dsl.case import case_to_json
from policy_dsl.diagnostics import SpecError
from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text
from policy_dsl.read_case import complete_case, read_case
from tests.verifier.exhibited import exhibited
from tests.verifier.reported import SMALL, small
from verifier.exhibits import Persons
from verifier.pipeline import check_policy
from verifier.render import case_json, json_schema, json_v1
from verifier.render.answer import answer
from verifier.render.formats import Wrong

FOLDER = Path(json_schema.__file__).parent


def published(name: str) -> dict[str, object]:
    """A published schema."""
    found: dict[str, object] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


def objects(schema: object) -> Iterator[dict[str, object]]:
    """All schemas of objects within a schema."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for each in schema.values():
            yield from objects(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from objects(each)


@pytest.mark.parametrize("name", json_schema.PUBLISHED)
def test_the_published_schema_is_the_one_of_the_types(name: str) -> None:
    made = json_v1.dump(json_schema.schema(*json_schema.PUBLISHED[name]))
    if os.environ.get("ANTINOMY_RENEW") == "1":
        (FOLDER / name).write_text(made, encoding="utf-8")
    assert (FOLDER / name).read_text(encoding="utf-8") == made, "renew with ANTINOMY_RENEW=1"
    jsonschema.Draft202012Validator.check_schema(published(name))
    for each in objects(published(name)):
        assert each["additionalProperties"] is False or "properties" not in each
        assert "description" in each or "properties" not in each


def test_a_report_is_in_the_published_shape() -> None:
    with pytest.raises(SpecError) as raised:
        load_text("policy p\nclause A\n  must x\nclause A\n  must x\n")
    wrong = Wrong("p.policy", raised.value.diagnostics)
    unsettled = check_policy(load_text(SMALL), bound=1)
    text = json_v1.render([small(), wrong, unsettled])
    data = json.loads(text)
    jsonschema.validate(
        data,
        published("antinomy-report-1.schema.json"),
        cls=jsonschema.Draft202012Validator,
    )
    assert [len(data["reports"]), len(data["failures"])] == [2, 1]
    assert text == json_v1.render([small(), wrong, unsettled])
    assert data["reports"][1]["counts"]["unsettled"] == 1


def test_exhibits_processes_and_control_are_in_the_published_shape() -> None:
    report = exhibited()
    data = json.loads(json_v1.render([report]))
    jsonschema.validate(
        data,
        published("antinomy-report-1.schema.json"),
        cls=jsonschema.Draft202012Validator,
    )
    told = data["reports"][0]
    kinds = [each["exhibit"]["kind"] for each in told["findings"] if each["exhibit"]]
    assert kinds == ["persons", "persons", "run", "timeline"]
    first, group, run, timeline = (each["exhibit"] for each in told["findings"][:4])
    assert [first["capacity"], group["capacity"]] == [None, 2]
    assert [each["count"] for each in group["members"]] == [2, 1]
    for exhibit, finding in zip((first, group), report.findings, strict=False):
        assert isinstance(finding.exhibit, Persons)
        for member, person in zip(exhibit["members"], finding.exhibit.members, strict=True):
            assert read_case(report.policy, member["witness"]["case"]) == person.witness.case
    assert [each["step"] for each in run["stages"]] == ["come_in", "lock", None]
    assert [each["mark"] for each in timeline["marks"]] == ["event", "latest", "event", "earliest"]
    assert [each["process"] for each in told["processes"]] == ["house", "large"]
    assert [each["reached"] for each in told["processes"][0]["states"]][-2:] == [False, None]
    assert [each["clause"] for each in told["control"]] == ["A", "A.old", "E"]
    assert told["control"][1]["roles"][0]["blocks"] is None


def test_unknown_keys_are_not_in_the_shape() -> None:
    data = json.loads(json_v1.render([small()]))
    data["reports"][0]["findings"][0]["more"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, published("antinomy-report-1.schema.json"))


def test_everything_of_the_report_is_there() -> None:
    report = small()
    data = json_v1.document([report])["reports"][0]
    assert data["questions"] == report.questions
    assert [each["fingerprint"] for each in data["findings"]] == [
        each.fingerprint for each in report.findings
    ]
    for finding, told in zip(report.findings, data["findings"], strict=True):
        assert told["title"] == finding.title
        assert [side["clause"] for side in told["sides"]] == [s.clause for s in finding.sides]
        for side, place in (
            (s, t["place"]) for s, t in zip(finding.sides, told["sides"], strict=True)
        ):
            assert (place["line"], place["column"]) == (side.place.line, side.place.column)
        assert (told["witness"] is None) == (finding.witness is None)
        if finding.witness is not None and told["witness"] is not None:
            assert read_case(report.policy, told["witness"]["case"]) == finding.witness.case
    assert len(data["profile"]) == len(report.policy.actions)
    assert len(data["readings"]) == len(report.readings)
    assert len(data["proved"]) == len(report.proved)


def test_strange_texts_are_escaped() -> None:
    report = small()
    strange = "\ud800 \x1b[31m \u202e \U0001f600 \u2028"
    odd = replace(report, findings=(replace(report.findings[0], title=strange),))
    text = json_v1.render([odd])
    assert text.isascii()
    assert "\x1b" not in text
    assert json.loads(text)["reports"][0]["findings"][0]["title"] == strange


def test_an_answer_is_in_the_published_shape() -> None:
    policy = load_text(SMALL)
    evaluator = Evaluator(policy)
    case, filled = complete_case(policy, {"ill": True, "child": True})
    found = answer(evaluator, case, filled, ())
    data = json.loads(case_json.render(found))
    jsonschema.validate(
        data,
        published("antinomy-answer-1.schema.json"),
        cls=jsonschema.Draft202012Validator,
    )
    assert data["case"] == json.loads(json.dumps(case_to_json(policy, case)))
    assert {each["clause"] for each in data["clauses"] if each["in_force"]} == {"A", "B", "D", "E"}
    assert data["compliable"] == {"must": True, "should": True}
    assert [each["no_longer_in_force"] for each in data["other_readings"]] == [[], ["B"]]
