"""Who a passage is credited to: an outlet, an agency, officials, somebody unnamed, a document.

Worked on the parse, sentence by sentence, in six readings, each with its own words in ``data/sourcing.toml``:

1. "according to X", "citing X", "obtained by X" and their like;
2. a subject and a reporting verb: "X reported that …", "…, officials said";
3. "told X", "on X’s evening show", "in an interview with X": the outlet somebody spoke to;
4. the words by which an article says that it keeps a source hidden;
5. the dateline's agency, and the credits at the foot ("X contributed to this report"), which cover the whole body;
6. what the quotes of the article say of those who are quoted (`_sourcing_quotes`).

``covers`` is what the crediting verb governs: a clause if the parse shows one, else the sentence. A person who is named
is not a source here but the speaker of a quote. An article that credits itself credits nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from reportedly._outlets import outlet_named
from reportedly._records import Article, Quote, Sourcing, SourcingKind, Span
from reportedly._spans import trim
from reportedly.read._parse import Paragraph, Parsed
from reportedly.read._roster import Roster
from reportedly.read._sourcing_names import Phrase, conditions, lexicon, named_outlet, outlet_at, phrase_of
from reportedly.read._sourcing_quotes import credits_of_quotes

EVERYBODY = frozenset({"press", "media"})
"""Whoever is told something by somebody who speaks to all: no outlet's own reporting."""
WITH_OBJECT = frozenset({"report", "reveal", "disclose", "publish", "describe"})
"""An outlet's verbs whose object is what it reports; "put" and "call" have other ones."""
TOLD = frozenset({"told", "tells", "telling"})
READ_KINDS = frozenset({"body", "caption", "headline"})
CREDIT = re.compile(
    r"(?:with )?(?:(?:additional|extra) reporting (?:by|from) |(?:files|inputs?|reports?|reporting) from )?"
    r"(?P<names>(?:The |the )?[A-Z][^.;:]{1,100}?)(?: (?:also )?contributed"
    r" (?:to|reporting|additional|research)\b.*)?\.?$",
    re.DOTALL,
)
DATELINE_AGENCY = re.compile(r"\((?P<agency>[A-Z][\w .&’'-]{1,30})\)|/(?P<slashed>[A-Z][\w .’'-]{1,30})/")


def find_sourcing(parsed: Parsed, roster: Roster, quotes: Sequence[Quote] = ()) -> tuple[Sourcing, ...]:
    """The credits of an article, in text order; ``roster`` tells whom it names, ``quotes`` whom it quotes."""
    found = [credit for paragraph in parsed.paragraphs for credit in _in_paragraph(parsed.article, paragraph, roster)]
    found += _whole_article(parsed.article)
    known = [credit.span for credit in found]
    found += [
        credit
        for credit in credits_of_quotes(parsed.article, quotes, roster, _lemmas(parsed))
        if not any(start < credit.span[1] and credit.span[0] < end for start, end in known)
        and not _is_article_outlet(parsed.article, credit.source)
    ]
    best: dict[tuple[Span, str], Sourcing] = {}
    for credit in found:
        best.setdefault((credit.span, credit.source), credit)
    return tuple(sorted(best.values(), key=lambda credit: (credit.span, credit.kind, credit.source)))


def _lemmas(parsed: Parsed) -> dict[int, str]:
    """The lemma of every noun and of every verb that is said of somebody, by the offset at which it ends."""
    return {
        paragraph.start + token.idx + len(token.text): token.lemma_.lower()
        for paragraph in parsed.paragraphs
        for token in paragraph.doc
        if token.pos_ == "NOUN" or (token.pos_ == "VERB" and _is_said(token))
    }


def _is_said(verb: Token) -> bool:
    """Whether a verb is finite, or a participle that goes on with a report: "…, telling reporters"."""
    if verb.tag_ == "VBG":
        return verb.lower_ in TOLD or any(child.dep_ == "aux" for child in verb.children)
    return verb.tag_ != "VB"


