"""Literate specs that nobody would write, and those that anybody might."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy_dsl import syntax as ast
from policy_dsl.literate import quoted_text, read_markdown
from policy_dsl.parse import parse
from policy_dsl.source import Source
from tests.policy_dsl.literate import CLAUSE, HEAD, NAME, literate_specs, problems
from tests.work import work

# --- input that nobody would write -----------------------------------------------------------

HOSTILE: dict[str, Callable[[int], str]] = {
    "one line of quotes": lambda n: ">" * 20 * n + " a\n\n" + HEAD,
    "nested quotes": lambda n: (">" * 500 + "a\n") * (n // 10) + "\n" + HEAD,
    "quotes": lambda n: "> a\n\n" * n + HEAD,
    "lazy lines": lambda n: "> a\n" + "b\n" * n + HEAD,
    "lists": lambda n: "- " * n + "\n" + "1. a\n" * n + HEAD,
    "unclosed comments": lambda n: "<!--\n" * n,
    "tags": lambda n: "<a\n" * n + "<div>\n" * n + HEAD,
    "definitions": lambda n: "[a]:\n" * n + HEAD,
    "open brackets": lambda n: "> " + "![[" * n + "\n\n" + HEAD,
    "stars": lambda n: "> " + "*a _b **" * n + "\n\n" + HEAD,
    "back ticks": lambda n: "> " + "` `` ```a " * n + "\n\n" + HEAD,
    "fences": lambda n: CLAUSE * n,
    "fences in quotes": lambda n: "> ```policy\n" * n,
    "marks of lists": lambda n: ("1. " * 30 + "- > " * 30 + "\n") * (n // 20) + HEAD,
    "tildes": lambda n: "~~~\n" * n,
    "tabs": lambda n: "\t>" * n + "\n" + HEAD,
    "headings": lambda n: "a\n" * n + "===\n" + HEAD,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_markdown_takes_work_in_proportion(kind: str) -> None:
    def done(size: int) -> int:
        return work(lambda: problems(HOSTILE[kind](size)))

    assert len(problems(HOSTILE[kind](8_000))) < 100
    assert done(4_000) <= 4.2 * done(1_000)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([*"> \t\n`~-*<!1.[]()\r", "```", "policy", "```policy\n", "<!--", "-->"])
    ).map("".join)
)
def test_any_markdown_is_read_or_refused(text: str) -> None:
    found = read_markdown(Source(NAME, text))
    assert found.blocks or found.faults
    spans = [each.code for each in found.blocks]
    assert spans == sorted(spans)
    for each in found.blocks:
        assert text[: each.code.start].endswith(("\n", "\r"))
    for quote in found.quotes:
        assert text[quote.span.start] == ">"
        assert quote.text.text
    quoted = quoted_text(Source(NAME, text))
    assert (quoted is None) == (not found.quotes)
    assert quoted is None or len(quoted.text) == len(text)
    problems(text)


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(literate_specs())
def test_blocks_say_the_same_as_a_plain_spec(spec: tuple[ast.File, str]) -> None:
    tree, text = spec
    assert parse(Source(NAME, text)) == (tree, ())
