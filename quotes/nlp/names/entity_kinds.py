"""Whether a printed name is a person's or a body's, weighed from what stands in it and beside it.

Recognisers of names confuse the two where the names are foreign to them. An honorific, an age, an apposition or ", who" tells surely; the
recogniser's label counts for little, and what one mention shows holds for every mention of that name.
"""

from __future__ import annotations

from functools import cache

from quotes import lexicons
from quotes.nlp.names.name_parts import GENERATIONS, gendered, given_gender, is_initials, shows_person
from quotes.nlp.parsing.parse import Parse

_APPOINTED = frozenset(form for lemma in ("appoint", "hire", "name", "elect") for form in lexicons.inflect(lemma))
_THOROUGHFARES = frozenset(
    {
        "avenue",
        "bay",
        "beach",
        "boulevard",
        "city",
        "county",
        "island",
        "islands",
        "mountain",
        "palace",
        "river",
        "road",
        "square",
        "street",
        "tower",
        "town",
        "valley",
        "village",
    }
)
#: Nouns for bodies that merely end like those for people ("newspaper", not "lender").
_NO_AGENTS = frozenset({"center", "chamber", "newspaper", "paper", "theater"})
#: Irregular forms of verbs for what is done on purpose.
_BOUGHT = frozenset({"bought", "chose", "chosen", "choose", "met", "paid", "sent", "sold", "sought", "spent", "withdrew", "withdrawn"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_WHERE = frozenset({"in", "at", "near", "across", "around", "outside", "throughout", "into"})
_MODIFIERS = frozenset({"JJ", "JJR", "JJS", "NN", "NNP", "HYPH", "VBN", "VBG", "CD", "POS", "NNS"})
#: What tells surely, what tells, what hints. Above nothing is a person, below a body.
SURE, TELLS, HINTS = 6, 3, 1


def evidence(parse: Parse, first: int, last: int, label: str) -> int:
    """How much speaks for a person (above 0) or against one at one mention of a name."""
    return of_label(label) + of_words(parse, first, last) + beside(parse, first, last)


def of_label(label: str) -> int:
    """What the recogniser's label is worth."""
    return 2 * HINTS if label == "PERSON" else -2 * HINTS if label in {"GPE", "LOC", "NORP"} else -HINTS if label else 0


@cache
def business_words() -> frozenset[str]:
    """Words of bodies' names that are surnames too, though seldom."""
    return frozenset(word for _, words in lexicons.rows("kinds_of_institution.tsv") for word in words.split())


def of_words(parse: Parse, first: int, last: int) -> int:
    """What the words of a name say themselves: a body's word, a given name or initials in front, "Jr." behind, capitals alone."""
    if body_words(parse, first, last):
        return -SURE
    word = parse.words[first]
    if first < last and (is_initials(word) or parse.lower[last].rstrip(".") in GENERATIONS):
        return TELLS
    if first < last and any(parse.words[token] in {"&", "+"} for token in range(first, last)):
        return -SURE
    if first < last and parse.lower[last] in _THOROUGHFARES and given_gender(word) is None:
        return -TELLS  # "Downing Street"
    if first < last and given_gender(word) is None and parse.lower[last] in business_words():
        return -2 * HINTS  # "Harlow Steel"
    if first < last and parse.tag[last] == "NNPS" and given_gender(word) is None:
        return -2 * HINTS  # "Harlow Ferries"
    capitals = sum(parse.words[token][:1].isupper() for token in range(first, last + 1))
    if given_gender(word) is not None and word[:1].isupper():
        return TELLS if capitals > 1 else HINTS
    plain = word.replace(".", "")
    return -2 * HINTS if first == last and plain.isupper() and 1 < len(plain) < 6 else 0


def beside(parse: Parse, first: int, last: int) -> int:
    """What the words around a name say of it."""
    return _before(parse, first, last) + _behind(parse, last) + _owning(parse, last) + _of_itself(parse, last)


def body_words(parse: Parse, first: int, last: int) -> bool:
    """Whether a name has a word that only bodies' names have."""
    return any(parse.lower[token] in lexicons.words("organisation_words.txt") for token in range(first, last + 1))


def describes_body(noun: str) -> bool:
    """Whether a lower-case noun says what a body is ("newspaper"), and no person."""
    return noun in lexicons.words("collectives.txt") and (noun in _NO_AGENTS or not lexicons.is_role(noun))


def describes_person(noun: str) -> bool:
    """Whether a lower-case noun says who a person is: a role or a tie ("sister")."""
    if noun in lexicons.words("collectives.txt"):
        return noun in lexicons.genders("roles.tsv")  # "a maker" is a body as often
    return lexicons.is_role(noun) or noun in lexicons.words("kin.txt") or gendered(noun) != "-"


def _before(parse: Parse, first: int, last: int) -> int:
    """An honorific, a description right before the name ("the keeper X", "the newspaper X"), or one set off by a comma; "the"."""
    before = first - 1
    if before < 0 or parse.space(before):
        return 0
    if shows_person(parse, before) or (parse.words[before] == "." and before > 0 and shows_person(parse, before - 1)):
        return SURE
    word = parse.lower[before]
    if word == "the":
        return 0 if parse.head[last] > last and parse.dep[last] in {"compound", "nmod", "poss"} else -2 * HINTS
    if parse.words[before].islower() and parse.tag[before] in {"NN", "NNP"}:
        if describes_body(word):
            return -SURE if parse.dep[before] == "compound" and not lexicons.is_listed_role(parse.lower[first]) else -TELLS
        if _firm(parse, word, first, last):
            return -2 * HINTS  # "battery maker X"
        return TELLS if describes_person(word) else 0
    opens = before == parse.bounds[parse.sentence[before]][0]
    if opens and parse.tag[before] in {"NN", "NNP"} and _firm(parse, word, first, last):
        return -2 * HINTS
    if opens and parse.tag[before] == "NN" and lexicons.is_role(word):
        return TELLS  # "Caretaker Owain Pryce", at the head of a sentence
    if first == last and word in _WHERE:
        return -2 * HINTS
    if word in _APPOINTED and parse.lower[last + 1 : last + 2] == ["as"]:
        return TELLS
    if word == "," and parse.dep[last] == "appos" and parse.head[last] < first:
        return _noun(parse, parse.head[last])
    if word == "," and before > 1 and parse.words[before - 1].islower() and parse.tag[before - 1] == "NN":
        return _noun(parse, before - 1)  # "his sister, Manmeet Gill", whatever the parser made of it
    return 0


def _firm(parse: Parse, noun: str, first: int, last: int) -> bool:
    """Whether a noun that means a firm as often as a person ("maker", "operator") stands before a name without a given name."""
    if given_gender(parse.words[first]) is not None or (first < last and noun in lexicons.genders("roles.tsv")):
        return False
    return noun in lexicons.words("collectives.txt") or noun in _firms()


@cache
def _firms() -> frozenset[str]:
    return frozenset(noun for noun, words in lexicons.rows("kinds_of_institution.tsv") if "inc" in words.split())


def speaks(parse: Parse, first: int, last: int, *, words: int = 2) -> bool:
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


def stands_for_place(parse: Parse, first: int, last: int) -> bool:
    """Whether a name stands where a place does ("in X", "the X neighbourhood"), for one that could also be a surname."""
    if first and parse.lower[first - 1] in _WHERE:
        return True
    return parse.dep[last] in {"compound", "nmod"} and parse.head[last] > last and parse.words[parse.head[last]].islower()


def _noun(parse: Parse, head: int) -> int:
    if not parse.words[head].islower() and head != parse.bounds[parse.sentence[head]][0]:
        return 0
    noun = parse.lower[head]
    if any(parse.lower[child] == "its" for child in parse.children[head]) and noun in {"rival", "supplier", "owner", "parent", "partner"}:
        return 0  # "its smaller rival, X": a body has rivals that are bodies
    return -TELLS if describes_body(noun) else TELLS if describes_person(noun) else 0


def _behind(parse: Parse, last: int) -> int:
    """ ", who", ", 43,", ", a rice farmer", ", an airline", ", which"."""
    behind = last + 1
    while behind < len(parse) and parse.words[behind] == "(":
        close = next((each for each in range(behind, min(behind + 8, len(parse))) if parse.words[each] == ")"), None)
        if close is None:
            return 0
        behind = close + 1
    if behind < len(parse) and parse.lower[behind] == "who" and parse.dep[behind] in _SUBJECTS:
        return TELLS
    if behind + 2 >= len(parse) or parse.words[behind] not in {",", "—", "–"}:
        return 0
    word = parse.lower[behind + 1]
    if word in {"who", "whom"}:
        return TELLS
    if word in {"which"}:
        return -2 * HINTS
    if parse.tag[behind + 1] == "CD" and parse.words[behind + 1].isdigit() and parse.words[behind + 2] in {",", ".", ";", "and"}:
        return TELLS if len(parse.words[behind + 1]) < 4 else 0
    if word in {"aged", "age"} and parse.words[behind + 2].isdigit():
        return TELLS
    if word not in {"a", "an", "the", "his", "her", "their"}:
        return 0
    head = _phrase_head(parse, behind + 2)
    if parse.dep[head] in _SUBJECTS and parse.head[head] > head:
        return 0  # ", the agency said": no apposition
    return _noun(parse, head)


def _phrase_head(parse: Parse, head: int) -> int:
    """The last noun of the phrase whose words begin at a token."""
    while head + 1 < len(parse) and parse.tag[head] in _MODIFIERS and parse.tag[head + 1] in {"NN", "HYPH", "JJ", "NNS"}:
        head += 1
    return head


@cache
def _intended() -> frozenset[str]:
    """The forms of verbs for what somebody does on purpose: their "it" is a body."""
    return frozenset(form for lemma in lexicons.words("deliberate_verbs.txt") for form in lexicons.inflect(lemma)) | _BOUGHT


def of_itself(parse: Parse, subject: int) -> str:
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
    return word if word == "it" and not passive and parse.lower[said] in _intended() else ""


def _of_itself(parse: Parse, last: int) -> int:
    """What the pronoun says by which a name goes on about itself, the name the subject or in apposition to it."""
    subject = parse.head[last] if parse.dep[last] == "appos" and parse.head[last] < last else last
    if parse.dep[subject] == "appos" and parse.head[subject] < subject:
        subject = parse.head[subject]
    pronoun = of_itself(parse, subject)
    return -TELLS if pronoun == "it" else HINTS if pronoun else 0


def _owning(parse: Parse, last: int) -> int:
    """A subject whose clause goes on with "its" is a body ("X cancelled its tour"); with "himself" or "herself" a person."""
    if parse.dep[last] not in _SUBJECTS:
        return 0
    verb = parse.head[last]
    objects = [child for child in parse.children[verb] if child > verb and parse.dep[child] in {"dobj", "attr"}]
    for child in objects or [child for child in parse.children[verb] if child > verb and parse.dep[child] == "prep"]:
        noun = parse.child(child, "pobj") if parse.dep[child] == "prep" else child
        if noun is None:
            continue
        if parse.lower[noun] in {"himself", "herself"}:
            return TELLS
        if any(parse.lower[each] == "its" for each in parse.children[noun]):
            return -SURE
        if parse.dep[child] == "dobj" and any(parse.lower[each] in {"his", "her"} for each in parse.children[noun]):
            return HINTS
    return 0
