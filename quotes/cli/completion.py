"""`quotes completion`: the script that makes a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from quotes.cli.streams import put_line


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Make your shell complete commands and options.

    Prints the script that does it. For bash: put `eval "$(quotes completion bash)"` into ~/.bashrc. For zsh: the same
    into ~/.zshrc. For fish: `quotes completion fish > ~/.config/fish/completions/quotes.fish`.
    """
    shell_completion = get_completion_class(shell)
    assert shell_completion is not None  # click ships all three
    put_line(shell_completion(ctx.find_root().command, {}, "quotes", "_QUOTES_COMPLETE").source().strip())
