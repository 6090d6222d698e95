"""The collection as a whole: its size, its version, how to cite it, and how often its program errs."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from quotes.errors import PublishError
from quotes.publish.database import Visit, value
from quotes.publish.metadata import citable

_VERSION = version("quotes")

#: What is counted: in the default view `quotes`, and whoever has one there.
_COUNTED = {
    **{name: f"select coalesce(sum({name}), 0) from coverage" for name in ("quotes", "all_quotes", "articles")},
    "undated": "select coalesce(sum(articles), 0) from coverage where month = ''",
    "speakers": "select count(*) from speakers where quotes > 0",
    "institutions": "select count(*) from institutions where quotes > 0",
    "outlets": "select count(distinct outlet) from coverage where outlet <> ''",
    "first": "select published from articles where sort_key >= '0' order by sort_key limit 1",
    "last": "select published from articles where sort_key >= '0' order by sort_key desc limit 1",
}

_ERRORS = (
    ("direct_attributed", "words in quotation marks, with the right speaker"),
    ("attributed", "all quotes, reported speech and beliefs included, with the right speaker"),
    ("speaker_named", "the speaker’s full name"),
    ("title", "the speaker’s title"),
    ("institution", "the speaker’s institution"),
)


def figures(connection: sqlite3.Connection, visit: Visit) -> dict[str, Any]:
    """The size of the collection: counting looks at every row."""
    return visit.kept("figures", lambda: {name: value(connection, sql) for name, sql in _COUNTED.items()})


def collection_version(figures: Mapping[str, Any]) -> str:
    """The version of the data: the day of the newest article, and how many quotes and articles there are."""
    return f"{(figures['last'] or 'undated')[:10]}, {figures['all_quotes']:,} quotes from {figures['articles']:,} articles"


def citation(what: str, address: str, figures: Mapping[str, Any], *, today: dt.date | None = None) -> dict[str, str]:
    """A page of the collection as one line to cite, and as an entry of BibTeX."""
    day = today or dt.date.today()
    data = f"{collection_version(figures)}; extracted by quotes {_VERSION}"
    # Nobody else can open an address of this machine.
    known = citable(address)
    line = f"“{what}”, in Who said what: quotes from news articles (data of {data}). Retrieved {day.isoformat()}"
    plain = what.replace("{", "(").replace("}", ")").replace("\\", "/")
    published = f"  howpublished = {{\\url{{{address}}}}},\n" if known else ""
    bibtex = (
        f"@misc{{quotes{day:%Y%m%d},\n  title = {{{{{plain}}}}},\n{published}"
        f"  note = {{Quotes from news articles. Data of {data}}},\n  year = {{{day.year}}},\n  urldate = {{{day.isoformat()}}}\n}}"
    )
    return {"line": f"{line} from {address}" if known else f"{line}.", "bibtex": bibtex}


@lru_cache(maxsize=8)
def accuracy(path: str | None = None) -> list[dict[str, Any]]:
    """For each corpus its name, what it is, and how many in a hundred of each kind are wrong or missed (1 − F1), the surest first.

    `path` is a file that `quotes evaluate --json` wrote; without one, the evaluation that came with the package. Raises PublishError when
    the file cannot be read or holds no figures.
    """
    source = Path(path) if path else Path(__file__).parent / "evaluation.json"

    def faults(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
        found = [(words, figures[name].get("f1")) for name, words in _ERRORS if name in figures]
        return [{"of": words, "wrong": round(100 * (1 - share))} for words, share in found if share is not None]

    try:
        corpora = json.loads(source.read_text("utf-8"))
        return [
            {"corpus": corpus, "about": record.get("about", ""), "faults": faults(record["figures"]), "sure": record.get("sure_precision")}
            for corpus, record in corpora.items()
            if "figures" in record
        ]
    except (OSError, ValueError, AttributeError, TypeError, KeyError) as error:
        raise PublishError(f"{source}: it holds no evaluation ({error}): write one with `quotes evaluate CORPUS --json FILE`") from error
