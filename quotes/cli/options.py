"""Options that mean the same in every command, as bundles of decorators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

import click

from quotes.errors import PipelineError
from quotes.records import Act, QuoteKind, SpeakerRole

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_DB = Path("db/quotes.db")


def database_option(command: Command) -> Command:
    """`--db`: the database that a command reads or writes."""
    return click.option(
        "--db",
        type=click.Path(dir_okay=False, path_type=Path),
        default=DEFAULT_DB,
        envvar="QUOTES_DB",
        show_default=True,
        show_envvar=True,
        help="The SQLite database.",
    )(command)


_MODEL_HELP = "The extractor: `rules` (no trained weights), an installed model, or the folder of one that `quotes train` wrote"
_UNDER_THE_MODEL = (
    click.option("--spacy-model", metavar="NAME", help="The English spaCy pipeline under it, by name or path."),
    click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Extract in this many processes at once."),
)


def pipeline_options(command: Command) -> Command:
    """`--model`, `--spacy-model`, `--workers`: what extracts, and how many at a time."""
    return _bundle(
        command, click.option("--model", metavar="NAME", help=f"{_MODEL_HELP}.  [default: the best installed]"), *_UNDER_THE_MODEL
    )


def comparison_options(command: Command) -> Command:
    """The same for several extractors, as `models`, and `--compare` for all of them."""
    several = f"{_MODEL_HELP}; may be repeated, for figures side by side.  [default: the best installed]"
    return _bundle(
        command,
        click.option("--model", "models", metavar="NAME", multiple=True, help=several),
        click.option("--compare", is_flag=True, help="Score every installed model, side by side."),
        *_UNDER_THE_MODEL,
    )


def selection_options(command: Command) -> Command:
    """`--act`, `--min-confidence`: which of the quotes are wanted."""
    return _bundle(
        command,
        click.option(
            "--act", "acts", type=click.Choice(get_args(Act)), multiple=True, help="Keep quotes of this act only; may be repeated."
        ),
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            default=0.0,
            show_default=True,
            help="Keep quotes at least this sure to be right (0–1).",
        ),
    )


def search_options(command: Command) -> Command:
    """What narrows quotes down, and `--all`: the command gets it as `selection`."""

    @wraps(command)
    def with_selection(*args: Any, **values: Any) -> Any:
        from quotes.store.quote_filters import Selection

        narrowed = {name: values.pop(name) or "" for name in _narrowing}
        selection = Selection(**narrowed, all="1" if values.pop("every") else "")
        return command(*args, **values, selection=selection)

    act = "Only quotes of this act, in place of speech: thoughts, plans and others as sure as speech is without --all."
    return _bundle(
        cast(Command, with_selection),
        click.option("--speaker", metavar="NAME", help="Only what speakers with these words in one of their names said."),
        click.option("--role", type=click.Choice(get_args(SpeakerRole)), help="Only quotes of speakers in this role."),
        click.option("--title", metavar="WORDS", help="Only quotes of speakers with these words in their title."),
        click.option("--institution", metavar="NAME", help="Only what was said by or for institutions with these words in their name."),
        click.option("--topic", metavar="WORDS", help="Only quotes about topics with these words in them."),
        click.option("--outlet", metavar="NAME", help="Only quotes that this outlet published."),
        click.option("--kind", type=click.Choice(get_args(QuoteKind)), help="Only quotes of this kind."),
        click.option("--act", type=click.Choice(get_args(Act)), help=act),
        click.option("--since", metavar="DATE", help="Only articles published on or after this date: 2026, 2026-03 or 2026-03-31."),
        click.option("--until", metavar="DATE", help="Only articles published on or before this date."),
        click.option(
            "--all/--sure-speech",
            "every",
            default=False,
            help="Every quote, thoughts, plans and unsure ones among them, or the default view: acts of speech with a confidence of at"
            " least a half, or that a person confirmed or corrected.  [default: sure-speech]",
        ),
    )


_narrowing = ("speaker", "role", "title", "institution", "topic", "outlet", "kind", "act", "since", "until")

#: The parts of an article that a column can hold, and what to call each in help.
COLUMNS = {
    "text": "the article’s text",
    "title": "its headline",
    "byline": "its authors",
    "published": "its date",
    "outlet": "who published it",
    "url": "its address",
    "section": "its section",
    "id": "its own identifier",
    "language": "its language",
    "modified": "when it was last changed",
}
#: Those that had an option of their own first, which still works.
_WITH_OPTION = ("text", "title", "byline", "published", "outlet", "url", "section", "id")

KINDS = ("text", "html", "csv", "tsv", "jsonl", "json", "xlsx", "parquet", "feed", "warc", "eml", "docx", "pdf", "zip", "tar")


def reading_options(command: Command) -> Command:
    """`--column`, `--as`, `--encoding`, `--no-links` and how to fetch: the command gets them all as `settings`."""

    @wraps(command)
    def with_settings(*args: Any, **values: Any) -> Any:
        from quotes.readers import Columns, Reading

        named = _columns(values.pop("column"))
        named |= {name: value for name in _WITH_OPTION if (value := values.pop(f"{name}_column")) is not None}
        settings = Reading(
            columns=Columns(**named),
            kind=values.pop("kind"),
            encoding=values.pop("encoding"),
            links=not values.pop("no_links"),
            fetcher=_fetcher(values),
        )
        return command(*args, **values, settings=settings)

    parts = ", ".join(f"{name} ({what})" for name, what in COLUMNS.items())
    return _bundle(
        cast(Command, with_settings),
        click.option(
            "--column",
            metavar="PART=NAME",
            multiple=True,
            help=f"The column of a table, or field of a record, that holds a part: {parts}. May be repeated. Without it, columns are told"
            " by their names and values, and shown.",
        ),
        *(click.option(f"--{name}-column", metavar="NAME", hidden=True, help=f"As --column {name}=NAME.") for name in _WITH_OPTION),
        click.option("--as", "kind", type=click.Choice(KINDS), help="What the files hold, whatever they look like."),
        click.option(
            "--encoding",
            metavar="NAME",
            help="The encoding of the files, such as cp1252, or mojibake for UTF-8 that was once read as something else."
            "  [default: found out, and said where it is not UTF-8]",
        ),
        click.option("--no-links", is_flag=True, help="Do not fetch the pages that a feed has only a summary of."),
        *_fetching,
    )


def statement_options(command: Command) -> Command:
    """`--outlet`, `--published`, `--author`: what every article is stated to be, as part of the `settings` that `reading_options` gives."""

    @wraps(command)
    def with_statements(*args: Any, settings: Any, **values: Any) -> Any:
        from quotes.readers.bylines import names_in

        byline = tuple(name for each in values.pop("authors") for name in names_in(each))
        stated = {"outlet": _named(values.pop("outlet")), "published": _day(values.pop("published")), "byline": byline}
        return command(*args, **values, settings=replace(settings, **stated))

    return _bundle(
        cast(Command, with_statements),
        click.option("--outlet", metavar="NAME", help="Who published the articles, whatever they say."),
        click.option("--published", metavar="DATE", help="When they were published, such as 2026-03-31."),
        click.option("--author", "authors", metavar="NAME", multiple=True, help="Who wrote them; may be repeated."),
    )


def _named(stated: str | None) -> str | None:
    name = " ".join((stated or "").split())
    if stated is not None and not name:
        raise click.BadParameter("names nothing.", param_hint="--outlet")
    return name or None


def _day(stated: str | None) -> str | None:
    if stated is None:
        return None
    from quotes.readers.printed_time import stated_time

    iso, refused = stated_time(stated)
    if iso is None:
        raise click.BadParameter(f"the date “{stated}” {refused}; give it as 2026-03-31.", param_hint="--published")
    return iso


_fetching = (
    click.option("--delay", type=click.FloatRange(min=0), default=2.0, show_default=True, help="Seconds between two requests to one host."),
    click.option("--allow-private", is_flag=True, help="Fetch from private networks too, such as this machine."),
)


def fetching_options(command: Command) -> Command:
    """`--delay`, `--allow-private`: the command gets them as `fetcher`."""

    @wraps(command)
    def with_fetcher(*args: Any, **values: Any) -> Any:
        fetcher = _fetcher(values)
        return command(*args, **values, fetcher=fetcher)

    return _bundle(cast(Command, with_fetcher), *_fetching)


def _fetcher(values: dict[str, Any]) -> Any:
    from quotes.readers.fetching import Fetcher

    return Fetcher(delay=values.pop("delay"), allow_private=values.pop("allow_private"))


def _columns(stated: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in stated:
        part, sign, name = each.partition("=")
        if not sign or not name or part not in COLUMNS:
            raise click.BadParameter(f"“{each}” is not PART=NAME with a part out of {', '.join(COLUMNS)}.", param_hint="--column")
        found[part] = name
    return found


def site_options(command: Command) -> Command:
    """`--host`, `--port`, `--metadata`: how the site is served."""
    return _bundle(
        command,
        click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at; 0.0.0.0 lets others in."),
        click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="The port; 0 picks a free one."),
        click.option(
            "--metadata",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Titles, descriptions and questions of the site, for Datasette.  [default: those that come with quotes]",
        ),
    )


def chosen_model(model: str | None) -> str:
    """The extractor that `--model` names, else the best that is installed."""
    from quotes.pipeline import installed_models

    return model or installed_models()[0]


def chosen_models(models: Sequence[str], *, every: bool) -> Sequence[str]:
    """The extractors that `--model` names, each once; all that are installed where `every` is set. Raises PipelineError.

    Names are checked before anything is extracted: a typo in the second model should not wait for the first.
    """
    from quotes.pipeline import installed_models

    installed = installed_models()
    for model in models:
        if model not in installed and not (Path(model) / "model.json").is_file():
            raise PipelineError(f"{model}: no such model, choose one of: {', '.join(installed)}")
    return installed if every else list(dict.fromkeys(models)) or installed[:1]


def load_pipeline(model: str, spacy_model: str | None) -> Any:
    """The spaCy Language with this extractor on the spaCy pipeline that `--spacy-model` names."""
    from quotes.pipeline import load

    return load(model=model, spacy_model=spacy_model)


def _bundle(command: Command, *options: Callable[[Any], Any]) -> Command:
    # Decorators apply from the last to the first; so that help lists them as written here, they are applied in reverse.
    for option in reversed(options):
        command = option(command)
    return command
