"""Who a source names: from the words beside a cue to a person of the roster.

1. a mention of the roster that the source's head noun belongs to, or that stands in apposition to it
2. he, she: the nearest person before who can be meant, subjects of earlier sentences first (after the salience order of
   Lappin and Leass 1994), never one named in the same reporting clause as addressee
3. a description ("the Russian foreign minister") that stands for one person of the article
4. a description that stands for nobody known: an unnamed speaker, with the description as name; "the official" goes
   back to the last unnamed official

Nothing is guessed: a pronoun with no antecedent and a plural "they" without an organisation before it give None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from reportedly._records import Certainty, Person, PersonKind, Span
from reportedly.read._clauses import Clause
from reportedly.read._cues import lexicon
from reportedly.read._dialogue import ASKED
from reportedly.read._drafts import Draft, Page
from reportedly.read._parties import party_of
from reportedly.read._people_data import roles
from reportedly.read._roster import Roster

SINGULAR = {"he": "m", "she": "f", "him": "m", "her": "f", "his": "m"}
REACH = 6
"""Paragraphs back in which a pronoun's antecedent is looked for."""
DETERMINERS = re.compile(
    r"^(?:the|a|an|one|another|this|that|his|her|their|its|some|several|two|three|many)\s+", re.IGNORECASE
)
RELATIVE = re.compile(r",?\s(?:that|which|who)$")
"""The pronoun with which a source leads on to its cue: "banners that read"."""
FIRST_PERSON = {"i", "we", "you", "me", "us", "my", "our"}


@dataclass(frozen=True, slots=True)
class _Seen:
    """A person named or meant at a place: what pronouns go back to."""

    span: Span
    person: str
    subject: bool
    sentence: int
    page: int
    quoted: bool


