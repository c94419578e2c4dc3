"""What changed in a story from one readout of it to the next: a pure function on the two.

News comes with an article. Only what an article that came, or words that came into one, have a part in is news; what
other rules, a user's move or a merger of stories make of articles that were there before is not. Ids of statements,
claims and differences may change whenever an article joins, so these are matched by where their passages stand; in an
article that was edited, by where the passages of the earlier text stand now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import Literal

from reportedly._records import Article, Change, Claim, Difference, Passage, QuoteType, Readout, Span, Statement
from reportedly.collect import changes
from reportedly.tell._clean import shorten
from reportedly.tell._names import outlet_name

NewsKind = Literal["story", "outlet", "article", "edit", "statement", "difference", "corroborated"]

NO_NEWS = frozenset(("wording", "spelling"))
"""Kinds of differences that every further report has, and that say nothing of what happened."""
AROUND = 60
"""Characters of an article that are shown on each side of an edit."""
LONGEST = 1_000
"""Characters of words that went or came that are kept; the versions have them whole."""
MOST_EDITS = 40
"""Edits of one article that are kept."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage in its words, with the outlet that has it. ``said``: of words that somebody said, whether directly."""

    article: str
    outlet: str
    spans: tuple[Span, ...]
    words: str
    said: QuoteType | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that went and words that came in their place, either may be "", with a little of what stands around."""

    prefix: str
    went: str
    came: str
    suffix: str


@dataclass(frozen=True, slots=True)
class News:
    """One thing that changed in a story. ``id`` is made of the evidence: the same is never two.

    kind: ``story``: a new story; ``outlet``: an article of an outlet that had none; ``article``: another one of an
    outlet that had; ``edit``: words of an article changed after it was first read; ``statement``: something said
    that no article had; ``difference``: accounts differ that did not; ``corroborated``: a claim has a second
    independent origin for the first time. ``words`` are an article's title, the words said, the claim, or what the
    sides say; ``about`` is the kind of difference. ``article`` is the one that it came with, ``earlier`` the
    sha256 of its text before an edit.
    """

    id: str
    kind: NewsKind
    story: str
    title: str
    words: str
    article: str
    outlets: tuple[str, ...]
    speaker: str | None = None
    about: str | None = None
    passages: tuple[Quoted, ...] = ()
    edits: tuple[Edit, ...] = ()
    earlier: str | None = None


_PHRASES: dict[NewsKind, tuple[str, str]] = {
    "story": ("new story", "new stories"),
    "outlet": ("new outlet", "new outlets"),
    "article": ("new article", "new articles"),
    "edit": ("article edited", "articles edited"),
    "statement": ("new statement", "new statements"),
    "difference": ("new difference", "new differences"),
    "corroborated": ("claim first corroborated", "claims first corroborated"),
}


def phrase(kind: NewsKind, count: int = 1) -> str:
    """A kind of news in words, of one or of several."""
    return _PHRASES[kind][count != 1]


def news(old: Readout | None, new: Readout, known: Iterable[str] = ()) -> tuple[News, ...]:
    """What changed from an earlier readout of a story, or from none. ``known``: articles told of before, by id."""
    story = _Story(old, new, frozenset(known))
    if not story.came and not story.edited:
        return ()
    if len(story.came) == len(new.articles):
        return (story.whole(),)
    return tuple(
        chain(
            story.articles(),
            story.edits(),
            (item for one in new.statements if (item := story.statement(one))),
            (item for one in new.claims if (item := story.claim(one))),
            (item for one in new.differences if (item := story.difference(one))),
        )
    )


class _Story:
    """Two readouts of one story, and what of the new one was there before."""

    def __init__(self, old: Readout | None, new: Readout, known: frozenset[str]) -> None:
        self.new = new
        self.now = {one.article.id: one.article for one in new.articles}
        then = {one.article.id: one.article for one in old.articles} if old else {}
        self.came = [one for one in self.now if one not in then and one not in known]
        self.edited = {
            name: (then[name], changes(then[name].text, one.text))
            for name, one in self.now.items()
            if name in then and then[name].sha256 != one.sha256
        }
        self.people = {person.id: person.name for person in new.people}
        self._outlets = {_outlet(one) for one in chain(then.values(), self.now.values()) if one.id not in self.came}
        self._said = [self._moved(_of_statement(one)) for one in old.statements] if old else []
        self._sure = [self._moved(_of_claim(one)) for one in old.claims if one.origins > 1] if old else []
        self._differences = (
            [(one.kind, [self._moved(side.reports) for side in one.sides]) for one in old.differences] if old else []
        )

    # ------------------------------------------------------------ kinds of news

    def whole(self) -> News:
        """The story itself, where all of it is new."""
        first = self.came[0]
        return self._item("story", self._title(), first, [self.new.id], outlets=tuple(self.now))

    def articles(self) -> Iterable[News]:
        """Articles that came; the first one of an outlet counts as the outlet's."""
        outlets = set(self._outlets)
        for name in self.came:
            outlet = _outlet(self.now[name])
            yield self._item(
                "article" if outlet in outlets else "outlet", _headline(self.now[name]), name, [name], outlets=(name,)
            )
            outlets.add(outlet)

    def edits(self) -> Iterable[News]:
        """Articles whose words were changed."""
        for name, (before, parts) in self.edited.items():
            article = self.now[name]
            shown = [_edit(before, article, part) for part in parts[:MOST_EDITS]]
            if parts:
                yield self._item(
                    "edit", _headline(article), name, [name, before.sha256, article.sha256], outlets=(name,),
                    edits=tuple(shown), earlier=before.sha256,
                )  # fmt: skip

    def statement(self, one: Statement) -> News | None:
        """A statement, if every report of it is new and it was in none of the old ones."""
        reports = [[Passage(report.article, span) for span in report.content] for report in one.reports]
        if not all(any(map(self._fresh, report)) for report in reports):
            return None
        if any(_overlap(old, passage) for old in self._said for passage in chain(*reports)):
            return None
        passages = tuple(
            self._quoted(passages, report.type) for passages, report in zip(reports, one.reports, strict=True)
        )
        speaker = self.people.get(one.speaker) if one.speaker else None
        first = passages[0]
        return self._item("statement", first.words, first.article, _key(reports[0]), passages, speaker=speaker)

    def claim(self, one: Claim) -> News | None:
        """A claim, if something new is the first to corroborate it."""
        passages = _of_claim(one)
        fresh = [passage for passage in passages if self._fresh(passage)]
        if one.origins < 2 or not fresh:
            return None
        if any(_overlap(old, passage) for old in self._sure for passage in passages):
            return None
        quoted = tuple(self._quoted([passage]) for passage in passages)
        return self._item("corroborated", one.text.exact, fresh[0].article, _key(fresh[:1]), quoted)

    def difference(self, one: Difference) -> News | None:
        """A difference, if something new has a part in it and no old one was between the same passages."""
        fresh = [passage for side in one.sides for passage in side.reports if self._fresh(passage)]
        if one.kind in NO_NEWS or not fresh or any(self._is_same(one, *old) for old in self._differences):
            return None
        quoted = tuple(self._quoted(side.reports[:1]) for side in one.sides if side.reports)
        words = " / ".join(side.value for side in one.sides)
        return self._item("difference", words, fresh[0].article, [one.kind, *_key(fresh[:1])], quoted, about=one.kind)

    # ------------------------------------------------------------ what was there

    def _fresh(self, passage: Passage) -> bool:
        """Whether a passage, or words of it, came since."""
        if passage.article in self.came:
            return True
        _, parts = self.edited.get(passage.article, (None, ()))
        start, end = passage.span
        return any(part.after[0] < end and start < part.after[1] for part in parts)

    def _moved(self, passages: Iterable[Passage]) -> list[Passage]:
        """Where passages of the old readout stand in the new one's texts."""
        moved = []
        for one in passages:
            if one.article in self.edited:
                parts = self.edited[one.article][1]
                span = _place(one.span[0], parts, False), _place(one.span[1], parts, True)
                moved.append(Passage(one.article, span))
            elif one.article in self.now:
                moved.append(one)
        return moved

    def _is_same(self, one: Difference, kind: str, sides: Sequence[Sequence[Passage]]) -> bool:
        """Whether an old difference was between passages on two sides of this one."""
        if kind != one.kind:
            return False
        pairs = [
            (number, other)
            for number, side in enumerate(one.sides)
            for other, old in enumerate(sides)
            if any(_overlap(old, passage) for passage in side.reports)
        ]
        return any(a != c and b != d for a, b in pairs for c, d in pairs)

    # ------------------------------------------------------------ records

    def _item(
        self, kind: NewsKind, words: str, article: str, key: Sequence[object], passages: tuple[Quoted, ...] = (),
        *, outlets: tuple[str, ...] = (), speaker: str | None = None, about: str | None = None,
        edits: tuple[Edit, ...] = (), earlier: str | None = None,
    ) -> News:  # fmt: skip
        names = [one.article for one in passages] or outlets
        return News(
            id=sha256(json.dumps([kind, *key]).encode()).hexdigest()[:16],
            kind=kind, story=self.new.id, title=self._title(), words=shorten(" ".join(words.split()), LONGEST),
            article=article, outlets=tuple(dict.fromkeys(_outlet(self.now[name]) for name in names)),
            speaker=speaker, about=about, passages=passages, edits=edits, earlier=earlier,
        )  # fmt: skip

    def _title(self) -> str:
        return " ".join(self.new.title.exact.split()) if self.new.title else _headline(next(iter(self.now.values())))

    def _quoted(self, passages: Sequence[Passage], said: QuoteType | None = None) -> Quoted:
        article = self.now[passages[0].article]
        words = " … ".join(" ".join(article.text[slice(*one.span)].split()) for one in passages)
        return Quoted(article.id, _outlet(article), tuple(one.span for one in passages), words, said)


