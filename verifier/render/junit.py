"""JUnit XML: a suite for each policy, a test case for each check. No times and no hosts.

What fails the run is a failure, what is waived or known is a skipped test case of its own, what was
not settled is an error, and what counts but weighs too little to fail is told in the output of
its check. Pure ASCII; no character that XML does not allow comes through ``shown``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from xml.etree import ElementTree as ET

from policy_dsl import diagnostics
from policy_dsl.diagnostics import Diagnostic, printable
from verifier.findings import Finding
from verifier.pipeline import Report
from verifier.registry import CHECKS
from verifier.render.checkout import Checkout, checkout_of, main_file
from verifier.render.formats import Result, Wrong
from verifier.render.gate_words import standing
from verifier.render.plain_finding import whole
from verifier.render.sentences import sentence

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render(results: Sequence[Result]) -> str:
    """The results as one document, in their order, with a line end."""
    checkout = checkout_of(results)
    root = ET.Element("testsuites", name="antinomy")
    names = _names(results, checkout)
    root.extend(_suite(each, name, checkout) for each, name in zip(results, names, strict=True))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.attrib[count]) for suite in root)))
    ET.indent(root)
    return f"{_HEAD}{ET.tostring(root, encoding='us-ascii').decode('ascii')}\n"


def _names(results: Sequence[Result], checkout: Checkout) -> list[str]:
    """What the policies are called: by their names, with the file where two have the same one."""
    files = [checkout.path(main_file(each)) for each in results]
    names = [each.policy.name if isinstance(each, Report) else "" for each in results]
    return [
        file if not name else name if names.count(name) == 1 else f"{name} ({file})"
        for name, file in zip(names, files, strict=True)
    ]


def _suite(result: Result, name: str, checkout: Checkout) -> ET.Element:
    file = checkout.path(main_file(result))
    cases = [_unread(result, file)] if isinstance(result, Wrong) else [*_cases(result, checkout)]
    for each in cases:
        each.set("classname", shown(name))
    suite = ET.Element("testsuite", name=shown(name))
    suite.set("tests", str(len(cases)))
    for tag, count in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(count, str(sum(each.find(tag) is not None for each in cases)))
    properties = ET.SubElement(suite, "properties")
    told = {"antinomy": _version("antinomy"), "z3-solver": _version("z3-solver"), "file": file}
    if isinstance(result, Report):
        told["title"] = result.policy.title or result.policy.name
    for key, value in told.items():
        ET.SubElement(properties, "property", name=key, value=shown(value))
    suite.extend(cases)
    return suite


def shown(text: str) -> str:
    """A text in lines whose hidden characters can be seen: what is left, XML allows."""
    return "\n".join(printable(each) for each in text.split("\n"))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def _unread(wrong: Wrong, file: str) -> ET.Element:
    """The test case of a policy that could not be checked."""
    case = ET.Element("testcase", classname="", name="the policy can be read")
    case.set("file", shown(file))
    for each in wrong.diagnostics:
        _told(case, "error", each.message, _kind(each), diagnostics.render(each))
    return case


def _kind(each: Diagnostic) -> str:
    return f"{each.code} {diagnostics.CODES[each.code]}"


def _cases(report: Report, checkout: Checkout) -> Iterator[ET.Element]:
    """A test case for each check that ran, and beside it those of what is waived or known."""
    names = {each.code: each.name for each in report.proved}
    names |= {each.code: each.name for each in report.findings if each.code != "X01"}
    open_points = [*report.unsettled]
    for code in [each.code for each in CHECKS if each.code in names]:
        mine = [each for each in report.findings if each.code == code]
        case = _case(report, f"{code} {names[code]}", mine, checkout)
        left = [each for each in open_points if each.key[0] == code]
        for each in left:
            _unsettled(report, case, each)
            open_points.remove(each)
        below = []
        for each in mine:
            if report.gate.fails(each):
                said = f"{_where(each, checkout)}{whole(report, each)}"
                _told(case, "failure", sentence(each.title), str(each.severity), said)
            elif report.gate.counts(each):
                lead = f"A {each.severity}, which does not fail the run"
                below.append(f"{lead}.\n{_where(each, checkout)}{whole(report, each)}")
        if below:
            ET.SubElement(case, "system-out").text = shown("\n\n".join(below))
        yield case
        for each in mine:
            if reason := standing(report, each):
                aside = _case(report, f"{code} {names[code]} {each.fingerprint}", [each], checkout)
                said = f"{sentence(each.title)} {reason}"
                ET.SubElement(aside, "skipped", message=shown(said))
                yield aside
    for each in open_points:
        case = _case(report, f"X01 not-settled {each.fingerprint}", [], checkout)
        _unsettled(report, case, each)
        yield case
    for code in report.gate.not_run:
        check = next(each for each in CHECKS if each.code == code)
        case = ET.Element("testcase", classname="", name=f"{code} {check.name}")
        ET.SubElement(case, "skipped", message="It is not run, by the settings.")
        yield case


def _case(report: Report, name: str, findings: Sequence[Finding], checkout: Checkout) -> ET.Element:
    """A test case; its file is where its first finding stands. Its class is named by the suite."""
    case = ET.Element("testcase", classname="", name=shown(name))
    place = next((each.place for each in findings if each.place is not None), None)
    file = main_file(report) if place is None else place.source.name
    case.set("file", shown(checkout.path(file)))
    if place is not None:
        case.set("line", str(place.line))
    return case


def _unsettled(report: Report, case: ET.Element, finding: Finding) -> None:
    """What was not settled is no pass, unless it is allowed to be one."""
    message = sentence(finding.title)
    if report.gate.allow_unsettled:
        said = "It is allowed to pass so, by 'allow-unsettled'."
        ET.SubElement(case, "skipped", message=shown(f"{message} {said}"))
    else:
        said = "\n".join(sentence(each) for each in finding.explanation)
        _told(case, "error", message, "X01 not-settled", said)


def _where(finding: Finding, checkout: Checkout) -> str:
    place = finding.place
    return "" if place is None else f"{checkout.path(place.source.name)}:{place.line}\n\n"


def _told(case: ET.Element, tag: str, message: str, kind: str, said: str) -> None:
    ET.SubElement(case, tag, message=shown(message), type=kind).text = shown(said)
