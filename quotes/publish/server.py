"""`quotes serve`: Datasette in this process, read-only, under addresses that do not depend on the name of the file."""

from __future__ import annotations

import asyncio
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import uvicorn

from quotes.errors import PublishError
from quotes.publish.datasette_internals import new_datasette
from quotes.publish.metadata import load_metadata
from quotes.store.schema.connection import connect_to_read, read_beside_writers

#: The name under which the database stands in every address, whatever its file is called.
NAME = "quotes"

SETTINGS = {
    "suggest_facets": False,  # guessing facets costs more than the page itself
    "max_csv_mb": 0,  # a limit would cut the CSV off in the middle, with no error
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 300,
    "max_returned_rows": 1000,
    "default_page_size": 50,
    "truncate_cells_html": 600,  # an article's text is on its own page; few quotes are longer
    "num_sql_threads": 4,  # one more than Datasette has, for our pages; more would bring slow queries to the time limit
}


class _Server(uvicorn.Server):
    """A server that calls `on_end` when it has answered all: after that, the signal that ended it ends the process too."""

    on_end: Callable[[], None]

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        self.on_end()


def site(db: Path, *, metadata: Path | None = None) -> Any:
    """The Datasette of one database, as `serve` runs it.

    Raises StoreError when the file is no database of ours, PublishError when the metadata does not fit it.
    """
    settings = load_metadata(metadata)
    connect_to_read(db).close()
    return new_datasette(db, NAME, settings, SETTINGS)


def serve(
    db: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8001,
    metadata: Path | None = None,
    open_browser: bool = True,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the site of `db` until interrupted, calling `on_ready` with its address once it takes connections; port 0 picks a free one.

    Prints nothing. Raises StoreError when the file is no database of ours, PublishError when the metadata is wrong or the address is
    not to be had.
    """
    datasette = site(db, metadata=metadata)
    # Asked for before a browser does, so that a fault is reported here and not there.
    front = asyncio.run(datasette.client.get("/"))
    if front.status_code != 200:
        raise PublishError(f"the site answers its front page with {front.status_code}: check metadata.yml, or leave it out with --metadata")
    server = _Server(uvicorn.Config(datasette.app(), log_level="error", access_log=False, lifespan="on", workers=1))
    with closing(_listen(host, port)) as listener, suppress(KeyboardInterrupt), ExitStack() as held:
        held.enter_context(read_beside_writers(db))
        held.callback(datasette.get_database(NAME).close)
        server.on_end = held.close
        address = _address(host, listener.getsockname()[1])
        # Whoever asks now is answered as soon as the server runs.
        if on_ready is not None:
            on_ready(address)
        if open_browser:
            # Some browsers keep the caller waiting until they are closed.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, both = socket.AF_INET6 if ":" in host else socket.AF_INET, host == "::" and socket.has_dualstack_ipv6()
        return socket.create_server((host, port), family=family, backlog=128, dualstack_ipv6=both)
    except (OSError, OverflowError) as error:
        why = (getattr(error, "strerror", None) or str(error)).split(" (while")[0]
        raise PublishError(f"{host}:{port}: the site cannot be put there ({why}): choose another with --port or --host") from error


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"
