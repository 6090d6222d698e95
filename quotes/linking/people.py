"""People across articles: which appearances of one family name are one person, and why.

A pure function of the set of appearances: their order, and what was known before, make no difference. Two steps. Appearances under one full
name are one person unless they live in different worlds (`worlds.py`) and nothing bridges them: no institution in common, no two people quoted
beside both. Then different names are compared: where one can be a form of the other (`names.relation`) and something besides the name supports
it, they are one; where the support is missing, or a name fits two people, a person is asked (`Doubt`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import combinations

from quotes.linking.appearances import NOTHING_DECIDED, Appearance, Decided, Decision, Doubt, Linked, Member, Parting
from quotes.linking.identities import preferred_name, speaker_id
from quotes.linking.names import PersonName, Relation, block_of, full_forms, person_name, relation
from quotes.linking.unions import Unions

#: Titles that one person at a time has, so that title and family name are enough: as whole titles, in their comparable form.
SOLE_TITLES = frozenset(
    {"president", "vice president", "prime minister", "chancellor", "pope", "king", "queen", "emperor", "secretary-general"}
    | {"secretary general", "first lady", "supreme leader", "patriarch", "prince", "princess", "first minister", "taoiseach"}
)
#: How many people must be quoted beside both for that to bridge two worlds, or to support a pet form of a name.
COMPANIONS = 2

_HOW: dict[Relation, str] = {
    "spelling": "another spelling of it",
    "middle": "the same name with a middle name or initial more or less",
    "nickname": "a short form of the same name",
    "initial": "the same name with an initial for a given name",
    "order": "the same name with the family name in the other place",
}


@dataclass(eq=False)
class _Person:
    """Appearances of one key that are one person."""

    key: str
    name: PersonName
    members: list[Appearance] = field(default_factory=list)
    primary: bool = True
    lone: bool = False
    parting: int | None = None

    def __post_init__(self) -> None:
        self.worlds: frozenset[str] = frozenset().union(*(each.worlds for each in self.members))
        self.titles: frozenset[str] = frozenset().union(*(each.titles for each in self.members))
        self.institutions: frozenset[Hashable] = frozenset().union(*(each.institutions for each in self.members))
        self.companions: frozenset[str] = frozenset().union(*(each.companions for each in self.members))
        self.first = min(each.when for each in self.members)

    @property
    def order(self) -> tuple[str, int, str]:
        return (*self.first, self.key)

    @property
    def shown(self) -> str:
        return reduce(preferred_name, (each.name for each in self.members))


def link_people(appearances: Sequence[Appearance], decided: Decided = NOTHING_DECIDED) -> Linked:
    """Which of the appearances of one block are one person."""
    people: list[_Person] = []
    why: dict[int, str] = {}
    by_key: dict[str, list[Appearance]] = defaultdict(list)
    for each in sorted(appearances, key=lambda each: each.id):
        by_key[each.key].append(each)
    for key in sorted(by_key):
        people.extend(_under_one_name(key, by_key[key], decided.parted.get(key, ()), why))
    unions: Unions[int] = Unions(range(len(people)))
    first_parted: dict[int, int] = {}
    for index, person in enumerate(people):
        if person.parting is not None:
            unions.join(first_parted.setdefault(person.parting, index), index)
    apart = _apart(people, decided.apart)
    doubts = _across_names(people, unions, apart, why)
    _lone_names(people, unions, apart, doubts, why)
    _as_people_said(people, unions, decided.together, why)
    return _decided(people, unions, [each for each in doubts if not _barred(unions, apart, each[0], each[1])], why)


def _apart(people: Sequence[_Person], pairs: Mapping[str, Sequence[tuple[Member, Member]]]) -> frozenset[tuple[int, int]]:
    """The pairs of people that somebody said are not one, each in both directions."""
    found: set[tuple[int, int]] = set()
    for one, other in {pair for person in people for pair in pairs.get(person.key, ())} if pairs else ():
        for first in _meant(people, one):
            found |= {pair for second in _meant(people, other) if second != first for pair in ((first, second), (second, first))}
    return frozenset(found)


def _meant(people: Sequence[_Person], member: Member) -> list[int]:
    """Whom people spoke of: nobody, where there is no such name, or not in that article."""
    named = [index for index, person in enumerate(people) if person.key == member.key]
    if member.article_id is None:
        return [index for index in named if people[index].primary or people[index].lone]
    return [index for index in named if any(each.article_id == member.article_id for each in people[index].members)]


def _barred(unions: Unions[int], apart: frozenset[tuple[int, int]], one: int, other: int) -> bool:
    """Whether the groups of the two hold a pair that somebody said is not one."""
    groups = {unions.find(one), unions.find(other)}
    return len(groups) == 2 and any({unions.find(first), unions.find(second)} == groups for first, second in apart)


def _under_one_name(key: str, members: Sequence[Appearance], parted: Sequence[Parting], why: dict[int, str]) -> list[_Person]:
    name = person_name(min(each.name for each in members))
    by_parting: dict[int | None, list[Appearance]] = defaultdict(list)
    for each in members:
        numbers = (parting.number for parting in parted if Member(key, each.article_id) in parting.members)
        by_parting[max(numbers, default=None)].append(each)
    rest = by_parting.pop(None, [])
    why.update({each.id: "a person said that this is somebody else of the same name" for apart in by_parting.values() for each in apart})
    if not name.full:
        lone = [_Person(key, name, [each], primary=False, lone=True) for each in rest]
        return lone + [_Person(key, name, [each], False, True, number) for number, apart in by_parting.items() for each in apart]
    people = sorted((_Person(key, name, group) for group in _by_world(rest, why)), key=lambda person: person.order)
    for person in people[1:]:
        person.primary = False
    return people + [_Person(key, name, apart, primary=False, parting=number) for number, apart in sorted(by_parting.items())]


def _by_world(members: Sequence[Appearance], why: dict[int, str]) -> list[list[Appearance]]:
    """Part appearances of one name whose worlds have nothing in common and which nothing bridges."""
    told = [each for each in members if each.worlds]
    worlds = frozenset().union(*(each.worlds for each in told)) if told else frozenset()
    if len(worlds) < 2:
        return [list(members)] if members else []
    unions: Unions[Hashable] = Unions()
    for each in members:
        for evidence in (*(("world", world) for world in each.worlds), *(("institution", body) for body in each.institutions)):
            unions.join(("appearance", each.id), evidence)
    groups = unions.groups(members, lambda each: ("appearance", each.id))
    clear = sorted((group for group in groups if any(each.worlds for each in group)), key=lambda group: min(each.when for each in group))
    clear = _bridged(clear)
    if len(clear) > 1:
        for group in clear:
            shared = ", ".join(sorted(frozenset().union(*(each.worlds for each in group))))
            why.update({each.id: f"the same name in the same world ({shared}), apart from others of that name" for each in group})
    for group in groups:
        if not any(each.worlds for each in group):
            home = max(clear, key=lambda candidate: (_shared_companions(group, candidate), -clear.index(candidate)))
            if len(clear) > 1:
                reason = (
                    "people quoted beside both" if _shared_companions(group, home) else "who was quoted first, for want of anything else"
                )
                why.update({each.id: f"one of several of that name: {reason}" for each in group})
            home.extend(group)
    return clear


def _bridged(groups: list[list[Appearance]]) -> list[list[Appearance]]:
    """Join the groups of one name beside which the same people are quoted."""
    unions: Unions[int] = Unions(range(len(groups)))
    for one, other in combinations(range(len(groups)), 2):
        if _shared_companions(groups[one], groups[other]) >= COMPANIONS:
            unions.join(one, other)
    joined = unions.groups(range(len(groups)), lambda each: each)
    return [[each for index in indices for each in groups[index]] for indices in joined]


def _shared_companions(one: Iterable[Appearance], other: Iterable[Appearance]) -> int:
    beside = [frozenset().union(*(each.companions for each in group)) for group in (one, other)]
    return len(beside[0] & beside[1])


def _across_names(
    people: Sequence[_Person], unions: Unions[int], apart: frozenset[tuple[int, int]], why: dict[int, str]
) -> list[tuple[int, int, str]]:
    """Join different names of one person; what cannot be decided is given back."""
    doubts: list[tuple[int, int, str]] = []
    links: dict[tuple[int, int], str] = {}
    for one, other in _comparable_pairs(people):
        how = relation(people[one].name, people[other].name)
        if how is None or (one, other) in apart:
            continue
        support = _support(people[one], people[other], how)
        if support is None:
            doubts.append((one, other, f"{_HOW[how]}; nothing else speaks for it"))
        else:
            links[one, other] = f"{_HOW[how]}; {support}"
    trial: Unions[int] = Unions(range(len(people)))
    for one, other in links:
        trial.join(one, other)
    by_group: dict[int, dict[tuple[int, int], str]] = defaultdict(dict)
    for pair, reason in links.items():
        by_group[trial.find(pair[0])][pair] = reason
    for inner in by_group.values():
        group = sorted({index for pair in inner for index in pair})
        # Names of one person fit each other, all of them: J. Smith is not both John and Jane.
        if all(
            relation(people[one].name, people[other].name) and people[one].key != people[other].key and (one, other) not in apart
            for one, other in combinations(group, 2)
        ):
            for (one, other), reason in sorted(inner.items()):
                unions.join(one, other)
                _explain(people, one, other, reason, why)
        else:
            doubts.extend((one, other, f"{reason}; but one of the names fits several people") for (one, other), reason in inner.items())
    return doubts


def _comparable_pairs(people: Sequence[_Person]) -> list[tuple[int, int]]:
    """Pairs of different full names worth comparing: those whose given names can begin alike, or that have the same words."""
    by_hint: dict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        if not person.lone and person.parting is None:
            given = {person.name.given, *person.name.middle, person.name.nick, *full_forms(person.name.given)} - {""}
            for hint in {*(each[0] for each in given), " ".join(sorted(person.key.split()))}:
                by_hint[hint].append(index)
    pairs = {pair for indices in by_hint.values() for pair in combinations(indices, 2)}
    return sorted((one, other) for one, other in pairs if people[one].key != people[other].key)


def _support(one: _Person, other: _Person, how: Relation) -> str | None:
    """What besides the name says that the two are one; None where nothing does, or they live in different worlds."""
    if one.worlds and other.worlds and one.worlds.isdisjoint(other.worlds) and one.institutions.isdisjoint(other.institutions):
        return None
    if shared := one.institutions & other.institutions:
        return f"the same institution ({min(map(str, shared))})"
    if shared_titles := one.titles & other.titles:
        return f"the same title ({min(shared_titles)})"
    companions = len(one.companions & other.companions)
    if how == "initial" or how == "order":
        return None
    if shared_worlds := one.worlds & other.worlds:
        if how in ("spelling", "middle") or companions >= COMPANIONS:
            return f"the same world ({min(shared_worlds)})"
        return None
    if companions >= COMPANIONS or (companions and how in ("spelling", "middle")):
        return "quoted beside the same people"
    return None


def _lone_names(
    people: Sequence[_Person],
    unions: Unions[int],
    apart: frozenset[tuple[int, int]],
    doubts: list[tuple[int, int, str]],
    why: dict[int, str],
) -> None:
    """Give a lone family name to the one person who has its institution or its title of one holder; join what is left among itself."""
    full = [index for index, person in enumerate(people) if not person.lone and person.parting is None]
    left: list[int] = []
    for index, person in enumerate(people):
        if not person.lone or person.parting is not None:
            continue
        reasons: dict[int, tuple[str, int]] = {}
        for each in full:
            if block_of(people[each].shown) != person.key.rsplit(" ", 1)[-1]:
                continue  # of another family, whose names a person put together with these
            reason = _lone_support(person, people[each])
            if reason and not _barred(unions, apart, index, each):
                reasons.setdefault(unions.find(each), (reason, each))
        if len(reasons) == 1:
            reason, each = next(iter(reasons.values()))
            unions.join(index, each)
            _explain(people, index, each, f"the only one of that family name with {reason}", why)
        elif reasons:
            doubts.extend((index, each, f"the family name alone, with {reason}; so are others") for reason, each in reasons.values())
        else:
            left.append(index)
    _lone_among_themselves([(index, people[index]) for index in left], unions, apart, why)


def _lone_among_themselves(
    lone: Sequence[tuple[int, _Person]], unions: Unions[int], apart: frozenset[tuple[int, int]], why: dict[int, str]
) -> None:
    """Pope Francis here is Pope Francis there; a lone name with an institution is the same where the institution is."""
    first: dict[tuple[str, Hashable], int] = {}
    for index, person in lone:
        evidence = sorted(map(str, person.institutions)) or sorted(person.titles & SOLE_TITLES)
        for each in evidence:
            other = first.setdefault((person.key, each), index)
            if not _barred(unions, apart, other, index):
                unions.join(other, index)
        if evidence:
            why.setdefault(person.members[0].id, f"the same lone name with the same {'institution' if person.institutions else 'title'}")


def _as_people_said(people: Sequence[_Person], unions: Unions[int], together: Sequence[tuple[Member, Member]], why: dict[int, str]) -> None:
    for one, other in together:
        meant = _meant(people, one), _meant(people, other)
        if not all(meant):
            continue
        every = sorted({*meant[0], *meant[1]})
        for index in every[1:]:
            unions.join(every[0], index)
        why.update({each.id: "a person said that these names are one speaker’s" for index in every for each in people[index].members})


def _lone_support(lone: _Person, other: _Person) -> str | None:
    if lone.worlds and other.worlds and lone.worlds.isdisjoint(other.worlds):
        return None
    if shared := lone.institutions & other.institutions:
        return f"the same institution ({min(map(str, shared))})"
    if lone.institutions and other.institutions and len(other.members) == 1:
        return None
    if sole := lone.titles & other.titles & SOLE_TITLES:
        return f"the same title ({min(sole)})"
    return None


def _explain(people: Sequence[_Person], one: int, other: int, reason: str, why: dict[int, str]) -> None:
    """Say of the later of two why it is the earlier; what was said first stays."""
    if not people[one].lone:
        other, one = sorted((one, other), key=lambda index: people[index].order)
    for each in people[one].members:
        why.setdefault(each.id, f"{people[other].shown}: {reason}")


def _decided(people: Sequence[_Person], unions: Unions[int], doubts: Sequence[tuple[int, int, str]], why: Mapping[int, str]) -> Linked:
    decisions: dict[int, Decision] = {}
    speaker_of: dict[int, int] = {}
    for group in unions.groups(range(len(people)), lambda each: each):
        identifier = _identifier([people[index] for index in group])
        for index in group:
            speaker_of[index] = identifier
            for each in people[index].members:
                decisions[each.id] = Decision(identifier, why.get(each.id) or _alone(people[index]))
    open_ends: dict[tuple[int, int], str] = {}
    for one, other, reason in doubts:
        low, high = sorted((speaker_of[one], speaker_of[other]))
        if low != high:
            open_ends[low, high] = min(reason, open_ends.get((low, high), reason))
    return Linked(decisions, tuple(Doubt(one, other, reason) for (one, other), reason in sorted(open_ends.items())))


def _alone(person: _Person) -> str:
    return "a lone name: the same only within this article" if person.lone else "the same name"


def _identifier(group: Sequence[_Person]) -> int:
    """The id of a speaker: the name under which they first appeared, with the article where that name is not theirs alone."""
    first = min((person for person in group if not person.lone), key=lambda person: person.order, default=None)
    if first is None:
        lone = min(group, key=lambda person: person.order)
        return speaker_id(lone.key, "person", lone.members[0].article_id)
    return speaker_id(first.key, "person", None if first.primary else first.first[1])