def _in_paragraph(article: Article, paragraph: Paragraph, roster: Roster) -> Iterator[Sourcing]:
    if paragraph.kind not in READ_KINDS:
        return
    for sentence in paragraph.sentences():
        for phrase, start, end, covered in _credits(sentence):
            if _is_own(article, phrase, sentence.doc) or _is_named(paragraph, phrase, sentence.doc, roster):
                continue
            doc = sentence.doc
            covers = trim(article.text, paragraph.span_of(_with_subject(covered, sentence)))
            if covers[0] < covers[1]:
                words = doc[phrase.start : phrase.end].text
                yield Sourcing(paragraph.span_of(doc[start:end]), words, phrase.kind, covers)
        yield from _hidden(article, paragraph, sentence)


def _with_subject(covered: TokenSpan, sentence: TokenSpan) -> TokenSpan:
    """A clause that lost its subject to a cue in its middle ("…, officials say, is likely") becomes its sentence."""
    if len(covered) and covered[0].tag_ in {"VBD", "VBZ", "VBP", "MD"} and covered.start > sentence.start:
        return sentence
    return covered


def _is_own(article: Article, phrase: Phrase, doc: Doc) -> bool:
    """Whether the article credits its own outlet ("told the Herald", in the Herald)."""
    if article.outlet is None or phrase.kind not in {"outlet", "agency"}:
        return False
    if phrase.outlet is not None and phrase.outlet == outlet_named(article.outlet):
        return True
    return doc[phrase.head].text in article.outlet.split() and phrase.end - phrase.start <= 2


def _is_named(paragraph: Paragraph, phrase: Phrase, doc: Doc, roster: Roster) -> bool:
    """Whether the source is a person whom the article names: then it is a speaker."""
    if phrase.kind in {"outlet", "agency", "document"}:
        return False
    head = doc[phrase.head]
    named = [head, *(child for child in head.children if child.dep_ == "appos")]
    named += doc[phrase.end : phrase.end + 1]
    return any(
        token.ent_type_ == "PERSON" or any(one.kind == "person" for _, one in roster.within(paragraph.span_of(token)))
        for token in named
    )


Credit = tuple[Phrase, int, int, TokenSpan]
"""A source, the crediting words' first token and the one after their last, and what they cover."""


def _credits(sentence: TokenSpan) -> Iterator[Credit]:
    for token in sentence:
        lower = token.lower_
        if lower == "according":
            yield from _according(token, sentence)
        elif lower == "citing":
            yield from _citing(token, sentence)
        elif lower == "by":
            yield from _passive(token, sentence)
        elif lower == "in" and token.head.tag_ == "VBN":
            yield from _passive(token, sentence)
            yield from _on_air(token, sentence)
        elif lower in TOLD:
            yield from _told(token, sentence)
            yield from _reported(token, sentence)
        elif lower in _aired("prepositions"):
            yield from _on_air(token, sentence)
        elif token.pos_ == "VERB" and token.lemma_.lower() in _reporting_verbs():
            yield from _reported(token, sentence)


@cache
def _reporting_verbs() -> frozenset[str]:
    return frozenset(verb for kind in lexicon()["verbs"].values() for verb in kind)


@cache
def _verbs(kind: str) -> frozenset[str]:
    verbs = lexicon()["verbs"]
    return frozenset(verbs["outlet"] if kind == "agency" else verbs[kind])


@cache
def _passive_verbs() -> frozenset[str]:
    return frozenset(lexicon()["passive"]["verbs"])


# ---------------------------------------------------------------- 1. according to, citing, obtained by


def _according(token: Token, sentence: TokenSpan) -> Iterator[Credit]:
    doc = token.doc
    if token.i + 1 >= sentence.end or doc[token.i + 1].lower_ != "to":
        return
    head = next((child for child in doc[token.i + 1].rights if child.dep_ == "pobj"), None)
    phrase = phrase_of(head) if head is not None else None
    if phrase:
        yield phrase, token.i, phrase.end, _clause(token.head, sentence, token.i, doc[phrase.head].right_edge.i + 1)


