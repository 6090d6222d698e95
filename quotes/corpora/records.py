"""Folders of ID.txt and ID.json, whose acts of speech are annotated with their speakers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotes.corpora.files import Digest, checked, json_object, misfit, plain_article
from quotes.corpora.gold import Attribution, Corpus, GoldArticle, GoldSpeaker
from quotes.errors import CorpusError
from quotes.records import Span


def read_records(folder: Path) -> Corpus:
    """Read the acts of speech of a folder of `ID.txt` and `ID.json`; those of another `act` are passed over."""
    digest = Digest()
    articles = []
    for path in sorted(folder.glob("*.json")):
        text = path.with_suffix(".txt")
        if not text.is_file():
            raise CorpusError(f"{path}: no {text.name} beside it; each ID.json needs its ID.txt")
        article = plain_article(str(text), digest.read(text))
        record = json_object(digest.read(path), path)
        try:
            who = speakers_by_id(record["speakers"])
            spoken = [each for each in record["quotes"] if each.get("act", "speech") == "speech"]
            attributions = tuple(_attribution(number, each, who) for number, each in enumerate(spoken))
        except (KeyError, TypeError, ValueError) as error:
            raise misfit(path, error) from error
        articles.append(GoldArticle(path.stem, article, attributions, speakers_known=True))
    return checked(Corpus(folder.resolve().name, tuple(articles), digest.hex(), acts=frozenset({"speech"})))


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
    return Attribution(f"E{number}", contents, passage(quote["cue"]), passage(quote["mention"]), who.get(quote["speaker"]), act="speech")
