"""The server shows what was built, to this machine only, and nothing else of it."""

from __future__ import annotations

import http.client
import json
import socket
import time
from html import unescape
from urllib.request import urlopen

import pytest
from tests import helpers
from tests.commands import SECONDS, TINY, running, tiny

from paperbuild.commands.server import Server, Site
from paperbuild.model import Finding, PaperbuildError, Report
from paperbuild.report import as_page

REPORT = Report("manuscripts/essay", "apa", "article")
BROKEN = Report(
    "m",
    "apa",
    "article",
    findings=(
        Finding("error", "links", "<script>alert(1)</script>", "a.md:3", "look & see", "pdf"),
        Finding("info", "references", "3 entries are never cited"),
    ),
    status=1,
)
PREVIEW = b"<!DOCTYPE html><html><body><p>It says &lt;/body&gt;.</p>\n</body></html>\n"


@pytest.fixture
def dist(tmp_path):
    """A folder of files that were made, with others in and around it that are nobody's business."""
    helpers.put(
        tmp_path,
        {
            "dist/essay/essay.pdf": b"%PDF-",
            "dist/essay/essay.docx": b"PK",
            "dist/essay/essay.preview.html": PREVIEW,
            "dist/essay/report.json": b"{}",
            "dist/essay/.hidden.pdf": b"secret",
            "dist/essay/other.pdf": b"secret",
            "dist/other/other.pdf": b"secret",
            "secret.pdf": b"secret",
        },
    )
    return tmp_path / "dist"


@pytest.fixture
def site(dist):
    made = Site()
    made.update("essay", dist / "essay", REPORT)
    return made


@pytest.fixture
def server(site):
    with Server(site, 0) as running_server:
        yield running_server


def ask(server, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "media_type", "begins"),
    [
        ("/", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("/essay/essay.pdf", "application/pdf", b"%PDF-"),
        (
            "/essay/essay.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            b"PK",
        ),
        ("/essay/essay.preview.html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("/essay/report.json?x=1", "application/json; charset=utf-8", b"{}"),
        ("/-/reload.js", "text/javascript; charset=utf-8", b"//"),
    ],
)
def test_every_file_comes_as_what_it_is_and_is_not_kept(path, media_type, begins, server):
    status, headers, body = ask(server, path)
    assert status == 200
    assert headers["Content-Type"] == media_type
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert int(headers["Content-Length"]) == len(body)
    assert body.startswith(begins)
    assert ask(server, path, "HEAD")[0::2] == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/essay/.hidden.pdf",
        "/essay/other.pdf",
        "/other/other.pdf",
        "/essay/",
        "/essay",
        "/essay/../../secret.pdf",
        "/essay/..%2f..%2fsecret.pdf",
        "/%2e%2e/secret.pdf",
        "/essay/%2e%2e/%2e%2e/secret.pdf",
        "/essay/..\\..\\secret.pdf",
        "/essay/essay.pdf%00",
        "/essay/essay.pdf/",
        "/etc/passwd",
        "//etc/passwd",
        "/-/",
        "/-/version/other",
        "/-/index.html.j2",
        "/%ff",
    ],
)
def test_nothing_else_is_served(path, server):
    status, _, body = ask(server, path)
    assert status == 404
    assert b"secret" not in body


def test_a_link_that_leads_out_is_not_followed(dist, server):
    pdf = dist / "essay/essay.pdf"
    pdf.unlink()
    assert ask(server, "/essay/essay.pdf")[0] == 404
    pdf.symlink_to(dist.parent / "secret.pdf")
    assert ask(server, "/essay/essay.pdf")[0] == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost:9000", 200),
        ("LOCALHOST", 200),
        ("[::1]:8000", 200),
        ("evil.example", 403),
        ("evil.example:8000", 403),
        ("127.0.0.1.evil.example:8000", 403),
        ("localhost:80@evil.example", 403),
    ],
)
def test_it_answers_to_no_other_name(host, status, server):
    assert ask(server, "/essay/essay.pdf", Host=host)[0] == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_it_can_only_be_read(method, server):
    assert ask(server, "/essay/essay.pdf", method)[0] == 501


def test_it_listens_on_this_machine_only(server):
    assert server.server_address[0] == "127.0.0.1"
    assert server.url == f"http://127.0.0.1:{server.server_port}/"


def test_the_preview_is_served_with_a_script_that_its_file_does_not_have(dist, server):
    served = ask(server, "/essay/essay.preview.html")[2].decode()
    before, _, after = served.rpartition("<script")
    assert before == PREVIEW.decode().rpartition("</body>")[0]
    assert 'src="/-/reload.js"' in after
    assert after.endswith("</script></body></html>\n")
    assert (dist / "essay/essay.preview.html").read_bytes() == PREVIEW


