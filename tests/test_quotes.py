"""Who said it: forms of quotation, in invented sentences."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pytest

from reportedly._records import Article, Reading
from reportedly.read import read
from reportedly.read._model import load_model


def reading(text: str) -> Reading:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return read(Article(id=digest[:12], source="test", text=text, sha256=digest), load_model())


@dataclass(frozen=True)
class Said:
    """A quote in words, as a test states it."""

    content: str
    source: str
    speaker: str | None
    type: str


def said(text: str) -> list[Said]:
    result = reading(text)
    names = {person.id: person.name for person in result.people}
    return [
        Said(
            " | ".join(text[slice(*span)] for span in quote.content),
            " | ".join(text[slice(*span)] for span in quote.source),
            names[quote.speaker] if quote.speaker is not None else None,
            quote.type,
        )
        for quote in result.quotes
    ]


OPENING = (
    "Harbour strike enters second week\n\n"
    "Port director Ingrid Dahl met union leader Tomas Berg on Monday in Bergen.\n\n"
)


@pytest.mark.parametrize(
    ("paragraph", "content", "speaker"),
    [
        ('"The port will open again on Friday," Dahl said.', "The port will open again on Friday", "Ingrid Dahl"),
        ('"The port will open again on Friday," said Dahl.', "The port will open again on Friday", "Ingrid Dahl"),
        ('Dahl said: "The port will open again on Friday."', "The port will open again on Friday.", "Ingrid Dahl"),
        ('Dahl said, "The port will open again on Friday."', "The port will open again on Friday.", "Ingrid Dahl"),
        ('Dahl: "The port will open again on Friday."', "The port will open again on Friday.", "Ingrid Dahl"),
        ('Dahl to Berg: "The port will open again on Friday."', "The port will open again on Friday.", "Ingrid Dahl"),
        (
            '"The port," Dahl said, "will open again on Friday."',
            "The port | will open again on Friday.",
            "Ingrid Dahl",
        ),
        (
            '"The port will open," Dahl told reporters. "We have waited long enough."',
            "The port will open | We have waited long enough.",
            "Ingrid Dahl",
        ),
        (
            '"The port will open again on Friday," Dahl, who took office in May, told Berg.',
            "The port will open again on Friday",
            "Ingrid Dahl",
        ),
        ('"The port will open again on Friday," Berg shot back.', "The port will open again on Friday", "Tomas Berg"),
        ('"The port will open again on Friday." Berg said.', "The port will open again on Friday.", "Tomas Berg"),
        ("‘The port will open again on Friday,’ Dahl said.", "The port will open again on Friday", "Ingrid Dahl"),
        ('Berg agreed. "The port will open again on Friday."', "The port will open again on Friday.", "Tomas Berg"),
        (
            'According to Dahl, "the port will open again on Friday."',
            "the port will open again on Friday.",
            "Ingrid Dahl",
        ),
    ],
)
def test_where_the_speaker_stands(paragraph: str, content: str, speaker: str) -> None:
    found = [quote for quote in said(OPENING + paragraph) if quote.content == content]
    assert [quote.speaker for quote in found] == [speaker]
    assert found[0].type == "direct"


def test_the_person_told_is_never_the_speaker() -> None:
    text = OPENING + "Dahl told Berg that the port would open on Friday."
    result = reading(text)
    (quote,) = [q for q in result.quotes if q.type == "indirect"]
    names = {person.id: person.name for person in result.people}
    assert names[str(quote.speaker)] == "Ingrid Dahl"
    assert names[str(quote.addressee)] == "Tomas Berg"


def test_a_paragraph_of_quotation_goes_on_from_the_one_before() -> None:
    text = (
        OPENING
        + "“We have waited long enough,” Dahl said. “The ships are full.\n\n“The port will open again on Friday.”"
    )
    assert said(text)[-1] == Said("The port will open again on Friday.", "Dahl", "Ingrid Dahl", "direct")


def test_a_pull_quote_has_the_speaker_of_the_same_words_or_none() -> None:
    pull = "“The ships are full”"
    text = (
        OPENING
        + f"“We have waited long enough,” Berg said.\n\n{pull}\n\nIt was cold.\n\n“The ships are full,” Dahl said."
    )
    assert [quote.speaker for quote in said(text) if "ships are full" in quote.content] == ["Ingrid Dahl"] * 2
    alone = OPENING + f"“We have waited long enough,” Berg said.\n\n{pull}\n\nIt was cold."
    assert [quote.speaker for quote in said(alone) if "ships are full" in quote.content] == [None]


def test_a_quotation_within_reported_speech_belongs_to_who_is_speaking() -> None:
    text = OPENING + "Dahl said that Berg had told her the crews were “ready to walk out for good.”"
    (quote,) = [q for q in said(text) if "walk out" in q.content and q.type != "indirect"]
    assert quote.speaker == "Ingrid Dahl"


def test_a_lost_closing_mark_does_not_swallow_the_speaker() -> None:
    text = (
        OPENING + "“The port was never closed to the fishermen of the town "
        "Dahl said as she left the hall.”We will talk,” she said."
    )
    contents = {quote.content: quote.speaker for quote in said(text)}
    assert contents["The port was never closed to the fishermen of the town"] == "Ingrid Dahl"
    assert contents["We will talk"] == "Ingrid Dahl"


def test_a_short_run_that_nobody_says_is_a_scare_quote() -> None:
    text = OPENING + "The so-called “ghost ferry” left the harbour at noon."
    assert [(quote.content, quote.type, quote.speaker) for quote in said(text)] == [("ghost ferry", "scare", None)]


def test_pronouns_and_roles() -> None:
    text = (
        OPENING + "Dahl arrived late. “I am sorry,” she told the crews, who had waited.\n\n"
        "A spokesman for the ministry declined to comment. “We read the papers too,” the spokesman said."
    )
    speakers = [quote.speaker for quote in said(text) if quote.type == "direct"]
    assert speakers[0] == "Ingrid Dahl"
    assert speakers[1] is not None
    assert "spokesman" in speakers[1].lower()


def statuses(text: str) -> dict[str, str]:
    return {text[slice(*quote.content[0])]: quote.status for quote in reading(text).quotes}


def test_negated_and_hypothetical_speech_is_marked_and_not_reported_as_said() -> None:
    text = OPENING + "Dahl did not say that the port would open. Berg would say that the crews were tired."
    assert statuses(text) == {"the port would open": "negated", "the crews were tired": "hypothetical"}


def test_who_was_asked_did_not_ask() -> None:
    text = OPENING + "Asked by reporters whether the port would open again, Dahl said that she did not know."
    speakers = {quote.content: quote.speaker for quote in said(text)}
    assert speakers["she did not know"] == "Ingrid Dahl"
    assert speakers["whether the port would open again"] != "Ingrid Dahl"


def test_speech_inside_a_claim_belongs_to_whoever_claims() -> None:
    text = (
        OPENING
        + "Dahl denied that she knew, despite a claim from Berg that she was ‘looking at ways to close the port’."
    )
    (quote,) = [q for q in said(text) if "looking at ways" in q.content]
    assert quote.speaker == "Tomas Berg"


def test_what_somebody_declined_to_say_is_not_reported_as_said() -> None:
    text = OPENING + "Dahl declined to say that the port would open on Friday at noon."
    assert set(statuses(text).values()) == {"negated"}


def test_who_is_credited_with_an_utterance() -> None:
    result = reading(OPENING + '"The port will open again," Dahl said, according to the Bergen Courier.')
    (quote,) = [q for q in result.quotes if q.type == "direct"]
    assert quote.credited is not None
    assert "Bergen Courier" in quote.credited


def test_an_embedded_post_is_said_by_who_signs_it() -> None:
    text = (
        OPENING + "The port wrote:\n\nEmbed:\n\nGates open at noon on Friday pic.twitter.com/Ab12cd34ef\n\n"
        "— Bergen Port (@bergenport) May 14, 2024\n\nIt was cold."
    )
    (quote,) = [q for q in said(text) if "Gates open" in q.content]
    assert quote.speaker == "Bergen Port"
    assert quote.type == "direct"


def test_spans_and_ids() -> None:
    text = OPENING + '"The port," Dahl said, "will open." Berg said he was "very glad" about it.'
    result = reading(text)
    assert [quote.id for quote in result.quotes] == [f"q{n}" for n in range(1, len(result.quotes) + 1)]
    ids = {person.id for person in result.people}
    for quote in result.quotes:
        assert quote.speaker is None or quote.speaker in ids
        for start, end in (*quote.content, *quote.cue, *quote.source):
            assert 0 <= start < end <= len(text)


def test_a_part_in_marks_carries_the_negation_before_it() -> None:
    text = (
        OPENING + 'In Oslo, Dahl said Norway wanted to help ensure the dispute with Iceland did not "turn into a war."'
    )
    (quote,) = [quote for quote in said(text) if "turn into a war" in quote.content]
    assert (quote.speaker, quote.type) == ("Ingrid Dahl", "mixed")
    assert "did not" in quote.content


def test_who_the_words_are_about_was_not_told_them() -> None:
    text = (
        "Harbour strike enters second week\n\nPort director Ingrid Dahl, union leader Tomas Berg and Mayor Jonas Lie"
        ' met on Monday.\n\nLater, Dahl told Berg Lie is "committed to ending this strike" and that the harbour was'
        ' "not destined to stay closed."'
    )
    result = reading(text)
    names = {person.id: person.name for person in result.people}
    told = {names[quote.addressee] for quote in result.quotes if quote.addressee is not None}
    assert told == {"Tomas Berg"}


def test_a_bare_office_in_a_headline_is_nobody_in_particular() -> None:
    text = (
        "Iceland will not pay for the harbour, minister tells Norway\n\n"
        "Norway's Foreign Minister Ingrid Dahl met her Icelandic counterpart, Tomas Berg, in Bergen on Monday.\n\n"
        "The two spoke for three hours about the harbour and about the price of fish."
    )
    assert [quote.speaker for quote in said(text) if "will not pay" in quote.content] == ["minister"]


def test_the_narrators_aside_after_a_dash_is_nobodys_speech() -> None:
    text = OPENING + "Dahl warned that the port would accept no more strikes – a far tougher line than before."
    assert [quote.content for quote in said(text) if quote.speaker == "Ingrid Dahl"] == [
        "the port would accept no more strikes"
    ]


def test_two_who_say_one_thing_are_not_reduced_to_the_first() -> None:
    text = OPENING + "Norway and Iceland said on Monday that they wanted to reopen the harbour before the winter."
    assert [quote.speaker for quote in said(text)] == ["Norway and Iceland"]
    assert [person.kind for person in reading(text).people if person.name == "Norway and Iceland"] == ["group"]


def test_both_of_whom_a_relative_clause_tells_the_belief() -> None:
    text = (
        OPENING
        + "Dahl was criticised by Norwegians and Danes who believe she has been soft on the owners of the ships."
    )
    (quote,) = [quote for quote in said(text) if "soft on" in quote.content]
    assert quote.speaker == "Norwegians and Danes"


def test_the_one_woman_of_an_article_is_its_spokeswoman_and_has_her_side() -> None:
    text = (
        "OSLO — Sarah Lund told reporters on Monday that the port was shut. Tomas Berg was not there.\n\n"
        "The Norwegian government's spokeswoman said the strike would go on for weeks."
    )
    result = reading(text)
    (lund,) = [person for person in result.people if person.name == "Sarah Lund"]
    assert [quote.speaker for quote in result.quotes] == [lund.id, lund.id]
    assert (lund.roles, lund.party) == (("Norwegian government's spokeswoman",), "NO")


def test_a_spokeswoman_beside_two_women_is_nobody_in_particular() -> None:
    text = (
        "OSLO — Sarah Lund told reporters on Monday that the port was shut. Anna Berg was there as well.\n\n"
        "The Norwegian government's spokeswoman said the strike would go on for weeks."
    )
    assert said(text)[-1].speaker == "Norwegian government's spokeswoman"


def test_a_country_can_be_meant_by_it() -> None:
    text = (
        OPENING
        + "Last week Norway sent ships to the north, as it claimed it had evidence of a “credible threat” there."
    )
    (quote,) = [quote for quote in said(text) if "credible threat" in quote.content]
    assert quote.speaker == "Norway"


def test_the_us_is_a_country_and_not_us() -> None:
    text = OPENING + "Earlier this year, the US and Norway both announced that they would withdraw from the treaty."
    assert said(text)[-1].speaker == "US and Norway"


def test_two_of_whom_one_is_named_by_office_are_not_reduced_to_the_first() -> None:
    text = OPENING + "Dahl and the union's leader Tomas Berg have accused Oslo and demanded that foreign ships go home."
    assert said(text)[-1].speaker == "Dahl and the union's leader Tomas Berg"


# ---------------------------------------------------------------- forms of their own


@pytest.mark.parametrize(
    ("paragraphs", "content", "speaker"),
    [
        ("“The port is a disgrace to us all.” ― Ingrid Dahl", "The port is a disgrace to us all.", "Ingrid Dahl"),
        ('"The port is a disgrace to us all."\n\n- Dahl.', "The port is a disgrace to us all.", "Ingrid Dahl"),
        (
            "“The port has been shut for two weeks now.\n\n“It will open again on Friday,” Dahl said.",
            "The port has been shut for two weeks now.",
            "Ingrid Dahl",
        ),
        (
            "Late at night Dahl issued the following statement:\n\n“The port will open again on Friday.”",
            "The port will open again on Friday.",
            "Ingrid Dahl",
        ),
        (
            "Dahl released a statement saying, “The port will open again on Friday.”",
            "The port will open again on Friday.",
            "Ingrid Dahl",
        ),
        (
            "Nothing that Berg has said “will get the ships out of here,” Dahl said.",
            "Nothing that Berg has said “will get the ships out of here,”",
            "Ingrid Dahl",
        ),
        (
            "The strike would “cost us all a summer,” Dahl said.",
            "The strike would “cost us all a summer,”",
            "Ingrid Dahl",
        ),
        (
            "Dahl dismissed the offer as “a bad joke” about the crews.",
            "the offer as “a bad joke” about the crews",
            "Ingrid Dahl",
        ),
        (
            "“It is over,” Dahl said. It would be “a very long winter.”",
            "a very long winter.",
            "Ingrid Dahl",
        ),
        ("Berg met Dahl. In her words, the port was “a museum for ships.”", "a museum for ships.", "Ingrid Dahl"),
        ("The port was, in the words of Dahl, “a museum for ships.”", "a museum for ships.", "Ingrid Dahl"),
        ("“Would the port open again on Friday?” Dahl pressed.", "Would the port open again on Friday?", "Ingrid Dahl"),
    ],
)  # fmt: skip
def test_forms_of_attribution(paragraphs: str, content: str, speaker: str) -> None:
    speakers = {quote.content: quote.speaker for quote in said(OPENING + paragraphs)}
    assert speakers[content] == speaker


def test_the_turns_of_a_transcript_are_said_by_their_labels() -> None:
    text = OPENING + "LUND: Will it open again?\n\nDAHL: On Friday, as “The Courier” wrote.\n\nLUND: For good?"
    assert [(quote.content, quote.speaker) for quote in said(text) if quote.type == "direct"] == [
        ("Will it open again?", "LUND"),
        ("On Friday, as “The Courier” wrote.", "Ingrid Dahl"),
        ("For good?", "LUND"),
    ]


@pytest.mark.parametrize("label", ["Update", "Related", "What comes next"])
def test_a_label_alone_makes_no_conversation(label: str) -> None:
    assert said(OPENING + f"{label}: The port will open again.\n\n{label}: The crews are tired.") == []


@pytest.mark.parametrize(
    ("sentence", "source", "cue", "content"),
    [
        ("Dahl vowed to open the port by Friday.", "Dahl", "vowed", "to open the port by Friday"),
        ("Dahl rejected the offer of the crews.", "Dahl", "rejected", "the offer of the crews"),
        ("Berg has accused Oslo of breaking its word.", "Berg", "has accused", "Oslo | breaking its word"),
        ("The crews heard her call for an end of the strike.", "her", "call", "an end of the strike"),
        ("Dahl is confident that the ships will come.", "Dahl", "confident", "the ships will come"),
    ],
)
def test_attitudes(sentence: str, source: str, cue: str, content: str) -> None:
    text = OPENING + sentence
    (quote,) = [quote for quote in reading(text).quotes if quote.rule.startswith("frame ")]

    def words(spans: tuple[tuple[int, int], ...]) -> str:
        return " | ".join(text[slice(*span)] for span in spans)

    assert (words(quote.source), words(quote.cue), words(quote.content)) == (source, cue, content)


def test_a_dateline_and_a_title_are_nobody() -> None:
    text = (
        "BERGEN (Polar Wire) - Ingrid Dahl said the port would open. Tomas Berg, author of “The Long Winter,” agreed."
    )
    assert [(quote.source, quote.type) for quote in said(text) if quote.type != "scare"] == [
        ("Ingrid Dahl", "indirect")
    ]


def test_certainty_falls_with_the_form_of_the_attribution() -> None:
    text = OPENING + "“It will open on Friday,” Dahl said. She said that nobody would be paid. “It is over,” she said."
    result = reading(text)
    assert [quote.certainty for quote in result.quotes] == ["high", "medium", "medium"]


def test_where_the_same_words_stand_again_nothing_names_the_speaker() -> None:
    text = OPENING + "“A very long winter is coming”\n\n“A very long winter is coming,” Dahl said."
    again, first = reading(text).quotes
    assert again.speaker == first.speaker
    assert (again.source, again.rule) == ((), "printed again")


def test_a_name_behind_the_office_is_the_speaker_whatever_the_parser_makes_of_it() -> None:
    text = OPENING + "Opposition leader Per Aas called the strike “a slow shipwreck.” He said so twice."
    assert {quote.speaker for quote in said(text)} == {"Per Aas"}
    text = OPENING + "“If it were up to me,” a deckhand, Jon Vik, 34, said as he tied up, “they'd be out by now.”"
    assert said(text)[-1].speaker == "Jon Vik"


def test_what_one_called_so_is_not_said_by_who_explains_it() -> None:
    text = OPENING + "What Berg called “a cover-up” was, according to the ministry, “a routine audit.”"
    assert {quote.content: quote.speaker for quote in said(text)} == {
        "a cover-up": "Tomas Berg",
        "a routine audit.": "ministry",
    }


@pytest.mark.parametrize("who", ["A Dahl spokesman", "The Dahl campaign", "Dahl's office"])
def test_those_who_speak_for_somebody_are_not_that_person(who: str) -> None:
    (quote,) = said(OPENING + f"{who} said the strike would go on for weeks.")
    assert quote.speaker != "Ingrid Dahl"


def test_whose_a_question_and_an_answer_are_is_not_guessed() -> None:
    text = OPENING + "Q: Did anyone warn you?\n\nA: Nobody did.\n\nQ: Not even the insurer?"
    assert [(quote.source, quote.speaker) for quote in said(text)] == [("Q", None), ("A", None), ("Q", None)]


@pytest.mark.parametrize(
    ("paragraph", "content", "speaker"),
    [
        # Parsers hang "saying" on the day, on who was told, or on the nearest clause.
        (
            'Dahl issued a statement Tuesday saying, "The port is not for sale."',
            "The port is not for sale.",
            "Ingrid Dahl",
        ),
        (
            'Berg sent an email to members stating, "We will not go back on these terms."',
            "We will not go back on these terms.",
            "Tomas Berg",
        ),
        (
            (
                "Dahl rejected the notion that crews could quit the deal, arguing that there is “room enough for "
                "everybody” in it."
            ),
            "there is “room enough for everybody” in it",
            "Ingrid Dahl",
        ),
        (
            (
                'BERGEN, Oct. 3 (NNB) — Dahl released a statement at the start of talks Monday, offering "a deep and '
                'honest apology" to the crews.'
            ),
            "a deep and honest apology",
            "Ingrid Dahl",
        ),
        (
            (
                'Berg, opening the Museum of Fishery and Trade on Sunday, said it would tell of "a coast that never '
                'gave up."'
            ),
            'it would tell of "a coast that never gave up."',
            "Tomas Berg",
        ),
        # What leads up to a run is not who says it, where its own cue follows.
        (
            (
                "In spring, when Dahl offered the crews millions through the fund, “crews were short of money and "
                "took it,” Berg said."
            ),
            (
                "In spring, when Dahl offered the crews millions through the fund, “crews were short of money and "
                "took it,”"
            ),
            "Tomas Berg",
        ),
        (
            ("Many skippers believe it, but Dahl strongly denies it — “why would anybody wish for it?” asked Berg."),
            "why would anybody wish for it?",
            "Tomas Berg",
        ),
        (
            (
                'Dahl suggested that strikers cannot be trusted, while Berg said that the "stakes this winter are '
                'too high" for a pause.'
            ),
            'the "stakes this winter are too high" for a pause',
            "Tomas Berg",
        ),
        (
            ('With crews worried about the winter, Dahl is rolling out a new message: "It\'s about all of us here."'),
            "It's about all of us here.",
            "Ingrid Dahl",
        ),
    ],
)
def test_past_the_mistakes_of_parsers(paragraph: str, content: str, speaker: str) -> None:
    found = said(OPENING + paragraph)
    assert (content, speaker) in [(quote.content, quote.speaker) for quote in found]
    assert {quote.speaker for quote in found if content in quote.content} == {speaker}


def test_a_report_of_a_quotation_is_a_quote_of_its_source() -> None:
    text = OPENING + '"I ask you not to strike," Dahl said, according to the Fjord Post. "It would ruin us."'
    found = {quote.speaker: quote for quote in said(text)}
    assert found["Ingrid Dahl"].content == "I ask you not to strike | It would ruin us."
    assert "Dahl said" in found["Fjord Post"].content
    assert [quote.credited for quote in reading(text).quotes if quote.rule != "relayed"] == ["the Fjord Post"]


@pytest.mark.parametrize(
    "paragraph",
    ["Berg spoke in an interview on the podcast “Herring at Breakfast.”", "Dahl wore a “Keep Our Harbour Open” cap."],
)
def test_a_title_is_nobodys_words(paragraph: str) -> None:
    assert [quote.speaker for quote in said(OPENING + paragraph)] == [None]


def test_a_block_from_another_text_is_not_said_by_whom_it_tells_of() -> None:
    text = OPENING + (
        '"The hearing was closed but Berg spoke to reporters afterwards.\n\n“Nothing I heard was new,” Berg said.'
    )
    assert [quote.speaker for quote in said(text)] == [None, "Tomas Berg"]
