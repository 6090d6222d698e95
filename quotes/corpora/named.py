"""Texts in which only the names are annotated, or nothing, to train the recogniser of names on.

A folder holds `ID.txt`, and beside it, where the names are annotated, `ID.json`:
`{"entities": [{"types": ["person"], "mentions": [[0, 6], [89, 106]]}]}`, offsets in characters of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quotes.corpora.files import Digest, json_object, misfit, plain_article, span_of
from quotes.errors import CorpusError
from quotes.records import Article, Span

#: The label of a name by the first of these words among its types.
_LABELS = {"person": "PERSON", "organization": "ORG", "gpe": "GPE", "facility": "FAC", "location": "LOC", "event": "EVENT"}


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text, and the spans of its names with their labels; None where nobody annotated them."""

    name: str
    article: Article
    entities: tuple[tuple[Span, str], ...] | None


def read_named(folder: Path) -> tuple[list[NamedText], str]:
    """The texts of a folder and a digest of it. Raises CorpusError."""
    digest, found = Digest(), []
    for path in sorted(folder.glob("*.txt")):
        article = plain_article(str(path), digest.read(path))
        marks = path.with_suffix(".json")
        entities = _entities(marks, digest.read(marks), len(article.text)) if marks.is_file() else None
        found.append(NamedText(path.stem, article, entities))
    if not found:
        raise CorpusError(f"{folder}: no text in it (*.txt); name a folder of texts to learn names from")
    return found, digest.hex()


def _entities(path: Path, text: str, length: int) -> tuple[tuple[Span, str], ...]:
    found = []
    try:
        for each in json_object(text, path)["entities"]:
            label = next((_LABELS[word] for word in _LABELS if word in each["types"]), None)
            spans = [span_of(*mention) for mention in each["mentions"]]
            if any(span.end > length for span in spans):
                raise ValueError(f"{each['mentions']} reach beyond the text")
            found += [(span, label) for span in spans if label is not None]
    except (KeyError, TypeError, ValueError) as error:
        raise misfit(path, error) from error
    return tuple(sorted(found))
