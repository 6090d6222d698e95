"""Which encoding is it, when it is not Unicode? The two in which English was written before it, told by how their signs stand in words;
others by charset-normalizer."""

from __future__ import annotations

import codecs
import logging
import re
from typing import NamedTuple

#: Where more of the letters than this are beyond ASCII, the text is in no Western language.
_MOST_ACCENTS = 0.15
_LEAST_SCORE = 0.5
#: Fewer bytes beyond ASCII than this tell statistics nothing.
_FEW = 16
#: As much of a text as is looked at: more would tell nothing new.
SAMPLE = 1 << 16

_OPENING, _CLOSING = "“‘„‚«", "”»"
_LOOSE = "–—•…·©®™°£€¥§¶½¼¾¡¿\xa0\xad′″†‡"
_WORD_SIGN = re.compile(r"[^\W\d_]")


class Guess(NamedTuple):
    """A Python codec, what to call it, and whether the bytes themselves leave little doubt."""

    codec: str
    name: str
    sure: bool


def guess(sample: bytes) -> Guess | None:
    """The encoding of bytes that are no UTF-8 and hold some beyond ASCII, or None where it cannot be told. Never raises."""
    western = [
        (score, codec, name)
        for codec, name in (("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"))
        if (score := _score(sample, codec)) is not None
    ]
    if western:
        score, codec, name = max(western, key=lambda each: each[0])
        if score >= _LEAST_SCORE:
            return Guess(codec, name, sure=True)
    return _by_statistics(sample) if sum(byte > 0x7F for byte in sample) >= _FEW else None


def _score(sample: bytes, codec: str) -> float | None:
    """How well the signs beyond ASCII stand where an English text has them, from -1 to 1; None where the codec does not fit."""
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError:
        return None
    letters = sum(character.isalpha() for character in text)
    beyond = [at for at, character in enumerate(text) if character > "\x7f"]
    accented = sum(text[at].isalpha() for at in beyond)
    if accented > max(letters, 1) * _MOST_ACCENTS and accented > 3:
        return None
    return sum(_standing(text, at) for at in beyond) / max(1, len(beyond))


def _standing(text: str, at: int) -> int:
    sign, before, after = text[at], text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    if sign in _LOOSE:
        return 1
    if sign in _OPENING:
        return 1 if not before.isalnum() and not after.isspace() else -1
    if sign in _CLOSING:
        return 1 if not before.isspace() and not after.isalnum() else -1
    if sign == "’":
        return 1 if not before.isspace() or after.isalnum() else -1
    if not sign.isalpha():
        return -1
    if sign.isupper():
        return 1 if not before.islower() and (after.isalpha() or after in " -’'.") and not (before == " " and after == " ") else -1
    return 1 if _WORD_SIGN.match(before) or _WORD_SIGN.match(after) else -1


def _by_statistics(sample: bytes) -> Guess | None:
    from charset_normalizer import from_bytes

    logging.getLogger("charset_normalizer").addHandler(logging.NullHandler())
    best = from_bytes(sample).best()
    if best is None or best.encoding in ("ascii", "utf_8"):
        return None
    try:
        sample.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return Guess(best.encoding, codecs.lookup(best.encoding).name.upper(), sure=False)
