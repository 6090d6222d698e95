"""What a verb governs when it reports: clauses, infinitives, predicates, objects and prepositional phrases.

Each construction is a function of a cue that returns the tokens of its content and the name of the construction, or None.
"""

from __future__ import annotations

from quotes import lexicons
from quotes.nlp.detection.cues import Cue
from quotes.nlp.detection.sources import subject_of
from quotes.nlp.parsing.parse import SUBJECTS, Parse

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
