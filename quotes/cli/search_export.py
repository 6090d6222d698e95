"""`quotes search` and `quotes export`: the quotes that were asked for, on the terminal or in a file."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import click

from quotes.cli.options import FILE, database_option, search_options
from quotes.cli.terminal import counted, data_stream, described, flush_data, on_terminal, put_json, put_line, say
from quotes.store import Format, Hit, Selection
from quotes.store import export as export_table
from quotes.store import search as search_quotes
from quotes.store.retrieval.advice import Try, advise
from quotes.store.retrieval.exporting import OF_QUOTES, csv_lines, exported
from quotes.store.retrieval.searching import MOST, Person, count, count_more, people, rows_of_quotes
from quotes.store.schema import relation
from quotes.store.schema.connection import Connection, reading

_FORMATS: tuple[Format, ...] = ("csv", "parquet", "jsonl")
_JSON_FIELDS = (
    "id", "article_id", "text", "kind", "act", "speaker", "title", "institution", "role", "outlet", "published", "headline", "url", "path",
    "confidence", "in_default_view",
)  # fmt: skip
#: Lines of a quote that are shown on a terminal; to a file or a program it goes whole.
_LINES = 4
_INDENT = "    "
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


@click.command()
@click.argument("words", metavar="WORDS...", nargs=-1)
@database_option
@search_options
@click.option("--limit", type=click.IntRange(min=1), default=20, help="Show at most this many quotes.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, with the columns of `quotes export`.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
def search(words: Sequence[str], db: Path, selection: Selection, limit: int, as_csv: bool, as_json: bool) -> None:
    """Find quotes by their words, and by who said them.

    Shows the quotes in which every one of WORDS is found: in the text, or in the names of the speaker, the title, the institution or the
    topics. The newest come first. A phrase goes in double quotation marks: quotes search '"rate cut"'. Without WORDS, all quotes that the
    options let through.
    """
    if as_csv and as_json:
        raise click.UsageError("Choose one of --csv and --json.")
    if not words and selection.empty:
        raise click.UsageError("Name some words, or something else to look for, such as --speaker or --since.")
    selection = replace(selection, words=" ".join(words), order="newest")
    with reading(db) as connection:
        hits = search_quotes(connection, selection, limit=limit)
        if as_csv:
            browse = relation("quotes_browse")
            assert browse is not None
            names = exported(browse)
            put_line(csv_lines([names, *rows_of_quotes(connection, names, [hit.id for hit in hits])]).removesuffix("\r\n"), end="\r\n")
        elif as_json:
            for hit in hits:
                put_json({name: getattr(hit, name) for name in _JSON_FIELDS})
        elif hits:
            for line in (*_people_lines(people(connection, selection)), *_hit_lines(hits)):
                put_line(line)
        flush_data()
        for line in _more_lines(connection, selection, len(hits), limit) if hits else _advice_lines(connection, selection):
            say(line)


def _people_lines(people: Sequence[Person]) -> Iterator[str]:
    """The people whose names were searched for, a line each, and an empty one behind them."""
    for each in people:
        posts = described(each.name, each.title, each.institution).removeprefix(each.name)
        yield f"{_bold(each.name)}{posts}: {counted(each.quotes, 'quote')} (--speaker {each.id})"
    if people:
        yield ""


def _hit_lines(hits: Sequence[Hit]) -> Iterator[str]:
    """The quotes: who said each and where, then the words; whole, save on a terminal, where empty lines separate them."""
    terminal = on_terminal()
    width = max(40, min(shutil.get_terminal_size().columns, 120))
    for hit in hits:
        where = ", ".join(each for each in (hit.published, hit.outlet, hit.headline or hit.path) if each)
        yield f"{_bold(described(hit.speaker or 'speaker unknown', hit.title, hit.institution))} ({where})"
        if not terminal:
            yield _INDENT + " ".join(hit.text.split())
            continue
        # Control characters mark what was found while lines are broken, and stand where a word has no end.
        parts = (_CONTROL_CHARACTERS.sub("", part) for part in (hit.before, hit.found, hit.after))
        context = " ".join("{}\x02{}\x03{}".format(*parts).split())
        lines = textwrap.wrap(context, width, initial_indent=_INDENT, subsequent_indent=_INDENT, max_lines=_LINES, placeholder=" …")
        yield "\n".join(lines).replace("\x02", "\x1b[1m").replace("\x03", "\x1b[0m")
        yield ""


def _more_lines(connection: Connection, selection: Selection, shown: int, limit: int) -> Iterator[str]:
    """How many quotes there are beyond those that are shown."""

    def at_most(number: int) -> str:
        return f"{number:,}" if number <= MOST else f"more than {MOST:,}"

    every = count(connection, selection, MOST + 1) if shown == limit else shown
    if every > shown:
        yield f"The newest {shown} of {at_most(every)}; --limit shows more, and `quotes export` writes them all."
    if more := count_more(connection, selection, MOST + 1):
        yield f"{at_most(more)} more with --all: thoughts, plans and unsure quotes."


def _advice_lines(connection: Connection, selection: Selection) -> Iterator[str]:
    """What was searched without success, and what to try instead."""
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
        yield f"With --all, thoughts, plans and unsure quotes too: {counted(advice.more, 'quote')}."
    if advice.unlimited:
        yield f"For the words alone, without the other options and with --all: {counted(advice.unlimited, 'quote')}."
    if advice.outlets:
        yield f"No outlet is called {selection.outlet}; there are: {', '.join(advice.outlets)}."


def _tries(tries: Sequence[Try]) -> str:
    return ", ".join(f"{each.words} ({counted(each.quotes, 'quote')})" for each in tries)


def _bold(words: str) -> str:
    return click.style(words, bold=True) if on_terminal() else words


@click.command()
@database_option
@click.option("--format", "file_format", type=click.Choice(_FORMATS), help="What to write.  [default: by the name of OUTPUT, else csv]")
@click.option("--output", "-o", type=FILE, help="The file to write.  [default: standard output]")
@click.option("--table", default="quotes_browse", help="The table or view to write.")
@click.option("--words", metavar="WORDS", help="Only quotes in which each of these words is found, as in `quotes search`.")
@search_options
@click.option("--excel-safe", is_flag=True, help="CSV for a spreadsheet: no cell is run as a formula.")
def export(
    db: Path, file_format: str | None, output: Path | None, table: str, words: str | None, selection: Selection, excel_safe: bool
) -> None:
    """Write a table as CSV, Parquet or JSON Lines.

    Quotes are written once each: those of the default view that the options let through, or with --all of all. Every other table or view
    is written whole.
    """
    named = file_format or (output.suffix.lstrip(".").lower() if output else "csv")
    chosen = next((each for each in _FORMATS if each == named), None)
    if chosen is None:
        raise click.UsageError(f"The name {output} does not say in which format to write; add --format {'|'.join(_FORMATS)}.")
    if chosen == "parquet" and output is None and on_terminal():
        raise click.UsageError("Parquet is not for reading on a terminal; name a file with --output.")
    selection = replace(selection, words=words or "")
    with reading(db) as connection, nullcontext(output) if output else data_stream() as destination:
        written = export_table(connection, destination, chosen, table=table, selection=selection, excel_safe=excel_safe)
        more = count_more(connection, selection) if table in OF_QUOTES else 0
    rest = f" {more} more with --all: thoughts, plans and unsure quotes." if more else ""
    say(f"{written} rows of {table} written{f' to {output}' if output else ''}.{rest}")
