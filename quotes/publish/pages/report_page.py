"""A mistake that a reader found: a report in words that reaches whoever runs the site, and where an editor logged in, a correction."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from datasette.utils.asgi import Response

from quotes.errors import StoreError
from quotes.publish.database import Visit, number, rows, value, visit_of
from quotes.publish.datasette_internals import actor_matches_allow, refusal
from quotes.publish.metadata import contact, setting
from quotes.publish.results import shown
from quotes.store import Store
from quotes.store.corrections import Draft, correcting, undo
from quotes.store.overrides.correction_records import Correction, summary

_MADE = "select * from corrections where article_id is ? order by id desc limit 20"

_Look = Callable[[sqlite3.Connection, int, Mapping[str, str]], dict[str, Any] | None]
_Change = Callable[[Store, int, Mapping[str, str], str], Correction]


def correction_form(what: str, actions: Mapping[str, str], look: _Look, change: _Change) -> Callable[..., Any]:
    """A page with a form that reports a mistake, or corrects it: what it is about, and what can be wrong (`actions`).

    `look` finds what the page shows of an id, and beside it the parts of a report that are `about` the mistake, the `place` where it is
    seen, and the page that comes `after` a correction. `change` makes the correction in a store, or raises StoreError.
    """

    async def answer(request: Any, datasette: Any) -> Any:
        """The page, or the correction as a file where the address asks for that. Only an editor's POST changes anything."""
        visit, known = await visit_of(request, datasette), number(request.url_vars["id"])
        given = visit.given
        context = None if known is None else await visit.ask(lambda connection: look(connection, known, given))
        if context is None or known is None:
            raise visit.missing(what)
        editors = setting(datasette, "editors")
        editor = bool(request.actor and editors) and actor_matches_allow(request.actor, editors)
        if request.method == "POST":
            if not editor:
                raise refusal("Only editors who have logged in can correct on the site", status=403)
            await _correct(visit, known, change, await request.post_vars())
            return Response.redirect(f"{visit.base}{context['after']}")
        action, words = given.get("action"), field(given, "right") or field(given, "why")
        record, fault = await _draft(visit, known, change) if action else (None, None)
        if request.url_vars["file"]:
            return _as_file(record, fault, f"correction-of-{what}-{known}")
        report = {
            **context["about"],
            "Where": visit.url(context["place"]),
            "What is wrong": actions.get(action or ""),
            "What would be right": field(given, "right"),
            "Why": field(given, "why", 1000),
            "From": field(given, "name", 100),
        }
        text = "\n".join(f"{name}: {words}" for name, words in report.items() if words)
        extra = {
            "actions": actions,
            "given": given,
            "identifier": known,
            "editor": editor,
            "fault": None if action == "other" and words else fault,
            "record": record,
            "reported": action in actions and bool(record or words),
            "report": text,
            "contact": contact(datasette, f"Mistake about {what} {known}", text),
        }
        return await visit.page(f"quotes_correct_{what}.html", {**context, **extra})

    return answer


async def _correct(visit: Visit, known: int, change: _Change, given: Mapping[str, str]) -> None:
    """Undo or make a correction for good, as an editor's form says. Raises the refusal that is shown where it cannot be done."""
    undone, by = number(given.get("undo") or ""), str(visit.request.actor.get("id"))

    def stored() -> Correction:
        with Store.open(visit.path, create=True) as store:
            return change(store, known, given, by) if undone is None else undo(store, undone, by=by)

    try:
        await asyncio.to_thread(stored)
    except StoreError as error:
        raise refusal(str(error), status=400) from error


async def _draft(visit: Visit, known: int, change: _Change) -> tuple[dict[str, Any] | None, str | None]:
    """The correction that a visitor's form would make, as `quotes corrections --import` takes it, or why it cannot be made."""

    def drafted() -> dict[str, Any]:
        with Draft.open(visit.path, create=False) as store, visit.guarding(store.db.conn):
            return change(store, known, visit.given, field(visit.given, "name", 100) or "a visitor of the site").as_json()

    try:
        return await asyncio.to_thread(drafted), None
    except StoreError as error:
        return None, str(error)


def field(given: Mapping[str, str], name: str, longest: int = 500) -> str:
    """What a field of a form holds, in one line."""
    return " ".join((given.get(name) or "").split())[:longest]


def corrections_made(connection: sqlite3.Connection, article: int | None) -> list[dict[str, Any]]:
    """The corrections of an article, or of speakers, the newest first, each with `what` it makes of what, in words."""

    def what(row: Mapping[str, Any]) -> str:
        target, change = json.loads(row["target"]), json.loads(row["change"])
        return summary(Correction(action=row["action"], target=target, change=change, by=row["by"], at=row["at"]))

    return [{**row, "what": what(row)} for row in rows(connection, _MADE, [article])]


def _as_file(record: Mapping[str, Any] | None, fault: str | None, name: str) -> Any:
    """A correction as a file of one line, to be downloaded. Raises the refusal that is shown where there is none."""
    if record is None:
        raise refusal(fault or "Say what is wrong", status=400)
    headers = {"content-disposition": f'attachment; filename="{name}.jsonl"'}
    return Response(json.dumps(record, ensure_ascii=False) + "\n", content_type="application/x-ndjson; charset=utf-8", headers=headers)


def _quote(connection: sqlite3.Connection, known: int, _given: Mapping[str, str]) -> dict[str, Any] | None:
    article = value(connection, "select article_id from quotes where id = ?", [known])
    if article is None:
        return None
    hit = shown(connection, [known])[0]
    source = ", ".join(filter(None, (hit["speaker"] or "speaker not found", hit["title"], hit["institution"])))
    return {
        "hit": hit,
        "made": corrections_made(connection, article),
        "about": {"Quote": hit["text"], "Said by": source, "Article": hit["headline"]},
        "place": f"/{hit['place']}",
        "after": f"/{hit['place']}",
    }


def _change(store: Store, quote: int, given: Mapping[str, str], by: str) -> Correction:
    action, right, why = given.get("action") or "", field(given, "right"), field(given, "why", 1000) or None
    corrections: dict[str, Callable[..., Correction]] = {
        "speaker": correcting.correct_speaker,
        "title": correcting.correct_title,
        "institution": correcting.correct_institution,
    }
    if action == "reject":
        return correcting.reject(store, quote, by=by, why=why)
    if action == "span" and right:
        return correcting.correct_words(store, quote, [right], by=by, why=why)
    if action in corrections and right:
        return corrections[action](store, quote, right, by=by, why=why)
    raise StoreError("Say in your own words what is wrong" if action == "other" else "Say what is wrong, and what would be right")


#: `/quotes/report/QUOTE`: what is wrong with a quote.
report_page = correction_form(
    "quote",
    {
        "speaker": "Somebody else said it",
        "title": "The speaker’s title is wrong or missing",
        "institution": "The speaker’s institution is wrong or missing",
        "span": "The quote begins or ends at the wrong place",
        "reject": "It is not a quote",
        "other": "Something else",
    },
    _quote,
    _change,
)
