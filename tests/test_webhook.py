"""What is posted: signed, in order, again until it is taken, and nothing twice knowingly."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from reportedly._cli import main
from reportedly._settings import Settings
from reportedly.library import Library, _articles, _changes, _outbox, work
from reportedly.watch import Webhook, make_webhook
from reportedly.watch._webhook import RETRIES, WebhookError, pause_after, post, secret_of, signature
from tests._site import served
from tests._stored import HARBOUR, articles, clocked

KEY = bytes(range(24))
SECRET = "whsec_" + base64.b64encode(KEY).decode()
START = datetime(2031, 2, 3, 4, 5, tzinfo=UTC)


@dataclass
class Receiver:
    """Takes what is posted, and verifies it as a receiver should; ``statuses`` are its next answers, then 204."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def take(self, headers: dict[str, str], body: bytes) -> int:
        name, moment, given = (headers[f"webhook-{part}"] for part in ("id", "timestamp", "signature"))
        signed = hmac.new(KEY, name.encode() + b"." + moment.encode() + b"." + body, hashlib.sha256).digest()
        if f"v1,{base64.b64encode(signed).decode()}" not in given.split():
            self.refused.append(name)
            return 400
        status = self.statuses.pop(0) if self.statuses else 204
        if status < 300:
            self.taken.append((name, body))
        return status


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    one = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            self.send_response(one.take({key.lower(): value for key, value in self.headers.items()}, body))
            self.send_header("location", "/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    one.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    yield one
    server.shutdown()
    server.server_close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = clocked(tmp_path / "library.sqlite")
    yield opened
    opened.close()


@dataclass
class World:
    library: Library
    webhook: Webhook
    said: list[str]
    time: datetime = START

    def deliver(self, **later: int) -> None:
        self.time += timedelta(**later)
        self.webhook.deliver(self.library, lambda: self.time, lambda: None)

    def come(self, number: int) -> None:
        _articles.store(self.library, articles()[number])
        work(self.library, Settings())


@pytest.fixture
def world(library: Library, receiver: Receiver) -> World:
    said: list[str] = []
    _outbox.begin(library)
    return World(library, Webhook(receiver.url, KEY, post, said.append), said)


def test_the_signature_is_that_of_the_specification() -> None:
    """The example of https://github.com/standard-webhooks/standard-webhooks, whose libraries agree on it."""
    key = secret_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_changed_is_posted_once_in_order_and_signed(world: World, receiver: Receiver) -> None:
    world.come(0)
    world.deliver()
    world.come(1)
    world.deliver()
    world.deliver()
    assert receiver.refused == []
    assert len(receiver.taken) == 2
    bodies = [json.loads(body) for _, body in receiver.taken]
    assert [body["type"] for body in bodies] == ["story.changes"] * 2
    posted = [change["id"] for body in bodies for change in body["data"]["changes"]]
    assert posted == [one.news.id for one in _changes.all_since(world.library.db, "")]
    assert bodies[0]["timestamp"] == START.isoformat()
    assert world.said == []


def test_what_was_there_before_is_not_posted(library: Library, receiver: Receiver) -> None:
    _articles.store(library, articles()[0])
    work(library, Settings())
    _outbox.begin(library)
    world = World(library, Webhook(receiver.url, KEY, post, print), [])
    world.deliver()
    assert receiver.taken == []
    world.come(1)
    _outbox.begin(library)  # a later run of the watcher
    world.deliver()
    assert len(receiver.taken) == 1


@pytest.mark.parametrize("status", [500, 429, 404, 302])
def test_what_was_not_taken_is_posted_again_later_with_its_id(world: World, receiver: Receiver, status: int) -> None:
    receiver.statuses = [status, status]
    world.come(0)
    world.deliver()
    assert (receiver.taken, world.said) == ([], [f"webhook: answered {status}; tried again"])
    message = _outbox.first(world.library.db)
    assert message is not None
    world.come(1)
    world.deliver(seconds=4)  # not due yet, and the later one waits for it
    assert receiver.statuses == [status]
    world.deliver(seconds=1)
    world.deliver(minutes=5)
    assert receiver.taken[0] == (message.id, message.body)
    assert len(receiver.taken) == 2
    assert len(world.said) == 1


def test_nothing_is_lost_while_the_receiver_cannot_be_reached(world: World, receiver: Receiver) -> None:
    there = world.webhook
    world.webhook = Webhook("http://127.0.0.1:9/hook", KEY, post, world.said.append)
    world.come(0)
    world.deliver()
    assert world.said == ["webhook: not reached: NewConnectionError; tried again"]
    world.webhook = there
    world.deliver(seconds=5)
    assert len(receiver.taken) == 1


def test_a_message_is_put_aside_after_three_days_or_where_it_is_not_wanted(world: World, receiver: Receiver) -> None:
    receiver.statuses = [500] * 10
    world.come(0)
    for pause in (timedelta(0), *RETRIES):
        world.time += pause
        world.deliver()
    assert receiver.statuses == []
    assert world.said[-1].endswith("is put aside")
    assert _outbox.first(world.library.db) is None
    receiver.statuses = [410]
    world.come(2)
    world.deliver()
    assert receiver.taken == []
    assert world.library.db.execute("SELECT count(*) FROM outbox WHERE state = 'dropped'").fetchone()[0] == 2
    assert pause_after(len(RETRIES) + 1, 500) is None
    assert sum(RETRIES, timedelta()) > timedelta(days=3)


def test_many_changes_are_several_messages(world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_outbox, "MOST", 1)
    for number in range(3):
        world.come(number)
    world.deliver()
    assert len(receiver.taken) == _changes.last(world.library.db) >= 3


# ---------------------------------------------------------------- settings


@pytest.mark.parametrize(
    ("url", "secret", "reason"),
    [
        ("ftp://hook.example/", SECRET, "webhook: an http or https address is wanted"),
        (None, SECRET, "webhook: an http or https address is wanted"),
        ("https://hook.example/", None, "webhook_secret: is wanted"),
        ("https://hook.example/", "whsec_c2hvcnQ=", "webhook_secret: whsec_ and the Base64 of 24 to 64 bytes"),
        ("https://hook.example/", "a" * 40, "webhook_secret: whsec_ and"),
        ("https://hook.example/", "whsec_ü", "webhook_secret: whsec_ and"),
    ],
)
def test_settings_that_cannot_be_are_refused_without_the_secret(url: str, secret: str, reason: str) -> None:
    with pytest.raises(WebhookError, match=reason) as caught:
        make_webhook(url, secret, print)
    assert secret is None or secret not in str(caught.value)
    assert make_webhook(None, None, print) is None


def test_the_watcher_posts(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REPORTEDLY_WEBHOOK_SECRET", SECRET)
    (tmp_path / "desk.toml").write_text(f'webhook = "{receiver.url}"\n', "utf-8")
    with served() as site:
        site.page("/1", "Harbour closes", *HARBOUR.split("\n\n"))
        site.feed("/feed", "/1")
        (tmp_path / "feeds").write_text(site.url("/feed"), "utf-8")
        command = [
            "watch",
            str(tmp_path / "feeds"),
            "--once",
            "--allow-private",
            "--config",
            str(tmp_path / "desk.toml"),
        ]
        assert main([*command, "--library", str(tmp_path / "l.sqlite")]) == 0
    ((_, body),) = receiver.taken
    assert json.loads(body)["data"]["changes"][0]["kind"] == "story"
    assert SECRET not in "".join(capsys.readouterr())
