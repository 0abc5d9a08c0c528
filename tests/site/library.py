"""Papers as records that no manuscript was needed for, and a site's folder as a browser gets it."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from lxml import html

from paperbuild import site
from paperbuild.site import Paper, Settings

URL = "https://papers.example.org/"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def paper(slug: str = "paper", **values: object) -> Paper:
    """A paper with a title, a date and what else is given, as its preview's record has it."""
    given: dict[str, Any] = {
        "title": f"On {slug}",
        "lang": "en",
        "date": "2025-01-02",
        "authors": [],
        "percent": 65,
        **values,
    }
    record = given | {
        "date": {"text": "some day", "iso": given["date"]},
        "authors": [{"name": name} for name in given["authors"]],
        "abstract": {"text": given.get("abstract", ""), "html": ""},
        "shown": {"percent": given["percent"], "sections": []},
        "addresses": {"canonical": given.get("canonical", "")},
    }
    return site.paper(slug, json.dumps(record).encode(), b"<!DOCTYPE html><title>A page</title>")


def settings(*papers: Paper, url: str = URL, title: str = "", lang: str = "") -> Settings:
    """The settings of a site that has these papers."""
    return site.settings(papers, url=url, title=title, lang=lang)


def files(*papers: Paper, **asked: str) -> dict[str, bytes]:
    """The site's own files."""
    ordered = site.in_order({each.slug: each for each in papers})
    return site.build(ordered, settings(*papers, **asked))


def page(data: bytes) -> html.HtmlElement:
    """A page as elements."""
    return html.document_fromstring(data.decode())


def titles(data: bytes) -> list[str]:
    """The titles of the papers that a page lists."""
    return [heading.text_content() for heading in page(data).cssselect("h2")]


def write(folder: Path, files: dict[str, bytes]) -> None:
    """The files in a folder."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Keep the tests' output readable."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address under which a folder can be read on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def shown(url: str, profile: Path) -> html.HtmlElement:
    """A page as it is in Chromium after its script has run."""
    assert CHROMIUM
    done = subprocess.run(
        [
            CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", f"--user-data-dir={profile}",
            "--virtual-time-budget=5000", "--dump-dom", url,
        ],
        capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    return page(done.stdout)
