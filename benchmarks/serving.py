"""The site of a database in a process of its own, and the addresses of its pages."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quotes.publish.datasette_internals import open_read_only

_SERVE = """
import sys
from pathlib import Path
from quotes.publish.metadata import metadata_path
from quotes.publish.server import serve
serve(Path(sys.argv[1]), port=0, metadata=metadata_path(), open_browser=False, on_ready=lambda address: print(address, flush=True))
"""


@contextlib.contextmanager
def served(path: Path) -> Iterator[str]:
    """The address of the site of the database at `path`, without a slash at its end, while the block runs; on this machine only."""
    with subprocess.Popen([sys.executable, "-c", _SERVE, str(path)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip().rstrip("/")
        finally:
            running.terminate()


def pages(path: Path) -> dict[str, str]:
    """The address of one page of each kind, by name, with as much on it as there is."""
    connection = open_read_only(path)

    def first(sql: str, *values: object) -> tuple[Any, ...]:
        found: tuple[Any, ...] = connection.execute(sql, values).fetchone()
        return found

    (speaker,) = first("select id from speakers where kind = 'person' order by quotes desc, id limit 1")
    (other,) = first("select id from speakers where kind = 'person' order by quotes desc, id limit 1 offset 1")
    (institution,) = first("select id from institutions order by quotes desc, id limit 1")
    topic, phrase = first("select id, phrase from topics order by quotes desc, id limit 1")
    article, followed = first(
        "select quotes.article_id, speaker_id from quotes join speakers on speakers.id = speaker_id"
        " where quotes.kind = 'direct' and speakers.kind = 'person'"
        " group by quotes.article_id, speaker_id order by count(*) desc, quotes.article_id limit 1"
    )
    (quote,) = first("select id from quotes where article_id = ? and speaker_id = ? order by start limit 1", article, followed)
    connection.close()
    return {
        "home": "/",
        "search": f"/quotes/search?q={phrase.split()[-1]}",
        "speaker": f"/quotes/speaker/{speaker}",
        "identity": f"/quotes/identity/{speaker}",
        "institution": f"/quotes/institution/{institution}",
        "topic": f"/quotes/topic/{topic}",
        "article": f"/quotes/article/{article}?follow={followed}",
        "compare": f"/quotes/compare?speaker={speaker}&other={other}",
        "data": "/quotes/data",
        "report": f"/quotes/report/{quote}?action=title&right=director&why=The+second+paragraph+says+so",
    }
