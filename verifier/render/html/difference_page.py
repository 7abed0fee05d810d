"""Differences as one web page that needs nothing else: no network and no script."""

from __future__ import annotations

from markupsafe import Markup

from policy_dsl.model import Policy
from verifier.difference.model import Change
from verifier.difference.results import Differences, Entry, passes
from verifier.render import difference_whole as whole
from verifier.render import difference_words as words
from verifier.render.html.document import asset, content_policy, environment
from verifier.render.sentences import fact_sentences, sentence, sentence_start
from verifier.render.word_changes import marked


def render(found: Differences, verdict: str) -> str:
    """The differences as one HTML file, all of it ASCII. The same differences give the same page.

    INVARIANT: every text of a policy is put out by the template, which escapes it.
    """
    style = asset("style.css") + asset("difference.css")
    text = (
        environment()
        .get_template("difference.html")
        .render(
            policy_rules=content_policy(style),
            style=Markup(style),
            found=found,
            verdict=verdict,
            whole=whole,
            words=words,
            sentence=sentence,
            sentence_start=sentence_start,
            marked=marked,
            passes=passes,
            kind=_kind,
            case=_case,
        )
    )
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _kind(entry: Entry) -> str:
    return type(entry).__name__


def _case(policy: Policy, change: Change) -> list[str]:
    return fact_sentences(policy, change.new_case, policy.facts)
