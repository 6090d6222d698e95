"""What stands in the database: every table, column, search index and view, declared once.

The migrations are checked against it, `docs/database.md` is written from it, and the test of `metadata.yml` and the export read it.
A change here needs a migration; a change of a view does not, since views hold no rows and are put right when the database is opened.
"""

from __future__ import annotations

from quotes.store.declarations import NAMES, PROSE, Column, ColumnType, Search, Table, View
from quotes.store.intake_tables import INTAKE_TABLES
from quotes.store.views import ARTICLES_BROWSE, INSTITUTIONS_BROWSE, QUOTES_BROWSE, SPEAKERS_BROWSE

#: `PRAGMA application_id`, "QUOT" in ASCII: tells our databases from any other.
APPLICATION_ID = 0x51554F54

__all__ = ["APPLICATION_ID", "NAMES", "PROSE", "TABLES", "VIEWS", "Column", "ColumnType", "Search", "Table", "View", "relation"]

#: The roles as the descriptions list them.
ROLES = "expert, official, politician, spokesperson, business, witness, advocate, journalist, other or unknown"

ARTICLES = Table(
    "articles",
    "The articles as they were read: the text untouched, what was found about each beside it.",
    (
        Column("id", "INTEGER", "Made from the text and the address: the same on every machine and in every run.", required=True),
        Column("path", "TEXT", "The input as it was named when the article was first added.", required=True),
        Column("title", "TEXT", "The headline."),
        Column("byline", "TEXT", "Who wrote it: a JSON list of names.", required=True, json=True),
        Column("dateline", "TEXT", "The place that the report is dated from."),
        Column("outlet", "TEXT", "The newspaper, agency or site that published it."),
        Column("published", "TEXT", "When it was published: ISO 8601, as exact as printed."),
        Column("section", "TEXT", "The section of the paper or site."),
        Column("url", "TEXT", "The address of the article."),
        Column("boilerplate", "TEXT", "Leftovers of the page that are no part of the report: a JSON list.", required=True, json=True),
        Column("text", "TEXT", "The whole text, exactly as read; every span counts characters of it.", required=True),
        Column("words", "INTEGER", "The number of words of the text.", required=True),
        Column("zones", "TEXT", "The parts of the layout: a JSON list of [kind, start, end].", required=True, json=True),
        Column("extractor", "TEXT", "What found the quotes: the rules or a model, with its version.", required=True),
        Column("sort_key", "TEXT", "Orders the articles by date, each in a place of its own.", required=True, unique=True),
        Column("language", "TEXT", "What it is written in (ISO 639-1); no quotes are looked for in other languages than English (en)."),
    ),
    Search(("title", "text"), PROSE),
)

SPEAKERS = Table(
    "speakers",
    "Who is quoted: persons and organisations once for all articles, all others once for each article.",
    (
        Column("id", "INTEGER", "Made from the kind and the name, and the article where the speaker belongs to one alone.", required=True),
        Column("name", "TEXT", "The fullest name printed, without honorific or title.", required=True),
        Column("kind", "TEXT", "person, organisation, group, unnamed or document.", required=True),
        Column(
            "article_id",
            "INTEGER",
            "The one article to which the speaker belongs; empty where the name is the same speaker in every article.",
            references="articles",
            indexed=True,
        ),
    ),
    Search(("name",), NAMES),
)

INSTITUTIONS = Table(
    "institutions",
    "The bodies that the speakers speak for or belong to, once for all articles.",
    (
        Column("id", "INTEGER", "Made from the name, whatever its letter case, accents or leading article.", required=True),
        Column("name", "TEXT", "The name as printed.", required=True),
        Column("acronym", "TEXT", "The acronym that an article gives in brackets after the name."),
    ),
    Search(("name",), NAMES),
)

