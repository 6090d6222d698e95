"""What one article brings to the database, as far as it depends on no other article: made where the quotes are found, loaded elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from quotes.linking import InstitutionIdentity
from quotes.linking.utterances import fingerprints
from quotes.records import Article, Quote
from quotes.store.intake.near_copies import sketch_of
from quotes.store.overrides.correction_records import Correction
from quotes.store.overrides.extractions import Run
from quotes.store.overrides.overrides import override
from quotes.store.rows.article_rows import article_rows
from quotes.store.rows.speaker_linking import alone
from quotes.store.rows.utterance_rows import quote_words
from quotes.store.schema.declaration import Table
from quotes.store.schema.tables import AFFILIATIONS, APPEARANCES, QUOTES

#: What linking decides of a quote or an affiliation.
_LINKED = {"speaker_id", "institution_id", "utterance_id", "likeness"}
#: The tables whose rows are staged, with their columns as they are.
STAGED: dict[Table, tuple[str, ...]] = {
    QUOTES: (*(name for name in QUOTES.names if name not in _LINKED), "fingerprints", "topics"),
    APPEARANCES: APPEARANCES.names,
    AFFILIATIONS: tuple(name for name in AFFILIATIONS.names if name not in _LINKED),
}
#: Columns of staged rows that the tables do not have: lists, with the type of each value; and names for other programs.
LISTS: dict[Table, dict[str, str]] = {QUOTES: {"fingerprints": "INTEGER", "topics": "TEXT"}, APPEARANCES: {}, AFFILIATIONS: {}}
NAMES: dict[Table, tuple[str, ...]] = {QUOTES: ("speaker", "speaker_kind", "institution"), APPEARANCES: (), AFFILIATIONS: ()}


class StagedArticle(NamedTuple):
    """An article, what found its quotes, and everything found, as `extractions` has it; `institutions` and `bands` as in `StagedRows`."""

    article: Article
    run: Run
    records: bytes
    institutions: Sequence[InstitutionIdentity]
    bands: Sequence[int]


class StagedRows(NamedTuple):
    """An article as people corrected it, and its rows, by the names of their columns, as `ArticleRows` has them.

    A quote has `LISTS` and `NAMES` too. Who is known within the article alone is linked already. `bands` are the sketch of the text,
    `institutions` those that speak, or that somebody speaks for.
    """

    article: Article
    quotes: list[dict[str, Any]]
    appearances: list[dict[str, Any]]
    affiliations: list[dict[str, Any]]
    institutions: list[InstitutionIdentity]
    bands: list[int]


def staged_rows(article: Article, quotes: Sequence[Quote], run: Run, corrections: Sequence[Correction] = ()) -> StagedRows:
    """The rows of an article and what was found in it, under the corrections."""
    corrected = override(article, quotes, corrections)
    rows = article_rows(corrected, run)
    who = {row["id"]: row for row in rows.appearances}
    for row in rows.quotes:
        speaker = who.get(row.get("appearance_id"), {})
        name, kind, key = (speaker.get(part) for part in ("name", "kind", "key"))
        words = quote_words(row["id"], row["text"], row["kind"], name, kind, key, (article.id, row["start"], row["end"]))
        institution = rows.institutions.get(row.get("institution_alias_id", 0))
        row |= {"fingerprints": sorted(fingerprints(words)), "topics": sorted(set(rows.quote_topics[row["id"]]))}
        row |= {"speaker": name, "speaker_kind": kind, "institution": institution and institution.name}
    for row in rows.appearances:
        speaker_id, because = alone(row["kind"], row["key"], article.id) if row["block"] is None else (0, "")
        row |= {"speaker_id": speaker_id, "because": because}
    institutions = list(rows.institutions.values())
    return StagedRows(corrected.article, rows.quotes, rows.appearances, rows.affiliations, institutions, sketch_of(article.text))
