"""What a careful reader marked in an article: the records that the corpora are read into and the scores are taken against."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.records import Act, Article, Span


@dataclass(frozen=True, slots=True)
class GoldSpeaker:
    """Who a gold attribution's speaker is: the fullest name in the article, and every title and institution that counts as right."""

    name: str
    kind: str
    titles: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether this is a person or an institution with a proper name, and not a crowd, an unnamed official or a document."""
        return self.kind in ("person", "organisation")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One gold attribution: content, cue and source, each a list of spans in characters of the article's text.

    `act` is None where nobody said whether this is speech, thought or intent.
    """

    id: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    speaker: GoldSpeaker | None = None
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its gold attributions; `speakers_known` says whether somebody also resolved who speaks."""

    name: str
    article: Article
    attributions: tuple[Attribution, ...]
    speakers_known: bool = False


@dataclass(frozen=True, slots=True)
class Corpus:
    """Gold articles under one name. `acts` are the acts that were annotated (None: all); only predictions of these are scored.

    `digest` is the SHA-256 of all texts and annotations in order, so that floors cannot be held against another corpus unnoticed.
    """

    name: str
    articles: tuple[GoldArticle, ...]
    digest: str
    acts: frozenset[Act] | None = None

    @property
    def texts(self) -> dict[str, Article]:
        """The articles by the names of the gold articles."""
        return {gold.name: gold.article for gold in self.articles}


@dataclass(frozen=True, slots=True)
class ExpectedQuote:
    """What a reader extracts from a passage, in words: None means that nothing must be given."""

    contents: tuple[str, ...]
    speaker: str | None
    title: str | None
    institution: str | None


@dataclass(frozen=True, slots=True)
class HardCase:
    """A short passage and every quote in it; an empty tuple means that there is none."""

    id: str
    article: Article
    quotes: tuple[ExpectedQuote, ...]


@dataclass(frozen=True, slots=True)
class HardCases:
    """Passages under one name; `digest` as in `Corpus`."""

    name: str
    cases: tuple[HardCase, ...]
    digest: str

    @property
    def texts(self) -> dict[str, Article]:
        """The passages by their ids."""
        return {case.id: case.article for case in self.cases}
