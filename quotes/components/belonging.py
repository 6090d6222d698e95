"""The body that somebody belongs to where no words beside the name say so, but the article does elsewhere.

A sheriff has the sheriff's office that the article names, the Velden president the Velden government, a senator the committee of the
senate before which somebody testified; a body has the one that it is "part of" or stands behind as its owner's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quotes.components.bodies import Tokens, acronym, bodies_at, is_body_noun, named_as_body, nouns_of, possessor_end, surely_a_body
from quotes.components.contests import side_of
from quotes.components.discourse import Discourse
from quotes.components.entities import Entity, name_span
from quotes.components.parse import NOUN_TAGS, Parse
from quotes.components.referring import body_described
from quotes.components.role_phrases import of_class, says_role
from quotes.components.roles import roles_in
from quotes.records import Span

_POSSESSIVE = frozenset({"'s", "’s"})
_OFFICES = frozenset({"office", "department", "court"})
_RANKS = frozenset({"acting", "deputy", "assistant", "chief", "former", "interim", "senior", "the", "a", "an", ".", "-"})
#: Chambers, and what their members are called.
_CHAMBERS = {
    "senate": frozenset({"sen", "sen.", "sens.", "senator", "senators"}),
    "house": frozenset({"rep", "rep.", "reps.", "representative", "congressman", "congresswoman", "representatives"}),
}
_MEMBERS = frozenset({"mp", "mps", "lawmaker", "lawmakers", "legislator", "legislators", "members"}).union(*_CHAMBERS.values())
_PANELS = frozenset({"committee", "subcommittee"})
_HEARD = frozenset({"testify", "testifies", "testified", "testifying", "testimony", "hearing", "hearings"})
_CAME = frozenset({"hours", "questions", "questioning", "appear", "appears", "appeared", "appearance", "appearing"})
_ASKING = frozenset({"asked", "pressed", "grilled", "questioned", "questioning", "challenged", "witness", "witnesses"})
_TOLD = (["told", "him"], ["told", "her"], ["told", "them"])
_PARTS = frozenset(
    {"unit", "division", "arm", "branch", "agency", "project", "subsidiary", "wing", "affiliate", "bureau", "office", "part"}
    | {"desk", "department", "section", "faculty", "laboratory", "centre", "center", "school", "institute", "brand", "station"}
)
_BEFORE_PART = frozenset({"JJ", "RB", "VBG", "VBN", "NN", "HYPH", "NNP"})
_OF = frozenset({"of", "at", "within", "in"})


@dataclass(slots=True)
class Landmarks:
    """Bodies of an article that posts point to: offices by the noun of whoever holds them, governments by their people's adjective, and the
    committees before which somebody testified."""

    offices: dict[str, list[Tokens]] = field(default_factory=dict)
    governments: dict[str, Tokens] = field(default_factory=dict)
    theirs: list[int] = field(default_factory=list)  # where "his" or "her" stands before "government"
    hearings: list[Entity] = field(default_factory=list)
    sessions: list[Entity] = field(default_factory=list)  # the same, where nothing is said of the members


def landmarks_of(discourse: Discourse) -> Landmarks:
    """The landmarks of an article, read once."""
    if discourse.landmarks is None:
        discourse.landmarks = _read(discourse)
    return discourse.landmarks


def _read(discourse: Discourse) -> Landmarks:
    parse, found = discourse.parse, Landmarks()
    for token, word in enumerate(parse.lower):
        if word in _OFFICES and token > 1 and parse.words[token - 1] in _POSSESSIVE and _holds_office(discourse, token - 2):
            first = _first_of(parse, token - 2)
            if parse.words[token][:1].isupper() or first < token - 2:  # "the mayor's office" may be a room
                found.offices.setdefault(parse.lower[token - 2], []).append((first, _end_of(parse, token)))
        elif word == "government" and token:
            if parse.entity[token - 1] == "NORP":
                found.governments.setdefault(parse.lower[token - 1], (token - 1, token))
            found.theirs += [each for each in range(max(token - 3, 0), token) if parse.lower[each] in {"his", "her"}]
        elif word in _PANELS and parse.words[token][:1].isupper():
            entity = discourse.entity_at(token)
            if entity is not None and _hears(parse, token):
                first, stop = parse.bounds[parse.sentence[token]]
                those = found.sessions if _MEMBERS.isdisjoint(parse.lower[first:stop]) else found.hearings
                if entity not in those:
                    those.append(entity)
    return found


def _holds_office(discourse: Discourse, noun: int) -> bool:
    """Whether a noun before "'s office" is a post and no name."""
    entity = discourse.entity_at(noun)
    return discourse.parse.tag[noun] in NOUN_TAGS and (entity is None or entity.kind != "person" or entity.unnamed)


def _first_of(parse: Parse, noun: int) -> int:
    """Where the name of an office begins: with the capitalised words before its noun ("Tarn County | Sheriff's Office")."""
    first = noun
    while first > 0 and parse.words[first - 1][:1].isupper() and parse.tag[first - 1] in {"NNP", "NNPS", "JJ"}:
        first -= 1
    return first


def _end_of(parse: Parse, office: int) -> int:
    """Where it ends: behind "for" or "of" and what that governs in capitals."""
    end = office
    if parse.words[office][:1].isupper() and parse.lower[office + 1 : office + 2] in (["for"], ["of"]):
        token = office + 1
        while token < len(parse) and (parse.words[token][:1].isupper() or parse.lower[token] in {"for", "of", "the"}):
            end = token if parse.words[token][:1].isupper() else end
            token += 1
    return end


def _hears(parse: Parse, panel: int) -> bool:
    """Whether somebody testifies before a committee in this sentence, or it holds a hearing."""
    first, stop = parse.bounds[parse.sentence[panel]]
    near = parse.lower[max(first, panel - 12) : min(stop, panel + 6)]
    return any(word in _HEARD or (word in _CAME and near[at + 1 : at + 2] == ["before"]) for at, word in enumerate(near))


def body_of_person(discourse: Discourse, entity: Entity, titles: Sequence[Tokens]) -> Span | None:
    """The body that a person with these titles belongs to by what the rest of the article says; None where it tells nothing."""
    parse = discourse.parse
    for title in titles:
        body = _office(discourse, title) or _government(discourse, entity, title)
        if body is not None:
            return parse.span(*body)
    if any(parse.lower[token] in _MEMBERS for first, last in titles for token in range(first, last + 1)):
        said = {parse.lower[token] for first, last in titles for token in range(first, last + 1)}
        panel = _panel(landmarks_of(discourse).hearings, said)
        if panel is None and _asks(discourse, entity):
            panel = _panel(landmarks_of(discourse).sessions, said)
        if panel is not None:
            return name_span(parse, panel.fullest)
    side = side_of(discourse, entity)
    return name_span(parse, side.fullest) if side is not None else None


def _office(discourse: Discourse, title: Tokens) -> Tokens | None:
    """The office that is called by a title ("the Tarn County Sheriff's Office", of Sheriff X)."""
    parse = discourse.parse
    said = {parse.lower[token] for token in range(title[0], title[1] + 1)} - _RANKS
    for token in range(title[1], title[0] - 1, -1):
        offices = landmarks_of(discourse).offices.get(parse.lower[token], [])
        for first, last in offices:
            holder = {parse.lower[each] for each in range(first, last) if parse.lower[each] not in _OFFICES}
            alone = said == {parse.lower[token]} and parse.lower[token] in of_class("office")
            if alone or (said - {parse.lower[token]}) & holder:
                return first, last
    return None


def _government(discourse: Discourse, entity: Entity, title: Tokens) -> Tokens | None:
    """The government of a people whose president or minister somebody is, where the article calls it "his" or "her government"."""
    parse = discourse.parse
    head = parse.lower[title[1]]
    governs = head in of_class("minister") or head in {"president", "premier", "chancellor"}
    if not governs or parse.entity[title[0]] != "NORP" or title[0] == title[1]:
        return None
    government = landmarks_of(discourse).governments.get(parse.lower[title[0]])
    return government if government is not None and entity in _owners_of_government(discourse) else None


def _owners_of_government(discourse: Discourse) -> list[Entity]:
    """Those of whose government the article speaks as theirs: the person named last before "his government"."""
    parse = discourse.parse
    owners = []
    for pronoun in landmarks_of(discourse).theirs:
        near = [
            entity
            for at, entity in discourse.before(pronoun, 12)
            if entity.kind == "person" and parse.sentence[pronoun] - parse.sentence[at] < 2
        ]
        owners += near[-1:]
    return owners


def _asks(discourse: Discourse, entity: Entity) -> bool:
    """Whether a legislator puts questions to the one who is heard: "who opened the questioning", "told the witness"."""
    parse = discourse.parse
    for token in discourse.positions.get(id(entity), ()):
        first, stop = parse.bounds[parse.sentence[token]]
        near = parse.lower[first:stop]
        if not _ASKING.isdisjoint(near) or any(near[at : at + 2] in _TOLD for at in range(len(near))):
            return True
    return False


def _panel(hearings: Sequence[Entity], titles: set[str]) -> Entity | None:
    """The one committee of the member's chamber before which the article has somebody testify."""
    fitting = []
    for each in hearings:
        chambers = [members for chamber, members in _CHAMBERS.items() if chamber in each.words]
        if not chambers or chambers[0] & titles or not any(members & titles for members in _CHAMBERS.values()):
            fitting.append(each)
    return fitting[0] if len(fitting) == 1 else None


