"""The trained model run over an article: windows in, predicted attributions out.

The weights are three ONNX graphs run by ONNX Runtime on one thread: an encoder, which gives every token its state and the probability
that it is the anchor of a cue; one that gives each token its role in the attribution of a likely anchor; and one of titles and
institutions (`affiliation_inference.py`). Each window is run alone: int8 activations take their scale from the whole of what is run
together, so a batch would let one article change another's quotes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from quotes.errors import PipelineError
from quotes.nlp.detection.quotation_marks import Quotation
from quotes.nlp.model.affiliation_inference import Floats, Part, WindowStates, predict_parts, softmax
from quotes.nlp.model.features import RuleRoles, pair_features, paragraph_numbers, token_features
from quotes.nlp.model.role_decoding import ROLES, marginals, role_spans, viterbi
from quotes.nlp.model.windows import split_windows, word_pieces
from quotes.nlp.parsing.parse import Parse
from quotes.records import Span

FORMAT = 2
#: Probability of being an anchor below which a token is not looked at further.
MIN_PROBABILITY = 0.05

Tokens = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Prediction:
    """One attribution as the model predicts it: the token ranges (end exclusive) of its parts, the probability that there is one, the
    confidence in content and source (the least probability of their tokens' roles), and the probability of each act."""

    anchor: int
    contents: tuple[Tokens, ...]
    cue: tuple[Tokens, ...]
    source: tuple[Tokens, ...]
    probability: float
    content_confidence: float
    source_confidence: float
    acts: tuple[float, ...]


class Model:
    """The weights in a folder: `model.json`, `tokenizer.json`, `encoder.onnx`, `roles.onnx`, `parts.onnx`. Loaded when first used, so that
    a worker process can load its own."""

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
        """The tokenizer and the sessions of the encoder, of the roles and, in a model that has learned them, of titles and institutions."""
        if self._loaded is None:
            self._loaded = _load(self.folder, ["encoder", "roles", *(["parts"] if self.settings.get("parts") else [])])
        return self._loaded

    def predict(
        self, parse: Parse, rules: RuleRoles, marks: Sequence[Quotation], paragraphs: Sequence[Span], zones: Sequence[tuple[str, int, int]]
    ) -> tuple[list[Prediction], Floats, list[WindowStates]]:
        """The attributions of an article, the scores of the entity labels (tokens, labels), and the states that `parts` needs."""
        tokenizer, encoder, roles, *parts = self.sessions
        features = token_features(parse, rules, marks, paragraphs, zones)
        numbers = paragraph_numbers(parse, paragraphs)
        firsts = [parse.token_at(start) for start, _ in paragraphs]
        entities = np.zeros((len(parse), 2 * len(self.settings["entities"]) + 1), dtype=np.float32)
        anchors: list[_Anchor] = []
        windows: list[WindowStates] = []
        for window in split_windows(parse, word_pieces(parse, tokenizer), firsts, edges=tuple(self.settings["edges"])):
            start, stop = window.start, window.stop
            states = _run(
                encoder,
                ids=window.ids[None],
                token=window.token[None],
                first=window.first[None],
                features=features[:, start:stop][None],
            )
            entities[start:stop] = states["entity"][0]
            if parts:
                windows.append(WindowStates(start, stop, states["as_part"][0], states["as_person"][0]))
            probabilities = 1 / (1 + np.exp(-states["anchor"][0]))
            likely = np.nonzero(probabilities > MIN_PROBABILITY)[0]
            if len(likely):
                pairs = np.stack([pair_features(parse, start + at, start, stop, rules, numbers) for at in likely.tolist()])
                tokens = np.repeat(states["as_token"], len(likely), axis=0)
                emissions = _run(roles, tokens=tokens, anchors=states["as_anchor"][0][likely][:, None], pairs=pairs)["emissions"]
                of_anchors = zip(likely.tolist(), probabilities[likely].tolist(), emissions, softmax(states["act"][0][likely]), strict=True)
                anchors += [_Anchor(start, start + at, probability, scores, acts) for at, probability, scores, acts in of_anchors]
        return self._decode(anchors), entities, windows

    def parts(self, parse: Parse, windows: Sequence[WindowStates], anchors: Collection[int], paragraphs: Sequence[Span]) -> list[Part]:
        """The titles and institutions of the persons at the tokens `anchors`; none with a model that has not learned them."""
        return predict_parts(parse, windows, anchors, self.sessions[-1], paragraph_numbers(parse, paragraphs)) if windows else []

    def _decode(self, anchors: Sequence[_Anchor]) -> list[Prediction]:
        """The best roles for each anchor, decoded together; anchors without a content are left out."""
        if not anchors:
            return []
        lengths = np.asarray([len(each.emissions) for each in anchors])
        emissions = np.zeros((len(anchors), int(lengths.max()), len(ROLES)), dtype=np.float32)
        for row, each in zip(emissions, anchors, strict=True):
            row[: len(each.emissions)] = each.emissions
        best = viterbi(emissions, self.steps, self.begin, lengths)
        chosen = np.take_along_axis(marginals(emissions, self.steps, self.begin, lengths), best[:, :, None], axis=2)[:, :, 0]
        return [
            _prediction(each, row[:length].tolist(), probabilities[:length].tolist())
            for each, row, probabilities, length in zip(anchors, best, chosen, lengths.tolist(), strict=True)
            if (row == 1).any()
        ]


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A token that is likely the anchor of a cue: where its window starts, its probability, its window's role scores, its acts."""

    start: int
    anchor: int
    probability: float
    emissions: Floats
    acts: Floats


def _prediction(each: _Anchor, row: list[int], probabilities: list[float]) -> Prediction:
    def tokens(kind: str) -> tuple[Tokens, ...]:
        return tuple((each.start + first, each.start + stop) for first, stop in role_spans(row, kind))

    def least(*roles: int) -> float:
        return min((probability for role, probability in zip(row, probabilities, strict=True) if role in roles), default=1.0)

    acts = tuple(each.acts.tolist())
    return Prediction(each.anchor, tokens("content"), tokens("cue"), tokens("source"), each.probability, least(1, 2), least(5, 6), acts)


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
