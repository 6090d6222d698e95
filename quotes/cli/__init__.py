"""The command line: the only place that prints, but for modules run with `python -m`, shows progress or sets an exit status.

Exit status 0: all went well. 1: some input could not be read, or the command failed. 2: wrong usage. 130 and 143: stopped by Ctrl-C or
SIGTERM. 141: whoever read the output closed it. Modules that are slow to import are imported inside the commands, so that help is quick.
"""

from __future__ import annotations

import errno
from typing import Any

import click

from quotes.cli.correct import correct, corrections, undo
from quotes.cli.evaluate_train import evaluate, train
from quotes.cli.extraction import add, extract, refresh
from quotes.cli.interrupts import Interrupted, interrupts_raised, leave
from quotes.cli.maintenance import backup, explain, remove, verify
from quotes.cli.review import review
from quotes.cli.search_export import export, search
from quotes.cli.site import demo, serve
from quotes.cli.terminal import drop_data, flush_data, say
from quotes.cli.watching import retry, watch
from quotes.errors import QueryError, QuotesError

__all__ = ["cli"]

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
            leave(status)
        except BrokenPipeError:
            drop_data()
            status = BROKEN_PIPE
        except OSError as error:
            mend = "; make room and run it again, it takes up where it stopped" if error.errno == errno.ENOSPC else ""
            say(f"{error.filename or 'quotes'}: {error.strerror or error}{mend}")
            status = 1
        ctx.exit(status)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in the order in which they are met, not by the alphabet."""
        return list(self.commands)


@click.group(cls=_CommandLine, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(package_name="quotes", prog_name="quotes")
def cli() -> None:
    """From news articles to a database of quotes: who said what, with which title, for which institution.

    Begin with `quotes demo`, then `quotes add ARTICLES` and `quotes serve`.
    """


for _command in (
    *(add, extract, watch, retry, serve, search, export, explain, review, correct, corrections, undo),
    *(refresh, remove, verify, backup, evaluate, train, demo),
):
    cli.add_command(_command)
