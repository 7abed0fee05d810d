"""What holds of every SARIF document, whatever it is about; and how its fixes are applied."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from verifier.render import sarif
from verifier.render.formats import Result

Node = dict[str, Any]
"""A part of a document, as it is read back."""

LINK = re.compile(r"\[([^\[\]]+)\]\((\d+)\)")


def read(*given: Result) -> Node:
    """The document about some results, read back."""
    found: Node = json.loads(sarif.render(given))
    return found


def nodes(data: object) -> Iterator[Node]:
    """Every object in a document."""
    if isinstance(data, dict):
        yield data
        for each in data.values():
            yield from nodes(each)
    elif isinstance(data, list):
        for each in data:
            yield from nodes(each)


def results(log: Node) -> list[Node]:
    """The results of the only run."""
    (run,) = log["runs"]
    found: list[Node] = run["results"]
    return found


def files(log: Node, root: Path) -> dict[str, str]:
    """The files that a document speaks of, by their URIs, below the root of the project."""
    uris = [each["location"]["uri"] for each in log["runs"][0]["artifacts"]]
    return {each: (root / unquote(each)).read_text("utf-8") for each in uris}


def cut_out(text: str, region: Node) -> str:
    """What stands at a region of a text, whose lines end with a line feed."""
    lines = text.split("\n")
    first, last = int(region["startLine"]) - 1, int(region["endLine"]) - 1
    assert 0 <= first <= last < len(lines)
    start, end = int(region["startColumn"]) - 1, int(region["endColumn"]) - 1
    assert 0 <= start <= len(lines[first])
    assert 0 <= end <= len(lines[last])
    if first == last:
        assert start <= end
        return lines[first][start:end]
    return "\n".join([lines[first][start:], *lines[first + 1 : last], lines[last][:end]])


def well_made(log: Node, texts: Mapping[str, str]) -> None:
    """Assert that numbers point to what is there, that places are inside their files and show what
    stands there, and that messages link to places only. ``texts`` are the files by their URIs."""
    (run,) = log["runs"]
    rules, artifacts = run["tool"]["driver"]["rules"], run["artifacts"]
    assert [each["location"]["index"] for each in artifacts] == list(range(len(artifacts)))
    assert len({each["location"]["uri"] for each in artifacts}) == len(artifacts)
    for each in nodes(log):
        if "uri" in each:
            assert artifacts[each["index"]]["location"] == each
            assert each["uriBaseId"] in run["originalUriBaseIds"]
            assert re.fullmatch(r"[A-Za-z0-9_.~%/-]+", each["uri"])
            assert not each["uri"].startswith("/")
            assert ".." not in each["uri"].split("/")
        if "region" in each:
            _placed(each, texts[each["artifactLocation"]["uri"]])
    for result in results(log):
        assert "ruleIndex" in result or result["baselineState"] == "absent"
        if "ruleIndex" in result:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["locations"]
        assert (result["level"] == "none") == (result["kind"] != "fail")
        _linked(result)


def _placed(location: Node, text: str) -> None:
    region, around = location["region"], location.get("contextRegion")
    shown = cut_out(text, region)
    assert region.get("snippet", {}).get("text") == (shown if len(shown) <= 2_000 else None)
    if around is not None:
        assert around["snippet"]["text"] == cut_out(text, around)
        assert _ends(around, "start") <= _ends(region, "start")
        assert _ends(region, "end") <= _ends(around, "end")
        assert around != region


def _ends(region: Node, end: str) -> tuple[int, int]:
    return region[f"{end}Line"], region[f"{end}Column"]


def _linked(result: Node) -> None:
    """Every related place has a number of its own, and every link leads to one of them."""
    numbers = [each["id"] for each in result.get("relatedLocations", ())]
    assert numbers == list(range(1, len(numbers) + 1))
    text = result["message"]["text"]
    links = [int(number) for _, number in LINK.findall(text)]
    assert set(links) <= set(numbers)
    if "cut" not in result.get("properties", {}):
        assert set(links) == set(numbers)
    assert text.count("](") == len(links)
    assert not set("{}") & set(text.replace("{{", "").replace("}}", ""))


def applied(text: str, fix: Node, uri: str) -> str:
    """A file as a fix makes it; its lines keep their ends."""
    starts = [0, *(at + 1 for at, each in enumerate(text) if each == "\n")]
    for change in fix["artifactChanges"]:
        if change["artifactLocation"]["uri"] != uri:
            continue
        for each in reversed(change["replacements"]):
            gone = each["deletedRegion"]
            start = starts[gone["startLine"] - 1] + gone["startColumn"] - 1
            end = starts[gone["endLine"] - 1] + gone["endColumn"] - 1
            text = f"{text[:start]}{each['insertedContent']['text']}{text[end:]}"
    return text
