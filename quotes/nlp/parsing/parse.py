"""A Doc's parse as plain lists: what the rules look at, and cheap to look at often.

The rules are free functions over a `Parse`, so that they can be tested on a Doc built by hand, and so that no spaCy object outlives the
component.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, LENGTH, ORTH, SENT_START, TAG
from spacy.tokens import Doc

from quotes.records import Span, visible

#: Characters that stand at the edge of a content without belonging to it.
EDGE = " \t\n\r\xa0,;:—–-.…"
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
FINITE_TAGS = frozenset({"VBD", "VBP", "VBZ", "MD"})
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
PRONOUN_TAGS = frozenset({"PRP", "WP", "DT", "PRP$"})


@dataclass(frozen=True, slots=True)
class Parse:
    """Parallel lists over the tokens of an article.

    `words` are without what prints nothing (soft hyphens); `start` and `end` are characters; `left` and `right` the first and last token of
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
        """Whether a token is white space alone."""
        return self.tag[token] == "_SP" or self.words[token].isspace()

    def child(self, token: int, *deps: str) -> int | None:
        """The first child with one of these relations."""
        return next((each for each in self.children[token] if self.dep[each] in deps), None)

    def subtree(self, token: int) -> Iterator[int]:
        """The token and all below it, in no order."""
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
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if self.end[middle] <= character:
                low = middle + 1
            else:
                high = middle
        return low

    def span(self, first: int, last: int) -> Span:
        """The characters from one token to another, both included."""
        return Span(self.start[first], self.end[last])


class _Memory:
    """The table, and the white space behind it, that was read last, with its parse: one component after the other asks for the same."""

    last: tuple[bytes, str, Parse] | None = None


def parse_of(doc: Doc) -> Parse:
    """The parse of a Doc with tags, heads and sentence starts (entities where there are any). Nobody changes its lists."""
    table = doc.to_array([TAG, DEP, HEAD, IDX, LENGTH, SENT_START, ENT_TYPE, ENT_IOB, ORTH]).astype("int64")
    key = (table.tobytes(), doc[-1].whitespace_ if len(doc) else "")  # all that a parse is made of
    last = _Memory.last
    if last is None or last[:2] != key:
        last = _Memory.last = (*key, _read(doc, table))
    return last[2]


def _read(doc: Doc, table: Any) -> Parse:
    strings = doc.vocab.strings
    names: dict[int, str] = {0: ""}

    def named(values: Iterable[int]) -> list[str]:
        result = []
        for value in values:
            if value not in names:
                names[value] = strings[value & 0xFFFFFFFFFFFFFFFF]
            result.append(names[value])
        return result

    columns = [table[:, column].tolist() for column in range(9)]
    tags, deps, entities, words = named(columns[0]), named(columns[1]), named(columns[6]), named(columns[8])
    if visible(doc.text) != doc.text:
        words = [visible(word) or word for word in words]
    head = [index + offset for index, offset in enumerate(columns[2])]
    start = columns[3]
    end = [at + length for at, length in zip(start, columns[4], strict=True)]
    left, right, children = _subtrees(head)
    sentence, bounds = _sentences(columns[5], len(words))
    return Parse(
        doc.text,
        words,
        [word.lower() for word in words],
        tags,
        deps,
        head,
        start,
        end,
        left,
        right,
        children,
        sentence,
        bounds,
        entities,
        [iob == 3 for iob in columns[7]],
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


def _sentences(starts: Sequence[int], length: int) -> tuple[list[int], list[tuple[int, int]]]:
    sentence, bounds, first = [], [], 0
    for token in range(length):
        if starts[token] == 1 and token > first:
            bounds.append((first, token))
            first = token
        sentence.append(len(bounds))
    bounds.append((first, length))
    return sentence, bounds


def token_spans(parse: Parse, tokens: Iterable[int]) -> list[Span]:
    """Tokens as character spans: neighbours joined, tokens of mere punctuation off the edges (quotation marks are kept).

    A full stop that belongs to its token ("U.S.") stays. Runs without a letter or a digit are left out.
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
    """The tokens, blanks left out, of which a character stands in one of the spans."""
    tokens: list[int] = []
    for start, end in spans:
        token = parse.token_at(start)
        while token < len(parse) and parse.start[token] < end:
            if not parse.space(token):
                tokens.append(token)
            token += 1
    return tokens
