"""Who wrote it and where: bylines and datelines in the forms that agencies and news sites print, and writers as records state them."""

from __future__ import annotations

import re
from typing import NamedTuple

from quotes import lexicons
from quotes.readers.layout.dates import find_time
from quotes.readers.layout.outlets import has_outlet_word, known_outlet
from quotes.readers.layout.patterns import whole_line
from quotes.readers.layout.patterns import words as words_in

LONGEST_BYLINE = 240
#: Of a stated string of writers no more characters are read.
_LONGEST_FIELD = 1000

_OPENING = re.compile(
    r"(?:(?:story|words|interview|report|text|analysis|opinion|commentary|review|written|posted|column|exclusive)\s+)?by\b:?\s+",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\bsource\s*[:：]\s*(?P<outlet>.+)$", re.IGNORECASE)
_PLACE = re.compile(r"\s+(?:in|at|reporting from)\s+(?P<place>[A-Z][\w'’.-]*(?:,?\s+[A-Z][\w'’.-]*){0,4})$")
_FOR_OUTLET = re.compile(
    r",?\s+(?:[Ff]or|(?P<of>of)|[Ss]pecial to)\s+(?:[Tt]he\s+)?(?P<outlet>[A-Z][\w.&'’-]*(?:\s+[A-Z&][\w.&'’-]*){0,5})$"
)
_ADDRESS = re.compile(r"\(?(?:\S+@\S+|(?<!\S)@\w+|(?:https?://|www\.)\S+)\)?")
_BAR = re.compile(r"\s*(?:\||•|·|\s[–—-]\s|/)\s*")
_COMMA = re.compile(r"\s*;\s*|\s*,(?!\s*(?:jr|sr|ii|iii|iv)\b)\s*(?:and\s+)?|\s+(?:and|with)\s+|\s*&\s*", re.IGNORECASE)
#: A family name and what stands behind its comma: `Lee, Ann B.`
_TURNED = re.compile(r"([^\s,;]+), ([A-Z][^\s,;]*(?: [^\s,;]+)?)")
#: What a writer field holds beside names: degrees, and what stands there by default.
_NO_WRITER = re.compile(r"(?:ph\.?d|m\.?d|jr|sr|qc|kc|obe|mbe|cbe|esq)\.?|admin|administrator|webmaster", re.IGNORECASE)
#: Capitalised words after `By` with which no writer's name is made.
_NO_NAMES = frozenset((
    "a", "an", "her", "his", "its", "my", "our", "that", "the", "their", "these", "this", "those", "your", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "july", "september", "october",
    "november", "december",
))  # fmt: skip
#: An outlet that signs by itself: `Reuters`, `The Associated Press`, `Velder News` (and not `Daisy Star`).
_SIGNS_ALONE = re.compile(r"^\S+$|^the\b|\b(?:press|news|agency|wires?|staff|times|network|newswire)$", re.IGNORECASE)
_DUTY = re.compile(
    r"(?:[\w&.'’-]+ ){0,5}(?:writers?|reporters?|correspondents?|editors?|columnists?|journalists?|contributors?|bureau chief)"
    r"(?:,? (?:at|for|in|of) [A-Z].*|,.*)?|special to .+",
    re.IGNORECASE,
)


class Byline(NamedTuple):
    """What a byline says. `time_at` is the offset in the line from which it only states a time, or None."""

    names: tuple[str, ...] = ()
    place: str | None = None
    outlet: str | None = None
    published: str | None = None
    time_at: int | None = None


def parse_byline(line: str) -> Byline | None:
    """Read `By A in B Source:C Published: D`, `By A, Agency`, `By A and B`, `A B, C Staff Writer`; None when the line is no byline."""
    if len(line) > LONGEST_BYLINE:
        return None
    time = find_time(line)
    if time is not None and any(character.isalpha() for character in line[time.end :]):
        time = None  # in the middle it makes the line no byline, as what follows shows
    rest = line[: time.start].rstrip(" |,;·•-–—/(") if time else line
    source = _SOURCE.search(rest)
    outlet = source["outlet"].strip(" |,;") or None if source else None
    rest = rest[: source.start()].rstrip(" |,;·•-–—") if source else rest
    first, *others = _BAR.split(rest.strip(" .,|"))
    opening = _OPENING.match(first)
    credit = first[opening.end() :] if opening else first
    place = _PLACE.search(credit)
    credit = credit[: place.start()].rstrip(" ,") if place else credit
    paper = _paper(credit)
    parts = _credit(credit[: paper.start()] if paper else credit)
    if parts is None:
        return None
    names, employer, has_post = parts
    # A line without `By` signs with a post, or for an outlet, not as a headline ends in `for Border Wall` or `Slams Fox News`.
    for_outlet = paper is not None and has_outlet_word(paper["outlet"]) and all(map(_given, names))
    if opening is None and not (names and (for_outlet if paper else has_post)):
        return None
    outlet = outlet or (paper["outlet"] if paper else employer)
    for other in others:
        if is_outlet(other):
            outlet = outlet or _employer(other)
        elif _is_name(other) and _given(other) and not is_role_line(other):
            names.append(other)
        elif not (is_role_line(other) or (opening and _is_name(other)) or len(other) <= 40):
            return None
    place_name, iso, at = place["place"] if place else None, time.iso if time else None, time.start if time else None
    return Byline(tuple(dict.fromkeys(names)), place_name, outlet, iso, at)


def _credit(credit: str) -> tuple[list[str], str | None, bool] | None:
    """Names, outlet, and whether a post was printed, or an outlet by itself; None when a part is neither name nor post nor outlet."""
    names: list[str] = []
    outlet, has_post = None, False
    for index, part in enumerate(_parts(credit)):
        name, employer = _without_post(part)
        post = part[len(name) :].strip()
        # `Bo Diaz Staff Writer` names somebody, `City Hall Reporter` behind a comma does not.
        if post and (index == 0 or employer or " " in post or _given(name)):
            names.append(name)
            outlet, has_post = outlet or employer, has_post or is_role_line(post.capitalize())
        elif is_outlet(part) and (index > 0 or _SIGNS_ALONE.search(part) or part.isupper()):
            outlet, has_post = outlet or _employer(part), True
        elif is_role_line(part):
            has_post = True
        elif _is_name(part):
            names.append(part)
        else:
            return None
    return (names, outlet, has_post) if names or outlet or has_post else None


def names_in(text: str | None) -> tuple[str, ...]:
    """The writers in one stated string, each once: `By Ann Lee, AP Business Writer | The Courier` names Ann Lee.

    Names are set apart by semicolons, “and”, “&”, bars or commas; `Lee, Ann` is one. Posts, outlets, degrees and addresses are left out;
    an outlet that signs alone stays.
    """
    plain = " ".join(_ADDRESS.sub(" ", (text or "")[:_LONGEST_FIELD]).split()).strip(" |,;")
    plain = _turned(_OPENING.sub("", plain, count=1))
    byline = parse_byline(f"By {plain}")
    names = list(byline.names) if byline else []
    if not names:
        read = ((part, _without_post(part)[0]) for part in _parts(_BAR.split(plain)[0]))
        names = [name for part, name in read if name != part or not (_NO_WRITER.fullmatch(part) or is_role_line(part))]
    return tuple(dict.fromkeys([name for name in names if not _is_outlet_name(name)] or names))


def _parts(text: str) -> list[str]:
    return [part for each in _COMMA.split(text) if (part := each.strip())]


def _turned(text: str) -> str:
    """`Lee, Ann; Diaz, Bo` as `Ann Lee; Bo Diaz`; any other list as it is."""
    found = [_TURNED.fullmatch(part) for part in re.split(r"\s*;\s*", text)]
    if not all(each and not (is_outlet(each[2]) or is_role_line(each[2]) or _NO_WRITER.fullmatch(each[2])) for each in found):
        return text
    return "; ".join(f"{each[2]} {each[1]}" for each in found if each)


def _is_outlet_name(part: str) -> bool:
    """Whether it is an outlet, and not somebody’s name that holds a word such as Star or Herald."""
    return known_outlet(part) is not None or (is_outlet(part) and len(part.split()) > 1 and not _given(part))


def _given(name: str) -> bool:
    """Whether the first name is a listed one."""
    return name.split()[0].casefold() in lexicons.genders("given_names.tsv")


def _without_post(credit: str) -> tuple[str, str | None]:
    """A name, and the outlet, where that or a post stands behind it: `Ann Lee AP Business Writer`, `Ann Lee for The Courier`."""
    paper = _paper(credit)
    if paper is not None and _is_name(credit[: paper.start()]):
        return credit[: paper.start()], paper["outlet"]
    words = credit.split() if known_outlet(_employer(credit) or "") is None else []
    parted = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(2, len(words))]
    named = [(name, post) for name, post in parted if _is_name(name) and not _is_outlet_name(name) and _employer(name) is not None]
    found = [(name, _employer(post), is_role_line(post.capitalize())) for name, post in named]
    for name, employer, posted in found:
        if employer and known_outlet(employer) and (" " in employer or (employer.isupper() and (posted or not credit.isupper()))):
            return name, employer
    for name, employer, posted in found:
        if posted and (employer is None or (has_outlet_word(employer) and len(employer.split()) in ((1, 2) if _given(name) else (2,)))):
            return name, employer
    return credit, None


