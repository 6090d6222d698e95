"""The act of an attribution: speech, thought, intent or other, by its cue, what the cue governs, and the quotation marks."""

from __future__ import annotations

from collections.abc import Sequence

from quotes import lexicons
from quotes.lexicons import Predicate
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.cues import REFUSING_VERBS, phrasal_cue, why_unuttered
from quotes.nlp.detection.sources import is_publisher
from quotes.nlp.parsing.parse import FINITE_TAGS, NOUN_TAGS, PRONOUN_TAGS, VERB_TAGS, Parse, tokens_of
from quotes.records import Act

#: Verbs by which a feeling is uttered, with it as their object: "expressed outrage".
_UTTERING = lexicons.inflect("express", "voice", "vent", "convey", "reiterate")
#: Verbs whose object is a source, where that is people.
_CITING = lexicons.inflect("cite", "quote")
#: What joins a second complement to an object: "accused the bank of fraud", "hailed it as a success".
_JOINING = frozenset({"of", "for", "as", "over", "with"})


def act_of(parse: Parse, each: Attribution, *, marked: bool = False) -> Act:
    """The act of an attribution, by the words of its cue where the lexicons have them, its head first.

    A verb's act depends on what it governs (`frame_of`): "ordered pumps" and "praised the plan" are deeds, "ordered him to leave" and
    "praised the plan as bold" are speech. In quotation marks (`marked`) an unknown verb's act is as the model predicts it; without them it
    is speech where it governs a clause with "that", else a deed ("hired", "forced").

    `other` is also what was not uttered ("declined to say", "if she says"), and people that somebody cites, who are a source.
    """
    cue = tokens_of(parse, each.cue)
    words = [parse.lower[token] for token in cue]
    if not cue:
        return each.act
    if "according" in words or not any(word.isalnum() for word in words):
        return "speech"
    verb = cue[0] if each.verb is None else each.verb
    if parse.lower[verb] in REFUSING_VERBS or (parse.tag[verb] in VERB_TAGS and why_unuttered(parse, verb)):
        return "other"
    if parse.lower[verb] in _CITING and _names_people(parse, each) and "saying" not in parse.text[each.start : each.contents[-1].end]:
        return "other"
    if not _UTTERING.isdisjoint(words):
        return "speech"
    predicate = _predicate(parse, [verb, *cue])
    frame = frame_of(parse, each)
    if predicate is None:
        spoken = each.act == "speech" and (marked or (frame == "s" and _joined_by_that(parse, each)))
        return each.act if each.act != "speech" or spoken else "other"
    act = predicate.act
    if not marked and act == "speech":
        target = frame == "n" and "x" in predicate.frames and "n" not in predicate.frames
        frame = "n" if frame == "x" and "x" not in predicate.frames else frame
        act = predicate.acts.get(frame, "other" if target else act)
    if act == "other" and predicate.act == "other" and each.source is not None and is_publisher(parse, each.source):
        return "speech"
    return act


def _predicate(parse: Parse, tokens: Sequence[int]) -> Predicate | None:
    """The predicate of the first of these words that the lexicons have."""
    for token in tokens:
        phrasal = phrasal_cue(parse, token)
        if phrasal is not None:
            return phrasal.predicate
        for lexicon in (lexicons.verbs(), lexicons.nouns(), lexicons.adjectives()):
            if parse.lower[token] in lexicon:
                return lexicon[parse.lower[token]]
    return None


def frame_of(parse: Parse, each: Attribution) -> str:
    """The frame of a content, as the lexicons name it: "i" an infinitive, "s" a clause, "x" an object with a second complement, "n" an
    object alone, ":about" the complement of a preposition."""
    tokens = [token for token in tokens_of(parse, each.contents) if parse.words[token][0].isalnum()]
    if parse.lower[tokens[0]] == "to":
        return "i"
    inside = set(tokens)
    tops = [token for token in tokens if parse.head[token] not in inside or parse.head[token] == token]
    if any(parse.tag[token] in FINITE_TAGS and parse.dep[token] not in {"relcl", "acl"} for token in tokens):
        return "s"
    if any(parse.tag[token] in VERB_TAGS for token in tops) or parse.tag[tokens[0]] in {"WP", "WRB", "IN"}:
        return "s"
    above = parse.head[tops[0]]
    if parse.tag[above] in {"IN", "TO", "RP"}:
        return ":" + parse.lower[above]
    if len(tops) > 1 or any(parse.lower[token] in _JOINING for token in tokens[1:]):
        return "x"
    return "n" if parse.tag[tops[0]] in NOUN_TAGS | PRONOUN_TAGS else "s"


def _joined_by_that(parse: Parse, each: Attribution) -> bool:
    """Whether "that" stands right before a content, or opens it."""
    first = parse.token_at(each.contents[0].start)
    return parse.lower[first] == "that" or (first > 0 and parse.lower[first - 1] == "that")


def _names_people(parse: Parse, each: Attribution) -> bool:
    """Whether a content is a phrase about people: "two officials close to the talks"."""
    tokens = tokens_of(parse, each.contents)
    tops = [token for token in tokens if parse.head[token] not in tokens and parse.tag[token] in NOUN_TAGS]
    return any(
        parse.lower[top] in lexicons.words("plural_people.txt") or lexicons.is_role(parse.lower[top].removesuffix("s")) for top in tops
    )
