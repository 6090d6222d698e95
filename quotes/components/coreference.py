"""Who a mention means, within one article: names to the fullest name, pronouns and descriptions to the one they stand for.

The article is read once from beginning to end. Names are known from the start (an article may print the full name late); pronouns look
back for
the nearest fitting subject, as centering theory has it (Grosz, Joshi & Weinstein 1995); a description looks for somebody of that title.
Gender comes from honorifics, roles, given names and earlier pronouns, never from a guess alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes import lexicons
from quotes.components.affiliations import roles_of_name
from quotes.components.entities import Entity, entities_of
from quotes.components.marks import Quotation
from quotes.components.names import Name, bare_name, fold, names_of, unlabelled_names
from quotes.components.parse import Parse
from quotes.components.roles import Role

_SUBJECT = frozenset({"nsubj", "nsubjpass"})
MALE, FEMALE = frozenset({"he", "him", "himself", "his"}), frozenset({"she", "her", "herself", "hers"})
#: How many sentences back a pronoun may look.
REACH = 8
#: Common nouns that stand for whatever body was last spoken of.
_TRADING = frozenset(
    {"company", "firm", "agency", "business", "charity", "maker", "manufacturer", "lender", "carmaker", "retailer", "startup", "airline"}
)
#: Titles in short, and the nouns that stand for them.
_ABBREVIATED = {
    "sen.": "senator",
    "rep.": "representative congressman congresswoman lawmaker",
    "gov.": "governor",
    "prof.": "professor",
    "dr.": "doctor physician",
    "gen.": "general",
    "col.": "colonel",
    "lt.": "lieutenant",
    "sgt.": "sergeant",
    "capt.": "captain",
    "mp": "lawmaker member politician",
    "senator": "lawmaker",
    "nominee": "candidate",
    "candidate": "nominee",
    "chairman": "chair",
}


@dataclass(slots=True)
class Discourse:
    """What is known of the names of an article while it is read: entities, the tokens that name them, their roles, and who was mentioned
    where."""

    parse: Parse
    entities: list[Entity]
    quotations: Sequence[Quotation]
    by_token: dict[int, Entity] = field(default_factory=dict)
    names: dict[int, Name] = field(default_factory=dict)
    roles: dict[int, list[Role]] = field(default_factory=dict)
    mentions: list[tuple[int, Entity]] = field(default_factory=list)  # tokens of names and of pronouns already understood, in order

    def entity_at(self, token: int) -> Entity | None:
        """The entity that a token is part of the name of."""
        return self.by_token.get(token)

    def quoted_at(self, token: int) -> bool:
        """Whether a token stands in quotation marks."""
        at = self.parse.start[token]
        return any(each.start <= at < each.end and each.depth == 0 and each.end - each.start > 30 for each in self._around(at))

    def _around(self, at: int) -> Sequence[Quotation]:
        index = bisect_left(self.quotations, at + 1, key=lambda each: each.start)
        return self.quotations[max(0, index - 4) : index]

    def roles_of(self, entity: Entity) -> list[Role]:
        """What the article says of what a person is, in the order of the text."""
        return self.roles.get(id(entity), [])

    def described(self, head: int) -> Entity:
        """Somebody without a name, known by the noun that describes them; the same each time."""
        if head not in self.by_token:
            entity = Entity("person", [Name(head, head, "person", (fold(self.parse.lower[head]),))], unnamed=True)
            self.by_token[head] = entity
        return self.by_token[head]

    def add(self, token: int, entity: Entity) -> None:
        """Note that a token (a pronoun, a description, a bare surname) means an entity."""
        self.by_token[token] = entity
        index = bisect_left(self.mentions, token, key=lambda each: each[0])
        self.mentions.insert(index, (token, entity))

    def before(self, token: int, window: int = 400) -> Sequence[tuple[int, Entity]]:
        """The last mentions before a token, in order: a window of them, so that a long article takes time in proportion."""
        index = bisect_left(self.mentions, token, key=lambda each: each[0])
        return self.mentions[max(0, index - window) : index]


def discourse_of(
    parse: Parse, quotations: Sequence[Quotation], heads: Sequence[int] = (), silent: Sequence[tuple[int, int]] = ()
) -> Discourse:
    """The names of an article and what is said of their bearers; `heads` are tokens known to be sources, named or not, `silent`
    stretches (the
    byline) whose names are nobody's in the story."""
    names = [name for name in names_of(parse) if not any(start <= parse.start[name.first] < end for start, end in silent)]
    taken = {token for name in names for token in range(name.first, name.last + 1)}
    for head in heads:
        if head not in taken:
            name = bare_name(parse, head, person=True)
            if name is not None and not taken & set(range(name.first, name.last + 1)):
                names.append(name)
                taken |= set(range(name.first, name.last + 1))
    names.extend(
        name for name in unlabelled_names(parse, taken) if not any(start <= parse.start[name.first] < end for start, end in silent)
    )
    names.sort(key=lambda each: each.first)
    discourse = Discourse(parse, entities_of(parse, names), quotations)
    for entity in discourse.entities:
        for name in entity.mentions:
            discourse.names[name.first] = name
            for token in range(name.first, name.last + 1):
                discourse.by_token[token] = entity
            discourse.mentions.append((name.last, entity))
            if entity.kind == "person":
                discourse.roles.setdefault(id(entity), []).extend(roles_of_name(parse, name))
    discourse.mentions.sort(key=lambda each: each[0])
    _read_pronouns(discourse)
    return discourse


