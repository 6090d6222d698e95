"""What looks like a quote and is none: titles and mottos, answers that were not given, words that say nothing by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from quotes import lexicons
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.cues import phrasal_cue, says_nothing
from quotes.nlp.detection.quotation_marks import Quotation, quote_kind
from quotes.nlp.parsing.parse import VERB_TAGS, Parse, tokens_of

#: Words that say nothing alone, outside quotation marks of their own.
_EMPTY = frozenset(["how", "it", "nothing", "so", "something", "that", "this", "what", "when", "where", "which", "who", "why"])
#: Cues that give the name of a thing or the line of a campaign.
_NAMES = frozenset(["anthem", "catchphrase", "motto", "name", "nickname", "slogan", "song", "tagline", "title"])


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
        return _gives_name(parse, each, words)
    empty = all(parse.lower[token] in _EMPTY or not parse.words[token][0].isalnum() for token in tokens_of(parse, each.contents))
    return kind == "indirect" and empty


def _gives_name(parse: Parse, each: Attribution, cue: set[str]) -> bool:
    """Whether words in quotation marks are what something is called, or a campaign's line ("the motto is", "the club’s motto was")."""
    named = each.source is not None and parse.lower[each.source.head] in _NAMES and cue <= {"is", "are", "was", "were"}
    return named or not _NAMES.isdisjoint(cue)


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
