"""Roles that a predicate states of its subject: "who chairs B", "X is B's editor", "she was elected treasurer of B", "B hired X as …"."""

from __future__ import annotations

from collections.abc import Iterator

from quotes import lexicons
from quotes.components.bodies import bodies_at, bodily, body_later, capital, is_body_noun, no_article, property_at, surely_a_body
from quotes.components.names import Name
from quotes.components.parse import VERB_TAGS, Parse
from quotes.components.role_phrases import is_plural, phrase_end, says_role
from quotes.components.roles import Role, roles_in


def _forms(*lemmas: str) -> frozenset[str]:
    return frozenset(form for lemma in lemmas for form in lexicons.inflect(lemma))


_BE = frozenset({"is", "was", "are", "were", "be", "been", "being", "became", "becomes", "become", "remains", "remained"})
_AUXILIARIES = _BE | {
    "has",
    "had",
    "have",
    "will",
    "would",
    "now",
    "also",
    "currently",
    "then",
    "used",
    "to",
    "previously",
    "later",
    "since",
    "once",
    "came",
    "comes",
    "went",
    "going",
    "on",
}
#: Verbs whose object is a body and hardly anything else.
_STEERS = _forms("chair", "coach", "edit", "captain", "found", "co-found", "own", "co-own", "manage")
_OWNS = _forms("own", "co-own", "found", "co-found")
_LEADS = _STEERS | _forms("head", "lead", "run", "direct", "represent", "advise", "oversee", "preside") | {"led", "ran", "oversaw"}
_WORKS = _forms("work", "teach", "serve", "lecture", "play", "speak", "sit") | {
    "taught",
    "spoke",
    "sat",
}
_APPOINTS = _forms("hire", "appoint", "name", "elect", "recruit", "choose", "pick", "promote", "re-elect", "reappoint", "install")
_ASKS = _forms("tap", "ask", "select", "nominate")
_PUTS = _forms("put", "place", "leave") | {"left", "put"}
_JOINS = _forms("join", "leave", "rejoin", "quit") | {"left"}
_LEAVES = _forms("leave", "quit") | {"left"}
_PHRASE_TAGS = frozenset({"NN", "NNS", "JJ", "DT", "POS", "VBG", "HYPH", "NNP", "CD"})
#: What makes a sentence say of somebody what is not so.
_SUPPOSING = frozenset({"if", "whether", "unless", "until", "while"})
_JUDGING = frozenset({"JJ", "JJR", "JJS", "RB", "RBR", "RBS", "VBG", "VBN", "PRP$"})
_OVER = frozenset({"until", "till"})


def roles_stated(parse: Parse, name: Name) -> Iterator[Role]:
    """What clauses about a name say of what its bearer is: relative ones, participles, and sentences of which it is the subject."""
    token = name.last + 1
    comma = token < len(parse) and parse.words[token] == ","
    token += comma
    if token + 1 >= len(parse):
        return
    word = parse.lower[token]
    if word == "who":
        yield from roles_predicated(parse, token + 1)
    elif word == "whose":
        yield from _whose(parse, token)
    elif comma and word in {"speaking", "representing", "working", "acting"}:
        yield from _by_verb(parse, token, min(token + 14, len(parse) - 1))
    elif not comma:
        yield from roles_of_sentence(parse, name.first, token)
    yield from _appointed(parse, name)


def roles_of_sentence(parse: Parse, subject: int, predicate: int) -> Iterator[Role]:
    """The posts that a sentence states of its subject, both by their first tokens; nothing that it judges ("a vocal advocate"), supposes
    or foresees."""
    start = parse.bounds[parse.sentence[subject]][0]
    supposed = _SUPPOSING.intersection(parse.lower[max(start, subject - 3) : subject])
    foreseen = "MD" in parse.tag[predicate : predicate + 5] or "not" in parse.lower[predicate : predicate + 5]
    if supposed or foreseen or parse.lower[predicate] == "as":
        return
    for role in roles_predicated(parse, predicate):
        first, last = role.title or (0, -1)
        judged = any(parse.tag[token] in _JUDGING for token in range(first, last + 1))
        if role.institution is not None or role.owner is not None or not judged:
            yield role


def roles_predicated(parse: Parse, first: int) -> Iterator[Role]:
    """The roles that a predicate states of its subject, which stands right before `first`: "is the head of B", "now runs B"."""
    last = min(first + 24, parse.bounds[parse.sentence[first]][1] - 1)
    if parse.lower[first] == "as" and first + 2 < last:  # "who as a captain was the clinic's physician"
        found = roles_in(parse, first + 1, last)[:1]
        yield from found
        if found and found[0].title is not None:
            first = found[0].title[1] + 1
    verb = first
    while verb < min(first + 6, last) and (parse.lower[verb] in _AUXILIARIES or parse.tag[verb] == "RB"):
        if parse.lower[verb] in {"not", "n't", "n’t", "never"}:
            return
        verb += 1
    over = any(parse.lower[each] in _OVER for each in range(first, last + 1)) or parse.lower[first] in {"used", "once"}
    over = over or parse.lower[first : first + 2] == ["had", "been"] or "previously" in parse.lower[first:verb]
    end = verb
    for role in _predicate(parse, first, verb, last):
        end = max([end, *(tokens[1] for tokens in (role.title, role.institution) if tokens)])
        yield Role(role.title, role.institution, role.weight, role.owner, role.past or over)
    yield from _second_predicate(parse, end + 1, last)


