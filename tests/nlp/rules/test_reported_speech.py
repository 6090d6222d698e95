"""Each construction that reports what somebody said, thinks or wants, on a pinned parse."""

import pytest
from treebank import parse

from quotes.nlp.rules.detect import detect
from quotes.nlp.rules.reported_speech import find_reported_speech


def found(text: str, act: str = "speech") -> list[tuple[str, str, str]]:
    """Content, cue and source of each report of an act, as printed."""
    return [
        (words(text, each.contents, " … "), words(text, each.cue), words(text, each.source.spans))
        for each in detect(parse(text))
        if each.act == act and each.source is not None
    ]


def words(text, spans, joiner=" "):
    return joiner.join(text[start:end] for start, end in spans)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Imre said that the well was dry.", "the well was dry"),
        ("Imre said the well was dry.", "the well was dry"),
        ("Imre said that, in winter, the well froze.", "in winter, the well froze"),
        ("Imre said the well was dry and the pump had failed.", "the well was dry and the pump had failed"),
    ],
)
def test_a_clause_behind_a_verb_of_speech_is_its_content(text, content):
    """With "that", which stays outside, and without it."""
    assert found(text) == [(content, "said", "Imre")]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Imre asked whether the well was dry.", "whether the well was dry"),
        ("Imre asked if the well was dry.", "if the well was dry"),
        ("Imre explained why the well was dry.", "why the well was dry"),
        ("Imre explained how the pump works.", "how the pump works"),
    ],
)
def test_a_question_word_belongs_to_the_content(text, content):
    assert [each[0] for each in found(text)] == [content]


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("The well is dry, Imre said.", "The well is dry", "Imre"),
        ("The well is dry, said Imre Fodor.", "The well is dry", "Imre Fodor"),
        ("The well is dry, officials at Tarn Water said.", "The well is dry", "officials at Tarn Water"),
    ],
)
def test_a_clause_before_its_cue_is_the_content(text, content, source):
    assert found(text) == [(content, "said", source)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The well, Imre said, is dry.", "The well … is dry"),
        ("In May, Imre said, the well will be deepened.", "In May … the well will be deepened"),
    ],
)
def test_a_cue_in_the_middle_breaks_the_content_in_two(text, content):
    assert found(text) == [(content, "said", "Imre")]


def test_an_as_clause_reports_the_clause_around_it():
    assert found("The well is dry, as the mayor admitted in May.") == [("The well is dry", "admitted", "the mayor")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Imre vowed to deepen the well.", ("to deepen the well", "vowed", "Imre")),
        ("Imre promised to deepen the well.", ("to deepen the well", "promised", "Imre")),
        ("Imre urged the council to deepen the well.", ("the council to deepen the well", "urged", "Imre")),
        ("Imre told the crew to leave.", ("the crew to leave", "told", "Imre")),
        ("Imre denied stealing the pump.", ("stealing the pump", "denied", "Imre")),
    ],
)
def test_an_infinitive_or_gerund_is_the_content(text, expected):
    """With the person who is asked to do it."""
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Imre called the plan a disgrace.", ("the plan a disgrace", "called", "Imre")),
        ("Imre called the plan “a disgrace.”", ("the plan “a disgrace.”", "called", "Imre")),
        ("Imre described the plan as reckless.", ("the plan as reckless", "described", "Imre")),
        ("Imre dismissed the plan as a joke.", ("the plan as a joke", "dismissed", "Imre")),
    ],
)
def test_what_somebody_calls_a_thing_is_the_content_with_the_thing(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarn Water announced a new well.", ("a new well", "announced", "Tarn Water")),
        ("Imre criticised the council for its silence.", ("the council for its silence", "criticised", "Imre")),
        ("Imre accused the council of theft.", ("the council of theft", "accused", "Imre")),
        ("Imre praised the divers.", ("the divers", "praised", "Imre")),
    ],
)
def test_the_object_of_some_verbs_is_the_content(text, expected):
    """With the reason, where there is one."""
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Imre warned of a long drought.", "a long drought"),
        ("Imre called for a new election.", "a new election"),
        ("Imre complained about the noise.", "the noise"),
    ],
)
def test_the_complement_of_a_preposition_is_the_content(text, content):
    assert [each[0] for each in found(text)] == [content]
    assert [each[2] for each in found(text)] == ["Imre"]


