"""Whether a printed name is a person's or an organisation's, weighed from what stands in it and beside it.

Recognisers of names confuse the two where the names are foreign to them. An honorific, an age, an apposition or ", who" tells surely; the
recogniser's label counts for little, and what one mention shows holds for every mention of that name.
"""

from __future__ import annotations

from functools import cache

from quotes import lexicons
from quotes.nlp.names.name_parts import GENERATIONS, given_name_gender, is_initials, is_personal_honorific, noun_gender
from quotes.nlp.parsing.parse import Parse

_APPOINTED = frozenset(form for lemma in ("appoint", "hire", "name", "elect") for form in lexicons.inflect(lemma))
_THOROUGHFARES = frozenset(
    {"avenue", "bay", "beach", "boulevard", "city", "county", "island", "islands", "mountain", "palace", "river", "road", "square"}
    | {"street", "tower", "town", "valley", "village"}
)
#: Nouns for organisations that merely end like those for people ("newspaper", not "lender").
_ORGANISATION_NOUNS = frozenset({"center", "chamber", "newspaper", "paper", "theater"})
#: Irregular forms of verbs for what is done on purpose.
_IRREGULAR_DELIBERATE = frozenset(
    {"bought", "chose", "chosen", "choose", "met", "paid", "sent", "sold", "sought", "spent", "withdrew", "withdrawn"}
)
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
    if has_organisation_word(parse, first, last):
        return -CERTAIN
    word = parse.words[first]
    if first < last and (is_initials(word) or parse.lower[last].rstrip(".") in GENERATIONS):
        return STRONG
    if first < last and any(parse.words[token] in {"&", "+"} for token in range(first, last)):
        return -CERTAIN
    if first < last and parse.lower[last] in _THOROUGHFARES and given_name_gender(word) is None:
        return -STRONG  # "Downing Street"
    if first < last and given_name_gender(word) is None and parse.lower[last] in company_words():
        return -2 * WEAK  # "Harlow Steel"
    if first < last and parse.tag[last] == "NNPS" and given_name_gender(word) is None:
        return -2 * WEAK  # "Harlow Ferries"
    capitals = sum(parse.words[token][:1].isupper() for token in range(first, last + 1))
    if given_name_gender(word) is not None and word[:1].isupper():
        return STRONG if capitals > 1 else WEAK
    plain = word.replace(".", "")
    return -2 * WEAK if first == last and plain.isupper() and 1 < len(plain) < 6 else 0


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
    if is_personal_honorific(parse, before) or (parse.words[before] == "." and before > 0 and is_personal_honorific(parse, before - 1)):
        return CERTAIN
    word = parse.lower[before]
    if word == "the":
        return 0 if parse.head[last] > last and parse.dep[last] in {"compound", "nmod", "poss"} else -2 * WEAK
    if parse.words[before].islower() and parse.tag[before] in {"NN", "NNP"}:
        if is_organisation_description(word):
            return -CERTAIN if parse.dep[before] == "compound" and not lexicons.is_listed_role(parse.lower[first]) else -STRONG
        if _is_company_description(parse, word, first, last):
            return -2 * WEAK  # "battery maker X"
        return STRONG if is_person_description(word) else 0
    opens = before == parse.bounds[parse.sentence[before]][0]
    if opens and parse.tag[before] in {"NN", "NNP"} and _is_company_description(parse, word, first, last):
        return -2 * WEAK
    if opens and parse.tag[before] == "NN" and lexicons.is_role(word):
        return STRONG  # "Caretaker Owain Pryce", at the head of a sentence
    if first == last and word in _PLACE_PREPOSITIONS:
        return -2 * WEAK
    if word in _APPOINTED and parse.lower[last + 1 : last + 2] == ["as"]:
        return STRONG
    if word == "," and parse.dep[last] == "appos" and parse.head[last] < first:
        return _noun_weight(parse, parse.head[last])
    if word == "," and before > 1 and parse.words[before - 1].islower() and parse.tag[before - 1] == "NN":
        return _noun_weight(parse, before - 1)  # "his sister, Manmeet Gill", whatever the parser made of it
    return 0


def _is_company_description(parse: Parse, noun: str, first: int, last: int) -> bool:
    """Whether a noun that means a firm as often as a person ("maker", "operator") stands before a name without a given name."""
    if given_name_gender(parse.words[first]) is not None or (first < last and noun in lexicons.genders("roles.tsv")):
        return False
    return noun in lexicons.words("collectives.txt") or noun in _company_nouns()