def body_of_group(discourse: Discourse, head: int) -> Span | None:
    """The body that people without a name belong to, by what stands beside the noun for them, here or where they came in ("the teachers,
    members of a group called B"), or the committee that "lawmakers" are of, where somebody testified before one."""
    parse = discourse.parse
    named = _by_noun(discourse, head)
    if named is not None:
        return name_span(parse, named.fullest)
    for place in (head, *reversed(discourse.earlier(head)), *discourse.later(head)):
        body = _body_beside(parse, place) if parse.tag[place] == parse.tag[head] else None
        if body is not None and (place == head or _same(parse, head, place)):
            return parse.span(*body)
    if parse.lower[head] not in _MEMBERS or parse.tag[head] not in {"NNS", "NNPS"}:
        return None
    panel = _panel(landmarks_of(discourse).hearings, {parse.lower[head]})
    return name_span(parse, panel.fullest) if panel is not None else None


def _by_noun(discourse: Discourse, head: int) -> Entity | None:
    """The body that "the company" stands for in "workers at the company"."""
    parse = discourse.parse
    token = head + 1
    if token + 2 >= len(parse) or parse.lower[token] not in {"at", "on", "of", "in", "from", "with"} or parse.lower[token + 1] != "the":
        return None
    noun = token + 2
    plain = parse.lower[noun : noun + 1] and is_body_noun(parse.lower[noun]) and parse.tag[noun] == "NN"
    entity = body_described(discourse, noun) if plain and parse.tag[noun + 1] not in {"NN", "NNS", "POS", "IN"} else None
    return entity if entity is not None and entity.kind == "organisation" else None


