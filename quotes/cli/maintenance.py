"""`quotes explain`, `quotes remove`, `quotes verify`, `quotes backup`: what keeps a database sound and understood."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from quotes import store as quotes_store
from quotes.cli.intake import reading, writing
from quotes.cli.interrupts import interrupts_held
from quotes.cli.options import FILE, database_option
from quotes.cli.site import DemoArticles
from quotes.cli.terminal import counted, flush_data, progress_bar, put_line, say
from quotes.store import Explanation, Store
from quotes.store.corrections.target_lookup import article_ids
from quotes.store.intake import removal


@click.command()
@database_option
def verify(db: Path) -> None:
    """Check what is stored against the articles.

    Works every span and identifier out again from the stored articles; prints what differs, and exits with 1 if anything does.
    """
    mismatches = 0
    with reading(db) as store:
        for mismatch in quotes_store.verify(store):
            mismatches += 1
            put_line(str(mismatch))
        counts = store.counts()
    flush_data()
    say(f"{counts['quotes']} quotes of {counts['articles']} articles read again: {mismatches or 'no'} mismatches.")
    if mismatches:
        raise SystemExit(1)


@click.command()
@click.argument("destination", type=FILE)
@database_option
@click.option("--replace", "replace_it", is_flag=True, help="Replace DESTINATION if it is an earlier copy.")
def backup(destination: Path, db: Path, replace_it: bool) -> None:
    """Copy the database into one file.

    Others may read and write meanwhile; the copy is the database at one moment. It is checked before it takes its name.
    """
    with reading(db) as store:
        quotes_store.back_up(store, destination, replace=replace_it)
    say(f"{destination}: copied, {destination.stat().st_size:,} bytes.")


@click.command()
@click.argument("who", metavar="SPEAKER")
@database_option
def explain(who: str, db: Path) -> None:
    """Say why the mentions of a speaker are taken for one.

    SPEAKER is words of a name, or the number of a speaker. Shows every name with its reason, titles and institutions over time, and who
    else it may be.
    """
    with reading(db) as store:
        found = quotes_store.explain(store, who)
    for each in found:
        for line in _explanation_lines(each):
            put_line(line)
    flush_data()
    if not found:
        say(f"{who}: no such speaker.")


def _explanation_lines(found: Explanation) -> Iterator[str]:
    yield f"{found.name} ({found.kind}, {found.id}): {counted(found.quotes, 'quote')} in {counted(found.articles, 'article')}"
    for reason in found.reasons:
        yield f"  {reason.name}, {counted(reason.articles, 'article')}{_dates(reason.first, reason.last)}: {reason.because}"
    for post in found.posts:
        words = ", ".join(each for each in (post.title, post.institution) if each)
        former = " (over)" if post.past else ""
        yield f"  as {words}{former}: {counted(post.articles, 'article')}{_dates(post.first, post.last)}"
    for doubt in found.open:
        yield f"  {doubt}"


def _dates(first: str | None, last: str | None) -> str:
    if first is None or last is None:
        return ""
    return f", {first[:10]}" if first[:10] == last[:10] else f", {first[:10]} to {last[:10]}"


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
    articles: Sequence[str], demo: bool, outlet: str | None, prefix: str | None, with_corrections: bool, dry_run: bool, yes: bool, db: Path
) -> None:
    """Remove articles with their quotes.

    ARTICLE is a number, a path, or a folder of articles. Their quotes go, and the speakers, institutions and topics that nothing else
    mentions: the database is then what it would be without them. Corrections about them are kept for when they come back, unless
    --with-corrections is given; corrections about speakers in all articles are always kept.
    """
    if sum((bool(articles), demo, outlet is not None, prefix is not None)) != 1:
        raise click.UsageError("Name articles, or one of --demo, --outlet and --path.")
    if prefix == "":
        raise click.UsageError("--path names nothing; to start over, delete the database.")
    with reading(db) if dry_run else writing(db, create=False) as store:
        if demo:
            ids: Sequence[int] = [article.id for article in DemoArticles()]
        elif outlet is not None:
            ids = removal.with_outlet(store, outlet)
        else:
            ids = removal.with_path(store, prefix) if prefix is not None else article_ids(store.db, articles)
        found = removal.selected(store, ids)
        what = _summary(found, with_corrections)
        if dry_run:
            for each in found:
                put_line(f"{each.path}: {counted(each.quotes, 'quote')}")
            flush_data()
            say(f"would remove {what}; nothing was changed")
        elif yes or len(found) < 2 or sys.stdin is None or not sys.stdin.isatty() or click.confirm(f"Remove {what}?", err=True):
            _remove(store, found, prefix, with_corrections=with_corrections)
        else:
            say("nothing was removed")


def _remove(store: Store, found: Sequence[removal.Selected], prefix: str | None, *, with_corrections: bool) -> None:
    done: list[removal.Selected] = []
    try:
        for each in progress_bar(found, unit="article"):
            with interrupts_held():
                removal.remove(store, each, with_corrections=with_corrections)
                done.append(each)
        forgotten = removal.forget_failures(store, prefix) if prefix is not None else 0
    finally:
        say(f"removed {_summary(done, with_corrections)}")
    if forgotten:
        say(f"forgot {counted(forgotten, 'failure')}")


def _summary(found: Sequence[removal.Selected], with_corrections: bool) -> str:
    corrections = sum(each.corrections for each in found)
    kept = f"; {counted(corrections, 'correction')} {'gone too' if with_corrections else 'kept'}" if corrections else ""
    return f"{counted(len(found), 'article')} with {counted(sum(each.quotes for each in found), 'quote')}{kept}"
