"""What of a sentence was said: the spans of a quote's content, in marks and outside them, and its type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly._records import QuoteType, Span
from reportedly._spans import trim
from reportedly.read._clauses import Clause, spans_of
from reportedly.read._drafts import Draft, Page

SHORTEST_BEFORE_DASH = 4
"""Words before a dash that can say something by themselves."""
LONGEST_REST = 25
"""Tokens behind the closing mark that a phrase can go on for."""
LABELLED = 16
"""Words of what a label is put on, between the verb and the quotation marks."""
DIRECT_SHARE = 0.95
"""Share of the content's letters inside marks from which a quote is direct; as PolNeAR's scorers draw it."""


def content_of(text: str, draft: Draft) -> tuple[tuple[Span, ...], QuoteType]:
    """The content spans of a draft, without the narrator's asides and pointing, and its type."""
    content, kind = _content(text, draft)
    if kind != "direct":
        content = (*content[:-1], *(_without_aside(draft.page, span) for span in content[-1:]))
    return tuple(span for part in content if (span := _unpointed(text, part))[0] < span[1]), kind


def _content(text: str, draft: Draft) -> tuple[tuple[Span, ...], QuoteType]:
    """The content spans of a draft and its type, from its runs and its clause's unquoted words."""
    quoted = [run.inner for run in draft.runs]
    if not quoted:
        spans = [trim(text, draft.page.span(part)) for part in spans_of(draft.words)]
        if draft.rule == "relayed":
            opening = {run.outer[0]: run.inner[0] for run in draft.page.runs}
            return tuple((opening.get(start, start), end) for start, end in spans), "mixed"
        return tuple(span for span in spans if _letters(text, [span])), "direct" if draft.rule == "turn" else "indirect"
    clause = draft.clause
    if clause is not None and draft.rule == "label" and not clause.content:
        clause = replace(clause, content=_labelled(draft, clause))
    if clause is None or draft.rule in {"colon", "signed", "words"}:
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


def _letters(text: str, spans: Sequence[Span]) -> int:
    return sum(character.isalnum() for start, end in spans for character in text[start:end])


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


def _with_marks(draft: Draft, span: Span) -> Span:
    """The span, widened to whole runs where it begins or ends inside one."""
    start, end = span
    for run in draft.runs:
        if run.outer[0] < start <= run.inner[0] + 1 or run.outer[0] <= start < run.outer[1]:
            start = min(start, run.outer[0])
        if run.outer[0] < end <= run.outer[1]:
            end = run.outer[1]
    return start, end


def _without_aside(page: Page, span: Span) -> Span:
    """Without what the narrator adds after a dash: "that it was over – a harder line than last week's"."""
    first, last = page.tokens(span)
    dashes = [i for i in range(first, last) if page.doc[i].text in {"–", "—", "--"}]
    if len(dashes) != 1 or any(page.quoted[dashes[0] : last]) or dashes[0] < first + SHORTEST_BEFORE_DASH:
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
