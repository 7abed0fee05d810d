"""Random policies: texts in the policy language in which every construct of it occurs.

Parser, resolver, encoder and evaluator all have to get through such a text. Whatever is added to
the language has to be added here: ``test_policies.py`` fails as long as it is not.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from policy_dsl.load import load_text
from policy_dsl.model import Policy
from tests.strategies.clauses import Body
from tests.strategies.dice import Dice, of_draw
from tests.strategies.processes import Processes
from tests.strategies.vocabulary import Sizes, Vocabulary

WIDE = Sizes()
"""Policies with numbers of any size."""

FINITE = Sizes(cases=400, facts=4, clauses=6, actions=3, definitions=2, depth=1)
"""Policies of which every case can be looked at."""

DENSE = Sizes(
    cases=200, facts=2, clauses=9, actions=2, definitions=1, outputs=1, expectations=2, depth=0
)
"""The same, with much that is in force together."""

HEADER = """\
policy {name} "A policy made up by a test"
  authority memo
  issued 2017-02-20
  effective 2017-02-21
  until 2020-01-01
  text "some.txt"
  raw "some.raw.txt"
  missing_day {missing}
authorities statute > memo
subject person"""


def write(dice: Dice, sizes: Sizes, processes: int = 30) -> str:
    """The text of a policy; it always resolves without an error. So many of 100 have a process."""
    known = Vocabulary(dice, sizes)
    known.declare()
    while not known.facts:
        known._fact(f"f{len(known.lines)}")
    body = Body(known)
    body.write()
    notes = [
        f'note Note.{i} background "Why"\n  quote "Because."\n  paraphrase "So."'
        for i in range(dice.between(0, 1))
    ]
    flow = Processes(known).write(processes)
    blocks = dice.shuffled([*known.lines, *body.groups(), *notes])
    header = HEADER.format(name="random", missing=dice.choice(("before", "after")))
    return "\n\n".join([header, *rules(dice), *blocks, *flow]) + "\n"


def rules(dice: Dice) -> list[str]:
    """Now and then a line that says how clashes are resolved."""
    words = dice.shuffled(["authority", "specificity", "date"])[: dice.between(1, 3)]
    return [f"resolve by {', then '.join(words)}"] if dice.chance(25) else []


@st.composite
def texts(draw: DrawFn, sizes: Sizes = WIDE, processes: int = 30) -> str:
    """The texts of random policies; so many of 100 have a process."""
    return write(of_draw(draw), sizes, processes)


def policies(sizes: Sizes = WIDE) -> st.SearchStrategy[Policy]:
    """Random policies, read from their texts."""
    return texts(sizes).map(load_text)
