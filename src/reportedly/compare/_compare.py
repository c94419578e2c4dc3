"""The stage `compare`: Readings of one story → Readout. Each step is a pure function of what came before."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly._records import Reading, Readout, Story
from reportedly.compare._brief import choose_brief, choose_title
from reportedly.compare._claims import facts_alone, make_claims
from reportedly.compare._clauses import narrated_clauses
from reportedly.compare._differences import make_differences
from reportedly.compare._gaps import lacked, make_gaps
from reportedly.compare._issues import make_issues
from reportedly.compare._main_event import choose_main_event
from reportedly.compare._matches import match_narration
from reportedly.compare._narration import narrate
from reportedly.compare._people import merge_people
from reportedly.compare._published import date_readings, infer_published
from reportedly.compare._said import only_said
from reportedly.compare._same_facts import measure_pairs
from reportedly.compare._similarity import encode
from reportedly.compare._sources import in_order, make_sources
from reportedly.compare._statements import make_statements
from reportedly.compare._timeline import build_timeline


def compare(story: Story, readings: Sequence[Reading]) -> Readout:
    """The readout of a story. The readings may come in any order; those of other stories are left out."""
    readings = in_order([reading for reading in readings if reading.article.id in story.articles])
    inferred = infer_published(readings)
    readings = only_said(date_readings(readings, inferred))
    sources = make_sources(readings, inferred)
    people, person_map = merge_people(readings)
    statements = make_statements(readings, people, person_map)
    told, weights = narrate(readings, person_map)
    matches = match_narration(told, weights, encode)
    clauses, telling = narrated_clauses(readings, person_map)
    pairs = measure_pairs(clauses, telling, {r.article.id: r.article.text for r in readings}, encode)
    claims = make_claims(readings, clauses, pairs, sources)
    alone = facts_alone(readings, clauses, pairs, sources)
    issues, statements = make_issues(readings, statements, claims, people, encode)
    events, timeline, conflicts = build_timeline(readings, claims, person_map, encode)
    differences = make_differences(
        readings, told, weights, matches, encode, statements, claims, people, conflicts, clauses
    )
    alone, gaps = lacked(alone, make_gaps(readings, sources, statements, (*claims, *alone), encode))
    brief = choose_brief(readings, statements, claims, differences, encode)
    return Readout(
        id=story.id,
        title=choose_title(readings, brief, encode),
        articles=sources,
        people=people,
        statements=statements,
        issues=issues,
        claims=claims,
        differences=differences,
        gaps=gaps,
        events=events,
        timeline=timeline,
        brief=brief,
        main_event=choose_main_event(readings),
        alone=alone,
    )
