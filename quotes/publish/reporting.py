"""A mistake that a reader found: a report in words that reaches whoever runs the site, and where an editor logged in, a correction."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from quotes.errors import StoreError
from quotes.publish.queries import Readable, ask, missing, number, page, permitted, refusal, rows
from quotes.publish.results import shown
from quotes.publish.site_settings import contact, public_url
from quotes.store import Store
from quotes.store.corrections import Draft, correcting, undo
from quotes.store.overrides.correction_records import Correction, summary

#: The permission that an editor needs; metadata.yml says who has it.
PERMISSION = "quotes-correct"

#: What can be wrong with a quote, in a reader's words.
WRONG = {
    "speaker": "Somebody else said it",
    "title": "The speaker’s title is wrong or missing",
    "institution": "The speaker’s institution is wrong or missing",
    "span": "The quote begins or ends at the wrong place",
    "reject": "It is not a quote",
    "other": "Something else",
}

#: Who makes a correction that a visitor reports, where no name is given.
VISITOR = "a visitor of the site"

_QUOTE = "select quotes.article_id, quotes.spans, quotes.text from quotes where id = ?"
_MADE = "select * from corrections where article_id = ? order by id desc limit 20"


def said(given: Mapping[str, str], name: str, longest: int = 500) -> str:
    """What a field of a form holds, in one line."""
    return " ".join((given.get(name) or "").split())[:longest]


def apply(store: Store, quote: int, given: Mapping[str, str], by: str) -> Correction:
    """Put right what the form says. Raises StoreError, with the database as it was."""
    action, right, why = given.get("action"), said(given, "right"), said(given, "why", 1000) or None
    if action == "reject":
        return correcting.reject(store, quote, by=by, why=why)
    if action not in WRONG or action == "other" or not right:
        raise StoreError("Say what is wrong, and what would be right")
    if action == "span":
        return correcting.correct_words(store, quote, [right], by=by, why=why)
    if action == "speaker":
        return correcting.correct_speaker(store, quote, right, by=by, why=why)
    if action == "title":
        return correcting.correct_title(store, quote, right, by=by, why=why)
    return correcting.correct_institution(store, quote, right, by=by, why=why)


def stored(path: Path, change: Callable[[Store], object]) -> None:
    """Make a change in the database, for good. Raises StoreError, with the database as it was."""
    with Store.open(path, create=True) as store:
        change(store)


def drafted(database: Readable, change: Callable[[Store], Correction]) -> dict[str, Any]:
    """The correction that a change would be, as `quotes corrections --import` takes it. Raises StoreError where it cannot be made."""
    with Draft.open(database.path, create=False) as store, database.guarding(store.db.conn):
        return change(store).as_json()


def in_words(made: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `corrections`, each with `what` it makes of what, in words."""

    def what(row: Mapping[str, Any]) -> str:
        target, change = json.loads(row["target"]), json.loads(row["change"])
        return summary(Correction(action=row["action"], target=target, change=change, by=row["by"], at=row["at"]))

    return [{**row, "what": what(row)} for row in made]


async def corrects(request: Any, datasette: Any, database: Any) -> bool:
    """Whether whoever asks is an editor; raises the refusal that is shown where somebody else sends a correction."""
    actor = request.actor
    editor = bool(actor) and bool(await datasette.permission_allowed(actor, PERMISSION, resource=database.name, default=False))
    if request.method == "POST" and not editor:
        raise refusal("Only editors who have logged in can correct on the site", status=403)
    return editor


async def form_of(request: Any) -> Mapping[str, str]:
    """What a form says, sent or in the address."""
    given: Mapping[str, str] = await request.post_vars() if request.method == "POST" else {n: request.args.get(n) for n in request.args}
    return given


async def correct(database: Any, given: Mapping[str, str], by: str, change: Callable[[Store], object]) -> None:
    """What an editor's form asks for: to undo a correction, or to make one. Raises the refusal that is shown where it cannot be done."""
    undone = number(given.get("undo") or "")
    try:
        await asyncio.to_thread(stored, Path(database.path), change if undone is None else lambda store: undo(store, undone, by=by))
    except StoreError as error:
        raise refusal(str(error), status=400) from error


