"""Gold articles made into windows, once."""

from dataclasses import fields, replace

import numpy as np
import pytest
from training_samples import EDGES, Pipeline, gold_article, marked, parse, tokenizer

from quotes.records import ACTS, Article, Span, Zone
from quotes.training.examples.name_labels import UNSURE
from quotes.training.examples.prepare import ENTITIES, Preparer, act_of, entity_labels, load_examples, parsed, save_examples
from quotes.training.examples.quote_examples import IGNORED, Example

WEIR = gold_article("{c1|“The old weir held,”} {q1|said} {s1|Ines Duarte}. Omar hummed.\n\n{s2|Omar Lind} {q2|added} {c2|so}.")
PORT = gold_article("{s1|Omar} {q1|said} {c1|the weir held}.", "port")


def preparer(folder, **changes):
    return Preparer(**{"nlp": Pipeline(), "tokenizer": tokenizer(), "edges": EDGES, "cache": folder} | changes)


def prepared(each, articles=(WEIR, PORT), forms=1):
    return each.prepared(articles, forms, lambda count: None)


def same(one, other):
    """Whether two windows hold the same numbers in arrays of the same kind."""
    pairs = [(getattr(one, each.name), getattr(other, each.name)) for each in fields(Example)]
    return all(ours.dtype == theirs.dtype and np.array_equal(ours, theirs) for ours, theirs in pairs)


def test_an_article_has_its_own_form_and_changed_ones(tmp_path):
    """In order of the articles, each under its name."""
    each = preparer(tmp_path)
    weir, port = prepared(each, forms=2)

    assert [len(article) for article in (weir, port)] == [3, 3]
    assert WEIR.article.text in each.nlp.parsed
    assert [len(window.anchors) for window in weir[0]] == [2]
    assert [len(window.anchors) for window in port[0]] == [1]


def test_nothing_is_prepared_twice(tmp_path):
    """What lies in the folder is taken as it is, without a parse; each form is reported either way."""
    first, told = prepared(preparer(tmp_path)), []
    again = preparer(tmp_path)
    second = again.prepared((WEIR, PORT), 1, told.append)

    assert again.nlp.parsed == []
    assert sum(told) == 4
    for one, other in zip(first, second, strict=True):
        for ours, theirs in zip(one, other, strict=True):
            assert all(same(window, copy) for window, copy in zip(ours, theirs, strict=True))


def test_only_what_is_missing_is_prepared(tmp_path):
    """A run that was killed goes on where it was; one more article costs one more parse."""
    prepared(preparer(tmp_path), [WEIR], forms=0)
    again = preparer(tmp_path)
    prepared(again, forms=0)

    assert again.nlp.parsed == [PORT.article.text]


@pytest.mark.parametrize(
    "changed",
    [
        replace(WEIR, name="another"),
        replace(WEIR, attributions=WEIR.attributions[:1]),
        replace(WEIR, article=replace(WEIR.article, text=WEIR.article.text + " So.")),
    ],
    ids=["name", "annotation", "text"],
)
def test_another_article_is_prepared_anew(tmp_path, changed):
    """Whatever of it changed."""
    prepared(preparer(tmp_path), [WEIR], 0)
    again = preparer(tmp_path)
    prepared(again, [changed], 0)

    assert again.nlp.parsed == [changed.article.text]


def test_another_tokenizer_prepares_anew(tmp_path):
    """The same piece has another number in another vocabulary."""
    other = type(tokenizer()).from_str(tokenizer().to_str())
    other.model = type(other.model)({piece: number for number, piece in enumerate(reversed(list(other.get_vocab())))}, unk_token="[UNK]")
    prepared(preparer(tmp_path), [WEIR], 0)
    again = preparer(tmp_path, tokenizer=other)
    prepared(again, [WEIR], 0)

    assert again.nlp.parsed


def test_windows_are_kept_as_plain_arrays(tmp_path):
    """Read back, they are the same, and nothing in the folder can run code."""
    each = preparer(tmp_path)
    (weir, _) = prepared(each)
    save_examples(tmp_path / "deep" / "some.npz", weir[0] * 12)
    found = load_examples(tmp_path / "deep" / "some.npz")

    assert len(found) == 12 * len(weir[0])
    assert all(same(window, weir[0][number % len(weir[0])]) for number, window in enumerate(found))
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {".npz"}
    assert not any(path.name.endswith(".new.npz") for path in tmp_path.rglob("*"))


def test_articles_are_parsed_but_not_searched():
    """Their zones go along; what would look for quotes is asleep, where there is such."""
    nlp = Pipeline()
    article = Article(text="The weir\n\nIt held.", zones=(Zone("headline", 0, 8), Zone("body", 10, 18)))
    (doc,) = parsed(nlp, [article])

    assert doc._.zones == (("headline", 0, 8), ("body", 10, 18))
    assert nlp.asleep == ["quotes_detector", "quotes_resolver", "quotes_topics"]
    assert doc.has_annotation("DEP")


def act(passage, said=None):
    text, (gold,) = marked(passage)
    number = act_of(parse(text), replace(gold, act=said))
    return None if number == IGNORED else ACTS[number]


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("{s1|Omar} {q1|said} {c1|so}.", "speech"),
        ("{s1|They} {q1|believe} {c1|so}.", "thought"),
        ("{c1|So}, {q1|according to} {s1|Omar}.", "speech"),
        ("{s1|Omar} {q1|hummed} {c1|so}.", None),
        ("{c1|“So.”}", None),
    ],
)
def test_an_act_nobody_annotated_is_that_of_the_word(passage, expected):
    """None where the lists do not have it, or there is no cue; an act that was annotated stands whatever the word."""
    assert act(passage) == expected
    assert [act(passage, said) for said in ACTS] == list(ACTS)


def labels(text, *named):
    entities = [(Span(text.index(words), text.index(words) + len(words)), label) for words, label in named]
    return entity_labels(parse(text), entities).tolist()


def test_entities_are_numbered_by_kind_and_place():
    """Odd where one begins, even inside; nothing outside or where we do not know the kind, and ignored where it is unsure."""
    text = "Ines Duarte said Omar hummed"
    person = 1 + 2 * ENTITIES.index("PERSON")

    assert labels(text, ("Ines Duarte", "PERSON"), ("Omar", "PERSON")) == [person, person + 1, 0, person, 0]
    assert labels(text, ("Ines Duarte", "PERSON"), ("Omar", UNSURE))[3] == IGNORED
    assert labels(text, ("Ines Duarte", "CARDINAL"), ("Omar", "PET")) == [2 * len(ENTITIES) - 1, 2 * len(ENTITIES), 0, 0, 0]


@pytest.mark.model
def test_the_pipeline_prepares_an_article(tmp_path):
    """With the parse, the rules and the recogniser that training has."""
    import quotes

    gold = gold_article("{c1|“The weir held all night,”} {q1|said} {s1|Ines Duarte, the harbour master}.")
    (found,) = prepared(preparer(tmp_path, nlp=quotes.load(model="rules")), [gold], 1)
    (window,) = found[0]

    assert window.acts.tolist() == [ACTS.index("speech")]
    assert window.anchors.tolist() == [8]
    assert 1 + 2 * ENTITIES.index("PERSON") in window.entities
    assert window.pairs[0, 2].max() > 1  # the rules found it too
    assert len(found[1][0].anchors) == 1
