"""A rich readout made by hand: five invented outlets on an invented meeting, with every kind of thing a readout holds.

Spans are found by looking for their words in the articles' texts, so they are right by construction. `big` makes a
readout of any size for timing.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from reportedly._records import (
    Article,
    Block,
    BlockKind,
    Citation,
    Claim,
    ClaimReport,
    Copy,
    Difference,
    Gap,
    Issue,
    Passage,
    Readout,
    Report,
    Side,
    Span,
    Statement,
    StoryArticle,
    StoryPerson,
    TimelineEntry,
    cite,
)

LONG_WORD = "Fiskeriforvaltningskontrolldirektoratsavdelingsleder" * 3


def blocks_of(written: str) -> list[tuple[str, str]]:
    """Blocks written as paragraphs that begin with their kind; their lines are joined."""
    paragraphs = (" ".join(paragraph.split("\n")) for paragraph in written.strip().split("\n\n"))
    return [(kind, words.replace("LONGWORD", LONG_WORD)) for kind, _, words in (p.partition(": ") for p in paragraphs)]


POST = blocks_of("""
headline: Norway and Iceland agree to talk again after cable row

byline: By Ingrid Solheim in Tromsø

caption: PHOTO: Ministers Kari Brandvik and Jón Eldjárn at the quay in Tromsø, March 12, 2024. Polar Wire

body: TROMSØ, Norway — The fisheries ministers of Norway and Iceland ended two days of talks on Tuesday without a
deal on next year's cod quota, but agreed to meet again in Reykjavík in April.

body: “We fundamentally do not want a quarrel over a fish,” Kari Brandvik told reporters on the quay. “But we have
also made it clear that our line is not for sale.”

body: Her counterpart, Jón Eldjárn, called the atmosphere “businesslike, even warm” and said that Iceland would not
raise its demand before the summer.

body: About 1,200 trawlermen demonstrated outside the town hall, the police said.

heading: The cable

body: Brandvik dismissed a report that a research ship had cut the Svalbard cable as “a complete fairy tale”.

body: A senior European Commission official said Brussels was watching the talks “with interest and some envy”.

body: The two countries signed their first treaty on the bank in 1976 and renewed it in 2014.

caption: PHOTO: Ministers Kari Brandvik and Jón Eldjárn at the quay in Tromsø, March 12, 2024. Polar Wire

boilerplate: Read more: Ten things to know about cod
""")

WIRE = blocks_of("""
headline: Nordic cod talks end without deal, ministers to meet again

dateline: TROMSØ, Norway (Polar Wire) -

body: Norway and Iceland failed on Tuesday to agree on a cod quota for 2025, officials on both sides said, after two
days of talks that were overshadowed by damage to an undersea cable.

body: "We don't fundamentally want a quarrel about fish," Norwegian Fisheries Minister Kari Brandvik said. "But
we've also made clear that our line isn't for sale."

body: Brandvik said there was no indication that any ship had touched the cable.

body: Some 900 fishermen protested in the town, according to organisers from the North Sea Trawlermen's Union.

body: The union's head, Gunnar Moe, said his members would block the port on March 20 if quotas were cut.

body: The cable was damaged on February 27.
""")

COURIER = blocks_of("""
headline: Cod talks: no deal

byline: Staff and agencies

body: Norway and Iceland failed on Tuesday to agree on a cod quota for 2025, officials on both sides said, after two
days of talks that were overshadowed by damage to an undersea cable.

body: "We don't fundamentally want a quarrel about fish," Norwegian Fisheries Minister Kari Brandvik said. "But
we've also made clear that our line isn't for sale."

body: Iceland's Jon Eldjarn hailed a businesslike and even warm atmosphere.

body: Some 900 fishermen protested in the town, according to organisers from the North Sea Trawlermen's Union.
""")

EVENING = blocks_of("""
headline: <script>alert('cod')</script> & other "fishy" tales from the North

body: Iceland will come back to the table. “It was businesslike,” Eldjárn said with a grin, “even warm — for
Tromsø.” 🐟🇮🇸

