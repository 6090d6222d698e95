"""The command line with stand-ins for what needs spaCy, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import stand_ins
from click.testing import CliRunner, Result

from quotes.cli import cli

# The news site on this machine stands with the tests of the readers.
sys.path.append(str(Path(__file__).parents[1] / "readers"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles in `news/`, and nothing else, as the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QUOTES_DB", raising=False)
    stand_ins.asked.clear()
    for name, module in stand_ins.modules().items():
        monkeypatch.setitem(sys.modules, name, module)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "weir.txt").write_text(stand_ins.WEIR, "utf-8")
    (tmp_path / "news" / "crane.txt").write_text(stand_ins.CRANE, "utf-8")
    return tmp_path


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run `quotes ARGUMENTS` in this process."""

    def invoke(*arguments: str, input: str | bytes | None = None) -> Result:
        return CliRunner().invoke(cli, arguments, input=input, prog_name="quotes", catch_exceptions=False)

    return invoke


@pytest.fixture
def program() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `quotes ARGUMENTS` as a process of its own, with the same stand-ins, by way of a shell command where `shell` is given."""

    def invoke(*arguments: str, shell: str | None = None, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, stand_ins.__file__, *arguments]
        if shell is not None:
            quoted = " ".join(f"'{part}'" for part in command)
            command = ["bash", "-o", "pipefail", "-c", shell.replace("QUOTES", quoted)]
        settings = {"text": True, "encoding": "utf-8", "env": os.environ | {"LC_ALL": "C.UTF-8"}, "timeout": 300}
        return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, **settings)

    return invoke


@pytest.fixture
def server():
    """A news site on this machine."""
    import news_server

    with news_server.running() as site:
        yield site
