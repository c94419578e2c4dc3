"""Which reporting clause a quoted run belongs to: the first steps of the cascade that `_quotes` describes.

Beside quotation marks the surface is surer than the parse: a phrase and a verb right after "…," name the speaker
whatever the parser makes of them, and whatever the verb. Further away only verbs of the cue lexicon count.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from reportedly.read._clauses import Clause
from reportedly.read._cues import lemma, lexicon
from reportedly.read._drafts import TERMINAL, Page, word_count
from reportedly.read._marks import Run
from reportedly.read._subjects import FINITE, SUBJECTS, source_range, subject_of

SCARE_WORDS = 3
"""A run of at most so many words with no source is taken for a scare quote or a title."""
FARTHEST_CUE = 30
"""Tokens from the end of a run to a cue that belongs to it, over what commas set apart after the speaker's name."""
LABEL_REACH = 25
"""Tokens from a labelling verb to the run that it labels ("described the plan, which …, as")."""
COLON_LABEL_TOKENS = 10
"""Tokens before a colon that may be a speaker's name ("Jones to Smith:")."""
FULL_QUOTATION = 6
"""Words from which a run that begins with a capital letter is a sentence, not a title or a term."""
LONGEST_SMALL = 3
"""Letters of the longest word that a title may leave in lower case."""
CLOSING = 4
"""Tokens behind a cue that closes its sentence: a day, a place."""
IN_WORDS = 10
"""Tokens from a run within which "in her words" is about it."""
CONTRASTS = {"while", "though", "although", "whereas"}
AFTERTHOUGHT = 6
"""Tokens of a sentence that is nothing but a speaker and a cue, after a full stop that should be a comma."""
_SIGNATURE = re.compile(
    r"[^\S\n]*(?:-{1,2}|[–—―])[^\S\n]*(?P<name>[^\W\d_a-z][^\n\"“”]{2,70}?)[^\S\n]*\.?[^\S\n]*(?:\n|$)"
)
NOMINAL = {"DET", "ADJ", "PROPN", "NOUN", "NUM", "PRON", "PART", "ADP"}


def attribute(page: Page, run: Run) -> tuple[Clause | None, str]:
    """The clause that reports the run, and the name of the step that found it; (None, "") if nothing does."""
    around = _Around(page, run)
    if is_title(page, run):
        return None, ""
    for step, name in STEPS:
        clause = step(around)
        if clause is not None and clause.source is None:
            return None, ""
        if clause is not None:
            return (clause if name in {"after", "colon", "signed", "words"} else outermost(page, clause)), name
    return None, ""


def outermost(page: Page, clause: Clause) -> Clause:
    """The speech that a reporting clause is itself a part of, if any: marks hold the words of who is speaking there.

    In: Lee said that Kim had told him it was "over", the word is Lee's, whoever Lee says it comes from. A claim, a
    statement or a letter has its own words: Lee agreed, despite a claim from Kim that it was "over".
    """
    verb = page.doc[clause.verb]
    if verb.pos_ == "NOUN":
        return clause
    if verb.dep_ == "relcl" and clause.head is not None and page.doc[clause.head].lower_ in {"he", "she", "they"}:
        return clause  # in "Lee said he backed it, which he called “a start”", the nearer word for the same speaker
    for outer in page.clauses:
        if _breaks_off(verb, outer):
            continue
        said = outer.strong and outer.form in {"clause", "inserted"} and not outer.negated and outer.source is not None
        if said and outer.source != clause.source and clause.verb in outer.content:
            return outer
    return clause


def _breaks_off(verb: Token, outer: Clause) -> bool:
    """Whether a verb of its own subject is only set against a speech: "Lee said it was over, while Kim said …"."""
    for step in verb, *verb.ancestors:
        if step.i <= outer.verb:
            return False
        marked = any(c.dep_ == "mark" and c.lower_ in CONTRASTS for c in step.children)
        if marked and step.dep_ == "advcl" and any(c.dep_ in SUBJECTS for c in step.children):
            return True
    return False


def is_title(page: Page, run: Run) -> bool:
    """Whether a run is a title: in title case, after what the title of a work stands behind ("author of", "hosts")."""
    left = page.left(run)
    words = re.findall(rf"[^\W\d_]{{{LONGEST_SMALL + 1},}}", page.text[slice(*run.inner)])
    while left and page.doc[left[-1]].text == ",":
        left = left[:-1]
    if not left or len(words) < 2 or not all(word[0].isupper() and not word.isupper() for word in words):
        return False
    return page.doc[left[-1]].lower_ in lexicon().before_titles


