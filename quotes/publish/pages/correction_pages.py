"""A mistake that a reader found, in a quote or in who a speaker is: a report that reaches whoever runs the site, and where an editor has
logged in, a correction."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from datasette.utils.asgi import Response

from quotes.errors import StoreError
from quotes.publish.database import Visit, number, rows, value
from quotes.publish.datasette_internals import actor_matches_allow, refusal
from quotes.publish.metadata import contact, setting
from quotes.publish.pages.profiles import POSSIBLY_SAME
from quotes.publish.results import shown
from quotes.store import Store
from quotes.store.corrections import Draft, correcting, undo
from quotes.store.overrides.correction_records import Correction, summary

#: Articles of a speaker that the page lists; more are in the table of appearances.
MOST = 200

_MADE = "select * from corrections where article_id is ? order by id desc limit 20"
_SPEAKER = """
select id, name, kind, all_quotes as quotes, (select count(distinct article_id) from appearances where speaker_id = speakers.id) as articles
from speakers where id = ?
"""
_APPEARANCES = f"""
select appearances.article_id, appearances.name, appearances.because, articles.title as headline, articles.outlet, articles.published
from appearances join articles on articles.id = appearances.article_id
where appearances.speaker_id = ? order by articles.sort_key desc limit {MOST}
"""

_Look = Callable[[sqlite3.Connection, int, Mapping[str, str]], dict[str, Any] | None]
_Change = Callable[[Store, int, Mapping[str, str], Any], Correction]


def _correction_form(what: str, actions: Mapping[str, str], look: _Look, change: _Change) -> Callable[..., Any]:
    """A page with a form that reports a mistake, or corrects it: what it is about, and what can be wrong (`actions`).

    `look` finds what the page shows of an id, and beside it the parts of a report that are `about` the mistake, the `place` where it is
    seen, and the page that comes `after` a correction. `change` makes the correction in a store, or raises StoreError.
    """

    async def answer(visit: Visit) -> Any:
        """The page, or the correction as a file where the address asks for that. Only an editor's POST changes anything."""
        request, datasette, given = visit.request, visit.datasette, visit.given
        known = number(request.url_vars["id"])
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
        action, right, why = given.get("action") or "", _field(given, "right"), _field(given, "why", 1000)
        record, fault = await _draft(visit, known, change) if action else (None, None)
        if request.url_vars["file"]:
            if record is None:
                raise refusal(fault or "Say what is wrong", status=400)
            headers = {"content-disposition": f'attachment; filename="correction-of-{what}-{known}.jsonl"'}
            line = json.dumps(record, ensure_ascii=False) + "\n"
            return Response(line, content_type="application/x-ndjson; charset=utf-8", headers=headers)
        where = {"Where": visit.url(context["place"]), "What is wrong": actions.get(action)}
        report = context["about"] | where | {"What would be right": right, "Why": why, "From": _field(given, "name", 100)}
        text = "\n".join(f"{name}: {words}" for name, words in report.items() if words)
        in_words = right or why
        extra = {
            "actions": actions,
            "given": given,
            "identifier": known,
            "editor": editor,
            "fault": None if action == "other" and in_words else fault,
            "record": record,
            "reported": action in actions and bool(record or in_words),
            "report": text,
            "contact": contact(datasette, f"Mistake about {what} {known}", text),
        }
        return await visit.page(f"quotes_correct_{what}.html", context | extra)

    return answer


async def _correct(visit: Visit, known: int, change: _Change, given: Mapping[str, str]) -> None:
    """Undo or make a correction for good, as an editor's form says. Raises the refusal that is shown where it cannot be done."""
    undone, by = number(given.get("undo") or ""), str(visit.request.actor.get("id"))

    def stored() -> Correction:
        with Store.open(visit.path, create=True) as store:
            return _made(change, store, known, given, by) if undone is None else undo(store, undone, by=by)

    try:
        await asyncio.to_thread(stored)
    except StoreError as error:
        raise refusal(str(error), status=400) from error


async def _draft(visit: Visit, known: int, change: _Change) -> tuple[dict[str, Any] | None, str | None]:
    """The correction that a visitor's form would make, as `quotes corrections --import` takes it, or why it cannot be made."""

    def drafted() -> dict[str, Any]:
        with Draft.open(visit.path, create=False) as store, visit.guarding(store.db.conn):
            return _made(change, store, known, visit.given, _field(visit.given, "name", 100) or "a visitor of the site").as_json()

    try:
        return await asyncio.to_thread(drafted), None
    except StoreError as error:
        return None, str(error)


