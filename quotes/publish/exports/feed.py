"""A search as an Atom feed (RFC 4287), so that a feed reader shows when somebody speaks again."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from typing import Any

from datasette.utils.asgi import Response

from quotes.publish.cells import TEMPLATES
from quotes.publish.charts import printable
from quotes.publish.database import ReadableDatabase, ask
from quotes.publish.exports.export_rows import quotes_of
from quotes.publish.metadata import public_url
from quotes.publish.results import Selection, shown

#: Entries in a feed.
ENTRIES = 50

_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?")


async def feed(request: Any, datasette: Any, database: ReadableDatabase, selection: Selection) -> Any:
    """The newest quotes that fit.

    An entry is dated by its article, or where that has no date, by the day that Unix counts from, since a feed allows no entry without one.
    """

    def found(connection: sqlite3.Connection) -> tuple[str, list[dict[str, Any]]]:
        ids = [row[0] for row in connection.execute(*replace(selection, order="newest").ids(limit=ENTRIES))]
        return quotes_of(connection, selection).title, shown(connection, ids)

    title, hits = await ask(datasette, database, found)
    entries = [{**each, "updated": rfc3339(each["published"])} for each in hits]
    written = TEMPLATES.get_template("quotes.atom").render(
        title=title,
        origin=public_url(datasette, request, datasette.urls.database(database.name)),
        query=f"?{selection.address()}" if selection.address() else "",
        entries=entries,
        updated=max((each["updated"] for each in entries), default=rfc3339(None)),
    )
    return Response(printable(written), content_type="application/atom+xml; charset=utf-8")


def rfc3339(published: str | None) -> str:
    """A date as exact as printed, as RFC 3339 wants it."""
    found = _ISO.match(published or "1970")
    if found is None:
        return "1970-01-01T00:00:00Z"
    year, month, day, time, seconds, zone = found.groups()
    if zone and len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{year}-{month or '01'}-{day or '01'}T{time or '00:00'}{seconds or ':00'}{zone or 'Z'}"
