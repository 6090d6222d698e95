"""`quotes search`, `quotes export` and `quotes verify`: reading what is stored."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from quotes.cli.options import database_option
from quotes.cli.streams import data_stream, flush_data, put_json, put_line, say
from quotes.records import Act

if TYPE_CHECKING:
    from quotes.store import Format, Hit, Store

_FORMATS: tuple[Format, ...] = ("csv", "parquet", "jsonl")


@click.command()
@click.argument("words", metavar="WORDS...", nargs=-1)
@database_option
@click.option("--speaker", metavar="NAME", help="Only what speakers with these words in their name said.")
@click.option("--institution", metavar="NAME", help="Only what was said by or for institutions with these words in their name.")
@click.option("--act", type=click.Choice(get_args(Act)), help="Only quotes of this act.")
@click.option("--since", metavar="DATE", help="Only articles published on or after this date: 2026, 2026-03 or 2026-03-31.")
@click.option("--until", metavar="DATE", help="Only articles published on or before this date.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Show at most this many quotes.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
def search(
    words: Sequence[str],
    db: Path,
    speaker: str | None,
    institution: str | None,
    act: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find quotes by their words.

    Shows quotes that hold all of WORDS, the newest first. A phrase goes in double quotation marks: quotes search '"rate cut"'.
    Without WORDS, all quotes that the options let through.
    """
    from quotes.store import search as search_store

    if not words and not any((speaker, institution, act, since, until)):
        raise click.UsageError("Name some words, or a speaker, an institution, an act or a date.")
    with reading(db) as store:
        hits = search_store(
            store, " ".join(words), speaker=speaker, institution=institution, act=act, since=since, until=until, limit=limit
        )
    for hit in hits:
        if as_json:
            put_json({name: getattr(hit, name) for name in _JSON_FIELDS})
        else:
            put_line(_shown(hit))
    flush_data()
    if not hits:
        say("Nothing found.")
    elif len(hits) == limit:
        say(f"The newest {limit}; --limit shows more.")


_JSON_FIELDS = (
    "id", "article_id", "text", "kind", "act", "speaker", "title", "institution", "outlet", "published", "headline", "url", "path",
)  # fmt: skip


def _shown(hit: Hit) -> str:
    """A quote in three lines at most: where it stands, who said it, the words in their context."""
    where = ", ".join(each for each in (hit.published, hit.outlet, hit.headline or hit.path) if each)
    who = ", ".join(each for each in (hit.speaker or "speaker unknown", hit.title, hit.institution) if each)
    context = f"{hit.before}{click.style(hit.found, bold=True) if _on_terminal() else hit.found}{hit.after}"
    return f"{who} ({where})\n    {' '.join(context.split())}"


def _on_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


@click.command()
@database_option
@click.option("--format", "file_format", type=click.Choice(_FORMATS), help="What to write.  [default: by the name of OUTPUT, else csv]")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.  [default: standard output]")
@click.option("--table", default="quotes_browse", show_default=True, help="The table or view to write.")
@click.option("--excel-safe", is_flag=True, help="CSV for a spreadsheet: no cell is run as a formula.")
def export(db: Path, file_format: str | None, output: Path | None, table: str, excel_safe: bool) -> None:
    """Write a table as CSV, Parquet or JSON Lines.

    Every row of the table or view is written once.
    """
    from quotes.store import export as export_table

    named = file_format or (output.suffix.lstrip(".").lower() if output else "csv")
    chosen = next((each for each in _FORMATS if each == named), None)
    if chosen is None:
        raise click.UsageError(f"The name {output} does not say in which format to write; add --format {'|'.join(_FORMATS)}.")
    if chosen == "parquet" and output is None and _on_terminal():
        raise click.UsageError("Parquet is not for reading on a terminal; name a file with --output.")
    with reading(db) as store:
        if output is not None:
            count = export_table(store, output, chosen, table=table, excel_safe=excel_safe)
        else:
            with data_stream() as stream:
                count = export_table(store, stream, chosen, table=table, excel_safe=excel_safe)
    say(f"{count} rows of {table} written{f' to {output}' if output else ''}.")


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
