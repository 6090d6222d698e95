"""Proper names of organisations, read by capitals and the small words inside them; where the tags of foreign names are wrong, these
hold.

An organisation may be recognised by a common noun before its name ("the charity X"), have commas in it ("Union of Dock, Rail and Quarry
Workers"), and stand in another ("the D Institute of the B University", "B University's D Institute").
"""

from __future__ import annotations

from functools import cache

from quotes import lexicons
from quotes.nlp.names.entity_kinds import company_words, has_organisation_word
from quotes.nlp.parsing.parse import Parse

Tokens = tuple[int, int]

DETERMINERS = frozenset(
    {"a", "an", "the", "its", "his", "her", "their", "our", "my", "one", "another", "this", "that", "these", "those", "both", "some", "few"}
)
POSSESSIVE_MARKS = frozenset({"'s", "’s", "'", "’"})
_INNER = frozenset(
    {"of", "for", "on", "against", "de", "du", "des", "di", "da", "do", "del", "della", "la", "le", "el", "and", "in", "the", "&"}
)
_FOREIGN = frozenset({"de", "du", "des", "di", "da", "do", "del", "della", "la", "le", "el"})
#: Words of organisations that say nothing before another noun ("International | Relations").
_OF_ANY = frozenset({"global", "international", "central", "capital", "energy", "industries"})
_OTHER_LABELS = frozenset({"PERSON", "GPE", "NORP", "LOC", "DATE", "LANGUAGE", "TIME", "EVENT"})
#: Labels of the words that may join an organisation's name before "and".
_JOINED_LABELS = frozenset({"", "ORG"})
_PARTIES = frozenset({"democrat", "democrats", "republican", "republicans", "tory", "tories", "gop", "d", "r", "democratic"})


@cache
def organisation_nouns(name: str) -> frozenset[str]:
    """The nouns of a class of organisations, as `institution_classes.tsv` has them."""
    return frozenset(noun for noun, classes in lexicons.rows("institution_classes.tsv") if name in classes.split())


def is_organisation_noun(noun: str) -> bool:
    """Whether a common noun means an organisation that may be named beside it ("the charity X"), and no place."""
    return noun in lexicons.words("collectives.txt") and noun not in organisation_nouns("territory")


def capital(parse: Parse, token: int) -> bool:
    """Whether a token begins with a capital and is a word of a name."""
    return parse.words[token][:1].isupper() and parse.tag[token] not in {"PRP", "PRP$", "WP"}


def _proper(parse: Parse, token: int) -> bool:
    return parse.words[token][:1].isupper() and parse.tag[token] in {
        "NNP",
        "NNPS",
        "JJ",
        "NN",
        "NNS",
        "CD",
        "FW",
        "VBG",
        "VBN",
        "NFP",
        "VBZ",
    }


def is_clearly_organisation(parse: Parse, first: int, last: int) -> bool:
    """Whether a name has a word of organisations in it, or the pipeline takes it for one."""
    return any(parse.entity[token] == "ORG" for token in range(first, last + 1)) or looks_like_organisation(parse, first, last)


def looks_like_organisation(parse: Parse, first: int, last: int) -> bool:
    """Whether a name has a word of organisations in it ("Institute"); "International" says so only at the end."""
    words = lexicons.words("organisation_words.txt")
    return any(
        parse.lower[token] in words and parse.words[token][:1].isupper() and not (token < last and parse.lower[token] in _OF_ANY)
        for token in range(first, last + 1)
    )


def is_organisation_name(parse: Parse, first: int, last: int) -> bool:
    """Whether tokens are an organisation's proper name, not a person's, a people's, a place's or a prize's."""
    first, last = without_article(parse, first, last)
    if first > last or not any(_proper(parse, token) for token in range(first, last + 1)):
        return False
    if is_prize_name(parse, last) or (first == last and parse.lower[first] in _PARTIES):
        return False
    if parse.lower[first] in lexicons.genders("honorifics.tsv") and parse.entity[last] == "PERSON":
        return False  # "a spokeswoman for Gov. X"
    if {parse.entity[token] for token in range(first, last + 1)} == {"GPE"}:
        return False  # "United States"
    if looks_like_organisation(parse, first, last):
        return True
    if any(lexicons.is_listed_role(parse.lower[token]) for token in range(first, last + 1)):
        return False  # "French President X", whatever its label
    labels = {parse.entity[token] for token in range(first, last + 1)}
    return not labels <= _OTHER_LABELS and parse.words[first][:1].isupper()


