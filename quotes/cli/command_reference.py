"""`docs/commands.md`, written from the commands' own help: `python -m quotes.cli.command_reference > docs/commands.md`."""

from __future__ import annotations

import click

from quotes.cli import cli

_OPENING = """# The commands

*This page is written from the help of the commands; a test fails when the two differ.*

Data goes to standard output, messages go to standard error. Exit status 0: all went well. 1: some input could not be read (one line
says which and why; the rest was done), or the command failed. 2: wrong usage. 130 and 143: stopped by Ctrl-C or SIGTERM.

"""


def reference() -> str:
    """The page, in Markdown."""
    return _OPENING + "\n".join(_section(name, command) for name, command in cli.commands.items())


def _section(name: str, command: click.Command) -> str:
    # The width is fixed, so that the page does not depend on the terminal it was written from.
    names: list[str] = cli.context_settings["help_option_names"]
    parent = click.Context(cli, info_name="quotes", terminal_width=100, help_option_names=names, color=False)
    context = click.Context(command, parent, info_name=name)
    return f"## `quotes {name}`\n\n```text\n{command.get_help(context).strip()}\n```\n"


if __name__ == "__main__":
    print(reference(), end="")