class _Around:
    """What stands around a run in its sentence: unquoted tokens left and right of it, and their reporting clauses."""

    def __init__(self, page: Page, run: Run) -> None:
        self.page = page
        self.run = run
        self.at = page.tokens(run.inner)
        self.ends = page.ends(run)
        self.left = page.left(run)
        self.right = page.right(run) if self.ends != "." else []
        self.long = word_count(page.text, run.inner) > SCARE_WORDS
        self.part = page.text[run.inner[0]].islower()
        self.quoting = [
            clause
            for clause in page.clauses
            if (lexicon().reports_quotation(lemma(page.doc[clause.verb])) or clause.form == "according")
            and not (clause.hypothetical and not clause.strong)
        ]
        self.before = [c for c in page.clauses if c.source is not None and c.verb in self.left]


# ---------------------------------------------------------------- the steps


def _signed(around: _Around) -> Clause | None:
    """A dash and a name behind a quotation, up to the end of the line: "A." — Anna Vik."""
    page, run = around.page, around.run
    found = _SIGNATURE.match(page.text, run.outer[1], page.paragraph.end)
    if found is None or not (around.long or around.ends == "."):
        return None
    first, last = page.tokens(found.span("name"))
    names = [i for i in range(first, last) if page.doc[i].text[0].isupper()]
    small = any(len(t.text) > LONGEST_SMALL and t.is_lower and t.pos_ in {"VERB", "AUX"} for t in page.doc[first:last])
    if not names or first == 0 or small:
        return None
    return Clause(first - 1, (first - 1, first), (first, last), names[-1], (), None, "bare", False, False, True)


def _after_comma(around: _Around) -> Clause | None:
    """Step 1. A run that ends in a comma is followed by its cue, unless it is led up to and a new sentence follows."""
    if around.ends not in {",", "?"} or _is_asked_or_labelled(around):
        return None
    if (around.part or around.ends == "?") and _leading(around) is not None:
        return _closing(around)
    clause = _right_after(around.page, around.right, around.quoting)
    if clause is None and around.long and (around.ends == "," or len(around.right) <= AFTERTHOUGHT):
        clause = _any_verb_after(around)
    return clause


def _is_asked_or_labelled(around: _Around) -> bool:
    """Whether what leads up to a run keeps it from what follows: Asked if it was "over," Lee …"""
    if not around.left:
        return False
    doc, words = around.page.doc, lexicon()
    first = next((doc[i] for i in around.left if doc[i].lower_ not in {"when", "later", "once", "but"}), None)
    if first is not None and first.tag_ in {"VBN", "VBD"} and lemma(first) in {"ask", "press", "question"}:
        return True
    last = doc[around.left[-1]]
    labels = lemma(last) in words.label and not words.reports_quotation(lemma(last))
    return around.part and last.pos_ == "VERB" and labels


def _closing(around: _Around) -> Clause | None:
    """A cue that closes the sentence outranks what only leads up: Nothing Kim said "will change my mind," Lee said."""
    reporting = [c for c in around.quoting if c.strong and not any(i > c.verb for i in c.content)]
    clause = _right_after(around.page, around.right, reporting)
    if clause is None or clause.source is None:
        return None
    told = clause.addressee is not None and not clause.source[0] <= clause.addressee < clause.source[1]
    if told or (around.ends != "," and clause.source[0] < clause.verb):
        return None
    last = max(clause.cue[1], clause.source[1])
    rest = [i for i in around.right if i >= last and not around.page.doc[i].is_punct]
    return clause if len(rest) <= CLOSING and not _leads_on(around, last) else None


def _leads_on(around: _Around, last: int) -> bool:
    """Whether a cue that ends before a token leads up to a later run: only a comma or a colon stands between."""
    page = around.page
    following = next((run for run in page.runs if run.outer[0] > around.run.outer[0]), None)
    if following is None:
        return False
    between = page.doc[last : page.tokens(following.outer)[0]]
    return len(between) <= 1 and not any(token.text in TERMINAL for token in between)