@cache
def _company_nouns() -> frozenset[str]:
    return frozenset(noun for noun, words in lexicons.rows("kinds_of_institution.tsv") if "inc" in words.split())


def is_speech_subject(parse: Parse, first: int, last: int, *, words: int = 2) -> bool:
    """Whether a name of two or three capitalised words (or as few as `words`), no "the" before it, is the subject of a verb of speech: a
    person more often than not."""
    inner = [token for token in range(first, last + 1) if parse.words[token][:1].isalpha()]
    if not words <= len(inner) < 5 or (first and parse.lower[first - 1] == "the") or any(parse.words[token].isupper() for token in inner):
        return False
    verb = lexicons.verbs().get(parse.lower[parse.head[last]])
    if parse.dep[last] != "nsubj" or verb is None or verb.act != "speech":
        return False
    said = parse.child(parse.head[last], "ccomp")
    return said is None or not any(parse.lower[child] == "it" and parse.dep[child] in _SUBJECTS for child in parse.children[said])


def used_as_place(parse: Parse, first: int, last: int) -> bool:
    """Whether a name stands where a place does ("in X", "the X neighbourhood"), for one that could also be a surname."""
    if first and parse.lower[first - 1] in _PLACE_PREPOSITIONS:
        return True
    return parse.dep[last] in {"compound", "nmod"} and parse.head[last] > last and parse.words[parse.head[last]].islower()


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
    while after < len(parse) and parse.words[after] == "(":
        close = next((each for each in range(after, min(after + 8, len(parse))) if parse.words[each] == ")"), None)
        if close is None:
            return 0
        after = close + 1
    if after < len(parse) and parse.lower[after] == "who" and parse.dep[after] in _SUBJECTS:
        return STRONG
    if after + 2 >= len(parse) or parse.words[after] not in {",", "—", "–"}:
        return 0
    word = parse.lower[after + 1]
    if word in {"who", "whom"}:
        return STRONG
    if word in {"which"}:
        return -2 * WEAK
    if parse.tag[after + 1] == "CD" and parse.words[after + 1].isdigit() and parse.words[after + 2] in {",", ".", ";", "and"}:
        return STRONG if len(parse.words[after + 1]) < 4 else 0
    if word in {"aged", "age"} and parse.words[after + 2].isdigit():
        return STRONG
    if word not in {"a", "an", "the", "his", "her", "their"}:
        return 0
    head = _phrase_head(parse, after + 2)
    if parse.dep[head] in _SUBJECTS and parse.head[head] > head:
        return 0  # ", the agency said": no apposition
    return _noun_weight(parse, head)


def _phrase_head(parse: Parse, head: int) -> int:
    """The last noun of the phrase whose words begin at a token."""
    while head + 1 < len(parse) and parse.tag[head] in _MODIFIERS and parse.tag[head + 1] in {"NN", "HYPH", "JJ", "NNS"}:
        head += 1
    return head


@cache
def _deliberate_verbs() -> frozenset[str]:
    """The forms of verbs for what somebody does on purpose: their "it" is an organisation."""
    return frozenset(form for lemma in lexicons.words("deliberate_verbs.txt") for form in lexicons.inflect(lemma)) | _IRREGULAR_DELIBERATE


def complement_pronoun(parse: Parse, subject: int) -> str:
    """The pronoun by which the subject of a verb of speech goes on about itself ("X said it would recall the heaters"): "it" only where
    what it does is done on purpose, as weather and events do nothing so."""
    verb = parse.head[subject]
    known = lexicons.verbs().get(parse.lower[verb])
    if parse.dep[subject] != "nsubj" or known is None or known.act != "speech":
        return ""
    said = parse.child(verb, "ccomp")
    if said is None or said < verb or parse.sentence[said] != parse.sentence[verb]:
        return ""
    word = next((parse.lower[child] for child in parse.children[said] if parse.dep[child] in _SUBJECTS and child < said), "")
    if word in {"he", "she"}:
        return word
    passive = any(parse.dep[child] in {"auxpass", "nsubjpass"} for child in parse.children[said])
    return word if word == "it" and not passive and parse.lower[said] in _deliberate_verbs() else ""


def _complement(parse: Parse, last: int) -> int:
    """What the pronoun says by which a name goes on about itself, the name the subject or in apposition to it."""
    subject = parse.head[last] if parse.dep[last] == "appos" and parse.head[last] < last else last
    if parse.dep[subject] == "appos" and parse.head[subject] < subject:
        subject = parse.head[subject]
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
