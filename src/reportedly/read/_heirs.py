"""Whose a quotation is that has no cue in its own sentence: steps 5 and 6 of the cascade that `_quotes` describes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportedly.read._attribution import SCARE_WORDS, bare_clause
from reportedly.read._clauses import Clause
from reportedly.read._cues import lexicon
from reportedly.read._drafts import Draft, Page, word_count
from reportedly.read._marks import Run

LONGEST_BETWEEN = 200
"""Characters between two parts of one utterance: a speaker with a long title, and no more."""
PRINTED_AGAIN = 12
"""Letters from which the same words printed twice are the same utterance."""
SIGNATURE = 14
"""Tokens of a line that signs a quotation: a dash, an office, a name and a place."""
_SIGNED = re.compile(r"\s*(?:-{1,2}|–|—)\s*[^\W\d_]")


def take_up(text: str, pages: Sequence[Page], drafts: list[Draft]) -> None:
    """Give quotations that name no speaker the one whom what follows, a signature or the same words elsewhere name."""
    _take_up_from_behind(drafts)
    _take_up_signed(text, pages, drafts)
    _take_up_printed_again(text, drafts)


def root_of(draft: Draft) -> Draft:
    """The draft whose clause names the source of this one."""
    while draft.clause is None and draft.heir is not None:
        draft = draft.heir
    return draft


def without_clause(
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
        return Draft(page, [run], heir=head, rule="paragraph before", certainty="low")
    if not _is_all_quotation(page, run):
        return None
    if page.ends(run) not in {".", "?", ","} and run.closed:
        return None
    last = next((d for d in reversed(earlier) if d.page is before and d.runs and d.runs[-1] is before.runs[-1]), None)
    if last is not None and not _is_named_in(root_of(last), page, run):
        if not last.runs[-1].closed:
            return Draft(page, [run], heir=last, rule="quotation runs on", certainty="medium")
        tail = before.text[last.runs[-1].outer[1] : before.paragraph.end].strip()
        if len(tail) < LONGEST_BETWEEN:
            return Draft(page, [run], heir=last, rule="paragraph before", certainty="low")
    return None


def _is_named_in(owner: Draft, page: Page, run: Run) -> bool:
    """Whether a quotation speaks of the one who is to have said it: then it is another's text, quoted as a block."""
    clause = owner.clause
    head = owner.page.doc[clause.head] if clause is not None and clause.head is not None else None
    first, last = page.tokens(run.inner)
    return head is not None and head.pos_ == "PROPN" and any(t.lower_ == head.lower_ for t in page.doc[first:last])


def _introduced(before: Page) -> Clause | None:
    """The clause of a paragraph that leads up to the next one with a colon; its last verb's, if none reports."""
    if not before.text[before.paragraph.start : before.paragraph.end].rstrip().endswith(":"):
        return None
    last = [token for token in before.doc if not token.is_space][-1].sent
    reporting = [c for c in before.clauses if c.source is not None and c.verb >= last.start]
    if reporting:
        heads = [before.doc[c.head] if c.head is not None else None for c in reporting]
        speaking = [
            c
            for c, head in zip(reporting, heads, strict=True)
            if head is not None and (head.pos_ in {"PROPN", "PRON"} or lexicon().can_speak(head.lemma_.lower()))
        ]
        return next((c for c in reversed(speaking) if c.strong), speaking[-1] if speaking else None)
    bare = bare_clause(before, last.root)
    named = bare is not None and bare.head is not None and before.doc[bare.head].pos_ in {"PROPN", "PRON"}
    return bare if named else None


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
    said = [draft for draft in drafts if draft.runs and root_of(draft).clause is not None]
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


def _take_up_from_behind(drafts: list[Draft]) -> None:
    """A quotation that a paragraph leaves open has the speaker whom the next paragraph names."""
    for draft, following in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        opens = draft.runs and not draft.runs[-1].closed and root_of(draft).clause is None
        goes_on = following.runs and following.page is not draft.page and root_of(following).clause is not None
        told = any(_is_named_in(root_of(following), draft.page, run) for run in draft.runs)
        if opens and goes_on and not told and not following.page.left(following.runs[0]):
            root_of(draft).heir, draft.rule, draft.certainty = following, "quotation runs on", "medium"


def _take_up_signed(text: str, pages: Sequence[Page], drafts: list[Draft]) -> None:
    """A paragraph of quotation is signed by the next one, if that is a dash and a name: "- Anna Vik"."""
    after = dict(zip(map(id, pages), pages[1:], strict=False))
    for draft in drafts:
        signature = after.get(id(draft.page))
        if signature is None or root_of(draft).clause is not None or draft.runs[-1:] != draft.page.runs[-1:]:
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
    known = [
        (_plain(text, [run]), draft) for draft in drafts for run in draft.runs if root_of(draft).clause is not None
    ]
    for draft in drafts:
        if draft.runs and root_of(draft).clause is None:
            words = _plain(text, draft.runs)
            owners = [owner for plain, owner in known if len(words) >= PRINTED_AGAIN and words in plain]
            if owners:
                draft.heir, draft.rule, draft.certainty, draft.scare = owners[0], "printed again", "medium", False


def _plain(text: str, runs: Sequence[Run]) -> str:
    return "".join(c for run in runs for c in text[slice(*run.inner)].lower() if c.isalnum())
