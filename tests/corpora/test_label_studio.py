"""Reading what Label Studio exports."""

import json

import pytest
from gold_samples import TEXT, at

from quotes.corpora import read_corpus
from quotes.errors import CorpusError


def region(name, label, start, end, words=None):
    value = {"start": start, "end": end, "labels": [label]} | ({"text": words} if words else {})
    return {"id": name, "type": "labels", "value": value}


def relation(one, other):
    return {"type": "relation", "from_id": one, "to_id": other, "direction": "right"}


def task(*result, text=TEXT, **fields):
    return {"id": 7, "data": {"text": text}, "annotations": [{"was_cancelled": False, "result": list(result)}], **fields}


REGIONS = (region("a", "Content", 0, 16, "“The weir held,”"), region("b", "Cue", 17, 21, "said"), region("c", "Source", 22, 33))


@pytest.fixture
def studio(tmp_path):
    """Makes an export out of tasks."""

    def file(*tasks):
        path = tmp_path / "export.json"
        path.write_text(json.dumps(tasks), "utf-8")
        return path

    return file


def only(corpus):
    (gold,) = corpus.articles
    (attribution,) = gold.attributions
    return attribution


def test_regions_are_tied_by_relations(studio):
    """The task's number names the article."""
    corpus = read_corpus(studio(task(*REGIONS, relation("a", "b"), relation("c", "a"))))
    found = only(corpus)

    assert (corpus.name, corpus.articles[0].name, corpus.articles[0].article.text) == ("export", "7", TEXT)
    assert (found.content, found.cue, found.source) == (at("“The weir held,”"), at("said"), at("Ines Duarte"))


def test_the_first_annotation_that_was_not_cancelled_counts(studio):
    """A task without one is left out, one with an empty one holds no quote."""
    tried = {"was_cancelled": True, "result": list(REGIONS)}
    done = {"was_cancelled": False, "result": []}
    tasks = [task(id=1, annotations=[tried, done, tried]), task(id=2, annotations=[tried]), task(*REGIONS, id=3), task(annotations=[])]
    corpus = read_corpus(studio(*tasks))

    assert [(gold.name, len(gold.attributions)) for gold in corpus.articles] == [("1", 0), ("3", 1)]


@pytest.mark.parametrize("start", [2, 3])
def test_the_words_tell_how_offsets_were_counted(studio, start):
    """By characters, as newer versions do, or as JavaScript does."""
    (gold,) = read_corpus(studio(task(region("a", "Content", start, start + 16, "“The weir held,”"), text=f"🌊 {TEXT}"))).articles

    assert gold.attributions[0].content == at("“The weir held,”", gold.article.text)


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (5, "task 2: not a gold annotation"),
        ({"id": 9, "text": TEXT, "label": []}, "task 9: not a gold annotation: no field 'annotations'; export as JSON"),
        ({"id": 9, "data": {"story": TEXT}, "annotations": []}, r"task 9: .*no field 'text'; export as JSON .*whose field is called text"),
        (task(region("a", "Content", "/p[1]", "/p[1]")), "is no pair of whole numbers"),
        (task(region("a", "Content", 0, 16, "“The dam held,”")), "0–16 is said to cover '“The dam held,”', which is not what stands there"),
        (task(region("a", "Content", 0, 999)), "the span 0–999, which is not in the text"),
        (task(*REGIONS, relation("a", "z")), "names z, which is not there"),
        (task({"id": "a", "type": "labels", "value": {"start": 0, "end": 5}}), "no field 'labels'"),
        (task(*REGIONS, id=1), "the name 1 stands twice"),
    ],
)
def test_a_broken_task_is_refused_by_its_number(studio, broken, complaint):
    """In one line, which says how to export."""
    with pytest.raises(CorpusError, match=complaint) as error:
        read_corpus(studio(task(*REGIONS, id=1), broken))
    assert str(error.value).count("export.json: task ") == 1


def test_nothing_annotated_is_no_corpus(studio):
    """The annotations may not have been submitted."""
    with pytest.raises(CorpusError, match="no annotated task in it; submit"):
        read_corpus(studio(task(annotations=[])))


def test_other_labels_are_no_corpus(studio):
    """Or every article would pass for one without quotes."""
    with pytest.raises(CorpusError, match="its labels are Person; name"):
        read_corpus(studio(task(region("a", "Person", 22, 33))))
