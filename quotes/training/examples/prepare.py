"""From a gold corpus to windows: each article parsed as it is and in changed forms, read by the rules, and kept in a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from quotes import lexicons
from quotes.corpora.gold import Attribution, GoldArticle
from quotes.corpora.json_corpora import NamedText
from quotes.extract import BATCH
from quotes.nlp.model.features import Integers, anchor_of
from quotes.nlp.parsing.clean_tokenizer import make_doc
from quotes.nlp.parsing.cleaning import clean_text
from quotes.nlp.parsing.parse import Parse, parse_of, tokens_of
from quotes.readers.layout.plain_text import article_from_text
from quotes.records import ACTS, Article, Span, Zone
from quotes.training.examples.augment import Annotated, moved, variant
from quotes.training.examples.name_labels import UNSURE, Entity, agreed, as_annotated, with_gold_names
from quotes.training.examples.part_examples import PartExample, part_examples
from quotes.training.examples.quote_examples import IGNORED, Example, examples_of, rules_of, spans_in_tokens

#: The version of the windows: what another version cached is not used.
FORM = "6"
#: Changed forms of each article.
FORMS = 2
#: One article in so many is set aside; a larger share of a corpus that has few.
SET_ASIDE, SET_ASIDE_OF_FEW = 14, 6
#: A corpus with fewer articles than this has few.
FEW = 300
#: Labels of named entities that the model learns from spaCy's recogniser, so that it can stand in for it.
_ENTITY_NAMES = """PERSON ORG GPE NORP FAC LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL"""
ENTITIES = _ENTITY_NAMES.split()


#: An article's windows: as printed, then in each changed form.
Prepared = list[tuple[Example, ...]]


@dataclass(frozen=True)
class Preparer:
    """Makes windows. `nlp` is `quotes.load(model="rules")`; `edges` are the numbers of the pieces at a window's ends."""

    nlp: Any
    tokenizer: Tokenizer
    edges: tuple[int, int]
    cache: Path

    @cached_property
    def pieces(self) -> str:
        """A digest of the tokenizer, for the names in the cache."""
        return hashlib.sha256(f"{self.edges} {self.tokenizer.to_str()}".encode()).hexdigest()

    def prepared(self, articles: Sequence[GoldArticle], forms: int, report: Callable[[int], None]) -> list[Prepared]:
        """Every article as printed and in so many changed forms. What the cache holds is not made again."""
        found = []
        for gold in articles:
            paths = [self._path(gold, form) for form in range(forms + 1)]
            missing = [form for form, path in enumerate(paths) if not path.is_file()]
            if missing:
                made = self._windows(gold, missing, partial(named_in, gold=gold.attributions))
                for form, examples in zip(missing, made, strict=True):
                    save_examples(paths[form], examples)
            found.append([load_examples(path) for path in paths])
            report(forms + 1)
        return found

    def _path(self, gold: GoldArticle, form: int) -> Path:
        parser = f"{self.nlp.meta['name']} {self.nlp.meta['version']} {self.pieces}"
        seen = hashlib.sha256(
            f"{FORM}\n{gold.name}\n{gold.attributions}\n{gold.article.text}\n{form}\n{parser}".encode("utf-8", "surrogatepass")
        )
        return self.cache / f"{seen.hexdigest()[:24]}.npz"

    def named(self, texts: Sequence[NamedText], second: Any, report: Callable[[int], None]) -> list[Prepared]:
        """The windows of texts in which only the names are annotated, as printed and in changed forms; the labels of quotes are IGNORED.

        `second` is a spaCy pipeline whose recogniser must agree where nobody annotated the names, or None.
        """
        found = []
        for each in map(named_as_read, texts):
            made = self._windows(GoldArticle(each.name, each.article, ()), range(FORMS + 1), partial(_names, text=each, second=second))
            found.append([tuple(replace(one, flat=np.full_like(one.flat, IGNORED)) for one in examples) for examples in made])
            report(1)
        return found

    def _windows(
        self, gold: GoldArticle, forms: Sequence[int], entities_of: Callable[[Any], tuple[Entity, ...]]
    ) -> Iterator[tuple[Example, ...]]:
        """The windows of an article in each of the forms, of which 0 is the article as printed."""
        (printed,) = parsed(self.nlp, [gold.article])
        text, attributions, entities = gold.article.text, gold.attributions, entities_of(printed)
        changed = [_cleaned(*variant(text, attributions, entities, f"{form}{gold.name}")) for form in forms if form]
        annotated = [*([(text, attributions, entities)] if 0 in forms else []), *changed]
        docs = [*([printed] if 0 in forms else []), *parsed(self.nlp, [article_from_text(text) for text, _, _ in changed])]
        for doc, (_, attributions, names) in zip(docs, annotated, strict=True):
            parse = parse_of(doc)
            acts = [act_of(parse, each) for each in attributions]
            labels, rules = entity_labels(parse, names), rules_of(nameless(parse))
            yield tuple(examples_of(parse, attributions, acts, rules, labels, doc._.zones, self.tokenizer, edges=self.edges))

    def part_windows(self, articles: Sequence[GoldArticle], report: Callable[[int], None]) -> list[PartExample]:
        """The windows of articles in which speakers are mentioned, as a reader of titles and institutions learns from them."""
        found: list[PartExample] = []
        for gold, doc in zip(articles, parsed(self.nlp, [gold.article for gold in articles]), strict=True):
            mentions = [(each.speaker, span) for each in gold.attributions if each.speaker for span in each.source[:1]]
            speakers = list(dict.fromkeys(each.speaker for each in gold.attributions if each.speaker))
            parse = parse_of(doc)
            found += part_examples(parse, rules_of(nameless(parse)), speakers, mentions, doc._.zones, self.tokenizer, edges=self.edges)
            report(1)
        return found


