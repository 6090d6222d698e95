"""Our own formats in JSON: folders of ID.txt and ID.json, and JSON Lines of passages of which every quote is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotes.corpora.files import MISFITS, Digest, checked, json_lines, json_object, misfit, plain_article
from quotes.corpora.gold import Attribution, Corpus, ExpectedQuote, GoldArticle, GoldSpeaker, HardCase, HardCases
from quotes.errors import CorpusError
from quotes.records import Span


def read_records(folder: Path, *, every_act: bool = False) -> Corpus:
    """Read a folder of `ID.txt` and `ID.json`: its acts of speech, which are what is scored.

    With `every_act` thoughts and plans too, as training needs them, where each quote says its `act`; else only speech is known to be
    annotated, and `acts` of the corpus says so. Raises CorpusError.
    """
    digest = Digest()
    articles = []
    complete = every_act
    for path in sorted(folder.glob("*.json")):
        text = path.with_suffix(".txt")
        if not text.is_file():
            raise CorpusError(f"{path}: no {text.name} beside it; each ID.json needs its ID.txt")
        article = plain_article(str(text), digest.read(text))
        record = json_object(digest.read(path), path)
        try:
            who = speakers_by_id(record["speakers"])
            quotes = [each for each in record["quotes"] if every_act or each.get("act", "speech") == "speech"]
            complete = complete and all("act" in each for each in quotes)
            attributions = tuple(_attribution(number, each, who) for number, each in enumerate(quotes))
        except MISFITS as error:
            raise misfit(path, error) from error
        articles.append(GoldArticle(path.stem, article, attributions, speakers_known=True))
    return checked(Corpus(folder.resolve().name, tuple(articles), digest.hex(), acts=None if complete else frozenset({"speech"})))


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
    return Attribution(
        f"E{number}", contents, passage(quote["cue"]), passage(quote["mention"]), who.get(quote["speaker"]), act=quote.get("act", "speech")
    )


def read_hard_cases(path: Path) -> HardCases:
    """Read passages from JSON Lines: `id`, `text`, and `quotes` with `content` or `contents`, `speaker`, `title`, `institution`."""
    digest = Digest()
    cases: list[HardCase] = []
    for where, record in json_lines(digest.read(path), path):
        try:
            expected = tuple(
                ExpectedQuote(tuple(quote.get("contents") or [quote["content"]]), quote["speaker"], quote["title"], quote["institution"])
                for quote in record["quotes"]
            )
            if any(case.id == record["id"] for case in cases):
                raise ValueError(f"the id {record['id']} stands twice")
            cases.append(HardCase(record["id"], plain_article(record["id"], record["text"]), expected))
        except MISFITS as error:
            raise misfit(where, error) from error
    if not cases:
        raise CorpusError(f"{path}: no passages in it")
    return HardCases(path.stem, tuple(cases), digest.hex())
