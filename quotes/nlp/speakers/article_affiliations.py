"""What an article says of a person, gathered: every affiliation from all mentions of them, with organisations by their fullest names,
ranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotes import lexicons
from quotes.nlp.coreference.definite_descriptions import described_organisation
from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.coreference.pronouns import organisation_of_pronoun
from quotes.nlp.names.entity import Entity, span_of_name
from quotes.nlp.names.name_parts import fold, given_name_gender
from quotes.nlp.names.organisation_spans import DETERMINERS, Tokens, capital, is_organisation_noun, organisation_nouns
from quotes.nlp.parsing.parse import Parse
from quotes.nlp.titles.roles import PAST, Role, is_staff_title, role_class
from quotes.records import Span

#: Classes of roles that nobody has but in an organisation.
_ORGANISATION_ROLES = ("corporate", "voice", "employed", "organised")
#: Behind these "as" brings a title that is over.
_HELD = frozenset({"served", "tenure", "stint", "time", "term", "resigned", "down"})
_OFFICES = frozenset({"campaign", "administration", "government", "team"})
#: What may stand before a common noun for an organisation.
_MODIFIERS = frozenset({"NN", "NNS", "JJ", "VBG", "CC", "POS", "HYPH"})
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
            pair[0].title or pair[0].institution or (),
        )
    )
    found: list[Affiliation] = []
    seen: set[tuple[str, str]] = set()
    for _, each in read:
        key = (printed(parse, each.title), printed(parse, each.institution))
        if key not in seen and any(key):
            seen.add(key)
            found.append(each)
    return tuple(found)


def printed_role(discourse: Discourse, role: Role) -> Affiliation:
    """Title and institution; where the role names its organisation by "its", "the federation" or a short form, the organisation's
    fullest name."""
    parse = discourse.parse
    title, institution = role.title, None
    if role.institution is not None and _is_person(discourse, role.institution):
        institution = _owner(discourse, role.institution[1], staff=is_staff_title(parse, role.title))
    elif role.institution is not None:
        institution = fullest_name(discourse, *role.institution)
    elif role.owner is not None:
        named = _owner(discourse, role.owner, staff=is_staff_title(parse, role.title)) or _employer(discourse, role.title, role.owner)
        # Only behind a title: "president of the dock workers' union" names no organisation, "keeps the baths" says what one does.
        institution = named or (_unnamed_organisation(parse, role.owner) if title is not None else None)
        inside = title is not None and title[0] <= role.owner < title[1]
        spokesman = is_staff_title(parse, title) and parse.lower[title[1] if title else 0] in role_class("voice")
        if title is not None and inside and (named is not None or (spokesman and discourse.entity_at(role.owner) is not None)):
            title = (role.owner + 1, title[1])  # "a company | spokesman", where the company is known
    if title is not None and role.past:
        title = (with_past(parse, title[0])[0], title[1])
    return Affiliation(parse.span(*title) if title else None, institution, role.past)


def _employer(discourse: Discourse, title: Tokens | None, owner: int) -> Span | None:
    """The organisation of a position that only organisations have, whatever the entity recogniser makes of the name beside it:
    "Commerzbank analyst"."""
    parse, entity = discourse.parse, discourse.entity_at(owner)
    if title is None or not capital(parse, owner) or parse.lower[title[1]] not in role_class(*_ORGANISATION_ROLES):
        return None
    if entity is None:
        opens = owner == parse.bounds[parse.sentence[owner]][0] and parse.words[owner].istitle()
        return parse.span(owner, owner) if parse.tag[owner] in {"NNP", "NNPS"} and not opens else None
    known = entity.explicit_gender != "-" or given_name_gender(parse.words[entity.fullest.first]) is not None
    return None if entity.kind != "person" or known else span_of_name(parse, entity.fullest)


def with_past(parse: Parse, first: int) -> tuple[int, bool]:
    """Where a title begins with a word right before it that says it is over, as printed ("former | governor", "ex- | striker"), and
    whether one does, there or as its first word."""
    before = first - 1 - (first > 1 and parse.words[first - 1] == "-")
    if before >= 0 and parse.lower[before] in PAST:
        return before, True
    return first, parse.lower[first] in PAST or _was_held(parse, first)


def _was_held(parse: Parse, first: int) -> bool:
    """Whether the words before a title say that somebody had it then: "who served as | director", "her tenure as | mayor", "who was the |
    director"."""
    before = first - 1
    while before > 0 and parse.lower[before] in DETERMINERS:
        before -= 1
    return parse.lower[max(before - 1, 0) : before + 1] == ["who", "was"] or (
        before > 0 and parse.lower[before] == "as" and parse.lower[before - 1] in _HELD
    )


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
        organisations = (each for each in discourse.entities if each.kind == "organisation" and len(each.words) > 1)
        longer = next((each for each in organisations if word in each.words), None)
        if longer is not None:
            return span_of_name(parse, longer.fullest)
    return parse.span(first, last)


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
    first = owner
    while first > 0 and parse.tag[first - 1] in _MODIFIERS and _is_common(parse, first - 1):
        first -= 1
    definite = first == owner or parse.lower[max(first - 1, 0)] == "the"
    organisation = described_organisation(discourse, owner, named=True) if definite else None
    if organisation is not None and organisation.kind == "organisation":
        return span_of_name(parse, organisation.fullest)
    return _most_mentioned(discourse, owner)


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
    places = [at for at in range(max(2, owner - _NEAR), min(len(parse), owner + _NEAR)) if parse.lower[at] == parse.lower[owner]]
    for token in sorted(places, key=lambda at: (at > owner, abs(at - owner))):
        name = token - 1 - (parse.words[token - 1] in {"'s", "’s"})
        if parse.words[name][:1].isupper() and parse.tag[name] in {"NNP", "NNPS"} and parse.entity[name] != "NORP":
            return parse.span(name, token)
    return None


def _unnamed_organisation(parse: Parse, owner: int) -> Span | None:
    """The phrase for an organisation that a common noun heads ("the dock workers' union", "the school board"); None where the noun stands
    alone."""
    noun, first = parse.lower[owner], owner
    if not _is_common(parse, owner) or not is_organisation_noun(noun) or noun == "campaign" or noun in organisation_nouns("general"):
        return None
    while first > 0 and (parse.tag[first - 1] in _MODIFIERS - {"CC"} or parse.tag[first - 1] in {"NNP", "NNPS"}):
        if parse.lower[first - 1] in lexicons.words("general_adjectives.txt"):
            break
        first -= 1
    return parse.span(first, owner) if first < owner else None


def _is_common(parse: Parse, token: int) -> bool:
    """Whether a word is no name's: in small letters, a possessive mark, or a common noun at the head of a sentence."""
    opens = token == parse.bounds[parse.sentence[token]][0] and parse.tag[token] == "NN"
    return parse.words[token].islower() or parse.tag[token] == "POS" or opens


def printed(parse: Parse, span: Span | None) -> str:
    """The words of a span, without case; an empty string for none."""
    return "" if span is None else parse.text[span.start : span.end].casefold()
