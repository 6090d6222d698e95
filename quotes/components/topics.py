"""Topics as a spaCy component: what an article is about, on `doc._.topics`, and what each of its quotes speaks about, in `doc._.quotes`.

A topic is a phrase by which one would look for people who know about it. What an article comes back to, and early, comes first: the
topics are ranked as PositionRank (Florescu and Caragea 2017) ranks words, over the network of topics printed near each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from quotes import lexicons
from quotes.components.extensions import register
from quotes.components.parse import Parse, parse_of
from quotes.components.phrases import Phrase, phrases_of

register()

#: Zones in which no topic is looked for.
SILENT = frozenset({"byline", "dateline", "timestamp", "section", "boilerplate"})
#: The most topics of an article, and of a quote.
OF_ARTICLE = 8
OF_QUOTE = 6
#: How many topics stand near each other: the window of PositionRank.
WINDOW = 10


@Language.component("quotes_topics", assigns=["doc._.topics", "doc._.quotes"], requires=["doc._.quotes", "doc.ents", "token.tag"])
def topics(doc: Doc) -> Doc:
    """Name the topics of an article and of its quotes."""
    parse = parse_of(doc)
    quotes = doc._.quotes
    found = Topics.of(doc, parse, [(start, end) for kind, start, end in doc._.zones if kind in SILENT])
    doc._.topics = found.foremost(_sources(parse, quotes))
    doc._.quotes = tuple({**quote, "topics": found.of_quote(quote)} for quote in quotes)
    return doc


def _sources(parse: Parse, quotes: Sequence[Mapping[str, Any]]) -> frozenset[int]:
    """The tokens that merely say who speaks."""
    spans = [span for quote in quotes if quote["mention"] for span in quote["mention"]["spans"]]
    return frozenset(token for span in spans for token in _tokens(parse, span))


def _tokens(parse: Parse, span: Sequence[int]) -> range:
    return range(parse.token_at(span[0]), min(parse.token_at(span[1] - 1) + 1, len(parse)))


@dataclass(frozen=True, slots=True)
class Topics:
    """The phrases of an article with how often each is printed, and their rank."""

    parse: Parse
    phrases: Sequence[Phrase]
    count: Mapping[str, int]
    rank: Mapping[str, float]

    @classmethod
    def of(cls, doc: Doc, parse: Parse, silent: Sequence[tuple[int, int]] = ()) -> Topics:
        """Read an article."""
        phrases = _terms(_whole_names(phrases_of(doc, parse, silent)))
        count = Counter(phrase.topic for phrase in phrases)
        return cls(parse, phrases, count, _ranks([phrase.topic for phrase in phrases]))

    def foremost(self, sources: frozenset[int] = frozenset()) -> tuple[str, ...]:
        """The article's topics, the foremost first."""
        told = Counter(phrase.topic for phrase in self.phrases if phrase.last not in sources)
        label = {phrase.topic: phrase.label for phrase in self.phrases}
        weight = {
            topic: self.rank[topic] * _worth(topic, label[topic])
            for topic, count in told.items()
            if count > 1 and not (label[topic] == "" and " " not in topic and count < 3 and topic not in lexicons.words("subjects.txt"))
        }
        chosen: list[str] = []
        for topic in sorted(weight, key=lambda each: (-weight[each], each)):
            if not any(_within(topic, other) or _within(other, topic) for other in chosen):
                chosen.append(topic)
            if len(chosen) == OF_ARTICLE:
                break
        return tuple(chosen)

    def of_quote(self, quote: Mapping[str, Any]) -> tuple[str, ...]:
        """What a quote speaks about, in the order of its words."""
        inside = {token for span in quote["spans"] for token in _tokens(self.parse, span)}
        name = quote["speaker"]["name"] if quote["speaker"] else ""
        chosen: dict[str, None] = {}
        for phrase in self.phrases:
            if phrase.first in inside and phrase.last in inside and self._specific(phrase) and not _same(phrase.topic, name):
                chosen[phrase.topic] = None
        kept = [topic for topic in chosen if not any(_within(topic, other) for other in chosen if other != topic)]
        best = set(sorted(kept, key=lambda each: (-self.rank[each], each))[:OF_QUOTE])
        return tuple(topic for topic in kept if topic in best)

    def _specific(self, phrase: Phrase) -> bool:
        """Whether a phrase tells enough by itself, or is one that the article comes back to."""
        return bool(phrase.label) or len(phrase.words) > 1 or self.count[phrase.topic] > 1 or phrase.topic in lexicons.words("subjects.txt")


def _worth(topic: str, label: str) -> float:
    return 1.0 if label in {"GPE", "NORP"} or (not label and " " not in topic) else 1.5


def _within(topic: str, other: str) -> bool:
    """Whether the words of a topic stand in another."""
    return f" {topic} ".lower() in f" {other} ".lower()


def _same(topic: str, name: str) -> bool:
    return topic == name or _within(topic, name) or (" " in name and topic.split()[-1:] == name.split()[-1:])


def _ranks(topics: Sequence[str]) -> Mapping[str, float]:
    """PositionRank of topics in the order in which they are printed."""
    from textacy.representations.network import build_cooccurrence_network, rank_nodes_by_pagerank

    if len(set(topics)) < 2:
        return dict.fromkeys(topics, 1.0)
    early: defaultdict[str, float] = defaultdict(float)
    for place, topic in enumerate(topics):
        early[topic] += 1 / (place + 1)
    network = build_cooccurrence_network(list(topics), window_size=WINDOW, edge_weighting="count")
    ranks: dict[str, float] = rank_nodes_by_pagerank(network, personalization=dict(early))
    return ranks


def _whole_names(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Phrases with the surnames of people made whole, and longer forms of a person's name made as short as the article has them."""
    whole: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for phrase in phrases:
        if phrase.label == "PERSON" and len(phrase.words) > 1:
            whole[phrase.words[-1].lower()][phrase.words] += 1
    made = []
    for phrase in phrases:
        if phrase.label == "PERSON" and phrase.words[-1].lower() in whole:
            bearers = whole[phrase.words[-1].lower()]
            if len(phrase.words) == 1:
                made.append(replace(phrase, words=max(bearers, key=lambda words: bearers[words])))
                continue
            short = [words for words in bearers if words[0] == phrase.words[0]]
            made.append(replace(phrase, words=min(short, key=len)))
        else:
            made.append(phrase)
    return made


def _terms(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Phrases as terms: long ones that are printed once are cut from the front to what is printed again, or to two words."""
    seen: Counter[str] = Counter()
    for phrase in phrases:
        if not phrase.label:
            seen.update({" ".join(phrase.words[at:]).lower() for at in range(len(phrase.words))})
    form: dict[str, Counter[str]] = defaultdict(Counter)
    kept = []
    general = lexicons.words("general_nouns.txt")
    for phrase in phrases:
        words = phrase.words
        if not phrase.label:
            if phrase.doubtful and (len(words) == 1 or seen[" ".join(words).lower()] < 2):
                words = words[1:]
            while len(words) > 2 and seen[" ".join(words).lower()] < 2:
                words = words[1:]
            if not words or all(word in general for word in words):
                continue
        phrase = replace(phrase, words=words)
        form[phrase.topic.lower()][phrase.topic] += 1
        kept.append(phrase)
    spelt = {low: max(forms, key=lambda each: (forms[each], each)) for low, forms in form.items()}
    return [replace(phrase, words=tuple(spelt[phrase.topic.lower()].split())) for phrase in kept]
