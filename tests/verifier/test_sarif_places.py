"""Places in SARIF: they are inside their files, show what stands there, and begin at the root."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_dsl.diagnostics import Code, Diagnostic, SpecError
from policy_dsl.language_errors import LANGUAGE_ERRORS, SURROUNDINGS
from policy_dsl.load import load, load_text
from tests.strategies.policies import FINITE, texts
from tests.strategies.specs import spaced_specs
from tests.verifier.command import CLASH, HEAD, ROOT, policy, run
from tests.verifier.sarif import Node, files, nodes, read, results, well_made
from verifier.pipeline import check_policy
from verifier.render import sarif
from verifier.render.formats import Wrong
from verifier.unsettled import unsettled


def errors(text: str) -> tuple[Diagnostic, ...]:
    """What is wrong with a text, if anything."""
    try:
        load_text(text, "p.policy")
    except SpecError as error:
        return error.diagnostics
    return ()


FAULTY = ("C01-opposed-duties", "C06-opposed-ranks", "C09-opposed-deadlines", "G04-incomplete-duty",
          "S01-quote-not-found", "U04-trap", "V01-no-cases")  # fmt: skip


def test_places_of_files_show_what_stands_there() -> None:
    paths = [ROOT / f"specs/faulty/{each}.policy" for each in FAULTY]
    log = read(*(check_policy(load(each), with_margins=False) for each in paths))
    well_made(log, files(log, ROOT))
    codes = {each["ruleId"] for each in results(log)}
    assert codes >= {each.split("-")[0] for each in FAULTY}


def test_columns_count_characters_and_not_what_encodes_them() -> None:
    text = HEAD.format(name="p") + (
        'clause A "\N{GRINNING FACE} and \N{LATIN SMALL LETTER E WITH ACUTE}" '
        "must release when child and child\n"
    )
    report = check_policy(load_text(text, "p.policy"))
    log = read(report)
    well_made(log, {"p.policy": text})
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
    idle = [each for each in results(log) if each["ruleId"] == "R05"]
    regions = [each["relatedLocations"][1]["physicalLocation"]["region"] for each in idle]
    assert {each["snippet"]["text"] for each in regions} == {"child"}
    line = text.split("\n")[regions[0]["startLine"] - 1]
    assert {each["startColumn"] for each in regions} == {
        line.index("child") + 1,
        line.rindex("child") + 1,
    }


@pytest.mark.parametrize("code", [c for c, each in LANGUAGE_ERRORS.items() if each.faulty])
def test_every_error_of_the_language_has_its_place(code: Code) -> None:
    text = f"{SURROUNDINGS}{LANGUAGE_ERRORS[code].faulty}\n"
    with pytest.raises(SpecError) as raised:
        load_text(text, "example.policy")
    log = read(Wrong("example.policy", raised.value.diagnostics))
    well_made(log, {"example.policy": text})
    assert code in {each["ruleId"] for each in results(log)}


@given(spec=spaced_specs(), at=st.integers(0, 400), junk=st.text(max_size=5))
def test_errors_of_broken_texts_have_their_places(
    spec: tuple[object, str], at: int, junk: str
) -> None:
    text = f"{spec[1][:at]}{junk}{spec[1][at:]}"
    found = errors(text)
    log = read(Wrong("p.policy", found))
    well_made(log, {"p.policy": text})
    assert len(results(log)) == len(found)


@settings(max_examples=15)
@given(text=texts(FINITE, processes=40))
def test_findings_about_any_policy_have_their_places(text: str) -> None:
    report = check_policy(load_text(text, "p.policy"), bound=100_000, with_margins=False)
    log = read(report)
    well_made(log, {"p.policy": text})
    assert len(results(log)) == len(report.findings)


def test_a_very_long_line_is_not_shown_at_each_of_its_places() -> None:
    text = f"policy p\n{'fact a : yes/no ' * 1_000}"
    found = errors(text)
    made = sarif.render([Wrong("p.policy", found)])
    well_made(json.loads(made), {"p.policy": text})
    assert len(found) > 500
    assert len(made) < 1_000 * len(found) + 200_000


def test_a_policy_that_is_not_there_has_a_place_too() -> None:
    with pytest.raises(SpecError) as raised:
        load(Path("nowhere/none.policy"))
    log = read(Wrong("nowhere/none.policy", raised.value.diagnostics))
    well_made(log, {"nowhere/none.policy": ""})
    assert [each["ruleId"] for each in results(log)] == ["L07"]


def test_words_that_are_only_shared_have_a_place_for_what_has_none() -> None:
    text = 'vocabulary words "Words"\nfact ill : yes/no "is ill" otherwise "is not ill"\n'
    report = check_policy(load_text(text, "words.policy"))
    nowhere = unsettled("C01", "opposed-duties", "all of it", "it was too hard")
    log = read(replace(report, findings=(nowhere,)))
    well_made(log, {"words.policy": text})


def test_paths_begin_at_the_checkout_wherever_the_command_runs(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "rules for all" / "50% \N{LATIN SMALL LETTER E WITH ACUTE}#1"
    path = policy(folder, "p", CLASH)
    settings = folder / "antinomy.toml"
    settings.write_text('ignore = ["P01"]\n', "utf-8")
    outs = []
    for cwd in (tmp_path, folder, ROOT, None):
        name = str(path) if cwd is None else os.path.relpath(path, cwd)
        done = run("check", name, "--format", "sarif", "--fail-on", "never", cwd=cwd or tmp_path)
        assert done.status == 0
        outs.append(done.out)
    assert len(set(outs)) == 1
    assert str(tmp_path) not in outs[0]
    log: Node = json.loads(outs[0])
    assert [*files(log, tmp_path)] == ["rules%20for%20all/50%25%20%C3%A9%231/p.policy"]
    well_made(log, files(log, tmp_path))


def test_of_several_projects_paths_begin_where_all_of_them_are(tmp_path: Path) -> None:
    for name in ("one", "two"):
        policy(tmp_path / name, "p", CLASH)
        (tmp_path / name / "antinomy.toml").write_text("", "utf-8")
    done = run("check", "one", "two", "--format", "sarif", cwd=tmp_path)
    found = {each["uri"] for each in nodes(json.loads(done.out)) if "uri" in each}
    assert found == {"one/p.policy", "two/p.policy"}
    assert done.status == 1


def test_an_expired_waiver_stands_where_it_is_declared(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "specs" / "faulty" / "W02-expired-waiver", tmp_path / "rules")
    for cwd in (tmp_path, tmp_path / "rules"):
        name = os.path.relpath(tmp_path / "rules", cwd)
        done = run("check", name, "--format", "sarif", "--today", "2030-01-01", cwd=cwd)
        assert str(tmp_path) not in done.out
        log: Node = json.loads(done.out)
        well_made(log, files(log, tmp_path / "rules"))
        (expired,) = (each for each in results(log) if each["ruleId"] == "W02")
        where = expired["locations"][0]["physicalLocation"]
        assert where["artifactLocation"]["uri"] == "antinomy.toml"
