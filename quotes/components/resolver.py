"""The resolver as a spaCy component: attributions become quotes, each with its speaker, title and institution, on `doc._.quotes`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from quotes.components.attribution import Attribution
from quotes.components.coreference import discourse_of
from quotes.components.descriptions import Resolved
from quotes.components.detector import SILENT, attribution_of
from quotes.components.extensions import register
from quotes.components.marks import paragraphs_of, quotations
from quotes.components.parse import Parse, parse_of
from quotes.components.speakers import resolve
from quotes.records import quoted

register()


@Language.component("quotes_resolver", assigns=["doc._.quotes"], requires=["doc._.attributions", "doc.ents", "token.dep"])
def resolver(doc: Doc) -> Doc:
    """Name the speaker of every attribution."""
    if not doc._.attributions:
        doc._.quotes = ()
        return doc
    parse = parse_of(doc)
    values = list(doc._.attributions)
    attributions = [attribution_of(each, _tokens(parse, each["source"])) for each in values]
    heads = [each.source.head for each in attributions if each.source is not None]
    marks = quotations(parse.text, paragraphs_of(parse.text))
    silent = [(start, end) for kind, start, end in doc._.zones if kind in SILENT]
    speakers = resolve(discourse_of(parse, marks, heads, silent), attributions)
    doc._.quotes = tuple(
        _plain(parse.text, doc._.zones, each, value, speaker) for each, value, speaker in zip(attributions, values, speakers, strict=True)
    )
    return doc


def _tokens(parse: Parse, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    return frozenset(token for start, end in spans for token in range(parse.token_at(start), parse.token_at(end - 1) + 1))


def _plain(text: str, zones: Sequence[Any], each: Attribution, value: dict[str, Any], speaker: Resolved | None) -> dict[str, Any]:
    return {
        "kind": value["kind"],
        "act": each.act,
        "text": quoted(text, each.contents),
        "spans": value["contents"],
        "cue": _passage(text, value["cue"]),
        "mention": _passage(text, value["source"]),
        "speaker": _speaker(text, speaker),
        "confidence": value["confidence"],
        "zone": next((kind for kind, start, end in zones if start <= each.start < end), "body"),
    }


def _passage(text: str, spans: Sequence[tuple[int, int]]) -> dict[str, Any] | None:
    return {"text": quoted(text, spans, " "), "spans": tuple(spans)} if spans else None


def _speaker(text: str, speaker: Resolved | None) -> dict[str, Any] | None:
    if speaker is None:
        return None
    affiliations = tuple(
        {
            "title": text[title.start : title.end] if title else None,
            "institution": text[institution.start : institution.end] if institution else None,
            "title_span": tuple(title) if title else None,
            "institution_span": tuple(institution) if institution else None,
        }
        for title, institution in speaker.affiliations
    )
    return {
        "name": " ".join(text[speaker.name.start : speaker.name.end].split()),
        "kind": speaker.kind,
        "title": next((each["title"] for each in affiliations if each["title"]), None),
        "institution": next((each["institution"] for each in affiliations if each["institution"]), None),
        "affiliations": affiliations,
    }