@pytest.mark.parametrize(
    ("rules", "served"),
    [
        (
            "default-src 'none'; script-src 'sha256-x='; img-src data:",
            "default-src 'none'; script-src 'sha256-x=' 'self'; img-src data:; connect-src 'self'",
        ),
        (
            "script-src 'none'; connect-src https://example.org",
            "script-src 'self'; connect-src https://example.org 'self'",
        ),
    ],
)
@pytest.mark.parametrize("quote", ["'", "&#39;"])
def test_a_pages_own_policy_is_kept_and_lets_that_script_load(rules, served, quote, dist, server):
    meta = b'<meta http-equiv="Content-Security-Policy" content="%s">'
    page = PREVIEW.replace(b"<body>", meta % rules.replace("'", quote).encode() + b"<body>")
    (dist / "essay/essay.preview.html").write_bytes(page)
    _, headers, body = ask(server, "/essay/essay.preview.html")
    assert headers["Content-Security-Policy"] == served
    assert unescape(body.decode()).count(served) == 1


def test_the_version_that_a_page_asks_for_is_another_after_each_rebuild(dist, site, server):
    def versions():
        return [ask(server, path)[2] for path in ("/-/version/essay", "/-/version", "/-/version/other")]

    first = versions()
    assert versions() == first
    assert f'data-version="{first[0].decode()}"'.encode() in ask(server, "/essay/essay.preview.html")[2]
    site.update("other", dist / "other", REPORT)
    second = versions()
    assert second[0] == first[0]
    assert second[1] != first[1]
    site.update("essay", dist / "essay", REPORT)
    assert versions()[0] not in first


def test_the_index_lists_the_report_and_the_files_that_are_there(dist, site, server):
    page = ask(server, "/")[2].decode()
    for name in ("essay.pdf", "essay.docx", "essay.preview.html", "report.html", "report.json"):
        assert f'href="/essay/{name}"' in page
    assert "report.junit.xml" not in page  # there is none
    assert "✓" in page
    (dist / "essay/essay.docx").unlink()
    site.update("essay", dist / "essay", BROKEN)
    page = ask(server, "/")[2].decode()
    assert "essay.docx" not in page
    assert "Something was lost" in page
    assert "1 error, 1 info." in page
    assert "✗" in page
    assert "✓" not in page


def test_the_report_is_served_as_it_is_kept_and_loads_itself_again(dist, site, server):
    site.update("essay", dist / "essay", BROKEN)
    status, headers, body = ask(server, "/essay/report.html")
    page = body.decode()
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "look &amp; see" in page
    script = page.partition("<script")[2].partition("</body>")[0]
    assert page.replace(f"<script{script}", "") == as_page(BROKEN, "essay")
    assert 'data-of="/essay"' in script


def test_what_could_not_be_made_has_a_report_though_it_has_no_folder(tmp_path, site, server):
    refused = Report("none.md", "", "", findings=(Finding("error", "input", "it is empty"),), status=2)
    site.update("none", tmp_path / "dist/none", refused)
    assert "could not be made" in ask(server, "/")[2].decode()
    assert "it is empty" in ask(server, "/none/report.html")[2].decode()


def test_before_the_first_export_the_index_says_so():
    with Server(Site(), 0) as empty:
        assert b"under way" in ask(empty, "/")[2]


def test_a_port_that_is_taken_is_told_with_the_next_one():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PaperbuildError) as caught:
            Server(Site(), port)
    assert f"port {port} is taken" in caught.value.message
    assert f"--port {port + 1}" in caught.value.hint


def test_a_browser_that_goes_away_is_no_trouble(server, capfd):
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as gone:
        gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        gone.sendall(b"GET /essay/essay.pdf HTTP/1.0\r\n\r\n")
    assert ask(server, "/")[0] == 200
    assert capfd.readouterr().err == ""


@pytest.mark.slow
def test_serving_shows_each_rebuild_and_ends_cleanly(tmp_path):
    paper = tiny(tmp_path / "manuscripts/tiny")
    with running("serve", "--to", "preview", "--port", "0", cwd=tmp_path) as command:
        url = command.line().split()[2]
        assert url.startswith("http://127.0.0.1:")
        assert "✓ tiny" in command.line()
        first = get(f"{url}-/version/tiny")
        assert "A Tiny Paper" in get(f"{url}tiny/tiny.preview.html")
        paper.write_text(TINY.replace("Tiny", "Changed"), "utf-8")
        wait_until(lambda: get(f"{url}-/version/tiny") != first)
        assert "A Changed Paper" in get(f"{url}tiny/tiny.preview.html")
        assert json.loads(get(f"{url}tiny/report.json"))["ok"]
        assert command.interrupt() == 0
        assert command.is_gone()
        assert command.rest("err") == ["no longer serving"]


def get(url):
    with urlopen(url, timeout=10) as answer:  # noqa: S310 - the address that our own command printed
        return answer.read().decode()


def wait_until(true):
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)
