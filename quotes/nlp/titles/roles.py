"""A noun phrase as a role: which of its words are the title, which the institution, both as printed.

A role phrase is, in this order: words that say since when ("former"), whose ("the bank's", "Tarn Water"), what kind ("chief"), the noun
("engineer"), the field ("of drilling", "in soil chemistry"), and the organisation behind a preposition ("at Tarn Water").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from quotes import lexicons
from quotes.nlp.names.organisation_spans import (
    DETERMINERS,
    POSSESSIVE_MARKS,
    Tokens,
    acronym,
    capital,
    is_organisation_name,
    is_organisation_noun,
    is_prize_name,
    looks_like_organisation,
    modifies,
    organisation_nouns,
    organisations_at,
    without_article,
)
from quotes.nlp.parsing.parse import FINITE_TAGS, NOUN_TAGS, Parse

#: Modifiers that say since when, not what.
PASSING = frozenset({"new", "current", "longtime", "newly", "now", "currently", "also", "longstanding", "incoming", "newly-elected"})
#: Words before a title that say that it is over.
PAST = frozenset({"former", "formerly", "ex", "onetime", "erstwhile", "previously", "previous", "then", "late", "sometime", "once"})
_BREAKS = frozenset({";", ":", "—", "–", "(", ")", ".", "”", '"', "“", "?", "!"})
#: What stands before a title and is no part of it.
_OPENING = DETERMINERS | PASSING | {",", "“", '"'}
_OFFICE_NOUNS = frozenset({"campaign", "administration", "government"})
_FIELD_PREPOSITIONS = frozenset({"of", "in", "for", "on"})
_PREPOSITIONS = _FIELD_PREPOSITIONS | {"at", "with", "from", "to", "within"}
_FIELD_TAGS = NOUN_TAGS | {"JJ", "VBG", "HYPH", "VBN", "AFX", "VB", "VBP", "JJR", "RB", "FW"}


@dataclass(frozen=True, slots=True)
class Role:
    """A title and an institution as token ranges (both ends included), and how sure the construction is: 3 says it in so many words, 1
    is a mere honorific."""

    title: Tokens | None
    institution: Tokens | None
    weight: int
    owner: int | None = None  # "its", or a common noun for an organisation ("the federation's president"): who that is, the discourse tells
    past: bool = False  # "former", "who was … until 2014"


def roles_in(parse: Parse, first: int, last: int) -> list[Role]:
    """Every role that a noun phrase between two tokens says, the main one first: positions joined by "and", and an organisation within
    another."""
    first, past, owner = _opening(parse, first, last)
    stop = phrase_end(parse, first, last)
    if first > stop or parse.tag[first] in {"IN", "TO"} or parse.lower[first] in {"not", "n't", "n’t", "never", "''", "``"}:
        return []
    mark = _possessor(parse, first, stop)
    if mark is not None:
        return _owned(parse, first, mark, last, owner, past=past)
    first, leading, led_by = _leading_institution(parse, first, stop)
    head = head_noun(parse, first, stop)
    if head is None or parse.lower[head] in role_class("stance"):
        return []
    partisan = parse.lower[head] in role_class("partisan")
    if not (partisan or is_role_noun(parse, head)):
        return []
    end, institutions, named = _tail(parse, head, last)
    if owner is None:
        owner = led_by if led_by is not None else named
    weight = 1 if partisan or (parse.lower[head] in role_class("relation") and end == head) else 3
    read_to = institutions[-1][1] if institutions else end
    if leading is not None and not (institutions and looks_like_organisation(parse, *institutions[0])):
        institutions, read_to = [leading], end  # of "B High Commissioner for Human Rights" the field is no organisation
    main = Role((first, end), institutions[0] if institutions else None, weight, owner, past)
    outer = [Role(main.title, institution, weight - 1, None, past) for institution in institutions[1:]]
    return [main, *outer, *_joined_roles(parse, read_to, last)]


def _opening(parse: Parse, first: int, last: int) -> tuple[int, bool, int | None]:
    """Where a phrase begins behind articles, marks and words of time; whether one of these says that it is past; and the pronoun of its
    owner ("its")."""
    past, owner = False, None
    while first <= last:
        word = parse.lower[first]
        place = parse.words[first] == "New" and "GPE" in parse.entity[first + 1 : first + 2]
        star = word in {"veteran", "star", "long-serving"} and first < last
        if word in PAST and first < last:
            past = past or word != "late"
        elif place or not (star or word in _OPENING or (past and word == "-")):
            break
        owner = first if word in {"its", "their"} else owner
        first += 1
    return first, past, owner


def _possessor(parse: Parse, first: int, last: int) -> int | None:
    """The possessive mark of an owner that comes before any preposition; "secretary of the Dockers' Union" has none."""
    for token in range(first, last):
        if parse.tag[token] == "POS" or (parse.words[token] in POSSESSIVE_MARKS and token > first):
            of = next((each for each in range(first + 1, token) if parse.lower[each] in {"of", "for"}), None)
            if of is None or not is_role_noun(parse, of - 1):
                return token
        elif parse.tag[token] == "IN" and parse.lower[token] not in {"of", "for"}:
            return None
    return None


def _owned(parse: Parse, first: int, mark: int, last: int, owner: int | None, *, past: bool) -> list[Role]:
    """The roles behind a possessive mark, the owner's words their institution or what stands for it."""
    inner = roles_in(parse, mark + 1, last)
    if not inner:
        return []
    main, institution = inner[0], inner[0].institution
    if is_organisation_name(parse, first, mark - 1) or {parse.entity[token] for token in range(first, mark)} == {"GPE"}:
        institution = institution or (organisations_at(parse, first, mark - 1) or [without_article(parse, first, mark - 1)])[0]
    elif parse.tag[mark - 1] in NOUN_TAGS and (parse.lower[mark - 1] not in lexicons.words("kin.txt")):
        owner = mark - 1
    return [replace(main, institution=institution, owner=main.owner if owner is None else owner, past=past or main.past), *inner[1:]]


