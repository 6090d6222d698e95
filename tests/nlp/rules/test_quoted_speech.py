"""What the marks and their place show: which quotation is an utterance, what introduces it, and whose it is."""

import pytest
from treebank import parse

from quotes.nlp.detection.quotation_marks import find_quotations, paragraphs_of, quote_kind
from quotes.nlp.rules.detect import detect
from quotes.records import Span


def words(text, spans, joiner=" "):
    return joiner.join(text[start:end] for start, end in spans)


def found(text):
    """Content, cue and source of every act of speech, as printed; "" where there is none."""
    return [
        (words(text, each.contents, " … "), words(text, each.cue), words(text, each.source.spans) if each.source else "")
        for each in detect(parse(text))
        if each.act == "speech"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The well is dry,” Imre said.", ("“The well is dry,”", "said", "Imre")),
        ("“The well is dry,” said Imre.", ("“The well is dry,”", "said", "Imre")),
        ("“The well is dry”, said Imre.", ("“The well is dry”", "said", "Imre")),
        ('"The well is dry," said Imre.', ('"The well is dry,"', "said", "Imre")),
        ("'The well is dry,' said Imre.", ("'The well is dry,'", "said", "Imre")),
        ("«The well is dry,» said Imre.", ("«The well is dry,»", "said", "Imre")),
        ("“Is the well dry?” asked Imre.", ("“Is the well dry?”", "asked", "Imre")),
        ("“The well is dry!” she cried.", ("“The well is dry!”", "cried", "she")),
        ("“The well is dry,” Imre told the council on Monday.", ("“The well is dry,”", "told", "Imre")),
        ("“The well is dry,” said Imre, laughing.", ("“The well is dry,”", "said", "Imre")),
    ],
)
def test_a_cue_behind_a_quotation_attributes_it(text, expected):
    """Before its source or after it, whatever the marks."""
    assert found(text) == [expected]


@pytest.mark.parametrize("verb", ["shrugged", "smiled", "deadpanned", "thundered"])
def test_any_verb_behind_a_comma_attributes(verb):
    """Position shows an utterance where no list knows the verb."""
    text = f"“The well is dry,” {verb} Imre."

    assert found(text) == [("“The well is dry,”", verb, "Imre")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Imre said, “The well is dry.”", ("“The well is dry.”", "said", "Imre")),
        ("Imre said: “The well is dry.”", ("“The well is dry.”", "said", "Imre")),
        ("Imre told reporters, “The well is dry.”", ("“The well is dry.”", "told", "Imre")),
        ("When asked, Imre replied, “The well is dry.”", ("“The well is dry.”", "replied", "Imre")),
    ],
)
def test_a_cue_before_a_quotation_attributes_it(text, expected):
    """With a comma or a colon between."""
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("Imre Fodor: “The well is dry.”", ":", "Imre Fodor"),
        ("Mayor Odile Fenn: “The well is dry.”", ":", "Mayor Odile Fenn"),
        ("“The well is dry.” — Imre Fodor", "—", "Imre Fodor"),
        ("“The well is dry.”\n\n— Imre Fodor", "—", "Imre Fodor"),
    ],
)
def test_a_colon_or_a_dash_with_a_name_attributes(text, cue, source):
    """The mark is the cue."""
    assert found(text) == [("“The well is dry.”", cue, source)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("“The well,” Imre said, “is dry.”", "“The well,” … “is dry.”"),
        ("“The well is dry,” Imre said. “We will leave.”", "“The well is dry,” … “We will leave.”"),
        ("“The well,” Imre said, “is dry.” “We will leave.”", "“The well,” … “is dry.”"),
    ],
)
def test_a_quote_broken_by_its_cue_is_one_quote(text, content):
    """A clause of attribution in the middle does not end it."""
    assert found(text)[0] == (content, "said", "Imre")


def test_a_second_cue_makes_a_second_quote():
    text = "“The well is dry,” said Imre, adding: “We will leave.”"

    assert found(text) == [("“The well is dry,”", "said", "Imre"), ("“We will leave.”", "adding", "Imre")]


def test_two_speakers_in_one_paragraph_are_kept_apart():
    text = "“The well is dry,” said Imre. “It is full,” said Odile."

    assert found(text) == [("“The well is dry,”", "said", "Imre"), ("“It is full,”", "said", "Odile")]


def test_a_floating_quote_has_no_cue_and_follows_the_quote_before_it():
    text = "Imre said the well was dry.\n\n“We will leave.”"
    reported, floating = detect(parse(text))

    assert floating.floating
    assert (floating.cue, floating.source) == ((), None)
    assert floating.follows == reported.start


def test_a_floating_quote_before_everything_follows_nothing():
    (each,) = detect(parse("“We will leave.” It took Imre a day to decide."))

    assert each.floating
    assert each.follows is None


