"""Stopping: at once where nothing is being written, after the row where something is."""

import os
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


def test_a_forked_worker_ends_without_a_word():
    """It inherits the handler, but must not run the parent's way out."""
    with interrupts_raised():
        child = os.fork()
        if child == 0:
            signal.raise_signal(signal.SIGTERM)
            os._exit(0)
        _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 143


WORK = """
import multiprocessing, signal, sys, time
from quotes.cli.interrupts import Interrupted, interrupts_raised, leave

texts = multiprocessing.get_context("fork").Queue()
multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,)).start()
texts.put("x" * 1_000_000)
try:
    with interrupts_raised():
        signal.raise_signal(signal.SIGINT)
except Interrupted as interruption:
    print("told", interruption.status)
    leave(interruption.status)
print("not reached")
"""


def test_a_process_with_workers_ends_at_once():
    """Neither a worker that sleeps nor texts that nobody takes from the queue keep it; what it printed is not lost."""
    done = subprocess.run([sys.executable, "-c", WORK], capture_output=True, text=True, timeout=20)

    assert (done.returncode, done.stdout, done.stderr) == (130, "told 130\n", "")
