"""What a person can put right, one function each: look up what is meant, refuse what cannot be, store the correction and what it changes.

Every function gives back the correction as stored, and raises StoreError with the database as it was. `by` says who makes it, `why` why.
Speakers and institutions are named by id or name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import partial
from typing import Any, Final, Literal, get_args

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.linking import named as has_name
from quotes.readers.printed_time import stated_time
from quotes.records import Span, Speaker, SpeakerKind, quoted
from quotes.store.article_store import Store
from quotes.store.connection import clear_errors
from quotes.store.correction_records import Action, Correction, now, spans_of
from quotes.store.corrections import add, by_whom
from quotes.store.decisions import Named
from quotes.store.overrides import as_accepted
from quotes.store.rows import key_of
from quotes.store.target_lookup import Found, Somebody, article_ids, named, quote_found, somebody


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
    speaker of this name, or else a person. With `whole_article`, all quotes of the present speaker in the article go over.
    """

    def make(db: Database) -> Correction:
        found = quote_found(db, quote_id)
        said = None if name is None else _speaker_said(db, found, name, kind, title, institution)
        if said == _said_now(found, said):
            raise StoreError(f"quote {quote_id}: {said['name'] if said else 'nobody'} has it already: there is nothing to put right")
        return _made("speaker", _target(found, whole_article), {"speaker": said}, by, why, found.article_id)

    return add(store, make)


def correct_title(
    store: Store, quote_id: int, title: str | None, *, by: str, why: str | None = None, whole_article: bool = False
) -> Correction:
    """The speaker has another title here, or none; with `whole_article`, in all their quotes in the article."""
    return _correct_part(store, "title", quote_id, title, by, why, whole_article)


def correct_institution(
    store: Store, quote_id: int, institution: str | None, *, by: str, why: str | None = None, whole_article: bool = False
) -> Correction:
    """The speaker speaks for another institution here, or for none; with `whole_article`, in all their quotes in the article."""
    return _correct_part(store, "institution", quote_id, institution, by, why, whole_article)


def _correct_part(
    store: Store, part: Literal["title", "institution"], quote_id: int, said: str | None, by: str, why: str | None, whole_article: bool
) -> Correction:
    def make(db: Database) -> Correction:
        found = quote_found(db, quote_id)
        words = None if said is None else _words(said, part)
        speaker = found.one.quote.speaker
        if speaker is None:
            raise StoreError(f"quote {quote_id}: nobody is known to have said it: say first who did")
        if getattr(speaker, part) == words and not whole_article:
            raise StoreError(f"quote {quote_id}: the {part} is {words or 'none'} already: there is nothing to put right")
        return _made(part, _target(found, whole_article), {part: words}, by, why, found.article_id)

    return add(store, make)


def correct_spans(store: Store, quote_id: int, spans: Sequence[Sequence[int]], *, by: str, why: str | None = None) -> Correction:
    """Other words of the article are the quote: `spans` are their places, [start, end] in characters of the text, in order."""

    def make(db: Database) -> Correction:
        return _respanned(quote_found(db, quote_id), quote_id, spans, by, why)

    return add(store, make)


def correct_words(store: Store, quote_id: int, words: Sequence[str], *, by: str, why: str | None = None) -> Correction:
    """Other words of the article are the quote: `words` are its parts as printed, of which those nearest to the quote are meant.

    White space and the form of quotation marks need not be as printed.
    """

    def make(db: Database) -> Correction:
        found = quote_found(db, quote_id)
        return _respanned(found, quote_id, _places(found, words), by, why)

    return add(store, make)


def reject(store: Store, quote_id: int, *, by: str, why: str | None = None) -> Correction:
    """It is not a quote."""
    return add(store, lambda db: _of_quote("reject", quote_found(db, quote_id), {}, by, why))


def accept(store: Store, quote_id: int, *, by: str, why: str | None = None) -> Correction:
    """The quote is right as it stands: its words, and who said them as what and for whom. It changes no row."""

    def make(db: Database) -> Correction:
        found = quote_found(db, quote_id)
        return _of_quote("accept", found, {"speaker": as_accepted(found.one.quote)}, by, why)

    return add(store, make)


def skip(store: Store, quote_id: int, *, by: str, why: str | None = None) -> Correction:
    """Somebody looked at the quote and left it open; a review passes it over from now on. It changes no row."""
    return add(store, lambda db: _of_quote("skip", quote_found(db, quote_id), {}, by, why))


