"""Whether a printed name is a person's or an organisation's, weighed from what stands in it and beside it.

Recognisers of names confuse the two where the names are foreign to them. An honorific, an age, an apposition or ", who" tells surely; the
recogniser's label counts for little, and what one mention shows holds for every mention of that name.
"""

from __future__ import annotations

from functools import cache

from quotes import lexicons
from quotes.nlp.names.name_parts import GENERATIONS, given_name_gender, is_initials, is_personal_honorific, noun_gender
from quotes.nlp.parsing.parse import Parse

_THOROUGHFARES = frozenset(
    {"avenue", "bay", "beach", "boulevard", "city", "county", "island", "islands", "mountain", "palace", "river", "road", "square"}
    | {"street", "tower", "town", "valley", "village"}
)
#: Nouns for organisations that merely end like those for people ("newspaper", not "lender").
_ORGANISATION_NOUNS = frozenset({"center", "chamber", "newspaper", "paper", "theater"})
#: Forms of verbs for what weather, events and things do too.
_IMPERSONAL = lexicons.inflect(
    *("appear", "be", "become", "begin", "come", "cost", "depend", "end", "fall", "feel", "freeze", "get", "go", "happen", "have", "help"),
    *("look", "make", "matter", "mean", "need", "rain", "remain", "seem", "show", "snow", "sound", "start", "stop", "take", "turn", "work"),
) | {"is", "was", "were", "been", "are", "'s", "’s", "has"}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "across", "around", "outside", "throughout", "into"})
_MODIFIERS = frozenset({"JJ", "JJR", "JJS", "NN", "NNP", "HYPH", "VBN", "VBG", "CD", "POS", "NNS"})
#: What tells surely, what tells, what hints. Above nothing is a person, below an organisation.
CERTAIN, STRONG, WEAK = 6, 3, 1


def person_evidence(parse: Parse, first: int, last: int, label: str) -> int:
    """How much speaks for a person (above 0) or against one at one mention of a name."""
    return label_weight(label) + word_weight(parse, first, last) + context_weight(parse, first, last)


def label_weight(label: str) -> int:
    """What the entity recogniser's label is worth."""
    return 2 * WEAK if label == "PERSON" else -2 * WEAK if label in {"GPE", "LOC", "NORP"} else -WEAK if label else 0


@cache
def company_words() -> frozenset[str]:
    """Words of organisations' names that are surnames too, though seldom."""
    return frozenset(word for _, words in lexicons.rows("kinds_of_institution.tsv") for word in words.split())


def word_weight(parse: Parse, first: int, last: int) -> int:
    """What the words of a name say themselves: an organisation's word, a given name or initials in front, "Jr." behind, capitals alone."""
    word, final = parse.words[first], parse.lower[last]
    if has_organisation_word(parse, first, last) or not {"&", "+"}.isdisjoint(parse.words[first : last + 1]):
        return -CERTAIN
    if first < last and (is_initials(word) or final.rstrip(".") in GENERATIONS):
        return STRONG
    if given_name_gender(word) is not None:
        return STRONG if sum(each[:1].isupper() for each in parse.words[first : last + 1]) > 1 else WEAK
    if first < last and final in _THOROUGHFARES:
        return -STRONG  # "Downing Street"
    company = first < last and (final in company_words() or parse.tag[last] == "NNPS")  # "Harlow Steel", "Harlow Ferries"
    plain = word.replace(".", "")
    return -2 * WEAK if company or (first == last and plain.isupper() and 1 < len(plain) < 6) else 0


def context_weight(parse: Parse, first: int, last: int) -> int:
    """What the words around a name say of it."""
    return _before(parse, first, last) + _after(parse, last) + _owner(parse, last) + _complement(parse, last)


def has_organisation_word(parse: Parse, first: int, last: int) -> bool:
    """Whether a name has a word that only organisations' names have."""
    return any(parse.lower[token] in lexicons.words("organisation_words.txt") for token in range(first, last + 1))


def is_organisation_description(noun: str) -> bool:
    """Whether a lower-case noun says what an organisation is ("newspaper"), and no person."""
    return noun in lexicons.words("collectives.txt") and (noun in _ORGANISATION_NOUNS or not lexicons.is_role(noun))


def is_person_description(noun: str) -> bool:
    """Whether a lower-case noun says who a person is: a role or a tie ("sister")."""
    if noun in lexicons.words("collectives.txt"):
        return noun in lexicons.genders("roles.tsv")  # "a maker" is an organisation as often
    return lexicons.is_role(noun) or noun in lexicons.words("kin.txt") or noun_gender(noun) != "-"


def _before(parse: Parse, first: int, last: int) -> int:
    """An honorific, a description right before the name ("the keeper X", "the newspaper X"), or one set off by a comma; "the"."""
    before = first - 1
    if before < 0 or parse.space(before):
        return 0
    if is_personal_honorific(parse, before) or (parse.words[before] == "." and is_personal_honorific(parse, before - 1)):
        return CERTAIN
    word, opens = parse.lower[before], before == parse.bounds[parse.sentence[before]][0]
    if word == "the":
        return 0 if parse.dep[last] in {"compound", "nmod", "poss"} else -2 * WEAK
    if parse.tag[before] in {"NN", "NNP"} and (opens or parse.words[before].islower()):
        if is_organisation_description(word) and not opens:
            return -CERTAIN if parse.dep[before] == "compound" else -STRONG
        if word in lexicons.words("collectives.txt") and given_name_gender(parse.words[first]) is None:
            return -2 * WEAK  # "battery maker X": a firm as often as a person
        return STRONG if is_person_description(word) else 0
    if first == last and word in _PLACE_PREPOSITIONS:
        return -2 * WEAK
    if word == "," and parse.dep[last] == "appos" and parse.head[last] < first:
        return _noun_weight(parse, parse.head[last])
    if word == "," and before > 1 and parse.words[before - 1].islower() and parse.tag[before - 1] == "NN":
        return _noun_weight(parse, before - 1)  # "his sister, Manmeet Gill", whatever the parser made of it
    return 0


