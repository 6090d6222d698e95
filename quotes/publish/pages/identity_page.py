"""Why the mentions of a speaker are taken for one person, and how to correct it: merge, take apart, split, rename."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from datasette.utils.asgi import Response

from quotes.errors import StoreError
from quotes.publish.database import ReadableDatabase, arguments, ask, missing, number, page, readable, rows
from quotes.publish.metadata import contact, public_url
from quotes.publish.pages.report_page import Change, as_file, correct, draft, field, form_of, made, message
from quotes.publish.pages.speaker_page import POSSIBLY_SAME
from quotes.store import Store
from quotes.store.corrections import correcting
from quotes.store.overrides.correction_records import Correction

#: What an editor can do with a speaker, in plain words.
ACTIONS = {
    "merge": "It is the same as another speaker",
    "apart": "It is not the same as another speaker",
    "split": "In some articles it is somebody else of the same name",
    "rename": "It should be shown under another name",
}
#: Articles that the page lists; more are in the table of appearances.
MOST = 200

_SPEAKER = """
select id, name, kind, all_quotes as quotes, (select count(distinct article_id) from appearances where speaker_id = speakers.id) as articles
from speakers where id = ?
"""
_APPEARANCES = f"""
select appearances.article_id, appearances.name, appearances.because, appearances.all_quotes as quotes, articles.title as headline,
  articles.outlet, articles.published
from appearances join articles on articles.id = appearances.article_id
where appearances.speaker_id = ? order by articles.sort_key desc limit {MOST}
"""
_MADE = "select * from corrections where article_id is null order by id desc limit 20"


async def identity_page(request: Any, datasette: Any) -> Any:
    """`/quotes/identity/SPEAKER`: the names and articles that are one speaker, and why. Only an editor's POST changes anything."""
    database, known, context = await _speaker(request, datasette)
    editor, given = await form_of(request, datasette, database)
    base, name, ticked = datasette.urls.database(database.name), context["speaker"]["name"], _ticked(context, given)
    if request.method == "POST":
        await correct(request, database, given, _change(known, given, ticked))
        return Response.redirect(f"{base}/speaker")
    record, fault = await draft(database, given, _change(known, given, ticked)) if given.get("action") else (None, None)
    headlines = [each["headline"] or f"article {each['article_id']}" for each in context["appearances"] if each["article_id"] in ticked]
    report = message(
        {
            "Speaker": name,
            "Where": public_url(datasette, request, f"{base}/speaker/{known}"),
            "What is wrong": ACTIONS.get(given.get("action") or ""),
            "Other speaker": field(given, "other"),
            "Articles": "; ".join(headlines),
            "Name to show": field(given, "rename"),
            "Why": field(given, "why", 1000),
            "From": field(given, "name", 100),
        }
    )
    extra = {
        "actions": ACTIONS,
        "given": given,
        "ticked": ticked,
        "record": record,
        "fault": fault,
        "report": report,
        "contact": contact(datasette, f"Mistake about {name}", report),
        "editor": editor,
        "most": MOST,
    }
    return await page(request, datasette, database, "quotes_identity.html", {**context, **extra})


async def identity_file(request: Any, datasette: Any) -> Any:
    """The correction that a report would make, as a file for `quotes corrections --import`."""
    database, known, context = await _speaker(request, datasette)
    given = arguments(request)
    return as_file(*await draft(database, given, _change(known, given, _ticked(context, given))), f"correction-of-speaker-{known}")


def _change(speaker: int, given: Mapping[str, str], articles: Sequence[int]) -> Change:
    """What the form says, made in a store. Raises StoreError, with the database as it was."""

    def change(store: Store, by: str) -> Correction:
        action, why, other = given.get("action"), field(given, "why", 1000) or None, field(given, "other")
        other_speaker: int | str = other if number(other) is None else int(other)
        if action in ("merge", "apart") and not other:
            raise StoreError("Say which other speaker: the name, or the number")
        if action == "merge":
            return correcting.merge(store, speaker, other_speaker, by=by, why=why)
        if action == "apart":
            return correcting.apart(store, speaker, other_speaker, by=by, why=why)
        if action == "split":
            return correcting.split(store, speaker, list(articles), by=by, why=why)
        if action == "rename":
            return correcting.rename(store, speaker, given.get("rename") or "", by=by, why=why)
        raise StoreError("Say what is wrong")

    return change


def _ticked(context: Mapping[str, Any], given: Mapping[str, str]) -> list[int]:
    """The articles in which it is somebody else, as the form says."""
    return [each["article_id"] for each in context["appearances"] if given.get(f"article-{each['article_id']}")]


async def _speaker(request: Any, datasette: Any) -> tuple[ReadableDatabase, int, dict[str, Any]]:
    """The speaker that the address names, with the articles; raises NotFound where there is none."""
    database, identifier = await readable(request, datasette), request.url_vars["id"]
    known = number(identifier)

    def found(connection: sqlite3.Connection) -> dict[str, Any] | None:
        speakers = rows(connection, _SPEAKER, [known])
        if not speakers:
            return None
        return {
            "speaker": speakers[0],
            "appearances": rows(connection, _APPEARANCES, [known]),
            "possibly_same": rows(connection, POSSIBLY_SAME, {"id": known}),
            "made": made(connection, _MADE, []),
        }

    context = await ask(datasette, database, found)
    if context is None or known is None:
        raise missing("speaker", identifier)
    return database, known, context
