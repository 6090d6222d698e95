"""People across articles: which appearances of one family name are one person, and why.

A pure function of the set of appearances: neither their order nor what was known before makes a difference. First, appearances under one
full name are one person unless they work in different domains (`work_domains.py`) and nothing connects them: no institution in common, no
two people quoted beside both. Then different names are compared: where one can be a form of the other (`name_comparison.relation`), no
article quotes both and there is evidence besides the names (`evidence.py`), they are one; where the evidence is missing, or a name fits two
people, the pair is left open for an editor (`Doubt`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations, product

from quotes import lexicons
from quotes.linking.evidence import (
    HOW,
    NAMESAKES,
    NOTHING_ELSE,
    OPEN_TO_COMPANY,
    SOLE_TITLES,
    TOGETHER,
    Person,
    certainly_two,
    lone_support,
    namesakes,
    quoted_together,
    same_company,
    shared_affiliation,
    support,
    worlds_apart,
)
from quotes.linking.identities import speaker_id
from quotes.linking.name_comparison import alike, block_of, person_name, relation
from quotes.linking.person_records import NO_OVERRIDES, Appearance, Decision, Doubt, Linked, Member, PersonOverrides, Split
from quotes.linking.union_find import Unions
from quotes.linking.work_domains import wide

OWN_ARTICLE = "a lone name: the same only within this article"
SAME_NAME = "the same name"
#: The beginning of the reason where family names alone are joined with each other.
LONE = "the same lone name"
#: The beginning of the reason where a family name alone is that of somebody with a full name.
ONLY_ONE_WITH = "the only one of that family name with"

#: Two people who may be one, by their indices, and what is missing.
_Open = tuple[int, int, str]


def link_people(appearances: Sequence[Appearance], decided: PersonOverrides = NO_OVERRIDES) -> Linked:
    """Which of the appearances of one block are one person."""
    return _Linking(appearances, decided).linked()


def lone_with(person: Person) -> str:
    """Why a family name alone, which nobody with a full name bears, is the same person as in other articles."""
    return f"{LONE} with the same {'institution' if person.institutions else 'title'}"


class _Linking:
    """The appearances of one block, grouped into `people` of one name each, whom `unions` joins by their indices."""

    def __init__(self, appearances: Sequence[Appearance], decided: PersonOverrides) -> None:
        self.why: dict[int, str] = {}
        self.people: list[Person] = []
        by_key: dict[str, list[Appearance]] = defaultdict(list)
        for each in sorted(appearances, key=lambda each: each.id):
            by_key[each.key].append(each)
        for key in sorted(by_key):
            self.people.extend(_under_one_name(key, by_key[key], decided.splits.get(key, ()), self.why))
        self.unions: Unions[int] = Unions(range(len(self.people)))
        self.together = decided.together
        self.apart = self._pairs_apart(decided.apart)

    def linked(self) -> Linked:
        """Join the people, and name the speakers."""
        first_split: dict[int, int] = {}
        for index, person in enumerate(self.people):
            if person.split is not None:
                self.unions.join(first_split.setdefault(person.split, index), index)
        doubts = self._join_across_names()
        doubts += self._join_lone_names()
        self._join_as_decided()
        return self._decisions([each for each in doubts if not self._barred(each[0], each[1])])

    def _pairs_apart(self, pairs: Mapping[str, Sequence[tuple[Member, Member]]]) -> frozenset[tuple[int, int]]:
        """The pairs of people that a correction keeps apart, each in both directions."""
        members = {pair for person in self.people for pair in pairs.get(person.key, ())}
        found = {pair for one, other in members for pair in product(self._meant(one), self._meant(other)) if pair[0] != pair[1]}
        return frozenset(found | {(second, first) for first, second in found})

    def _meant(self, member: Member) -> list[int]:
        """The indices of the people whom a correction means; empty where nobody has that name (in that article)."""
        named = [index for index, person in enumerate(self.people) if person.key == member.key]
        if member.article_id is None:
            return [index for index in named if self.people[index].primary or self.people[index].lone]
        return [index for index in named if any(each.article_id == member.article_id for each in self.people[index].members)]

    def _barred(self, one: int, other: int) -> bool:
        """Whether a correction keeps a member of the one group apart from a member of the other."""
        find = self.unions.find
        groups = {find(one), find(other)}
        return len(groups) == 2 and any({find(first), find(second)} == groups for first, second in self.apart)

    def _join_across_names(self) -> list[_Open]:
        """Join different names of one person; returns what cannot be decided."""
        links: dict[tuple[int, int], str] = {}
        doubts: list[_Open] = []
        by_initial: list[_Open] = []
        for one, other in self._comparable_pairs():
            first, second = self.people[one], self.people[other]
            if (one, other) in self.apart or worlds_apart(first, second):
                continue
            how = relation(first.name, second.name)
            if quoted_together(first, second):
                # An article compiled from others may call somebody Bill here and William there; a father and a son it distinguishes.
                if how in ("spelling", "initials", "nickname"):
                    doubts.append((one, other, f"{HOW[how]}; {TOGETHER}"))
            elif how is None:
                if alike(first.name, second.name) and (shared := shared_affiliation(first, second, distinctive=False)):
                    doubts.append((one, other, f"a name spelled much alike; {shared}"))
            elif reason := support(first, second, how):
                links[one, other] = f"{HOW[how]}; {reason}"
            else:
                missing = NAMESAKES if namesakes(first, second) else NOTHING_ELSE
                (by_initial if how == "initial" else doubts).append((one, other, f"{HOW[how]}; {missing}"))
        # An initial that fits several people is no reason to ask.
        fits = Counter(index for one, other, _ in by_initial for index in (one, other) if len(self.people[index].name.given) == 1)
        doubts.extend(each for each in by_initial if max(fits[each[0]], fits[each[1]]) == 1)
        return doubts + self._join_linked(links)

    def _comparable_pairs(self) -> list[tuple[int, int]]:
        """The pairs of different full names to compare: those with given names, or forms of these, of one first letter."""
        by_hint: dict[str, list[int]] = defaultdict(list)
        for index, person in enumerate(self.people):
            if not person.lone and person.split is None:
                given = {person.name.given, *person.name.middle, person.name.nick, *lexicons.full_forms(person.name.given)} - {""}
                # A vowel at the beginning is spelled in many ways: Usama, Osama.
                for hint in {"" if each[0] in "aeiou" else each[0] for each in given}:
                    by_hint[hint].append(index)
        pairs = {pair for indices in by_hint.values() for pair in combinations(indices, 2)}
        return sorted((one, other) for one, other in pairs if self.people[one].key != self.people[other].key)

    def _join_linked(self, links: Mapping[tuple[int, int], str]) -> list[_Open]:
        """Join the people that links connect if all their names fit each other (J. Smith is not both John and Jane).

        Returns the other links.
        """
        trial: Unions[int] = Unions(range(len(self.people)))
        for one, other in links:
            trial.join(one, other)
        by_group: dict[int, dict[tuple[int, int], str]] = defaultdict(dict)
        for pair, reason in links.items():
            by_group[trial.find(pair[0])][pair] = reason
        doubts: list[_Open] = []
        for inner in by_group.values():
            group = sorted({index for pair in inner for index in pair})
            if all(self._fit(one, other) for one, other in combinations(group, 2)):
                for (one, other), reason in sorted(inner.items()):
                    self._join(one, other, reason)
            else:
                doubts.extend((one, other, f"{reason}; but one of the names fits several people") for (one, other), reason in inner.items())
        return doubts

    def _fit(self, one: int, other: int) -> bool:
        first, second = self.people[one], self.people[other]
        possible = first.key != second.key and relation(first.name, second.name) is not None
        return possible and not certainly_two(first, second) and (one, other) not in self.apart

    def _join_lone_names(self) -> list[_Open]:
        """Join a family name alone with the only person of its institution or its `SOLE_TITLES`; join the rest with each other.

        Returns what fits several people.
        """
        full = [index for index, person in enumerate(self.people) if not person.lone and person.split is None]
        left: list[int] = []
        doubts: list[_Open] = []
        for index, person in enumerate(self.people):
            if not person.lone or person.split is not None:
                continue
            reasons: dict[int, tuple[str, int]] = {}
            for each in full:
                # A merge by an editor brings names of another family into the block.
                same_family = block_of(self.people[each].shown) == block_of(person.shown)
                reason = lone_support(person, self.people[each]) if same_family else None
                if reason and not self._barred(index, each):
                    reasons.setdefault(self.unions.find(each), (reason, each))
            if len(reasons) == 1:
                reason, each = next(iter(reasons.values()))
                self._join(index, each, f"{ONLY_ONE_WITH} {reason}")
            elif reasons:
                doubts += [(index, each, f"the family name alone, with {reason}; so are others") for reason, each in reasons.values()]
            else:
                left.append(index)
        self._join_lone_among_themselves(left)
        return doubts

    def _join_lone_among_themselves(self, lone: Sequence[int]) -> None:
        """Pope Francis here is Pope Francis there; a family name alone is the same person at the same institution."""
        first: dict[tuple[str, str], int] = {}
        for index in lone:
            person = self.people[index]
            evidence = sorted(person.institutions) or sorted(person.titles & SOLE_TITLES)
            for each in evidence:
                other = first.setdefault((person.key, each), index)
                if not self._barred(other, index):
                    self.unions.join(other, index)
            if evidence:
                self.why.setdefault(person.members[0].id, lone_with(person))

    def _join_as_decided(self) -> None:
        for one, other in self.together:
            meant = self._meant(one), self._meant(other)
            if not all(meant):
                continue
            every = sorted({*meant[0], *meant[1]})
            for index in every[1:]:
                self.unions.join(every[0], index)
            members = (each for index in every for each in self.people[index].members)
            self.why.update({each.id: "a person said that these names are one speaker’s" for each in members})

    def _join(self, one: int, other: int, reason: str) -> None:
        """Join two people, with the reason at the later of them; the first reason stays."""
        self.unions.join(one, other)
        if not self.people[one].lone:
            other, one = sorted((one, other), key=lambda index: self.people[index].order)
        for each in self.people[one].members:
            self.why.setdefault(each.id, f"{self.people[other].shown}: {reason}")

    def _decisions(self, doubts: Sequence[_Open]) -> Linked:
        decisions: dict[int, Decision] = {}
        speaker_of: dict[int, int] = {}
        for group in self.unions.groups(range(len(self.people)), lambda each: each):
            identifier = _identifier([self.people[index] for index in group])
            for index in group:
                speaker_of[index] = identifier
                alone = OWN_ARTICLE if self.people[index].lone else SAME_NAME
                decisions |= {each.id: Decision(identifier, self.why.get(each.id) or alone) for each in self.people[index].members}
        reasons: dict[tuple[int, int], str] = {}
        for one, other, reason in doubts:
            low, high = sorted((speaker_of[one], speaker_of[other]))
            if low != high:
                # Of several reasons, one that further articles can settle is kept, because the store looks for it.
                reasons[low, high] = min(reason, reasons.get((low, high), reason), key=lambda each: (each not in OPEN_TO_COMPANY, each))
        return Linked(decisions, tuple(Doubt(one, other, reason) for (one, other), reason in sorted(reasons.items())))


def _under_one_name(key: str, members: Sequence[Appearance], splits: Sequence[Split], why: dict[int, str]) -> list[Person]:
    name = person_name(members[0].name)
    name = name._replace(nick=min(filter(None, (person_name(each).nick for each in {each.name for each in members})), default=""))
    by_split: dict[int | None, list[Appearance]] = defaultdict(list)
    for each in members:
        numbers = (split.number for split in splits if Member(key, each.article_id) in split.members)
        by_split[max(numbers, default=None)].append(each)
    rest = by_split.pop(None, [])
    why.update({each.id: "a person said that this is somebody else of the same name" for apart in by_split.values() for each in apart})
    if not name.full:
        lone = [Person(key, name, [each], primary=False, lone=True) for each in rest]
        return lone + [Person(key, name, [each], False, True, number) for number, apart in by_split.items() for each in apart]
    people = sorted((Person(key, name, group) for group in _by_world(rest, why)), key=lambda person: person.order)
    for person in people[1:]:
        person.primary = False
    return people + [Person(key, name, apart, primary=False, split=number) for number, apart in sorted(by_split.items())]


def _by_world(members: Sequence[Appearance], why: dict[int, str]) -> list[list[Appearance]]:
    """Group the appearances of one name by domain of work, those together that an institution or people quoted beside both connect."""
    if len(wide(world for worlds in {each.worlds for each in members} for world in worlds)) < 2:
        return [list(members)] if members else []
    unions: Unions[Hashable] = Unions()
    for evident in {(each.worlds, each.institutions) for each in members if each.worlds or each.institutions}:
        for evidence in (*(("world", world) for world in wide(evident[0])), *(("institution", each) for each in evident[1])):
            unions.join(evident, evidence)
    groups = unions.groups(members, lambda each: (each.worlds, each.institutions) if each.worlds or each.institutions else each.id)
    clear = sorted((group for group in groups if any(each.worlds for each in group)), key=lambda group: min(each.when for each in group))
    clear = _connected(clear)
    if len(clear) > 1:
        for group in clear:
            shared = ", ".join(sorted(wide(world for each in group for world in each.worlds)))
            why.update({each.id: f"the same name in the same world ({shared}), apart from others of that name" for each in group})
    beside = [_companions(group) for group in clear] if len(clear) > 1 else []
    for group in groups:
        if any(each.worlds for each in group):
            continue
        if len(clear) == 1:
            clear[0].extend(group)
            continue
        own = _companions(group)
        counts = [len(own & companions) for companions in beside]
        home = counts.index(max(counts))
        reason = "people quoted beside both" if counts[home] else "who was quoted first, for want of anything else"
        why.update({each.id: f"one of several of that name: {reason}" for each in group})
        clear[home].extend(group)
        beside[home] |= own
    return clear


def _connected(groups: list[list[Appearance]]) -> list[list[Appearance]]:
    """Join the groups of one name beside which the same people are quoted."""
    unions: Unions[int] = Unions(range(len(groups)))
    for one, other in combinations(range(len(groups)), 2):
        if same_company(groups[one], groups[other]):
            unions.join(one, other)
    joined = unions.groups(range(len(groups)), lambda each: each)
    return [[each for index in indices for each in groups[index]] for indices in joined]


def _companions(group: Iterable[Appearance]) -> frozenset[str]:
    """All who are quoted in the articles of a group."""
    return frozenset().union(*{each.companions for each in group})


def _identifier(group: Sequence[Person]) -> int:
    """The id of a speaker: by the name in their first article, and by that article where the name is not theirs alone."""
    first = min((person for person in group if not person.lone), key=lambda person: person.order, default=None)
    if first is None:
        lone = min(group, key=lambda person: person.order)
        return speaker_id(lone.key, "person", lone.members[0].article_id)
    return speaker_id(first.key, "person", None if first.primary else first.first[1])
