"""As what and for whom somebody speaks: title and institution read from the words around a name or a description, as printed.

Read are prenominal titles ("Oriel Marine chief executive X"), appositions before and after the name, "of/at/for" phrases, possessives
("B's head of C, X"), relative clauses ("who chairs B"), and sentences that say it ("X is B's editor", "B hired X as its head of C").
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes import lexicons
from quotes.components.names import Name
from quotes.components.parse import NOUN_TAGS, VERB_TAGS, Parse
from quotes.components.roles import Role, bodily, body_at, body_later, no_article, phrase_end, role_in, says_role

_NOMINAL = frozenset(
    {
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "JJ",
        "JJR",
        "JJS",
        "DT",
        "IN",
        "POS",
        "PRP$",
        "CC",
        "CD",
        "HYPH",
        "VBG",
        "VBN",
        "RB",
        "FW",
        "RBS",
        "TO",
        "$",
        "AFX",
    }
)
_TITLE_TAGS = NOUN_TAGS | {"JJ", "HYPH", "POS", "CC", "VBG", "VBN", "IN", "DT", "AFX", "CD"}
_LEADS = frozenset(
    form
    for lemma in ("chair", "head", "lead", "run", "direct", "edit", "found", "manage", "own", "represent", "coach")
    for form in lexicons.inflect(lemma)
) | {"led", "ran"}
_REPRESENTS = lexicons.inflect("represent")
_WORKS = frozenset(form for lemma in ("work", "teach", "serve", "lecture", "study", "play") for form in lexicons.inflect(lemma)) | {
    "taught"
}
_APPOINTS = frozenset(
    form for lemma in ("hire", "appoint", "name", "elect", "recruit", "choose", "pick", "promote") for form in lexicons.inflect(lemma)
)
_JOINS = frozenset(form for lemma in ("join", "leave", "rejoin") for form in lexicons.inflect(lemma)) | {"left"}


def roles_of_name(parse: Parse, name: Name) -> Iterator[Role]:
    """Everything that the words around one mention of a person say of what they are."""
    yield from filter(None, (_after(parse, name), _before_comma(parse, name), _prenominal(parse, name), _phrase_behind(parse, name)))
    yield from filter(None, (_relative(parse, name), _copula(parse, name), _appointed(parse, name), _joined(parse, name)))


# --- where a role stands beside a name -------------------------------------------------------------------------------------------


def _after(parse: Parse, name: Name) -> Role | None:
    """An apposition behind the name: ", a soil professor at Aldery College", ", 34, a baker"."""
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
    """A description before the name: "The former keeper of the Tarn Museum, Imre Fodor,"."""
    comma = name.first - 1
    while comma > 1 and (parse.lower[comma] in lexicons.genders("honorifics.tsv") or parse.words[comma] == "."):
        comma -= 1  # "Its director, Prof. X"
    if comma < 1 or parse.words[comma] != ",":
        return None
    first = comma
    while first > 0 and parse.tag[first - 1] in _NOMINAL and "\n" not in parse.words[first - 1] and comma - first < 20:
        first -= 1
        if parse.tag[first] == "DT" and not (first > 0 and parse.tag[first - 1] in {"IN", "POS"}):
            break
    while first < comma and parse.tag[first] in {"IN", "CC", "RB", "CD"}:
        first += 1
    return role_in(parse, first, comma - 1) if comma - 1 >= first else None


def _prenominal(parse: Parse, name: Name) -> Role | None:
    """The title right before a name: "Transport secretary X", "Oriel Marine chief executive X", "Sen. X"."""
    honorifics, titled = lexicons.genders("honorifics.tsv"), lexicons.titled_honorifics()
    last = name.first - 1
    verb = parse.head[name.last]
    if last < 0 or parse.tag[last] == "IN" or (parse.dep[verb] == "relcl" and parse.head[verb] == last):
        return None  # nothing there, or "the only guest Adair met"
    if last >= 1 and parse.words[last] == "." and parse.lower[last - 1] + "." in titled:
        return Role((last - 1, last), None, 1)  # "Col" and its full stop as two tokens
    first = _title_start(parse, name)
    if first > last:
        return None
    if first == last and parse.lower[first] in honorifics:
        return Role((first, first), None, 1) if parse.lower[first] in titled else None
    bound = parse.dep[last] == "compound" and name.first <= parse.head[last] <= name.last
    common = parse.tag[last] == "NN" and parse.lower[last] not in lexicons.words("documents.txt")
    role = role_in(parse, first, last, loose=bound and common)
    if role is None and parse.lower[last] in titled:
        return Role((last, last), None, 1)
    if role is None or role.title is None:
        return role
    return Role(
        role.title, role.institution, 1 if role.title[0] == role.title[1] and parse.lower[role.title[0]] in honorifics else 2, role.owner
    )


def _title_start(parse: Parse, name: Name) -> int:
    """The first token of the title before a name; the name's own where there is none."""
    first = name.first
    while first > 0 and name.first - first < 10 and _in_title(parse, first - 1, name.first):
        first -= 1
    while first < name.first and parse.tag[first] in {"POS", "CC", "IN", "HYPH", "DT"}:
        first += 1
    return first


