"""Every repair that is shown, applied as a patch, removes its finding and adds none."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from policy_dsl.load import load
from tests.verifier.command import CLASH, ROOT, policy, run
from verifier.pipeline import Report, check_policy
from verifier.repairs.compare import covered
from verifier.repairs.patch import rewritten, unified
from verifier.repairs.search import MOST_SHOWN, Repairs, SpecAt, repairs
from verifier.repairs.trial import REGIONS
from verifier.solvers.backend import DEFAULT_BOUND

FAULTY = sorted((ROOT / "specs" / "faulty").glob("*.policy"))
MENDED = {
    "C01": 4,
    "C02": 3,
    "C03": 4,
    "C04": 4,
    "C05": 4,
    "C06": 3,
    "C07": 1,
    "C08": 2,
    "C09": 2,
    "G01": 4,
    "G02": 3,
    "R01": 1,
    "R02": 1,
    "R03": 1,
    "R05": 1,
    "U01": 1,
    "U02": 2,
    "U07": 1,
}
"""How many repairs the finding of each faulty spec has; none where it is not listed."""


def found(path: Path) -> tuple[Report, Repairs]:
    report = check_policy(load(path), with_margins=False)
    return report, repairs(report, SpecAt(path), DEFAULT_BOUND)


def patched(folder: Path, path: Path, data: bytes, patch: str) -> Path:
    """A copy of a file with a patch applied by ``git apply``."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        cwd=folder,
        input=patch.encode("utf-8"),
        capture_output=True,
        check=False,
        env={"GIT_CEILING_DIRECTORIES": str(folder.parent), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, (done.stderr, patch)
    return target


def assert_shown(before: Report, target: Path, fingerprint: str) -> None:
    """The changed policy lacks the finding, and has none that was not there."""
    after = check_policy(load(target), with_margins=False)
    old = {each.fingerprint for each in before.findings}
    new = {each.fingerprint: each for each in after.findings}
    assert fingerprint not in new
    assert [e.title for p, e in new.items() if p not in old and e.code not in REGIONS] == []
    for each in before.findings:
        if each.fingerprint in new:
            kept = new[each.fingerprint]
            assert covered(after.policy, kept.readings, each.readings)


@pytest.mark.parametrize("spec", FAULTY, ids=lambda each: each.stem)
def test_every_repair_of_a_faulty_spec_mends_it(
    spec: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    path = spec.relative_to(ROOT)
    report, shown = found(path)
    code = spec.stem.split("-")[0]
    wanted = {each.fingerprint for each in report.findings if each.code == code}
    count = sum(each.fingerprint in wanted for each in shown.repairs)
    if code != "X01":
        assert count == MENDED.get(code, 0)
    for number, each in enumerate(shown.repairs):
        target = patched(tmp_path / str(number), path, spec.read_bytes(), each.patch)
        assert target.read_bytes() == shown.texts[number][path.as_posix()]
        assert each.fingerprint in each.removes
        assert_shown(report, target, each.fingerprint)


def test_both_directions_are_offered(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLASH)
    _, shown = found(path)
    titles = [each.title for each in shown.repairs]
    assert len(titles) == MOST_SHOWN
    assert titles[0].startswith("A prevails over B:")
    assert titles[1].startswith("B prevails over A:")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_stay(tmp_path: Path, ends: str, mark: str) -> None:
    path = policy(tmp_path, "p", CLASH)
    data = (mark + path.read_text("utf-8").replace("\n", ends)).encode()
    path.write_bytes(data)
    _, shown = found(path)
    for number, each in enumerate(shown.repairs):
        after = patched(tmp_path / str(number), Path("p.policy"), data, each.patch).read_bytes()
        assert after == shown.texts[number][path.as_posix()]
        assert after.count(b"\r") == (after.count(b"\n") if ends == "\r\n" else 0)
        assert after.startswith(mark.encode())


def test_the_file_that_is_used_is_the_one_that_changes(tmp_path: Path) -> None:
    (tmp_path / "antinomy.toml").touch()
    (tmp_path / "sub").mkdir()
    head, clauses = CLASH.split("clause B")
    used = policy(tmp_path, "sub/base", head)
    main = tmp_path / "main.policy"
    main.write_text(f'policy main "Main"\nuse "sub/base.policy"\n\nclause B{clauses}')
    report, shown = found(main)
    assert {name for each in shown.texts for name in each} == {main.as_posix(), used.as_posix()}
    assert {each.patch.split("\n", 1)[0] for each in shown.repairs} == {
        "--- a/main.policy",
        "--- a/sub/base.policy",
    }
    assert report.findings


@pytest.mark.parametrize("name", ['a "b"', "a b", "a\tb", "a\\b", "ä"])
def test_names_with_odd_signs_are_patched(tmp_path: Path, name: str) -> None:
    before, after = b"one\ntwo", b"one\nthree"
    patch = unified(f"{name}.policy", before, after)
    target = patched(tmp_path / "in", Path(f"{name}.policy"), before, patch)
    assert target.read_bytes() == after


def test_rewritten_keeps_lines_as_they_were() -> None:
    mixed = b"\xef\xbb\xbfone\r\ntwo\nthree\r\n"
    assert rewritten(mixed, "one\ntwo\nnew\nthree\n") == b"\xef\xbb\xbfone\r\ntwo\nnew\r\nthree\r\n"
    assert rewritten(mixed, "one\ntwo\nthree\n") == mixed


def test_texts_of_a_policy_do_no_harm(tmp_path: Path) -> None:
    hostile = CLASH.replace("Children go free", 'C \\" \\\\ <b> {} ]]>').replace("A ", "A.1 ")
    path = policy(tmp_path, "p", hostile)
    report, shown = found(path)
    assert shown.repairs
    for number, each in enumerate(shown.repairs):
        target = patched(tmp_path / str(number), Path("p.policy"), path.read_bytes(), each.patch)
        assert_shown(report, target, each.fingerprint)


def test_same_bytes_twice(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLASH)
    one = run("check", str(path), "--repairs", "--format", "json", PYTHONHASHSEED="1")
    two = run("check", str(path), "--repairs", "--format", "json", PYTHONHASHSEED="2")
    assert one == two
    tried = json.loads(one.out)["reports"][0]["repairs"]
    assert [len(each["repairs"]) for each in tried] == [MOST_SHOWN]


LITERATE = """\
# The rules

Written by hand.  \\
Two spaces, *stars* and a tab:\tthere.

```policy
policy p "The rules"
fact child : yes/no "is a child"
fact ill : yes/no "is ill"
action release "release the person"
```

## Who goes

> Children are released.

```policy
clause A "Children go free"
  must release
  when child
```

Some prose between them, which says must not release.

> The ill are not released.

```policy
clause B "The ill stay"
  must not release
  when ill
```

```python
clause = "no code of the policy"
```
"""


def prose(text: str) -> list[str]:
    """The lines of a literate spec that are no code of the policy."""
    lines, inside = [], False
    for line in text.splitlines(keepends=True):
        inside = line.startswith("```policy") or (inside and not line.startswith("```"))
        if not inside:
            lines.append(line)
    return lines


def test_repairs_of_a_literate_spec_leave_its_prose_alone(tmp_path: Path) -> None:
    path = tmp_path / "p.policy.md"
    path.write_text(LITERATE, "utf-8")
    report, shown = found(path)
    assert [each.code for each in report.findings] == ["C01"]
    assert len(shown.repairs) == MOST_SHOWN
    for number, each in enumerate(shown.repairs):
        name = Path("p.policy.md")
        target = patched(tmp_path / str(number), name, path.read_bytes(), each.patch)
        assert target.read_bytes() == shown.texts[number][path.as_posix()]
        assert prose(target.read_text("utf-8")) == prose(LITERATE)
        assert_shown(report, target, each.fingerprint)


def test_a_literate_clause_that_is_retired_keeps_its_quote(tmp_path: Path) -> None:
    again = LITERATE.replace("must not release\n  when ill", "must release\n  when child and ill")
    path = tmp_path / "p.policy.md"
    path.write_text(again, "utf-8")
    report, shown = found(path)
    (retired,) = [each for each in shown.repairs if each.kind == "clause"]
    target = patched(tmp_path / "in", Path("p.policy.md"), path.read_bytes(), retired.patch)
    assert prose(target.read_text("utf-8")) == prose(again)
    assert "B" in load(target).notes
    assert_shown(report, target, retired.fingerprint)


def test_the_command_lists_shows_and_applies(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLASH)
    report, shown = found(path)
    (finding,) = report.findings
    listed = run("repair", str(path), finding.fingerprint)
    assert listed.status == 0
    assert all(each.patch in listed.out for each in shown.repairs)
    assert run("repair", str(path), finding.fingerprint, "--number", "2").out == (
        shown.repairs[1].patch
    )
    assert run("repair", str(path), finding.fingerprint, "--apply", "9").status == 2
    assert run("repair", str(path), "000000000000").status == 2
    applied = run("repair", str(path), finding.fingerprint, "--apply", "1")
    assert applied.status == 0
    assert path.read_bytes() == shown.texts[0][path.as_posix()]
    assert run("check", str(path)).status == 0


def test_the_report_says_what_mends_it(tmp_path: Path) -> None:
    path = policy(tmp_path, "p", CLASH)
    said = run("check", str(path), "--repairs").out
    assert "Changes that would mend it:" in said
    assert "A prevails over B" in said
    assert "that would mend" not in run("check", str(path)).out
