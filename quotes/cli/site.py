"""`quotes serve` opens the site; `quotes demo` fills a database with invented articles first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from quotes.cli.intake import Intake, reading, store_quotes
from quotes.cli.interrupts import Interrupted
from quotes.cli.options import FILE, database_option, pipeline_options, site_options
from quotes.cli.terminal import described, flush_data, put_line, say
from quotes.configured_extractor import Extractor
from quotes.errors import ArticleError, StoreError
from quotes.records import Article
from quotes.store import Selection, search
from quotes.store.schema.connection import reading as reading_only

#: The database of the demo, which is nobody's work.
DEMO_DB = Path("db/demo.db")
#: The invented articles that come with the package.
ARTICLES = Path(__file__).parents[1] / "demo" / "articles"
#: How many of the demo's quotes are shown on the terminal.
SHOWN = 6


@click.command()
@database_option
@site_options
def serve(db: Path, site: dict[str, Any]) -> None:
    """Open the database as a site.

    Runs until interrupted. Prints the site's address once it answers. Visitors can only read; editors who log in can correct.
    """
    _serve(db, site)


def _serve(db: Path, site: dict[str, Any]) -> None:
    with reading(db):
        pass  # is it there, is it ours, is nothing left beside the file: said before the site is up
    from quotes.publish.server import serve as serve_site

    def ready(address: str) -> None:
        put_line(address)
        flush_data()

    # Stopping is how this command ends, so it is no failure.
    with suppress(Interrupted):
        serve_site(db, on_ready=ready, **site)


@click.command()
@click.option("--db", type=FILE, default=DEMO_DB, help="The database to make, which holds nothing but the demo.")
@pipeline_options
@site_options
@click.option("--no-serve", is_flag=True, help="Stop when the database is made.")
def demo(db: Path, extractor: Extractor, site: dict[str, Any], no_serve: bool) -> None:
    """See it work on a dozen invented articles.

    Stores them with their quotes in a database of their own, shows some of these, and opens the site. Your database, `QUOTES_DB` too, is
    left alone.
    """
    if db.exists():
        with reading(db) as store:
            if store.db.execute("select 1 from articles where path not like 'demo/%'").fetchone():
                raise StoreError(f"{db}: holds articles of your own, and the demo is no part of them: leave --db out, or name a new file")
    store_quotes(db, DemoArticles(), extractor, again=True)
    _show_quotes(db)
    if no_serve:
        say(f"`quotes serve --db {db}` opens the site; delete {db} when you have seen enough.")
    else:
        _serve(db, site)


class DemoArticles(Intake):
    """The packaged articles, named alike wherever the package is installed; which columns are read is no news here."""

    def __init__(self) -> None:
        super().__init__([str(ARTICLES)])

    def read(self) -> Iterator[Article | ArticleError]:
        """Those of the folder."""
        for article in super().read():
            if isinstance(article, Article):
                yield replace(article, path=f"demo/{Path(article.path).name}", notices=())
            else:
                yield article


def _show_quotes(db: Path) -> None:
    """Print a few quotes of different articles whose speaker, title and institution were found."""
    with reading_only(db) as connection:
        hits = search(connection, Selection(), limit=1000)
    full = {hit.article_id: hit for hit in hits if hit.speaker and hit.title and hit.institution and hit.title not in hit.speaker}
    for hit in list(full.values())[:SHOWN]:
        put_line(f"{' '.join(hit.text.split())}\n    {described(hit.speaker or '', hit.title, hit.institution)}")
    flush_data()
