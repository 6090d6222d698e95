"""Why the mentions of a speaker are taken for one, and putting it right: merge, part, split, rename."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from datasette.utils.asgi import Response

from quotes.errors import StoreError
from quotes.publish.profile_pages import PERHAPS
from quotes.publish.queries import ask, missing, number, page, permitted, rows
from quotes.publish.reporting import VISITOR, as_file, correct, corrects, drafted_from, form_of, in_words, message, said
from quotes.publish.site_settings import contact, public_url
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


def apply(store: Store, speaker: int, given: Mapping[str, str], articles: Sequence[int], by: str) -> Correction:
    """Do what the form says. Raises StoreError, with the database as it was."""
    why, other = said(given, "why", 1000) or None, said(given, "other")
    whom: int | str = int(other) if number(other) is not None else other
    action = given.get("action")
    if action in ("merge", "apart") and not other:
        raise StoreError("Say which other speaker: the name, or the number")
    if action == "merge":
        return correcting.merge(store, speaker, whom, by=by, why=why)
    if action == "apart":
        return correcting.apart(store, speaker, whom, by=by, why=why)
    if action == "split":
        return correcting.split(store, speaker, list(articles), by=by, why=why)
    if action == "rename":
        return correcting.rename(store, speaker, given.get("name") or "", by=by, why=why)
    raise StoreError("Say what is wrong")


async def identity_page(request: Any, datasette: Any) -> Any:
    """`/quotes/identity/SPEAKER`: the names and articles that are one speaker, and why. Only an editor's POST changes anything."""
    database = await permitted(request, datasette)
    known, context = await _speaker(request, datasette, database)
    editor, given = await corrects(request, datasette, database), await form_of(request)
    ticked = _ticked(context, given)
    base = datasette.urls.database(database.name)
    if request.method == "POST":
        by = str(request.actor.get("id"))
        await correct(database, given, by, lambda store: apply(store, known, given, ticked, by))
        return Response.redirect(f"{base}/speaker")
    record, fault = None, None
    if given.get("action"):
        by = said(given, "visitor", 100) or VISITOR
        record, fault = await drafted_from(database, lambda store: apply(store, known, given, ticked, by))
    headlines = [each["headline"] or f"article {each['article_id']}" for each in context["appearances"] if each["article_id"] in ticked]
    report = message(
        {
            "Speaker": context["speaker"]["name"],
            "Where": public_url(datasette, request, f"{base}/speaker/{known}"),
            "What is wrong": ACTIONS.get(given.get("action") or ""),
            "Other speaker": said(given, "other"),
            "Articles": "; ".join(headlines),
            "Name to show": said(given, "name"),
            "Why": said(given, "why", 1000),
            "From": said(given, "visitor", 100),
        }
    )
    extra = {
        "actions": ACTIONS,
        "given": given,
        "ticked": ticked,
        "record": record,
        "fault": fault,
        "report": report,
        "contact": contact(datasette, f"Mistake about {context['speaker']['name']}", report),
        "editor": editor,
        "most": MOST,
    }
    return await page(request, datasette, database, "quotes_identity.html", {**context, **extra})


async def identity_file(request: Any, datasette: Any) -> Any:
    """The correction that a report would make, as a file for `quotes corrections --import`."""
    database = await permitted(request, datasette)
    known, context = await _speaker(request, datasette, database)
    given = await form_of(request)
    by = said(given, "visitor", 100) or VISITOR
    record, fault = await drafted_from(database, lambda store: apply(store, known, given, _ticked(context, given), by))
    return as_file(record, fault, f"correction-of-speaker-{known}")


def _ticked(context: Mapping[str, Any], given: Mapping[str, str]) -> list[int]:
    """The articles in which it is somebody else, as the form says."""
    return [each["article_id"] for each in context["appearances"] if given.get(f"article-{each['article_id']}")]


async def _speaker(request: Any, datasette: Any, database: Any) -> tuple[int, dict[str, Any]]:
    """The speaker that the address names, with the articles; raises NotFound where there is none."""
    known = number(request.url_vars["id"])

    def found(connection: sqlite3.Connection) -> dict[str, Any] | None:
        speakers = rows(connection, _SPEAKER, [known]) if known is not None else []
        if not speakers:
            return None
        return {
            "speaker": speakers[0],
            "appearances": rows(connection, _APPEARANCES, [known]),
            "perhaps": rows(connection, PERHAPS, {"id": known}),
            "made": in_words(rows(connection, _MADE, [])),
        }

    context = await ask(datasette, database, found)
    if context is None or known is None:
        raise missing("speaker", request.url_vars["id"])
    return known, context
