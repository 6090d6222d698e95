"""The act of what a model found: speech, thought, intent or other."""

from __future__ import annotations

from quotes import lexicons
from quotes.components.attribution import Attribution
from quotes.components.cues import unreal
from quotes.components.features import tokens_of
from quotes.components.parse import NOUN_TAGS, VERB_TAGS, Parse
from quotes.records import Act

#: Verbs that say that something was not uttered.
UNUTTERED = frozenset(form for lemma in ("decline", "refuse") for form in lexicons.inflect(lemma))
#: Verbs by which a feeling is uttered, with it as their object: "expressed outrage".
UTTERING = frozenset(form for lemma in ("express", "voice", "vent", "convey", "reiterate") for form in lexicons.inflect(lemma))
#: Verbs whose object is a source, where that is people.
CITING = lexicons.inflect("cite") | lexicons.inflect("quote")


def act_of(parse: Parse, each: Attribution, *, marked: bool = False) -> Act:
    """The act of what the model alone found: by the words of its cue where the lexicons have them, the one that it hangs on first.

    Else, in quotation marks, it is as the model reads it, and without them no speech: verbs that the lexicons do not have report deeds
    ("hired", "forced").

    `other` is also what was not uttered ("declined to say", "if she says"): gold corpora that mark it, as PolNeAR does, mark no act; and
    whom somebody cites, who is a source and nothing said.
    """
    if each.verb is None:
        return each.act
    if parse.lower[each.verb] in UNUTTERED or (parse.tag[each.verb] in VERB_TAGS and unreal(parse, each.verb)):
        return "other"
    if parse.lower[each.verb] in CITING and _names_people(parse, each):
        return "other"
    if parse.lower[each.verb] in UTTERING:
        return "speech"
    for token in (each.verb, *tokens_of(parse, each.cue)):
        for lexicon in (lexicons.verbs(), lexicons.nouns(), lexicons.adjectives()):
            if parse.lower[token] in lexicon:
                return lexicon[parse.lower[token]].act
    return each.act if marked or each.act != "speech" else "other"


def cued_by_speech(parse: Parse, each: Attribution) -> bool:
    """Whether a word of the cue is one of speech, whatever becomes of the speech: "refused to | say", "is calling | for"."""
    words = {parse.lower[token] for token in tokens_of(parse, each.cue)}
    return any(lexicon[word].act == "speech" for lexicon in (lexicons.verbs(), lexicons.nouns()) for word in words & lexicon.keys())


def _names_people(parse: Parse, each: Attribution) -> bool:
    """Whether a content is a phrase about people: "two officials close to the talks"."""
    tokens = tokens_of(parse, each.contents)
    tops = [token for token in tokens if parse.head[token] not in tokens and parse.tag[token] in NOUN_TAGS]
    return any(
        parse.lower[top] in lexicons.words("plural_people.txt") or lexicons.is_role(parse.lower[top].removesuffix("s")) for top in tops
    )
