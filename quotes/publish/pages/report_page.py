"""A mistake that a reader found: a report in words that reaches whoever runs the site, and where an editor logged in, a correction."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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

_Given = Mapping[str, str]
_Context = Mapping[str, Any]


@dataclass(frozen=True)
class CorrectionForm:
    """A page with a form that reports a mistake, or corrects it: what it is about, and what can be wrong (`actions`).

    `look` finds what the page shows of an id, `change` makes the correction in a store or raises StoreError, `report` gives the parts of
    the report that are about the mistake, and `place` is where it is seen; `after` is the page that comes after a correction, where that
    place may be gone.
    """

    what: str
    actions: Mapping[str, str]
    look: Callable[[sqlite3.Connection, int], dict[str, Any] | None]
    change: Callable[[Store, int, _Given, str], Correction]
    report: Callable[[_Context, _Given], dict[str, str | None]]
    place: Callable[[_Context, int], str]
    after: str = ""

    async def answer(self, request: Any, datasette: Any) -> Any:
        """The page, or the correction as a file where the address asks for that. Only an editor's POST changes anything."""
        visit, known = await visit_of(request, datasette), number(request.url_vars["id"])
        context = None if known is None else await visit.ask(lambda connection: self.look(connection, known))
        if context is None or known is None:
            raise visit.missing(self.what)
        editors = setting(datasette, "editors")
        editor = bool(request.actor and editors) and actor_matches_allow(request.actor, editors)
        place = f"/{self.place(context, known)}"
        if request.method == "POST":
            if not editor:
                raise refusal("Only editors who have logged in can correct on the site", status=403)
            await self._correct(visit, known, await request.post_vars(), str(request.actor.get("id")))
            return Response.redirect(f"{visit.base}/{self.after}" if self.after else f"{visit.base}{place}")
        given = visit.given
        action, words = given.get("action"), field(given, "right") or field(given, "why")
        record, fault = await self._draft(visit, known) if action else (None, None)
        if request.url_vars["file"]:
            return _as_file(record, fault, f"correction-of-{self.what}-{known}")
        report = {
            **self.report(context, given),
            "Where": visit.url(place),
            "What is wrong": self.actions.get(action or ""),
            "What would be right": field(given, "right"),
            "Why": field(given, "why", 1000),
            "From": field(given, "name", 100),
        }
        text = "\n".join(f"{name}: {words}" for name, words in report.items() if words)
        extra = {
            "actions": self.actions,
            "given": given,
            "identifier": known,
            "editor": editor,
            "fault": None if action == "other" and words else fault,
            "record": record,
            "reported": action in self.actions and bool(record or words),
            "report": text,
            "contact": contact(datasette, f"Mistake about {self.what} {known}", text),
        }
        return await visit.page(f"quotes_correct_{self.what}.html", {**context, **extra})

    async def _correct(self, visit: Visit, known: int, given: _Given, by: str) -> None:
        """Undo or make a correction for good, as an editor's form says. Raises the refusal that is shown where it cannot be done."""
        undone = number(given.get("undo") or "")

        def stored() -> None:
            with Store.open(visit.path, create=True) as store:
                if undone is None:
                    self.change(store, known, given, by)
                else:
                    undo(store, undone, by=by)

        try:
            await asyncio.to_thread(stored)
        except StoreError as error:
            raise refusal(str(error), status=400) from error

    async def _draft(self, visit: Visit, known: int) -> tuple[dict[str, Any] | None, str | None]:
        """The correction that a visitor's form would make, as `quotes corrections --import` takes it, or why it cannot be made."""

        def drafted() -> dict[str, Any]:
            with Draft.open(visit.path, create=False) as store, visit.guarding(store.db.conn):
                return self.change(store, known, visit.given, field(visit.given, "name", 100) or "a visitor of the site").as_json()

        try:
            return await asyncio.to_thread(drafted), None
        except StoreError as error:
            return None, str(error)


def field(given: _Given, name: str, longest: int = 500) -> str:
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


def _quote(connection: sqlite3.Connection, known: int) -> dict[str, Any] | None:
    article = value(connection, "select article_id from quotes where id = ?", [known])
    return article and {"hit": shown(connection, [known])[0], "made": corrections_made(connection, article)}


def _change(store: Store, quote: int, given: _Given, by: str) -> Correction:
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


def _report(context: _Context, _given: _Given) -> dict[str, str | None]:
    hit = context["hit"]
    source = ", ".join(filter(None, (hit["speaker"] or "speaker not found", hit["title"], hit["institution"])))
    return {"Quote": hit["text"], "Said by": source, "Article": hit["headline"]}


#: `/quotes/report/QUOTE`: what is wrong with a quote.
report_page = CorrectionForm(
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
    _report,
    lambda context, _: str(context["hit"]["place"]),
).answer
