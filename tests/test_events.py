"""Events: who did what to whom, of which type, and whether it happened. All articles are invented."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly._records import Article, Event, EventType, Reading
from reportedly.read import read
from reportedly.read._event_words import words
from reportedly.read._model import load_model

PUBLISHED = "2031-05-15"
"""A Thursday."""


@cache
def reading(*paragraphs: str, headline: str = "", published: str | None = PUBLISHED) -> Reading:
    text = "".join(paragraph + "\n\n" for paragraph in filter(None, (headline, *paragraphs)))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return read(Article("a", "test", text, digest, title=headline or None, published=published), load_model())


def names(of: Reading, identifiers: tuple[str, ...]) -> str:
    called = {person.id: person.name for person in of.people}
    return ", ".join(called[one] for one in identifiers)


def told(of: Reading) -> list[tuple[str, str, str, str]]:
    """Type, actors, recipients and status of each event of a type."""
    return [(e.type, names(of, e.actors), names(of, e.recipients), e.status) for e in typed(of)]  # type: ignore[misc]


def typed(of: Reading) -> list[Event]:
    return [event for event in of.events if event.type is not None]


def only(sentence: str) -> Event:
    (event,) = typed(reading(sentence))
    return event


# ---------------------------------------------------------------- one event a sentence

ONE = [
    # consultations: all who meet act; a visitor acts on the host
    ("President Viktor Orlov met Chancellor Karl Brandt in Geneva on Tuesday.",
     "CONSULT", "Viktor Orlov, Karl Brandt", "", "happened"),
    ("Oda Fjeld, the Norwegian prime minister, met Chancellor Karl Brandt in Berlin on Monday.",
     "CONSULT", "Oda Fjeld, Karl Brandt", "", "happened"),
    ("Iran and Iraq held talks in Vienna on Monday.", "CONSULT", "Iran, Iraq", "", "happened"),
    ("Karl Brandt began talks with Oda Fjeld.", "CONSULT", "Karl Brandt, Oda Fjeld", "", "happened"),
    ("Karl Brandt spoke with Oda Fjeld by phone.", "CONSULT", "Karl Brandt, Oda Fjeld", "", "happened"),
    ("Talks between India and Pakistan collapsed on Friday.", "CONSULT", "India, Pakistan", "", "happened"),
    ("The two-day summit between Chile and Peru opened in Lima on Monday.", "CONSULT", "Chile, Peru", "", "happened"),
    ("Karl Brandt's visit to Norway ended on Sunday.", "CONSULT", "Karl Brandt", "Norway", "happened"),
    ("The Spanish king is visiting Cuba.", "CONSULT", "Spanish king", "Cuba", "happened"),
    ("Chancellor Karl Brandt hosted Oda Fjeld at a dinner in Berlin on Monday.",
     "CONSULT", "Oda Fjeld", "Karl Brandt", "happened"),
    ("Chilean President Rosa Vidal was received by Pope Francis in Rome on Monday.",
     "CONSULT", "Rosa Vidal", "Francis", "happened"),
    ("Karl Brandt managed to visit Oslo.", "CONSULT", "Karl Brandt", "Oslo", "happened"),
    # cooperation that is planned is agreement
    ("Prime Minister Anna Lind of Sweden will visit Norway next week.", "AGREE", "Anna Lind", "Norway", "planned"),
    ("Oda Fjeld plans to visit Berlin in June.", "AGREE", "Oda Fjeld", "Berlin", "planned"),
    ("Oda Fjeld was to meet Karl Brandt on Friday.", "AGREE", "Oda Fjeld, Karl Brandt", "", "planned"),
    ("Karl Brandt will hold talks with Oda Fjeld on Friday.", "AGREE", "Karl Brandt, Oda Fjeld", "", "planned"),
    ("Iceland agreed to meet Norway.", "AGREE", "Iceland, Norway", "", "planned"),
    ("A planned meeting between Norway and Russia is in doubt.", "AGREE", "Norway, Russia", "", "planned"),
    ("Oda Fjeld flew to Berlin to meet Karl Brandt.", "AGREE", "Oda Fjeld, Karl Brandt", "", "planned"),
    ("Finland will send weapons to Ukraine.", "AGREE", "Finland", "Ukraine", "planned"),
    ("France said it would send aid to Lebanon.", "AGREE", "France", "Lebanon", "planned"),
    ("Japan and Australia will hold joint exercises in June.", "AGREE", "Japan, Australia", "", "planned"),
    ("Germany pledged to help Norway.", "AGREE", "Germany", "Norway", "happened"),
    ("Germany and Norway reached an agreement.", "AGREE", "Germany, Norway", "", "happened"),
    # the other types of cooperation
    ("Brazil praised Argentina.", "SUPPORT", "Brazil", "Argentina", "happened"),
    ("Oda Fjeld congratulated Karl Brandt.", "SUPPORT", "Oda Fjeld", "Karl Brandt", "happened"),
    ("Kenya and Somalia signed a treaty in Nairobi.", "SUPPORT", "Kenya, Somalia", "", "happened"),
    ("Norway signed a trade deal with Peru in Lima on Monday.", "SUPPORT", "Norway", "Peru", "happened"),
    ("Norwegian lawmakers ratified the treaty.", "SUPPORT", "Norwegian lawmakers", "", "happened"),
    ("Denmark apologised to Iceland.", "CONCEDE", "Denmark", "Iceland", "happened"),
    ("Norway delivered food to Somalia on Tuesday.", "AID", "Norway", "Somalia", "happened"),
    ("Mexico offered asylum to Ana Morales.", "AID", "Mexico", "Ana Morales", "happened"),
    ("Norwegian soldiers were released by Russia on Sunday.", "RETREAT", "Russia", "Norwegian soldiers", "happened"),
    ("Finance minister Karl Brandt stepped down on Monday.", "RETREAT", "Karl Brandt", "", "happened"),
    ("The German foreign minister resigned on Thursday.", "RETREAT", "German foreign minister", "", "happened"),
    ("Russia pulled out of Norway.", "RETREAT", "Russia", "", "happened"),
    # verbal conflict
    ("Canada urged China to release two Canadians.", "REQUEST", "Canada", "China", "happened"),
    ("Oda Fjeld called on Russia to leave Norway.", "REQUEST", "Oda Fjeld", "Russia", "happened"),
    ("Norway asked Germany for help.", "REQUEST", "Norway", "Germany", "happened"),
    ("Norway blamed Russia for the fire.", "ACCUSE", "Norway", "Russia", "happened"),
    ("The United Nations condemned Myanmar.", "ACCUSE", "United Nations", "Myanmar", "happened"),
    ("Norway sued Russia.", "ACCUSE", "Norway", "Russia", "happened"),
    ("Karl Brandt was accused of bribing Oda Fjeld.", "ACCUSE", "", "Karl Brandt", "happened"),
    ("Turkey refused to withdraw its troops from Syria.", "REJECT", "Turkey", "", "happened"),
    ("Oda Fjeld said she’d spoken with Karl Brandt.", "CONSULT", "Oda Fjeld, Karl Brandt", "", "happened"),
    ("Oda Fjeld called for more officers in Norway.", "REQUEST", "Oda Fjeld", "", "happened"),
    ("The Jonas Vik inquiry went on.", "ACCUSE", "", "Jonas Vik", "happened"),
    ("Peru rejected the demand.", "REJECT", "Peru", "", "happened"),
    ("North Korea threatened South Korea with war.", "THREATEN", "North Korea", "South Korea", "happened"),
    ("Russia threatened to attack Norway.", "THREATEN", "Russia", "Norway", "happened"),
    # material conflict
    ("Thousands of teachers protested in Oslo on Monday.", "PROTEST", "teachers", "", "happened"),
    ("Thousands rallied against Karl Brandt in Berlin on Saturday.", "PROTEST", "", "Karl Brandt", "happened"),
    ("The United States imposed sanctions on Iran.", "SANCTION", "United States", "Iran", "happened"),
    ("Britain expelled four Russian diplomats.", "SANCTION", "United Kingdom", "Russian diplomats", "happened"),
    ("Spain recalled its ambassador to Morocco.", "SANCTION", "Spain", "Morocco", "happened"),
    ("The European Union suspended talks with Turkey.", "SANCTION", "European Union", "Turkey", "happened"),
    ("Russia cut ties with Norway.", "SANCTION", "Russia", "Norway", "happened"),
    ("Norway sent warships to Iceland.", "MOBILIZE", "Norway", "Iceland", "happened"),
    ("Norway has decided to deploy troops to Iceland.", "MOBILIZE", "Norway", "Iceland", "planned"),
    ("Norwegian police arrested the opposition leader Henrik Dahl on Sunday.",
     "COERCE", "Norwegian police", "Henrik Dahl", "happened"),
    ("Jonas Vik was arrested by Danish police in Copenhagen on Friday.",
     "COERCE", "Danish police", "Jonas Vik", "happened"),
    ("The arrest of Henrik Dahl by Norwegian police shocked the country.",
     "COERCE", "Norwegian police", "Henrik Dahl", "happened"),
    ("A Greek court jailed three Albanians.", "COERCE", "Greek court", "Albanians", "happened"),
    ("Russia seized two Norwegian trawlers off Murmansk on Tuesday.",
     "COERCE", "Russia", "Norwegian trawlers", "happened"),
    ("Iran attacked two Saudi tankers off Fujairah on Sunday.", "ASSAULT", "Iran", "Saudi tankers", "happened"),
    ("Gunmen killed the Norwegian ambassador in Ankara.", "ASSAULT", "Gunmen", "Norwegian ambassador", "happened"),
    ("The rebels shot down a Syrian helicopter.", "ASSAULT", "rebels", "Syrian helicopter", "happened"),
    ("Russia's attack on Norway killed three people.", "ASSAULT", "Russia", "Norway", "happened"),
    ("Oda Fjeld launched an attack on Karl Brandt.", "ASSAULT", "Oda Fjeld", "Karl Brandt", "happened"),
    ("An attack by Russia on Norway was expected on Friday.", "ASSAULT", "Russia", "Norway", "planned"),
    # standing
    ("China allegedly detained an American journalist.", "COERCE", "China", "American journalist", "alleged"),
    ("Russia reportedly shelled Tromso.", "ASSAULT", "Russia", "Tromso", "alleged"),
    ("Ukraine claimed that Russia had shelled Kharkiv.", "ASSAULT", "Russia", "Kharkiv", "alleged"),
    ("Russia said Norway had bombed Murmansk.", "ASSAULT", "Norway", "Murmansk", "alleged"),
    ("Karl Brandt is suspected of killing Oda Fjeld.", "ASSAULT", "Karl Brandt", "Oda Fjeld", "alleged"),
    ("The alleged attack on Norway by Russia was widely reported.", "ASSAULT", "Russia", "Norway", "alleged"),
    ("Iran denied attacking the tankers.", "ASSAULT", "Iran", "", "denied"),
    ("Russia denied that it had attacked Norway.", "ASSAULT", "Russia", "Norway", "denied"),
    ("Police said Karl Brandt killed Oda Fjeld.", "ASSAULT", "Karl Brandt", "Oda Fjeld", "happened"),
    ("Norway said it had arrested Karl Brandt.", "COERCE", "Norway", "Karl Brandt", "happened"),
    ("Norway's Oda Fjeld and her German counterpart, Karl Brandt, met for two hours.",
     "CONSULT", "Oda Fjeld, Karl Brandt", "", "happened"),
    ("Oda Fjeld thanked him in a phone call with Karl Brandt.", "CONSULT", "Karl Brandt, Oda Fjeld", "", "happened"),
    ("Oda Fjeld flew to Berlin for talks with Karl Brandt.", "CONSULT", "Karl Brandt, Oda Fjeld", "", "happened"),
    ("A phone call between Oda Fjeld and Karl Brandt calmed all.", "CONSULT", "Oda Fjeld, Karl Brandt", "", "happened"),
    ("The summit between France and Germany was cancelled.", "CONSULT", "France, Germany", "", "called off"),
    ("Kenya called off the talks with Somalia.", "CONSULT", "Kenya, Somalia", "", "called off"),
    ("Germany cancelled its summit with Norway.", "CONSULT", "Germany, Norway", "", "called off"),
    ("The president's visit to Japan was postponed.", "CONSULT", "", "Japan", "called off"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "type_", "actors", "recipients", "status"), ONE, ids=lambda value: value[:60])
def test_one_event(sentence: str, type_: str, actors: str, recipients: str, status: str) -> None:
    assert told(reading(sentence)) == [(type_, actors, recipients, status)]


def test_the_cases_have_every_type_and_every_standing() -> None:
    assert {case[1] for case in ONE} == {*get_args(EventType)} - {"COOPERATE"}
    assert {case[4] for case in ONE} == {"happened", "planned", "alleged", "denied", "called off"}
    assert told(reading("Norway extradited Karl Brandt to Germany."))[0][0] == "COOPERATE"


@pytest.mark.parametrize(
    "sentence",
    [
        "If Iran attacks Israel, the United States could bomb Tehran.",
        "No talks between Norway and Russia were held.",
        "Karl Brandt stays away until Russia releases the Norwegian soldiers.",
        "Libya's prime minister may visit Malta.",
        "Serbia did not attack Kosovo.",
        "Karl Brandt never visited Norway.",
        "Unless Russia attacks Norway, Germany will not send troops.",
        "Karl Brandt might visit Oslo.",
        "Oda Fjeld wants to meet Karl Brandt.",
        "Heavy rain hit the Norwegian coast.",
        "The Norwegian economy grew in May.",
        "“Russia attacked Norway,” Oda Fjeld said.",
        "An earthquake struck at dawn.",
        "Oda Fjeld asked Karl Brandt whether he was ill.",
        "Karl Brandt was asked if he had coached a witness to lie.",
        "Norway released a report on Tuesday.",
        "Russia released the full set of letters of the Norwegian government.",
        "Norway's release of the report was expected.",
        "Oda Fjeld hosted a cooking show for nine years.",
        "Oda Fjeld spoke with a sense of alarm.",
        "Oda Fjeld agreed with Karl Brandt.",
        "Oda Fjeld spoke to reporters in Oslo.",
        "Norwegian police executed a search warrant.",
        "Karl Brandt left without consulting Norway.",
        "Karl Brandt neither met nor called Oda Fjeld.",
        "The minister's refusal to visit Norway was noted.",
        "A storm hit Oster, which flooded the town.",
    ],
)
def test_what_did_not_happen_or_is_only_said_is_no_event(sentence: str) -> None:
    assert told(reading(sentence)) == []


def test_an_accusation_and_what_is_alleged_by_it_are_two_events() -> None:
    assert told(reading("The United States accused Iran of attacking two tankers in May.")) == [
        ("ACCUSE", "United States", "Iran", "happened"),
        ("ASSAULT", "Iran", "", "alleged"),
    ]


def test_a_relative_clause_has_its_own_event_and_day() -> None:
    of = reading("Anna Berg, who met Jonas Vik on Monday, resigned on Tuesday.")
    assert told(of) == [("RETREAT", "Anna Berg", "", "happened"), ("CONSULT", "Anna Berg, Jonas Vik", "", "happened")]
    assert [event.date for event in typed(of)] == ["2031-05-13", "2031-05-12"]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Oda Fjeld arrived on Monday. She met Karl Brandt in Oster.", "Oda Fjeld, Karl Brandt"),
        ("Oda Fjeld arrived on Monday. Her meeting with Karl Brandt lasted an hour.", "Oda Fjeld, Karl Brandt"),
        ("Henrik Dahl was at the airport with Jonas Vik. He met Karl Brandt in Oster.", "Karl Brandt"),
        ("It rained. He met Karl Brandt in Oster.", "Karl Brandt"),
    ],
)
def test_a_pronoun_stands_for_the_only_one_it_can(text: str, actors: str) -> None:
    of = reading(text)
    assert [names(of, event.actors) for event in typed(of)] == [actors]


# ---------------------------------------------------------------- of no type


@pytest.mark.parametrize(
    ("sentence", "words", "actors", "recipients", "date", "status"),
    [
        ("Norway opened a bridge on Tuesday.", "Norway opened a bridge", "Norway", "", "2031-05-13", "happened"),
        ("Oda Fjeld will open the fair in June.", "Oda Fjeld will open", "Oda Fjeld", "", "2031-06", "planned"),
        ("The court that freed him on Monday closed.", "that freed him", "", "", "2031-05-12", "happened"),
        ("A storm flooded the town of Oster last week.", "A storm flooded", "", "", "2031-W19", "happened"),
    ],
)  # fmt: skip
def test_what_a_time_hangs_on_is_an_event_of_no_type(
    sentence: str, words: str, actors: str, recipients: str, date: str, status: str
) -> None:
    of = reading("Oster is a town of fishermen and of those who mend their nets.", "It lies by the sea.", sentence)
    (event,) = of.events
    assert (event.type, event.lead) == (None, False)
    assert of.article.text[slice(*event.span)].startswith(words)
    assert (names(of, event.actors), names(of, event.recipients)) == (actors, recipients)
    assert (event.date, event.status) == (date, status)
    assert event.time in {time.span for time in of.times}


@pytest.mark.parametrize(
    "sentence",
    [
        "Oda Fjeld said on Tuesday that she was tired.",
        "Norway did not open the bridge on Tuesday.",
        "No bridge was opened in Norway on Tuesday.",
        "Norway would have opened the bridge on Tuesday but for the storm.",
        "Norway could open the bridge on Friday.",
        "The bridge of 1931 is long.",
        "“We opened the bridge on Tuesday,” Oda Fjeld said.",
    ],
)
def test_what_is_said_or_is_not_so_is_none(sentence: str) -> None:
    of = reading("Oster is a town of fishermen and of those who mend their nets.", "It lies by the sea.", sentence)
    assert not of.events


def test_the_lede_tells_an_event_without_a_time() -> None:
    (event,) = reading("Norway opened a bridge over the sound that parts Oster from the main land.").events
    assert (event.type, event.lead, event.time) == (None, True, None)


# ---------------------------------------------------------------- when and where


@pytest.mark.parametrize(
    ("sentence", "date", "place"),
    [
        ("President Viktor Orlov met Chancellor Karl Brandt in Geneva on Tuesday.", "2031-05-13", "Geneva"),
        ("Iran attacked two Saudi tankers off Fujairah on Sunday.", "2031-05-11", "Fujairah"),
        ("Karl Brandt will hold talks with Oda Fjeld on Friday.", "2031-05-16", None),
        ("Israeli forces killed three Palestinians in Hebron.", None, "Hebron"),
        ("Norway sued Russia.", None, None),
        ("Oda Fjeld plans to visit Berlin in June.", "2031-06", None),
        ("Norway sued Russia in 2029.", "2029", None),
        ("Norway sued Russia last week.", "2031-W19", None),
    ],
)
def test_date_and_place(sentence: str, date: str | None, place: str | None) -> None:
    event = only(sentence)
    assert (event.date, event.place) == (date, place)


def test_what_is_dated_after_the_article_is_planned() -> None:
    assert only("The Norwegian king visits Denmark on 20 May 2031.").status == "planned"
    assert only("The Norwegian king visited Denmark on 10 May 2031.").status == "happened"


# ---------------------------------------------------------------- a whole article

HEADLINE = "Fjeld and Brandt bury quarrel over fish"
ARTICLE = (
    "Norwegian Prime Minister Oda Fjeld met Chancellor Karl Brandt in Berlin on Wednesday to end a quarrel over fish.",
    "The talks between Fjeld and Brandt lasted three hours.",
    "Brandt will visit Norway in June, his office said.",
    "The quarrel began when Norway seized two German trawlers off Tromso in March.",
    "Germany then imposed tariffs on Norway.",
)


def test_an_event_told_again_is_one_event() -> None:
    of = reading(*ARTICLE, headline=HEADLINE)
    meetings = [event for event in of.events if event.type == "CONSULT"]
    assert [(names(of, event.actors), event.date, event.place) for event in meetings] == [
        ("Oda Fjeld, Karl Brandt", "2031-05-14", "Berlin")
    ]


def test_lead_and_background_are_told_apart() -> None:
    of = reading(*ARTICLE, headline=HEADLINE)
    assert [(event.type, event.lead) for event in typed(of)] == [
        ("CONSULT", True),
        ("AGREE", False),
        ("COERCE", False),
        ("SANCTION", False),
    ]


def test_the_headline_is_of_the_lead() -> None:
    of = reading(*ARTICLE[1:], headline="Norway sues Germany over fish")
    assert (of.events[0].type, of.events[0].lead) == ("ACCUSE", True)


def test_spans_are_passages_in_order_and_people_are_of_the_reading() -> None:
    of = reading(*ARTICLE, headline=HEADLINE)
    assert [event.span for event in of.events] == sorted(event.span for event in of.events)
    assert of.article.text[slice(*of.events[0].span)].startswith("Norwegian Prime Minister Oda Fjeld met")
    known = {person.id for person in of.people}
    for event in of.events:
        assert {*event.actors, *event.recipients} <= known
        assert not {*event.actors} & {*event.recipients}


def test_who_takes_part_without_a_name_is_a_person_of_their_side() -> None:
    of = reading("Israeli forces killed three Palestinians in Hebron.")
    (forces,) = [person for person in of.people if person.name == "Israeli forces"]
    assert (forces.kind, forces.party) == ("group", "IL")
    assert [of.article.text[slice(*span)] for span in forces.mentions] == ["Israeli forces"]


# ---------------------------------------------------------------- any text


@given(st.text(alphabet="ab .,\n\"“”'’-MetvisitedNorway", max_size=200))
@settings(max_examples=40, deadline=None)
def test_no_text_breaks_it(text: str) -> None:
    of = reading(text, published=None)
    for event in of.events:
        assert 0 <= event.span[0] < event.span[1] <= len(of.article.text)


def test_every_word_of_the_lists_has_one_type_in_a_frame() -> None:
    known = words()
    assert {entry.type for entries in known.verbs.values() for entry in entries} == {*get_args(EventType)}
    for lemma, entries in known.verbs.items():
        plain = [entry.type for entry in entries if entry.frame in ("object", "somebody", "to_do", "alone", "host")]
        assert len({*plain}) <= 1, lemma