def _predicate(parse: Parse, first: int, verb: int, last: int) -> Iterator[Role]:
    if verb > first and any(parse.lower[each] in _BE for each in range(first, verb)):
        if parse.tag[verb] == "VBG" and parse.lower[verb] in _WORKS | _LEADS:
            yield from _by_verb(parse, verb, last)
        elif parse.lower[verb] in _APPOINTS and verb < last:
            start = verb + 1
            while start < last and parse.lower[start] in {"as", "to", "be", "the"}:
                start += 1
            yield from roles_in(parse, start, last)
        else:
            yield from _nominal(parse, verb, last)
        return
    yield from _by_verb(parse, verb, last)


def _nominal(parse: Parse, first: int, last: int) -> Iterator[Role]:
    """The roles of a predicate that is a noun phrase, and no participle's: not "is honored with", "was leading"."""
    if parse.tag[first] in VERB_TAGS | {"IN", "TO", "PRP", "WP"} and not says_role(parse, first):
        return
    yield from (role for role in roles_in(parse, first, last) if role.title is None or not is_plural(parse, role.title))


def _second_predicate(parse: Parse, first: int, last: int) -> Iterator[Role]:
    """What "and now directs B" and "who also chairs B" add."""
    for token in range(first, min(first + 8, last)):
        if parse.lower[token] in {"and", "who"} and token + 1 < last:
            start = token + 1
            while start < last and parse.lower[start] in {"also", "now", "currently", "who"}:
                start += 1
            if parse.lower[start] in _LEADS | _WORKS | _JOINS:
                yield from _by_verb(parse, start, last)
            return


def _by_verb(parse: Parse, verb: int, last: int) -> Iterator[Role]:
    """The role that a verb of leading, working or joining states."""
    word = parse.lower[verb]
    if verb >= last:
        return
    if (
        word in {"serves", "served", "serving", "works", "worked", "working", "acts", "acted", "acting", "act"}
        and parse.lower[verb + 1] == "as"
    ):
        yield from roles_in(parse, verb + 2, last)
    elif word in _LEADS:
        yield from _led(parse, verb, last)
    elif word in _WORKS:
        prepositions = {"speak": {"for"}, "spoke": {"for"}, "speaks": {"for"}, "speaking": {"for"}}.get(word, {"at", "for", "in", "on"})
        yield from _behind(parse, verb, last, prepositions)
    elif word in _JOINS:
        bodies = bodies_at(parse, verb + 1, last)
        yield from (Role(None, body, 2, None, word in _LEAVES) for body in bodies[:1])
    elif (post := _in_role(parse, verb, last)) is not None:
        yield from roles_in(parse, post, last)
    elif word in {"took", "takes", "taking"} and parse.lower[verb + 1] == "over":
        yield from _behind(parse, verb, last, {"at", "for", "as"})


def _in_role(parse: Parse, verb: int, last: int) -> int | None:
    """Where the post begins in "left her post as head of B", "assumed a new role as …"."""
    for token in range(verb + 1, min(verb + 8, last - 1)):
        if parse.words[token] in {",", ";"} or parse.tag[token] in {"IN", "TO"}:
            return None
        if parse.lower[token] in {"role", "job", "post", "position", "stint", "tenure"} and parse.lower[token + 1] == "as":
            return token + 2
    return None


def _led(parse: Parse, verb: int, last: int) -> Iterator[Role]:
    """ "chairs B", "runs the bakery B", "leads the seal programme at B", "represents hunters on the B Board"."""
    word = parse.lower[verb]
    stop = phrase_end(parse, verb + 1, last)
    body = next(iter(bodies_at(parse, verb + 1, last, sure=word in _STEERS)), None)
    if body is None and word in _OWNS:
        body = property_at(parse, verb + 1, last)
    if body is not None and word in {"represents", "represented", "represent"} and not surely_a_body(parse, *body):
        return
    if body is None:
        body = body_later(parse, verb + 1, stop, sure=True)
        words = lexicons.words("organisation_words.txt")
        if body is not None and parse.lower[body[0] - 1] == "in" and words.isdisjoint(parse.lower[body[0] : body[1] + 1]):
            body = None  # "keeps the baths in Ashmere": a town, whatever it is labelled
        if word.startswith("represent") and body is not None and not any(parse.lower[each] == "on" for each in range(verb, body[0])):
            body = None
    if body is not None:
        yield Role(None, body, 2)
        return
    noun = _last_body_noun(parse, verb + 1, min(verb + 8, stop))
    if noun is not None and parse.lower[verb + 1] in {"the", "a", "an"}:
        yield Role(None, None, 2, noun)


