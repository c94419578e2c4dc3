"""Addresses: what is fetched, within which limits, and where no address may lead."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from reportedly._cli import main
from reportedly._errors import InputError, ReportedlyError
from reportedly._records import Article
from reportedly._settings import Settings
from reportedly.collect import Page, Visitor, collect, fetch
from reportedly.collect._fetch import is_public

STORY = (
    "The council of Marlund approved the new tram line on Tuesday by one vote, after nine hours of debate. "
    "“It is late, and it is right,” said Petra Holm, the mayor."
)
TAG, SINCE = "W/\"a, 'b'  c\"", "Tue, 2 Mar 2021 01:02:03 GMT"  # the date is not quite as it should be
PAGE = (
    "<!doctype html><html><head><title>Tram approved</title></head>"
    f"<body><article><p>{STORY}</p></article></body></html>"
)


class Handler(BaseHTTPRequestHandler):
    requests: list[tuple[str, dict[str, str]]]

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:
        self.requests.append((self.path, dict(self.headers)))
        name = self.path.split("?")[0].removeprefix("/").replace("%20", "_").replace("%C3%BC", "u")
        name = name.replace("/", "_").replace(".", "_")
        getattr(self, f"at_{name}", self.at_missing)()

    def answer(self, body: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def at_missing(self) -> None:
        self.answer(b"nothing here", status=404)

    def at_page(self) -> None:
        self.answer(PAGE.encode())

    def at_a_u(self) -> None:
        self.answer(PAGE.encode())

    def at_western(self) -> None:
        self.answer(PAGE.encode("cp1252"), "text/html; charset=ISO-8859-1")

    def at_packed(self) -> None:
        self.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def at_bomb(self) -> None:
        self.answer(gzip.compress(b"a" * 30_000_000), Content_Encoding="gzip")

    def at_corrupt(self) -> None:
        self.answer(b"no gzip at all", Content_Encoding="gzip")

    def at_plain(self) -> None:
        self.answer(STORY.encode(), "text/plain")

    def at_pdf(self) -> None:
        self.answer(b"%PDF-1.4 and so on", "application/pdf")

    def at_empty(self) -> None:
        self.answer(b"")

    def at_moved(self) -> None:
        self.answer(b"", status=302, Location="/page?from=moved")

    def at_loop(self) -> None:
        self.answer(b"", status=301, Location="/loop")

    def at_file(self) -> None:
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def at_elsewhere(self) -> None:
        self.answer(b"", status=302, Location="http://169.254.169.254/latest/meta-data/")

    def at_silent(self) -> None:
        time.sleep(3)

    def at_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(30):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def at_robots_txt(self) -> None:
        self.answer(b"User-agent: *\nDisallow: /private*/story\nAllow: /private-but/", "text/plain")

    at_private_story = at_page

    def at_busy(self) -> None:
        if sum(path == "/busy" for path, _ in self.requests) < 3:
            self.answer(b"", status=429, Retry_After="0")
        else:
            self.at_page()

    def at_closed(self) -> None:
        self.answer(b"", status=503, Retry_After="86400")

    def at_reset(self) -> None:
        if sum(path == "/reset" for path, _ in self.requests) < 2:
            self.connection.close()
        else:
            self.at_page()

    def at_fresh(self) -> None:
        if self.headers.get("If-None-Match") == TAG and self.headers.get("If-Modified-Since") == SINCE:
            self.answer(b"", status=304)
        else:
            self.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip", ETag=TAG, Last_Modified=SINCE)

    def at_wrong(self) -> None:
        self.answer(PAGE.encode(), "text/html; charset=utf-16")

    def at_chunked(self) -> None:
        self.protocol_version = "HTTP/1.1"
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        data = PAGE.encode()
        for start in range(0, len(data), 50):
            piece = data[start : start + 50]
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")
        self.close_connection = True

    def at_brotli(self) -> None:
        self.answer(b"\x0b\x02\x80", Content_Encoding="br")

    def at_half(self) -> None:
        self.answer(gzip.compress(PAGE.encode())[:60], Content_Encoding="gzip")

    def at_many(self) -> None:
        self.answer(gzip.compress(b"a") * 2000, Content_Encoding="gzip")

    def at_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 100_000)

    def at_header(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n")

    def at_dripping(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\n")
        for number in range(90):
            self.wfile.write(f"X-{number}: y\r\n".encode())
            time.sleep(0.1)

    def at_round(self) -> None:
        self.answer(b"", status=302, Location="/trip")

    def at_trip(self) -> None:
        self.answer(b"", status=302, Location="/round")

    def at_cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"only this")


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None: ...  # a client that hangs up is what some tests are about


@pytest.fixture
def server() -> Iterator[str]:
    Handler.requests = []
    with Server(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


LOCAL = Settings(allow_private=True, timeout=1.0, max_bytes=1_000_000, delay=0)


def gathered(*urls: str, settings: Settings = LOCAL) -> tuple[list[Article], list[InputError]]:
    problems: list[InputError] = []
    return list(collect(urls, settings, problems.append)), problems


@pytest.mark.parametrize(
    "path",
    ["/page", "/western", "/packed", "/moved", "/a ü", "/wrong", "/chunked", "/busy", "/reset"],
)
def test_a_page_is_fetched(path: str, server: str) -> None:
    [article], problems = gathered(server + path)
    assert problems == []
    assert STORY in article.text
    assert article.title == "Tram approved"
    assert article.source == server + path
    assert article.url == server + {"/a ü": "/a%20%C3%BC", "/moved": "/page?from=moved"}.get(path, path)
    [*_, (_, headers)] = Handler.requests
    assert headers["User-Agent"].startswith("reportedly/")
    assert headers["Host"] == server.removeprefix("http://")


def test_plain_text_is_unchanged_and_carries_its_address(server: str) -> None:
    [article], _ = gathered(server + "/plain")
    assert (article.text, article.url, article.outlet) == (STORY, server + "/plain", "127.0.0.1")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/nope", "answered 404 Not Found"),
        ("/empty", "is empty"),
        ("/pdf", "is a PDF file"),
        ("/bomb", "too large: more than 1,000,000 bytes"),
        ("/corrupt", "cannot be fetched"),
        ("/cut", "cannot be fetched"),
        ("/loop", "redirected more than 5 times"),
        ("/file", "not an http or https address"),
        ("/silent", "took longer than 1 seconds"),
        ("/drip", "took longer than 1 seconds"),
        ("/dripping", "took longer than 1 seconds"),
        ("/endless", "too large: more than 1,000,000 bytes"),
        ("/half", "the gzip stream ends too early"),
        ("/brotli", "is packed in a way that was not asked for: br"),
        ("/header", "cannot be fetched"),
        ("/round", "redirected more than 5 times"),
        ("/closed", "answered 503 Service Unavailable, and asks to be left alone for 86,400 seconds"),
        ("/private/story", "refused: the site's robots.txt disallows it"),
    ],
)
def test_what_cannot_be_fetched_is_one_line(path: str, reason: str, server: str) -> None:
    start = time.monotonic()
    articles, [problem] = gathered(server + path)
    assert articles == []
    assert problem.source == server + path
    assert reason in problem.reason
    assert str(problem).isprintable()
    assert time.monotonic() - start < 2.9


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http:///path",
        "http://[::1",
        "http://a b/",
        "http://u:p@x.example/",
        "http://x.example:99999/",
        "http://%00/",
    ],
)
def test_what_is_no_address_is_refused_without_asking(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("asked the network"))
    _, [problem] = gathered(url)
    assert "address" in problem.reason


def test_nobody_answers(server: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        _, [problem] = gathered(f"http://127.0.0.1:{free.getsockname()[1]}/")
    assert problem.reason.startswith("cannot be fetched: connection refused")


def test_many_small_streams_of_gzip_are_not_read_to_the_end(server: str) -> None:
    start = time.monotonic()
    page = fetch(server + "/many", LOCAL)
    assert page.data == b"a" * 100
    assert time.monotonic() - start < 1


# ---------------------------------------------------------------- kept pages


def test_a_page_that_is_kept_is_asked_for_only_if_it_has_changed(server: str, tmp_path: Path) -> None:
    settings = replace(LOCAL, keep=str(tmp_path / "kept.warc.gz"))
    [first], _ = gathered(server + "/fresh", settings=settings)
    size = (tmp_path / "kept.warc.gz").stat().st_size
    [second], problems = gathered(server + "/fresh", settings=settings)
    assert (first, problems) == (second, [])
    assert [path for path, _ in Handler.requests] == ["/robots.txt", "/fresh"] * 2
    sent = Handler.requests[-1][1]
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == (TAG, SINCE)
    assert (tmp_path / "kept.warc.gz").stat().st_size == size


def test_what_is_kept_is_as_it_was_sent(server: str, tmp_path: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    file = tmp_path / "kept.warc.gz"
    paths = ("/packed", "/western", "/moved", "/nope", "/chunked")
    gathered(*(server + path for path in paths), settings=replace(LOCAL, keep=str(file)))
    kept = {}
    with file.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            if record.rec_type == "response":
                url = record.rec_headers.get_header("WARC-Target-URI")
                kept[url] = record.http_headers.get_header("Content-Type"), record.raw_stream.read()
    assert kept == {
        server + "/packed": ("text/html", kept[server + "/packed"][1]),
        server + "/western": ("text/html; charset=ISO-8859-1", PAGE.encode("cp1252")),
        server + "/page?from=moved": ("text/html", PAGE.encode()),
        server + "/chunked": (None, PAGE.encode()),
    }
    assert gzip.decompress(kept[server + "/packed"][1]) == PAGE.encode()


@pytest.mark.parametrize("made", [b"not an archive", None])
def test_a_file_that_pages_cannot_be_kept_in_stops_the_run(made: bytes | None, server: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.warc.gz" if made else tmp_path / "no" / "kept.warc.gz"
    if made:
        file.write_bytes(made)
    with pytest.raises(ReportedlyError, match=r"kept\.warc\.gz"):
        gathered(server + "/page", settings=replace(LOCAL, keep=str(file)))
    assert not made or file.read_bytes() == made


def test_an_archive_of_another_tool_is_added_to(server: str, tmp_path: Path) -> None:
    url = server + "/page"
    file = tmp_path / "other.warc"
    answers = [
        b"HTTP/1.1 404 Not Found\r\n\r\ngone",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: x\r\n\r\n4\r\ngone\r\n0\r\n\r\n",
        b"",
    ]
    records = [
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(each)}\r\n\r\n".encode()
        + each
        + b"\r\n\r\n"
        for each in answers
    ]
    file.write_bytes(b"".join(records))
    [article], problems = gathered(url, settings=replace(LOCAL, keep=str(file)))
    assert (STORY in article.text, problems) == (True, [])
    assert "If-None-Match" not in Handler.requests[-1][1]
    assert file.read_bytes().startswith(b"".join(records))
    assert file.read_bytes().count(b"WARC-Type: response") == 4


def test_the_command_keeps_pages(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import reportedly.collect._fetch as module

    monkeypatch.setattr(module, "is_public", lambda address: True)
    file = tmp_path / "kept.warc.gz"
    readings = []
    for _ in range(2):
        assert main(["annotate", "--keep", str(file), server + "/fresh"]) == 0
        readings.append(capsys.readouterr().out)
    assert readings[0] == readings[1] != ""
    assert gzip.decompress(file.read_bytes()).count(b"WARC-Type: response") == 1
    file.write_bytes(b"no archive")
    assert main(["annotate", "--keep", str(file), server + "/fresh"]) == 1
    assert "is no web archive that can be added to" in capsys.readouterr().err


def test_whether_a_page_has_changed(server: str) -> None:
    visitor = Visitor()
    page = visitor(server + "/fresh", LOCAL)
    assert (page.etag, page.modified) == (TAG, SINCE)
    assert visitor.changed(server + "/fresh", LOCAL, page.etag, page.modified) is None
    assert visitor.changed(server + "/fresh", LOCAL, '"other"', None) == page
    with pytest.raises(InputError, match="404"):
        visitor.changed(server + "/nope", LOCAL, None, None)


# ---------------------------------------------------------------- the network of the machine


def test_local_addresses_are_refused_unless_allowed(server: str) -> None:
    port = server.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "127.1"):  # noqa: S104
        _, [problem] = gathered(f"http://{host}:{port}/page", settings=Settings(timeout=1))
        assert problem.reason.startswith(("refused: it leads to a private", "no such host"))
    assert Handler.requests == []


def test_a_name_that_stands_for_a_local_address_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(server.rpartition(":")[2])
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    _, [problem] = gathered(f"http://news.example:{port}/page", settings=Settings(timeout=1))
    assert "private" in problem.reason


def test_the_address_that_was_checked_is_the_one_connected_to(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(server.rpartition(":")[2])
    real, asked = socket.getaddrinfo, []

    def look_up(host: str, *rest: object, **named: object) -> object:
        asked.append(host)
        return real("127.0.0.1" if host == "news.example" else host, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    page = fetch(f"http://news.example:{port}/page", LOCAL)
    assert STORY in page.data.decode()
    assert asked.count("news.example") == 1
    assert Handler.requests[0][1]["Host"] == f"news.example:{port}"


def test_a_redirect_into_the_local_network_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import reportedly.collect._fetch as module

    port = server.rpartition(":")[2]
    monkeypatch.setattr(module, "is_public", lambda address: address == "127.0.0.1")
    _, [problem] = gathered(f"http://127.0.0.1:{port}/elsewhere", settings=Settings(timeout=1))
    assert problem.reason.startswith("refused")
    assert problem.source.endswith("/elsewhere")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.0.0.1", False),
        ("172.16.5.4", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("127.8.8.8", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("not an address", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


# ---------------------------------------------------------------- a fetch of one's own


def test_a_fetch_can_be_passed_in() -> None:
    def fake(url: str, settings: Settings) -> Page:
        if "gone" in url:
            raise InputError(url, "answered 410 Gone")
        return Page("https://news.example/final", PAGE.encode())

    problems: list[InputError] = []
    articles = list(collect(["https://x.example/gone", "HTTPS://x.example/a"], Settings(), problems.append, fake))
    assert [str(problem) for problem in problems] == ["https://x.example/gone: answered 410 Gone"]
    assert [(article.url, article.outlet, article.source) for article in articles] == [
        ("https://news.example/final", "news.example", "HTTPS://x.example/a")
    ]
