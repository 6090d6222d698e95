"""One correction: what a person put right, read from the database or from a line of JSON, and written there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Literal, get_args

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.records import Span, SpeakerKind

Action = Literal["speaker", "title", "institution", "span", "reject", "merge", "apart", "split", "rename", "accept", "skip", "article"]
#: About one article: a quote of it, a speaker in it, or the article itself.
IN_ARTICLE = ("speaker", "title", "institution", "span", "reject", "accept", "skip", "article")
#: What can be put right about an article, by the fields of the record.
ARTICLE_PARTS = {"headline": "title", "byline": "byline", "outlet": "outlet", "published": "published"}
#: What a review leaves behind: that somebody looked, and found it right (which makes the quote sure) or left it open.
MARKS = ("accept", "skip")

_COLUMNS = "id, at, by, why, action, article_id, target, change, undone_at, undone_by"
_KINDS = get_args(SpeakerKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person put right: who, when, why; of what (`target`), and what it is (`change`): docs/corrections.md shows them. `id` is 0
    until it is stored."""

    action: Action
    target: Mapping[str, Any]
    change: Mapping[str, Any]
    by: str
    at: str
    article_id: int | None = None
    why: str | None = None
    id: int = 0
    undone_at: str | None = None
    undone_by: str | None = None

    @property
    def of_quote(self) -> bool:
        """Whether it is about one quote."""
        return "spans" in self.target

    @property
    def same(self) -> tuple[str, ...]:
        """What tells it from every other correction, in whichever database it stands."""
        return self.at, self.by, self.action, str(self.article_id), _json(self.target), _json(self.change)

    def as_json(self) -> dict[str, Any]:
        """As `quotes corrections --export` writes it."""
        names = ("at", "by", "why", "action", "article_id", "target", "change", "undone_at", "undone_by")
        return {"id": self.id, **{name: getattr(self, name) for name in names}}

    def undone(self, at: str, by: str | None) -> Correction:
        """The same, no longer in force."""
        return replace(self, undone_at=at, undone_by=by)