class Resolver:
    """Resolves the sources of one article's drafts, in text order."""

    def __init__(self, text: str, pages: Sequence[Page], roster: Roster) -> None:
        self._text = text
        self._pages = pages
        self._roster = roster
        self._unnamed: dict[str, Person] = {}
        self._told: dict[str, Person] = {}
        self._numbers = {id(page): number for number, page in enumerate(pages)}
        self._seen: list[list[_Seen]] = [self._mentions(number, page) for number, page in enumerate(pages)]
        self._done: dict[int, tuple[str | None, Certainty, Span | None]] = {}

    def roster(self) -> Roster:
        """The roster with the unnamed speakers that were met."""
        return self._roster.with_people(self._unnamed.values(), self._told)

    def _mentions(self, number: int, page: Page) -> list[_Seen]:
        seen = []
        sentences = [(page.offset(s.start), s.start) for s in page.doc.sents]
        for span, person in self._roster.within((page.paragraph.start, page.paragraph.end)):
            if person.kind not in {"person", "unnamed"}:
                continue
            first, last = page.tokens(span)
            subject = any(page.doc[i].dep_ in {"nsubj", "nsubjpass"} for i in range(first, last))
            quoted = first < len(page.quoted) and page.quoted[first]
            sentence = sum(1 for offset, _ in sentences if offset <= span[0])
            seen.append(_Seen(span, person.id, subject, sentence, number, quoted))
        return seen

    def resolve_in_order(self, drafts: Iterable[Draft]) -> None:
        """Resolve the sources in text order, so that "the official" and "she" find who was named before them."""
        sourced = [
            (draft.page.span(draft.clause.source), draft.page, draft.clause, id(draft))
            for draft in drafts
            if draft.clause is not None and draft.clause.source is not None
        ]
        for _, page, clause, key in sorted(sourced, key=lambda item: item[0]):
            if key not in self._done:
                self._done[key] = self._resolve(page, clause)

    # ------------------------------------------------------------ the speaker of a draft

    def speaker(self, owner: Draft, draft: Draft) -> tuple[str | None, Certainty, Span | None]:
        """The id of the draft's speaker or None, how sure that is, and the words that name the speaker."""
        clause = owner.clause
        if clause is None or clause.source is None:
            return None, "low", None
        if id(owner) not in self._done:
            self._done[id(owner)] = self._resolve(owner.page, clause)
        person, certainty, source = self._done[id(owner)]
        order: tuple[Certainty, ...] = ("high", "medium", "low")
        return person, max(certainty, draft.certainty, owner.certainty, key=order.index), source

    def speaks_of(self, content: Iterable[Span], person: str | None) -> bool:
        """Whether the words of a quotation name the person who is to have said them."""
        return person is not None and any(who.id == person for span in content for _, who in self._roster.within(span))

    def signed(self, span: Span, name: str) -> str:
        """The id of whoever signs an embedded post: somebody of the roster, or an unnamed one of that name."""
        plain = name.casefold()
        for person in self._roster.people:
            if person.name.casefold() == plain:
                return person.id
        return self._new_unnamed(name, span)

    def addressee(self, draft: Draft) -> str | None:
        """The id of the person spoken to, if the roster has one."""
        clause = draft.clause
        if clause is None or clause.addressee is None:
            return None
        token = draft.page.doc[clause.addressee]
        person = self._named(draft.page, (token.left_edge.i, token.right_edge.i + 1), token.i)
        return person.id if person is not None else None

    def _resolve(self, page: Page, clause: Clause) -> tuple[str | None, Certainty, Span | None]:
        assert clause.source is not None  # noqa: S101 - the caller has looked
        assert clause.head is not None  # noqa: S101 - as above
        source = page.span(clause.source)
        head = page.doc[clause.head]
        if head.lower_ == "who" and head.head.dep_ == "relcl" and head.head.head.i < head.i:
            return self._relative(page, clause, head)
        if page.text[slice(*source)].casefold() in ASKED:
            return None, "low", source
        word = "" if head.text == "US" else head.lower_
        if word in SINGULAR and clause.source[1] - clause.source[0] == 1:
            person = self._antecedent(page, clause, SINGULAR[word])
            if person is not None:
                self._note(page, clause, person)
            return person, "medium", source
        if word in FIRST_PERSON:
            return None, "low", source
        if word in {
            "they",
            "it",
            "who",
            "which",
            "that",
            "this",
            "these",
            "those",
            "both",
            "all",
            "some",
            "others",
            "one",
        }:
            person = (
                self._group(page, source)
                if word in {"they", "it"} and clause.source[1] - clause.source[0] == 1
                else None
            )
            return person, "low", source
        together = self._together(page, clause, head)
        if together is not None:
            return together, "medium", source
        named = self._named(page, clause.source, clause.head)
        if named is not None:
            self._note(page, clause, named.id)
            return named.id, "high", source
        person, certainty = self._described(page, clause)
        if person is not None:
            self._note(page, clause, person)
        return person, certainty, source

    def _relative(self, page: Page, clause: Clause, who: Token) -> tuple[str | None, Certainty, Span | None]:
        """The antecedent, and the words from its name to the pronoun: "Jones, who said"."""
        antecedent = who.head.head
        together = [t for t in (antecedent, *antecedent.conjuncts) if t.i < who.i]
        start = min(t.left_edge.i for t in together)
        end = max(t.i for t in together) + 1
        found = self._resolve(page, replace(clause, source=(start, end), head=antecedent.i))
        return found[0], found[1], page.span((start, who.i + 1))

    def _note(self, page: Page, clause: Clause, person: str) -> None:
        assert clause.source is not None  # noqa: S101 - the caller has looked
        span = page.span(clause.source)
        number = self._numbers[id(page)]
        sentence = sum(1 for s in page.doc.sents if page.offset(s.start) <= span[0])
        entry = _Seen(span, person, True, sentence, number, False)
        if all(seen.span[0] != span[0] or seen.person != person for seen in self._seen[number]):
            self._seen[number].append(entry)

    # ------------------------------------------------------------ named

    def _named(self, page: Page, source: tuple[int, int], head: int) -> Person | None:
        """The mention that the head noun belongs to or that stands in apposition to it; persons before others."""
        found: list[tuple[int, Person]] = []
        doc = page.doc
        for span, person in self._roster.within(page.span(source)):
            first, last = page.tokens(span)
            if first >= last:
                continue
            owner = next((doc[i] for i in range(last - 1, first - 1, -1) if doc[i].dep_ not in {"punct"}), doc[first])
            outer = next((doc[i] for i in range(first, last) if not first <= doc[i].head.i < last), owner)
            if first <= head < last:
                found.append((0, person))
            elif outer.dep_ == "appos" or (doc[head].dep_ == "appos" and doc[head].head.i in range(first, last)):
                found.append((1, person))
            elif person.kind == "person":
                # Of a name alone: "a Vik spokesman" and "the Vik campaign" are not Vik.
                name = doc[head].pos_ == "PROPN" and doc[head].lemma_.lower() not in lexicon().person_nouns
                before = name and outer.head.i == head and outer.dep_ in {"compound", "nmod"} and last == head
                behind = last == source[1] and _explains(doc[head], doc[head + 1 : first])
                found += [(2, person)] * (before or behind)
        found = [(rank + (0 if person.kind in {"person", "unnamed"} else 3), person) for rank, person in found]
        best = min(found, key=lambda item: item[0], default=None)
        if best is not None and best[1].kind == "place" and best[0] > 3:
            return None
        return best[1] if best is not None else None

    def _together(self, page: Page, clause: Clause, head: Token) -> str | None:
        """Several who say one thing ("Norway and Iceland said"): a group of its own, not the first of them."""
        assert clause.source is not None  # noqa: S101 - the caller has looked
        both = [head, *(t for t in head.conjuncts if clause.source[0] <= t.i < clause.source[1])]
        named = {
            person.id
            for token in both
            # "Vik and the adviser Tom Berg": the parser may take the office for the head.
            for part in (token, *(c for c in token.children if c.dep_ in {"appos", "compound"}))
            for _, person in self._roster.within(page.span((part.i, part.i + 1)))
            if person.kind != "unnamed"
        }
        if len(both) < 2 or len(named) < len(both):
            return None
        phrase = _on_one_line(self._text[slice(*page.span(clause.source))]).removesuffix(" both")
        return self._new_unnamed(phrase, page.span(clause.source), "group")

    # ------------------------------------------------------------ pronouns

    def _antecedent(self, page: Page, clause: Clause, gender: str) -> str | None:
        """The person whom a singular pronoun before a cue means."""
        at = page.offset(clause.source[0]) if clause.source else page.paragraph.start
        number = self._numbers[id(page)]
        sentence = sum(1 for s in page.doc.sents if page.offset(s.start) <= at)
        avoid = self._addressed(page, clause)
        for back in range(number, max(-1, number - REACH), -1):
            seen = [s for s in self._seen[back] if s.person not in avoid and self._fits(s.person, gender)]
            if back == number:
                seen = [s for s in seen if s.span[1] <= at]
            for level in sorted({s.sentence for s in seen}, reverse=True):
                here = [s for s in seen if s.sentence == level and not s.quoted]
                here.sort(key=lambda s: (not s.subject, s.span[0] if back < number or level < sentence else -s.span[0]))
                if here:
                    return here[0].person
        return None

    def _addressed(self, page: Page, clause: Clause) -> set[str]:
        if clause.addressee is None:
            return set()
        token = page.doc[clause.addressee]
        return {p.id for _, p in self._roster.within(page.span((token.i, token.i + 1)))}

    def _fits(self, person: str, gender: str) -> bool:
        record = self._unnamed.get(person) or self._roster[person]
        if record.kind == "unnamed":
            return bool(set(re.findall(r"[\w-]+", record.name.lower())) & lexicon().person_nouns)
        return record.kind == "person" and self._roster.genders.get(person, gender) == gender

    def _group(self, page: Page, source: Span) -> str | None:
        """The organisation or country that "it" or "they" means: the subject before it, if that is one."""
        for span, person in self._roster.before(source[0]):
            if span[0] < page.paragraph.start - 600:
                return None
            first, last = page.tokens(span) if span[0] >= page.paragraph.start else (0, 0)
            if first < last and any(page.doc[i].dep_ in {"nsubj", "nsubjpass"} for i in range(first, last)):
                one = self._text[slice(*source)].lower() == "it"
                country = one and person.kind == "place" and person.party is not None
                return person.id if person.kind in {"organisation", "group"} or country else None
        return None

    # ------------------------------------------------------------ described

    def _described(self, page: Page, clause: Clause) -> tuple[str | None, Certainty]:
        assert clause.source is not None  # noqa: S101 - the caller has looked
        assert clause.head is not None  # noqa: S101 - as above
        head = page.doc[clause.head]
        phrase = RELATIVE.sub("", _on_one_line(self._text[slice(*page.span(clause.source))]))
        plural = head.tag_ in {"NNS", "NNPS"}
        # "Minister tells Norway": a headline's office of no country may be either side's.
        bare = page.paragraph.kind == "headline" and " " not in phrase
        known = None if plural or bare else self._roster.resolve_description(phrase)
        if known is not None:
            return known, "medium"
        if head.pos_ not in {"NOUN", "PROPN"} or not phrase or not any(c.isalpha() for c in phrase):
            return None, "low"
        definite = any(c.lower_ in {"the", "that", "this"} for c in head.children if c.dep_ == "det")
        woman = self._only_woman(page, clause, head, phrase)
        if woman is not None:
            return woman, "medium"
        if definite:
            earlier = self._last_unnamed(head.lemma_.lower(), page.offset(clause.source[0]))
            if earlier is not None:
                self._unnamed[earlier.id] = self._with_mention(earlier, page.span(clause.source))
                return earlier.id, "medium"
            introduced = self._introduced(page, head)
            if introduced is not None:
                return self._new_unnamed(introduced, page.span(clause.source)), "medium"
        return self._new_unnamed(phrase, page.span(clause.source)), "high"

    def _only_woman(self, page: Page, clause: Clause, head: Token, phrase: str) -> str | None:
        """The one woman of the article whom "the ministry's spokeswoman" means; of men there are too many in the news.

        What describes her tells her side, if nothing else does.
        """
        assert clause.source is not None  # noqa: S101 - the caller has looked
        if roles().gender.get(head.lower_) != "f" or any(c.lower_ in {"a", "an", "another"} for c in head.children):
            return None
        women = [p for p in self._roster.people if self._roster.genders.get(p.id) == "f"]
        if len(women) != 1 or women[0].mentions[0][0] >= page.offset(clause.source[0]):
            return None
        said = DETERMINERS.sub("", phrase)
        known = self._told.setdefault(women[0].id, women[0])
        if said not in known.roles:
            self._told[women[0].id] = replace(
                known, roles=(*known.roles, said), party=known.party if known.party else party_of(said)
            )
        return women[0].id

    def _last_unnamed(self, noun: str, before: int) -> Person | None:
        """The unnamed speaker whom "the official", "the person" takes up."""
        people = lexicon().person_nouns
        generic = noun in {"person", "source", "man", "woman"}
        best: Person | None = None
        for person in self._unnamed.values():
            words = set(re.findall(r"[\w'-]+", person.name.lower()))
            fits = noun in words or (generic and words & people)
            if fits and person.mentions[-1][1] <= before and (best is None or person.mentions[-1] > best.mentions[-1]):
                best = person
        return best

    def _introduced(self, page: Page, head: Token) -> str | None:
        """How an article introduced whom it then calls "the official": "a senior official in Bergen", said or not."""
        noun = head.lemma_.lower()
        if noun not in lexicon().person_nouns:
            return None
        number = self._numbers[id(page)]
        for back in range(number, max(-1, number - REACH), -1):
            doc = self._pages[back].doc
            end = head.i if back == number else len(doc)
            for token in reversed(doc[:end]):
                article = next((c for c in token.children if c.dep_ == "det"), None)
                if token.lemma_.lower() == noun and article is not None and article.lower_ in {"a", "an", "one"}:
                    stop = next((c.left_edge.i for c in token.children if c.dep_ in {"relcl", "acl", "appos"}), None)
                    last = min(token.right_edge.i + 1, stop if stop is not None else len(doc))
                    return _on_one_line(doc[token.left_edge.i : last].text)
        return None

    def _with_mention(self, person: Person, span: Span) -> Person:
        mentions = tuple(sorted({*person.mentions, span}))
        return Person(person.id, person.name, person.kind, person.roles, mentions, person.party)

    def _new_unnamed(self, phrase: str, span: Span, kind: PersonKind = "unnamed") -> str:
        name = DETERMINERS.sub(lambda m: m.group(0) if m.group(0).lower().strip() not in {"the"} else "", phrase)
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "unnamed"
        identifier = f"u-{slug}"
        if identifier in self._unnamed:
            self._unnamed[identifier] = self._with_mention(self._unnamed[identifier], span)
        else:
            self._unnamed[identifier] = Person(
                identifier, name, kind, (), (span,), None if kind == "group" else party_of(name)
            )
        return identifier


def _explains(head: Token, between: Iterable[Token]) -> bool:
    """By the surface: "the leader Per Vik", "a sailor, Jon Berg", whatever the parser makes of the name."""
    return head.pos_ == "NOUN" and all(token.text == "," for token in between)


def _on_one_line(phrase: str) -> str:
    """A phrase with single spaces, without the marks at its ends."""
    return re.sub(r"\s+", " ", phrase).strip(" ,;:–—-")
