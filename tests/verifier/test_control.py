"""Who controls each permission and release: the table, and what brute force says of it."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from policy_dsl import control
from policy_dsl.load import load_text
from tests.strategies.policies import DENSE, FINITE, texts
from tests.verifier.control_oracle import Deciders
from tests.verifier.world import World, forcing
from verifier.control import Controlled
from verifier.pipeline import shared_for
from verifier.readings import ReadingSet

MOST = 10_000


def table(text: str) -> dict[str, Controlled]:
    return dict(shared_for(load_text(text)).control.rows)


def differences(text: str) -> Iterator[str]:
    """In what the table and brute force differ on a policy."""
    world = World(load_text(text))
    mine = Deciders(world)
    found = table(text)
    if not world.points:
        return
    wanted = mine.clauses() if mine.roles() else []
    if list(found) != wanted:
        yield f"clauses: {list(found)}, not {wanted}"

    def same(what: str, told: ReadingSet | None, real: frozenset[tuple[str, ...]]) -> Iterator[str]:
        if told is None or world.extension(told) != real:
            yield f"{what}: {told}, not {sorted(real)}"

    for clause, row in found.items():
        yield from same(f"{clause} occurs", row.occurs, world.reads_of(forcing(clause)))
        yield from same(f"{clause} nobody", row.nobody, mine.nobody(clause))
        told = {each.role: each for each in row.says}
        for role in mine.roles():
            blocks, brings = mine.blocks(clause, role), mine.brings(clause, role)
            if role not in told:
                if blocks or brings:
                    yield f"{clause}: {role} is missing"
                continue
            yield from same(f"{clause} blocks {role}", told[role].blocks, blocks)
            yield from same(f"{clause} brings {role}", told[role].brings, brings)


@settings(max_examples=2 * settings().max_examples)
@given(data=st.data())
def test_the_table_says_what_brute_force_says(data: st.DataObject) -> None:
    sizes = data.draw(st.sampled_from([FINITE, DENSE]))
    assert list(differences(data.draw(texts(sizes)))) == []


@given(data=st.data())
def test_what_a_role_can_do_in_one_case(data: st.DataObject) -> None:
    world = World(load_text(data.draw(texts(FINITE))))
    mine, policy = Deciders(world), world.policy
    assert {role: set(facts) for role, facts in control.roles(policy).items()} == mine.roles()
    for clause in mine.clauses()[:2]:
        for role, facts in list(mine.roles().items())[:2]:
            alike, securing = mine.alike(facts), set(mine.securing(clause, role))
            for point in [p for p in world.points if p.in_force(clause)][:20]:
                own, rest = control.roles(policy)[role], control.others(policy, role)
                found = control.prevents(world.evaluator, point.case, clause, own, MOST)
                assert (found is None) == all(each.in_force(clause) for each in alike[point])
                secured = control.secures(world.evaluator, point.case, clause, own, rest, MOST)
                assert secured == (point in securing)
