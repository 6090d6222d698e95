"""The people and bodies of an article: printed names gathered by who bears them.

A name's fullest form is the one with the most words. Short forms join a longer one by surname, by first word (East Asian order, first-name
use) or, for bodies, by acronym and by leading or trailing words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quotes import lexicons
from quotes.components.names import PARTICLES, SUFFIXES, Name, NameKind
from quotes.components.parse import Parse
from quotes.records import Span

_KINDS: tuple[NameKind, ...] = ("person", "organisation", "place")


@dataclass(slots=True)
class Entity:
    """One named person, body or place of the article with all its mentions; `name` is the span of the fullest form."""

    kind: NameKind
    mentions: list[Name] = field(default_factory=list)
    gender: str = "-"
    acronym: str = ""
    unnamed: bool = False

    @property
    def fullest(self) -> Name:
        """The mention with the most words, the first of those."""
        return max(self.mentions, key=lambda each: (len(each.words), -each.first))

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the fullest mention, folded."""
        return self.fullest.words


def same_person(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether two names of several words are one person's: the same surname, and the first names equal, an initial, or one within the
    other."""
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
    return a[0] == b[0] or (min(len(a[0]), len(b[0])) == 1 and a[0][0] == b[0][0]) or _nick(a[0], b[0])


def _nick(one: str, other: str) -> bool:
    """A short form by its beginning ("Tim", "Timothy")."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 3 and long.startswith(short)


def entities_of(parse: Parse, names: Iterable[Name]) -> list[Entity]:
    """The names of an article gathered into entities, people first; a label that stands against most of its kin is overruled."""
    every = list(names)
    entities: list[Entity] = []
    people = [name for name in every if name.kind == "person" and len(_core(name)) > 1]
    for name in sorted(people, key=lambda each: (-len(each.words), each.first)):
        _join_person(entities, name)
    known = {part for entity in entities for part in _short_forms(_core(entity.fullest))}
    labels = Counter((name.words, name.kind) for name in every)
    for name in every:
        if name.kind == "person" and len(_core(name)) > 1:
            continue
        kind = max(_KINDS, key=lambda each: (labels[(name.words, each)], each == name.kind))
        if _core(name) in known or name.gender != "-":
            kind = "person"
        _join(entities, Name(name.first, name.last, kind, name.words, name.gender))
    _acronyms(parse, entities)
    for entity in entities:
        entity.mentions.sort(key=lambda each: each.first)
        entity.gender = _gender(entity)
    return entities


def _short_forms(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """What a full name may be shortened to: any of its ends ("Osei-Brandt", "Brandt") and its beginnings."""
    inner = {(word,) for word in words[1:-1] if len(word) > 2}
    return {words[at:] for at in range(len(words))} | {words[: at + 1] for at in range(len(words))} | inner


def _core(name: Name) -> tuple[str, ...]:
    """A name's words without suffixes and without particles in front ("De Blasio" is a surname, not two names)."""
    words = [word for word in name.words if word not in SUFFIXES]
    while len(words) > 1 and words[0] in PARTICLES:
        del words[0]
    return tuple(words)


def _join_person(entities: list[Entity], name: Name) -> None:
    for entity in entities:
        if entity.kind == "person" and same_person(name.words, entity.words):
            entity.mentions.append(name)
            return
    entities.append(Entity("person", [name]))


def _join(entities: list[Entity], name: Name) -> None:
    candidates = [entity for entity in entities if entity.kind == name.kind or {entity.kind, name.kind} == {"organisation", "place"}]
    exact = [entity for entity in candidates if any(mention.words == name.words for mention in entity.mentions)]
    if name.kind == "person":
        entity = best_person(entities, name)
        if entity is None:
            entities.append(Entity("person", [name]))
        else:
            entity.mentions.append(name)
        return
    if not exact and name.kind == "organisation" and len(name.words) >= 1:
        exact = [entity for entity in candidates if entity.kind == "organisation" and _shortens(name.words, entity.words)]
    if exact:
        exact[0].mentions.append(name)
    else:
        entities.append(Entity(name.kind, [name]))


def _shortens(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a body's name shortens a fuller one: its first words ("Tarn" of "Tarn Water") or, of two and more, its last."""
    n = len(short)
    if n >= len(full):
        return n > len(full) > 0 and tuple(short[: len(full)]) == tuple(full) and len(full) > 1
    return (tuple(full[:n]) == tuple(short) and full[n] not in {"of", "and"}) or (n > 1 and tuple(full[-n:]) == tuple(short))


def best_person(entities: Sequence[Entity], name: Name) -> Entity | None:
    """The person that a one-word name means: by surname before first word, the honorific's gender not against it, one near before the most
    mentioned."""
    short = _core(name) or name.words
    n = len(short)
    people = [e for e in entities if e.kind == "person"]
    by_surname = [e for e in people if any(_core(m)[-n:] == short for m in e.mentions)]
    by_first = [e for e in people if any(_core(m)[:n] == short for m in e.mentions)]
    inside = [e for e in people if n == 1 and len(e.words) > 2 and short[0] in _core(e.fullest)[1:-1]]
    for candidates in (by_surname, by_first, inside):  # the last: a Spanish first surname
        fitting = [e for e in candidates if name.gender == "-" or _gender(e) in {"-", name.gender}]
        if fitting:
            return max(fitting, key=lambda e: _salience(e, name.first))
    return None


def _salience(entity: Entity, at: int) -> tuple[int, int]:
    before = [mention.first for mention in entity.mentions if mention.first < at and len(mention.words) > 1]
    near = bool(before) and at - max(before) < 60
    return (1 if near else 0, max(before) if near else len(entity.mentions))


def _gender(entity: Entity) -> str:
    told = Counter(mention.gender for mention in entity.mentions if mention.gender != "-")
    if told:
        return told.most_common(1)[0][0]
    if entity.kind != "person" or len(entity.words) < 2:
        return lexicons.genders("given_names.tsv").get(entity.words[0], "-") if entity.kind == "person" else "-"
    return lexicons.genders("given_names.tsv").get(entity.words[0], "-")


def _acronyms(parse: Parse, entities: list[Entity]) -> None:
    """Bodies known by their initials ("the Civil Aviation Bureau (CAB)", later "CAB") joined to their full names."""
    bodies = [entity for entity in entities if entity.kind in {"organisation", "place"}]
    full = {initials: entity for entity in bodies if len(entity.words) > 1 for initials in _initials(parse, entity.fullest)}
    for entity in bodies:
        if len(entity.words) != 1:
            continue
        printed = parse.text[parse.start[entity.fullest.first] : parse.end[entity.fullest.last]]
        plain = printed.replace(".", "")
        target = full.get(plain)
        if plain.isupper() and len(plain) > 1 and target is not None and target is not entity:
            target.mentions.extend(entity.mentions)
            target.acronym = plain
            target.kind = "organisation"
            entities.remove(entity)


def _initials(parse: Parse, name: Name) -> set[str]:
    words = [parse.words[token] for token in range(name.first, name.last + 1)]
    capitals = "".join(word[0] for word in words if word[:1].isupper())
    every = "".join(word[0].upper() for word in words if word[:1].isalpha())
    without_country = capitals[2:] if capitals.startswith("US") else capitals[1:] if words[0] in {"U.S.", "UK", "U.K.", "EU"} else ""
    return {initials for initials in (capitals, every, without_country) if len(initials) > 1}


def name_span(parse: Parse, name: Name) -> Span:
    """The characters of a name."""
    return parse.span(name.first, name.last)
