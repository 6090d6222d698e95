"""The name behind the comma that ends a description: "A charity working in the area, X, said", "Its vice-president, X, said"."""

from __future__ import annotations

from quotes import lexicons
from quotes.components.describing import is_body_noun
from quotes.components.discourse import Discourse
from quotes.components.entities import Entity
from quotes.components.kinds import of_itself
from quotes.components.name_parts import behind_honorifics, called_so, gendered, is_honorific
from quotes.components.parse import FINITE_TAGS, NOUN_TAGS, Parse
from quotes.components.sources import Source

#: How far behind a description's noun its comma may stand, and how many words may lead up to the name behind it, in tokens.
PHRASE, LEAD = 16, 4
_SELF = frozenset({"name", "himself", "herself", "themself", "themselves"})
_ENDS = frozenset({",", ".", ";", "(", "—", "–", "-", "who"})


def named_behind(discourse: Discourse, source: Source) -> Entity | None:
    """The person or the body named behind the comma that ends a description, whether or not the source as printed holds the name; of
    the kind that the description's noun means."""
    parse = discourse.parse
    head = _compound_end(parse, source.head)
    if parse.tag[head] not in {"NN", "NNP"} or parse.entity[head] in {"PERSON", "GPE", "ORG"}:
        return None
    itself = _gave_name(discourse, source)
    if itself is not None:
        return itself
    comma = _comma(parse, head)
    start = None if comma is None else _name_start(discourse, comma + 1)
    if start is None:
        return None
    entity, name = discourse.by_token[start], discourse.names[start]
    behind = name.last + 1
    ends = behind >= len(parse) or parse.lower[behind] in _ENDS or parse.tag[behind] in FINITE_TAGS
    if not ends:
        return None
    apposed = parse.dep[name.last] == "appos" and parse.head[name.last] == source.head
    body = is_body_noun(parse.lower[head]) and of_itself(parse, source.head) == "it"
    if entity.kind == "place" and len(name.words) > 1 and apposed and body:
        entity.kind = "organisation"  # "Kinsight Africa"
    return entity if _of_one_kind(parse, head, source.head, entity) else None


def _compound_end(parse: Parse, head: int) -> int:
    """The last part of a noun with hyphens, whichever part the parser took for its head ("vice-president")."""
    while head + 2 < len(parse) and parse.words[head + 1] == "-" and parse.tag[head + 2] in NOUN_TAGS:
        head += 2
    return head


def _comma(parse: Parse, head: int) -> int | None:
    """The comma that ends the phrase of a noun, no finite verb before it."""
    for token in range(head + 1, min(head + PHRASE, parse.bounds[parse.sentence[head]][1])):
        if parse.words[token] == ",":
            return token
        if parse.tag[token] in FINITE_TAGS or parse.words[token] in {";", ":", "(", '"', "“", "”"}:
            return None
    return None


def _name_start(discourse: Discourse, token: int) -> int | None:
    """Where a name begins behind a comma: at once, or behind an article, a title and honorifics."""
    parse = discourse.parse
    for at in range(token, min(token + LEAD + 1, len(parse))):
        if at in discourse.names:
            return at
        behind = behind_honorifics(parse, at)
        if behind != at and behind in discourse.names:
            return behind
        if not (parse.tag[at] in {"JJ", "NN", "VBN"} or (at == token and parse.lower[at] in {"the", "a", "an"})):
            return None
    return None


def _of_one_kind(parse: Parse, head: int, subject: int, entity: Entity) -> bool:
    """Whether a description can be of somebody or something named so; what nothing but a label makes a person is a body where the noun or
    the pronoun behind it says so."""
    noun = parse.lower[head]
    body = is_body_noun(noun) and noun not in lexicons.genders("roles.tsv")
    person = lexicons.is_role(noun) or gendered(noun) != "-"
    if entity.kind == "place":
        return False
    itself = of_itself(parse, subject)
    body = body or itself == "it"
    if entity.kind == "person":
        if body and entity.told == "-" == entity.gender and not entity.honorifics:
            entity.kind = "organisation"
            return True
        return person and not body
    return body


def _gave_name(discourse: Discourse, source: Source) -> Entity | None:
    """Who "gave her name only as X", "identified himself as X" or "goes by “X”" within the description or right behind it."""
    parse = discourse.parse
    behind = max(source.tokens) + 1
    for token in (*sorted(source.tokens), *range(behind, min(behind + 3, len(parse)))):
        if token not in discourse.names:
            continue
        before = token - 1
        while before > 0 and (is_honorific(parse, before) or parse.words[before] == "."):
            before -= 1
        entity = discourse.by_token[token]
        if entity.kind == "person" and called_so(parse, token):
            return entity
        if entity.kind == "person" and parse.lower[before] == "as" and not _SELF.isdisjoint(parse.lower[max(before - 3, 0) : before]):
            return entity
    return None
