"""Stopping: at once where nothing is being written, after the row where something is."""

import signal
import subprocess
import sys

import pytest

from quotes.cli.interrupts import Interrupted, interrupts_held, interrupts_raised


@pytest.mark.parametrize(("signum", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_is_raised_with_its_status(signum, status):
    """As shells report it."""
    with pytest.raises(Interrupted) as interruption, interrupts_raised():
        signal.raise_signal(signum)

    assert interruption.value.status == status


def stop_in_the_middle(done):
    with interrupts_raised(), interrupts_held():
        with interrupts_held():
            signal.raise_signal(signal.SIGINT)
            done.append("inner")
        done.append("outer")


def test_a_held_signal_is_raised_when_the_block_is_done():
    """What was begun is finished first, blocks within blocks included."""
    done = []

    with pytest.raises(Interrupted):
        stop_in_the_middle(done)
    assert done == ["inner", "outer"]


def fail_when_stopped():
    with interrupts_held():
        signal.raise_signal(signal.SIGINT)
        raise ValueError("broken")


def test_an_error_in_a_held_block_goes_before_the_signal():
    """It says what went wrong; the signal is still there for the next block."""
    with interrupts_raised():
        with pytest.raises(ValueError, match="broken"):
            fail_when_stopped()
        with pytest.raises(Interrupted), interrupts_held():
            pass


def test_handlers_are_put_back():
    """A program that embeds ours keeps its own."""
    before = signal.getsignal(signal.SIGINT)
    with interrupts_raised():
        assert signal.getsignal(signal.SIGINT) is not before

    assert signal.getsignal(signal.SIGINT) is before


WORK = """
import os, signal, threading, time
from quotes.cli.interrupts import interrupts_raised
from quotes.local_processes import run_in_processes

if __name__ == "__main__":
    threading.Timer(1, os.kill, [os.getpid(), signal.SIGINT]).start()
    try:
        with interrupts_raised():
            list(run_in_processes(time.sleep, [60] * 4, workers=2))
    except KeyboardInterrupt as interruption:
        print("told", interruption.status)
"""


def test_a_process_with_workers_ends_at_once(tmp_path):
    """Whatever these are at."""
    (tmp_path / "work.py").write_text(WORK)
    done = subprocess.run([sys.executable, tmp_path / "work.py"], capture_output=True, text=True, timeout=30)

    assert (done.returncode, done.stdout, done.stderr) == (0, "told 130\n", "")