def merge(store: Store, one: int | str, other: int | str, *, by: str, why: str | None = None) -> Correction:
    """Two speakers, or two institutions, are one in all articles.

    Who has no name (`the company`) and is quoted in one article goes over to the other there: that is stored as a correction of the speaker
    in that article.
    """

    def make(db: Database) -> Correction:
        first, second = _two(db, one, other)
        bodies = first.institution_id is not None and second.institution_id is not None
        alike = first.kind == second.kind and first.nameless == second.nameless
        if bodies or (alike and first.institution_id is None and second.institution_id is None):
            return _made("merge", named(db, first).as_json(), named(db, second).as_json(), by, why)
        for local, whole in ((first, second), (second, first)):
            if local.nameless and len(local.articles) == 1:
                return _gone_over(local, named(db, whole), by, why)
        raise StoreError(
            f"{first.name}: it is a {first.kind} and {second.name} a {second.kind}: put the kind right in the articles first"
            " (quotes correct QUOTE --speaker NAME --kind KIND --whole-article)"
        )

    return add(store, make)


def apart(store: Store, one: int | str, other: int | str, *, by: str, why: str | None = None) -> Correction:
    """Two speakers, or two institutions, that may be taken for one are not: they stay two, and are not asked about again."""

    def make(db: Database) -> Correction:
        first, second = _two(db, one, other)
        if first.kind != second.kind or first.nameless or second.nameless:
            raise StoreError(f"{first.name}: it is never taken for {second.name}: there is nothing to put right")
        return _made("apart", named(db, first).as_json(), named(db, second).as_json(), by, why)

    return add(store, make)


def leave_open(store: Store, one: int | str, other: int | str, *, by: str, why: str | None = None) -> Correction:
    """Somebody looked at two that may be one and left it open; a review passes them over from now on. It changes no row."""

    def make(db: Database) -> Correction:
        first, second = _two(db, one, other)
        return _made("skip", named(db, first).as_json(), named(db, second).as_json(), by, why)

    return add(store, make)


def split(store: Store, speaker: int | str, articles: Sequence[int | str], *, by: str, why: str | None = None) -> Correction:
    """In these articles (ids or paths) it is somebody else of the same name."""

    def make(db: Database) -> Correction:
        one = somebody(db, speaker)
        ids = article_ids(db, articles)
        if one.kind != "person":
            raise StoreError(
                f"{one.name}: only people can be split: give the {one.kind} of those articles a name of its own"
                " (quotes correct QUOTE --speaker NAME --whole-article)"
            )
        if not ids:
            raise StoreError(f"{one.name}: no article is named: say in which it is somebody else")
        for each in ids:
            if each not in one.articles:
                raise StoreError(f"{one.name}: not quoted in article {each}: name articles that quote {one.name}")
        if one.articles <= set(ids):
            raise StoreError(f"{one.name}: these are all the articles that quote them: leave at least one out, or give another name")
        keys = sorted({row.key for row in one.appearances if row.article_id in ids})
        return _made("split", named(db, one).as_json(), {"articles": ids, "keys": keys}, by, why)

    return add(store, make)


def rename(store: Store, speaker: int | str, name: str, *, by: str, why: str | None = None) -> Correction:
    """The name to show for a speaker or an institution, in all articles; names as printed stay aliases."""

    def make(db: Database) -> Correction:
        one, new = somebody(db, speaker), _words(name, "name")
        if one.name == new:
            raise StoreError(f"{new}: it is called so already: there is nothing to put right")
        return _made("rename", named(db, one).as_json(), {"name": new}, by, why)

    return add(store, make)


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
    paths: dict[int, str] = {}
    with clear_errors(store.path):
        for article_id in article_ids(store.db, articles):
            row = next(store.db.query("select path, title as headline, byline, outlet, published from articles where id = ?", [article_id]))
            if any({**row, "byline": json.loads(row["byline"])}[part] != value for part, value in change.items()):
                paths[article_id] = row["path"]
    if not paths:
        raise StoreError(f"{articles[0]}: it is so already: there is nothing to put right")
    made = [_made("article", {"path": path}, change, by, why, article_id) for article_id, path in paths.items()]
    return [add(store, partial(_as_made, each)) for each in made]


def _as_made(correction: Correction, _: Database) -> Correction:
    return correction


def _date(said: str) -> str:
    iso, refused = stated_time(said)
    if iso is None:
        raise StoreError(f"{said}: the date {refused}: give it as 2026-03-31")
    return iso


def _made(
    action: Action, target: Mapping[str, Any], change: Mapping[str, Any], by: str, why: str | None, article_id: int | None = None
) -> Correction:
    reason = (why or "").strip() or None
    return Correction(action=action, target=target, change=change, by=by_whom(by), at=now(), article_id=article_id, why=reason)


def _of_quote(action: Action, found: Found, change: Mapping[str, Any], by: str, why: str | None) -> Correction:
    return _made(action, found.target, change, by, why, found.article_id)


def _target(found: Found, whole_article: bool) -> Mapping[str, Any]:
    speaker = found.one.quote.speaker
    if not whole_article:
        return found.target
    if speaker is None:
        raise StoreError("nobody is known to have said it: leave --whole-article out, or say first who did")
    return {"speaker": {"kind": speaker.kind, "key": key_of(speaker.name, speaker.kind), "name": speaker.name}}


