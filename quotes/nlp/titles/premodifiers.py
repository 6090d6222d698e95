"""What stands before the noun of a role: the organisation's name, or the noun or person that stands for an organisation there."""

from __future__ import annotations

from quotes import lexicons
from quotes.nlp.names.organisation_spans import (
    Tokens,
    capital,
    is_organisation_name,
    is_organisation_noun,
    is_prize_name,
    looks_like_organisation,
    organisation_nouns,
)
from quotes.nlp.parsing.parse import Parse
from quotes.nlp.titles.title_phrases import head_noun, is_role_noun, is_staff_title, role_class

_OFFICE_NOUNS = frozenset({"campaign", "administration", "government"})
#: Classes of roles before which a bare name is an organisation's.
_ORGANISATION_ROLES = ("leader", "team", "member", "corporate", "employed")
_POSSESSIVE_MARKS = frozenset({"'s", "’s", "'", "’"})


def leading_institution(parse: Parse, first: int, last: int) -> tuple[int, Tokens | None, int | None]:
    """Where the title begins behind an organisation's name that leads it ("Oriel Marine | chief executive", "Harbour Party | MP"), and
    the noun or person that stands for an organisation there ("company | spokesman", "Adair | spokesman")."""
    head = head_noun(parse, first, last)
    if head is None:
        return first, None, None
    split = _institution_before(parse, first, last)
    if split is None:
        split = _after_labelled(parse, first, head)
    if split is None:
        return _noun_before(parse, first, head)
    while split - 1 > first and _begins_title(parse, split - 1):
        split -= 1
    if "-" in (parse.words[split], parse.words[split - 1]):
        return first, None, None  # "Washington-based"
    lower_role = split <= last and parse.words[split][:1].islower()
    labels = {parse.entity[token] for token in range(first, split)}
    chamber = split == first + 1 and parse.lower[first] in organisation_nouns("chamber")
    named = not labels <= {"GPE", "NORP", "LOC", "DATE", "PERSON"} and not is_prize_name(parse, split - 1)
    if not (chamber or is_organisation_name(parse, first, split - 1) or (lower_role and split - first > 1 and named)):
        return _noun_before(parse, first, head)
    if split == first + 1 and not chamber and (labels == {"NORP"} or not (labels == {"ORG"} or _acronym(parse, first))):
        return _noun_before(parse, first, head)  # "Energy minister": a capital at the head of a sentence is no organisation
    if parse.lower[split - 1] == "campaign" and parse.lower[split] in {"manager", "director", "chairman", "chairwoman", "chair", "chief"}:
        return split - 1, (first, split - 1), None  # "Adair campaign manager": the campaign's campaign manager
    return split, (first, split - 1), None


def _after_labelled(parse: Parse, first: int, head: int) -> int | None:
    """Where the title begins behind a name that is labelled an organisation's as a whole ("United Nations | High Commissioner"); a
    minister's department stays with the title ("Homeland Security Secretary")."""
    rank = head
    while rank > first and parse.lower[rank - 1] in role_class("rank"):
        rank -= 1
    labelled = all(parse.entity[token] == "ORG" and parse.tag[token] in {"NNP", "NNPS"} for token in range(first, rank))
    ministry = rank == head and parse.lower[head] in role_class("minister") and not looks_like_organisation(parse, first, rank - 1)
    titled = all(is_role_noun(parse, token) for token in range(first, rank))  # "Detective | Inspector"
    return rank if rank > first and labelled and not ministry and not titled else None


def _begins_title(parse: Parse, token: int) -> bool:
    """Whether a capitalised word is the first of a title and not the last of an organisation's name ("White House | Press Secretary")."""
    pair = f"{parse.lower[token]} {parse.lower[token + 1]}"
    return (
        pair in lexicons.role_nouns() and not is_organisation_noun(parse.lower[token]) and parse.lower[token - 1] not in _POSSESSIVE_MARKS
    )


def _noun_before(parse: Parse, first: int, head: int) -> tuple[int, Tokens | None, int | None]:
    """The same where no organisation's name leads: a noun, a candidate, or a word of an organisation's name ("Oversight chairman")."""
    noun = head - 1
    if (
        first <= noun
        and (parse.words[noun].islower() or (parse.tag[noun] == "NN" and noun == parse.bounds[parse.sentence[noun]][0]))
        and is_organisation_noun(parse.lower[noun])
        and parse.lower[head] in role_class("staff", "member", "leader", "organised")
        and parse.lower[noun : head + 1] != ["police", "chief"]
    ):
        return first, None, noun  # "a company spokesman"
    serves = is_staff_title(parse, (first, head)) or parse.lower[head] in role_class(*_ORGANISATION_ROLES)
    if first < head and serves and _named(parse, first):
        end = first
        while end + 1 < head and parse.entity[end + 1] in {"PERSON", "GPE"} and not parse.begins[end + 1]:
            end += 1
        return first, None, end
    for token in range(first + 1, head):
        if (
            capital(parse, token)
            and looks_like_organisation(parse, token, head - 1)
            and not is_role_noun(parse, token)
            and not capital(parse, token - 1)
        ):
            institution_last = next(each for each in range(head - 1, token - 1, -1) if looks_like_organisation(parse, each, each))
            return first, (token, institution_last), None  # "principal deputy White House press secretary"
    return first, None, None


def _named(parse: Parse, token: int) -> bool:
    """Whether a word is capitalised for another reason than that it opens a sentence."""
    opens = token == parse.bounds[parse.sentence[token]][0]
    name = parse.tag[token] == "JJ" and parse.entity[token] in {"PERSON", "ORG", "GPE"}
    return capital(parse, token) and (parse.tag[token] in {"NNP", "NNPS"} or name or (parse.tag[token] == "NN" and not opens))


def _acronym(parse: Parse, token: int) -> bool:
    word = parse.words[token]
    return len(word) > 1 and word.isupper() and parse.entity[token] not in {"GPE", "NORP"}


def _institution_before(parse: Parse, first: int, last: int) -> int | None:
    """The token behind the capitalised words that may be an organisation's name before a title; None where there are none."""
    split = None
    token = first
    words = lexicons.words("organisation_words.txt")
    while token < last and (
        _proper(parse, token) or parse.words[token] in {"&", "-", "of"} or (token > first and parse.words[token] in _POSSESSIVE_MARKS)
    ):
        token += 1
        if is_role_noun(parse, token - 1):
            break
        if token < last and parse.lower[token] in _OFFICE_NOUNS:
            return token + 1  # "Adair administration | official"
        acronym = _acronym(parse, token - 1)
        chamber = token == first + 1 and parse.lower[first] in organisation_nouns("chamber")
        if (acronym and is_role_noun(parse, token)) or chamber:
            split = token  # "NASA Administrator"
        elif parse.lower[token - 1] in words or (
            not parse.words[token][:1].isupper() and parse.words[token] not in {"&", "-", "of", "’s", "'s"}
        ):
            split = token
    return split


def _proper(parse: Parse, token: int) -> bool:
    return parse.words[token][:1].isupper() and parse.tag[token] in {"NNP", "NNPS", "JJ", "NN", "NNS", "CD", "FW", "VBG", "VBN"}
