"""What each error of the resolver says: exact code, place, message, places that help, remedy.

``resolve_errors.txt`` holds them. After a change, ``ANTINOMY_RENEW=1 pytest`` on this file writes
it again; read the difference as somebody would who does not program.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

import policy_dsl
from policy_dsl.diagnostics import CODES, Code, Diagnostic, Related
from policy_dsl.source import Source, Span
from policy_dsl.symbols import Symbols
from tests.policy_dsl.limits import TOO_LARGE
from tests.policy_dsl.resolving import problems, told
from tests.policy_dsl.two_documents import WRONG

GOLDEN = Path(__file__).with_name("resolve_errors.txt")
PACKAGE = Path(policy_dsl.__file__).parent
_BREAK = "\n====\n"


def _read() -> list[tuple[str, str]]:
    blocks = GOLDEN.read_text("utf-8").removesuffix("\n").split(_BREAK)
    pairs = [block.split("\n----\n") for block in blocks]
    return [(pair[0], pair[1] if len(pair) > 1 else "") for pair in pairs]


ERRORS = _read()


def test_the_answers_are_renewed_on_demand() -> None:
    if os.environ.get("ANTINOMY_RENEW") == "1":
        blocks = (f"{text}\n----\n{told(text)}" for text, _ in ERRORS)
        GOLDEN.write_text(_BREAK.join(blocks) + "\n", "utf-8")
    assert len({text for text, _ in ERRORS}) == len(ERRORS)


@pytest.mark.parametrize(("text", "answer"), ERRORS, ids=[text for text, _ in ERRORS])
def test_an_error_is_told(text: str, answer: str) -> None:
    assert answer
    assert told(text) == answer


@pytest.mark.parametrize(("text", "answer"), ERRORS, ids=[text for text, _ in ERRORS])
def test_a_message_is_a_sentence_and_a_remedy_says_what_to_do(text: str, answer: str) -> None:
    for each in problems(text):
        assert each.message[0].isupper() or each.message[0] in "'-0123456789"
        assert each.message.endswith(".")
        assert each.remedy[0].isupper() or each.remedy[0] == "'"
        assert not {"(s)", "None", "Enumeration", "Integer"} & set(each.message.split())
        for word in ("expression", "identifier", "parse", "token", "operand", "boolean"):
            assert word not in f"{each.message} {each.remedy}".lower(), answer


# --- nothing is left out ------------------------------------------------------------------


def _sites() -> Iterator[tuple[str, int, int]]:
    """Every place at which the resolver records an error: file, first and last line."""
    for path in sorted([*PACKAGE.glob("resolve*.py"), PACKAGE / "symbols.py"]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("problem", "_fail", "_order_problem")
            ):
                yield path.name, node.lineno, node.end_lineno or node.lineno


def test_every_place_that_records_an_error_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: set[tuple[str, int]] = set()
    record = Symbols.problem

    def heard(
        self: Symbols,
        code: Code,
        source: Source,
        span: Span,
        message: str,
        remedy: str,
        *related: Related,
    ) -> None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and Path(frame.f_code.co_filename).parent == PACKAGE:
            lines.add((Path(frame.f_code.co_filename).name, frame.f_lineno))
            frame = frame.f_back
        record(self, code, source, span, message, remedy, *related)

    monkeypatch.setattr(Symbols, "problem", heard)
    for text in (*(text for text, _ in ERRORS), *TOO_LARGE.values()):
        problems(text)
    for text, files in WRONG:
        problems(text, **files)
    silent = [
        f"{name}:{first}"
        for name, first, last in _sites()
        if not any((name, line) in lines for line in range(first, last + 1))
    ]
    assert not silent, "no spec in resolve_errors.txt shows these"


def test_every_code_of_the_resolver_is_shown() -> None:
    shown: set[str] = {
        line.split()[1] for _, answer in ERRORS for line in answer.splitlines() if line[0] != " "
    }
    shown |= {each.code for text in TOO_LARGE.values() for each in problems(text)}
    assert shown == {"L03", "L04", "L05", "L06", "L08", "L09", "L10", "L12", "L13"}
    assert shown <= CODES.keys()


# --- all at once, in order ----------------------------------------------------------------


def _all(found: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{each.place} {each.code}" for each in found]


def test_all_errors_of_all_files_are_told_at_once_and_in_order() -> None:
    text = """\
policy main
use "words.policy"
use "b.policy"
use "a.policy"
clause K must strange when reason is audti and age < 3 days
fact lost : Gone
fact odd yes/no
clause L must admit when L
"""
    first = 'policy a\nclause A.1 must admit when chidl\nclause A.2 when badge\naction "x"\n'
    second = 'policy b\nuse "a.policy"\nfact badge : yes/no\nclause B.1 must admit unless A.3\n'
    assert _all(problems(text, a=first, b=second)) == [
        "a.policy:2:28 L03",
        "a.policy:3:8 L08",
        "a.policy:4:8 L01",
        "b.policy:3:6 L04",
        "b.policy:4:30 L03",
        "main.policy:5:15 L03",
        "main.policy:5:38 L03",
        "main.policy:5:48 L05",
        "main.policy:6:13 L03",
        "main.policy:7:10 L01",
        "main.policy:8:26 L09",
    ]


def test_errors_of_the_whole_are_told_beside_others() -> None:
    text = """\
clause K must strange
clause L must admit when L
define d is yes under guests is everybody
"""
    assert [each.code for each in problems(text)] == ["L03", "L09", "L10"]


def test_the_same_error_is_told_once() -> None:
    text = "define a is strange\nclause K must admit when a and a\nclause L must admit unless a"
    assert [each.code for each in problems(text)] == ["L03"]
