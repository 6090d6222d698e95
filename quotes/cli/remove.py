"""`quotes remove` takes articles out of a database, with all that hung on them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.extraction import writing
from quotes.cli.interrupts import interrupts_held
from quotes.cli.options import database_option
from quotes.cli.search_export import reading
from quotes.cli.streams import flush_data, put_line, say

if TYPE_CHECKING:
    from quotes.store import Store
    from quotes.store.removal import Selected


@click.command()
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1)
@click.option("--demo", is_flag=True, help="The articles of `quotes demo`.")
@click.option("--outlet", metavar="NAME", help="All articles of this outlet.")
@click.option("--path", "prefix", metavar="PREFIX", help="All articles whose path begins so, and what could not be read there.")
@click.option("--with-corrections", is_flag=True, help="Remove the corrections about them too.")
@click.option("--dry-run", is_flag=True, help="List the articles that would be removed, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@database_option
def remove(
    articles: Sequence[str],
    demo: bool,
    outlet: str | None,
    prefix: str | None,
    with_corrections: bool,
    dry_run: bool,
    yes: bool,
    db: Path,
) -> None:
    """Remove articles with all that hung on them.

    ARTICLE is a number, a path, or a folder of articles. Their quotes go, and the speakers, institutions and topics that nothing else
    mentions: the database is then what it would be without them. Corrections about them are kept for when they come back, unless
    --with-corrections is given; corrections about speakers in all articles are always kept.
    """
    if sum((bool(articles), demo, outlet is not None, prefix is not None)) != 1:
        raise click.UsageError("Name articles, or one of --demo, --outlet and --path.")
    if prefix == "":
        raise click.UsageError("--path names nothing; to start over, delete the database.")
    with reading(db) if dry_run else writing(db, create=False) as store:
        found = _selected(store, articles, demo=demo, outlet=outlet, prefix=prefix)
        if dry_run:
            for each in found:
                put_line(f"{each.path}: {_count(each.quotes, 'quote')}")
            flush_data()
            say(f"would remove {_told(found, with_corrections)}; nothing was changed")
        elif yes or len(found) < 2 or not _asks() or click.confirm(f"Remove {_told(found, with_corrections)}?", err=True):
            _remove(store, found, prefix, with_corrections=with_corrections)
        else:
            say("nothing was removed")


def _selected(store: Store, articles: Sequence[str], *, demo: bool, outlet: str | None, prefix: str | None) -> list[Selected]:
    from quotes.store.removal import selected, with_outlet, with_path
    from quotes.store.target_lookup import article_ids

    if demo:
        from quotes.cli.site import demo_articles

        return selected(store, demo_articles())
    if outlet is not None:
        return selected(store, with_outlet(store, outlet))
    return selected(store, with_path(store, prefix) if prefix is not None else article_ids(store.db, articles))


def _remove(store: Store, found: Sequence[Selected], prefix: str | None, *, with_corrections: bool) -> None:
    from tqdm import tqdm

    from quotes.store.removal import forget_failures
    from quotes.store.removal import remove as remove_article

    done: list[Selected] = []
    try:
        for each in tqdm(found, unit="article", disable=None, leave=False, file=sys.stderr):
            with interrupts_held():
                remove_article(store, each, with_corrections=with_corrections)
                done.append(each)
        forgotten = forget_failures(store, prefix) if prefix is not None else 0
    finally:
        say(f"removed {_told(done, with_corrections)}")
    if forgotten:
        say(f"forgot {_count(forgotten, 'failure')}")


def _told(found: Sequence[Selected], with_corrections: bool) -> str:
    corrections = sum(each.corrections for each in found)
    kept = f"; {_count(corrections, 'correction')} {'gone too' if with_corrections else 'kept'}" if corrections else ""
    return f"{_count(len(found), 'article')} with {_count(sum(each.quotes for each in found), 'quote')}{kept}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _asks() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty()