def _made(change: _Change, store: Store, known: int, given: Mapping[str, str], by: str) -> Correction:
    return change(store, known, given, {"by": by, "why": _field(given, "why", 1000) or None})


def _field(given: Mapping[str, str], name: str, longest: int = 500) -> str:
    """What a field of a form holds, in one line."""
    return " ".join((given.get(name) or "").split())[:longest]


def _corrections(connection: sqlite3.Connection, article: int | None) -> list[dict[str, Any]]:
    """The corrections of an article, or of speakers, the newest first, each with `what` it makes of what, in words."""

    def what(row: Mapping[str, Any]) -> str:
        target, change = json.loads(row["target"]), json.loads(row["change"])
        return summary(Correction(action=row["action"], target=target, change=change, by=row["by"], at=row["at"]))

    return [{**row, "what": what(row)} for row in rows(connection, _MADE, [article])]


def _quote(connection: sqlite3.Connection, known: int, _given: Mapping[str, str]) -> dict[str, Any] | None:
    article = value(connection, "select article_id from quotes where id = ?", [known])
    if article is None:
        return None
    hit = shown(connection, [known])[0]
    source = ", ".join(filter(None, (hit["speaker"] or "speaker not found", hit["title"], hit["institution"])))
    return {
        "hit": hit,
        "made": _corrections(connection, article),
        "about": {"Quote": hit["text"], "Said by": source, "Article": hit["headline"]},
        "place": f"/{hit['place']}",
        "after": f"/{hit['place']}",
    }


def _change_quote(store: Store, quote: int, given: Mapping[str, str], who: Any) -> Correction:
    action, right = given.get("action"), _field(given, "right")
    if action == "reject":
        return correcting.reject(store, quote, **who)
    if action == "speaker" and right:
        return correcting.correct_speaker(store, quote, right, **who)
    if action == "title" and right:
        return correcting.correct_title(store, quote, right, **who)
    if action == "institution" and right:
        return correcting.correct_institution(store, quote, right, **who)
    if action == "span" and right:
        return correcting.correct_words(store, quote, [right], **who)
    raise StoreError("Say in your own words what is wrong" if action == "other" else "Say what is wrong, and what would be right")


def _speaker(connection: sqlite3.Connection, known: int, given: Mapping[str, str]) -> dict[str, Any] | None:
    speakers = rows(connection, _SPEAKER, [known])
    if not speakers:
        return None
    appearances = rows(connection, _APPEARANCES, [known])
    ticked = [each for each in appearances if given.get(f"article-{each['article_id']}")]
    headlines = "; ".join(each["headline"] or f"article {each['article_id']}" for each in ticked)
    return {
        "speaker": speakers[0],
        "appearances": appearances,
        "possibly_same": rows(connection, POSSIBLY_SAME, {"id": known}),
        "made": _corrections(connection, None),
        "most": MOST,
        "about": {"Speaker": speakers[0]["name"], "Other speaker": _field(given, "other"), "Articles": headlines},
        "place": f"/speaker/{known}",
        "after": "/speaker",  # the speaker may be gone
    }


def _change_speaker(store: Store, speaker: int, given: Mapping[str, str], who: Any) -> Correction:
    action, other = given.get("action"), _field(given, "other")
    if action in ("merge", "apart"):
        if not other:
            raise StoreError("Say which other speaker: the name, or the number")
        correct = correcting.merge if action == "merge" else correcting.apart
        return correct(store, speaker, other if number(other) is None else int(other), **who)
    if action == "split":
        articles = [number(name.removeprefix("article-")) for name in given if name.startswith("article-")]
        return correcting.split(store, speaker, [each for each in articles if each is not None], **who)
    if action == "rename":
        return correcting.rename(store, speaker, given.get("right") or "", **who)
    raise StoreError("Say what is wrong")


#: `/quotes/report/QUOTE`: what is wrong with a quote.
report_page = _correction_form(
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
    _change_quote,
)
#: `/quotes/identity/SPEAKER`: the names and articles that are one speaker, and why.
identity_page = _correction_form(
    "speaker",
    {
        "merge": "It is the same as another speaker",
        "apart": "It is not the same as another speaker",
        "split": "In some articles it is somebody else of the same name",
        "rename": "It should be shown under another name",
    },
    _speaker,
    _change_speaker,
)