def _of_statement(one: Statement) -> list[Passage]:
    return [Passage(report.article, span) for report in one.reports for span in report.content]


def _of_claim(one: Claim) -> list[Passage]:
    return [Passage(report.article, report.span) for report in one.reports]


def _overlap(old: Iterable[Passage], new: Passage) -> bool:
    start, end = new.span
    return any(one.article == new.article and one.span[0] < end and start < one.span[1] for one in old)


def _key(passages: Iterable[Passage]) -> list[object]:
    return [[one.article, *one.span] for one in passages]


def _place(at: int, parts: Sequence[Change], is_end: bool) -> int:
    """Where a place of the old text is in the new one; within words that went, at the edge of what came for them."""
    shift = 0
    for part in parts:
        start, end = part.before
        if at < start or (is_end and at == start):
            break
        if at < end:
            return part.after[is_end]
        shift = part.after[1] - end
    return at + shift


def _edit(before: Article, after: Article, part: Change) -> Edit:
    start, end = part.after
    return Edit(
        prefix=_words(after.text[max(0, start - AROUND) : start], start > AROUND, False),
        went=shorten(" ".join(before.text[slice(*part.before)].split()), LONGEST),
        came=shorten(" ".join(after.text[start:end].split()), LONGEST),
        suffix=_words(after.text[end : end + AROUND], False, end + AROUND < len(after.text)),
    )


def _words(text: str, cut_before: bool, cut_after: bool) -> str:
    """Whole words of a piece that may begin or end within one."""
    pieces = text.split(None, 1) if cut_before else [text]
    text = pieces[-1] if pieces else ""
    pieces = text.rsplit(None, 1) if cut_after else [text]
    return " ".join((pieces[0] if pieces else "").split())


def _outlet(article: Article) -> str:
    return outlet_name(article) or "outlet not named"


def _headline(article: Article) -> str:
    lines = (line for line in article.text.splitlines() if line.strip())
    return " ".join((article.title or next(lines, "")).split())
