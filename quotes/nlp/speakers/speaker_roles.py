"""As what a speaker stands in the news: the role, read from title, institution and mention, with the words that it was read from.

Pure functions over strings. The head noun of the title comes first ("spokeswoman", "professor of law"); where such a noun is said in
organisations of every kind ("director", "secretary"), the kind of organisation decides. Nothing is guessed: what no word tells is
`unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from quotes import lexicons
from quotes.nlp.speakers.outlet_names import is_outlet
from quotes.records import Affiliation, Passage, Span, SpeakerKind, SpeakerRole, quoted

Origin = Literal["title", "institution", "mention"]


class RoleEvidence(NamedTuple):
    """A role, and the span of the title, the institution or the mention that tells it; `origin` is None where nothing does."""

    role: SpeakerRole
    origin: Origin | None = None
    start: int = 0
    end: int = 0


UNKNOWN = RoleEvidence("unknown")


class _Word(NamedTuple):
    """A word of a phrase, lower case and without its full stop, and its place."""

    form: str
    start: int
    end: int
    capital: bool


_Words = Sequence[_Word]
#: The first and the last word of a span, end exclusive.
_Range = tuple[int, int]

_WORD = re.compile(r"\w[\w.’'-]*(?:&\w+)?|[,;:/(&]")
_INITIALS = re.compile(r"\w(?:\.\w)+")
_BREAKS = frozenset(",;:/(&") | {"and", "or"}
_PREPOSITIONS = frozenset(
    {"of", "for", "at", "in", "on", "to", "with", "from", "by", "under", "near", "against", "between", "behind", "about", "around"}
    | {"outside", "who", "which", "that", "whose", "where", "representing", "working", "living", "responsible"}
)
_LAWYERS = frozenset({"attorney", "barrister", "counsel", "lawyer", "solicitor"})
_PRESIDENTS = frozenset({"chancellor", "president", "vice-president"})
_OWNERS = frozenset({"his", "her", "their", "its", "my", "our"})
_PARTS = frozenset(
    {"all", "both", "couple", "crowd", "dozens", "each", "few", "group", "half", "handful", "host", "hundreds", "majority", "many", "most"}
    | {"none", "number", "one", "pair", "scores", "several", "some", "thousands", "three", "trio", "two", "series", "string", "team"}
)
#: Titles of learning that go with any office: they tell a role only where nothing else does.
_ADDRESS = frozenset({"dr", "doctor"})
_LONGEST = 4


def role_in_article(
    text: str, affiliations: Sequence[Affiliation], kind: SpeakerKind, mention: str | None, spans: Sequence[Span]
) -> tuple[SpeakerRole, Passage | None]:
    """The role of a speaker, by what they are before what they were, and the words of the article that tell it.

    `spans` are the places of `mention` (see `speaker_role`) in the text; none where its words are to tell the role and not to be shown.
    """
    ordered = sorted(affiliations, key=lambda each: each.past)
    found, number = speaker_role(ordered, kind, mention)
    if found.origin in ("title", "institution"):
        span = ordered[number].title_span if found.origin == "title" else ordered[number].institution_span
        spans = [span] if span is not None else []
    words = _within(spans, found.start, found.end)
    return found.role, Passage(quoted(text, words, " "), words) if words else None


def _within(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Where characters of the joined words of `spans` stand in the article."""
    found, offset = [], 0
    for span in spans:
        first, last = max(start, offset), min(end, offset + span.end - span.start)
        if first < last:
            found.append(Span(span.start + first - offset, span.start + last - offset))
        offset += span.end - span.start + 1
    return tuple(found)


def speaker_role(affiliations: Sequence[Affiliation], kind: SpeakerKind, mention: str | None) -> tuple[RoleEvidence, int]:
    """The role of a speaker with these positions, the surest first, and the number of the position that tells it (0 where none does).

    `mention` is the source as printed, or the description or name of a speaker who is no person.
    """
    if kind == "document":
        return UNKNOWN, 0
    if kind == "organisation":
        return _from_organisation(mention or "", "mention"), 0
    titled = [pair for pair in enumerate(affiliations) if pair[1].title]
    for number, post in sorted(titled, key=lambda pair: str(pair[1].title).casefold().strip(" .") in _ADDRESS):
        if (found := _from_title(str(post.title), post.institution, mention)).role != "unknown":
            return found, number
    number, institution = next(((number, post.institution) for number, post in enumerate(affiliations) if post.institution), (0, None))
    if mention and (found := _from_mention(mention, institution, named=kind == "person")).role != "unknown":
        return found, number
    for number, post in enumerate(affiliations):
        if post.institution and not post.title and (found := _from_organisation(post.institution, "institution")).role != "unknown":
            return found, number
    return UNKNOWN, 0


