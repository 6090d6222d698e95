"""Why the mentions of a speaker are taken for one, and, for an editor who has logged in, putting it right: merge, part, split, rename."""

from __future__ import annotations

import asyncio
import shlex
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from quotes.errors import StoreError
from quotes.publish.asking import ask, missing, number, page, permitted, refusal, rows
from quotes.publish.people import PERHAPS
from quotes.publish.reporting import corrects, form_of, take_back
from quotes.store import Store, correcting

#: What an editor can do with a speaker, in plain words.
ACTIONS = {
    "merge": "It is the same as another speaker",
    "apart": "It is not the same as another speaker",
    "split": "In some articles it is somebody else of the same name",
    "rename": "It should be shown under another name",
}
#: Articles that the page lists; more are in the table of appearances.
MOST = 200

_SPEAKER = "select id, name, kind, quotes, articles from speakers where id = ?"
_APPEARANCES = f"""
select appearances.article_id, appearances.name, appearances.because, appearances.quotes, articles.title as headline, articles.outlet,
  articles.published
from appearances join articles on articles.id = appearances.article_id
where appearances.speaker_id = ? order by articles.sort_key desc limit {MOST}
"""
_MADE = "select id, action, change, by, at, why, undone_at from corrections where article_id is null order by id desc limit 20"


def command_of(speaker: int, given: Mapping[str, str], articles: Sequence[int]) -> str | None:
    """The command that does the same, for whoever has the database at hand; None where the form does not say enough."""
    action, other, name = given.get("action") or "", (given.get("other") or "").strip(), (given.get("name") or "").strip()
    words = {
        "merge": ["--merge", str(speaker), other] if other else [],
        "apart": ["--apart", str(speaker), other] if other else [],
        "split": ["--split", str(speaker), *map(str, articles)] if articles else [],
        "rename": ["--rename", str(speaker), name] if name else [],
    }.get(action, [])
    why = (given.get("why") or "").strip()
    return shlex.join(["quotes", "correct", *words, *(["--why", why] if why else [])]) if words else None


def apply(path: Path, speaker: int, given: Mapping[str, str], articles: Sequence[int], by: str) -> None:
    """Do what the form says, for good. Raises StoreError, with the database as it was."""
    why = (given.get("why") or "").strip() or None
    other = (given.get("other") or "").strip()
    whom: int | str = int(other) if number(other) is not None else other
    with Store.open(path, create=True) as store:
        if given.get("action") == "merge":
            correcting.merge(store, speaker, whom, by=by, why=why)
        elif given.get("action") == "apart":
            correcting.apart(store, speaker, whom, by=by, why=why)
        elif given.get("action") == "split":
            correcting.split(store, speaker, list(articles), by=by, why=why)
        elif given.get("action") == "rename":
            correcting.rename(store, speaker, given.get("name") or "", by=by, why=why)
        else:
            raise StoreError("Nothing was chosen: say what is wrong")


async def identity_page(request: Any, datasette: Any) -> Any:
    """`/quotes/identity/SPEAKER`: the names and articles that are one speaker, and why. Only an editor's POST changes anything."""
    database = await permitted(request, datasette)
    known = number(request.url_vars["id"])

    def found(connection: sqlite3.Connection) -> dict[str, Any] | None:
        speakers = rows(connection, _SPEAKER, [known]) if known is not None else []
        if not speakers:
            return None
        return {
            "speaker": speakers[0],
            "appearances": rows(connection, _APPEARANCES, [known]),
            "perhaps": rows(connection, PERHAPS, {"id": known}),
            "made": rows(connection, _MADE, []),
        }

    context = await ask(datasette, database, found, quick=True)
    if context is None or known is None:
        raise missing("speaker", request.url_vars["id"])
    editor, given = await corrects(request, datasette, database), await form_of(request)
    ticked = [each["article_id"] for each in context["appearances"] if given.get(f"article-{each['article_id']}")]
    if request.method == "POST":
        undone = number(given.get("undo") or "")
        path, by = Path(database.path), str(request.actor.get("id"))
        try:
            if undone is not None:
                await asyncio.to_thread(take_back, path, undone, by)
            else:
                await asyncio.to_thread(apply, path, known, given, ticked, by)
        except StoreError as error:
            raise refusal(str(error), status=400) from error
        return Response.redirect(f"{datasette.urls.database(database.name)}/speaker")
    extra = {
        "actions": ACTIONS,
        "given": given,
        "ticked": ticked,
        "command": command_of(known, given, ticked),
        "editor": editor,
        "most": MOST,
    }
    return await page(request, datasette, database, "quotes_identity.html", {**context, **extra})
