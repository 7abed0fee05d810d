"""What each mistake is answered with: exact code, place, message and remedy.

``mistakes.txt`` holds them. After a change, ``ANTINOMY_RENEW=1 pytest`` on this file writes it
again; read the difference as somebody would who does not program.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from policy_dsl import syntax_errors
from policy_dsl.diagnostics import CODES
from policy_dsl.lark_parser import Failure, parse_declaration
from policy_dsl.mistakes import RULES
from policy_dsl.mistakes.mistake import Mistake, could_stand
from policy_dsl.mistakes.signs import _PAIRS, _SIGNS
from policy_dsl.parse import parse
from policy_dsl.source import Source, Span
from policy_dsl.words import EXAMPLES

GOLDEN = Path(__file__).with_name("mistakes.txt")
_BREAK = "\n====\n"


def _read() -> list[tuple[str, str]]:
    blocks = GOLDEN.read_text("utf-8").removesuffix("\n").split(_BREAK)
    pairs = [block.split("\n----\n") for block in blocks]
    return [(pair[0], pair[1] if len(pair) > 1 else "") for pair in pairs]


def _answer(text: str) -> str:
    _, problems = parse(Source("spec.policy", text + "\n"))
    return "\n".join(
        f"{each.place.line}:{each.place.column} {each.code} {each.message}\n    {each.remedy}"
        for each in problems
    )


MISTAKES = _read()


def test_the_answers_are_renewed_on_demand() -> None:
    if os.environ.get("ANTINOMY_RENEW") == "1":
        blocks = (f"{text}\n----\n{_answer(text)}" for text, _ in MISTAKES)
        GOLDEN.write_text(_BREAK.join(blocks) + "\n", "utf-8")
    assert len({text for text, _ in MISTAKES}) == len(MISTAKES)


@pytest.mark.parametrize(("text", "answer"), MISTAKES, ids=[text for text, _ in MISTAKES])
def test_a_mistake_is_told(text: str, answer: str) -> None:
    assert answer
    assert _answer(text) == answer


def _mistake(text: str) -> Mistake | None:
    piece = Span(0, len(text))
    outcome = parse_declaration(text, piece)
    return (
        Mistake(text=text, piece=piece, failure=outcome) if isinstance(outcome, Failure) else None
    )


def test_every_rule_is_shown() -> None:
    heard = set()
    for text, _ in MISTAKES:
        mistake = _mistake(text)
        if mistake is not None:
            heard.add(next((rule for rule in RULES if rule(mistake) is not None), None))
    assert [rule.__qualname__ for rule in RULES if rule not in heard] == []


def test_every_syntax_code_is_shown() -> None:
    shown = {line.split()[1] for _, answer in MISTAKES for line in answer.splitlines()[::2]}
    assert shown >= {"L01", "L02", "L06", "L11", "L12"}
    assert shown <= CODES.keys()


@pytest.mark.parametrize("sign", _SIGNS)
def test_every_sign_is_explained(sign: str) -> None:
    message, remedy = _SIGNS[sign]
    answer = _answer(f"assume a {sign} b").splitlines()
    assert message in answer[0]
    assert answer[1] == f"    {remedy}"


@pytest.mark.parametrize("pair", _PAIRS, ids="".join)
def test_every_pair_of_signs_is_explained(pair: tuple[str, str]) -> None:
    message, remedy = _PAIRS[pair]
    answer = _answer(f"assume a {''.join(pair)} b").splitlines()
    assert message in answer[0]
    assert answer[1] == f"    {remedy}"


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_wherever_a_declaration_is_cut_there_is_something_to_say(example: str) -> None:
    for end in range(1, len(example)):
        for tail in ("", " ?", " zzz", ' "zzz"', " 7", " must"):
            mistake = _mistake(example[:end] + tail)
            if mistake is not None:
                assert "'_" not in could_stand(mistake)
                assert "ANON" not in could_stand(mistake)
        answer = _answer(example[:end])
        assert "Here  " not in answer
        assert "Here should" not in answer


def test_words_of_other_languages_are_known() -> None:
    assert _answer("rule A\n  must go").splitlines()[1] == "    Did you mean 'clause'?"
    assert syntax_errors.explain_lead.__doc__
