"""As what and for whom somebody speaks: title and institution read from the words around a name or a description, as printed.

Read are prenominal titles ("Finch Holdings chief executive X"), appositions before and after the name, "of/at/for" phrases, possessives
("B's head of C, X"), relative clauses ("who chairs B"), and sentences that say it ("X is B's editor", "B hired X as its head of C").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotes import lexicons
from quotes.components.names import Name
from quotes.components.parse import FINITE_TAGS, NOUN_TAGS, VERB_TAGS, Parse
from quotes.records import Span

_NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "DT", "IN", "POS", "PRP$", "CC", "CD", "HYPH", "VBG", "VBN", "RB", "FW", "RBS", "TO", "$", "AFX"})
_DETERMINERS = frozenset({"a", "an", "the", "its", "his", "her", "their", "our", "my", "one", "another", "this", "that"})
#: Modifiers that say since when, not what.
_PASSING = frozenset({"new", "current", "longtime", "then", "newly", "now", "longstanding"})
_MINISTERS = frozenset({"secretary", "minister", "undersecretary", "ministers", "secretaries"})
_PARTISANS = frozenset({"democrat", "republican", "tory", "conservative", "liberal", "socialist", "independent"})
_LOWER_BODIES = frozenset({"campaign", "administration", "government"})
_OF_BODY = frozenset({"of", "at", "for", "with", "from", "in", "on", "to"})
_INSTITUTION_PREPOSITIONS = frozenset({"of", "at", "for", "with", "from"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_LEADS = frozenset(form for lemma in ("chair", "head", "lead", "run", "direct", "edit", "found", "manage", "own", "represent", "coach") for form in lexicons.inflect(lemma)) | {"led", "ran"}
_WORKS = frozenset(form for lemma in ("work", "teach", "serve", "lecture", "study", "play") for form in lexicons.inflect(lemma)) | {"taught"}
_APPOINTS = frozenset(form for lemma in ("hire", "appoint", "name", "elect", "recruit", "choose", "pick", "promote") for form in lexicons.inflect(lemma))
_JOINS = frozenset(form for lemma in ("join", "leave", "rejoin") for form in lexicons.inflect(lemma)) | {"left"}


@dataclass(frozen=True, slots=True)
class Role:
    """A title and an institution as token ranges (both ends included), and how sure the construction is: 3 says it in so many words, 1 is a mere honorific."""

    title: tuple[int, int] | None
    institution: tuple[int, int] | None
    weight: int

    def title_span(self, parse: Parse) -> Span | None:
        """The title's characters."""
        return parse.span(*self.title) if self.title else None

    def institution_span(self, parse: Parse) -> Span | None:
        """The institution's characters."""
        return parse.span(*self.institution) if self.institution else None


def roles_of_name(parse: Parse, name: Name) -> Iterator[Role]:
    """Everything that the words around one mention of a person say of what they are."""
    yield from filter(None, (_after(parse, name), _before_comma(parse, name), _prenominal(parse, name), _phrase_behind(parse, name)))
    yield from filter(None, (_relative(parse, name), _copula(parse, name), _appointed(parse, name), _joined(parse, name)))


# --- a noun phrase as a role -----------------------------------------------------------------------------------------------------


def role_in(parse: Parse, first: int, last: int, *, loose: bool = False) -> Role | None:
    """A noun phrase between two tokens as title and institution; None when its head is nobody's role.

    `loose` lets any common noun be a title (right before a name).
    """
    while first <= last and (parse.lower[first] in _DETERMINERS or parse.lower[first] in _PASSING or parse.space(first) or parse.words[first] in {",", "“", '"'}):
        first += 1
    last = _phrase_end(parse, first, last)
    if first > last or parse.tag[first] in {"IN", "TO"}:
        return None
    owner = _possessor(parse, first, last)
    institution: tuple[int, int] | None = None
    if owner is not None:
        if _bodily(parse, first, owner - 1):
            institution = _no_article(parse, first, owner - 1)
        inner = role_in(parse, owner + 1, last, loose=loose)
        if inner is None:
            return None
        return Role(inner.title, inner.institution or institution, inner.weight)
    head_end, phrase_institution = _split(parse, first, last)
    if head_end < first:
        return None
    title_first, leading = _leading_body(parse, first, head_end)
    institution = phrase_institution or leading
    head = _head_noun(parse, title_first, head_end)
    if head is None or not (lexicons.is_role(parse.lower[head]) or parse.lower[head] in _PARTISANS or (loose and parse.tag[head] == "NN" and parse.lower[head] not in lexicons.words("kin.txt"))):
        return None
    return Role((title_first, head_end), institution, 3)


