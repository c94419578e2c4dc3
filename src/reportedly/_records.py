"""The records that pass from stage to stage: Article, Reading, Readout.

A `Span` is two string indices into ``Article.text``, the end exclusive. Ids are made from content, not counted: they
outlast a second run. A passage that is shown to a person is a `Citation`, after the W3C Web Annotation Data Model's
TextPositionSelector and TextQuoteSelector (https://www.w3.org/TR/annotation-model/).

All records are frozen. `reportedly._schema` makes the JSON Schemas from the annotations here, so a field that comes
or goes here raises the number in ``schema``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]

BlockKind = Literal["headline", "byline", "dateline", "body", "heading", "caption", "embed", "boilerplate", "repeat"]
PersonKind = Literal["person", "organisation", "place", "group", "unnamed"]
QuoteType = Literal["direct", "mixed", "indirect", "scare"]
QuoteStatus = Literal["said", "negated", "hypothetical"]
Certainty = Literal["high", "medium", "low"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
SourcingKind = Literal["outlet", "agency", "official", "anonymous", "document"]
Status = Literal["happened", "planned", "alleged", "denied", "called off"]
Question = Literal["who", "what", "when", "where", "why", "how"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
"""PLOVER's types, verbal and material cooperation before verbal and material conflict."""
DifferenceKind = Literal[
    "number", "date", "place", "name", "denial", "parties", "status", "label", "wording", "spelling"
]
Precision = Literal["day", "month", "year", "about"]


# ---------------------------------------------------------------- citations

CONTEXT = 32
"""Characters of prefix and suffix that a citation carries: they tell its words from the same words elsewhere."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage of an article, with a little of what stands before and after it: so it is found in an edited text.

    ``of`` is what the span counts in: the article's text, or its title where the text comes without its headline.
    """

    article: str
    span: Span
    exact: str
    prefix: str
    suffix: str
    of: Literal["text", "title"] = "text"


def cite(article: Article, span: Span, of: Literal["text", "title"] = "text") -> Citation:
    """The citation of ``article.text[span]``, or of ``article.title[span]``.

    Raises:
        ValueError: the span is empty or does not lie inside the text.
    """
    start, end = span
    text = article.text if of == "text" else article.title or ""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {span} does not lie inside the {of} of {article.id} ({len(text)} characters)")
    prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Citation(article.id, span, text[start:end], prefix, suffix, of)


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of one article."""

    article: str
    span: Span


# ---------------------------------------------------------------- one article


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like part of an article, and what it is. Blocks are in text order and do not overlap."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Publisher:
    """What is known of an outlet beyond its name. ``labels`` are a user's own: pairs of a name and a value.

    ``country`` is an ISO 3166-1 alpha-2 code.
    """

    owner: str | None = None
    country: str | None = None
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Words that another version of an article has otherwise: a span of its text, and one of the article's.

    One of the two is empty where words were only added or only taken out.
    """

    before: Span
    after: Span


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version of an article, whole, and what was changed since, in the order of the text."""

    source: str
    text: str
    sha256: str
    title: str | None
    published: str | None
    updated: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article as collected. ``text`` is immutable: for plain text it is the file's content, unchanged.

    ``published`` is ISO 8601, a date or a date and time; ``updated`` likewise, where it is later. ``place`` is the
    dateline's. ``sha256`` is of the text in UTF-8, in hexadecimal. What is not known is None. ``blocks`` may be empty
    until the article is read. ``earlier`` are versions of it that were read as well, the latest first.
    """

    id: str
    source: str
    text: str
    sha256: str
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    place: str | None = None
    language: str | None = None
    publisher: Publisher | None = None
    blocks: tuple[Block, ...] = ()
    earlier: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Someone or something that speaks, acts or is named: a person, an organisation, a place.

    ``party`` is on whose behalf: the ISO 3166-1 alpha-2 code of a country, or an organisation by name. An ``unnamed``
    one has its description as its name ("a senior State Department official").
    """

    id: str
    name: str
    kind: PersonKind
    roles: tuple[str, ...]
    mentions: tuple[Span, ...]
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """One utterance as an article reports it.

    ``content`` is what was said, quotation marks left off: one span, or several where "he said" interrupts. ``cue`` is
    the verb of saying, ``source`` how the speaker is named at this place ("he"); ``speaker`` and ``addressee`` are ids
    of people. ``said_on`` is ISO 8601, ``said_at`` the article's own words for the occasion. ``credited`` is the outlet
    the article took it from. ``rule`` names what gave the speaker, ``certainty`` how far it is to be trusted.
    ``status`` tells what is reported as not said ("did not say that") or as possible only ("would say that").
    """

    id: str
    type: QuoteType
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    speaker: str | None = None
    addressee: str | None = None
    said_on: str | None = None
    said_at: Span | None = None
    credited: str | None = None
    certainty: Certainty = "low"
    rule: str = ""
    status: QuoteStatus = "said"


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression after TIMEX3 (ISO 24617-1). ``anchor`` is what a relative one was resolved against."""

    span: Span
    type: TimeType
    value: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Sourcing:
    """A credit: ``source`` names who the passage ``covers`` is credited to."""

    span: Span
    source: str
    kind: SourcingKind
    covers: Span


@dataclass(frozen=True, slots=True)
class When(Citation):
    """The citation of a time with its date (ISO 8601), if it could be resolved."""

    date: str | None = None


