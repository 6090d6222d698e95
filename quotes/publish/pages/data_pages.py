"""The pages for those who work with the data: downloads, what the columns mean, and how they were coded."""

from __future__ import annotations

from typing import Any

from quotes.publish.collection import accuracy, citation, collection_version, figures
from quotes.publish.database import ask, page, readable, rows
from quotes.publish.datasette_internals import metadata_of
from quotes.publish.metadata import public_url, setting
from quotes.records import SURE
from quotes.store.schema import TABLES, VIEWS, Relation

_RUNS = "select extractor, program, model, model_digest, spacy_model from runs order by id limit 50"
_RELATIONS: tuple[Relation, ...] = (*VIEWS, *(each for each in TABLES if not each.internal))


async def data_page(request: Any, datasette: Any) -> Any:
    """Everything that can be downloaded, with its version and how to cite it."""
    database = await readable(request, datasette)
    counted = await ask(datasette, database, lambda connection: figures(connection, database))
    base = datasette.urls.database(database.name)
    title = metadata_of(datasette).get("title") or "Who said what"
    context = {
        "figures": counted,
        "version": collection_version(counted),
        "relations": [each for each in _RELATIONS if each.name not in database.denied],
        "citation": citation(title, public_url(datasette, request, f"{base}/data"), counted),
        "origin": public_url(datasette, request, base),
    }
    return await page(request, datasette, database, "quotes_data.html", context)


async def dictionary_page(request: Any, datasette: Any) -> Any:
    """Every table and column with its meaning, from the declaration of the schema."""
    database = await readable(request, datasette)
    return await page(request, datasette, database, "quotes_dictionary.html", {"relations": _RELATIONS, "views": VIEWS})


async def codebook_page(request: Any, datasette: Any) -> Any:
    """For researchers: what counts as a quote, what the codes mean, how sure they are, and what found them."""
    database = await readable(request, datasette)
    runs = await ask(datasette, database, lambda connection: rows(connection, _RUNS))
    context = {"runs": runs, "accuracy": accuracy(setting(datasette, "evaluation")), "sure": SURE}
    return await page(request, datasette, database, "quotes_codebook.html", context)
