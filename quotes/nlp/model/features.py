"""The model's input features beside the words: tags, relations, shapes, quotation marks, layout, and what the rules found.

All of them are integers, each an index into a small embedding table. Zero means unknown: padding, or a field that was hidden in training
so that the model does not rely on it alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import Quotation
from quotes.nlp.parsing.parse import Parse, tokens_of
from quotes.records import Span

Integers = npt.NDArray[np.int64]

_TAG_NAMES = """$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS
RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``"""
_RELATION_NAMES = """ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative dep
det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct quantmod
relcl xcomp"""
#: Penn Treebank tags and ClearNLP relations, as spaCy's English pipelines give them; others count as unknown (1).
TAGS = tuple(_TAG_NAMES.split())
RELATIONS = tuple(_RELATION_NAMES.split())
ZONES = ("body", "headline", "subhead", "caption", "dateline", "byline", "timestamp", "section", "boilerplate")

#: Fields of a token, with the number of values of each (0 is unknown).
FIELDS = {"tag": len(TAGS) + 2, "relation": len(RELATIONS) + 2, "shape": 10, "marks": 8, "zone": len(ZONES) + 2, "rule": 10, "begins": 5}
#: Fields of a token as seen from an anchor.
PAIR_FIELDS = {"distance": 20, "path": len(RELATIONS) + 8, "rule": 7}

_TAG = {tag: number for number, tag in enumerate(TAGS, start=2)}
_RELATION = {relation: number for number, relation in enumerate(RELATIONS, start=2)}
_ZONE = {zone: number for number, zone in enumerate(ZONES, start=2)}
#: Zones that the model has not seen in training, as those that are most like them.
_ZONE |= {"standfirst": _ZONE["headline"], "pullquote": _ZONE["body"]}
_PATH = {relation: number for number, relation in enumerate(RELATIONS, start=8)}
_ROLE_OF_RULE = {"content": 2, "cue": 3, "source": 4}


@dataclass(frozen=True, slots=True)
class RuleRoles:
    """The rules' attributions in tokens: the role of each token, and the anchor of each cue (None without a cue)."""

    anchors: tuple[int | None, ...]
    roles: tuple[dict[int, int], ...]

    def at(self, anchor: int) -> dict[int, int] | None:
        """The roles, by token, of the attribution whose cue holds an anchor."""
        for roles in self.roles:
            if roles.get(anchor) == _ROLE_OF_RULE["cue"]:
                return roles
        return None


def anchor_of(parse: Parse, cue: Sequence[int]) -> int:
    """The token that stands for a cue: its head, the first if several. `cue` must not be empty."""
    inside = set(cue)
    verbs = [token for token in cue if parse.head[token] == token or parse.head[token] not in inside]
    return next((token for token in verbs if parse.tag[token][:2] in {"VB", "NN"}), verbs[0] if verbs else cue[0])


def rule_roles(parse: Parse, attributions: Sequence[Attribution]) -> RuleRoles:
    """The roles of the tokens in the rules' attributions."""
    anchors: list[int | None] = []
    roles: list[dict[int, int]] = []
    for each in attributions:
        of: dict[int, int] = {}
        for name, spans in (("content", each.contents), ("source", each.source.spans if each.source else ()), ("cue", each.cue)):
            of.update(dict.fromkeys(tokens_of(parse, spans), _ROLE_OF_RULE[name]))
        cue = [token for token, role in of.items() if role == _ROLE_OF_RULE["cue"]]
        anchors.append(anchor_of(parse, sorted(cue)) if cue else None)
        roles.append(of)
    return RuleRoles(tuple(anchors), tuple(roles))


def token_features(
    parse: Parse, found: RuleRoles, marks: Sequence[Quotation], paragraphs: Sequence[Span], zones: Sequence[tuple[str, int, int]]
) -> Integers:
    """Every field of every token: an array of shape (fields, tokens), in the order of `FIELDS`."""
    table = np.zeros((len(FIELDS), len(parse)), dtype=np.int64)
    table[0] = [_TAG.get(tag, 1) for tag in parse.tag]
    table[1] = [_RELATION.get(relation, 1) for relation in parse.dep]
    table[2] = [_shape(word) for word in parse.words]
    table[3] = _marks(parse, marks)
    table[4] = _zones(parse, zones)
    table[5] = _rules(parse, found)
    table[6] = _begins(parse, paragraphs)
    return table