def _in_title(parse: Parse, token: int, limit: int) -> bool:
    """Whether a token before a name may belong to a title that ends at `limit`."""
    tag, word = parse.tag[token], parse.lower[token]
    if parse.space(token) or tag not in _TITLE_TAGS:
        return False
    if tag == "DT":
        return token > 0 and parse.lower[token - 1] == "of"
    if tag == "IN":
        return _binds_title(parse, token)
    if tag == "CC":
        return _joins_titles(parse, token, limit)
    if tag in {"VBG", "VBN"}:
        spoken = word in lexicons.verbs() and lexicons.verbs()[word].act == "speech"  # "joked plumber Vikram Seth"
        return parse.dep[token] in {"amod", "compound"} and not spoken
    return True


def _binds_title(parse: Parse, preposition: int) -> bool:
    """Whether "of" or "for" stands inside a title ("Secretary of State for Fisheries")."""
    word = parse.lower[preposition]
    if preposition == 0:
        return False
    if word == "of" and says_role(parse, preposition - 1):
        return True
    capitals = parse.words[preposition - 1][:1].isupper() and parse.words[preposition + 1][:1].isupper()
    return word == "for" and capitals and parse.tag[preposition - 1] in {"NNP", "NN"}


def _joins_titles(parse: Parse, conjunction: int, limit: int) -> bool:
    return any(says_role(parse, token) for token in range(conjunction + 1, limit)) and lexicons.is_role(parse.lower[conjunction - 1])


def _phrase_behind(parse: Parse, name: Name) -> Role | None:
    """ "X of Aldery College", "X at Pelham Bank"."""
    token = name.last + 1
    if token + 1 < len(parse) and parse.words[token] == "," and parse.lower[token + 1] in {"of", "at", "from", "with"}:
        body = body_at(parse, token + 2, min(token + 14, len(parse) - 1))
        return None if body is None else Role(None, body, 2)
    if token + 1 >= len(parse) or parse.lower[token] not in {"of", "at", "from", "with"}:
        return None
    if parse.head[token] not in range(name.first, name.last + 1) and parse.lower[token] not in {"of"}:
        return None
    body = body_at(parse, token + 1, min(token + 12, len(parse) - 1))
    return None if body is None else Role(None, body, 2)


def _relative(parse: Parse, name: Name) -> Role | None:
    """ ", who chairs Pelham Bank", ", who is the editor of B", ", who teaches at B"."""
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
            if body is None and word not in _REPRESENTS:
                body = body_later(parse, token + 1, phrase_end(parse, token + 1, last))
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
    """ "Tarn Water hired X as its head of commodities", "X was named chief executive of B"."""
    verb = parse.head[name.last]
    if parse.lower[verb] not in _APPOINTS or parse.tag[verb] not in VERB_TAGS:
        return None
    start = name.last + 1 if parse.dep[name.last] in {"dobj", "nsubj"} and name.last > verb else verb + 1
    while start < len(parse) and parse.lower[start] in {"as", "to", "be"}:
        start += 1
    role = role_in(parse, start, min(start + 16, len(parse) - 1)) if start < len(parse) else None
    subject = next((child for child in parse.children[verb] if parse.dep[child] == "nsubj" and child < verb), None)
    body = None
    if subject is not None and name.last > verb and bodily(parse, parse.left[subject], subject):
        body = no_article(parse, parse.left[subject], subject)
    if role is None:
        return Role(None, body, 2) if body else None
    return Role(role.title, role.institution or body, 3)


def _joined(parse: Parse, name: Name) -> Role | None:
    """ "X joined B", "X took over the night desk at B"."""
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