def test_the_paragraphs_of_one_quote_share_the_cue_of_the_one_that_has_it():
    """Even of the last."""
    text = "“The well is dry.\n\n“We will leave,” said Imre."
    first, last = detect(parse(text))

    assert first.floating
    assert first.follows == last.start
    assert words(text, last.source.spans) == "Imre"


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “dry season” lasts a year.",
        "Imre read “The Dry Well” twice.",
        "The “dry” well was full.",
        "He plays for “the wolves” and “the bears” alike.",
    ],
)
def test_words_in_marks_are_no_speech_by_themselves(text):
    """Scare quotes, titles and nicknames."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Farmers who ask “is the well dry?” are sent away.",
        "If Imre says “the well is dry,” they will leave.",
        "Imre did not say “the well is dry.”",
        "Imre would never say, “The well is dry.”",
    ],
)
def test_quoted_speech_that_did_not_happen_is_no_quote(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Imre said the well was “bone dry.”", ("the well was “bone dry.”", "said", "Imre")),
        ("Imre said that the well was “bone dry” and useless.", ("the well was “bone dry” and useless", "said", "Imre")),
        ("The well was “bone dry,” Imre said.", ("The well was “bone dry,”", "said", "Imre")),
        ("Imre called the well “bone dry.”", ("the well “bone dry.”", "called", "Imre")),
    ],
)
def test_a_fragment_in_marks_belongs_to_the_clause_around_it(text, expected):
    """A mixed quote begins where the clause does."""
    assert found(text) == [expected]


def test_what_somebody_says_within_a_quotation_is_part_of_it():
    text = "“Odile says the well is dry,” said Imre."

    assert found(text) == [("“Odile says the well is dry,”", "said", "Imre")]


def test_nested_marks_are_part_of_the_quote():
    text = "“She shouted ‘dry!’ and left,” said Imre."

    assert found(text) == [("“She shouted ‘dry!’ and left,”", "said", "Imre")]


def test_an_odd_mark_loses_no_other_quote():
    """The batch of an editor who forgot one."""
    text = "“The well is dry, said Imre.\n\n“It is full,” said Odile."

    assert ("“It is full,”", "said", "Odile") in found(text)


def test_a_quotation_without_a_word_is_none():
    assert found("“…” The mayor paused.") == []


def test_a_rank_with_its_stop_does_not_end_the_clause_of_attribution():
    text = "“The levee holds,” warned Col. Lotte Whitlock."

    assert found(text) == [("“The levee holds,”", "warned", "Col. Lotte Whitlock")]


def test_a_long_source_is_taken_whole():
    text = "“The well is dry,” said Imre Fodor, an engineer at Tarn Water who drilled it."

    assert found(text) == [("“The well is dry,”", "said", "Imre Fodor, an engineer at Tarn Water who drilled it")]


def test_a_cue_of_several_words_is_whole():
    text = "“It is full,” Odile shot back."

    assert found(text) == [("“It is full,”", "shot back", "Odile")]


def test_everything_comes_in_the_order_of_the_text():
    text = "“The well is dry,” said Imre. Odile said it was full."
    starts = [each.start for each in detect(parse(text))]

    assert starts == sorted(starts)
    assert len(starts) == 2


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“The well is dry,” Imre said.", "“The well is dry,”", "direct"),
        ("The well is dry, Imre said.", "The well is dry", "indirect"),
        ("The well is “dry,” Imre said.", "The well is “dry,”", "mixed"),
        ("‘Dry,’ Imre said.", "‘Dry,’", "direct"),
        ("“He said ‘dry’,” Imre said.", "“He said ‘dry’,”", "direct"),
        ("“The well” is dry, Imre said.", "is dry", "indirect"),
    ],
)
def test_the_kind_is_how_much_of_the_content_stands_in_marks(text, content, kind):
    start = text.index(content)

    assert quote_kind(text, [Span(start, start + len(content))], find_quotations(text, paragraphs_of(text))) == kind


def test_a_broken_quote_is_direct_when_every_part_is():
    text = "“The well,” Imre said, “is dry.”"

    assert quote_kind(text, [Span(0, 11), Span(23, 32)], find_quotations(text, paragraphs_of(text))) == "direct"
    assert quote_kind(text, [Span(0, 11), Span(12, 21)], find_quotations(text, paragraphs_of(text))) == "mixed"


def test_a_clause_before_a_colon_says_who_speaks():
    """Its subject, though no verb in it says so."""
    assert found("The mayor had a warning: “The well is dry.”") == [("“The well is dry.”", ":", "The mayor")]


def test_a_known_verb_attributes_without_a_comma():
    assert found("“The well is dry” said Imre.") == [("“The well is dry”", "said", "Imre")]


@pytest.mark.parametrize("text", ["“The well is dry” is a lie.", "“Dry” perhaps, but full of fish.", "The boat, named “Grey Lady,” sank."])
def test_words_in_marks_are_no_speech_because_a_verb_follows(text):
    assert found(text) == []


def test_a_relative_clause_in_the_source_does_not_hide_the_cue():
    text = "“The well is dry,” Imre Fodor, who drilled it, said."

    assert [(each[0], each[1]) for each in found(text)] == [("“The well is dry,”", "said")]
    assert found(text)[0][2].startswith("Imre Fodor")


def test_an_adverb_may_stand_between_cue_and_source():
    assert found("“The well is dry,” said quietly the mayor of Tarn.") == [("“The well is dry,”", "said", "the mayor of Tarn")]


def test_a_sentence_behind_a_dash_is_no_label():
    assert ["—" for each in found("“The well is dry.” — Imre left the hall.") if each[1] == "—"] == []


def test_a_day_is_nobody():
    """ "on Monday said" has its source elsewhere."""
    assert found("“The well is dry,” Imre on Monday said.") == [("“The well is dry,”", "said", "Imre")]


def test_what_a_quoted_person_reports_is_in_no_marks_of_its_own():
    """Unless they quote it: the marks around its cue are those of the whole."""
    text = "“Odile said it was dry, and then ‘No,’ she said.”"
    marks = find_quotations(text, paragraphs_of(text))

    def at(words):
        return Span(text.index(words), text.index(words) + len(words))

    assert quote_kind(text, [at("it was dry")], marks, [at("said")]) == "indirect"
    assert quote_kind(text, [at("‘No,’")], marks, [at("said.")]) == "direct"
    assert quote_kind(text, [at("it was dry")], marks) == "direct"
