"""From a cue and the tokens of its content to an attribution: its source found, and what is not part of the content left out."""

from __future__ import annotations

from quotes import lexicons
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.cues import Cue
from quotes.nlp.detection.sources import Source, is_people_or_document, is_publisher, source_of_verb
from quotes.nlp.parsing.parse import VERB_TAGS, Parse, token_spans
from quotes.nlp.rules.quotation_context import cue_start

_CONCESSION = frozenset({"although", "though", "while", "whereas", "even"})
_CIRCUMSTANCE = frozenset({"as", "after", "when", "while", "before"})


def build_attribution(parse: Parse, cue: Cue, content: set[int], evidence: str, *, source: Source | None = None) -> Attribution | None:
    """An attribution, or None when it has no source or nothing is left of its content."""
    content = content - set(cue.tokens)
    source = source or source_of_verb(parse, cue.head, content)
    if source is None:
        return None
    content = _without_adverbials(parse, cue, content - source.tokens, evidence)
    spans = token_spans(parse, without_that(parse, content))
    act = cue.predicate.act
    if not spans or (act == "other" and not _can_say(parse, source)):
        return None
    if act == "other" and is_publisher(parse, source):
        act = "speech"
    if evidence.startswith("clause") and not any(parse.tag[token] in VERB_TAGS for token in content):
        evidence = "clause:verbless"
    words = range(cue_start(parse, cue.head), cue.head + 1) if len(cue.tokens) == 1 else cue.tokens
    return Attribution(tuple(spans), tuple(token_spans(parse, words)), source, act, evidence, cue.head)


def _can_say(parse: Parse, source: Source) -> bool:
    """Whether a source of "shows" or "found" is a document, a named thing or people, not an event that shows something."""
    named = parse.entity[source.head] or parse.tag[source.head] in {"NNP", "NNPS", "PRP", "WP", "WDT"}
    return bool(named) or is_people_or_document(parse.lower[source.head])


def _without_adverbials(parse: Parse, cue: Cue, content: set[int], evidence: str) -> set[int]:
    """A content without the adverbial clauses at its edges that are the author's: a concession that reports somebody else ("Although X said
    …, …, Y reported"), and a circumstance in the past behind a content in the present ("said it is safe as they left")."""
    for clause in [token for token in content if parse.dep[token] == "advcl" and parse.tag[token] in VERB_TAGS]:
        marks = {parse.lower[child] for child in parse.children[clause] if child < clause}
        tokens = set(parse.subtree(clause))
        if (
            evidence in {"clause:fronted", "parenthetical", "between-commas"}
            and min(tokens) <= min(content, default=0)
            and marks & _CONCESSION
        ):
            if parse.lower[clause] in lexicons.verbs() and lexicons.verbs()[parse.lower[clause]].act == "speech":
                content = content - tokens
        elif (
            marks & _CIRCUMSTANCE
            and max(tokens) >= max(content, default=0)
            and parse.tag[clause] == parse.tag[cue.head] == "VBD"
            and parse.tag[parse.head[clause]] in {"VBZ", "VBP"}
            and parse.head[clause] in content
        ):
            content = content - tokens
    return content


def without_that(parse: Parse, tokens: set[int]) -> set[int]:
    """Tokens without a leading "that" which only joins them to the cue."""
    ordered = sorted(token for token in tokens if not parse.space(token))
    if len(ordered) > 1 and parse.lower[ordered[0]] == "that" and parse.dep[ordered[0]] == "mark":
        return tokens - {ordered[0]}
    return tokens
