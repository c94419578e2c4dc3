"""Says of every line of an article which kind of block it is.

There is no model here: news texts copied from pages lose their tags but keep their shapes, and the shapes are few. The
order of the passes is an order of certainty:

1. what collect knows from the page's tags (headline, heading, caption, embed) stands, except that a heading such as
   "Read more" is a page's furniture whatever its tag;
2. what the line's own words say (`_block_patterns`): links, credits, posts, "PHOTO:";
3. what is printed twice: the later one is a repeat;
4. the head: headline, sub-headline, byline, date, down to the first paragraph;
5. the middle: a line without a final stop between paragraphs is a heading if short, a caption if there is proof that
   this article's captions look like that, and otherwise body: a paragraph lost is worse than a caption kept;
6. the foot: titles of linked articles after the last paragraph.
"""

from __future__ import annotations

import re

from reportedly._outlets import outlets_by_name
from reportedly._records import BlockKind
from reportedly.read._block_head import is_date_line, is_lone_dateline, lone_place, read_byline, read_dateline
from reportedly.read._block_lines import NOT_WORD, Line
from reportedly.read._block_patterns import group_of, kind_of, opens_list

HEADLINE_WORDS = 25
"""A first line that does not end as a sentence is a headline up to this length (the longest tabloid ones have 25)."""
DEK_WORDS = 40
PART_WORDS = 3
"""A title printed on several lines: so many words at its start or its end make a line a part of it."""
HEADING_WORDS = 10
QUOTED_HEADING_WORDS = 16
LISTED = 3
"""Headings between paragraphs; a heading that quotes may be longer."""
REPEAT_WORDS = 5
REPEAT_PROSE_WORDS = 8
"""Shorter lines occur twice by right: "Yes.", a name in a list, a question put again."""
LEDE_WORDS = 8
"""So many first words in common with a paragraph show a line to be that paragraph printed again."""
CAPTION_WORDS = (4, 80)
PROSE_WORDS = 15
PUNCTUATED = 0.6
"""If a smaller share of the long lines ends with a stop, a missing stop says nothing about this text."""
HEAD_LINES = 12
TITLE_CASE = 0.7
"""Share of the longer words with a capital that makes a line a title in headline style."""
LINKS = 8
"""Lines that a heading such as "Related stories" may claim."""

CUE_AFTER_QUOTE = re.compile(
    r"[,?!.…][\"”’']+\s+(?:[\w.’'-]+\s+){0,12}?(?:\w{2,}ed|said|says|told|wrote|writes|went on)\b"
)
ENDS_IN_CUE = re.compile(r"\b(?:said|says|told \w+|added|wrote|asked|replied|tweeted|continued)(?: \w+)?\W*$")
LABELLED = re.compile(r"(?:Q|A|[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})(?: \(.{1,30}\))?:\s+\S")
PICTURE = re.compile(
    r"\((?:left|right|center|centre|top|bottom|from left|pictured|seen|above|below|foreground|background)\b|\([LRC]\)"
    r"|, (?:left|right|center|centre|second left|second right|far left|far right|pictured|top|above), "
    r"|, (?:left|right|center|centre|pictured)(?:,| here\b|$)"
    r"|\b(?:is|are) (?:pictured|seen|shown|photographed)\b"
    r"|\bpos(?:es?|ing) (?:for|with|at|outside|beside|next)\b|\blooks? on(?: as| during|,|$)"
    r"|\bshak(?:es?|ing) hands\b|\bfile (?:photo|picture|image)\b|\bpictured\b|\bseen here\b"
    r"|\bphoto(?:graph)?(?:ed)? (?:by|from|taken)\b"
    r"|^(?:Pictured|From left)\b", re.IGNORECASE)
