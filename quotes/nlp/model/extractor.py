"""The extractor as a spaCy component: the attributions that rules and model find together, on `doc._.attributions`."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from quotes.nlp.detection.quotation_marks import find_quotations, paragraphs_of, quote_kind
from quotes.nlp.model.affiliation_inference import Floats
from quotes.nlp.model.features import rule_roles
from quotes.nlp.model.inference import Model
from quotes.nlp.model.merging import merge
from quotes.nlp.model.role_decoding import entity_spans
from quotes.nlp.parsing.parse import parse_of
from quotes.nlp.rules.detect import detect, fit_to_layout, link_floating
from quotes.nlp.rules.labels import fits_beside_turns, is_turn, turn_confidence


class Extractor:
    """Finds the attributions of a Doc with a model. `alone` leaves out the rules; `entities` has the model name the entities too, in place
    of spaCy's recogniser."""

    def __init__(self, model: Model, *, alone: bool = False, entities: bool = False) -> None:
        self.model, self.alone, self.entities = model, alone, entities

    def __call__(self, doc: Doc) -> Doc:
        """Find the attributions of a parsed Doc, and the titles and institutions around its names."""
        parse, settings, zones = parse_of(doc), self.model.settings, list(doc._.zones)
        paragraphs = paragraphs_of(parse.text)
        marks = find_quotations(parse.text, paragraphs)
        rules = [] if self.alone else detect(parse)
        predictions, labels, windows = self.model.predict(parse, rule_roles(parse, rules), marks, paragraphs, zones)
        if self.entities:
            _set_entities(doc, labels, settings["entities"])
        turns = [each for each in rules if is_turn(each)]
        others = [each for each in rules if not is_turn(each)]
        merged = merge(parse, others, predictions, marks, paragraphs, settings["confidence"], settings["floor"])
        if not self.alone:  # a label is a surer edge than a prediction
            merged = [pair for pair in merged if fits_beside_turns(parse, pair[0], turns)] + [
                (each, turn_confidence(each)) for each in turns
            ]
            merged.sort(key=lambda pair: pair[0].order)
        linked = link_floating([each for each, _ in merged])
        doc._.attributions = tuple(
            each.as_plain() | {"kind": quote_kind(parse.text, each.contents, marks, each.cue), "confidence": round(confidence, 3)}
            for attribution, (_, confidence) in zip(linked, merged, strict=True)
            for each in [fit_to_layout(attribution, parse, zones)]
            if each is not None
        )
        heads = {each.source.head for each in linked if each.source is not None}
        doc._.parts = tuple(self.model.parts(parse, windows, heads | _last_tokens_of_persons(doc), paragraphs))
        return doc


def _last_tokens_of_persons(doc: Doc) -> set[int]:
    named = [[token.i for token in each if token.lower_ not in {"'s", "’s"}] for each in doc.ents if each.label_ == "PERSON"]
    return {tokens[-1] for tokens in named if tokens}


def _set_entities(doc: Doc, scores: Floats, kinds: list[str]) -> None:
    spans = [Span(doc, first, stop, label=kinds[kind]) for first, stop, kind in entity_spans(scores)]
    doc.set_ents([span for span in spans if span.text.strip()])


@Language.factory(
    "quotes_extractor",
    assigns=["doc._.attributions", "doc.ents"],
    requires=["token.tag", "token.dep", "token.head", "doc.sents", "doc._.zones"],
    default_config={"folder": "", "alone": False, "entities": False},
)
def extractor(nlp: Language, name: str, folder: str, alone: bool, entities: bool) -> Extractor:  # noqa: ARG001 (a factory gets them)
    """The component, with the model of a folder."""
    return Extractor(Model(Path(folder)), alone=alone, entities=entities)
