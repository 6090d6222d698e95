"""The tables, declared once: see `schema.py`."""

from __future__ import annotations

from quotes.store.intake_tables import INTAKE_TABLES
from quotes.store.record_tables import CORRECTIONS, EXTRACTIONS, MERGE_CANDIDATES, RUNS
from quotes.store.schema_types import Column, Search, Table

#: Stemming serves running English text; a name must not be stemmed.
PROSE = "porter unicode61 remove_diacritics 2"
NAMES = "unicode61 remove_diacritics 2"

#: What pages, lists, counts, search and exports show unless asked for all.
DEFAULT_VIEW = "acts of speech with a confidence of at least a half, or that a person confirmed or corrected"
#: Said of every count of it.
IN_VIEW = ", in the default view"

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
    orders=(("outlet", "sort_key"),),
)

SPEAKERS = Table(
    "speakers",
    "Who is quoted: persons and organisations once for all articles, all others once for each article.",
    (
        Column(
            "id",
            "INTEGER",
            "Made from the kind and the name first printed, and the article where that name is not the speaker’s alone.",
            required=True,
        ),
        Column("name", "TEXT", "The fullest name printed, without honorific or title.", required=True),
        Column("kind", "TEXT", "person, organisation, group, unnamed or document.", required=True),
        Column(
            "article_id",
            "INTEGER",
            "The one article to which the speaker belongs; empty where the name is the same speaker in every article.",
            references="articles",
            indexed=True,
        ),
        Column("quotes", "INTEGER", f"How many quotes the speaker has{IN_VIEW}.", required=True),
        Column("articles", "INTEGER", f"In how many articles the speaker is quoted{IN_VIEW}.", required=True),
        Column("outlets", "INTEGER", f"By how many outlets the speaker is quoted{IN_VIEW}.", required=True),
        Column("first_quoted", "TEXT", f"The date of the first article that quotes the speaker{IN_VIEW}."),
        Column("last_quoted", "TEXT", f"The date of the last article that quotes the speaker{IN_VIEW}."),
        Column(
            "institution_id", "INTEGER", "The institution that the speaker is, where it is a body.", references="institutions", indexed=True
        ),
        Column(
            "all_quotes", "INTEGER", "How many quotes the speaker has in all, thoughts, plans and unsure ones among them.", required=True
        ),
    ),
    Search(("name",), NAMES),
    derived=True,
    orders=(("kind", "quotes"), ("quotes", "id")),
)

ALIASES = Table(
    "aliases",
    "Every name under which a speaker is quoted, once for each speaker.",
    (
        Column("id", "INTEGER", "Made from the speaker and the name, whatever its letter case, accents or hyphens.", required=True),
        Column("speaker_id", "INTEGER", "Whose name it is.", required=True, references="speakers", indexed=True),
        Column("name", "TEXT", "The name in its best spelling.", required=True),
        Column("articles", "INTEGER", "How many articles call the speaker so.", required=True),
        Column("key", "TEXT", "The name as it is compared: without case, accents, dots and hyphens.", required=True),
        Column("block", "TEXT", "The appearances among which the same person is looked for; empty for others.", indexed=True),
        Column("first_key", "TEXT", "Orders names by when they were first printed: the date, or ~, and the article.", required=True),
        Column("evidence", "TEXT", "All that its articles tell of a person: worlds, titles, institutions; a JSON object.", json=True),
    ),
    Search(("name",), NAMES),
    derived=True,
)

APPEARANCES = Table(
    "appearances",
    "A speaker as one article knows it: by which name, which speaker of the database that is, and why.",
    (
        Column("id", "INTEGER", "Made from the article, the kind and the name: the same on every machine and in every run.", required=True),
        Column("article_id", "INTEGER", "The article.", required=True, references="articles", indexed=True),
        Column("speaker_id", "INTEGER", "Which speaker of the database this is.", required=True, references="speakers"),
        Column("name", "TEXT", "The fullest name that this article prints.", required=True),
        Column("kind", "TEXT", "person, organisation, group, unnamed or document.", required=True),
        Column("key", "TEXT", "The name as it is compared: without case, accents, dots and hyphens.", required=True),
        Column(
            "block",
            "TEXT",
            "The appearances among which the same speaker is looked for; empty where it belongs to its article.",
        ),
        Column(
            "evidence",
            "TEXT",
            "What tells people of one name apart: worlds of work, titles, institutions; a JSON object.",
            required=True,
            json=True,
        ),
        Column("published", "TEXT", "When the article was published."),
        Column("quotes", "INTEGER", f"How many quotes the speaker has in the article{IN_VIEW}.", required=True),
        Column("because", "TEXT", "Why it is taken for that speaker.", required=True),
        Column("all_quotes", "INTEGER", "How many quotes the speaker has in the article in all.", required=True),
    ),
    derived=True,
    orders=(("block", "key"), ("speaker_id", "article_id")),
)

