"""A Doc's parse as plain lists, which are cheap to read often, and the custom attributes of a Doc.

The rules are functions of a `Parse`, so that they can be tested on a Doc built by hand, and so that no spaCy object outlives the component.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, LENGTH, ORTH, SENT_START, TAG
from spacy.tokens import Doc

from quotes.records import Span

#: The custom attributes of a Doc: plain values only (str, int, tuple, dict), so that several processes and DocBin work.
#: `zones`: (kind, start, end) of each zone, empty until a reader or the layout component fills them. `attributions`: what rules or model
#: found, as `Attribution.as_plain` with kind and confidence; `parts`: the titles and institutions that the model predicted. `quotes`: the
#: quotes in the order of the text, each in the form of `quotes extract` with `affiliations` and `zone`. `topics`: the article's topics, the
#: foremost first. `evidence`: how name, title and institution of each quote's speaker were read (None for what is not given).
#: `original_text`, `alignment`: the original text, where the Doc is of a clean copy, and where the two run in parallel; until the last
#: component all offsets are those of the copy, `doc.text`.
EXTENSIONS = ("zones", "attributions", "quotes", "evidence", "topics", "original_text", "alignment", "parts")
for _name in EXTENSIONS:
    Doc.set_extension(_name, default=(), force=True)

#: Characters that are no part of a content at its edges.
EDGE = " \t\n\r\xa0,;:—–-.…"
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
FINITE_TAGS = frozenset({"VBD", "VBP", "VBZ", "MD"})
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
PRONOUN_TAGS = frozenset({"PRP", "WP", "DT", "PRP$"})


@dataclass(frozen=True, slots=True)
class Parse:
    """Parallel lists over the tokens of an article.

    `start` and `end` are characters; `left` and `right` the first and last token of
    the subtree (right inclusive); `sentence` numbers the sentences; `entity` is the label of the named entity a token is in, or an empty
    string; `begins` marks an entity's first token.
    """

    text: str
    words: list[str]
    lower: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    start: list[int]
    end: list[int]
    left: list[int]
    right: list[int]
    children: list[list[int]]
    sentence: list[int]
    bounds: list[tuple[int, int]]
    entity: list[str]
    begins: list[bool]

    def __len__(self) -> int:
        return len(self.words)

    def space(self, token: int) -> bool:
        """Whether a token is white space."""
        return self.tag[token] == "_SP" or self.words[token].isspace()

    def child(self, token: int, *deps: str) -> int | None:
        """The first child with one of these relations."""
        return next((each for each in self.children[token] if self.dep[each] in deps), None)

    def subtree(self, token: int) -> Iterator[int]:
        """The token and all its descendants, in no order."""
        stack = [token]
        while stack:
            each = stack.pop()
            yield each
            stack.extend(self.children[each])

    def ancestors(self, token: int) -> Iterator[int]:
        """The heads above a token, the nearest first."""
        while self.head[token] != token:
            token = self.head[token]
            yield token

    def token_at(self, character: int) -> int:
        """The token that holds a character, or the first one after it; `len(self)` past the end."""
        return bisect_right(self.end, character)

    def span(self, first: int, last: int) -> Span:
        """The characters from one token to another, both included."""
        return Span(self.start[first], self.end[last])


_ATTRIBUTES = [TAG, DEP, HEAD, IDX, LENGTH, SENT_START, ENT_TYPE, ENT_IOB, ORTH]
#: The last parse with what it was made of: one component after the other asks for the same.
_cache: dict[tuple[bytes, str], Parse] = {}


def parse_of(doc: Doc) -> Parse:
    """The parse of a Doc with tags, heads and sentence starts (entities where there are any). Its lists are shared: do not change them."""
    table = doc.to_array(_ATTRIBUTES).astype("int64")
    key = (table.tobytes(), doc[-1].whitespace_ if len(doc) else "")  # all that a parse is made of
    parse = _cache.get(key)
    if parse is None:
        _cache.clear()
        parse = _cache[key] = _read(doc, table)
    return parse


def _read(doc: Doc, table: Any) -> Parse:
    tags, deps, heads, starts, lengths, sentence_starts, entities, iobs, words = (table[:, column].tolist() for column in range(9))
    strings = {each: doc.vocab.strings[each & 0xFFFFFFFFFFFFFFFF] if each else "" for each in {*tags, *deps, *entities, *words}}
    forms = [strings[word] for word in words]
    head = [token + offset for token, offset in enumerate(heads)]
    left, right, children = _subtrees(head)
    sentence, bounds = _sentences(sentence_starts)
    return Parse(
        text=doc.text,
        words=forms,
        lower=[word.lower() for word in forms],
        tag=[strings[tag] for tag in tags],
        dep=[strings[dep] for dep in deps],
        head=head,
        start=starts,
        end=[start + length for start, length in zip(starts, lengths, strict=True)],
        left=left,
        right=right,
        children=children,
        sentence=sentence,
        bounds=bounds,
        entity=[strings[entity] for entity in entities],
        begins=[iob == 3 for iob in iobs],
    )


def _subtrees(head: Sequence[int]) -> tuple[list[int], list[int], list[list[int]]]:
    left, right = list(range(len(head))), list(range(len(head)))
    children: list[list[int]] = [[] for _ in head]
    for token, above in enumerate(head):
        if above != token:
            children[above].append(token)
    order: list[int] = []
    stack = [token for token, above in enumerate(head) if above == token]
    while stack:
        token = stack.pop()
        order.append(token)
        stack.extend(children[token])
    for token in reversed(order):
        above = head[token]
        if above != token:
            left[above] = min(left[above], left[token])
            right[above] = max(right[above], right[token])
    return left, right, children


def _sentences(starts: Sequence[int]) -> tuple[list[int], list[tuple[int, int]]]:
    """The number of each token's sentence, and the first token of each sentence with the one after its last."""
    firsts = [token for token, start in enumerate(starts) if start == 1 and token]
    bounds = list(pairwise([0, *firsts, len(starts)]))
    return [number for number, (first, stop) in enumerate(bounds) for _ in range(first, stop)], bounds


def token_spans(parse: Parse, tokens: Iterable[int]) -> list[Span]:
    """Tokens as character spans: neighbours merged, punctuation tokens removed from the edges (quotation marks are kept).

    A full stop that belongs to its token ("U.S.") stays. Spans without a letter or a digit are left out.
    """
    groups: list[list[int]] = []
    for token in sorted(tokens):
        if groups and all(parse.space(between) for between in range(groups[-1][-1] + 1, token)):
            groups[-1].append(token)
        else:
            groups.append([token])
    spans = []
    for group in groups:
        while group and _edge(parse.words[group[0]]):
            del group[0]
        while group and _edge(parse.words[group[-1]]):
            group.pop()
        if group and any(character.isalnum() for token in group for character in parse.words[token]):
            spans.append(parse.span(group[0], group[-1]))
    return spans


def _edge(word: str) -> bool:
    return all(character in EDGE for character in word)


def trim(text: str, start: int, end: int) -> Span | None:
    """A span without white space and punctuation at its edges, or None when nothing is left."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return Span(start, end) if end > start else None


def tokens_of(parse: Parse, spans: Iterable[Sequence[int]]) -> list[int]:
    """The tokens, white space left out, that share a character with one of the spans."""
    return [
        token for start, end in spans for token in range(parse.token_at(start), bisect_left(parse.start, end)) if not parse.space(token)
    ]
