"""The page's opening: what it is about, how much was read, and the passages that say most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from reportedly._records import Citation, Question, Readout, When
from reportedly.tell._book import Back, Book, Excerpt, Source
from reportedly.tell._clean import one_line
from reportedly.tell._dates import day_of, say_date, say_range

FEWEST_ANSWERS = 2
"""Answers below which there is no account of an event to show."""
UNTITLED = "A story without a headline"


@dataclass(frozen=True, slots=True)
class BriefView:
    """One passage of the brief."""

    anchor: str
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Answer:
    """What one article says of who, what, when, where, why or how, and the anchor of its place."""

    question: str
    words: str
    day: str
    source: Source
    href: str


@dataclass(frozen=True, slots=True)
class OpeningView:
    """Title, where it stands, the counts, the main event and the brief. ``facts`` are (figure, words) pairs."""

    title: str
    title_source: Source | None
    title_href: str
    facts: tuple[tuple[str, str], ...]
    dates: str
    undated: int
    answers: tuple[Answer, ...]
    brief: tuple[BriefView, ...]


def view_opening(readout: Readout, book: Book) -> OpeningView:
    """The opening; without a title of its own, the first article's stands in."""
    title, source, href = UNTITLED, None, ""
    if readout.title and book.matches(readout.title):
        title = one_line(readout.title.exact) or UNTITLED
        source = book.source(readout.title.article)
        href = book.link(readout.title.article, readout.title.span, Back("top", "Title", "the title"))
    else:
        for candidate in book.sources:
            if one_line(candidate.article.title or ""):
                title, source, href = one_line(candidate.article.title or ""), candidate, candidate.anchor
                break
    days = [day for story in readout.articles if (day := day_of(story.article.published))]
    return OpeningView(
        title=title,
        title_source=source,
        title_href=href,
        facts=_facts(readout, book),
        dates=say_range(days),
        undated=len(readout.articles) - len(days),
        answers=_answers(readout, book),
        brief=_brief(readout, book),
    )


def _facts(readout: Readout, book: Book) -> tuple[tuple[str, str], ...]:
    articles = len(book.sources)
    known = len({source.key for source in book.sources if source.outlet})
    unknown = sum(not source.outlet for source in book.sources)
    copies = {story.article.id for story in readout.articles if story.copy_of}
    distinct = len({source.article.sha256 for source in book.sources if source.article.id not in copies})
    facts = [(str(articles), "article" if articles == 1 else "articles")]
    if known:
        facts.append((str(known), "outlet" if known == 1 else "outlets"))
    if unknown:
        facts.append(
            (str(unknown), "article of an outlet not named" if unknown == 1 else "articles of no named outlet")
        )
    facts.append((str(distinct), "distinct text" if distinct == 1 else "distinct texts"))
    return tuple(facts)


def _answers(readout: Readout, book: Book) -> tuple[Answer, ...]:
    """The five Ws and H as the articles word them; a why or how that only repeats another is left out."""
    back = Back("event", "Event", "the main event")
    found: list[Answer] = []
    for question in get_args(Question):
        citation: Citation | None = getattr(readout.main_event, question, None)
        if citation is None or not book.matches(citation):
            continue
        words, source = one_line(citation.exact), book.source(citation.article)
        if source is None or not words:
            continue
        if question in ("why", "how") and any(words in answer.words for answer in found):
            continue
        day = say_date(citation.date) if isinstance(citation, When) else ""
        in_text = citation.of == "text"
        href = book.link(citation.article, citation.span, back) if in_text else source.anchor
        found.append(Answer(question, words, day if day != words else "", source, href))
    return tuple(found) if len(found) >= FEWEST_ANSWERS else ()


def _brief(readout: Readout, book: Book) -> tuple[BriefView, ...]:
    views: list[BriefView] = []
    for citation in readout.brief:
        number = len(views) + 1
        back = Back(f"brief-{number}", f"B{number}", f"passage {number} of the brief")
        if book.matches(citation):
            excerpt = book.excerpt(citation.article, citation.span, back, context=False)
            if excerpt:
                views.append(BriefView(back.anchor, excerpt))
    return tuple(views)
