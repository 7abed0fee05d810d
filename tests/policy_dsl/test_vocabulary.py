"""Files of words that are no documents, and paraphrases."""

from __future__ import annotations

from policy_dsl.evaluate import Evaluator
from policy_dsl.format import format_file
from policy_dsl.load import load_text
from policy_dsl.parse import parse
from policy_dsl.read_case import complete_case
from policy_dsl.source import Source
from tests.policy_dsl.resolving import problems, resolved


def test_a_vocabulary_is_no_document() -> None:
    policy = resolved(
        'policy main "Main"\nuse "more.policy"\nclause K must admit when tall',
        more='vocabulary more "More words"\nuse "words.policy"\nfact tall : yes/no',
    )
    assert list(policy.documents) == ["main", "words"]
    assert policy.facts["tall"].name == "tall"


def test_a_vocabulary_can_be_looked_at_alone() -> None:
    policy = load_text('vocabulary words "Words"\nfact a : yes/no\nassume a because "So it is."\n')
    assert (policy.name, policy.title, dict(policy.documents)) == ("words", "Words", {})
    assert len(policy.assumptions) == 1


def test_what_a_vocabulary_takes_for_a_missing_day_counts_in_it() -> None:
    text = """vocabulary words {}
fact day : date
define later is day + 1 month is after 2024-02-29
"""
    policy = load_text(text.format("missing_day before"))
    case, _ = complete_case(policy, {"day": "2024-01-31"})
    assert not Evaluator(policy).holds(policy.definitions["later"].cases[0].body, case)
    (found,) = problems('policy main\nuse "more.policy"', more=text.format(""))
    assert "missing_day" in found.remedy


def test_paraphrases_are_kept_apart_from_quotes() -> None:
    policy = resolved(
        'clause K quote "One." paraphrase "In other words." must admit\n'
        'note N comment paraphrase "First." quote "Second." paraphrase "Third."'
    )
    clause, note = policy.clauses["K"], policy.notes["N"]
    assert (clause.quotes, clause.paraphrases) == (("One.",), ("In other words.",))
    assert (note.quotes, note.paraphrases) == (("Second.",), ("First.", "Third."))


def test_the_formatter_keeps_both_words() -> None:
    text = (
        'vocabulary words "Words"\n\nnote N comment\n  paraphrase "First."\n  quote "Second."\n\n'
        'clause K\n  paraphrase "Third."\n  must admit\n'
    )
    source = Source("a.policy", text)
    assert format_file(source, parse(source)[0]) == text
