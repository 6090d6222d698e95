"""How long an input may take: whatever a stranger's file makes a library do, the inputs behind it are read."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from quotes.readers.inputs.reader_errors import TooMuchWork

#: Seconds of processor time to read one article, and more for each MB of its file: the largest take a tenth of it.
SECONDS = 60.0
SECONDS_A_MEGABYTE = 1.0


@contextmanager
def limited(size: int | None) -> Iterator[None]:
    """Raise TooMuchWork within the block when it takes more time of the processor than an article of a file of `size` bytes should.

    What other programs do does not count. Only in the main thread, and where the system can tell (not on Windows); elsewhere, and for a
    pipe, whose size nobody knows, nothing is limited.
    """
    if size is None or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS + SECONDS_A_MEGABYTE * size / 1e6)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(*_: Any) -> None:
    raise TooMuchWork
