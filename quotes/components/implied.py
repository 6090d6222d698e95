"""The body that a post belongs to where none is named beside it: "Chief executive X said" in an article about one company.

Only posts that nobody holds but in a body count ("chief executive", "spokesman", "captain"), and only a body that the sentences around, or
the article as a whole, are about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Literal

from quotes.components.bodies import Tokens, acronym
from quotes.components.discourse import Discourse
from quotes.components.entities import Entity
from quotes.components.outlets import is_outlet
from quotes.components.parse import SUBJECTS, Parse
from quotes.components.role_phrases import is_plural, of_class

Kind = Literal["business", "team", "council", "any"]

#: Words before a post that leave it the same post.
_RANKS = frozenset(
    {
        "acting",
        "assistant",
        "associate",
        "chief",
        "co",
        "-",
        "deputy",
        "executive",
        "first",
        "group",
        "head",
        "honorary",
        "interim",
        "joint",
    }
    | {"non", "outgoing", "national", "press", "senior", "vice", "managing", "regional", "company", "club", "team", "board", "corporate"}
)
#: What a director or chief of a business directs.
_FUNCTIONS = frozenset(
    {"finance", "financial", "commercial", "marketing", "sales", "operations", "operating", "technology", "technical", "product", "design"}
    | {"managing", "creative", "executive", "information", "risk", "legal", "compliance", "investment", "personnel", "medical", "sporting"}
    | {"communications", "personnel", "procurement", "strategy", "revenue", "people", "human", "resources", "research", "investor"}
    | {"relations", "content", "data", "digital", "retail", "purchasing", "production", "manufacturing", "supply", "chain", "engineering"}
)
#: Words of names of bodies that are no businesses and have no captains.
_PUBLIC = frozenset(
    {"ministry", "court", "police", "parliament", "senate", "congress", "government", "party", "house", "committee", "treasury", "cabinet"}
    | {"parliamentary", "union", "tribunal", "council", "commission", "department", "bureau", "assembly", "army", "navy"}
)
_TEAMS_NOT = (
    _PUBLIC
    | {"bank", "inc", "ltd", "plc", "llc", "corp", "hospital", "church", "institute", "agency", "league", "cup", "federation", "games"}
    | {"association", "stadium", "arena", "olympics", "championship", "championships", "tournament", "conference", "series", "bowl"}
)
#: How many sentences back the body is looked for that these are about, and how many open the article.
_AROUND, _LEAD = 2, 2
_WINDOW = 60


def implied_body(discourse: Discourse, title: Tokens) -> Entity | None:
    """The body that a title without an institution belongs to; None where the article does not make that plain."""
    parse = discourse.parse
    kind = kind_of_post(parse, title)
    if kind is None or is_plural(parse, title) or _owned_or_field(parse, title):
        return None
    return _topic(discourse, title[0], lambda entity: _fits(parse, entity, kind)) or _only_body(discourse, kind)


def plays(parse: Parse, owner: int) -> bool:
    """Whether a name stands right before a post or a position of a team ("Ostrava striker")."""
    token = owner + 1
    while token < len(parse) and parse.lower[token] in {"head", "assistant", "star", "veteran"}:
        token += 1
    return token < len(parse) and parse.lower[token] in of_class("team")


def _only_body(discourse: Discourse, kind: Kind) -> Entity | None:
    """The one body of an article that may have such a post: a team wherever it is named, another in the opening."""
    parse = discourse.parse
    bodies = [entity for entity in discourse.entities if _fits(parse, entity, kind)]
    if len(bodies) != 1 or (kind != "team" and parse.sentence[bodies[0].mentions[0].first] >= _LEAD):
        return None
    return bodies[0]


@cache
def _posts() -> dict[str, Kind]:
    """Nouns for posts of bodies, to the kind of body that has such."""
    kinds: dict[str, Kind] = {}
    names: tuple[tuple[str, Kind], ...] = (("corporate", "business"), ("team", "team"), ("organised", "any"))
    for name, kind in names:
        kinds.update((noun, kind) for noun in of_class(name))
    return kinds


def kind_of_post(parse: Parse, title: Tokens) -> Kind | None:
    """What kind of body has such a post; None where it is no post of a body, or says its body or field itself."""
    words = [parse.lower[token] for token in range(title[0], title[1] + 1)]
    kind = _posts().get(words[-1])
    if kind is not None:
        return kind if all(word in _RANKS or word in _posts() for word in words[:-1]) else None
    before = [word for word in words[:-1] if word not in {"&", "and", ",", "-"}]
    if words[-1] == "executive":
        return "business" if "chief" in before and all(word in _RANKS for word in before) else None
    if words[-1] in {"director", "chief", "officer"}:
        functions = [word for word in before if word in _FUNCTIONS]
        ranked = words[-1] != "officer" or "chief" in before
        return "business" if functions and ranked and all(word in _FUNCTIONS | _RANKS for word in before) else None
    if "cabinet" in words and "member" in words:
        return "council"
    if words[-1] == "secretary":
        return "any" if before == ["general"] else None
    return None


def _owned_or_field(parse: Parse, title: Tokens) -> bool:
    """Whether the words around a title say whose or of what it is, or that it is one of many."""
    before, after = title[0] - 1, title[1] + 1
    if before >= 0 and (parse.tag[before] in {"POS", "PRP$"} or (parse.words[before][:1].isupper() and parse.tag[before] == "NNP")):
        return True
    common = before >= 0 and parse.lower[before] in {"a", "an", "another", "one"}
    if common and (parse.lower[title[1]] not in of_class("voice") or parse.lower[before - 1] == "as"):
        return True
    return after < len(parse) and parse.lower[after] in {"of", "at", "for", "with", "in", "to"}


def _fits(parse: Parse, entity: Entity, kind: Kind) -> bool:
    """Whether a body may have posts of a kind."""
    words = set(entity.words)
    if kind == "team" and any(plays(parse, name.last) for name in entity.mentions[:8]):
        return True
    if entity.kind != "organisation" or not parse.words[entity.fullest.first][:1].isupper():
        return False
    if is_outlet(" ".join(parse.words[entity.fullest.first : entity.fullest.last + 1])):
        return False
    if len(entity.mentions) > 1 and all(parse.entity[name.first] == "GPE" for name in entity.mentions[:8]):
        return False  # a country that speaks
    if kind == "team" and acronym(parse.words[entity.fullest.first]) and len(entity.words) == 1:
        return False  # a league
    if kind == "council":
        return "council" in words
    return not words & {"any": frozenset[str](), "business": _PUBLIC, "team": _TEAMS_NOT}[kind]


def _topic(discourse: Discourse, at: int, fits: Callable[[Entity], bool]) -> Entity | None:
    """The body that the sentences around a token are about, else the article, else its opening."""
    parse = discourse.parse
    near: list[Entity] = []
    for place, entity in reversed(discourse.before(at, _WINDOW)):
        if parse.sentence[at] - parse.sentence[place] > _AROUND:
            break
        if (_subject(discourse, place) or plays(discourse.parse, place)) and fits(entity):
            near.append(entity)
    bodies = _distinct(near)
    if len(bodies) == 1:
        return bodies[0]
    main = _most_mentioned(discourse, fits)
    if main is not None or bodies:
        return main
    return _opening(discourse, at, fits)


def _subject(discourse: Discourse, place: int) -> bool:
    """Whether a mention is what a clause outside quotation marks is about."""
    parse = discourse.parse
    agent = parse.dep[place] == "pobj" and parse.dep[parse.head[place]] == "agent"  # "The terminal is run by B."
    return (agent or parse.dep[place] in SUBJECTS) and not discourse.quoted_at(place)


def _most_mentioned(discourse: Discourse, fits: Callable[[Entity], bool]) -> Entity | None:
    """The body that an article clearly names the most."""
    ranked = sorted(
        ((len(discourse.positions.get(id(entity), ())), entity) for entity in discourse.entities if fits(entity)),
        key=lambda pair: -pair[0],
    )
    if not ranked or ranked[0][0] < 3 or (len(ranked) > 1 and ranked[0][0] < 2 * ranked[1][0]):
        return None
    return ranked[0][1]


def _opening(discourse: Discourse, at: int, fits: Callable[[Entity], bool]) -> Entity | None:
    """The one body that the opening of an article is about, where no other has become the subject since."""
    parse = discourse.parse
    before = discourse.before(at, _WINDOW)
    if not before or len(before) == _WINDOW:
        return None
    subjects = [(place, entity) for place, entity in before if (_subject(discourse, place) or plays(parse, place)) and fits(entity)]
    if len(_distinct(entity for _, entity in subjects)) != 1 or parse.sentence[subjects[0][0]] >= _LEAD:
        return None
    return subjects[0][1]


def _distinct(entities: Iterable[Entity]) -> list[Entity]:
    return list({id(entity): entity for entity in entities}.values())
