"""Ctrl-C and SIGTERM: raised where they do no harm, held back while a row is being written."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupted(KeyboardInterrupt):
    """Somebody asked the program to stop; `signum` says by which signal."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum

    @property
    def status(self) -> int:
        """The exit status that shells expect of a program that a signal ended: 130 for Ctrl-C."""
        return 128 + self.signum


class _Desk:
    """Where signals are taken in: one a process, since signal handlers belong to the process."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.closed = 0
        self.waiting: int | None = None

    def take(self, signum: int, _frame: FrameType | None) -> None:
        if os.getpid() != self.pid:
            # A forked worker inherits this handler. It holds nothing worth saving, and its traceback would only be noise.
            os._exit(128 + signum)
        if self.closed:
            self.waiting = signum
        else:
            raise Interrupted(signum)


_desk = _Desk()


@contextmanager
def interrupts_raised() -> Iterator[None]:
    """Turn SIGINT and SIGTERM into Interrupted for as long as the block runs; elsewhere than in the main thread, do nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _desk.pid = os.getpid()
    before = {signum: signal.signal(signum, _desk.take) for signum in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold signals back until the block is done, so that what it writes is written whole; then raise."""
    _desk.closed += 1
    try:
        yield
    finally:
        _desk.closed -= 1
    if not _desk.closed and _desk.waiting is not None:
        signum, _desk.waiting = _desk.waiting, None
        raise Interrupted(signum)
