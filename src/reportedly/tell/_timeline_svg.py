"""Draws the timeline: numbered dots over a scale of days, stacked where they would touch.

The scale is linear over the days around the main one. What lies far off (a treaty of years ago, a summit next
month) would press those days into a point, so it stands in a zone of its own beyond a break in the axis, in order but
not to scale, and says its year. Dots are placed like a dot plot's (Wilkinson 1999): the lowest level with room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from markupsafe import Markup

from reportedly._records import Precision, Status
from reportedly.tell._clean import text_node
from reportedly.tell._dates import MONTHS

WIDE, NARROW = 760, 328
"""Widths drawn, in CSS pixels: a desktop column, and a phone of 360 with its margins. Letters keep their size."""

FAR = 10
"""Days without an entry before the scale breaks, unless the days already on it are more."""

DAY = timedelta(days=1)
RADIUS = 10
STEP = 2 * RADIUS + 3
MARGIN = 14
ABREAST = 6
"""Dots beside each other in one day's column; more are stacked, so that a heavy day still stands out."""

LABEL = 46
"""Pixels that a day's label needs."""

ZONE_LETTER = 7.0
TICK_LETTER = 7.4
"""Pixels of a letter of a zone's name and of a date: in the widest of the system fonts at 11.5 px, bold."""

ZONE_SHARE = 0.3
"""At most this share of the width for the days beyond a break, on each side."""


@dataclass(frozen=True, slots=True)
class Dot:
    """An entry: its number in the list, the days it covers, and its text for a pointer's tooltip."""

    number: int
    first: date
    last: date
    status: Status
    precision: Precision
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture, the signs that it uses, and whether its scale is broken."""

    svg: Markup
    signs: tuple[str, ...]
    broken: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Where days lie: ``low`` to ``high`` to scale between ``left`` and ``right``, ``early`` and ``late`` beyond.

    ``vague`` are days that only stand for the beginning of a longer time.
    """

    low: date
    high: date
    left: float
    right: float
    early: tuple[date, ...]
    late: tuple[date, ...]
    vague: frozenset[date]
    width: int

    @property
    def column(self) -> float:
        """Pixels of a day."""
        return (self.right - self.left) / ((self.high - self.low).days + 1)

    def x(self, day: date) -> float:
        """The middle of a day's place."""
        if day < self.low:
            return MARGIN + (self.early.index(day) + 0.5) * (self.left - MARGIN) / len(self.early)
        if day > self.high:
            room = self.width - MARGIN - self.right
            return self.right + (self.late.index(day) + 0.5) * room / len(self.late)
        return self.left + ((day - self.low).days + 0.5) * self.column


def draw(dots: Sequence[Dot], day: date | None, published: Sequence[date], width: int) -> Drawing:
    """The picture at a width; an empty one without dots."""
    if not dots:
        return Drawing(Markup(""), (), False)
    scale = _scale(dots, day, published, width)
    placed, levels = _place(dots, scale)
    base = 30 + levels * STEP
    parts = [*_zones(scale, day, published, base), *_axis(scale, day, base), *_published(scale, published, base)]
    parts += [_dot(dot, x0, x1, base - 5 - RADIUS - level * STEP) for dot, x0, x1, level in placed]
    name = f"timeline-{width}"
    first, last = dots[0].first.isoformat(), dots[-1].last.isoformat()
    svg = Markup(
        '<svg class="timeline" role="img" aria-labelledby="{0}-t {0}-d" viewBox="0 0 {1} {2}" width="{1}" height="{2}">'
        '<title id="{0}-t">Timeline</title><desc id="{0}-d">{3} between {4} and {5}. '
        "The list that follows holds the same entries under the same numbers.</desc>{6}</svg>"
    ).format(name, width, base + 52, f"{len(dots)} dated entr{'y' if len(dots) == 1 else 'ies'}", first, last,
             Markup("").join(parts))  # fmt: skip
    return Drawing(svg, _signs(dots, scale, published), bool(scale.early or scale.late))