def _last_body_noun(parse: Parse, first: int, last: int) -> int | None:
    """The common noun for a body that a phrase is about: "the council's works | committee", "the bank | that …"."""
    found = None
    for token in range(first, last + 1):
        if is_body_noun(parse.lower[token]) and parse.tag[token] in {"NN", "NNS", "NNP"}:
            found = token
        elif parse.tag[token] not in _PHRASE_TAGS and not (parse.tag[token] == "CC" and found is None):
            break
    return found


def _behind(parse: Parse, verb: int, last: int, prepositions: set[str]) -> Iterator[Role]:
    """The body behind one of the prepositions of a verb: "teaches chemistry at B", "has played for B"."""
    for token in range(verb + 1, min(verb + 8, last)):
        word = parse.lower[token]
        if parse.words[token] in {",", ";", "—"} or (parse.tag[token] in VERB_TAGS and token > verb + 1):
            return
        if word in prepositions and token < last:
            firm = word in {"for", "at", "with"}
            if word == "as":
                yield from roles_in(parse, token + 1, last)
                return
            for body in bodies_at(parse, token + 1, last, sure=firm)[:1]:
                if firm or surely_a_body(parse, *body):
                    yield Role(None, body, 2)
                    return
            noun = _last_body_noun(parse, token + 1, min(token + 7, last)) if firm and parse.lower[token + 1] == "the" else None
            if noun is not None:
                yield Role(None, None, 2, noun)  # "works for the bank"
            return


def _whose(parse: Parse, whose: int) -> Iterator[Role]:
    """ "whose company, B, made …", "whose firm B made …"."""
    token = whose + 1
    while token < min(whose + 4, len(parse) - 2) and not is_body_noun(parse.lower[token]):
        token += 1
    if not is_body_noun(parse.lower[token]):
        return
    token += 1
    token += parse.words[token] == ","
    if token < len(parse) and capital(parse, token):
        for body in bodies_at(parse, token, min(token + 10, len(parse) - 1), sure=True)[:1]:
            yield Role(None, body, 2)


def _appointed(parse: Parse, name: Name) -> Iterator[Role]:
    """ "Tarn Water hired X as its head of drilling", "the board elected X chair", "put X in charge of B", "tapped X to lead B"."""
    verb = parse.head[name.last]
    yield from _charged(parse, name, verb)
    if parse.lower[verb] not in _APPOINTS or parse.tag[verb] not in VERB_TAGS or name.first < verb or name.last + 1 >= len(parse):
        return
    start = name.last + 1
    while start < len(parse) - 1 and parse.lower[start] in {"as", "to", "be", "the"}:
        start += 1
    roles = roles_in(parse, start, min(start + 16, len(parse) - 1))
    subject = next((child for child in parse.children[verb] if parse.dep[child] == "nsubj" and child < verb), None)
    body = None
    if subject is not None and bodily(parse, parse.left[subject], subject):
        body = no_article(parse, parse.left[subject], subject)
    if roles:
        yield Role(roles[0].title, roles[0].institution or body, 3)
    elif body and parse.lower[verb] in _forms("hire", "recruit", "appoint"):
        yield Role(None, body, 2)


def _charged(parse: Parse, name: Name, verb: int) -> Iterator[Role]:
    """What somebody was put in charge of, or was asked to lead; of "put X in charge" alone the discourse tells what."""
    token, stop = name.last + 1, parse.bounds[parse.sentence[name.last]][1] - 1
    if parse.tag[verb] not in VERB_TAGS or verb > name.first or token + 1 >= stop:
        return
    if parse.words[token] == ",":  # "put X, a surgeon, in charge"
        token = next((each + 1 for each in range(token + 1, min(token + 10, stop - 1)) if parse.words[each] == ","), token)
    if parse.lower[verb] in _PUTS and parse.lower[token : token + 2] == ["in", "charge"]:
        if parse.lower[token + 2] != "of":
            yield Role(None, None, 2, token + 1)
            return
        bodies = bodies_at(parse, token + 3, stop, sure=False)[:1]
        noun = None if bodies else _last_body_noun(parse, token + 3, min(token + 9, stop))
        if bodies or noun is not None:
            yield Role(None, bodies[0] if bodies else None, 2, noun)
    elif parse.lower[verb] in _APPOINTS | _ASKS and parse.lower[token] == "to" and parse.lower[token + 1] in _LEADS:
        bodies = bodies_at(parse, token + 2, stop, sure=True)[:1]
        yield from (Role(None, body, 2) for body in bodies)
        if not bodies:
            yield from _by_verb(parse, token + 1, stop)
