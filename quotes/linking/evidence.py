"""Evidence, besides the names, that two names are one person’s: institution, title, field of work, people quoted in the same articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce

from quotes import lexicons
from quotes.linking.identities import preferred_name
from quotes.linking.name_comparison import PersonName, Relation
from quotes.linking.person_records import Appearance
from quotes.linking.work_domains import wide

#: Titles that one person at a time holds, so that title and family name identify them: whole titles, in comparable form.
SOLE_TITLES = frozenset(
    {"president", "vice president", "prime minister", "chancellor", "pope", "king", "queen", "emperor", "secretary-general"}
    | {"secretary general", "first lady", "supreme leader", "patriarch", "prince", "princess", "first minister", "taoiseach"}
    | {"president-elect", "vice-president", "deputy prime minister", "archbishop of canterbury", "dalai lama", "chief justice"}
)
#: Titles of one word that few people of one family name hold at a time; any other title is evidence only if it has two words.
OFFICES = SOLE_TITLES | frozenset(
    {"senator", "sen", "congressman", "congresswoman", "rep", "governor", "gov", "mayor"}
    | {"ambassador", "archbishop", "cardinal", "rabbi", "sheriff", "admiral", "premier"}
)
#: How many people two articles must both quote to be about one story, so that one name in both is one person.
COMPANIONS = 2

#: Each relation of two names in words.
HOW: dict[Relation, str] = {
    "spelling": "another spelling of it",
    "initials": "the same name with a middle initial more or less",
    "middle": "the same name with a middle name more or less",
    "double": "the same name with the second family name more or less",
    "nickname": "a short form of the same name",
    "initial": "the same name with an initial for a given name",
    "generation": "the same name with the generation more or less",
}
COMPANY = "quoted beside the same people"
#: The relations for which that is evidence enough.
COMPANY_TELLS: tuple[Relation, ...] = ("spelling", "initials", "nickname")
NOTHING_ELSE = "nothing else speaks for it"
TOGETHER = "but one article quotes both"
NAMESAKES = "two well-known people have that name"
#: The reasons for leaving a pair open that people quoted in the same articles can still settle.
OPEN_TO_COMPANY = tuple(f"{HOW[how]}; {NOTHING_ELSE}" for how in COMPANY_TELLS)


@dataclass(eq=False)
class Person:
    """Appearances under one name key that are one person.

    `primary` is the first person of that name, `lone` a family name alone, `split` the correction that separated them from others of that
    name.
    """

    key: str
    name: PersonName
    members: list[Appearance] = field(default_factory=list)
    primary: bool = True
    lone: bool = False
    split: int | None = None

    def __post_init__(self) -> None:
        # Sets of sets first: most articles say the same.
        self.fields: frozenset[str] = frozenset().union(*{each.worlds for each in self.members})
        self.worlds: frozenset[str] = wide(self.fields)
        self.titles: frozenset[str] = frozenset().union(*{each.titles for each in self.members})
        self.institutions: frozenset[str] = frozenset().union(*{each.institutions for each in self.members})
        self.articles: frozenset[int] = frozenset(each.article_id for each in self.members)
        self.first = min(each.when for each in self.members)
        self.shown: str = reduce(preferred_name, {each.name for each in self.members})

    @property
    def order(self) -> tuple[str, int, str]:
        """Sorts people by their first article."""
        return (*self.first, self.key)


def certainly_two(one: Person, other: Person) -> bool:
    """Whether two people cannot be one whatever their names: one article quotes both, or they work in different domains."""
    return quoted_together(one, other) or worlds_apart(one, other)


def quoted_together(one: Person, other: Person) -> bool:
    """Whether one article quotes both, and so distinguishes them."""
    return not one.articles.isdisjoint(other.articles)


def worlds_apart(one: Person, other: Person) -> bool:
    """Whether the two work in different domains and have no institution in common."""
    return bool(one.worlds and other.worlds) and one.worlds.isdisjoint(other.worlds) and one.institutions.isdisjoint(other.institutions)


def namesakes(one: Person, other: Person) -> bool:
    """Whether these are the names of two well-known people whom only their middle names distinguish."""
    return one.name.bare == other.name.bare and one.name.bare in lexicons.words("namesakes.txt")


def support(one: Person, other: Person, how: Relation) -> str | None:
    """The evidence that two people, of whom nothing rules it out, are one; None where there is none."""
    if how != "spelling" and namesakes(one, other):
        return None
    if how == "generation":
        return _shared("title", one.titles & other.titles & SOLE_TITLES)
    close = how in ("spelling", "initials")
    if found := shared_affiliation(one, other, distinctive=not close) or (_shared("field", one.fields & other.fields) if close else None):
        return found
    return COMPANY if how in COMPANY_TELLS and same_company(one.members, other.members) else None


def same_company(one: Sequence[Appearance], other: Sequence[Appearance]) -> bool:
    """Whether an article with the one and an article with the other both quote the same `COMPANIONS` people.

    Two articles are compared at a time: over many, two people of one name are quoted beside the same people by chance.
    """
    few, many = sorted((one, other), key=len)
    beside: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(many):
        for companion in each.companions:
            beside[companion].append(number)
    shared = (Counter(number for companion in each.companions for number in beside.get(companion, ())) for each in few)
    return any(count >= COMPANIONS for counts in shared for count in counts.values())


def shared_affiliation(one: Person, other: Person, *, distinctive: bool) -> str | None:
    """An institution or a title that both have; where it must be `distinctive`, only an office or a title of two words."""
    titles = (each for each in one.titles & other.titles if not distinctive or " " in each or each in OFFICES)
    return _shared("institution", one.institutions & other.institutions) or _shared("title", titles)


def lone_support(lone: Person, other: Person) -> str | None:
    """The evidence that a family name alone is that of `other`: the same institution, or a title that one person at a time holds."""
    if certainly_two(lone, other):
        return None
    return _shared("institution", lone.institutions & other.institutions) or _shared("title", lone.titles & other.titles & SOLE_TITLES)


def _shared(what: str, values: Iterable[str]) -> str | None:
    first = min(values, default=None)
    return None if first is None else f"the same {what} ({first})"
