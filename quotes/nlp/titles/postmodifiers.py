"""What stands behind the noun of a role: its field ("of drilling", "in soil chemistry") and the organisation ("at Tarn Water")."""

from __future__ import annotations

from quotes.nlp.names.organisation_spans import (
    DETERMINERS,
    Tokens,
    capital,
    is_organisation_noun,
    looks_like_organisation,
    modifies,
    organisation_nouns,
    organisations_at,
)
from quotes.nlp.parsing.parse import Parse
from quotes.nlp.titles.title_phrases import phrase_end, role_class

_INSTITUTION_PREPOSITIONS = frozenset({"of", "at", "for", "with", "from", "in", "on", "to", "within"})
_FIELD_PREPOSITIONS = frozenset({"of", "in", "for", "on"})
_FIELD_TAGS = frozenset({"NN", "NNS", "JJ", "VBG", "HYPH", "NNP", "NNPS", "VBN", "AFX", "VB", "VBP", "JJR", "RB", "FW"})
_POSSESSIVE_MARKS = frozenset({"'s", "’s", "'", "’"})


def tail(parse: Parse, head: int, last: int) -> tuple[int, list[Tokens], int | None]:
    """Where the title ends behind its noun, the organisations that prepositions name there, and the common noun for one."""
    end, token = head, head + 1
    stop = phrase_end(parse, head, last)
    while token <= last and parse.lower[token] in _INSTITUTION_PREPOSITIONS and token < last:
        preposition = parse.lower[token]
        if preposition != "to" or parse.lower[head] in role_class("counsel"):
            institutions = _institutions_after(parse, token, end, last)
            if institutions:
                return end, institutions, None
        if preposition == "of" and parse.lower[head] in role_class("ruler") and capital(parse, token + 1):
            return end, [], None  # "mayor of Ostrava Heights": a place
        if _is_office(parse, token, end, last):
            end = _capitals_end(parse, token + 1, stop)
            token = end + 1
            continue
        field = _field_end(parse, token, last) if preposition in _FIELD_PREPOSITIONS else None
        if field is None:
            break
        end, token = field, field + 1
        stop = max(stop, phrase_end(parse, end, last))
    owner = _institution_noun(parse, end, stop)
    return end, [], owner


def _institutions_after(parse: Parse, preposition: int, head: int, last: int) -> list[Tokens]:
    """The organisations behind a preposition; a ruler's place and a minister's field are none."""
    word = parse.lower[preposition]
    articled = word in {"of", "for", "with"} and parse.lower[preposition + 1] == "the"
    leads = articled and any(parse.lower[each] in role_class("staff", "leader") for each in range(max(head - 1, 0), head + 1))
    leads = leads or (word in {"of", "for"} and parse.lower[head] in role_class("corporate", "voice"))
    institutions = organisations_at(
        parse, preposition + 1, last, sure=leads or word == "at" or (word == "with" and parse.lower[head] not in {"interview"})
    )
    if not institutions:
        return []
    institution = institutions[0]
    if word == "of" and parse.lower[head] in role_class("ruler") and not looks_like_organisation(parse, *institution):
        return []
    if word in {"of", "in", "on", "from"} and modifies(parse, institution, last):
        return []  # "the best player in Tarn League history"
    return [] if _is_office(parse, preposition, head, last) else institutions


def _is_office(parse: Parse, preposition: int, head: int, last: int) -> bool:
    """Whether a preposition goes on with the name of an office ("Secretary of State for Fisheries") or of a field, the organisation
    behind it ("Professor of Maritime Law at B")."""
    token = preposition + 1
    if parse.lower[preposition] not in _FIELD_PREPOSITIONS or token > last or not capital(parse, token):
        return False
    if parse.lower[head] in role_class("minister"):
        return not (token + 1 <= last and capital(parse, token + 1) and looks_like_organisation(parse, token, last))
    return parse.lower[preposition] == "for" and any(parse.lower[each] in role_class("minister") for each in range(max(head - 3, 0), head))


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
    if not nominal or (token <= last and parse.words[token] in _POSSESSIVE_MARKS):
        return None
    return token - 1


def _institution_noun(parse: Parse, head: int, last: int) -> int | None:
    """The common noun for an organisation in "president of the union", "on the panel"."""
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
            noun = next((each for each in range(end - 1, token + 1, -1) if is_organisation_noun(parse.lower[each])), None)
            if noun is not None and not (
                parse.lower[token] == "on" and parse.lower[noun] in organisation_nouns("general")
            ):  # "on the east bank"
                return noun
    return None
