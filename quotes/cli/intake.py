"""The articles that a command is given to read, with notices and failures reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from quotes.cli.terminal import say
from quotes.errors import NO_SUCH_FILE, ArticleError
from quotes.records import Article

if TYPE_CHECKING:
    from quotes.readers import Reading

#: As many failures and as many notices are printed; the table `failures` holds all failures.
LISTED = 500
#: As many articles in other languages are named; of more, only the number is printed.
NAMED = 20


class Intake:
    """The articles of the paths given. `failures` counts what could not be read; with `at_end`, `list_failures` prints why."""

    def __init__(self, paths: Sequence[str], settings: Reading | None = None, *, at_end: bool = False) -> None:
        self._paths = paths
        self._settings = settings
        self._at_end = at_end
        self._lines: list[str] = []
        self._missing: set[str] = set()
        self.failures = 0
        self.foreign = 0
        #: Called with each failure, and with each source that was read to its end.
        self.on_failure: Callable[[ArticleError], None] = lambda _: None
        self.on_source: Callable[[str], None] = lambda _: None

    @property
    def settings(self) -> Mapping[str, Any]:
        """How the paths are read, as far as a user said so, in a form that can be stored."""
        return settings_as_json(self._settings)

    @property
    def stated(self) -> Mapping[str, Any]:
        """The fields that a user states of every article."""
        return {} if self._settings is None else self._settings.stated

    def total(self) -> int | None:
        """About how many articles there are, for the progress bar; None where that is not known."""
        from quotes.readers import count

        return count(self._paths)

    def report_missing(self) -> None:
        """Print at once which paths lead nowhere, and not again at the end: the run may take hours."""
        from quotes.readers import missing

        self._missing = {f"{path}: {NO_SUCH_FILE}" for path in missing(self._paths)}
        for line in sorted(self._missing):
            say(line)

    def __iter__(self) -> Iterator[Article]:
        notices = 0
        for article in self.read():
            if isinstance(article, ArticleError):
                self.fail(article)
                continue
            for notice in article.notices:
                notices += 1
                if notices <= LISTED:
                    say(f"{article.path}: {notice}")
            yield article
        if notices > LISTED:
            say(f"… and {notices - LISTED} more remarks on what was read")

    def read(self) -> Iterable[Article | ArticleError]:
        """The articles and what could not be read."""
        from quotes.readers import Reading, read

        return read(self._paths, settings=self._settings or Reading(), done=lambda source: self.on_source(source))

    def stored(self, article: Article) -> None:
        """Called with each article once it is stored, or found to be stored already."""

    def end(self) -> None:
        """Called once all is stored."""

    def fail(self, error: ArticleError) -> None:
        """Note why an article could not be read, and go on."""
        self.failures += 1
        if not self._at_end:
            say(str(error))
        elif str(error) not in self._missing and len(self._lines) < LISTED:
            self._lines.append(str(error))
        self.on_failure(error)

    def list_failures(self) -> None:
        """Print, at the end of a run, what could not be read."""
        for line in self._lines:
            say(line)
        left = self.failures - len(self._lines) - len(self._missing)
        if left > 0 and self._at_end:
            say(f"… and {left} more; all stand in the table failures")
        self._lines.clear()

    def report_language(self, article: Article) -> None:
        """Say that an article is in another language than English, and so has no quotes that can be found."""
        self.foreign += 1
        if self.foreign <= NAMED:
            say(f"{article.path}: is written in another language than English ({article.language}), so no quotes are looked for")


def is_foreign(article: Article) -> bool:
    """Whether an article is known to be in another language than English."""
    return article.language is not None and article.language != "en"


def settings_as_json(settings: Reading | None) -> dict[str, Any]:
    """The settings that differ from the usual, as plain values; the fetcher, which is a run's own, is left out."""
    if settings is None:
        return {}
    columns = {field.name: value for field in fields(settings.columns) if (value := getattr(settings.columns, field.name)) is not None}
    stated = {"columns": columns or None, "kind": settings.kind, "encoding": settings.encoding, "links": None if settings.links else False}
    return {name: value for name, value in stated.items() if value is not None} | settings.stated


def settings_from_json(stored: Mapping[str, Any] | None) -> dict[str, Any]:
    """The arguments of `Reading` out of stored settings."""
    from quotes.readers import Columns

    stated = dict(stored or {})
    if "columns" in stated:
        stated["columns"] = Columns(**stated["columns"])
    if "byline" in stated:
        stated["byline"] = tuple(stated["byline"])
    return stated
