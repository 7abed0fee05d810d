"""The report page in a browser: it loads nothing, fits the window, and answers keys and filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

DESKTOP, PHONE = (1280, 900), (390, 844)

Open = Callable[..., Page]

CONTRAST = """
() => {
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const channel = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const bad = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.checkVisibility()) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.add(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
  }
  return [...bad];
}
"""

UNNAMED = """
() => [...document.querySelectorAll("select, input, button, a, [role=region], summary")].filter(
  (e) => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length)
).map((e) => e.outerHTML.slice(0, 80))
"""


@pytest.fixture
def opened(browser: Browser, addresses: dict[str, str]) -> Iterator[Open]:
    """Opens a page; at the end, nothing must have been loaded, refused or gone wrong."""
    complaints: list[str] = []
    contexts = []

    def open_(
        name: str = "memo",
        hash_: str = "",
        size: tuple[int, int] = DESKTOP,
        scheme: str = "light",
        script: bool = True,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: complaints.append(request.url) if (
            request.url.split("#")[0] != addresses[name]) else None)  # fmt: skip
        page.goto(addresses[name] + hash_)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def shown(page: Page) -> int:
    """How many blocks of findings can be seen."""
    return page.locator(".entry:visible").count()


@pytest.mark.parametrize("name", ["memo", "exhibited", "hostile", "hostile-exhibits"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_page_fits_the_window(opened: Open, name: str, size: tuple[int, int]) -> None:
    page = opened(name, size=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("name", ["memo", "exhibited"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_from_the_ground(opened: Open, name: str, scheme: str) -> None:
    page = opened(name, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert page.evaluate(CONTRAST) == []


def test_everything_that_can_be_used_has_a_name(opened: Open) -> None:
    page = opened()
    assert page.evaluate(UNNAMED) == []
    for landmark in ("main", "navigation", "contentinfo", "banner"):
        assert page.get_by_role(landmark).count() == 1


def test_filters_choose_findings_and_stand_in_the_address(opened: Open) -> None:
    page = opened()
    every = shown(page)
    page.get_by_label("Weight").select_option("error")
    errors = shown(page)
    assert 0 < errors < every
    assert page.url.endswith("#?severity=error")
    page.get_by_label("Kind").select_option("C04")
    assert 0 < shown(page) < errors
    address = page.url
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("#count")).to_contain_text("All")
    assert shown(page) == every
    again = opened(hash_="#" + address.split("#")[1])
    assert 0 < shown(again) < errors
    assert again.get_by_label("Kind").input_value() == "C04"


def test_search_and_clause(opened: Open) -> None:
    page = opened()
    page.get_by_label("Words").fill("no such words anywhere")
    assert shown(page) == 0
    expect(page.locator("#count")).to_contain_text("0 of")
    page.get_by_label("Words").fill("mexican")
    assert shown(page) > 0
    page.get_by_label("Words").fill("")
    page.locator("select[name=clause]").select_option("c-C.6")
    assert 0 < shown(page) < 10


def test_supposing_a_reading_leaves_out_what_is_gone_under_it(opened: Open) -> None:
    page = opened()
    every = shown(page)
    page.get_by_label("If it is read so").select_option("work_to:aim")
    less = shown(page)
    assert 0 < less < every
    page.get_by_label("If it is read so").select_option("child_law:pointed_to")
    assert shown(page) < less
    assert page.locator(".member.out").count() > 0
    page.get_by_role("button", name="No longer suppose work_to: aim").click()
    page.get_by_role("button", name="No longer suppose child_law: pointed_to").click()
    assert shown(page) == every


def test_findings_of_one_period(opened: Open) -> None:
    page = opened("times")
    assert shown(page) == 2
    page.get_by_label("Time, or reading").select_option("from 2 June 2022 on")
    assert shown(page) == 1
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("#count")).to_contain_text("All")
    page.locator("#periods a.js").first.click()
    assert shown(page) == 0


def test_keys(opened: Open) -> None:
    page = opened()
    focused = "document.activeElement.id"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "n-1"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "n-2"
    page.keyboard.press("k")
    assert page.evaluate(focused) == "n-1"
    page.keyboard.press("o")
    assert page.locator("#n-1 details:not([open])").count() == 0
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("jk?")
    assert page.get_by_label("Words").input_value() == "jk?"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_a_link_to_a_finding_shows_it_whatever_is_filtered(opened: Open) -> None:
    page = opened()
    anchor = page.locator("#n-1 .member").first.get_attribute("id")
    page.get_by_label("Weight").select_option("note")
    assert page.locator("#n-1").is_hidden()
    page.evaluate("(id) => { location.hash = id; }", anchor)
    expect(page.locator("#n-1")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "n-1"


def test_pointing_at_a_clause_lights_its_words(opened: Open) -> None:
    page = opened()
    page.locator("#text .margin li[data-c='c-B.0']").first.hover()
    assert page.locator("#text .piece.lit").count() > 0


SPILLED = """
() => [...document.querySelectorAll(".drawing .state")].filter((state) => {
  const box = state.querySelector("rect").getBoundingClientRect();
  return [...state.querySelectorAll("text")].some((text) => {
    const words = text.getBoundingClientRect();
    return words.left < box.left || words.right > box.right || words.bottom > box.bottom;
  });
}).map((state) => state.textContent)
"""


@pytest.mark.parametrize("name", ["exhibited", "hostile-exhibits"])
def test_words_stay_within_their_boxes(opened: Open, name: str) -> None:
    assert opened(name).evaluate(SPILLED) == []


def test_a_run_is_drawn_over_its_process(opened: Open) -> None:
    page = opened("exhibited")
    run = page.get_by_role("img", name="The run of finding 3")
    expect(run).to_be_visible()
    assert run.locator("use").evaluate("(e) => e.getBBox().height") > 300
    assert run.locator(".arrow.on").first.evaluate("(e) => getComputedStyle(e).fill") == "none"
    process = page.get_by_role("img", name="Coming and going")
    grounds = [
        each.locator("rect").first.evaluate("(e) => getComputedStyle(e).fill")
        for each in (run.locator(".state.on").first, process.locator(".state").first)
    ]
    assert grounds[0] != grounds[1]


def test_a_wide_drawing_is_scrolled_on_a_phone_and_begins_at_its_start(opened: Open) -> None:
    page = opened("exhibited", size=PHONE)
    start = page.locator("#process-large-drawing .state.start")
    start.scroll_into_view_if_needed()
    box = start.bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE[0]


def test_without_a_script_everything_can_be_read(opened: Open) -> None:
    page = opened(script=False)
    assert shown(page) > 20
    expect(page.locator("#filters")).to_be_hidden()
    page.locator("#n-1 summary").last.click()
    expect(page.locator("#n-1 table")).to_be_visible()


def test_on_paper_everything_is_open_and_the_controls_are_gone(opened: Open) -> None:
    page = opened()
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("#n-1 table")).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("name", ["hostile", "hostile-exhibits"])
def test_hostile_texts_do_nothing(opened: Open, name: str) -> None:
    page = opened(name)
    assert page.locator("img").count() == 0
    assert page.evaluate("document.scripts.length") == 1
    page.get_by_label("Words").fill("<script>")
    assert shown(page) > 0
