"""Texts with what is to be found in each, as data beside the tests that read them."""

import json
from pathlib import Path

import pytest


def examples(path: Path):
    """The examples of a table as parameters: a text, and a list of what is to be found, as tuples of strings and None.

    A line behind `#` says what the examples below it show. An example is a text (`\\n` for a line break) and below it, indented, a line for
    each thing to be found, its fields between bars, `-` for nothing; in a text without such a line nothing is to be found.
    """
    found, shows, wanted = [], "", []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# "):
            shows = line[2:]
        elif line.startswith("    "):
            wanted.append(tuple(None if field == "-" else field for field in line.strip().split(" | ")))
        elif line:
            text, wanted = line.replace("\\n", "\n"), []
            found.append(pytest.param(text, wanted, id=f"{shows} {line}"))
    return found


def passages(path: Path):
    """The passages of a file of JSON Lines. `xfail` says what is got wrong in one: it must go when it is got right."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def cases(rows):
    """Passages as parameters."""
    strict = {row["id"]: [pytest.mark.xfail(reason=row["xfail"], strict=True)] for row in rows if "xfail" in row}
    return [pytest.param(row, id=row["id"], marks=strict.get(row["id"], [])) for row in rows]


def plain(words):
    """Words in one case, without the article before them."""
    words = words and " ".join(words.split()).casefold()
    return words and words.removeprefix("the ").removeprefix("a ").removeprefix("an ")
