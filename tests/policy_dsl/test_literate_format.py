"""The layout of literate specs: blocks in the one format, all else byte for byte as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from policy_dsl import syntax as ast
from policy_dsl.format import format_file
from policy_dsl.literate import read_markdown
from policy_dsl.literate_format import format_literate
from policy_dsl.parse import parse
from policy_dsl.source import Source
from tests.policy_dsl.literate import literate_specs
from verifier.cli import main

NAME = "memo.policy.md"

BEFORE = """\
\ufeff# A memo  \t

Prose   with   blanks,\ttabs \x20
> No one  comes in.

```policy  x
policy memo
fact badge:yes/no
action admit
```
~~~~policy
~~~~
* * *
~~~~policy
 clause K.1 must admit when badge -- so
~~~~~
no end of line"""

AFTER = """\
\ufeff# A memo  \t

Prose   with   blanks,\ttabs \x20
> No one  comes in.

```policy  x
policy memo

fact badge : yes/no
action admit
```
~~~~policy
~~~~
* * *
~~~~policy
clause K.1
  must admit
  when badge  -- so
~~~~~
no end of line"""


def formatted(text: str) -> str:
    return format_literate(Source(NAME, text))


def prose(text: str) -> str:
    """All that is no code."""
    done, parts = 0, []
    for block in read_markdown(Source(NAME, text)).blocks:
        parts.append(text[done : block.code.start])
        done = block.code.end
    return "".join([*parts, text[done:]])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blocks_are_laid_out_and_all_else_stays(end: str) -> None:
    before, after = (each.replace("\n", end) for each in (BEFORE, AFTER))
    assert formatted(before) == after
    assert formatted(after) == after


def test_each_block_has_the_line_ends_of_its_fence() -> None:
    text = (
        "Prose.\r\nMore.\n```policy\r\npolicy   memo\n```\n\r\n~~~policy\nfact  a:yes/no\r\n~~~\r\n"
    )
    assert formatted(text) == (
        "Prose.\r\nMore.\n```policy\r\npolicy memo\r\n```\n\r\n~~~policy\nfact a : yes/no\n~~~\r\n"
    )


def test_a_text_with_the_marks_of_the_fence_is_refused_where_it_would_close_it() -> None:
    words = "word " * 16
    inside = f'````policy\nnote N.1 comment\n  quote "{words}\n ``` {words}"\n````\n'
    assert parse(Source(NAME, f"```policy\npolicy memo\n```\n{inside}"))[1] == ()
    assert formatted(inside) == formatted(formatted(inside))


@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
@given(literate_specs())
def test_formatting_changes_layout_only_and_is_done_once(spec: tuple[ast.File, str]) -> None:
    tree, text = spec
    after = formatted(text)
    assert parse(Source(NAME, after)) == (tree, ())
    assert prose(after) == prose(text)
    assert formatted(after) == after


@settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))
@given(literate_specs())
def test_a_block_is_laid_out_like_a_plain_spec(spec: tuple[ast.File, str]) -> None:
    text = formatted(spec[1])
    for block in read_markdown(Source(NAME, text)).blocks:
        code = Source("x.policy", text[block.code.start : block.code.end])
        assert format_file(code, parse(code)[0]) == code.text


def test_the_command_formats_in_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / NAME
    path.write_bytes(BEFORE.replace("\n", "\r\n").encode("utf-8"))
    assert main(["fmt", "--check", str(path)]) == 1
    assert main(["fmt", "--diff", str(tmp_path)]) == 1
    assert "+fact badge : yes/no" in capsys.readouterr().out
    assert main(["fmt", str(tmp_path)]) == 0
    assert path.read_bytes().decode("utf-8") == AFTER.replace("\n", "\r\n")
    assert main(["fmt", "--check", str(path)]) == 0


def test_the_command_leaves_a_wrong_file_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / NAME
    path.write_text("```policy\npolicy memo\n\nfact  a\n```\n> ```policy\n", "utf-8")
    before = path.read_bytes()
    assert main(["fmt", str(path)]) == 2
    told = capsys.readouterr().err
    assert f"{NAME}:4:" in told
    assert f"{NAME}:6:3" in told
    assert path.read_bytes() == before


def test_other_commands_take_literate_specs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / NAME
    path.write_text(
        "Prose.\n\n```policy\npolicy memo\nfact badge : yes/no\naction admit\n```\n\n"
        "> Admit them\n> with a badge.\n\n```policy\nclause K.1 must admit when badge\n```\n",
        "utf-8",
    )
    (tmp_path / "case.json").write_text('{"facts": {"badge": true}}', "utf-8")
    assert main(["check", "--no-progress", "--full", str(tmp_path)]) == 0
    assert str(path) in capsys.readouterr().out.replace("\n", "")  # long paths are broken
    assert main(["eval", str(path), str(tmp_path / "case.json")]) == 0
    assert "memo.policy.md:13" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "case.json")]) == 2
    assert "does not end in .policy or .policy.md" in capsys.readouterr().err
