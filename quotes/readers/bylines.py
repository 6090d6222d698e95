"""Who wrote it and from where: bylines and datelines in the forms that news sites print."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.readers.patterns import any_word
from quotes.readers.patterns import words as words_in
from quotes.readers.printed_time import find_time

LONGEST_BYLINE = 240

_OPENING = re.compile(
    r"(?:(?:story|words|interview|report|text|analysis|opinion|commentary|review|written|posted|column|exclusive)\s+)?by\b:?\s+",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\bsource\s*[:：]\s*(?P<outlet>.+)$", re.IGNORECASE)
_PLACE = re.compile(r"\s+(?:in|at|reporting from)\s+(?P<place>[A-Z][\w'’.-]*(?:,?\s+[A-Z][\w'’.-]*){0,4})$")
_FOR_OUTLET = re.compile(r",?\s+(?:[Ff]or|[Ss]pecial to)\s+(?:[Tt]he\s+)?(?P<outlet>[A-Z][\w.&'’-]*(?:\s+[A-Z&][\w.&'’-]*){0,5})$")
_BREAK = re.compile(r"\s*(?:\||•|·|\s[–—-]\s|/)\s*")
_DUTY = re.compile(
    r"(?:[\w&.'’-]+ ){0,5}(?:writers?|reporters?|correspondents?|editors?|columnists?|journalists?|contributors?|bureau chief)"
    r"(?:,? (?:at|for|in|of) [A-Z].*|,.*)?|special to .+",
    re.IGNORECASE,
)

# "COLUMBIA, S.C. (AP) — ", "DA NANG, Nov. 11 (Xinhua) -- ", "MANCHESTER, N.H. - ", "(CNN) ", "Beijing (AFP) – "
_CAPITAL = r"[^\W\d_a-z]"
_UPPER_PLACE = rf"{_CAPITAL}{{2,}}(?:{_CAPITAL}|[.'’])*(?:[ /-](?:{_CAPITAL}|[.'’])+){{0,5}}"
_MIXED_PLACE = r"[A-Z][\w.'’]*(?:[ /-][A-Z][\w.'’]*){0,4}"
_REGION = r"(?:, ?(?:[A-Z][\w.'’-]*)(?: (?:[A-Z][\w.'’-]*|of|and|the)){0,3})?"
_DAY = r"(?:, ?(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?)?"
_AGENCY = r"\((?P<agency>[A-Z][\w.&’' /-]{1,40})\)"
_DASH = r"\s*(?:—|–|--+|―|‑|−|-(?=\s))\s*"
_MIXED_DATELINE = re.compile(rf"(?P<place>{_MIXED_PLACE}{_REGION}){_DAY}\s*{_AGENCY}{_DASH}")
_DATELINES = (
    re.compile(rf"(?P<place>{_UPPER_PLACE}{_REGION}){_DAY}\s*{_AGENCY}(?:{_DASH}|:\s*|\s+)"),
    _MIXED_DATELINE,
    re.compile(rf"(?P<place>{_UPPER_PLACE}{_REGION}){_DAY}{_DASH}"),
    re.compile(rf"(?:(?:Jan|Feb|March|Mar|April|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.? \d{{1,2}} )?{_AGENCY}(?:{_DASH}|\s+)"),
)
_COLON_DATELINE = re.compile(r"(?P<place>[^\W\d_a-z]{3,}(?:[ /-][^\W\d_a-z]+){0,2}):\s+")
_AGENCIES = frozenset(("AP", "AFP", "UPI", "CNN", "BBC", "NPR", "PTI", "ANI", "IANS", "DPA", "EFE", "TASS", "ANSA", "KYODO", "CNS"))


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says. `time_at` is the offset in the line from which it only states a time, or None."""

    names: tuple[str, ...] = ()
    place: str | None = None
    outlet: str | None = None
    published: str | None = None
    time_at: int | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was filed: the place as printed, the agency in brackets, and the length with the dash."""

    place: str | None
    agency: str | None
    length: int


def parse_byline(line: str) -> Byline | None:
    """Read `By A in B Source:C Published: D`, `By A, Agency`, `By A and B`, `A B, C Staff Writer`; None when the line is no byline."""
    if len(line) > LONGEST_BYLINE or not line:
        return None
    rest, published, time_at = _without_time(line)
    outlet = None
    source = _SOURCE.search(rest)
    if source is not None:
        outlet = source["outlet"].strip(" |,;") or None
        rest = rest[: source.start()].rstrip(" |,;·•-–—")
    first, *others = _BREAK.split(rest.strip(" .,|")) or [""]
    opening = _OPENING.match(first)
    credit = first[opening.end() :] if opening else first
    credit, place = _without_place(credit)
    parts = _credit(credit)
    if parts is None:
        return None
    names, said_outlet, role = parts
    if opening is None and not (role and names):
        return None
    outlet = outlet or said_outlet
    for other in others:
        if is_outlet(other):
            outlet = outlet or _outlet(other)
        elif not (is_role_line(other) or (opening and _is_name(other)) or len(other) <= 40):
            return None
    return Byline(names, place, outlet, published, time_at)


def is_name_line(line: str) -> bool:
    """True for one or more persons' names and nothing else, as some sites print the writer without a `By`."""
    parts = [part for part in re.split(r"\s*,\s*|\s+and\s+|\s*&\s*", line) if part] if len(line) <= 100 else []
    return bool(parts) and all(_is_name(part) and not any_word("outlet_words").search(part) for part in parts)


