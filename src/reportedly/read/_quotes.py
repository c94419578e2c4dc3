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
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportedly._records import Certainty, Quote, QuoteType, Span, Time
from reportedly._spans import trim
from reportedly.read._attribution import SCARE_WORDS, attribute, bare_clause
from reportedly.read._clauses import FINITE, Clause, spans_of
from reportedly.read._cues import lexicon
from reportedly.read._dialogue import find_turns
from reportedly.read._drafts import Draft, Page, word_count
from reportedly.read._embeds import Post, find_posts
from reportedly.read._marks import Run
from reportedly.read._parse import Parsed
from reportedly.read._roster import Roster
from reportedly.read._speakers import Resolver

LONGEST_BETWEEN = 200
"""Characters between two parts of one utterance: a speaker with a long title, and no more."""
SHORTEST_INDIRECT = 4
"""Words of reported speech that can say something: "he did" says nothing by itself."""
PRINTED_AGAIN = 12
"""Letters from which the same words printed twice are the same utterance."""
LONGEST_REST = 25
"""Tokens behind the closing mark that a phrase can go on for."""
LABELLED = 16
"""Words of what a label is put on, between the verb and the quotation marks."""
SIGNATURE = 14
"""Tokens of a line that signs a quotation: a dash, an office, a name and a place."""
_SIGNED = re.compile(r"\s*(?:-{1,2}|–|—)\s*[^\W\d_]")
DIRECT_SHARE = 0.95
"""Share of the content's letters inside marks from which a quote is direct; as PolNeAR's scorers draw it."""


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
            drafts.append(Draft(page, words=turn.words, clause=turn.clause, rule="turn"))
            before = None
            continue
        drafts.extend(_page_drafts(page, before, drafts))
        if page.paragraph.kind in {"body", "heading", "headline"}:
            before = page if page.paragraph.kind == "body" else None
    _take_up_from_behind(drafts)
    _take_up_signed(text, pages, drafts)
    _take_up_printed_again(text, drafts)
    resolver = Resolver(text, pages, roster)
    resolver.resolve_in_order(_root(draft) for draft in drafts)
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
            _without_clause(page, run, last, before, earlier, drafts)
            continue
        draft = by_clause.get(clause.verb)
        if draft is None:
            sure = rule != "nearby" and (clause.form != "attitude" or clause.strong)
            draft = Draft(page, clause=clause, rule=rule, certainty="high" if sure else "low")
            by_clause[clause.verb] = draft
            drafts.append(draft)
        draft.runs.append(run)
    for clause in page.clauses:
        own = replace(clause, content=_without_others(page, clause, by_clause.values()))
        if clause.verb not in by_clause and _reports_indirectly(page, own):
            drafts.append(Draft(page, words=own.content, clause=own, rule=own.form))
    for attitude in page.attitudes:
        if attitude.verb not in by_clause and not any(page.quoted[i] for i in attitude.content):
            certainty: Certainty = "medium" if attitude.strong else "low"
            rule = f"frame {attitude.frame}"
            drafts.append(Draft(page, words=attitude.content, clause=attitude, rule=rule, certainty=certainty))
    return drafts


def _attitude_to(page: Page, run: Run) -> Clause | None:
    """The attitude whose content holds a part in marks: "denied any “improper” contact"."""
    first, last = page.tokens(run.inner)
    for attitude in page.attitudes:
        if attitude.source is not None and {first, last - 1} <= set(attitude.content):
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


