"""The tables: every column of every table, declared once. The database, `docs/database.md`, the export and the site are made from this."""

from __future__ import annotations

from quotes.store.schema.declaration import Search, Table, blob, integer, real, reference, text

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
    integer("id", "Made from the text and the address: the same on every machine and in every run."),
    text("path", "The input as it was named when the article was first added."),
    text("title", "The headline.", null=True),
    text("byline", "Who wrote it: a JSON list of names.", json=True),
    text("dateline", "The place that the report is dated from.", null=True),
    text("outlet", "The newspaper, agency or site that published it.", null=True),
    text("published", "When it was published: ISO 8601, as exact as printed.", null=True),
    text("section", "The section of the paper or site.", null=True),
    text("url", "The address of the article.", null=True),
    text("boilerplate", "Leftovers of the page that are no part of the report: a JSON list.", json=True),
    text("text", "The whole text, exactly as read; every span counts characters of it."),
    integer("words", "The number of words of the text."),
    text("zones", "The parts of the layout: a JSON list of [kind, start, end].", json=True),
    text("extractor", "What found the quotes: the rules or a model, with its version."),
    text("sort_key", "Orders the articles by date, each in a place of its own.", unique=True),
    text("language", "What it is written in (ISO 639-1); no quotes are looked for in other languages than English (en).", null=True),
    search=Search(("title", "text"), PROSE),
    orders=(("outlet", "sort_key"),),
)

SPEAKERS = Table(
    "speakers",
    "Who is quoted: persons and organisations once for all articles, all others once for each article.",
    integer("id", "Made from the kind and the name first printed, and the article where that name is not the speaker’s alone."),
    text("name", "The fullest name printed, without honorific or title."),
    text("kind", "person, organisation, group, unnamed or document."),
    reference(
        "article_id",
        "The article that the speaker belongs to; empty where the name is the same speaker in every article.",
        "articles",
        null=True,
    ),
    integer("quotes", f"How many quotes the speaker has{IN_VIEW}."),
    integer("articles", f"In how many articles the speaker is quoted{IN_VIEW}."),
    integer("outlets", f"By how many outlets the speaker is quoted{IN_VIEW}."),
    text("first_quoted", f"The date of the first article that quotes the speaker{IN_VIEW}.", null=True),
    text("last_quoted", f"The date of the last article that quotes the speaker{IN_VIEW}.", null=True),
    reference("institution_id", "The institution that the speaker is, where it is one.", "institutions", null=True),
    integer("all_quotes", "How many quotes the speaker has in all, thoughts, plans and unsure ones among them."),
    search=Search(("name",), NAMES),
    orders=(("kind", "quotes"), ("quotes", "id")),
)

INSTITUTIONS = Table(
    "institutions",
    "The institutions that the speakers speak for or belong to, once for all articles.",
    integer("id", "Made from the name, whatever its letter case, accents or leading article."),
    text("name", "The name as printed."),
    text("acronym", "The acronym that an article gives in brackets after the name.", null=True),
    reference("parent_id", "The institution that it is a part of, where an article says so.", "institutions", null=True),
    integer("quotes", f"How many quotes are given for the institution{IN_VIEW}."),
    integer("speakers", f"How many speakers are quoted in an article that names the institution as theirs{IN_VIEW}."),
    integer("all_quotes", "How many quotes are given for the institution in all."),
    search=Search(("name",), NAMES),
    orders=(("quotes", "id"),),
)

