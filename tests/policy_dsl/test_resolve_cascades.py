"""One mistake is told once: what only follows from it is not told as well."""

from __future__ import annotations

import pytest

from tests.policy_dsl.resolving import problems


def codes(text: str, **files: str) -> list[str]:
    """The line and the code of each error; the columns stand in ``resolve_errors.txt``."""
    return [
        f"{each.place.source.name}:{each.place.line} {each.code}".removeprefix("main.policy:")
        for each in problems(text, **files)
    ]


ALONE = {
    # --- a declaration that cannot be read -------------------------------------------------
    "fact": ("fact foo ; yes/no\nclause K must admit when foo or not foo", ["1 L01"]),
    "fact of unknown use": (
        "fact foo : yes/noo\nclause K must admit when foo is strange and foo < 3 and foo is empty",
        ["1 L01"],
    ),
    "fact with an open text": (
        'fact foo : yes/no "is so\nclause K must admit when foo',
        ["1 L11"],
    ),
    "type": (
        "type T is one of a b\nfact t : T\nfact ts : set of T\noutput o : T\n"
        "clause K sets o to a when t is a and ts includes b and t is one of (a, b)",
        ["1 L01"],
    ),
    "action": (
        'action go "go\nclause K must go\ndecision d is exactly one of go, admit\n'
        "cannot go\nsettle go\nexpect must go",
        ["1 L11"],
    ),
    "clause": (
        "clause K must admit when badge and\nclause L must admit unless K overrides K\n"
        "clause M must admit subject to K as proviso\nexpect K is reachable",
        ["1 L01"],
    ),
    "clause without its effect": (
        "clause K musst admit\nclause L must refuse despite K\nexpect K and must admit",
        ["1 L01"],
    ),
    "definition": (
        "define d(x : 0 .. ) is x x\nclause K must admit when d(3) and d and d < 2",
        ["1 L01"],
    ),
    "output": ("output o ; yes/no\nclause K sets o to 3\nexpect o = 3", ["1 L01"]),
    "ambiguity": (
        'ambiguity am "?" readng a reading b\nclause K must admit under am is a\n'
        "define d is yes under am is a\ndefine d is no under am is not a",
        ["1 L01"],
    ),
    "ordered list": ("in order\nclause K must admit\nend order", ["1 L01"]),
    "end of an ordered list": (
        "in order L\nclause K must admit\nend oder\nfact foo : yes/no",
        ["3 L01"],
    ),
    "header": ('policy "A title"\nuse "words.policy"\nclause K must admit', ["1 L01"]),
    "order of authorities": (
        'authorities a >\npolicy main authority a\nuse "words.policy"',
        ["1 L01"],
    ),
    "use": (
        "policy main\nuse words.policy\nclause K must admit when badge and reason is audit",
        ["2 L01"],
    ),
    "use without a text": (
        "policy main\nuse\nclause K must admit when badge and reason is audit",
        ["2 L01"],
    ),
    # --- a file that is missing ------------------------------------------------------------
    "a missing file": (
        'policy main\nuse "gone.policy"\nfact f : Type_\nfact e : one of (a, b)\n'
        "clause K must act overrides L when other and f is unheard and e is other and d(3)\n"
        "clause M sets o to 3 under am is x\ndecision dec is exactly one of act, other_act\n"
        "expect L is reachable\nexpect must act",
        ["2 L07"],
    ),
    "a value is near in spite of a missing file": (
        'policy main\nuse "gone.policy"\nfact e : one of (red, green)\naction act\n'
        "clause K must act when e is gren",
        ["2 L07", "5 L03"],
    ),
    # --- a declaration that is wrong -------------------------------------------------------
    "type of a fact": (
        "fact foo : Gone\nclause K must admit when foo is abc and foo < 3 and not foo\n"
        "define d is foo\nclause L must admit when d or foo is established",
        ["1 L03"],
    ),
    "type of an output": (
        "output o : Gone\nclause K sets o to abc\nexpect o is abc\nexpect o = 3",
        ["1 L03"],
    ),
    "output that is a set": (
        "output o : set of Training\nclause K sets o to fire\nexpect o includes fire",
        ["1 L05"],
    ),
    "type of a parameter": (
        "define d(x : Gone) is x is abc or x > 3\nclause K must admit when d(abc) or d(3)",
        ["1 L03"],
    ),
    "range of a fact": ("fact n : 5 .. 2\nclause K must admit when n > 7 and n", ["1 L12"]),
    "range of an output": ("output o : 5 .. 2\nclause K sets o to 3", ["1 L12"]),
    "bound that is too large": (
        "output o : 10 .. 99999999999999999999\nclause K sets o to 30",
        ["1 L12"],
    ),
    "number that is too large": (
        "clause K must admit when age < 99999999999999999999\n"
        "  and at least 99999999999999999999 of badge, inspector\n"
        "clause L sets fee to 99999999999999999999",
        ["1 L12", "2 L12", "3 L12"],
    ),
    "date in a condition": ("clause K must admit when 2024-01-01 < age", ["1 L05"]),
    "values of a type listed twice": (
        "type T is one of a, b, a\nfact t : T\nclause K must admit when t is a or t is b",
        ["1 L04"],
    ),
    "body of a definition": (
        "define d(x : 0 .. 3) is gone\ndefine e is d(2)\ndefine f is e and not e\n"
        "clause K must admit when f or e or d(1) or d(badge)",
        ["1 L03"],
    ),
    "one body of several": (
        "define d is gone under guests is everybody\ndefine d is badge under guests is on_tour\n"
        "clause K must admit when d",
        ["1 L03"],
    ),
    "reading of one body of several": (
        "define d is badge under guests is everbody\ndefine d is badge under guests is on_tour\n"
        "clause K must admit when d",
        ["1 L03"],
    ),
    "bodies of two types": (
        "define d is badge under guests is everybody\ndefine d is 3 under guests is on_tour\n"
        "clause K must admit when d > 3\nclause L must admit when d",
        ["2 L05"],
    ),
    "circle of definitions": (
        "define a is b\ndefine b is a\ndefine c is a and b\nclause K must admit when a and b\n"
        "clause L must admit when c",
        ["1 L09"],
    ),
    "one reading only": (
        'ambiguity am "?"\n  reading a\nclause K must admit under am is a\n'
        "define d is yes under am is a",
        ["1 L08"],
    ),
    "effect that is unknown": ("clause K must strange when badge", ["1 L03"]),
    "condition of a clause that is referred to": (
        "clause K must admit when gone\nclause L must refuse when K overrides K\n"
        "expect K is reachable",
        ["1 L03"],
    ),
    "decision with an unknown action": (
        "decision d is exactly 2 of admit, strange\nclause K must admit",
        ["1 L03"],
    ),
    "list that is not ended": (
        "in order L\nclause K must admit\nfact foo : yes/no\nfact bar : yes/no\naction act",
        ["1 L08"],
    ),
    # --- a name that is declared twice -----------------------------------------------------
    "fact and action": (
        "action foo\nfact foo : 0 .. 3\nclause K must foo when foo < 2",
        ["2 L04"],
    ),
    "facts of two types": (
        "fact foo : yes/no\nfact foo : 0 .. 3\nclause K must admit when foo < 2 or foo",
        ["2 L04"],
    ),
    "types": (
        "type T is one of a, b\ntype T is one of c\nfact t : T\n"
        "clause K must admit when t is c or t is a",
        ["2 L04"],
    ),
    "definitions": (
        "define d is badge\ndefine d(x : yes/no) is x\nclause K must admit when d or d(badge)",
        ["2 L04"],
    ),
    "ambiguities": (
        'ambiguity am "?" reading a reading b\nambiguity am "?" reading c reading d\n'
        "clause K must admit under am is c\nclause L must admit under am is a",
        ["2 L04"],
    ),
    "a clause that seems to name itself": (
        "clause K must admit when badge\nclause K must refuse unless K overrides K",
        ["2 L04"],
    ),
    "clauses that seem to go in a circle": (
        "clause K must admit when L\nclause L must admit\nclause L must refuse when K",
        ["3 L04"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), ALONE.values(), ids=ALONE)
def test_one_mistake_is_told_once(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_a_file_that_cannot_be_read_hides_no_error_of_another() -> None:
    text = (
        'policy main\nuse "words.policy"\nuse "gone.policy"\nclause K must admit when age < 3 days'
    )
    assert codes(text) == ["3 L07", "4 L05"]


def test_a_file_without_its_header_is_told_of_nothing_else() -> None:
    text = 'policy main\nuse "other.policy"\naction act\nclause K must act when foo'
    assert codes(text, other="fact foo : yes/no") == ["other.policy:1 L08"]


def test_too_large_a_file_is_told_of_nothing_else() -> None:
    text = 'policy main\nuse "other.policy"\naction act\nclause K must act when foo is bar'
    assert codes(text, other="-- " + "x" * 4_000_000) == ["other.policy:1 L13"]
