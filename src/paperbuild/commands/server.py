"""The web server behind ``paperbuild serve``: what it shows, to whom, and how pages learn of a rebuild.

It listens on this machine only, answers no other host's name (a page elsewhere could otherwise lead its
own name here), and serves nothing but the files that the reports are about.
"""

from __future__ import annotations

import errno
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape, unescape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from paperbuild import report, store
from paperbuild.formats import registry
from paperbuild.model import PaperbuildError, Report

HOST = "127.0.0.1"
_OURSELVES = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?", re.IGNORECASE)
_WEB = Path(__file__).parent.parent / "web"
_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}
_POLICY = (
    "default-src 'self' data: https:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'"
)
_OWN_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')


@dataclass(frozen=True, slots=True)
class Page:
    """A manuscript as the index shows it."""

    slug: str
    folder: Path
    report: Report
    time: str
    version: str
    """Differs after each rebuild, also from one start of the server to the next."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered with."""

    status: HTTPStatus
    media_type: str
    body: bytes


class Site:
    """What is shown at the moment: written by the watching thread, read by those that serve."""

    def __init__(self) -> None:
        self._pages: Mapping[str, Page] = {}
        self._version = str(time.time_ns())

    def update(self, slug: str, folder: Path, done: Report) -> None:
        """Show a manuscript's new report and files."""
        now = datetime.now().astimezone().strftime("%H:%M:%S")
        self._version = str(time.time_ns())
        self._pages = {**self._pages, slug: Page(slug, folder, done, now, self._version)}

    def answer(self, path: str) -> Answer:
        """The answer to a request for a path, which is still quoted as in the request."""
        parts = unquote(urlsplit(path).path, errors="replace").split("/")[1:]
        match parts:
            case [""]:
                return _found(".html", self._index().encode())
            case ["-", "reload.js"]:
                return _found(".js", (_WEB / "reload.js").read_bytes())
            case ["-", "version"]:
                return _found(".json", self._version.encode())
            case ["-", "version", slug] if slug in self._pages:
                return _found(".json", self._pages[slug].version.encode())
            case [slug, name] if slug in self._pages:
                return _file(self._pages[slug], name)
        return _NOTHING

    def _index(self) -> str:
        pages = [
            {
                "slug": page.slug,
                "report": page.report,
                "time": page.time,
                "verdict": report.verdict(page.report),
                "tally": report.tally(page.report.findings),
                "links": [(_label(name), name) for name in _names(page) if (page.folder / name).is_file()],
            }
            for page in self._pages.values()
        ]
        template = _environment().get_template("index.html.j2")
        return template.render(pages=pages, version=self._version)


class Server(ThreadingHTTPServer):
    """Serves a site on a port of this machine; port 0 takes a free one. Raises PaperbuildError."""

    daemon_threads = True

    def __init__(self, site: Site, port: int) -> None:
        self.site = site
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise _no_port(port, error) from error

    @property
    def url(self) -> str:
        """Where it can be looked at."""
        return f"http://{HOST}:{self.server_port}/"

    def server_bind(self) -> None:
        """Bind without asking the name service who we are, which can take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that goes away in the middle is no error."""

    def __enter__(self) -> Server:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "paperbuild"
    sys_version = ""
    timeout = 10

    def do_GET(self) -> None:
        answer = self._answer()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        if answer.media_type == _TYPES[".html"]:
            own = _OWN_POLICY.search(answer.body)
            self.send_header("Content-Security-Policy", unescape(own[2].decode()) if own else _POLICY)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer(self) -> Answer:
        if not _OURSELVES.fullmatch(self.headers.get("Host", HOST)):
            return Answer(HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", b"not from here\n")
        return self.server.site.answer(self.path)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is http.server's
        """Keep the terminal for what is built."""


_NOTHING = Answer(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"there is nothing here\n")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_WEB), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


def _found(suffix: str, body: bytes) -> Answer:
    return Answer(HTTPStatus.OK, _TYPES[suffix], body)


def _names(page: Page) -> list[str]:
    """The names of the files that a manuscript can have: nothing else is ever served."""
    return [*(f"{page.slug}{suffix}" for suffix in registry.SUFFIXES.values()), store.REPORT, store.JUNIT]


def _label(name: str) -> str:
    named = {store.REPORT: "JSON", store.JUNIT: "JUnit"}
    labels = {suffix: report.label(each) for each, suffix in registry.SUFFIXES.items()}
    return named.get(name) or next(label for suffix, label in labels.items() if name.endswith(suffix))


def _report(page: Page) -> bytes:
    """The report as it is kept, made anew: where nothing could be made there is no folder to keep it in."""
    return reloading(report.as_page(page.report, page.slug).encode(), page)


def _file(page: Page, name: str) -> Answer:
    if name == store.PAGE:
        return _found(".html", _report(page))
    path = page.folder / name
    if name not in _names(page) or not path.resolve().is_relative_to(page.folder.resolve()):
        return _NOTHING
    try:
        data = path.read_bytes()
    except OSError:
        return _NOTHING
    if path.suffix == ".html":
        data = reloading(data, page)
    return _found(path.suffix, data)


def reloading(data: bytes, page: Page) -> bytes:
    """A preview as it is served: with the script that loads it again after a rebuild."""
    script = (
        f'<script src="/-/reload.js" data-of="/{escape(page.slug)}" data-version="{page.version}"></script>'
    )
    data = _OWN_POLICY.sub(
        lambda own: own[1] + _widened(unescape(own[2].decode())).encode() + own[3], data, count=1
    )
    before, end, after = data.rpartition(b"</body>")
    return before + script.encode() + end + after if end else data + script.encode()


def _widened(policy: str) -> str:
    """A page's own policy, which also lets the script load that loads the page again."""
    rules = [rule.strip() for rule in policy.split(";") if rule.strip()]
    sources = {name: values for name, _, values in (rule.partition(" ") for rule in rules)}
    for name in ("script-src", "connect-src"):
        given = [value for value in sources.get(name, "").split() if value not in {"'none'", "'self'"}]
        sources[name] = " ".join([*given, "'self'"])
    return "; ".join(f"{name} {values}".strip() for name, values in sources.items())


def _no_port(port: int, error: OSError) -> PaperbuildError:
    if error.errno == errno.EADDRINUSE:
        return PaperbuildError(
            f"port {port} is taken by another program", hint=f"try another one: --port {port + 1}"
        )
    return PaperbuildError(
        f"port {port} can't be used: {error.strerror}", hint="try one above 1023, such as --port 8000"
    )