def _speaker_said(db: Database, found: Found, name: str, kind: SpeakerKind | None, title: Said, institution: Said) -> dict[str, Any]:
    words = _words(name, "name")
    if kind is not None and kind not in get_args(SpeakerKind):
        raise StoreError(f"{kind}: no kind of speaker: choose one of {', '.join(get_args(SpeakerKind))}")
    here = [each.quote.speaker for each in found.layer.every if each.quote.speaker is not None]
    same = [each for each in here if key_of(each.name, each.kind) == key_of(words, each.kind) and kind in (None, each.kind)]
    same = same or _only_one_called(here, key_of(words, "person"), kind)
    if same:
        said: dict[str, Any] = {"name": same[0].name, "kind": same[0].kind}
    else:
        name, known = _stored_as(db, words, kind)
        said = {"name": name, "kind": kind or known}
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
    """Name and kind of a speaker of other articles; whoever is shown under a name that none prints (`rename`) is meant by a printed one."""
    for each in get_args(SpeakerKind) if kind is None else (kind,):
        sought = [each, key_of(name, each)]
        same = each == "person" or has_name(name)
        if same and db.execute("select 1 from appearances where kind = ? and key = ? limit 1", sought).fetchone():
            return name, each
    shown = db.execute(
        "select id from speakers where name = ?1 and ?2 in (kind, '') order by quotes desc, id", [name, kind or ""]
    ).fetchone()
    if shown is not None:
        printed = named(db, somebody(db, shown[0]))
        return printed.name, printed.kind
    return name, "person"


def _said_now(found: Found, said: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The present speaker in the form of what was said."""
    speaker = found.one.quote.speaker
    if speaker is None:
        return None
    now_said = {"name": speaker.name, "kind": speaker.kind}
    return {**now_said, **{part: getattr(speaker, part) for part in ("title", "institution") if said and part in said}}


def _respanned(found: Found, quote_id: int, spans: Sequence[Sequence[int]], by: str, why: str | None) -> Correction:
    try:
        places = spans_of(spans)
    except ValueError as error:
        raise StoreError(f"quote {quote_id}: {error}: give [start, end] in characters of the article’s text") from error
    if places[-1].end > len(found.text):
        raise StoreError(f"quote {quote_id}: {places[-1].end} is beyond the text, which has {len(found.text)} characters")
    if not all(found.text[start:end].strip() for start, end in places):
        raise StoreError(f"quote {quote_id}: a span holds no words: give the places of the words")
    if places == found.one.quote.spans:
        raise StoreError(f"quote {quote_id}: these are its words already: there is nothing to put right")
    if any(each.quote.spans == places for each in found.layer.shown):
        raise StoreError(f"quote {quote_id}: another quote has these words: say that one of the two is no quote")
    change = {"spans": [list(span) for span in places], "text": quoted(found.text, places)}
    return _of_quote("span", found, change, by, why)


def _places(found: Found, words: Sequence[str]) -> list[Span]:
    """Where the parts of a quote stand, each after the one before it, the nearest to where the quote stood."""
    places: list[Span] = []
    near, after = found.one.quote.spans[0].start, 0
    for part in words:
        pattern = r"\s+".join(_flexible(each) for each in _words(part, "quote").split())
        stands = [Span(*each.span()) for each in re.finditer(pattern, found.text) if each.start() >= after]
        if not stands:
            raise StoreError(f"“{part}”: these words do not stand in the article{' in this order' if after else ''}: copy them from it")
        places.append(min(stands, key=lambda span: (abs(span.start - near), span.start)))
        near = after = places[-1].end
    return places


def _flexible(word: str) -> str:
    return "".join(_QUOTATION_MARKS.get(letter, re.escape(letter)) for letter in word)


def _words(value: str, what: str) -> str:
    """The words without white space around and between. Raises StoreError where there are none."""
    words = " ".join(value.split())
    if not words:
        raise StoreError(f"the {what} is empty: give words, or say that there is none")
    return words


def _two(db: Database, one: int | str, other: int | str) -> tuple[Somebody, Somebody]:
    first, second = somebody(db, one), somebody(db, other)
    same_body = first.institution_id is not None and first.institution_id == second.institution_id
    if first.id == second.id or same_body:
        raise StoreError(f"{first.name}: this and {second.name} are one already: name two")
    return first, second


def _gone_over(local: Somebody, whole: Named, by: str, why: str | None) -> Correction:
    row = local.appearances[0]
    target = {"speaker": {"kind": row.kind, "key": row.key, "name": row.name}}
    return _made("speaker", target, {"speaker": {"name": whole.name, "kind": whole.kind}}, by, why, row.article_id)
