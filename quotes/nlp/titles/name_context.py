"""As what and for that somebody speaks: title and institution read from the words around a name or a description, as printed.

Read are prenominal titles ("Oriel Marine chief executive X"), appositions before and after the name, "of/at/for" phrases, possessives
("B's head of C, X"), and relative clauses ("X, who is B's editor").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quotes import lexicons
from quotes.nlp.names.name_parts import is_honorific
from quotes.nlp.names.organisation_spans import Tokens, capital, is_clearly_organisation, is_organisation_name, organisations_at
from quotes.nlp.names.proper_names import Name
from quotes.nlp.parsing.parse import FINITE_TAGS, NOUN_TAGS, SUBJECTS, VERB_TAGS, Parse
from quotes.nlp.titles.roles import Role, is_plural, is_role_noun, role_class, roles_in

_TITLE_TAGS = NOUN_TAGS | {"JJ", "HYPH", "POS", "CC", "VBG", "VBN", "IN", "DT", "AFX", "CD", "RB"}
_NOMINAL = _TITLE_TAGS | {"JJR", "JJS", "PRP$", "FW", "RBS", "TO", "$"}
#: How far behind a name its apposition may reach, and its predicate.
_REACH, _PREDICATE = 28, 24


def roles_beside_name(parse: Parse, name: Name) -> Iterator[Role]:
    """Everything that the words around one mention of a person say of what they are."""
    beside = [*_after(parse, name), *_before_comma(parse, name), *_prenominal(parse, name)]
    behind = _institution_after(parse, name) or _owner_institution(parse, name)
    if behind is not None:
        bare = next((role for role in beside if role.title and role.institution is None and role.owner is None), None)
        if bare is not None:
            beside[beside.index(bare)] = replace(bare, institution=behind)
        beside.append(Role(None, behind, 2))
    yield from beside
    comma = parse.words[name.last + 1 : name.last + 2] == [","]
    token = name.last + 1 + comma
    if parse.lower[token : token + 1] == ["who"]:
        yield from _predicate_roles(parse, token + 1)
    elif not comma and parse.head[name.last] in range(token, token + 6):
        yield from (role for role in _predicate_roles(parse, token) if role.institution is not None or role.owner is not None)


# --- where a role stands beside a name -------------------------------------------------------------------------------------------


def apposition_start(parse: Parse, name: Name) -> int | None:
    """Where the words begin that a comma or a dash sets off behind a name, "(D-Ohio)" and an age left out; None where none do."""
    token = name.last + 1
    if parse.words[token : token + 1] == ["("]:
        token = next((each + 1 for each in range(token, min(token + 8, len(parse))) if parse.words[each] == ")"), token)
    if token + 1 >= len(parse) or parse.words[token] not in {",", "—", "–"}:
        return None
    aged = parse.tag[token + 1] == "CD" and parse.words[token + 2 : token + 3] == [","] and token + 3 < len(parse)
    return token + 3 if aged else token + 1


def _after(parse: Parse, name: Name) -> Iterator[Role]:
    """Appositions behind the name: ", a soil professor at Aldery College", ", 34, a baker", and what a clause behind these adds."""
    token = apposition_start(parse, name)
    if token is None or (parse.tag[token] in VERB_TAGS - {"VBG", "VBN"} and not is_role_noun(parse, token)):
        return
    roles = roles_in(parse, token, min(token + _REACH, len(parse) - 1))
    title = roles[0].title if roles else None
    # "Adair, a top aide said, is sure": somebody else says it.
    if title is not None and (is_plural(parse, title) or not FINITE_TAGS.isdisjoint(parse.tag[title[1] + 1 : title[1] + 2])):
        return
    yield from roles
    end = max((tokens[1] for role in roles for tokens in (role.title, role.institution) if tokens), default=token - 1)
    who = next((each for each in range(end + 1, min(end + 3, len(parse) - 1)) if parse.lower[each] == "who"), None)
    if who is not None and who > name.last + 2:
        yield from _predicate_roles(parse, who + 1)


def _before_comma(parse: Parse, name: Name) -> list[Role]:
    """A description before the name: "The former keeper of the Tarn Museum, Imre Fodor,"."""
    comma = before_honorifics(parse, name)  # "Its director, Prof. X"
    if comma < 1 or parse.words[comma] != ",":
        return []
    after = name.last + 1
    if parse.words[after + 1 : after + 2] == [","] and parse.tag[after] in FINITE_TAGS:
        return []  # "The ferry, Adair said, was late": the name is the parenthesis
    first = comma
    while first > 0 and parse.tag[first - 1] in _NOMINAL and comma - first < 20:
        first -= 1
        if parse.tag[first] == "DT" and not (first > 0 and parse.tag[first - 1] in {"IN", "POS"}):
            break
    while first < comma and parse.tag[first] in {"IN", "CC", "RB", "CD"}:
        first += 1
    if not _apposed(parse, first, name):
        return []
    return [role for role in roles_in(parse, first, comma - 1) if role.title and not is_plural(parse, role.title)]


def before_honorifics(parse: Parse, name: Name) -> int:
    """The token before a name and its honorifics; -1 where there is none."""
    last = name.first - 1
    while last > 0 and (is_honorific(parse, last) or (parse.words[last] == "." and is_honorific(parse, last - 1))):
        last -= 1
    return last


def _apposed(parse: Parse, first: int, name: Name) -> bool:
    """Whether a name explains the phrase before its comma, and does not merely follow an opening phrase ("As governor, X signed")."""
    apposed = parse.dep[name.last] == "appos" or first <= parse.head[name.last] < name.first
    return apposed or any(parse.dep[token] in SUBJECTS for token in range(first, name.first - 1))


def _prenominal(parse: Parse, name: Name) -> list[Role]:
    """The title right before a name: "Transport secretary X", "Oriel Marine chief executive X", "Sen. X"."""
    last, verb = name.first - 1, parse.head[name.last]
    if last < 0 or parse.tag[last] == "IN" or (parse.dep[verb] == "relcl" and parse.head[verb] == last):
        return []  # nothing there, or "the only guest Adair met"
    found: list[Role] = []
    rank = _rank_start(parse, last)
    if rank <= last:
        titled = {parse.lower[last], parse.lower[last].rstrip(".")} & (lexicons.titled_honorifics() | {"."})
        found = [Role((rank, last), None, 1)] if titled else []
        last = rank - 1
    first = title_start(parse, last + 1)
    roles = roles_in(parse, first, last)
    if roles and roles[0].title is not None and (roles[0].title[1] != last or is_plural(parse, roles[0].title)):
        roles = []
    return [*(replace(role, weight=min(role.weight, 2)) for role in roles), *found]


def _rank_start(parse: Parse, last: int) -> int:
    """Where the honorifics and ranks that end at a token begin ("Asst. Dist. Atty.", "State Sen."); behind it where there are none."""
    first, token = last + 1, last
    while token >= 0 and not parse.space(token):
        at = token - (parse.words[token] == "." and token > 0)
        short = at < token or parse.words[at].endswith(".") or not is_role_noun(parse, at)
        graded = first <= last and parse.words[at][:1].isupper() and parse.lower[at] in role_class("grade")
        if not (graded or (short and is_honorific(parse, at))):
            break
        first, token = at, at - 1
    return first


def title_start(parse: Parse, limit: int) -> int:
    """The first token of the title before a name; `limit`, where the name begins, where there is none."""
    first = limit
    while first > 0 and _in_title(parse, first - 1, limit):
        first -= 1
    while first < limit and parse.tag[first] in {"POS", "CC", "IN", "HYPH", "DT"}:
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
        return token > 0 and word in {"of", "for"} and _binds_title(parse, token, limit)
    if tag == "CC":
        return any(is_role_noun(parse, each) for each in range(token + 1, limit)) and is_role_noun(parse, token - 1)
    if tag in {"VBG", "VBN"}:
        spoken = word in lexicons.verbs() and lexicons.verbs()[word].act == "speech"  # "joked plumber Vikram Seth"
        return parse.dep[token] in {"amod", "compound"} and not spoken
    return True


def _binds_title(parse: Parse, preposition: int, limit: int) -> bool:
    """Whether "of" or "for" stands inside a title ("Secretary of State for Fisheries", "Head of Sales"): behind a position, before a
    field."""
    if parse.lower[preposition] == "of" and is_role_noun(parse, preposition - 1):
        return True
    field = range(preposition + 1, limit)
    capitals = parse.words[preposition - 1][:1].isupper() and parse.tag[preposition - 1] in {"NNP", "NN"}
    return bool(field) and capitals and not any(is_role_noun(parse, token) for token in field)


def _institution_after(parse: Parse, name: Name) -> Tokens | None:
    """The organisation of "X of Aldery College", "X, from Pelham Bank"."""
    comma = parse.words[name.last + 1 : name.last + 2] == [","]
    token = name.last + 1 + comma
    if parse.lower[token : token + 1] not in (["of"], ["at"], ["from"], ["with"]) or (not comma and parse.dep[name.last] == "dobj"):
        return None
    if not comma and parse.lower[token] != "of":
        other = parse.dep[name.last] == "pobj" and parse.lower[parse.head[name.last]] != "by"
        if other or not name.first <= parse.head[token] <= name.last:
            return None  # "a mentor to X at Aldery College"
    return next(iter(organisations_at(parse, token + 1, token + 14)), None)


def _owner_institution(parse: Parse, name: Name) -> Tokens | None:
    """The organisation of "Tarn Water's X"."""
    mark = first = name.first - 1
    if mark < 1 or parse.tag[mark] != "POS":
        return None
    while first > 0 and capital(parse, first - 1):
        first -= 1
    organisation = is_organisation_name(parse, first, mark - 1) and is_clearly_organisation(parse, first, mark - 1)
    return (first, mark - 1) if first < mark and organisation else None


_BE = frozenset({"is", "was", "are", "were", "be", "been", "being", "became", "becomes", "become", "remains", "remained"})
_AUXILIARIES = _BE | {"has", "had", "have", "used", "to"}
#: Participles behind which a position stands ("was elected treasurer").
_CHOSEN = frozenset({"appointed", "chosen", "elected", "hired", "named", "promoted", "re-elected"})
#: Verbs whose object is an institution ("runs B").
_LEADS = lexicons.inflect("chair", "coach", "edit", "found", "head", "join", "lead", "own", "run")
#: Verbs with an institution behind a preposition ("works for B"); who speaks *at* a place need not belong there.
_SPEAKS = lexicons.inflect("speak")
_WORKS = lexicons.inflect("lecture", "play", "serve", "teach", "work") | {"taught"}


def _predicate_roles(parse: Parse, first: int) -> Iterator[Role]:
    """The roles that a predicate states which begins at `first`: "is the head of B", "was elected its chair", "runs B", "works for B"."""
    at, last = first, min(first + _PREDICATE, parse.bounds[parse.sentence[first - 1]][1] - 1)
    while at < last and (parse.lower[at] in _AUXILIARIES or parse.tag[at] == "RB"):
        if parse.lower[at] in {"not", "n't", "n’t", "never"}:
            return
        at += 1
    if at >= last:
        return
    word, states = parse.lower[at], not _BE.isdisjoint(parse.lower[first:at])
    over = not {"until", "till"}.isdisjoint(parse.lower[first : last + 1]) or parse.lower[first] in {"used", "once"}
    over = over or parse.lower[first : first + 2] == ["had", "been"] or "previously" in parse.lower[first:at]
    roles: list[Role] = []
    if (states and word in _CHOSEN) or (word in _WORKS and parse.lower[at + 1] == "as"):
        while at < last and (parse.lower[at] == word or parse.lower[at] in {"as", "to", "be", "the"}):
            at += 1
        roles = roles_in(parse, at, last)
    elif word in _LEADS and parse.tag[at] in VERB_TAGS:
        roles = [Role(None, institution, 2) for institution in organisations_at(parse, at + 1, last)[:1]]
    elif word in _WORKS | _SPEAKS:
        links = {"for"} if word in _SPEAKS else {"at", "for", "with"}
        behind = next((each for each in range(at + 1, min(at + 5, last)) if parse.lower[each] in links), last)
        roles = [Role(None, institution, 2) for institution in organisations_at(parse, behind + 1, last)[:1]]
    elif states and (is_role_noun(parse, at) or parse.tag[at] not in VERB_TAGS | {"IN", "TO", "PRP", "WP"}):
        roles = [role for role in roles_in(parse, at, last) if role.title and not is_plural(parse, role.title)]
    yield from (replace(role, past=role.past or over) for role in roles)
