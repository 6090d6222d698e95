"""A pipeline and an extractor that need no spaCy, so that the command line is tested in milliseconds.

Every stretch in curly marks is a direct quote of speech; `said NAME SURNAME` after it names the speaker. The model `deaf` finds none. A
process dies of an article with POISON in it.
Run as a program, it is `quotes` with these stand-ins.
"""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from quotes.errors import ArticleError, PipelineError
from quotes.records import Affiliation, Article, Passage, Quote, Span, Speaker

#: Two articles to work on.
WEIR = "Weir holds\n\n“The weir held all night,” said Ines Duarte, mayor of Salin. “I think it will rain.”\n"
CRANE = "Crane stops\n\n“The crane is perhaps too old,” said Joana Reis. The port was silent.\n"

#: The last line of a run that stores.
SUMMARY = "articles: {} added, {} unchanged, {} replaced; undated: {}; quotes: {} in the default view, {} in all; failures: {}"

_QUOTE = re.compile(r"(“[^”]*”)(?: (said) (\w+ \w+))?")

#: What the stand-in pipeline was last asked for.
asked: dict[str, object] = {}


def load(*, spacy_model: str | None = None, model: str | None = None) -> SimpleNamespace:
    asked.update(spacy_model=spacy_model, model=model)
    if spacy_model == "missing":
        raise PipelineError("missing: no such spaCy pipeline: install it, or name another")
    return SimpleNamespace(meta={"lang": "en", "name": spacy_model or "stand_in", "version": "1.0"}, model=model)


def installed_models() -> list[str]:
    return ["rules"]


def model_folder(model: str) -> Path:
    known = sys.modules["quotes.pipeline"].installed_models()
    if model not in (*known, "deaf"):
        raise PipelineError(f"{model}: no such model, choose one of: {', '.join(known)}")
    return Path(model)


def extract(articles: Iterable[Article], nlp: SimpleNamespace) -> Iterator[tuple[Article, tuple[Quote, ...] | ArticleError]]:
    for article in articles:
        if "UNREADABLE" in article.text:
            yield article, ArticleError(f"{article.path}: nothing can be made of it")
        elif "POISON" in article.text:
            os._exit(9)
        elif "STOP" in article.text:
            signal.raise_signal(signal.SIGTERM if "STOP NOW" in article.text else signal.SIGINT)
        else:
            yield article, () if nlp.model == "deaf" else tuple(_quotes(article.text))


def _quotes(text: str) -> Iterator[Quote]:
    for found in _QUOTE.finditer(text):
        act = "thought" if "think" in found[1] else "speech"
        confidence = 0.4 if "perhaps" in found[1] else 0.9
        span = Span(*found.span(1))
        if found[3] is None:
            yield Quote("direct", act, found[1], (span,), None, None, None, confidence)
            continue
        cue, mention = Passage(found[2], (Span(*found.span(2)),)), Passage(found[3], (Span(*found.span(3)),))
        speaker = Speaker(found[3], "person", _affiliations(text))
        yield Quote("direct", act, found[1], (span,), cue, mention, speaker, confidence)


def _affiliations(text: str) -> tuple[Affiliation, ...]:
    role = re.search(r", (mayor) of (Salin)", text)
    return (Affiliation(role[1], role[2], Span(*role.span(1)), Span(*role.span(2))),) if role else ()


def rows(sql: str, db: str = "db/quotes.db") -> list[tuple[Any, ...]]:
    """What a query makes of the database."""
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def modules() -> dict[str, ModuleType]:
    """The modules that stand in, by the names of those that they stand for."""
    pipeline, extraction = ModuleType("quotes.pipeline"), ModuleType("quotes.extract")
    pipeline.load, pipeline.installed_models, pipeline.RULES = load, installed_models, "rules"  # type: ignore[attr-defined]
    pipeline.model_folder = model_folder  # type: ignore[attr-defined]
    extraction.extract = extract  # type: ignore[attr-defined]
    return {"quotes.pipeline": pipeline, "quotes.extract": extraction}


if __name__ == "__main__":
    sys.modules.update(modules())
    from quotes.cli import cli

    cli(prog_name="quotes")
