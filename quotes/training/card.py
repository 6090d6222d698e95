"""The card that goes with a model: what it was trained on, how, what it scores, and what to mind (Mitchell et al. 2019, "Model Cards").

The text is `card.md` with its fields filled in from the model's `model.json`; origins and licences of corpora are in `corpora.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from textwrap import indent
from typing import Any

_FITTED = """
Confidence was fitted{whose} on articles that nothing else had been learned from: {corpora}; where speech alone is
annotated, on speech. Of those it keeps some thirty numbers.
"""
_BEGAN = """
Training went on from another model (SHA-256 of its encoder {digest:.16}…), which had learned from {corpora} in {epochs:g} epochs.
"""
_MEAN = """
Its weights are the mean of those that it was trained to and of those of that model (Wortsman et al. 2022).
"""
_NAMER = """
In texts where nobody annotated the names, those count that the pipeline {namer} finds as well."""


def card_of(settings: Mapping[str, Any]) -> str:
    """The card of a model as Markdown, from its `model.json`."""
    recipe, corpora, fitted = settings["recipe"], settings["corpora"], settings.get("confidence fitted on", ())
    origins = list(_origins(settings.get("start")))
    earlier = {each["name"]: each["articles"] for start in reversed(origins) for each in start["corpora"]}
    described = [
        f"- `{each['name']}`, {each['articles']} articles, SHA-256 {each['digest'][:16]}…\n\n{_licence(each['name'])}" for each in corpora
    ]
    described += [
        f"- `{name}`, {articles} articles, by way of a model that training went on from\n\n{_licence(name)}"
        for name, articles in earlier.items()
        if name not in {each["name"] for each in corpora}
    ]
    began = [_BEGAN.format(digest=each["digest"], corpora=_counted(each["corpora"]), epochs=each["epochs"]) for each in origins]
    whose = " for the earliest of the models below," if origins else " later,"
    scores = [
        f"| {kind} | {each['gold']} | {each['precision']:.1%} | {each['recall']:.1%} | {each['f1']:.1%} |"
        for kind, each in settings["scores"].items()
    ]
    options = (
        (" --bfloat16" if recipe.get("brief") else "") + (" --start START" if origins else "") + (" --mean" if recipe.get("mean") else "")
    )
    return (
        files(__package__)
        .joinpath("card.md")
        .read_text("utf-8")
        .format(
            named=" ".join(_argument(each["name"]) for each in corpora if each["name"] != "passages") or "CORPUS",
            options=options + (" --namer NAMER" if "namer" in settings else ""),
            corpora="\n".join(described),
            scores="\n".join(scores),
            began="".join(began),
            mean=_MEAN if recipe.get("mean") else "",
            namer=_NAMER.format(namer=settings["namer"]) if "namer" in settings else "",
            confidence=_FITTED.format(corpora=_counted(fitted), whose=whose) if fitted else "",
            **{name: settings[name] for name in ("learned", "aside", "width", "encoder")},
            **{name: recipe[name] for name in ("layers", "epochs", "rate", "head_rate", "pieces", "seed")},
        )
    )


def _origins(start: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The model that training went on from, and those before it."""
    return [] if start is None else [start, *_origins(start.get("start"))]


def _counted(corpora: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"{each['articles']} articles of `{each['name']}`" for each in corpora)


def _argument(name: str) -> str:
    """How a corpus is named on the command line that repeats the training."""
    first, _, rest = name.partition("/")
    return f"--names {rest.upper()}" if first == "names" else first.upper()


def _licence(name: str) -> str:
    """What is known of a corpus's origin and licence."""
    licences = tomllib.loads(files(__package__).joinpath("corpora.toml").read_text("utf-8"))
    return indent(licences.get(name, licences.get(name.partition("/")[0], "See its owner for the licence.")), "  ")
