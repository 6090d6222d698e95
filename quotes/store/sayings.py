"""Utterances in the database: which quotes print the same words, and what is known of each utterance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from quotes.linking import named
from quotes.linking.names import person_name
from quotes.linking.utterances import Saying, fingerprints, likeness, lookups, same_utterance, words_of

_MANY = 900

_QUOTES = """
select quotes.id, quotes.text, appearances.name, appearances.kind, appearances.key, quotes.utterance_id, quotes.speaker_id, quotes.likeness,
  articles.published, articles.id, articles.outlet, quotes.start, quotes."end"
from quotes
join articles on articles.id = quotes.article_id
left join appearances on appearances.id = quotes.appearance_id
"""


class _Print(NamedTuple):
    """One print of an utterance: a quote with what the utterance is told from."""

    id: int
    text: str
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

    @property
    def saying(self) -> Saying:
        place = (self.article_id, self.start, self.end)
        words = words_of(self.text)
        if self.kind == "person" and self.name:
            name = person_name(self.name)
            if name.full:
                return Saying(self.id, words, name.surname, name.given, place)
            return Saying(self.id, words, (self.key or "").rsplit(" ", 1)[-1], "", place)
        spoken = self.kind == "organisation" and self.name is not None and named(self.name)
        return Saying(self.id, words, (self.key or "") if spoken else "", "", place)

    @property
    def when(self) -> tuple[str, int, int]:
        return self.published or "~", self.article_id, self.id


def forget(db: Database, quote_ids: Collection[int]) -> set[int]:
    """Take quotes that are about to be removed out of the index; gives back the other quotes of their utterances."""
    utterances: set[int] = set()
    for some in _slices(quote_ids):
        marks = ",".join("?" * len(some))
        db.execute(f"delete from fingerprints where quote_id in ({marks})", some)
        found = db.execute(f"select distinct utterance_id from quotes where id in ({marks}) and utterance_id is not null", some).fetchall()
        utterances |= {row[0] for row in found}
    left: set[int] = set()
    for some in _slices(utterances):
        found = db.execute(f"select id from quotes where utterance_id in ({','.join('?' * len(some))})", some).fetchall()
        left |= {row[0] for row in found}
    return left - set(quote_ids)


def link_quotes(db: Database, new: Collection[int], loose: Collection[int]) -> None:
    """Find the utterances of quotes that are new, and of those whose utterance lost a print (`loose`).

    A new quote can only join what is there; where one is taken away, what it held together is looked at again.
    """
    prints = {each.id: each for each in _prints(db, [*new, *loose])}
    _file(db, [prints[each] for each in sorted(new)])
    touched = {each.utterance_id for each in prints.values()} - {None}
    for some in _slices(loose):
        db.execute(f"update quotes set utterance_id = null, likeness = null where id in ({','.join('?' * len(some))})", some)
        prints.update({each: prints[each]._replace(utterance_id=None, likeness=None) for each in some})
    seen: set[int] = set()
    for identifier in sorted(prints):
        if identifier in seen:
            continue
        group = _grown(db, prints[identifier], set(loose))
        seen |= group.keys()
        touched |= {each.utterance_id for each in group.values()} - {None}
        if len(group) > 1:
            touched.add(_write(db, list(group.values())))
    _clear(db, {each for each in touched if each is not None})


def _grown(db: Database, start: _Print, loose: set[int]) -> dict[int, _Print]:
    """All prints of the utterance of `start`: those that match it, with all that their utterances hold, and so on for what is loose."""
    group = {start.id: start}
    open_ends = [start]
    while open_ends:
        each = open_ends.pop()
        for match in _matches(db, each):
            if match.id in group:
                continue
            group[match.id] = match
            if match.utterance_id is not None and match.id not in loose:
                # Its utterance is whole already, but it may hold together what came with this article.
                group.update({other.id: other for other in _of_utterance(db, match.utterance_id) if other.id not in loose})
            else:
                open_ends.append(match)
    return group


def _matches(db: Database, one: _Print) -> Iterator[_Print]:
    saying = one.saying
    candidates: set[int] = set()
    for some in _slices(lookups(saying)):
        rows = db.execute(f"select distinct quote_id from fingerprints where fingerprint in ({','.join('?' * len(some))})", some).fetchall()
        candidates |= {row[0] for row in rows}
    for other in _prints(db, sorted(candidates - {one.id})):
        if same_utterance(saying, other.saying):
            yield other


def _write(db: Database, prints: Sequence[_Print]) -> int:
    """Write one utterance and what its quotes are to it; gives back its id."""
    first = min(prints, key=lambda each: each.when)
    words = {each.id: words_of(each.text) for each in prints}
    fullest = min(prints, key=lambda each: (-len(words[each.id]), each.when))
    for each in prints:
        how = "fullest" if each is fullest else likeness(words[each.id], words[fullest.id])
        if (each.utterance_id, each.likeness) != (first.id, how):
            db.execute("update quotes set utterance_id = ?, likeness = ? where id = ?", [first.id, how, each.id])
    speakers = Counter(each.speaker_id for each in prints if each.speaker_id is not None and each.saying.speaker)
    speakers = speakers or Counter(each.speaker_id for each in prints if each.speaker_id is not None)
    dates = [each.published for each in prints if each.published]
    row = (
        first.id,
        fullest.text,
        min(speakers, key=lambda each: (-speakers[each], each), default=None),
        first.id,
        fullest.id,
        min(dates, default=None),
        max(dates, default=None),
        len(prints),
        len({each.article_id for each in prints}),
        len({each.outlet for each in prints if each.outlet}),
    )
    stored = db.execute("select * from utterances where id = ?", [first.id]).fetchone()
    if stored is None:
        db.execute("insert into utterances values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    elif stored != row:
        db.execute(
            "update utterances set text = ?, speaker_id = ?, first_quote_id = ?, fullest_quote_id = ?, first_published = ?,"
            " last_published = ?, occurrences = ?, articles = ?, outlets = ? where id = ?",
            [*row[1:], row[0]],
        )
    return first.id


def rewrite_of_speakers(db: Database, speaker_ids: Iterable[int]) -> None:
    """Write anew the utterances of speakers who were linked anew."""
    found: set[int] = set()
    for speaker in speaker_ids:
        rows = db.execute(
            "select distinct utterance_id from quotes where speaker_id = ? and utterance_id is not null", [speaker]
        ).fetchall()
        found |= {row[0] for row in rows}
        found |= {row[0] for row in db.execute("select id from utterances where speaker_id = ?", [speaker]).fetchall()}
    for utterance in sorted(found):
        prints = _of_utterance(db, utterance)
        if len(prints) > 1:
            _write(db, prints)


def _clear(db: Database, utterances: Collection[int]) -> None:
    for each in sorted(utterances):
        if db.execute("select count(*) from quotes where utterance_id = ?", [each]).fetchone()[0] == 0:
            db.execute("delete from utterances where id = ?", [each])


def _file(db: Database, prints: Sequence[_Print]) -> None:
    rows = [(fingerprint, each.id) for each in prints for fingerprint in sorted(fingerprints(each.saying))]
    for first in range(0, len(rows), _MANY // 2):
        some = rows[first : first + _MANY // 2]
        db.execute(f"insert into fingerprints values {','.join(['(?, ?)'] * len(some))}", [value for row in some for value in row])


def _of_utterance(db: Database, utterance: int) -> list[_Print]:
    return [_Print(*row) for row in db.execute(f"{_QUOTES} where quotes.utterance_id = ? order by quotes.id", [utterance]).fetchall()]


def _prints(db: Database, ids: Sequence[int]) -> Iterator[_Print]:
    for some in _slices(ids):
        rows = db.execute(f"{_QUOTES} where quotes.id in ({','.join('?' * len(some))}) order by quotes.id", some).fetchall()
        yield from (_Print(*row) for row in rows)


def _slices(ids: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    for first in range(0, len(ordered), _MANY):
        yield ordered[first : first + _MANY]