@pytest.mark.parametrize(
    "text",
    [
        "Imre called the police.",
        "Imre called his sister on Monday.",
        "Imre said goodbye.",
        "Imre told his sister.",
    ],
)
def test_an_object_that_says_nothing_is_no_content(text):
    """A call by telephone is no report."""
    assert found(text) == []


def test_the_agent_of_a_passive_is_the_source():
    assert found("Owners were told by the council that the well was dry.") == [("the well was dry", "told", "the council")]


def test_what_is_criticised_by_somebody_is_their_content():
    assert found("The plan was criticised by the growers.") == [("The plan", "criticised", "the growers")]


def test_a_passive_without_an_agent_has_no_source():
    assert found("Owners were told that the well was dry.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Imre made the claim that the well was dry.", ("the well was dry", "claim", "Imre")),
        ("Imre’s claim that the well was dry upset the mayor.", ("the well was dry", "claim", "Imre")),
        ("Imre’s warning of a drought was ignored.", ("a drought", "warning", "Imre")),
    ],
)
def test_a_noun_of_speech_has_a_content_and_an_owner(text, expected):
    assert found(text) == [expected]


def test_an_adjective_may_say_what_its_subject_holds():
    assert found("Imre was adamant that the well was dry.") == [("the well was dry", "adamant", "Imre")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("According to Imre Fodor, the well is dry.", ("the well is dry", "According to", "Imre Fodor")),
        ("The well is dry, according to Imre Fodor.", ("The well is dry", "according to", "Imre Fodor")),
        ("The well, according to the council, is dry.", ("The well … is dry", "according to", "the council")),
        ("The well is dry, according to a report by Tarn Water.", ("The well is dry", "according to", "a report by Tarn Water")),
    ],
)
def test_according_to_makes_the_clause_around_it_a_content(text, expected):
    """Whichever side it stands on."""
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A second cue follows, Imre said, adding that it was short.", ("it was short", "adding", "Imre")),
        ("Imre shrugged, saying the well was dry.", ("the well was dry", "saying", "Imre")),
        ("The council issued a report saying the well was dry.", ("the well was dry", "saying", "The council")),
        ("Odile issued a statement saying she had resigned.", ("she had resigned", "saying", "Odile")),
        ("A report saying the well was dry has been lost.", ("the well was dry", "saying", "A report")),
        ("Imre stood up and said the well was dry.", ("the well was dry", "said", "Imre")),
    ],
)
def test_a_cue_without_a_subject_takes_the_one_above_it(text, expected):
    """A participle, a second verb, or a paper that somebody issued."""
    assert expected in found(text)


def test_a_relative_pronoun_is_printed_and_its_noun_is_meant():
    text = "Imre, who said the well was dry, left."
    (each,) = find_reported_speech(parse(text))

    assert words(text, each.source.spans) == "who"
    assert parse(text).words[each.source.head] == "Imre"


def test_a_report_within_a_report_is_one_of_its_own():
    text = "Odile said that Imre said the well was dry."

    assert found(text) == [("Imre said the well was dry", "said", "Odile"), ("the well was dry", "said", "Imre")]


@pytest.mark.parametrize(
    "text",
    [
        "Imre did not say that the well was dry.",
        "Imre never said that the well was dry.",
        "Imre would say that the well was dry.",
        "Imre might say the well was dry.",
        "If Imre says the well is dry, they will leave.",
        "Imre declined to say why the well was dry.",
        "Imre refused to say whether the well was dry.",
        "Imre declined to comment.",
        "Imre wants to say that the well is dry.",
        "That is to say, the well was dry.",
        "Farmers who say the well is dry are wrong.",
    ],
)
def test_speech_that_did_not_happen_is_no_report(text):
    """Denied, imagined, supposed, withheld, or anybody's."""
    assert found(text) == []