def _citing(token: Token, sentence: TokenSpan) -> Iterator[Credit]:
    head = next((child for child in token.rights if child.dep_ in {"dobj", "obj"}), None)
    phrase = phrase_of(head) if head is not None else None
    if phrase:
        after = token.doc[phrase.head].right_edge.i + 1
        yield phrase, token.i, phrase.end, _clause(token.head, sentence, token.i, after)


def _passive(by: Token, sentence: TokenSpan) -> Iterator[Credit]:
    verb = by.head
    if by.lower_ == "in":
        yield from _within(by, verb, sentence)
        return
    if verb.lemma_.lower() not in _passive_verbs() or verb.i >= by.i or verb.tag_ not in {"VBN", "VBD"}:
        return
    head = next((child for child in by.rights if child.dep_ == "pobj"), None)
    phrase = phrase_of(head) if head is not None else None
    if phrase and phrase.kind in {"outlet", "agency"}:
        yield phrase, verb.i, phrase.end, sentence


def _within(link: Token, verb: Token, sentence: TokenSpan) -> Iterator[Credit]:
    """The document of "outlined in the report"."""
    if verb.tag_ != "VBN" or verb.i >= link.i or verb.lemma_.lower() not in _verbs("document"):
        return
    head = next((child for child in link.rights if child.dep_ == "pobj"), None)
    phrase = phrase_of(head) if head is not None else None
    if phrase and phrase.kind == "document":
        yield phrase, verb.i, phrase.end, sentence


# ---------------------------------------------------------------- 2. subject and verb


def _reported(verb: Token, sentence: TokenSpan) -> Iterator[Credit]:
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    subject = subject or next((child for child in verb.rights if child.dep_ == "nsubj"), None)
    if subject is not None and subject.tag_ == "WDT" and verb.dep_ == "relcl":
        subject = verb.head
    phrase = phrase_of(subject) if subject is not None else None
    if phrase is None and subject is not None and subject.lower_ == "it":
        phrase = _taken_up(subject)
    if phrase is None or verb.lemma_.lower() not in _verbs(phrase.kind) or not _is_near(phrase, verb):
        return
    covered = _complement(verb, sentence, phrase)
    if covered is not None:
        yield phrase, min(phrase.start, verb.i), max(phrase.end, verb.i + 1), covered


def _taken_up(pronoun: Token) -> Phrase | None:
    """The document that "it" stands for: the subject of the clause before, in this sentence or the last one."""
    start = max(0, pronoun.sent.start - 1)
    first = pronoun.doc[start].sent.start
    for token in reversed(pronoun.doc[first : pronoun.i]):
        if token.dep_ == "nsubj":
            phrase = phrase_of(token)
            own = phrase is not None and phrase.kind == "document"
            return Phrase(pronoun.i, pronoun.i + 1, pronoun.i, "document") if own else None
    return None


NEAR = 14
"""Tokens between a source and its verb: a relative clause may stand there, another sentence not."""


def _is_near(phrase: Phrase, verb: Token) -> bool:
    return abs(verb.i - phrase.head) <= NEAR + phrase.end - phrase.start