def is_prize_name(parse: Parse, last: int) -> bool:
    """Whether a name ends like a prize's or a contest's."""
    return parse.lower[last] in organisation_nouns("prize")


def without_article(parse: Parse, first: int, last: int) -> Tokens:
    """Two tokens with the article or possessive pronoun between them left out."""
    while first < last and parse.lower[first] in DETERMINERS:
        first += 1
    return first, last


def organisation_at(parse: Parse, first: int, last: int, *, sure: bool = False) -> Tokens | None:
    """The proper name of the organisation that begins at a token (an article aside); of one within another, the inner."""
    return next(iter(organisations_at(parse, first, last, sure=sure)), None)


def organisations_at(parse: Parse, first: int, last: int, *, sure: bool = False) -> list[Tokens]:
    """The organisations named from a token on, the nearer first: one within another, or two joined by "and"; `sure` where the words before
    leave no doubt that an organisation is meant."""
    last = min(last, len(parse) - 1)
    article = first <= last and parse.words[first] == "The" and first != parse.bounds[parse.sentence[first]][0]
    first, described = _name_start(parse, first, last)
    if first > last or not capital(parse, first):
        return []
    sure = sure or described or article  # "a writer for The Courier"
    proper = _name_end(parse, first, last)
    end = _with_common_noun(parse, proper, last)
    if end > proper and first > 0 and parse.lower[first - 1] in {"a", "an"}:
        return []  # "a Velden law firm": none in particular
    split = owner_end(parse, first, end)
    if split is not None:
        inner = organisations_at(parse, split + 2, last, sure=sure)
        # "Tarn University's Institute of Soils": the institute, by all that is printed of its name, then the university.
        return [*((first, end) for _, end in inner[:1]), *inner[1:], (first, split)]
    return [(first, end)] if is_organisation_name(parse, first, end) or (sure and not is_prize_name(parse, end)) else []


def _name_start(parse: Parse, first: int, last: int) -> tuple[int, bool]:
    """Where a name begins behind articles and a common noun for it ("the law firm | X"), and whether there was such a noun."""
    while first <= last and parse.lower[first] in {"the", "a", "an", "both"}:
        first += 1
    token = first
    while token <= min(first + 4, last) and parse.words[token].islower() and parse.tag[token] in {"NN", "JJ", "VBN", "NNP", "RB"}:
        token += 1
    if first < token <= last and capital(parse, token) and is_organisation_noun(parse.lower[token - 1]):
        return token, True
    if token <= last and first < token and parse.words[token - 1].islower() and capital(parse, token) and parse.tag[token - 1] == "JJ":
        return token, False  # "the federal Bureau of Prisons"
    return first, False


def _name_end(parse: Parse, first: int, last: int) -> int:
    """The last token of a name that begins at `first`."""
    end, token = first, first + 1
    while token <= last:
        word, lower = parse.words[token], parse.lower[token]
        if capital(parse, token) or (parse.tag[token] == "CD" and word.isdigit()):
            end = token
        elif word in {"-", "–", "&"} or (word in POSSESSIVE_MARKS and token < last and capital(parse, token + 1)):
            pass
        elif word == "," or lower == "and" or not (lower in _INNER and _goes_on(parse, first, token, last)):
            break
        token += 1
    return end


def _with_common_noun(parse: Parse, end: int, last: int) -> int:
    """A name with the small-lettered noun that makes it an organisation's: "the Adair | campaign", "Northmoor | fire department"."""
    if looks_like_organisation(parse, end, end):
        return end
    for token in range(end + 1, min(end + 4, last + 1)):
        if not parse.words[token].islower() or parse.tag[token] not in {"NN", "NNS"}:
            break
        following = parse.tag[token + 1] if token < last else "."
        if is_organisation_noun(parse.lower[token]) and following not in {"NN", "NNS", "POS"}:
            return token
    return end


def _goes_on(parse: Parse, first: int, token: int, last: int) -> bool:
    """Whether a small word inside a name is followed by more of the name."""
    following, lower = token + 1, parse.lower[token]
    while following <= last and parse.lower[following] in {"the", "of", *_FOREIGN} and parse.words[following].islower():
        following += 1
    if following > last or not capital(parse, following):
        return False
    if lower == "the" and parse.lower[token - 1] in {"of", "for", "against", "on", "in", "at"}:
        return True
    if lower in {"in", "the"}:
        return parse.entity[following] == parse.entity[token] != "" and not parse.begins[following]
    if lower in {"for", "on", "against"}:
        same = parse.entity[following] == parse.entity[token] != "" and not parse.begins[following]
        return (
            same
            or looks_like_organisation(parse, first, token - 1)
            or (lower == "for" and parse.entity[following] != "PERSON" and first == token - 1)
        )
    return True