PHOTO_CREDIT = re.compile(
    r"(?:\((?:AP|AFP|Reuters|EPA|Getty|PA|UPI|Bloomberg|TASS|Xinhua|Photo|Image|Picture|Credit|Courtesy"
    r"|File|Handout)\b[^()]{0,120}\)"
    r"|(?:Photo|Image|Picture|Photograph|Credit|Courtesy)(?: credit)?(?:: ?| by | of |(?=[A-Z][a-z]+ [A-Z]))"
    r"[^.!?]{2,80}"
    r"|[A-ZÀ-Þ][\w.’'-]+(?:[ /][A-ZÀ-Þ][\w.’'-]+){0,5}(?:/| via )(?:\w+ via )?(?P<owner>[A-Z][\w./’' -]{1,30})"
    r"|(?:©|Copyright)\s?[\w .,/’'-]{2,60}"
    r"|(?P<site>(?:[A-Za-z0-9-]{2,}\.)+(?:com|org|net|gov|int|mil|info|[a-z]{2})))\.?\s*\d*$")
INTERROGATIVE = re.compile(
    r"(?:What|Why|How|Who|When|Where|Which|Is|Are|Was|Were|Will|Can|Could|Should|Does|Do|Did|Has)\b"
)
NO_SITE_CREDIT = re.compile(r"[.!?:;,]\s+\S+$|\b(?:at|to|on|from|by|with|of|via|and)\s+\S+$")
SENTENCE_AND_NAME = re.compile(
    r"\w{5,}[.!?] (?:[A-ZÀ-Þ][\w.’/&-]*)(?: (?:[A-ZÀ-Þ][\w.’/&-]*|of|the|for|and|via|/)){1,5}(?<=[\wÀ-Þ])$"
)
"""A description, a stop, and names without one: who took the picture."""
QUOTED = re.compile(r"[\"“‘'«].+[\"”’'»]$")


def kinds_of(lines: list[Line], title: str | None, authors: tuple[str, ...]) -> list[BlockKind]:
    """The kind of every line, in order. ``title`` and ``authors`` are what is known beforehand."""
    kinds: list[BlockKind | None] = [line.fixed for line in lines]
    _mark_spoken_for(lines, kinds, title)
    _mark_repeats(lines, kinds)
    body = _head(lines, kinds, title, authors)
    _middle(lines, kinds, body)
    _foot(lines, kinds, authors)
    return [kind or "body" for kind in kinds]


# ---------------------------------------------------------------- 2. what the words say


def _mark_spoken_for(lines: list[Line], kinds: list[BlockKind | None], title: str | None) -> None:
    listed = 0
    seen = False
    wanted = _key(title)
    for number, line in enumerate(lines):
        if kinds[number] == "heading" and (listed or group_of(line)):
            kinds[number] = "boilerplate"
            listed = LINKS if opens_list(line) else max(listed - 1, 0)
            continue
        if kinds[number]:
            seen, listed = True, 0
            continue
        group = None if wanted and line.key == wanted else group_of(line)
        if group in {"related", "nag"} and not seen and line.words > 3 and not line.key.startswith("related"):
            group = None
        if group:
            kinds[number] = "caption" if group == "rights" and _described_credit(line) else kind_of(group)
            listed = LINKS if opens_list(line) else listed
            if group == "embed":
                _take_post(lines, kinds, number)
        elif _is_credit(line):
            kinds[number] = "boilerplate"
        elif listed and not line.stops and not line.open_end and line.words <= HEADLINE_WORDS:
            kinds[number], listed = "boilerplate", listed - 1
        else:
            listed = 0
            seen = True


def _described_credit(line: Line) -> bool:
    """A picture's description that happens to end in a credit is the picture's caption, not the page's fine print."""
    return line.bare[:1] not in "©(" and PICTURE.search(line.bare) is not None


def _take_post(lines: list[Line], kinds: list[BlockKind | None], number: int) -> None:
    """Before a post's signature stands its text: one line, unless that line is a paragraph that leads up to it."""
    signature = lines[number].bare
    if not signature.startswith(("—", "–", "-")) or number == 0 or kinds[number - 1] is not None:
        return
    before = lines[number - 1]
    is_post = len(before.text) <= 320 and not before.text.endswith(":") and not CUE_AFTER_QUOTE.search(before.text)
    if is_post and number > 1:
        kinds[number - 1] = "embed"