def _read_pronouns(discourse: Discourse) -> None:
    """Every "he" and "she" that is the subject of a clause outside quotation marks, in order."""
    parse = discourse.parse
    for token, word in enumerate(parse.lower):
        if word in {"he", "she"} and parse.dep[token] in _SUBJECT and not discourse.quoted_at(token):
            entity = person_of_pronoun(discourse, token)
            if entity is not None:
                discourse.add(token, entity)


def person_of_pronoun(discourse: Discourse, token: int) -> Entity | None:
    """The person that "he" or "she" means: the nearest fitting subject, looking back sentence by sentence, else the nearest fitting
    name."""
    known = discourse.entity_at(token)
    if known is not None:
        return known
    parse = discourse.parse
    gender = "m" if parse.lower[token] in MALE else "f"
    sentence = parse.sentence[token]
    earlier = discourse.before(token, window=60)
    for back in range(min(REACH, sentence + 1)):
        here = [(at, entity) for at, entity in earlier if parse.sentence[at] == sentence - back and entity.kind == "person"]
        fitting = [(at, entity) for at, entity in here if entity.gender in {gender, "-"}]
        if not fitting:
            described = _unnamed_subject(parse, sentence - back, token, gender) if back < 2 else None
            if described is not None:
                return discourse.described(described)
            continue
        outside = [pair for pair in fitting if not discourse.quoted_at(pair[0])] or (fitting if back else [])
        if not outside:
            continue
        entity = min(outside, key=lambda pair: _rank(parse, pair[0], pair[1], gender))[1]
        if entity.gender == "-":
            entity.gender = gender
        return entity
    return None


_PEOPLE = {"man": "m", "woman": "f", "mother": "f", "father": "m", "girl": "f", "boy": "m", "husband": "m", "wife": "f"}


def _unnamed_subject(parse: Parse, sentence: int, token: int, gender: str) -> int | None:
    """The subject of a sentence when it is somebody without a name ("a volunteer handed out socks"), to whom a later pronoun then goes."""
    first, last = parse.bounds[sentence]
    for each in range(first, min(last, token)):
        if parse.dep[each] != "nsubj" or parse.tag[each] != "NN":
            continue
        noun = parse.lower[each]
        if not (lexicons.is_role(noun) or noun in _PEOPLE):
            continue
        told = _PEOPLE.get(noun, lexicons.genders("roles.tsv").get(noun, "-"))
        if told in {gender, "-"} and any(parse.lower[child] in {"a", "an", "another", "one"} for child in parse.children[each]):
            return each
    return None


def _rank(parse: Parse, at: int, entity: Entity, gender: str) -> tuple[int, int, int]:
    """Known gender first, then subjects, then the first in the sentence."""
    subject = parse.dep[at] in _SUBJECT or (parse.dep[at] == "appos" and parse.dep[parse.head[at]] in _SUBJECT)
    return (0 if subject else 1, 0 if entity.gender == gender else 1, at)


