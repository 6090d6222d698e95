"""A mistake that a reader found: a report in words that reaches whoever runs the site, and where an editor logged in, a correction."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from datasette.utils.asgi import Response

from quotes.errors import StoreError
from quotes.publish.database import ReadableDatabase, arguments, ask, missing, number, page, readable, rows
from quotes.publish.datasette_internals import may_edit, refusal
from quotes.publish.metadata import contact, public_url
from quotes.publish.results import shown
from quotes.store import Store
from quotes.store.corrections import Draft, correcting, undo
from quotes.store.overrides.correction_records import Correction, summary

#: What can be wrong with a quote, in a reader's words.
WRONG = {
    "speaker": "Somebody else said it",
    "title": "The speaker’s title is wrong or missing",
    "institution": "The speaker’s institution is wrong or missing",
    "span": "The quote begins or ends at the wrong place",
    "reject": "It is not a quote",
    "other": "Something else",
}

_QUOTE = "select quotes.article_id from quotes where id = ?"
_MADE = "select * from corrections where article_id = ? order by id desc limit 20"

#: A change in a store, made by somebody.
Change = Callable[[Store, str], Correction]


async def report_page(request: Any, datasette: Any) -> Any:
    """`/quotes/report/QUOTE`: what is wrong with a quote. Only an editor's POST changes anything."""
    database, known, context = await _quote(request, datasette)
    editor, given = await form_of(request, datasette, database)
    hit, base = context["hit"], datasette.urls.database(database.name)
    if request.method == "POST":
        await correct(request, database, given, _change(known, given))
        return Response.redirect(f"{base}/article/{hit['article_id']}")
    action, record, fault = given.get("action") or "", None, None
    if action in WRONG and action != "other":
        record, fault = await draft(database, given, _change(known, given))
    elif action and not field(given, "why"):
        fault = "Say in your own words what is wrong"
    report = message(
        {
            "Quote": hit["text"],
            "Said by": ", ".join(filter(None, (hit["speaker"] or "speaker not found", hit["title"], hit["institution"]))),
            "Article": hit["headline"],
            "Where": public_url(datasette, request, f"{base}/article/{hit['article_id']}#q{known}"),
            "What is wrong": WRONG.get(action),
            "What would be right": field(given, "right"),
            "Why": field(given, "why", 1000),
            "From": field(given, "name", 100),
        }
    )
    extra = {
        "wrong": WRONG,
        "given": given,
        "identifier": known,
        "editor": editor,
        "fault": fault,
        "record": record,
        "reported": action in WRONG and bool(record or field(given, "right") or field(given, "why")),
        "report": report,
        "contact": contact(datasette, f"Mistake in quote {known}", report),
    }
    return await page(request, datasette, database, "quotes_report.html", {**context, **extra})


async def report_file(request: Any, datasette: Any) -> Any:
    """The correction that a report would make, as a file for `quotes corrections --import`."""
    database, known, _ = await _quote(request, datasette)
    given = arguments(request)
    return as_file(*await draft(database, given, _change(known, given)), f"correction-of-{known}")


def _change(quote: int, given: Mapping[str, str]) -> Change:
    """What the form says, made in a store. Raises StoreError, with the database as it was."""

    def change(store: Store, by: str) -> Correction:
        action, right, why = given.get("action"), field(given, "right"), field(given, "why", 1000) or None
        if action == "reject":
            return correcting.reject(store, quote, by=by, why=why)
        if not right:
            raise StoreError("Say what is wrong, and what would be right")
        if action == "span":
            return correcting.correct_words(store, quote, [right], by=by, why=why)
        if action == "speaker":
            return correcting.correct_speaker(store, quote, right, by=by, why=why)
        if action == "title":
            return correcting.correct_title(store, quote, right, by=by, why=why)
        if action == "institution":
            return correcting.correct_institution(store, quote, right, by=by, why=why)
        raise StoreError("Say what is wrong, and what would be right")

    return change


async def _quote(request: Any, datasette: Any) -> tuple[ReadableDatabase, int, dict[str, Any]]:
    """The quote that the address names, with its article's corrections; raises NotFound where there is none."""
    database, identifier = await readable(request, datasette), request.url_vars["id"]
    known = number(identifier)

    def found(connection: sqlite3.Connection) -> dict[str, Any] | None:
        quotes = rows(connection, _QUOTE, [known])
        if not quotes or known is None:
            return None
        return {"hit": shown(connection, [known])[0], "made": made(connection, _MADE, [quotes[0]["article_id"]])}

    context = await ask(datasette, database, found)
    if context is None or known is None:
        raise missing("quote", identifier)
    return database, known, context


# What the page of a speaker's identity needs too.


def field(given: Mapping[str, str], name: str, longest: int = 500) -> str:
    """What a field of a form holds, in one line."""
    return " ".join((given.get(name) or "").split())[:longest]


def message(parts: Mapping[str, str | None]) -> str:
    """A report as text: one line for each part that there is."""
    return "\n".join(f"{name}: {words}" for name, words in parts.items() if words)


def made(connection: sqlite3.Connection, sql: str, values: list[Any]) -> list[dict[str, Any]]:
    """Rows of `corrections`, each with `what` it makes of what, in words."""

    def what(row: Mapping[str, Any]) -> str:
        target, change = json.loads(row["target"]), json.loads(row["change"])
        return summary(Correction(action=row["action"], target=target, change=change, by=row["by"], at=row["at"]))

    return [{**row, "what": what(row)} for row in rows(connection, sql, values)]


async def form_of(request: Any, datasette: Any, database: ReadableDatabase) -> tuple[bool, Mapping[str, str]]:
    """Whether whoever asks is an editor, and what a form says, sent or in the address; raises the refusal of what somebody else sends."""
    editor = await may_edit(datasette, request.actor, database.name)
    if request.method != "POST":
        return editor, arguments(request)
    if not editor:
        raise refusal("Only editors who have logged in can correct on the site", status=403)
    return editor, await request.post_vars()


async def correct(request: Any, database: ReadableDatabase, given: Mapping[str, str], change: Change) -> None:
    """Undo or make a correction for good, as an editor's form says. Raises the refusal that is shown where it cannot be done."""
    undone, by = number(given.get("undo") or ""), str(request.actor.get("id"))

    def store() -> None:
        with Store.open(database.path, create=True) as opened:
            if undone is None:
                change(opened, by)
            else:
                undo(opened, undone, by=by)

    try:
        await asyncio.to_thread(store)
    except StoreError as error:
        raise refusal(str(error), status=400) from error


async def draft(database: ReadableDatabase, given: Mapping[str, str], change: Change) -> tuple[dict[str, Any] | None, str | None]:
    """The correction that a visitor's form would make, as `quotes corrections --import` takes it, or why it cannot be made."""

    def drafted() -> dict[str, Any]:
        with Draft.open(database.path, create=False) as store, database.guarding(store.db.conn):
            return change(store, field(given, "name", 100) or "a visitor of the site").as_json()

    try:
        return await asyncio.to_thread(drafted), None
    except StoreError as error:
        return None, str(error)


def as_file(record: Mapping[str, Any] | None, fault: str | None, name: str) -> Any:
    """A correction as a file of one line, to be downloaded. Raises the refusal that is shown where there is none."""
    if record is None:
        raise refusal(str(fault), status=400)
    headers = {"content-disposition": f'attachment; filename="{name}.jsonl"'}
    return Response(json.dumps(record, ensure_ascii=False) + "\n", content_type="application/x-ndjson; charset=utf-8", headers=headers)
