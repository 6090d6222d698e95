"""A trained model read: an article's windows in, attributions with their chances out.

The weights are three ONNX graphs run by ONNX Runtime on one thread: an encoder, which gives every token its state and the chance that a
cue hangs on it, a reader of roles, which says for each likely cue what each token is to it, and one of titles and institutions
(`affiliation_inference.py`). Each window is run alone: int8 activations take their scale from the whole of what is run together, so a
batch would let one article change another's quotes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from quotes.errors import PipelineError
from quotes.nlp.detection.quotation_marks import Quotation
from quotes.nlp.model.affiliation_inference import Page, Part, parts_of
from quotes.nlp.model.features import Found, pair_features, paragraph_numbers, token_features
from quotes.nlp.model.role_decoding import ROLES, best_rows, marginals, spans_of
from quotes.nlp.model.windows import Window, pieces_of, windows_of
from quotes.nlp.parsing.parse import Parse
from quotes.records import Span

FORMAT = 2
#: Chance of being a cue below which a token is not looked at further.
FAINT = 0.05

Floats = npt.NDArray[np.float32]
Tokens = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """One attribution as the model reads it: token ranges (end exclusive) of its parts, its chance of being one at all, how sure
    its content and its source are (the least of the chances of their tokens' roles), and the chance of each act."""

    anchor: int
    contents: tuple[Tokens, ...]
    cue: tuple[Tokens, ...]
    source: tuple[Tokens, ...]
    chance: float
    content_sure: float
    source_sure: float
    acts: tuple[float, ...]


class Model:
    """Weights in a folder: `model.json`, `tokenizer.json`, `encoder.onnx`, `roles.onnx`, `parts.onnx`. Loaded when first used,
    so that a process of its own can have a model of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.settings: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            written = self.settings.get("format")
            if written == FORMAT:
                self.steps = np.asarray(self.settings["steps"], dtype=np.float32)
                self.begin = np.asarray(self.settings["begin"], dtype=np.float32)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise PipelineError(f"{folder}: not a model of this program ({error}); name a folder that `quotes train` wrote") from error
        if written != FORMAT:
            raise PipelineError(f"{folder}: its format is {written}, this program reads {FORMAT}; train it again or update the program")
        self._loaded: tuple[Any, ...] | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_loaded": None}

    @property
    def sessions(self) -> tuple[Any, ...]:
        """Tokenizer, encoder, reader of roles and, of a model that has learned them, the reader of titles and institutions."""
        if self._loaded is None:
            self._loaded = _load(self.folder, ["encoder", "roles", *(["parts"] if self.settings.get("parts") else [])])
        return self._loaded

    def read(
        self, parse: Parse, found: Found, marks: Sequence[Quotation], paragraphs: Sequence[Span], zones: Sequence[tuple[str, int, int]]
    ) -> tuple[list[Reading], Floats, list[Page]]:
        """Every likely attribution of an article, the scores of the entity labels of each token (tokens, labels), and its windows as read,
        from which the parts of persons are found."""
        tokenizer, encoder, roles, *parts = self.sessions
        features = token_features(parse, found, marks, paragraphs, zones)
        numbers = paragraph_numbers(parse, paragraphs)
        firsts = [parse.token_at(start) for start, _ in paragraphs]
        entities = np.zeros((len(parse), 2 * len(self.settings["entities"]) + 1), dtype=np.float32)
        edges: tuple[int, int] = tuple(self.settings["edges"])
        likely: list[_Likely] = []
        pages: list[Page] = []
        for window in windows_of(parse, pieces_of(parse, tokenizer), firsts, edges=edges):
            states = _run(
                encoder,
                ids=window.ids[None],
                token=window.token[None],
                first=window.first[None],
                features=features[:, window.start : window.stop][None],
            )
            entities[window.start : window.stop] = states["entity"][0]
            if parts:
                pages.append(Page(window.start, window.stop, states["as_part"][0], states["as_person"][0]))
            likely += _likely(parse, window, states, found, numbers, roles)
        return self._attributions(likely), entities, pages

    def parts(self, parse: Parse, pages: Sequence[Page], anchors: Collection[int], paragraphs: Sequence[Span]) -> list[Part]:
        """Titles and institutions of whoever is named at the tokens `anchors`; none of a model that has not learned them."""
        return parts_of(parse, pages, anchors, self.sessions[-1], paragraph_numbers(parse, paragraphs)) if pages else []

    def _attributions(self, likely: Sequence[_Likely]) -> list[Reading]:
        """The best reading of each likely cue, those without a content left out. All of an article are decoded together: what one row is
        does not touch another."""
        if not likely:
            return []
        lengths = np.asarray([len(each.emissions) for each in likely])
        emissions = np.zeros((len(likely), int(lengths.max()), len(ROLES)), dtype=np.float32)
        for row, each in zip(emissions, likely, strict=True):
            row[: len(each.emissions)] = each.emissions
        best = best_rows(emissions, self.steps, self.begin, lengths)
        chances = np.take_along_axis(marginals(emissions, self.steps, self.begin, lengths), best[:, :, None], axis=2)[:, :, 0]
        return [
            _reading(each, row[:length].tolist(), sure[:length])
            for each, row, sure, length in zip(likely, best, chances, lengths.tolist(), strict=True)
            if (row == 1).any()
        ]


@dataclass(frozen=True, slots=True)
class _Likely:
    """A token that a cue may hang on: where its window starts, its chance, the scores of its window's roles, the chances of its acts."""

    start: int
    anchor: int
    chance: float
    emissions: Floats
    acts: Floats


def _likely(parse: Parse, window: Window, states: dict[str, Floats], found: Found, numbers: Any, roles: Any) -> list[_Likely]:
    chances = 1 / (1 + np.exp(-states["anchor"][0]))
    anchors = np.nonzero(chances > FAINT)[0]
    if not len(anchors):
        return []
    pairs = np.stack([pair_features(parse, window.start + int(at), window.start, window.stop, found, numbers) for at in anchors])
    emissions = _run(
        roles,
        tokens=np.repeat(states["as_token"], len(anchors), axis=0),
        anchors=states["as_anchor"][0][anchors][:, None],
        pairs=pairs,
    )["emissions"]
    acts = _softmax(states["act"][0][anchors])
    return [
        _Likely(window.start, window.start + int(at), float(chances[at]), scores, act)
        for at, scores, act in zip(anchors, emissions, acts, strict=True)
    ]


def _reading(each: _Likely, row: list[int], sure: Floats) -> Reading:
    def moved(kind: str) -> tuple[Tokens, ...]:
        return tuple((each.start + first, each.start + stop) for first, stop in spans_of(row, kind))

    def least(*roles: int) -> float:
        return min((float(chance) for role, chance in zip(row, sure.tolist(), strict=True) if role in roles), default=1.0)

    return Reading(
        each.anchor, moved("content"), moved("cue"), moved("source"), each.chance, least(1, 2), least(5, 6), tuple(map(float, each.acts))
    )


def _softmax(scores: Floats) -> Floats:
    grown = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True), dtype=np.float32)


def _run(session: Any, **inputs: Any) -> dict[str, Floats]:
    names = [each.name for each in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs), strict=True))


def _load(folder: Path, graphs: Sequence[str]) -> tuple[Any, ...]:
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        sessions = [
            onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"]) for name in graphs
        ]
    except Exception as error:  # the libraries raise errors of their own, without a common base
        why = (str(error) or type(error).__name__).splitlines()[0]
        raise PipelineError(f"{folder}: the model cannot be loaded ({why}); install it again, or use --model rules") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer, *sessions
