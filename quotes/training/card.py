"""The card that goes with a model: what it was trained on, how, what it scores, and what to mind (Mitchell et al. 2019, "Model Cards").

The text is `card.md`, a Jinja template, filled in from the model's `model.json`; origins and licences of corpora are in `corpora.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from textwrap import indent
from typing import Any

from jinja2 import Environment


def card_of(settings: Mapping[str, Any]) -> str:
    """The card of a model as Markdown, from its `model.json`."""
    origins, start = [], settings.get("start")
    while start:  # the model that training went on from, and those before it
        origins.append(start)
        start = start.get("start")
    here = {each["name"] for each in settings["corpora"]}
    earlier = {each["name"]: each["articles"] for origin in reversed(origins) for each in origin["corpora"] if each["name"] not in here}
    environment = Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, autoescape=False)
    environment.globals |= {"licence": _licence, "argument": _argument}
    template = environment.from_string(files(__package__).joinpath("card.md").read_text("utf-8"))
    return template.render(settings, fitted=settings.get("confidence fitted on", ()), origins=origins, earlier=earlier)


def _argument(name: str) -> str:
    """How a corpus is named on the command line that repeats the training."""
    first, _, rest = name.partition("/")
    return f"--names {rest.upper()}" if first == "names" else first.upper()


def _licence(name: str) -> str:
    """What is known of a corpus's origin and licence."""
    licences = tomllib.loads(files(__package__).joinpath("corpora.toml").read_text("utf-8"))
    return indent(licences.get(name, licences.get(name.partition("/")[0], "See its owner for the licence.")), "  ")