def owner_end(parse: Parse, first: int, end: int) -> int | None:
    """The last token of the organisation that owns the other: "Tarn University|'s Institute of Y"; None for "St Brendan's Church"."""
    for token in range(first + 1, end):
        if parse.words[token] not in {"'s", "’s"} or not capital(parse, token + 1):
            continue
        owner = token - 1
        boundary = parse.entity[owner] == "ORG" and parse.begins[token + 1]
        owns = parse.lower[owner] in lexicons.words("organisation_words.txt") or boundary or acronym(parse.words[owner])
        if owns and parse.lower[owner] not in {"children", "women", "men", "people"}:
            return owner
    return None


def acronym(word: str) -> bool:
    """Whether a word is all capitals."""
    return len(word) > 1 and word.isupper() and word.isalpha()


def modifies(parse: Parse, organisation: Tokens, last: int) -> bool:
    """Whether an organisation's name only modifies the noun behind it: "Tarn League | history"."""
    return organisation[1] < last and parse.tag[organisation[1] + 1] in {"NN", "NNS"} and parse.words[organisation[1] + 1].islower()


def whole_organisation(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """An organisation's name with the capitalised words that belong to it on both sides ("Roads | and Bridges Authority | for the
    North")."""
    if not has_organisation_word(parse, first, last):
        return first, last
    return _start(parse, first, last), _end(parse, first, last)


def _part(parse: Parse, token: int, last: int) -> bool:
    """Whether a word is a capitalised one that hangs, over others, on a name's last word."""
    return (
        parse.words[token][:1].isupper()
        and parse.tag[token] in {"NNP", "NNPS"}
        and any(above == last for above in parse.ancestors(token))
        and parse.sentence[token] == parse.sentence[last]
    )


def _start(parse: Parse, first: int, last: int) -> int:
    """Where the name begins: over "and" to the word joined, and a country before that."""
    joined = (
        first > 1 and parse.lower[first - 1] in {"and", "&"} and parse.entity[first - 2] in _JOINED_LABELS and _part(parse, first - 2, last)
    )
    if not joined:
        return first
    first -= 2
    while first > 0 and _part(parse, first - 1, last) and parse.entity[first - 1] in _JOINED_LABELS | {"GPE"}:
        first -= 1
    return first


def _end(parse: Parse, first: int, last: int) -> int:
    """Where the name ends: behind "of", "for" and "on", and the capitalised words that these govern."""
    behind = parse.lower[last + 1 : last + 2]
    if behind not in (["of"], ["for"], ["on"]) or parse.head[last + 1] not in range(first, last + 1):
        return last
    if last + 3 < len(parse) and parse.lower[last + 2] in {"a", "an"} and parse.words[last + 3][:1].isupper():
        end = last + 3
        while end + 1 < len(parse) and parse.words[end + 1][:1].isupper() and parse.tag[end + 1] in {"NNP", "NNPS"}:
            end += 1
        return end
    organisation = organisation_at(parse, first, parse.bounds[parse.sentence[last]][1] - 1)
    return (
        organisation[1]
        if organisation is not None and organisation[0] == first and organisation[1] > last and parse.words[organisation[1]][:1].isupper()
        else last
    )


def is_legal_form(word: str) -> bool:
    """Whether a word is what a firm is by law ("Inc.", "plc")."""
    return word.casefold().rstrip(".") in lexicons.words("legal_forms.txt")


def firm_end(parse: Parse, last: int) -> int:
    """The last token of a firm's name of which only the beginning has its label ("Orrin | Valley Builders", "GrainRoute | Bolivia")."""
    if last + 1 < len(parse) and is_legal_form(parse.words[last + 1]) and parse.words[last + 1][0].isupper():
        return last + 1  # "Orrin | Corp"
    head = parse.head[last]
    if head <= last or head - last > 3 or parse.dep[last] != "compound":
        return last
    run = range(last + 1, head + 1)
    capitals = all(parse.words[t][:1].isupper() and parse.tag[t] in {"NNP", "NNPS"} and not parse.entity[t] for t in run)
    return head if capitals and (has_organisation_word(parse, head, head) or parse.lower[head] in company_words()) else last