def _scale(dots: Sequence[Dot], day: date | None, published: Sequence[date], width: int) -> Scale:
    precise = sorted(end for dot in dots if (dot.last - dot.first).days < 7 for end in (dot.first, dot.last))
    precise = precise or sorted(dot.first for dot in dots)
    middle = day or precise[len(precise) // 2]
    known = sorted({*precise, *published})
    low = high = middle
    for known_day in reversed([d for d in known if d < middle]):
        if (low - known_day).days > max(FAR, (high - low).days):
            break
        low = known_day
    for known_day in [d for d in known if d > middle]:
        if (known_day - high).days > max(FAR, (high - low).days):
            break
        high = known_day
    early = tuple(sorted({dot.first for dot in dots if dot.last < low}))
    late = tuple(sorted({dot.first for dot in dots if dot.first > high}))
    if (high - low).days < 2:
        low = low if early and early[-1] >= low - DAY else low - DAY
        high = high if late and late[0] <= high + DAY else high + DAY
    widest = ZONE_SHARE * (width - 2 * MARGIN)
    left = MARGIN + (min(widest, max(64, 40 * len(early))) if early else 0)
    right = width - MARGIN - (min(widest, max(64, 40 * len(late))) if late else 0)
    exact = {dot.first for dot in dots if dot.first == dot.last}
    vague = frozenset(dot.first for dot in dots if dot.first not in exact)
    return Scale(low, high, left, right, early, late, vague, width)


def _place(dots: Sequence[Dot], scale: Scale) -> tuple[list[tuple[Dot, float, float, int]], int]:
    """Each dot with the ends of its bar and its level, and how many levels there are."""
    rows: list[list[tuple[float, float]]] = []
    placed = []
    often = Counter(dot.first for dot in dots)
    for dot in dots:
        inside = dot.last >= scale.low and dot.first <= scale.high
        first = max(dot.first, scale.low) if inside else dot.first
        x0 = scale.x(first)
        x1 = scale.x(min(dot.last, scale.high)) if inside else x0
        # Several dots of one day share its column before they stack higher.
        spread = inside and first == dot.last and often[dot.first] > 1
        slots = [x0 + offset for offset in _offsets(scale.column, often[dot.first])] if spread else [x0]
        level, x = next(
            (level, x)
            for level in range(len(rows) + 1)
            for x in slots
            if level == len(rows) or _free(rows[level], x - RADIUS, (x1 if x1 > x0 else x) + RADIUS)
        )
        if level == len(rows):
            rows.append([])
        end = x1 if x1 > x0 else x
        rows[level].append((x - RADIUS, end + RADIUS))
        placed.append((dot, x, end, level))
    return placed, len(rows)


def _offsets(column: float, dots: int) -> list[float]:
    """Places beside each other in a day's column, from left to right: as many as are needed and have room."""
    count = max(1, min(dots, ABREAST, int(column // STEP)))
    return [(index - (count - 1) / 2) * STEP for index in range(count)]


def _free(row: list[tuple[float, float]], x0: float, x1: float) -> bool:
    return all(x1 + 3 <= left or right + 3 <= x0 for left, right in row)


def _zones(scale: Scale, day: date | None, published: Sequence[date], base: float) -> list[Markup]:
    """The bands of the day and of what is ahead, and the names of the zones that have room, the day's first."""
    half = scale.column / 2
    edge = max(published, default=day)
    end = scale.width - MARGIN
    bands, names = [], []
    if day and scale.low <= day <= scale.high:
        x = scale.x(day)
        bands.append(_rect("tl-day", x - half, 20, scale.column, base - 20))
        names.append(("the day", x, 0.0))
        names += [("before", x - max(half, 21) - 6, -1.0)] if day > scale.low else []
        names += [("after", x + max(half, 21) + 6, 1.0)] if edge and day < edge else []
    ahead = scale.right if edge and edge >= scale.high else scale.x(edge) + half if edge and edge >= scale.low else end
    if ahead < end - 1:
        bands.append(_rect("tl-ahead", ahead, 20, end - ahead, base - 20))
        names.append(("ahead", ahead + 6, 1.0))
    elif scale.late:
        names.append(("later", scale.right + 6, 1.0))
    names += [("earlier", MARGIN, 1.0)] if scale.early else []
    return [*bands, *_zone_names(names, scale.width)]


def _zone_names(names: Sequence[tuple[str, float, float]], width: int) -> list[Markup]:
    """Names at an x, to its left (-1), around it (0) or to its right (1); one without room is left out."""
    parts, taken = [], list[tuple[float, float]]()
    for name, x, side in names:
        long = ZONE_LETTER * len(name)
        left = min(max(0.0, x + (side - 1) * long / 2), width - long)
        if side > 0:
            left = max([left, *(end + 4 for begin, end in taken if begin - 3 < left + long and left < end + 3)])
        if left + long <= width and _free(taken, left, left + long):
            taken.append((left, left + long))
            start = {-1.0: left + long, 0.0: left + long / 2, 1.0: left}[side]
            anchor = {-1.0: "end", 0.0: "middle", 1.0: "start"}[side]
            parts.append(_label("tl-zone tl-on" if side == 0 else "tl-zone", start, 14, name, anchor))
    return parts


def _axis(scale: Scale, day: date | None, base: float) -> list[Markup]:
    """The line, its ticks and the labels that have room, the main day's first."""
    parts = [_line("tl-axis", MARGIN, base, scale.width - MARGIN, base)]
    count = (scale.high - scale.low).days + 1
    step = next((s for s in (1, 2, 3, 7, 14, 28, 56, 91, 182, 365) if s * scale.column >= LABEL), count)
    anchor = day if day and scale.low <= day <= scale.high else scale.low
    ticks = [scale.low + timedelta(days=n) for n in range((anchor - scale.low).days % step, count, step)]
    labels = [(anchor, _day_label(anchor))] + [(this, _day_label(this)) for this in ticks if this != anchor]
    near_years = {scale.low.year, scale.high.year}
    labels += [(this, _far_label(this, scale, near_years)) for this in (*scale.early, *scale.late)]
    taken: list[tuple[float, float]] = []
    for this, label in labels:
        x, half = scale.x(this), TICK_LETTER * len(label) / 2
        parts.append(_line("tl-axis", x, base, x, base + 5))
        inside = min(max(x, half), scale.width - half)
        if _free(taken, inside - half, inside + half):
            taken.append((inside - half, inside + half))
            parts.append(_label("tl-tick tl-on" if this == day else "tl-tick", inside, base + 18, label, "middle"))
            if this == anchor:
                parts.append(_label("tl-year", inside, base + 31, str(anchor.year), "middle"))
    for edge, days in ((scale.left, scale.early), (scale.right, scale.late)):
        parts += _break(edge, base) if days else []
    return parts


def _day_label(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def _far_label(day: date, scale: Scale, near_years: set[int]) -> str:
    if day.year not in near_years:
        return str(day.year)
    return MONTHS[day.month - 1][:3] if day in scale.vague else _day_label(day)


def _break(x: float, base: float) -> list[Markup]:
    gap = _rect("tl-break", x - 3, base - 3, 6, 6)
    return [gap, *(_line("tl-axis", x + dx - 3, base + 6, x + dx + 3, base - 6) for dx in (-3, 3))]


def _published(scale: Scale, published: Sequence[date], base: float) -> list[Markup]:
    return [
        Markup('<path class="tl-pub" d="M{0:.1f} {1:.1f}l4 7h-8z"/>').format(scale.x(this), base + 37)
        for this in sorted(set(published))
        if scale.low <= this <= scale.high
    ]


def _dot(dot: Dot, x0: float, x1: float, y: float) -> Markup:
    css = f"tl-dot tl-{dot.status.replace(' ', '-')}" + (" tl-about" if dot.precision == "about" else "")
    bar = _line("tl-bar", x0, y, x1, y) if x1 > x0 else Markup("")
    about = dot.precision == "about"
    radius = RADIUS - 3 if about else RADIUS
    ring = Markup('<circle class="tl-ring" cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(x0, y, RADIUS) if about else ""
    if dot.status == "alleged":
        shape = _rect("", x0 - radius + 1, y - radius + 1, 2 * radius - 2, 2 * radius - 2)
    else:
        shape = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(x0, y, radius)
    strike = Markup("")
    if dot.status in ("denied", "called off"):
        strike = _line("tl-strike", x0 - RADIUS, y + RADIUS, x0 + RADIUS, y - RADIUS)
    number = _label("", x0, y + 3.8, str(dot.number), "middle")
    return Markup('<g class="{}"><title>{}</title>{}{}{}{}{}</g>').format(
        css, text_node(dot.text), bar, ring, shape, strike, number
    )


def _signs(dots: Sequence[Dot], scale: Scale, published: Sequence[date]) -> tuple[str, ...]:
    """Which of the picture's signs need words, in a fixed order."""
    used = [status for status in get_args(Status) if any(dot.status == status for dot in dots)]
    used += ["span"] if any(d.last > d.first for d in dots) else []
    used += ["about"] if any(d.precision == "about" for d in dots) else []
    used += ["published"] if any(scale.low <= day <= scale.high for day in published) else []
    return tuple(used)


def _rect(css: str, x: float, y: float, width: float, height: float) -> Markup:
    return Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
        css, x, y, width, height
    )


def _line(css: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(css, x1, y1, x2, y2)


def _label(css: str, x: float, y: float, text: str, anchor: str) -> Markup:
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(css, x, y, anchor, text)