def _complement(verb: Token, sentence: TokenSpan, phrase: Phrase) -> TokenSpan | None:
    """What a reporting verb reports: its clause; for "…, X said" what stands before it; a quotation."""
    doc = verb.doc
    for child in verb.children:
        if child.dep_ in {"ccomp", "parataxis"} and child.i != verb.i:
            first, last = child.left_edge.i, child.right_edge.i + 1
            if child.i < verb.i and verb.dep_ == "ROOT":
                first = sentence.start
            start, end = _without(first, last, phrase, verb)
            if end - start > 1:
                return _stripped(doc, start, end)
    if verb.dep_ in {"parataxis", "ccomp", "advcl"} and verb.head.i != verb.i:
        start, end = _without(sentence.start, sentence.end, phrase, verb)
        # Only "A, X said": a clause on one side of the cue; else the parse does not tell what is reported.
        return _stripped(doc, start, end) if end - start > 2 and verb.dep_ == "parataxis" else None
    goal = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    is_told = phrase.kind == "document" or (phrase.kind in {"outlet", "agency"} and verb.lemma_.lower() in WITH_OBJECT)
    if goal is not None and is_told and goal.right_edge.i - goal.left_edge.i >= 2:
        return _stripped(doc, goal.left_edge.i, goal.right_edge.i + 1)
    return None


def _without(start: int, end: int, phrase: Phrase, verb: Token) -> tuple[int, int]:
    """A range without the crediting words, where they stand at one of its ends."""
    first, last = min(phrase.start, verb.i), max(phrase.end, verb.i + 1)
    if last <= start or first >= end:
        return start, end
    return (last, end) if end - last >= first - start else (start, first)


def _stripped(doc: Doc, start: int, end: int) -> TokenSpan:
    while start < end and (doc[start].is_space or doc[start].text in {",", ":", ";", "that", "—", "–", "--"}):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in {",", ":", ";", ".", "—", "–", "--", "and"}):
        end -= 1
    return doc[start:end]


def _clause(verb: Token, sentence: TokenSpan, start: int, end: int) -> TokenSpan:
    """The clause that the words from ``start`` to ``end`` credit: their verb's, without them if at one of its ends."""
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    if verb.head.i == verb.i or verb.dep_ in {"ccomp", "advcl", "relcl", "acl", "xcomp"}:
        first, last = sentence.start, sentence.end
    else:
        first, last = verb.left_edge.i, verb.right_edge.i + 1
    if start - first <= 1:
        return _stripped(verb.doc, end, last)
    if all(token.is_punct or token.is_space for token in verb.doc[end:last]):
        return _stripped(verb.doc, first, start)
    return _stripped(verb.doc, first, last)


# ---------------------------------------------------------------- 3. told an outlet


def _told(verb: Token, sentence: TokenSpan) -> Iterator[Credit]:
    for child in verb.rights:
        if child.dep_ in {"dobj", "dative", "iobj", "nsubj", "npadvmod"} and child.i - verb.i <= 5:
            phrase = phrase_of(child)
            if phrase and phrase.kind in {"outlet", "agency"} and child.lower_ not in EVERYBODY:
                yield phrase, verb.i, phrase.end, sentence
            return


BEFORE_OUTLET = 6
"""Tokens before a preposition among which is the noun that says what an outlet carried: "an interview Monday with"."""


@cache
def _aired(kind: str) -> frozenset[str]:
    return frozenset(lexicon()["aired"][kind])


def _on_air(preposition: Token, sentence: TokenSpan) -> Iterator[Credit]:
    """The outlet of "on CNN’s State of the Union", where somebody says something there; of "an interview with CNN"."""
    doc = preposition.doc
    first = preposition.i + 1
    if first < sentence.end and doc[first].dep_ == "det" and outlet_at(doc.text, doc[first].idx) is None:
        first += 1
    if first >= sentence.end:
        return
    found = outlet_at(doc.text, doc[first].idx)
    if found is None and not doc[first].like_url:
        return
    stop = found[0] if found else doc[first].idx + 1
    end = next((token.i for token in doc[first : sentence.end] if token.idx >= stop), sentence.end)
    before = doc[max(sentence.start, preposition.i - BEFORE_OUTLET) : preposition.i]
    # "In an interview with CNN", and "in a CNN interview".
    carried = any(token.lemma_.lower() in _aired("nouns") for token in (*before, *doc[end : end + 3]))
    verb = preposition
    while verb.head.i != verb.i and verb.pos_ not in {"VERB", "AUX"}:
        verb = verb.head
    spoken = preposition.lower_ in {"on", "to"} and verb.lemma_.lower() in _aired("verbs")
    if carried or spoken:
        outlet = found[1] if found else None
        kind: SourcingKind = "agency" if outlet is not None and outlet.kind == "agency" else "outlet"
        yield Phrase(first, end, end - 1, kind, outlet), preposition.i, end, sentence


