"""The people and organisations of an article: printed names gathered by who bears them.

A name's fullest form is the one with the most words. Short forms join a longer one by surname, by first word (East Asian order,
first-name use), by nickname or, for organisations, by acronym and by leading or trailing words. Names are found by their words, never by
a scan of all, so that a long article takes time in proportion.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from quotes import lexicons
from quotes.nlp.names.abbreviations import abbreviations
from quotes.nlp.names.entity import Entity, core_words
from quotes.nlp.names.entity_kinds import CERTAIN, STRONG, complement_pronoun, is_speech_subject, label_weight, word_weight
from quotes.nlp.names.name_parts import fold, given_name_gender
from quotes.nlp.names.namesakes import MAX_CANDIDATES, generational_suffix, matching_people, same_person, says_dead
from quotes.nlp.names.proper_names import Name, NameKind
from quotes.nlp.parsing.parse import Parse


class _EntityIndex:
    """The entities so far, to be found by the words that a mention may share with them."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.people: dict[tuple[str, ...], list[Entity]] = defaultdict(list)
        self.organisations: dict[tuple[str, ...], list[Entity]] = defaultdict(list)
        self.genders: set[tuple[str, str]] = set()
        self._open: dict[tuple[str, ...], Entity] = {}

    def add(self, kind: NameKind, name: Name) -> Entity:
        """A new entity of one mention."""
        entity = Entity(kind, weight=name.weight)
        if name.honorific:
            entity.explicit_gender = entity.gender = name.gender
        entity.add_mention(name)
        self.entities.append(entity)
        self._index(entity, name)
        return entity

    def merge(self, entity: Entity, name: Name) -> None:
        """One more mention of an entity."""
        entity.add_mention(name)
        entity.weight += name.weight
        if name.honorific and entity.explicit_gender == "-" != name.gender:
            entity.explicit_gender = entity.gender = name.gender
        if len(entity.mentions) < 3 or all(each.words != name.words for each in entity.mentions[:3]):
            self._index(entity, name)

    def add_ambiguous(self, name: Name) -> None:
        """One more mention of a name of which nobody can tell whose it is."""
        if name.words not in self._open:
            self._open[name.words] = Entity("person", ambiguous=True)
            self.entities.append(self._open[name.words])
        self._open[name.words].add_mention(name)

    def _index(self, entity: Entity, name: Name) -> None:
        if entity.kind == "person":
            core = core_words(name)
            keys = _short_forms(core) | ({(name.nickname,)} if name.nickname else set())
            if len(core) > 1:
                keys |= {("", core[0][0], core[-1])}  # initial and surname
            found = self.people
        else:
            words = name.words
            keys = {words[:at] for at in range(1, len(words) + 1)} | {words[at:] for at in range(len(words))}
            found = self.organisations
        for key in keys:
            entities_of_key = found[key]
            if not entities_of_key or entities_of_key[-1] is not entity:
                entities_of_key.append(entity)


def group_names(parse: Parse, names: Iterable[Name], heads: Collection[int] = ()) -> list[Entity]:
    """The names of an article gathered into entities, people first; what one mention shows of its kind holds for all of that name.

    `heads` are tokens known to be sources: such a capitalised word is a name if it is the surname of somebody named in full, whatever else
    it means ("Rush said").
    """
    all_names = _unify_kinds(parse, list(names))
    index = _EntityIndex()
    full = [name for name in all_names if name.kind == "person" and len(core_words(name)) > 1]
    index.genders = {(core_words(name)[-1], name.gender) for name in all_names if name.honorific and len(core_words(name)) == 1}
    relatives = {id(name) for before, name in pairwise(full) if before.words == name.words and _is_relative(parse, name)}
    for name in sorted(full, key=lambda each: (-len(each.words), len(core_words(each)[0]) == 1, each.first)):
        if id(name) in relatives:
            index.add("person", name)  # "Ada Fenn was lost in 1941. Her granddaughter, Ada Fenn, …"
        else:
            _merge_full_name(index, name)
    for entity in index.entities:
        _settle(entity)
        entity.prominent = [name.first for name in entity.mentions if name.prominent]
        entity.dead = any(says_dead(parse, name) for name in entity.mentions)
    known = set(map(id, full))
    short = [name for name in (*all_names, *_surnames_alone(parse, all_names, index, heads)) if id(name) not in known]
    for name in sorted(short, key=lambda each: not (each.honorific and each.gender != "-")):  # "Mr X" tells who "President X" is
        named = name.kind != "person" and core_words(name) in index.people and not _is_clearly_other(index, name)
        if named and (name.kind != "place" or _surname(index, name)):
            name = replace(name, kind="person")
        _merge(parse, index, name)
    _acronyms(parse, index.entities)
    for entity in index.entities:
        _settle(entity)
    return index.entities


