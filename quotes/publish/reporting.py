"""A mistake that a reader found: put into words that an editor can apply, and for an editor who has logged in, put right at once."""

from __future__ import annotations

import asyncio
import json
import shlex
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from quotes.errors import StoreError
from quotes.publish.asking import ask, missing, number, page, permitted, refusal, rows
from quotes.publish.results import shown
from quotes.store import Store, correcting
from quotes.store.corrections import undo

#: The permission that an editor needs; metadata.yml says who has it.
PERMISSION = "quotes-correct"

#: What can be wrong with a quote, in a reader's words.
WRONG = {
    "speaker": "Somebody else said it",
    "title": "The title is wrong or missing",
    "institution": "The institution is wrong or missing",
    "span": "It begins or ends at the wrong place",
    "reject": "It is no quote",
}

_QUOTE = "select quotes.article_id, quotes.spans, quotes.text from quotes where id = ?"
_MADE = "select * from corrections where article_id = ? order by id desc limit 20"


def report_of(quote_id: int, quote: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any] | None:
    """What a reader says is wrong, in plain values, or None where the address does not say it."""
    action, right = given.get("action") or "", " ".join((given.get("right") or "").split())[:500]
    if action not in WRONG or (not right and action != "reject"):
        return None
    report = {
        "quote_id": quote_id,
        "article_id": quote["article_id"],
        "text": quote["text"],
        "action": action,
        "right": None if action == "reject" else right,
        "why": " ".join((given.get("why") or "").split())[:1000] or None,
    }
    return {**report, "command": as_command(report)}


def as_command(report: Mapping[str, Any]) -> str:
    """The command that puts it right, for whoever has the database at hand."""
    words = {"reject": ["--not-a-quote"], "span": ["--words", report["right"]]}.get(
        report["action"], [f"--{report['action']}", report["right"]]
    )
    why = ["--why", report["why"]] if report["why"] else []
    return shlex.join(["quotes", "correct", str(report["quote_id"]), *words, *why])


def apply(path: Path, report: Mapping[str, Any], by: str) -> None:
    """Put it right in the database, for good. Raises StoreError, with the database as it was."""
    quote, right, who = report["quote_id"], report["right"], {"by": by, "why": report["why"]}
    with Store.open(path, create=True) as store:
        if report["action"] == "reject":
            correcting.reject(store, quote, **who)
        elif report["action"] == "span":
            correcting.correct_words(store, quote, [right], **who)
        elif report["action"] == "speaker":
            correcting.correct_speaker(store, quote, right, **who)
        elif report["action"] == "title":
            correcting.correct_title(store, quote, right, **who)
        else:
            correcting.correct_institution(store, quote, right, **who)


def take_back(path: Path, correction: int, by: str) -> None:
    """Undo a correction. Raises StoreError, with the database as it was."""
    with Store.open(path, create=True) as store:
        undo(store, correction, by=by)


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


async def report_page(request: Any, datasette: Any) -> Any:
    """`/quotes/report/QUOTE`: what is wrong with a quote. Only an editor's POST changes anything."""
    database = await permitted(request, datasette)
    identifier = request.url_vars["id"]
    known = number(identifier)

    def found(connection: sqlite3.Connection) -> dict[str, Any] | None:
        quotes = rows(connection, _QUOTE, [known]) if known is not None else []
        if not quotes:
            return None
        return {
            "quote": quotes[0],
            "hit": shown(connection, [int(identifier)])[0],
            "made": rows(connection, _MADE, [quotes[0]["article_id"]]),
        }

    context = await ask(datasette, database, found)
    if context is None or known is None:
        raise missing("quote", identifier)
    editor, given = await corrects(request, datasette, database), await form_of(request)
    report = report_of(known, context["quote"], given)
    if request.method == "POST":
        undone = number(given.get("undo") or "")
        path, by = Path(database.path), str(request.actor.get("id"))
        try:
            if undone is not None:
                await asyncio.to_thread(take_back, path, undone, by)
            elif report is not None:
                await asyncio.to_thread(apply, path, report, by)
            else:
                raise refusal("Say what is wrong, and what is right", status=400)
        except StoreError as error:
            raise refusal(str(error), status=400) from error
        return Response.redirect(f"{datasette.urls.database(database.name)}/article/{context['quote']['article_id']}")
    extra = {"wrong": WRONG, "given": given, "report": report, "identifier": known, "editor": editor}
    return await page(request, datasette, database, "quotes_report.html", {**context, **extra})


async def report_file(request: Any, datasette: Any) -> Any:
    """The report that the address makes, as a file."""
    database = await permitted(request, datasette)
    known = number(request.url_vars["id"])
    quotes = await ask(datasette, database, lambda connection: rows(connection, _QUOTE, [known]))
    report = report_of(known or 0, quotes[0], {name: request.args.get(name) for name in request.args}) if quotes else None
    if report is None:
        raise missing("report on quote", request.url_vars["id"])
    headers = {"content-disposition": f'attachment; filename="report-{known}.json"'}
    return Response(json.dumps(report, ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8", headers=headers)
