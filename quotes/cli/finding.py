"""What `quotes search` says: who is meant, the quotes, and what to try where there are none."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from quotes.cli.streams import on_terminal

if TYPE_CHECKING:
    from quotes.store.advice import Try
    from quotes.store.connection import Connection
    from quotes.store.quote_filters import Selection
    from quotes.store.searching import Hit, Person

#: Lines of a quote that are shown on a terminal; to a file or a program it goes whole.
_LINES = 4
_INDENT = "    "

# What a terminal would obey.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def who(people: Sequence[Person]) -> Iterator[str]:
    """The people who are searched for, a line each, and an empty one behind them."""
    for each in people:
        described = ", ".join(part for part in (each.title, each.institution) if part and part != each.name)
        yield f"{_bold(each.name)}{f', {described}' if described else ''}: {_quotes(each.quotes)} (--speaker {each.id})"
    if people:
        yield ""


def shown(hits: Sequence[Hit]) -> Iterator[str]:
    """The quotes: who said each and where it stands, the words below; whole, save on a terminal, where an empty line parts them."""
    terminal = on_terminal()
    width = max(40, min(shutil.get_terminal_size().columns, 120))
    for hit in hits:
        where = ", ".join(each for each in (hit.published, hit.outlet, hit.headline or hit.path) if each)
        described = ", ".join(each for each in (hit.speaker or "speaker unknown", hit.title, hit.institution) if each)
        yield f"{_bold(described)} ({where})"
        if not terminal:
            yield _INDENT + " ".join(hit.text.split())
            continue
        # Control characters mark what was found while lines are broken, and stand where a word has no end.
        parts = (_UNSEEN.sub("", part) for part in (hit.before, hit.found, hit.after))
        context = " ".join("{}\x02{}\x03{}".format(*parts).split())
        lines = textwrap.wrap(context, width, initial_indent=_INDENT, subsequent_indent=_INDENT, max_lines=_LINES, placeholder=" …")
        yield "\n".join(lines).replace("\x02", "\x1b[1m").replace("\x03", "\x1b[0m")
        yield ""


def foot(connection: Connection, selection: Selection, shown: int, limit: int) -> Iterator[str]:
    """How many quotes there are beyond those that are shown."""
    from quotes.store.searching import MOST, count, count_more

    every = count(connection, selection, MOST + 1) if shown == limit else shown
    more = count_more(connection, selection, MOST + 1)
    if every > shown:
        yield f"The newest {shown} of {_at_most(every, MOST)}; --limit shows more, and `quotes export` writes them all."
    if more:
        yield f"{_at_most(more, MOST)} more with --all: thoughts, plans and unsure quotes."


def empty_answer(connection: Connection, selection: Selection) -> Iterator[str]:
    """What was searched, and what to try instead."""
    from quotes.store.advice import advise

    if selection.wordless:
        yield f"Nothing found: there is no word in “{selection.words or selection.title}” to look for."
        return
    advice = advise(connection, selection)
    where = " in the words of quotes, their speakers, titles, institutions and topics"
    yield f"Nothing found for {selection.words}{where}." if selection.words else "Nothing found."
    if advice.spellings:
        yield f"Did you mean: {_tries(advice.spellings)}?"
    if len(advice.alone) > 1 and not advice.spellings:
        yield f"Every word has to be found in one quote; alone: {_tries(advice.alone)}."
    if advice.fewer:
        yield f"With fewer words: {_tries(advice.fewer)}."
    if advice.more:
        yield f"With --all, thoughts, plans and unsure quotes too: {_quotes(advice.more)}."
    if advice.unlimited:
        yield f"For the words alone, without the other options and with --all: {_quotes(advice.unlimited)}."
    if advice.outlets:
        yield f"No outlet is called {selection.outlet}; there are: {', '.join(advice.outlets)}."


def _tries(tries: Sequence[Try]) -> str:
    return ", ".join(f"{each.words} ({_quotes(each.quotes)})" for each in tries)


def _at_most(number: int, most: int) -> str:
    return f"{number:,}" if number <= most else f"more than {most:,}"


def _quotes(number: int) -> str:
    return f"{number:,} quote{'' if number == 1 else 's'}"


def _bold(words: str) -> str:
    return click.style(words, bold=True) if on_terminal() else words
