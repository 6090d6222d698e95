"""How to cite the collection and a page of it, with its version and the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Any

from quotes.publish.site_settings import citable


def collection_version(figures: Mapping[str, Any]) -> str:
    """The version of the data: the day of the newest article, and how many quotes and articles there are."""
    return f"{(figures['last'] or 'undated')[:10]}, {figures['all_quotes']:,} quotes from {figures['articles']:,} articles"


@cache
def _program() -> str:
    """The program with its version, which stands in a file of the installation."""
    return f"quotes {version('quotes')}"


def citation(what: str, address: str, figures: Mapping[str, Any], *, today: dt.date | None = None) -> dict[str, str]:
    """A page of the collection as one line to cite, and as an entry of BibTeX."""
    day = today or dt.date.today()
    program = _program()
    data = collection_version(figures)
    line = f"“{what}”, in Who said what: quotes from news articles (data of {data}; extracted by {program})."
    # Nobody else can open an address of this machine.
    known = citable(address)
    line += f" Retrieved {day.isoformat()}{f' from {address}' if known else '.'}"
    plain = what.replace("{", "(").replace("}", ")").replace("\\", "/")
    published = f"  howpublished = {{\\url{{{address}}}}},\n" if known else ""
    bibtex = (
        "@misc{quotes" + day.strftime("%Y%m%d") + ",\n"
        f"  title = {{{{{plain}}}}},\n{published}"
        f"  note = {{Quotes from news articles. Data of {data}; extracted by {program}}},\n"
        f"  year = {{{day.year}}},\n  urldate = {{{day.isoformat()}}}\n}}"
    )
    return {"line": line, "bibtex": bibtex}
