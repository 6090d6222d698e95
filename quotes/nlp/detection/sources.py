"""The source of a cue: the subject, agent or possessor of a verb, noun or adjective that introduces a content."""

from __future__ import annotations

from dataclasses import dataclass

from quotes import lexicons
from quotes.nlp.parsing.parse import NOUN_TAGS, PRONOUN_TAGS, SUBJECTS, VERB_TAGS, Parse, token_spans
from quotes.records import Span

_RELATIVE = frozenset({"who", "which", "that", "whom"})
#: Labels of what "who" cannot mean.
_NO_PERSON = frozenset({"ORG", "FAC", "GPE", "LOC"})
#: Relations that hand their verb the subject of the verb above.
_SHARES_SUBJECT = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep"})


@dataclass(frozen=True, slots=True)
class Source:
    """The source as printed beside its cue, and the token that names it (the antecedent, where a relative pronoun stands in)."""

    spans: tuple[Span, ...]
    head: int
    tokens: frozenset[int]


def noun_phrase(parse: Parse, head: int, *, without: frozenset[int] | set[int] = frozenset()) -> Source | None:
    """The phrase under a noun as a source, between the tokens `without`, which are the attribution's own."""
    low = max((token for token in without if token < head), default=-1)
    high = min((token for token in without if token > head), default=len(parse))
    tokens = {token for token in parse.subtree(head) if low < token < high and token not in without}
    tokens |= _apposed_name(parse, head, tokens, high)
    spans = [span for span in token_spans(parse, tokens) if span.start <= parse.start[head] < span.end]
    return Source(tuple(spans), head, frozenset(tokens)) if spans else None


def _apposed_name(parse: Parse, head: int, tokens: set[int], high: int) -> set[int]:
    """The comma and the name that the parser cut off from a description ("said the bank's head of freight, Viveca Strand")."""
    last = max(tokens, default=head)
    if not lexicons.is_role(parse.lower[head]) or last + 2 >= min(high, len(parse)) or parse.words[last + 1] != ",":
        return set()
    token = last + 2
    while token < min(high, len(parse)) and (parse.tag[token] == "NNP" or parse.words[token] == "-") and parse.words[token] != ",":
        token += 1
    named = token > last + 3 or (token == last + 3 and parse.entity[last + 2] == "PERSON")
    ends = token >= len(parse) or parse.words[token] in {",", ".", ";"} or parse.tag[token] in {"VBD", "VBZ", "VBP"}
    return set(range(last + 1, token)) if named and ends else set()


def is_passive_verb(parse: Parse, verb: int) -> bool:
    """Whether a verb is a passive participle, its auxiliary there or left out ("Asked about the school, she said")."""
    if parse.tag[verb] != "VBN":
        return False
    if any(parse.dep[child] in {"auxpass", "nsubjpass"} for child in parse.children[verb]):
        return True
    return parse.dep[verb] in {"advcl", "acl"} and not any(parse.dep[child] in {"aux", "nsubj"} for child in parse.children[verb])


def subject_of(parse: Parse, verb: int) -> int | None:
    """The head noun of a verb's own subject, active or passive."""
    return parse.child(verb, *(SUBJECTS - {"expl"}))


def source_of_verb(parse: Parse, verb: int, content: frozenset[int] | set[int] = frozenset()) -> Source | None:
    """The source of a verb: its subject; the agent of a passive; the subject of the verb it hangs on; the noun it modifies.

    `content` are the tokens of the content, which cannot be the source.
    """
    blocked = set(content) | {verb}
    if is_passive_verb(parse, verb):
        by = parse.child(verb, "agent")
        agent = parse.child(by, "pobj") if by is not None else None
        return None if agent is None else noun_phrase(parse, agent, without=blocked)
    own = subject_of(parse, verb)
    if own is not None and own not in content:
        return _phrase(parse, own, verb, blocked)
    after = _inverted(parse, verb, content)
    return _inherited(parse, verb, blocked) if after is None else noun_phrase(parse, after, without=blocked)


def _phrase(parse: Parse, subject: int, verb: int, blocked: set[int]) -> Source | None:
    source = noun_phrase(parse, subject, without=blocked)
    if source is not None and parse.lower[subject] in _RELATIVE:
        for each in (verb, *parse.ancestors(verb)):
            if parse.dep[each] == "relcl":
                return Source(source.spans, parse.head[each], source.tokens)
    return source


def _inverted(parse: Parse, verb: int, content: frozenset[int] | set[int]) -> int | None:
    """The noun that follows a verb in quotative inversion when the parser called it something other than its subject."""
    relations = {"dobj", "attr", "npadvmod", "appos", "oprd", "dep", "dative"}
    if verb + 1 in content or not any(token < verb for token in content):
        return None
    after = [child for child in parse.children[verb] if child > verb and child not in content and parse.left[child] == verb + 1]
    return next((child for child in after if parse.dep[child] in relations), None)