def now() -> str:
    """The time, ISO 8601 in UTC, so exact that no two corrections of one person share it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def insert(db: Database, correction: Correction) -> Correction:
    """Write a correction as the latest; gives it back with its id."""
    values = [getattr(correction, name) for name in ("at", "by", "why", "action", "article_id")]
    cursor = db.execute(
        f"insert into corrections ({_COLUMNS.removeprefix('id, ')}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [*values, _json(correction.target), _json(correction.change), correction.undone_at, correction.undone_by],
    )
    return replace(correction, id=int(cursor.lastrowid or 0))


def corrections_where(db: Database, condition: str = "1", values: tuple[Any, ...] = ()) -> list[Correction]:
    """Corrections in the order in which they apply."""
    found = db.execute(f"select {_COLUMNS} from corrections where {condition} order by id", values).fetchall()
    return [
        Correction(
            id=identifier,
            at=at,
            by=by,
            why=why,
            action=action,
            article_id=article_id,
            target=json.loads(target),
            change=json.loads(change),
            undone_at=undone_at,
            undone_by=undone_by,
        )
        for identifier, at, by, why, action, article_id, target, change, undone_at, undone_by in found
    ]


def from_json(plain: object, where: str) -> Correction:
    """A correction out of a line of an export. Raises StoreError, naming `where`, for what is none."""
    try:
        if not isinstance(plain, dict):
            raise TypeError("it is no JSON object")
        correction = Correction(
            action=plain["action"],
            article_id=plain.get("article_id"),
            target=plain["target"],
            change=plain["change"],
            at=plain["at"],
            by=plain["by"],
            why=plain.get("why"),
            undone_at=plain.get("undone_at"),
            undone_by=plain.get("undone_by"),
        )
        _check(correction)
    except KeyError as error:
        raise StoreError(f"{where}: not a correction: it has no {error}: import what `quotes corrections --export` wrote") from error
    except (TypeError, ValueError) as error:
        raise StoreError(f"{where}: not a correction: {error}: import what `quotes corrections --export` wrote") from error
    return correction


def _check(correction: Correction) -> None:
    """Raise KeyError, TypeError or ValueError for a correction of the wrong shape."""
    _expect(correction.action in get_args(Action), f"no such action as {correction.action}")
    for name in ("at", "by"):
        _words(getattr(correction, name), name)
    for name in ("why", "undone_at", "undone_by"):
        _expect(isinstance(getattr(correction, name), str | None), f"{name} is no text")
    datetime.fromisoformat(correction.at)
    target, change = correction.target, correction.change
    _expect(isinstance(target, dict) and isinstance(change, dict), "target and change must be objects")
    if correction.action == "skip" and correction.article_id is None:
        _check_named(target)
        _check_named(change)
    elif correction.action in IN_ARTICLE:
        _whole(correction.article_id, "article_id")
        _check_in_article(correction.action, target, change)
    else:
        _expect(correction.article_id is None, "article_id must be empty here")
        _check_names(correction.action, target, change)


def _check_in_article(action: str, target: Mapping[str, Any], change: Mapping[str, Any]) -> None:
    if action == "article":
        _words(target["path"], "path")
        _check_article(change)
    elif "speaker" in target and action in ("speaker", "title", "institution"):
        _check_named(target["speaker"])
    else:
        spans_of(target["spans"])
        if "found" in target:
            spans_of(target["found"]["spans"])
            _whole(target["found"]["nth"], "nth")
    if action == "span":
        spans_of(change["spans"])
    elif action in ("speaker", "accept"):
        _check_said(change["speaker"], strict=action == "speaker")
    elif action in ("title", "institution"):
        _expect(change[action] is None or bool(_words(change[action], action)), action)


def _check_article(change: Mapping[str, Any]) -> None:
    _expect(bool(change) and change.keys() <= ARTICLE_PARTS.keys(), f"an article has {', '.join(ARTICLE_PARTS)}")
    for part, value in change.items():
        if part == "byline":
            _expect(isinstance(value, list) and all(_words(each, part) for each in value), "byline is no list of names")
        elif value is not None:
            _words(value, part)
    if change.get("published") is not None:
        datetime.fromisoformat(change["published"])


def article_fields(change: Mapping[str, Any]) -> dict[str, Any]:
    """What a correction of an article makes of the fields of its record."""
    return {ARTICLE_PARTS[part]: tuple(value) if part == "byline" else value for part, value in change.items()}


def _check_names(action: str, target: Mapping[str, Any], change: Mapping[str, Any]) -> None:
    _check_named(target)
    if action == "rename":
        _words(change["name"], "name")
    elif action == "split":
        _expect(bool(change["articles"]) and bool(change["keys"]), "no articles, or no keys")
        for each in change["articles"]:
            _whole(each, "articles")
        for each in change["keys"]:
            _words(each, "keys")
    else:
        _check_named(change)
        _expect(change["kind"] == target["kind"], "two kinds")


def _check_named(plain: Mapping[str, Any]) -> None:
    _expect(plain["kind"] in _KINDS, f"no such kind as {plain['kind']}")
    _words(plain["key"], "key")
    _words(plain["name"], "name")
    if plain.get("article") is not None:
        _whole(plain["article"], "article")


def _check_said(said: Mapping[str, Any] | None, *, strict: bool) -> None:
    if said is None:
        return
    _expect(said["kind"] in _KINDS, f"no such kind as {said['kind']}")
    _words(said["name"], "name")
    for part in ("title", "institution"):
        if said.get(part) is not None or (part in said and not strict):
            _expect(said[part] is None or bool(_words(said[part], part)), part)


def spans_of(plain: object) -> tuple[Span, ...]:
    """Spans in order that do not overlap. Raises TypeError or ValueError for anything else."""
    if not isinstance(plain, list | tuple) or not plain:
        raise ValueError("the spans must be a list of pairs, such as [[0, 5]]")
    spans = []
    for pair in plain:
        if not isinstance(pair, list | tuple) or len(pair) != 2 or not all(type(each) is int for each in pair):
            raise ValueError(f"{pair} is no pair of whole numbers")
        spans.append(Span(*pair))
    if any(not 0 <= start < end for start, end in spans):
        raise ValueError("a span must begin before it ends")
    if any(after.start < before.end for before, after in pairwise(spans)):
        raise ValueError("the spans must be in order and may not overlap")
    return tuple(spans)


def _words(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} holds no words")
    return value


def _whole(value: object, name: str) -> None:
    _expect(type(value) is int and 0 <= value < 2**63, f"{name} is no whole number")


def _expect(condition: bool, what: str) -> None:
    if not condition:
        raise ValueError(what)


def _json(plain: Mapping[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def summary(correction: Correction) -> str:
    """What was put right, in a line for people."""
    target, change, action = correction.target, correction.change, correction.action
    if action == "merge":
        return f"{target['name']} and {change['name']} are one"
    if action == "apart":
        return f"{target['name']} and {change['name']} are two"
    if action == "split":
        articles = ", ".join(map(str, change["articles"]))
        return f"{target['name']} is somebody else of that name in article {articles}"
    if action == "rename":
        return f"{target['name']} is shown as {change['name']}"
    if action == "skip" and not correction.of_quote:
        return f"{target['name']} and {change['name']}: left open"
    if action == "article":
        return f"{target['path']}: {'; '.join(_of_article(*each) for each in change.items())}"
    of = f"“{_shortened(target['text'])}”" if correction.of_quote else f"all that {target['speaker']['name']} says in the article"
    return f"{of}: {_said(action, change)}"


def _of_article(part: str, value: Any) -> str:
    if part == "byline":
        return f"by {', '.join(value)}" if value else "no byline"
    return f"{part} {value}" if value else f"no {part}"


def _said(action: str, change: Mapping[str, Any]) -> str:
    if action == "speaker":
        said = change["speaker"]
        if said is None:
            return "nobody is known to have said it"
        parts = [said["name"], *(said[part] or f"no {part}" for part in ("title", "institution") if part in said)]
        return f"said by {', '.join(parts)} ({said['kind']})"
    if action in ("title", "institution"):
        return f"{action} {change[action]}" if change[action] else f"no {action}"
    if action == "span":
        return f"the words are “{_shortened(change['text'])}”" if "text" in change else f"the words stand at {change['spans']}"
    return {"reject": "not a quote", "accept": "right as it stands", "skip": "left open"}[action]


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:57].rstrip()}…"