def _paper(credit: str) -> re.Match[str] | None:
    """The outlet behind `for`, `special to` or `of`: after `of`, only what is called as outlets are."""
    found = _FOR_OUTLET.search(credit)
    return found if found and (not found["of"] or has_outlet_word(found["outlet"])) else None


def is_name_line(line: str) -> bool:
    """True for one or more persons' names and nothing else, as some sites print the writer without a `By`."""
    parts = _parts(line) if len(line) <= 100 else []
    return bool(parts) and all(_is_name(part) and not has_outlet_word(part) for part in parts)


def names_person(name: str) -> bool:
    """True for what is surely one person’s name, since it begins with a listed given name: `Ann Lee`."""
    return is_name_line(name) and _given(name)


def is_role_line(line: str) -> bool:
    """True for a writer's post printed on a line of its own: `Staff Writer`, `Science correspondent, The Courier`."""
    words = line.split()
    return 0 < len(words) <= 8 and line[-1] not in ".?!" and _DUTY.fullmatch(line) is not None and line[0].isupper()


def outlet_of_post(line: str) -> str | None:
    """The outlet of a post printed on a line of its own, or an outlet itself: `AP Education Writer`, `Marlow Examiner`."""
    employer = _employer(re.split(r",\s+| for | at ", line)[-1]) if is_role_line(line) else line
    return employer if employer and (known_outlet(employer) or is_outlet(employer)) else None


