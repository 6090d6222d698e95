"""The act of an attribution (speech, thought, intent or other), by its cue, what the cue governs, and the quotation marks; and what looks
like a quote and is none: mottos, answers that were not given, words that say nothing by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from quotes import lexicons
from quotes.lexicons import Predicate
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.cues import REFUSING_VERBS, phrasal_cue, says_nothing, why_unuttered
from quotes.nlp.detection.quotation_marks import Quotation, quote_kind
from quotes.nlp.detection.sources import is_publisher
from quotes.nlp.parsing.parse import FINITE_TAGS, NOUN_TAGS, PRONOUN_TAGS, VERB_TAGS, Parse, tokens_of
from quotes.records import Act

#: Verbs by which a feeling is uttered, with it as their object: "expressed outrage".
_UTTERING = lexicons.inflect("express", "voice", "vent", "convey", "reiterate")
#: Verbs whose object is a source, where that is people.
_CITING = lexicons.inflect("cite", "quote")
#: What joins a second complement to an object: "accused the bank of fraud", "hailed it as a success".
_JOINING = frozenset({"of", "for", "as", "over", "with"})
#: Words that say nothing alone, outside quotation marks of their own.
_EMPTY = frozenset(["how", "it", "nothing", "so", "something", "that", "this", "what", "when", "where", "which", "who", "why"])
#: Verbs by which even words set like a title are uttered.
_ORAL_VERBS = lexicons.inflect("say", "shout", "chant", "cry", "yell", "tell", "ask", "reply", "tweet", "add")
_SMALL = frozenset(["a", "an", "and", "at", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
#: How an aside begins that says something of other words.
_ASIDE = ("not to be named", "not to be identified", "not to be quoted", "so-called ")
#: Cues that give the name of a thing or the line of a campaign.
_NAMES = frozenset(["anthem", "catchphrase", "motto", "name", "nickname", "slogan", "song", "tagline", "title"])


def act_of(parse: Parse, each: Attribution, *, marked: bool = False) -> Act:
    """The act of an attribution, by the words of its cue where the lexicons have them, its head first.

    A verb's act depends on what it governs (`frame_of`): "ordered pumps" and "praised the plan" are deeds, "ordered him to leave" and
    "praised the plan as bold" are speech. In quotation marks (`marked`) an unknown verb's act is as the model predicts it; without them it
    is speech where it governs a clause with "that", else a deed ("hired", "forced").

    `other` is also what was not uttered ("declined to say", "if she says").
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
    if parse.lower[verb] in _CITING and _names_people(parse, each) and "saying" not in parse.text[each.start : each.end]:
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


def _names_people(parse: Parse, each: Attribution) -> bool:
    """Whether a content is a phrase about people: "two officials close to the talks"."""
    tokens = tokens_of(parse, each.contents)
    tops = [token for token in tokens if parse.head[token] not in tokens and parse.tag[token] in NOUN_TAGS]
    return any(
        parse.lower[top] in lexicons.words("plural_people.txt") or lexicons.is_role(parse.lower[top].removesuffix("s")) for top in tops
    )


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


def is_excluded(parse: Parse, each: Attribution, marks: Sequence[Quotation]) -> bool:
    """Whether an attribution with a cue is no quote."""
    cue = tokens_of(parse, each.cue)
    if not cue:
        return False
    words = {parse.lower[token] for token in cue}
    kind = quote_kind(parse.text, each.contents, marks, each.cue)
    if kind != "indirect" and _is_unanswered(parse, each, cue[0] if each.verb is None else each.verb):
        return True
    if kind == "direct":
        return _gives_name(parse, each, words) or _is_title(parse.text[each.start : each.end], words)
    empty = all(parse.lower[token] in _EMPTY or not parse.words[token][0].isalnum() for token in tokens_of(parse, each.contents))
    return (kind == "indirect" and empty) or parse.text[each.start : each.end].lower().startswith(_ASIDE)


def _gives_name(parse: Parse, each: Attribution, cue: set[str]) -> bool:
    """Whether words in quotation marks are what something is called, or a campaign's line ("the motto is", "the club’s motto was")."""
    named = each.source is not None and parse.lower[each.source.head] in _NAMES and cue <= {"is", "are", "was", "were"}
    return named or not _NAMES.isdisjoint(cue)


def _is_title(content: str, cue: set[str]) -> bool:
    """Whether words in quotation marks are set like a title: a capital each, and no mark at their end ("sang “Rise Again”")."""
    words = content.strip("“”\"'‘’«» ").split()
    if len(words) < 2 or words[-1][-1] in ".,!?;:…" or not cue.isdisjoint(_ORAL_VERBS):
        return False
    return all(word[0].isupper() or word in _SMALL for word in words)


def _is_unanswered(parse: Parse, each: Attribution, verb: int) -> bool:
    """Whether the sentence behind a quotation says how somebody took it: without a word ("said nothing"), or by a deed ("nodded")."""
    end = each.contents[0].end
    if parse.tag[verb] not in VERB_TAGS or not parse.words[verb].isalpha() or parse.start[verb] < end or parse.text[end - 1].isalnum():
        return False
    if says_nothing(parse, verb, parse.token_at(end)):
        return True
    if parse.lower[verb] in lexicons.verbs() or phrasal_cue(parse, verb) is not None or len(each.contents) > 1:
        return False
    return parse.text[end - 2] == "." or (parse.text[end - 2] == "?" and parse.text[end : end + 9].lstrip()[:1].isupper())