def _afterthought(around: _Around) -> Clause | None:
    """Step 1, for "A." X said: a sentence of its own that is nothing but a speaker and a cue."""
    if around.ends != "." or not around.long:
        return None
    page, run = around.page, around.run
    right = page.right(run)
    start = next((i for i in right if not page.doc[i].is_punct), None)
    if start is None or page.tokens(run.outer)[1] < start - 1 or len(right) > AFTERTHOUGHT:
        return None
    following = page.tokens(run.outer)[1] + len(right)
    if following < len(page.quoted) and any(page.quoted[following : following + 2]):
        return None
    clause = _right_after(page, right, [c for c in around.quoting if not c.content])
    return clause if clause is not None and clause.addressee is None else None


def _label_before_colon(around: _Around) -> Clause | None:
    """Step 2, for "Jones to Smith: A": a name and a colon, with no verb."""
    page, left = around.page, around.left
    if len(left) < 2 or page.doc[left[-1]].text != ":":
        return None
    label = left[:-1]
    if len(label) > COLON_LABEL_TOKENS or any(page.doc[i].pos_ in {"VERB", "AUX"} for i in label):
        label = [i for i in label if i >= _name_start(page, left[-1])]
    if (
        not label
        or page.doc[label[0]].pos_ not in {"PROPN", "NOUN", "ADJ"}
        or page.doc[label[-1]].pos_ not in {"PROPN", "NOUN", "PUNCT"}
    ):
        return None
    to = next((i for i in label if page.doc[i].lower_ == "to" and i > label[0]), None)
    end = label[-1] + 1 if to is None else to
    bracket = next((i for i in range(label[0], end) if page.doc[i].text == "("), end)
    words = [i for i in range(label[0], bracket) if page.doc[i].is_alpha]
    if not any(page.doc[i].pos_ == "PROPN" or page.doc[i].is_title for i in words):
        return None
    head = words[-1]
    colon = left[-1]
    addressee = label[-1] if to is not None else None
    return Clause(colon, (colon, colon + 1), (label[0], end), head, (), addressee, "bare", False, False, True)


def _name_start(page: Page, colon: int) -> int:
    """Where the proper name that ends before a colon begins; the colon itself if none does."""
    start = colon
    while start > 0 and (
        page.doc[start - 1].pos_ == "PROPN" or (start < colon and page.doc[start - 1].pos_ == "CCONJ")
    ):
        start -= 1
    dash = start > 0 and page.doc[start - 1].text in {"-", "–", "—"}
    sentence = start == 0 or page.doc[start].is_sent_start or page.quoted[start - 1]
    return start if dash or sentence else colon


def _root_before_colon(around: _Around) -> Clause | None:
    """Step 2, for "When X said it was over, Y shot back: A": the sentence's own verb, where it is nearest the colon."""
    page, left = around.page, around.left
    if not left or not around.long or page.doc[left[-1]].text != ":":
        return None
    verbs = [t for t in (page.doc[i] for i in left) if t.pos_ == "VERB" and (t.tag_ in FINITE or t.dep_ == "ROOT")]
    if not verbs or verbs[-1].dep_ != "ROOT" or any(c.verb >= verbs[-1].i for c in around.before):
        return None
    return bare_clause(page, verbs[-1])


def _leading(around: _Around) -> Clause | None:
    """Step 2. The last clause before the run, if only its own words stand between."""
    clauses = [c for c in around.before if c in around.quoting]
    if not clauses or not around.left:
        return None
    clause = clauses[-1]
    last = around.left[-1]
    if around.page.doc[last].text == ":" and _is_overtaken(around, clause):
        return None
    # After "After saying he was “ill,” Lee was" the source is the subject of another verb.
    own = max(clause.cue[1], clause.source[1] if clause.source and clause.source[0] <= clause.cue[1] else 0)
    if around.page.doc[last].text in {",", ":", "that", "—", "–"} or last < own + 1:
        return clause
    return clause if any(around.at[0] <= i < around.at[1] for i in clause.content) else None


def _is_overtaken(around: _Around, clause: Clause) -> bool:
    """Whether the verb that a clause depends on, with a subject of its own, stands between it and the colon."""
    doc = around.page.doc
    above = [doc[i] for i in around.left if i > clause.verb and doc[i].is_ancestor(doc[clause.verb])]
    return any(c.dep_ == "nsubj" and c.i > clause.verb for v in above if v.pos_ == "VERB" for c in v.children)


def _complement(around: _Around) -> Clause | None:
    """Step 3. The innermost clause whose complement holds at least half of the run."""
    first, last = around.at
    for clause in reversed(around.page.clauses):
        by_noun = around.page.doc[clause.verb].pos_ == "NOUN"
        if (clause.source is not None or by_noun) and sum(
            1 for i in clause.content if first <= i < last
        ) * 2 >= last - first:
            return clause
    return None


