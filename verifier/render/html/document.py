"""The whole page: its parts, its template, and what a browser may load for it (nothing)."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from verifier.pipeline import Report
from verifier.render.control_text import CONTROL
from verifier.render.force_text import PERIODS, force_lines
from verifier.render.gate_words import gate_sentences, shown_blocks
from verifier.render.html import tables
from verifier.render.html.clash_map import clash_map
from verifier.render.html.control_view import control_table
from verifier.render.html.entries import entries
from verifier.render.html.margin_view import margin_table
from verifier.render.html.marks import Finder, shown
from verifier.render.html.period_view import periods
from verifier.render.html.process_view import process_views
from verifier.render.html.source_view import documents
from verifier.render.reading_text import SETTLING, open_points
from verifier.render.sentences import sentence
from verifier.render.summary import (
    STRENGTH,
    counts,
    size,
    summary,
    text_file,
)

_TEMPLATES = Path(__file__).parent / "templates"


def render(report: Report, verdict: str = "") -> str:
    """The report as one HTML file, all of it ASCII. The same report gives the same page.

    INVARIANT: every text of the policy passes ``shown`` and is then escaped by the template;
    only the style sheet and the script, which are files of this package, are not.
    ``verdict`` stands at the end: what the exit status is and means.
    """
    policy = report.policy
    counting, aside = shown_blocks(report)
    found = (*counting, *aside)
    finder = Finder(found)
    processes = process_views(policy, report.processes)
    style, script = asset("style.css"), asset("script.js")
    page = environment().get_template("page.html")
    text = page.render(
        policy_rules=content_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        title=policy.title or policy.name,
        files=[
            (each.title or each.name, each.place.source.name, text_file(each) or "")
            for each in policy.documents.values()
        ],
        size=size(policy),
        counts=counts(report),
        verdict=verdict,
        gate=gate_sentences(report),
        fixed=[(each.code, sentence(each.title), each.fingerprint) for each in report.gate.fixed],
        summary=summary(report),
        strength=STRENGTH,
        entries=entries(report, found, finder, processes),
        unsettled=[(sentence(each.title), each.explanation[1:]) for each in report.unsettled],
        documents=documents(policy, report.traces, finder),
        clash_map=clash_map(policy, found, finder),
        force=force_lines(policy),
        periods=periods(report, finder),
        periods_lead=PERIODS,
        settling=SETTLING,
        points=tables.points(report, finder),
        idle_points=open_points(report).idle,
        actions=tables.actions(report),
        states=[each.state for each in report.profiles[0].entries] if report.profiles else [],
        control=control_table(report),
        control_lead=CONTROL,
        processes=list(processes.values()),
        margins=margin_table(report),
        clauses=tables.clauses(policy, finder),
        assumptions=tables.assumptions(policy, found),
        controls=tables.controls(policy, found),
    )
    # So that it does not matter in which encoding it is written.
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


@cache
def environment() -> Environment:
    """The templates of pages. Everything that they put out is escaped but for markup."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def asset(name: str) -> str:
    """A file of this package that stands in a page as it is."""
    return (_TEMPLATES / name).read_text("utf-8")


def content_policy(style: str, script: str = "") -> str:
    """What the browser may do: apply this style, run this script, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "require-trusted-types-for 'script'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
