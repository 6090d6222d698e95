"""One correction: what a person corrected, read from the database, from a line of an export, written there, and in a line for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Literal, cast, get_args

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.records import Article, Span, SpeakerKind

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
            parts = {ARTICLE_PARTS[part]: tuple(value or ()) if part == "byline" else value for part, value in each.change.items()}
            article = replace(article, **cast(dict[str, Any], parts))
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


#: What a value of an export must be: a check that raises ValueError, or the shapes of the fields of an object; those with a question mark
#: may be missing or null.
Shape = Callable[[Any], object] | Mapping[str, Any]


def _check(value: Any, shape: Shape) -> None:
    """Raise KeyError or ValueError for a value of another shape."""
    if callable(shape):
        shape(value)
        return
    if not isinstance(value, Mapping):
        raise ValueError(f"{value!r} is no object")
    for name, inner in shape.items():
        if not name.endswith("?"):
            _check(value[name], inner)
        elif value.get(name[:-1]) is not None:
            _check(value[name[:-1]], inner)


def _must(holds: Callable[[Any], object], what: str) -> Shape:
    def check(value: Any) -> None:
        if not holds(value):
            raise ValueError(f"{value!r} {what}")

    return check


def _list_of(shape: Shape, least: int = 0) -> Shape:
    def check(value: Any) -> None:
        _check(value, _must(lambda given: isinstance(given, list) and len(given) >= least, f"is no list of {least} or more"))
        for each in value:
            _check(each, shape)

    return check


_TEXT = _must(lambda value: isinstance(value, str), "is no text")
_WORDS = _must(lambda value: isinstance(value, str) and value.strip(), "holds no words")
_WHOLE = _must(lambda value: type(value) is int and 0 <= value < 2**63, "is no whole number")
_KIND = _must(lambda value: value in get_args(SpeakerKind), "is no kind of speaker")
_DATE = datetime.fromisoformat
_SOMEBODY = {"kind": _KIND, "key": _WORDS, "name": _WORDS, "article?": _WHOLE}
_QUOTE = {"spans": spans_of, "found?": {"spans": spans_of, "nth": _WHOLE}}
_SPEAKER = {"speaker?": {"name": _WORDS, "kind": _KIND, "title?": _WORDS, "institution?": _WORDS}}
_ARTICLE = {"headline?": _WORDS, "byline?": _list_of(_WORDS), "outlet?": _WORDS, "published?": _DATE}


def _quote_or_speaker(target: Any) -> None:
    _check(target, {"speaker": _SOMEBODY} if "speaker" in target else _QUOTE)


#: Of each action, its target, its change, and which fields the change must have, whether or not they are null.
_SHAPES: dict[str, tuple[Shape, Shape, Sequence[str]]] = {
    "speaker": (_quote_or_speaker, _SPEAKER, ["speaker"]),
    "title": (_quote_or_speaker, {"title?": _WORDS}, ["title"]),
    "institution": (_quote_or_speaker, {"institution?": _WORDS}, ["institution"]),
    "span": (_QUOTE, {"spans": spans_of}, []),
    "reject": (_QUOTE, {}, []),
    "accept": (_QUOTE, _SPEAKER, ["speaker"]),
    "skip": (_QUOTE, {}, []),
    "article": ({"path": _WORDS}, _ARTICLE, []),
    "merge": (_SOMEBODY, _SOMEBODY, []),
    "apart": (_SOMEBODY, _SOMEBODY, []),
    "split": (_SOMEBODY, {"articles": _list_of(_WHOLE, 1), "keys": _list_of(_WORDS, 1)}, []),
    "rename": (_SOMEBODY, {"name": _WORDS}, []),
}
_NOTES = {"why?": _TEXT, "undone_at?": _TEXT, "undone_by?": _TEXT}
_ACTION = _must(lambda value: value in get_args(Action), "is no action")
_RECORD = {"action": _ACTION, "at": _DATE, "by": _WORDS, "target": {}, "change": {}, **_NOTES}


def from_json(plain: Any, where: str) -> Correction:
    """A correction out of a line of an export. Raises StoreError, naming `where`, for what is none."""
    try:
        _check(plain, _RECORD)
        action, target, change, article_id = plain["action"], plain["target"], plain["change"], plain.get("article_id")
        of_pair = action == "skip" and article_id is None
        of_target, of_change, stated = _SHAPES["apart" if of_pair else action]
        _check(target, of_target)
        _check(change, of_change)
        _check(change, dict.fromkeys(stated, lambda _: None))
        _check(article_id, _WHOLE if action in IN_ARTICLE and not of_pair else _must(lambda value: value is None, "is no use here"))
        if action == "article" and not (change and change.keys() <= ARTICLE_PARTS.keys()):
            raise ValueError(f"an article has {', '.join(ARTICLE_PARTS)}")
        if action in ("merge", "apart") and change["kind"] != target["kind"]:
            raise ValueError("two kinds")
    except (KeyError, TypeError, ValueError) as error:
        why = f"it has no {error}" if isinstance(error, KeyError) else error
        raise StoreError(f"{where}: not a correction: {why}: import what `quotes corrections --export` wrote") from error
    names = ("at", "by", "why", "article_id", "undone_at", "undone_by")
    return Correction(action=action, target=target, change=change, **{name: plain.get(name) for name in names})


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