# ---------------------------------------------------------------- 4. kept hidden


def _hidden(article: Article, paragraph: Paragraph, sentence: TokenSpan) -> Iterator[Sourcing]:
    text = sentence.text
    match = conditions().search(text)
    if not match:
        return
    at = sentence.start_char + match.start()
    source = _hidden_source(sentence, at)
    span = (paragraph.start + at, paragraph.start + sentence.start_char + match.end())
    covers = trim(article.text, paragraph.span_of(sentence))
    yield Sourcing(span, source.text if source else match.group(), "anonymous", covers)


def _hidden_source(sentence: TokenSpan, at: int) -> TokenSpan | None:
    """Who speaks so: whom the relative clause describes, else the nearest that can be a source, else the subject."""
    doc = sentence.doc
    before = [token for token in sentence if token.idx < at]
    verb = next((token for token in reversed(before) if token.pos_ in {"VERB", "AUX"}), None)
    if verb is not None and verb.dep_ in {"relcl", "acl"} and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        phrase = phrase_of(verb.head)
        return doc[phrase.start : phrase.end] if phrase else doc[verb.head.left_edge.i : verb.head.i + 1]
    for token in reversed(before):
        phrase = phrase_of(token) if token.dep_ in {"nsubj", "pobj"} else None
        if phrase and phrase.kind in {"official", "anonymous"}:
            return doc[phrase.start : phrase.end]
    subject = next((child for child in sentence.root.children if child.dep_ == "nsubj"), None)
    return doc[subject.left_edge.i : subject.i + 1] if subject is not None else None


# ---------------------------------------------------------------- 5. dateline and foot


def _whole_article(article: Article) -> Iterator[Sourcing]:
    body = [block.span for block in article.blocks if block.kind == "body"]
    if not body:
        return
    covers = (body[0][0], body[-1][1])
    for block in article.blocks:
        start, end = block.span
        words = article.text[start:end] if end - start <= 400 else ""
        if block.kind == "dateline":
            match = DATELINE_AGENCY.search(words)
            if match and not _is_article_outlet(article, match["agency"] or match["slashed"]):
                name = match["agency"] or match["slashed"]
                known = named_outlet(name)
                if known is not None or name.isupper():
                    kind: SourcingKind = known[0] if known else "agency"
                    yield Sourcing((start + match.start(), start + match.end()), name, kind, covers)
        elif block.kind in {"boilerplate", "byline"}:
            for name, kind in _credited(words, block.kind):
                if not _is_article_outlet(article, name):
                    yield Sourcing(block.span, name, kind, covers)


def _is_article_outlet(article: Article, name: str) -> bool:
    if article.outlet is None:
        return False
    initials = "".join(word[0] for word in article.outlet.split() if word[0].isupper())
    if name in {article.outlet, initials}:
        return True
    return outlet_named(article.outlet) == outlet_named(name) is not None


def _credited(words: str, block: str) -> Iterator[tuple[str, SourcingKind]]:
    """Outlets and agencies that a byline or a line of credits names."""
    if block == "byline":
        names = re.sub(r"^by:?\s+", "", words, flags=re.IGNORECASE)
    else:
        match = CREDIT.match(words) if "contributed" in words or "eporting" in words or "from" in words else None
        names = match["names"] if match else ""
    for name in re.split(r",\s*|\s+and\s+|\s*&\s*|;|/", names):
        bare = name.strip(" .")
        bare = bare[4:] if bare[:4].lower() == "the " else bare
        known = named_outlet(bare) if bare else None
        if known and bare in name:
            yield bare, known[0]