def _phrase_end(parse: Parse, first: int, last: int) -> int:
    """Where a noun phrase ends: before a verb, a relative word, a comma, a mark."""
    for token in range(first, last + 1):
        word = parse.lower[token]
        if parse.words[token] in {",", ";", ":", "—", "–", "(", ")", ".", "”", '"', "“"} or "\n" in parse.words[token]:
            return token - 1
        if parse.entity[token] in {"DATE", "TIME"} and parse.words[token][:1].islower() and token > first:
            return token - 1
        if word in {"who", "which", "whose", "that", "where", "when"} or parse.tag[token] in FINITE_TAGS:
            return token - 1
        if parse.tag[token] in {"VBN", "VBG"} and token > first and parse.dep[token] in {"acl", "advcl", "relcl"}:
            return token - 1
        if word == "and" and token > first and parse.words[token + 1 : token + 2] and parse.tag[token + 1] in {"DT", "PRP$"}:
            return token - 1
    return last


def _possessor(parse: Parse, first: int, last: int) -> int | None:
    """The possessive mark of an owner that comes before any preposition."""
    for token in range(first, last):
        if parse.tag[token] == "POS" or (parse.words[token] in _POSSESSIVE and token > first):
            return token
        if parse.tag[token] == "IN" and parse.lower[token] not in {"of", "for"}:
            return None
    return None


def _proper(parse: Parse, token: int) -> bool:
    return parse.words[token][:1].isupper() and parse.tag[token] in {"NNP", "NNPS", "JJ", "NN", "NNS", "CD", "FW", "VBG", "VBN"}


def _bodily(parse: Parse, first: int, last: int) -> bool:
    """Whether tokens are a body's proper name, not a person's, a people's or a place's."""
    while first <= last and parse.lower[first] in _DETERMINERS:
        first += 1
    if first > last or not any(_proper(parse, token) for token in range(first, last + 1)):
        return False
    if any(parse.lower[token] in lexicons.words("organisation_words.txt") for token in range(first, last + 1)):
        return True
    labels = {parse.entity[token] for token in range(first, last + 1)}
    return not labels & {"PERSON", "GPE", "NORP", "LOC", "DATE", "LANGUAGE"} and parse.words[first][:1].isupper()


def _no_article(parse: Parse, first: int, last: int) -> tuple[int, int]:
    while first < last and parse.lower[first] in _DETERMINERS:
        first += 1
    return first, last


def _split(parse: Parse, first: int, last: int) -> tuple[int, tuple[int, int] | None]:
    """Where the title ends, and the institution that a preposition in it names."""
    for token in range(first + 1, last):
        word = parse.lower[token]
        if parse.tag[token] not in {"IN", "TO"} or word not in _OF_BODY:
            continue
        body = body_at(parse, token + 1, last)
        if body is not None and word in {"in", "on"} and not _surely_a_body(parse, *body):
            body = None
        if body is not None and word == "of" and body[0] == body[1] and parse.lower[token - 1] in _MINISTERS:
            continue  # "Secretary of State": the office, no body
        if body is not None and word in _INSTITUTION_PREPOSITIONS | {"in", "on"}:
            return token - 1, body
        if word in {"in", "on", "from", "with"}:
            return token - 1, body_later(parse, token + 1, last)
        if word in {"at", "for"} and not parse.words[token + 1][:1].isupper():
            return token - 1, body_later(parse, token + 1, last)
    return last, None


def _surely_a_body(parse: Parse, first: int, last: int) -> bool:
    words = lexicons.words("organisation_words.txt")
    return any(parse.entity[token] == "ORG" or parse.lower[token] in words for token in range(first, last + 1))


