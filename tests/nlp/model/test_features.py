import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab
from treebank import bank, parse

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import find_quotations, paragraphs_of
from quotes.nlp.detection.sources import Source
from quotes.nlp.model.features import (
    FIELDS,
    PAIR_FIELDS,
    RELATIONS,
    TAGS,
    ZONES,
    RuleRoles,
    anchor_of,
    pair_features,
    paragraph_numbers,
    rule_roles,
    token_features,
)
from quotes.nlp.parsing.parse import parse_of
from quotes.nlp.rules.detect import detect
from quotes.records import Span

SAID = "“The well is dry,” Imre said."
BROKEN = "“The well,” Imre said, “is dry.”"
FLOATS = "“We will leave.” It took Imre a day to decide."
NESTED = "Odile said that Imre said the well was dry."
CROSSED = "“She shouted ‘dry!’ and left,” said Imre."
TWO = ("Imre said the well was dry.", "Odile Fenn left. Imre Fodor came back.")
NOTHING = RuleRoles((), ())


def table(each, found=NOTHING, zones=()):
    """The values of each field, by token."""
    paragraphs = paragraphs_of(each.text)
    return dict(zip(FIELDS, token_features(each, found, find_quotations(each.text, paragraphs), paragraphs, zones).tolist(), strict=True))


def of(text, field, *, rules=False):
    """The words of a text, each with the value of one field."""
    each = parse(text)
    values = table(each, rule_roles(each, detect(each)) if rules else NOTHING)[field]
    return " ".join(f"{word}/{value}" for word, value in zip(each.words, values, strict=True))


def path_from(each, cue):
    """The path field from the first token with a word, by word."""
    numbers = paragraph_numbers(each, paragraphs_of(each.text))
    fields = pair_features(each, each.words.index(cue), 0, len(each), rule_roles(each, detect(each)), numbers)
    return dict(zip(each.words, fields[1].tolist(), strict=True))


def test_every_value_has_a_row_in_its_table():
    """None is 0, which stands for nothing known."""
    for text in bank():
        each = parse(text)
        values = table(each, rule_roles(each, detect(each)), [("dateline", 0, 1)])
        assert [(text, name, value) for name, column in values.items() for value in column if not 0 < value < FIELDS[name]] == []


@pytest.mark.parametrize("text", [SAID, BROKEN, NESTED, "The hearing\n\nHALE: Is the well dry?\n\nFODOR: It is dry.\n\nHALE: Since when?"])
def test_every_value_of_a_pair_has_a_row_in_its_table(text):
    """From whichever token it is seen."""
    each = parse(text)
    found, numbers = rule_roles(each, detect(each)), paragraph_numbers(each, paragraphs_of(text))

    for anchor in range(len(each)):
        fields = pair_features(each, anchor, 0, len(each), found, numbers)
        assert (fields > 0).all()
        assert (fields.max(axis=1) < list(PAIR_FIELDS.values())).all()


def test_tags_and_relations_have_numbers_of_their_own():
    """Those that spaCy does not give count as unknown."""
    words = ["dry"] * (len(TAGS) + 1)
    tags = Doc(Vocab(), words=words, tags=[*TAGS, "ODD"], deps=["dep"] * len(words), heads=[0] * len(words))
    words = ["dry"] * (len(RELATIONS) + 1)
    relations = Doc(Vocab(), words=words, tags=["NN"] * len(words), deps=[*RELATIONS, "odd"], heads=[0] * len(words))

    assert table(parse_of(tags))["tag"] == [*range(2, len(TAGS) + 2), 1]
    assert table(parse_of(relations))["relation"] == [*range(2, len(RELATIONS) + 2), 1]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        *[("\n", 1), ("“", 2), ("…", 2), ("12", 3), ("3rd", 3), ("well", 4), ("’s", 4)],
        *[("I", 5), ("TWA", 6), ("U.S.", 6), ("Imre", 7), ("Osei-Brandt", 8), ("eBay", 9)],
    ],
)
def test_a_word_has_a_shape(word, shape):
    """White space, mark, number, and how it is written."""
    assert table(parse_of(Doc(Vocab(), words=[word])))["shape"] == [shape]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SAID, "“/5 The/3 well/3 is/3 dry/3 ,/3 ”/7 Imre/1 said/1 ./1"),
        (CROSSED, "“/5 She/3 shouted/3 ‘/6 dry/2 !/2 ’/7 and/3 left/3 ,/3 ”/7 said/1 Imre/1 ./1"),
        (
            "“The well is dry, said Imre.\n\n“It is full,” said Odile.",
            "“/5 The/4 well/4 is/4 dry/4 ,/4 said/4 Imre/4 ./4 \n\n/1 “/5 It/3 is/3 full/3 ,/3 ”/7 said/1 Odile/1 ./1",
        ),
    ],
)
def test_marks_tell_what_they_open_hold_and_close(text, expected):
    """Outside 1; opening mark 5, in another quotation 6; inside 3, deeper 2, and 4 where nobody closed it; closing mark 7."""
    assert of(text, "marks") == expected


