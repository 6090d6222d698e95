"""Judging hard cases: short passages of which every quote is known, and which are right as a whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.corpora.gold import HardCase
from quotes.records import JOINER, Quote

_PLAIN_MARKS = str.maketrans("“”‘’", "\"\"''")


def judge(case: HardCase, quotes: Sequence[Quote]) -> list[str]:
    """What is wrong with the quotes of a passage: `content`, `speaker`, `title`, `institution`, `false quote`, once for each fault.

    Contents, names, titles and institutions are compared as `plain` words; beside the expected quotes no act of speech may stand.
    """
    left, wrong = list(quotes), []
    for expected in case.quotes:
        want = [plain(part) for part in expected.contents]
        found = next((quote for quote in left if _same_content(quote, want)), None)
        if found is None:
            wrong.append("content")
            continue
        left.remove(found)
        speaker = found.speaker
        given = {
            "speaker": (speaker.name if speaker else None, expected.speaker),
            "title": (speaker.title if speaker else None, expected.title),
            "institution": (speaker.institution if speaker else None, expected.institution),
        }
        wrong += [what for what, (ours, theirs) in given.items() if plain(ours) != plain(theirs)]
    return wrong + ["false quote"] * sum(quote.act == "speech" for quote in left)


def plain(words: str | None) -> str:
    """Words without what does not count: edge punctuation and quotation marks, case, width of white space, a leading article."""
    bare = (words or "").translate(_PLAIN_MARKS).strip(" .,;:!?'\"\n").lower()
    return re.sub(r"\s+", " ", re.sub(r"^(the|a|an) ", "", bare))


def _same_content(quote: Quote, want: Sequence[str]) -> bool:
    """Whether the words are the same, wherever they are parted."""
    return [plain(part) for part in quote.text.split(JOINER)] == want or plain(quote.text.replace(JOINER, " ")) == plain(" ".join(want))
