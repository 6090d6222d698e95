"""A mistake that a reader found: put into words that an editor can apply, and for an editor who has logged in, applied at once."""

from __future__ import annotations

import json
import shlex
import sqlite3
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from datasette.utils.asgi import Response

from quotes.publish.asking import ask, missing, number, page, permitted, refusal, rows
from quotes.publish.results import shown

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

Apply = Callable[..., Any]


def correction_of(quote_id: int, quote: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any] | None:
    """A correction in the form of the table `corrections`, or None where the address says nothing that can be one."""
    action, right = given.get("action") or "", " ".join((given.get("right") or "").split())[:500]
    if action not in WRONG or (not right and action != "reject"):
        return None
    change = {} if action == "reject" else {"text" if action == "span" else action: right}
    return {
        "action": action,
        "article_id": quote["article_id"],
        "target": {"quote_id": quote_id, "spans": json.loads(quote["spans"])},
        "change": change,
        "why": " ".join((given.get("why") or "").split())[:1000] or None,
    }


def as_command(correction: Mapping[str, Any]) -> str:
    """The command that makes the correction from the file that the page offers."""
    return f"quotes correct {shlex.quote('correction-' + str(correction['target']['quote_id']) + '.json')}"


def applier() -> Apply | None:
    """What lays a correction over the database, where the store can."""
    if find_spec("quotes.store.corrections") is None:
        return None
    return cast("Apply | None", getattr(import_module("quotes.store.corrections"), "correct_from_site", None))


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
    editor = bool(request.actor) and await datasette.permission_allowed(request.actor, PERMISSION, resource=database.name, default=False)
    apply = applier() if editor else None
    given = await request.post_vars() if request.method == "POST" else {name: request.args.get(name) for name in request.args}
    correction = correction_of(known, context["quote"], given)
    if request.method == "POST":
        if not editor or apply is None:
            raise refusal("Only editors who have logged in can correct on the site", status=403)
        if correction is None:
            raise refusal("Say what is wrong, and what is right", status=400)
        apply(Path(database.path), correction, by=str(request.actor.get("id")))
        return Response.redirect(f"{datasette.urls.database(database.name)}/article/{context['quote']['article_id']}#q{known}")
    extra = {
        "wrong": WRONG,
        "given": given,
        "correction": correction,
        "identifier": known,
        "can_correct": apply is not None,
        "editor": editor,
    }
    if correction:
        extra |= {"written": json.dumps(correction, ensure_ascii=False, indent=2), "command": as_command(correction)}
    return await page(request, datasette, database, "quotes_report.html", {**context, **extra})


async def report_file(request: Any, datasette: Any) -> Any:
    """The correction that the address makes, as a file."""
    database = await permitted(request, datasette)
    known = number(request.url_vars["id"])
    quotes = await ask(datasette, database, lambda connection: rows(connection, _QUOTE, [known]))
    correction = correction_of(known or 0, quotes[0], {name: request.args.get(name) for name in request.args}) if quotes else None
    if correction is None:
        raise missing("correction for quote", request.url_vars["id"])
    headers = {"content-disposition": f'attachment; filename="correction-{known}.json"'}
    return Response(json.dumps(correction, ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8", headers=headers)