def body_later(parse: Parse, first: int, last: int) -> tuple[int, int] | None:
    """The first body that a preposition between two tokens names."""
    for token in range(first, last):
        if parse.lower[token] in _INSTITUTION_PREPOSITIONS and parse.tag[token] == "IN":
            body = body_at(parse, token + 1, last)
            if body is not None:
                return body
    return None


def body_at(parse: Parse, first: int, last: int) -> tuple[int, int] | None:
    """The proper name of a body that begins at a token (an article aside), to its end: "the Bank of Ostland", "X University's Institute of Y"."""
    while first <= last and parse.lower[first] in {"the", "a", "an", "both"}:
        first += 1
    if first > last or not parse.words[first][:1].isupper() or parse.tag[first] in {"PRP", "PRP$"}:
        return None
    end = first
    token = first + 1
    while token <= last:
        if parse.words[token][:1].isupper() or parse.words[token] in {"&", "-", "–"} or parse.tag[token] == "CD":
            end = token if parse.words[token] not in {"-", "–", "&"} else end
        elif parse.words[token] in _POSSESSIVE and token + 1 <= last and parse.words[token + 1][:1].isupper():
            pass
        elif parse.lower[token] in {"of", "for", "and", "on", "the", "de", "in"} and _goes_on(parse, token, last):
            pass
        else:
            break
        token += 1
    return (first, end) if _bodily(parse, first, end) else None


def _goes_on(parse: Parse, token: int, last: int) -> bool:
    """Whether a small word inside a name is followed by more of the name."""
    following = token + 1
    while following <= last and parse.lower[following] in {"the", "of"}:
        following += 1
    if following > last or not parse.words[following][:1].isupper():
        return False
    return parse.lower[token] not in {"and", "in"} or parse.entity[following] == parse.entity[token] != ""


def _leading_body(parse: Parse, first: int, last: int) -> tuple[int, tuple[int, int] | None]:
    """Where the title begins behind a body's name that leads it ("Finch Holdings | chief executive", "Unity Party | MP")."""
    split = first
    token = first
    while token < last and (_proper(parse, token) or parse.words[token] in {"&", "-", "of"}):
        token += 1
        if lexicons.is_role(parse.lower[token - 1]):
            break
        if token < last and parse.lower[token] in _LOWER_BODIES:
            return token + 1, (first, token)  # "Clinton campaign | manager"
        acronym = parse.words[token - 1].isupper() and len(parse.words[token - 1]) > 1 and parse.entity[token - 1] not in {"GPE", "NORP"}
        if acronym and lexicons.is_role(parse.lower[token]):
            split = token  # "NASA Administrator"
        elif parse.lower[token - 1] in lexicons.words("organisation_words.txt") or (
            token <= last and not parse.words[token][:1].isupper() and parse.words[token] not in {"&", "-", "of"}
        ):
            split = token
    if split == first or not _bodily(parse, first, split - 1):
        return first, None
    if split == first + 1 and not (parse.entity[first] == "ORG" or parse.words[first].isupper()):
        return first, None  # "Energy minister": a capital at the head of a sentence is no body
    if not any(lexicons.is_role(parse.lower[each]) for each in range(split, last + 1)):
        return first, None
    return split, (first, split - 1)


def _head_noun(parse: Parse, first: int, last: int) -> int | None:
    """The head of a title: its last noun before a preposition."""
    head = None
    for token in range(first, last + 1):
        if parse.tag[token] in {"IN", "TO"} and head is not None:
            break
        if parse.tag[token] in NOUN_TAGS or lexicons.is_role(parse.lower[token]):
            head = token
    return head


# --- where a role stands beside a name -------------------------------------------------------------------------------------------


