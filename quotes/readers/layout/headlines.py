"""Is this line a headline, a subhead, or prose? Weighed on how it is printed, as headlines of sites often end in a full stop."""

from __future__ import annotations

import re

from quotes.readers.layout.boilerplate import has_quoted_sentence
from quotes.readers.layout.outlets import known_outlet, same_outlet
from quotes.readers.layout.patterns import whole_line

LONGEST_HEADLINE = 240
LONGEST_SUBHEAD = 90

_ENDS_SENTENCE = re.compile(r"[.!?…:;,—–-][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"[.!][\"'”’»)\]]*$")
_ARTICLES = frozenset(("a", "an", "the"))
#: Words of running prose that headlines leave out or put into the present.
_PROSE = re.compile(
    r"\b(?:was|were|had|has|have|been|said|told|he|she|they|his|her|their|there|which|who|would|could|did|i|we|you)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LABEL = re.compile(r"(?:[A-Z][A-Z.’' -]{1,30}|Q|A):\s")
_ITEM = re.compile(r"(?:[•●▪◦·*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s*\S")
_SITE_BESIDE = re.compile(r"\s+[|»·•–—:-]+\s+|\s*[|»]\s*")
_SINGLE_QUOTED = re.compile(r"['‘][^'‘’]{2,80}['’]")


def is_menu_item(line: str) -> bool:
    """True for what menus, buttons and empty templates say, and for nothing: `Next article`, `Home`, `Untitled`; no headline reads so."""
    plain = " ".join(line.strip(" »«›‹→←>|:.…").split()).casefold()
    return not plain or whole_line("menu_items").fullmatch(plain) is not None


def title_parts(title: str) -> list[str]:
    """What stands between the bars and dashes of a page’s title: the headline, the section, the site."""
    return [part for part in _SITE_BESIDE.split(title) if part]


def own_title(title: str, outlet: str | None) -> str | None:
    """A stated title without the name of the site beside it: `Quay closed | The Courier`; None where nothing of it is a headline."""
    parts = title_parts(title)
    while len(parts) > 1 and (same_outlet(parts[-1], outlet) or known_outlet(parts[-1]) or is_menu_item(parts[-1])):
        title = title[: title.rindex(parts.pop())].rstrip(" |»·•–—:-")
    before, colon, rest = title.partition(": ")
    if colon and rest and same_outlet(before, outlet):
        title = rest
    elif len(parts) > 1 and (same_outlet(parts[0], outlet) or is_menu_item(parts[0])):
        title = title[len(parts[0]) :].lstrip(" |»·•–—:-")
    return None if is_menu_item(title) or same_outlet(title, outlet) else title


def is_headline(line: str, *, above_byline: bool, alone: bool, below: str | None) -> bool:
    """True when the first line of a text is its headline.

    `above_byline` tells that a byline, a time or a dateline comes next, `alone` that blank lines set it apart; `below` is the first
    longer line after it, None where there is none.
    """
    if len(line) > LONGEST_HEADLINE or _ITEM.match(line):
        return False
    words = _WORD.findall(line)
    if not words or (has_quoted_sentence(line) and not (above_byline and _ENDS_SENTENCE.search(line) is None)):
        return False
    if line[0] in "…,;)" or line[0].islower() or line[-1] == ":" or (line.isupper() and len(words) < 2):
        return False
    if below is None and not above_byline:
        # Nothing but this line: a sentence that ends as sentences do is the text itself.
        return _ENDS_SENTENCE.search(line) is None and 4 <= len(words) <= 20 and _weight(line, words) >= 2
    # A short line over a long one, whose words it sums up, is likelier a headline.
    lead = {word.casefold() for word in _WORD.findall((below or "")[:1000])}
    shared = {word.casefold() for word in words if len(word) > 3} & lead
    above_story = (len(words) <= 12 and len(lead) >= 18) + (len(shared) >= 2)
    return _weight(line, words) + 4 * above_byline + alone + above_story >= 3


def _weight(line: str, words: list[str]) -> int:
    """How much the line reads like a headline (positive) or like running prose (negative)."""
    long_words = [word for word in words if len(word) > 3]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in long_words)
    articles = sum(word.casefold() in _ARTICLES for word in words)
    weight = 4 if long_words and capitals >= len(long_words) * 0.8 and len(words) >= 3 else 0
    weight += 3 if _ENDS_SENTENCE.search(line) is None or line.endswith(";") else 0
    weight += 1 if len(words) <= 14 else -max(0, (len(words) - 16) // 3)
    weight += 1 if articles == 0 and len(words) >= 4 else -(articles // 2)
    return weight - len(_PROSE.findall(line))


def is_subhead(line: str) -> bool:
    """True for a line within the body that is printed as a subhead."""
    if len(line) > LONGEST_SUBHEAD or is_label_line(line) or _ITEM.match(line):
        return False
    words = _WORD.findall(line)
    if not 1 <= len(words) <= 10 or not any(character.isalpha() for character in line):
        return False
    if line[0] in '"“«' and line[-1] in '"”»':
        return len(words) <= 8 and line[-2] not in ".,!?…—-"
    if line[0] in "'‘" and line[-1] in "'’" and _SINGLE_QUOTED.fullmatch(line):
        return line[-2] not in ".,!…—-"
    if line[0].islower() or line[0] in '"“«,;.…)(' or any(mark in line for mark in '“”"'):
        return False
    if line.isupper() and len(line) > 3:
        return _FULL_STOP.sub("", line)[-1:] not in ",;:-–—"
    return _ENDS_SENTENCE.search(line) is None


def is_label_line(line: str) -> bool:
    """True for the line of a transcript, that begins with a name in capitals and a colon."""
    return _LABEL.match(line) is not None


def ends_sentence(line: str) -> bool:
    """True when the line ends as a sentence of running prose does."""
    return _ENDS_SENTENCE.search(line) is not None