body: ‘We at bottom do not want a fight over a fish,’ is how Brandvik put it, in the paper's translation.

body: The Icelandic government had earlier said a Norwegian vessel cut the cable, something <b>Oslo denies</b>.

body: The new LONGWORD declined to comment.

embed: @JonEldjarn: Takk fyrir, Tromsø! pic.example.com/xyz — March 12, 2024

body: وقال الوزير الآيسلندي إن المحادثات كانت ودية، وأضاف: «سنلتقي في أبريل».
""")

EVENING.append(
    ("body", "Water\x00mark\x07 and a lone \ud800 surrogate came with the feed.\r\nSo did a carriage return.")
)

SHORT = blocks_of("""
headline: Ministers meet in Tromsø

body: The ministers met on Monday evening. To read on, subscribe to Fjordavisa.
""")


def article(name: str, blocks: list[tuple[str, str]], **known: object) -> Article:
    text, found, separator = "\n", [], "\n\n"
    seen: set[str] = set()
    for kind, words in blocks:
        block_kind: BlockKind = "repeat" if words in seen else kind  # type: ignore[assignment]
        seen.add(words)
        found.append(Block(block_kind, (len(text), len(text) + len(words))))
        text += words + separator
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(name, str(known.pop("source", f"coverage/{name}.txt")), text, sha, blocks=tuple(found), **known)  # type: ignore[arg-type]


ARTICLES = {
    "post": article("post", POST, outlet="The Northern Post", title=POST[0][1], published="2024-03-12T18:05:00+01:00",
                    url="https://northernpost.example/2024/cod?a=1&b=(2)", authors=("Ingrid Solheim",), language="en"),
    "wire": article("wire", WIRE, outlet="Polar Wire", title=WIRE[0][1], published="2024-03-12", language="en"),
    "courier": article("courier", COURIER, outlet="Reykjavík Courier", title=COURIER[0][1], published="2024-03-13",
                       url="https://courier.example/cod", language="en"),
    "evening": article("evening", EVENING, url="https://www.evening-echo.example/fish", title=EVENING[0][1],
                       published="2024-03-13T07:40:00Z", authors=("O'Neill \"Fish\" <Desk>",), language="en"),
    "short": article("short", SHORT, source="inbox/fjordavisa_scan-0007.txt", title=None, language="en"),
}  # fmt: skip


def at(name: str, words: str, near: int = 0) -> Span:
    """The place of the words in an article's text, the one nearest to ``near`` if there are several."""
    text = ARTICLES[name].text
    places = [n for n in range(len(text)) if text.startswith(words, n)]
    assert places, (name, words)
    start = min(places, key=lambda n: abs(n - near))
    return start, start + len(words)


def passage(name: str, words: str) -> Passage:
    return Passage(name, at(name, words))


def citation(name: str, words: str) -> Citation:
    return cite(ARTICLES[name], at(name, words))


def report(name: str, kind: str, *content: str, source: str = "", cue: str = "", sure: str = "high",
           differs: tuple[str, ...] = ()) -> Report:  # fmt: skip
    near = at(name, content[0])[0 if kind != "direct" else 1]
    return Report(
        article=name,
        quote=f"{name}-{at(name, content[0])[0]}",
        type=kind,  # type: ignore[arg-type]
        content=tuple(at(name, words) for words in content),
        source=(at(name, source, near),) if source else (),
        cue=(at(name, cue, near),) if cue else (),
        certainty=sure,  # type: ignore[arg-type]
        differs=tuple(at(name, words) for words in differs),
    )


def person(key: str, name: str, role: str, party: str | None, kind: str = "person") -> StoryPerson:
    roles = (role,) if role else ()
    return StoryPerson(key, name, kind, roles, party, (name,), ())  # type: ignore[arg-type]