def _after(parse: Parse, name: Name) -> Role | None:
    """An apposition behind the name: ", an international relations professor at Nanjing University", ", 34, a baker"."""
    token = name.last + 1
    if token < len(parse) and parse.words[token] == "(":
        close = next((each for each in range(token, min(token + 8, len(parse))) if parse.words[each] == ")"), None)
        token = close + 1 if close is not None else token
    if token >= len(parse) or parse.words[token] not in {",", "—", "–"}:
        return None
    token += 1
    if token + 1 < len(parse) and parse.tag[token] == "CD" and parse.words[token + 1] == ",":
        token += 2
    elif token + 1 < len(parse) and parse.tag[token] == "NNP" and parse.entity[token] == "GPE" and parse.words[token + 1] == ",":
        return None
    last = min(token + 24, len(parse) - 1)
    role = role_in(parse, token, last)
    if role is None or token >= len(parse) or parse.tag[token] in VERB_TAGS - {"VBG", "VBN"}:
        return None
    return role


def _before_comma(parse: Parse, name: Name) -> Role | None:
    """A description before the name: "The former governor of the Bank of Ostland, Viktor Hale,"."""
    if name.first < 2 or parse.words[name.first - 1] != ",":
        return None
    first = name.first - 1
    while first > 0 and parse.tag[first - 1] in _NOMINAL and not ("\n" in parse.words[first - 1]) and name.first - first < 20:
        first -= 1
        if parse.tag[first] == "DT" and not (first > 0 and parse.tag[first - 1] in {"IN", "POS"}):
            break
    while first < name.first - 1 and parse.tag[first] in {"IN", "CC", "RB", "CD"}:
        first += 1
    return role_in(parse, first, name.first - 2) if name.first - 2 >= first else None


def _prenominal(parse: Parse, name: Name) -> Role | None:
    """The title right before a name: "Transport secretary X", "Finch Holdings chief executive X", "Sen. X"."""
    first = name.first
    while first > 0 and name.first - first < 10:
        before = first - 1
        if parse.space(before) or parse.tag[before] not in {"NN", "NNP", "NNPS", "NNS", "JJ", "HYPH", "POS", "CC", "VBG", "VBN", "IN", "DT", "AFX", "CD", "PRP$"}:
            break
        if parse.tag[before] in {"DT", "PRP$"}:
            if parse.tag[before] == "DT" and before > 0 and parse.tag[before - 1] == "IN" and parse.lower[before - 1] == "of":
                first = before
                continue
            break
        if parse.tag[before] == "IN" and not (parse.lower[before] == "of" and before > 0 and lexicons.is_role(parse.lower[before - 1])):
            break
        if parse.tag[before] == "CC" and not _joins_titles(parse, before, name.first):
            break
        if parse.tag[before] in {"VBG", "VBN"} and parse.dep[before] not in {"amod", "compound"}:
            break
        first = before
    while first < name.first and parse.tag[first] in {"POS", "CC", "IN", "HYPH"}:
        first += 1
    honorifics = lexicons.genders("honorifics.tsv")
    if name.first >= 2 and parse.words[name.first - 1] == "." and parse.lower[name.first - 2] + "." in lexicons.titled_honorifics():
        return Role((name.first - 2, name.first - 1), None, 1)  # "Col" and its full stop as two tokens
    if first >= name.first:
        return None
    if name.first - first == 1 and parse.lower[first] in honorifics:
        return Role((first, first), None, 1) if parse.lower[first] in lexicons.titled_honorifics() else None
    bound = parse.dep[name.first - 1] == "compound" and name.first <= parse.head[name.first - 1] <= name.last
    role = role_in(parse, first, name.first - 1, loose=bound and parse.tag[name.first - 1] == "NN" and parse.lower[name.first - 1] not in lexicons.words("documents.txt"))
    if role is None and parse.lower[name.first - 1] in lexicons.titled_honorifics():
        return Role((name.first - 1, name.first - 1), None, 1)
    if role is None or role.title is None:
        return role
    return Role(role.title, role.institution, 1 if role.title[0] == role.title[1] and parse.lower[role.title[0]] in honorifics else 2)


def _joins_titles(parse: Parse, conjunction: int, limit: int) -> bool:
    return any(lexicons.is_role(parse.lower[token]) for token in range(conjunction + 1, limit)) and lexicons.is_role(parse.lower[conjunction - 1])