def _joined_roles(parse: Parse, end: int, last: int) -> list[Role]:
    """The positions that "and" or a comma adds: "… at Tarn College and artistic director of the Bay Opera"."""
    token = end + 1
    token += token < last and parse.words[token] == ","
    if token < last and parse.lower[token] == "and":
        token += 1
    elif token > end + 1 and capital(parse, end):
        return []  # "the president of Tarn, a member of the League": that may be Tarn
    if token == end + 1 or capital(parse, token):
        return []
    return [replace(role, weight=role.weight - 1) for role in roles_in(parse, token, last) if role.institution is not None]


# --- before the noun -------------------------------------------------------------------------------------------------------------


def _leading_institution(parse: Parse, first: int, last: int) -> tuple[int, Tokens | None, int | None]:
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
    labels = {parse.entity[token] for token in range(first, split)}
    chamber = split == first + 1 and parse.lower[first] in organisation_nouns("chamber")
    named = not labels <= {"GPE", "NORP", "LOC", "DATE", "PERSON"} and not is_prize_name(parse, split - 1)
    several = parse.words[split][:1].islower() and split - first > 1 and named
    if not (chamber or several or is_organisation_name(parse, first, split - 1)):
        return _noun_before(parse, first, head)
    if split == first + 1 and not (chamber or labels == {"ORG"} or _acronym(parse, first)):
        return _noun_before(parse, first, head)  # "Energy minister": a capital at the head of a sentence is no organisation
    if parse.lower[split - 1] == "campaign" and parse.lower[split] in {"manager", "director", "chairman", "chairwoman", "chair", "chief"}:
        return split - 1, (first, split - 1), None  # "Adair campaign manager": the campaign's campaign manager
    return split, (first, split - 1), None


def _institution_before(parse: Parse, first: int, last: int) -> int | None:
    """The token behind the capitalised words that may be an organisation's name before a title; None where there are none."""
    split, token = None, first
    while token < last and (capital(parse, token) or parse.words[token] in {"&", "-", "of"}):
        token += 1
        if is_role_noun(parse, token - 1):
            break
        if token < last and parse.lower[token] in _OFFICE_NOUNS:
            return token + 1  # "Adair administration | official"
        chamber = token == first + 1 and parse.lower[first] in organisation_nouns("chamber")
        ends = parse.words[token][:1].islower() and parse.words[token] != "of"
        titled = _acronym(parse, token - 1) and is_role_noun(parse, token)  # "NASA Administrator"
        if titled or chamber or ends or looks_like_organisation(parse, token - 1, token - 1):
            split = token
    return split


def _after_labelled(parse: Parse, first: int, head: int) -> int | None:
    """Where the title begins behind a name that is labelled an organisation's as a whole ("United Nations | High Commissioner"); a
    minister's department stays with the title ("Homeland Security Secretary")."""
    rank = head
    while rank > first and parse.lower[rank - 1] in role_class("rank"):
        rank -= 1
    labelled = all(parse.entity[token] == "ORG" and parse.tag[token] in {"NNP", "NNPS"} for token in range(first, rank))
    ministry = rank == head and parse.lower[head] in role_class("minister") and not looks_like_organisation(parse, first, rank - 1)
    return rank if rank > first and labelled and not ministry else None


def _begins_title(parse: Parse, token: int) -> bool:
    """Whether a capitalised word is the first of a title and not the last of an organisation's name ("White House | Press Secretary")."""
    return f"{parse.lower[token]} {parse.lower[token + 1]}" in lexicons.role_nouns() and not is_organisation_noun(parse.lower[token])