def _without_clause(
    page: Page, run: Run, last: Run | None, before: Page | None, earlier: list[Draft], drafts: list[Draft]
) -> None:
    """Steps 5 and 6: a run whose sentence has no cue."""
    previous = next((d for d in reversed(drafts) if last is not None and d.runs and d.runs[-1] is last), None)
    short = word_count(page.text, run.inner) <= SCARE_WORDS
    if previous is not None and last is not None and _goes_on(page, last, run) and not (short and page.ends(run) == ""):
        previous.runs.append(run)
    elif short:
        drafts.append(Draft(page, [run], rule="none", certainty="low", scare=True))
    elif previous is not None and _stands_alone(page, run):
        drafts.append(Draft(page, [run], heir=previous, rule="same paragraph", certainty="medium"))
    elif (clause := _sentence_before(page, run)) is not None:
        drafts.append(Draft(page, [run], clause=clause, rule="sentence before", certainty="medium"))
    elif last is None and before is not None and (draft := _from_paragraph_before(page, run, before, earlier)):
        drafts.append(draft)
    elif (speaking := _still_speaking(page, run, drafts)) is not None:
        drafts.append(Draft(page, [run], heir=speaking, rule="still speaking", certainty="low"))
    else:
        drafts.append(Draft(page, [run], rule="none", certainty="low"))


def _from_paragraph_before(page: Page, run: Run, before: Page, earlier: list[Draft]) -> Draft | None:
    """Step 6: a paragraph that is one quotation, after a paragraph that ends in one or leads up to one.

    One that ends in no mark of a sentence is a pull quote, and goes on from nothing.
    """
    if page.paragraph.kind != "body" or page.text[page.paragraph.start : run.outer[0]].strip():
        return None
    introduced = _introduced(before)
    if introduced is not None:
        head = Draft(before, [], clause=introduced)
        return Draft(page, [run], heir=head, rule="paragraph before", certainty="medium")
    if not _is_all_quotation(page, run):
        return None
    if page.ends(run) not in {".", "?", ","} and run.closed:
        return None
    last = next((d for d in reversed(earlier) if d.page is before and d.runs and d.runs[-1] is before.runs[-1]), None)
    if last is not None:
        if not last.runs[-1].closed:
            return Draft(page, [run], heir=last, rule="quotation runs on", certainty="high")
        tail = before.text[last.runs[-1].outer[1] : before.paragraph.end].strip()
        if len(tail) < LONGEST_BETWEEN:
            return Draft(page, [run], heir=last, rule="paragraph before", certainty="medium")
    return None


def _introduced(before: Page) -> Clause | None:
    """The clause of a paragraph that leads up to the next one with a colon; its last verb's, if none reports."""
    if not before.text[before.paragraph.start : before.paragraph.end].rstrip().endswith(":"):
        return None
    last = [token for token in before.doc if not token.is_space][-1].sent
    reporting = [c for c in before.clauses if c.source is not None and c.verb >= last.start]
    return reporting[-1] if reporting else bare_clause(before, last.root)


def _take_up_from_behind(drafts: list[Draft]) -> None:
    """A quotation that a paragraph leaves open has the speaker whom the next paragraph names."""
    for draft, following in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        opens = draft.runs and not draft.runs[-1].closed and _root(draft).clause is None
        goes_on = following.runs and following.page is not draft.page and _root(following).clause is not None
        if opens and goes_on and not following.page.left(following.runs[0]):
            _root(draft).heir, draft.rule, draft.certainty = following, "quotation runs on", "medium"


def _take_up_signed(text: str, pages: Sequence[Page], drafts: list[Draft]) -> None:
    """A paragraph of quotation is signed by the next one, if that is a dash and a name: "- Anna Vik"."""
    after = dict(zip(map(id, pages), pages[1:], strict=False))
    for draft in drafts:
        signature = after.get(id(draft.page))
        if signature is None or _root(draft).clause is not None or draft.runs[-1:] != draft.page.runs[-1:]:
            continue
        line = text[signature.paragraph.start : signature.paragraph.end]
        short = len(signature.doc) <= SIGNATURE
        if short and _SIGNED.match(line) and draft.runs and _is_all_quotation(draft.page, draft.page.runs[0]):
            names = [t.i for t in signature.doc if t.pos_ == "PROPN"]
            if names and not any(t.pos_ in {"VERB", "AUX"} for t in signature.doc):
                first = next(t.i for t in signature.doc if t.is_alpha)
                dash = Clause(0, (0, 1), (first, names[-1] + 1), names[-1], (), None, "bare", False, False, True)
                draft.heir, draft.rule, draft.certainty = Draft(signature, [], clause=dash), "signed", "high"


