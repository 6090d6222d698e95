"""Rows of `utterances`: which quotes print the same words, and what is known of each utterance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from quotes.linking.name_comparison import person_name
from quotes.linking.utterances import QuoteWords, fingerprints, likeness, lookups, same_utterance, words_of
from quotes.store.schema.statements import IN, Row, ids, listed, upsert
from quotes.store.schema.tables import UTTERANCES

_QUOTES = """
select quotes.id, quotes.text, quotes.kind, appearances.name, appearances.kind, appearances.key, quotes.utterance_id,
  quotes.speaker_id, quotes.likeness, articles.published, articles.id, articles.outlet, quotes.start, quotes."end",
  quotes.in_default_view
from quotes
join articles on articles.id = quotes.article_id
left join appearances on appearances.id = quotes.appearance_id
"""


def quote_words(
    quote: int, text: str, kind: str, name: str | None, who: str | None, key: str | None, place: tuple[int, int, int]
) -> QuoteWords:
    """The words of a quote as they are compared, and whose they are: `name`, kind (`who`) and `key` are those of its appearance."""
    # The name as compared and the given name of the speaker; nothing where words alone must tell.
    whose, given = "" if who == "unnamed" else key or "", ""
    if who == "person" and name is not None:
        parts = person_name(name)
        whose, given = (parts.surname, parts.given) if parts.full else (whose.rsplit(" ", 1)[-1], "")
    return QuoteWords(quote, words_of(text), whose, given, place, kind != "indirect")


class Print(NamedTuple):
    """One print of an utterance: a quote with what its utterance is found by."""

    id: int
    text: str
    quoted: str
    name: str | None
    kind: str | None
    key: str | None
    utterance_id: int | None
    speaker_id: int | None
    likeness: str | None
    published: str | None
    article_id: int
    outlet: str | None
    start: int
    end: int
    in_default_view: int

    @property
    def saying(self) -> QuoteWords:
        """Its words as they are compared."""
        place = (self.article_id, self.start, self.end)
        return quote_words(self.id, self.text, self.quoted, self.name, self.kind, self.key, place)

    @property
    def when(self) -> tuple[str, int, int]:
        """Orders prints in time, the undated last."""
        return self.published or "~", self.article_id, self.id


def forget(db: Database, quotes: Collection[int]) -> tuple[set[int], set[int]]:
    """Take quotes that are about to be removed out of the index; returns the other quotes of their utterances, and the utterances."""
    db.conn.executemany("delete from fingerprints where fingerprint = ? and quote_id = ?", _filed(_prints(db, quotes)))
    utterances = ids(db, f"select utterance_id from quotes where id {IN}", listed(quotes))
    return ids(db, f"select id from quotes where utterance_id {IN}", listed(utterances)) - set(quotes), utterances


def link_quotes(db: Database, new: Collection[int], loose: Collection[int], shrunk: Collection[int] = ()) -> None:
    """Find the utterances of quotes that are new, and of those whose utterance lost a print (`loose`; `shrunk` are the utterances).

    A new quote can only join what is there; where one is removed, what it held together is looked at again.
    """
    db.execute(f"update quotes set utterance_id = null, likeness = null where id {IN}", [listed(loose)])
    prints = {each.id: each for each in _prints(db, [*new, *loose])}
    db.conn.executemany("insert into fingerprints values (?, ?)", _filed(prints[each] for each in new))
    touched: set[int | None] = set(shrunk)
    seen: set[int] = set()
    for identifier in sorted(prints):
        if identifier in seen:
            continue
        group = _grown(db, prints[identifier], set(loose))
        seen |= group.keys()
        touched |= {each.utterance_id for each in group.values()} - {None}
        if len(group) > 1:
            touched.add(_write(db, list(group.values())))
    unused = f"delete from utterances where id {IN} and not exists (select 1 from quotes where utterance_id = utterances.id)"
    db.execute(unused, [listed(each for each in touched if each is not None)])


def _grown(db: Database, start: Print, loose: set[int]) -> dict[int, Print]:
    """All prints of the utterance of `start`: those that match it, with all that their utterances hold, and so on for what is loose."""
    group = {start.id: start}
    open_ends = [start]
    while open_ends:
        for match in _matches(db, open_ends.pop()):
            if match.id in group:
                continue
            group[match.id] = match
            if match.utterance_id is not None and match.id not in loose:
                # Its utterance is whole already, but it may hold together what came with this article.
                group.update({other.id: other for other in _of_utterance(db, match.utterance_id) if other.id not in loose})
            else:
                open_ends.append(match)
    return group


def _matches(db: Database, one: Print) -> list[Print]:
    """The other quotes that print the same as `one`, by their ids."""
    saying = one.saying
    near = ids(db, f"select quote_id from fingerprints where fingerprint {IN}", listed(lookups(saying))) - {one.id}
    return [each for each in _prints(db, near) if same_utterance(saying, each.saying)]


def _write(db: Database, prints: Sequence[Print]) -> int:
    """Write one utterance and what its quotes are to it; returns its id."""
    row, likenesses = utterance_of(prints)
    for each in prints:
        if (each.utterance_id, each.likeness) != (row[0], how := likenesses[each.id]):
            db.execute("update quotes set utterance_id = ?, likeness = ? where id = ?", [row[0], how, each.id])
    upsert(db, UTTERANCES, row)
    return int(row[0])


def utterance_of(prints: Sequence[Print]) -> tuple[Row, dict[int, str]]:
    """The row of an utterance that is printed so, and what each print is to the fullest, by its id.

    What is stated and counted is of the prints in the default view; where none is in it, the words and the speaker are of all.
    """
    shown = [each for each in prints if each.in_default_view]
    counted = shown or prints
    words = {each.id: words_of(each.text) for each in prints}
    fullest = min(counted, key=lambda each: (-len(words[each.id]), each.when))
    known = [each for each in counted if each.speaker_id is not None]
    speakers = Counter(each.speaker_id for each in [each for each in known if each.saying.speaker] or known)
    dates = [each.published for each in shown if each.published]
    row = (
        min(prints, key=lambda each: each.when).id,
        fullest.text,
        min(speakers, key=lambda each: (-speakers[each], each), default=None),
        min(counted, key=lambda each: each.when).id,
        fullest.id,
        min(dates, default=None),
        max(dates, default=None),
        len(shown),
        len({each.article_id for each in shown}),
        len({each.outlet for each in shown if each.outlet}),
        len(prints),
    )
    return row, {each.id: "fullest" if each is fullest else likeness(words[each.id], words[fullest.id]) for each in prints}


def rewrite_of_speakers(db: Database, speakers: Iterable[int]) -> None:
    """Write anew the utterances of speakers who were linked anew."""
    found = f"select utterance_id from quotes where speaker_id {IN} union select id from utterances where speaker_id {IN}"
    some = listed(speakers)
    for utterance in sorted(ids(db, found, some, some)):
        if len(prints := _of_utterance(db, utterance)) > 1:
            _write(db, prints)


def _filed(prints: Iterable[Print]) -> list[tuple[int, int]]:
    """Rows of `fingerprints`, in the order of the table, so that what lies together is written together."""
    return sorted((fingerprint, each.id) for each in prints for fingerprint in fingerprints(each.saying))


def _of_utterance(db: Database, utterance: int) -> list[Print]:
    return [Print(*row) for row in db.execute(f"{_QUOTES} where quotes.utterance_id = ? order by quotes.id", [utterance]).fetchall()]


def _prints(db: Database, quotes: Iterable[int]) -> list[Print]:
    return [Print(*row) for row in db.execute(f"{_QUOTES} where quotes.id {IN} order by quotes.id", [listed(quotes)]).fetchall()]
