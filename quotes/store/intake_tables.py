"""The tables of what was read, when, and what could not be."""

from __future__ import annotations

from quotes.store.schema_types import Column, Table

ARTICLE_VERSIONS = Table(
    "article_versions",
    "Every form in which an article was met: under which name and address, and the text where it is no longer the article’s.",
    (
        Column("id", "INTEGER", "Made from the text and the address, as the id of an article is.", required=True),
        Column(
            "article_id", "INTEGER", "The article of which it is a version; itself for the one that stands there.",
            required=True, references="articles", indexed=True,
        ),
        Column("address", "TEXT", "The address without what serves only the reading: scheme, www, AMP, tracking.", indexed=True),
        Column("text_key", "INTEGER", "The same for the same text.", required=True, indexed=True),
        Column("path", "TEXT", "The input as it was named when the version was met.", required=True),
        Column("url", "TEXT", "The address as the input stated it."),
        Column("title", "TEXT", "The headline of the version."),
        Column("published", "TEXT", "When it was published: ISO 8601, as exact as stated."),
        Column("modified", "TEXT", "When it was last changed, as it states itself: ISO 8601."),
        Column("language", "TEXT", "What it is written in (ISO 639-1)."),
        Column("text", "TEXT", "The whole text of a version that was replaced; empty where it is the article’s."),
        Column("quotes", "TEXT", "The quotes of a version that was replaced, as they stood in the tables: a JSON list.", json=True),
        Column("met", "TEXT", "When it was first read, in UTC.", required=True),
    ),
)  # fmt: skip

ARTICLE_LINKS = Table(
    "article_links",
    "Articles of different outlets that are nearly the same, as wire reports are.",
    (
        Column("id", "INTEGER", "Made from the two articles.", required=True),
        Column("article_id", "INTEGER", "One of them.", required=True, references="articles", indexed=True),
        Column("other_id", "INTEGER", "The other.", required=True, references="articles", indexed=True),
        Column("shared", "REAL", "The share of the shorter one that stands word for word in the longer one, from 0 to 1.", required=True),
    ),
)

ARTICLE_SKETCHES = Table(
    "article_sketches",
    "What near copies are found by: numbers made from the words of an article, of which near copies share some.",
    (
        Column("id", "INTEGER", "Made from the article and the number.", required=True),
        Column("article_id", "INTEGER", "The article.", required=True, references="articles", indexed=True),
        Column("band", "INTEGER", "The number.", required=True, indexed=True),
    ),
    internal=True,
)

FAILURES = Table(
    "failures",
    "What could not be read, until it can: `quotes retry` tries again.",
    (
        Column("id", "INTEGER", "Made from the source and the place in it.", required=True),
        Column("source", "TEXT", "The file or the address that is to be read again.", required=True, indexed=True),
        Column("path", "TEXT", "What in it could not be read.", required=True),
        Column("what", "TEXT", "What was wrong, and how to mend it.", required=True),
        Column("tries", "INTEGER", "How often it was tried.", required=True),
        Column("first", "TEXT", "When it first failed, in UTC.", required=True),
        Column("last", "TEXT", "When it last failed, in UTC.", required=True),
        Column("settings", "TEXT", "How it was to be read (columns, encoding): a JSON object.", json=True),
    ),
)

FETCHES = Table(
    "fetches",
    "The last request for each address that `quotes watch` asks for, so that nothing is fetched twice.",
    (
        Column("id", "INTEGER", "Made from the address.", required=True),
        Column("address", "TEXT", "The address of a feed or of a page.", required=True),
        Column("etag", "TEXT", "What the server named the state of the page."),
        Column("last_modified", "TEXT", "When the server said that the page had last changed."),
        Column("updated", "TEXT", "When the feed said that the page had last changed."),
        Column("checked", "TEXT", "When it was last asked for, in UTC."),
        Column("again", "TEXT", "Before when it is not to be asked for again, in UTC."),
        Column("failures", "INTEGER", "How often in a row it failed.", required=True),
    ),
    internal=True,
)

INTAKE_TABLES = (ARTICLE_VERSIONS, ARTICLE_LINKS, ARTICLE_SKETCHES, FAILURES, FETCHES)