def _settle(entity: Entity) -> None:
    """Put the mentions of an entity in order, and its gender by what most of them show, else by the given name."""
    entity.mentions.sort(key=lambda each: each.first)
    shown = Counter(mention.gender for mention in entity.mentions if mention.gender != "-")
    entity.explicit_gender = entity.gender = shown.most_common(1)[0][0] if shown else "-"
    if entity.kind == "person" and not shown:
        words = entity.words
        entity.gender = given_name_gender(words[len(words) > 2 and len(words[0]) == 1]) or "-"


def _is_relative(parse: Parse, name: Name) -> bool:
    """Whether a name is that of somebody's relatives ("his grandson, X")."""
    noun = name.first - 1 - (parse.words[name.first - 1] == ",")
    return noun > 0 and parse.lower[noun] in lexicons.words("kin.txt") and parse.tag[noun - 1] in {"PRP$", "WP$"}


def _surnames_alone(parse: Parse, names: Sequence[Name], index: _EntityIndex, heads: Collection[int]) -> list[Name]:
    """Sources that are no name by themselves, but the surname of somebody named in full; so are subjects that are no common noun here."""
    taken = {token for name in names for token in range(name.first, name.last + 1)}
    small = {word for word in parse.words if word.islower()}
    subjects = {
        token
        for token, tag in enumerate(parse.tag)
        if parse.dep[token] in {"NNP": {"nsubj", "nsubjpass"}, "NN": {"nsubj"}}.get(tag, ()) and parse.lower[token] not in small
    }
    found = (
        Name(token, token, "person", (fold(parse.words[token]),))
        for token in sorted({*heads, *subjects} - taken)
        if parse.words[token][:1].isupper() and parse.left[token] == token
    )
    return [name for name in found if _surname(index, name)]


def _is_clearly_other(index: _EntityIndex, name: Name) -> bool:
    """Whether what stands beside a name makes it an organisation's; nothing but words of its own does where it is somebody's surname."""
    return name.weight <= (-CERTAIN if _surname(index, name) else -STRONG)


def _surname(index: _EntityIndex, name: Name) -> bool:
    """Whether a word is somebody's surname."""
    core = core_words(name)
    return any(core_words(entity.fullest)[-len(core) :] == core for entity in index.people.get(core, ())[:MAX_CANDIDATES])


def _unify_kinds(parse: Parse, names: list[Name]) -> list[Name]:
    """The names, each of the kind that all mentions of its words together speak for."""
    weights: Counter[tuple[str, ...]] = Counter()
    labels: Counter[tuple[str, ...]] = Counter()
    places: Counter[tuple[str, ...]] = Counter()
    own: dict[tuple[str, ...], int] = {}
    speech: dict[tuple[str, ...], int] = {}
    for name in names:
        words, label = core_words(name), label_weight(parse.entity[name.last])
        own.setdefault(words, word_weight(parse, name.first, name.last))
        labels[words] += label
        weights[words] += name.weight - own[words] - label
        if own[words] >= 0 and name.kind != "place" and is_speech_subject(parse, name.first, name.last):
            speech[words] = 2
        places[words] += {"place": 1, "organisation": -1}.get(name.kind, 0)
    addressed = {core_words(name) for name in names if len(core_words(name)) == 1 and name.honorific and name.kind == "person"}
    found = []
    for name in names:
        words = core_words(name)
        weight = weights[words] + own[words] + speech.get(words, 0)
        weight += labels[words] if weight > -STRONG else 0  # a label that is repeated does not outweigh what the text says
        if weight > -STRONG and 1 < len(words) < 4 and (words[-1:] in addressed or (len(words) == 2 and words[:1] in addressed)):
            weight = max(weight, 1)  # "Hirut X" where somebody is "Ms Hirut"
        person = name.honorific or name.gender != "-" or weight > 0
        kind: NameKind = "person" if person else "place" if places[words] > 0 else "organisation"
        if person and not name.honorific and words in addressed and complement_pronoun(parse, name.last) == "it":
            kind, name = "organisation", replace(name, weight=-CERTAIN)  # "X said it would recall them", where somebody is "Ms X"
        found.append(replace(name, kind=kind))
    return found


