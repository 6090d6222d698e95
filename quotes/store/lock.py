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
    writers of one transaction wait for each other.
    """
    from filelock import FileLock, Timeout

    beside = Path(f"{path.absolute()}.lock")
    holder = Path(f"{path.absolute()}.writer")
    if not beside.parent.is_dir():
        try:
            beside.parent.mkdir()
        except OSError:
            yield  # opening the database says what is wrong with the folder
            return
    lock = FileLock(beside, timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        raise StoreError(f"{path}: {_who(holder)} is writing to it: wait until that has ended and run the command again") from None
    except OSError:
        yield  # a folder that cannot be written: opening the database says so
        return
    try:
        with contextlib.suppress(OSError):
            holder.write_text(f"{os.getpid()} {datetime.now(UTC).isoformat(timespec='seconds')}", encoding="utf-8")
        yield
    finally:
        for each in (holder, beside):
            with contextlib.suppress(OSError):
                each.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    try:
        pid, since = holder.read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return "another program"
    return f"another quotes (process {pid}, since {since})"
