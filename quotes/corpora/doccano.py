"""What Doccano exports: JSON Lines of texts with labelled spans, with relations between them or without."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quotes.corpora.files import MISFITS, Digest, checked, from_code_units, json_lines, misfit, plain_article, span_of, words_of
from quotes.corpora.gold import Corpus, GoldArticle
from quotes.corpora.span_linking import Mark, check_labels, linked, relations_of
from quotes.errors import CorpusError

#: The fields of which a record has one: the first two in the form without relations, the third in the one with them.
FIELDS = ("label", "labels", "entities")

_FORM = (
    'a line is {"text": "…", "label": [[0, 10, "Content"]]}, or has "entities" with id, label, start_offset and end_offset, '
    'and "relations" with from_id and to_id'
)


def read_doccano(path: Path) -> Corpus:
    """Read a file of JSON Lines, an article to a line, its labels as in `quotes.corpora.span_linking`.

    In the form without relations (`label`), and where an article has none, it is a guess which cue and which source belong to which
    content: the nearest in the paragraph (`quotes.corpora.span_linking.guessed`). What is not labelled is no quote, so only articles that
    somebody has been through belong in the file. Raises CorpusError.
    """
    digest = Digest()
    articles, marks = [], []
    for where, record in json_lines(digest.read(path), path):
        try:
            text = words_of(record, "text")
            found = _marks(text, record)
            pairs = relations_of(record.get("relations") or (), {mark.id for mark in found})
        except MISFITS as error:
            raise misfit(where, error, _FORM) from error
        marks += found
        articles.append(GoldArticle(where.name.rpartition(":")[2], plain_article(str(where), text), linked(text, found, pairs)))
    if not articles:
        raise CorpusError(f"{path}: no articles in it; {_FORM}")
    check_labels(path, marks)
    return checked(Corpus(path.stem, tuple(articles), digest.hex()))


def _marks(text: str, record: Mapping[str, Any]) -> list[Mark]:
    field = next((name for name in FIELDS if name in record), FIELDS[0])
    if field == "entities":
        labelled = [(each["id"], each["start_offset"], each["end_offset"], words_of(each, "label")) for each in record[field]]
    else:
        labelled = [(f"label {number}", *each) for number, each in enumerate(record[field], start=1)]
    # Doccano counts as JavaScript does (doccano/doccano#2290).
    return [Mark(str(name), str(label), (from_code_units(text, span_of(start, end)),)) for name, start, end, label in labelled]