INSTITUTIONS = Table(
    "institutions",
    "The bodies that the speakers speak for or belong to, once for all articles.",
    (
        Column("id", "INTEGER", "Made from the name, whatever its letter case, accents or leading article.", required=True),
        Column("name", "TEXT", "The name as printed.", required=True),
        Column("acronym", "TEXT", "The acronym that an article gives in brackets after the name."),
        Column(
            "parent_id",
            "INTEGER",
            "The institution that it is a part of, where an article says so.",
            references="institutions",
            indexed=True,
        ),
        Column("quotes", "INTEGER", f"How many quotes are given for the institution{IN_VIEW}.", required=True),
        Column(
            "speakers",
            "INTEGER",
            f"How many speakers are quoted in an article that names the institution as theirs{IN_VIEW}.",
            required=True,
        ),
        Column("all_quotes", "INTEGER", "How many quotes are given for the institution in all.", required=True),
    ),
    Search(("name",), NAMES),
    derived=True,
    orders=(("quotes", "id"),),
)

INSTITUTION_ALIASES = Table(
    "institution_aliases",
    "Every name under which an institution is printed, and why it is taken for that institution.",
    (
        Column("id", "INTEGER", "Made from the name, whatever its letter case, accents or leading article.", required=True),
        Column("institution_id", "INTEGER", "Which institution it is.", required=True, references="institutions", indexed=True),
        Column("name", "TEXT", "The name in its best spelling.", required=True),
        Column("acronym", "TEXT", "The acronym that an article gives in brackets after the name."),
        Column("block", "TEXT", "The names among which the same institution is looked for.", indexed=True),
        Column("because", "TEXT", "Why it is taken for that institution.", required=True),
    ),
    Search(("name",), NAMES),
    derived=True,
)

UTTERANCES = Table(
    "utterances",
    "The same words printed more than once, in headline and text or in several articles: one row for what was said.",
    (
        Column("id", "INTEGER", "The id of its first occurrence.", required=True),
        Column("text", "TEXT", "The words as they are printed most fully.", required=True),
        Column("speaker_id", "INTEGER", "Who said it, as most of its occurrences have it.", references="speakers", indexed=True),
        Column(
            "first_quote_id", "INTEGER", f"The quote that was published first{IN_VIEW}.", required=True, references="quotes", indexed=True
        ),
        Column("fullest_quote_id", "INTEGER", "The quote that has the most words of it.", required=True, references="quotes", indexed=True),
        Column("first_published", "TEXT", f"When it was first published{IN_VIEW}."),
        Column("last_published", "TEXT", f"When it was last published{IN_VIEW}."),
        Column("occurrences", "INTEGER", f"How often it is printed{IN_VIEW}.", required=True, indexed=True),
        Column("articles", "INTEGER", f"How many articles carry it{IN_VIEW}.", required=True),
        Column("outlets", "INTEGER", f"How many outlets carry it{IN_VIEW}.", required=True),
        Column("all_occurrences", "INTEGER", "How often it is printed in all.", required=True),
    ),
    derived=True,
)

TOPICS = Table(
    "topics",
    "Key phrases of quotes and articles: what is spoken about.",
    (
        Column("id", "INTEGER", "Made from the phrase.", required=True),
        Column("phrase", "TEXT", "The phrase, in small letters where it is no name.", required=True),
        Column("quotes", "INTEGER", f"How many quotes speak about it{IN_VIEW}.", required=True, indexed=True),
        Column("articles", "INTEGER", "How many articles are about it.", required=True),
        Column("all_quotes", "INTEGER", "How many quotes speak about it in all.", required=True),
    ),
    Search(("phrase",), PROSE),
    derived=True,
)

