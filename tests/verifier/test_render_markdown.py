"""The comment in Markdown: what stands first, what it leaves out, and that texts stay texts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.verifier.exhibited import EXHIBITS, exhibited, hostile_exhibits, trapped
from tests.verifier.gated import NASTY, gated, many, wrong
from tests.verifier.rendered import Shown
from tests.verifier.reported import small
from tests.verifier.test_markdown_text import _LINKED
from tests.verifier.test_render_terminal import same_as_read
from verifier.findings import Severity
from verifier.pipeline import Report
from verifier.render import markdown
from verifier.render.markdown_text import LONGEST
from verifier.render.summary import summary
from verifier.repairs.repair import Repair

TAGS = {
    "b", "blockquote", "class", "code", "details", "h3", "li", "ol", "p", "pre", "span", "style",
    "sub", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def shown(*results: Report) -> Shown:
    """What a reader sees, none of which is a link, a picture or a name of somebody."""
    found = Shown(markdown.render(results))
    assert set(found.tags) <= TAGS
    for piece in found.pieces:
        assert not _LINKED.search(piece), piece
    return found


def repaired(report: Report, patch: str) -> Report:
    """The report with a repair of its first finding."""
    mark = report.findings[0].fingerprint
    each = Repair(
        fingerprint=mark, kind="priority", title="A prevails over B", patch=patch, removes=(mark,)
    )
    return replace(report, repairs=(each,) * 5)


def test_a_report_as_it_was_read() -> None:
    same_as_read("report.comment.md", markdown.render([gated()]))


def test_several_policies_as_they_were_read() -> None:
    same_as_read("reports.comment.md", markdown.render([wrong(), small(), small()]))


def test_no_finding_is_lost() -> None:
    text = markdown.render([exhibited()])
    for finding in exhibited().findings:
        assert finding.fingerprint in text
    assert all(title in text for title in EXHIBITS.values())
    assert shown(exhibited()).text.count("Proved, for every case and every reading") == 1
    assert text == markdown.render([exhibited()])


def test_what_weighs_most_stands_first() -> None:
    leads = re.findall(r"<summary><b>(\w+)", markdown.render([small(), gated()]))
    order = ["error", "1", "warning", "3", "2", "Proved"]
    assert [each for each in dict.fromkeys(leads) if each in order][:3] == ["error", "1", "warning"]


@pytest.mark.parametrize("fail_on", [*Severity, None])
def test_the_verdict_is_that_of_the_run(fail_on: Severity | None) -> None:
    report = small()
    report = replace(report, gate=replace(report.gate, fail_on=fail_on))
    failing = [each for each in report.findings if report.gate.fails(each)]
    first = markdown.render([report]).split("\n")[0]
    said = f"not passed ({len(failing)} findings that fail the run)" if failing else "passed"
    assert first == f"### antinomy: {said}"
    assert markdown.render([gated()]).startswith(
        "### antinomy: not passed (6 findings that fail the run, 1 question not settled)\n"
    )
    assert markdown.render([wrong()]).startswith("### antinomy: not passed (1 policy with errors")


def test_what_does_not_count_is_folded_and_says_why() -> None:
    text = shown(gated()).text
    assert "2 findings waived or known" in text
    assert "Waived until 2027-01-31 by the legal office: It is being redrafted." in text
    assert "1 finding of the baseline found no more" in text
    assert "A and B were opposed." in text


@pytest.mark.parametrize("number", [10, 40, 400])
def test_a_comment_is_never_too_long_and_says_what_it_leaves_out(number: int) -> None:
    report = many(number)
    text = markdown.render([report])
    assert len(text) <= LONGEST
    found = shown(report)
    told = {int(each) for each in re.findall(r"Finding number (\d+)\b", found.text)}
    errors = [n for n in range(2 * number) if n % 2 == 0]
    if len(told) < 2 * number:
        (left,) = re.findall(r"(\d+) findings are left out\.", found.text)
        assert int(left) == 2 * number - len(told)
        assert told < set(errors) or told > set(errors)
    assert ("tells all" in found.text) == (number > 10)


def test_one_long_finding_leaves_room_for_the_others() -> None:
    report = exhibited()
    run = trapped(report.policy)
    long = replace(report.findings[2], exhibit=replace(run, stages=run.stages * 2000))
    told = shown(replace(report, findings=(long, *report.findings)))
    assert "The rest is too long to be shown here." in told.text
    assert all(title in told.text for title in EXHIBITS.values())


def test_repairs_are_patches_and_stay_inside() -> None:
    patch = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-```\n-````\n+</details> @someone <b>\n"
    told = shown(repaired(exhibited(), patch))
    assert told.tags["pre"] == 3
    assert "+</details> @someone <b>" in told.text
    assert "2 more:" in told.text


def test_hostile_texts_are_texts() -> None:
    text = "</script><script>alert(1)</script>"
    assert shown(hostile_exhibits()).text.count(text) > 20
    told = shown(repaired(gated(NASTY), NASTY), hostile_exhibits())
    assert "@someone #1 ]]>" in told.text
    Shown(markdown.render([wrong(f"clause A {NASTY}"), wrong("``` ```` @x", "`<b>@a.policy")]))


def test_many_policies_fit_too() -> None:
    text = markdown.render([exhibited()] * 120)
    assert len(text) <= LONGEST
    assert "and 80 more" in text
    assert summary(small()).proved