QUOTES = Table(
    "quotes",
    "What was said, one row for each quote, with the place in the text from which every word of it was taken.",
    integer("id", "Made from the article and the spans: the same on every machine and in every run."),
    reference("article_id", "The article that the quote stands in.", "articles"),
    reference("speaker_id", "Who said it; empty where nobody could be made out.", "speakers", null=True, indexed=False),
    reference("institution_id", "The institution that the speaker speaks for here.", "institutions", null=True, indexed=False),
    text("kind", "direct (all in quotation marks), mixed (partly) or indirect (not at all)."),
    text("act", "speech (uttered, written or published), thought, intent or other."),
    text("text", "The words as printed; the parts of a broken quote are joined by “ … ”."),
    text("spans", "The parts of the quote: a JSON list of [start, end] in the article’s text.", json=True),
    integer("start", "The first character of the quote in the article’s text."),
    integer("end", "The character after the last one of the quote."),
    text("cue", "The words that introduce the quote: said, according to, a colon.", null=True),
    text("cue_spans", "The parts of the cue: a JSON list of [start, end].", null=True, json=True),
    text("mention", "The source as printed beside the quote: he, the minister, a surname.", null=True),
    text("mention_spans", "The parts of the mention: a JSON list of [start, end].", null=True, json=True),
    text("title", "The title of the speaker, as the article prints it.", null=True),
    real("confidence", "How sure the extractor is, from 0 to 1."),
    text("zone", "The part of the layout: headline, caption, body and the like."),
    text("sort_key", "Orders the quotes: sorted downwards, the newest article first and its quotes in the order of its text.", unique=True),
    text("role", f"The role in which the speaker speaks: {ROLES}; empty where there is no speaker, or none was read.", null=True),
    text("role_evidence", "The words that state the role.", null=True),
    text("role_spans", "The parts of these words: a JSON list of [start, end].", null=True, json=True),
    integer("past", "1 where the speaker no longer has the title and the institution, else 0."),
    integer("speaker_outlet", "1 where the speaker is a news outlet, which mostly carries what others said."),
    real("name_confidence", "How sure the name of the speaker is, from 0 to 1.", null=True),
    real("title_confidence", "How sure the title is, from 0 to 1.", null=True),
    real("institution_confidence", "How sure the institution is, from 0 to 1.", null=True),
    reference("appearance_id", "The speaker within this article.", "appearances", null=True),
    reference("institution_alias_id", "The name under which the institution is printed here.", "institution_aliases", null=True),
    reference("run_id", "What found the quote.", "runs", null=True, indexed=False),
    reference("utterance_id", "What was said, where the same words are printed more than once.", "utterances", null=True),
    text("likeness", "The words compared with the fullest print of the utterance: fullest, same, shortened or altered.", null=True),
    integer("corrected", "1 where a person corrected something about the quote, else 0."),
    integer("unsure", "1 where its confidence is below a half and no person confirmed or corrected it, else 0."),
    integer("in_default_view", f"1 where the quote is in the default view, else 0: {DEFAULT_VIEW}."),
    text("speaker_words", "What the speaker is searched by: the fullest name that the article prints.", null=True),
    text("institution_words", "What the institution is searched by: the name that the article prints, and the acronym.", null=True),
    text("topic_words", "The topics that the quote speaks about, as they are searched.", null=True),
    search=Search(("text", "title", "speaker_words", "institution_words", "topic_words", "speaker_id", "institution_id"), PROSE),
    # The last column lets both views be read and counted in their order from the index alone.
    orders=tuple((*first, "sort_key", "in_default_view") for first in ((), ("speaker_id",), ("institution_id",), ("role",))),
    hidden="in_default_view",
)

AFFILIATIONS = Table(
    "affiliations",
    "The titles and institutions of speakers, in which article they are printed, and where in its text.",
    integer("id", "Made from the article, the speaker, the words and their places."),
    reference("speaker_id", "Who.", "speakers"),
    text("title", "The title as printed.", null=True),
    text("institution", "The institution as printed in this article.", null=True),
    reference("institution_id", "The institution.", "institutions", null=True),
    reference("article_id", "The article in which this was read.", "articles"),
    integer("title_start", "The first character of the title in the article’s text.", null=True),
    integer("title_end", "The character after the last one of the title.", null=True),
    integer("institution_start", "The first character of the institution in the article’s text.", null=True),
    integer("institution_end", "The character after the last one of the institution.", null=True),
    integer("past", "1 where the article says that it is over (the former minister), else 0."),
    reference("appearance_id", "The speaker within this article.", "appearances", null=True),
    reference("institution_alias_id", "The name under which the institution is printed here.", "institution_aliases", null=True),
    reference("parent_alias_id", "The name of the institution that this one is printed as a part of.", "institution_aliases", null=True),
)

