"""What a verb governs when it reports: clauses, infinitives, predicates, objects and prepositional phrases."""

from __future__ import annotations

from quotes import lexicons
from quotes.nlp.detection.cues import Cue
from quotes.nlp.detection.sources import reports_beside, subject_of
from quotes.nlp.parsing.parse import SUBJECTS, Parse
from quotes.records import Act

_WH = frozenset({"whether", "if", "how", "why", "what", "who", "when", "where", "which"})
#: Objects that say nothing by themselves.
_REFLEXIVE = frozenset({"itself", "himself", "herself", "themselves", "myself", "yourself", "ourselves"})
_EMPTY = _REFLEXIVE | {"it", "other", "another", "that", "this", "so", "what", "which"}
_X_PREPOSITIONS = frozenset({"of", "for", "as", "over", "to", "with", "by", "in", "on", "from"})

#: The tokens of a content, the construction it was found by, and its act.
Found = tuple[set[int], str, Act]


def between_commas(parse: Parse, cue: Cue) -> Found | None:
    """The sentence around "…, the source added." and "…, the source said, …": a subject and a verb set off by commas, whatever the
    parser hung them on."""
    if "s" not in cue.predicate.frames or cue.predicate.act != "speech" or parse.tag[cue.head] not in {"VBD", "VBZ", "VBP"}:
        return None
    subject = subject_of(parse, cue.head)
    if subject is None or subject > cue.head:
        return None
    first, last = parse.bounds[parse.sentence[cue.head]]
    opening = parse.left[subject]
    between = range(parse.right[subject] + 1, cue.head)
    if opening - 1 <= first or parse.words[opening - 1] != "," or any(parse.tag[token] not in {"RB", "VBP", "VBZ"} for token in between):
        return None
    closing = max(cue.tokens) + 1
    while closing < last and (parse.tag[closing] == "RB" or parse.entity[closing] in {"DATE", "TIME"} or _before_date(parse, closing)):
        closing += 1
    if closing >= last or parse.words[closing] not in {",", "."}:
        return None
    before = set(range(first, opening - 1))
    goes_on = parse.words[closing] == "," and closing + 1 < last and parse.tag[closing + 1] != "VBG"  # not ", citing two people"
    after = set(range(closing + 1, last)) if goes_on else set()
    if not any(parse.dep[token] in SUBJECTS for token in before | after):
        return None
    return before | after, "between-commas", cue.predicate.act


def _before_date(parse: Parse, token: int) -> bool:
    return parse.tag[token] == "IN" and token + 1 < len(parse) and parse.entity[token + 1] in {"DATE", "TIME"}


def clause(parse: Parse, cue: Cue) -> Found | None:
    """A finite clause after or before the cue ("said it would …", "that …", "…, she said")."""
    if "s" not in cue.predicate.frames:
        return None
    clauses = [child for child in parse.children[cue.head] if parse.dep[child] == "ccomp"]
    if not clauses:
        return None
    before = [child for child in clauses if child < cue.head]
    after = [child for child in clauses if child > cue.head]
    chosen = after[0] if after else before[0]
    if parse.tag[chosen] == "VB" and "to" in {parse.lower[child] for child in parse.children[chosen]} and "o" not in cue.predicate.frames:
        return None
    tokens = set(parse.subtree(chosen))
    for other in clauses:
        if other != chosen and (other > cue.head) == (chosen > cue.head):
            tokens |= set(parse.subtree(other))
    if after:
        tokens = {token for token in tokens if token > max(cue.tokens)}
        tokens |= _fronted_adjuncts(parse, cue, chosen) | coordinated(parse, cue, chosen)
        for child in parse.children[chosen]:
            if child > chosen and reports_beside(parse, child):
                tokens -= set(range(_conjunction(parse, chosen, child), parse.right[child] + 1))
        that = any(parse.dep[child] == "mark" for child in parse.children[chosen])
        wh = any(parse.lower[child] in _WH for child in parse.children[chosen] if child < chosen)
        return tokens, "clause:that" if that else "clause:wh" if wh else "clause:bare", cue.predicate.act
    return tokens, "clause:fronted", cue.predicate.act


def coordinated(parse: Parse, cue: Cue, clause: int) -> set[int]:
    """A second half of the reported clause that the parser joined to the cue: without a subject, and with the "would" of reported speech
    ("said it was disappointed and would study the decision")."""
    tokens: set[int] = set()
    for child in parse.children[cue.head]:
        helpers = {parse.lower[each] for each in parse.children[child] if parse.dep[each] == "aux"}
        if (
            child > clause
            and parse.dep[child] == "conj"
            and subject_of(parse, child) is None
            and helpers & {"would", "could", "might", "should"}
        ):
            tokens |= set(range(_conjunction(parse, cue.head, child), parse.right[child] + 1))
    return tokens


def _conjunction(parse: Parse, verb: int, conjunct: int) -> int:
    """The first token of a conjunct with the word that joins it."""
    joins = [child for child in parse.children[verb] if parse.dep[child] == "cc" and verb < child < conjunct]
    return joins[-1] if joins else parse.left[conjunct]


def _fronted_adjuncts(parse: Parse, cue: Cue, clause: int) -> set[int]:
    """What stands between the cue and its clause and belongs to it although the parser hung it on the cue ("said that in May, …")."""
    first = parse.left[clause]
    return {
        token
        for child in parse.children[cue.head]
        if max(cue.tokens) < child < first and parse.dep[child] in {"mark", "advcl"}
        for token in parse.subtree(child)
    }