def parsed(nlp: Any, articles: Iterable[Article]) -> Iterator[Any]:
    """The Docs of articles, parsed, without quotes."""
    docs = [make_doc(nlp, article.text, article.zones) for article in articles]
    ours = [name for name in nlp.pipe_names if name.startswith("quotes_") and name != "quotes_layout"]
    with nlp.select_pipes(disable=ours):
        yield from nlp.pipe(docs, batch_size=BATCH)


def is_set_aside(gold: GoldArticle, articles: int) -> bool:
    """Whether an article is of the validation set, for early stopping and for the confidence: the same ones each time.

    Of a corpus of few `articles` a larger share, or its kind of news would hardly count in the confidence.
    """
    digest = hashlib.sha256(gold.article.text.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:4]) % (SET_ASIDE if articles >= FEW else SET_ASIDE_OF_FEW) == 0


def as_read(gold: GoldArticle) -> GoldArticle:
    """A gold article as the pipeline reads it: the clean copy of its text, with zones and annotation in their places there."""
    copy = clean_text(gold.article.text)
    if not copy.alignment:
        return gold
    zones = tuple(Zone(zone.kind, *copy.to_clean(zone.start, zone.end)) for zone in gold.article.zones)
    article, (_, attributions, _) = replace(gold.article, text=copy.text, zones=zones), _cleaned(gold.article.text, gold.attributions)
    return replace(gold, article=article, attributions=attributions)


def named_as_read(named: NamedText) -> NamedText:
    """A text with names as the pipeline reads it: the clean copy, with the names in their places there."""
    text, _, entities = _cleaned(named.article.text, (), named.entities or ())
    return replace(named, article=article_from_text(text), entities=None if named.entities is None else entities)


def _cleaned(text: str, gold: Sequence[Attribution], entities: Sequence[Entity] = ()) -> Annotated:
    """The clean copy of an annotated text."""
    copy = clean_text(text)
    attributions = moved(gold, lambda span: copy.to_clean(*span), copy.text)
    return copy.text, attributions, tuple((copy.to_clean(*span), label) for span, label in entities)


def nameless(parse: Parse) -> Parse:
    """A parse without entities: what the rules see when the model names the entities."""
    return replace(parse, entity=[""] * len(parse), begins=[False] * len(parse))


def act_of(parse: Parse, gold: Attribution) -> int:
    """The number of an attribution's act: as annotated, else by the word that its cue hangs on where the lexicons have it, else IGNORED."""
    if gold.act is not None:
        return ACTS.index(gold.act)
    cue = sorted({token for span in spans_in_tokens(parse, gold.cue) for token in span})
    word = parse.lower[anchor_of(parse, cue)] if cue else ""
    if word == "according":
        return ACTS.index("speech")
    found = (lexicon[word] for lexicon in (lexicons.verbs(), lexicons.nouns(), lexicons.adjectives()) if word in lexicon)
    return next((ACTS.index(each.act) for each in found), IGNORED)


def named_in(doc: Any, gold: Sequence[Attribution]) -> tuple[Entity, ...]:
    """The named entities that the recogniser found, those that the annotation names as it names them."""
    return with_gold_names(doc.text, _entities(doc), [each.speaker for each in gold if each.speaker is not None])


def _names(doc: Any, text: NamedText, second: Any) -> tuple[Entity, ...]:
    found = _entities(doc)
    if text.entities is not None:
        return as_annotated(found, text.entities)
    return agreed(found, _entities(second(doc.text))) if second is not None else found


def _entities(doc: Any) -> tuple[Entity, ...]:
    return tuple((Span(each.start_char, each.end_char), each.label_) for each in doc.ents)


def entity_labels(parse: Parse, entities: Sequence[Entity]) -> Integers:
    """The label of each token as a number: 0 outside, odd where an entity begins, even inside, IGNORED where it is UNSURE; labels that
    are not in ENTITIES count as outside."""
    column = np.zeros(len(parse), dtype=np.int64)
    for span, label in entities:
        if label == UNSURE:
            column[tokens_of(parse, [span])] = IGNORED
        tokens = tokens_of(parse, [span]) if label in ENTITIES else []
        column[tokens] = 2 + 2 * ENTITIES.index(label) if tokens else 0
        column[tokens[:1]] -= 1
    return column


def save_examples(path: Path, examples: Sequence[Example]) -> None:
    """Write windows as plain arrays, to a file that is then moved in place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new.npz")
    np.savez(
        beside,
        **{f"{number}.{each.name}": getattr(example, each.name) for number, example in enumerate(examples) for each in fields(Example)},
    )
    beside.replace(path)


def load_examples(path: Path) -> tuple[Example, ...]:
    """Read what `save_examples` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        count = len({name.partition(".")[0] for name in arrays.files})
        return tuple(Example(**{each.name: arrays[f"{number}.{each.name}"] for each in fields(Example)}) for number in range(count))
