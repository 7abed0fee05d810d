"""A real browser for the tests of the report page. Without one, they fail and say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from policy_dsl.load import load, load_text
from tests.verifier.exhibited import exhibited, hostile_exhibits
from tests.verifier.pages import TIMES, hostile
from verifier.fidelity.trace import trace
from verifier.pipeline import check_policy
from verifier.render.html.document import render

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")


def _program() -> str:
    named = os.environ.get("ANTINOMY_BROWSER")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.exit(
            "No browser was found. Install Chromium (on Debian: apt-get install chromium), or name "
            "the program of one in ANTINOMY_BROWSER.",
            returncode=1,
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as the system has it."""
    program = _program()
    with sync_playwright() as playwright:
        try:
            # Its own sandbox is not to be had in containers; it opens files of these tests only.
            opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        except Error as error:
            pytest.exit(f"{program} does not start:\n{error}", returncode=1)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Pages by name: of the memo, of every exhibit, of periods, and two with hostile texts."""
    folder = tmp_path_factory.mktemp("pages")
    policy = load(ROOT / "specs/ice-ero-2017/ice-ero-2017.policy")
    memo = replace(check_policy(policy), traces=trace(policy))
    found = {}
    reports = {
        "memo": memo,
        "exhibited": exhibited(),
        "times": check_policy(load_text(TIMES), codes={"C01"}),
        "hostile": hostile(),
        "hostile-exhibits": hostile_exhibits(),
    }
    for name, report in reports.items():
        path = folder / f"{name}.html"
        path.write_text(render(report, "Exit status 1: an error was found."), "ascii")
        found[name] = path.as_uri()
    return found
