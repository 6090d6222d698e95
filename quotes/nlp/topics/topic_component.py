"""Topics as a spaCy component: what an article is about, on `doc._.topics`, and what each of its quotes speaks about, in `doc._.quotes`.

A topic is a phrase by which one would look for people who know about it. What an article comes back to, and early, comes first: the
topics are ranked as PositionRank (Florescu and Caragea 2017) ranks words, over the network of topics printed near each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from quotes.nlp.parsing.extensions import register
from quotes.nlp.parsing.parse import Parse, parse_of
from quotes.nlp.topics.topic_names import Phrase, find_names, is_topic, short_name
from quotes.nlp.topics.topic_terms import find_terms, is_general, is_subject

register()

#: Zones in which no topic is looked for.
SILENT = frozenset({"byline", "dateline", "timestamp", "section", "boilerplate"})
#: The most topics of an article, and of a quote.
OF_ARTICLE, OF_QUOTE = 8, 6
#: The most people among the topics of an article, so that names do not hide what they talk about.
PEOPLE = 4
#: How few topics of an article are filled up with what it prints once.
FEW = 3
#: How many topics stand near each other: the window of PositionRank.
WINDOW = 3
#: How often a single noun is printed in an article that is about it.
COMES_BACK = 4
#: Words that refer to a thing named before.
REFERRING = frozenset({"it", "its", "that", "this", "these", "those", "they", "their"})
#: Names and terms of several words say more than a place or a single noun does.
MORE_TELLING = 1.5


@Language.component("quotes_topics", assigns=["doc._.topics", "doc._.quotes"], requires=["doc._.quotes", "doc.ents", "token.tag"])
def topics(doc: Doc) -> Doc:
    """Name the topics of an article and of its quotes."""
    parse = parse_of(doc)
    quotes = doc._.quotes
    found = find_topics(doc, parse, quotes)
    sources = [span for quote in quotes if quote["mention"] for span in quote["mention"]["spans"]]
    doc._.topics = found.foremost(frozenset(token for span in sources for token in tokens_of(parse, span)))
    doc._.quotes = tuple({**quote, "topics": found.of_quote(quote)} for quote in quotes)
    return doc


def find_topics(doc: Doc, parse: Parse, quotes: Sequence[Mapping[str, Any]] = ()) -> Topics:
    """The phrases of an article that may be topics, counted and ranked."""
    people = [quote["speaker"]["name"] for quote in quotes if quote["speaker"] and quote["speaker"]["kind"] == "person"]
    silent = {token for kind, *span in doc._.zones if kind in SILENT for token in tokens_of(parse, span)}
    raised = {token for first, stop in parse.bounds if in_capitals(parse.words[first:stop]) for token in range(first, stop)} - silent
    mute = [token in silent or token in raised for token in range(len(parse))]
    names = find_names(parse, mute, dict.fromkeys(people))
    terms = find_terms(doc, parse, mute, names)
    within = {token for term in terms if term.words[-1][:1].isupper() for token in range(term.first, term.last + 1)}  # "Vietnam War"
    kept = [name for name in names if is_topic(name) and name.last not in within]
    found = _spelt_alike([*kept, *terms])
    phrases = sorted([*found, *_echoes(parse, found, sorted(raised))], key=lambda each: (each.first, each.last))
    count = Counter(phrase.topic for phrase in phrases)
    return Topics(parse, phrases, count, _ranks([phrase.topic for phrase in phrases if _comes_back(phrase, count[phrase.topic])]))


def tokens_of(parse: Parse, span: Sequence[int]) -> range:
    """The tokens that a stretch of characters touches."""
    return range(parse.token_at(span[0]), min(parse.token_at(span[1] - 1) + 1, len(parse)))


def in_capitals(words: Sequence[str]) -> bool:
    """Whether words are set in capitals, or begin with one each as in a headline."""
    letters = [word for word in words if word[:1].isalpha()]
    if len(letters) < 4:
        return len(letters) > 1 and all(word.isupper() for word in letters)
    return sum(word[0].isupper() for word in letters) > 0.75 * len(letters)


def _spelt_alike(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Phrases that differ in capital letters alone in the form that the article has most."""
    forms: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for phrase in phrases:
        forms[phrase.topic.lower()][phrase.words] += 1
    made = []
    for phrase in phrases:
        spelt = forms[phrase.topic.lower()]
        made.append(phrase if len(spelt) == 1 else replace(phrase, words=max(spelt, key=lambda words: (spelt[words], words))))
    return made


def _echoes(parse: Parse, phrases: Sequence[Phrase], tokens: Sequence[int]) -> Iterator[Phrase]:
    """Where `tokens`, whose capital letters tell nothing, repeat words that are a phrase elsewhere."""
    printed: dict[tuple[str, ...], Phrase] = {}
    for phrase in phrases if tokens else ():
        printed.setdefault(tuple(parse.lower[phrase.first : phrase.last + 1]), phrase)
    longest, past = max(map(len, printed), default=0), -1
    for token in tokens:
        for length in range(longest, 0, -1):
            repeated = printed.get(tuple(parse.lower[token : token + length])) if token > past else None
            if repeated is not None:
                yield replace(repeated, first=token, last=token + length - 1)
                past = token + length - 1
                break


