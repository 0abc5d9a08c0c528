"""Chromium, driven by Playwright; and axe-core in it."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
NODE_MODULES = ROOT / "build/web/node_modules"
SIZES = ((360, 740), (768, 1024), (1440, 900))
"""A phone, a tablet and a desktop, in CSS pixels."""
SCHEMES = ("light", "dark")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium without a window; closed at the end."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise RuntimeError("there is no Chromium here; run the web tests by `make test-web`, which brings it")
    with sync_playwright() as playwright:
        # Root has no sandbox to run it in, and the pages are ours.
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()


@contextmanager
def opened(browser: Browser, address: str, **context: Any) -> Iterator[Page]:
    """The page at the address in a window of its own, 1440 pixels wide unless the context says otherwise."""
    with browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **context}) as made:
        page = made.new_page()
        page.set_default_timeout(10_000)  # milliseconds
        page.goto(address)
        yield page


def restyle(page: Page, rule: str) -> None:
    """Add a rule to the page's style, as its policy allows a script to do."""
    page.evaluate(
        "(rule) => { const [sheet] = document.styleSheets; sheet.insertRule(rule, sheet.cssRules.length); }",
        rule,
    )


@functools.cache
def axe() -> str:
    """The source of axe-core."""
    return (NODE_MODULES / "axe-core/axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong on the page as it is now: a line for each rule that an element breaks.

    Every rule that is on by default, those called best practice too, and the ones of WCAG 2.2 and the
    experimental ones, which are not.
    """
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(axe())
    result = page.evaluate(
        """async () => {
            const found = await axe.run(document, {
                resultTypes: ["violations"],
                runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice",
                          "experimental"],
            });
            return found.violations.flatMap((rule) => rule.nodes.map((node) =>
                `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\\s+/g, " ")}`));
        }"""
    )
    return list(result)