ALIASES = Table(
    "aliases",
    "Every name under which a speaker is quoted, once for each speaker.",
    integer("id", "Made from the speaker and the name, whatever its letter case, accents or hyphens."),
    reference("speaker_id", "Whose name it is.", "speakers"),
    text("name", "The name in its best spelling."),
    integer("articles", "How many articles call the speaker so."),
    text("key", "The name as it is compared: without case, accents, dots and hyphens."),
    text("block", "The appearances among which the same person is looked for; empty for others.", null=True, indexed=True),
    text("first_key", "Orders names by when they were first printed: the date, or ~, and the article."),
    text("evidence", "What its articles state of a person: domains of work, titles, institutions; a JSON object.", null=True, json=True),
    search=Search(("name",), NAMES),
)

APPEARANCES = Table(
    "appearances",
    "A speaker within one article: by which name, which speaker of the database that is, and why.",
    integer("id", "Made from the article, the kind and the name: the same on every machine and in every run."),
    reference("article_id", "The article.", "articles"),
    reference("speaker_id", "Which speaker of the database this is.", "speakers", indexed=False),
    text("name", "The fullest name that this article prints."),
    text("kind", "person, organisation, group, unnamed or document."),
    text("key", "The name as it is compared: without case, accents, dots and hyphens."),
    text("block", "The appearances among which the same speaker is looked for; empty where it belongs to its article.", null=True),
    text("evidence", "What tells people of one name apart: domains of work, titles, institutions; a JSON object.", json=True),
    text("published", "When the article was published.", null=True),
    integer("quotes", f"How many quotes the speaker has in the article{IN_VIEW}."),
    text("because", "Why it is taken for that speaker."),
    integer("all_quotes", "How many quotes the speaker has in the article in all."),
    orders=(("block", "key"), ("speaker_id", "article_id")),
)

INSTITUTION_ALIASES = Table(
    "institution_aliases",
    "Every name under which an institution is printed, and why it is taken for that institution.",
    integer("id", "Made from the name, whatever its letter case, accents or leading article."),
    reference("institution_id", "Which institution it is.", "institutions"),
    text("name", "The name in its best spelling."),
    text("acronym", "The acronym that an article gives in brackets after the name.", null=True),
    text("block", "The names among which the same institution is looked for.", null=True, indexed=True),
    text("because", "Why it is taken for that institution."),
    search=Search(("name",), NAMES),
)

UTTERANCES = Table(
    "utterances",
    "The same words printed more than once, in headline and text or in several articles: one row for what was said.",
    integer("id", "The id of its first occurrence."),
    text("text", "The words as they are printed most fully."),
    reference("speaker_id", "Who said it, as most of its occurrences have it.", "speakers", null=True),
    reference("first_quote_id", f"The quote that was published first{IN_VIEW}.", "quotes"),
    reference("fullest_quote_id", "The quote that has the most words of it.", "quotes"),
    text("first_published", f"When it was first published{IN_VIEW}.", null=True),
    text("last_published", f"When it was last published{IN_VIEW}.", null=True),
    integer("occurrences", f"How often it is printed{IN_VIEW}.", indexed=True),
    integer("articles", f"How many articles carry it{IN_VIEW}."),
    integer("outlets", f"How many outlets carry it{IN_VIEW}."),
    integer("all_occurrences", "How often it is printed in all."),
)

