"""`python -m quotes`: the command line without its script."""

from quotes.cli import cli

if __name__ == "__main__":
    cli(prog_name="quotes")
