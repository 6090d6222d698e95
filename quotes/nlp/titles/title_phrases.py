"""The words that say what somebody is, and how far a phrase of them goes."""

from __future__ import annotations

from functools import cache

from quotes import lexicons
from quotes.nlp.names.organisation_spans import Tokens
from quotes.nlp.parsing.parse import FINITE_TAGS, NOUN_TAGS, Parse

_BREAKS = frozenset({";", ":", "—", "–", "(", ")", ".", "”", '"', "“", "?", "!"})


@cache
def role_class(*classes: str) -> frozenset[str]:
    """The nouns of any of these classes of roles in `role_classes.tsv`."""
    return frozenset(noun for noun, own in lexicons.rows("role_classes.tsv") if not set(classes).isdisjoint(own.split()))


def is_role_noun(parse: Parse, token: int) -> bool:
    """Whether a word says what somebody is; a capitalised one inside a sentence may be a name that merely ends like a role ("Garner")."""
    word = parse.words[token]
    opens = token == parse.bounds[parse.sentence[token]][0] and parse.tag[token] in {"NN", "NNS"}
    if word[:1].isupper() and not opens:
        return lexicons.is_listed_role(parse.lower[token])
    listed = lexicons.is_listed_role(parse.lower[token]) or parse.tag[token] in NOUN_TAGS
    return listed and lexicons.is_role(parse.lower[token])


def is_staff_title(parse: Parse, title: Tokens | None) -> bool:
    """Whether a title is of those who speak or work for a candidate's campaign or an official's office."""
    return title is not None and any(parse.lower[token] in role_class("staff") for token in range(title[0], title[1] + 1))


def is_plural(parse: Parse, title: Tokens) -> bool:
    """Whether a title is of several people, and so not of one beside it."""
    head = next((token for token in range(title[0], title[1] + 1) if is_role_noun(parse, token)), title[1])
    return parse.tag[head] in {"NNS", "NNPS"} and not lexicons.is_listed_role(parse.lower[head])


def phrase_end(parse: Parse, first: int, last: int) -> int:
    """Where a noun phrase ends: before a verb, a relative word, a comma, a mark."""
    for token in range(first, last + 1):
        word = parse.lower[token]
        if parse.words[token] in _BREAKS or parse.words[token] == "," or "\n" in parse.words[token]:
            return token - 1
        if word in {"who", "which", "whose", "that", "where", "when", "until", "till", "since"}:
            return token - 1
        if parse.tag[token] in FINITE_TAGS and not parse.words[token][:1].isupper():
            return token - 1
        if parse.tag[token] in {"VBN", "VBG"} and token > first and parse.dep[token] in {"acl", "advcl", "relcl"}:
            return token - 1
        if word == "and" and token > first and parse.words[token + 1 : token + 2] and parse.tag[token + 1] in {"DT", "PRP$"}:
            return token - 1
    return last


def head_noun(parse: Parse, first: int, last: int) -> int | None:
    """The head of a title: its last noun before a preposition; of several positions ("founder and director of B") the last."""
    head = None
    for token in range(first, last + 1):
        if (parse.tag[token] in {"IN", "TO"} or parse.words[token] == ",") and head is not None:
            break
        if parse.tag[token] in NOUN_TAGS or is_role_noun(parse, token):
            head = token
    return head