PEOPLE = (
    person("brandvik", "Kari Brandvik", "Norwegian fisheries minister", "NO"),
    person("eldjarn", "Jón Eldjárn", "Icelandic fisheries minister", "IS"),
    person("moe", "Gunnar Moe", "head of the union", "North Sea Trawlermen's Union"),
    person("official", "a senior European Commission official", "", "EU", "unnamed"),
    person("iceland", "the Icelandic government", "", "IS", "organisation"),
)

STATEMENTS = (
    Statement("s-quarrel", "brandvik", "NO", ("i-quota",), "2024-03-12", None, (
        report("post", "direct", "We fundamentally do not want a quarrel over a fish,",
               "But we have also made it clear that our line is not for sale.", source="Kari Brandvik",
               cue="told reporters on the quay",
               differs=("do not", "over a fish", "have also made it clear", "is not")),
        report("wire", "direct", "We don't fundamentally want a quarrel about fish,",
               "But we've also made clear that our line isn't for sale.",
               source="Norwegian Fisheries Minister Kari Brandvik", cue="said",
               differs=("don't fundamentally", "about fish", "we've also made clear", "isn't")),
        report("courier", "direct", "We don't fundamentally want a quarrel about fish,",
               "But we've also made clear that our line isn't for sale.",
               source="Norwegian Fisheries Minister Kari Brandvik", cue="said",
               differs=("don't fundamentally", "about fish", "we've also made clear", "isn't")),
        report("evening", "direct", "We at bottom do not want a fight over a fish,", source="Brandvik", cue="put it",
               sure="low", differs=("at bottom", "fight over a fish")),
    )),
    Statement("s-warm", "eldjarn", "IS", ("i-talks", "i-quota"), "2024-03-12", "brandvik", (
        report("evening", "direct", "It was businesslike,", "even warm — for Tromsø.", source="Eldjárn",
               cue="said with a grin", differs=("— for Tromsø",)),
        report("post", "mixed", "businesslike, even warm", source="Jón Eldjárn", cue="called the atmosphere"),
        report("courier", "indirect", "a businesslike and even warm atmosphere", source="Jon Eldjarn", cue="hailed",
               differs=("and", "atmosphere")),
    )),
    Statement("s-cable", "brandvik", "NO", ("i-cable",), None, None, (
        report("post", "mixed", "a report that a research ship had cut the Svalbard cable as “a complete fairy tale”",
               source="Brandvik", cue="dismissed", differs=("a complete fairy tale",)),
        report("wire", "indirect", "there was no indication that any ship had touched the cable", source="Brandvik",
               cue="said", sure="medium"),
    )),
    Statement("s-demand", "eldjarn", "IS", ("i-quota",), None, None, (
        report("post", "indirect", "Iceland would not raise its demand before the summer", cue="said that"),)),
    Statement("s-block", "moe", "North Sea Trawlermen's Union", ("i-protest",), None, None, (
        report("wire", "indirect", "his members would block the port on March 20 if quotas were cut",
               source="Gunnar Moe", cue="said"),)),
    Statement("s-envy", "official", "EU", ("i-talks",), None, None, (
        report("post", "mixed", "Brussels was watching the talks “with interest and some envy”",
               source="A senior European Commission official", cue="said", sure="low"),)),
    Statement("s-cut", "iceland", "IS", ("i-cable",), None, None, (
        report("evening", "indirect", "a Norwegian vessel cut the cable", source="The Icelandic government",
               cue="had earlier said"),)),
    Statement("s-arabic", None, None, (), None, None, (
        report("evening", "direct", "سنلتقي في أبريل", source="الوزير الآيسلندي", sure="low"),)),
    Statement("s-nobody", None, None, ("i-protest",), None, None, (
        report("evening", "scare", "fishy", sure="low"),)),
)  # fmt: skip

