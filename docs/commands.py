"""Writes `docs/commands.md` from the commands' own help: `python docs/commands.py > docs/commands.md`."""

import click

from quotes.cli import cli

OPENING = """# The commands

*This page is written from the help of the commands; a test fails when the two differ.*

Data goes to standard output, messages go to standard error. Exit status 0: all went well. 1: some input could not be read (one line
says which and why; the rest was done), or the command failed. 2: wrong usage. 130 and 143: stopped by Ctrl-C or SIGTERM.

"""


def reference() -> str:
    """The page, in Markdown; the width is fixed, so that it does not depend on the terminal."""
    group = click.Context(cli, info_name="quotes", **cli.context_settings | {"terminal_width": 100, "color": False})
    commands = {name: cli.get_command(group, name) for name in cli.list_commands(group)}
    helps = {name: command.get_help(click.Context(command, group, info_name=name)) for name, command in commands.items() if command}
    return OPENING + "\n".join(f"## `quotes {name}`\n\n```text\n{text.strip()}\n```\n" for name, text in helps.items())


if __name__ == "__main__":
    print(reference(), end="")
