"""From a cue and the tokens of its content to an attribution: the source found, edges set, what is not part of it left out."""

from __future__ import annotations

from quotes import lexicons
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.cues import Cue
from quotes.nlp.detection.sources import Source, publishes, source_of_verb
from quotes.nlp.parsing.parse import VERB_TAGS, Parse, runs
from quotes.nlp.rules.quotation_context import cue_start
from quotes.records import Act

_CONCESSION = frozenset({"although", "though", "while", "whereas", "even"})
_CIRCUMSTANCE = frozenset({"as", "after", "when", "while", "before"})


def report(parse: Parse, cue: Cue, content: set[int], evidence: str, act: Act, source: Source | None = None) -> Attribution | None:
    """An attribution, or None when nobody can be named as its source or nothing is left of its content."""
    content -= set(cue.tokens)
    source = source or source_of_verb(parse, cue.head, content)
    if source is not None:
        content -= source.tokens
    content = _within(parse, cue, content, evidence)
    spans = runs(parse, without_that(parse, content))
    if not spans or source is None or (act == "other" and not _can_say(parse, source)):
        return None
    if act == "other" and publishes(parse, source):
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


def _within(parse: Parse, cue: Cue, content: set[int], evidence: str) -> set[int]:
    """A content without the adverbial clauses at its edges that are the author's: a concession that reports somebody else
    ("Although X said …, …, Y reported"), and a circumstance in the past behind a content in the present ("said it is safe as they
    left")."""
    if not content:
        return content
    left = {token: parse.left[token] for token in content if parse.dep[token] == "advcl" and parse.tag[token] in VERB_TAGS}
    for clause in left:
        marks = {parse.lower[child] for child in parse.children[clause] if child < clause}
        whole = set(parse.subtree(clause))
        if evidence in {"clause:fronted", "parenthetical", "between-commas"} and min(whole) <= min(content) and marks & _CONCESSION:
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


def without_that(parse: Parse, tokens: set[int]) -> set[int]:
    """Tokens without a "that" at their head which only joins them to the cue."""
    ordered = sorted(token for token in tokens if not parse.space(token))
    if len(ordered) > 1 and parse.lower[ordered[0]] == "that" and parse.dep[ordered[0]] == "mark":
        return tokens - {ordered[0]}
    return tokens
