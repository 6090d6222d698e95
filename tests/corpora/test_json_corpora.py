"""Our own formats in JSON, and what all readers refuse."""

import json

import pytest
from gold_samples import TEXT

from quotes.corpora import read_corpus
from quotes.errors import CorpusError
from quotes.records import Span

FAR = {"contents": [[0, 999]], "cue": None, "mention": None, "speaker": None}


def test_records_hold_acts_of_speech_and_their_speakers(records):
    """Thoughts are passed over, so only predictions of speech may be held against it; other institutions count as institutions."""
    corpus = read_corpus(records)
    (attribution,) = corpus.articles[0].attributions

    assert corpus.acts == {"speech"}
    assert (attribution.cue, attribution.source, attribution.act) == ((Span(17, 21),), (), "speech")
    assert attribution.speaker.institutions == ("Port", "City")


def test_passages_are_read_with_single_and_broken_contents(passages):
    """`content` is one part, `contents` several; a passage may hold no quote, and none may stand twice."""
    cases = read_corpus(passages).cases
    assert [(case.id, [quote.contents for quote in case.quotes]) for case in cases] == [("a", [("The weir held",)]), ("b", [])]

    passages.write_text(passages.read_text() + "\n" + passages.read_text())
    with pytest.raises(CorpusError, match="stands twice"):
        read_corpus(passages)


@pytest.mark.parametrize(
    ("file", "content", "complaint"),
    [
        ("weir.json", "{", "not JSON"),
        ("weir.json", "[]", "not a JSON object"),
        ("weir.json", "{}", "no field 'speakers'"),
        ("weir.json", json.dumps({"speakers": [], "quotes": [{"contents": [[0]]}]}), "not a gold annotation"),
        ("weir.json", json.dumps({"speakers": [], "quotes": [FAR]}), "which is not in the text"),
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
    """Gold spans count characters, so a guessed encoding will not do; line ends count too and are kept."""
    (records / "weir.txt").write_bytes(TEXT.replace(". ", ".\r\n").encode())
    assert "\r\n" in read_corpus(records).articles[0].article.text

    (records / "weir.txt").write_bytes(b"caf\xe9")
    with pytest.raises(CorpusError, match="not UTF-8"):
        read_corpus(records)
