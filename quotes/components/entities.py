"""The people and bodies of an article: printed names gathered by who bears them.

A name's fullest form is the one with the most words. Short forms join a longer one by surname, by first word (East Asian order, first-name
use), by nickname or, for bodies, by acronym and by leading or trailing words. Names are found by their words, never by a scan of all, so
that a long article takes time in proportion.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from quotes import lexicons
from quotes.components.kinds import TELLS, of_words, speaks, stands_for_place
from quotes.components.name_parts import GENERATIONS, PARTICLES, SUFFIXES, given_gender
from quotes.components.names import Name, NameKind
from quotes.components.parse import Parse
from quotes.records import Span

#: Titles in short, and the same in full.
_LONG = {
    "adm": "admiral",
    "brig": "brigadier",
    "capt": "captain",
    "cllr": "councillor",
    "cmdr": "commander",
    "col": "colonel",
    "cpl": "corporal",
    "det": "detective",
    "dr": "doctor",
    "fr": "father",
    "gen": "general",
    "gov": "governor",
    "insp": "inspector",
    "lt": "lieutenant",
    "maj": "major",
    "pres": "president",
    "prof": "professor",
    "rep": "representative",
    "rev": "reverend",
    "sen": "senator",
    "sgt": "sergeant",
    "supt": "superintendent",
}
#: How many bearers of one word are looked at for a short form: the last ones named.
BEARERS = 24


@dataclass(slots=True)
class Entity:
    """One named person, body or place of the article with all its mentions; `fullest` is the form with the most words.

    `told` is the gender that the text shows (an honorific, a noun beside the name, a pronoun), `gender` that or what the given name
    suggests. `weight` is how surely it is a person.
    """

    kind: NameKind
    mentions: list[Name] = field(default_factory=list)
    gender: str = "-"
    acronym: str = ""
    unnamed: bool = False
    told: str = "-"
    weight: int = 0
    plural: bool = False
    longest: Name | None = None
    honorifics: set[str] = field(default_factory=set)
    leads: list[int] = field(default_factory=list)

    @property
    def fullest(self) -> Name:
        """The mention with the most words, the first of those."""
        if self.longest is None:
            self.longest = max(self.mentions, key=_fullness)
        return self.longest

    def take(self, name: Name) -> None:
        """One more mention."""
        self.mentions.append(name)
        if self.longest is None or _fullness(name) > _fullness(self.longest):
            self.longest = name
        if name.honorific:
            self.honorifics.add(name.honorific)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the fullest mention, folded."""
        return self.fullest.words


def _fullness(name: Name) -> tuple[int, int]:
    return (len(name.words), -name.first)


