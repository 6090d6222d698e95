"""Ctrl-C and SIGTERM: raised where they do no harm, held back while a row is being written."""

from __future__ import annotations

import os
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess


class Interrupted(KeyboardInterrupt):
    """Somebody asked the program to stop; `status` is what shells expect of a program that a signal ended: 130 for Ctrl-C."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.status = 128 + signum


class _Signals:
    """The state of the signal handlers, of which a process has one set."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.holders = 0
        self.pending: int | None = None

    def handle(self, signum: int, _frame: FrameType | None) -> None:
        if os.getpid() != self.pid:
            # A forked worker inherits this handler. It holds nothing worth saving, and its traceback would only be noise.
            os._exit(128 + signum)
        self.pending = signum
        if not self.holders:
            self.raise_pending()

    def raise_pending(self) -> None:
        """Raise the signal that waits, if one does; the workers end first, since whoever waits for them would wait for ever."""
        if self.pending is None:
            return
        signum, self.pending = self.pending, None
        for worker in _workers():
            worker.terminate()
        # spaCy's remark that its workers did not end well: it is we who ended them.
        warnings.filterwarnings("ignore", message=r"\[W127\]")
        raise Interrupted(signum)


_signals = _Signals()


@contextmanager
def interrupts_raised() -> Iterator[None]:
    """Turn SIGINT and SIGTERM into Interrupted for as long as the block runs; elsewhere than in the main thread, do nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _signals.pid = os.getpid()
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


def leave(status: int) -> None:
    """End the process now if workers were at work: texts queued for them would otherwise be waited for, with nobody to read them."""
    if _workers() or any(thread.name == "QueueFeederThread" for thread in threading.enumerate()):
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, AttributeError):
                stream.flush()
        os._exit(status)


def _workers() -> list[BaseProcess]:
    if "multiprocessing" not in sys.modules:
        return []
    from multiprocessing import active_children

    return active_children()
