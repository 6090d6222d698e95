"""Topics as a spaCy component: what an article is about, on `doc._.topics`, and what each of its quotes is about, in `doc._.quotes`.

A topic is a phrase by which one would look for people who know about it. The topics of an article are those that it prints more than once,
ranked as PositionRank (Florescu and Caragea 2017) ranks words, over the network of topics printed near each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from quotes.nlp.parsing.parse import Parse, parse_of, tokens_of
from quotes.nlp.topics.topic_names import Phrase, find_names, is_topic, short_name
from quotes.nlp.topics.topic_terms import find_terms, is_general, is_subject

#: Zones in which no topic is looked for.
SILENT = frozenset({"byline", "dateline", "timestamp", "section", "boilerplate"})
#: The most topics of an article, and of a quote.
OF_ARTICLE, OF_QUOTE = 8, 6
#: The most people among the topics of an article, so that names do not hide what they talk about.
PEOPLE = 4
#: An article with fewer topics than this is given phrases that it prints once.
FEW = 3
#: How many topics are near each other: the window of PositionRank.
WINDOW = 3
#: How often an article that is about a single noun prints it.
OFTEN = 4
#: The weight of names and of terms of several words, which are more specific than a place or a single noun.
SPECIFIC_WEIGHT = 1.5


@Language.component("quotes_topics", assigns=["doc._.topics", "doc._.quotes"], requires=["doc._.quotes", "doc.ents", "token.tag"])
def topics(doc: Doc) -> Doc:
    """Set the topics of an article and of its quotes."""
    parse, quotes = parse_of(doc), doc._.quotes
    found = find_topics(doc, parse, quotes)
    doc._.topics = found.of_article(set(tokens_of(parse, [span for quote in quotes for span in _spans(quote, "mention")])))
    doc._.quotes = tuple({**quote, "topics": found.of_quote(quote)} for quote in quotes)
    return doc


def _spans(quote: Mapping[str, Any], *parts: str) -> list[Sequence[int]]:
    return [span for part in parts if quote[part] for span in quote[part]["spans"]]


def find_topics(doc: Doc, parse: Parse, quotes: Sequence[Mapping[str, Any]] = ()) -> Topics:
    """The phrases of an article that may be topics, counted and ranked."""
    people = [quote["speaker"]["name"] for quote in quotes if quote["speaker"] and quote["speaker"]["kind"] == "person"]
    silent = set(tokens_of(parse, [span for kind, *span in doc._.zones if kind in SILENT]))
    headings = {token for first, stop in parse.bounds if is_title_case(parse.words[first:stop]) for token in range(first, stop)} - silent
    mute = [token in silent or token in headings for token in range(len(parse))]
    names = find_names(parse, mute, dict.fromkeys(people))
    terms = find_terms(doc, parse, mute, names)
    within = {token for term in terms if term.words[-1][:1].isupper() for token in range(term.first, term.last + 1)}  # "Vietnam War"
    found = _spelt_alike([*(name for name in names if is_topic(name) and name.last not in within), *terms])
    phrases = sorted([*found, *_repeated(parse, found, sorted(headings))], key=lambda each: (each.first, each.last))
    count = Counter(phrase.topic for phrase in phrases)
    return Topics(parse, phrases, count, _position_rank([phrase.topic for phrase in phrases if _is_main(phrase, count[phrase.topic])]))


def is_title_case(words: Sequence[str]) -> bool:
    """Whether words are set in capitals, or begin with one each as in a headline."""
    letters = [word for word in words if word[:1].isalpha()]
    return len(letters) > 3 and sum(word[0].isupper() for word in letters) > 0.75 * len(letters)


def _spelt_alike(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Phrases that differ in capital letters alone, in the form that the article has most."""
    forms: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for phrase in phrases:
        forms[phrase.topic.lower()][phrase.words] += 1
    best = {topic: max(spelt, key=lambda words: (spelt[words], words)) for topic, spelt in forms.items()}
    return [replace(phrase, words=best[phrase.topic.lower()]) for phrase in phrases]


