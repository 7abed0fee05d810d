"""Random policies of several documents, as files; some of their clauses bear one name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from policy_dsl.load import load_with
from policy_dsl.model import Policy
from policy_dsl.source import Source
from tests.strategies.clauses import Body
from tests.strategies.dice import Dice, of_draw
from tests.strategies.vocabulary import Sizes, Vocabulary

MAIN = "memo.policy"

_AUTHORITIES = ("statute", "decree", "memo")
_DAYS = ("2016-05-01", "2017-02-20", "2018-01-01")
_NAMED = re.compile(r"\b([ABC])\.(\d+)\b")


def write(dice: Dice, sizes: Sizes) -> Mapping[str, str]:
    """The files of a policy, which resolves without an error: a vocabulary, and two or three
    documents that stand anyhow to each other."""
    known = Vocabulary(dice, sizes)
    known.declare()
    while not known.facts:
        known._fact(f"f{len(known.lines)}")
    body = Body(known)
    body.write()
    names = ["memo", "law", "rules"][: dice.choice((2, 2, 3))]
    parts: dict[str, list[str]] = {name: [] for name in names}
    for block in dice.shuffled(body.groups()):
        parts[dice.choice(names)].append(block)
    homes = {
        found: name
        for name, blocks in parts.items()
        for block in blocks
        for found in re.findall(r"^clause (\S+)", block, re.MULTILINE)
    }
    shared = _shared(dice, homes, names)
    common: list[str] = []
    main: list[str] = []
    for line in known.lines:
        of_a_document = line.startswith(("ambiguity", "expect")) or _NAMED.search(line)
        (main if of_a_document else common).append(line)
    missing = dice.choice(("before", "after"))
    files = {
        "words.policy": "\n\n".join(
            [f"vocabulary words missing_day {missing}", "subject person", *dice.shuffled(common)]
        )
    }
    for name in names:
        header = [f"policy {name}", f"  missing_day {missing}"]
        header += [f"  authority {dice.choice(_AUTHORITIES)}"] if dice.chance(80) else []
        header += [f"  {dice.choice(('issued', 'effective'))} {dice.choice(_DAYS)}"]
        lines = ['use "words.policy"']
        blocks = parts[name]
        if name == "memo":
            lines += [f'use "{each}.policy"' for each in names[1:]]
            lines += [f"authorities {' > '.join(_AUTHORITIES)}"]
            words = dice.shuffled(["authority", "specificity", "date"])[: dice.between(1, 3)]
            lines += [f"resolve by {', then '.join(words)}"] if dice.chance(70) else []
            blocks = [*dice.shuffled(main), *blocks]
        text = "\n\n".join(["\n".join(header), *lines, *blocks])
        files[f"{name}.policy"] = _renamed(text, name, homes, shared) + "\n"
    return files


def _shared(dice: Dice, homes: Mapping[str, str], names: list[str]) -> dict[str, str]:
    """New names for a clause of each of two documents: the same for both."""
    first = [each for each in homes if homes[each] == names[0]]
    second = [each for each in homes if homes[each] == names[1]]
    if not first or not second or dice.chance(50):
        return {}
    return {dice.choice(first): "S.1", dice.choice(second): "S.1"}


def _renamed(text: str, here: str, homes: Mapping[str, str], shared: Mapping[str, str]) -> str:
    """The text of a document with the new names, in full where they are of another document."""

    def name(found: re.Match[str]) -> str:
        new = shared.get(found[0])
        if new is None:
            return found[0]
        return new if homes[found[0]] == here else f"{homes[found[0]]}.{new}"

    return _NAMED.sub(name, text)


def read(files: Mapping[str, str]) -> Policy:
    """The policy of some files."""
    return load_with(MAIN, lambda name: Source(name, files[name]))


@st.composite
def file_sets(draw: DrawFn, sizes: Sizes) -> Mapping[str, str]:
    """The files of random policies."""
    return write(of_draw(draw), sizes)
