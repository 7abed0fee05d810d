"""Literate specs: what is code, what is a quote, and what is said where Markdown hides code."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_dsl import syntax as ast
from policy_dsl.diagnostics import SpecError
from policy_dsl.literate import quoted_text
from policy_dsl.load import load, load_text
from policy_dsl.model import Policy
from policy_dsl.parse import parse
from policy_dsl.source import Source
from tests.policy_dsl.literate import CLAUSE, HEAD, NAME, problems
from tests.policy_dsl.spec_files import make_project, write


def code(text: str) -> str:
    return f"```policy\n{text}\n```\n"


def read(text: str) -> Policy:
    return load_text(text, NAME)


def said(text: str) -> list[tuple[str, int, int]]:
    found = problems(text)
    assert all(each.remedy for each in found)
    return [(each.code, each.place.line, each.place.column) for each in found]


def quotes(text: str) -> tuple[str, ...]:
    """The quotes of the clause K.1, above which a text stands."""
    return read(f"{HEAD}\n{text}{CLAUSE}").clauses["K.1"].quotes


# --- quotes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("above", "quote"),
    [
        ("> No one comes in.\n\n", "No one comes in."),
        ("> No one comes in.\n\n\n  \n", "No one comes in."),
        ("> No one\n> comes in.\n", "No one comes in."),
        ("> No one\ncomes in.\n", "No one comes in."),
        ("   > No one comes in.\n\n", "No one comes in."),
        (">No one comes in.\n", "No one comes in."),
        ("> No one\n>\n> comes in.\n\n", "No one comes in."),
        ("> > No one comes in.\n\n", "No one comes in."),
        ("> # No one\n> comes in.\n\n", "No one comes in."),
        ("> No *one* **comes** `in`.\n\n", "No one comes in."),
        ("> No one<br>comes <b>in</b>.<!-- page 2 -->\n\n", "No one comes in."),
        (">     No one comes in.\n\n", "No one comes in."),
        ("> ```\n> No one comes in.\n> ```\n\n", "No one comes in."),
        (">\tNo one\tcomes in.\n\n", "No one comes in."),
        ("> <!-- page 2 -->\n> No one comes in.\n\n", "No one comes in."),
        # What Markdown would take out of the text, or put numbers of its own in place of.
        (
            "> (5) A director\n> 6. approves.\n> - or not\n\n",
            "(5) A director 6. approves. - or not",
        ),
        ("> [1]: see [there](page) &amp; ![so](on)\n\n", "[1]: see [there](page) &amp; ![so](on)"),
        ("> 5 * 3 \\* 2 _ 1\n\n", "5 * 3 * 2 _ 1"),
        ('> He said "no\\\\".\n\n', 'He said "no\\".'),
    ],
)
def test_a_block_quote_above_a_block_is_a_quote(above: str, quote: str) -> None:
    assert quotes(above) == (quote,)


@pytest.mark.parametrize(
    "above",
    [
        "",
        "> No one comes in.\n\nThe clause says so:\n\n",
        "> No one comes in.\n\n<!-- so it says -->\n\n",
        "> No one comes in.\n\n---\n\n",
        "> No one comes in.\n\n## K.1\n\n",
        "> No one comes in.\n\n```text\nan example\n```\n\n",
        ">\n>\n\n",
        "> <!-- nothing -->\n\n",
    ],
)
def test_what_does_not_stand_directly_above_is_prose(above: str) -> None:
    assert quotes(above) == ()


def test_only_the_nearest_of_two_block_quotes_counts() -> None:
    assert quotes("> One.\n\n> Two.\n\n") == ("Two.",)


def test_a_block_quote_belongs_to_the_first_that_can_hold_it() -> None:
    policy = read(
        HEAD
        + "\n> The words.\n\n"
        + code("define b is badge\nnote N.1 comment\nclause K.1 must admit\nnote N.2 heading")
    )
    assert policy.clauses["K.1"].quotes == ()
    assert [each.quotes for each in policy.notes.values()] == [("The words.",), ()]


def test_a_block_quote_above_other_declarations_is_prose() -> None:
    text = "\n> The words.\n\n" + HEAD + CLAUSE
    assert read(text).clauses["K.1"].quotes == ()


def test_quotes_of_the_clause_itself_come_after_the_block_quote() -> None:
    block = code('clause K.1 must admit\n  quote "Second."\n  quote "Third."')
    policy = read(f"{HEAD}\n> First.\n\n{block}")
    assert policy.clauses["K.1"].quotes == ("First.", "Second.", "Third.")


def test_an_ambiguity_takes_one_quote() -> None:
    ambiguity = 'ambiguity who "Who?"{} reading a reading b'
    policy = read(f"{HEAD}\n> Anyone.\n\n{code(ambiguity.format(''))}")
    assert policy.ambiguities["who"].quote == "Anyone."
    own = ambiguity.format('\n  quote "All."\n')
    assert said(f"{HEAD}\n> Anyone.\n\n{code(own)}") == [("L04", 11, 3)]


def test_the_place_of_a_quote_is_in_the_block_quote() -> None:
    text = f"{HEAD}\nProse.\n\n  > No *one*\n  > comes in.\n\n{CLAUSE}"
    tree, found = parse(Source(NAME, text))
    clause = tree.declarations[-1]
    assert found == ()
    assert isinstance(clause, ast.Clause)
    quote = clause.parts[0]
    assert isinstance(quote, ast.Quote)
    assert text[quote.span.start : quote.span.end] == "> No *one*\n  > comes in."


def test_the_quoted_text_keeps_every_word_in_its_place() -> None:
    text = f"{HEAD}\nProse.\r\n\n  > No one\n  > > comes in.\nLazily.\n\n{CLAUSE}\n> On.\n"
    found = quoted_text(Source(NAME, text))
    assert found is not None
    assert found.text.split() == ["No", "one", "comes", "in.", "Lazily.", "On."]
    assert len(found.text) == len(text)
    for word in ("No one", "comes", "Lazily", "On."):
        assert found.text.index(word) == text.index(word)
    assert found.line_count == Source(NAME, text).line_count


# --- what is code ---------------------------------------------------------------------------


def test_declarations_go_over_blocks_but_not_beyond_the_end_of_one() -> None:
    ordered = f"{HEAD}{code('in order gate')}Prose.\n\n> Words.\n{CLAUSE}{code('end order')}"
    assert read(ordered).clauses["K.1"].group == "gate"
    split = f"{HEAD}{code('clause K.1')}\nProse.\n\n{code('  must admit')}"
    assert said(split) == [("L08", 7, 1), ("L01", 13, 3)] or said(split)[-1] == ("L01", 13, 3)
    open_text = HEAD + code('clause K.1 "No one') + "\n" + code('note N.1 comment "a')
    assert said(open_text) == [("L11", 7, 12), ("L11", 11, 18)]


def test_the_header_may_stand_in_any_block() -> None:
    text = code("fact badge : yes/no\naction admit") + CLAUSE + code("policy memo")
    assert list(read(text).documents) == ["memo"]


def test_a_file_without_a_header_is_told_so() -> None:
    with pytest.raises(SpecError) as raised:
        read(CLAUSE.replace("  when badge\n", "") + code("action admit"))
    assert [each.code for each in raised.value.diagnostics] == ["L08"]


@pytest.mark.parametrize("marks", ["```", "~~~", "````````"])
@pytest.mark.parametrize("info", ["policy", " policy", "policy the first block", "policy\t"])
def test_ways_to_open_a_block(marks: str, info: str) -> None:
    assert read(f"{marks}{info}\npolicy memo\n{marks}").documents


@pytest.mark.parametrize(
    "passed_over",
    [
        "```\nclause K.1\n```\n",
        "```text\nclause K.1\n```\n",
        "````markdown\n```policy\nclause K.1\n```\n````\n",
        "<!--\n```policy\nclause K.1\n```\n-->\n",
        "clause K.1\n",
        "Write ```policy``` or ```` ```policy ```` above.\n",
        "```policies\n```\n",
    ],
)
def test_what_is_no_block_of_code(passed_over: str) -> None:
    assert read(f"{HEAD}\n{passed_over}").clauses == {}


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("> ```policy\n> clause K.1\n> ```\n", (6, 3), "it does not begin at the start of a line"),
        ("> > ```policy\n> clause K.1\n", (6, 5), "it does not begin at the start of a line"),
        ("- ```policy\n  clause K.1\n  ```\n", (6, 3), "it does not begin at the start of a line"),
        (
            "1. a\n\n   ```policy\n   clause K.1\n   ```\n",
            (8, 4),
            "it does not begin at the start of a line",
        ),
        (" ```policy\nclause K.1\n```\n", (6, 2), "it does not begin at the start of a line"),
        (
            "\n    ```policy\n    clause K.1\n    ```\n",
            (7, 5),
            "it does not begin at the start of a line",
        ),
        ("a\n    ```policy\n    clause K.1\n", (7, 5), "it does not begin at the start of a line"),
        ("\t```policy\n\tclause K.1\n", (6, 2), "it does not begin at the start of a line"),
        ("<div>\n```policy\nclause K.1\n```\n</div>\n", (7, 1), "it stands inside of HTML"),
        ("<!--\n```policy\nclause K.1\n```\n", (7, 1), "it stands inside of HTML"),
        ("```Policy\nclause K.1\n```\n", (6, 1), "word behind ``` is not 'policy'"),
        ("~~~ {.policy}\nclause K.1\n~~~\n", (6, 1), "word behind ~~~ is not 'policy'"),
        ("```policy\nclause K.1\n  must admit\n", (6, 1), "never closed"),
        ("```policy\nclause K.1\n````policy\n", (6, 1), "never closed"),
        ("```policy\nclause K.1\n    ```\n", (6, 1), "never closed"),
        ("````policy\nclause K.1\n```\n", (6, 1), "never closed"),
        ("~~~policy\nclause K.1\n```\n", (6, 1), "never closed"),
        ("```policy", (6, 1), "never closed"),
        ("```text\n", (6, 1), "never closed"),
    ],
)
def test_code_that_would_not_be_read_is_an_error(
    text: str, place: tuple[int, int], message: str
) -> None:
    found = problems(HEAD + text)
    assert (found[0].place.line, found[0].place.column) == place
    assert message in found[0].message
    assert found[0].code == "L01"


@pytest.mark.parametrize(
    "text", ["", "\n", "# Title\n\nProse.\n", "```\nclause K.1\n```\n", "\ufeff"]
)
def test_a_file_without_code(text: str) -> None:
    with pytest.raises(SpecError) as raised:
        read(text)
    assert ["no block of code" in each.message for each in raised.value.diagnostics] == [True]


def test_empty_blocks_say_nothing() -> None:
    assert (
        read(f"{HEAD}\n```policy\n```\n> Words.\n\n```policy\n-- Nothing yet.\n```\n").clauses == {}
    )


def test_errors_are_told_at_the_line_of_the_file() -> None:
    text = f"# Title\n\n{HEAD}\nProse.\n\n{CLAUSE.replace('badge', 'bagde')}"
    with pytest.raises(SpecError) as raised:
        read(text)
    (found,) = raised.value.diagnostics
    assert (found.code, str(found.place)) == ("L03", f"{NAME}:14:8")
    assert found.place.source.line(14) == "  when bagde"


def test_block_quotes_in_too_many_others() -> None:
    assert quotes(">" * 15 + "Words.\n\n") == ("Words.",)
    assert said(HEAD + ">" * 30 + "Words.\n") == [("L13", 6, 1)]


def test_hidden_characters_are_refused_in_quotes_too() -> None:
    assert said(f"{HEAD}\n> No\u202e one.\n\n{CLAUSE}") == [("L01", 7, 5)]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_of_the_encoding(tmp_path: Path, end: str, mark: str) -> None:
    text = mark + f"{HEAD}\n> No one\n> comes in.\n\n{CLAUSE}".replace("\n", end)
    assert read(text).clauses["K.1"].quotes == ("No one comes in.",)
    assert read(text).clauses["K.1"].place.line == 11
    path = tmp_path / NAME
    path.write_bytes(text.encode("utf-8"))
    clause = load(path).clauses["K.1"]
    assert (clause.place.line, clause.quotes) == (11, ("No one comes in.",))


# --- files --------------------------------------------------------------------------------


def test_specs_of_both_kinds_use_each_other(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    main = write(
        root,
        {
            "a.policy.md": code('policy a\nuse "sub/b.policy"\nuse "c.policy.md"'),
            "sub/b.policy": 'policy b\nuse "../d.policy.md"\n',
            "c.policy.md": "Prose.\n\n" + code("policy c"),
            "d.policy.md": "> Words.\n\n" + code("note N.1 comment\npolicy d"),
        },
    )
    policy = load(main)
    assert list(policy.documents) == ["a", "b", "c", "d"]
    assert policy.notes["N.1"].quotes == ("Words.",)
    assert policy.notes["N.1"].place.source.name.endswith("project/d.policy.md")


@pytest.mark.parametrize(
    ("used", "near"), [("words.policy", "words.policy.md"), ("word.policy.md", "words.policy.md")]
)
def test_a_file_of_the_other_kind_may_be_meant(tmp_path: Path, used: str, near: str) -> None:
    root = make_project(tmp_path)
    main = write(root, {"a.policy": f'policy a\nuse "{used}"\n', "words.policy.md": HEAD})
    with pytest.raises(SpecError) as raised:
        load(main)
    assert raised.value.diagnostics[0].remedy == f"Did you mean '{near}'?"


def test_a_header_may_name_the_text(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    head = code('policy memo\n  text "memo.txt"')
    main = write(root, {NAME: head, "memo.txt": "No one comes in."})
    assert load(main).documents["memo"].text == "memo.txt"
    (root / "memo.txt").unlink()
    with pytest.raises(SpecError) as raised:
        load(main)
    assert [(e.code, e.place.line) for e in raised.value.diagnostics] == [("L07", 3)]


def test_block_quotes_are_the_text_where_the_header_names_none() -> None:
    text = f"{HEAD}\n> Admit them.\n\n{CLAUSE}\n> And others.\n"
    source = read(text).documents["memo"].text_source
    assert source is not None
    assert source.text.split() == ["Admit", "them.", "And", "others."]
    assert read(HEAD).documents["memo"].text_source is None
    named = text.replace("policy memo", 'policy memo\n  text "memo.txt"')
    assert read(named).documents["memo"].text_source is None