def _shape(word: str) -> int:
    if word.isspace():
        return 1
    if not any(character.isalnum() for character in word):
        return 2
    if word.isdigit() or word[0].isdigit():
        return 3
    if word.islower():
        return 4
    if word.isupper():
        return 5 if len(word) == 1 else 6
    if word[0].isupper() and word[1:].islower():
        return 7
    return 8 if word[0].isupper() else 9


def _marks(parse: Parse, marks: Sequence[Quotation]) -> Integers:
    column = np.ones(len(parse), dtype=np.int64)
    for each in marks:  # outer before inner, which overwrites it
        first, last = parse.token_at(each.start), parse.token_at(max(each.start, each.end - 1))
        column[first : last + 1] = 2 if each.depth else (3 if each.closed else 4)
        column[first] = 5 if each.depth == 0 else 6
        if each.closed:
            column[min(last, len(parse) - 1)] = 7
    return column


def _zones(parse: Parse, zones: Sequence[tuple[str, int, int]]) -> Integers:
    column = np.full(len(parse), _ZONE["body"], dtype=np.int64)
    for kind, start, end in zones:
        column[parse.token_at(start) : parse.token_at(max(start, end - 1)) + 1] = _ZONE.get(kind, 1)
    return column


def _rules(parse: Parse, found: RuleRoles) -> Integers:
    column = np.ones(len(parse), dtype=np.int64)
    for anchor, roles in zip(found.anchors, found.roles, strict=True):
        before = -2
        for token in sorted(token for token, role in roles.items() if role == _ROLE_OF_RULE["content"]):
            begins = any(not parse.space(between) for between in range(before + 1, token)) or before < 0
            column[token] = (2 if begins else 3) if anchor is not None else (4 if begins else 5)
            before = token
    for roles in found.roles:
        for token, role in roles.items():
            if role != _ROLE_OF_RULE["content"]:
                nested = column[token] in (2, 3, 4, 5)
                column[token] = (8 if nested else 6) if role == _ROLE_OF_RULE["cue"] else (9 if nested else 7)
    return column


def _begins(parse: Parse, paragraphs: Sequence[Span]) -> Integers:
    column = np.ones(len(parse), dtype=np.int64)
    column[[first for first, _ in parse.bounds if first < len(parse)]] = 2
    for start, _ in paragraphs:
        column[parse.token_at(start)] = 3
    return column


def paragraph_numbers(parse: Parse, paragraphs: Sequence[Span]) -> Integers:
    """The number of each token's paragraph; blanks between paragraphs count to the one before."""
    column = np.zeros(len(parse), dtype=np.int64)
    for start, _ in paragraphs[1:]:
        column[parse.token_at(start) :] += 1
    return column


def pair_features(parse: Parse, anchor: int, first: int, last: int, found: RuleRoles, paragraph: Integers) -> Integers:
    """The pair features of the tokens from `first` to before `last` with an anchor: an array of shape (pair fields, last - first).

    The path is the relation of the anchor's child that a token is under: what is under the clausal complement of "said" is mostly what was
    said.
    """
    table = np.zeros((len(PAIR_FIELDS), last - first), dtype=np.int64)
    table[0] = _distance(np.arange(first, last) - anchor)
    path = table[1]
    path[:] = np.where(paragraph[first:last] == paragraph[anchor], 2, 1)
    begin, end = parse.bounds[parse.sentence[anchor]]
    path[max(begin - first, 0) : max(end - first, 0)] = 3
    for child in parse.children[anchor]:
        left, right = max(parse.left[child], first), min(parse.right[child] + 1, last)
        if left < right:
            path[left - first : right - first] = _PATH.get(parse.dep[child], 7)
    for above in parse.ancestors(anchor):
        if first <= above < last:
            path[above - first] = 4
    if first <= anchor < last:
        path[anchor - first] = 5
    roles = found.at(anchor)
    if roles is None:
        table[2] = 1
    else:
        table[2] = [roles.get(token, 1) + 1 for token in range(first, last)]
    return table


def _distance(offset: Integers) -> Integers:
    """Buckets that double in width: 1 to 19, 10 for the anchor itself."""
    width = np.minimum(np.ceil(np.log2(np.abs(offset) + 1)), 9).astype(np.int64)
    return np.asarray(10 + np.sign(offset) * width, dtype=np.int64)