def _inherited(parse: Parse, verb: int, blocked: set[int]) -> Source | None:
    """The subject of the verb above, or the noun that a participle modifies ("a report saying …")."""
    token = verb
    for _ in range(6):
        above, relation = parse.head[token], parse.dep[token]
        if above == token:
            return None
        if relation in {"acl", "relcl"}:
            tokens = blocked | set(range(min(parse.left[token], verb), parse.right[token] + 1))
            if parse.dep[above] == "dobj" and parse.lower[above] in lexicons.words("documents.txt"):
                issuer = subject_of(parse, parse.head[above])  # "she issued a statement saying": she says it
                if issuer is not None and issuer not in blocked:
                    return _phrase(parse, issuer, parse.head[above], blocked | {parse.head[above]})
            return noun_phrase(parse, above, without=tokens) if parse.tag[above] in NOUN_TAGS | PRONOUN_TAGS else None
        if relation not in _SHARES_SUBJECT:
            return None
        if parse.tag[above] in VERB_TAGS or parse.tag[above] == "MD":
            subject = subject_of(parse, above)
            if subject is not None and subject not in blocked and parse.lower[subject] not in {"it", "there"}:
                if is_passive_verb(parse, above) and relation == "conj":
                    return None
                return _phrase(parse, subject, above, blocked | {above})
        token = above
    return None


def antecedent_of(parse: Parse, relative: int) -> int | None:
    """The noun that a relative pronoun stands for: what its clause hangs on, or, behind a comma, the name that an apposition explains."""
    verb = relative
    for verb in parse.ancestors(relative):
        if parse.dep[verb] == "relcl":
            break
    if parse.dep[verb] != "relcl" or parse.head[verb] >= relative or parse.tag[parse.head[verb]] not in NOUN_TAGS:
        return None
    noun = parse.head[verb]
    if parse.lower[relative] == "who" and parse.dep[noun] == "pobj" and parse.entity[noun] in _NO_PERSON:
        above = parse.head[parse.head[noun]]
        noun = above if parse.tag[above] in NOUN_TAGS else noun  # "X, a lawyer at Tarn Water, who"
    while parse.dep[noun] == "appos" and parse.tag[noun] in {"NN", "NNS"} and parse.tag[parse.head[noun]] in {"NNP", "NNPS"}:
        noun = parse.head[noun]
    return noun


def with_antecedent(parse: Parse, source: Source) -> Source:
    """A source that is a relative pronoun alone with the phrase that it stands for: "Ines Duarte, who"."""
    first = min(source.tokens)
    if len(source.tokens) > 1 or parse.lower[first] not in _RELATIVE:
        return source
    noun = antecedent_of(parse, first)
    phrase = None if noun is None else noun_phrase(parse, noun, without=set(parse.subtree(parse.head[first])) | {first})
    if noun is None or phrase is None or phrase.spans[0].start >= source.spans[0].start:
        return source
    return Source((Span(phrase.spans[0].start, source.spans[-1].end),), noun, phrase.tokens)


def source_of_noun(parse: Parse, noun: int, content: frozenset[int] | set[int]) -> Source | None:
    """The source of a claim, plan or fear: the possessor, the "by" or "from" phrase, else the subject of the verb that governs the noun."""
    blocked = set(content) | {noun}
    owner = parse.child(noun, "poss")
    if owner is not None:
        return noun_phrase(parse, owner, without=blocked | {child for child in parse.children[owner] if parse.dep[child] == "case"})
    for child in parse.children[noun]:
        if parse.dep[child] in {"prep", "agent"} and parse.lower[child] in {"by", "from", "among"}:
            inner = parse.child(child, "pobj")
            if inner is not None and inner not in content:
                return noun_phrase(parse, inner, without=blocked)
    verb = parse.head[noun]
    if parse.dep[noun] == "pobj":
        verb = parse.head[verb]
    elif parse.dep[noun] != "dobj":
        return None
    return source_of_verb(parse, verb, blocked) if parse.tag[verb] in VERB_TAGS else None


def is_publisher(parse: Parse, source: Source) -> bool:
    """Whether what "shows" or "finds" is a document or an organisation, which then says it ("a report found")."""
    noun = parse.lower[source.head]
    return noun in lexicons.words("documents.txt") or noun in lexicons.words("collectives.txt") or parse.entity[source.head] == "ORG"


def is_people_or_document(noun: str) -> bool:
    """Whether a lower-case noun can be a source without being named: people, a group of them, a role or a document."""
    return lexicons.is_role(noun) or any(noun in lexicons.words(f"{name}.txt") for name in ("documents", "plural_people", "collectives"))
