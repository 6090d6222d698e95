"""A search as an Atom feed (RFC 4287), so that a feed reader shows when somebody speaks again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from datasette.utils.asgi import Response

from quotes.publish.cells import TEMPLATES
from quotes.publish.charts import printable
from quotes.publish.database import Visit
from quotes.publish.exports.export_rows import quotes_of
from quotes.publish.results import Selection, hits_of

#: Entries in a feed.
ENTRIES = 50


async def feed(visit: Visit, selection: Selection) -> Any:
    """The newest quotes that fit.

    An entry is dated by its article, or where that has no date, by the day that Unix counts from, since a feed allows no entry without one.
    """

    def found(connection: sqlite3.Connection) -> tuple[str, list[dict[str, Any]]]:
        return quotes_of(connection, selection).title, hits_of(connection, replace(selection, order="newest"), limit=ENTRIES)

    title, hits = await visit.ask(found)
    entries = [{**each, "updated": rfc3339(each["published"])} for each in hits]
    written = TEMPLATES.get_template("quotes.atom").render(
        title=title,
        origin=visit.url(),
        query=f"?{selection.address()}" if selection.address() else "",
        entries=entries,
        updated=max((each["updated"] for each in entries), default=rfc3339(None)),
    )
    return Response(printable(written), content_type="application/atom+xml; charset=utf-8")


def rfc3339(published: str | None) -> str:
    """A date as exact as printed, as RFC 3339 wants it."""
    day, _, time = (published or "1970").partition("T")
    try:
        moment = datetime.fromisoformat(f"{day}{'-01-01'[len(day) - 4 :]}T{time or '00:00'}")
    except ValueError:
        moment = datetime(1970, 1, 1)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat(timespec="seconds").replace("+00:00", "Z")
