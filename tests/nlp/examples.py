"""Tables of texts with what is to be found in each, as data beside the tests that read them.

A line behind `#` says what the examples below it show. An example is a text (`\\n` for a line break) and below it, indented, a line for
each thing to be found, its fields between bars, `-` for nothing; in a text without such a line nothing is to be found.
"""

from pathlib import Path

import pytest


def examples(path: Path):
    """The examples of a file as parameters: a text, and a list of what is to be found, as tuples of strings and None."""
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
