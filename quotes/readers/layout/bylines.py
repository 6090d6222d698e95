"""Who wrote it: bylines in the forms that news sites print, and writers as records state them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes import lexicons
from quotes.readers.layout.dates import find_time
from quotes.readers.layout.outlets import known_outlet
from quotes.readers.layout.patterns import any_word
from quotes.readers.layout.patterns import words as words_in

LONGEST_BYLINE = 240
#: Of a stated string of writers no more characters are read.
LONGEST_FIELD = 1000

_OPENING = re.compile(
    r"(?:(?:story|words|interview|report|text|analysis|opinion|commentary|review|written|posted|column|exclusive)\s+)?by\b:?\s+",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\bsource\s*[:：]\s*(?P<outlet>.+)$", re.IGNORECASE)
_PLACE = re.compile(r"\s+(?:in|at|reporting from)\s+(?P<place>[A-Z][\w'’.-]*(?:,?\s+[A-Z][\w'’.-]*){0,4})$")
_FOR_OUTLET = re.compile(r",?\s+(?:[Ff]or|of|[Ss]pecial to)\s+(?:[Tt]he\s+)?(?P<outlet>[A-Z][\w.&'’-]*(?:\s+[A-Z&][\w.&'’-]*){0,5})$")
#: What a writer field holds beside names: addresses, degrees, and what stands there by default.
_NO_WRITER = re.compile(r"(?:https?://|www\.)\S+|(?:ph\.?d|m\.?d|qc|kc|obe|mbe|cbe|esq)\.?|admin|administrator|webmaster", re.IGNORECASE)
_GENERATION = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_REACHED_AT = re.compile(r"\(?(?:\S+@\S+|(?<!\S)@\w+)\)?")
_BAR = re.compile(r"\s*(?:\||•|·|\s[/–—-]\s)\s*")
#: The most words of an outlet that stand behind a name without a comma.
_LONGEST_OUTLET = 4
_BREAK = re.compile(r"\s*(?:\||•|·|\s[–—-]\s|/)\s*")
_DUTY = re.compile(
    r"(?:[\w&.'’-]+ ){0,5}(?:writers?|reporters?|correspondents?|editors?|columnists?|journalists?|contributors?|bureau chief)"
    r"(?:,? (?:at|for|in|of) [A-Z].*|,.*)?|special to .+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says. `time_at` is the offset in the line from which it only states a time, or None."""

    names: tuple[str, ...] = ()
    place: str | None = None
    outlet: str | None = None
    published: str | None = None
    time_at: int | None = None


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
    if opening is None and not (role and names and _signs_alone(credit, names)):
        return None
    outlet = outlet or said_outlet
    for other in others:
        if is_outlet(other):
            outlet = outlet or _outlet(other)
        elif not (is_role_line(other) or (opening and _is_name(other)) or len(other) <= 40):
            return None
    return Byline(names, place, outlet, published, time_at)


def _signs_alone(credit: str, names: tuple[str, ...]) -> bool:
    """Whether a line without `By` signs: with a post behind a comma, or for an outlet, not as a headline ends in `for Border Wall`."""
    paper = _paper(credit)
    return paper is None or (any_word("outlet_words").search(paper["outlet"]) is not None and all(map(_given, names)))


def names_in(text: str | None) -> tuple[str, ...]:
    """The writers in one stated string, each once: `By Ann Lee, AP Business Writer | The Courier` names Ann Lee.

    Names are set apart by semicolons, “and”, “&”, bars or commas; `Lee, Ann` is one. Posts, outlets, degrees and e-mail addresses are left
    out; an outlet that signs alone stays.
    """
    if text is None:
        return ()
    plain = _REACHED_AT.sub(" ", " ".join(text[:LONGEST_FIELD].split()))
    first, *others = _BAR.split(_OPENING.sub("", plain.strip(), count=1).strip(" |,;"))
    parts = _parted(_turned(first))
    names: list[str] = []
    for part in parts:
        name, _ = _without_post(part)
        if names and _GENERATION.fullmatch(part):
            names[-1] += f", {part}"
        elif name != part or not (_NO_WRITER.fullmatch(part) or is_role_line(part)):
            names.append(name)
    names.extend(
        part for other in others for part in _parted(other) if _is_name(part) and not (_is_outlet_name(part) or is_role_line(part))
    )
    people = [name for name in names if not _is_outlet_name(name)]
    return tuple(dict.fromkeys(people or names or [part for part in parts if not _NO_WRITER.fullmatch(part)]))


def _parted(text: str) -> list[str]:
    apart = r"\s*;\s*" if ";" in text else r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*"
    return [part.strip() for part in re.split(apart, text) if part.strip()]


