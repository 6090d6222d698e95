"""Reading what Doccano exports."""

import json

import pytest
from gold_samples import TEXT, at

from quotes.corpora import read_corpus
from quotes.errors import CorpusError

LABELS = [[0, 16, "CONTENT"], [17, 21, "cue"], [22, 33, "Speaker"], [34, 40, "Other"]]


def entity(number, label, start, end):
    return {"id": number, "label": label, "start_offset": start, "end_offset": end}


ENTITIES = [entity(5, "Cue", 17, 21), entity(6, "Quote", 0, 16), entity(7, "Quote", 73, 94)]


@pytest.fixture
def doccano(tmp_path):
    """Makes a file out of records."""

    def file(*records):
        path = tmp_path / "weir.jsonl"
        path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), "utf-8")
        return path

    return file


def test_labels_without_relations_are_tied_by_a_guess(doccano):
    """Their names are taken in any letter case."""
    corpus = read_corpus(doccano({"id": 3, "text": TEXT, "label": LABELS, "Comments": []}))
    (found,) = corpus.articles[0].attributions

    assert (corpus.name, corpus.acts, corpus.articles[0].speakers_known) == ("weir", None, False)
    assert (found.content, found.cue, found.source, found.act) == (at("“The weir held,”"), at("said"), at("Ines Duarte"), None)


def test_relations_tie_entities(doccano):
    """The far content too."""
    relations = [{"id": 1, "from_id": 6, "to_id": 5, "type": "with"}, {"id": 2, "from_id": 5, "to_id": 7, "type": "with"}]
    (gold,) = read_corpus(doccano({"text": TEXT, "entities": ENTITIES, "relations": relations})).articles
    (found,) = gold.attributions

    assert (found.content, found.cue) == ((*at("“The weir held,”"), *at("that rain will return")), at("said"))


def test_each_line_is_an_article(doccano):
    """One without labels holds no quote; they go by their lines."""
    corpus = read_corpus(doccano({"text": TEXT, "label": LABELS}, {"text": "A clerk shrugged.", "label": []}))

    assert [(gold.name, len(gold.attributions)) for gold in corpus.articles] == [("1", 1), ("2", 0)]


def test_offsets_are_counted_as_doccano_counts_them(doccano):
    """An emoji is two of JavaScript's characters and one of ours."""
    (gold,) = read_corpus(doccano({"text": f"🌊 {TEXT}", "label": [[3, 19, "Content"]]})).articles

    assert [gold.article.text[start:end] for start, end in gold.attributions[0].content] == ["“The weir held,”"]


@pytest.mark.parametrize(
    ("record", "complaint"),
    [
        ({"label": LABELS}, "no field 'text'; a line is"),
        ({"text": 5, "label": LABELS}, "text holds no text"),
        ({"text": TEXT, "label": [[0, 16]]}, "not a gold annotation"),
        ({"text": TEXT, "label": {"start": 0}}, "not a gold annotation"),
        ({"text": TEXT, "label": [["0", 16, "Content"]]}, "the span 0–16 is no pair of whole numbers"),
        ({"text": TEXT, "label": [[16, 0, "Content"]]}, "the smaller first"),
        ({"text": TEXT, "label": [[0, 999, "Content"]]}, "the span 0–999 is not in the text"),
        ({"text": TEXT, "entities": [{"id": 1, "label": "Quote"}]}, "no field 'start_offset'"),
        ({"text": TEXT, "entities": ENTITIES, "relations": [{"from_id": 5, "to_id": 99}]}, "names 99, which is not there"),
        ([], "not a JSON object"),
    ],
)
def test_a_broken_line_is_refused_by_its_number(doccano, record, complaint):
    """In one line, which says what it should be like."""
    with pytest.raises(CorpusError, match=complaint) as error:
        read_corpus(doccano({"text": TEXT, "label": LABELS}, record))
    assert "weir.jsonl:2: " in str(error.value)
    assert "\n" not in str(error.value)


def test_other_labels_are_no_corpus(doccano):
    """Or every article would pass for one without quotes."""
    with pytest.raises(CorpusError, match="its labels are Person; name"):
        read_corpus(doccano({"text": TEXT, "label": [[22, 33, "Person"]]}))
