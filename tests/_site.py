"""A web site on loopback whose every answer a test sets: what it says, how, and what it was asked."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape


@dataclass
class Answer:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    wait: threading.Event | None = None


@dataclass
class Site:
    """``pages`` by path; ``asked`` has the path and headers of each request, robots.txt left out."""

    address: str = ""
    pages: dict[str, Answer | Callable[[dict[str, str]], Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def page(self, path: str, title: str, *paragraphs: str, **headers: str) -> None:
        body = "".join(f"<p>{escape(one)}</p>" for one in paragraphs)
        name = escape(title)
        html = f"<!doctype html><html lang=en><title>{name}</title><article><h1>{name}</h1>{body}</article>"
        self.pages[path] = Answer(body=html.encode(), headers={"Content-Type": "text/html; charset=utf-8", **headers})

    def feed(self, path: str, *links: str, extra: str = "", **headers: str) -> None:
        """An RSS feed of these paths; with an ETag it answers 304 to whoever has it."""
        items = "".join(f"<item><title>{link}</title><link>{self.url(link)}</link></item>" for link in links)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>{extra}{items}</channel></rss>'
        answer = Answer(body=body.encode(), headers={"Content-Type": "application/rss+xml", **headers})

        def conditional(asked: dict[str, str]) -> Answer:
            same = "ETag" in headers and asked.get("If-None-Match") == headers["ETag"]
            return Answer(304) if same else answer

        self.pages[path] = conditional

    def counts(self) -> dict[str, int]:
        found: defaultdict[str, int] = defaultdict(int)
        for path in self.paths():
            found[path] += 1
        return dict(found)


@contextmanager
def served() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

        def do_GET(self) -> None:
            found = site.pages.get(self.path, Answer(404))
            if self.path != "/robots.txt":
                site.asked.append((self.path, dict(self.headers)))
            answer = found if isinstance(found, Answer) else found(dict(self.headers))
            if answer.wait is not None:
                answer.wait.wait(20)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) + 100 * answer.cut))
            self.end_headers()
            with suppress(OSError):  # who asked may have hung up
                self.wfile.write(answer.body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
