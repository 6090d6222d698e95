"""What the readers of corpora share: a corpus that is put together file by file, and JSON with clear complaints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quotes.corpora.gold import Attribution, Corpus, GoldArticle
from quotes.errors import CorpusError
from quotes.readers.layout.plain_text import article_from_text
from quotes.records import Act, Span


class Draft:
    """A corpus while it is read: its articles so far, the digest of its files, and the labels that tools gave to spans."""

    def __init__(self) -> None:
        self.articles: list[GoldArticle] = []
        self.labels: set[str] = set()
        self.digest = hashlib.sha256()

    def read(self, path: Path) -> str:
        """The text of a file, line ends kept: gold spans count them. Raises CorpusError."""
        try:
            content = path.read_bytes()
            self.digest.update(content)
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise CorpusError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error
        except OSError as error:
            raise CorpusError(f"{path}: {error.strerror}") from error

    def add(self, name: str, path: object, text: str, attributions: Sequence[Attribution], *, speakers_known: bool = False) -> None:
        """Add a text as the reader for plain text sees it, zones and all, so that what is scored is what users get."""
        self.articles.append(GoldArticle(name, article_from_text(text, path=str(path)), tuple(attributions), speakers_known))

    def corpus(self, path: Path, empty: str = "no article in it", *, name: str = "", acts: frozenset[Act] | None = None) -> Corpus:
        """The finished corpus, called like `path` unless it has a `name`.

        Raises CorpusError if there is no article (with the words of `empty`), if two share a name, if a span is not in its text, and if
        there are labels, but none that marks a content: else a corpus of other labels would hold no quotes.
        """
        if not self.articles:
            raise CorpusError(f"{path}: {empty}")
        if self.labels and not any(gold.attributions for gold in self.articles):
            labels = ", ".join(sorted(self.labels))
            raise CorpusError(f"{path}: its labels are {labels}; name what is quoted Content or Quote, then Cue and Source")
        names = set[str]()
        for gold in self.articles:
            if gold.name in names:  # predictions are kept by name
                raise CorpusError(f"{gold.article.path}: the name {gold.name} stands twice; give each article a name of its own")
            names.add(gold.name)
            for each in gold.attributions:
                for start, end in each.content + each.cue + each.source:
                    if not 0 <= start <= end <= len(gold.article.text):
                        raise CorpusError(f"{gold.article.path}: {each.id} has the span {start}–{end}, which is not in the text")
        name = name or (path.resolve().name if path.is_dir() else path.stem)
        return Corpus(name, tuple(self.articles), self.digest.hexdigest(), acts)


def parsed_json(text: str, where: object, kind: type = dict) -> Any:
    """The JSON object, or the list, in `text`; raises CorpusError, naming the place, if there is none."""
    try:
        record = json.loads(text.removeprefix("\ufeff"))
    except ValueError as error:
        raise CorpusError(f"{where}: not JSON: {error}") from error
    if not isinstance(record, kind):
        raise CorpusError(f"{where}: not a JSON {'object' if kind is dict else 'list'}")
    return record


def json_lines(text: str, path: Path) -> Iterator[tuple[Path, Any]]:
    """The object of each line that is not blank, with its place (`FILE:LINE`); raises CorpusError."""
    # Not `splitlines`, which also parts at characters that may stand in a JSON string.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if line.strip():
            where = Path(f"{path}:{number}")
            yield where, parsed_json(line, where)


@contextmanager
def complaints(where: object, mend: str = "") -> Iterator[None]:
    """Turn what JSON of the wrong shape raises when it is taken apart into a CorpusError; `mend` says what it should be like."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = f"no field {error}" if isinstance(error, KeyError) else error
        raise CorpusError(f"{where}: not a gold annotation: {what}{mend and f'; {mend}'}") from error


def span_of(start: object, end: object) -> Span:
    """The span from `start` to `end`; raises ValueError unless they are whole numbers, the smaller first."""
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        raise ValueError(f"the span {start}–{end} is no pair of whole numbers, the smaller first")
    return Span(start, end)