def _is_credit(line: Line) -> bool:
    """A line that is a picture's credit and nothing else: names and a picture agency."""
    if line.words > 9 or line.stops:
        return False
    bare = line.bare
    match = PHOTO_CREDIT.search(bare)
    if match and match.start() == 0:
        return match["owner"] is None or _is_owner(match["owner"])
    outlet = outlets_by_name().get(re.sub(r"\s*\d+$", "", bare))
    return outlet is not None and outlet.kind != "outlet"


def _is_owner(words: str) -> bool:
    names = outlets_by_name()
    parts = [part.strip() for part in re.split(r"/| via ", words)]
    return any(part in names or part in {"Pool", "POOL", "Handout", "File", "Contributor", "Staff"} for part in parts)


def _has_credit(line: Line) -> bool:
    """A description that ends in a picture's credit."""
    match = PHOTO_CREDIT.search(line.bare[-200:])
    if match is None or CUE_AFTER_QUOTE.search(line.bare):
        return False
    if match["site"] is not None:
        return line.words <= QUOTED_HEADING_WORDS and not NO_SITE_CREDIT.search(line.bare)
    return match["owner"] is None or _is_owner(match["owner"])


# ---------------------------------------------------------------- 3. what is printed twice


def _mark_repeats(lines: list[Line], kinds: list[BlockKind | None]) -> None:
    first: dict[str, int] = {}
    for number, line in enumerate(lines):
        if kinds[number] not in {None, "caption", "headline", "heading"} or line.fixed:
            continue
        key = line.key
        if line.words < (REPEAT_PROSE_WORDS if line.stops else REPEAT_WORDS):
            continue
        earlier = first.setdefault(key, number)
        if earlier == number:
            continue
        kinds[number] = "repeat"
        if kinds[earlier] is None and earlier > 1 and not line.stops and not lines[earlier].stops:
            kinds[earlier] = "caption"


def _mark_ledes_again(lines: list[Line], kinds: list[BlockKind | None], body: int) -> None:
    """A line without a stop that opens as a paragraph opens is that paragraph's text under a picture."""
    openings: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if kinds[number] is None and line.stops and line.words >= PROSE_WORDS:
            openings.setdefault(_opening(line), []).append(number)
    for number, line in enumerate(lines[body:], body):
        if kinds[number] is not None or line.stops or _is_heading(line):
            continue
        if line.words >= LEDE_WORDS and _opening(line) in openings:
            kinds[number] = "caption"


def _opening(line: Line) -> str:
    return " ".join(line.key.split(" ", LEDE_WORDS)[:LEDE_WORDS])


# ---------------------------------------------------------------- 4. the head


def _head(lines: list[Line], kinds: list[BlockKind | None], title: str | None, authors: tuple[str, ...]) -> int:
    """Marks the head; returns the number of the first line after it."""
    free = [number for number, kind in enumerate(kinds) if kind is None]
    if not free or (len(free) == 1 and not _key(title)):
        return 0
    wanted = _key(title)
    known = {_key(author) for author in authors}
    at_title = next((n for n in free[:HEAD_LINES] if wanted and _is_title(lines[n], wanted)), None)
    headline = "headline" in kinds
    signed = False
    for number in range(min(len(lines), HEAD_LINES * 2)):
        line = lines[number]
        if kinds[number] is not None:
            continue
        if is_date_line(line.bare):
            kinds[number], signed = "dateline", True
        elif _is_byline(line, known):
            kinds[number], signed = "byline", True
        elif wanted and line.words > 1 and _is_title(line, wanted):
            kinds[number], headline = "headline", True
        elif at_title is not None and number < at_title:
            kinds[number] = "headline" if not line.stops else None
        elif is_lone_dateline(line.text) or (headline and _is_lone_place(lines, number, signed)):
            kinds[number] = "dateline"
        elif _is_head_line(lines, kinds, number, headline, signed):
            pictured = headline and (_has_credit(line) or (signed and _looks_pictured(line)))
            kinds[number] = "caption" if pictured else "headline"
            headline = True
        elif headline and _looks_pictured(line) and not line.stops:
            kinds[number] = "caption"
        else:
            return number
    return min(len(lines), HEAD_LINES * 2)


