"""`quotes serve` opens the site; `quotes demo` fills a database with invented articles first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.command_inputs import Intake
from quotes.cli.extraction import store_quotes
from quotes.cli.interrupts import Interrupted
from quotes.cli.options import database_option, pipeline_options, site_options
from quotes.cli.search_export import reading
from quotes.cli.streams import flush_data, put_line, say
from quotes.errors import ArticleError, StoreError
from quotes.records import Article

if TYPE_CHECKING:
    from quotes.store import Hit

#: The database of the demo, which is nobody's work.
DEMO_DB = Path("db/demo.db")
#: How many of the demo's quotes are shown on the terminal.
SHOWN = 6


@click.command()
@database_option
@site_options
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
def serve(db: Path, host: str, port: int, metadata: Path | None, no_open: bool) -> None:
    """Open the database as a site.

    Runs until interrupted. Prints the site's address once it answers. Nothing in the database can be changed through it.
    """
    _serve(db, host=host, port=port, metadata=metadata, open_browser=not no_open)


@click.command()
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DEMO_DB,
    show_default=True,
    help="The database to make, which holds nothing but the demo.",
)
@pipeline_options
@site_options
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option("--no-serve", is_flag=True, help="Stop when the database is made.")
def demo(
    db: Path,
    model: str | None,
    spacy_model: str | None,
    workers: int,
    host: str,
    port: int,
    metadata: Path | None,
    no_open: bool,
    no_serve: bool,
) -> None:
    """See it work on a dozen invented articles.

    Stores them with their quotes in a database of their own, shows some of these, and opens the site. Your database, `QUOTES_DB` too, is
    left alone.
    """
    _refuse_other_articles(db)
    with as_file(articles()) as folder:
        store_quotes(db, _DemoArticles([str(folder)]), model=model, spacy_model=spacy_model, workers=workers, again=True)
    for hit in _telling(db):
        put_line(_shown(hit))
    flush_data()
    if no_serve:
        say(f"`quotes serve --db {db}` opens the site; delete {db} when you have seen enough.")
    else:
        _serve(db, host=host, port=port, metadata=metadata, open_browser=not no_open)


def _refuse_other_articles(db: Path) -> None:
    if not db.exists():
        return
    with reading(db) as store:
        others = store.db.execute("select count(*) from articles where path not like 'demo/%'").fetchone()[0]
    if others:
        raise StoreError(f"{db}: holds articles of your own, and the demo is no part of them: leave --db out, or name a new file")


def demo_articles() -> list[int]:
    """The ids of the demo’s articles, whether they are stored or not."""
    with as_file(articles()) as folder:
        return [article.id for article in _DemoArticles([str(folder)])]


def articles() -> Traversable:
    """The folder of invented articles that comes with the package."""
    return files("quotes") / "demo" / "articles"


class _DemoArticles(Intake):
    """The packaged articles, named alike wherever the package is installed."""

    def __iter__(self) -> Iterator[Article]:
        for article in super().__iter__():
            yield replace(article, path=f"demo/{Path(article.path).name}")

    def _read(self) -> Iterator[Article | ArticleError]:
        for article in super()._read():  # whose columns are told how is no news here
            yield article if isinstance(article, ArticleError) else replace(article, notices=())


def _telling(db: Path) -> Sequence[Hit]:
    """A few quotes of different speakers whose title and institution were found, one an article as far as that goes."""
    from quotes.store import Selection, search
    from quotes.store.connection import reading as reading_only

    with reading_only(db) as connection:
        hits = search(connection, Selection(), limit=1000)
    full = [hit for hit in hits if hit.speaker and hit.title and hit.institution and hit.path.startswith("demo/")]
    one_each = list({hit.article_id: hit for hit in full}.values())
    return [*one_each, *(hit for hit in full if hit not in one_each)][:SHOWN]


def _shown(hit: Hit) -> str:
    title = " ".join(hit.text.split())
    return f"{title}\n    {hit.speaker}, {hit.title}, {hit.institution}"


def _serve(db: Path, *, host: str, port: int, metadata: Path | None, open_browser: bool) -> None:
    with reading(db):
        pass  # is it there, is it ours, is nothing left beside the file: said before the site is up
    from quotes.publish.server import serve as serve_site

    def ready(address: str) -> None:
        put_line(address)
        flush_data()

    # Stopping is how this command ends, so it is no failure.
    with suppress(Interrupted):
        serve_site(db, host=host, port=port, metadata=metadata, open_browser=open_browser, on_ready=ready)
