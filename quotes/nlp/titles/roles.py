"""A noun phrase as a role: which of its words are the title, which the institution, both as printed.

A role phrase is, in this order: words that say since when ("former"), whose ("the bank's", "Tarn Water"), what kind ("chief"), the noun
("engineer"), the field ("of drilling", "in soil chemistry"), and the organisation behind a preposition ("at Tarn Water").
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quotes import lexicons
from quotes.nlp.names.organisation_spans import (
    DETERMINERS,
    Tokens,
    capital,
    is_organisation_name,
    looks_like_organisation,
    organisations_at,
    without_article,
)
from quotes.nlp.parsing.parse import NOUN_TAGS, Parse
from quotes.nlp.titles.postmodifiers import tail
from quotes.nlp.titles.premodifiers import leading_institution
from quotes.nlp.titles.title_phrases import head_noun, is_role_noun, phrase_end, role_class
from quotes.records import Span

#: Modifiers that say since when, not what.
PASSING = frozenset({"new", "current", "longtime", "newly", "now", "currently", "also", "longstanding", "incoming", "newly-elected"})
#: Words before a title that say that it is over.
PAST = frozenset({"former", "formerly", "ex", "onetime", "erstwhile", "previously", "previous", "then", "late", "sometime", "once"})
_POSSESSIVE_MARKS = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Role:
    """A title and an institution as token ranges (both ends included), and how sure the construction is: 3 says it in so many words, 1
    is a mere honorific."""

    title: Tokens | None
    institution: Tokens | None
    weight: int
    owner: int | None = None  # "its", or a common noun for an organisation ("the federation's president"): who that is, the discourse tells
    past: bool = False  # "former", "who was … until 2014"

    def title_span(self, parse: Parse) -> Span | None:
        """The title's characters."""
        return parse.span(*self.title) if self.title else None

    def institution_span(self, parse: Parse) -> Span | None:
        """The institution's characters."""
        return parse.span(*self.institution) if self.institution else None


def roles_in(parse: Parse, first: int, last: int) -> list[Role]:
    """Every role that a noun phrase between two tokens says, the main one first: positions joined by "and", and an organisation within
    another."""
    first, past, owner = _opening(parse, first, last)
    stop = phrase_end(parse, first, last)
    if first > stop or parse.tag[first] in {"IN", "TO"} or parse.lower[first] in {"not", "n't", "n’t", "never", "''", "``"}:
        return []
    mark = _possessor(parse, first, stop)
    institution: Tokens | None = None
    if mark is not None:
        if is_organisation_name(parse, first, mark - 1) or {parse.entity[token] for token in range(first, mark)} == {"GPE"}:
            institution = (organisations_at(parse, first, mark - 1) or [without_article(parse, first, mark - 1)])[0]
        elif parse.tag[mark - 1] in NOUN_TAGS and (parse.lower[mark - 1] not in lexicons.words("kin.txt")):
            owner = mark - 1
        inner = roles_in(parse, mark + 1, last)
        if not inner or inner[0].title is None:
            return inner
        main = inner[0]
        institution = main.institution or institution
        return [Role(main.title, institution, main.weight, main.owner if owner is None else owner, past or main.past), *inner[1:]]
    title_first, leading, led_by = leading_institution(parse, first, stop)
    head = head_noun(parse, title_first, stop)
    if head is None or parse.lower[head] in role_class("stance"):
        return []
    partisan = parse.lower[head] in role_class("partisan")
    if not (partisan or is_role_noun(parse, head)):
        return []
    title_first, past = _without_past(parse, title_first, head, past)
    end, institutions, named = tail(parse, head, last)
    if owner is None:
        owner = led_by if led_by is not None else named
    weight = 1 if partisan or (parse.lower[head] in role_class("relation") and end == head) else 3
    if leading is not None and not (institutions and looks_like_organisation(parse, *institutions[0])):
        institutions = [leading]  # of "B High Commissioner for Human Rights" the field is no organisation
    main = Role((title_first, end), institutions[0] if institutions else None, weight, owner, past)
    outer = [Role(main.title, institution, weight - 1, None, past) for institution in institutions[1:]]
    return [
        main,
        *outer,
        *_joined_roles(parse, max(end, institutions[-1][1] if institutions and leading not in institutions else end), last),
    ]


def _opening(parse: Parse, first: int, last: int) -> tuple[int, bool, int | None]:
    """Where a phrase begins behind articles, marks and words of time; whether one of these says that it is past; and the pronoun of its
    owner ("its")."""
    past, owner = False, None
    while first <= last:
        word = parse.lower[first]
        if word in {"its", "their"}:
            owner = first
        if word in PAST and first < last:
            past = past or word != "late"
        elif not (
            word in DETERMINERS
            or (word in PASSING and not (parse.words[first] == "New" and first < last and parse.entity[first + 1] == "GPE"))
            or (parse.space(first) and "\n" not in parse.words[first])
            or word in {",", "“", '"'}
            or (past and word == "-")
            or (word in {"veteran", "star", "long-serving"} and first < last)
        ):
            break
        first += 1
    return first, past, owner


def _without_past(parse: Parse, first: int, head: int, past: bool) -> tuple[int, bool]:
    """A title without a "former" inside it ("Harbour Party | former leader")."""
    while first < head and (parse.lower[first] in PAST or (past and parse.words[first] == "-")):
        past = past or parse.lower[first] != "late"
        first += 1
    while first < head and parse.words[first] in PASSING:
        first += 1
    return first, past


def _possessor(parse: Parse, first: int, last: int) -> int | None:
    """The possessive mark of an owner that comes before any preposition."""
    for token in range(first, last):
        if parse.tag[token] == "POS" or (parse.words[token] in _POSSESSIVE_MARKS and token > first):
            if _after_role(parse, first, token):
                continue
            return token
        if parse.tag[token] == "IN" and parse.lower[token] not in {"of", "for"}:
            return None
    return None


def _after_role(parse: Parse, first: int, mark: int) -> bool:
    """Whether a possessive mark stands in what follows a position: "secretary of the Dockers' Union"."""
    of = next((each for each in range(first + 1, mark) if parse.lower[each] in {"of", "for"}), None)
    return of is not None and is_role_noun(parse, of - 1)


def _joined_roles(parse: Parse, end: int, last: int) -> list[Role]:
    """The positions that "and" or a comma adds: "… at Tarn College and artistic director of the Bay Opera"."""
    token = end + 1
    if token < last and parse.words[token] == ",":
        token += 1
    if token < last and parse.lower[token] == "and":
        token += 1
    elif token > end + 1 and capital(parse, end):
        return []  # "the president of Tarn, a member of the League": that may be Tarn
    if token == end + 1 or token >= last or parse.words[token] in {",", "“", '"'} or capital(parse, token):
        return []
    return [replace(role, weight=role.weight - 1) for role in roles_in(parse, token, last) if role.institution is not None]