@lru_cache(maxsize=1 << 12)
def _from_title(title: str, institution: str | None, mention: str | None) -> RoleEvidence:
    """By the first of the nouns of a title ("founder and managing director") that tells."""
    words = _words(title)
    for conjunct in _conjuncts(words):
        found = _from_noun(words, conjunct, _head(words, conjunct), institution, "title", mention)
        if found.role != "unknown":
            return found
    return UNKNOWN


@lru_cache(maxsize=1 << 12)
def _from_mention(mention: str, institution: str | None, *, named: bool) -> RoleEvidence:
    """By the nouns of a description; beside a name only those in small letters count, since Baker and Dean are names too."""
    words = _words(mention)
    if not named and len(words) > 1 and words[0].capital and words[-1].capital:  # "Friends of the Library"
        whole = _from_organisation(mention, "mention")
        if whole.role != "unknown":
            return whole
    for first, last in _conjuncts(words):
        head = _head(words, (first, last))
        while named and head >= first and (words[head].capital or words[head].form.isdigit()):
            head -= 1
        if head < first:
            continue
        found = _from_noun(words, (first, last if not named else head + 1), head, institution, "mention", mention)
        if found.role != "unknown":
            return found
        if not named and (body := _organisation_role(words, (first, head + 1), head + 1)) is not None and body[2] == words[head].end:
            return RoleEvidence(body[0], "mention", body[1], body[2])  # "rights groups", "two companies"
    return UNKNOWN


def _from_noun(words: _Words, conjunct: _Range, head: int, institution: str | None, origin: Origin, mention: str | None) -> RoleEvidence:
    """By a noun and, for lawyers and presidents, by whose they are."""
    found = _from_head(words, conjunct, head, institution, origin)
    noun = words[head].form
    if found.role == "expert" and _single(noun) in _LAWYERS and _is_retained(words, head, mention):
        return found._replace(role="advocate")
    presides = found.role == "politician" and noun in _PRESIDENTS and not institution  # "a vice president" is no state's
    several = presides and any(word.form in {"a", "an"} for before, at in _mentioned(mention, noun) for word in before[:at])
    return UNKNOWN if several else found


def _from_head(words: _Words, conjunct: _Range, head: int, institution: str | None, origin: Origin) -> RoleEvidence:
    """By a noun, or the longest phrase around it that is listed ("secretary of state", "press officer")."""
    listed = _listed(words, conjunct, head)
    if listed is None:
        return UNKNOWN
    (role, alone), first, last = listed
    at = (words[first].start, words[last - 1].end)
    if role is not None:
        return RoleEvidence(role, origin, *at)
    if institution and (found := _from_organisation(institution, "institution")).role != "unknown":
        return found
    for start, end in ((conjunct[0], first), (last, conjunct[1])):  # "union president", "head of the police"
        if (found_role := _from_words(words, (start, end))) is not None:
            return RoleEvidence(found_role[0], origin, found_role[1], found_role[2])
    if alone is None or (institution and alone == "politician"):
        return UNKNOWN  # whoever presides over an organisation of unknown kind does not preside over a state
    return RoleEvidence(alone, origin, *at)


def _listed(words: _Words, conjunct: _Range, head: int) -> tuple[tuple[SpeakerRole | None, SpeakerRole | None], int, int] | None:
    """What the lexicon says of the longest phrase that holds the head, and where that phrase stands."""
    table = lexicons.role_nouns()
    spans = [
        (first, last)
        for first in range(max(conjunct[0], head - _LONGEST + 1), head + 1)
        for last in range(head + 1, min(conjunct[1], first + _LONGEST) + 1)
    ]
    for first, last in sorted(spans, key=lambda span: (span[0] - span[1], -span[0])):
        before = [word.form for word in words[first : last - 1]]
        for final in _forms(words[last - 1].form) if last == head + 1 else [words[last - 1].form]:
            # "secretaries of state" has its plural within.
            for inner in (before, [_single(form) for form in before]):
                row = table.get(" ".join([*inner, final]))
                if row is not None:
                    return row, first, last
    return None


def _is_retained(words: _Words, head: int, mention: str | None) -> bool:
    """Whether a lawyer speaks for a client: "her lawyer", "a lawyer for the family", a company's own."""
    for each, at in ((words, head), *_mentioned(mention, words[head].form)):
        after = each[at + 1].form if at + 1 < len(each) else ""
        owned = any(word.form in _OWNERS or word.form.endswith(("'s", "s'")) for word in each[:at])
        if owned or after in {"for", "representing"}:
            return True
    return False


