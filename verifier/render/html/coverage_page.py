"""Coverage as one web page that needs nothing else: the clauses, with what is met of each."""

from __future__ import annotations

from markupsafe import Markup

from verifier.fixtures.coverage import Coverage, Goaled
from verifier.render.coverage_json import because, meeting
from verifier.render.html.document import asset, content_policy, environment

_MOST_NAMED = 5


def render(found: Coverage, verdict: str) -> str:
    """The coverage as one HTML file, all of it ASCII. The same coverage gives the same page.

    INVARIANT: every text of a policy or a case file is put out by the template, which escapes it.
    """
    style = asset("style.css") + asset("coverage.css")
    text = (
        environment()
        .get_template("coverage.html")
        .render(
            policy_rules=content_policy(style),
            style=Markup(style),
            found=found,
            verdict=verdict,
            owners=_owners(found),
            meeting=lambda each: meeting(found, each, _MOST_NAMED),
            because=because,
        )
    )
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _owners(found: Coverage) -> dict[str, list[Goaled]]:
    """The goals by what they are marked on: every clause, in the policy's order, then the rest."""
    owners: dict[str, list[Goaled]] = {f"clause {name}": [] for name in found.policy.clauses}
    for each in found.goals:
        owner = each.goal.owner if each.goal.clause is None else f"clause {each.goal.clause}"
        owners.setdefault(owner, []).append(each)
    return {owner: goals for owner, goals in owners.items() if goals}