def _ranks(topics: Sequence[str]) -> Mapping[str, float]:
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

    def foremost(self, sources: frozenset[int] = frozenset()) -> tuple[str, ...]:
        """The article's topics, the foremost first; what stands in `sources` (tokens) merely speaks and is not spoken about."""
        told = [phrase for phrase in self.phrases if phrase.last not in sources]
        count = Counter(phrase.topic for phrase in told)
        weight = {
            phrase.topic: self.rank[phrase.topic] * (MORE_TELLING if _tells_more(phrase) else 1.0)
            for phrase in told
            if _comes_back(phrase, count[phrase.topic])
        }
        people = {phrase.topic for phrase in told if phrase.label == "PERSON"}
        chosen: list[str] = []
        for topic in sorted(weight, key=lambda each: (-weight[each], each)):
            full = len(chosen) == OF_ARTICLE or (topic in people and len(people.intersection(chosen)) == PEOPLE)
            if not full and not any(_within(topic, other) for other in chosen):
                chosen.append(topic)
        for phrase in told:
            if len(chosen) < FEW and self._specific(phrase) and not any(_within(phrase.topic, other) for other in chosen):
                chosen.append(phrase.topic)
        return tuple(chosen)

    def of_quote(self, quote: Mapping[str, Any]) -> tuple[str, ...]:
        """What a quote speaks about, in the order of its words; where its content names nothing, what its first word refers to."""
        inside = {token for span in quote["spans"] for token in tokens_of(self.parse, span)}
        return self._spoken_of(inside, quote) or self._referred_to(inside, quote)[:1]

    def _referred_to(self, inside: set[int], quote: Mapping[str, Any]) -> tuple[str, ...]:
        """What a content that begins with a pronoun may refer to, the foremost topic of its sentence first; nobody
        knows which person a pronoun means here."""
        word = next((self.parse.lower[token] for token in sorted(inside) if self.parse.words[token][:1].isalpha()), "")
        if word not in REFERRING:
            return ()
        found = self._spoken_of(self._around(inside, quote), quote)
        person = {phrase.topic for phrase in self.phrases if phrase.label == "PERSON"}
        fit = [topic for topic in found if topic in self.rank and topic not in person]
        return tuple(sorted(fit, key=lambda topic: (-self.rank[topic], topic)))

    def _around(self, inside: set[int], quote: Mapping[str, Any]) -> set[int]:
        """The sentence of a content that is part of one, without its source and cue."""
        sentences = {self.parse.sentence[token] for token in inside}
        if len(sentences) != 1:
            return set()
        said = [span for part in ("mention", "cue") if quote[part] for span in quote[part]["spans"]]
        told = {token for span in said for token in tokens_of(self.parse, span)}
        return set(range(*self.parse.bounds[sentences.pop()])) - inside - told

    def _spoken_of(self, tokens: set[int], quote: Mapping[str, Any]) -> tuple[str, ...]:
        name = quote["speaker"]["name"] if quote["speaker"] else ""
        found = dict.fromkeys(
            phrase.topic
            for phrase in self.phrases
            if phrase.first in tokens and phrase.last in tokens and self._specific(phrase) and not _is_speaker(phrase.topic, name)
        )
        best = set(sorted(found, key=lambda topic: (-self.rank.get(topic, 0.0), topic))[:OF_QUOTE])
        return tuple(topic for topic in found if topic in best)

    def _specific(self, phrase: Phrase) -> bool:
        """Whether a phrase tells enough by itself, or is one that the article comes back to."""
        if phrase.label or is_subject(phrase.topic):
            return True
        if len(phrase.words) == 1:
            return self.count[phrase.topic] >= COMES_BACK
        return self.count[phrase.topic] > 1 or (len(phrase.words) == 2 and not is_general(phrase.words[-1]))


def _comes_back(phrase: Phrase, count: int) -> bool:
    """Whether an article that prints a phrase so often is about it."""
    return count >= COMES_BACK or (count > 1 and (bool(phrase.label) or len(phrase.words) > 1 or is_subject(phrase.topic)))


def _tells_more(phrase: Phrase) -> bool:
    return phrase.label not in {"", "GPE", "NORP"} or len(phrase.words) > 1


def _within(topic: str, other: str) -> bool:
    """Whether the words of a topic stand in another."""
    return f" {topic} ".lower() in f" {other} ".lower()


def _is_speaker(topic: str, name: str) -> bool:
    """Whether a topic is the speaker, by the whole name, a part of it, or its first and last word."""
    speaker, words = short_name(name), topic.split()
    return bool(speaker) and (_within(topic, " ".join(speaker)) or (words[0], words[-1]) == (speaker[0], speaker[-1]))
