"""Literate specs: the parts that tests put together, and random ones."""

from __future__ import annotations

from hypothesis import strategies as st

from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Diagnostic
from policy_dsl.format import format_file
from policy_dsl.parse import parse
from policy_dsl.source import Source
from tests.strategies.syntax_trees import files

NAME = "memo.policy.md"
HEAD = "```policy\npolicy memo\nfact badge : yes/no\naction admit\n```\n"
CLAUSE = "```policy\nclause K.1\n  must admit\n  when badge\n```\n"


def problems(text: str) -> tuple[Diagnostic, ...]:
    """The errors of a literate text."""
    return parse(Source(NAME, text))[1]


_PROSE = st.sampled_from(
    [
        "",
        "Prose.\n",
        "# Title\n\nMore *prose* with `code`.\n",
        "<!-- a -->\n",
        "- a\n- b\n",
        "---\n",
    ]
)


@st.composite
def literate_specs(draw: st.DrawFn) -> tuple[ast.File, str]:
    """A tree, and a literate text of it whose declarations stand in blocks with prose between."""
    tree = draw(files)
    parts = [draw(_PROSE), "\n"]
    at = 0
    while at < len(tree.declarations) or at == 0:
        end = at + draw(st.integers(1, 4))
        some = ast.File(declarations=tree.declarations[at:end])
        marks = draw(st.sampled_from(["`````", "~~~~"]))
        parts += [f"{marks}policy\n", format_file(Source("x", ""), some), f"{marks}\n"]
        parts += [draw(_PROSE), "\n"]
        at = end
    return tree, "".join(parts)
