"""Coverage as one web page, marked on the clauses: no network and no script."""

from __future__ import annotations

from markupsafe import Markup

from policy_dsl.model import Clause, Policy
from verifier.fixtures.coverage import Coverage, share_of
from verifier.render import coverage_words as words
from verifier.render.html.document import asset, content_policy, environment
from verifier.render.html.marks import anchor


def render(policy: Policy, found: Coverage) -> str:
    """The page, all of it ASCII. The same coverage gives the same page.

    INVARIANT: every text of a policy or of a case file is put out by the template, which
    escapes it.
    """
    style = asset("style.css") + asset("coverage.css")
    text = (
        environment()
        .get_template("coverage.html")
        .render(
            policy_rules=content_policy(style),
            style=Markup(style),
            policy=policy,
            found=found,
            words=words,
            share_of=lambda goals: share_of(state for _, state in goals),
            anchor=anchor,
            clause=lambda owner: _clause(policy, owner),
        )
    )
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _clause(policy: Policy, owner: str) -> Clause | None:
    kind, _, name = owner.partition(" ")
    return policy.clauses.get(name) if kind == "clause" else None