def same_person(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether two names of several words are one person's: the same surname, and the first names equal, an initial, or one within the
    other; never "Jr." and "Sr."."""
    elder, younger = ({word.rstrip(".") for word in name if word in GENERATIONS} for name in (short, full))
    if elder and younger and elder != younger:
        return False
    a, b = [[word for word in name if word not in SUFFIXES] for name in (short, full)]
    if not a or not b:
        return False
    if a == b or (len(a) == 2 and len(b) == 2 and a == b[::-1]):
        return True
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) > 1 and (longer[-len(shorter) :] == shorter or longer[: len(shorter)] == shorter):
        return True
    if a[-1] != b[-1] or len(a) < 2 or len(b) < 2:
        return False
    return a[0] == b[0] or _initial(a, b) or _nick(a[0], b[0])


def _initial(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether one first name is the initials of the other's ("J.K. Okello" of "James Kizito Okello")."""
    short, full = sorted((a, b), key=lambda name: len(name[0]))
    if len(short[0]) == 1:
        return short[0] == full[0][0]
    return len(short[0]) <= 3 and len(full) > 2 and short[0] == "".join(word[0] for word in full[:-1])[: len(short[0])]


def _nick(one: str, other: str) -> bool:
    """A short form by its beginning ("Tim", "Timothy")."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 3 and long.startswith(short)


class _Register:
    """The entities so far, to be found by the words that a mention may share with them."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.people: dict[tuple[str, ...], list[Entity]] = defaultdict(list)
        self.bodies: dict[tuple[str, ...], list[Entity]] = defaultdict(list)

    def add(self, kind: NameKind, name: Name) -> Entity:
        """A new entity of one mention."""
        entity = Entity(kind, weight=name.weight)
        entity.take(name)
        self.entities.append(entity)
        self._index(entity, name)
        return entity

    def join(self, entity: Entity, name: Name) -> None:
        """One more mention of an entity."""
        entity.take(name)
        entity.weight += name.weight
        if len(entity.mentions) < 3 or all(each.words != name.words for each in entity.mentions[:3]):
            self._index(entity, name)

    def _index(self, entity: Entity, name: Name) -> None:
        if entity.kind == "person":
            core = core_of(name)
            keys = _short_forms(core) | ({(name.nick,)} if name.nick else set())
            if len(core) > 1:
                keys |= {("", core[0][0], core[-1])}  # initial and surname
            index = self.people
        else:
            words = name.words
            keys = {words[:at] for at in range(1, len(words) + 1)} | {words[at:] for at in range(len(words))}
            index = self.bodies
        for key in keys:
            bearers = index[key]
            if not bearers or bearers[-1] is not entity:
                bearers.append(entity)


def entities_of(parse: Parse, names: Iterable[Name]) -> list[Entity]:
    """The names of an article gathered into entities, people first; what one mention shows of its kind holds for all of that name."""
    every = _of_one_kind(parse, list(names))
    register = _Register()
    people = [name for name in every if name.kind == "person" and len(core_of(name)) > 1]
    for name in sorted(people, key=lambda each: (-len(each.words), each.first)):
        _join_full_name(register, name)
    for entity in register.entities:
        entity.mentions.sort(key=lambda each: each.first)
        entity.leads = [name.first for name in entity.mentions if name.leads]
        entity.told, entity.gender = _told(entity), _gender(entity)
    told_first = sorted(every, key=lambda each: not (each.honorific and each.gender != "-"))  # "Mr X" tells who is meant by "President X"
    for name in told_first:
        if name.kind == "person" and len(core_of(name)) > 1:
            continue
        if name.kind != "person" and core_of(name) in register.people and not _surely_body(name):
            place = name.kind == "place" and (stands_for_place(parse, name.first, name.last) or not _surname(register, name))
            if not place:
                name = replace(name, kind="person")
        _join(register, name)
    entities = register.entities
    _acronyms(parse, entities)
    for entity in entities:
        entity.mentions.sort(key=lambda each: each.first)
        entity.told, entity.gender = _told(entity), _gender(entity)
    return entities


def _surely_body(name: Name) -> bool:
    return name.kind != "person" and name.weight <= -TELLS


def _surname(register: _Register, name: Name) -> bool:
    """Whether a word is somebody's surname."""
    core = core_of(name)
    return any(core_of(entity.fullest)[-len(core) :] == core for entity in register.people[core][:BEARERS])


def _of_one_kind(parse: Parse, names: list[Name]) -> list[Name]:
    """The names, each of the kind that all mentions of its words together speak for."""
    weights: Counter[tuple[str, ...]] = Counter()
    labels: Counter[tuple[tuple[str, ...], NameKind]] = Counter()
    own: dict[tuple[str, ...], int] = {}
    talks: dict[tuple[str, ...], int] = {}
    for name in names:
        words = core_of(name)
        if words not in own:
            own[words] = of_words(parse, name.first, name.last)
            talks[words] = 0
        weights[words] += name.weight - own[words]
        if not talks[words] and own[words] >= 0 and name.kind != "place" and speaks(parse, name.first, name.last):
            talks[words] = 2
        labels[(words, name.kind)] += 1
    addressed = {core_of(name)[0] for name in names if len(core_of(name)) == 1 and name.honorific and name.kind == "person"}
    found = []
    for name in names:
        words = core_of(name)
        weight = weights[words] + own[words] + talks[words]
        if weight > -TELLS and 1 < len(words) < 4 and (words[-1] in addressed or (len(words) == 2 and words[0] in addressed)):
            weight = max(weight, 1)  # "Hirut X" where somebody is "Ms Hirut"
        if name.honorific or name.gender != "-":
            kind: NameKind = "person"
        elif weight > 0:
            kind = "person"
        elif labels[(words, "place")] > labels[(words, "organisation")]:
            kind = "place"
        else:
            kind = "organisation"
        found.append(name if kind == name.kind else replace(name, kind=kind))
    return found


def _short_forms(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """What a full name may be shortened to: any of its ends ("Osei-Brandt", "Brandt") and its beginnings."""
    inner = {(word,) for word in words[1:-1] if len(word) > 2}
    return {words[at:] for at in range(len(words))} | {words[: at + 1] for at in range(len(words))} | inner


def core_of(name: Name) -> tuple[str, ...]:
    """A name's words without suffixes and without particles in front ("De Blasio" is a surname, not two names)."""
    words = [word for word in name.words if word not in SUFFIXES]
    while len(words) > 1 and words[0] in PARTICLES:
        del words[0]
    return tuple(words)


def _join_full_name(register: _Register, name: Name) -> None:
    core = core_of(name)
    candidates: list[Entity] = []
    for key in (core, core[::-1], ("", core[0][0], core[-1])):
        candidates.extend(register.people.get(key, ())[:BEARERS])
    for entity in candidates:
        if same_person(name.words, entity.words) and not (len(core[0]) == 1 and _opposed(entity, name)):
            register.join(entity, name)
            return
    register.add("person", name)


def _opposed(entity: Entity, name: Name) -> bool:
    told = _told(entity)
    return name.gender != "-" and told not in {"-", name.gender}


def _join(register: _Register, name: Name) -> None:
    if name.kind == "person":
        entity = best_person(register.people, name)
        if entity is None:
            register.add("person", name)
        else:
            register.join(entity, name)
        return
    candidates = register.bodies.get(name.words, [])
    exact = [each for each in candidates if any(mention.words == name.words for mention in each.mentions[:8])]
    if not exact and name.kind == "organisation":
        longer = [each for each in candidates if each.kind == "organisation" and _shortens(name.words, each.words)]
        exact = longer or [
            each
            for at in range(len(name.words) - 1, 1, -1)
            for each in register.bodies.get(name.words[:at], [])[:BEARERS]
            if each.kind == "organisation" and _shortens(name.words, each.words)
        ]
    if exact:
        register.join(exact[0], name)
    else:
        register.add(name.kind, name)


def _shortens(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a body's name shortens a fuller one: its first words ("Tarn" of "Tarn Water") or, of two and more, its last."""
    n = len(short)
    if n >= len(full):
        return n > len(full) > 0 and tuple(short[: len(full)]) == tuple(full) and len(full) > 1
    return (tuple(full[:n]) == tuple(short) and full[n] not in {"of", "and"}) or (n > 1 and tuple(full[-n:]) == tuple(short))


def best_person(people: dict[tuple[str, ...], list[Entity]], name: Name) -> Entity | None:
    """The person that a short name means: by surname before first word, the honorific's gender not against it, who was called so before,
    one near before the most mentioned."""
    short = core_of(name) or name.words
    n = len(short)
    bearers = people.get(short, [])
    if len(bearers) > BEARERS:
        bearers = bearers[:4] + bearers[-BEARERS:]
    by_surname = [e for e in bearers if core_of(e.fullest)[-n:] == short or any(core_of(m)[-n:] == short for m in e.mentions[:8])]
    by_first = [
        e for e in bearers if core_of(e.fullest)[:n] == short or any(core_of(m)[:n] == short or m.nick in short for m in e.mentions[:8])
    ]
    for candidates in (by_surname, by_first, bearers):  # the last: a Spanish first surname
        surely = [e for e in candidates if name.gender == "-" or e.told in {"-", name.gender}]
        fitting = [e for e in surely if name.gender == "-" or e.gender in {"-", name.gender}] or surely
        if fitting:
            return max(fitting, key=lambda e: (_called(e, name), *_salience(e, name.first)))
    return None


def _called(entity: Entity, name: Name) -> int:
    """Whether somebody is called by this honorific, or of the gender it shows, elsewhere: 2, 1; -1 where by another title."""
    if not name.honorific:
        return 0
    called = {_LONG.get(each, each) for each in entity.honorifics}
    if _LONG.get(name.honorific, name.honorific) in called:
        return 3
    if name.gender != "-" and name.gender == entity.told:
        return 2
    if called & lexicons.titled_honorifics():
        return -1
    return int(name.gender != "-" and name.gender == entity.gender)


def _salience(entity: Entity, at: int) -> tuple[int, int]:
    """Who was named in full near before, as the one a sentence is about; else who is named the most."""
    index = bisect_left(entity.leads, at)
    near = entity.leads[index - 1] if index else -1
    return (1, near) if near >= 0 and at - near < 60 else (0, len(entity.mentions))


def _told(entity: Entity) -> str:
    """The gender that the text shows."""
    told = Counter(mention.gender for mention in entity.mentions if mention.gender != "-")
    return told.most_common(1)[0][0] if told else "-"


def _gender(entity: Entity) -> str:
    if entity.kind != "person" or entity.told != "-":
        return entity.told
    words = entity.words
    at = 1 if len(words) > 2 and len(words[0]) == 1 else 0
    return given_gender(words[at]) or "-"


def _acronyms(parse: Parse, entities: list[Entity]) -> None:
    """Bodies known by their initials ("the Civil Aviation Bureau (CAB)", later "CAB") joined to their full names."""
    bodies = [entity for entity in entities if entity.kind in {"organisation", "place"}]
    full: dict[str, Entity] = {}
    for entity in bodies:
        if len(entity.words) > 1:
            for initials in _initials(parse, entity.fullest):
                full.setdefault(initials, entity)
    gone: set[int] = set()
    for entity in bodies:
        if len(entity.words) != 1:
            continue
        printed = parse.text[parse.start[entity.fullest.first] : parse.end[entity.fullest.last]]
        plain = printed.replace(".", "")
        target = full.get(plain)
        if plain.isupper() and len(plain) > 1 and target is not None and target is not entity:
            for name in entity.mentions:
                target.take(name)
            target.acronym = plain
            target.kind = "organisation"
            gone.add(id(entity))
    entities[:] = [entity for entity in entities if id(entity) not in gone]


def _initials(parse: Parse, name: Name) -> set[str]:
    words = [parse.words[token] for token in range(name.first, name.last + 1)]
    capitals = "".join(word[0] for word in words if word[:1].isupper())
    every = "".join(word[0].upper() for word in words if word[:1].isalpha())
    without_country = capitals[2:] if capitals.startswith("US") else capitals[1:] if words[0] in {"U.S.", "UK", "U.K.", "EU"} else ""
    return {initials for initials in (capitals, every, without_country) if len(initials) > 1}


def name_span(parse: Parse, name: Name) -> Span:
    """The characters of a name."""
    return parse.span(name.first, name.last)
