"""The shape of each kind of correction, declared once; a line of an export is read by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, get_args

from quotes.errors import StoreError
from quotes.records import SpeakerKind
from quotes.store.overrides.correction_records import ARTICLE_PARTS, IN_ARTICLE, Correction, spans_of

#: A check that raises ValueError, or the checks of the fields of an object; those with a question mark may be missing.
Shape = Callable[[Any], object] | Mapping[str, Any]


def _expect(condition: bool, what: str) -> None:
    if not condition:
        raise ValueError(what)


def _text(value: Any) -> None:
    _expect(isinstance(value, str), f"{value!r} is no text")


def _words(value: Any) -> None:
    _text(value)
    _expect(bool(value.strip()), f"{value!r} holds no words")


def _whole(value: Any) -> None:
    _expect(type(value) is int and 0 <= value < 2**63, f"{value!r} is no whole number")


def _kind(value: Any) -> None:
    _expect(value in get_args(SpeakerKind), f"no such kind as {value}")


def _date(value: Any) -> None:
    _words(value)
    datetime.fromisoformat(value)


def _maybe(shape: Shape) -> Shape:
    return lambda value: None if value is None else _check(value, shape)


def _list(shape: Shape, least: int = 0) -> Shape:
    def check(value: Any) -> None:
        _expect(isinstance(value, list) and len(value) >= least, f"{value!r} is no list of {least} or more")
        for each in value:
            _check(each, shape)

    return check


def _check(value: Any, shape: Shape) -> None:
    """Raise KeyError or ValueError for a value of another shape."""
    if callable(shape):
        shape(value)
        return
    _expect(isinstance(value, Mapping), f"{value!r} is no object")
    for name, inner in shape.items():
        if not name.endswith("?") or name[:-1] in value:
            _check(value[name.removesuffix("?")], inner)


_SOMEBODY = {"kind": _kind, "key": _words, "name": _words, "article?": _maybe(_whole)}
_SPEAKER = {"speaker": _maybe({"name": _words, "kind": _kind, "title?": _maybe(_words), "institution?": _maybe(_words)})}
_QUOTE = {"spans": spans_of, "found?": {"spans": spans_of, "nth": _whole}}
_ARTICLE = {"headline?": _maybe(_words), "byline?": _list(_words), "outlet?": _maybe(_words), "published?": _maybe(_date)}


def _of_quote_or_speaker(target: Any) -> None:
    _check(target, {"speaker": _SOMEBODY} if "speaker" in target else _QUOTE)


#: Of each action, its target and its change.
_SHAPES: dict[str, tuple[Shape, Shape]] = {
    "speaker": (_of_quote_or_speaker, _SPEAKER),
    "title": (_of_quote_or_speaker, {"title": _maybe(_words)}),
    "institution": (_of_quote_or_speaker, {"institution": _maybe(_words)}),
    "span": (_QUOTE, {"spans": spans_of}),
    "reject": (_QUOTE, {}),
    "accept": (_QUOTE, _SPEAKER),
    "skip": (_QUOTE, {}),
    "article": ({"path": _words}, _ARTICLE),
    "merge": (_SOMEBODY, _SOMEBODY),
    "apart": (_SOMEBODY, _SOMEBODY),
    "split": (_SOMEBODY, {"articles": _list(_whole, 1), "keys": _list(_words, 1)}),
    "rename": (_SOMEBODY, {"name": _words}),
}
_RECORD = {"action": _words, "at": _date, "by": _words, "target": {}, "change": {}}
_NOTES = {"why?": _maybe(_text), "undone_at?": _maybe(_text), "undone_by?": _maybe(_text)}


def from_json(plain: Any, where: str) -> Correction:
    """A correction out of a line of an export. Raises StoreError, naming `where`, for what is none."""
    try:
        _check(plain, {**_RECORD, **_NOTES})
        action, target, change, article_id = plain["action"], plain["target"], plain["change"], plain.get("article_id")
        _expect(action in _SHAPES, f"no such action as {action}")
        if in_article := action in IN_ARTICLE and not (action == "skip" and article_id is None):
            _whole(article_id)
        of_target, of_change = _SHAPES[action if in_article or action != "skip" else "apart"]
        _check(target, of_target)
        _check(change, of_change)
        _expect(in_article or article_id is None, "article_id must be empty here")
        if action == "article":
            _expect(bool(change) and change.keys() <= ARTICLE_PARTS.keys(), f"an article has {', '.join(ARTICLE_PARTS)}")
        if action in ("merge", "apart"):
            _expect(change["kind"] == target["kind"], "two kinds")
    except (KeyError, TypeError, ValueError) as error:
        why = f"it has no {error}" if isinstance(error, KeyError) else error
        raise StoreError(f"{where}: not a correction: {why}: import what `quotes corrections --export` wrote") from error
    names = ("at", "by", "why", "article_id", "undone_at", "undone_by")
    return Correction(action=action, target=target, change=change, **{name: plain.get(name) for name in names})
