"""Paraphrases are shown like quotes, marked as what they are, and held against no text."""

from __future__ import annotations

import re

from policy_dsl.evaluate import Evaluator
from policy_dsl.load import load_text, load_with
from policy_dsl.read_case import complete_case
from policy_dsl.source import Source
from verifier.fidelity.trace import trace
from verifier.pipeline import check_policy
from verifier.render import case_text, json_trace, json_v1, terminal, trace_text
from verifier.render.answer import answer
from verifier.render.html.document import render

FILES = {
    "memo.policy": """policy memo "Memo" text "memo.txt"
fact ill : yes/no "is ill" otherwise "is well"
action go "go home"
clause A "The ill go"
  paraphrase "Whoever is ill need not stay and may not stay."
  must go
  when ill
clause B "All stay"
  quote "Everybody must stay."
  must not go
note N background paraphrase "Nothing of this is new."
""",
    "memo.txt": "Everybody must stay.\n",
}
POLICY = load_with("memo.policy", lambda name: Source(name, FILES[name]))
SAID = "Whoever is ill need not stay and may not stay."


def test_nothing_is_asked_of_a_paraphrase() -> None:
    report = check_policy(POLICY)
    assert [
        each.code for each in report.findings if each.code[0] == "S" or each.code == "G05"
    ] == []
    assert [side.paraphrases for side in report.findings[0].sides] == [(SAID,), ()]


def test_a_paraphrase_is_no_text_of_the_source() -> None:
    files = FILES | {"memo.txt": f"Everybody must stay. {SAID}\n"}
    report = check_policy(load_with("memo.policy", lambda name: Source(name, files[name])))
    assert [each.code for each in report.findings if each.code == "G05"] == ["G05"]


def test_it_is_marked_as_one_wherever_it_is_shown() -> None:
    report = check_policy(POLICY)
    case, filled = complete_case(POLICY, {"ill": True})
    answered = case_text.render(
        answer(Evaluator(POLICY), case, filled, ()), ["ill"], "case.json", 200, False
    )
    for text in (terminal.render(report, 200, False), answered):
        assert f"Paraphrase: {SAID}" in text
        assert f'"{SAID}"' not in text
    page = re.sub(r"<[^>]*>", "", render(report))
    assert page.count(f"Paraphrase: {SAID}") == 2
    (side, _) = json_v1.document([report])["reports"][0]["findings"][0]["sides"]
    assert (side["quotes"], side["paraphrases"]) == ([], [SAID])


def test_the_trace_lists_them_beside_the_texts() -> None:
    found = trace(POLICY)
    told = trace_text.render(POLICY, found, 200, False)
    assert trace_text.accounted(found)
    assert "PARAPHRASES, WHICH ARE HELD AGAINST NO TEXT" in told
    assert f"- A {SAID}" in told
    data = json_trace.policy_trace(POLICY, "memo.policy", found, True)
    assert [(each["kind"], each["name"]) for each in data["paraphrases"]] == [
        ("clause", "A"),
        ("note", "N"),
    ]


def test_a_vocabulary_by_itself_has_no_gaps() -> None:
    text = """vocabulary words "Words"
fact ill : yes/no
action go
output fee : 0 .. 9
decision home is exactly one of go
assume ill because "It is so."
"""
    report = check_policy(load_text(text))
    assert {each.code for each in report.findings} == {"V02"}
    text = text.replace("vocabulary", "policy")
    assert {"G01", "G02"} <= {each.code for each in check_policy(load_text(text)).findings}