ISSUES = (
    Issue("i-quota", "cod quota", ("s-quarrel", "s-warm", "s-demand"), ("c-nodeal",),
          (passage("short", "The ministers met on Monday evening."),)),
    Issue("i-talks", "the talks’ atmosphere", ("s-warm", "s-envy"), (), ()),
    Issue("i-cable", "Svalbard cable <damage>", ("s-cable", "s-cut"), ("c-cable",),
          (passage("wire", "The cable was damaged on February 27."),)),
    Issue("i-protest", "fishermen's protest", ("s-block", "s-nobody"), ("c-protest",), ()),
    Issue("i-treaty", "1976 treaty", (), (), (passage("post", "first treaty on the bank in 1976"),)),
)  # fmt: skip

_NO_DEAL = "Norway and Iceland failed on Tuesday to agree on a cod quota for 2025"
_MARCH = "Some 900 fishermen protested in the town, according to organisers from the North Sea Trawlermen's Union."

CLAIMS = (
    Claim("c-nodeal", citation("wire", _NO_DEAL), (
        ClaimReport("post", at("post", "without a deal on next year's cod quota"), None),
        ClaimReport("wire", at("wire", _NO_DEAL), "officials on both sides"),
        ClaimReport("courier", at("courier", _NO_DEAL), "officials on both sides"),
    ), 2, 3, 2, 3),
    Claim("c-protest", citation("wire", _MARCH), (
        ClaimReport("wire", at("wire", _MARCH), "North Sea Trawlermen's Union"),
        ClaimReport("courier", at("courier", _MARCH), "North Sea Trawlermen's Union"),
        ClaimReport("post", at("post", "About 1,200 trawlermen demonstrated outside the town hall"), "the police"),
    ), 2, 3, 2, 3),
    Claim("c-cable", citation("wire", "The cable was damaged on February 27."), (
        ClaimReport("wire", at("wire", "The cable was damaged on February 27."), None),), 1, 1, 1, 1),
)  # fmt: skip

DIFFERENCES = (
    Difference("d-number", "number", "c-protest", (
        Side((passage("post", "1,200"),), "1,200"),
        Side((passage("wire", "900"), passage("courier", "900")), "900"),
    )),
    Difference("d-denial", "denial", "s-cut", (
        Side((passage("evening", "a Norwegian vessel cut the cable"),), "a Norwegian vessel cut the cable"),
        Side((passage("post", "a complete fairy tale"), passage("evening", "Oslo denies")), "denied by Oslo"),
    )),
    Difference("d-spelling", "spelling", "eldjarn", (
        Side((passage("post", "Jón Eldjárn, called"),), "Jón Eldjárn"),
        Side((passage("courier", "Jon Eldjarn"),), "Jon Eldjarn"),
    )),
    Difference("d-one-side", "date", "nothing to compare", (Side((passage("post", "1976"),), "1976"),)),
)  # fmt: skip

GAPS = (
    Gap("s-quarrel", ("post", "wire", "courier", "evening"), (), ("short",)),
    Gap("s-warm", ("evening", "post", "courier"), ("wire",), ("short",)),
    Gap("s-cable", ("post", "wire"), ("courier", "evening"), ("short",)),
    Gap("s-demand", ("post",), ("wire", "courier", "evening"), ("short",)),
    Gap("c-nodeal", ("post", "wire", "courier"), ("evening",), ("short",)),
    Gap("c-protest", ("post", "wire", "courier"), ("evening",), ("short",)),
    Gap("c-cable", ("wire",), ("post", "courier", "evening"), ("short",)),
)

