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
from verifier.findings import Finding
from verifier.pipeline import check_policy, shared_for
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


# --- by hand ------------------------------------------------------------------------------

VISITS = """
policy visits "Visits"
subject visitor
fact   registered : yes/no "is registered" otherwise "is not registered"
choice asks       : yes/no by visitor "asks" otherwise "does not ask"
grant  agreed     : yes/no by warden "has the warden's agreement" otherwise "has none"
grant  cleared    : yes/no by doctor "is cleared" otherwise "is not cleared"
action visit "visit a prisoner"
"""


def hands(text: str, clause: str) -> dict[str, tuple[bool, bool]]:
    """Whether each role with a say in a clause blocks it, and brings it about."""
    found = table(VISITS + text)[clause]
    assert all(each.blocks is not None and each.brings is not None for each in found.says)
    return {
        each.role: (not each.blocks.never, not each.brings.never)
        for each in found.says
        if each.blocks is not None and each.brings is not None
    }


def test_what_two_have_to_agree_on_neither_brings_about() -> None:
    assert hands("clause V may visit when agreed and cleared", "V") == {
        "warden": (True, False),
        "doctor": (True, False),
    }


def test_of_two_who_will_do_each_brings_it_about_and_none_blocks() -> None:
    assert hands("clause V may visit when agreed or cleared", "V") == {
        "warden": (False, True),
        "doctor": (False, True),
    }


def test_an_exception_and_a_defeat_are_a_say_too() -> None:
    text = (
        "clause V may visit when registered unless cleared\n"
        "clause N must not visit when agreed overrides V"
    )
    assert hands(text, "V") == {"warden": (True, False), "doctor": (True, False)}


def test_what_an_assumption_excludes_is_nobodys_choice() -> None:
    text = "assume registered implies agreed\nclause V may visit when registered and agreed"
    assert hands(text, "V") == {"warden": (False, False)}


def test_numbers_without_end_can_be_chosen() -> None:
    text = "choice offer : money USD by donor\nclause V may visit when offer >= 100 USD"
    assert hands(text, "V") == {"donor": (True, True)}


def test_nobody_controls_anything() -> None:
    text = "policy p\nsubject person\nfact old : yes/no\naction go\nclause A may go when old"
    assert table(text) == {}


def test_a_question_that_is_given_up_is_no_answer() -> None:
    policy = load_text(VISITS + "clause V may visit when agreed and cleared")
    report = check_policy(policy, bound=1, codes=["U06"])
    assert {each.code for each in report.findings} >= {"X01"}


def told(text: str) -> dict[str, Finding]:
    report = check_policy(load_text(VISITS + text), codes=["U06"])
    return {each.title: each for each in report.findings}


def test_an_official_is_told_of_once_and_the_subject_by_the_action() -> None:
    found = told("clause V may visit when asks and agreed\nclause W may visit when agreed")
    assert list(found) == [
        "Alone, the warden can block V and W, and can bring about W",
        "What the visitor alone decides never brings about a permission to visit a prisoner",
    ]


def test_the_case_shown_fails_by_the_official_alone() -> None:
    (finding,) = told("clause V may visit when registered and agreed").values()
    assert finding.witness is not None
    assert finding.witness.statements == ("The visitor is registered", "The visitor has none")
    assert "but where the visitor has the warden's agreement" in " ".join(finding.explanation)


def test_what_is_in_nobodys_hands() -> None:
    found = told("clause V may visit when registered")
    assert list(found) == ["Whether V is in force is in nobody's hands"]
    assert not told("clause V may visit")
