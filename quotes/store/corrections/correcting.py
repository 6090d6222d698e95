"""What a person can correct, one function each: look up what is meant, refuse what cannot be, store the correction and what it changes.

Every function returns the correction as stored, and raises StoreError with the database as it was. `by` says who makes it, `why` why.
Speakers and institutions are given by id or name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import Any, Final, Literal, get_args

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.linking import named as has_name
from quotes.readers.layout.dates import stated_time
from quotes.records import Span, Speaker, SpeakerKind, quoted
from quotes.store.corrections.correction_log import Change, add
from quotes.store.corrections.target_lookup import Found, Somebody, article_ids, named, quote_found, somebody
from quotes.store.overrides.correction_records import Action, Correction, spans_of
from quotes.store.overrides.overrides import as_accepted, key_of
from quotes.store.rows.article_store import Store
from quotes.store.schema.connection import clear_errors


class _Unsaid(Enum):
    UNSAID = "unsaid"


#: Nothing is said of a title or institution; None says that there is none.
UNSAID: Final = _Unsaid.UNSAID
Said = str | None | Literal[_Unsaid.UNSAID]

_QUOTATION_MARKS = {'"': '["“”„«»]', "'": "['‘’‚]"}


def correct_speaker(
    store: Store,
    quote_id: int,
    name: str | None,
    *,
    by: str,
    why: str | None = None,
    kind: SpeakerKind | None = None,
    title: Said = UNSAID,
    institution: Said = UNSAID,
    whole_article: bool = False,
) -> Correction:
    """Somebody else said it: a speaker of the article, or a new name; None, where nobody can be made out.

    A speaker whom the article quotes elsewhere keeps title and institution unless these are given. Without `kind`, it is that of the
    speaker of this name, or else a person. With `whole_article`, all quotes of the present speaker in the article change.
    """

    def make(found: Found) -> Change:
        said = None if name is None else _speaker_said(store.db, found, name, kind, title, institution)
        speaker = found.one.quote.speaker
        if said == (speaker and {part: getattr(speaker, part) for part in said or ("name",)}):
            raise StoreError(f"quote {quote_id}: {said['name'] if said else 'nobody'} has it already: there is nothing to correct")
        return _of_quote(found, "speaker", {"speaker": said}, whole_article)

    return _add(store, quote_id, make, by, why)


def correct_title(
    store: Store, quote_id: int, title: str | None, *, by: str, why: str | None = None, whole_article: bool = False
) -> Correction:
    """The speaker has another title here, or none; with `whole_article`, in all their quotes in the article."""
    return _add(store, quote_id, lambda found: _another(found, "title", title, whole_article), by, why)


def correct_institution(
    store: Store, quote_id: int, institution: str | None, *, by: str, why: str | None = None, whole_article: bool = False
) -> Correction:
    """The speaker speaks for another institution here, or for none; with `whole_article`, in all their quotes in the article."""
    return _add(store, quote_id, lambda found: _another(found, "institution", institution, whole_article), by, why)


def correct_spans(store: Store, quote_id: int, spans: Sequence[Sequence[int]], *, by: str, why: str | None = None) -> Correction:
    """Other words of the article are the quote: `spans` are their places, [start, end] in characters of the text, in order."""
    return _add(store, quote_id, lambda found: _other_words(found, spans), by, why)


def correct_words(store: Store, quote_id: int, words: Sequence[str], *, by: str, why: str | None = None) -> Correction:
    """Other words of the article are the quote: `words` are its parts as printed, of which those nearest to the quote are meant.

    White space and the form of quotation marks need not be as printed.
    """
    return _add(store, quote_id, lambda found: _other_words(found, _places(found, words)), by, why)


def reject(store: Store, quote_id: int, *, by: str, why: str | None = None) -> Correction:
    """It is not a quote."""
    return _add(store, quote_id, lambda found: _of_quote(found, "reject", {}), by, why)


def accept(store: Store, quote_id: int, *, by: str, why: str | None = None) -> Correction:
    """The quote is right as it is: its words, its speaker, their title and institution. It changes no row but whether it is unsure."""
    return _add(store, quote_id, lambda found: _of_quote(found, "accept", {"speaker": as_accepted(found.one.quote)}), by, why)


def skip(store: Store, quote_id: int, *, by: str, why: str | None = None) -> Correction:
    """Somebody looked at the quote and left it open; a review passes it over from now on. It changes no row."""
    return _add(store, quote_id, lambda found: _of_quote(found, "skip", {}), by, why)


def merge(store: Store, one: int | str, other: int | str, *, by: str, why: str | None = None) -> Correction:
    """Two speakers, or two institutions, are one in all articles.

    Quotes of a speaker without a name (`the company`) in one article become those of the other: that is stored as a correction of the
    speaker in that article.
    """

    def make() -> Change:
        first, second = _two(store.db, one, other)
        bodies = [each.institution_id is not None for each in (first, second)]
        if all(bodies) or (not any(bodies) and first.kind == second.kind and first.nameless == second.nameless):
            return _pair(store.db, "merge", first, second)
        for local, whole in ((first, second), (second, first)):
            if local.nameless and len(local.articles) == 1:
                row, called = local.appearances[0], named(store.db, whole)
                target = {"speaker": {"kind": row.kind, "key": row.key, "name": row.name}}
                return Change("speaker", target, {"speaker": {"name": called.name, "kind": called.kind}}, row.article_id)
        raise StoreError(
            f"{first.name}: it is a {first.kind} and {second.name} a {second.kind}: correct the kind in the articles first"
            " (quotes correct QUOTE --speaker NAME --kind KIND --whole-article)"
        )

    return add(store, make, by, why)


def apart(store: Store, one: int | str, other: int | str, *, by: str, why: str | None = None) -> Correction:
    """Two speakers, or two institutions, that may be taken for one are not: they stay two, and are not asked about again."""

    def make() -> Change:
        first, second = _two(store.db, one, other)
        if first.kind != second.kind or first.nameless or second.nameless:
            raise StoreError(f"{first.name}: it is never taken for {second.name}: there is nothing to correct")
        return _pair(store.db, "apart", first, second)

    return add(store, make, by, why)


def leave_open(store: Store, one: int | str, other: int | str, *, by: str, why: str | None = None) -> Correction:
    """Somebody looked at two that may be one and left it open; a review passes them over from now on. It changes no row."""
    return add(store, lambda: _pair(store.db, "skip", *_two(store.db, one, other)), by, why)


def split(store: Store, speaker: int | str, articles: Sequence[int | str], *, by: str, why: str | None = None) -> Correction:
    """In these articles (ids or paths) it is somebody else of the same name."""

    def make() -> Change:
        one, ids = somebody(store.db, speaker), article_ids(store.db, articles)
        if one.kind != "person":
            raise StoreError(
                f"{one.name}: only people can be split: give the {one.kind} of those articles a name of its own"
                " (quotes correct QUOTE --speaker NAME --whole-article)"
            )
        if not ids:
            raise StoreError(f"{one.name}: no article is named: say in which it is somebody else")
        if others := set(ids) - one.articles:
            raise StoreError(f"{one.name}: not quoted in article {min(others)}: name articles that quote {one.name}")
        if one.articles <= set(ids):
            raise StoreError(f"{one.name}: these are all the articles that quote them: leave at least one out, or give another name")
        keys = sorted({row.key for row in one.appearances if row.article_id in ids})
        return Change("split", named(store.db, one).as_json(), {"articles": ids, "keys": keys})

    return add(store, make, by, why)


def rename(store: Store, speaker: int | str, name: str, *, by: str, why: str | None = None) -> Correction:
    """The name to show for a speaker or an institution, in all articles; names as printed stay aliases."""

    def make() -> Change:
        one, new = somebody(store.db, speaker), _words(name, "name")
        if one.name == new:
            raise StoreError(f"{new}: it is called so already: there is nothing to correct")
        return Change("rename", named(store.db, one).as_json(), {"name": new})

    return add(store, make, by, why)


def correct_articles(
    store: Store,
    articles: Sequence[int | str],
    *,
    by: str,
    why: str | None = None,
    headline: Said = UNSAID,
    byline: Sequence[str] | Literal[_Unsaid.UNSAID] = UNSAID,
    outlet: Said = UNSAID,
    published: Said = UNSAID,
) -> list[Correction]:
    """What articles (ids, paths, folders) state of themselves is another: None, or no names in `byline`, where they state nothing.

    `published` is a date or a time as sites print them, or in ISO 8601. What is not given stays as it is; articles of which all is so
    already are passed over, unless there are no others. Each is a correction, in a transaction of its own.
    """
    change: dict[str, Any] = {}
    for part, said in (("headline", headline), ("outlet", outlet), ("published", published)):
        if said is not UNSAID:
            change[part] = None if said is None else _date(said) if part == "published" else _words(said, part)
    if byline is not UNSAID:
        change["byline"] = [_words(each, "name") for each in byline]
    if not change:
        raise StoreError("nothing is said of the article: give its headline, byline, outlet or date")
    changes: list[Change] = []
    with clear_errors(store.path):
        for article_id in article_ids(store.db, articles):
            row = next(store.db.query("select path, title as headline, byline, outlet, published from articles where id = ?", [article_id]))
            if any({**row, "byline": json.loads(row["byline"])}[part] != value for part, value in change.items()):
                changes.append(Change("article", {"path": row["path"]}, change, article_id))
    if not changes:
        raise StoreError(f"{articles[0]}: it is so already: there is nothing to correct")
    return [add(store, partial(Change, *each), by, why) for each in changes]


def _add(store: Store, quote_id: int, change: Callable[[Found], Change], by: str, why: str | None) -> Correction:
    """Store a correction of one quote."""
    return add(store, lambda: change(quote_found(store.db, quote_id)), by, why)


def _date(said: str) -> str:
    iso, refused = stated_time(said)
    if iso is None:
        raise StoreError(f"{said}: the date {refused}: give it as 2026-03-31")
    return iso


def _of_quote(found: Found, action: Action, change: Mapping[str, Any], whole_article: bool = False) -> Change:
    speaker, target = found.one.quote.speaker, found.one.target
    if whole_article:
        if speaker is None:
            raise StoreError("nobody is known to have said it: leave --whole-article out, or say first who did")
        target = {"speaker": {"kind": speaker.kind, "key": key_of(speaker.name, speaker.kind), "name": speaker.name}}
    return Change(action, target, change, found.article.article.id)


def _another(found: Found, part: Literal["title", "institution"], said: str | None, whole_article: bool) -> Change:
    words = None if said is None else _words(said, part)
    speaker = found.one.quote.speaker
    if speaker is None:
        raise StoreError(f"quote {found.id}: nobody is known to have said it: say first who did")
    if getattr(speaker, part) == words and not whole_article:
        raise StoreError(f"quote {found.id}: the {part} is {words or 'none'} already: there is nothing to correct")
    return _of_quote(found, part, {part: words}, whole_article)


def _other_words(found: Found, spans: Sequence[Sequence[int]]) -> Change:
    try:
        places = spans_of(spans)
    except ValueError as error:
        raise StoreError(f"quote {found.id}: {error}: give [start, end] in characters of the article’s text") from error
    if places[-1].end > len(found.text):
        raise StoreError(f"quote {found.id}: {places[-1].end} is beyond the text, which has {len(found.text)} characters")
    if not all(found.text[start:end].strip() for start, end in places):
        raise StoreError(f"quote {found.id}: a span holds no words: give the places of the words")
    if places == found.one.quote.spans:
        raise StoreError(f"quote {found.id}: these are its words already: there is nothing to correct")
    if any(each.quote.spans == places for each in found.article.shown):
        raise StoreError(f"quote {found.id}: another quote has these words: say that one of the two is no quote")
    return _of_quote(found, "span", {"spans": [list(span) for span in places], "text": quoted(found.text, places)})


def _places(found: Found, words: Sequence[str]) -> list[Span]:
    """Where the parts of a quote are, each after the one before it, the nearest to where the quote was."""
    places: list[Span] = []
    near, after = found.one.quote.spans[0].start, 0
    for part in words:
        split_words = _words(part, "quote").split()
        pattern = r"\s+".join("".join(_QUOTATION_MARKS.get(letter, re.escape(letter)) for letter in word) for word in split_words)
        matches = [Span(*each.span()) for each in re.finditer(pattern, found.text) if each.start() >= after]
        if not matches:
            raise StoreError(f"“{part}”: these words are not in the article{' in this order' if after else ''}: copy them from it")
        places.append(min(matches, key=lambda span: (abs(span.start - near), span.start)))
        near = after = places[-1].end
    return places


def _speaker_said(db: Database, found: Found, name: str, kind: SpeakerKind | None, title: Said, institution: Said) -> dict[str, Any]:
    words = _words(name, "name")
    if kind is not None and kind not in get_args(SpeakerKind):
        raise StoreError(f"{kind}: no kind of speaker: choose one of {', '.join(get_args(SpeakerKind))}")
    here = [each.quote.speaker for each in found.article.every if each.quote.speaker is not None]
    same = [each for each in here if key_of(each.name, each.kind) == key_of(words, each.kind) and kind in (None, each.kind)]
    same = same or _only_one_called(here, key_of(words, "person"), kind)
    name, known = (same[0].name, same[0].kind) if same else _stored_as(db, words, kind)
    said: dict[str, Any] = {"name": name, "kind": known if same else kind or known}
    for part, value in (("title", title), ("institution", institution)):
        if value is not UNSAID:
            said[part] = None if value is None else _words(value, part)
    return said


def _only_one_called(here: Sequence[Speaker], family: str, kind: str | None) -> list[Speaker]:
    """The only person of the article with this family name."""
    people = [each for each in here if each.kind == "person" and kind in (None, "person")]
    called = [each for each in people if key_of(each.name, "person").rsplit(" ", 1)[-1] == family]
    return called if len({key_of(each.name, "person") for each in called}) == 1 else []


def _stored_as(db: Database, name: str, kind: str | None) -> tuple[str, str]:
    """Name and kind of a speaker of other articles; one shown under a name that none prints (`rename`) is meant by a printed one."""
    for each in get_args(SpeakerKind) if kind is None else (kind,):
        sought = [each, key_of(name, each)]
        same = each == "person" or has_name(name)
        if same and db.execute("select 1 from appearances where kind = ? and key = ? limit 1", sought).fetchone():
            return name, each
    sql = "select id from speakers where name = ?1 and ?2 in (kind, '') order by quotes desc, id"
    shown = db.execute(sql, [name, kind or ""]).fetchone()
    if shown is None:
        return name, "person"
    printed = named(db, somebody(db, shown[0]))
    return printed.name, printed.kind


def _words(value: str, what: str) -> str:
    """The words without white space around and between. Raises StoreError where there are none."""
    words = " ".join(value.split())
    if not words:
        raise StoreError(f"the {what} is empty: give words, or say that there is none")
    return words


def _two(db: Database, one: int | str, other: int | str) -> tuple[Somebody, Somebody]:
    first, second = somebody(db, one), somebody(db, other)
    if first.id == second.id or (first.institution_id is not None and first.institution_id == second.institution_id):
        raise StoreError(f"{first.name}: this and {second.name} are one already: name two")
    return first, second


def _pair(db: Database, action: Action, first: Somebody, second: Somebody) -> Change:
    return Change(action, named(db, first).as_json(), named(db, second).as_json())