async def drafted_from(database: Any, change: Callable[[Store], Correction]) -> tuple[dict[str, Any] | None, str | None]:
    """The correction that a visitor's form would make, or why it cannot be made."""
    try:
        return await asyncio.to_thread(drafted, database, change), None
    except StoreError as error:
        return None, str(error)


def message(parts: Mapping[str, str | None]) -> str:
    """A report as text: one line for each thing that is said."""
    return "\n".join(f"{name}: {words}" for name, words in parts.items() if words)


async def report_page(request: Any, datasette: Any) -> Any:
    """`/quotes/report/QUOTE`: what is wrong with a quote. Only an editor's POST changes anything."""
    database = await permitted(request, datasette)
    known, context = await _quote(request, datasette, database)
    editor, given = await corrects(request, datasette, database), await form_of(request)
    if request.method == "POST":
        by = str(request.actor.get("id"))
        await correct(database, given, by, lambda store: apply(store, known, given, by))
        return Response.redirect(f"{datasette.urls.database(database.name)}/article/{context['quote']['article_id']}")
    hit, action, record, fault = context["hit"], given.get("action") or "", None, None
    if action in WRONG and action != "other":
        record, fault = await drafted_from(database, lambda store: apply(store, known, given, said(given, "name", 100) or VISITOR))
    elif action and not said(given, "why"):
        fault = "Say in your own words what is wrong"
    address = public_url(datasette, request, f"{datasette.urls.database(database.name)}/article/{hit['article_id']}#q{known}")
    report = message(
        {
            "Quote": hit["text"],
            "Said by": ", ".join(filter(None, (hit["speaker"] or "speaker not found", hit["title"], hit["institution"]))),
            "Article": hit["headline"],
            "Where": address,
            "What is wrong": WRONG.get(action),
            "What would be right": said(given, "right"),
            "Why": said(given, "why", 1000),
            "From": said(given, "name", 100),
        }
    )
    extra = {
        "wrong": WRONG,
        "given": given,
        "identifier": known,
        "editor": editor,
        "fault": fault,
        "record": record,
        "reported": action in WRONG and bool(record or said(given, "right") or said(given, "why")),
        "report": report,
        "contact": contact(datasette, f"Mistake in quote {known}", report),
    }
    return await page(request, datasette, database, "quotes_report.html", {**context, **extra})


async def report_file(request: Any, datasette: Any) -> Any:
    """The correction that a report would make, as a file for `quotes corrections --import`."""
    database = await permitted(request, datasette)
    known, _ = await _quote(request, datasette, database)
    given = await form_of(request)
    record, fault = await drafted_from(database, lambda store: apply(store, known, given, said(given, "name", 100) or VISITOR))
    return as_file(record, fault, f"correction-of-{known}")


def as_file(record: Mapping[str, Any] | None, fault: str | None, name: str) -> Any:
    """A correction as a file of one line, to be downloaded. Raises the refusal that is shown where there is none."""
    if record is None:
        raise refusal(str(fault), status=400)
    headers = {"content-disposition": f'attachment; filename="{name}.jsonl"'}
    return Response(json.dumps(record, ensure_ascii=False) + "\n", content_type="application/x-ndjson; charset=utf-8", headers=headers)


async def _quote(request: Any, datasette: Any, database: Any) -> tuple[int, dict[str, Any]]:
    """The quote that the address names, with its article's corrections; raises NotFound where there is none."""
    identifier = request.url_vars["id"]
    known = number(identifier)

    def found(connection: sqlite3.Connection) -> dict[str, Any] | None:
        quotes = rows(connection, _QUOTE, [known]) if known is not None else []
        if not quotes or known is None:
            return None
        made = in_words(rows(connection, _MADE, [quotes[0]["article_id"]]))
        return {"quote": quotes[0], "hit": shown(connection, [known])[0], "made": made}

    context = await ask(datasette, database, found)
    if context is None or known is None:
        raise missing("quote", identifier)
    return known, context
