"""The views, each column with the SQL that gives it; views hold no rows and are made again when the database is opened to write."""

from __future__ import annotations

from quotes.store.schema.declaration import Column, Relation, Table, View, integer, text
from quotes.store.schema.tables import AFFILIATIONS, ARTICLES, IN_VIEW, INSTITUTIONS, QUOTES, SPEAKERS, TABLES, UTTERANCES


def _listed(select: str) -> str:
    """Distinct values in their order. (They need a subquery of their own: `group_concat` takes no order before SQLite 3.44.)"""
    return f"(select group_concat(listed, '; ') from (select distinct {select} order by 1))"


def _of(table: Table, names: str) -> list[Column]:
    return [table[name] for name in names.split()]


VIEWS = (
    View(
        "quotes_browse",
        "One row for each quote, with everything that a reader or a researcher wants beside it.",
        QUOTES["id"],
        text("speaker", "Who said it: the fullest name printed.", sql="speakers.name"),
        QUOTES["title"],
        text("institution", "The institution that the speaker speaks for here.", sql="institutions.name"),
        *_of(QUOTES, "role text kind act cue"),
        *_of(ARTICLES, "published outlet"),
        text("headline", "The headline of the article.", sql="articles.title"),
        *_of(ARTICLES, "section url"),
        QUOTES["mention"],
        text("speaker_kind", "What the speaker is: person, organisation, group, unnamed or document.", sql="speakers.kind"),
        *_of(QUOTES, "speaker_outlet past role_evidence confidence unsure in_default_view"),
        *_of(QUOTES, "name_confidence title_confidence institution_confidence zone article_id speaker_id institution_id"),
        ARTICLES["path"],
        *_of(QUOTES, "start end utterance_id likeness corrected sort_key"),
        source="quotes join articles on articles.id = quotes.article_id"
        " left join speakers on speakers.id = quotes.speaker_id left join institutions on institutions.id = quotes.institution_id",
        search="quotes_fts",
    ),
    View(
        "speakers_browse",
        "One row for each speaker, with all titles and institutions printed and the number of quotes.",
        *_of(SPEAKERS, "id name kind"),
        text(
            "aliases",
            "The other names under which the speaker is quoted, in alphabetical order.",
            sql=_listed("aliases.name as listed from aliases where speaker_id = speakers.id and aliases.name <> speakers.name"),
        ),
        text(
            "titles",
            "All titles printed for the speaker, in alphabetical order.",
            sql=_listed("title as listed from affiliations where speaker_id = speakers.id and title is not null"),
        ),
        text(
            "institutions",
            "All institutions printed for the speaker, in alphabetical order.",
            sql=_listed(
                "institutions.name as listed from affiliations join institutions on institutions.id = affiliations.institution_id"
                " where affiliations.speaker_id = speakers.id"
            ),
        ),
        text(
            "roles",
            "All roles in which the speaker is quoted, in alphabetical order; unknown is left out.",
            sql=_listed("role as listed from quotes where speaker_id = speakers.id and role <> 'unknown'"),
        ),
        *_of(SPEAKERS, "quotes articles outlets first_quoted last_quoted all_quotes"),
        source="speakers",
        search="speakers_fts",
    ),
    View(
        "institutions_browse",
        "One row for each institution, with the number of its speakers and quotes.",
        *_of(INSTITUTIONS, "id name acronym"),
        text(
            "aliases",
            "The other names under which it is printed, in alphabetical order.",
            sql=_listed(
                "aliases.name as listed from institution_aliases as aliases"
                " where institution_id = institutions.id and aliases.name <> institutions.name"
            ),
        ),
        text(
            "part_of",
            "The institution that it is a part of, where an article says so.",
            sql="(select name from institutions as parents where parents.id = institutions.parent_id)",
        ),
        *_of(INSTITUTIONS, "speakers quotes"),
        integer(
            "articles",
            f"In how many articles somebody is quoted for the institution{IN_VIEW}.",
            sql="(select count(distinct article_id) from quotes where institution_id = institutions.id and in_default_view)",
        ),
        INSTITUTIONS["all_quotes"],
        source="institutions",
        search="institutions_fts",
    ),
    View(
        "affiliations_browse",
        "The titles and institutions of each speaker over time: one row for each title at each institution.",
        integer("id", AFFILIATIONS["id"].description, sql="min(affiliations.id)"),
        text("speaker", "Who.", sql="speakers.name"),
        text("title", "The title, whatever its letter case.", sql="affiliations.title"),
        text("institution", "The institution in its best spelling.", sql="institutions.name"),
        text("first_seen", "The date of the first article that says so.", sql="min(articles.published)"),
        text("last_seen", "The date of the last article that says so.", sql="max(articles.published)"),
        integer("articles", "How many articles say so.", sql="count(distinct affiliations.article_id)"),
        integer("past", "1 where every article says that it is over, else 0.", sql="min(affiliations.past)"),
        *_of(AFFILIATIONS, "speaker_id institution_id"),
        source="affiliations join speakers on speakers.id = affiliations.speaker_id"
        " join articles on articles.id = affiliations.article_id left join institutions on institutions.id = affiliations.institution_id"
        " group by affiliations.speaker_id, lower(affiliations.title), affiliations.institution_id",
    ),
    View(
        "utterances_browse",
        "One row for each utterance that is printed more than once, with its speaker and where it was printed first.",
        UTTERANCES["id"],
        text("speaker", "Who said it.", sql="speakers.name"),
        *_of(UTTERANCES, "text occurrences articles outlets first_published last_published"),
        text(
            "first_outlet",
            "The outlet that printed it first.",
            sql="(select articles.outlet from quotes join articles on articles.id = quotes.article_id"
            " where quotes.id = utterances.first_quote_id)",
        ),
        *_of(UTTERANCES, "speaker_id first_quote_id fullest_quote_id all_occurrences"),
        source="utterances left join speakers on speakers.id = utterances.speaker_id",
    ),
    View(
        "articles_browse",
        "One row for each article, without its text, with the number of its quotes and speakers.",
        ARTICLES["id"],
        text("headline", "The headline of the article.", sql="articles.title"),
        *_of(ARTICLES, "published outlet section byline words"),
        integer(
            "quotes",
            f"How many quotes the article holds{IN_VIEW}.",
            sql="(select count(*) from quotes where article_id = articles.id and in_default_view)",
        ),
        integer(
            "speakers",
            f"How many speakers the article quotes{IN_VIEW}.",
            sql="(select count(distinct speaker_id) from quotes where article_id = articles.id and in_default_view)",
        ),
        integer(
            "all_quotes", "How many quotes the article holds in all.", sql="(select count(*) from quotes where article_id = articles.id)"
        ),
        *_of(ARTICLES, "url path extractor sort_key"),
        source="articles",
        search="articles_fts",
    ),
)


def relation(name: str) -> Relation | None:
    """The table or view called `name`, or None."""
    return next((each for each in (*TABLES, *VIEWS) if each.name == name), None)
