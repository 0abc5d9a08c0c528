"""JSON-LD in a browser: what search engines are told of paid content."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.web.browsing import opened
from tests.web.pages import NAMES, Pages

_TITLE = """() => {
    const title = document.querySelector("h1").cloneNode(true);
    title.querySelectorAll("[role=doc-noteref]").forEach((mark) => mark.remove());
    return title.textContent.trim();
}"""
"""The title without the marks of its notes."""


def main_object(page: Page) -> dict[str, Any]:
    """The one object that the page's JSON-LD describes."""
    texts = page.locator("script[type='application/ld+json']").all_text_contents()
    assert len(texts) == 1
    described: dict[str, Any] = json.loads(texts[0])
    return described


@pytest.mark.parametrize(("name", "kind"), NAMES)
def test_paid_content_is_told_as_search_engines_ask(
    browser: Browser, pages: Pages, name: str, kind: str
) -> None:
    """Google Search Central, "Subscription and paywalled content": a boolean, and selectors of classes that
    are there and not nested; a preview, which holds nothing of what is paid, names none."""
    with opened(browser, pages.get(name, kind).path.as_uri()) as page:
        told = main_object(page)
        assert told["@context"] == "https://schema.org"
        assert told["@type"] in {"ScholarlyArticle", "Article"}
        assert told["isAccessibleForFree"] is False
        assert told["headline"].casefold() == page.evaluate(_TITLE).casefold()
        if kind == "preview":
            assert "hasPart" not in told
            return
        parts = told["hasPart"] if isinstance(told["hasPart"], list) else [told["hasPart"]]
        for part in parts:
            assert part["@type"] == "WebPageElement"
            assert part["isAccessibleForFree"] is False
            assert part["cssSelector"].startswith(".")
            assert page.evaluate("(css) => document.querySelectorAll(css).length", part["cssSelector"]) > 0
            nested = "(css) => document.querySelectorAll(`${css} ${css}`).length"
            assert page.evaluate(nested, part["cssSelector"]) == 0
            assert page.evaluate(
                "(css) => document.querySelector(css).innerText.trim() !== ''", part["cssSelector"]
            )