def body_of_pronoun(discourse: Discourse, token: int) -> Entity | None:
    """The body that "it" means: the nearest one, a subject before others."""
    parse = discourse.parse
    sentence = parse.sentence[token]
    for back in range(3):
        here = [
            (at, e) for at, e in discourse.before(token, window=40) if parse.sentence[at] == sentence - back and e.kind == "organisation"
        ]
        here = [pair for pair in here if not discourse.quoted_at(pair[0])]
        if here:
            return min(here, key=lambda pair: (parse.dep[pair[0]] not in _SUBJECT, -pair[0]))[1]
    return None


def plural_of_pronoun(discourse: Discourse, token: int) -> int | Entity | None:
    """What "they" means: the head token of a plural subject of the sentence or two before, or the nearest body."""
    parse = discourse.parse
    sentence = parse.sentence[token]
    for back in range(1, 4):
        if sentence - back < 0:
            break
        first, last = parse.bounds[sentence - back]
        for each in range(first, last):
            if parse.dep[each] not in _SUBJECT or discourse.quoted_at(each):
                continue
            joint = any(parse.dep[child] == "conj" for child in parse.children[each]) and parse.tag[each] in {"NNP", "NN"}
            if joint or (parse.tag[each] == "NNS" and _animate(parse.lower[each])):
                return each
    return body_of_pronoun(discourse, token)


def _animate(noun: str) -> bool:
    return lexicons.is_role(noun) or noun in lexicons.words("plural_people.txt")


def person_aged(discourse: Discourse, token: int) -> Entity | None:
    """The person whom "the 34-year-old" means: the one whose age stands behind the name."""
    parse = discourse.parse
    age = next((parse.words[each] for each in range(max(token - 4, 0), token) if parse.words[each].isdigit()), None)
    if age is None:
        return None
    for entity in discourse.entities:
        for name in entity.mentions if entity.kind == "person" else ():
            if parse.words[name.last + 1 : name.last + 3] == [",", age]:
                return entity
    return None


def person_described(discourse: Discourse, token: int, *, anywhere: bool = False) -> Entity | None:
    """The person whom a description means: the last mentioned before it whose title has its noun; `anywhere` looks behind it too, for a
    headline that names nobody."""
    parse = discourse.parse
    noun = fold(parse.lower[token])
    best: tuple[int, int] = (0, -1)
    found: Entity | None = None
    modifiers = {fold(parse.lower[child]) for child in parse.children[token] if parse.dep[child] in {"amod", "compound", "nmod"}}
    seen: set[int] = set()
    for at, entity in reversed(discourse.mentions[:400] if anywhere else discourse.before(token)):
        if entity.kind != "person" or id(entity) in seen:
            continue
        seen.add(id(entity))
        words = title_words(parse, discourse.roles_of(entity))
        if noun in words and (1 + len(modifiers & words), at) > best:
            best, found = (1 + len(modifiers & words), at), entity
    return found


def title_words(parse: Parse, roles: Sequence[Role]) -> set[str]:
    """The words of somebody's titles, short forms written out."""
    words: set[str] = set()
    for role in roles:
        if role.title is None:
            continue
        for token in range(role.title[0], role.title[1] + 1):
            words.add(fold(parse.lower[token]))
            words.update(_ABBREVIATED.get(parse.lower[token], "").split())
    return words


def body_described(discourse: Discourse, token: int) -> Entity | None:
    """The body that "the commission" or "the company" means: the last whose name has the noun, else the last mentioned at all."""
    parse = discourse.parse
    noun = fold(parse.lower[token])
    bodies = [entity for _, entity in reversed(discourse.before(token)) if entity.kind == "organisation"]
    named = [entity for entity in bodies if any(noun in mention.words for mention in entity.mentions)]
    if named:
        return named[0]
    near = [
        entity
        for at, entity in reversed(discourse.before(token))
        if entity.kind == "organisation" and parse.sentence[token] - parse.sentence[at] <= 3
    ]
    return near[0] if noun in _TRADING and near else None
