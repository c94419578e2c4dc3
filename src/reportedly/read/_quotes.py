"""Puts quotes together: quoted runs and reporting clauses become utterances, each with its cue and its source.

The cascade for a quoted run; each step is tried only where the one before gave nothing:

1. a reporting clause right after it: "A," X said / said X
2. the reporting clause that leads up to it: X said, "A" / X said it was "A" / X: "A"
3. the reporting clause whose complement holds it, by the parse
4. a verb that labels (called, dismissed as), whose object it stands in
5. it goes on: another run of its sentence or paragraph has a source, and nothing between names another
6. its paragraph is a quotation and nothing else: the speaker of the paragraph before goes on
7. a cue anywhere in its sentence

What is left is `scare` if it is short, else a quotation with no source. A reporting clause that no run used and that
has a complement is an indirect quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reportedly._records import Quote, Time
from reportedly.read._attribution import attribute, is_title
from reportedly.read._clauses import Clause
from reportedly.read._contents import content_of
from reportedly.read._cues import lexicon
from reportedly.read._dialogue import find_turns
from reportedly.read._drafts import Draft, Page, certainty_of
from reportedly.read._embeds import Post, find_posts
from reportedly.read._heirs import root_of, take_up, without_clause
from reportedly.read._marks import Run
from reportedly.read._occasions import find_occasion
from reportedly.read._parse import Parsed
from reportedly.read._roster import Roster
from reportedly.read._speakers import Resolver
from reportedly.read._subjects import FINITE

SHORTEST_INDIRECT = 4
"""Words of reported speech that can say something: "he did" says nothing by itself."""


TAKEN_UP = {"paragraph before", "quotation runs on", "still speaking"}
"""Rules that give a quotation the speaker of another paragraph or sentence."""


def find_quotes(parsed: Parsed, roster: Roster, times: tuple[Time, ...]) -> tuple[tuple[Quote, ...], Roster]:
    """The quotes of an article in text order, and the roster with the unnamed speakers found on the way."""
    text = parsed.article.text
    pages = [Page(text, paragraph) for paragraph in parsed.paragraphs]
    drafts: list[Draft] = []
    before: Page | None = None
    turns = find_turns(pages, roster)
    for page in pages:
        if page.paragraph.kind == "embed":
            continue
        if (turn := turns.get(id(page))) is not None:
            drafts.append(Draft(page, words=turn.words, clause=turn.clause, rule="turn", certainty="medium"))
            before = None
            continue
        drafts.extend(_page_drafts(page, before, drafts))
        if page.paragraph.kind in {"body", "heading", "headline"}:
            before = page if page.paragraph.kind == "body" else None
    take_up(text, pages, drafts)
    resolver = Resolver(text, pages, roster)
    resolver.resolve_in_order(root_of(draft) for draft in drafts)
    quotes = [quote for draft in drafts if (quote := _quote(text, draft, resolver, times)) is not None]
    quotes = _without_nested(quotes)
    quotes += [_of_post(post, resolver) for post in find_posts(parsed.article)]
    quotes.sort(key=lambda quote: (quote.content, quote.type))
    return tuple(replace(quote, id=f"q{number}") for number, quote in enumerate(quotes, start=1)), resolver.roster()


# ---------------------------------------------------------------- drafts


def _page_drafts(page: Page, before: Page | None, earlier: list[Draft]) -> list[Draft]:
    """Drafts of one paragraph. ``before`` is the body paragraph it may go on from."""
    drafts: list[Draft] = []
    by_clause: dict[int, Draft] = {}
    for number, run in enumerate(page.runs):
        clause, rule = attribute(page, run)
        if clause is None and (attitude := _attitude_to(page, run)) is not None:
            clause, rule = attitude, f"frame {attitude.frame}"
        if clause is None:
            last = page.runs[number - 1] if number else None
            without_clause(page, run, last, before, earlier, drafts)
            continue
        draft = by_clause.get(clause.verb)
        if draft is None:
            draft = Draft(page, clause=clause, rule=rule, certainty=certainty_of(rule, clause))
            by_clause[clause.verb] = draft
            drafts.append(draft)
        draft.runs.append(run)
    for clause in page.clauses:
        own = replace(clause, content=_without_others(page, clause, by_clause.values()))
        if clause.verb not in by_clause and _reports_indirectly(page, own):
            drafts.append(
                Draft(page, words=own.content, clause=own, rule=own.form, certainty=certainty_of(own.form, own))
            )
    drafts.extend(_relayed(page, by_clause))
    for attitude in page.attitudes:
        if attitude.verb not in by_clause and not any(page.quoted[i] for i in attitude.content):
            rule = f"frame {attitude.frame}"
            sure = certainty_of(rule, attitude)
            drafts.append(Draft(page, words=attitude.content, clause=attitude, rule=rule, certainty=sure))
    return drafts


def _relayed(page: Page, by_clause: Mapping[int, Draft]) -> Iterator[Draft]:
    """What a source is credited with that quotes somebody: in "“A,” Vik said, according to the paper", the paper's."""
    for outer in page.clauses:
        if outer.form != "according" or outer.source is None or outer.verb in by_clause:
            continue
        told = [d for d in by_clause.values() if d.clause is not None and d.clause.verb in outer.content and d.runs]
        runs = [page.tokens(run.outer) for draft in told for run in draft.runs]
        words = tuple(sorted({*outer.content, *(i for run in runs for i in range(*run))}))
        if told:
            yield Draft(page, words=words, clause=outer, rule="relayed", certainty="medium")


