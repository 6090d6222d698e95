"""Why the mentions of a speaker are taken for one person, and how to correct it: merge, take apart, split, rename."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from quotes.errors import StoreError
from quotes.publish.database import number, rows
from quotes.publish.pages.report_page import correction_form, corrections_made, field
from quotes.publish.pages.speaker_page import POSSIBLY_SAME
from quotes.store import Store
from quotes.store.corrections import correcting
from quotes.store.overrides.correction_records import Correction

#: Articles that the page lists; more are in the table of appearances.
MOST = 200

_SPEAKER = """
select id, name, kind, all_quotes as quotes, (select count(distinct article_id) from appearances where speaker_id = speakers.id) as articles
from speakers where id = ?
"""
_APPEARANCES = f"""
select appearances.article_id, appearances.name, appearances.because, articles.title as headline, articles.outlet, articles.published
from appearances join articles on articles.id = appearances.article_id
where appearances.speaker_id = ? order by articles.sort_key desc limit {MOST}
"""


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
        "made": corrections_made(connection, None),
        "most": MOST,
        "about": {"Speaker": speakers[0]["name"], "Other speaker": field(given, "other"), "Articles": headlines},
        "place": f"/speaker/{known}",
        # The speaker may be gone.
        "after": "/speaker",
    }


def _change(store: Store, speaker: int, given: Mapping[str, str], by: str) -> Correction:
    action, why, other = given.get("action"), field(given, "why", 1000) or None, field(given, "other")
    if action in ("merge", "apart"):
        if not other:
            raise StoreError("Say which other speaker: the name, or the number")
        correct = correcting.merge if action == "merge" else correcting.apart
        return correct(store, speaker, other if number(other) is None else int(other), by=by, why=why)
    if action == "split":
        articles = [number(name.removeprefix("article-")) for name in given if name.startswith("article-")]
        return correcting.split(store, speaker, [each for each in articles if each is not None], by=by, why=why)
    if action == "rename":
        return correcting.rename(store, speaker, given.get("right") or "", by=by, why=why)
    raise StoreError("Say what is wrong")


#: `/quotes/identity/SPEAKER`: the names and articles that are one speaker, and why.
identity_page = correction_form(
    "speaker",
    {
        "merge": "It is the same as another speaker",
        "apart": "It is not the same as another speaker",
        "split": "In some articles it is somebody else of the same name",
        "rename": "It should be shown under another name",
    },
    _speaker,
    _change,
)
