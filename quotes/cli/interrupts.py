"""Ctrl-C and SIGTERM: raised where they do no harm, held back while a row is being written."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupted(KeyboardInterrupt):
    """Somebody asked the program to stop; `status` is what shells expect of a program that a signal ended: 130 for Ctrl-C."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.status = 128 + signum


class _Signals:
    """The state of the signal handlers, of which a process has one set."""

    def __init__(self) -> None:
        self.holders = 0
        self.pending: int | None = None

    def handle(self, signum: int, _frame: FrameType | None) -> None:
        self.pending = signum
        if not self.holders:
            self.raise_pending()

    def raise_pending(self) -> None:
        """Raise the signal that waits, if one does; the workers end first, so that nobody waits for what they are at."""
        if self.pending is None:
            return
        signum, self.pending = self.pending, None
        if "multiprocessing" in sys.modules:
            from multiprocessing import active_children

            for worker in active_children():
                worker.terminate()
        raise Interrupted(signum)


_signals = _Signals()


@contextmanager
def interrupts_raised() -> Iterator[None]:
    """Turn SIGINT and SIGTERM into Interrupted for as long as the block runs; elsewhere than in the main thread, do nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {signum: signal.signal(signum, _signals.handle) for signum in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold signals back until the block is done, so that what it writes is written whole; then raise."""
    _signals.holders += 1
    try:
        yield
    finally:
        _signals.holders -= 1
    if not _signals.holders:
        _signals.raise_pending()