def _label_verb(around: _Around) -> Clause | None:
    """Step 4. A verb before the run that takes it as object or complement: called it "A", dismissed it as "A"."""
    if not around.before:
        return None
    clause = around.before[-1]
    nearer = any(clause.verb < c.verb and c.verb in around.left and c.form == "label" for c in around.page.clauses)
    near = around.at[0] - clause.verb < LABEL_REACH and not nearer
    if not near or clause.form not in {"label", "request", "clause", "inserted"}:
        return None
    doc, verb = around.page.doc, around.page.doc[clause.verb]
    between = [doc[i] for i in around.left if i > clause.verb]
    if lemma(verb) in lexicon().labels_as and not any(token.lower_ == "as" for token in between):
        return None
    # After "when Kim called it off, Lee shot back" and the like somebody else is speaking.
    others = any(token.dep_ in {"nsubj", "nsubjpass"} and not verb.is_ancestor(token) for token in between)
    return None if others else clause


def _after_words(around: _Around) -> Clause | None:
    """Step 1 again, for a run that ends in no mark: "made clear" X said."""
    return _right_after(around.page, around.right, around.quoting) if around.ends != "." else None


def _sentence_subject(around: _Around) -> Clause | None:
    """Step 2, whatever the verb: X fired back: "A" / X put it, "A"."""
    page, left = around.page, around.left
    if not left or not around.long:
        return None
    last = page.doc[left[-1]].text
    full = page.text[around.run.inner[0]].isupper() and word_count(page.text, around.run.inner) >= FULL_QUOTATION
    if not (last == ":" or (last == "," and full and around.ends in {".", "?"})):
        return None
    verbs = [page.doc[i] for i in left if page.doc[i].tag_ in FINITE and page.doc[i].pos_ in {"VERB", "AUX"}]
    if last == ",":
        verbs.sort(key=lambda verb: verb.dep_ == "ROOT")
    return bare_clause(page, verbs[-1]) if verbs else None


def _nearby(around: _Around) -> Clause | None:
    """Step 7. A cue anywhere in the run's sentence; the surest guess there is, and no more than that."""
    if not around.long:
        return None
    doc = around.page.doc
    sure = [
        c
        for c in around.quoting
        if c.strong and c.head is not None and (doc[c.head].pos_ == "PROPN" or doc[c.head].lower_ in {"he", "she"})
    ]
    before = [c for c in around.before if c in sure and not (c.content and doc[c.verb].dep_ in {"pcomp", "advcl"})]
    after = [c for c in sure if c.verb in around.right and c.source is not None]
    return before[-1] if before else after[0] if after else None


def _labelled_by(around: _Around) -> Clause | None:
    """Step 4, ahead of the rest: what Kim called "a mess" was, according to Lee, "fine"."""
    clause = around.before[-1] if around.before and around.left else None
    if clause is None or clause.form != "label" or around.left[-1] != clause.verb:
        return None
    return clause if any(c.form == "according" and clause.verb in c.content for c in around.page.clauses) else None


def _in_words(around: _Around) -> Clause | None:
    """Step 2, for "in his words", "in the words of Lee", before the run or behind it."""
    doc = around.page.doc
    for i in (*around.left[-IN_WORDS:], *around.right[:IN_WORDS]):
        if doc[i].lower_ != "words" or doc[i].head.lower_ != "in":
            continue
        of = (c for t in doc[i].children if t.lower_ == "of" for c in t.children if c.dep_ == "pobj")
        owner = next((c for c in doc[i].children if c.dep_ == "poss"), None) or next(of, None)
        if owner is not None:
            source = owner.left_edge.i, owner.i + 1
            return Clause(i, (i, i + 1), source, owner.i, (), None, "bare", False, False, True)
    return None


STEPS = (
    (_signed, "signed"),
    (_in_words, "words"),
    (_labelled_by, "label"),
    (_after_comma, "after"),
    (_afterthought, "after"),
    (_label_before_colon, "colon"),
    (_root_before_colon, "before"),
    (_leading, "before"),
    (_complement, "complement"),
    (_label_verb, "label"),
    (_after_words, "after"),
    (_sentence_subject, "before"),
    (_nearby, "nearby"),
)


# ---------------------------------------------------------------- by the surface


