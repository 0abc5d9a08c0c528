"""axe-core finds nothing wrong on any page, at any width, in light and in dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.web.browsing import SCHEMES, SIZES, opened, violations
from tests.web.pages import NAMES, Pages


@pytest.mark.parametrize(("name", "kind"), NAMES)
def test_axe_finds_no_violation_at_any_width_in_light_and_dark(
    browser: Browser, pages: Pages, name: str, kind: str
) -> None:
    found: dict[str, list[str]] = {}
    with opened(browser, pages.get(name, kind).path.as_uri(), reduced_motion="reduce") as page:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                for line in violations(page):
                    found.setdefault(line, []).append(f"{width} {scheme}")
    assert not found, "\n".join(f"{line} ({', '.join(where)})" for line, where in found.items())


def test_a_fault_is_found(browser: Browser, pages: Pages) -> None:
    with opened(browser, pages.get("plain", "preview").path.as_uri()) as page:
        page.evaluate("""() => { document.querySelector("h1").style.color = "#ddd"; }""")
        assert any(line.startswith("color-contrast: h1") for line in violations(page))
