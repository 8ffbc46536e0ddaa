"""A host for the built site that does what real ones do: compresses, and has a page for no page."""

import gzip
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

TEXT = {".css", ".html", ".js", ".json", ".svg", ".txt"}


@cache
def compressed(file: Path, changed: int) -> bytes:
    """The content of a file as it was when it `changed`, compressed."""
    return gzip.compress(file.read_bytes())


class Handler(SimpleHTTPRequestHandler):
    """Serves files and does not report each one."""

    protocol_version = "HTTP/1.1"  # one connection for many files

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer with a file, compressed if it is text and the browser knows how."""
        file = Path(self.translate_path(self.path))
        knows = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (knows and file.suffix in TEXT and file.is_file()):
            return super().send_head()
        return self._answer(200, file, compressed(file, file.stat().st_mtime_ns), "gzip")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer for what is not there with the site's own page."""
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
        elif self.command == "GET":
            self.wfile.write(self._answer(code, page, page.read_bytes()).getvalue())
        else:
            self._answer(code, page, b"")

    def end_headers(self) -> None:
        """Let the browser keep for ten minutes, as real hosts do, what the pages have in common."""
        file = Path(self.translate_path(self.path))
        if file.suffix != ".html" and file.is_file():
            self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _answer(self, code: int, file: Path, content: bytes, encoding: str = "") -> io.BytesIO:
        self.send_response(code)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Length", str(len(content)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        return io.BytesIO(content)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a port of this machine that nobody else sees."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