def _take_up_printed_again(text: str, drafts: list[Draft]) -> None:
    """A pull quote or a caption has the speaker of the same words where the article attributes them."""
    known = [(_plain(text, [run]), draft) for draft in drafts for run in draft.runs if _root(draft).clause is not None]
    for draft in drafts:
        if draft.runs and _root(draft).clause is None:
            words = _plain(text, draft.runs)
            owners = [owner for plain, owner in known if len(words) >= PRINTED_AGAIN and words in plain]
            if owners:
                draft.heir, draft.rule, draft.certainty, draft.scare = owners[0], "printed again", "medium", False


def _plain(text: str, runs: Sequence[Run]) -> str:
    return "".join(c for run in runs for c in text[slice(*run.inner)].lower() if c.isalnum())


def _root(draft: Draft) -> Draft:
    """The draft whose clause names the source of this one."""
    while draft.clause is None and draft.heir is not None:
        draft = draft.heir
    return draft


def _goes_on(page: Page, last: Run, run: Run) -> bool:
    """Whether a run goes on with the utterance of the last, as B does in: "A," he said. "B"."""
    between = page.text[last.outer[1] : run.outer[0]]
    first = page.text[run.inner[0]]
    starts = not page.left(run) and (first.isupper() or not first.isalpha())
    return len(between) < LONGEST_BETWEEN and starts and between.count(".") + between.count("?") <= 1


def _sentence_before(page: Page, run: Run) -> Clause | None:
    """The reporting clause of the sentence that a quotation of its own follows."""
    if not _stands_alone(page, run):
        return None
    at = page.tokens(run.outer)[0] - 1
    while at >= 0 and (page.doc[at].is_punct or page.doc[at].is_space):
        at -= 1
    if at < 0 or page.quoted[at]:
        return None
    sentence = page.doc[at].sent
    clauses = [
        c
        for c in page.clauses
        if sentence.start <= c.verb < sentence.end
        and c.source is not None
        and page.doc[c.verb].dep_ in {"ROOT", "conj", "ccomp"}
    ]
    named = [c for c in clauses if c.form != "label" and page.doc[c.verb].pos_ == "VERB"]
    return named[0] if named else None


def _still_speaking(page: Page, run: Run, drafts: Sequence[Draft]) -> Draft | None:
    """The quote that the sentences before reported, where the sentence of a run names nobody else as its subject.

    "It is over," Lee said. It would be "a very long winter": the article goes on in Lee's words.
    """
    left = [page.doc[i] for i in page.left(run)]
    subjects = {token.lower_ for token in left if token.dep_ in {"nsubj", "nsubjpass"}}
    if subjects - {"it", "this", "that", "there"} or (left and left[-1].text in {":", "—", "–"}):
        return None
    if any(clause.strong and clause.verb in {*page.left(run), *page.right(run)} for clause in page.clauses):
        return None
    start = page.tokens(run.outer)[0]
    told = [c for c in page.clauses if c.strong and c.source is not None and c.verb < start and not c.negated]
    said = [draft for draft in drafts if draft.runs and _root(draft).clause is not None]
    if told and (not said or page.offset(told[-1].verb) > said[-1].runs[-1].outer[1]):
        return Draft(page, [], clause=told[-1])
    return said[-1] if said else None


def _stands_alone(page: Page, run: Run) -> bool:
    """Whether a run is a sentence of its own, not a part of one."""
    if page.left(run):
        return False
    first = page.text[run.inner[0]]
    return (first.isupper() or not first.isalpha()) and (
        page.ends(run) in {".", "?"} or not run.closed or run.outer[1] >= page.paragraph.end - 1
    )


def _is_all_quotation(page: Page, run: Run) -> bool:
    """Whether the paragraph is a quotation from its first mark to its last."""
    outside = [i for i, q in enumerate(page.quoted) if not q and page.doc[i].is_alpha]
    return not outside and not page.text[page.paragraph.start : run.outer[0]].strip()


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