RUNS = Table(
    "runs",
    "What found quotes: the versions of the program and of every model, and the options.",
    integer("id", "Made from versions and options: the same on every machine."),
    text("extractor", "All of it in one line, as `articles.extractor` has it."),
    text("program", "The version of quotes.", null=True),
    text("model", "The extractor: the rules or a trained model.", null=True),
    text("model_digest", "The first digits of the SHA-256 of the trained model’s files.", null=True),
    text("spacy_model", "The spaCy pipeline under it, with its version.", null=True),
    text("options", "The options that change what is found: a JSON object.", json=True),
)

EXTRACTIONS = Table(
    "extractions",
    "What was found in each article before any correction, as compressed JSON, so that a correction can be undone.",
    reference("article_id", "The article.", "articles", indexed=False),
    reference("run_id", "What found it.", "runs"),
    text("at", "When: ISO 8601, in UTC."),
    blob("records", "The quotes found: JSON, compressed by zlib."),
    internal=True,
)

CORRECTIONS = Table(
    "corrections",
    "What people corrected: who, when and why. A correction overrides what was found, in every run, until it is undone.",
    integer("id", "Counts the corrections in the order in which they were made."),
    text("at", "When it was made: ISO 8601, in UTC."),
    text("by", "Who made it."),
    text("why", "Why, in the words of who made it.", null=True),
    text("action", "speaker, title, institution, span, reject, article, merge, apart, split or rename; accept and skip mark a review."),
    # No reference: a correction that was imported may wait for its article.
    integer("article_id", "The article that it is about; empty where it is about a speaker in all articles.", null=True, indexed=True),
    text("target", "What it is about: a JSON object.", json=True),
    text("change", "What it makes of it: a JSON object.", json=True),
    text("undone_at", "When it was undone, if it was.", null=True),
    text("undone_by", "Who undid it.", null=True),
)

MERGE_CANDIDATES = Table(
    "merge_candidates",
    "Pairs of speakers or of institutions that are perhaps the same, for a person to decide.",
    integer("id", "Made from the pair."),
    text("subject", "speaker or institution."),
    integer("one_id", "The one.", indexed=True),
    integer("other_id", "The other.", indexed=True),
    text("reason", "What speaks for it, and what is missing."),
    real("score", "How alike the names are, from 0 to 1."),
    text("block", "The names among which they were compared.", null=True, indexed=True),
)

TOPICS = Table(
    "topics",
    "Key phrases of quotes and articles: what is spoken about.",
    integer("id", "Made from the phrase."),
    text("phrase", "The phrase, in small letters where it is no name."),
    integer("quotes", f"How many quotes speak about it{IN_VIEW}.", indexed=True),
    integer("articles", "How many articles are about it."),
    integer("all_quotes", "How many quotes speak about it in all."),
    search=Search(("phrase",), PROSE),
)

QUOTE_TOPICS = Table(
    "quote_topics",
    "Which quotes speak about which topics.",
    reference("quote_id", "The quote.", "quotes", indexed=False),
    reference("topic_id", "What it is about.", "topics", indexed=False),
    integer("day", "The day of the article as a number, 20260301 for 1 March 2026; 0 where it has none, 99 for what is not stated of it."),
    integer("in_default_view", "1 where the quote is in the default view, else 0."),
    keys=2,
    # The quotes of a topic in the order of their days, read and counted without the quotes themselves.
    orders=(("topic_id", "day", "in_default_view"),),
)

ARTICLE_TOPICS = Table(
    "article_topics",
    "Which articles are about which topics.",
    reference("article_id", "The article.", "articles", indexed=False),
    reference("topic_id", "What it is about.", "topics"),
    integer("place", "1 for the article’s foremost topic, and so on."),
    keys=2,
)

