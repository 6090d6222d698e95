"""`quotes retry` reads again what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.command_inputs import Intake, settings_from_json
from quotes.cli.extraction import Addition, prepared, writing
from quotes.cli.options import database_option, fetching_options, pipeline_options, selection_options
from quotes.cli.streams import flush_data, put_line, say
from quotes.errors import ArticleError
from quotes.records import Article

if TYPE_CHECKING:
    from quotes.cli.extraction import Prepared
    from quotes.readers import Reading
    from quotes.readers.fetching import Fetcher
    from quotes.store.failures import Failure


@click.command()
@database_option
@click.option("--list", "only_list", is_flag=True, help="Show what could not be read, and try nothing.")
@click.option("--forget", is_flag=True, help="Forget all of it, and try nothing.")
@selection_options
@pipeline_options
@fetching_options
def retry(
    db: Path,
    only_list: bool,
    forget: bool,
    acts: Sequence[str],
    min_confidence: float,
    model: str | None,
    spacy_model: str | None,
    workers: int,
    fetcher: Fetcher,
) -> None:
    """Read again what could not be read before.

    Every file and address in the table failures is read again, as it was to be read then; what is mended is stored and leaves the table.
    Files are looked for from the folder in which the command is run.
    """
    from quotes.store.failures import failures, settle

    with writing(db) as store:
        known = list(failures(store))
        if only_list:
            for each in known:
                put_line(f"{each.what} (tried {each.tries} time{'s' if each.tries > 1 else ''})")
            flush_data()
            say(f"{len(known)} could not be read")
            return
        if forget:
            mended = sum(settle(store, source, ()) for source in {each.source for each in known})
            say(f"{mended} forgotten")
            return
        if not known:
            say("nothing to try again")
            return

        def prepare() -> Prepared:
            return prepared(model, spacy_model, acts=acts, min_confidence=min_confidence)

        intake = Again(known, fetcher)
        addition = Addition(store, prepare, acts=acts, min_confidence=min_confidence, again=False)
        try:
            addition.run(intake, workers=workers, tries_again=True)
        finally:
            intake.list_failures()
            left = len(list(failures(store)))
            say(f"{addition.summary(intake.failures)}; left to try again: {left}")
    if intake.failures:
        raise SystemExit(1)


class Again(Intake):
    """The sources of failures, each read as it was to be read then."""

    def __init__(self, known: Sequence[Failure], fetcher: Fetcher) -> None:
        self._sources = {each.source: each.settings for each in known}
        super().__init__(list(self._sources), at_end=True)
        self._fetcher = fetcher

    @property
    def settings(self) -> dict[str, Any]:
        """Those of the source that is being read."""
        return dict(self._current or {})

    _current: Any = None

    def total(self) -> int | None:
        """Nobody knows how many of a source's articles are read by now."""
        return None

    def _read(self) -> Iterator[Article | ArticleError]:
        from quotes.readers import Reading, read

        for source, stored in self._sources.items():
            self._current = stored
            settings: Reading = replace(Reading(**settings_from_json(stored)), fetcher=self._fetcher)
            if source == "-":
                say("-: standard input cannot be read again, give it to `quotes add` anew")
                continue
            yield from read([source], settings=settings, done=lambda done: self.on_source(done))
