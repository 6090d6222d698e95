"""The pages for those who work with the data: what there is to take away, what the columns mean, how they were coded, and a notebook."""

from __future__ import annotations

import json
from typing import Any

from datasette.utils.asgi import Response

from quotes.publish.accuracy import accuracy
from quotes.publish.citing import citation, collection_version
from quotes.publish.home import FIGURES
from quotes.publish.queries import ask, page, permitted, rows
from quotes.publish.site_settings import public_url
from quotes.records import SURE
from quotes.store.schema import TABLES, VIEWS
from quotes.store.schema.declaration import Table

_RUNS = "select extractor, program, model, model_digest, spacy_model from runs order by id limit 50"


async def data_page(request: Any, datasette: Any) -> Any:
    """Everything there is to take away, with its version and how to cite it."""
    database = await permitted(request, datasette)
    figures = await ask(datasette, database, lambda connection: FIGURES.of(connection, str(database.path)))
    base = datasette.urls.database(database.name)
    title = datasette.metadata("title") or "Who said what"
    context = {
        "figures": figures,
        "version": collection_version(figures),
        "views": tuple(each for each in VIEWS if each.name not in database.denied),
        "tables": tuple(each for each in TABLES if not each.internal and each.name not in database.denied),
        "citation": citation(title, public_url(datasette, request, f"{base}/data"), figures),
        "origin": public_url(datasette, request, base),
    }
    return await page(request, datasette, database, "quotes_data.html", context)


async def dictionary_page(request: Any, datasette: Any) -> Any:
    """Every table and column with its meaning, from the declaration of the schema."""
    database = await permitted(request, datasette)
    relations = [{"each": each, "is_table": isinstance(each, Table)} for each in (*VIEWS, *TABLES) if not getattr(each, "internal", False)]
    return await page(request, datasette, database, "quotes_dictionary.html", {"relations": relations})


async def codebook_page(request: Any, datasette: Any) -> Any:
    """For researchers: what counts as a quote, what the codes mean, how sure they are, and what found them."""
    database = await permitted(request, datasette)
    runs = await ask(datasette, database, lambda connection: rows(connection, _RUNS))
    config = datasette.plugin_config("quotes") or {}
    context = {"runs": runs, "accuracy": accuracy(config.get("evaluation")), "sure": SURE}
    return await page(request, datasette, database, "quotes_codebook.html", context)


async def notebook(request: Any, datasette: Any) -> Any:
    """A Jupyter notebook that loads the quotes of this site, or of one search of it, and looks at them."""
    database = await permitted(request, datasette)
    base = public_url(datasette, request, datasette.urls.database(database.name))
    query = f"?{request.query_string}" if request.query_string else ""
    written = json.dumps(notebook_of(f"{base}/data/quotes.csv{query}"), indent=1)
    headers = {"content-disposition": 'attachment; filename="quotes.ipynb"'}
    return Response(written, content_type="application/x-ipynb+json; charset=utf-8", headers=headers)


def notebook_of(address: str) -> dict[str, Any]:
    """A notebook (nbformat 4.5) over the CSV at `address`."""
    address = json.dumps(address)  # a Python string, whatever signs it holds
    cells = [
        (
            "markdown",
            "# Who said what\n\nQuotes from news articles, one row for each. What the columns mean: see the data dictionary.",
        ),
        (
            "code",
            "import pandas as pd\n\n"
            f"SOURCE = {address}\n"
            'IDS = {name: "Int64" for name in ("id", "article_id", "speaker_id", "institution_id", "utterance_id")}\n'
            "# A speaker may be called “None” or “NA”: only what is empty is missing.\n"
            'quotes = pd.read_csv(SOURCE, dtype=IDS, keep_default_na=False, na_values=[""])\n'
            "assert quotes.id.is_unique\n"
            "quotes.shape",
        ),
        ("markdown", "## Who speaks most, and as what"),
        (
            "code",
            'said = quotes[quotes.act == "speech"].groupby(["speaker", "title", "institution"], dropna=False)\n'
            "said.size().sort_values(ascending=False).head(20)",
        ),
        ("markdown", "## Over time"),
        ("code", 'quotes.published.str[:7].value_counts().sort_index().plot(title="Quotes a month")'),
        ("markdown", "## Roles by outlet"),
        ("code", 'pd.crosstab(quotes.outlet, quotes.role, normalize="index").round(2)'),
        ("markdown", f"## Only what is sure\n\nQuotes below a confidence of {SURE} are as likely wrong as right."),
        ("code", f"sure = quotes[quotes.confidence >= {SURE}]\nlen(sure), len(quotes)"),
    ]
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "cells": [
            {
                "id": f"cell-{nth}",
                "cell_type": kind,
                "metadata": {},
                "source": source,
                **({"outputs": [], "execution_count": None} if kind == "code" else {}),
            }
            for nth, (kind, source) in enumerate(cells)
        ],
    }
