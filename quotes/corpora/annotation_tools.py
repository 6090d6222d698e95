"""What Doccano and Label Studio export: texts with labelled spans, and relations between them (see `quotes.corpora.span_linking`).

What is not labelled is no quote, so only articles that somebody has been through belong in the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from quotes.corpora.files import Draft, complaints, json_lines, parsed_json, span_of
from quotes.corpora.gold import Corpus
from quotes.corpora.span_linking import Mark, linked, role_of
from quotes.records import Span

#: The fields of which a record of Doccano's has one: the first two in the form without relations, the third in the one with them.
DOCCANO_FIELDS = ("label", "labels", "entities")
_DOCCANO = (
    'a line is {"text": "…", "label": [[0, 10, "Content"]]}, or has "entities" with id, label, start_offset and end_offset, '
    'and "relations" with from_id and to_id'
)
_LABEL_STUDIO = "export as JSON (not JSON-MIN) from a project of plain text whose field is called text"


def read_doccano(path: Path) -> Corpus:
    """Read JSON Lines, an article to a line, with relations or without (`label`). Raises CorpusError."""
    draft = Draft()
    for where, record in json_lines(draft.read(path), path):
        with complaints(where, _DOCCANO):
            text = _text(record)
            marks = [
                # Doccano counts as JavaScript does (doccano/doccano#2290).
                Mark(str(name), str(label), (_from_code_units(text, span_of(start, end)),))
                for name, start, end, label in _doccano_labels(record)
            ]
            attributions = linked(text, marks, _relations(record.get("relations") or (), {mark.id for mark in marks}))
        draft.labels |= {mark.label for mark in marks}
        draft.add(where.name.rpartition(":")[2], where, text, attributions)
    return draft.corpus(path, f"no articles in it; {_DOCCANO}")


def _doccano_labels(record: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The id, start, end and label of each span."""
    if "entities" in record:
        yield from ((each["id"], each["start_offset"], each["end_offset"], each["label"]) for each in record["entities"])
    else:
        labels = record["label"] if "label" in record else record["labels"]
        yield from ((f"label {number}", *each) for number, each in enumerate(labels, start=1))


def read_label_studio(path: Path) -> Corpus:
    """Read a list of tasks: `data.text`, and of the `annotations` the first that was not cancelled; tasks without one are left out.

    Regions of type `labels` are the marks and those of type `relation` link them. Raises CorpusError.
    """
    draft = Draft()
    for number, task in enumerate(parsed_json(draft.read(path), path, list), start=1):
        name = str(task.get("id", number)) if isinstance(task, dict) else str(number)
        where = f"{path}: task {name}"
        with complaints(where, _LABEL_STUDIO):
            result = next((each["result"] for each in task["annotations"] if not each.get("was_cancelled")), None)
            text = _text(task["data"])
            if result is None:
                continue
            marks = [_region(text, each) for each in result if each["type"] == "labels"]
            # A relation may also lead to a region of another type.
            known = {str(each["id"]) for each in result if "id" in each}
            attributions = linked(text, marks, _relations((each for each in result if each["type"] == "relation"), known))
        draft.labels |= {mark.label for mark in marks}
        draft.add(name, where, text, attributions)
    return draft.corpus(path, f"no annotated task in it; submit the annotations, then {_LABEL_STUDIO}")


def _region(text: str, region: Mapping[str, Any]) -> Mark:
    """A region in its place; older versions count as JavaScript does, newer ones count characters: its words tell which."""
    value = region["value"]
    labels = [str(label) for label in value["labels"]]
    label = next((each for each in labels if role_of(each)), " ".join(labels))
    span, words = span_of(value["start"], value["end"]), value.get("text")
    bare = None if words is None else words.replace("\\n", "\n").split()
    for place in (span, _from_code_units(text, span)) if max(text, default="") > "\uffff" else (span,):
        # White space has passed through a browser.
        if bare is None or text[place.start : place.end].split() == bare:
            return Mark(str(region["id"]), label, (place,))
    raise ValueError(f"the region {span.start}–{span.end} is said to cover {words!r}, which is not what stands there")


def _text(record: Mapping[str, Any]) -> str:
    text = record["text"]
    if not isinstance(text, str):
        raise TypeError("text holds no text")
    return text


def _relations(records: Iterable[Mapping[str, Any]], known: Collection[str]) -> list[tuple[str, str]]:
    """The ids that each relation joins; raises ValueError for one that is not `known`."""
    pairs = [(str(each["from_id"]), str(each["to_id"])) for each in records]
    if missing := next((each for pair in pairs for each in pair if each not in known), None):
        raise ValueError(f"a relation names {missing}, which is not there")
    return pairs


def _from_code_units(text: str, span: Span) -> Span:
    """A span counted in UTF-16 code units, in characters of `text`: only characters beyond the first 65,536 (emoji) differ."""
    units = text.encode("utf-16-le", "surrogatepass")
    if 2 * span.end > len(units):
        raise ValueError(f"the span {span.start}–{span.end} is not in the text")
    return Span(*(len(units[: 2 * place].decode("utf-16-le", "surrogatepass")) for place in span))
