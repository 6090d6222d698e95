"""Reading gold corpora, and refusing what is none."""

import json

import pytest
from gold_samples import TEXT

from quotes.corpora import read_corpus
from quotes.corpora.brat import parse_standoff
from quotes.errors import CorpusError
from quotes.records import Span

CONTENT = (Span(0, 10), Span(10, 16), Span(73, 94))


def test_standoff_is_read_with_split_spans_and_repeated_roles(standoff):
    """The first annotator by name counts; a note, a broken line and an event without content are passed over."""
    corpus = read_corpus(standoff)
    (gold,) = corpus.articles
    (attribution,) = gold.attributions

    assert (corpus.name, corpus.acts, gold.name, gold.article.text) == ("corpus/dev", None, "weir", TEXT)
    assert (attribution.id, attribution.content, attribution.source) == ("E1", CONTENT, (Span(22, 33),))


def test_the_speakers_beside_the_corpus_are_found(standoff):
    """`../speakers/SPLIT_NAME.json` resolves the attributions by their ids."""
    (gold,) = read_corpus(standoff).articles

    assert gold.speakers_known
    assert gold.attributions[0].speaker.titles == ("harbour master",)


def test_a_split_can_be_named_by_its_own_folder(standoff):
    """`data/dev` is the same corpus as its root with the split dev, speakers included."""
    assert read_corpus(standoff / "data" / "dev") == read_corpus(standoff, split="dev")


def test_records_hold_acts_of_speech_and_their_speakers(records):
    """Thoughts are passed over, so only predictions of speech may be held against it; other institutions count as institutions."""
    corpus = read_corpus(records)
    (attribution,) = corpus.articles[0].attributions

    assert corpus.acts == {"speech"}
    assert (attribution.cue, attribution.source, attribution.act) == ((Span(17, 21),), (), "speech")
    assert attribution.speaker.institutions == ("Port", "City")


def test_passages_are_read_with_single_and_broken_contents(passages):
    """`content` is one part, `contents` several; a passage may hold no quote."""
    cases = read_corpus(passages).cases

    assert [(case.id, [quote.contents for quote in case.quotes]) for case in cases] == [("a", [("The weir held",)]), ("b", [])]


def test_the_digest_changes_with_any_annotation(standoff):
    """Floors must notice that the corpus is another one."""
    before = read_corpus(standoff).digest
    annotation = standoff / "data" / "dev" / "attributions" / "weir_0a1b.ann"
    annotation.write_text(annotation.read_text().replace("73 94", "73 93"))

    assert read_corpus(standoff).digest != before


def test_line_ends_count_in_gold_spans(standoff):
    """A text with CRLF is read as it stands, or every span after the first line would slip."""
    (standoff / "data" / "dev" / "text" / "weir.txt").write_bytes(TEXT.replace(". ", ".\r\n").encode())

    assert "\r\n" in read_corpus(standoff).articles[0].article.text


@pytest.mark.parametrize(
    ("file", "content", "complaint"),
    [
        ("weir.json", "{", "not JSON"),
        ("weir.json", "[]", "not a JSON object"),
        ("weir.json", "{}", "no field 'speakers'"),
        ("weir.json", json.dumps({"speakers": [], "quotes": [{"contents": [[0]]}]}), "not a gold annotation"),
        (
            "weir.json",
            json.dumps({"speakers": [], "quotes": [{"contents": [[0, 999]], "cue": None, "mention": None, "speaker": None}]}),
            "which is not in the text",
        ),
        ("other.json", "{}", "no other.txt beside it"),
    ],
)
def test_a_broken_record_is_refused_by_name(records, file, content, complaint):
    """The message is one line that names the file and what is wrong in it."""
    (records / file).write_text(content)

    with pytest.raises(CorpusError, match=complaint) as error:
        read_corpus(records)
    assert file.split(".")[0] in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_no_corpus_is_refused(tmp_path):
    """A missing path, an empty folder, a missing split."""
    (tmp_path / "data").mkdir()
    for path, complaint in [(tmp_path / "none", "no such corpus"), (tmp_path / "data", "not a corpus"), (tmp_path, "is the split named")]:
        with pytest.raises(CorpusError, match=complaint):
            read_corpus(path)


def test_a_text_that_is_not_utf8_is_refused(records):
    """Gold spans count characters, so a guessed encoding will not do."""
    (records / "weir.txt").write_bytes(b"caf\xe9")

    with pytest.raises(CorpusError, match="not UTF-8"):
        read_corpus(records)


def test_a_passage_that_stands_twice_is_refused(passages):
    """Predictions are kept by id."""
    passages.write_text(passages.read_text() + "\n" + passages.read_text())

    with pytest.raises(CorpusError, match="stands twice"):
        read_corpus(passages)


def test_an_event_may_not_name_a_span_that_is_missing(tmp_path):
    """Else gold would silently lose a part."""
    with pytest.raises(CorpusError, match="E1 names T9"):
        list(parse_standoff("E1\tAttribution:T9 Content:T9", source=tmp_path))
