"""The tables of what found quotes, what people put right, and what is left for them to decide."""

from __future__ import annotations

from quotes.store.schema_types import Column, Table

RUNS = Table(
    "runs",
    "What found quotes: the versions of the program and of every model, and the options.",
    (
        Column("id", "INTEGER", "Made from versions and options: the same on every machine.", required=True),
        Column("extractor", "TEXT", "All of it in one line, as `articles.extractor` has it.", required=True),
        Column("program", "TEXT", "The version of quotes."),
        Column("model", "TEXT", "The extractor: the rules or a trained model."),
        Column("model_digest", "TEXT", "The first digits of the SHA-256 of the trained model’s files."),
        Column("spacy_model", "TEXT", "The spaCy pipeline under it, with its version."),
        Column("options", "TEXT", "The options that change what is found: a JSON object.", required=True, json=True),
    ),
)

EXTRACTIONS = Table(
    "extractions",
    "What was found in each article before any correction, as compressed JSON, so that a correction can be undone.",
    (
        Column("article_id", "INTEGER", "The article.", required=True, references="articles"),
        Column("run_id", "INTEGER", "What found it.", required=True, references="runs", indexed=True),
        Column("at", "TEXT", "When: ISO 8601, in UTC.", required=True),
        Column("records", "BLOB", "The quotes found: JSON, compressed by zlib.", required=True),
    ),
    internal=True,
)

CORRECTIONS = Table(
    "corrections",
    "What people put right: who, when and why. A correction is laid over what was found, in every run, until it is undone.",
    (
        Column("id", "INTEGER", "Counts the corrections in the order in which they were made.", required=True),
        Column("at", "TEXT", "When it was made: ISO 8601, in UTC.", required=True),
        Column("by", "TEXT", "Who made it.", required=True),
        Column("why", "TEXT", "Why, in the words of who made it."),
        Column(
            "action",
            "TEXT",
            "speaker, title, institution, span, reject, article, merge, apart, split or rename; accept and skip are the marks of a review.",
            required=True,
        ),
        # No reference: a correction that was imported may wait for its article.
        Column("article_id", "INTEGER", "The article that it is about; empty where it is about a speaker in all articles.", indexed=True),
        Column("target", "TEXT", "What it is about: a JSON object.", required=True, json=True),
        Column("change", "TEXT", "What it makes of it: a JSON object.", required=True, json=True),
        Column("undone_at", "TEXT", "When it was undone, if it was."),
        Column("undone_by", "TEXT", "Who undid it."),
    ),
)

MERGE_CANDIDATES = Table(
    "merge_candidates",
    "Pairs of speakers or institutions that may be one, or one that may be two, for a person to decide.",
    (
        Column("id", "INTEGER", "Made from the pair.", required=True),
        Column("subject", "TEXT", "speaker or institution.", required=True),
        Column("one_id", "INTEGER", "The one.", required=True, indexed=True),
        Column("other_id", "INTEGER", "The other; the same as the one where one speaker may be two.", required=True, indexed=True),
        Column("reason", "TEXT", "What speaks for it, and what is missing.", required=True),
        Column("score", "REAL", "How alike the names are, from 0 to 1.", required=True),
        Column("block", "TEXT", "The names among which they were compared.", indexed=True),
    ),
    derived=True,
)