def _mentioned(mention: str | None, noun: str) -> Iterator[tuple[_Words, int]]:
    words = _words(mention or "")
    yield from ((words, at) for at, word in enumerate(words) if word.form == noun)


@lru_cache(maxsize=1 << 12)
def _from_organisation(name: str, origin: Origin) -> RoleEvidence:
    """By the words of an organisation's name: the last that tells before "of" and "for", else what such a name says as a whole."""
    if is_outlet(name):
        return RoleEvidence("journalist", origin, 0, len(name))
    words = _words(name)
    found_role = _from_words(words, (0, len(words)))
    return UNKNOWN if found_role is None else RoleEvidence(found_role[0], origin, found_role[1], found_role[2])


def _from_words(words: _Words, within: _Range) -> tuple[SpeakerRole, int, int] | None:
    """The role that a span of words, an organisation's name or part of a title, tells, and the place of the words that tell it."""
    first, last = within
    while first < last and words[first].form in _PREPOSITIONS | {"the", "a", "an"}:
        first += 1
    if first >= last:
        return None
    end = next((at for at in range(first + 1, last) if words[at].form in _PREPOSITIONS or words[at].form in ",;(:"), last)
    found = _organisation_role(words, (first, end), last)
    if found is None and end < last and words[end].form in {"for", "against"}:
        return "advocate", words[first].start, words[end].end  # "Doctors for Choice"
    return found or (_organisation_role(words, (end, last), last) if end < last else None)


def _organisation_role(words: _Words, within: _Range, limit: int) -> tuple[SpeakerRole, int, int] | None:
    table = lexicons.institution_roles()
    for final in range(within[1] - 1, within[0] - 1, -1):
        for length in range(_LONGEST, 0, -1):
            # A phrase may reach over the preposition ("ministry of"), or end at the final word.
            for first in range(max(within[0], final - length + 1), final + 1):
                last = first + length
                if last > limit or (last > final + 1 and final != within[1] - 1):
                    continue
                forms = [word.form for word in words[first:last]]
                for ending in _forms(forms[-1]):
                    role = table.get(" ".join([*forms[:-1], ending]))
                    if role is not None:
                        return role, words[first].start, words[last - 1].end
    return None


def _words(text: str) -> list[_Word]:
    found = []
    for each in _WORD.finditer(text):
        printed = each[0].rstrip(".’'-") or each[0]
        if each[0][len(printed) :] in {"’", "'"} and printed.endswith("s"):
            printed = each[0]  # "miners’"
        bare = printed[:-2] if printed.endswith(("'s", "’s")) else printed
        found.append(_Word(_form(each[0], printed), each.start(), each.start() + len(bare), printed[:1].isupper()))
    return found


def _form(whole: str, printed: str) -> str:
    """The form to look up: "rep." is not "rep", but "F.B.I." is "FBI"."""
    if whole.casefold() in lexicons.role_nouns():
        return whole.casefold()
    form = printed.casefold().replace("’", "'")
    return form.replace(".", "") if _INITIALS.fullmatch(form) else form


def _conjuncts(words: _Words) -> Iterator[_Range]:
    """The spans between commas and conjunctions."""
    first = 0
    for at, word in enumerate(words):
        if word.form in _BREAKS:
            if at > first:
                yield first, at
            first = at + 1
    if first < len(words):
        yield first, len(words)


def _head(words: _Words, conjunct: _Range) -> int:
    """The last word before a preposition; of "a number of doctors" the doctors."""
    first, last = conjunct
    head = next((at for at in range(first + 1, last) if words[at].form in _PREPOSITIONS), last) - 1
    partitive = words[head].form in _PARTS and head + 2 < last and words[head + 1].form == "of"
    return _head(words, (head + 2, last)) if partitive else head


def _forms(word: str) -> list[str]:
    """A word, its singular, and what follows its hyphen ("ex-minister", "vice-captains")."""
    bare = word.removesuffix("'s").removesuffix("'")
    forms = [word, bare, _single(bare)]
    forms += [form.removesuffix(ending) + "man" for form in forms for ending in ("woman", "person") if form.endswith(ending)]
    if "-" in bare:
        tail = bare.rsplit("-", 1)[1]
        forms += [bare.removesuffix("-elect"), tail, _single(tail)]
    return forms


def _single(word: str) -> str:
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("people") and word != "people":
        return word[:-6] + "person"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
