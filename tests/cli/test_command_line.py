"""What holds for every command: help, versions, exit statuses, one line for each failure."""

import os
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from quotes.cli import cli

COMMANDS = [
    *["add", "extract", "watch", "retry", "serve", "search", "export", "explain", "review", "correct", "corrections", "undo"],
    *["refresh", "remove", "verify", "backup"],
    *["evaluate", "train", "shard", "load", "link", "demo"],
]


def test_help_lists_the_commands_in_the_order_in_which_they_are_met(run):
    """And each has a line that is not cut off."""
    commands = run("--help").output.split("Commands:\n")[1]

    assert [line.split()[0] for line in commands.splitlines()] == COMMANDS
    assert "..." not in commands


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_does(run, command):
    """Help without a word on an option is no help."""
    found = cli.get_command(None, command)

    assert found.help.startswith(f"{found.get_short_help_str(100)}\n")
    assert found.get_short_help_str(100) in " ".join(run("--help").output.split())
    assert all(option.help for option in found.params if option.param_type_name == "option")


def test_what_is_slow_to_import_waits_until_it_is_needed():
    """Help is there within half a second, and a wrong path is told within one."""
    code = """import contextlib, sys
from quotes.cli import cli
print(*sys.modules)
with contextlib.suppress(SystemExit):
    cli(["add", "nosuch.txt"])
print(*sys.modules)"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    of_help, of_wrong_path = map(set, map(str.split, done.stdout.splitlines()))

    assert done.stderr.startswith("nosuch.txt: no such file or folder")
    assert not of_help & {"spacy", "textacy", "pandas", "numpy", "datasette", "sqlite_utils", "trafilatura", "lxml", "tqdm", "yaml"}
    assert not of_wrong_path & {"spacy", "textacy", "pandas", "datasette", "trafilatura", "lxml", "tqdm", "yaml"}


def test_the_version_is_the_package_s(run):
    """One place says it: the project's metadata."""
    assert run("--version").output == f"quotes, version {version('quotes')}\n"
    assert tomllib.loads(Path(__file__).parents[2].joinpath("pyproject.toml").read_text())["project"]["version"] == version("quotes")


def test_python_m_quotes_is_the_same_program():
    """For those whose scripts folder is not on the path."""
    done = subprocess.run([sys.executable, "-m", "quotes", "--help"], capture_output=True, text=True)

    assert done.stdout.startswith("Usage: quotes [OPTIONS]")


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "x", "--act", "song"],
        ["add", "x", "--workers", "0"],
        ["serve", "--port", "x"],
        ["search"],
        ["evaluate", "x", "--pin"],
        ["sing"],
    ],
)
def test_wrong_usage_ends_with_2(run, arguments):
    """And says what was wrong."""
    result = run(*arguments)

    assert result.exit_code == 2
    assert "Error:" in result.stderr


def test_an_error_is_one_line_and_ends_with_1(run):
    """The library's message as it stands, and no traceback."""
    result = run("verify", "--db", "none.db")

    assert result.exit_code == 1
    assert result.stderr.startswith("none.db: ")
    assert result.stderr.count("\n") == 1


def test_a_missing_spacy_pipeline_is_said_in_one_line(run):
    """What the pipeline's error says."""
    result = run("extract", "news", "--spacy-model", "missing")

    assert (result.exit_code, result.stderr) == (1, "missing: no such spaCy pipeline: install it, or name another\n")


def test_a_reader_that_goes_away_is_no_error(program):
    """`quotes extract … | head` ends without a word, by the status that shells know."""
    reading, writing = os.pipe()
    os.close(reading)
    done = program("extract", "news", stdout=writing)
    os.close(writing)

    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(("output", "why"), [("> /dev/full", "No space left on device"), (">&-", "closed, so nothing can be printed")])
def test_a_full_disk_or_a_closed_standard_output_is_one_line(program, output, why):
    """Also when it shows only as the last of the output is handed over."""
    done = program(shell=f"QUOTES extract news {output}")

    assert (done.returncode, done.stderr) == (1, f"standard output: {why}\n")


def test_output_is_utf8_whatever_the_terminal_s_encoding(program):
    """A file of quotes holds the same bytes on every machine."""
    done = program(shell="PYTHONIOENCODING=ascii QUOTES extract news/weir.txt")

    assert "“The weir held all night,”" in done.stdout
