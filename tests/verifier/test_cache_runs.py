"""A run that takes up earlier results says, byte for byte, what a run without them says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy_dsl.diagnostics import SpecError
from policy_dsl.load import load_text
from policy_dsl.model import Policy
from tests.strategies.dice import Dice, of_draw
from tests.strategies.policies import DENSE, FINITE, write
from tests.verifier.command import run
from tests.verifier.reported import SMALL
from verifier.cache.results import Cache
from verifier.cache.store import Store
from verifier.pipeline import check_policy
from verifier.render import json_v1, terminal
from verifier.shared import Limits

BOUND = 200_000
MODAL = re.compile(r"^  (must not|must|should not|should|may|need not) ", re.MULTILINE)


@dataclass
class Memory:
    """Keeps results as a folder would."""

    texts: dict[str, str] = field(default_factory=dict)

    def read(self, key: str) -> object | None:
        return json.loads(self.texts[key]) if key in self.texts else None

    def write(self, key: str, result: object) -> None:
        self.texts[key] = json.dumps(result)


def said(policy: Policy, cache: Cache | None = None, limits: Limits | None = None) -> str:
    """All that is said of a policy, for programs and for people."""
    report = check_policy(policy, BOUND, limits, cache=cache)
    text = terminal.render(report, 80, colour=False, full=True, verdict="")
    return f"{json_v1.render([report])}\n{text}"


def edited(dice: Dice, text: str) -> str:
    """A text with one change such as authors make."""
    parts = text.split("\n\n")
    at = dice.between(0, len(parts) - 1)
    match dice.choice(["drop", "word", "move", "comment", "not", "twice"]):
        case "drop":
            parts = [*parts[:at], *parts[at + 1 :]]
        case "word":
            words = list(MODAL.finditer(text))
            if words:
                found = dice.choice(words)
                other = dice.choice(["must", "must not", "may", "need not", "should"])
                return f"{text[: found.start(1)]}{other}{text[found.end(1) :]}"
        case "move":
            parts = [*parts[:at], *parts[at + 1 :], parts[at]]
        case "comment":
            parts.insert(at, "-- nothing of note\n--")
        case "not":
            return re.sub(r"^  when (?!not )(\S+)$", r"  when not \1", text, count=1, flags=re.M)
        case _:
            parts.append("fact one_more : yes/no")
    return "\n\n".join(parts)


@st.composite
def histories(draw: st.DrawFn) -> list[str]:
    """A policy's text and what becomes of it by and by."""
    dice = of_draw(draw)
    text = write(dice, dice.choice([FINITE, DENSE]), 20)
    texts = [text]
    for _ in range(3):
        text = edited(dice, text)
        texts.append(text)
    return texts


def policies_of(texts: list[str]) -> Iterator[Policy]:
    for text in texts:
        try:
            yield load_text(text, "random.policy")
        except SpecError:
            continue  # an edit has taken away what something rests on