def test_a_zone_covers_its_tokens():
    """A token half in a zone belongs to it; what no zone covers is body; a kind that nobody knows is unknown."""
    values = table(parse("TARN — The well is dry, Imre said."), zones=[("dateline", 0, 6), ("odd", 7, 9)])["zone"]

    assert values[:4] == [ZONES.index("dateline") + 2, ZONES.index("dateline") + 2, 1, ZONES.index("body") + 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SAID, "“/2 The/3 well/3 is/3 dry/3 ,/3 ”/3 Imre/7 said/6 ./1"),
        (BROKEN, "“/2 The/3 well/3 ,/3 ”/3 Imre/7 said/6 ,/1 “/2 is/3 dry/3 ./3 ”/3"),
        (FLOATS, "“/4 We/5 will/5 leave/5 ./5 ”/5 It/1 took/1 Imre/1 a/1 day/1 to/1 decide/1 ./1"),
        (NESTED, "Odile/7 said/6 that/1 Imre/9 said/8 the/2 well/3 was/3 dry/3 ./1"),
    ],
)
def test_what_the_rules_found_is_told_by_token(text, expected):
    """Each part of a content begins with 2 and goes on with 3, without a cue 4 and 5; cue 6, source 7, and 8 and 9 within a content."""
    assert of(text, "rule", rules=True) == expected


def test_sentences_and_paragraphs_begin():
    """A paragraph’s first token begins both."""
    each = parse(*TWO)
    begins = table(each)["begins"]

    assert [(each.words[token], number) for token, number in enumerate(begins) if number > 1] == [("Imre", 3), ("Odile", 3), ("Imre", 2)]


@pytest.mark.parametrize(
    ("text", "cue", "anchor"),
    [
        ("Imre has said the well is dry.", ["has", "said"], "said"),
        ("The well is dry, Imre said.", [",", "said"], "said"),
        ("The well is dry, Imre said.", [","], ","),
    ],
)
def test_one_token_stands_for_a_cue(text, cue, anchor):
    """That whose head lies outside, an auxiliary's verb; of several a verb or noun before a comma that hangs on the root as well."""
    each = parse(text)

    assert each.words[anchor_of(each, [each.words.index(word) for word in cue])] == anchor


def test_the_rules_attributions_are_found_by_token():
    """Content 2, cue 3, source 4; only a cue has roles."""
    each = parse(SAID)
    found = rule_roles(each, detect(each))
    said = each.words.index("said")

    assert found.anchors == (said,)
    assert found.roles == ({**dict.fromkeys(range(7), 2), 7: 4, 8: 3},)
    assert found.at(said) == found.roles[0]
    assert found.at(each.words.index("well")) is None


def test_a_token_that_is_content_and_source_counts_as_source():
    """One token, one role: a source within its own content is still the source."""
    each = parse("Imre said the well was dry.")
    imre = Source((Span(0, 4),), 0, frozenset({0}))
    found = rule_roles(each, [Attribution((Span(0, 26),), (Span(5, 9),), imre, "speech", "x")])

    assert [found.roles[0][token] for token in range(3)] == [4, 3, 2]


def test_distance_is_counted_in_widths_that_double():
    """Before and behind alike, the anchor in the middle."""
    each = parse_of(Doc(Vocab(), words=["dry"] * 1200))
    numbers = paragraph_numbers(each, [])
    distance = pair_features(each, 600, 0, 1200, NOTHING, numbers)[0]

    assert distance[600] == 10
    assert distance[601:609].tolist() == [11, 12, 12, 13, 13, 13, 13, 14]
    assert (distance[1], distance[1199]) == (1, 19)
    assert (np.diff(distance) >= 0).all()
    assert (distance[1:600] + distance[1199:600:-1] == 20).all()


def test_the_path_is_the_relation_under_the_cue():
    """What hangs below has the path of what it hangs on."""
    path = path_from(parse("Imre said that the well was dry."), "said")

    assert {path[word] for word in ("that", "the", "well", "was", "dry")} == {8 + RELATIONS.index("ccomp")}
    assert path["Imre"] == 8 + RELATIONS.index("nsubj")
    assert path["said"] == 5


def test_the_path_tells_heads_above_the_cue():
    """And what stands in its sentence without hanging on it."""
    path = path_from(parse("Imre shrugged, saying the well was dry."), "saying")

    assert (path["shrugged"], path["Imre"]) == (4, 3)


def test_the_path_tells_paragraph_and_the_rest():
    """Each farther away than the other."""
    each = parse("According to Imre Fodor, the well is dry. Odile said it was full.", "The storm passed.")
    path = path_from(each, "is")

    assert (path["said"], path["storm"]) == (2, 1)


@given(st.sampled_from([NESTED, BROKEN, "The hearing\n\nHALE: Is the well dry?\n\nFODOR: It is dry.\n\nHALE: Since when?"]), st.data())
def test_a_part_is_seen_as_it_is_in_the_whole(text, data):
    """Also from an anchor that stands outside the part."""
    each = parse(text)
    first = data.draw(st.integers(0, len(each) - 1))
    last = data.draw(st.integers(first + 1, len(each)))
    anchor = data.draw(st.integers(0, len(each) - 1))
    found, numbers = rule_roles(each, detect(each)), paragraph_numbers(each, paragraphs_of(text))

    part, whole = (pair_features(each, anchor, *edges, found, numbers) for edges in ((first, last), (0, len(each))))

    assert (part == whole[:, first:last]).all()


def test_a_pair_tells_the_roles_that_the_rules_gave_for_this_cue():
    """Not those of another attribution."""
    each = parse(NESTED)
    outer, inner = (token for token, word in enumerate(each.words) if word == "said")
    found, numbers = rule_roles(each, detect(each)), paragraph_numbers(each, paragraphs_of(NESTED))
    by_outer, by_inner = (pair_features(each, anchor, 0, len(each), found, numbers)[2].tolist() for anchor in (outer, inner))

    assert by_outer[:2] == [5, 4]
    assert set(by_outer[4:-1]) == {3}
    assert by_inner[:5] == [2, 2, 2, 5, 4]
