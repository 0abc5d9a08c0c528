"""A server on the loopback address that gives out pages, with whatever headers a test wants."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


class Server:
    """Serves what it is handed, and remembers which paths it was asked for."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, Mapping[str, str]]] = {}
        self.asked: list[str] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    def put(self, path: str, data: bytes, headers: Mapping[str, str] | None = None) -> str:
        """Serve the bytes under the path, with these headers; the address."""
        self.files[path] = (data, headers or {})
        return f"http://127.0.0.1:{self._http.server_port}{path}"

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                server.asked.append(self.path)
                data, headers = server.files.get(path, (b"", {}))
                self.send_response(200 if path in server.files else 404)
                kind = "application/json" if path.endswith(".json") else "text/html; charset=utf-8"
                for name, value in {"Content-Type": kind, **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Say nothing."""

        return Handler