def _key(text: str | None) -> str:
    return NOT_WORD.sub(" ", text or "").strip().casefold()


def _is_title(line: Line, wanted: str) -> bool:
    """Whether the line is the known title, or a part of one that is printed on two lines."""
    key = line.key
    if key == wanted:
        return True
    if line.words < PART_WORDS or line.words > HEADLINE_WORDS * 2:
        return False
    return f"{wanted} ".startswith(f"{key} ") or f" {wanted}".endswith(f" {key}") or (
        key.startswith(wanted + " ") and line.words <= wanted.count(" ") + 6
    )


def _is_byline(line: Line, known: set[str]) -> bool:
    if line.words > 30:
        return False
    if line.key in known and line.key:
        return True
    return read_byline(line.bare) is not None


def _is_lone_place(lines: list[Line], number: int, signed: bool) -> bool:
    if not lone_place(lines[number].text):
        return False
    return signed or (number + 1 < len(lines) and is_lone_dateline(lines[number + 1].text))


def _is_head_line(
    lines: list[Line], kinds: list[BlockKind | None], number: int, headline: bool, signed: bool
) -> bool:
    """Whether a line before the first paragraph is a headline or a sub-headline."""
    line = lines[number]
    if line.words > DEK_WORDS or (line.open_end and not line.text.endswith(";")) or read_dateline(line.text):
        return False
    if LABELLED.match(line.bare) and QUOTED.search(line.bare) and "“" in line.bare:
        return False
    rest = [n for n in range(number + 1, min(len(lines), number + HEAD_LINES)) if kinds[n] is None]
    following = next((n for n in rest), None)
    if following is None:
        return not headline and not line.stops and len(lines) > 1
    if not headline:
        return _opens_article(line, lines[following])
    if number and kinds[number - 1] == "headline" and lines[number - 1].text.endswith(";"):
        return line.words <= HEADLINE_WORDS
    if line.stops:
        return not signed and any(_closes_head(lines[n]) for n in rest if n < number + 4)
    return line.words <= HEADLINE_WORDS and not CUE_AFTER_QUOTE.search(line.text) and not ENDS_IN_CUE.search(line.text)


def _opens_article(line: Line, following: Line) -> bool:
    if line.words > HEADLINE_WORDS or (CUE_AFTER_QUOTE.search(line.text) and line.stops):
        return False
    if not line.stops or line.text.endswith("?"):
        return True
    if _is_title_case(line):
        return True
    return line.words <= PROSE_WORDS and (_closes_head(following) or read_dateline(following.text) is not None)


def _closes_head(line: Line) -> bool:
    return is_date_line(line.bare) or read_byline(line.bare) is not None or is_lone_dateline(line.text)


def _is_title_case(line: Line) -> bool:
    longer = re.findall(r"[^\W\d_][\w’'-]{3,}", line.bare)
    return len(longer) >= 3 and sum(word[0].isupper() for word in longer) >= TITLE_CASE * len(longer)


def _looks_pictured(line: Line) -> bool:
    if line.words < CAPTION_WORDS[0]:
        return False
    return PICTURE.search(line.bare) is not None or _has_credit(line) or SENTENCE_AND_NAME.search(line.bare) is not None


# ---------------------------------------------------------------- 5. the middle


def _is_punctuated(lines: list[Line], kinds: list[BlockKind | None]) -> bool:
    long = [line for line, kind in zip(lines, kinds, strict=True) if kind is None and line.words >= PROSE_WORDS]
    return bool(long) and sum(line.stops for line in long) >= PUNCTUATED * len(long)


def _middle(lines: list[Line], kinds: list[BlockKind | None], body: int) -> None:
    if not _is_punctuated(lines, kinds):
        return
    _mark_ledes_again(lines, kinds, body)
    for number, line in enumerate(lines[body:], body):
        if kinds[number] is None and _is_caption(line):
            kinds[number] = "caption"
    _mark_headings(lines, kinds, body)
    # A page that marks its captions marks them all: only captions told by their words say what others look like.
    if any(kind == "caption" and not line.fixed for kind, line in zip(kinds, lines, strict=True)):
        fewest, most = CAPTION_WORDS
        for number, line in enumerate(lines[body:], body):
            if kinds[number] is None and max(fewest, HEADING_WORDS) < line.words <= most and _is_unstopped_prose(line):
                kinds[number] = "caption"


