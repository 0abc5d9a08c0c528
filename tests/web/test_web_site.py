"""The pages of a site, which list and find papers, are as accessible, valid and quiet as the papers' own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.web.browsing import SCHEMES, SIZES, opened, violations
from tests.web.pages import MANUSCRIPTS, ROOT
from tests.web.serving import Server
from tests.web.test_web_html import told
from tests.web.test_web_layout import OVERFLOW

KINDS = ("index.html", "subjects/index.html", "subjects/*/index.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site of the project's manuscripts."""
    out = tmp_path_factory.mktemp("site")
    papers = [str(ROOT / "manuscripts" / name) for name in MANUSCRIPTS]
    command = [sys.executable, "-m", "paperbuild", "site", *papers, "--url", "https://example.org/library"]
    done = subprocess.run(
        [*command, "--out", str(out)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def address(server: Server, site: Path, file: Path) -> str:
    """The address of one of the site's files, with all of them served."""
    for each in site.rglob("*.*"):
        if each.is_file():
            server.put(f"/library/{each.relative_to(site)}", each.read_bytes())
    return server.put(f"/library/{file.relative_to(site)}", file.read_bytes())


@pytest.mark.parametrize("kind", KINDS)
def test_lists_are_accessible_and_fit(browser: Browser, served: Server, site: Path, kind: str) -> None:
    file = next(site.glob(kind))
    found = []
    with opened(browser, address(served, site, file), reduced_motion="reduce") as page:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            found += [f"{width}: wide: {what}" for what in page.evaluate(OVERFLOW)]
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                found += [f"{width} {scheme}: {line}" for line in violations(page)]
    assert not found, "\n".join(found)


def test_lists_are_valid(site: Path) -> None:
    found = told(each for kind in KINDS for each in site.glob(kind))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", KINDS)
def test_lists_ask_nobody_else_and_break_no_policy(
    browser: Browser, served: Server, site: Path, kind: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        start = address(served, site, next(site.glob(kind)))
        page.goto(start)
        if (box := page.locator("input[type=search]:visible")).count():
            box.fill("security")
        page.wait_for_load_state("networkidle")
    assert said == []
    assert [url for url in asked if not url.startswith((start.split("/library/")[0], "data:"))] == []
