"""Training examples of titles and institutions: for each mention of a speaker, the labels of the tokens near it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from quotes.corpora.gold import GoldSpeaker
from quotes.nlp.detection.quotation_marks import find_quotations, paragraphs_of
from quotes.nlp.model.affiliation_inference import nearby_tokens
from quotes.nlp.model.features import Integers, RuleRoles, pair_features, paragraph_numbers, token_features
from quotes.nlp.model.role_decoding import PARTS
from quotes.nlp.model.windows import split_windows, word_pieces
from quotes.nlp.parsing.parse import Parse, tokens_of
from quotes.records import Span
from quotes.training.examples.name_labels import places
from quotes.training.examples.quote_examples import IGNORED

#: A title repeated within so many tokens of a name is that person's.
_BESIDE = 8
#: The end of a sentence counts as so many tokens: a title belongs to the name in its own sentence rather than to a nearer one in another.
_SENTENCE = 40


@dataclass(frozen=True, slots=True)
class PartExample:
    """A window with the mentions of speakers in it.

    `ids`, `token`, `first`, `features` as of an Example; `anchors` tokens, `near` (anchors, tokens near each), `labels` (the same, IGNORED
    where it is not known) and `pairs` (anchors, pair fields, tokens near).
    """

    ids: Integers
    token: Integers
    first: Integers
    features: Integers
    anchors: Integers
    near: Integers
    labels: Integers
    pairs: Integers


def part_examples(
    parse: Parse,
    rules: RuleRoles,
    speakers: Sequence[GoldSpeaker],
    mentions: Sequence[tuple[GoldSpeaker, Span]],
    zones: Sequence[tuple[str, int, int]],
    tokenizer: Tokenizer,
    *,
    edges: tuple[int, int],
) -> Iterator[PartExample]:
    """The windows of an article in which a speaker is mentioned. `mentions` are the sources of quotes, each with its speaker."""
    rows = {anchor: row for each in speakers for anchor, row in _rows(parse, each, mentions).items()}
    paragraphs = paragraphs_of(parse.text)
    features = token_features(parse, rules, find_quotations(parse.text, paragraphs), paragraphs, zones)
    numbers = paragraph_numbers(parse, paragraphs)
    starts = [parse.token_at(start) for start, _ in paragraphs]
    for window in split_windows(parse, word_pieces(parse, tokenizer), starts, edges=edges):
        start, stop = window.start, window.stop
        anchors = np.asarray(sorted(anchor for anchor in rows if start <= anchor < stop), dtype=np.int64)
        if len(anchors):
            near = nearby_tokens(anchors - start, stop - start)
            labels = np.stack([rows[anchor][start:stop] for anchor in anchors])
            pairs = np.stack([pair_features(parse, int(anchor), start, stop, RuleRoles((), ()), numbers) for anchor in anchors])
            yield PartExample(
                window.ids,
                window.token,
                window.first,
                features[:, start:stop],
                anchors - start,
                near,
                np.take_along_axis(labels, near, axis=1),
                np.take_along_axis(pairs, near[:, None], axis=2),
            )


def _rows(parse: Parse, speaker: GoldSpeaker, mentions: Sequence[tuple[GoldSpeaker, Span]]) -> dict[int, Integers]:
    """For each token that names a speaker, the label of each token of the article.

    A title or an institution belongs to the mention nearest to it; whether to others too is not known.
    """
    anchors = _anchors(parse, speaker, mentions)
    rows = {anchor: np.zeros(len(parse), dtype=np.int64) for anchor in anchors}
    if not anchors:
        return rows

    def distance(anchor: int, tokens: Sequence[int]) -> int:
        apart = min(abs(anchor - tokens[0]), abs(anchor - tokens[-1]))
        return apart + (0 if parse.sentence[anchor] == parse.sentence[tokens[0]] else _SENTENCE)

    for kind, names in (("institution", speaker.institutions), ("title", speaker.titles)):  # the title inside an institution's name over it
        begin = PARTS.index(f"B-{kind}")
        found = _places_of(parse, names)
        best = {
            name: min((distance(anchor, tokens), tokens[0]) for of, tokens in found if of == name for anchor in anchors)
            for name, _ in found
        }
        for name, tokens in found:
            nearest = min(anchors, key=lambda anchor: distance(anchor, tokens))
            belongs = best[name][1] == tokens[0] or (kind == "title" and distance(nearest, tokens) < _BESIDE)
            for anchor in anchors:
                rows[anchor][tokens] = begin + 1 if belongs and anchor == nearest else IGNORED
            if belongs:
                rows[nearest][tokens[0]] = begin
    return rows


def _anchors(parse: Parse, speaker: GoldSpeaker, mentions: Sequence[tuple[GoldSpeaker, Span]]) -> list[int]:
    """The tokens that name a person: the last of each full name and family name; of whoever has no name, the heads of their mentions."""
    if speaker.kind in {"document", "organisation"}:
        return []
    if speaker.kind == "person":
        names = [speaker.name]
        family = speaker.name.split()[-1]
        if family != speaker.name and family[:1].isupper() and len(family) > 2:
            names.append(family)
        spans = [Span(*match.span()) for name in names for match in places(parse.text, name)]
        return sorted({tokens[-1] for span in spans for tokens in [tokens_of(parse, [span])] if tokens})
    heads = set()
    for who, span in mentions:
        tokens = tokens_of(parse, [span]) if who == speaker else []
        heads |= set([token for token in tokens if parse.head[token] == token or parse.head[token] not in tokens][:1])
    return sorted(heads)


def _places_of(parse: Parse, names: Sequence[str]) -> list[tuple[str, list[int]]]:
    """Where names stand, in tokens, longer ones first; what stands inside another is left out."""
    taken: list[tuple[str, list[int]]] = []
    for name in sorted(names, key=len, reverse=True):
        for match in places(parse.text, name):
            tokens = tokens_of(parse, [match.span()])
            if tokens and all(tokens[-1] < other[0] or other[-1] < tokens[0] for _, other in taken):
                taken.append((name, tokens))
    return taken
