"""What an article says of a person, gathered: every affiliation from all mentions of them, with organisations by their fullest names,
ranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotes.nlp.coreference.definite_descriptions import described_organisation
from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.coreference.pronouns import organisation_of_pronoun
from quotes.nlp.names.entity import Entity, span_of_name
from quotes.nlp.names.name_parts import fold, given_name_gender
from quotes.nlp.names.organisation_spans import Tokens, capital, organisation_nouns
from quotes.nlp.parsing.parse import Parse
from quotes.nlp.speakers.unnamed_organisations import phrase_start, unnamed_organisation
from quotes.nlp.titles.roles import PAST, Role
from quotes.nlp.titles.title_phrases import is_staff_title, role_class
from quotes.records import Span

#: Classes of roles that nobody has but in an organisation.
_ORGANISATION_ROLES = ("corporate", "voice", "employed", "organised")
_OFFICES = frozenset({"campaign", "administration", "government", "team"})
#: How many tokens around a common noun are searched for the name that it goes with.
_NEAR = 1500


class Affiliation(NamedTuple):
    """A title and an institution as printed, either may be missing; `past` where the article says that it is over."""

    title: Span | None
    institution: Span | None
    past: bool = False


def affiliations_of(discourse: Discourse, entity: Entity) -> tuple[Affiliation, ...]:
    """Everything that an article says a person is, the main affiliation first."""
    return ranked(discourse, discourse.roles_of(entity))


def ranked(discourse: Discourse, roles: Sequence[Role]) -> tuple[Affiliation, ...]:
    """Affiliations without repeats: present before past, then those that name title and institution together, then the surer
    construction, then the order of the text."""
    parse = discourse.parse
    read = [(role, printed_role(discourse, role)) for role in roles]
    read.sort(
        key=lambda pair: (
            pair[0].weight == 0,
            pair[1].past,
            -(pair[0].weight + (pair[1].title is not None and pair[1].institution is not None)),
            min(pair[0].title or pair[0].institution or (0, 0)),
        )
    )
    found: list[Affiliation] = []
    seen: set[tuple[str, str]] = set()
    for _, each in read:
        key = (_printed(parse, each.title), _printed(parse, each.institution))
        if key not in seen and key != ("", ""):
            seen.add(key)
            found.append(each)
    return tuple(found)


def printed_role(discourse: Discourse, role: Role) -> Affiliation:
    """Title and institution; where the role names its organisation by "its", "the federation" or a short form, the organisation's
    fullest name."""
    parse = discourse.parse
    title, institution = role.title, role.institution_span(parse)
    if role.institution is not None and _is_person(discourse, role.institution):
        institution = _owner(discourse, role.institution[1], staff=is_staff_title(parse, role.title))
    elif role.institution is not None:
        institution = fullest_name(discourse, *role.institution)
    elif role.owner is not None:
        named = _owner(discourse, role.owner, staff=is_staff_title(parse, role.title)) or _employer(discourse, role.title, role.owner)
        # Only behind a title: "president of the dock workers' union" names no organisation, "keeps the baths" says what one does.
        institution = named or (unnamed_organisation(parse, role.owner) if title is not None else None)
        inside = title is not None and title[0] <= role.owner < title[1]
        if title is not None and inside and _is_apart_from_organisation(discourse, title, role.owner, named):
            title = (role.owner + 1, title[1])  # "a company | spokesman", where the company is known
    if title is not None and role.past:
        title = _as_past(parse, title)
    return Affiliation(parse.span(*title) if title else None, institution, role.past)


def _is_apart_from_organisation(discourse: Discourse, title: Tokens, owner: int, named: Span | None) -> bool:
    """Whether a title stands apart from the name or noun before it: where that names an organisation, or that a spokesman speaks for."""
    parse = discourse.parse
    post = parse.lower[title[1]]
    if is_staff_title(parse, title):
        return named is not None or (post in role_class("voice") and discourse.entity_at(owner) is not None)
    return named is not None and post in role_class("leader", "member", "organised", "team", "employed")


def _employer(discourse: Discourse, title: Tokens | None, owner: int) -> Span | None:
    """The organisation of a position that only organisations have, whatever the entity recogniser makes of the name beside it:
    "Commerzbank analyst"."""
    parse, entity = discourse.parse, discourse.entity_at(owner)
    if title is None or not capital(parse, owner) or parse.lower[title[1]] not in role_class(*_ORGANISATION_ROLES):
        return None
    if entity is None:
        first = owner
        while first > title[0] and capital(parse, first - 1) and title[0] <= owner:
            first -= 1
        opens = first == parse.bounds[parse.sentence[first]][0] and parse.words[first].istitle()
        return parse.span(first, owner) if parse.tag[owner] in {"NNP", "NNPS"} and not opens else None
    known = entity.explicit_gender != "-" or entity.honorifics or given_name_gender(parse.words[entity.fullest.first]) is not None
    return None if entity.kind != "person" or known else span_of_name(parse, entity.fullest)


def _as_past(parse: Parse, title: Tokens) -> Tokens:
    """A title with the word right before it that says it is over, as printed: "former | governor", "ex- | striker"."""
    first, last = title
    hyphen = first > 1 and parse.words[first - 1] == "-"
    word = parse.lower[first - 1 - hyphen] if first > hyphen else ""
    return (first - 1 - hyphen, last) if word in PAST and (not hyphen or word == "ex") else title


def _is_person(discourse: Discourse, tokens: Tokens) -> bool:
    """Whether what looks like an organisation's name is a person's surname, as the fuller name elsewhere in the article shows."""
    entity = discourse.entity_at(tokens[0])
    return entity is not None and entity.kind == "person" and tokens[0] == tokens[1] and len(entity.words) > 1


def fullest_name(discourse: Discourse, first: int, last: int) -> Span:
    """The fullest name of the organisation that tokens name."""
    parse = discourse.parse
    name, entity = discourse.names.get(first), discourse.entity_at(first)
    if name is not None and name.last == last and entity is not None and entity.kind == "organisation":
        if len(entity.fullest.words) > len(name.words):
            return span_of_name(parse, entity.fullest)
    elif first == last and parse.entity[first] not in {"GPE", "NORP"}:  # "US": no short form of the US Trade Act
        word = fold(parse.lower[first])
        longer = _fuller_organisation(discourse, word)
        if longer is not None:
            return span_of_name(parse, longer.fullest)
    return parse.span(first, last)


def _fuller_organisation(discourse: Discourse, word: str) -> Entity | None:
    """The organisation of several words of which one is the short form."""
    parse = discourse.parse
    for each in discourse.entities:
        if each.kind == "organisation" and word in each.words and len(each.words) > 1 and parse.words[each.fullest.first][:1].isupper():
            return each
    return None


def _owner(discourse: Discourse, owner: int, *, staff: bool) -> Span | None:
    """The organisation that a pronoun, a common noun or the name of its candidate stands for."""
    parse = discourse.parse
    word = parse.lower[owner]
    if word in {"its", "their"}:
        organisation = organisation_of_pronoun(discourse, owner)
        return span_of_name(parse, organisation.fullest) if organisation is not None else None
    entity = discourse.entity_at(owner)
    if entity is not None and entity.kind == "person":
        return _office_of(discourse, entity) if staff else None
    if entity is not None:
        return span_of_name(parse, entity.fullest) if entity.kind == "organisation" else None
    if word in _OFFICES and (office := _office_near(parse, owner)) is not None:
        return office
    first, article = phrase_start(parse, owner)
    organisation = described_organisation(discourse, owner, named=True) if article == "the" or first == owner else None
    return (
        span_of_name(parse, organisation.fullest)
        if organisation is not None and organisation.kind == "organisation"
        else _most_mentioned(discourse, owner)
    )


def _most_mentioned(discourse: Discourse, owner: int) -> Span | None:
    """The organisation that "the company" means where no name says so: of those in the last sentences, the one spoken of most."""
    parse = discourse.parse
    if parse.lower[owner] not in organisation_nouns("general"):
        return None
    near = [
        entity
        for at, entity in reversed(discourse.before(owner, 100))
        if entity.kind == "organisation" and parse.sentence[owner] - parse.sentence[at] <= 3
    ]
    return span_of_name(parse, max(near, key=lambda entity: len(entity.mentions)).fullest) if near else None


def _office_of(discourse: Discourse, entity: Entity) -> Span | None:
    """The campaign or administration that the article names by a person ("the Adair campaign"), else None."""
    parse = discourse.parse
    for name in entity.mentions:
        token = name.last + 1
        token += parse.words[token : token + 1] in (["'s"], ["’s"])
        if token < len(parse) and parse.lower[token] in _OFFICES:
            return parse.span(name.first, token)
    return None


def _office_near(parse: Parse, owner: int) -> Span | None:
    """The name with which "campaign" stands nearest before or behind: "the Adair campaign … the campaign's manager"."""
    noun = parse.lower[owner]
    first, last = max(1, owner - _NEAR), min(len(parse), owner + _NEAR)
    for token in (*range(owner - 1, first, -1), *range(owner + 1, last)):
        if parse.lower[token] != noun:
            continue
        name = token - 1
        name -= parse.words[name] in {"'s", "’s"}
        if parse.words[name][:1].isupper() and parse.tag[name] in {"NNP", "NNPS"} and parse.entity[name] not in {"NORP", "DATE"}:
            return parse.span(name, token)
    return None


def _printed(parse: Parse, span: Span | None) -> str:
    return parse.text[span.start : span.end].casefold() if span is not None else ""