def parenthetical(parse: Parse, cue: Cue) -> Found | None:
    """The sentence around a cue that hangs on it: "The lock, Adair said, would open", "as the minister put it"."""
    relation, above = parse.dep[cue.head], parse.head[cue.head]
    if above == cue.head or "s" not in cue.predicate.frames:
        return None
    mine = set(parse.subtree(cue.head))
    if relation == "advcl":
        marks = [child for child in parse.children[cue.head] if parse.lower[child] == "as" and child < cue.head]
        if not marks or parse.child(cue.head, "ccomp") is not None:
            return None
    elif relation not in {"parataxis", "ccomp"} or (relation == "ccomp" and not _set_off(parse, cue.head)):
        return None
    if subject_of(parse, cue.head) is None:
        return None
    content = {token for token in parse.subtree(above) if token not in mine}
    return content, "parenthetical", cue.predicate.act


def _set_off(parse: Parse, verb: int) -> bool:
    """Whether a short clause stands between commas, or between a comma and the end of its sentence."""
    left, right = parse.left[verb], parse.right[verb]
    if right - left > 12 or left == 0:
        return False
    before = parse.words[left - 1]
    after = parse.words[right + 1] if right + 1 < len(parse) else "."
    return before in {",", "—", "–"} and after in {",", ".", "—", "–"}


def infinitive(parse: Parse, cue: Cue) -> Found | None:
    """ "vowed to …" and "urged the council to …"."""
    frames = cue.predicate.frames
    for child in parse.children[cue.head]:
        if child < cue.head or parse.dep[child] not in {"xcomp", "ccomp", "advcl"}:
            continue
        helpers = {parse.lower[each] for each in parse.children[child] if parse.dep[each] == "aux"}
        if parse.tag[child] == "VBG" and "g" in frames and parse.dep[child] in {"xcomp", "ccomp"}:
            return set(parse.subtree(child)), "gerund", cue.predicate.act
        if "to" not in helpers:
            continue
        receiver = parse.child(cue.head, "dobj", "dative")
        own = subject_of(parse, child)
        if receiver is not None and cue.head < receiver < child and "o" in frames:
            return set(parse.subtree(receiver)) | set(parse.subtree(child)), "object-infinitive", cue.predicate.act
        if own is not None and "o" in frames:
            return set(parse.subtree(child)), "object-infinitive", cue.predicate.act
        if receiver is None and own is None and "i" in frames and parse.dep[child] != "advcl" and not _silence(parse, cue, child):
            return set(parse.subtree(child)), "infinitive", cue.predicate.act
    return None


def _silence(parse: Parse, cue: Cue, verb: int) -> bool:
    """ "declined to comment", "refused to say why": speech that was withheld, with nothing told of it."""
    if cue.predicate.lemma not in {"decline", "refuse"}:
        return False
    return parse.lower[verb] in lexicons.verbs() and lexicons.verbs()[parse.lower[verb]].act == "speech"


def predicate_of_object(parse: Parse, cue: Cue) -> Found | None:
    """ "called the tender a farce", "described him as a friend"."""
    frames = cue.predicate.frames
    objects = [
        child
        for child in parse.children[cue.head]
        if child > cue.head and parse.dep[child] in {"dobj", "oprd", "ccomp", "attr", "xcomp", "dative"}
    ]
    if "p" in frames and objects:
        tokens = {token for child in objects for token in parse.subtree(child)}
        if len(objects) > 1 or parse.dep[objects[0]] in {"oprd", "ccomp", "xcomp"}:
            return tokens, "predicate", cue.predicate.act
        if cue.predicate.lemma == "call" and any(parse.text[parse.start[token]] in "“\"'‘" for token in tokens):
            return tokens, "predicate", cue.predicate.act
    if "a" in frames:
        as_ = next((child for child in parse.children[cue.head] if parse.lower[child] == "as" and child > cue.head), None)
        dobj = parse.child(cue.head, "dobj")
        if dobj is not None and as_ is None:
            as_ = next((child for child in parse.children[dobj] if parse.lower[child] == "as"), None)
        if dobj is not None and as_ is not None:
            return set(parse.subtree(dobj)) | set(parse.subtree(as_)), "predicate", cue.predicate.act
    return None


def object_of(parse: Parse, cue: Cue) -> Found | None:
    """ "announced the closure", "criticised the bank for its fees"."""
    frames = cue.predicate.frames
    if not frames & {"n", "x"}:
        return None
    thing = next((child for child in parse.children[cue.head] if parse.dep[child] == "dobj" and child > cue.head), None)
    if thing is None or parse.lower[thing] in _EMPTY:
        return None
    tokens = set(parse.subtree(thing))
    if "x" in frames:
        for child in parse.children[cue.head]:
            if child > thing and parse.dep[child] == "prep" and parse.lower[child] in _X_PREPOSITIONS:
                tokens |= set(parse.subtree(child))
    return tokens, "object", cue.predicate.act


def prepositional(parse: Parse, cue: Cue) -> Found | None:
    """ "called for an inquiry", "warned of floods"."""
    for child in parse.children[cue.head]:
        if child > cue.head and parse.dep[child] in {"prep", "prt"} and parse.lower[child] in cue.predicate.prepositions:
            tokens = set(parse.subtree(child)) - {child}
            if tokens and not any(parse.entity[token] in {"DATE", "TIME"} for token in parse.children[child]):
                return tokens, "preposition", cue.predicate.act
    return None