def is_speech_subject(parse: Parse, first: int, last: int) -> bool:
    """Whether a name of two to four capitalised words, no "the" before it, is the subject of a verb of speech: a person more often than
    not."""
    inner = [word for word in parse.words[first : last + 1] if word[:1].isalpha()]
    if not 2 <= len(inner) < 5 or (first and parse.lower[first - 1] == "the") or any(map(str.isupper, inner)):
        return False
    verb = lexicons.verbs().get(parse.lower[parse.head[last]])
    return parse.dep[last] == "nsubj" and verb is not None and verb.act == "speech" and complement_pronoun(parse, last) != "it"


def _noun_weight(parse: Parse, head: int) -> int:
    if not parse.words[head].islower() and head != parse.bounds[parse.sentence[head]][0]:
        return 0
    noun = parse.lower[head]
    if any(parse.lower[child] == "its" for child in parse.children[head]) and noun in {"rival", "supplier", "owner", "parent", "partner"}:
        return 0  # "its smaller rival, X": an organisation has rivals that are organisations
    return -STRONG if is_organisation_description(noun) else STRONG if is_person_description(noun) else 0


def _after(parse: Parse, last: int) -> int:
    """ ", who", ", 43,", ", a rice farmer", ", an airline", ", which"."""
    after = last + 1
    if parse.words[after : after + 1] == ["("]:
        after = next((each + 1 for each in range(after, min(after + 8, len(parse))) if parse.words[each] == ")"), after)
    if parse.lower[after : after + 1] == ["who"]:
        return STRONG
    if after + 2 >= len(parse) or parse.words[after] not in {",", "—", "–"}:
        return 0
    word, following = parse.lower[after + 1], parse.words[after + 2]
    if word in {"who", "whom"} or (word in {"aged", "age"} and following.isdigit()):
        return STRONG
    if word == "which":
        return -2 * WEAK
    if word.isdigit() and following in {",", ".", ";", "and"}:
        return STRONG if len(word) < 4 else 0
    if word not in {"a", "an", "the", "his", "her", "their"}:
        return 0
    head = after + 2
    while head + 1 < len(parse) and parse.tag[head] in _MODIFIERS and parse.tag[head + 1] in {"NN", "HYPH", "JJ", "NNS"}:
        head += 1
    return 0 if parse.dep[head] in _SUBJECTS else _noun_weight(parse, head)  # ", the agency said": no apposition


def complement_pronoun(parse: Parse, subject: int) -> str:
    """The pronoun by which the subject of a verb of speech goes on about itself ("X said it would recall the heaters"): "it" only where
    what it does is done on purpose, as weather and events do nothing so."""
    verb = parse.head[subject]
    known = lexicons.verbs().get(parse.lower[verb])
    if parse.dep[subject] != "nsubj" or known is None or known.act != "speech":
        return ""
    said = parse.child(verb, "ccomp")
    if said is None or said < verb:
        return ""
    word = next((parse.lower[child] for child in parse.children[said] if parse.dep[child] in _SUBJECTS and child < said), "")
    if word in {"he", "she"}:
        return word
    passive = any(parse.dep[child] in {"auxpass", "nsubjpass"} for child in parse.children[said])
    return word if word == "it" and not passive and parse.lower[said] not in _IMPERSONAL else ""


def _complement(parse: Parse, last: int) -> int:
    """What the pronoun says by which a name goes on about itself, the name the subject or in apposition to it."""
    subject = parse.head[last] if parse.dep[last] == "appos" else last
    subject = parse.head[subject] if parse.dep[subject] == "appos" else subject
    pronoun = complement_pronoun(parse, subject)
    return -STRONG if pronoun == "it" else WEAK if pronoun else 0


def _owner(parse: Parse, last: int) -> int:
    """A subject whose clause goes on with "its" is an organisation ("X cancelled its tour"); with "himself" or "herself" a person."""
    if parse.dep[last] not in _SUBJECTS:
        return 0
    verb = parse.head[last]
    objects = [child for child in parse.children[verb] if child > verb and parse.dep[child] in {"dobj", "attr"}]
    for child in objects or [child for child in parse.children[verb] if child > verb and parse.dep[child] == "prep"]:
        noun = parse.child(child, "pobj") if parse.dep[child] == "prep" else child
        if noun is None:
            continue
        if parse.lower[noun] in {"himself", "herself"}:
            return STRONG
        if any(parse.lower[each] == "its" for each in parse.children[noun]):
            return -CERTAIN
        if parse.dep[child] == "dobj" and any(parse.lower[each] in {"his", "her"} for each in parse.children[noun]):
            return WEAK
    return 0
