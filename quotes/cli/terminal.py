"""Standard output is for data, standard error for messages: the two ways out of the program."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

import click


def put_json(record: Mapping[str, Any]) -> None:
    """Print a record as one line of JSON."""
    put_line(json.dumps(record, ensure_ascii=False))


def put_line(line: str, *, end: str = "\n") -> None:
    """Print a line of data in UTF-8, whatever the terminal's own encoding, so that a file holds the same bytes everywhere.

    A lone surrogate (a file name that is not UTF-8) becomes its escape, which in JSON stands for just that.
    """
    with data_stream() as stream:
        stream.write(f"{line}{end}".encode("utf-8", "backslashreplace"))


def flush_data() -> None:
    """Hand over what was printed, so that a reader at the other end of a pipe need not wait."""
    with data_stream() as stream:
        stream.flush()


@contextmanager
def data_stream() -> Iterator[BinaryIO]:
    """Standard output for bytes; what goes wrong with it is reported as one line, save a reader that went away (BrokenPipeError)."""
    if sys.stdout is None:
        raise click.ClickException("standard output: closed, so nothing can be printed")
    try:
        yield sys.stdout.buffer
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_data()
        raise click.ClickException(f"standard output: {error.strerror or error}") from error


def drop_data() -> None:
    """Forget what could not be printed: the interpreter would otherwise try again at its end, and complain."""
    # A stream without a file under it is a test's or an embedding program's, whose owner looks after it.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str) -> None:
    """Print a message for the person at the terminal, above the progress bar where one runs."""
    if sys.stderr is None:
        return
    tqdm = sys.modules.get("tqdm")
    if tqdm is not None:
        tqdm.tqdm.write(message, file=sys.stderr)
    else:
        click.echo(message, err=True)


def progress_bar(*args: Any, **options: Any) -> Any:
    """A tqdm bar on standard error, which is silent when that is no terminal."""
    from tqdm import tqdm

    return tqdm(*args, disable=None, leave=False, file=sys.stderr, **options)


def on_terminal() -> bool:
    """Whether a person sees what is printed."""
    return sys.stdout is not None and sys.stdout.isatty()


def read_standard_input(what: str) -> bytes:
    """All of standard input; raises ClickException, which asks for `what`, where it is closed."""
    if sys.stdin is None:
        raise click.ClickException(f"-: standard input is closed, give a file or pipe {what} in")
    return sys.stdin.buffer.read()


def printable(text: str) -> str:
    """Text in which no control character of an article reaches the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def counted(number: int, what: str) -> str:
    """`1 quote`, `2 quotes`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def described(name: str, *posts: str | None) -> str:
    """A speaker's name with the title and institution that it does not hold already, as people print them: "Ann Ray, mayor, Tarn"."""
    return ", ".join([name, *(each for each in posts if each and each.casefold() not in name.casefold())])
