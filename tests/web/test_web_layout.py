"""Pages fit: small screens, large text, scripts from right to left, paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.web.browsing import opened, restyle
from tests.web.pages import NAMES, Pages

OVERFLOW = """() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide <= 0) return [];
    const edge = document.documentElement.clientWidth;
    const scrolled = (element) => element && (getComputedStyle(element).overflowX !== "visible"
        || scrolled(element.parentElement));
    return [...document.body.querySelectorAll("*")].filter((element) => {
        const box = element.getBoundingClientRect();
        return (box.right > edge + 1 || box.left < -1) && box.width && !scrolled(element.parentElement);
    }).map((element) => element.outerHTML.slice(0, 120));
}"""
"""What makes the page wider than its window."""


@pytest.mark.parametrize(("name", "kind"), NAMES)
def test_no_page_scrolls_sideways(browser: Browser, pages: Pages, name: str, kind: str) -> None:
    """WCAG 2.2, 1.4.10 (320 CSS pixels) and 1.4.4 (text at 200 %)."""
    with opened(browser, pages.get(name, kind).path.as_uri()) as page:
        for width in (320, 360, 768):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate(OVERFLOW) == [], width
        page.set_viewport_size({"width": 768, "height": 700})
        before = _root_size(page)
        restyle(page, "html { font-size: 200% !important }")
        assert _root_size(page) > 1.5 * before
        assert page.evaluate(OVERFLOW) == [], "text at 200 %"


def _root_size(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)"))


def test_a_page_that_scrolls_sideways_is_noticed(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages.get("plain", "preview").path.as_uri()) as page:
        page.evaluate("""() => { document.querySelector("h1").style.width = "2000px"; }""")
        assert any("<h1" in line for line in page.evaluate(OVERFLOW))


def _box(page: Page, selector: str) -> dict[str, Any]:
    box: dict[str, Any] = page.locator(selector).first.bounding_box() or {}
    return box


@pytest.mark.parametrize("width", [360, 1440])
def test_a_page_from_right_to_left_is_mirrored(browser: Browser, pages: Pages, width: int) -> None:
    with opened(
        browser, pages.get("arabic", "page").path.as_uri(), viewport={"width": width, "height": 900}
    ) as page:
        assert page.evaluate("document.documentElement.dir") == "rtl"
        sides = page.evaluate("""() => {
            const list = document.querySelector(".prose ul"), item = list.querySelector("li");
            const heading = document.querySelector(".prose h2"), range = document.createRange();
            range.selectNodeContents(heading);
            const words = range.getBoundingClientRect(), block = heading.getBoundingClientRect();
            return {
                aligned: Math.abs(words.right - block.right) < 2 && words.left > block.left + 2,
                indented: list.getBoundingClientRect().right - item.getBoundingClientRect().right > 10,
                level: Math.abs(list.getBoundingClientRect().left - item.getBoundingClientRect().left) < 2,
            };
        }""")
        assert sides == {"aligned": True, "indented": True, "level": True}


@pytest.mark.parametrize(
    ("name", "kind"), [("everything", "preview"), ("arabic", "preview"), ("everything", "page")]
)
def test_print_shows_all_text_and_no_dark_ground(
    browser: Browser, pages: Pages, name: str, kind: str
) -> None:
    with opened(browser, pages.get(name, kind).path.as_uri(), color_scheme="dark") as page:
        on_screen = page.evaluate("document.querySelector('.prose').innerText")
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate("document.querySelector('.prose').innerText") == on_screen
        ink, ground = page.evaluate("""() => {
            const parts = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
            const light = (colour) => parts(colour).reduce((sum, part) => sum + part, 0);
            const root = getComputedStyle(document.documentElement), body = getComputedStyle(document.body);
            const clear = /rgba\\(0, 0, 0, 0\\)|transparent/;
            const ground = [body, root].map((one) => one.backgroundColor).find((one) => !clear.test(one));
            const ink = getComputedStyle(document.querySelector(".prose p")).color;
            return [light(ink), ground ? light(ground) : 765];
        }""")
        assert ground > 700
        assert ink < 200
        assert page.evaluate(_HIDDEN_BY_PLACE) == []


_HIDDEN_BY_PLACE = """() => [...document.querySelectorAll(".prose p")].filter((paragraph) => {
    const box = paragraph.getBoundingClientRect();
    const placed = (one) => ["fixed", "absolute", "sticky"].includes(getComputedStyle(one).position);
    const over = [...document.querySelectorAll("body *")].filter((one) => !one.contains(paragraph)
        && !paragraph.contains(one) && placed(one));
    return over.some((one) => {
        const other = one.getBoundingClientRect();
        return other.width && other.height && other.top < box.bottom - 1 && other.bottom > box.top + 1
            && other.left < box.right - 1 && other.right > box.left + 1
            && getComputedStyle(one).opacity !== "0";
    });
}).map((paragraph) => paragraph.textContent.slice(0, 60))"""
"""Paragraphs that something which was taken out of the flow lies upon."""


def test_roots_are_drawn(browser: Browser, pages: Pages) -> None:
    """Without a font that has a MATH table Chromium leaves the root sign out: another formula."""
    with opened(browser, pages.get("everything", "preview").path.as_uri()) as page:
        assert (
            page.evaluate("""() => {
            const root = document.querySelector("msqrt"), inner = root.firstElementChild;
            return root.getBoundingClientRect().width - inner.getBoundingClientRect().width;
        }""")
            > 2
        )


def test_the_caption_of_a_narrow_table_is_not_as_narrow(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages.get("everything", "preview").path.as_uri()) as page:
        page.evaluate("""() => document.querySelectorAll("tr").forEach((row) => {
            row.closest("table").className = "";
            row.closest("table").querySelector("colgroup")?.remove();
            while (row.cells.length > 1) row.lastElementChild.remove();
        })""")
        assert _box(page, "table caption")["width"] > 300


@pytest.mark.parametrize("name", ["arabic", "chinese"])
def test_figures_are_as_high_as_letters_where_no_letter_is_small(
    browser: Browser, pages: Pages, name: str
) -> None:
    with opened(browser, pages.get(name, "preview").path.as_uri()) as page:
        figures = "getComputedStyle(document.querySelector('.prose p')).fontVariantNumeric"
        assert page.evaluate(figures) == "lining-nums"
    with opened(browser, pages.get("plain", "preview").path.as_uri()) as page:
        assert page.evaluate(figures) == "oldstyle-nums"


def test_no_scroll_bar_is_printed(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages.get("everything", "preview").path.as_uri()) as page:
        page.emulate_media(media="print")
        shown = page.evaluate("""() => [...document.querySelectorAll(".scrolled, pre")].map((element) =>
            getComputedStyle(element).overflowX)""")
        assert set(shown) == {"visible"}


def test_figures_drawn_in_black_are_seen_on_a_forced_black_ground(browser: Browser, pages: Pages) -> None:
    address = pages.get("everything", "preview").path.as_uri()
    with opened(browser, address, color_scheme="dark", forced_colors="active") as page:
        ground = page.evaluate("getComputedStyle(document.querySelector('figure img')).backgroundColor")
        assert ground == "rgb(255, 255, 255)"
