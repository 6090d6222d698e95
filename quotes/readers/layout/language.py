"""Which language is it written in? English is recognised by its commonest words; what has too few of them, by py3langid's statistics."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from quotes.readers.layout.patterns import words as words_in

ENGLISH = "en"

#: As much of a text as is looked at, in characters.
_SAMPLE = 6000
#: English prose has three such words in ten, names and figures included; other languages have next to none.
_ENGLISH_SHARE = 0.12
_FEW_WORDS = 15
_SURE = 0.9

_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, stated: str | None = None) -> str | None:
    """The language of a text as an ISO 639-1 code, or None where that is unclear (a few words, a list of names).

    `stated` is what the input says of itself; it counts only where the text does not tell, since pages often state the language of
    their site's makers. Method: Lui and Baldwin (2012), langid.py, in its maintained successor.
    """
    sample = text[:_SAMPLE]
    words = [word.casefold() for word in _WORD.findall(sample)]
    if words and sum(word in words_in("common_english") for word in words) >= _ENGLISH_SHARE * len(words):
        return ENGLISH
    other_script = sum(letter > "\u02ff" for letter in sample if letter.isalpha())
    if len(words) < _FEW_WORDS and other_script < 20:
        return stated
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= _SURE else stated


def language_code(stated: str | None) -> str | None:
    """The ISO 639-1 code in a stated language such as `en-GB`, None where there is none."""
    found = re.match(r"[A-Za-z]{2}(?=$|[-_])", stated or "")
    return found.group().casefold() if found else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
