"""`quotes search`, `quotes export` and `quotes verify`: reading what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.options import database_option, search_options
from quotes.cli.streams import data_stream, flush_data, on_terminal, put_json, put_line, say

if TYPE_CHECKING:
    from quotes.store import Format, Selection, Store

_FORMATS: tuple[Format, ...] = ("csv", "parquet", "jsonl")

_JSON_FIELDS = (
    "id", "article_id", "text", "kind", "act", "speaker", "title", "institution", "role", "outlet", "published", "headline", "url", "path",
    "confidence", "in_default_view",
)  # fmt: skip


@click.command()
@click.argument("words", metavar="WORDS...", nargs=-1)
@database_option
@search_options
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Show at most this many quotes.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, with the columns of `quotes export`.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
def search(words: Sequence[str], db: Path, selection: Selection, limit: int, as_csv: bool, as_json: bool) -> None:
    """Find quotes by their words, and by who said them.

    Shows the quotes in which every one of WORDS is found: in the text, or in the names of the speaker, the title, the institution or the
    topics. The newest come first. A phrase goes in double quotation marks: quotes search '"rate cut"'. Without WORDS, all quotes that the
    options let through.
    """
    from dataclasses import replace

    from quotes.cli.finding import empty_answer, foot, shown, who
    from quotes.store.connection import reading as reading_only
    from quotes.store.exporting import exported, rows_of_quotes
    from quotes.store.schema import relation
    from quotes.store.searching import people, search
    from quotes.store.writing import csv_lines

    if as_csv and as_json:
        raise click.UsageError("Choose one of --csv and --json.")
    if not words and selection.empty:
        raise click.UsageError("Name some words, or something else to look for, such as --speaker or --since.")
    selection = replace(selection, words=" ".join(words), order="newest")
    with reading_only(db) as connection:
        hits = search(connection, selection, limit=limit)
        if as_csv:
            browse = relation("quotes_browse")
            assert browse is not None
            names = exported(browse)
            put_line(csv_lines([names, *rows_of_quotes(connection, names, [hit.id for hit in hits])]).removesuffix("\r\n"), end="\r\n")
        elif as_json:
            for hit in hits:
                put_json({name: getattr(hit, name) for name in _JSON_FIELDS})
        elif hits:
            for line in (*who(people(connection, selection)), *shown(hits)):
                put_line(line)
        flush_data()
        for line in foot(connection, selection, len(hits), limit) if hits else empty_answer(connection, selection):
            say(line)


@click.command()
@database_option
@click.option("--format", "file_format", type=click.Choice(_FORMATS), help="What to write.  [default: by the name of OUTPUT, else csv]")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.  [default: standard output]")
@click.option("--table", default="quotes_browse", show_default=True, help="The table or view to write.")
@click.option("--words", metavar="WORDS", default="", help="Only quotes in which each of these words is found, as in `quotes search`.")
@search_options
@click.option("--excel-safe", is_flag=True, help="CSV for a spreadsheet: no cell is run as a formula.")
def export(db: Path, file_format: str | None, output: Path | None, table: str, words: str, selection: Selection, excel_safe: bool) -> None:
    """Write a table as CSV, Parquet or JSON Lines.

    Quotes are written once each: those of the default view that the options let through, or with --all of all. Every other table or view
    is written whole.
    """
    from dataclasses import replace

    from quotes.store.connection import reading as reading_only
    from quotes.store.exporting import OF_QUOTES
    from quotes.store.exporting import export as export_table
    from quotes.store.searching import count_more

    named = file_format or (output.suffix.lstrip(".").lower() if output else "csv")
    chosen = next((each for each in _FORMATS if each == named), None)
    if chosen is None:
        raise click.UsageError(f"The name {output} does not say in which format to write; add --format {'|'.join(_FORMATS)}.")
    if chosen == "parquet" and output is None and on_terminal():
        raise click.UsageError("Parquet is not for reading on a terminal; name a file with --output.")
    selection = replace(selection, words=words)
    with reading_only(db) as connection:
        if output is not None:
            count = export_table(connection, output, chosen, table=table, selection=selection, excel_safe=excel_safe)
        else:
            with data_stream() as stream:
                count = export_table(connection, stream, chosen, table=table, selection=selection, excel_safe=excel_safe)
        more = count_more(connection, selection) if table in OF_QUOTES else 0
    say(f"{count} rows of {table} written{f' to {output}' if output else ''}.{rest(more)}")


def rest(more: int) -> str:
    """What is said of quotes beyond the default view."""
    return f" {more} more with --all: thoughts, plans and unsure quotes." if more else ""


@click.command()
@database_option
def verify(db: Path) -> None:
    """Check what is stored against the articles.

    Works every span and identifier out again from the stored articles; prints what differs, and exits with 1 if anything does.
    """
    from quotes.store import verify as verify_store

    mismatches = 0
    with reading(db) as store:
        for mismatch in verify_store(store):
            mismatches += 1
            put_line(str(mismatch))
        counts = store.counts()
    flush_data()
    say(f"{counts['quotes']} quotes of {counts['articles']} articles read again: {mismatches or 'no'} mismatches.")
    if mismatches:
        raise SystemExit(1)


def reading(db: Path) -> Store:
    """The database open to read only; a context manager."""
    from quotes.store import Store

    return Store.open(db, create=False)
