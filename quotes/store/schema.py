"""What stands in the database: every table, column, search index and view, declared once.

The migrations are checked against it, `docs/database.md` is written from it, and the test of `metadata.yml` and the export read it.
A change here needs a migration; a change of a view does not, since views hold no rows and are put right when the database is opened.
"""

from __future__ import annotations

from quotes.store.schema_types import Column, Search, Table, View
from quotes.store.table_declarations import AFFILIATIONS, ARTICLES, IN_VIEW, INSTITUTIONS, QUOTES, SPEAKERS, TABLES, UTTERANCES
from quotes.store.view_sql import (
    AFFILIATIONS_BROWSE,
    ARTICLES_BROWSE,
    INSTITUTIONS_BROWSE,
    QUOTES_BROWSE,
    SPEAKERS_BROWSE,
    UTTERANCES_BROWSE,
)

__all__ = ["APPLICATION_ID", "STEPS", "TABLES", "VIEWS", "Column", "Search", "Table", "View", "relation"]

#: `PRAGMA application_id`, "QUOT" in ASCII: tells our databases from any other.
APPLICATION_ID = 0x51554F54

#: The migrations that lead to what is declared here.
STEPS = (
    "m001_initial", "m002_standing", "m003_lasting", "m004_intake", "m005_reading", "m006_kindred", "m007_default_view", "m008_search",
)  # fmt: skip

VIEWS = (
    View(
        "quotes_browse",
        "One row for each quote, with everything that a reader or a researcher wants beside it.",
        (
            QUOTES["id"],
            Column("speaker", "TEXT", "Who said it: the fullest name printed."),
            QUOTES["title"],
            Column("institution", "TEXT", "For whom the speaker speaks here."),
            QUOTES["role"],
            QUOTES["text"],
            QUOTES["kind"],
            QUOTES["act"],
            QUOTES["cue"],
            ARTICLES["published"],
            ARTICLES["outlet"],
            Column("headline", "TEXT", "The headline of the article."),
            ARTICLES["section"],
            ARTICLES["url"],
            QUOTES["mention"],
            Column("speaker_kind", "TEXT", "What the speaker is: person, organisation, group, unnamed or document."),
            QUOTES["speaker_outlet"],
            QUOTES["past"],
            QUOTES["role_evidence"],
            QUOTES["confidence"],
            QUOTES["unsure"],
            QUOTES["in_default_view"],
            QUOTES["name_confidence"],
            QUOTES["title_confidence"],
            QUOTES["institution_confidence"],
            QUOTES["zone"],
            QUOTES["article_id"],
            QUOTES["speaker_id"],
            QUOTES["institution_id"],
            ARTICLES["path"],
            QUOTES["start"],
            QUOTES["end"],
            QUOTES["utterance_id"],
            QUOTES["likeness"],
            QUOTES["corrected"],
            QUOTES["sort_key"],
        ),
        QUOTES_BROWSE,
        "quotes_fts",
    ),
    View(
        "speakers_browse",
        "One row for each speaker, with all titles and institutions seen and the number of quotes.",
        (
            SPEAKERS["id"],
            SPEAKERS["name"],
            SPEAKERS["kind"],
            Column("aliases", "TEXT", "The other names under which the speaker is quoted, in alphabetical order."),
            Column("titles", "TEXT", "All titles printed for the speaker, in alphabetical order."),
            Column("institutions", "TEXT", "All institutions seen for the speaker, in alphabetical order."),
            Column("roles", "TEXT", "All roles in which the speaker is quoted, in alphabetical order; unknown is left out."),
            *(SPEAKERS[name] for name in ("quotes", "articles", "outlets", "first_quoted", "last_quoted", "all_quotes")),
        ),
        SPEAKERS_BROWSE,
        "speakers_fts",
    ),
    View(
        "institutions_browse",
        "One row for each institution, with the number of its speakers and quotes.",
        (
            INSTITUTIONS["id"],
            INSTITUTIONS["name"],
            INSTITUTIONS["acronym"],
            Column("aliases", "TEXT", "The other names under which it is printed, in alphabetical order."),
            Column("part_of", "TEXT", "The institution that it is a part of, where an article says so."),
            INSTITUTIONS["speakers"],
            INSTITUTIONS["quotes"],
            Column("articles", "INTEGER", f"In how many articles somebody is quoted for the institution{IN_VIEW}."),
            INSTITUTIONS["all_quotes"],
        ),
        INSTITUTIONS_BROWSE,
        "institutions_fts",
    ),
    View(
        "affiliations_browse",
        "As what and for whom each speaker was seen over time: one row for each title at each institution.",
        (
            AFFILIATIONS["id"],
            Column("speaker", "TEXT", "Who."),
            Column("title", "TEXT", "The title, whatever its letter case."),
            Column("institution", "TEXT", "The institution in its best spelling."),
            Column("first_seen", "TEXT", "The date of the first article that says so."),
            Column("last_seen", "TEXT", "The date of the last article that says so."),
            Column("articles", "INTEGER", "How many articles say so."),
            Column("past", "INTEGER", "1 where every article says that it is over, else 0."),
            AFFILIATIONS["speaker_id"],
            AFFILIATIONS["institution_id"],
        ),
        AFFILIATIONS_BROWSE,
    ),
    View(
        "utterances_browse",
        "One row for each utterance that is printed more than once, with its speaker and where it was printed first.",
        (
            UTTERANCES["id"],
            Column("speaker", "TEXT", "Who said it."),
            *(UTTERANCES[name] for name in ("text", "occurrences", "articles", "outlets", "first_published", "last_published")),
            Column("first_outlet", "TEXT", "The outlet that printed it first."),
            *(UTTERANCES[name] for name in ("speaker_id", "first_quote_id", "fullest_quote_id", "all_occurrences")),
        ),
        UTTERANCES_BROWSE,
    ),
    View(
        "articles_browse",
        "One row for each article, without its text, with the number of its quotes and speakers.",
        (
            ARTICLES["id"],
            Column("headline", "TEXT", "The headline of the article."),
            ARTICLES["published"],
            ARTICLES["outlet"],
            ARTICLES["section"],
            ARTICLES["byline"],
            ARTICLES["words"],
            Column("quotes", "INTEGER", f"How many quotes the article holds{IN_VIEW}."),
            Column("speakers", "INTEGER", f"How many speakers the article quotes{IN_VIEW}."),
            Column("all_quotes", "INTEGER", "How many quotes the article holds in all."),
            ARTICLES["url"],
            ARTICLES["path"],
            ARTICLES["extractor"],
            ARTICLES["sort_key"],
        ),
        ARTICLES_BROWSE,
        "articles_fts",
    ),
)


def relation(name: str) -> Table | View | None:
    """The table or view called `name`, or None."""
    return next((each for each in (*TABLES, *VIEWS) if each.name == name), None)