def _turned(text: str) -> str:
    """`Lee, Ann` as `Ann Lee`; only where the one is known as a given name."""
    found = re.fullmatch(r"([^\s,;]+(?:-[^\s,;]+)?), ([^\s,;.]+)( [^\s,;]+)?", text)
    if found is None or found[2].casefold() not in lexicons.genders("given_names.tsv"):
        return text
    return f"{found[2]}{found[3] or ''} {found[1]}"


def _is_outlet_name(part: str) -> bool:
    """Whether it is an outlet, and not somebody’s name that holds a word such as Star or Herald."""
    return known_outlet(part) is not None or (is_outlet(part) and len(part.split()) > 1 and _given(part) is None)


def _given(name: str) -> str | None:
    """The first name, where it is a listed one."""
    first = name.split()[0].casefold()
    return first if first in lexicons.genders("given_names.tsv") else None


def _without_post(credit: str) -> tuple[str, str | None]:
    """A name, and the outlet, where that or a post stands behind it: `Ann Lee AP Business Writer`, `Ann Lee for The Courier`."""
    paper = _paper(credit)
    if paper is not None and _is_name(credit[: paper.start()]):
        return credit[: paper.start()], paper["outlet"]
    words = credit.split()
    end = len(words)
    while end > 2 and any_word("role_words").fullmatch(words[end - 1]) and is_role_line(" ".join(words[end - 1 :]).capitalize()):
        end -= 1
    posted, employer = end < len(words), None
    for length in range(min(_LONGEST_OUTLET, end - 2), 0, -1):
        employer = " ".join(words[end - length : end])
        agency = known_outlet(employer) is not None and (length > 1 or (employer.isupper() and (posted or not credit.isupper())))
        if agency or (posted and length == min(2, end - 2) and any_word("outlet_words").search(employer)):
            end -= length
            break
        employer = None
    name = " ".join(words[:end])
    return (name, employer) if end < len(words) and _is_name(name) and not _is_outlet_name(name) else (credit, None)


def _paper(credit: str) -> re.Match[str] | None:
    """The outlet behind `for`, `special to` or `of`: after `of`, only what is called as outlets are."""
    found = _FOR_OUTLET.search(credit)
    of = found is not None and re.match(r",?\s+of\b", found.group(), re.IGNORECASE) is not None
    return None if found is None or (of and any_word("outlet_words").search(found["outlet"]) is None) else found


def is_name_line(line: str) -> bool:
    """True for one or more persons' names and nothing else, as some sites print the writer without a `By`."""
    parts = [part for part in re.split(r"\s*,\s*|\s+and\s+|\s*&\s*", line) if part] if len(line) <= 100 else []
    return bool(parts) and all(_is_name(part) and not any_word("outlet_words").search(part) for part in parts)


def names_person(name: str) -> bool:
    """True for what is surely one person’s name, since it begins with a listed given name: `Ann Lee`."""
    return is_name_line(name) and _given(name) is not None


def is_role_line(line: str) -> bool:
    """True for a writer's post printed on a line of its own: `Staff Writer`, `Science correspondent, The Courier`."""
    words = line.split()
    return 0 < len(words) <= 8 and line[-1] not in ".?!" and _DUTY.fullmatch(line) is not None and line[0].isupper()


def outlet_of_post(line: str) -> str | None:
    """The outlet of a post printed on a line of its own, or an outlet itself: `AP Education Writer`, `Marlow Examiner`."""
    employer = _outlet(re.split(r",\s+| for | at ", line)[-1]) if is_role_line(line) else line
    return employer if employer and (known_outlet(employer) or is_outlet(employer)) else None


def is_outlet(line: str) -> bool:
    """True for the name of a newspaper, an agency or a broadcaster on its own."""
    words = line.strip("() ").split()
    if not 0 < len(words) <= 6 or line[-1] in ".?!:" or any_word("outlet_words").search(line) is None:
        return False
    return all(word[0].isupper() or word in ("of", "the", "and", "&") or "." in word for word in words)


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
    paper = _paper(credit)
    outlet: str | None = paper["outlet"] if paper else None
    role = paper is not None
    credit = credit[: paper.start()] if paper else credit
    for index, part in enumerate(re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+with\s+", credit)):
        part = part.strip(" .")
        if not part:
            continue
        if is_outlet(part) and (index > 0 or _signs_as_outlet(part)):
            outlet, role = outlet or _outlet(part), True
        elif index > 0 and is_role_line(part):
            role = True
        else:
            name, employer = _without_post(part)
            if not _is_name(name):
                return None
            names.append(name)
            outlet, role = outlet or employer, role or name != part
    return (tuple(dict.fromkeys(names)), outlet, role) if names or outlet else None


def _signs_as_outlet(part: str) -> bool:
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
