"""Folders like PolNeAR's: texts with brat standoff in another folder, and who speaks in a third."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from glob import escape
from pathlib import Path
from typing import Any

from quotes.corpora.brat import parse_standoff
from quotes.corpora.files import Digest, checked, json_object, misfit, plain_article
from quotes.corpora.gold import Corpus, GoldArticle
from quotes.corpora.record_corpus import speakers_by_id
from quotes.errors import CorpusError


def read_standoff(folder: Path, *, speakers: Path | None = None) -> Corpus:
    """Read `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` (brat standoff); of several annotators the first by name.

    `speakers` holds `SPLIT_NAME.json` for the articles whose speakers are resolved, SPLIT being the folder's own name.
    """
    if not (folder / "text").is_dir():
        raise CorpusError(f"{folder}: no folder text/ in it; is the split named rightly?")
    if speakers is not None and not speakers.is_dir():
        raise CorpusError(f"{speakers}: no such folder of speakers")
    digest = Digest()
    articles = []
    for path in sorted((folder / "text").glob("*.txt")):
        standoff = next(iter(sorted((folder / "attributions").glob(f"{escape(path.stem)}_????.ann"))), None)
        if standoff is None:
            continue
        text = digest.read(path)
        gold = GoldArticle(path.stem, plain_article(str(path), text), parse_standoff(digest.read(standoff), source=standoff).attributions)
        resolved = speakers / f"{folder.name}_{path.stem}.json" if speakers else None
        if resolved is not None and resolved.is_file():
            gold = _with_speakers(gold, json_object(digest.read(resolved), resolved), resolved)
        articles.append(gold)
    if not articles:
        raise CorpusError(f"{folder}: no annotated article in it; text/NAME.txt needs attributions/NAME_XXXX.ann")
    # `data/dev` alone says little: two corpora may well have the same split.
    stem = folder.parent.parent.name if folder.parent.name == "data" else folder.parent.name
    return checked(Corpus(f"{stem}/{folder.name}", tuple(articles), digest.hex()))


def _with_speakers(gold: GoldArticle, record: Mapping[str, Any], path: Path) -> GoldArticle:
    try:
        who = speakers_by_id(record["speakers"])
        of: Mapping[str, str | None] = record["attributions"]
        attributions = tuple(replace(each, speaker=who.get(of.get(each.id))) for each in gold.attributions)
    except (KeyError, TypeError, AttributeError) as error:
        raise misfit(path, error) from error
    return replace(gold, attributions=attributions, speakers_known=True)
