"""The whole pipeline with the real model, as a program outside uses it."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import quotes
from quotes.errors import PipelineError
from quotes.extract import quotes_of

pytestmark = pytest.mark.model

TEXTS = [
    "“The data,” Oyelaran said, “do not support it.”",
    "Mayor Grace Adu said the bridge was safe. “I cross it every day,” she said.\n\n“My children do too.”",
    "Critics called the plan “a gift to speculators,” and the port authority said it would appeal.",
    "According to Ana Lucía Prieto, a geologist at Marlow College, the cliff moves a metre a year.",
    "Nobody spoke.",
    "",
    " \n\n ",
    "“Unclosed, she wrote.\n\nThe 24\" pipe isn't 'ours'.",
    "Steel tariffs hurt Senn, Grace Adu said. “Interest rates do too.”",
    *[path.read_text("utf-8") for path in sorted(Path(quotes.__file__).with_name("demo").glob("articles/*.txt"))[::3]],
]


@pytest.fixture(scope="module")
def docs(nlp):
    return list(nlp.pipe(TEXTS))


def test_the_example_of_the_contract(nlp):
    """One broken quote, its values plain."""
    (quote,) = nlp(TEXTS[0])._.quotes

    assert quote["kind"] == "direct"
    assert quote["act"] == "speech"
    assert quote["text"] == "“The data,” … “do not support it.”"
    assert quote["spans"] == ((0, 11), (27, 47))
    assert quote["cue"]["text"] == "said"
    assert quote["speaker"]["name"] == quote["mention"]["text"] == "Oyelaran"
    assert 0 < quote["confidence"] <= 1


def spans_of(plain):
    """Every span of a quote with the words it must hold."""
    for key in ("cue", "mention"):
        if plain[key]:
            yield plain[key]["spans"], plain[key]["text"], " "
    yield plain["spans"], plain["text"], " … "
    for each in plain["speaker"]["affiliations"] if plain["speaker"] else ():
        for key in ("title", "institution"):
            if each[key]:
                yield (each[f"{key}_span"],), each[key], " "


def assert_holds(doc):
    for quote in doc._.quotes:
        for spans, words, joiner in spans_of(quote):
            assert joiner.join(doc.text[start:end] for start, end in spans) == words
            assert all(0 <= start < end <= len(doc.text) for start, end in spans)
            assert [*spans] == sorted(spans)
        assert quote["kind"] in {"direct", "mixed", "indirect"}
        assert quote["act"] in {"speech", "thought", "intent", "other"}
        assert quote["speaker"] is None or quote["speaker"]["kind"] in {"person", "organisation", "group", "unnamed", "document"}
        assert quote["speaker"] is None or quote["speaker"]["name"]
        assert 0 <= quote["confidence"] <= 1


def test_every_span_holds_the_words_that_it_claims(docs):
    """The text is never changed."""
    assert any(doc._.quotes for doc in docs)
    for doc, text in zip(docs, TEXTS, strict=True):
        assert doc.text == text
        assert_holds(doc)


MARKS = "“”\"'‘’«»,.?:—…(\n\r\t \xa0\u2028\x00é🙂"
WORDS = "\n\n|said|she|He|Mayor|Grace Adu|Dr.|the bank|according to|that|not|I|who|told|reporters|is a|24|Jr.|’s"
pieces = st.sampled_from([*MARKS, *WORDS.split("|")])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(pieces | st.text(max_size=5), max_size=24), st.sampled_from(["", " "]))
def test_no_text_raises_and_every_span_holds(nlp, words, between):
    """Marks, names, cues and line breaks in any order."""
    assert_holds(nlp(between.join(words)))


def found(doc):
    """All that is read off a Doc."""
    return tuple(doc._.topics), quotes_of(doc)


def test_several_processes_find_the_same_as_one(nlp, docs):
    """What hangs on a Doc survives the way back."""
    spread = list(nlp.pipe(TEXTS, n_process=2, batch_size=2))

    assert any(doc._.topics for doc in docs)
    assert [found(doc) for doc in spread] == [found(doc) for doc in docs]
    assert [[tuple(zone) for zone in doc._.zones] for doc in spread] == [[tuple(zone) for zone in doc._.zones] for doc in docs]


def test_a_doc_keeps_its_quotes_in_a_docbin(nlp, docs):
    from spacy.tokens import DocBin

    stored = DocBin(store_user_data=True, docs=docs).to_bytes()
    back = list(DocBin().from_bytes(stored).get_docs(nlp.vocab))

    assert [quotes_of(doc) for doc in back] == [quotes_of(doc) for doc in docs]


def test_a_text_gives_the_same_quotes_in_any_company(nlp, docs):
    """Alone, in another order, in batches of any size."""
    backwards = [found(doc) for doc in nlp.pipe(TEXTS[::-1], batch_size=3)][::-1]
    alone = [found(nlp(text)) for text in TEXTS]

    assert backwards == alone == [found(doc) for doc in docs]


def test_every_component_has_what_it_requires(nlp):
    """Nothing is asked for that no component before it assigns."""
    assert nlp.analyze_pipes()["problems"] == {name: [] for name in nlp.pipe_names}


def test_a_hyphen_before_a_name_is_a_dash(nlp):
    """As in a signature; elsewhere it stays with its word."""
    assert [token.text for token in nlp.make_doc("” -Imre Fodor, 2-0, -5")] == ["”", "-", "Imre", "Fodor", ",", "2", "-", "0", ",", "-5"]


@pytest.mark.parametrize(("language", "why"), [("de", "English"), ("en", "tagger")])
def test_a_pipeline_that_does_not_fit_is_refused(tmp_path, language, why):
    """Of another language, or without a parse."""
    import spacy

    spacy.blank(language).to_disk(tmp_path / "blank")

    with pytest.raises(PipelineError, match=why) as refused:
        quotes.load(spacy_model=str(tmp_path / "blank"))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["no_such_pipeline", "."])
def test_a_pipeline_that_is_not_installed_is_named_with_the_mend(name):
    """A folder of something else neither."""
    with pytest.raises(PipelineError, match=rf"^{re.escape(name)}: .*not installed.*; pip install it, or name another$"):
        quotes.load(spacy_model=name)


def test_the_name_of_a_spacy_pipeline_can_stand_in_the_settings(monkeypatch):
    monkeypatch.setenv("QUOTES_SPACY_MODEL", "no_such_pipeline")

    with pytest.raises(PipelineError, match="no_such_pipeline"):
        quotes.load()


@pytest.mark.parametrize("name", ["oracle", "."])
def test_a_model_that_is_not_installed_is_named_with_those_that_are(name):
    """A folder of something else neither."""
    with pytest.raises(PipelineError, match=rf"^{re.escape(name)}: no such model.*rules"):
        quotes.load(model=name)