def _attitude_to(page: Page, run: Run) -> Clause | None:
    """The attitude whose content holds a part in marks: "denied any “improper” contact"."""
    first, last = page.tokens(run.inner)
    for attitude in page.attitudes:
        if attitude.source is not None and not is_title(page, run) and {first, last - 1} <= set(attitude.content):
            return attitude
    return None


def _without_others(page: Page, clause: Clause, drafts: Iterable[Draft]) -> tuple[int, ...]:
    """A clause's content up to where another quotation begins: "that it was over, despite Kim's claim that …"."""
    content = clause.content
    for draft in drafts:
        inner = draft.clause
        if inner is None or inner.verb == clause.verb or inner.verb not in content:
            continue
        start = min(inner.cue[0], inner.source[0] if inner.source else inner.cue[0])
        while start - 1 in content and page.doc[start - 1].pos_ in {"DET", "ADP", "SCONJ", "CCONJ", "PUNCT", "ADJ"}:
            start -= 1
        content = tuple(i for i in content if i < start)
    return content


def _reports_indirectly(page: Page, clause: Clause) -> bool:
    """Whether a clause no run used is an indirect quote worth having."""
    if clause.source is None or clause.head is None:
        return False
    if clause.form not in {"clause", "inserted", "according", "request"} or len(clause.content) < SHORTEST_INDIRECT:
        return False
    if any(page.quoted[i] for i in clause.content):
        return False  # the marks are those of who is quoted; here they are reported at second hand
    if clause.form == "request" and page.doc[clause.verb].tag_ not in FINITE:
        return False
    head = page.doc[clause.head]
    return head.lower_ not in lexicon().empty_subjects | {"i", "we", "you"} and head.pos_ in {"PROPN", "NOUN", "PRON"}


# ---------------------------------------------------------------- records


def _of_post(post: Post, resolver: Resolver) -> Quote:
    speaker = resolver.signed(post.source, post.name)
    return Quote("", "direct", post.content, (), (post.source,), speaker, certainty="high", rule="embedded post")


def _quote(text: str, draft: Draft, resolver: Resolver, times: tuple[Time, ...]) -> Quote | None:
    content, kind = content_of(text, draft)
    if not content:
        return None
    if draft.scare:
        return Quote("", "scare", content, certainty="low", rule="none")
    owner = root_of(draft)
    clause = owner.clause
    if clause is None:
        return Quote("", kind, content, certainty="low", rule=draft.rule)
    speaker, certainty, source = resolver.speaker(owner, draft)
    if owner is not draft and draft.rule in TAKEN_UP and (speaker is None or resolver.speaks_of(content, speaker)):
        return Quote("", kind, content, certainty="low", rule="none")  # a block quoted from another's text
    said_on = _said_on(owner, times) if owner is draft else None
    return Quote(
        "",
        kind,
        content,
        (owner.page.span(clause.cue),),
        (source,) if source and draft.rule != "printed again" else (),
        speaker,
        resolver.addressee(owner),
        said_on,
        find_occasion(owner) if owner is draft else None,
        _credited(owner),
        certainty,
        draft.rule,
        "negated" if clause.negated else "hypothetical" if clause.hypothetical else "said",
    )


def _without_nested(quotes: list[Quote]) -> list[Quote]:
    """Without indirect quotes that lie in another quote of the same speaker: "said that he told her that X"."""
    kept = []
    for quote in quotes:
        if quote.type == "indirect":
            start, end = quote.content[0][0], quote.content[-1][1]
            if any(
                other is not quote
                and quote.speaker in {other.speaker, None}
                and other.content[0][0] <= start
                and end <= other.content[-1][1]
                and (other.content != quote.content)
                for other in quotes
            ):
                continue
        kept.append(quote)
    return kept


def _credited(draft: Draft) -> str | None:
    """Whom the article has the utterance from: "X said, according to Y" credits Y."""
    clause = draft.clause
    if clause is None or clause.form == "according":
        return None
    for other in draft.page.clauses:
        if other.form == "according" and other.source is not None and clause.verb in other.content:
            return draft.page.text[slice(*draft.page.span(other.source))]
    return None


def _said_on(draft: Draft, times: tuple[Time, ...]) -> str | None:
    """The date of the saying: a date that hangs on the cue itself ("said Tuesday", "said on May 3")."""
    if draft.clause is None:
        return None
    verb = draft.page.doc[draft.clause.verb]
    for child in verb.children:
        if child.dep_ not in {"npadvmod", "prep"} or child.i in draft.clause.content:
            continue
        start, end = draft.page.span((child.left_edge.i, child.right_edge.i + 1))
        for time in times:
            if (
                start <= time.span[0]
                and time.span[1] <= end
                and time.type == "DATE"
                and re.match(r"\d{4}-\d\d-\d\d", time.value)
            ):
                return time.value[:10]
    return None
