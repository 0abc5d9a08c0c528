"""Pages need nothing: no script, no request, nothing that a strict content security policy forbids."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

import pytest
from lxml import html as parser
from playwright.sync_api import Browser, Page
from tests.web.browsing import opened
from tests.web.pages import NAMES, Made, Pages
from tests.web.serving import Server

from paperbuild import lens
from paperbuild.model import OBJECT

_LOOKS = """() => [...document.querySelectorAll("body, body *")].map((element) => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    return [element.tagName, style.color, style.backgroundColor, style.display, style.fontFamily,
            style.fontSize, ...[box.left, box.top, box.width, box.height].map(Math.round)].join(" ");
})"""
"""How each element looks and where it stands."""


_NONE = "'none'"


def policy(data: bytes) -> str:
    """The policy (CSP 3) that allows the page's own styles and scripts by their hashes, and nothing else."""
    root = parser.document_fromstring(data.decode())
    styles = [_hash(each.text or "") for each in root.iter("style")] or [_NONE]
    scripts = [_hash(each.text or "") for each in root.iter("script") if "json" not in each.get("type", "")]
    return (
        f"default-src 'none'; style-src {' '.join(styles)}; "
        f"script-src {' '.join(scripts or [_NONE])}; img-src data:"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def complaints(
    browser: Browser, server: Server, data: bytes, headers: Mapping[str, str]
) -> tuple[list[str], Any]:
    """What the browser complains of while it shows the page, and what the page looks like."""
    heard: list[str] = []
    allowed = ["clipboard-read", "clipboard-write"]
    with browser.new_context(viewport={"width": 1024, "height": 768}, permissions=allowed) as context:
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("requestfailed", lambda request: heard.append(f"failed: {request.url}"))
        page.add_init_script(
            "addEventListener('securitypolicyviolation', (event) => console.error(event.violatedDirective))"
        )
        page.goto(server.put("/paper.html", data, headers))
        looks = page.evaluate(_LOOKS)
        use(page)
        return heard, looks


def use(page: Page) -> None:
    """Sets off what scripts there are."""
    for link in page.locator(".citation a, a[role=doc-noteref]").all()[:3]:
        link.hover()
        link.focus()
    page.keyboard.press("Escape")
    for button in page.locator("button:visible").all()[:3]:
        button.click()
        page.locator("[role=status]:not(:empty)").wait_for()


@pytest.mark.parametrize(("name", "kind"), NAMES)
def test_the_strictest_policy_hinders_nothing(
    browser: Browser, pages: Pages, served: Server, name: str, kind: str
) -> None:
    data = pages.get(name, kind).data
    free, looks = complaints(browser, served, data, {})
    bound, strict = complaints(browser, served, data, {"Content-Security-Policy": policy(data)})
    assert (free, bound) == ([], [])
    assert strict == looks


def test_a_style_that_the_policy_forbids_is_noticed(browser: Browser, pages: Pages, served: Server) -> None:
    data = pages.get("plain", "preview").data
    harmed = data.replace(b"<h1", b'<h1 style="color: red"', 1)
    assert complaints(browser, served, harmed, {"Content-Security-Policy": policy(data)})[0]


@pytest.mark.parametrize(("name", "kind"), NAMES)
def test_no_request_leaves_the_page(
    browser: Browser, pages: Pages, served: Server, name: str, kind: str
) -> None:
    asked: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        address = served.put("/alone.html", pages.get(name, kind).data)
        page.goto(address)
        use(page)
        page.emulate_media(media="print", color_scheme="dark")
        page.wait_for_load_state("networkidle")
    assert asked.count(address) == 1
    assert [url for url in asked if url != address and not url.startswith("data:")] == []


def unseen(page: Page, made: Made) -> list[str]:
    """What the page promised to say, and can't be seen on it: the texts between its formulas and pictures."""
    kinds = {"paragraph", "section", "note", "reference"}
    texts = [item.text for item in made.promised.items if item.kind in kinds]
    promised = [lens.tight(part).casefold() for text in texts for part in text.split(OBJECT)]
    seen = lens.tight(page.evaluate(_SEEN)).casefold()
    return [words for words in promised if words not in seen]


@pytest.mark.parametrize(("name", "kind"), NAMES)
def test_without_scripts_all_is_readable_and_nothing_is_dead(
    browser: Browser, pages: Pages, name: str, kind: str
) -> None:
    made = pages.get(name, kind)
    with opened(browser, made.path.as_uri(), java_script_enabled=False) as page:
        assert page.locator("button:visible").count() == 0
        assert unseen(page, made) == []


_SEEN = """() => {
    const marks = "[role=doc-noteref], .notes [role=doc-backlink]";
    document.querySelectorAll(marks).forEach((mark) => mark.remove());
    return document.body.innerText;
}"""
"""The text that can be seen, without the marks of notes and the ways back to them."""


def test_text_that_only_a_script_would_show_is_noticed(
    browser: Browser, pages: Pages, served: Server
) -> None:
    made = pages.get("chinese", "preview")
    harmed = made.data.replace("<p>阅读".encode(), "<p hidden>阅读".encode(), 1)
    with opened(browser, served.put("/hidden.html", harmed), java_script_enabled=False) as page:
        assert len(unseen(page, made)) == 1
