"""Our own formats in JSON: ID.txt beside ID.json with its quotes or its names, and JSON Lines of passages of which every quote is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.corpora.files import Draft, complaints, json_lines, parsed_json, span_of
from quotes.corpora.gold import Attribution, Corpus, ExpectedQuote, GoldSpeaker, HardCase, HardCases
from quotes.errors import CorpusError
from quotes.readers.layout.plain_text import article_from_text
from quotes.records import Article, Span

#: The label of a name by the first of these words among its types.
_LABELS = {"person": "PERSON", "organization": "ORG", "gpe": "GPE", "facility": "FAC", "location": "LOC", "event": "EVENT"}


def read_records(folder: Path, *, every_act: bool = False) -> Corpus:
    """Read a folder of `ID.txt` and `ID.json`: its acts of speech, which are what is scored.

    With `every_act` thoughts and plans too, as training needs them, where each quote says its `act`; else only speech is known to be
    annotated, and `acts` of the corpus says so. Raises CorpusError.
    """
    draft = Draft()
    complete = every_act
    for path in sorted(folder.glob("*.json")):
        text_file = path.with_suffix(".txt")
        if not text_file.is_file():
            raise CorpusError(f"{path}: no {text_file.name} beside it; each ID.json needs its ID.txt")
        text = draft.read(text_file)
        record = parsed_json(draft.read(path), path)
        with complaints(path):
            who = speakers_by_id(record["speakers"])
            quotes = [each for each in record["quotes"] if every_act or each.get("act", "speech") == "speech"]
            complete = complete and all("act" in each for each in quotes)
            attributions = [_attribution(number, each, who) for number, each in enumerate(quotes)]
        draft.add(path.stem, text_file, text, attributions, speakers_known=True)
    return draft.corpus(folder, acts=None if complete else frozenset({"speech"}))


def speakers_by_id(records: Iterable[Mapping[str, Any]]) -> dict[str | None, GoldSpeaker]:
    """The speakers of an article by their ids; raises KeyError or TypeError where a field is missing or wrong."""
    # Some `other_institutions` hold objects instead of names; only names can be compared.
    return {
        each["id"]: GoldSpeaker(
            each["name"],
            each["kind"],
            tuple(each.get("titles") or ()),
            tuple(each.get("institutions") or ()) + tuple(name for name in each.get("other_institutions", ()) if isinstance(name, str)),
        )
        for each in records
    }


def _attribution(number: int, quote: Mapping[str, Any], who: Mapping[str | None, GoldSpeaker]) -> Attribution:
    def passage(pair: Sequence[int] | None) -> tuple[Span, ...]:
        return (Span(*pair),) if pair else ()

    contents = tuple(Span(*pair) for pair in quote["contents"])
    speaker, act = who.get(quote["speaker"]), quote.get("act", "speech")
    return Attribution(f"E{number}", contents, passage(quote["cue"]), passage(quote["mention"]), speaker, act)


def read_hard_cases(path: Path) -> HardCases:
    """Read passages from JSON Lines: `id`, `text`, and `quotes` with `content` or `contents`, `speaker`, `title`, `institution`."""
    draft = Draft()
    cases: dict[str, HardCase] = {}
    for where, record in json_lines(draft.read(path), path):
        with complaints(where):
            expected = tuple(
                ExpectedQuote(tuple(quote.get("contents") or [quote["content"]]), quote["speaker"], quote["title"], quote["institution"])
                for quote in record["quotes"]
            )
            if record["id"] in cases:
                raise ValueError(f"the id {record['id']} stands twice")
            cases[record["id"]] = HardCase(record["id"], article_from_text(record["text"], path=record["id"]), expected)
    if not cases:
        raise CorpusError(f"{path}: no passages in it")
    return HardCases(path.stem, tuple(cases.values()), draft.digest.hexdigest())


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text to learn names from, and the spans of its names with their labels; None where nobody annotated them."""

    name: str
    article: Article
    entities: tuple[tuple[Span, str], ...] | None


def read_named(folder: Path) -> tuple[list[NamedText], str]:
    """The texts of a folder and a digest of it: `ID.txt`, and beside it, where the names are annotated, `ID.json`:
    `{"entities": [{"types": ["person"], "mentions": [[0, 6], [89, 106]]}]}`, offsets in characters of the text. Raises CorpusError."""
    draft, found = Draft(), []
    for path in sorted(folder.glob("*.txt")):
        article = article_from_text(draft.read(path), path=str(path))
        marks = path.with_suffix(".json")
        entities = _entities(marks, draft.read(marks), len(article.text)) if marks.is_file() else None
        found.append(NamedText(path.stem, article, entities))
    if not found:
        raise CorpusError(f"{folder}: no text in it (*.txt); name a folder of texts to learn names from")
    return found, draft.digest.hexdigest()


def _entities(path: Path, text: str, length: int) -> tuple[tuple[Span, str], ...]:
    found = []
    record = parsed_json(text, path)
    with complaints(path):
        for each in record["entities"]:
            label = next((_LABELS[word] for word in _LABELS if word in each["types"]), None)
            spans = [span_of(*mention) for mention in each["mentions"]]
            if any(span.end > length for span in spans):
                raise ValueError(f"{each['mentions']} reach beyond the text")
            found += [(span, label) for span in spans if label is not None]
    return tuple(sorted(found))
