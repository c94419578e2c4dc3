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

from reportedly._records import Event, EventType, Person, Reading

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
    """The events of a Reading as lines of JSON, without line breaks; none for an article without events."""
    people = {person.id: person for person in reading.people}
    for event in reading.events:
        yield json.dumps(_record(reading, event, people), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _record(reading: Reading, event: Event, people: Mapping[str, Person]) -> dict[str, Any]:
    article = reading.article
    start, end = event.span
    day = event.date or (article.published or "")[:10] or None
    key = f"{article.id}\n{start}\n{end}\n{event.type}"
    record: dict[str, Any] = {
        "id": f"{article.id}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}",
        "date": day,
        "source": [_actor(people[one]) for one in event.actors],
        "recipient": [_actor(people[one]) for one in event.recipients],
        "event": [_category(event)],
        "event_loc": {"name": event.place} if event.place else None,
        "event_text": [article.text[start:end]],
        "quad_code": QUADS[_category(event)],
        "context": _context(event),
        "text_info": {"start": start, "end": end},
        "cite_info": {
            "citation": article.id,
            "url": article.url,
            "title": article.title,
            "language": article.language,
            "publication": article.outlet,
        },
        "status": event.status,
        "lead": event.lead,
        "comment": "date of publication" if day and not event.date else None,
    }
    return {name: value for name, value in record.items() if value is not None}


def _category(event: Event) -> EventType:
    """The event's type; of cooperation that is called off REJECT, as the manual has the cancelling of a meeting."""
    return "REJECT" if event.status == "called off" and QUADS[event.type] < 3 else event.type


def _context(event: Event) -> list[str]:
    """The manual's special contexts: what is still to come, and what is said not to have been."""
    if event.status == "planned" and event.type not in PROMISES:
        return ["future"]
    return ["negation"] if event.status == "denied" else []


def _actor(person: Person) -> dict[str, str]:
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
