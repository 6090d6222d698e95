"""Which language is it written in? By the statistics of py3langid, and by what is stated where they are unsure."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

ENGLISH = "en"

#: As much of a text as is looked at, in characters.
_SAMPLE = 6000
#: From this probability on a text is in another language; names and foreign words make short English texts less sure.
_SURE, _ENGLISH_SURE = 0.9, 0.5


def language_of(text: str, stated: str | None = None) -> str | None:
    """The language of a text as an ISO 639-1 code, or None where that is unclear (a few words, a list of names).

    `stated` is what the input says of itself; it counts only where the text does not tell, since pages often state the language of
    their site's makers. Method: Lui and Baldwin (2012), langid.py, in its maintained successor.
    """
    language, probability = _identifier().classify(text[:_SAMPLE])
    return str(language) if probability >= (_ENGLISH_SURE if language == ENGLISH else _SURE) else stated


def language_code(stated: str | None) -> str | None:
    """The ISO 639-1 code in a stated language such as `en-GB`, None where there is none."""
    found = re.match(r"[A-Za-z]{2}(?=$|[-_])", stated or "")
    return found.group().casefold() if found else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