def _phrase_behind(parse: Parse, name: Name) -> Role | None:
    """ "X of Leeds Polytechnic", "X at Northbridge Capital"."""
    token = name.last + 1
    if token + 1 >= len(parse) or parse.lower[token] not in {"of", "at", "from", "with"}:
        return None
    if parse.head[token] not in range(name.first, name.last + 1) and parse.lower[token] not in {"of"}:
        return None
    body = body_at(parse, token + 1, min(token + 12, len(parse) - 1))
    return None if body is None else Role(None, body, 2)


def _relative(parse: Parse, name: Name) -> Role | None:
    """ ", who chairs Northbridge Capital", ", who is the editor of B", ", who teaches at B"."""
    token = name.last + 1
    if token < len(parse) and parse.words[token] == ",":
        token += 1
    if token + 1 >= len(parse) or parse.lower[token] != "who":
        return None
    return _said_by_verb(parse, token + 1, min(token + 18, len(parse) - 1))


def _said_by_verb(parse: Parse, first: int, last: int) -> Role | None:
    """The role that a predicate between two tokens states of its subject."""
    for token in range(first, min(first + 4, last)):
        word = parse.lower[token]
        if word in {"is", "was", "became", "remains", "served", "serves", "works", "worked"}:
            start = token + 1
            while start < last and (parse.tag[start] == "RB" or parse.lower[start] == "as"):
                start += 1
            role = role_in(parse, start, last)
            if role is not None:
                return role
        if word in _LEADS:
            body = body_at(parse, token + 1, last)
            return Role(None, body, 2) if body is not None else None
        if word in _WORKS:
            body = body_later(parse, token + 1, last)
            return Role(None, body, 2) if body is not None else None
        if parse.tag[token] in VERB_TAGS and word not in {"has", "had", "been", "have", "is", "was"}:
            break
    return None


def _copula(parse: Parse, name: Name) -> Role | None:
    """ "X is the head of B", "X became B's editor"."""
    verb = parse.head[name.last]
    if parse.dep[name.last] != "nsubj" or verb < name.last:
        return None
    if parse.lower[verb] in {"is", "was", "became", "remains", "'s", "’s"}:
        attribute = parse.child(verb, "attr")
        if attribute is None:
            return None
        return role_in(parse, parse.left[attribute], parse.right[attribute])
    return None


def _appointed(parse: Parse, name: Name) -> Role | None:
    """ "Crestline Research hired X as its head of commodities", "X was named chief executive of B"."""
    verb = parse.head[name.last]
    if parse.lower[verb] not in _APPOINTS or parse.tag[verb] not in VERB_TAGS:
        return None
    start = name.last + 1 if parse.dep[name.last] in {"dobj", "nsubj"} and name.last > verb else verb + 1
    while start < len(parse) and parse.lower[start] in {"as", "to", "be"}:
        start += 1
    role = role_in(parse, start, min(start + 16, len(parse) - 1)) if start < len(parse) else None
    subject = next((child for child in parse.children[verb] if parse.dep[child] == "nsubj" and child < verb), None)
    body = None
    if subject is not None and name.last > verb and _bodily(parse, parse.left[subject], subject):
        body = _no_article(parse, parse.left[subject], subject)
    if role is None:
        return Role(None, body, 2) if body else None
    return Role(role.title, role.institution or body, 3)


def _joined(parse: Parse, name: Name) -> Role | None:
    """ "X joined B", "X took over the bond desk at B"."""
    verb = parse.head[name.last]
    if parse.dep[name.last] != "nsubj" or verb < name.last or parse.tag[verb] not in VERB_TAGS:
        return None
    last = min(verb + 14, parse.bounds[parse.sentence[verb]][1] - 1)
    if parse.lower[verb] in _JOINS or parse.lower[verb] in _LEADS:
        body = body_at(parse, verb + 1, last)
        return Role(None, body, 2) if body else None
    if parse.lower[verb] in _WORKS or (parse.lower[verb] in {"took", "takes"} and parse.lower[verb + 1 : verb + 2] == ["over"]):
        for token in range(verb + 1, last):
            if parse.lower[token] in {"at", "for"}:
                body = body_at(parse, token + 1, last)
                if body is not None:
                    return Role(None, body, 2)
    return None
