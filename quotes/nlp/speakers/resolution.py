"""The speaker behind a source: name, kind, titles and institutions, from the mention as printed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from quotes import lexicons
from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.coreference.pronouns import FEMALE, MALE, organisation_of_pronoun, person_of_pronoun, plural_of_pronoun
from quotes.nlp.coreference.source_names import named_beside_description, named_in_source
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.sources import Source, antecedent_of, noun_phrase
from quotes.nlp.names.entity import Entity
from quotes.nlp.names.name_parts import after_honorifics
from quotes.nlp.parsing.parse import Parse, trim
from quotes.nlp.rules.labels import ANSWER, INITIALS, QUESTION
from quotes.nlp.speakers.article_affiliations import ranked
from quotes.nlp.speakers.described_speakers import Resolved, described_speaker, speaker_of
from quotes.nlp.speakers.interviewees import interviewee, speaker_by_initials
from quotes.nlp.titles.roles import roles_in
from quotes.records import Span

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "myself"})
#: What a person writes or gives out alone.
_PERSONAL = frozenset({"statement", "letter", "memo", "tweet", "post", "email", "message"})


def resolve(
    discourse: Discourse, attributions: Sequence[Attribution], on_name_line: Collection[int] = frozenset()
) -> list[Resolved | None]:
    """The speaker of each attribution, in their order; None where the article does not tell. `on_name_line` are the starts of those
    whose source is a name line, and so a person."""
    found: list[Resolved | None] = []
    by_start: dict[int, Resolved | None] = {}
    turns = [each for each in attributions if each.evidence in {QUESTION, ANSWER}]
    answering = interviewee(discourse, turns) if turns else None
    for each in attributions:
        source, speaker = each.source, None
        if source is not None and each.evidence == ANSWER:
            speaker = answering
        elif source is not None and each.evidence == INITIALS:
            speaker = speaker_by_initials(discourse, discourse.parse.text[slice(*source.spans[0])])
        elif source is not None and each.start in on_name_line:
            speaker = _of_name_line(discourse, source)
        elif source is not None:
            speaker = _author_before(discourse.parse, source, found[-4:]) or _resolve_source(discourse, source)
            if speaker is None and pronoun_form(discourse.parse, source.head) in _FIRST_PERSON:
                speaker = _enclosing_speaker(attributions[: len(found)], found, source.spans[0].start)
            if each.evidence == "label:transcript" and (speaker is None or speaker.kind != "person"):
                speaker = Resolved(Span(source.spans[0].start, source.spans[-1].end), "person")
        elif each.floating:
            speaker = _subject_before(discourse, each) or by_start.get(-1 if each.follows is None else each.follows)
        found.append(speaker)
        if each.act == "speech" or each.start not in by_start:
            by_start[each.start] = speaker
    for index, each in enumerate(attributions):  # a floating quote may share the speaker of a cue that comes after it in the same run
        if each.floating and found[index] is None and each.follows is not None:
            found[index] = by_start.get(each.follows)
    return found


def _of_name_line(discourse: Discourse, source: Source) -> Resolved:
    """The person of a name line, whatever the entity recogniser took the name for."""
    parse, entity = discourse.parse, discourse.entity_at(source.head)
    if entity is not None and entity.kind == "person":
        return speaker_of(discourse, entity)
    last = max(source.tokens)
    first = next((token for token in range(source.head + 1, last) if parse.words[token].isalpha()), last)
    roles = ranked(discourse, roles_in(parse, first, last)) if source.head < first else ()
    return Resolved(parse.span(after_honorifics(parse, min(source.tokens)), source.head), "person", roles)


def _author_before(parse: Parse, source: Source, found: Sequence[Resolved | None]) -> Resolved | None:
    """Whose words "the statement" or "the report" brings: the last named of those who just spoke, a report's only an organisation's."""
    noun = parse.lower[source.head]
    again = [parse.lower[token] for token in sorted(source.tokens)][:-1] in (["the"], ["that"])
    if not again or noun not in lexicons.words("documents.txt"):
        return None
    named = next((one for one in reversed(found) if one is not None and one.kind in {"person", "organisation"}), None)
    return named if named is not None and (named.kind == "organisation" or noun in _PERSONAL) else None


def _enclosing_speaker(attributions: Sequence[Attribution], found: Sequence[Resolved | None], at: int) -> Resolved | None:
    """The speaker of the last quote in whose content a first person stands, at a character of the text."""
    return next((speaker for each, speaker in reversed(list(zip(attributions, found, strict=True))) if each.covers(at)), None)


def _subject_before(discourse: Discourse, each: Attribution) -> Resolved | None:
    """The person that the sentence right before a floating quote is about, when nothing is reported in it ("Coach Wilk refused to blame the
    referee. “We had ninety minutes.”")."""
    parse = discourse.parse
    token = next((token for token in range(parse.token_at(each.start) - 1, 0, -1) if parse.words[token].isalnum()), None)
    if token is None or discourse.quoted_at(token):
        return None
    subject = next((at for at in range(*parse.bounds[parse.sentence[token]]) if parse.dep[at] in {"nsubj", "nsubjpass"}), -1)
    entity = discourse.entity_at(subject)
    return speaker_of(discourse, entity) if entity is not None and entity.kind == "person" else None


def pronoun_form(parse: Parse, token: int) -> str:
    """A word in lower case, acronyms as they are: "WHO" and "US" are no pronouns."""
    word = parse.words[token]
    return word if len(word) > 1 and word.isupper() and parse.tag[token] == "NNP" else parse.lower[token]


def _resolve_source(discourse: Discourse, source: Source) -> Resolved | None:
    parse = discourse.parse
    head = after_honorifics(parse, source.head)
    head = head if discourse.entity_at(head) is not None else source.head
    word = pronoun_form(parse, head)
    if word in MALE | FEMALE:
        entity = person_of_pronoun(discourse, head)
        return speaker_of(discourse, entity) if entity else None
    relative = max(source.tokens, default=head)
    antecedent = antecedent_of(parse, relative) if parse.lower[relative] in {"who", "which", "that"} else None
    if antecedent is not None and antecedent not in source.tokens:  # of "B, who" that may be "X, a lawyer at B"
        phrase = noun_phrase(parse, antecedent, without=set(parse.subtree(parse.head[relative])))
        return _resolve_source(discourse, phrase) if phrase is not None else None
    if word in {"who", "which", "that"}:
        return None
    if word in _FIRST_PERSON or word in {"you", "this", "it"}:
        organisation = organisation_of_pronoun(discourse, head) if word == "it" else None
        return speaker_of(discourse, organisation) if organisation else None
    if word == "they":
        return _of_plural(discourse, head)
    named = named_in_source(discourse, source)
    if named is not None:
        return speaker_of(discourse, named)
    joint = _joint_speakers(discourse, source)
    if joint is not None:
        return joint
    entity = discourse.entity_at(head)
    if entity is not None and (entity.kind == "person" or parse.tag[head] in {"NNP", "NNPS"} or parse.entity[head]):
        return speaker_of(discourse, entity)
    beside = named_beside_description(discourse, source)
    if beside is not None:
        return speaker_of(discourse, beside)
    return described_speaker(discourse, source)


def _joint_speakers(discourse: Discourse, source: Source) -> Resolved | None:
    """Two people or more who speak together: the phrase that names them, as one group."""
    parse = discourse.parse
    listed = _listed_names(discourse, source)
    if listed is not None:
        return Resolved(listed, "group")
    conjuncts = [child for child in parse.children[source.head] if parse.dep[child] == "conj" and child in source.tokens]
    if not conjuncts or not any(parse.lower[child] == "and" for child in parse.children[source.head]):
        return None
    people = [token for token in (source.head, *conjuncts) if parse.tag[token] in {"NNP", "NNPS"}]
    if len(people) < 2:
        return None
    first = parse.left[source.head]
    span = trim(parse.text, parse.start[first], parse.end[max(people)])
    return None if span is None else Resolved(span, "group")


def _listed_names(discourse: Discourse, source: Source) -> Span | None:
    """Names with nothing but commas and "and" between them from the source's beginning on, whatever the parser made of them."""
    parse = discourse.parse
    names = [discourse.names[token] for token in sorted(source.tokens) if token in discourse.names]
    if len(names) < 2 or parse.start[names[0].first] != source.spans[0].start:
        return None
    between = [{parse.lower[token] for token in range(one.last + 1, other.first)} for one, other in pairwise(names)]
    listed = all(words and words <= {"and", ","} for words in between) and "and" in between[-1]
    return parse.span(names[0].first, names[-1].last) if listed else None


def _of_plural(discourse: Discourse, head: int) -> Resolved | None:
    meant = plural_of_pronoun(discourse, head)
    if meant is None:
        return None
    if isinstance(meant, Entity):
        return speaker_of(discourse, meant)
    parse = discourse.parse
    phrase = Source((parse.span(parse.left[meant], parse.right[meant]),), meant, frozenset(parse.subtree(meant)))
    joint = _joint_speakers(discourse, phrase)
    return joint or described_speaker(discourse, phrase)
