"""What stands behind the noun of a role: its field ("of drilling", "in soil chemistry") and the body ("at Tarn Water")."""

from __future__ import annotations

from quotes.nlp.names.organisation_spans import (
    DETERMINERS,
    Tokens,
    bodies_at,
    body_at,
    capital,
    is_body_noun,
    modifies,
    named_as_body,
    nouns_of,
    surely_a_body,
)
from quotes.nlp.parsing.parse import Parse
from quotes.nlp.titles.title_phrases import of_class, phrase_end, says_role

_OF_BODY = frozenset({"of", "at", "for", "with", "from", "in", "on", "to", "within"})
_FIELD_PREPOSITIONS = frozenset({"of", "in", "for", "on"})
_FIELD_TAGS = frozenset({"NN", "NNS", "JJ", "VBG", "HYPH", "NNP", "NNPS", "VBN", "AFX", "VB", "VBP", "JJR", "RB", "FW"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def tail(parse: Parse, head: int, last: int) -> tuple[int, list[Tokens], int | None]:
    """Where the title ends behind its noun, the bodies that prepositions name there, and the common noun for one."""
    end, token = head, head + 1
    stop = phrase_end(parse, head, last)
    while token <= last and parse.lower[token] in _OF_BODY and token < last:
        preposition = parse.lower[token]
        if preposition == "for" and _court_district(parse, token + 1, stop):
            return end, [], None  # "U.S. attorney for the Southern District of Velden": where, and not whose
        if preposition != "to" or parse.lower[head] in of_class("counsel"):
            bodies = _bodies_behind(parse, token, end, last)
            if bodies:
                return end, bodies, None
        if preposition == "of" and parse.lower[head] in of_class("ruler") and capital(parse, token + 1):
            return end, [], None  # "mayor of Ostrava Heights": a place
        if preposition == "to":
            return end, [], None
        if _is_office(parse, token, end, last):
            end = _capitals_end(parse, token + 1, stop)
            token = end + 1
            continue
        field = _field_end(parse, token, last) if preposition in _FIELD_PREPOSITIONS else None
        if field is None:
            break
        end, token = field, field + 1
        stop = max(stop, phrase_end(parse, end, last))
    owner = _noun_for_body(parse, end, stop)
    return end, [], owner


def _bodies_behind(parse: Parse, preposition: int, head: int, last: int) -> list[Tokens]:
    """The bodies behind a preposition; a ruler's place and a minister's field are none."""
    word = parse.lower[preposition]
    articled = word in {"of", "for", "with"} and parse.lower[preposition + 1] == "the"
    leads = articled and any(parse.lower[each] in of_class("staff") | of_class("leader") for each in range(max(head - 1, 0), head + 1))
    leads = leads or (word in {"of", "for"} and parse.lower[head] in of_class("corporate") | of_class("voice"))
    bodies = bodies_at(
        parse, preposition + 1, last, sure=leads or word == "at" or (word == "with" and parse.lower[head] not in {"interview"})
    )
    if not bodies:
        return []
    body = bodies[0]
    sure = surely_a_body(parse, *body) or is_body_noun(parse.lower[body[0] - 1])
    if word in {"in", "on", "from", "to"} and not sure:
        return []
    if word == "of" and parse.lower[head] in of_class("ruler") and not named_as_body(parse, *body):
        return []  # "mayor of Ostrava Heights": a place
    if word in {"of", "in", "on", "from"} and modifies(parse, body, last):
        return []  # "the best player in Tarn League history"
    return [] if _is_office(parse, preposition, head, last) else bodies


def _court_district(parse: Parse, first: int, last: int) -> bool:
    """Whether a phrase begins with the district of a court ("the Southern District of Velden")."""
    return any(parse.lower[token : token + 2] == ["district", "of"] for token in range(first, min(first + 3, last)))


def _is_office(parse: Parse, preposition: int, head: int, last: int) -> bool:
    """Whether a preposition goes on with the name of an office ("Secretary of State for Fisheries") or of a field, the body behind it
    ("Professor of Maritime Law at B")."""
    token = preposition + 1
    if parse.lower[preposition] not in _FIELD_PREPOSITIONS or token > last or not capital(parse, token):
        return False
    end = _capitals_end(parse, token, last)
    if end + 2 <= last and parse.lower[end + 1] in {"at", "with", "in"} and not named_as_body(parse, token, end):
        return body_at(parse, end + 2, last, sure=parse.lower[end + 1] != "in") is not None
    if parse.lower[head] in of_class("minister"):
        return not (token + 1 <= last and capital(parse, token + 1) and named_as_body(parse, token, last))
    return parse.lower[preposition] == "for" and any(parse.lower[each] in of_class("minister") for each in range(max(head - 3, 0), head))


def _capitals_end(parse: Parse, token: int, stop: int) -> int:
    while token < stop and (
        capital(parse, token + 1) or (parse.lower[token + 1] == "and" and token + 2 <= stop and capital(parse, token + 2))
    ):
        token += 1
    return token


def _field_end(parse: Parse, preposition: int, last: int) -> int | None:
    """The end of the field that a preposition opens, lists and all: "of research, conservation and public engagement"."""
    end = _nominals_end(parse, preposition + 1, last)
    if end is None:
        return None
    token, commas = end + 1, 0
    while token < last and parse.words[token] == "," and (following := _nominals_end(parse, token + 1, last)) is not None:
        token, commas = following + 1, commas + 1
    if token < last and parse.words[token] == ",":
        token += 1
    if token < last and parse.lower[token] in {"and", "&"} and (following := _nominals_end(parse, token + 1, last)) is not None:
        behind = parse.lower[following + 1] if following < last else "."
        if commas or (behind in _OF_BODY | {",", "."} and not any(says_role(parse, each) for each in range(token + 1, following + 1))):
            return following
    return end


def _nominals_end(parse: Parse, first: int, last: int) -> int | None:
    """The last of the bare nouns and their modifiers that begin at a token; None where none does."""
    token = first
    while token <= last and parse.tag[token] in _FIELD_TAGS and parse.lower[token] not in DETERMINERS and parse.lower[token] != "and":
        if parse.tag[token] == "POS" or parse.entity[token] in {"PERSON", "DATE", "TIME", "ORDINAL"} or parse.space(token):
            break
        if parse.tag[token] in {"VBN", "VBG", "RB"} and parse.dep[token] in {"acl", "advcl", "advmod", "relcl"}:
            break
        token += 1
    nominal = token > first and parse.words[first][:1].islower() and parse.tag[token - 1] in {"NN", "NNS", "VBG", "NNP", "NNPS", "JJ"}
    if not nominal or (token <= last and parse.words[token] in _POSSESSIVE):
        return None
    return token - 1


def _noun_for_body(parse: Parse, head: int, last: int) -> int | None:
    """The common noun for a body in "president of the union", "on the panel"."""
    for token in range(head + 1, last):
        if parse.lower[token] in {"of", "at", "for", "on", "with", "in"} and parse.lower[token + 1] in {
            "the",
            "his",
            "her",
            "their",
            "its",
        }:
            end = token + 2
            while end < min(token + 8, last + 1) and parse.tag[end] in {"NN", "NNS", "JJ", "POS", "VBG", "HYPH", "NNP"}:
                end += 1
            noun = next((each for each in range(end - 1, token + 1, -1) if is_body_noun(parse.lower[each])), None)
            if noun is not None and not (parse.lower[token] == "on" and parse.lower[noun] in nouns_of("general")):  # "on the east bank"
                return noun
        if parse.words[token][:1].isupper():
            break
    return None