def _short_forms(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """What a full name may be shortened to: any of its ends ("Osei-Brandt", "Brandt") and its beginnings."""
    inner = {(word,) for word in words[1:-1] if len(word) > 2}
    return {words[at:] for at in range(len(words))} | {words[: at + 1] for at in range(len(words))} | inner


def _merge_full_name(index: _EntityIndex, name: Name) -> None:
    core = core_words(name)
    candidates: dict[int, Entity] = {}
    for key in (core, core[::-1], ("", core[0][0], core[-1])):
        candidates.update((id(entity), entity) for entity in index.people.get(key, ())[:MAX_CANDIDATES])
    two = {(core[-1], "m"), (core[-1], "f")} <= index.genders  # "Mr Fenn" and "Ms Fenn": Pat is not Patrick
    fitting = [(how, entity) for entity in candidates.values() if (how := _likeness(entity, name)) > (SHORTENED if two else 0)]
    best = max((how for how, _ in fitting), default=0)
    closest = [entity for how, entity in fitting if how == best]
    if len(closest) == 1 or best > SHORTENED:
        index.merge(closest[0], name)
    else:
        index.add("person", name)  # "J. Smith" may be John, and may be Jane


#: How a full name can be somebody's: an initial or a short form stands for the given name, the generation is left out; otherwise known
#: by what both print; word for word.
SHORTENED, ALIKE, EQUAL = 1, 2, 3


def _likeness(entity: Entity, name: Name) -> int:
    """How well a full name fits what somebody is called: 0 not at all."""
    if not same_person(name.words, entity.words):
        return 0
    forms = {mention.words for mention in entity.mentions[:MAX_CANDIDATES]}
    if name.words in forms:
        return EQUAL
    given = core_words(name)[0]
    if generational_suffix(name.words) == generational_suffix(entity.words) and any(given in words for words in forms):
        return ALIKE
    return SHORTENED if all(same_person(name.words, words) for words in forms) else 0


def _merge(parse: Parse, index: _EntityIndex, name: Name) -> None:
    if name.kind == "person":
        matching = matching_people(parse, index.people, name)
        if len(matching) == 1:
            index.merge(matching[0], name)
        elif matching:
            index.add_ambiguous(name)
        else:
            index.add("person", name)
        return
    candidates = index.organisations.get(name.words, [])
    exact = [each for each in candidates if any(mention.words == name.words for mention in each.mentions[:8])]
    if not exact and name.kind == "organisation":
        exact = [each for each in candidates if each.kind == "organisation" and _is_short_form(name.words, each.words)]
    if exact:
        index.merge(exact[0], name)
    else:
        index.add(name.kind, name)


def _is_short_form(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether an organisation's name shortens a fuller one: its first word ("Tarn" of "Tarn Water"), its first words before one for
    organisations ("Tarn Water" of "Tarn Water Authority", no "Old Mill" of "Old Mill Hall"), or its last words, if they are several."""
    n = len(short)
    if n >= len(full):
        return False
    begins = tuple(full[:n]) == tuple(short)
    return (begins and (full[n] not in {"of", "and"} if n == 1 else full[n] in lexicons.words("organisation_words.txt"))) or (
        n > 1 and tuple(full[-n:]) == tuple(short)
    )


def _acronyms(parse: Parse, entities: list[Entity]) -> None:
    """Organisations known by an abbreviation ("the Civil Aviation Bureau (CAB)", later "CAB") joined to their full names: as the article
    defines it, else by their initials."""
    organisations = [entity for entity in entities if entity.kind != "person"]
    by_last = {name.last: entity for entity in organisations for name in entity.mentions}
    defined = {
        parse.text[parse.start[each.short_first] : parse.end[each.short_last]]: by_last[each.last]
        for each in abbreviations(parse)
        if each.last in by_last
    }
    full = dict(defined)
    for entity in organisations:
        for initials in _initials(parse, entity.fullest) if len(entity.words) > 1 else ():
            full.setdefault(initials, entity)
    gone: set[int] = set()
    for entity in organisations:
        printed = parse.text[parse.start[entity.fullest.first] : parse.end[entity.fullest.last]]
        plain = printed.replace(".", "")
        target = defined.get(printed) or (full.get(plain) if plain.isupper() else None)
        if len(entity.words) == 1 and target is not None and target is not entity:
            for name in entity.mentions:
                target.add_mention(name)
            target.kind = "organisation"
            gone.add(id(entity))
    entities[:] = [entity for entity in entities if id(entity) not in gone]


def _initials(parse: Parse, name: Name) -> set[str]:
    words = [parse.words[token] for token in range(name.first, name.last + 1)]
    capitals = "".join(word[0] for word in words if word[:1].isupper())
    all_names = "".join(word[0].upper() for word in words if word[:1].isalpha())
    without_country = capitals[2:] if capitals.startswith("US") else capitals[1:] if words[0] in {"U.S.", "UK", "U.K.", "EU"} else ""
    return {initials for initials in (capitals, all_names, without_country) if len(initials) > 1}
