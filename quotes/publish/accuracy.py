"""How often the extractor errs, as the last evaluation found, in words that a reader understands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from quotes.errors import PublishError

_PACKAGED = Path(__file__).parent / "evaluation.json"

_FIGURES = (
    ("direct_attributed", "f1", "words in quotation marks, with the right speaker"),
    ("attributed", "f1", "all quotes, reported speech and beliefs included, with the right speaker"),
    ("speaker_named", "f1", "the speaker’s full name"),
    ("title", "f1", "the speaker’s title"),
    ("institution", "f1", "the speaker’s institution"),
)


@lru_cache(maxsize=8)
def accuracy(path: str | None = None) -> list[dict[str, Any]]:
    """For each corpus its name, what it is, and how many in a hundred of each kind are wrong or missed (1 − F1), the surest first.

    `path` is a file that `quotes evaluate --json` wrote; without one, the evaluation that came with the package. Raises PublishError
    when the
    file cannot be read or holds no figures.
    """
    source = Path(path) if path else _PACKAGED
    try:
        corpora = json.loads(source.read_text("utf-8"))
        return [
            {"corpus": corpus, "about": record.get("about", ""), "faults": _faults(record), "sure": record.get("sure_precision")}
            for corpus, record in corpora.items()
            if "figures" in record
        ]
    except (OSError, ValueError, AttributeError, TypeError, KeyError) as error:
        raise PublishError(f"{source}: it holds no evaluation ({error}): write one with `quotes evaluate CORPUS --json FILE`") from error


def _faults(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    figures = record["figures"]
    found = [(words, figures[name].get(measure)) for name, measure, words in _FIGURES if name in figures]
    return [{"of": words, "wrong": round(100 * (1 - share))} for words, share in found if share is not None]
