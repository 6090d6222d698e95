"""A noun phrase as a role: which of its words are the title, which the institution, both as printed."""

from __future__ import annotations

from dataclasses import dataclass

from quotes import lexicons
from quotes.components.parse import FINITE_TAGS, NOUN_TAGS, Parse
from quotes.records import Span

_DETERMINERS = frozenset({"a", "an", "the", "its", "his", "her", "their", "our", "my", "one", "another", "this", "that"})
_MINISTERS = frozenset({"secretary", "minister", "undersecretary", "ministers", "secretaries"})
_RULERS = frozenset(
    {"mayor", "governor", "king", "queen", "bishop", "archbishop", "duke", "earl", "prince", "princess", "premier", "sheriff"}
)
_PARTISANS = frozenset({"democrat", "republican", "tory", "conservative", "liberal", "socialist", "independent"})
_LOWER_BODIES = frozenset({"campaign", "administration", "government"})
#: Modifiers that say since when, not what.
_PASSING = frozenset({"new", "current", "longtime", "then", "newly", "now", "longstanding"})
_OF_BODY = frozenset({"of", "at", "for", "with", "from", "in", "on", "to"})
_INSTITUTION_PREPOSITIONS = frozenset({"of", "at", "for", "with", "from"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def says_role(parse: Parse, token: int) -> bool:
    """Whether a word says what somebody is; a capitalised one inside a sentence may be a name that merely ends like a role ("Garner")."""
    word = parse.words[token]
    opens = token == parse.bounds[parse.sentence[token]][0] and parse.tag[token] in {"NN", "NNS"}
    return lexicons.is_listed_role(parse.lower[token]) if word[:1].isupper() and not opens else lexicons.is_role(parse.lower[token])


@dataclass(frozen=True, slots=True)
class Role:
    """A title and an institution as token ranges (both ends included), and how sure the construction is: 3 says it in so many words, 1
    is a mere honorific."""

    title: tuple[int, int] | None
    institution: tuple[int, int] | None
    weight: int
    owner: int | None = None  # "its", or a common noun for a body ("the federation's president"): who that is, the discourse tells

    def title_span(self, parse: Parse) -> Span | None:
        """The title's characters."""
        return parse.span(*self.title) if self.title else None

    def institution_span(self, parse: Parse) -> Span | None:
        """The institution's characters."""
        return parse.span(*self.institution) if self.institution else None


def role_in(parse: Parse, first: int, last: int, *, loose: bool = False) -> Role | None:
    """A noun phrase between two tokens as title and institution; None when its head is nobody's role.

    `loose` lets any common noun be a title (right before a name).
    """
    owner = first if first <= last and parse.lower[first] == "its" else None
    while first <= last and (
        parse.lower[first] in _DETERMINERS or parse.lower[first] in _PASSING or parse.space(first) or parse.words[first] in {",", "“", '"'}
    ):
        first += 1
    last = phrase_end(parse, first, last)
    if first > last or parse.tag[first] in {"IN", "TO"}:
        return None
    mark = _possessor(parse, first, last)
    institution: tuple[int, int] | None = None
    if mark is not None:
        if bodily(parse, first, mark - 1):
            institution = no_article(parse, first, mark - 1)
        elif parse.lower[mark - 1] in lexicons.words("collectives.txt"):
            owner = mark - 1
        inner = role_in(parse, mark + 1, last, loose=loose)
        if inner is None:
            return None
        return Role(inner.title, inner.institution or institution, inner.weight, owner)
    head_end, phrase_institution = _split(parse, first, last)
    if head_end < first:
        return None
    title_first, leading = _leading_body(parse, first, head_end)
    institution = phrase_institution or leading
    head = _head_noun(parse, title_first, head_end)
    if head is None or not (
        says_role(parse, head)
        or parse.lower[head] in _PARTISANS
        or (loose and parse.tag[head] == "NN" and parse.lower[head] not in lexicons.words("kin.txt"))
    ):
        return None
    return Role((title_first, head_end), institution, 3, _owner_in(parse, head, last) if owner is None else owner)


def _owner_in(parse: Parse, head: int, last: int) -> int | None:
    """The common noun for a body in "president of the union"."""
    for token in range(head + 1, last):
        if parse.lower[token] in {"of", "at", "for"} and parse.lower[token + 1] == "the":
            noun = next((each for each in range(token + 2, last + 1) if parse.lower[each] in lexicons.words("collectives.txt")), None)
            if noun is not None:
                return noun
    return None


def phrase_end(parse: Parse, first: int, last: int) -> int:
    """Where a noun phrase ends: before a verb, a relative word, a comma, a mark."""
    for token in range(first, last + 1):
        word = parse.lower[token]
        if parse.words[token] in {",", ";", ":", "—", "–", "(", ")", ".", "”", '"', "“"} or "\n" in parse.words[token]:
            return token - 1
        if parse.entity[token] in {"DATE", "TIME"} and parse.words[token][:1].islower() and token > first:
            return token - 1
        if word in {"who", "which", "whose", "that", "where", "when"} or parse.tag[token] in FINITE_TAGS:
            return token - 1
        if parse.tag[token] in {"VBN", "VBG"} and token > first and parse.dep[token] in {"acl", "advcl", "relcl"}:
            return token - 1
        if word == "and" and token > first and parse.words[token + 1 : token + 2] and parse.tag[token + 1] in {"DT", "PRP$"}:
            return token - 1
    return last


def _possessor(parse: Parse, first: int, last: int) -> int | None:
    """The possessive mark of an owner that comes before any preposition."""
    for token in range(first, last):
        if parse.tag[token] == "POS" or (parse.words[token] in _POSSESSIVE and token > first):
            return token
        if parse.tag[token] == "IN" and parse.lower[token] not in {"of", "for"}:
            return None
    return None


def _proper(parse: Parse, token: int) -> bool:
    return parse.words[token][:1].isupper() and parse.tag[token] in {"NNP", "NNPS", "JJ", "NN", "NNS", "CD", "FW", "VBG", "VBN"}


def bodily(parse: Parse, first: int, last: int) -> bool:
    """Whether tokens are a body's proper name, not a person's, a people's or a place's."""
    while first <= last and parse.lower[first] in _DETERMINERS:
        first += 1
    if first > last or not any(_proper(parse, token) for token in range(first, last + 1)):
        return False
    if parse.lower[first] in lexicons.genders("honorifics.tsv") and parse.entity[last] == "PERSON":
        return False  # "a spokeswoman for Gov. X"
    if any(parse.lower[token] in lexicons.words("organisation_words.txt") for token in range(first, last + 1)):
        return True
    labels = {parse.entity[token] for token in range(first, last + 1)}
    return not labels <= {"PERSON", "GPE", "NORP", "LOC", "DATE", "LANGUAGE"} and parse.words[first][:1].isupper()


def no_article(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """Two tokens with the article or possessive pronoun between them left out."""
    while first < last and parse.lower[first] in _DETERMINERS:
        first += 1
    return first, last


def _split(parse: Parse, first: int, last: int) -> tuple[int, tuple[int, int] | None]:
    """Where the title ends, and the institution that a preposition in it names."""
    for token in range(first + 1, last):
        word = parse.lower[token]
        if parse.tag[token] not in {"IN", "TO"} or word not in _OF_BODY:
            continue
        body = body_at(parse, token + 1, last)
        if body is not None and word in {"in", "on"} and not _surely_a_body(parse, *body):
            body = None
        if body is not None and word == "of" and parse.lower[token - 1] in _RULERS and not _surely_a_body(parse, *body):
            continue  # "mayor of Ostrava Heights": a place
        if body is not None and word == "of" and body[0] == body[1] and parse.lower[token - 1] in _MINISTERS:
            continue  # "Secretary of State": the office, no body
        if body is not None and word in _INSTITUTION_PREPOSITIONS | {"in", "on"}:
            return token - 1, body
        if word in {"in", "on", "from", "with"}:
            return token - 1, body_later(parse, token + 1, last)
        if word in {"at", "for"} and not parse.words[token + 1][:1].isupper():
            return token - 1, body_later(parse, token + 1, last)
    return last, None


def _surely_a_body(parse: Parse, first: int, last: int) -> bool:
    words = lexicons.words("organisation_words.txt")
    return any(parse.entity[token] == "ORG" or parse.lower[token] in words for token in range(first, last + 1))


def body_later(parse: Parse, first: int, last: int) -> tuple[int, int] | None:
    """The first body that a preposition between two tokens names."""
    for token in range(first, last):
        if parse.lower[token] in _INSTITUTION_PREPOSITIONS and parse.tag[token] == "IN":
            body = body_at(parse, token + 1, last)
            if body is not None:
                return body
    return None


def body_at(parse: Parse, first: int, last: int) -> tuple[int, int] | None:
    """The proper name of a body that begins at a token (an article aside), to its end: "the Bank of Velder", "X University's Institute
    of Y"."""
    while first <= last and parse.lower[first] in {"the", "a", "an", "both"}:
        first += 1
    if first > last or not parse.words[first][:1].isupper() or parse.tag[first] in {"PRP", "PRP$"}:
        return None
    end = first
    token = first + 1
    while token <= last:
        if parse.words[token][:1].isupper() or parse.words[token] in {"&", "-", "–"} or parse.tag[token] == "CD":
            end = token if parse.words[token] not in {"-", "–", "&"} else end
        elif (parse.words[token] in _POSSESSIVE and token + 1 <= last and parse.words[token + 1][:1].isupper()) or (
            parse.lower[token] in {"of", "for", "and", "on", "the", "de", "in"} and _goes_on(parse, token, last)
        ):
            pass
        else:
            break
        token += 1
    return (first, end) if bodily(parse, first, end) else None


def _goes_on(parse: Parse, token: int, last: int) -> bool:
    """Whether a small word inside a name is followed by more of the name."""
    following = token + 1
    while following <= last and parse.lower[following] in {"the", "of"}:
        following += 1
    if following > last or not parse.words[following][:1].isupper():
        return False
    return parse.lower[token] not in {"and", "in"} or parse.entity[following] == parse.entity[token] != ""


def _leading_body(parse: Parse, first: int, last: int) -> tuple[int, tuple[int, int] | None]:
    """Where the title begins behind a body's name that leads it ("Oriel Marine | chief executive", "Harbour Party | MP")."""
    split = first
    token = first
    while token < last and (_proper(parse, token) or parse.words[token] in {"&", "-", "of"}):
        token += 1
        if says_role(parse, token - 1):
            break
        if token < last and parse.lower[token] in _LOWER_BODIES:
            return token + 1, (first, token)  # "Adair campaign | manager"
        acronym = parse.words[token - 1].isupper() and len(parse.words[token - 1]) > 1 and parse.entity[token - 1] not in {"GPE", "NORP"}
        if acronym and says_role(parse, token):
            split = token  # "NASA Administrator"
        elif parse.lower[token - 1] in lexicons.words("organisation_words.txt") or (
            token <= last and not parse.words[token][:1].isupper() and parse.words[token] not in {"&", "-", "of"}
        ):
            split = token
    if "-" in (parse.words[split], parse.words[split - 1]):
        return first, None  # "Washington-based"
    lower_role = split <= last and parse.words[split][:1].islower()
    named = any(parse.entity[token] not in {"GPE", "NORP", "LOC", "DATE"} for token in range(first, split))
    if split == first or not (bodily(parse, first, split - 1) or (lower_role and split - first > 1 and named)):
        return first, None
    if split == first + 1 and not (parse.entity[first] == "ORG" or parse.words[first].isupper()):
        return first, None  # "Energy minister": a capital at the head of a sentence is no body
    if not any(says_role(parse, each) for each in range(split, last + 1)):
        return first, None
    return split, (first, split - 1)


def _head_noun(parse: Parse, first: int, last: int) -> int | None:
    """The head of a title: its last noun before a preposition."""
    head = None
    for token in range(first, last + 1):
        if parse.tag[token] in {"IN", "TO"} and head is not None:
            break
        if parse.tag[token] in NOUN_TAGS or says_role(parse, token):
            head = token
    return head
