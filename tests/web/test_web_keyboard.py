"""The keyboard alone reaches everything that can be used, in order, and shows where it is."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.web.browsing import opened, restyle
from tests.web.pages import NAMES, Pages
from tests.web.serving import Server

_LIST = """() => {
    const seen = (one) => one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true});
    const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX)
        && one.scrollWidth > one.clientWidth + 1 && one !== document.documentElement && one !== document.body;
    const used = "a[href], button:enabled, summary, input:enabled, select, textarea, [tabindex='0']";
    const all = [...document.querySelectorAll("body *")].filter((one) => seen(one)
        && one.getAttribute("tabindex") !== "-1" && (one.matches(used) || scrolls(one)));
    window.toReach = all;
    return all.map((one) => one.outerHTML.slice(0, 90));
}"""
"""All that can be used or scrolled and is shown, in the order of the page."""

_HERE = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1
        && !/rgba\\(.*, 0\\)/.test(style.outlineColor);
    return {
        number: window.toReach.indexOf(one),
        marked: drawn || style.boxShadow !== "none",
        inView: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
            && box.left < innerWidth,
    };
}"""


def walk(page: Page, key: str, steps: int) -> list[dict[str, Any]]:
    """Where each press of the key leads."""
    places = []
    for _ in range(steps):
        page.keyboard.press(key)
        places.append(page.evaluate(_HERE))
    return places


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize(("name", "kind"), NAMES)
def test_tab_reaches_everything_in_order_and_shows_where_it_is(
    browser: Browser, pages: Pages, name: str, kind: str, width: int
) -> None:
    """WCAG 2.2, 2.1.1 Keyboard, 2.1.2 No Keyboard Trap, 2.4.3 Focus Order, 2.4.7 Focus Visible."""
    size = {"width": width, "height": 800}
    with opened(browser, pages.get(name, kind).path.as_uri(), viewport=size, reduced_motion="reduce") as page:
        wanted = page.evaluate(_LIST)
        places = walk(page, "Tab", len(wanted))
        assert [place["number"] for place in places] == list(range(len(wanted))), wanted
        assert [what for what, place in zip(wanted, places, strict=True) if not place["marked"]] == []
        assert [what for what, place in zip(wanted, places, strict=True) if not place["inView"]] == []
        page.keyboard.press("Tab")  # out of the page: nothing holds the focus
        assert page.evaluate(_HERE)["number"] in {-1, 0}


def test_backwards_too(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages.get("everything", "preview").path.as_uri()) as page:
        wanted = page.evaluate(_LIST)
        walk(page, "Tab", len(wanted))
        places = walk(page, "Shift+Tab", len(wanted) - 1)
        assert [place["number"] for place in places] == list(reversed(range(len(wanted) - 1)))


def test_what_the_keyboard_does_not_reach_is_noticed(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages.get("everything", "preview").path.as_uri()) as page:
        restyle(page, "a:focus-visible { outline: none !important; box-shadow: none !important }")
        page.evaluate("() => { document.querySelector('.prose a').tabIndex = 1; }")
        wanted = page.evaluate(_LIST)
        places = walk(page, "Tab", len(wanted))
        assert [place["number"] for place in places] != list(range(len(wanted)))
        assert not all(place["marked"] for place in places)


@pytest.mark.parametrize("kind", ["preview", "page"])
def test_the_first_link_skips_to_the_text(browser: Browser, pages: Pages, kind: str) -> None:
    """WCAG 2.2, 2.4.1 Bypass Blocks."""
    with opened(browser, pages.get("everything", kind).path.as_uri()) as page:
        page.evaluate(_LIST)
        (first,) = walk(page, "Tab", 1)
        assert first == {"number": 0, "marked": True, "inView": True}
        assert page.evaluate("document.activeElement.matches('a[href^=\"#\"]')")
        page.keyboard.press("Enter")
        target = page.evaluate("decodeURIComponent(location.hash.slice(1))")
        page.keyboard.press("Tab")
        inside = "(id) => document.getElementById(id).contains(document.activeElement)"
        assert page.evaluate(inside, target), "what is reached next stands behind what was skipped"
        assert page.evaluate("(id) => document.getElementById(id).closest('main') !== null", target)


def test_citations_of_the_paper_are_copied_by_keyboard(
    browser: Browser, pages: Pages, served: Server
) -> None:
    address = served.put("/copy.html", pages.get("everything", "preview").data)
    with opened(browser, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        entries = page.locator("[data-statement^='cite-']:visible")
        assert entries.count() >= 3
        buttons = page.locator("button:visible", has_text="Copy")
        assert buttons.count() >= 3
        for number in range(3):
            buttons.nth(number).focus()
            page.keyboard.press("Enter")
            label = page.locator(".cite h3").nth(number).inner_text()
            page.locator("[role=status]", has_text=label).wait_for()
            copied = page.evaluate("navigator.clipboard.readText()")
            assert " ".join(copied.split()) == " ".join(entries.nth(number).inner_text().split())