COVERAGE = Table(
    "coverage",
    "What there is of each outlet in each month.",
    text("outlet", "The newspaper, agency or site; empty where it is not known."),
    text("month", "The month in which the articles were published (2026-03), or the year alone; empty where they have no date."),
    integer("articles", "How many articles."),
    integer("quotes", f"How many quotes they hold{IN_VIEW}."),
    integer("all_quotes", "How many quotes they hold in all."),
    keys=2,
    since="m009_site",
)

FINGERPRINTS = Table(
    "fingerprints",
    "Runs of words by which the same words are found again: an index for utterances.",
    integer("fingerprint", "A hash of some words in a row, and of whose they are."),
    integer("quote_id", "The quote that holds them."),
    keys=2,
    internal=True,
)

ARTICLE_VERSIONS = Table(
    "article_versions",
    "Every version of an article that was read: its path and address, and its text where that is no longer the article’s.",
    integer("id", "Made from the text and the address, as the id of an article is."),
    reference("article_id", "The article that it is a version of; itself for the current one.", "articles"),
    text("address", "The address without what serves only the reading: scheme, www, AMP, tracking.", null=True, indexed=True),
    integer("text_key", "The same for the same text.", indexed=True),
    text("path", "The input as it was named when the version was read."),
    text("url", "The address as the input stated it.", null=True),
    text("title", "The headline of the version.", null=True),
    text("published", "When it was published: ISO 8601, as exact as stated.", null=True),
    text("modified", "When it was last changed, as it states itself: ISO 8601.", null=True),
    text("language", "What it is written in (ISO 639-1).", null=True),
    text("text", "The whole text of a version that was replaced; empty where it is the article’s.", null=True),
    text("quotes", "The quotes of a version that was replaced, as they stood in the tables: a JSON list.", null=True, json=True),
    text("met", "When it was first read, in UTC."),
)

ARTICLE_LINKS = Table(
    "article_links",
    "Articles of different outlets that are nearly the same, as wire reports are.",
    integer("id", "Made from the two articles."),
    reference("article_id", "One of them.", "articles"),
    reference("other_id", "The other.", "articles"),
    real("shared", "The share of the shorter one that stands word for word in the longer one, from 0 to 1."),
)

ARTICLE_SKETCHES = Table(
    "article_sketches",
    "MinHash bands of the words of an article, of which near copies share some.",
    integer("id", "Made from the article and the number."),
    reference("article_id", "The article.", "articles"),
    integer("band", "The number.", indexed=True),
    internal=True,
)

FAILURES = Table(
    "failures",
    "What could not be read, until it can: `quotes retry` tries again.",
    integer("id", "Made from the source and the place in it."),
    text("source", "The file or the address that is to be read again.", indexed=True),
    text("path", "What in it could not be read."),
    text("what", "What was wrong, and how to mend it."),
    integer("tries", "How often it was tried."),
    text("first", "When it first failed, in UTC."),
    text("last", "When it last failed, in UTC."),
    text("settings", "How it was to be read (columns, encoding): a JSON object.", null=True, json=True),
)

FETCHES = Table(
    "fetches",
    "The last request for each address that `quotes watch` asks for, so that nothing is fetched twice.",
    integer("id", "Made from the address."),
    text("address", "The address of a feed or of a page."),
    text("etag", "What the server named the state of the page.", null=True),
    text("last_modified", "When the server said that the page had last changed.", null=True),
    text("updated", "When the feed said that the page had last changed.", null=True),
    text("checked", "When it was last asked for, in UTC.", null=True),
    text("again", "Before when it is not to be asked for again, in UTC.", null=True),
    integer("failures", "How often in a row it failed."),
    internal=True,
)

#: All of them, in the order in which they stand above.
TABLES = tuple(each for each in list(globals().values()) if isinstance(each, Table))
#: What was read, and what could not be: no work of the extractor, so that it cannot be made again from the articles.
INTAKE = (ARTICLE_VERSIONS, ARTICLE_LINKS, ARTICLE_SKETCHES, FAILURES, FETCHES)