QUOTE_TOPICS = Table(
    "quote_topics",
    "Which quotes speak about which topics.",
    (
        Column("quote_id", "INTEGER", "The quote.", required=True, references="quotes"),
        Column("topic_id", "INTEGER", "What it is about.", required=True, references="topics", indexed=True),
    ),
    keys=2,
)

ARTICLE_TOPICS = Table(
    "article_topics",
    "Which articles are about which topics.",
    (
        Column("article_id", "INTEGER", "The article.", required=True, references="articles"),
        Column("topic_id", "INTEGER", "What it is about.", required=True, references="topics", indexed=True),
        Column("place", "INTEGER", "1 for the article’s foremost topic, and so on.", required=True),
    ),
    keys=2,
)

FINGERPRINTS = Table(
    "fingerprints",
    "Runs of words by which the same words are found again: an index for utterances.",
    (
        Column("fingerprint", "INTEGER", "A hash of some words in a row, and of whose they are.", required=True),
        Column("quote_id", "INTEGER", "The quote that holds them.", required=True),
    ),
    keys=2,
    internal=True,
)

QUOTES = Table(
    "quotes",
    "What was said, one row for each quote, with the place in the text from which every word of it was taken.",
    (
        Column("id", "INTEGER", "Made from the article and the spans: the same on every machine and in every run.", required=True),
        Column("article_id", "INTEGER", "The article that the quote stands in.", required=True, references="articles", indexed=True),
        Column("speaker_id", "INTEGER", "Who said it; empty where nobody could be made out.", references="speakers"),
        Column("institution_id", "INTEGER", "For whom the speaker speaks here.", references="institutions"),
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
        Column("appearance_id", "INTEGER", "The speaker as this article knows it.", references="appearances", indexed=True),
        Column(
            "institution_alias_id",
            "INTEGER",
            "The name under which the institution is printed here.",
            references="institution_aliases",
            indexed=True,
        ),
        Column("run_id", "INTEGER", "What found the quote.", references="runs"),
        Column(
            "utterance_id",
            "INTEGER",
            "What was said, where the same words are printed more than once.",
            references="utterances",
            indexed=True,
        ),
        Column("likeness", "TEXT", "How the words stand to the fullest print of the utterance: fullest, same, shortened or altered."),
        Column("corrected", "INTEGER", "1 where a person put something about the quote right, else 0.", required=True),
        Column(
            "unsure",
            "INTEGER",
            "1 where its confidence is below a half and no person confirmed or corrected it: it is as likely wrong as right; else 0.",
            required=True,
        ),
        Column("in_default_view", "INTEGER", f"1 where the quote is in the default view, else 0: {DEFAULT_VIEW}.", required=True),
        Column("speaker_words", "TEXT", "What the speaker is searched by: the fullest name that the article prints."),
        Column("institution_words", "TEXT", "What the institution is searched by: the name that the article prints, and the acronym."),
        Column("topic_words", "TEXT", "The topics that the quote speaks about, as they are searched."),
    ),
    Search(("text", "title", "speaker_words", "institution_words", "topic_words", "speaker_id", "institution_id"), PROSE),
    # The last column lets both views be read and counted in their order from the index alone.
    orders=tuple((*first, "sort_key", "in_default_view") for first in ((), ("speaker_id",), ("institution_id",), ("role",))),
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
        Column("appearance_id", "INTEGER", "The speaker as this article knows it.", references="appearances", indexed=True),
        Column(
            "institution_alias_id",
            "INTEGER",
            "The name under which the institution is printed here.",
            references="institution_aliases",
            indexed=True,
        ),
        Column(
            "parent_alias_id",
            "INTEGER",
            "The name of the institution that this one is printed as a part of.",
            references="institution_aliases",
            indexed=True,
        ),
    ),
)

#: The tables that the first version had come first.
FIRST_TABLES = 5

TABLES = (
    ARTICLES,
    SPEAKERS,
    INSTITUTIONS,
    QUOTES,
    AFFILIATIONS,
    ALIASES,
    APPEARANCES,
    INSTITUTION_ALIASES,
    UTTERANCES,
    RUNS,
    EXTRACTIONS,
    CORRECTIONS,
    MERGE_CANDIDATES,
    TOPICS,
    QUOTE_TOPICS,
    ARTICLE_TOPICS,
    FINGERPRINTS,
    *INTAKE_TABLES,
)
