"""Reported speech by syntax: the clause, phrase or predicate that a cue governs, and its source.

The constructions are those of PARC 3.0 (Pareti 2016) and PolNeAR (Newell, Margolin & Ruths 2018): finite and infinitive complements,
fronted and parenthetical reports, "according to", noun-phrase and predicate contents, nouns and adjectives that take a clause.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from quotes import lexicons
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.cues import Cue, find_cues, why_unuttered
from quotes.nlp.detection.sources import (
    Source,
    is_passive_verb,
    is_publisher,
    noun_phrase,
    source_of_noun,
    source_of_verb,
    subject_of,
)
from quotes.nlp.parsing.parse import SUBJECTS, VERB_TAGS, Parse, token_spans

#: The tokens of a content and the construction it was found by.
Complement = tuple[set[int], str]

_WH = frozenset({"whether", "if", "how", "why", "what", "who", "when", "where", "which"})
#: Objects that say nothing by themselves.
_REFLEXIVE = frozenset({"itself", "himself", "herself", "themselves", "myself", "yourself", "ourselves"})
_EMPTY = _REFLEXIVE | {"it", "other", "another", "that", "this", "so", "what", "which"}
_X_PREPOSITIONS = frozenset({"of", "for", "as", "over", "to", "with", "by", "in", "on", "from"})


def between_commas(parse: Parse, cue: Cue) -> Complement | None:
    """The sentence around "…, the source added." and "…, the source said, …": a subject and a verb set off by commas, whatever the
    parser hung them on."""
    if not cue.predicate.reports or parse.tag[cue.head] not in {"VBD", "VBZ", "VBP"}:
        return None
    subject = subject_of(parse, cue.head)
    if subject is None:
        return None
    first, last = parse.bounds[parse.sentence[cue.head]]
    opening = parse.left[subject]
    between = range(parse.right[subject] + 1, cue.head)
    if opening - 1 <= first or parse.words[opening - 1] != "," or any(parse.tag[token] not in {"RB", "VBP", "VBZ"} for token in between):
        return None
    closing = max(cue.tokens) + 1
    while closing < last - 1 and (parse.tag[closing] == "RB" or parse.entity[closing] in {"DATE", "TIME"}):
        closing += 1
    if parse.words[closing] not in {",", "."}:
        return None
    before = set(range(first, opening - 1))
    goes_on = parse.words[closing] == "," and parse.tag[closing + 1] != "VBG"  # not ", citing two people"
    after = set(range(closing + 1, last)) if goes_on else set()
    return (before | after, "between-commas") if any(parse.dep[token] in SUBJECTS for token in before | after) else None


def clause(parse: Parse, cue: Cue) -> Complement | None:
    """A finite clause after or before the cue ("said it would …", "that …", "…, she said")."""
    clauses = [child for child in parse.children[cue.head] if parse.dep[child] == "ccomp"]
    after = [child for child in clauses if child > cue.head]
    if "s" not in cue.predicate.frames or not clauses:
        return None
    chosen = after[0] if after else clauses[0]
    if parse.tag[chosen] == "VB" and "to" in {parse.lower[child] for child in parse.children[chosen]} and "o" not in cue.predicate.frames:
        return None
    tokens = {token for each in after or clauses for token in parse.subtree(each)}
    if not after:
        return tokens, "clause:fronted"
    tokens = {token for token in tokens if token > max(cue.tokens)}
    that = any(parse.dep[child] == "mark" for child in parse.children[chosen])
    wh = any(parse.lower[child] in _WH for child in parse.children[chosen] if child < chosen)
    return tokens, "clause:that" if that else "clause:wh" if wh else "clause:bare"


def parenthetical(parse: Parse, cue: Cue) -> Complement | None:
    """The sentence around a cue that hangs on it: "The lock, Adair said, would open", "as the minister put it"."""
    relation, above = parse.dep[cue.head], parse.head[cue.head]
    if above == cue.head or "s" not in cue.predicate.frames or subject_of(parse, cue.head) is None:
        return None
    as_ = relation == "advcl" and any(parse.lower[child] == "as" and child < cue.head for child in parse.children[cue.head])
    if relation != "parataxis" and not as_:
        return None
    return set(parse.subtree(above)) - set(parse.subtree(cue.head)), "parenthetical"


def infinitive(parse: Parse, cue: Cue) -> Complement | None:
    """ "vowed to …" and "urged the council to …"."""
    frames = cue.predicate.frames
    for child in parse.children[cue.head]:
        if child < cue.head or parse.dep[child] not in {"xcomp", "ccomp", "advcl"}:
            continue
        tokens = set(parse.subtree(child))
        if parse.tag[child] == "VBG" and "g" in frames and parse.dep[child] != "advcl":
            return tokens, "gerund"
        if not any(parse.lower[each] == "to" and parse.dep[each] == "aux" for each in parse.children[child]):
            continue
        receiver = parse.child(cue.head, "dobj", "dative")
        if receiver is not None and cue.head < receiver < child and "o" in frames:
            return tokens | set(parse.subtree(receiver)), "object-infinitive"
        if subject_of(parse, child) is not None:
            if "o" in frames:
                return tokens, "object-infinitive"
        elif receiver is None and "i" in frames and parse.dep[child] != "advcl" and not _withholds(parse, cue, child):
            return tokens, "infinitive"
    return None


def _withholds(parse: Parse, cue: Cue, verb: int) -> bool:
    """ "declined to comment", "refused to say why": speech that was withheld, with nothing said of it."""
    known = lexicons.verbs().get(parse.lower[verb])
    return cue.predicate.lemma in {"decline", "refuse"} and known is not None and known.act == "speech"


def predicate_of_object(parse: Parse, cue: Cue) -> Complement | None:
    """ "called the tender a farce", "described him as a friend"."""
    relations = {"dobj", "oprd", "ccomp", "attr", "xcomp", "dative"}
    objects = [child for child in parse.children[cue.head] if child > cue.head and parse.dep[child] in relations]
    if "p" in cue.predicate.frames and objects:
        tokens = {token for child in objects for token in parse.subtree(child)}
        marked = cue.predicate.lemma == "call" and any(parse.text[parse.start[token]] in "“\"'‘" for token in tokens)
        if len(objects) > 1 or parse.dep[objects[0]] in {"oprd", "ccomp", "xcomp"} or marked:
            return tokens, "predicate"
    thing = parse.child(cue.head, "dobj")
    if "a" in cue.predicate.frames and thing is not None:
        below = [child for child in parse.children[cue.head] if child > cue.head] + parse.children[thing]
        as_ = next((child for child in below if parse.lower[child] == "as"), None)
        if as_ is not None:
            return set(parse.subtree(thing)) | set(parse.subtree(as_)), "predicate"
    return None


def object_of(parse: Parse, cue: Cue) -> Complement | None:
    """ "announced the closure", "criticised the bank for its fees"."""
    thing = next((child for child in parse.children[cue.head] if parse.dep[child] == "dobj" and child > cue.head), None)
    if not cue.predicate.frames & {"n", "x"} or thing is None or parse.lower[thing] in _EMPTY:
        return None
    tokens = set(parse.subtree(thing))
    if "x" in cue.predicate.frames:
        for child in parse.children[cue.head]:
            if child > thing and parse.dep[child] == "prep" and parse.lower[child] in _X_PREPOSITIONS:
                tokens |= set(parse.subtree(child))
    return tokens, "object"


def prepositional(parse: Parse, cue: Cue) -> Complement | None:
    """ "called for an inquiry", "warned of floods"."""
    for child in parse.children[cue.head]:
        if child > cue.head and parse.dep[child] in {"prep", "prt"} and parse.lower[child] in cue.predicate.prepositions:
            tokens = set(parse.subtree(child)) - {child}
            if tokens and not any(parse.entity[token] in {"DATE", "TIME"} for token in parse.children[child]):
                return tokens, "preposition"
    return None


#: The constructions of verbs, in the order in which they are tried.
CONSTRUCTIONS = (between_commas, clause, parenthetical, infinitive, predicate_of_object, object_of, prepositional)


#: More tokens than this are no sentence but a text without full stops, and its tree costs time with the square of its length.
_LONGEST_SENTENCE = 600
#: The relations of the clauses, and of the infinitives, that nouns and adjectives take.
_CLAUSAL = {"noun": ({"acl", "ccomp"}, {"acl", "ccomp"}), "adjective": ({"ccomp"}, {"xcomp"})}


def find_reported_speech(parse: Parse, taken: Collection[int | None] = ()) -> list[Attribution]:
    """Every report in the text that syntax shows, in the order of its cues; `taken` are tokens that are already cues of quotations."""
    found = [*find_according_to(parse)]
    for cue in find_cues(parse):
        first, last = parse.bounds[parse.sentence[cue.head]]
        if last - first <= _LONGEST_SENTENCE and not any(token in taken for token in cue.tokens):
            attribution = _attribution(parse, cue)
            if attribution is not None:
                found.append(attribution)
    return sorted(found, key=lambda each: each.cue[0].start if each.cue else each.start)


def _attribution(parse: Parse, cue: Cue) -> Attribution | None:
    if cue.part == "noun":
        return _of_noun(parse, cue)
    if cue.part == "adjective":
        return _of_adjective(parse, cue)
    if cue.predicate.act == "speech" and why_unuttered(parse, cue.head):
        return None
    if is_passive_verb(parse, cue.head) or (cue.predicate.lemma in {"cite", "quote"} and parse.tag[cue.head] == "VBG"):
        return None  # "…, X reported, citing Y": what stands behind it is a source, no content
    for construction in CONSTRUCTIONS:
        found = construction(parse, cue)
        if found is not None:
            return _build(parse, cue, *found)
    return None


def _complement(parse: Parse, cue: Cue, children: Iterable[int]) -> tuple[set[int], str] | None:
    """What a noun or an adjective takes: a clause, an infinitive or a prepositional phrase behind it; its tokens and the construction."""
    clauses, infinitives = _CLAUSAL[cue.part]
    frames, noun = cue.predicate.frames, cue.part == "noun"
    for child in children:
        if child < cue.head:
            continue
        tokens, words = set(parse.subtree(child)), {parse.lower[each] for each in parse.children[child]}
        if parse.dep[child] in clauses and "s" in frames and ("that" in words or not noun):
            return tokens, "noun:that" if noun else "adjective:clause"
        if parse.dep[child] in infinitives and "i" in frames and "to" in words:
            return tokens, f"{cue.part}:infinitive"
        if parse.dep[child] == "prep" and parse.lower[child] in cue.predicate.prepositions and len(tokens) > 1:
            return tokens - {child}, f"{cue.part}:preposition"
    return None


def _of_noun(parse: Parse, cue: Cue) -> Attribution | None:
    """ "the claim that …", "her plan to …", "criticism of …"."""
    found = _complement(parse, cue, parse.children[cue.head])
    if found is None:
        return None
    content, evidence = found
    source = source_of_noun(parse, cue.head, content)
    return None if source is None else _build(parse, cue, content - source.tokens, evidence, source=source)


def _of_adjective(parse: Parse, cue: Cue) -> Attribution | None:
    """ "is confident that …", "were worried about …"."""
    verb = parse.head[cue.head] if parse.dep[cue.head] == "acomp" else cue.head
    subject = subject_of(parse, verb)
    if subject is None:
        return None
    found = _complement(parse, cue, (*parse.children[cue.head], *(parse.children[verb] if verb != cue.head else ())))
    return _build(parse, cue, *found, source=noun_phrase(parse, subject, without=found[0] | {cue.head, verb})) if found else None


def find_according_to(parse: Parse) -> Iterator[Attribution]:
    """ "According to X, …" and "…, according to X": the clause around is the content, the phrase under "to" the source."""
    for token in range(len(parse) - 1):
        if parse.lower[token] != "according" or parse.lower[token + 1] != "to":
            continue
        noun = parse.child(token + 1, "pobj")
        source = noun_phrase(parse, noun, without={token, token + 1}) if noun is not None else None
        if source is None:
            continue
        own = set(parse.subtree(token)) | set(parse.subtree(token + 1))
        clause = _clause_around(parse, token)
        content = {each for each in parse.subtree(clause) if each not in own}
        spans = token_spans(parse, _without_that(parse, content))
        if spans:
            yield Attribution(tuple(spans), (parse.span(token, token + 1),), source, "speech", "according", token)


def _clause_around(parse: Parse, token: int) -> int:
    """The head of the finite clause that a phrase modifies, whatever noun the parser hung it on."""
    clause = token
    for clause in parse.ancestors(token):
        if parse.tag[clause] in VERB_TAGS and (subject_of(parse, clause) is not None or parse.dep[clause] in {"ROOT", "ccomp"}):
            break
    return clause


def _build(parse: Parse, cue: Cue, content: set[int], evidence: str, *, source: Source | None = None) -> Attribution | None:
    """An attribution, or None when it has no source or nothing is left of its content."""
    content = content - set(cue.tokens)
    source = source or source_of_verb(parse, cue.head, content)
    if source is None:
        return None
    content = content - source.tokens
    spans = token_spans(parse, _without_that(parse, content))
    if not spans:
        return None
    act = "speech" if cue.predicate.act == "other" and is_publisher(parse, source) else cue.predicate.act
    if evidence.startswith("clause") and not any(parse.tag[token] in VERB_TAGS for token in content):
        evidence = "clause:verbless"
    return Attribution(tuple(spans), tuple(token_spans(parse, cue.tokens)), source, act, evidence, cue.head)


def _without_that(parse: Parse, tokens: set[int]) -> set[int]:
    """Tokens without a leading "that" which only joins them to the cue."""
    first = min(tokens, default=0)
    return tokens - {first} if len(tokens) > 1 and parse.lower[first] == "that" and parse.dep[first] == "mark" else tokens
