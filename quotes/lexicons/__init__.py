"""Word lists as data: what introduces speech, thought and intent, who can speak, what people and institutions are called.

Each list is a plain file beside this module, its source and licence in its first lines. Loading is cached; nothing here needs spaCy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import get_args

from quotes.records import Act, SpeakerRole

_ACTS: dict[str, Act] = {"S": "speech", "T": "thought", "I": "intent", "O": "other"}
_ROLES: dict[str, SpeakerRole] = {role: role for role in get_args(SpeakerRole)}


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that introduces a content: its act, the complements it takes (`frames`), its prepositions, and the acts of those complements
    (or, as ":about", prepositions) that have another: "agreed that" is speech, "agreed to" an intent. Where that act is other, what
    the word governs is no content but a deed or a topic ("offered a flat", "spoke of the war"): it is no frame of the word.

    Frames: s finite clause, i infinitive of the same subject, o object and infinitive, n noun phrase, g gerund, a object with "as",
    p object with bare predicate, x object with an "of/for/as/over" complement.
    """

    lemma: str
    act: Act
    frames: frozenset[str]
    prepositions: frozenset[str]
    acts: Mapping[str, Act] = field(default_factory=dict, compare=False)

    @property
    def reports(self) -> bool:
        """Whether it introduces a clause that was said."""
        return self.act == "speech" and "s" in self.frames


def rows(name: str) -> Iterator[list[str]]:
    """The tab-separated fields of each line of a list, comments and blank lines left out."""
    for line in files(__name__).joinpath(name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


@cache
def words(name: str) -> frozenset[str]:
    """A list of one word or phrase a line, as a set."""
    return frozenset(row[0] for row in rows(name))


def _predicate(lemma: str, act: str, frames: str) -> Predicate:
    keys = {key: own or act for key, _, own in (each.partition("=") for each in frames.split())}
    governs = {key for key, own in keys.items() if own == act or own != "O"}
    return Predicate(
        lemma,
        _ACTS[act],
        frozenset(key for key in governs if not key.startswith(":")),
        frozenset(key[1:] for key in governs if key.startswith(":")),
        {key: _ACTS[own] for key, own in keys.items() if own != act},
    )


@cache
def verbs() -> dict[str, Predicate]:
    """Every form of every verb that introduces a content, lower case, to its predicate."""
    return {form: _predicate(lemma, act, frames) for lemma, act, frames in rows("verbs.tsv") for form in inflect(lemma)}


@cache
def particles() -> dict[str, tuple[tuple[tuple[str, ...], Predicate], ...]]:
    """Verb form to the (following words, predicate) pairs that make it introduce speech, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Predicate]]] = {}
    for lemma, following, act, frames in rows("particles.tsv"):
        for form in inflect(lemma):
            found.setdefault(form, []).append((tuple(following.split()), _predicate(f"{lemma} {following}", act, frames)))
    return {form: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for form, pairs in found.items()}


@cache
def nouns() -> dict[str, Predicate]:
    """Every form of every noun that introduces a content, lower case, to its predicate."""
    return {form: _predicate(lemma, act, frames) for lemma, act, frames in rows("nouns.tsv") for form in (lemma, _sibilant(lemma))}


@cache
def adjectives() -> dict[str, Predicate]:
    """Every adjective that introduces a content to its predicate."""
    return {lemma: _predicate(lemma, act, frames) for lemma, act, frames in rows("adjectives.tsv")}


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    return {lemma: tuple(forms.split()) for lemma, forms in rows("irregular.tsv")}


@cache
def genders(name: str) -> dict[str, str]:
    """The second column of `roles.tsv`, `given_names.tsv` or `honorifics.tsv` by the first: m, f or -."""
    return {row[0]: row[1] for row in rows(name)}


@lru_cache(maxsize=1 << 14)
def full_forms(given: str) -> frozenset[str]:
    """The given names, lower case, that `given` may stand for, itself among them ("jo": joanna, joseph …)."""
    return _by_short_form().get(given, frozenset()) | {given}


@cache
def _by_short_form() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for full, short in rows("nicknames.tsv"):
        for each in short.split():
            found[each] |= {full}
    return found


@cache
def titled_honorifics() -> frozenset[str]:
    """Honorifics that say a title ("Sen."), not mere address ("Mr.")."""
    return frozenset(row[0] for row in rows("honorifics.tsv") if row[2] == "t")


def is_listed_role(noun: str) -> bool:
    """Whether a lower-case word is in `roles.tsv`: the test for a capitalised word, which may be a name that merely ends like a role."""
    return noun in genders("roles.tsv")


@cache
def role_nouns() -> dict[str, tuple[SpeakerRole | None, SpeakerRole | None]]:
    """Nouns and phrases for what a person is, with the role in which such a person is quoted: a pair, of which the first is None where it
    depends on the institution, and the second is the role without an institution."""
    return {noun: (_ROLES.get(role), _ROLES.get(alone)) for noun, role, alone in rows("role_nouns.tsv")}


@cache
def institution_roles() -> dict[str, SpeakerRole]:
    """Words and phrases in the names of institutions, with the role in which their people are quoted."""
    return {words: _ROLES[role] for words, role in rows("institution_roles.tsv")}


@cache
def outlets() -> dict[str, frozenset[str]]:
    """The words of news outlets' names, by their place: last, any, whole, beside, never."""
    found: dict[str, set[str]] = {place: set() for place in ("last", "any", "whole", "beside", "never")}
    for words, place in rows("outlets.tsv"):
        found[place].add(words)
    return {place: frozenset(words) for place, words in found.items()}


_AGENT = ("er", "or", "ist", "ian", "eer", "man", "woman", "person", "master", "mistress")


def is_role(noun: str) -> bool:
    """Whether a lower-case noun, singular or plural, says what a person is or does: listed, or of agentive form."""
    roles = genders("roles.tsv")
    singular = noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
    singular = singular[:-2] + "an" if noun.endswith("men") else singular
    if noun in words("kin.txt") or singular in words("kin.txt"):
        return False
    tail = singular.rsplit("-", 1)[-1]
    return any(each in roles for each in (noun, singular, tail)) or (
        len(singular) > 4 and singular.endswith(_AGENT) and singular not in words("not_agents.txt")
    )


def inflect(*lemmas: str) -> frozenset[str]:
    """The forms of English verbs: base, -s, past, participles; a form too many (both "focused" and "focussed") does no harm."""
    return frozenset().union(*map(_forms, lemmas))


def _forms(lemma: str) -> frozenset[str]:
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) else lemma
    past = lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2] not in "aeiou" else lemma + ("d" if lemma.endswith("e") else "ed")
    doubled = [lemma + lemma[-1]] if _doubles(lemma) else []
    pasts = _irregular().get(lemma) or (past, *(each + "ed" for each in doubled))
    return frozenset({lemma, _sibilant(lemma), *(each + "ing" for each in (stem, *doubled)), *pasts})


def _doubles(lemma: str) -> bool:
    if len(lemma) < 3 or lemma[-1] not in "bdglmnprt" or lemma[-2] not in "aeiou":
        return False
    return lemma[-3] not in "aeiou" or lemma[-4:-2] == "qu"


def _sibilant(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s")