def is_outlet(line: str) -> bool:
    """True for the name of a newspaper, an agency or a broadcaster on its own."""
    words = line.strip("() ").split()
    if not 0 < len(words) <= 6 or line[-1] in ".?!:" or not has_outlet_word(line):
        return False
    return all(word[0].isupper() or word in ("of", "the", "and", "&") or "." in word for word in words)


def _employer(post: str) -> str | None:
    """`Marlow Examiner Staff Writer` says that the outlet is the `Marlow Examiner`."""
    words = post.split()
    while words and whole_line("role_words").fullmatch(words[-1]):
        words.pop()
    return " ".join(words).strip("() ") or None


def _is_name(part: str) -> bool:
    words = part.split()
    particles = lexicons.words("name_particles.txt")
    if not 2 <= len(words) <= 6 or any(word.casefold().strip(".,") in _NO_NAMES for word in words):
        return False
    if not (words[0][0].isupper() and words[-1][0].isupper()) and words[0].casefold() not in particles:
        return False
    letters = {word: re.sub(r"['’.,\-()“”\"]", "", word) for word in words if word.casefold() not in particles}
    return all(core.isalpha() and (word[0].isupper() or word.startswith(("d'", "d’", "al-", "el-"))) for word, core in letters.items())


# -- datelines -----------------------------------------------------------------------------------------------------------------------

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


class Dateline(NamedTuple):
    """Where a report was filed: the place as printed, the agency in brackets, the length with the dash; and the day, if with its year."""

    place: str | None
    agency: str | None
    length: int
    filed: str | None = None


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
            day = find_time(printed)
            return Dateline(place, agency, len(printed), day.iso if day else None)
    colon = None if label_repeats else _COLON_DATELINE.match(head)
    if colon and not _is_no_place(colon["place"]) and len(paragraph) > 80 and paragraph[colon.end()] not in "\"'“‘«":
        return Dateline(colon["place"], None, len(colon.group().rstrip()))
    return None


def _is_no_place(place: str) -> bool:
    return all(word in words_in("no_places") for word in re.split(r"[\s,/]+", place.casefold().strip(" .")))


def _is_agency(name: str) -> bool:
    return known_outlet(name) is not None or has_outlet_word(name) or (name.isupper() and 2 <= len(name) <= 8)
