"""The pages for those who work with the data: downloads, what the columns mean, and how they were coded."""

from __future__ import annotations

import sqlite3
from typing import Any

from quotes.publish.collection import accuracy, citation, collection_version, figures
from quotes.publish.database import Visit, rows, view
from quotes.publish.datasette_internals import metadata_of
from quotes.publish.metadata import setting
from quotes.records import SURE
from quotes.store.schema import TABLES, VIEWS, Relation

_RUNS = "select extractor, program, model, model_digest, spacy_model from runs order by id limit 50"
_RELATIONS: tuple[Relation, ...] = (*VIEWS, *(each for each in TABLES if not each.internal))


@view("quotes_data.html")
def data_page(connection: sqlite3.Connection, visit: Visit) -> dict[str, Any]:
    """Everything that can be downloaded, with its version and how to cite it."""
    counted = figures(connection, visit)
    title = metadata_of(visit.datasette).get("title") or "Who said what"
    return {
        "figures": counted,
        "version": collection_version(counted),
        "relations": [each for each in _RELATIONS if each.name not in visit.denied],
        "citation": citation(title, visit.url("/data"), counted),
        "origin": visit.url(),
    }


@view("quotes_dictionary.html")
def dictionary_page(_connection: sqlite3.Connection, _visit: Visit) -> dict[str, Any]:
    """Every table and column with its meaning, from the declaration of the schema."""
    return {"relations": _RELATIONS, "views": VIEWS}


@view("quotes_codebook.html")
def codebook_page(connection: sqlite3.Connection, visit: Visit) -> dict[str, Any]:
    """For researchers: what counts as a quote, what the codes mean, how sure they are, and what found them."""
    return {"runs": rows(connection, _RUNS), "accuracy": accuracy(setting(visit.datasette, "evaluation")), "sure": SURE}
