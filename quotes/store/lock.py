"""One long writer at a time: a lock beside the database that goes away with whoever holds it, however they end."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from quotes.errors import StoreError


@contextlib.contextmanager
def sole_writer(path: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of the database at `path`, or raise StoreError that says who does, after `wait` seconds.

    The system lets go of the lock when the process ends, killed or not. What is short, such as a correction, needs no lock: SQLite makes
    writers of one transaction wait for each other. Where the folder cannot be written there is none: opening the database says so.
    """
    from filelock import FileLock, Timeout

    beside, holder = (Path(f"{path.absolute()}.{suffix}") for suffix in ("lock", "writer"))
    with contextlib.ExitStack() as held:
        try:
            beside.parent.mkdir(exist_ok=True)
            held.enter_context(FileLock(beside, timeout=wait))
        except Timeout:
            who = "another program"
            with contextlib.suppress(OSError, ValueError):
                who = holder.read_text(encoding="utf-8") or who
            raise StoreError(f"{path}: {who} is writing to it: wait until that has ended and run the command again") from None
        except OSError:
            yield
            return
        for each in (beside, holder):  # undone in reverse: the name of the holder goes first
            held.callback(_remove, each)
        since = datetime.now(UTC).isoformat(timespec="seconds")
        with contextlib.suppress(OSError):
            holder.write_text(f"another quotes (process {os.getpid()}, since {since})", encoding="utf-8")
        yield


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
