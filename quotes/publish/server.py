"""`quotes serve`: Datasette in this process, read-only, under addresses that do not depend on the name of the file."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import webbrowser
from collections.abc import Callable
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
    "num_sql_threads": 4,  # one more than Datasette has, for our pages; more would bring slow queries to the time limit
}


class _Server(uvicorn.Server):
    """A server that says when it answers, and when it has answered all."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None], on_end: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._on_end = on_end

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        # After this, the signal that ended it ends the process too.
        self._on_end()


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
    """Serve the site of `db` until interrupted, calling `on_ready` with its address once it answers; port 0 picks a free one.

    Prints nothing. Raises StoreError when the file is no database of ours, PublishError when the metadata is wrong or the address is
    not to be had.
    """
    datasette = site(db, metadata=metadata)
    asyncio.run(_answers(datasette))
    with contextlib.closing(_listen(host, port)) as listener:
        address = _address(host, listener.getsockname()[1])

        def ready() -> None:
            if on_ready is not None:
                on_ready(address)
            if open_browser:
                # Some browsers keep the caller waiting until they are closed.
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

        config = uvicorn.Config(datasette.app(), log_level="error", access_log=False, lifespan="on", workers=1)
        with contextlib.suppress(KeyboardInterrupt), contextlib.ExitStack() as held:
            held.enter_context(read_beside_writers(db))
            held.callback(datasette.get_database(NAME).close)
            _Server(config, ready, held.close).run(sockets=[listener])


async def _answers(datasette: Any) -> None:
    """Ask for the front page before a browser does, so that a fault is reported here and not there."""
    response = await datasette.client.get("/")
    if response.status_code != 200:
        raise PublishError(
            f"the site answers its front page with {response.status_code}: check metadata.yml, or leave it out with --metadata"
        )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        why = getattr(error, "strerror", None) or str(error)
        raise PublishError(f"{host}:{port}: the site cannot be put there ({why}): choose another with --port or --host") from error
    return listener


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"