def _repeated(parse: Parse, phrases: Sequence[Phrase], tokens: Sequence[int]) -> Iterator[Phrase]:
    """Where `tokens`, of a heading, whose capital letters mean nothing, repeat words that are a phrase elsewhere."""
    printed: dict[tuple[str, ...], Phrase] = {}
    for phrase in phrases if tokens else ():
        printed.setdefault(tuple(parse.lower[phrase.first : phrase.last + 1]), phrase)
    longest, past = max(map(len, printed), default=0), -1
    for token in tokens:
        for length in range(longest, 0, -1):
            phrase_there = printed.get(tuple(parse.lower[token : token + length])) if token > past else None
            if phrase_there is not None:
                past = token + length - 1
                yield replace(phrase_there, first=token, last=past)
                break


def _position_rank(topics: Sequence[str]) -> Mapping[str, float]:
    """PositionRank of topics in the order in which they are printed."""
    from textacy.representations.network import build_cooccurrence_network, rank_nodes_by_pagerank

    if len(set(topics)) < 2:
        return dict.fromkeys(topics, 1.0)
    early: defaultdict[str, float] = defaultdict(float)
    for place, topic in enumerate(topics):
        early[topic] += 1 / (place + 1)
    network = build_cooccurrence_network(list(topics), window_size=WINDOW, edge_weighting="count")
    return {topic: round(rank, 9) for topic, rank in rank_nodes_by_pagerank(network, personalization=dict(early)).items()}


@dataclass(frozen=True, slots=True)
class Topics:
    """The phrases of an article in the order of its text, how often each is printed, and the rank of those printed again."""

    parse: Parse
    phrases: Sequence[Phrase]
    count: Mapping[str, int]
    rank: Mapping[str, float]

    def of_article(self, sources: Collection[int] = ()) -> tuple[str, ...]:
        """The article's topics, the foremost first; phrases at `sources` (tokens) only speak and are not spoken about."""
        phrases = [phrase for phrase in self.phrases if phrase.last not in sources]
        count = Counter(phrase.topic for phrase in phrases)
        weight = {
            phrase.topic: self.rank[phrase.topic] * (SPECIFIC_WEIGHT if phrase.is_specific else 1.0)
            for phrase in phrases
            if _is_main(phrase, count[phrase.topic])
        }
        people = {phrase.topic for phrase in phrases if phrase.label == "PERSON"}
        chosen: list[str] = []
        for topic in sorted(weight, key=lambda each: (-weight[each], each)):
            full = len(chosen) == OF_ARTICLE or (topic in people and len(people.intersection(chosen)) == PEOPLE)
            if not full and not any(_is_part(topic, other) for other in chosen):
                chosen.append(topic)
        for phrase in phrases:
            if len(chosen) < FEW and self._stands_alone(phrase) and not any(_is_part(phrase.topic, other) for other in chosen):
                chosen.append(phrase.topic)
        return tuple(chosen)

    def of_quote(self, quote: Mapping[str, Any]) -> tuple[str, ...]:
        """The topics of a quote, in the order of its words."""
        tokens, name = set(tokens_of(self.parse, quote["spans"])), quote["speaker"]["name"] if quote["speaker"] else ""
        found = dict.fromkeys(
            phrase.topic
            for phrase in self.phrases
            if phrase.first in tokens and self._stands_alone(phrase) and not _is_speaker(phrase.topic, name)
        )
        best = sorted(found, key=lambda topic: (-self.rank.get(topic, 0.0), topic))[:OF_QUOTE]
        return tuple(topic for topic in found if topic in best)

    def _stands_alone(self, phrase: Phrase) -> bool:
        """Whether a phrase is a topic by itself, or one that the article repeats."""
        if phrase.label or is_subject(phrase.topic):
            return True
        if len(phrase.words) == 1:
            return self.count[phrase.topic] >= OFTEN
        return self.count[phrase.topic] > 1 or (len(phrase.words) == 2 and not is_general(phrase.words[-1]))


def _is_main(phrase: Phrase, count: int) -> bool:
    """Whether an article that prints a phrase so often is about it."""
    return count >= OFTEN or (count > 1 and (bool(phrase.label) or len(phrase.words) > 1 or is_subject(phrase.topic)))


def _is_part(topic: str, other: str) -> bool:
    """Whether the words of a topic are part of another."""
    return f" {topic} ".lower() in f" {other} ".lower()


def _is_speaker(topic: str, name: str) -> bool:
    """Whether a topic is the speaker, by the whole name or a part of it."""
    return bool(name) and _is_part(topic, " ".join(short_name(name)))
