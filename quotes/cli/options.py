"""The options that several commands share, declared once; each bundle of them reaches a command as one argument."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from quotes.configured_extractor import Extractor
from quotes.records import Act, QuoteKind, SpeakerRole
from quotes.store import Selection

if TYPE_CHECKING:  # a search needs no readers
    from quotes.readers import Reading
    from quotes.readers.fetch.fetching import Fetcher

Command = Callable[..., Any]
Decorator = Callable[[Command], Command]

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
DEFAULT_DB = Path("db/quotes.db")

database_option = click.option("--db", type=FILE, default=DEFAULT_DB, envvar="QUOTES_DB", show_envvar=True, help="The SQLite database.")


def bundle(argument: str, make: Callable[..., Any], *options: Decorator) -> Decorator:
    """A decorator that adds `options` to a command, which gets what `make` makes of their values as `argument`."""

    def with_options(command: Command) -> Command:
        for option in reversed(options):  # so that help lists them as written
            command = option(command)
        return command

    names = [str(each.name) for each in click.command()(with_options(lambda **_: None)).params]

    def decorate(command: Command) -> Command:
        @wraps(command)
        def bundled(*args: Any, **values: Any) -> Any:
            own = {name: values.pop(name) for name in names}
            return command(*args, **values, **{argument: make(**own)})

        return with_options(bundled)

    return decorate


MODEL_HELP = "The extractor: `rules` (no trained weights), an installed model, or the folder of one that `quotes train` wrote"
spacy_model_option = click.option("--spacy-model", metavar="NAME", help="The English spaCy pipeline under it, by name or path.")
workers_option = click.option("--workers", type=click.IntRange(min=1), default=1, help="Extract in this many processes at once.")
_pipeline = (
    click.option("--model", metavar="NAME", help=f"{MODEL_HELP}.  [default: the best installed]"),
    spacy_model_option,
    workers_option,
)
_CONFIDENCE_HELP = "Keep quotes at least this sure to be right (0–1)."

#: `--model`, `--spacy-model`, `--workers` as `extractor`.
pipeline_options = bundle("extractor", Extractor, *_pipeline)
#: The same with `--act` and `--min-confidence`.
extraction_options = bundle(
    "extractor",
    Extractor,
    click.option("--act", "acts", type=click.Choice(get_args(Act)), multiple=True, help="Keep quotes of this act only; may be repeated."),
    click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help=_CONFIDENCE_HELP),
    *_pipeline,
)


def _selection(every: bool, **narrowed: str | None) -> Selection:
    return Selection(**{name: value or "" for name, value in narrowed.items()}, all="1" if every else "")


_ACT_HELP = "Only quotes of this act, in place of speech: thoughts, plans and others as sure as speech is without --all."
_ALL_HELP = (
    "Every quote, thoughts, plans and unsure ones among them, or the default view: acts of speech with a confidence of at least a half,"
    " or that a person confirmed or corrected."
)
#: What narrows quotes down, and `--all`, as `selection`.
search_options = bundle(
    "selection",
    _selection,
    click.option("--speaker", metavar="NAME", help="Only what speakers with these words in one of their names said."),
    click.option("--role", type=click.Choice(get_args(SpeakerRole)), help="Only quotes of speakers in this role."),
    click.option("--title", metavar="WORDS", help="Only quotes of speakers with these words in their title."),
    click.option("--institution", metavar="NAME", help="Only what was said by or for institutions with these words in their name."),
    click.option("--topic", metavar="WORDS", help="Only quotes about topics with these words in them."),
    click.option("--outlet", metavar="NAME", help="Only quotes that this outlet published."),
    click.option("--kind", type=click.Choice(get_args(QuoteKind)), help="Only quotes of this kind."),
    click.option("--act", type=click.Choice(get_args(Act)), help=_ACT_HELP),
    click.option("--since", metavar="DATE", help="Only articles published on or after this date: 2026, 2026-03 or 2026-03-31."),
    click.option("--until", metavar="DATE", help="Only articles published on or before this date."),
    click.option("--all/--sure-speech", "every", default=False, help=_ALL_HELP),
)

#: The parts of an article that a column can hold.
COLUMNS = ("text", "title", "byline", "published", "outlet", "url", "section", "id", "language", "modified")
KINDS = ("text", "html", "csv", "tsv", "jsonl", "json", "xlsx", "parquet", "feed", "warc", "eml", "docx", "pdf", "zip", "tar")

_fetching = (
    click.option("--delay", type=click.FloatRange(min=0), default=2.0, help="Seconds between two requests to one host."),
    click.option("--allow-private", is_flag=True, help="Fetch from private networks too, such as this machine."),
)


def _fetcher(delay: float, allow_private: bool) -> Fetcher:
    from quotes.readers.fetch.fetching import Fetcher

    return Fetcher(delay=delay, allow_private=allow_private)


#: `--delay`, `--allow-private` as `fetcher`.
fetching_options = bundle("fetcher", _fetcher, *_fetching)


def _file_reading(column: Sequence[str], kind: Any, encoding: str | None) -> Reading:
    from quotes.readers import Reading

    named = {}
    for each in column:
        part, _, name = each.partition("=")
        if not name or part not in COLUMNS:
            raise click.BadParameter(f"“{each}” is not PART=NAME with a part out of {', '.join(COLUMNS)}.", param_hint="--column")
        named[part] = name
    return Reading(columns=named, kind=kind, encoding=encoding)


_COLUMN_HELP = (
    f"The column of a table, or field of a record, that holds a part of the article: {', '.join(COLUMNS)}. May be repeated. Without it,"
    " columns are found by their names and values, and shown."
)
_ENCODING_HELP = (
    "The encoding of the files, such as cp1252, or mojibake for UTF-8 that was once read as something else."
    "  [default: found out, and said where it is not UTF-8]"
)
_files = (
    click.option("--column", metavar="PART=NAME", multiple=True, help=_COLUMN_HELP),
    click.option("--as", "kind", type=click.Choice(KINDS), help="What the files hold, whatever they look like."),
    click.option("--encoding", metavar="NAME", help=_ENCODING_HELP),
)


def _reading(no_links: bool, delay: float, allow_private: bool, **files: Any) -> Reading:
    return replace(_file_reading(**files), fetcher=_fetcher(delay, allow_private), links=not no_links)


#: How files are read as `settings`: `--column`, `--as`, `--encoding`.
file_options = bundle("settings", _file_reading, *_files)
#: The same with `--no-links` and how to fetch.
reading_options = bundle(
    "settings",
    _reading,
    *_files,
    click.option("--no-links", is_flag=True, help="Do not fetch the pages that a feed has only a summary of."),
    *_fetching,
)


def _stated(outlet: str | None, published: str | None, authors: Sequence[str]) -> dict[str, Any]:
    from quotes.readers.layout.bylines import names_in
    from quotes.readers.layout.dates import stated_time

    if outlet is not None and not outlet.strip():
        raise click.BadParameter("names nothing.", param_hint="--outlet")
    if published is not None:
        published, refused = stated_time(stated := published)
        if published is None:
            raise click.BadParameter(f"the date “{stated}” {refused}; give it as 2026-03-31.", param_hint="--published")
    byline = tuple(name for each in authors for name in names_in(each))
    given = {"outlet": outlet and " ".join(outlet.split()), "published": published, "byline": byline}
    return {name: value for name, value in given.items() if value}


#: What every article is stated to be as `stated`: `--outlet`, `--published`, `--author`.
statement_options = bundle(
    "stated",
    _stated,
    click.option("--outlet", metavar="NAME", help="Who published the articles, whatever they say."),
    click.option("--published", metavar="DATE", help="When they were published, such as 2026-03-31."),
    click.option("--author", "authors", metavar="NAME", multiple=True, help="Who wrote them; may be repeated."),
)
_METADATA_HELP = "Titles, descriptions and questions of the site, for Datasette.  [default: those that come with quotes]"
#: How the site is served as `site`: `--host`, `--port`, `--metadata`, `--no-open`.
site_options = bundle(
    "site",
    lambda no_open, **site: {**site, "open_browser": not no_open},
    click.option("--host", default="127.0.0.1", help="The address to serve at; 0.0.0.0 lets others in."),
    click.option("--port", type=click.IntRange(0, 65535), default=8001, help="The port; 0 picks a free one."),
    click.option("--metadata", type=FILE, help=_METADATA_HELP),
    click.option("--no-open", is_flag=True, help="Do not open a browser."),
)
