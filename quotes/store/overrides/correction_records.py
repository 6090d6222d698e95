"""One correction: what a person corrected, read from the database and written there, and in a line for people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Literal

from sqlite_utils import Database

from quotes.records import Article, Span

Action = Literal["speaker", "title", "institution", "span", "reject", "merge", "apart", "split", "rename", "accept", "skip", "article"]
#: About one article: a quote of it, a speaker in it, or the article itself.
IN_ARTICLE = ("speaker", "title", "institution", "span", "reject", "accept", "skip", "article")
#: What can be corrected about an article, by the fields of the record.
ARTICLE_PARTS = {"headline": "title", "byline": "byline", "outlet": "outlet", "published": "published"}
#: What a review leaves behind: that somebody looked, and found it right (which makes the quote sure) or left it open.
MARKS = ("accept", "skip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person corrected: who, when, why; of what (`target`), and what it is (`change`): docs/corrections.md shows them. `id` is 0
    until it is stored."""

    id: int = 0
    at: str
    by: str
    why: str | None = None
    action: Action
    article_id: int | None = None
    target: Mapping[str, Any]
    change: Mapping[str, Any]
    undone_at: str | None = None
    undone_by: str | None = None

    @property
    def of_quote(self) -> bool:
        """Whether it is about one quote."""
        return "spans" in self.target

    @property
    def same(self) -> tuple[str, ...]:
        """What tells it from every other correction, in whichever database it is."""
        return self.at, self.by, self.action, str(self.article_id), _json(self.target), _json(self.change)

    def as_json(self) -> dict[str, Any]:
        """As `quotes corrections --export` writes it."""
        return asdict(self)


def now() -> str:
    """The time, ISO 8601 in UTC, so exact that no two corrections of one person share it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def insert(db: Database, correction: Correction) -> Correction:
    """Write a correction as the latest; returns it with its id."""
    row = {**asdict(correction), "id": None, "target": _json(correction.target), "change": _json(correction.change)}
    cursor = db.execute(f"insert into corrections ({', '.join(row)}) values (:{', :'.join(row)})", row)
    return replace(correction, id=int(cursor.lastrowid or 0))


def corrections_where(db: Database, condition: str = "1", values: Sequence[Any] = ()) -> list[Correction]:
    """Corrections in the order in which they apply."""
    found = db.query(f"select * from corrections where {condition} order by id", values)
    return [Correction(**{**row, "target": json.loads(row["target"]), "change": json.loads(row["change"])}) for row in found]


def in_force(db: Database, article_id: int) -> list[Correction]:
    """The corrections of an article and its quotes that are in force, in the order in which they apply."""
    return corrections_where(db, "article_id = ? and undone_at is null", [article_id])


def as_corrected(article: Article, corrections: Sequence[Correction]) -> Article:
    """An article, as it was read, with what people corrected of its headline, writers, outlet and date."""
    for each in corrections:
        if each.action == "article":
            fields: dict[str, Any] = {
                ARTICLE_PARTS[part]: tuple(value) if part == "byline" else value for part, value in each.change.items()
            }
            article = replace(article, **fields)
    return article


def spans_of(plain: object) -> tuple[Span, ...]:
    """Spans in order that do not overlap. Raises ValueError for anything else."""
    if not isinstance(plain, list | tuple) or not plain:
        raise ValueError("the spans must be a list of pairs, such as [[0, 5]]")
    for pair in plain:
        if not isinstance(pair, list | tuple) or len(pair) != 2 or not all(type(each) is int for each in pair):
            raise ValueError(f"{pair} is no pair of whole numbers")
    spans = tuple(Span(*pair) for pair in plain)
    if any(not 0 <= start < end for start, end in spans):
        raise ValueError("a span must begin before it ends")
    if any(after.start < before.end for before, after in pairwise(spans)):
        raise ValueError("the spans must be in order and may not overlap")
    return spans


def _json(plain: Mapping[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def summary(correction: Correction) -> str:
    """What was corrected, in a line for people."""
    target, change, action = correction.target, correction.change, correction.action
    if action == "merge":
        return f"{target['name']} and {change['name']} are one"
    if action == "apart":
        return f"{target['name']} and {change['name']} are two"
    if action == "split":
        return f"{target['name']} is somebody else of that name in article {', '.join(map(str, change['articles']))}"
    if action == "rename":
        return f"{target['name']} is shown as {change['name']}"
    if action == "skip" and not correction.of_quote:
        return f"{target['name']} and {change['name']}: left open"
    if action == "article":
        return f"{target['path']}: {'; '.join(_of_article(*each) for each in change.items())}"
    of = f"“{_shortened(target['text'])}”" if correction.of_quote else f"all that {target['speaker']['name']} says in the article"
    return f"{of}: {_changed(action, change)}"


def _of_article(part: str, value: Any) -> str:
    if part == "byline":
        return f"by {', '.join(value)}" if value else "no byline"
    return f"{part} {value}" if value else f"no {part}"


def _changed(action: str, change: Mapping[str, Any]) -> str:
    if action == "speaker":
        if (said := change["speaker"]) is None:
            return "nobody is known to have said it"
        parts = [said["name"], *(said[part] or f"no {part}" for part in ("title", "institution") if part in said)]
        return f"said by {', '.join(parts)} ({said['kind']})"
    if action in ("title", "institution"):
        return f"{action} {change[action]}" if change[action] else f"no {action}"
    if action == "span":
        return f"the words are “{_shortened(change['text'])}”" if "text" in change else f"the words are at {change['spans']}"
    return {"reject": "not a quote", "accept": "right as it stands", "skip": "left open"}[action]


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:57].rstrip()}…"
