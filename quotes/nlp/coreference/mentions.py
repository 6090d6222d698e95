"""Who a mention means, within one article: names to the fullest name, pronouns and descriptions to the one they stand for.

The article is read once from beginning to end. Names are known from the start (an article may print the full name late); pronouns and
descriptions look back. Gender comes from honorifics, roles, given names and earlier pronouns, never from a guess alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from quotes.nlp.coreference.definite_descriptions import bearer_of_surname, described_organisation, described_person
from quotes.nlp.coreference.descriptors import add_descriptors, elder_or_younger, may_mean_organisation
from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.coreference.pronouns import (
    SUBJECTS,
    person_of_pronoun,
)
from quotes.nlp.coreference.unnamed_speakers import can_speak
from quotes.nlp.detection.quotation_marks import Quotation
from quotes.nlp.names.entities import group_names
from quotes.nlp.names.entity import Entity
from quotes.nlp.names.name_parts import SUFFIXES, fold
from quotes.nlp.names.proper_names import Name, capitalised_name, full_name, introductions, names_of
from quotes.nlp.parsing.parse import Parse
from quotes.nlp.titles.name_context import roles_beside_name


def discourse_of(
    parse: Parse,
    quotations: Sequence[Quotation],
    heads: Sequence[int] = (),
    bylines: Sequence[tuple[int, int]] = (),
    quoted: Collection[int] = (),
) -> Discourse:
    """The names of an article and what is said of their people; `heads` are tokens known to be sources, named or not, `bylines`
    spans (the byline) whose names are nobody's in the story, `quoted` the characters where contents begin."""
    names = _all_names(parse, heads, bylines)
    discourse = Discourse(parse, group_names(parse, names, heads), quotations, frozenset(heads), frozenset(quoted))
    for entity in discourse.entities:
        _add_entity(discourse, entity)
    discourse.mentions.sort(key=lambda each: each[0])
    for positions in discourse.positions.values():
        positions.sort()
    for people in discourse.surnames.values():
        people.sort(key=lambda each: each.mentions[0].first)
    add_descriptors(discourse)
    _tell_apart(discourse)
    for head in heads:
        speaker = discourse.entity_at(head)
        if speaker is not None and speaker.kind == "place":
            discourse.speaking_places.add(id(speaker))
    _resolve_subjects(discourse)
    return discourse


def _all_names(parse: Parse, heads: Sequence[int], bylines: Sequence[tuple[int, int]]) -> list[Name]:
    """The names of an article in order, with those that only a source shows to be one."""
    names = {token: name for name in names_of(parse) if not _in_zones(parse, name, bylines) for token in range(name.first, name.last + 1)}
    overlooked = [head for head in heads if head not in names]
    found = [capitalised_name(parse, head, person=True) for head in overlooked]
    found += [full_name(parse, *tokens) for tokens in introductions(parse, overlooked)]
    found += [full_name(parse, token, token) for token in _named_before(parse, names)]
    for name in filter(None, found):
        tokens = range(name.first, name.last + 1)
        inner = [names[token] for token in tokens if token in names]
        # "Ada | Case", of which the entity recogniser saw the given name
        if not inner or (len(inner) == 1 and inner[0].kind == "person" and inner[0].first == name.first == name.last - 1):
            names.update(dict.fromkeys(tokens, name))
    return sorted({name.first: name for name in names.values()}.values(), key=lambda each: each.first)


def _named_before(parse: Parse, names: Mapping[int, Name]) -> list[int]:
    """Subjects that the entity recogniser overlooked, of one word that is the first or last of somebody's full name."""
    full = [name for name in names.values() if name.kind == "person" and name.last > name.first]
    known = {parse.words[token] for name in full for token in (name.first, name.last)}
    return [
        token
        for token in range(len(parse))
        if token not in names and parse.words[token] in known and parse.dep[token] in SUBJECTS and parse.tag[token] == "NNP"
    ]


def _in_zones(parse: Parse, name: Name, bylines: Sequence[tuple[int, int]]) -> bool:
    return any(start <= parse.start[name.first] < end for start, end in bylines)


def _add_entity(discourse: Discourse, entity: Entity) -> None:
    """Note the mentions of an entity and the roles beside them."""
    positions = discourse.positions.setdefault(id(entity), [])
    if entity.kind == "person" and len(entity.words) > 1:
        surname = next((word for word in reversed(entity.words) if word not in SUFFIXES), entity.words[-1])
        discourse.surnames.setdefault(surname, []).append(entity)
    for name in entity.mentions:
        discourse.names[name.first] = name
        for token in range(name.first, name.last + 1):
            discourse.by_token[token] = entity
        discourse.mentions.append((name.last, entity))
        positions.append(name.last)
        if entity.kind == "person":
            discourse.roles.setdefault(id(entity), []).extend(roles_beside_name(discourse.parse, name))


def _tell_apart(discourse: Discourse) -> None:
    """Give mentions of a shared surname with "the elder" or "the younger" before them to whom they mean."""
    for first, name in discourse.names.items():
        entity = discourse.by_token[first]
        word = elder_or_younger(discourse, name) if entity.kind == "person" and len(name.words) == 1 else ""
        other = bearer_of_surname(discourse, name, word) if word else None
        if other is None or other is entity:
            continue
        entity.mentions.remove(name)
        entity.longest = None
        if not entity.mentions:
            discourse.entities.remove(entity)
        other.add_mention(name)
        discourse.positions[id(entity)].remove(name.last)
        discourse.mentions.remove((name.last, entity))
        discourse.add(name.last, other)
        discourse.by_token.update(dict.fromkeys(range(name.first, name.last + 1), other))


def _resolve_subjects(discourse: Discourse) -> None:
    """Every "he", "she" and described subject of a clause outside quotation marks, in order, so that what follows can look back to it."""
    parse = discourse.parse
    for token, word in enumerate(parse.lower):
        tag = parse.tag[token]
        if tag in {"NN", "NNS"} and token not in discourse.by_token and can_speak(word):
            discourse.noun_positions.setdefault(word, []).append(token)
        if parse.dep[token] not in SUBJECTS or token in discourse.by_token or discourse.quoted_at(token):
            continue
        entity = None
        if word in {"he", "she"}:
            entity = person_of_pronoun(discourse, token)
        elif tag == "NN" and parse.lower[parse.left[token]] == "the":
            entity = described_subject(discourse, token)
        if entity is not None:
            discourse.add(token, entity)


def described_subject(discourse: Discourse, token: int) -> Entity | None:
    """Who or what a subject like "the airline" or "the prop" means."""
    parse = discourse.parse
    if any(parse.dep[child] in {"prep", "relcl", "appos"} for child in parse.children[token]):
        return None
    noun = parse.lower[token]
    if fold(noun) in discourse.descriptors:
        entity = described_person(discourse, token)
        if entity is not None:
            return entity
    return described_organisation(discourse, token, named=True) if may_mean_organisation(noun) else None