TIMELINE = (
    TimelineEntry("1976", "year", "happened", None, (passage("post", "first treaty on the bank in 1976"),)),
    TimelineEntry("2014", "year", "happened", None, (passage("post", "renewed it in 2014"),)),
    TimelineEntry("2024-02-27", "day", "happened", "c-cable",
                  (passage("wire", "The cable was damaged on February 27."),)),
    TimelineEntry("2024-02", "about", "alleged", None, (passage("evening", "a Norwegian vessel cut the cable"),)),
    TimelineEntry("2024-03-11", "day", "happened", None, (passage("short", "The ministers met on Monday evening."),)),
    TimelineEntry("2024-03-12", "day", "happened", "c-nodeal",
                  (passage("wire", _NO_DEAL), passage("courier", _NO_DEAL),
                   passage("post", "ended two days of talks on Tuesday"))),
    TimelineEntry("2024-03-12", "day", "happened", "c-protest", (passage("wire", _MARCH), passage("courier", _MARCH))),
    TimelineEntry("2024-03-12", "day", "denied", None,
                  (passage("post", "a research ship had cut the Svalbard cable"),)),
    TimelineEntry("2024-03-20", "day", "planned", None, (passage("wire", "block the port on March 20"),)),
    TimelineEntry("2024-04", "month", "planned", None,
                  (passage("post", "agreed to meet again in Reykjavík in April"),)),
    TimelineEntry("PRESENT_REF", "about", "happened", None, (passage("evening", "declined to comment"),)),
)  # fmt: skip

_COPIED = tuple(at("courier", COURIER[n][1]) for n in (2, 3, 5))


def rich() -> Readout:
    """The fixture."""
    stories = (
        StoryArticle(ARTICLES["post"], None, (), None, 1.0, True),
        StoryArticle(ARTICLES["wire"], None, (), None, 1.0, True),
        StoryArticle(ARTICLES["courier"], "wire", (Copy("wire", _COPIED),), "Polar Wire", 0.11, True),
        StoryArticle(ARTICLES["evening"], None, (), "Polar Wire", 0.934, True),
        StoryArticle(ARTICLES["short"], None, (), None, 1.0, False),
    )
    return Readout(
        id="cod",
        title=citation("post", POST[0][1]),
        articles=stories,
        people=PEOPLE,
        statements=STATEMENTS,
        issues=ISSUES,
        claims=CLAIMS,
        differences=DIFFERENCES,
        gaps=GAPS,
        timeline=TIMELINE,
        brief=(citation("wire", COURIER[2][1]), citation("post", "agreed to meet again in Reykjavík in April")),
    )


def nothing() -> Readout:
    """A readout with nothing in it."""
    return Readout("nothing", None, (), (), (), (), (), (), (), (), ())


def big(statements: int = 150, entries: int = 50) -> Readout:
    """Five articles of about a thousand words, ``statements`` statements, a third of them in several articles."""
    words = (
        "The minister of sea number {n} said to nobody in particular that the herring of shelf {n} would be counted."
    )
    texts = [("headline", "A day of herring"), *(("body", words.format(n=n)) for n in range(statements))]
    articles = {f"a{n}": article(f"a{n}", texts, outlet=f"Outlet {n}", published="2024-03-12") for n in range(5)}
    text = articles["a0"].text

    def spans(n: int) -> tuple[Span, ...]:
        line = words.format(n=n)
        start = text.index(line)
        return ((start + line.index("the herring"), start + len(line) - 1),)

    reported = tuple(
        Statement(f"s{n}", f"p{n % 12}", ("NO", "IS", "EU", None)[n % 4], (f"i{n % 9}",), None, None, tuple(
            Report(f"a{k}", f"q{n}", "direct" if k else "indirect", spans(n), (), (), "high", (spans(n)[0],))
            for k in range(1 + n % 3)))
        for n in range(statements)
    )  # fmt: skip
    issues = tuple(
        Issue(f"i{k}", f"herring of shelf {k}", tuple(s.id for s in reported if s.issues == (f"i{k}",)), (), ())
        for k in range(9)
    )
    people = tuple(person(f"p{k}", f"Minister Number{k}", "minister", None) for k in range(12))
    timeline = tuple(
        TimelineEntry(f"2024-{1 + n % 12:02}-{1 + n % 28:02}", "day", "happened", None, (Passage("a0", spans(n)[0]),))
        for n in range(entries)
    )
    return replace(
        nothing(),
        articles=tuple(StoryArticle(a, None, (), None, 1.0, True) for a in articles.values()),
        people=people,
        statements=reported,
        issues=issues,
        gaps=tuple(Gap(s.id, tuple(r.article for r in s.reports), (), ()) for s in reported),
        timeline=timeline,
    )