def _noun_before(parse: Parse, first: int, head: int) -> tuple[int, Tokens | None, int | None]:
    """The same where no organisation's name leads: a noun, a candidate, or a word of an organisation's name ("Oversight chairman")."""
    noun = head - 1
    common = noun >= first and (parse.words[noun].islower() or (parse.tag[noun] == "NN" and _opens(parse, noun)))
    body = common and is_organisation_noun(parse.lower[noun]) and parse.lower[noun : head + 1] != ["police", "chief"]
    if body and parse.lower[head] in role_class("staff", "member", "leader", "organised"):
        return first, None, noun  # "a company spokesman"
    serves = is_staff_title(parse, (first, head)) or parse.lower[head] in role_class("leader", "team", "member", "corporate", "employed")
    proper = parse.tag[first] in {"NNP", "NNPS"} or (parse.tag[first] == "NN" and not _opens(parse, first))
    if first < head and serves and capital(parse, first) and proper:
        end = first
        while end + 1 < head and parse.entity[end + 1] in {"PERSON", "GPE"}:
            end += 1
        return first, None, end
    inner = [token for token in range(first + 1, head) if looks_like_organisation(parse, token, token)]
    begin = inner[-1] if inner else head
    while begin > first + 1 and capital(parse, begin - 1):
        begin -= 1
    return first, (begin, inner[-1]) if inner and not capital(parse, begin - 1) else None, None  # "deputy White House press secretary"


def _opens(parse: Parse, token: int) -> bool:
    return token == parse.bounds[parse.sentence[token]][0]


def _acronym(parse: Parse, token: int) -> bool:
    return acronym(parse.words[token]) and parse.entity[token] not in {"GPE", "NORP"}


# --- behind the noun -------------------------------------------------------------------------------------------------------------


def _tail(parse: Parse, head: int, last: int) -> tuple[int, list[Tokens], int | None]:
    """Where the title ends behind its noun, the organisations that prepositions name there, and the common noun for one."""
    end, token = head, head + 1
    stop = phrase_end(parse, head, last)
    while token < last and parse.lower[token] in _PREPOSITIONS:
        preposition = parse.lower[token]
        if preposition != "to" or parse.lower[head] in role_class("counsel"):
            institutions = _institutions_after(parse, token, end, last)
            if institutions:
                return end, institutions, None
        if preposition == "of" and parse.lower[head] in role_class("ruler") and capital(parse, token + 1):
            return end, [], None  # "mayor of Ostrava Heights": a place
        field = token + 1
        if _is_office(parse, token, end):
            while field < stop and capital(parse, field + 1):
                field += 1
        else:
            field = _field_end(parse, token + 1, last) if preposition in _FIELD_PREPOSITIONS else token
        if field == token:
            break
        end, token = field, field + 1
        stop = max(stop, phrase_end(parse, end, last))
    return end, [], _institution_noun(parse, end, stop)


def _institutions_after(parse: Parse, preposition: int, head: int, last: int) -> list[Tokens]:
    """The organisations behind a preposition; a ruler's place and a minister's field are none."""
    word, noun = parse.lower[preposition], parse.lower[head]
    articled = word in {"of", "for", "with"} and parse.lower[preposition + 1] == "the"
    leads = articled and any(each in role_class("staff", "leader") for each in parse.lower[max(head - 1, 0) : head + 1])
    sure = leads or word in {"at", "with"} or (word in {"of", "for"} and noun in role_class("corporate", "voice"))
    institutions = organisations_at(parse, preposition + 1, last, sure=sure)
    if not institutions or _is_office(parse, preposition, head):
        return []
    if word == "of" and noun in role_class("ruler") and not looks_like_organisation(parse, *institutions[0]):
        return []
    # "the best player in Tarn League history"
    return [] if word in {"of", "in", "on", "from"} and modifies(parse, institutions[0], last) else institutions


def _is_office(parse: Parse, preposition: int, head: int) -> bool:
    """Whether a preposition goes on with the name of an office ("Secretary of State for Fisheries")."""
    if parse.lower[preposition] not in _FIELD_PREPOSITIONS or not capital(parse, preposition + 1):
        return False
    before = parse.lower[max(head - 3, 0) : head] if parse.lower[preposition] == "for" else []
    return any(word in role_class("minister") for word in (parse.lower[head], *before))


def _field_end(parse: Parse, first: int, last: int) -> int:
    """The end of the field whose bare nouns and their modifiers begin at a token; the token before that where none does."""
    token = first
    while token <= last and parse.tag[token] in _FIELD_TAGS and parse.entity[token] not in {"PERSON", "DATE", "TIME", "ORDINAL"}:
        if parse.tag[token] in {"VBN", "VBG", "RB"} and parse.dep[token] in {"acl", "advcl", "advmod", "relcl"}:
            break
        token += 1
    nominal = token > first and parse.words[first][:1].islower() and parse.tag[token - 1] in NOUN_TAGS | {"VBG", "JJ"}
    return token - 1 if nominal else first - 1


def _institution_noun(parse: Parse, head: int, last: int) -> int | None:
    """The common noun for an organisation in "president of the union", "on the panel"."""
    for token in range(head + 1, last):
        if parse.lower[token] in _PREPOSITIONS and parse.lower[token + 1] in {"the", "his", "her", "their", "its"}:
            end = token + 2
            while end < min(token + 8, last + 1) and parse.tag[end] in {"NN", "NNS", "JJ", "POS", "VBG", "HYPH", "NNP"}:
                end += 1
            noun = next((each for each in range(end - 1, token + 1, -1) if is_organisation_noun(parse.lower[each])), None)
            if noun is not None:
                return noun
    return None


# --- nouns for what somebody is --------------------------------------------------------------------------------------------------


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
