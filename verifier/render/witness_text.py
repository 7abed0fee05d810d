"""Cases as text: what matters in each, what plays no part, and on demand all of it."""

from __future__ import annotations

from collections.abc import Sequence

from policy_dsl.model import Policy
from verifier.render.page import Page
from verifier.render.sentences import fact_sentences, sentence, together
from verifier.witness import Witness


def show_statements(page: Page, statements: Sequence[str]) -> None:
    """Statements as a list."""
    for each in statements:
        page.item(sentence(each), indent=5)


def show_example(page: Page, policy: Policy, case: Witness, name: str = "") -> None:
    """How it comes about, where the statements only say that clauses do not apply."""
    if case.example:
        said = f" {name}" if name else ""
        page.line((f"For instance{said}: ", "quiet"), together(policy, case.example), indent=5)


def show_rest(page: Page, policy: Policy, cases: Sequence[Witness], full: bool) -> None:
    """How many facts play no part in any of some cases; with ``full``, which."""
    numbers = sorted({len(case.left_out) for case in cases})
    if not numbers or not numbers[0]:
        return
    of = len(policy.facts)
    if len(numbers) > 1:
        said = f"in each of them at least {numbers[0]} of the {of} facts play no part"
    else:
        verb = "plays" if numbers[0] == 1 else "play"
        said = f"{numbers[0]} of {of} facts {verb} no part"
    page.line((f"Whatever else is true: {said}.", "quiet"), indent=5)
    if full:
        common = [n for n in cases[0].left_out if all(n in case.left_out for case in cases)]
        page.line((f"No part in any of it: {', '.join(common)}.", "quiet"), indent=5)


def show_whole(page: Page, policy: Policy, case: Witness, name: str = "") -> None:
    """One plausible case in full, with the readings in it."""
    facts = fact_sentences(policy, case.case, policy.facts)
    chosen = "; ".join(f"{each}: {reading}" for each, reading in case.case.readings.items())
    said = f" for {name}" if name else ""
    lead = (f"One such case in full{said}: ", "quiet")
    page.line(lead, together(policy, facts) if facts else "nothing.", indent=5)
    page.line(("Its readings: ", "quiet"), f"{chosen}.", indent=5)