@pytest.mark.parametrize("text", ["Imre told the truth.", "The sign reads well.", "He is said to be rich.", "Needless to say, they left."])
def test_idioms_report_nothing(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Imre believes the well is dry.", ("the well is dry", "believes", "Imre")),
        ("Imre fears that the well is dry.", ("the well is dry", "fears", "Imre")),
    ],
)
def test_a_thought_is_told_from_speech(text, expected):
    assert found(text, "thought") == [expected]
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Imre plans to deepen the well.", ("to deepen the well", "plans", "Imre")),
        ("Imre wants to deepen the well.", ("to deepen the well", "wants", "Imre")),
    ],
)
def test_an_intent_is_told_from_speech(text, expected):
    assert found(text, "intent") == [expected]
    assert found(text) == []


def test_a_mere_event_shows_nothing():
    """A report finds, a storm does not."""
    assert found("The storm showed that the wall was weak.", "other") == []
    assert found("The report showed that the wall was weak.") + found("The report showed that the wall was weak.", "other") != []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Imre Fodor, an engineer at Tarn Water, said the well was dry.", "Imre Fodor, an engineer at Tarn Water"),
        ("Two officials familiar with the plan said the well was dry.", "Two officials familiar with the plan"),
        ("Imre on Thursday said the well was dry.", "Imre"),
        ("Imre and Odile said the well was dry.", "Imre and Odile"),
    ],
)
def test_the_source_is_the_whole_phrase_without_the_time(text, source):
    assert [each[2] for each in found(text)] == [source]


def test_a_cue_that_marks_already_explain_is_left_alone():
    """`taken` names the tokens of cues that belong to quotations."""
    text = "Imre said the well was dry."

    assert find_reported_speech(parse(text), {1}) == []


def test_reports_come_in_the_order_of_their_cues():
    text = "According to Imre Fodor, the well is dry. Odile said it was full."
    starts = [each.cue[0].start for each in find_reported_speech(parse(text))]

    assert len(starts) == 2
    assert starts == sorted(starts)


def test_a_content_never_holds_its_own_cue_or_source():
    for text in ("The well, Imre said, is dry.", "The well is dry, according to Imre Fodor.", "Imre called for a new election."):
        for each in find_reported_speech(parse(text)):
            inside = [(start, end) for start, end in each.contents]
            for start, end in (*each.cue, *each.source.spans):
                assert not any(first < end and start < last for first, last in inside)


def test_a_clause_hung_on_the_statement_belongs_to_the_verb():
    """ "said in a statement that …"."""
    assert found("Imre said in a statement that the well was dry.") == [("the well was dry", "said", "Imre")]


def test_what_is_cited_is_a_source_and_no_content():
    assert found("The well is dry, Tarn News reported, citing two officials.") == [("The well is dry", "reported", "Tarn News")]


def test_a_concession_that_reports_somebody_else_is_no_part_of_the_content():
    text = "Although Odile said it was full, the well is dry, Imre said."

    assert found(text) == [("it was full", "said", "Odile"), ("the well is dry", "said", "Imre")]


def test_the_circumstance_of_an_utterance_is_no_part_of_it():
    """It is told in the past, what was said in the present."""
    assert found("Imre said the well is dry as he left the hall.") == [("the well is dry", "said", "Imre")]


@pytest.mark.parametrize(
    ("text", "act", "expected"),
    [
        ("Imre’s plan to deepen the well was dropped.", "intent", ("to deepen the well", "plan", "Imre")),
        ("Imre was worried about the drought.", "thought", ("the drought", "worried", "Imre")),
        ("Imre was anxious to leave.", "thought", ("to leave", "anxious", "Imre")),
    ],
)
def test_nouns_and_adjectives_take_infinitives_and_prepositions(text, act, expected):
    assert found(text, act) == [expected]


def test_a_report_in_a_coordinated_passive_has_no_source():
    """Who was told does not say."""
    assert found("Imre was arrested and said to be ill.") == []
