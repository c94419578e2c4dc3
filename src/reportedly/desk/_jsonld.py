"""What a page is about, for programs: schema.org's NewsArticle, Quotation and Claim as JSON-LD.

A `script` element of this type is data, which no browser runs and no policy stops; ``<`` is escaped, so that no text
can end it.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from reportedly._records import Readout
from reportedly.desk._data import ArticleData, IssueData, PersonData
from reportedly.library._cite import Cited
from reportedly.library._said import Said


def of_article(data: ArticleData) -> dict[str, Any]:
    """A NewsArticle with its Quotations and Claims."""
    return _without_none(
        {
            **_news(data.article.outlet, data.article.url, data.article.published),
            "headline": data.article.title,
            "inLanguage": data.language,
            "author": [{"@type": "Person", "name": name} for name in data.authors] or None,
            "hasPart": [
                _without_none({"@type": "Quotation", "text": one.citation.words, "creator": _person(one.speaker)})
                for one in data.quotes
            ]
            + [{"@type": "Claim", "text": one.citation.words} for one in data.claims],
        }
    )


def of_said(data: PersonData | IssueData) -> dict[str, Any]:
    """A list of Quotations, each with the NewsArticles that have it."""
    return {"@type": "ItemList", "itemListElement": [_quotation(one) for one in data.statements]}


def of_readout(readout: Readout) -> dict[str, Any]:
    """A list of Claims, each with the NewsArticles in which it appears."""
    articles = {
        one.article.id: _news(one.article.outlet, one.article.url, one.article.published) for one in readout.articles
    }
    return {
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "Claim",
                "text": " ".join(claim.text.exact.split()),
                "appearance": [articles[one] for one in dict.fromkeys(report.article for report in claim.reports)],
            }
            for claim in readout.claims
        ],
    }


def script(data: dict[str, Any]) -> Markup:
    """The data as an element of a page."""
    words = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        words = words.replace(character, f"\\u{ord(character):04x}")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(words))  # noqa: S704 - escaped above


def _quotation(statement: Said) -> dict[str, Any]:
    first = statement.reports[0].citation
    return _without_none(
        {
            "@type": "Quotation",
            "text": first.words,
            "creator": _person(statement.speaker_name),
            "isPartOf": [_cited(report.citation) for report in statement.reports],
        }
    )


def _cited(citation: Cited) -> dict[str, Any]:
    return _news(citation.outlet, citation.url, citation.published)


def _news(outlet: str | None, url: str | None, published: str | None) -> dict[str, Any]:
    publisher = {"@type": "NewsMediaOrganization", "name": outlet} if outlet else None
    return _without_none(
        {"@type": "NewsArticle", "url": url, "datePublished": published or None, "publisher": publisher}
    )


def _person(name: str | None) -> dict[str, str] | None:
    return {"@type": "Person", "name": name} if name else None


def _without_none(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value is not None}
