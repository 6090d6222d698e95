"""The name in a source whose grammatical head is another word: it stands behind titles, or in apposition to a description."""

from __future__ import annotations

from collections.abc import Sequence

from quotes import lexicons
from quotes.nlp.coreference.descriptors import may_mean_organisation
from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.detection.sources import Source
from quotes.nlp.names.entity import Entity
from quotes.nlp.names.name_parts import is_honorific
from quotes.nlp.parsing.parse import VERB_TAGS, Parse
from quotes.nlp.titles.name_context import title_start
from quotes.nlp.titles.roles import is_role_noun

_BREAKS = frozenset({",", ";", "—", "–"})
_PREPOSITIONS = frozenset({"IN", "TO", "DT", "WDT", "WP"})
_LINKS = _PREPOSITIONS | {"CC"} | VERB_TAGS - {"VBG", "VBN"}


def named_in_source(discourse: Discourse, source: Source) -> Entity | None:
    """The person or organisation that a source names apart from its head; None where the head is all there is to go by."""
    if _means_several(discourse.parse, source):
        return None
    segments = _segments(discourse.parse, source)
    behind = _behind_titles(discourse, source.head, segments) or _behind_field(discourse, source)
    return behind or _last_segment(discourse, source.head, segments)


def named_beside_description(discourse: Discourse, source: Source) -> Entity | None:
    """The person or organisation named beside a description that is a source's head: "the keeper, Imre Fodor", "the newspaper X"."""
    apposed = None if _means_several(discourse.parse, source) else _apposed(discourse, source)
    return apposed or _named_organisation(discourse, source)


def _means_several(parse: Parse, source: Source) -> bool:
    """Whether a source is several people: "supporters of X", "two members, X and Y"; not "one of the members, X"."""
    noun = parse.lower[source.head]
    people = noun in lexicons.words("plural_people.txt") or lexicons.is_role(noun.removesuffix("s"))
    return people and parse.tag[source.head] == "NNS" and parse.lower[min(source.tokens, default=source.head)] != "one"


def _segments(parse: Parse, source: Source) -> list[list[int]]:
    """The tokens of a source between its commas and dashes, up to a parenthesis or a relative clause."""
    segments: list[list[int]] = [[]]
    for token in sorted(source.tokens):
        if parse.words[token] in {"(", "["} or (token > source.head and parse.lower[token] in {"who", "which", "whose"}):
            break
        if parse.words[token] in _BREAKS:
            segments.append([])
        else:
            segments[-1].append(token)
    return [segment for segment in segments if segment]


def _behind_titles(discourse: Discourse, head: int, segments: Sequence[Sequence[int]]) -> Entity | None:
    """The person whose name ends the head's segment behind titles ("GT&T Chairman and CEO Ann Ray", "Ambassador to Norway Ann Ray") or ends
    the source behind "named" ("an owner, a woman named Ray")."""
    for segment in segments:
        first = next((token for token in segment if token in discourse.names and discourse.names[token].last == segment[-1]), head)
        if first > head and discourse.by_token[first].kind == "person":
            called = segment is segments[-1] and discourse.parse.lower[first - 1] in {"called", "named"}
            if called or (head in segment and _is_title(discourse.parse, head, first)):
                return discourse.by_token[first]
    return None


def _is_title(parse: Parse, head: int, name: int) -> bool:
    """Whether the words from the head of a source to a name in it are titles and what belongs to them: no verb, no preposition but in
    "editor-in-chief"."""
    limit = _without_honorifics(parse, head, name)
    last = limit - 1
    if parse.entity[last] in {"GPE", "ORG"}:
        while last > head and parse.entity[last] == parse.entity[limit - 1]:
            last -= 1
        last -= parse.lower[last] == "the"
        return last > head and parse.lower[last] in {"of", "for", "to"} and parse.words[last - 1].istitle()
    if not (is_role_noun(parse, last) or parse.tag[last] == "NN"):
        return False
    return title_start(parse, limit) <= head or all(
        parse.tag[token] not in _LINKS or (parse.tag[token] in _PREPOSITIONS and parse.words[token - 1] == "-")
        for token in range(head, limit)
    )


def _without_honorifics(parse: Parse, head: int, name: int) -> int:
    """The token behind the last one between a head and a name that is no honorific."""
    while name - 1 > head and (is_honorific(parse, name - 1) or parse.words[name - 1] == "."):
        name -= 1
    return name


def _behind_field(discourse: Discourse, source: Source) -> Entity | None:
    """The person before whose name the source's head is a title with "of" or "for" in it ("Minister for Health Simon Carter")."""
    parse = discourse.parse
    for token in sorted(source.tokens):
        entity = discourse.entity_at(token)
        if token > source.head and token in discourse.names and entity is not None and entity.kind == "person":
            limit = _without_honorifics(parse, source.head, token)
            inside = {"of", "for"}.intersection(parse.lower[source.head : limit - 1])
            return entity if inside and title_start(parse, limit) <= source.head else None
    return None


def _last_segment(discourse: Discourse, head: int, segments: Sequence[Sequence[int]]) -> Entity | None:
    """The name that is all there is behind the last comma of a description ("One of the sites, Tarn.net", "his daughter, Ann Ray")."""
    parse = discourse.parse
    if len(segments) < 2 or head not in (*segments[0], *segments[-2]) or (discourse.entity_at(head) and parse.tag[head].startswith("NNP")):
        return None
    if any(parse.tag[token] in VERB_TAGS for token in (*segments[0], *segments[-2]) if token > head):
        return None  # "a letter found by the clerk, Ann Ray"
    if parse.tag[head] in {"NNS", "NNPS"} and parse.lower[segments[0][0]] != "one":
        return None  # "the owners of the site, Tarn.net"
    last = list(segments[-1])
    while len(last) > 1 and (parse.lower[last[0]] in {"and", "the"} or is_honorific(parse, last[0])):
        del last[0]
    name = discourse.names.get(last[0])
    return discourse.entity_at(last[0]) if name is not None and name.last == last[-1] else None


def _apposed(discourse: Discourse, source: Source) -> Entity | None:
    """The person named in apposition to a description: "the keeper, Imre Fodor"."""
    parse, head = discourse.parse, source.head
    for token in sorted(source.tokens):
        entity = discourse.entity_at(token)
        if entity is None or entity.kind != "person" or token not in discourse.names:
            continue
        name = discourse.names[token]
        if token > head and _closes_phrase(discourse, head, token):
            return entity
        if parse.dep[name.last] == "appos" and parse.head[name.last] == head:
            return entity
    return None


def _named_organisation(discourse: Discourse, source: Source) -> Entity | None:
    """The organisation named right behind the common noun for it: "the newspaper X", "a software supplier, X"."""
    parse, head = discourse.parse, source.head
    if not may_mean_organisation(parse.lower[head]):
        return None
    token = head + 2 if parse.words[head + 1 : head + 2] == [","] else head + 1
    entity = discourse.entity_at(token) if token in source.tokens and token in discourse.names else None
    return entity if entity is not None and entity.kind == "organisation" else None


def _closes_phrase(discourse: Discourse, head: int, token: int) -> bool:
    """Whether a name stands behind the comma that ends a description with phrases of its own ("the mayor of Pennick, Elowen Diaz")."""
    parse = discourse.parse
    return parse.words[token - 1] == "," and lexicons.is_role(parse.lower[head]) and VERB_TAGS.isdisjoint(parse.tag[head + 1 : token - 1])
