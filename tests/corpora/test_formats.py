"""Which form a path has is seen from what lies in it."""

import json

import pytest
from gold_samples import TEXT

from quotes.corpora import HardCases, read_corpus
from quotes.errors import CorpusError

MARKED = "### weir\n{q1|said} {c1|so}\n"
DOCCANO = json.dumps({"text": TEXT, "label": [[0, 16, "Content"]]})
STUDIO = json.dumps(
    [
        {
            "data": {"text": TEXT},
            "annotations": [{"result": [{"id": "a", "type": "labels", "value": {"start": 0, "end": 16, "labels": ["Quote"]}}]}],
        }
    ]
)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (MARKED, "said so"),
        (f"\n\n{MARKED}", "said so"),
        (f"\ufeff{MARKED}", "said so"),
        (DOCCANO, TEXT),
        (f"\ufeff{DOCCANO}", TEXT),
        (STUDIO, TEXT),
        (f"\n {STUDIO}", TEXT),
    ],
)
def test_a_file_is_known_by_how_it_begins(tmp_path, content, text):
    """Whatever it is called, with a byte-order mark or without."""
    (tmp_path / "annotated").write_text(content, "utf-8")
    (gold,) = read_corpus(tmp_path / "annotated").articles

    assert (gold.article.text, len(gold.attributions)) == (text, 1)


def test_a_folder_of_files_is_one_corpus(tmp_path):
    """The articles are led by the names of their files; a text without marks is passed over."""
    for name, content in [("a.txt", MARKED), ("b.jsonl", DOCCANO), ("c.json", STUDIO), ("notes.txt", "Ask Bo."), ("d.txt", MARKED)]:
        (tmp_path / name).write_text(content, "utf-8")
    corpus = read_corpus(tmp_path)

    (tmp_path / "e.txt").write_text(MARKED)
    assert read_corpus(tmp_path).digest != corpus.digest
    assert corpus.name == tmp_path.name
    assert [gold.name for gold in corpus.articles] == ["a/1: weir", "b/1", "c/1", "d/1: weir"]


@pytest.mark.parametrize(
    ("file", "content", "complaint"),
    [
        ("weir.txt", "The weir held.", r"not a corpus; it begins with neither `### title` nor JSON, and no weir\.ann is beside it"),
        ("weir.jsonl", "The weir held.", ":1: not JSON"),
        ("weir.jsonl", "", "no passages in it"),
        ("weir.json", '{"text": "The weir held."}', ":1: not a gold annotation: no field 'quotes'"),
        ("weir.txt", "### weir\n", "no passage under this title"),
    ],
)
def test_a_file_that_is_no_corpus_is_refused(tmp_path, file, content, complaint):
    """Each in the words of the form that it comes nearest to."""
    (tmp_path / file).write_text(content)

    with pytest.raises(CorpusError, match=complaint):
        read_corpus(tmp_path / file)


def test_a_folder_of_passages_is_refused(passages):
    """JSON Lines with `quotes` are judged as a whole: they are no articles."""
    assert isinstance(read_corpus(passages), HardCases)
    with pytest.raises(CorpusError, match="one file at a time"):
        read_corpus(passages.parent)


def test_a_broken_file_in_a_folder_is_not_passed_over(tmp_path):
    """Or a part of the annotation would be lost unnoticed."""
    (tmp_path / "a.txt").write_text(MARKED)
    (tmp_path / "b.jsonl").write_text("{")

    with pytest.raises(CorpusError, match=r"b\.jsonl:1: not JSON"):
        read_corpus(tmp_path)


def test_an_export_beside_nothing_is_no_record(tmp_path):
    """A list of tasks needs no ID.txt; an object does."""
    (tmp_path / "export.json").write_text(STUDIO)
    assert len(read_corpus(tmp_path).articles) == 1

    (tmp_path / "weir.json").write_text("{}")
    with pytest.raises(CorpusError, match=r"weir\.json: no weir\.txt|export\.json: no export\.txt"):
        read_corpus(tmp_path)
