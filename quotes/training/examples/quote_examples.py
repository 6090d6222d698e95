"""Training examples of attributions: windows of an article with the labels of every token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from quotes.corpora.gold import Attribution
from quotes.nlp.detection.quotation_marks import find_quotations, paragraphs_of
from quotes.nlp.model.features import Integers, RuleRoles, anchor_of, pair_features, paragraph_numbers, rule_roles, token_features
from quotes.nlp.model.span_fitting import without_that
from quotes.nlp.model.windows import MAX_PIECES, split_windows, word_pieces
from quotes.nlp.parsing.parse import Parse, tokens_of, trim
from quotes.records import Span

#: The label that a loss ignores.
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its labels.

    `features` (fields, tokens); `flat` each token's role in any attribution; `entities` the labels of named entities; `anchors` the heads
    of cues, with their `acts` (IGNORED where unknown), `roles` (anchors, tokens) and `pairs` (anchors, pair fields, tokens).
    """

    ids: Integers
    token: Integers
    first: Integers
    features: Integers
    flat: Integers
    entities: Integers
    anchors: Integers
    acts: Integers
    roles: Integers
    pairs: Integers

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Answer:
    """A gold attribution in tokens."""

    anchor: int
    content: tuple[tuple[int, ...], ...]
    cue: tuple[tuple[int, ...], ...]
    source: tuple[tuple[int, ...], ...]
    act: int


def answers(parse: Parse, gold: Sequence[Attribution], acts: Sequence[int]) -> Iterator[Answer]:
    """The attributions that a model can learn: those with a cue, their spans in tokens, contents without a leading "that"."""
    for each, act in zip(gold, acts, strict=True):
        cue = spans_in_tokens(parse, each.cue)
        content = spans_in_tokens(parse, [span for start, end in each.content for span in [clean(parse.text, start, end)] if span])
        if cue and content:
            yield Answer(
                anchor_of(parse, sorted({token for span in cue for token in span})), content, cue, spans_in_tokens(parse, each.source), act
            )


def clean(text: str, start: int, end: int) -> Span | None:
    """A content as the program prints it: no punctuation at its edges, no leading "that"."""
    span = trim(text, start, end)
    return span and without_that(text, span)


def spans_in_tokens(parse: Parse, spans: Sequence[Span]) -> tuple[tuple[int, ...], ...]:
    """The tokens of each span, spans without one left out."""
    return tuple(tokens for span in spans for tokens in [tuple(tokens_of(parse, [span]))] if tokens)


def examples_of(
    parse: Parse,
    gold: Sequence[Attribution],
    acts: Sequence[int],
    rules: RuleRoles,
    entities: Integers,
    zones: Sequence[tuple[str, int, int]],
    tokenizer: Tokenizer,
    *,
    edges: tuple[int, int],
    longest: int = MAX_PIECES,
) -> Iterator[Example]:
    """The windows of an annotated article. An attribution belongs to the window of its anchor; what lies outside it is left out."""
    paragraphs = paragraphs_of(parse.text)
    features = token_features(parse, rules, find_quotations(parse.text, paragraphs), paragraphs, zones)
    numbers = paragraph_numbers(parse, paragraphs)
    found = list(answers(parse, gold, acts))
    starts = [parse.token_at(start) for start, _ in paragraphs]
    for window in split_windows(parse, word_pieces(parse, tokenizer), starts, edges=edges, longest=longest):
        start, stop = window.start, window.stop
        inside = [each for each in found if start <= each.anchor < stop]
        flat = np.zeros(stop - start, dtype=np.int64)
        for each in found:
            _write(flat, each, start)
        roles = np.zeros((len(inside), stop - start), dtype=np.int64)
        for row, each in zip(roles, inside, strict=True):
            _write(row, each, start)
        pairs = [pair_features(parse, each.anchor, start, stop, rules, numbers) for each in inside]
        yield Example(
            window.ids,
            window.token,
            window.first,
            features[:, start:stop],
            flat,
            entities[start:stop],
            np.asarray([each.anchor - start for each in inside], dtype=np.int64),
            np.asarray([each.act for each in inside], dtype=np.int64),
            roles,
            np.stack(pairs) if pairs else np.zeros((0, 3, stop - start), dtype=np.int64),
        )


def _write(row: Integers, each: Answer, start: int) -> None:
    """Write the roles of an attribution into a row, content first, source over it, cue over both: where roles overlap, the shorter is the
    more specific. What such an overlap cuts in two begins anew behind it."""
    for begin, spans in ((1, each.content), (5, each.source), (3, each.cue)):
        for tokens in spans:
            low, high = max(tokens[0] - start, 0), min(tokens[-1] - start + 1, len(row))
            if low < high:
                row[low:high] = begin + 1
                row[low] = begin
    before = np.concatenate(([0], row[:-1]))
    torn = (row > 0) & (row % 2 == 0) & (before != row) & (before != row - 1)
    row[torn] -= 1


def rules_of(parse: Parse) -> RuleRoles:
    """What the rules find in a text, by token."""
    from quotes.nlp.rules.detect import detect

    return rule_roles(parse, detect(parse))
