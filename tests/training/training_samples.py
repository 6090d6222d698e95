"""What training is tested on: invented news, a parse drawn by a rule of thumb, a tokenizer of a few words. All of it needs no torch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.tokens import Doc, Span
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from quotes.corpora.gold import Attribution, GoldArticle, GoldSpeaker
from quotes.corpora.marked import parse_marked
from quotes.nlp.model.features import FIELDS, PAIR_FIELDS, RuleRoles
from quotes.nlp.model.role_decoding import ROLES
from quotes.nlp.parsing.parse import Parse, parse_of
from quotes.readers.layout.plain_text import article_from_text
from quotes.training.examples.quote_examples import Example, examples_of

#: The words that hold a sentence together, with their tags.
VERBS = {"said": "VBD", "added": "VBD", "believe": "VBP", "hummed": "VBD", "according": "VBG"}
NAMES = {"Ines", "Duarte", "Omar", "Lind"}
#: What the tokenizer knows; `weirs` is two pieces, any other word is unknown.
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "said", "weir", "##s", "held", "the", "“", "”", ",", ".", "[MASK]"]
EDGES = (PIECES.index("[CLS]"), PIECES.index("[SEP]"))


#: A speaker with a title and an institution, and a text that names them.
INES = GoldSpeaker("Ines Duarte", "person", ("mayor",), ("Port of Salin",))
INES_TEXT = "Ines Duarte , mayor of the Port of Salin , said so . The mayor went . Duarte said no ."


@cache
def _english() -> Any:
    return spacy.blank("en")


@cache
def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordPiece({piece: number for number, piece in enumerate(PIECES)}, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def drawn(doc: Doc) -> Doc:
    """The Doc with a parse: each sentence hangs on its first verb, or else its first word; a name at the verb's side is its subject."""
    words = [token.text for token in doc]
    starts = [0, *(at + 1 for at, word in enumerate(words[:-1]) if word == ".")]
    heads, deps, begins = [], [], []
    for start, stop in zip(starts, [*starts[1:], len(words)], strict=True):
        root = next((at for at in range(start, stop) if words[at] in VERBS), start)
        for at in range(start, stop):
            beside = words[at] in NAMES and abs(at - root) == 1
            deps.append("ROOT" if at == root else "nsubj" if beside else "dep")
            heads.append(root)
            begins.append(at == start)
    tags = ["_SP" if word.isspace() else VERBS.get(word, "NNP" if word in NAMES else "NN") for word in words]
    parsed = Doc(
        doc.vocab,
        words=words,
        spaces=[bool(token.whitespace_) for token in doc],
        tags=tags,
        deps=deps if words else None,
        heads=heads if words else None,
        sent_starts=None if words else begins,
    )
    parsed.ents = _people(parsed)
    parsed._.zones = doc._.zones
    return parsed


def _people(doc: Doc) -> list[Span]:
    found: list[tuple[int, int]] = []
    for token in doc:
        if token.text in NAMES:
            if found and found[-1][1] == token.i:
                found[-1] = (found[-1][0], token.i + 1)
            else:
                found.append((token.i, token.i + 1))
    return [Span(doc, start, stop, "PERSON") for start, stop in found]


def parse(text: str) -> Parse:
    return parse_of(drawn(_english().make_doc(text)))


class Pipeline:
    """A stand-in for `quotes.load(model="rules")` that remembers what it parsed and which parts were asleep meanwhile."""

    pipe_names = ("quotes_layout", "tagger", "parser", "ner", "quotes_detector", "quotes_resolver", "quotes_topics")

    def __init__(self, version: str = "1") -> None:
        self.meta = {"name": "by_thumb", "version": version}
        self.parsed: list[str] = []
        self.asleep: list[str] = []

    def make_doc(self, text: str) -> Doc:
        return _english().make_doc(text)

    def select_pipes(self, *, disable: list[str]) -> Any:
        self.asleep = disable
        return nullcontext()

    def pipe(self, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        for doc in docs:
            self.parsed.append(doc.text)
            yield drawn(doc)


def marked(passage: str) -> tuple[str, tuple[Attribution, ...]]:
    """The text of a marked passage and its attributions, nobody having said of which act they are."""
    text, attributions = parse_marked(passage, source=Path("sample.txt"))
    return text, tuple(replace(each, act=None) for each in attributions)


def gold_article(passage: str, name: str = "weir") -> GoldArticle:
    text, attributions = marked(passage)
    return GoldArticle(name, article_from_text(text), attributions)


def windows(
    text: str, attributions: Sequence[Attribution], *, acts: Sequence[int] | None = None, rules: RuleRoles | None = None, longest: int = 256
) -> list[Example]:
    """The windows of an annotated text of which the rules found nothing unless `rules` says so."""
    read = parse(text)
    acts = [0] * len(attributions) if acts is None else acts
    labels = np.zeros(len(read), dtype=np.int64)
    return list(
        examples_of(read, attributions, acts, rules or RuleRoles((), ()), labels, (), tokenizer(), edges=EDGES, longest=longest),
    )


def told(text: str, row: Iterable[int], start: int = 0) -> list[tuple[str, str]]:
    """The words that have a role, with it; `start` is the first token of the window."""
    words = parse(text).words
    return [(words[start + at], ROLES[role]) for at, role in enumerate(row) if role]


def example(tokens: int = 8, anchors: Sequence[int] = (3,), *, act: int = 0, seed: int = 0) -> Example:
    """A window of its own pattern: at each anchor a cue, behind it a source, before it a content; one piece a token."""
    chance = np.random.default_rng(seed)
    ids = np.full(tokens, 5)
    flat = np.zeros(tokens, dtype=np.int64)
    roles = np.zeros((len(anchors), tokens), dtype=np.int64)
    for row, at in zip(roles, anchors, strict=True):
        row[at - 2 : at + 2] = [1, 2, 3, 5]
        ids[at - 2 : at + 2] = [6, 6, 7, 8]
        flat += row
    return Example(
        ids=np.concatenate(([2], ids, [3])),
        token=np.concatenate(([-1], np.arange(tokens), [-1])),
        first=np.arange(1, tokens + 1),
        features=np.stack([chance.integers(1, size, tokens) for size in FIELDS.values()]),
        flat=flat,
        entities=(flat > 4).astype(np.int64),
        anchors=np.asarray(anchors, dtype=np.int64),
        acts=np.full(len(anchors), act, dtype=np.int64),
        roles=roles,
        pairs=np.stack([chance.integers(1, size, (len(anchors), tokens)) for size in PAIR_FIELDS.values()], axis=1),
    )
