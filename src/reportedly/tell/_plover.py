"""Events → PLOVER's exchange format: JSON Lines, one event a line.

Field names are those of the PLOVER manual (Open Event Data Alliance, draft 0.8, 2021, "Data Fields"): `id`, `date`,
`source`, `recipient`, `event`, `event_loc`, `event_text`, `quad_code`, `context`, `text_info`, `cite_info`, `comment`.
`status` and `lead` are ours, which the manual allows. Actors have the country's ISO 3166-1 alpha-3 code where their
side is a country. A record needs a date there: that of the event, else the day the article appeared, and `comment`
says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from reportedly._records import Article, Event, EventType, Person, Reading, Readout, Status, StoryEvent, StoryPerson
from reportedly.tell._dates import day_of

QUADS: Mapping[EventType, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1,
    "COOPERATE": 2, "AID": 2, "RETREAT": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""PLOVER's quad categories: verbal and material cooperation, verbal and material conflict."""
PROMISES: frozenset[EventType] = frozenset(("AGREE", "CONCEDE", "THREATEN"))
"""Types that speak of the future themselves: the manual gives them no context "future" besides."""


def to_plover(reading: Reading) -> Iterator[str]:
    """The events of a Reading that have a type, as lines of JSON, without line breaks."""
    people = {person.id: person for person in reading.people}
    for event in reading.events:
        if event.type is not None:
            yield _line(_record(reading.article, event, event.type, people))


def story_to_plover(readout: Readout) -> str:
    """The events of a Readout that have a type, one a line; texts and sources are lists, one of each passage."""
    people = {person.id: person for person in readout.people}
    articles = {story.article.id: story.article for story in readout.articles}
    return "".join(
        _line(_story_record(event, event.type, people, articles)) + "\n"
        for event in readout.events
        if event.type is not None
    )


def _story_record(
    event: StoryEvent, kind: EventType, people: Mapping[str, StoryPerson], articles: Mapping[str, Article]
) -> dict[str, Any]:
    cited = [(articles[passage.article], passage.span) for passage in event.passages]
    published = min(filter(None, (article.published for article, _ in cited)), default=None)
    return {
        "id": event.id,
        **_told(event, kind, people, published),
        "event_text": [article.text[start:end] for article, (start, end) in cited],
        "text_info": [{"citation": article.id, "start": start, "end": end} for article, (start, end) in cited],
        "cite_info": [_cited(article) for article in dict.fromkeys(article for article, _ in cited)],
    }


def _line(record: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in record.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _record(article: Article, event: Event, kind: EventType, people: Mapping[str, Person]) -> dict[str, Any]:
    start, end = event.span
    key = f"{article.id}\n{start}\n{end}\n{kind}"
    return {
        "id": f"{article.id}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}",
        **_told(event, kind, people, article.published),
        "event_text": [article.text[start:end]],
        "text_info": {"start": start, "end": end},
        "cite_info": _cited(article),
    }


def _told(
    event: Event | StoryEvent,
    kind: EventType,
    people: Mapping[str, Person] | Mapping[str, StoryPerson],
    published: str | None,
) -> dict[str, Any]:
    """What a record says of an event itself. Its date has to be a day: else that of publication."""
    own = day_of(event.date)
    day = own.isoformat() if own else (published or "")[:10] or None
    category = _category(kind, event.status)
    return {
        "date": day,
        "source": [_actor(people[one]) for one in event.actors],
        "recipient": [_actor(people[one]) for one in event.recipients],
        "event": [category],
        "event_loc": {"name": event.place} if event.place else None,
        "quad_code": QUADS[category],
        "context": _context(kind, event.status),
        "status": event.status,
        "lead": event.lead,
        "comment": _comment(event.date) if day and not own else None,
    }


def _comment(date: str | None) -> str:
    return "date of publication" + (f"; the event's is {date}" if date else "")


def _cited(article: Article) -> dict[str, Any]:
    return {
        "citation": article.id,
        "url": article.url,
        "title": article.title,
        "language": article.language,
        "publication": article.outlet,
    }


def _category(kind: EventType, status: Status) -> EventType:
    """The event's type; of cooperation that is called off REJECT, as the manual has the cancelling of a meeting."""
    return "REJECT" if status == "called off" and QUADS[kind] < 3 else kind


def _context(kind: EventType, status: Status) -> list[str]:
    """The manual's special contexts: what is still to come, and what is said not to have been."""
    if status == "planned" and kind not in PROMISES:
        return ["future"]
    return ["negation"] if status == "denied" else []


def _actor(person: Person | StoryPerson) -> dict[str, str]:
    """PLOVER's actor object: the country's code, and what the actor is called."""
    actor = {"actor_text": person.name}
    code = _alpha3().get(person.party or "")
    if code is not None:
        actor = {"code": code, **actor}
    if person.roles:
        actor["office"] = person.roles[0]
    return actor


@cache
def _alpha3() -> Mapping[str, str]:
    """ISO 3166-1 alpha-3 codes by alpha-2."""
    text = resources.files("reportedly.tell").joinpath("data", "iso3166.tsv").read_text("utf-8")
    return dict(line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
