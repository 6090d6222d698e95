"""What stands before the noun of a role: the body's name, or the noun or person that stands for a body there."""

from __future__ import annotations

from quotes import lexicons
from quotes.nlp.names.organisation_spans import Tokens, bodily, capital, is_body_noun, is_prize, named_as_body, nouns_of
from quotes.nlp.parsing.parse import Parse
from quotes.nlp.titles.title_phrases import head_noun, of_class, says_role, says_staff

_REGIONAL = frozenset({"local", "regional", "provincial", "national", "federal", "municipal", "statewide", "countywide"})
_LOWER_BODIES = frozenset({"campaign", "administration", "government"})
#: Classes of roles before which a bare name is a body's.
_SERVES = ("leader", "team", "member", "corporate", "employed")
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def leading_body(parse: Parse, first: int, last: int) -> tuple[int, Tokens | None, int | None]:
    """Where the title begins behind a body's name that leads it ("Oriel Marine | chief executive", "Harbour Party | MP"), and the noun or
    person that stands for a body there ("company | spokesman", "Adair | spokesman")."""
    head = head_noun(parse, first, last)
    if head is None:
        return first, None, None
    split = _body_before(parse, first, last)
    if split is None:
        split = _behind_labelled(parse, first, head)
    if split == first + 1 < head and parse.lower[first] in nouns_of("territory") and is_body_noun(parse.lower[head - 1]):
        split = head if parse.lower[head - 1] != "police" else split  # "City culture department | chief"
    if split is None:
        return _noun_before(parse, first, head)
    while split - 1 > first and _begins_title(parse, split - 1):
        split -= 1
    if "-" in (parse.words[split], parse.words[split - 1]):
        return first, None, None  # "Washington-based"
    lower_role = split <= last and parse.words[split][:1].islower()
    labels = {parse.entity[token] for token in range(first, split)}
    chamber = split == first + 1 and parse.lower[first] in nouns_of("chamber")
    named = not labels <= {"GPE", "NORP", "LOC", "DATE", "PERSON"} and not is_prize(parse, split - 1)
    if not (chamber or bodily(parse, first, split - 1) or (lower_role and split - first > 1 and named)):
        return _noun_before(parse, first, head)
    if split == first + 1 and not chamber and (labels == {"NORP"} or not (labels == {"ORG"} or _acronym(parse, first))):
        return _noun_before(parse, first, head)  # "Energy minister": a capital at the head of a sentence is no body
    if not any(says_role(parse, each) for each in range(split, last + 1)):
        return first, None, None
    if lower_role and split == first + 1 and parse.lower[split] in {"police", "council", "school", "university"}:
        return first + 1, None, None  # "Ashmere | police chief": a place
    if parse.lower[split - 1] == "campaign" and parse.lower[split] in {"manager", "director", "chairman", "chairwoman", "chair", "chief"}:
        return split - 1, (first, split - 1), None  # "Adair campaign manager": the campaign's campaign manager
    return split, (first, split - 1), None


def _behind_labelled(parse: Parse, first: int, head: int) -> int | None:
    """Where the title begins behind a name that is labelled a body's as a whole ("United Nations | High Commissioner"); a minister's
    department stays with the title ("Homeland Security Secretary")."""
    rank = head
    while rank > first and parse.lower[rank - 1] in of_class("rank"):
        rank -= 1
    labelled = all(parse.entity[token] == "ORG" and parse.tag[token] in {"NNP", "NNPS"} for token in range(first, rank))
    ministry = rank == head and parse.lower[head] in of_class("minister") and not named_as_body(parse, first, rank - 1)
    titled = all(says_role(parse, token) for token in range(first, rank))  # "Detective | Inspector"
    return rank if rank > first and labelled and not ministry and not titled else None


def _begins_title(parse: Parse, token: int) -> bool:
    """Whether a capitalised word is the first of a title and not the last of a body's name ("White House | Press Secretary")."""
    pair = f"{parse.lower[token]} {parse.lower[token + 1]}"
    return pair in lexicons.role_nouns() and not is_body_noun(parse.lower[token]) and parse.lower[token - 1] not in _POSSESSIVE


def _noun_before(parse: Parse, first: int, head: int) -> tuple[int, Tokens | None, int | None]:
    """The same where no body's name leads: a noun, a candidate, or a word of a body's name ("Oversight chairman")."""
    body = head - 1
    if (
        first <= body
        and (parse.words[body].islower() or (parse.tag[body] == "NN" and body == parse.bounds[parse.sentence[body]][0]))
        and is_body_noun(parse.lower[body])
        and parse.lower[head] in of_class("staff") | of_class("member") | of_class("leader") | of_class("organised")
        and parse.lower[body : head + 1] != ["police", "chief"]
    ):
        return first, None, body  # "a company spokesman"
    serves = says_staff(parse, (first, head)) or any(parse.lower[head] in of_class(name) for name in _SERVES)
    if first < head and serves and _named(parse, first):
        end = first
        while end + 1 < head and parse.entity[end + 1] in {"PERSON", "GPE"} and not parse.begins[end + 1]:
            end += 1
        return first, None, end
    for token in range(first + 1, head):
        if (
            capital(parse, token)
            and named_as_body(parse, token, head - 1)
            and not says_role(parse, token)
            and not capital(parse, token - 1)
        ):
            body_last = next(each for each in range(head - 1, token - 1, -1) if named_as_body(parse, each, each))
            if all(parse.lower[each] in nouns_of("territory") | _REGIONAL for each in range(first, token)):
                return body_last + 1, (first, body_last), None  # "county Harbour Party | chairwoman"
            return first, (token, body_last), None  # "principal deputy White House press secretary"
    return first, None, None


def _named(parse: Parse, token: int) -> bool:
    """Whether a word is capitalised for another reason than that it opens a sentence."""
    opens = token == parse.bounds[parse.sentence[token]][0]
    name = parse.tag[token] == "JJ" and parse.entity[token] in {"PERSON", "ORG", "GPE"}
    return capital(parse, token) and (parse.tag[token] in {"NNP", "NNPS"} or name or (parse.tag[token] == "NN" and not opens))


def _acronym(parse: Parse, token: int) -> bool:
    word = parse.words[token]
    return len(word) > 1 and word.isupper() and parse.entity[token] not in {"GPE", "NORP"}


def _body_before(parse: Parse, first: int, last: int) -> int | None:
    """The token behind the capitalised words that may be a body's name before a title; None where there are none."""
    split = None
    token = first
    words = lexicons.words("organisation_words.txt")
    while token < last and (
        _proper(parse, token) or parse.words[token] in {"&", "-", "of"} or (token > first and parse.words[token] in _POSSESSIVE)
    ):
        token += 1
        if says_role(parse, token - 1):
            break
        if token < last and parse.lower[token] in _LOWER_BODIES:
            return token + 1  # "Adair administration | official"
        acronym = _acronym(parse, token - 1)
        chamber = token == first + 1 and parse.lower[first] in nouns_of("chamber")
        if (acronym and says_role(parse, token)) or chamber:
            split = token  # "NASA Administrator"
        elif parse.lower[token - 1] in words or (
            not parse.words[token][:1].isupper() and parse.words[token] not in {"&", "-", "of", "’s", "'s"}
        ):
            split = token
    return split


def _proper(parse: Parse, token: int) -> bool:
    return parse.words[token][:1].isupper() and parse.tag[token] in {"NNP", "NNPS", "JJ", "NN", "NNS", "CD", "FW", "VBG", "VBN"}
