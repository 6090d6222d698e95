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
_FOREIGN = frozenset({"de", "du", "des", "di", "da", "do", "del", "della", "la", "le", "el"})
_INNER = _FOREIGN | {"of", "for", "on", "against", "and", "in", "the", "&"}
#: Words of organisations that say nothing before another noun ("International | Relations").
_OF_ANY = frozenset({"global", "international", "central", "capital", "energy", "industries"})
_OTHER_LABELS = frozenset({"PERSON", "GPE", "NORP", "LOC", "DATE", "LANGUAGE", "TIME", "EVENT"})
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
    return parse.words[token][:1].isupper() and parse.tag[token] in {"NNP", "NNPS"}


def is_clearly_organisation(parse: Parse, first: int, last: int) -> bool:
    """Whether a name has a word of organisations in it, or the pipeline takes it for one."""
    return "ORG" in parse.entity[first : last + 1] or looks_like_organisation(parse, first, last)


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
    labels = set(parse.entity[first : last + 1])
    if labels <= {"GPE"} or is_prize_name(parse, last) or (first == last and parse.lower[first] in _PARTIES):
        return False
    if parse.lower[first] in lexicons.genders("honorifics.tsv") and parse.entity[last] == "PERSON":
        return False  # "a spokeswoman for Gov. X"
    if looks_like_organisation(parse, first, last):
        return True
    if any(lexicons.is_listed_role(word) for word in parse.lower[first : last + 1]):
        return False  # "French President X", whatever its label
    return not labels <= _OTHER_LABELS and parse.words[first][:1].isupper()


def is_prize_name(parse: Parse, last: int) -> bool:
    """Whether a name ends like a prize's or a contest's."""
    return parse.lower[last] in organisation_nouns("prize")


def without_article(parse: Parse, first: int, last: int) -> Tokens:
    """Two tokens with the article or possessive pronoun between them left out."""
    while first < last and parse.lower[first] in DETERMINERS:
        first += 1
    return first, last


def organisations_at(parse: Parse, first: int, last: int, *, sure: bool = False) -> list[Tokens]:
    """The organisations named from a token on, the nearer first: one within another, or two joined by "and"; `sure` where the words before
    leave no doubt that an organisation is meant."""
    last = min(last, len(parse) - 1)
    article = parse.words[first : last + 1][:1] == ["The"]
    first, described = _name_start(parse, first, last)
    if first > last or not capital(parse, first):
        return []
    sure = sure or described or article  # "a writer for The Courier"
    proper = _name_end(parse, first, last)
    end = _with_common_noun(parse, proper, last)
    if end > proper and parse.lower[first - 1] in {"a", "an"}:
        return []  # "a Velden law firm": none in particular
    split = owner_end(parse, first, end)
    if split is not None:
        inner = organisations_at(parse, split + 2, last, sure=sure)
        # "Tarn University's Institute of Soils": the institute, by all that is printed of its name, then the university.
        return [*((first, end) for _, end in inner[:1]), *inner[1:], (first, split)]
    return [(first, end)] if is_organisation_name(parse, first, end) or sure else []


def _name_start(parse: Parse, first: int, last: int) -> tuple[int, bool]:
    """Where a name begins behind articles and a common noun for it ("the law firm | X"), and whether there was such a noun."""
    while first <= last and parse.lower[first] in {"the", "a", "an", "both"}:
        first += 1
    token = first
    while token <= min(first + 4, last) and parse.words[token].islower() and parse.tag[token] in {"NN", "JJ", "VBN", "NNP", "RB"}:
        token += 1
    if first < token <= last and capital(parse, token):
        described = is_organisation_noun(parse.lower[token - 1])
        if described or parse.tag[token - 1] == "JJ":  # "the federal Bureau of Prisons"
            return token, described
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
        elif lower == "and" or not (lower in _INNER and _goes_on(parse, first, token, last)):
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
    while following < last and parse.lower[following] in {"the", "of", *_FOREIGN}:
        following += 1
    if following > last or not capital(parse, following):
        return False
    same = parse.entity[following] == parse.entity[token] != ""
    if lower in {"in", "the"}:
        return same
    if lower in {"for", "on", "against"}:
        return same or looks_like_organisation(parse, first, token - 1) or (lower == "for" and first == token - 1)
    return True


def owner_end(parse: Parse, first: int, end: int) -> int | None:
    """The last token of the organisation that owns the other: "Tarn University|'s Institute of Y"; None for "St Brendan's Church"."""
    for token in range(first + 1, end):
        owner = token - 1
        if parse.words[token] in {"'s", "’s"} and (
            looks_like_organisation(parse, owner, owner)
            or (parse.entity[owner] == "ORG" and parse.begins[token + 1])
            or acronym(parse.words[owner])
        ):
            return owner
    return None


def acronym(word: str) -> bool:
    """Whether a word is all capitals."""
    return len(word) > 1 and word.isupper() and word.isalpha()


def modifies(parse: Parse, organisation: Tokens, last: int) -> bool:
    """Whether an organisation's name only modifies the noun behind it: "Tarn League | history"."""
    return organisation[1] < last and parse.tag[organisation[1] + 1] in {"NN", "NNS"}


def whole_organisation(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """An organisation's name with the capitalised words that belong to it on both sides ("Roads | and Bridges Authority | for the
    North")."""
    if not has_organisation_word(parse, first, last):
        return first, last
    if first > 1 and parse.lower[first - 1] in {"and", "&"} and _joined(parse, first - 2, last):
        first -= 2
        while first > 0 and _joined(parse, first - 1, last):
            first -= 1
    behind = parse.lower[last + 1 : last + 2]
    if behind not in (["of"], ["for"], ["on"]) or parse.head[last + 1] not in range(first, last + 1):
        return first, last
    end = last + 2 + (parse.lower[last + 2 : last + 3] in (["a"], ["an"]))
    if end > last + 2:
        while end + 1 < len(parse) and _proper(parse, end + 1):
            end += 1
        return first, end if parse.words[end : end + 1] and capital(parse, end) else last
    found = organisations_at(parse, first, parse.bounds[parse.sentence[last]][1] - 1)
    return first, max(last, found[0][1]) if found and capital(parse, found[0][1]) else last


def _joined(parse: Parse, token: int, last: int) -> bool:
    """Whether a word is a capitalised one that hangs, over others, on a name's last word, and no other's name but a country's."""
    return _proper(parse, token) and parse.entity[token] in {"", "ORG", "GPE"} and last in parse.ancestors(token)


def is_legal_form(word: str) -> bool:
    """Whether a word is what a firm is by law ("Inc.", "plc")."""
    return word.casefold().rstrip(".") in lexicons.words("legal_forms.txt")


def firm_end(parse: Parse, last: int) -> int:
    """The last token of a firm's name of which only the beginning has its label ("Orrin | Valley Builders", "GrainRoute | Bolivia")."""
    if last + 1 < len(parse) and capital(parse, last + 1) and is_legal_form(parse.words[last + 1]):
        return last + 1  # "Orrin | Corp"
    head = parse.head[last]
    if not last < head <= last + 3 or parse.dep[last] != "compound":
        return last
    capitals = all(_proper(parse, token) and not parse.entity[token] for token in range(last + 1, head + 1))
    return head if capitals and (has_organisation_word(parse, head, head) or parse.lower[head] in company_words()) else last
