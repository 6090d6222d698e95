"""Reported speech by syntax: the clause, phrase or predicate that a cue governs, and whose it is.

The constructions are those of PARC 3.0 (Pareti 2016) and PolNeAR (Newell, Margolin & Ruths 2018): finite and infinitive complements,
fronted and
parenthetical reports, "according to", noun-phrase and predicate contents, nouns and adjectives that take a clause.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from quotes import lexicons
from quotes.components.attribution import Attribution
from quotes.components.cues import Cue, cues_of, is_passive, unreal
from quotes.components.parse import VERB_TAGS, Parse, runs
from quotes.components.sources import Source, noun_phrase, source_of_noun, source_of_verb, subject_of
from quotes.components.stretches import cue_start
from quotes.records import Act

_WH = frozenset({"whether", "if", "how", "why", "what", "who", "when", "where", "which"})
#: Objects that say nothing by themselves.
_EMPTY = frozenset(
    {
        "it",
        "itself",
        "himself",
        "herself",
        "themselves",
        "myself",
        "yourself",
        "ourselves",
        "other",
        "another",
        "that",
        "this",
        "so",
        "what",
        "which",
    }
)
_CONCESSION = frozenset({"although", "though", "while", "whereas", "even"})
_CIRCUMSTANCE = frozenset({"as", "after", "when", "while", "before"})
_X_PREPOSITIONS = frozenset({"of", "for", "as", "over", "to", "with", "by", "in", "on", "from"})


def reported(parse: Parse, *, taken: Callable[[int], bool] = lambda _: False) -> list[Attribution]:
    """Every report in the text that syntax shows, in the order of its cues; `taken` says which tokens are already cues of another."""
    found = [*according(parse)]
    for cue in cues_of(parse):
        if any(taken(token) for token in cue.tokens):
            continue
        attribution = _report(parse, cue)
        if attribution is not None:
            found.append(attribution)
    return sorted(found, key=lambda each: each.cue[0].start if each.cue else each.start)


def _report(parse: Parse, cue: Cue) -> Attribution | None:
    if cue.part == "noun":
        return _of_noun(parse, cue)
    if cue.part == "adjective":
        return _of_adjective(parse, cue)
    if cue.predicate.act == "speech" and unreal(parse, cue.head):
        return None
    if is_passive(parse, cue):
        return _of_passive(parse, cue)
    if cue.predicate.lemma in {"cite", "quote"} and parse.tag[cue.head] == "VBG":
        return None  # "…, X reported, citing Y": what stands behind it is a source, no content
    for construction in (_clause, _parenthetical, _infinitive, _predicate_of_object, _object, _prepositional):
        result = construction(parse, cue)
        if result is not None:
            tokens, evidence, act = result
            return _attribution(parse, cue, tokens, evidence, act)
    return None


def _attribution(parse: Parse, cue: Cue, content: set[int], evidence: str, act: Act, source: Source | None = None) -> Attribution | None:
    content -= set(cue.tokens)
    source = source or source_of_verb(parse, cue.head, content)
    if source is not None:
        content -= source.tokens
    content = _within(parse, cue, content, evidence)
    spans = runs(parse, _without_that(parse, content))
    if not spans or source is None or (act == "other" and not _can_say(parse, source)):
        return None
    if act == "other" and _publishes(parse, source):
        act = "speech"
    if evidence.startswith("clause") and not any(parse.tag[token] in VERB_TAGS for token in content):
        evidence = "clause:verbless"
    words = range(cue_start(parse, cue.head), cue.head + 1) if len(cue.tokens) == 1 else cue.tokens
    return Attribution(tuple(spans), tuple(runs(parse, words)), source, act, evidence, cue.head)


def _can_say(parse: Parse, source: Source) -> bool:
    """Whether a source of "shows" or "found" is a document, a named thing or people, not an event that shows something."""
    noun = parse.lower[source.head]
    return bool(
        parse.entity[source.head]
        or parse.tag[source.head] in {"NNP", "NNPS", "PRP", "WP", "WDT"}
        or noun in lexicons.words("documents.txt")
        or noun in lexicons.words("collectives.txt")
        or noun in lexicons.words("plural_people.txt")
        or lexicons.is_role(noun)
    )


def _publishes(parse: Parse, source: Source) -> bool:
    """Whether what "shows" or "finds" is a text or a body, which then says it ("a report found")."""
    noun = parse.lower[source.head]
    return noun in lexicons.words("documents.txt") or noun in lexicons.words("collectives.txt") or parse.entity[source.head] == "ORG"


def _within(parse: Parse, cue: Cue, content: set[int], evidence: str) -> set[int]:
    """A content without the adverbial clauses at its edges that are the author's: a concession that reports somebody else
    ("Although X said …, …, Y reported"), and a circumstance in the past behind a content in the present ("said it is new as they
    signed")."""
    if not content:
        return content
    left = {token: parse.left[token] for token in content if parse.dep[token] == "advcl" and parse.tag[token] in VERB_TAGS}
    for clause in left:
        marks = {parse.lower[child] for child in parse.children[clause] if child < clause}
        whole = set(parse.subtree(clause))
        if evidence in {"clause:fronted", "parenthetical"} and min(whole) <= min(content) and marks & _CONCESSION:
            if parse.lower[clause] in lexicons.verbs() and lexicons.verbs()[parse.lower[clause]].act == "speech":
                content = content - whole
        elif (
            marks & _CIRCUMSTANCE
            and max(whole) >= max(content)
            and parse.tag[clause] == "VBD"
            and parse.tag[cue.head] == "VBD"
            and parse.tag[parse.head[clause]] in {"VBZ", "VBP"}
            and parse.head[clause] in content
        ):
            content = content - whole
    return content


def _without_that(parse: Parse, tokens: set[int]) -> set[int]:
    ordered = sorted(token for token in tokens if not parse.space(token))
    if len(ordered) > 1 and parse.lower[ordered[0]] == "that" and parse.dep[ordered[0]] == "mark":
        return tokens - {ordered[0]}
    return tokens


Found = tuple[set[int], str, Act]


def _clause(parse: Parse, cue: Cue) -> Found | None:
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
        tokens |= _fronted_adjuncts(parse, cue, chosen)
        that = any(parse.dep[child] == "mark" for child in parse.children[chosen])
        wh = any(parse.lower[child] in _WH for child in parse.children[chosen] if child < chosen)
        return tokens, "clause:that" if that else "clause:wh" if wh else "clause:bare", cue.predicate.act
    return tokens, "clause:fronted", cue.predicate.act


def _fronted_adjuncts(parse: Parse, cue: Cue, clause: int) -> set[int]:
    """What stands between the cue and its clause and belongs to it although the parser hung it on the cue ("said that in May, …")."""
    first = parse.left[clause]
    return {
        token
        for child in parse.children[cue.head]
        if max(cue.tokens) < child < first and parse.dep[child] in {"mark", "advcl"}
        for token in parse.subtree(child)
    }


def _parenthetical(parse: Parse, cue: Cue) -> Found | None:
    """The sentence around a cue that hangs on it: "The merger, Vance said, would close", "as the minister put it"."""
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


def _infinitive(parse: Parse, cue: Cue) -> Found | None:
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


def _predicate_of_object(parse: Parse, cue: Cue) -> Found | None:
    """ "called the verdict a disgrace", "described him as a friend"."""
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


def _object(parse: Parse, cue: Cue) -> Found | None:
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


def _prepositional(parse: Parse, cue: Cue) -> Found | None:
    """ "called for an inquiry", "warned of floods"."""
    for child in parse.children[cue.head]:
        if child > cue.head and parse.dep[child] in {"prep", "prt"} and parse.lower[child] in cue.predicate.prepositions:
            tokens = set(parse.subtree(child)) - {child}
            if tokens and not any(parse.entity[token] in {"DATE", "TIME"} for token in parse.children[child]):
                return tokens, "preposition", cue.predicate.act
    return None


def _of_passive(parse: Parse, cue: Cue) -> Attribution | None:
    """ "was endorsed by the union", "was told by aides that …": the agent is the source; without one nobody is named."""
    source = source_of_verb(parse, cue.head)
    if source is None:
        return None
    result = _clause(parse, cue)
    if result is not None:
        tokens, evidence, act = result
        return _attribution(parse, cue, tokens - source.tokens, evidence, act, source)
    patient = subject_of(parse, cue.head)
    if patient is None or not cue.predicate.frames & {"n", "x", "p", "a"}:
        return None
    return _attribution(parse, cue, set(parse.subtree(patient)), "passive", cue.predicate.act, source)


def _of_noun(parse: Parse, cue: Cue) -> Attribution | None:
    """ "the claim that …", "her plan to …", "criticism of …"."""
    content: set[int] = set()
    evidence = ""
    for child in parse.children[cue.head]:
        if child < cue.head:
            continue
        inner = {parse.lower[each] for each in parse.children[child]}
        if (
            parse.dep[child] in {"acl", "ccomp", "relcl"}
            and "s" in cue.predicate.frames
            and "that" in inner
            and parse.dep[child] != "relcl"
        ):
            content, evidence = set(parse.subtree(child)), "noun:that"
        elif parse.dep[child] in {"acl", "ccomp"} and "i" in cue.predicate.frames and "to" in inner:
            content, evidence = set(parse.subtree(child)), "noun:infinitive"
        elif parse.dep[child] == "prep" and parse.lower[child] in cue.predicate.prepositions:
            content, evidence = set(parse.subtree(child)) - {child}, "noun:preposition"
        if content:
            break
    if not content:
        return None
    spoken = _said_in(parse, cue)
    if spoken is not None:
        return _attribution(parse, spoken, content, "clause:that", spoken.predicate.act)
    source = source_of_noun(parse, cue.head, content)
    if source is None:
        return None
    return _attribution(parse, cue, content - source.tokens, evidence, cue.predicate.act, source)


def _said_in(parse: Parse, noun: Cue) -> Cue | None:
    """The verb of "said in a statement that …", where the parser hung the clause on the noun."""
    preposition = parse.head[noun.head]
    verb = parse.head[preposition]
    if parse.dep[noun.head] != "pobj" or parse.lower[preposition] not in {"in", "at", "on", "during"} or parse.tag[verb] not in VERB_TAGS:
        return None
    predicate = lexicons.verbs().get(parse.lower[verb])
    if predicate is None or "s" not in predicate.frames or predicate.act != "speech" or unreal(parse, verb):
        return None
    return Cue(verb, (verb,), predicate, "verb")


def _of_adjective(parse: Parse, cue: Cue) -> Attribution | None:
    """ "is confident that …", "were worried about …"."""
    verb = parse.head[cue.head] if parse.dep[cue.head] == "acomp" else cue.head
    subject = subject_of(parse, verb)
    if subject is None:
        return None
    for child in (*parse.children[cue.head], *(parse.children[verb] if verb != cue.head else ())):
        if child < cue.head:
            continue
        content: set[int] = set()
        inner = {parse.lower[each] for each in parse.children[child]}
        if parse.dep[child] == "ccomp" and "s" in cue.predicate.frames:
            content, evidence = set(parse.subtree(child)), "adjective:clause"
        elif parse.dep[child] == "xcomp" and "i" in cue.predicate.frames and "to" in inner:
            content, evidence = set(parse.subtree(child)), "adjective:infinitive"
        elif parse.dep[child] == "prep" and parse.lower[child] in cue.predicate.prepositions:
            content, evidence = set(parse.subtree(child)) - {child}, "adjective:preposition"
        if content:
            source = noun_phrase(parse, subject, without=content | {cue.head, verb})
            return None if source is None else _attribution(parse, cue, content, evidence, cue.predicate.act, source)
    return None


def according(parse: Parse) -> Iterator[Attribution]:
    """ "According to X, …" and "…, according to X": the clause around is the content, the phrase under "to" the source."""
    for token in range(len(parse) - 1):
        if parse.lower[token] != "according" or parse.lower[token + 1] != "to":
            continue
        noun = parse.child(token + 1, "pobj") or parse.child(token, "pobj")
        if noun is None:
            continue
        own = set(parse.subtree(token)) | set(parse.subtree(token + 1))
        source = noun_phrase(parse, noun, without={token, token + 1})
        if source is None:
            continue
        clause = _clause_around(parse, token)
        content = {each for each in parse.subtree(clause) if each not in own} if clause != token else set()
        content = _same_sentence(parse, token, content)
        spans = runs(parse, _without_that(parse, content))
        if spans:
            yield Attribution(tuple(spans), (parse.span(token, token + 1),), source, "speech", "according", token)


def _clause_around(parse: Parse, token: int) -> int:
    """The head of the finite clause that a phrase modifies, whatever noun the parser hung it on."""
    clause = token
    for above in parse.ancestors(token):
        clause = above
        if parse.tag[above] in VERB_TAGS and (subject_of(parse, above) is not None or parse.dep[above] in {"ROOT", "ccomp"}):
            return clause
    return clause


def _same_sentence(parse: Parse, token: int, content: Collection[int]) -> set[int]:
    return {each for each in content if parse.sentence[each] == parse.sentence[token]}
