"""The command line: the only place that prints, but for modules run with `python -m`, shows progress or sets an exit status.

Exit status 0: all went well. 1: some input could not be read, or the command failed. 2: wrong usage. 130 and 143: stopped by Ctrl-C or
SIGTERM. 141: whoever read the output closed it. The module of a command is imported when it is called, so that help is quick.
"""

from __future__ import annotations

import errno
from importlib import import_module
from typing import Any

import click

from quotes.cli.interrupts import Interrupted, interrupts_raised
from quotes.cli.terminal import drop_data, flush_data, say
from quotes.errors import QueryError, QuotesError

__all__ = ["cli"]

#: The commands in the order in which they are met, with the module of each and what it does.
_COMMANDS = {
    "add": ("extraction", "Store articles and their quotes: the main job."),
    "extract": ("extraction", "Print the quotes of articles; write nothing."),
    "watch": ("watching", "Keep the database current with feeds, until interrupted."),
    "retry": ("watching", "Read again what could not be read before."),
    "serve": ("site", "Open the database as a site."),
    "search": ("search_export", "Find quotes by their words, and by who said them."),
    "export": ("search_export", "Write a table as CSV, Parquet or JSON Lines."),
    "explain": ("maintenance", "Say why the mentions of a speaker are taken for one."),
    "review": ("review", "Go through what is unsure, and correct it."),
    "correct": ("correct", "Correct quotes, articles and speakers, for good."),
    "corrections": ("correct", "List corrections; carry them to another database."),
    "undo": ("correct", "Take corrections back."),
    "refresh": ("extraction", "Extract anew what another version, model or option found."),
    "remove": ("maintenance", "Remove articles with their quotes."),
    "verify": ("maintenance", "Check what is stored against the articles."),
    "backup": ("maintenance", "Copy the database into one file."),
    "evaluate": ("evaluate_train", "Score the extractor on gold corpora."),
    "train": ("evaluate_train", "Train a model of your own on annotated articles."),
    "shard": ("extraction", "Read and extract with many processes or machines; write shards."),
    "load": ("extraction", "Store the articles and quotes of shards."),
    "link": ("extraction", "Link the quotes of shards, and write the tables as Parquet."),
    "demo": ("site", "See it work on a dozen invented articles."),
}
#: What a shell reports for a filter whose reader went away.
BROKEN_PIPE = 141


class _CommandLine(click.Group):
    """A group that turns whatever ends a command early into one line on standard error and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with interrupts_raised():
                result = super().invoke(ctx)
                flush_data()
                return result
        except QuotesError as error:
            say(str(error))
            status = 2 if isinstance(error, QueryError) else 1
        except click.UsageError:
            raise
        except click.ClickException as error:
            say(error.format_message())
            status = error.exit_code
        except Interrupted as interruption:
            say("Interrupted.")
            status = interruption.status
        except BrokenPipeError:
            drop_data()
            status = BROKEN_PIPE
        except OSError as error:
            mend = "; make room and run it again, it takes up where it stopped" if error.errno == errno.ENOSPC else ""
            say(f"{error.filename or 'quotes'}: {error.strerror or error}{mend}")
            status = 1
        ctx.exit(status)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        return getattr(import_module(f"quotes.cli.{_COMMANDS[name][0]}"), name) if name in _COMMANDS else None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, what) for name, (_, what) in _COMMANDS.items()])


@click.group(cls=_CommandLine, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120, "show_default": True})
@click.version_option(package_name="quotes", prog_name="quotes")
def cli() -> None:
    """From news articles to a database of quotes: who said what, with which title, for which institution.

    Begin with `quotes demo`, then `quotes add ARTICLES` and `quotes serve`.
    """
