"""As what and for whom somebody speaks: title and institution read from the words around a name or a description, as printed.

Read are prenominal titles ("Oriel Marine chief executive X"), appositions before and after the name, "of/at/for" phrases, possessives
("B's head of C, X"), the lines of a signature, and, in `statements`, relative clauses and sentences that say it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quotes import lexicons
from quotes.components.bodies import Tokens, bodies_at, bodily, capital, named_as_body, surely_a_body
from quotes.components.name_parts import is_honorific
from quotes.components.names import Name
from quotes.components.parse import FINITE_TAGS, NOUN_TAGS, SUBJECTS, VERB_TAGS, Parse
from quotes.components.role_phrases import is_plural, of_class, says_role
from quotes.components.roles import Role, roles_in
from quotes.components.statements import roles_predicated, roles_stated

_NOMINAL = NOUN_TAGS | {
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
_TITLE_TAGS = NOUN_TAGS | {"JJ", "HYPH", "POS", "CC", "VBG", "VBN", "IN", "DT", "AFX", "CD", "RB"}
#: How far behind a name its apposition may reach.
_REACH = 28


def roles_of_name(parse: Parse, name: Name) -> Iterator[Role]:
    """Everything that the words around one mention of a person say of what they are."""
    beside = [*_after(parse, name), *_signed(parse, name), *_before_comma(parse, name), *_prenominal(parse, name)]
    behind = _phrase_behind(parse, name) or _owned(parse, name)
    if behind is not None:
        bare = next((role for role in beside if role.title and role.institution is None and role.owner is None and not role.past), None)
        if bare is not None:
            beside[beside.index(bare)] = replace(bare, institution=behind)
        beside.append(Role(None, behind, 2))
    yield from beside
    yield from roles_stated(parse, name)


# --- where a role stands beside a name -------------------------------------------------------------------------------------------


def _after(parse: Parse, name: Name) -> Iterator[Role]:
    """Appositions behind the name: ", a soil professor at Aldery College", ", 34, a baker", and what a clause behind these adds."""
    token = _behind_party(parse, name.last + 1)
    if token >= len(parse) or parse.words[token] not in {",", "—", "–"}:
        return
    token += 1
    if token + 1 < len(parse) and parse.tag[token] == "CD" and parse.words[token + 1] == ",":
        token += 2
    elif token + 1 < len(parse) and parse.tag[token] == "NNP" and parse.entity[token] == "GPE" and parse.words[token + 1] == ",":
        return
    last = min(token + _REACH, len(parse) - 1)
    if token >= len(parse) or (parse.tag[token] in VERB_TAGS - {"VBG", "VBN"} and not says_role(parse, token)):
        return
    roles = roles_in(parse, token, last)
    plural = bool(roles) and roles[0].title is not None and is_plural(parse, roles[0].title)
    if plural:
        return
    yield from roles
    if not roles:
        body = _body_alone(parse, token, last)
        if body is not None:
            yield Role(None, body, 2)
        elif token > name.last + 2 and parse.lower[token] == "who":
            yield from roles_predicated(parse, token + 1)
        return
    end = max(tokens[1] for role in roles for tokens in (role.title, role.institution) if tokens)
    for each in range(end + 1, min(end + 3, len(parse) - 1)):
        if parse.lower[each] == "who":
            yield from roles_predicated(parse, each + 1)


def _behind_party(parse: Parse, token: int) -> int:
    """Behind "(D-Ohio)", ", D-Ohio" or "of Ohio", between a name and its apposition."""
    if token < len(parse) and parse.words[token] == "(":
        close = next((each for each in range(token, min(token + 8, len(parse))) if parse.words[each] == ")"), None)
        return close + 1 if close is not None else token
    if token + 4 < len(parse) and parse.words[token] == "," and parse.words[token + 1][:2] in {"D", "R", "D-", "R-", "I-", "I"}:
        return next((each for each in range(token + 2, token + 6) if parse.words[each : each + 1] == [","]), token)
    if token + 2 < len(parse) and parse.lower[token] == "of" and parse.entity[token + 1] == "GPE":
        while token + 1 < len(parse) and parse.entity[token + 1] == "GPE":
            token += 1
        return token + 1
    return token


def _body_alone(parse: Parse, token: int, last: int) -> Tokens | None:
    """The body that stands by itself behind the comma of a name: "— Zoltan Fodor, Tarn Cyclists' League"."""
    if not capital(parse, token):
        return None
    bodies = bodies_at(parse, token, last)
    if not bodies or not named_as_body(parse, *bodies[0]):
        return None
    after = bodies[0][1] + 1
    return bodies[0] if after >= len(parse) or parse.words[after] in {".", ":"} or "\n" in parse.words[after] else None


def _signed(parse: Parse, name: Name) -> list[Role]:
    """The line below a name that stands on a line of its own: "Imre Fodor / Treasurer, Tarn Cricket Club"."""
    token = name.last + 1
    before = name.first - 1
    while before >= 0 and (parse.lower[before] in lexicons.genders("honorifics.tsv") or parse.words[before] in {"—", "–", "-", "."}):
        before -= 1
    alone = before < 0 or "\n" in parse.words[before]
    if not alone or token + 1 >= len(parse) or "\n" not in parse.words[token]:
        return []
    end = token + 1
    while end + 1 < len(parse) and "\n" not in parse.words[end + 1] and end - token < 16:
        end += 1
    if end - token >= 16 or parse.words[end] in {".", "”", "?"}:
        return []
    roles = roles_in(parse, token + 1, end)
    if roles:
        return [replace(role, weight=3) for role in roles]
    body = next((body for body in bodies_at(parse, token + 1, end) if surely_a_body(parse, *body) and body[1] == end), None)
    return [Role(None, body, 2)] if body is not None else []


def _before_comma(parse: Parse, name: Name) -> list[Role]:
    """A description before the name: "The former keeper of the Tarn Museum, Imre Fodor,"."""
    comma = name.first - 1
    while comma > 1 and (parse.lower[comma] in lexicons.genders("honorifics.tsv") or parse.words[comma] == "."):
        comma -= 1  # "Its director, Prof. X"
    if comma < 1 or parse.words[comma] != ",":
        return []
    behind = name.last + 1
    if behind + 1 < len(parse) and parse.tag[behind] in FINITE_TAGS and parse.words[behind + 1] == ",":
        return []  # "The ferry, Adair said, was late": the name is the parenthesis
    first = comma
    while first > 0 and parse.tag[first - 1] in _NOMINAL and "\n" not in parse.words[first - 1] and comma - first < 20:
        first -= 1
        if parse.tag[first] == "DT" and not (first > 0 and parse.tag[first - 1] in {"IN", "POS"}):
            break
    while first < comma and parse.tag[first] in {"IN", "CC", "RB", "CD"}:
        first += 1
    if not _apposed(parse, first, name):
        return []
    return [role for role in roles_in(parse, first, comma - 1) if not (role.title and is_plural(parse, role.title))]


def _apposed(parse: Parse, first: int, name: Name) -> bool:
    """Whether a name explains the phrase before its comma, and does not merely follow an opening phrase ("As governor, X signed")."""
    apposed = parse.dep[name.last] == "appos" or first <= parse.head[name.last] < name.first
    return apposed or any(parse.dep[token] in SUBJECTS for token in range(first, name.first - 1))


def _prenominal(parse: Parse, name: Name) -> list[Role]:
    """The title right before a name: "Transport secretary X", "Oriel Marine chief executive X", "Sen. X"."""
    titled = lexicons.titled_honorifics()
    last = name.first - 1
    verb = parse.head[name.last]
    if last < 0 or parse.tag[last] == "IN" or (parse.dep[verb] == "relcl" and parse.head[verb] == last):
        return []  # nothing there, or "the only guest Adair met"
    found: list[Role] = []
    rank = _rank_start(parse, last)
    if rank <= last:
        found = [Role((rank, last), None, 1)] if parse.lower[last].rstrip(".") in titled or parse.lower[last] in titled | {"."} else []
        last = rank - 1
    first = title_start(parse, last + 1)
    if first > last:
        return found
    roles = roles_in(parse, first, last)
    if roles and roles[0].title is not None and (roles[0].title[1] != last or is_plural(parse, roles[0].title)):
        roles = _with_field(parse, roles[0], last)
    return [*(replace(role, weight=min(role.weight, 2)) for role in roles), *found]


def _with_field(parse: Parse, role: Role, last: int) -> list[Role]:
    """The role whose title goes on to a name behind it ("Director of Public Health | X"), what stands behind its "of" a body or not."""
    title, body = role.title, role.institution
    field = title is not None and parse.lower[title[1] + 1] in {"of", "for"} and parse.tag[last] in NOUN_TAGS
    if title is None or is_plural(parse, title) or not field:
        return []
    articled = parse.lower[title[1] + 2] == "the"
    if articled and body is not None and body[1] == last and named_as_body(parse, *body) and body[1] > body[0]:
        return [role]
    return [replace(role, title=(title[0], last), institution=None, owner=None)]


def _rank_start(parse: Parse, last: int) -> int:
    """Where the honorifics and ranks that end at a token begin ("Asst. Dist. Atty.", "State Sen."); behind it where there are none."""
    first, token = last + 1, last
    while token >= 0 and not parse.space(token):
        at = token - 1 if parse.words[token] == "." and token and parse.end[token - 1] == parse.start[token] else token
        short = at < token or parse.words[at].endswith(".") or not says_role(parse, at)
        graded = first <= last and parse.words[at][:1].isupper() and parse.lower[at] in of_class("grade")
        if not (graded or (short and is_honorific(parse, at))):
            break
        first, token = at, at - 1
    return first


def title_start(parse: Parse, limit: int) -> int:
    """The first token of the title before a name; `limit`, where the name begins, where there is none."""
    first = limit
    while first > 0 and limit - first < 12 and _in_title(parse, first - 1, limit):
        first -= 1
    while first < limit and parse.tag[first] in {"POS", "CC", "IN", "HYPH", "DT"}:
        first += 1
    return first


def _in_title(parse: Parse, token: int, limit: int) -> bool:
    """Whether a token before a name may belong to a title that ends at `limit`."""
    tag, word = parse.tag[token], parse.lower[token]
    if parse.space(token) or tag not in _TITLE_TAGS:
        return False
    if tag == "RB":
        return word in {"then", "now"}
    if tag == "DT":
        return token > 0 and parse.lower[token - 1] == "of"
    if tag == "IN":
        return _binds_title(parse, token, limit)
    if tag == "CC":
        return _joins_titles(parse, token, limit)
    if tag in {"VBG", "VBN"}:
        spoken = word in lexicons.verbs() and lexicons.verbs()[word].act == "speech"  # "joked plumber Vikram Seth"
        return parse.dep[token] in {"amod", "compound"} and not spoken
    return True


def _binds_title(parse: Parse, preposition: int, limit: int) -> bool:
    """Whether "of" or "for" stands inside a title ("Secretary of State for Fisheries", "Head of Sales"): behind a post, before a field."""
    word = parse.lower[preposition]
    if preposition == 0 or word not in {"of", "for"}:
        return False
    if word == "of" and says_role(parse, preposition - 1):
        return True
    field = range(preposition + 1, limit)
    capitals = parse.words[preposition - 1][:1].isupper() and parse.tag[preposition - 1] in {"NNP", "NN"}
    return bool(field) and capitals and not any(says_role(parse, token) for token in field)


def _joins_titles(parse: Parse, conjunction: int, limit: int) -> bool:
    return any(says_role(parse, token) for token in range(conjunction + 1, limit)) and says_role(parse, conjunction - 1)


def _phrase_behind(parse: Parse, name: Name) -> Tokens | None:
    """The body of "X of Aldery College", "X, from Pelham Bank"."""
    token = name.last + 1
    if token + 2 < len(parse) and parse.words[token] == "," and parse.lower[token + 1] in {"of", "at", "from", "with"}:
        token += 1
    elif token + 1 >= len(parse) or parse.lower[token] not in {"of", "at", "from", "with"} or parse.dep[name.last] == "dobj":
        return None
    if parse.words[token - 1] != "," and parse.lower[token] != "of" and not name.first <= parse.head[token] <= name.last:
        return None
    return next(iter(bodies_at(parse, token + 1, min(token + 14, len(parse) - 1))), None)


def _owned(parse: Parse, name: Name) -> Tokens | None:
    """The body of "Tarn Water's X"."""
    mark = name.first - 1
    if mark < 1 or parse.words[mark] not in {"'s", "’s", "'", "’"} or parse.tag[mark] != "POS":
        return None
    first = mark
    while first > 0 and capital(parse, first - 1) and mark - first < 6:
        first -= 1
    return (first, mark - 1) if first < mark and bodily(parse, first, mark - 1) and surely_a_body(parse, first, mark - 1) else None