QUOTES = Table(
    "quotes",
    "What was said, one row for each quote, with the place in the text from which every word of it was taken.",
    (
        Column("id", "INTEGER", "Made from the article and the spans: the same on every machine and in every run.", required=True),
        Column("article_id", "INTEGER", "The article that the quote stands in.", required=True, references="articles", indexed=True),
        Column("speaker_id", "INTEGER", "Who said it; empty where nobody could be made out.", references="speakers", indexed=True),
        Column("institution_id", "INTEGER", "For whom the speaker speaks here.", references="institutions", indexed=True),
        Column("kind", "TEXT", "direct (all in quotation marks), mixed (partly) or indirect (not at all).", required=True),
        Column("act", "TEXT", "speech (uttered, written or published), thought, intent or other.", required=True),
        Column("text", "TEXT", "The words as printed; the parts of a broken quote are joined by “ … ”.", required=True),
        Column("spans", "TEXT", "The parts of the quote: a JSON list of [start, end] in the article’s text.", required=True, json=True),
        Column("start", "INTEGER", "The first character of the quote in the article’s text.", required=True),
        Column("end", "INTEGER", "The character after the last one of the quote.", required=True),
        Column("cue", "TEXT", "The words that introduce the quote: said, according to, a colon."),
        Column("cue_spans", "TEXT", "The parts of the cue: a JSON list of [start, end].", json=True),
        Column("mention", "TEXT", "The source as printed beside the quote: he, the minister, a surname."),
        Column("mention_spans", "TEXT", "The parts of the mention: a JSON list of [start, end].", json=True),
        Column("title", "TEXT", "As what the speaker speaks, as the article prints it."),
        Column("confidence", "REAL", "How sure the extractor is, from 0 to 1.", required=True),
        Column("zone", "TEXT", "The part of the layout: headline, caption, body and the like.", required=True),
        Column(
            "sort_key",
            "TEXT",
            "Orders the quotes: sorted downwards, the newest article comes first and its quotes in the order of its text.",
            required=True,
            unique=True,
        ),
        Column("role", "TEXT", f"In what standing the speaker speaks: {ROLES}; empty where there is no speaker, or none was read."),
        Column("role_evidence", "TEXT", "The words that tell the role."),
        Column("role_spans", "TEXT", "The parts of the words that tell the role: a JSON list of [start, end].", json=True),
        Column("past", "INTEGER", "1 where the speaker no longer has the title and the institution, else 0.", required=True),
        Column("speaker_outlet", "INTEGER", "1 where the speaker is a news outlet, which mostly carries what others said.", required=True),
        Column("name_confidence", "REAL", "How sure the name of the speaker is, from 0 to 1."),
        Column("title_confidence", "REAL", "How sure the title is, from 0 to 1."),
        Column("institution_confidence", "REAL", "How sure the institution is, from 0 to 1."),
    ),
    Search(("text",), PROSE),
)

AFFILIATIONS = Table(
    "affiliations",
    "As what and for whom a speaker speaks, seen in which article, and where in its text.",
    (
        Column("id", "INTEGER", "Made from the article, the speaker, the words and their places.", required=True),
        Column("speaker_id", "INTEGER", "Who.", required=True, references="speakers", indexed=True),
        Column("title", "TEXT", "The title as printed."),
        Column("institution", "TEXT", "The institution as printed in this article."),
        Column("institution_id", "INTEGER", "The institution.", references="institutions", indexed=True),
        Column("article_id", "INTEGER", "The article in which this was read.", required=True, references="articles", indexed=True),
        Column("title_start", "INTEGER", "The first character of the title in the article’s text."),
        Column("title_end", "INTEGER", "The character after the last one of the title."),
        Column("institution_start", "INTEGER", "The first character of the institution in the article’s text."),
        Column("institution_end", "INTEGER", "The character after the last one of the institution."),
        Column("past", "INTEGER", "1 where the article says that it is over (the former minister), else 0.", required=True),
    ),
)

#: In an order in which each table comes after those it refers to.
TABLES = (ARTICLES, SPEAKERS, INSTITUTIONS, QUOTES, AFFILIATIONS, *INTAKE_TABLES)

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
            Column("unsure", "INTEGER", "1 where the quote is as likely wrong as right: its confidence is below a half."),
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
            Column("titles", "TEXT", "All titles printed for the speaker, in alphabetical order."),
            Column("institutions", "TEXT", "All institutions seen for the speaker, in alphabetical order."),
            Column("roles", "TEXT", "All roles in which the speaker is quoted, in alphabetical order; unknown is left out."),
            Column("quotes", "INTEGER", "How many quotes the speaker has."),
            Column("articles", "INTEGER", "In how many articles the speaker is quoted."),
            Column("first_quoted", "TEXT", "The date of the first article that quotes the speaker."),
            Column("last_quoted", "TEXT", "The date of the last article that quotes the speaker."),
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
            Column("speakers", "INTEGER", "How many speakers were seen with the institution."),
            Column("quotes", "INTEGER", "How many quotes are given for the institution."),
            Column("articles", "INTEGER", "In how many articles somebody is quoted for the institution."),
        ),
        INSTITUTIONS_BROWSE,
        "institutions_fts",
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
            Column("quotes", "INTEGER", "How many quotes the article holds."),
            Column("speakers", "INTEGER", "How many speakers the article quotes."),
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