@given(histories())
@settings(max_examples=6, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_history_of_changes_says_the_same_with_and_without_results(texts: list[str]) -> None:
    cache = Cache(Memory())
    for policy in policies_of(texts):
        assert said(policy, cache) == said(policy)
        assert said(policy, cache) == said(policy)
    compared = Cache(cache.kept, compare=True)
    for policy in policies_of(texts):
        said(policy, compared)
    assert compared.tally.otherwise == []


def taken(text: str, cache: Cache, limits: Limits | None = None) -> tuple[int, int]:
    """How many parts were taken up and made for a text."""
    before = cache.tally.taken, cache.tally.kept
    policy = load_text(text, "specs/small.policy")
    assert said(policy, cache, limits) == said(policy, limits=limits)
    return cache.tally.taken - before[0], cache.tally.kept - before[1]


def test_moved_lines_and_other_comments_change_nothing() -> None:
    cache = Cache(Memory())
    assert taken(SMALL, cache)[0] == 0
    moved = "-- The small policy\n\n" + SMALL.replace("\n\n", "\n\n\n").replace(
        "  when", "    when"
    )
    hits, made = taken(moved, cache)
    assert hits
    assert made == 0


def test_a_change_of_one_clause_leaves_what_does_not_depend_on_it() -> None:
    cache = Cache(Memory())
    taken(APART, cache)
    hits, made = taken(APART.replace("must open", "should open"), cache)
    assert hits
    assert made


APART = """\
policy apart "Two things that have nothing to do with each other"
fact cold : yes/no
fact late : yes/no
fact raining : yes/no
action open_door
action ring_bell

clause A.1 "Open"
  must open_door
  when cold

clause A.2 "Keep shut"
  must not open_door
  when late and cold

clause B.1 "Ring"
  may ring_bell
  when raining

clause B.2 "Do not ring"
  must not ring_bell
  when raining
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("must detain", "should detain"),
        ("when child\n", "when child and old\n"),
        ("when ill\n  under", "when ill and old\n  under"),
        ('"is ill"', '"is sick"'),
        ("0 .. 120", "0 .. 121"),
        ('"keep the person"', '"hold the person"'),
        ("decision outcome is exactly", "decision outcome is at most"),
        ("settle release when child or old or ill", "settle release when child"),
        ('nobody    "nobody"', 'nobody    "nobody at all"'),
        ('"The ill are kept."', '"All who are ill are kept."'),
        ('clause B "The ill stay"', 'clause B "The ill have to stay"'),
        ("expect never (may release and must detain)", "expect never must detain"),
        ("subject person", "subject alien"),
        ("clause E", "assume not (ill and old)\n\nclause E"),
        ("clause E", "ambiguity x\n  reading a\n  reading b\n\nclause E"),
        ("  when ill and child", "  when ill and child\n  overrides A"),
    ],
)
def test_what_is_said_follows_every_change(old: str, new: str) -> None:
    assert old in SMALL
    cache = Cache(Memory())
    taken(SMALL, cache)
    try:
        changed = SMALL.replace(old, new)
        load_text(changed, "specs/small.policy")
    except SpecError as error:
        pytest.fail(str(error.diagnostics[0]))
    assert taken(changed, cache)[1]


def test_other_limits_are_another_question() -> None:
    cache = Cache(Memory())
    taken(SMALL, cache)
    assert taken(SMALL, cache, Limits(regions=1))[0] == 0


def test_a_folder_of_forged_results_changes_nothing(tmp_path: Path) -> None:
    policy = load_text(SMALL, "specs/small.policy")
    expected = said(policy)
    said(policy, Cache(Store(tmp_path, "v")))
    kept = sorted(tmp_path.glob("*.json"))
    for number, path in enumerate(kept):
        data = path.read_bytes()
        path.write_bytes(data[: number * 7 % len(data)] + b"}" + data[number * 7 % len(data) :])
    assert said(policy, Cache(Store(tmp_path, "v"))) == expected


def test_the_command_says_the_same_and_leaves_nothing_where_nothing_was_asked(
    tmp_path: Path,
) -> None:
    spec = tmp_path / "small.policy"
    spec.write_text(SMALL, "utf-8")
    plain = run("check", str(spec))
    assert [each.name for each in tmp_path.iterdir()] == ["small.policy"]
    folder = tmp_path / "kept"
    first = run("check", str(spec), "--cache", str(folder), "--verbose")
    again = run("check", str(spec), "--cache", str(folder), "--verbose")
    assert first.out == again.out == plain.out
    assert "0 results were taken" in first.err
    assert "0 were made and kept" in again.err
    same = run("check", str(spec), "--cache", str(folder), "--verify-cache")
    assert (same.out, same.status) == (plain.out, plain.status)


def test_a_folder_that_cannot_be_made_is_said_and_hinders_nothing(tmp_path: Path) -> None:
    spec = tmp_path / "small.policy"
    spec.write_text(SMALL, "utf-8")
    found = run("check", str(spec), "--cache", str(spec / "below"))
    plain = run("check", str(spec))
    assert (found.out, found.status) == (plain.out, plain.status)
    assert found.err.count("nothing is kept in") == 1


def test_nothing_to_compare_is_a_mistake(tmp_path: Path) -> None:
    spec = tmp_path / "small.policy"
    spec.write_text(SMALL, "utf-8")
    found = run("check", str(spec), "--verify-cache", "--no-cache")
    assert found.status == 2
    assert "--verify-cache" in found.err
