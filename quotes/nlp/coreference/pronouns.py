"""Who "he", "she", "it" and "they" mean.

A pronoun looks back sentence by sentence for the nearest fitting subject, as centering theory has it (Grosz, Joshi & Weinstein 1995).
"""

from __future__ import annotations

from quotes import lexicons
from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.names.entity import Entity
from quotes.nlp.names.name_parts import noun_gender
from quotes.nlp.parsing.parse import Parse

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
MALE, FEMALE = frozenset({"he", "him", "himself", "his"}), frozenset({"she", "her", "herself", "hers"})
#: How many sentences back a pronoun may look, and how far for somebody without a name.
REACH, NEAR = 8, 4
#: How many tokens back at most: a text without full stops is one sentence.
FARTHEST = 400
#: What an organisation is to the noun that it describes: "the bank's offer … it" is the offer.
_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss"})
_ONE = frozenset({"a", "an", "another", "one"})


def person_of_pronoun(discourse: Discourse, token: int) -> Entity | None:
    """The person that "he" or "she" means: the nearest fitting subject, looking back sentence by sentence, else the nearest fitting
    name."""
    known = discourse.entity_at(token)
    if known is not None:
        return known
    parse = discourse.parse
    gender = "m" if parse.lower[token] in MALE else "f"
    sentence = parse.sentence[token]
    earlier_mentions = discourse.before(token, window=60)
    for back in range(min(REACH, sentence + 1)):
        here = [(at, entity) for at, entity in earlier_mentions if parse.sentence[at] == sentence - back and entity.kind == "person"]
        fitting = [(at, entity) for at, entity in here if _fits(entity, gender)]
        subject = any(_subject(parse, at) for at, _ in fitting)
        if not subject and back < NEAR:
            described = _unnamed(discourse, sentence - back, token, gender, subject=bool(fitting))
            if described is not None:
                return discourse.described(described)
        outside = [pair for pair in fitting if not discourse.quoted_at(pair[0])] or (fitting if back else [])
        if not outside:
            continue
        entity = min(outside, key=lambda pair: _rank(parse, pair[0], pair[1], gender))[1]
        if entity.explicit_gender == "-":
            entity.explicit_gender = entity.gender = gender
        return entity
    return None


def _fits(entity: Entity, gender: str) -> bool:
    return (entity.explicit_gender if entity.explicit_gender != "-" else entity.gender) in {gender, "-"}


def _subject(parse: Parse, at: int) -> bool:
    return parse.dep[at] in SUBJECTS or (parse.dep[at] == "appos" and parse.dep[parse.head[at]] in SUBJECTS)


def _unnamed(discourse: Discourse, sentence: int, token: int, gender: str, *, subject: bool) -> int | None:
    """Somebody without a name in a sentence ("a volunteer handed out socks", "her brother said"), to that a later pronoun goes: its
    subject, or, where nobody else fits, whoever it brings in."""
    parse = discourse.parse
    found = None
    for each in _before(parse, sentence, token):
        noun = parse.lower[each]
        if parse.tag[each] != "NN" or parse.dep[each] in {"compound", "appos", "nmod"} or each in discourse.by_token:
            continue
        shown = noun_gender(noun)
        person = lexicons.is_role(noun) or shown != "-" or noun in {"person", "child", "teenager"}
        kin = each in discourse.sources and noun in lexicons.words("kin.txt") and _has_owner(parse, each)
        new = kin or any(parse.lower[child] in _ONE for child in parse.children[each])
        if not person or shown not in {gender, "-"} or not new or discourse.quoted_at(each):
            continue
        named = any(parse.dep[child] == "appos" and discourse.entity_at(child) is not None for child in parse.children[each])
        if named or (parse.dep[each] == "attr" and parse.child(parse.head[each], *SUBJECTS) is not None):
            continue  # "I am not a rich man" brings nobody in
        if parse.dep[each] in SUBJECTS:
            return each
        found = each if not subject and parse.dep[each] in {"pobj", "dobj", "attr"} else found
    return found


def _before(parse: Parse, sentence: int, token: int) -> range:
    """The tokens of a sentence that stand before a token, no farther than a reader looks back."""
    first, last = parse.bounds[sentence]
    return range(max(first, token - FARTHEST), min(last, token))


def _has_owner(parse: Parse, noun: int) -> bool:
    """Whether a noun for relatives says whose ("her brother", "the mother of X"), and not the author's."""
    owner = parse.child(noun, "poss")
    return parse.lower[owner] not in {"my", "our"} if owner is not None else parse.lower[noun + 1 : noun + 2] == ["of"]


def _rank(parse: Parse, at: int, entity: Entity, gender: str) -> tuple[bool, bool, bool, int]:
    """Subjects first, then known gender, then who is in the main clause, then the first in the sentence."""
    verb = parse.head[parse.head[at] if parse.dep[at] == "appos" else at]
    return (not _subject(parse, at), entity.gender != gender, parse.head[verb] != verb, at)


def organisation_of_pronoun(discourse: Discourse, token: int) -> Entity | None:
    """The organisation that "it" means: the nearest one that is no modifier, a subject before others."""
    parse = discourse.parse
    sentence = parse.sentence[token]
    earlier_mentions = discourse.before(token, window=40)
    for back in range(3):
        here = [(at, e) for at, e in earlier_mentions if parse.sentence[at] == sentence - back and discourse.is_organisation(e)]
        here = [(at, e) for at, e in here if parse.dep[at] not in _MODIFIERS and not discourse.quoted_at(at)]
        if here:
            return min(here, key=lambda pair: (not _subject(parse, pair[0]), pair[1].kind == "place", -pair[0]))[1]
    return None


def plural_of_pronoun(discourse: Discourse, token: int) -> int | Entity | None:
    """What "they" means: the head token of a plural subject before it in its sentence or the three before, or the nearest organisation."""
    parse = discourse.parse
    sentence = parse.sentence[token]
    for back in range(4):
        if sentence - back < 0:
            break
        for each in _before(parse, sentence - back, token):
            if parse.dep[each] not in SUBJECTS or discourse.quoted_at(each):
                continue
            joint = any(parse.dep[child] == "conj" for child in parse.children[each]) and parse.tag[each] in {"NNP", "NN"}
            people = parse.tag[each] in {"NNS", "NNPS"} and (animate(parse.lower[each]) or each in discourse.sources)
            if joint or (people and discourse.entity_at(each) is None):
                return each
    return organisation_of_pronoun(discourse, token)


def animate(noun: str) -> bool:
    """Whether a plural noun means people."""
    return lexicons.is_role(noun) or noun in lexicons.words("plural_people.txt")