def _same(parse: Parse, head: int, place: int) -> bool:
    """Whether "the teachers" at one place are those at another: nothing beside either but an article and what explains it."""
    plain = all(parse.lower[child] == "the" or child > place or parse.tag[child] == "CD" for child in parse.children[place])
    return plain and any(parse.lower[child] == "the" for child in parse.children[head])


def _body_beside(parse: Parse, noun: int) -> Tokens | None:
    """The body of a party's people ("Democrats on B", "B Democrats"), of a source ("a source at B"), or of an apposition behind a noun."""
    word = parse.lower[noun].removesuffix("s")
    stop = min(noun + 14, parse.bounds[parse.sentence[noun]][1] - 1)
    if word in of_class("partisan") or word == "source":
        if parse.lower[noun + 1 : noun + 2] and parse.lower[noun + 1] in {"on", "at", "in", "within", "from"}:
            return next((body for body in bodies_at(parse, noun + 2, stop) if surely_a_body(parse, *body)), None)
        first = noun
        while first > 0 and parse.entity[first - 1] == "ORG" and parse.words[first - 1][:1].isupper():
            first -= 1
        return (first, noun - 1) if first < noun and named_as_body(parse, first, noun - 1) else None
    if parse.words[noun + 1 : noun + 2] == [","] and noun + 3 < len(parse) and says_role(parse, noun + 2):
        body = next((role.institution for role in roles_in(parse, noun + 2, stop) if role.institution), None)
        return body or _called(parse, noun + 2, stop)
    return None


