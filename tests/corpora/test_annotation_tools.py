"""Reading what Doccano and Label Studio export."""

import json

import pytest
from gold_samples import TEXT, at

from quotes.corpora import read_corpus
from quotes.errors import CorpusError

LABELS = [[0, 16, "CONTENT"], [17, 21, "cue"], [22, 33, "Speaker"], [34, 40, "Other"]]


def entity(number, label, start, end):
    return {"id": number, "label": label, "start_offset": start, "end_offset": end}


def region(name, label, start, end, words=None):
    value = {"start": start, "end": end, "labels": [label]} | ({"text": words} if words else {})
    return {"id": name, "type": "labels", "value": value}


def relation(one, other):
    return {"type": "relation", "from_id": one, "to_id": other, "direction": "right"}


def task(*result, text=TEXT, **fields):
    return {"id": 7, "data": {"text": text}, "annotations": [{"was_cancelled": False, "result": list(result)}], **fields}


ENTITIES = [entity(5, "Cue", 17, 21), entity(6, "Quote", 0, 16), entity(7, "Quote", 73, 94)]
REGIONS = (region("a", "Content", 0, 16, "“The weir held,”"), region("b", "Cue", 17, 21, "said"), region("c", "Source", 22, 33))


@pytest.fixture
def doccano(tmp_path):
    """Reads a file of records."""

    def read(*records):
        path = tmp_path / "weir.jsonl"
        path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), "utf-8")
        return read_corpus(path)

    return read


@pytest.fixture
def studio(tmp_path):
    """Reads an export of tasks."""

    def read(*tasks):
        path = tmp_path / "export.json"
        path.write_text(json.dumps(tasks), "utf-8")
        return read_corpus(path)

    return read


def only(corpus):
    (gold,) = corpus.articles
    (attribution,) = gold.attributions
    return attribution


def test_labels_without_relations_are_tied_by_a_guess(doccano):
    """Their names are taken in any letter case; each line is an article, one without labels holds no quote."""
    corpus = doccano({"id": 3, "text": TEXT, "label": LABELS, "Comments": []}, {"text": "A clerk shrugged.", "label": []})
    (found,) = corpus.articles[0].attributions

    assert (corpus.name, corpus.acts, corpus.articles[0].speakers_known) == ("weir", None, False)
    assert (found.content, found.cue, found.source, found.act) == (at("“The weir held,”"), at("said"), at("Ines Duarte"), None)
    assert [(gold.name, len(gold.attributions)) for gold in corpus.articles] == [("1", 1), ("2", 0)]


def test_relations_tie_what_they_join(doccano, studio):
    """The far content too; a task's number names the article."""
    relations = [{"id": 1, "from_id": 6, "to_id": 5, "type": "with"}, {"id": 2, "from_id": 5, "to_id": 7, "type": "with"}]
    found = only(doccano({"text": TEXT, "entities": ENTITIES, "relations": relations}))
    assert (found.content, found.cue) == ((*at("“The weir held,”"), *at("that rain will return")), at("said"))

    corpus = studio(task(*REGIONS, relation("a", "b"), relation("c", "a")))
    found = only(corpus)
    assert (corpus.name, corpus.articles[0].name, corpus.articles[0].article.text) == ("export", "7", TEXT)
    assert (found.content, found.cue, found.source) == (at("“The weir held,”"), at("said"), at("Ines Duarte"))


def test_the_first_annotation_that_was_not_cancelled_counts(studio):
    """A task without one is left out, one with an empty one holds no quote."""
    tried = {"was_cancelled": True, "result": list(REGIONS)}
    done = {"was_cancelled": False, "result": []}
    tasks = [task(id=1, annotations=[tried, done, tried]), task(id=2, annotations=[tried]), task(*REGIONS, id=3), task(annotations=[])]

    assert [(gold.name, len(gold.attributions)) for gold in studio(*tasks).articles] == [("1", 0), ("3", 1)]


@pytest.mark.parametrize("start", [2, 3])
def test_offsets_are_counted_as_the_tool_counts_them(doccano, studio, start):
    """An emoji is two of JavaScript's characters, as Doccano counts; in Label Studio, whose versions differ, the words tell."""
    text = f"🌊 {TEXT}"

    assert only(doccano({"text": text, "label": [[3, 19, "Content"]]})).content == at("“The weir held,”", text)
    assert only(studio(task(region("a", "Content", start, start + 16, "“The weir held,”"), text=text))).content == at(
        "“The weir held,”", text
    )


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
    with pytest.raises(CorpusError, match=rf"^[^\n]*weir\.jsonl:2: [^\n]*{complaint}[^\n]*$"):
        doccano({"text": TEXT, "label": LABELS}, record)


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
        studio(task(*REGIONS, id=1), broken)
    assert str(error.value).count("export.json: task ") == 1


def test_nothing_annotated_or_other_labels_are_no_corpus(doccano, studio):
    """The annotations may not have been submitted; and every article would pass for one without quotes."""
    with pytest.raises(CorpusError, match="no annotated task in it; submit"):
        studio(task(annotations=[]))
    for read, record in ((doccano, {"text": TEXT, "label": [[22, 33, "Person"]]}), (studio, task(region("a", "Person", 22, 33)))):
        with pytest.raises(CorpusError, match="its labels are Person; name"):
            read(record)
