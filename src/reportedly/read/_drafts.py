"""What is known of a quote while it is being put together, and the paragraph it stands in, by tokens."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Token

from reportedly._records import Certainty, Span
from reportedly.read._attitudes import find_attitudes
from reportedly.read._clauses import Clause, find_clauses
from reportedly.read._cues import lexicon
from reportedly.read._marks import Run, find_runs
from reportedly.read._parse import Paragraph

SUREST = frozenset({"after", "according", "complement", "inserted"})
"""Rules that name the right source at least 95 times in 100 on PolNeAR's training articles (docs/benchmarks.md)."""
DOUBTFUL = frozenset({"nearby", "request"})
"""Rules that do so less than 85 times in 100."""
WORD = re.compile(r"\w+(?:[’'-]\w+)*")
TERMINAL = {".", "!", "?", "…"}


def certainty_of(rule: str, clause: Clause) -> Certainty:
    """How far a rule is to be trusted that has a clause to go by; a pronoun for a source makes it less."""
    if clause.form == "attitude":
        return "medium" if clause.strong else "low"
    return "high" if rule in SUREST else "low" if rule in DOUBTFUL else "medium"


@dataclass
class Draft:
    """One quote in the making. ``runs`` are its quoted runs, ``words`` its unquoted tokens; both of one paragraph.

    ``heir`` is the draft whose source this one takes over, where its own paragraph names none.
    """

    page: Page
    runs: list[Run] = field(default_factory=list)
    words: tuple[int, ...] = ()
    clause: Clause | None = None
    heir: Draft | None = None
    rule: str = ""
    certainty: Certainty = "high"
    scare: bool = False


class Page:
    """A paragraph with its quoted runs and reporting clauses, by token number."""

    def __init__(self, text: str, paragraph: Paragraph) -> None:
        self.text = text
        self.paragraph = paragraph
        self.doc = paragraph.doc
        self.runs = list(find_runs(text, (paragraph.start, paragraph.end)))
        self.quoted = self._quoted()
        if any(not run.closed for run in self.runs):
            self._cut_unclosed()

    def _quoted(self) -> list[bool]:
        marks = [False] * len(self.doc)
        at = 0
        for run in self.runs:
            start, end = run.outer[0] - self.paragraph.start, run.outer[1] - self.paragraph.start
            while at < len(self.doc) and self.doc[at].idx < start:
                at += 1
            while at < len(self.doc) and self.doc[at].idx < end:
                marks[at] = True
                at += 1
        return marks

    def _cut_unclosed(self) -> None:
        """End a run whose closing mark is lost before the reporting clause it swallowed ("… nothing Lee said as")."""
        words = lexicon()
        runs: list[Run] = []
        for run in self.runs:
            cut = None if run.closed else self._swallowed(run, words.speech)
            if cut is not None and cut - run.inner[0] > 20:
                end = cut
                while self.text[end - 1] in " \t,":
                    end -= 1
                run = Run((run.outer[0], end), (run.inner[0], end), run.family, run.opened, False)
            runs.append(run)
        self.runs = runs
        self.quoted = self._quoted()

    def _swallowed(self, run: Run, speech: frozenset[str]) -> int | None:
        """Where a name and a verb of speech ("Lee said as", "the mayor said at") stand inside the run."""
        first, last = self.tokens(run.inner)
        for i in range(first + 2, last - 1):
            verb, name = self.doc[i], self.doc[i - 1]
            if verb.tag_ != "VBD" or verb.lemma_.lower() not in speech or self.doc[i + 1].lower_ == "that":
                continue
            if name.pos_ == "PROPN":
                start = i - 1
                while start > first and self.doc[start - 1].pos_ == "PROPN":
                    start -= 1
                return self.offset(start)
        return None

    @cached_property
    def clauses(self) -> list[Clause]:
        """Reporting clauses outside the quoted runs."""
        return find_clauses(self.doc, self.quoted, lexicon())

    @cached_property
    def attitudes(self) -> list[Clause]:
        """What is attributed outside the quoted runs without a reporting clause."""
        return find_attitudes(self.doc, self.quoted, {clause.verb for clause in self.clauses if clause.content})

    # ------------------------------------------------------------ tokens and offsets

    def offset(self, token: int) -> int:
        """Offset in the article of a token's first character."""
        return self.paragraph.start + self.doc[token].idx

    def span(self, tokens: tuple[int, int]) -> Span:
        """Offsets in the article of a half-open range of tokens."""
        last: Token = self.doc[tokens[1] - 1]
        return self.offset(tokens[0]), self.paragraph.start + last.idx + len(last.text)

    def tokens(self, span: Span) -> tuple[int, int]:
        """The half-open range of tokens that begin inside a span of the article."""
        start, end = span[0] - self.paragraph.start, span[1] - self.paragraph.start
        places = range(len(self.doc))
        first = bisect_left(places, start, key=lambda i: self.doc[i].idx)
        return first, bisect_left(places, end, lo=first, key=lambda i: self.doc[i].idx)

    # ------------------------------------------------------------ around a run

    def ends(self, run: Run) -> str:
        """How a run ends: ``.`` a sentence is over, ``,`` or ``?`` a cue may follow, "" it goes on."""
        last = self.text[run.inner[1] - 1]
        if not run.closed and run.outer[1] < self.paragraph.end and last not in TERMINAL:
            return ","
        following = (
            self.text[run.outer[1] : run.outer[1] + 1] if run.closed and run.outer[1] < self.paragraph.end else ""
        )
        if last in ".…":
            return "."
        if last in ",?!—–-":
            return "," if last in ",—–-" else "?"
        return "." if following == "." else "," if following in {",", "—", "–"} else ""

    def right(self, run: Run) -> list[int]:
        """Unquoted tokens after the run up to the end of its sentence."""
        return self._outside(range(self.tokens(run.outer)[1], len(self.doc)))

    def left(self, run: Run) -> list[int]:
        """Unquoted tokens before the run from the start of its sentence, in text order."""
        return self._outside(range(self.tokens(run.outer)[0] - 1, -1, -1))[::-1]

    def _outside(self, places: range) -> list[int]:
        """The unquoted tokens of these places, in their order, up to where a sentence ends."""
        tokens = []
        for i in places:
            if self.quoted[i]:
                if self._closes_sentence(i):
                    break
                continue
            if self.doc[i].text in TERMINAL:
                break
            if not self.doc[i].is_space:
                tokens.append(i)
        return tokens

    def _closes_sentence(self, i: int) -> bool:
        """Whether a quoted token is the full stop that ends both its run and the sentence around it."""
        if self.doc[i].text not in TERMINAL or self.doc[i].text in "?!":
            return False
        j = i + 1
        while j < len(self.doc) and self.quoted[j] and self.doc[j].is_quote:
            j += 1
        return j >= len(self.doc) or not self.quoted[j] or j > i + 1


def word_count(text: str, span: Span) -> int:
    """Words in a span of the text."""
    return sum(1 for _ in WORD.finditer(text, *span))