def is_role_line(line: str) -> bool:
    """True for a writer's post printed on a line of its own: `Staff Writer`, `Science correspondent, The Courier`."""
    words = line.split()
    return 0 < len(words) <= 8 and line[-1] not in ".?!" and _DUTY.fullmatch(line) is not None and line[0].isupper()


def is_outlet(line: str) -> bool:
    """True for the name of a newspaper, an agency or a broadcaster on its own."""
    words = line.strip("() ").split()
    if not 0 < len(words) <= 6 or line[-1] in ".?!:" or any_word("outlet_words").search(line) is None:
        return False
    return all(word[0].isupper() or word in ("of", "the", "and", "&") or "." in word for word in words)


def find_dateline(paragraph: str, *, label_repeats: bool = True) -> Dateline | None:
    """The dateline at the beginning of a paragraph, or None.

    `label_repeats` tells that capitals before a colon begin several lines, as in a transcript: then they are names, not a place.
    """
    head = paragraph[:160]
    for pattern in _DATELINES:
        match = pattern.match(head)
        if match is None:
            continue
        groups = match.groupdict()
        place, agency = groups.get("place"), groups.get("agency")
        if place and pattern is not _MIXED_DATELINE and not place.partition(",")[0].isupper():
            continue  # letters beyond a–z that are not capitals
        if (place and _is_no_place(place)) or (agency and not place and not _is_agency(agency)):
            continue
        printed = match.group().rstrip()
        if agency and printed[-1] in "):" and not _is_agency(agency):
            continue  # "NATO (North Atlantic Treaty Organization) said"
        if match.end() < len(paragraph) and not paragraph[match.end()].islower():  # in lower case it is an aside between dashes
            return Dateline(place, agency, len(printed))
    colon = None if label_repeats else _COLON_DATELINE.match(head)
    if colon and not _is_no_place(colon["place"]) and len(paragraph) > 80 and paragraph[colon.end()] not in "\"'“‘«":
        return Dateline(colon["place"], None, len(colon.group().rstrip()))
    return None


def _is_no_place(place: str) -> bool:
    return all(word in words_in("no_places") for word in re.split(r"[\s,/]+", place.casefold().strip(" .")))


def _is_agency(name: str) -> bool:
    return name.upper() in _AGENCIES or any_word("outlet_words").search(name) is not None or (name.isupper() and 2 <= len(name) <= 8)


def _without_time(line: str) -> tuple[str, str | None, int | None]:
    """Cut off the time that ends the line; a time in the middle makes the line no byline, which later steps see."""
    time = find_time(line)
    if time is None or any(character.isalpha() for character in line[time.end :]):
        return line, None, None
    return line[: time.start].rstrip(" |,;·•-–—/("), time.iso, time.start


def _without_place(credit: str) -> tuple[str, str | None]:
    place = _PLACE.search(credit)
    return (credit[: place.start()].rstrip(" ,"), place["place"]) if place else (credit, None)


def _credit(credit: str) -> tuple[tuple[str, ...], str | None, bool] | None:
    """Names, outlet, and whether a role or an outlet was printed; None when a part is neither name nor role nor outlet."""
    names: list[str] = []
    paper = _FOR_OUTLET.search(credit)
    outlet: str | None = paper["outlet"] if paper else None
    role = paper is not None
    credit = credit[: paper.start()] if paper else credit
    for index, part in enumerate(re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+with\s+", credit)):
        part = part.strip(" .")
        if not part:
            continue
        if is_outlet(part) and (index > 0 or _is_house(part)):
            outlet, role = outlet or _outlet(part), True
        elif index > 0 and is_role_line(part):
            role = True
        elif _is_name(part):
            names.append(part)
        else:
            return None
    return (tuple(dict.fromkeys(names)), outlet, role) if names or outlet else None


def _is_house(part: str) -> bool:
    """An outlet that signs by itself: `Reuters`, `The Associated Press`, `Velder News` (and not `Daisy Star`)."""
    words = part.split()
    if len(words) == 1 or words[0].casefold() == "the" or part.isupper():
        return True
    return re.search(r"\b(?:press|news|agency|wires?|staff|times|network|newswire)$", part, re.IGNORECASE) is not None


def _outlet(part: str) -> str | None:
    """`Marlow Examiner Staff Writer` says that the outlet is the `Marlow Examiner`."""
    words = part.split()
    while words and any_word("role_words").fullmatch(words[-1]):
        words.pop()
    return " ".join(words).strip("() ") or None


def _is_name(part: str) -> bool:
    words = part.split()
    if not 2 <= len(words) <= 6 or any(word.casefold().strip(".,") in words_in("no_names") for word in words):
        return False
    if not (words[0][0].isupper() and words[-1][0].isupper()) and words[0].casefold() not in words_in("name_particles"):
        return False
    return all(_is_name_word(word) for word in words)


def _is_name_word(word: str) -> bool:
    if word.casefold() in words_in("name_particles"):
        return True
    core = re.sub(r"['’.\-()“”\"]", "", word)
    return core.isalpha() and (word[0].isupper() or word[:2] in ("d'", "d’") or word[:3] in ("al-", "el-"))