def _is_unstopped_prose(line: Line) -> bool:
    return not (
        line.stops or line.open_end or LABELLED.match(line.bare) or CUE_AFTER_QUOTE.search(line.text)
        or ENDS_IN_CUE.search(line.text) or line.text[-1:] in "\"”’'»"
        or line.text[:1] in "\"“‘'«" or not line.text[-1:].isalnum()
    )


def _is_caption(line: Line) -> bool:
    """A caption by its own words: a picture's words without a final stop, or a description that ends in a credit."""
    fewest, most = CAPTION_WORDS
    if not fewest <= line.words <= most or CUE_AFTER_QUOTE.search(line.text) or LABELLED.match(line.bare):
        return False
    if _has_credit(line) or (SENTENCE_AND_NAME.search(line.bare) and line.text[:1] not in "\"“‘'«"):
        return True
    marks = len(PICTURE.findall(line.bare))
    return (marks >= 1 and _is_unstopped_prose(line)) or (marks >= 2 and line.words <= 40)


def _mark_headings(lines: list[Line], kinds: list[BlockKind | None], body: int) -> None:
    last = max((n for n, line in enumerate(lines) if kinds[n] is None and line.stops), default=-1)
    candidates = [n for n in range(body, last) if kinds[n] is None and _is_heading(lines[n])]
    run: list[int] = []
    for number in [*candidates, len(lines) + 1]:
        if run and number != run[-1] + 1:
            # Three short lines together are a list (of names, of results), and lists are told, not titled.
            for member in run if len(run) < LISTED else ():
                kinds[member] = "heading"
            run = []
        run.append(number)
    if any(kinds[n] == "heading" for n in candidates):
        for number in range(body, last):
            line = lines[number]
            if kinds[number] is None and line.text.endswith("?") and _is_question_heading(line):
                kinds[number] = "heading"


def _is_heading(line: Line) -> bool:
    limit = QUOTED_HEADING_WORDS if re.search(r"[\"“”]", line.text) else HEADING_WORDS
    if line.stops or line.open_end or line.words > limit or not line.words:
        return False
    if LABELLED.match(line.bare) or CUE_AFTER_QUOTE.search(line.text) or ENDS_IN_CUE.search(line.text):
        return False
    first = line.bare.lstrip("\"“‘'«([").strip()[:1]
    return first.isupper() or first.isdigit()


def _is_question_heading(line: Line) -> bool:
    return line.words <= HEADING_WORDS and INTERROGATIVE.match(line.bare) is not None and line.bare.count("?") == 1


# ---------------------------------------------------------------- 6. the foot


def _foot(lines: list[Line], kinds: list[BlockKind | None], authors: tuple[str, ...]) -> None:
    known = {_key(author) for author in authors if " " in author}
    if not any(kind is None and line.stops for kind, line in zip(kinds, lines, strict=True)):
        return
    for number in range(len(lines) - 1, 0, -1):
        line = lines[number]
        if line.fixed == "heading" and kinds[number] == "heading":
            # A heading with nothing under it titles another article.
            kinds[number] = "boilerplate"
        if kinds[number] is not None:
            continue
        opening = " ".join(line.key.split(" ", 4)[:4])
        about_writer = any(opening.startswith((f"{name} is ", f"{name} covers ", f"{name} writes ")) for name in known)
        if not about_writer and not _is_link(line):
            return
        kinds[number] = "boilerplate"


def _is_link(line: Line) -> bool:
    """A linked article's title, or a topic, after the last paragraph."""
    if line.stops or line.open_end or line.words > HEADING_WORDS * 2 or not line.words:
        return False
    if re.search(r"[\"“”—–:;,(]", line.text):
        return False
    return (line.words >= 4 and _is_title_case(line)) or (line.words <= 3 and line.bare[:1].isupper())