def _letters(text: str, spans: Sequence[Span]) -> int:
    return sum(character.isalnum() for start, end in spans for character in text[start:end])


def _content(text: str, draft: Draft) -> tuple[tuple[Span, ...], QuoteType]:
    """The content spans of a draft and its type, from its runs and its clause's unquoted words."""
    quoted = [run.inner for run in draft.runs]
    if not quoted:
        spans = [trim(text, draft.page.span(part)) for part in spans_of(draft.words)]
        return tuple(span for span in spans if _letters(text, [span])), "direct" if draft.rule == "turn" else "indirect"
    clause = draft.clause
    if clause is not None and draft.rule == "label" and not clause.content:
        clause = replace(clause, content=_labelled(draft, clause))
    if clause is None or draft.rule in {"colon", "signed"}:
        return tuple(quoted), "direct"
    tokens = set(clause.content) if draft.rule not in {"nearby", "after"} else set()
    if draft.rule == "after":
        tokens = _begun(draft, clause)
    elif not any(tokens.intersection(range(*draft.page.tokens(run.inner))) for run in draft.runs):
        tokens = _led_up_to(draft, clause)
    if not tokens:
        return tuple(quoted), "direct"
    for run in draft.runs:
        tokens.update(range(*draft.page.tokens(run.outer)))
    if draft.rule in {"label", "before"} or clause.form == "attitude":
        tokens |= _gone_on(draft, clause)
    merged = [_with_marks(draft, trim(text, draft.page.span(part))) for part in spans_of(tuple(sorted(tokens)))]
    merged = [span for span in merged if _letters(text, [span])]
    if _letters(text, quoted) >= DIRECT_SHARE * _letters(text, merged):
        return tuple(quoted), "direct"
    return tuple(merged), "mixed"


def _begun(draft: Draft, clause: Clause) -> set[int]:
    """The words of a sentence that marks take up in the middle: The mill would "close within the year," Lee said."""
    page, run = draft.page, draft.runs[0]
    left = page.left(run)
    if not left or not page.text[run.inner[0]].islower() or clause.verb < left[-1]:
        return set()
    if page.doc[left[-1]].text in {",", ":", "—", "–"} or not any(page.doc[i].pos_ in {"VERB", "AUX"} for i in left):
        verbal = any(page.doc[i].dep_ in {"nsubj", "nsubjpass"} for i in left)
        if not verbal or page.doc[left[-1]].text in {":", "—", "–"}:
            return set()
    return set(left)


def _led_up_to(draft: Draft, clause: Clause) -> set[int]:
    """The words from a cue to the part of a sentence in marks that it leads up to, where the parse has them apart.

    A part by itself may say the opposite: "said the crisis must not “turn into a war”" is no word for a war.
    """
    page, run = draft.page, draft.runs[0]
    part = page.text[run.inner[0]].islower() and draft.rule != "label"
    if not part or clause.verb not in page.left(run):
        return set()
    doc, first = page.doc, page.tokens(run.outer)[0]
    tokens = [i for i in range(clause.cue[1], first) if not page.quoted[i]]
    that = next((at for at, i in enumerate(tokens) if doc[i].lower_ == "that" and doc[i].tag_ in {"IN", "WDT"}), None)
    if that is not None:
        tokens = tokens[that + 1 :]
    while tokens and (doc[tokens[0]].is_punct or (clause.addressee is not None and tokens[0] <= clause.addressee)):
        tokens.pop(0)
    verbal = any(doc[i].pos_ in {"VERB", "AUX"} for i in tokens)
    return set(tokens) if verbal and tokens[-1] == first - 1 else set()


