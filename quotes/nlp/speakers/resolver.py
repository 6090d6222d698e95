"""The resolver as a spaCy component: attributions become quotes, each with its speaker, title and institution, on `doc._.quotes`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.coreference.mentions import discourse_of
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import find_quotations, paragraphs_of
from quotes.nlp.model.affiliation_inference import Part
from quotes.nlp.parsing.parse import Parse, parse_of, tokens_of
from quotes.nlp.rules.detect import SILENT_ZONES
from quotes.nlp.rules.labels import ANSWER, INITIALS
from quotes.nlp.speakers.article_affiliations import Affiliation as ArticleAffiliation
from quotes.nlp.speakers.described_speakers import Resolved
from quotes.nlp.speakers.learned_affiliations import is_place, reading
from quotes.nlp.speakers.name_lines import beside_name_lines
from quotes.nlp.speakers.outlet_names import calls_outlet, introduced_as_outlet, is_outlet
from quotes.nlp.speakers.plausibility import Field, why_implausible
from quotes.nlp.speakers.resolution import resolve
from quotes.nlp.speakers.speaker_confidence import PARTS, Evidence, institution_evidence, name_evidence, part_confidence, title_evidence
from quotes.nlp.speakers.speaker_roles import role_in_article
from quotes.records import Affiliation, Span, Speaker, SpeakerConfidence, as_value, main_affiliations, quoted


@Language.component("quotes_resolver", assigns=["doc._.quotes"], requires=["doc._.attributions", "doc.ents", "token.dep"])
def resolver(doc: Doc) -> Doc:
    """Name the speaker of every attribution."""
    if not doc._.attributions:
        doc._.quotes = ()
        return doc
    parse = parse_of(doc)
    values = list(doc._.attributions)
    attributions = [Attribution.from_plain(each, frozenset(tokens_of(parse, each["source"]))) for each in values]
    marks = find_quotations(parse.text, paragraphs_of(parse.text))
    bylines = [(start, end) for kind, start, end in doc._.zones if kind in SILENT_ZONES]
    attributions, on_name_line = beside_name_lines(parse, attributions, bylines)
    heads = [each.source.head for each in attributions if each.source is not None and each.evidence not in {ANSWER, INITIALS}]
    quoted = [span.start for each in attributions for span in each.contents]
    discourse = discourse_of(parse, marks, heads, bylines, quoted)
    for part in doc._.parts:
        discourse.parts.setdefault(part[0], []).append(Part(*part))
    speakers = [_plausible(parse, speaker) for speaker in resolve(discourse, attributions, on_name_line)]
    values = [
        {**value, "source": tuple(each.source.spans)}
        if each.start in on_name_line and each.source
        else {**value, "source": ()}  # "A:" calls nobody
        if each.evidence == ANSWER
        else value
        for each, value in zip(attributions, values, strict=True)
    ]
    evidence = [
        (None, None, None) if speaker is None else _evidence(discourse, speaker, value["source"])
        for value, speaker in zip(values, speakers, strict=True)
    ]
    doc._.evidence = tuple(evidence)
    doc._.quotes = tuple(
        _plain(parse.text, doc._.zones, each, value, speaker, how)
        for each, value, speaker, how in zip(attributions, values, speakers, evidence, strict=True)
    )
    return doc


def _plausible(parse: Parse, speaker: Resolved | None) -> Resolved | None:
    """A speaker without the title and institution that cannot be one; None where the name cannot."""
    if speaker is None:
        return None

    def fitting(span: Span | None, field: Field) -> Span | None:
        return span if span is None or why_implausible(parse, span, field) is None else None

    field: Field = speaker.kind if speaker.kind in ("person", "organisation") else "description"
    if fitting(speaker.name, field) is None:
        return None
    kept = (
        each._replace(title=fitting(each.title, "title"), institution=fitting(each.institution, "institution"))
        for each in speaker.affiliations
    )
    return replace(speaker, affiliations=tuple(each for each in kept if each.title or each.institution))


def _plain(
    text: str, zones: Sequence[Any], each: Attribution, value: dict[str, Any], speaker: Resolved | None, how: Evidence
) -> dict[str, Any]:
    return {
        "kind": value["kind"],
        "act": each.act,
        "text": quoted(text, each.contents),
        "spans": value["contents"],
        "cue": _passage(text, value["cue"]),
        "mention": _passage(text, value["source"]),
        "speaker": None if speaker is None else _speaker(text, speaker, value["source"], how).as_json(),
        "confidence": value["confidence"],
        "zone": next((kind for kind, start, end in zones if start <= each.start < end), "body"),
        "topics": (),
    }


def _passage(text: str, spans: Sequence[tuple[int, int]]) -> dict[str, Any] | None:
    return {"text": quoted(text, spans, " "), "spans": tuple(spans)} if spans else None


def _speaker(text: str, speaker: Resolved, mention: Sequence[Sequence[int]], how: Evidence) -> Speaker:
    affiliations = tuple(_affiliation(text, each) for each in speaker.affiliations)
    # Who has no name is called by a description, which says more than the "she" beside a later quote.
    spans = [Span(*each) for each in mention] if speaker.kind == "person" else [speaker.name]
    role, evidence = role_in_article(text, affiliations, speaker.kind, quoted(text, spans, " "), spans)
    outlet = speaker.kind == "organisation" and _is_outlet(text, speaker.name, mention)
    if outlet and role != "journalist":  # by the words beside the name, not by the name that was read
        role, evidence = "journalist", None
    return Speaker(
        as_value(text[speaker.name.start : speaker.name.end]),
        speaker.kind,
        affiliations,
        role,
        evidence,
        outlet,
        SpeakerConfidence(*map(part_confidence, PARTS, how)),
    )


def _affiliation(text: str, each: ArticleAffiliation) -> Affiliation:
    title, institution = (None if span is None else as_value(text[span.start : span.end]) for span in each[:2])
    return Affiliation(title, institution, each.title, each.institution, past=each.past)


def _is_outlet(text: str, name: Span, mention: Sequence[Sequence[int]]) -> bool:
    return (
        is_outlet(text[name.start : name.end])
        or any(calls_outlet(text[start:end]) for start, end in mention)
        or introduced_as_outlet(text, *name)
    )


def _evidence(discourse: Discourse, speaker: Resolved, mention: Sequence[Sequence[int]]) -> Evidence:
    """How the name, the title and the institution of a speaker were read; None for what is not given."""
    parse, spans = discourse.parse, [Span(*each) for each in mention]
    name = as_value(parse.text[speaker.name.start : speaker.name.end])
    named = name_evidence(name, speaker.kind, quoted(parse.text, spans, " ") if spans else None)
    main = main_affiliations(speaker.affiliations)
    title, institution = next((a.title for a in main if a.title), None), next((a.institution for a in main if a.institution), None)
    return (
        named,
        None if title is None else title_evidence(title, spans, named),
        None if institution is None else institution_evidence(reading(discourse, institution), place=is_place(parse, institution)),
    )
