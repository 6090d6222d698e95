"""The pages for those who work with the data: downloads, what the columns mean, how they were coded, and a notebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from quotes.publish.collection import accuracy, citation, collection_version, figures
from quotes.publish.database import ask, page, readable, rows
from quotes.publish.datasette_internals import metadata_of
from quotes.publish.metadata import public_url, setting
from quotes.records import SURE
from quotes.store.schema import TABLES, VIEWS, Table, View

_NOTEBOOK = Path(__file__).parents[1] / "templates" / "notebook.ipynb"
_RUNS = "select extractor, program, model, model_digest, spacy_model from runs order by id limit 50"
_RELATIONS: tuple[Table | View, ...] = (*VIEWS, *(each for each in TABLES if not each.internal))


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


async def notebook(request: Any, datasette: Any) -> Any:
    """A Jupyter notebook that loads the quotes of this site, or of one search of it, and looks at them."""
    database = await readable(request, datasette)
    base = public_url(datasette, request, datasette.urls.database(database.name))
    query = f"?{request.query_string}" if request.query_string else ""
    headers = {"content-disposition": 'attachment; filename="quotes.ipynb"'}
    written = json.dumps(notebook_of(f"{base}/data/quotes.csv{query}"), indent=1)
    return Response(written, content_type="application/x-ipynb+json; charset=utf-8", headers=headers)


def notebook_of(address: str) -> dict[str, Any]:
    """A notebook (nbformat 4.5) over the CSV at `address`."""
    made: dict[str, Any] = json.loads(_NOTEBOOK.read_text("utf-8"))
    for cell in made["cells"]:
        # As a Python string, whatever characters it holds.
        cell["source"] = "".join(cell["source"]).replace('"quotes.csv"', json.dumps(address))
    return made