def _without_aside(page: Page, span: Span) -> Span:
    """Without what the narrator adds after a dash: "that it was over – a harder line than last week's"."""
    first, last = page.tokens(span)
    dashes = [i for i in range(first, last) if page.doc[i].text in {"–", "—", "--"}]
    if len(dashes) != 1 or any(page.quoted[dashes[0] : last]) or dashes[0] < first + SHORTEST_INDIRECT:
        return span
    rest = page.doc[dashes[0] + 1 : last]
    noted = rest and rest[0].lower_ in {"a", "an", "and", "but"} and rest[0].pos_ in {"DET", "CCONJ"}
    subjects = {token.i for token in rest if token.dep_ in {"nsubj", "nsubjpass"}}
    clause = rest[0].head.i in subjects if noted and rest[0].pos_ == "DET" else bool(subjects)
    return page.span((first, dashes[0])) if noted and not clause else span


def _unpointed(text: str, span: Span) -> Span:
    """Without the comma or dash that only the reporting clause called for."""
    start, end = span
    while end > start and text[end - 1] in ",;:–— \t":
        end -= 1
    return start, end


def _gone_on(draft: Draft, clause: Clause) -> set[int]:
    """The words with which a phrase that marks open goes on: dismissed it as "absurd" since nobody had asked."""
    page, run = draft.page, draft.runs[-1]
    doc, last = page.doc, page.tokens(run.inner)[1] - 1
    closed = page.text[run.inner[1] - 1] in ".,!?;" or page.text[run.outer[1] : run.outer[1] + 1] in {",", ".", ";"}
    if closed or last < 0 or clause.verb >= last:
        return set()
    top = doc[last]
    while top.head.i != top.i and top.head.i != clause.verb:
        top = top.head
    if top.head.i != clause.verb or top.i == clause.verb:
        return set()
    found = set()
    for i in range(page.tokens(run.outer)[1], min(top.right_edge.i + 1, last + LONGEST_REST)):
        if page.quoted[i] or doc[i].text in {",", ";", ":", "—", "–", "."}:
            break
        found.add(i)
    while found and doc[max(found)].pos_ in {"CCONJ", "SCONJ", "ADP", "DET"}:
        found.remove(max(found))
    return found


def _labelled(draft: Draft, clause: Clause) -> tuple[int, ...]:
    """What a label is put on, with the label: "called the plan a “dead letter”" is about the plan."""
    doc = draft.page.doc
    first, last = draft.page.tokens(draft.runs[0].inner)[0], draft.page.tokens(draft.runs[-1].inner)[1]
    start = clause.cue[1]
    while start < first and doc[start].pos_ in {"ADV", "PUNCT", "ADP"}:
        start += 1
    between = range(start, first)
    signs = [doc[i].text for i in between if doc[i].text in {",", ";", ":"}]
    near = 0 < len(between) <= LABELLED and set(signs) <= {","} and len(signs) % 2 == 0
    return tuple(range(start, last)) if near and draft.page.doc[clause.verb].sent.start <= start else ()


def _of_post(post: Post, resolver: Resolver) -> Quote:
    speaker = resolver.signed(post.source, post.name)
    return Quote("", "direct", post.content, (), (post.source,), speaker, certainty="high", rule="embedded post")


def _with_marks(draft: Draft, span: Span) -> Span:
    """The span, widened to whole runs where it begins or ends inside one."""
    start, end = span
    for run in draft.runs:
        if run.outer[0] < start <= run.inner[0] + 1 or run.outer[0] <= start < run.outer[1]:
            start = min(start, run.outer[0])
        if run.outer[0] < end <= run.outer[1]:
            end = run.outer[1]
    return start, end


def _quote(text: str, draft: Draft, resolver: Resolver, times: tuple[Time, ...]) -> Quote | None:
    content, kind = _content(text, draft)
    if kind != "direct":
        content = (*content[:-1], *(_without_aside(draft.page, span) for span in content[-1:]))
    content = tuple(span for part in content if (span := _unpointed(text, part))[0] < span[1])
    if not content:
        return None
    if draft.scare:
        return Quote("", "scare", content, certainty="low", rule="none")
    owner = _root(draft)
    clause = owner.clause
    if clause is None:
        return Quote("", kind, content, certainty="low", rule=draft.rule)
    speaker, certainty, source = resolver.speaker(owner, draft)
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
        None,
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
