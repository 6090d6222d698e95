"""The card that goes with a model: what it was trained on, how, what it scores, and what to mind (Mitchell et al. 2019, "Model Cards")."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import indent
from typing import Any

_LICENCES = {
    "polnear": """PolNeAR 1.0 (Newell, Margolin & Ruths, LREC 2018): US political news of 2015–16. Its repository states no licence for the
texts or the annotations (its program code is MIT). Neither is in the model's folder, but the weights were learned from them: whoever
needs weights of a stated origin should train without it, with the command below.""",
    "news": """News of 1989 to 2020, annotated for this project: Wikinews (CC BY 2.5, before 25 September 2005 public domain), Deutsche
Welle, MASC and articles of November 2019 from forty outlets, whose texts remain their owners'. None of it is in the model's folder.""",
    "names/dwie": """DWIE (Zaporojets et al. 2021), for its names alone. Its texts are Deutsche Welle's, its annotation comes from a
repository under GPL-3.""",
    "names/wikinews": "Wikinews (CC BY 2.5), for its names alone.",
    "names/gum": "News and interviews of GUM (texts CC BY 2.5), for their names alone.",
    "names/meantime": "MEANTIME (Wikinews; CC BY 4.0), for its names alone.",
    "names/masc_news": "News of MASC, for its names alone.",
    "passages": "Passages written for this project, with invented people and bodies. Apache-2.0, like the program.",
}

_CONFIDENCE = """
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

_CARD = """# A model that reads quotes

It finds who said what in English news: contents, cues and sources, tied together; thoughts and plans too. The program joins it with its
rules; with `-alone` behind its name it goes without them.

## Data

{corpora}

{learned} articles were learned from, each also with other names, quotation marks and layout; {aside} were set aside, to stop in time and
to measure confidence on. Named entities were learned from spaCy's recogniser on the same texts, corrected by the names annotated.{namer}
{confidence}{began}{mean}
## Training

A BERT encoder of {layers} layers, {width} wide, from {encoder}, a head that finds cues, and one that
reads the attribution of each (a conditional random field). {epochs:g} epochs; learning rates {rate:g} for the encoder and {head_rate:g}
for the heads; batches of {pieces} word pieces; seed {seed}. The linear maps are int8, their activations quantised window by window.

To repeat it: `pip install 'quotes[train]'`, then

    quotes train {named} --out MODEL --epochs {epochs:g} --layers {layers} --rate {rate:g} --seed {seed}{bfloat16}{start}{with_namer}

To train without PolNeAR, name annotation of your own instead: brat, Doccano, Label Studio, marked passages, a database of quotes.

## Scores

Attributed quotes (content and source both right) in articles that nothing was learned from, rules and model joined:

| quotes | gold | precision | recall | F1 |
| --- | ---: | ---: | ---: | ---: |
{scores}

## Known failures

- What stands behind a report (“…, in a statement on Thursday”, “…, a move that …”) is often taken into it; a report that runs on over
  several sentences is cut after the first.
- Of reports joined by *and* (“said he would stay and warned against leaving”) the second is often made part of the first.
- Contents that are a noun alone (“cited the delay”, “praised the plan”) and beliefs are right about two times in three; people disagree on
  them too.
- It reads windows of 256 word pieces: a source that was named in an earlier window is not seen.
- It was trained on English news and knows no other language, no verse, no novels, and of transcripts only what the passages show.
"""


def _origins(start: Mapping[str, Any] | None) -> str:
    """What is said of the model that training went on from, and of those before it."""
    if start is None:
        return ""
    corpora = ", ".join(f"{each['articles']} articles of `{each['name']}`" for each in start["corpora"])
    return _BEGAN.format(digest=start["digest"], corpora=corpora, epochs=start["epochs"]) + _origins(start.get("start"))


def _earlier(start: Mapping[str, Any] | None) -> dict[str, int]:
    """The corpora of the models that training went on from, with the number of their articles."""
    return {} if start is None else _earlier(start.get("start")) | {each["name"]: each["articles"] for each in start["corpora"]}


def _licence(name: str) -> str:
    """What is known of a corpus's origin and licence."""
    return indent(_LICENCES.get(name, _LICENCES.get(name.partition("/")[0], "See its owner for the licence.")), "  ")


def card_of(settings: Mapping[str, Any]) -> str:
    """The card of a model as Markdown, from its `model.json`."""
    corpora = [
        f"- `{each['name']}`, {each['articles']} articles, SHA-256 {each['digest'][:16]}…\n\n{_licence(each['name'])}"
        for each in settings["corpora"]
    ]
    own = {each["name"] for each in settings["corpora"]}
    corpora += [
        f"- `{name}`, {articles} articles, by way of a model that training went on from\n\n{_licence(name)}"
        for name, articles in _earlier(settings.get("start")).items()
        if name not in own
    ]
    scores = [
        f"| {kind} | {each['gold']} | {each['precision']:.1%} | {each['recall']:.1%} | {each['f1']:.1%} |"
        for kind, each in settings["scores"].items()
    ]
    fitted = [f"{each['articles']} articles of `{each['name']}`" for each in settings.get("confidence fitted on", ())]
    named = " ".join(
        f"--names {each['name'].partition('/')[2].upper()}" if each["name"].startswith("names/") else each["name"].partition("/")[0].upper()
        for each in settings["corpora"]
        if each["name"] != "passages"
    )
    return _CARD.format(
        named=named or "CORPUS",
        bfloat16=" --bfloat16" if settings["recipe"].get("brief") else "",
        corpora="\n".join(corpora),
        scores="\n".join(scores),
        began=_origins(settings.get("start")),
        start=(" --start START" if "start" in settings else "") + (" --mean" if settings["recipe"].get("mean") else ""),
        mean=_MEAN if settings["recipe"].get("mean") else "",
        namer=_NAMER.format(namer=settings["namer"]) if "namer" in settings else "",
        with_namer=" --namer NAMER" if "namer" in settings else "",
        confidence=_CONFIDENCE.format(
            corpora=", ".join(fitted), whose=" for the earliest of the models below," if "start" in settings else " later,"
        )
        if fitted
        else "",
        learned=settings["learned"],
        aside=settings["aside"],
        width=settings["width"],
        encoder=settings["encoder"],
        **{name: value for name, value in settings["recipe"].items() if name not in ("hidden", "mean")},
    )
