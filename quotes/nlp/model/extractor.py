"""The extractor as a spaCy component: what rules and a trained model find together, as plain values on `doc._.attributions`."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from quotes.nlp.detection.quotation_marks import kind_of, paragraphs_of, quotations
from quotes.nlp.model.features import Found, found_in
from quotes.nlp.model.inference import Floats, Model
from quotes.nlp.model.merging import joined
from quotes.nlp.model.role_decoding import entity_spans
from quotes.nlp.parsing.extensions import register
from quotes.nlp.parsing.parse import parse_of
from quotes.nlp.rules.detect import detect, floats_tied
from quotes.nlp.rules.detector import fitted, plain
from quotes.nlp.rules.labels import beside_turns, is_turn, sure_of_turn

register()


class Extractor:
    """Reads each Doc with a model. `alone` leaves out the rules; `entities` has the model name the entities too, in place of spaCy's
    recogniser."""

    def __init__(self, model: Model, *, alone: bool = False, entities: bool = False) -> None:
        self.model, self.alone, self.entities = model, alone, entities

    def __call__(self, doc: Doc) -> Doc:
        """Find the attributions of a parsed Doc."""
        parse = parse_of(doc)
        paragraphs = paragraphs_of(parse.text)
        marks = quotations(parse.text, paragraphs)
        zones = [*doc._.zones]
        rules = [] if self.alone else detect(parse)
        found = found_in(parse, rules) if not self.alone else Found((), ())
        readings, labels, pages = self.model.read(parse, found, marks, paragraphs, zones)
        if self.entities:
            _name_entities(doc, labels, self.model.settings["entities"])
        settings = self.model.settings
        turns = [each for each in rules if is_turn(each)]
        spoken = [each for each in rules if not is_turn(each)]
        both = joined(parse, spoken, readings, marks, paragraphs, settings["confidence"], settings["floor"])
        if not self.alone:  # a label is a surer edge than a reading
            both = [pair for pair in both if beside_turns(parse, pair[0], turns)] + [(each, sure_of_turn(each)) for each in turns]
            both.sort(key=lambda pair: (pair[0].start, -pair[0].contents[-1].end))
        tied = floats_tied([each for each, _ in both])
        doc._.attributions = tuple(
            {**plain(each), "kind": kind_of(parse.text, each.contents, marks, each.cue), "confidence": round(sure, 3)}
            for attribution, (_, sure) in zip(tied, both, strict=True)
            for each in [fitted(attribution, parse, zones)]
            if each is not None
        )
        heads = [each.source.head for each in tied if each.source is not None]
        doc._.parts = tuple(self.model.parts(parse, pages, {*heads, *_persons(doc)}, paragraphs))
        return doc


def _persons(doc: Doc) -> set[int]:
    """The last token of each name of a person."""
    named = [[token.i for token in each if token.lower_ not in {"'s", "’s"}] for each in doc.ents if each.label_ == "PERSON"]
    return {tokens[-1] for tokens in named if tokens}


def _name_entities(doc: Doc, labels: Floats, kinds: list[str]) -> None:
    spans = [Span(doc, first, stop, label=kinds[kind]) for first, stop, kind in entity_spans(labels)]
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
