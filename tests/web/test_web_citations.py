"""Citations and notes show what they lead to, on hover and on focus; they jump there, and back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.web.browsing import opened
from tests.web.pages import Pages

SHOWN = "[popover]:visible, [role=tooltip]:visible"
"""What pops up."""
LINKS = {"citation": ".citation a[href^='#ref-']", "note": "a[role=doc-noteref]"}


def _words(text: str) -> str:
    return "".join(text.split()).strip("↩0123456789")


def entry(page: Page, link: Locator) -> str:
    """The text of what the link leads to, without the links back."""
    text: str = page.evaluate(
        """(id) => {
            const copy = document.getElementById(id).cloneNode(true);
            copy.querySelectorAll(".links-back, [role=doc-backlink]").forEach((one) => one.remove());
            return copy.textContent;
        }""",
        (link.get_attribute("href") or "")[1:],
    )
    return _words(text)


@pytest.mark.parametrize("way", ["hover", "focus"])
@pytest.mark.parametrize("what", LINKS)
def test_what_a_link_leads_to_is_shown_beside_it(browser: Browser, pages: Pages, what: str, way: str) -> None:
    """WCAG 2.2, 1.4.13 Content on Hover or Focus: dismissible, hoverable, persistent."""
    with opened(browser, pages.get("everything", "page").path.as_uri()) as page:
        link = page.locator(LINKS[what]).first
        assert page.locator(SHOWN).count() == 0
        getattr(link, way)()
        shown = page.locator(SHOWN)
        shown.wait_for()
        assert _words(shown.inner_text()) == entry(page, link)
        box = shown.bounding_box() or {}
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1440
        page.wait_for_timeout(400)
        assert shown.is_visible()
        if way == "hover":
            shown.hover()
            page.wait_for_timeout(400)
            assert shown.is_visible()
        page.keyboard.press("Escape")
        shown.wait_for(state="hidden")
        if way == "focus":
            assert link.evaluate("(one) => one === document.activeElement")


def test_what_is_shown_fits_a_telephone_and_goes_when_the_pointer_does(
    browser: Browser, pages: Pages
) -> None:
    size = {"width": 360, "height": 740}
    with opened(browser, pages.get("everything", "page").path.as_uri(), viewport=size) as page:
        for link in page.locator(LINKS["citation"]).all():
            link.hover()
            page.locator(SHOWN).wait_for()
            box = page.locator(SHOWN).bounding_box() or {}
            assert 0 <= box["x"] <= box["x"] + box["width"] <= 360
            page.mouse.move(0, 0)
            page.locator(SHOWN).wait_for(state="hidden")


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("what", LINKS)
def test_links_jump_there_and_back(browser: Browser, pages: Pages, what: str, script: bool) -> None:
    size = {"width": 360, "height": 500}
    address = pages.get("everything", "page").path.as_uri()
    with opened(browser, address, viewport=size, java_script_enabled=script, reduced_motion="reduce") as page:
        link = page.locator(LINKS[what]).nth(1 if what == "citation" else 0)
        link.click()
        target = page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")
        assert page.url == f"{address}{link.get_attribute('href')}"
        assert in_view(target)
        assert not in_view(link)
        back = page.locator(f"[role=doc-backlink][href='#{link.get_attribute('id')}']")
        assert back.evaluate("(one) => one.ariaLabel || one.innerText")
        back.click()
        assert page.url == f"{address}#{link.get_attribute('id')}"
        assert in_view(link)


def in_view(element: Locator) -> bool:
    """True where the element stands in the window, once a jump is over."""
    element.page.wait_for_timeout(100)
    seen: bool = element.evaluate(
        "(one) => one.getBoundingClientRect().bottom > 0 && one.getBoundingClientRect().top < innerHeight"
    )
    return seen


@pytest.mark.parametrize("kind", ["preview", "page"])
def test_each_citation_has_a_way_back_and_each_way_back_a_citation(
    browser: Browser, pages: Pages, kind: str
) -> None:
    with opened(browser, pages.get("everything", kind).path.as_uri()) as page:
        cited = page.eval_on_selector_all(
            LINKS["citation"], "(all) => all.map((one) => one.id).filter(Boolean)"
        )
        cited = [f"#{name}" for name in cited]
        back = page.eval_on_selector_all(
            ".bibliography [role=doc-backlink], .references [role=doc-backlink]",
            "(all) => all.map((one) => one.getAttribute('href'))",
        )
        assert cited
        assert sorted(set(cited)) == sorted(set(back))