@dataclass(frozen=True, slots=True)
class MainEvent:
    """The five Ws and H of an article's main event, each as the article words it."""

    who: Citation | None = None
    what: Citation | None = None
    when: When | None = None
    where: Citation | None = None
    why: Citation | None = None
    how: Citation | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom; ``type`` is one of PLOVER's, if one fits. ``actors`` and ``recipients`` are ids of people.

    ``date`` is ISO 8601, a day, week, month or year, as precise as ``time``, the words that tell it. ``lead``: the
    headline or the lede tells it; else it is background.
    """

    span: Span
    type: EventType | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    date: str | None
    status: Status
    lead: bool = False
    time: Span | None = None


@dataclass(frozen=True, slots=True)
class Proposition:
    """What one clause tells: a part of a sentence that could be true or false by itself.

    ``parts`` are its words, without those of other clauses in it; ``span`` goes from the first to the last of them.
    ``predicate`` is the word that heads it. ``subject`` is who or what it is about, which may stand in another clause
    of the sentence.
    """

    span: Span
    parts: tuple[Span, ...]
    predicate: Span
    subject: Span | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A content-bearing noun phrase of the narration or of a quote; ``key`` is its lemmas, lower case."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One article, read."""

    article: Article
    sentences: tuple[Span, ...] = ()
    people: tuple[Person, ...] = ()
    quotes: tuple[Quote, ...] = ()
    times: tuple[Time, ...] = ()
    terms: tuple[Term, ...] = ()
    sourcing: tuple[Sourcing, ...] = ()
    main_event: MainEvent | None = None
    events: tuple[Event, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    schema: Literal["reading/1"] = "reading/1"


# ---------------------------------------------------------------- articles of one story


@dataclass(frozen=True, slots=True)
class Copy:
    """Text an article shares with an earlier one: ``article`` is the other's id, ``spans`` are in this one's text."""

    article: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event. ``reason`` says in words why they stand together."""

    id: str
    articles: tuple[str, ...]
    reason: str = ""


# ---------------------------------------------------------------- the readout


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article within a story.

    ``copy_of`` is the id of the article it reprints, ``copied`` the passages it shares with others, ``own_share`` the
    share (0 to 1) of its body text that stands in no earlier article. ``origin`` is the agency or outlet it names,
    ``credits`` are whom its passages credit. ``inferred`` is the day (ISO 8601) its times were resolved against where
    it gives none, ``inferred_from`` why, in words.
    """

    article: Article
    copy_of: str | None
    copied: tuple[Copy, ...]
    origin: str | None
    own_share: float
    assessable: bool
    inferred: str | None = None
    inferred_from: str | None = None
    credits: tuple[Sourcing, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A surface form of a person and where it stands."""

    article: str
    span: Span
    form: str


@dataclass(frozen=True, slots=True)
class StoryPerson:
    """One human being, organisation or place across the articles. ``forms`` are its surface forms, most used first."""

    id: str
    name: str
    kind: PersonKind
    roles: tuple[str, ...]
    party: str | None
    forms: tuple[str, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One outlet's wording of an utterance.

    ``differs`` are the parts of content that other reports word otherwise, ``substance`` those of them that say
    something else: a "not", a figure, a misprint. ``said_at`` is the article's words for the occasion.
    """

    article: str
    quote: str
    type: QuoteType
    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    certainty: Certainty
    differs: tuple[Span, ...] = ()
    substance: tuple[Span, ...] = ()
    said_at: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said once, by whoever reports it: one report for each wording, the fullest first."""

    id: str
    speaker: str | None
    party: str | None
    issues: tuple[str, ...]
    said_on: str | None
    addressee: str | None
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """What is talked about; the label is found in the texts."""

    id: str
    label: str
    statements: tuple[str, ...]
    claims: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """A passage that reports a claim, and who the passage credits for it.

    ``origin`` is the source that it counts as: who is credited, else the outlet, and that of the text which it copies.
    ``copied`` is the article that the passage is copied from.
    """

    article: str
    span: Span
    credited: str | None
    origin: str = ""
    copied: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A narrated fact. Four counts, each its own: origins, articles, distinct texts, outlets."""

    id: str
    text: Citation
    reports: tuple[ClaimReport, ...]
    origins: int
    articles: int
    distinct_texts: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a difference: the passages and what they say, in their words."""

    reports: tuple[Passage, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Where accounts differ. ``about`` is the id of a statement or a claim, or the words at issue."""

    id: str
    kind: DifferenceKind
    about: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """In which articles a statement or claim (``of``) was found and not found."""

    of: str
    found: tuple[str, ...]
    not_found: tuple[str, ...]
    not_assessable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """An event with all that the articles tell of it; the fields are those of `Event`, in the people of the story.

    ``passages`` are the clauses that tell it; roles are those of the fullest account.
    """

    id: str
    type: EventType | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    date: str | None
    status: Status
    lead: bool
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What happened, or is to happen, at a date. ``event`` is the id of an event, or of a claim if none was found."""

    date: str
    precision: Precision
    status: Status
    event: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Readout:
    """One story, read across its articles. ``alone`` are facts that were found in one article only, a few of each."""

    id: str
    title: Citation | None
    articles: tuple[StoryArticle, ...]
    people: tuple[StoryPerson, ...]
    statements: tuple[Statement, ...]
    issues: tuple[Issue, ...]
    claims: tuple[Claim, ...]
    differences: tuple[Difference, ...]
    gaps: tuple[Gap, ...]
    timeline: tuple[TimelineEntry, ...]
    brief: tuple[Citation, ...]
    main_event: MainEvent | None = None
    events: tuple[StoryEvent, ...] = ()
    alone: tuple[Claim, ...] = ()
    schema: Literal["readout/1"] = "readout/1"