def _called(parse: Parse, first: int, last: int) -> Tokens | None:
    """The name of "a group called B"."""
    for token in range(first + 1, last):
        if parse.lower[token] in {"called", "named"} and is_body_noun(parse.lower[token - 1]):
            return next(iter(bodies_at(parse, token + 1, last, sure=True)), None)
    return None


def body_of_body(discourse: Discourse, entity: Entity) -> Span | None:
    """The body that another is a part of: ", part of B", ", a unit of B", "B's Centre for Soils", "B Office of Works"."""
    parse = discourse.parse
    for name in entity.mentions:
        if name.last - name.first > 1 and (owner := _owner_within(parse, name.first, name.last)) is not None:
            return parse.span(*owner)
        owner = _owner_before(discourse, name.first, name.last)
        if owner is not None and discourse.entity_at(owner[0]) is not entity:
            return parse.span(*owner)
    for token in discourse.positions.get(id(entity), ()):
        owner = next(_said_behind(parse, token), None)
        if owner is not None and discourse.entity_at(owner[0]) is not entity:
            return parse.span(*owner)
    return None


def _owner_within(parse: Parse, first: int, last: int) -> Tokens | None:
    """The owner whose name a body's begins with: "The Tarn Post's Fact Desk", "DPF Office of Inspectors"."""
    owner = possessor_end(parse, first, last)
    if owner is not None:
        return first, owner
    short = acronym(parse.words[first]) and len(parse.words[first]) > 2 and parse.lower[first + 1] in nouns_of("unit") | {"office"}
    return (first, first) if short and parse.lower[first + 2 : first + 3] == ["of"] else None


def _owner_before(discourse: Discourse, first: int, last: int) -> Tokens | None:
    """The body that owns another by the possessive before its name."""
    parse = discourse.parse
    if first < 2 or parse.words[first - 1] not in _POSSESSIVE:
        return None
    owner = discourse.entity_at(first - 2)
    if not named_as_body(parse, first, last):
        return None  # "Kelvane's Fault"
    if owner is None or owner.kind != "organisation":
        return None
    return owner.fullest.first, owner.fullest.last


def _said_behind(parse: Parse, last: int) -> Iterator[Tokens]:
    """What an apposition behind a body's name, or a clause of which it is the subject, says that it is part of: ", a unit of B", "is the
    fact-check desk of B"."""
    token = last + 1
    if token >= len(parse) - 3 or parse.lower[token] not in {",", "is", "was"}:
        return
    said = parse.lower[token] != ","
    token += 1
    while token < len(parse) - 2 and (parse.lower[token] in {"a", "an", "the", "which", "is"} or parse.tag[token] in _BEFORE_PART):
        if parse.lower[token] in _PARTS and parse.lower[token + 1] in _OF:
            break
        token += 1
    owned = parse.lower[token] in _PARTS or (said and parse.lower[token - 1] in _PARTS)
    if token < len(parse) - 2 and owned and parse.lower[token + 1] in _OF:
        limit = min(token + 14, parse.bounds[parse.sentence[token]][1] - 1)
        yield from bodies_at(parse, token + 2, limit, sure=parse.lower[token + 1] == "of")[:1]
