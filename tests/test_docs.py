"""Documentation that cannot go stale: what it says is held against what is there."""

import re
import runpy
import tomllib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from quotes.cli import cli

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text("utf-8")


def words(text: str) -> str:
    """The text without its line breaks, whose places differ between versions of click."""
    return " ".join(text.split())


def test_the_page_of_commands_is_that_of_today():
    """To mend it: `python docs/commands.py > docs/commands.md`."""
    reference = runpy.run_path(str(ROOT / "docs" / "commands.py"))["reference"]

    assert words((ROOT / "docs" / "commands.md").read_text("utf-8")) == words(reference())


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_every_command_and_option_that_a_page_names_exists(document):
    """In commands as they are typed: `quotes NAME … --option`."""
    for name, rest in re.findall(r"^(?:\.venv/bin/)?quotes (\w+)(.*)$", document.read_text("utf-8"), flags=re.MULTILINE):
        options = {option for parameter in cli.get_command(None, name).params for option in parameter.opts}
        assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", rest.split("#")[0])) <= options


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_every_link_within_the_repository_leads_somewhere(document):
    """Pictures included."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8"))

    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_every_file_of_the_code_that_a_page_names_exists(document):
    """By its path in the repository or in the package, as `nlp/rules` or `quotes/nlp/rules`."""
    tops = {path.name for path in (ROOT / "quotes").iterdir() if path.is_dir()} | {"quotes", "tests", "benchmarks"}
    named = re.findall(r"(?<![\w/.:-])[a-z_]+(?:/[\w-]+)+(?:\.[a-z]+)?", document.read_text("utf-8"))

    assert [
        path for path in named if path.split("/")[0] in tops and not any((base / path).exists() for base in (ROOT, ROOT / "quotes"))
    ] == []


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_what_a_page_imports_from_the_package_exists(document):
    """In its examples in Python, and as programs to run."""
    text = document.read_text("utf-8")

    for module, names in re.findall(r"^from (quotes\S*) import (.+)$", text, flags=re.MULTILINE):
        assert [name for name in names.split(", ") if not hasattr(import_module(module), name) and not find_spec(f"{module}.{name}")] == []
    assert [module for module in re.findall(r"python -m ((?:quotes|benchmarks)\.[a-z_.]+[a-z_])", text) if not find_spec(module)] == []


def test_the_page_for_developers_names_every_package():
    """So that a new one gets its line in the tables of what to look for where."""
    page = (ROOT / "docs" / "development.md").read_text("utf-8")
    packages = {str(path.parent.relative_to(ROOT / "quotes")) for path in (ROOT / "quotes").rglob("__init__.py")} - {"."}

    assert {each for each in packages if f"`{each}`" not in page and f"`{each}/" not in page} == set()


def test_the_readme_s_test_command_is_the_one_that_ci_runs():
    """Word for word, so that what is promised is what is checked."""
    setup, test = re.findall(r"^python3 -m venv .*$", README, flags=re.MULTILINE)

    assert setup.endswith("quotes demo")
    assert test in (ROOT / ".ci" / "run").read_text().splitlines()


def test_the_readme_names_the_pythons_that_the_package_takes():
    """From the lower to the upper bound."""
    bounds = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    lower, upper = (int(minor) for minor in re.fullmatch(r">=3\.(\d+),<3\.(\d+)", bounds).groups())

    *others, last = [f"3.{minor}" for minor in range(lower, upper)]
    assert f"Python {', '.join(others)} or {last}" in README


def test_the_licence_is_the_one_that_the_package_names():
    """The full text, not a pointer to it."""
    text = (ROOT / "LICENSE").read_text()

    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_changelog_keeps_its_form():
    """Unreleased first, then versions with dates, the newest first, each entry under one of the usual headings."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"^## (.*)$", changelog, flags=re.MULTILINE)

    assert versions[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", each) for each in versions[1:])
    assert set(re.findall(r"^### (.*)$", changelog, flags=re.MULTILINE)) <= {
        "Added",
        "Changed",
        "Deprecated",
        "Removed",
        "Fixed",
        "Security",
    }