def bare_clause(page: Page, verb: Token) -> Clause | None:
    """A clause for a verb that the lexicon does not hold, from its subject."""
    head, passive = subject_of(verb, page.quoted)
    if head is None or passive or head.pos_ not in {"PROPN", "PRON", "NOUN"} or head.lower_ in lexicon().empty_subjects:
        return None
    source = source_range(head, verb, page.quoted)
    if source[1] > verb.i:
        return None
    return Clause(verb.i, (verb.i, verb.i + 1), source, head.i, (), None, "bare", False, False, False)


def _any_verb_after(around: _Around) -> Clause | None:
    """A phrase and a finite verb right after a full quotation, whatever the verb: "A," X shot back."""
    page, doc = around.page, around.page.doc
    start = next((i for i in around.right if not doc[i].is_punct), None)
    if start is None or doc[start].pos_ not in {"PROPN", "PRON", "DET", "ADJ", "NOUN"}:
        return None
    verb = next((doc[i] for i in around.right if i > start and doc[i].tag_ in FINITE), None)
    if verb is None or verb.i - start > FARTHEST_CUE:
        return None
    found = _phrase_at(page, start, verb.i)
    if found is None or (
        found[1] + 1 != verb.i and not any(t.pos_ == "ADV" or t.is_punct for t in doc[found[1] + 1 : verb.i])
    ):
        return None
    person = doc[found[1]].lemma_.lower() in lexicon().person_nouns and not around.part
    if not (doc[found[1]].pos_ == "PROPN" or doc[found[1]].lower_ in {"he", "she"} or person):
        return None
    return Clause(verb.i, (verb.i, verb.i + 1), found[0], found[1], (), None, "bare", False, False, False)


def _right_after(page: Page, right: list[int], clauses: list[Clause]) -> Clause | None:
    """The clause that begins where the run ends: "A," X said, "A," said X, "A," X, who was there, said."""
    doc = page.doc
    start = next((i for i in right if not doc[i].is_punct and not doc[i].is_quote), None)
    if start is None:
        return None
    for clause in clauses:
        if clause.verb not in right or clause.verb - start > FARTHEST_CUE or clause.form == "according":
            if clause.form == "according" and start <= clause.verb <= start + 1:
                return clause
            continue
        if clause.verb == start or clause.cue[0] == start:
            return _with_source_after(page, clause)
        if clause.source is not None and start - 1 <= clause.source[0] <= start and clause.source[0] < clause.verb:
            return clause
        found = _phrase_at(page, start, clause.cue[0])
        if found is not None:
            return replace(clause, source=found[0], head=found[1])
    return None


def _with_source_after(page: Page, clause: Clause) -> Clause | None:
    """The phrase after the verb is the source, whatever the parser makes of it: "A," said X."""
    if clause.source is not None and clause.source[0] >= clause.verb:
        return clause
    at = clause.cue[1]
    end = at
    while end < len(page.doc) and not page.quoted[end] and page.doc[end].pos_ in NOMINAL:
        end += 1
    heads = [i for i in range(at, end) if page.doc[i].pos_ in {"PROPN", "NOUN", "PRON"}]
    clausal = end < len(page.doc) and page.doc[end].pos_ in {"VERB", "AUX"} and page.doc[end].tag_ != "VBG"
    if not heads or (clausal and clause.source is not None):
        return clause if clause.source is not None else None
    return replace(clause, source=(at, end), head=heads[-1])


def _phrase_at(page: Page, start: int, cue: int) -> tuple[tuple[int, int], int] | None:
    """The noun phrase from ``start`` up to a cue, with what commas set apart after it: its tokens and its head."""
    doc = page.doc
    end = start
    if doc[start].pos_ in {"ADP", "PART"}:
        return None
    while end < cue and (doc[end].pos_ in NOMINAL or doc[end].is_title):
        end += 1
    rest = [doc[i] for i in range(end, cue)]
    if end == start or (
        rest and rest[0].text not in {",", "(", "–", "—"} and any(t.pos_ not in {"ADV", "AUX"} for t in rest)
    ):
        return None
    heads = [i for i in range(start, end) if doc[i].pos_ in {"PROPN", "NOUN", "PRON", "ADJ"} or doc[i].is_title]
    if not heads:
        return None
    named = [token for token in rest if token.pos_ == "PROPN"]
    if rest and rest[0].text == "," and named and doc[heads[-1]].pos_ == "NOUN":
        end = max(token.i for token in named) + 1  # "a deckhand, Jon Vik, 34,"
    return (start, end), heads[-1]
