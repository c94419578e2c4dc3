"""Who is asked when: one request at a time and not in quick succession, again only where that helps, never against
robots.txt. The network and the clock are made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from reportedly._errors import InputError
from reportedly._settings import Settings
from reportedly.collect import Visitor
from reportedly.collect._fetch import Answer, BrokenOffError

NOW = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
SETTINGS = Settings(delay=2.0)
A, B = "https://a.example/story", "https://b.example/story"


def answer(url: str, status: int = 200, body: bytes = b"text", **headers: str) -> Answer:
    return Answer(url, status, "Reason", tuple((key.replace("_", "-"), value) for key, value in headers.items()), body)


@dataclass
class World:
    """Answers by address, in turn and the last one for ever; an error is raised. A request takes half a second."""

    answers: dict[str, list[Answer | InputError]]
    time: float = 100.0
    asked: list[tuple[float, str]] = field(default_factory=list)

    def ask(self, url: str, settings: Settings, headers: Mapping[str, str]) -> Answer:
        self.asked.append((self.time - 100, url))
        self.time += 0.5
        waiting = self.answers.get(url) or [answer(url, 404)]
        found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(found, InputError):
            raise found
        return found

    def sleep(self, seconds: float) -> None:
        self.time += seconds

    def visitor(self) -> Visitor:
        return Visitor(ask=self.ask, clock=lambda: self.time, sleep=self.sleep, now=lambda: NOW)


def refusal(world: World, url: str = A, settings: Settings = SETTINGS) -> str:
    with pytest.raises(InputError) as caught:
        world.visitor()(url, settings)
    assert caught.value.source == url
    return caught.value.reason


def test_a_host_is_left_alone_between_two_requests_and_another_is_not_waited_for() -> None:
    world = World({A: [answer(A)], B: [answer(B)]})
    visitor = world.visitor()
    for url in (A, A, B):
        visitor(url, SETTINGS)
    assert world.asked == [
        (0, "https://a.example/robots.txt"),
        (0.5, A),
        (3.0, A),
        (3.5, "https://b.example/robots.txt"),
        (4.0, B),
    ]


def test_a_host_may_ask_for_a_longer_delay() -> None:
    robots = answer("https://a.example/robots.txt", body=b"User-agent: *\nCrawl-delay: 7")
    world = World({A: [answer(A)], "https://a.example/robots.txt": [robots]})
    visitor = world.visitor()
    visitor(A, SETTINGS)
    visitor(A, SETTINGS)
    assert [at for at, url in world.asked if url == A] == [0.5, 8.0]


RULES = b"User-agent: other\nDisallow: /\n\nUser-agent: reportedly\nDisallow: /*.pdf$\nDisallow: /in\nAllow: /in/out"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/", True), ("/a.pdf", False), ("/a.pdf.html", True), ("/in/x", False), ("/in/out/x", True)],
)
def test_the_rules_of_a_host(path: str, allowed: bool) -> None:
    url = "https://a.example" + path
    world = World({url: [answer(url)], "https://a.example/robots.txt": [answer("", body=RULES)]})
    if allowed:
        assert world.visitor()(url, SETTINGS).data == b"text"
    else:
        assert refusal(world, url) == "refused: the site's robots.txt disallows it"
        assert [url for _, url in world.asked] == ["https://a.example/robots.txt"]
    assert World(world.answers).visitor()(url, replace(SETTINGS, robots=False)).data == b"text"


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (answer("", 503), "refused: its robots.txt answered 503"),
        (InputError("", "timed out"), "timed out (its robots.txt)"),
        (answer("", 403), None),
        (answer("", body=b"\xff\xfe<html>nonsense"), None),
    ],
)
def test_rules_that_cannot_be_read(rules: Answer | InputError, reason: str | None) -> None:
    world = World({A: [answer(A)], "https://a.example/robots.txt": [rules]})
    if reason:
        assert refusal(world) == reason
    else:
        world.visitor()(A, SETTINGS)


def test_rules_are_asked_for_again_after_a_day_and_soon_where_they_could_not_be_had() -> None:
    rules = "https://a.example/robots.txt"
    world = World({A: [answer(A)], rules: [InputError("", "no such host"), answer("", body=b"")]})
    visitor = world.visitor()
    with pytest.raises(InputError, match="no such host"):
        visitor(A, SETTINGS)
    world.time += 31
    for _ in range(2):
        assert visitor(A, SETTINGS).data == b"text"
    world.time += 86_400
    visitor(A, SETTINGS)
    assert [url for _, url in world.asked] == [rules, rules, A, A, rules, A]


def test_a_host_that_asked_to_be_left_alone_is_not_asked_until_then() -> None:
    other = "https://a.example/other"
    world = World({A: [answer(A, 429, Retry_After="3600")], other: [answer(other)], B: [answer(B)]})
    visitor = world.visitor()
    assert visitor.left_alone(A) == 0
    with pytest.raises(InputError, match="for 3,600 seconds"):
        visitor(A, SETTINGS)
    assert visitor.left_alone(other) == 3_600
    asked = len(world.asked)
    with pytest.raises(InputError, match="asked to be left alone for 3,600 seconds more"):
        visitor(other, SETTINGS)
    assert len(world.asked) == asked
    assert visitor(B, SETTINGS).data == b"text"
    world.time += 3_600
    assert visitor(other, SETTINGS).data == b"text"


def test_a_redirect_is_asked_of_the_rules_of_where_it_leads() -> None:
    rules = answer("", body=b"User-agent: *\nDisallow: /")
    world = World({A: [answer(A, 302, Location=B)], B: [answer(B)], "https://b.example/robots.txt": [rules]})
    assert refusal(world).startswith("refused: the site's robots.txt")
    assert B not in [url for _, url in world.asked]


@pytest.mark.parametrize(
    ("value", "again"),
    [("9", 9.0), ("Thu, 04 Mar 2021 05:06:17 GMT", 10.0), ("soon", 2.0), ("-5", 2.0), ("", 2.0), ("1", 2.0)],
)
def test_a_busy_host_is_asked_again_when_it_says(value: str, again: float) -> None:
    world = World({A: [answer(A, 429, Retry_After=value), answer(A)]})
    assert world.visitor()(A, SETTINGS).data == b"text"
    assert [at for at, url in world.asked if url == A] == [0.5, 1.0 + again]


def test_a_host_that_is_busy_for_long_is_not_waited_for() -> None:
    world = World({A: [answer(A, 503, Retry_After="3600")]})
    assert refusal(world) == "answered 503 Reason, and asks to be left alone for 3,600 seconds"


@pytest.mark.parametrize(
    ("found", "tries"),
    [
        (answer(A, 404), 1),
        (answer(A, 403), 1),
        (answer(A, 500), 1),
        (answer(A, 502), 3),
        (InputError(A, "timed out"), 1),
        (BrokenOffError(A, "cannot be fetched: reset"), 3),
    ],
)
def test_another_try_only_where_it_helps(found: Answer | InputError, tries: int) -> None:
    world = World({A: [found]})
    refusal(world)
    assert [url for _, url in world.asked].count(A) == tries
