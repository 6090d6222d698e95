"""What every reader of corpora needs: files with their digest, JSON with clear complaints, the article of a text, spans that fit it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from quotes.corpora.gold import Corpus
from quotes.errors import CorpusError
from quotes.records import Article, Span

#: What a record of the wrong shape raises when it is taken apart.
MISFITS = (KeyError, TypeError, ValueError, AttributeError)


@dataclass
class Digest:
    """Reads files and remembers what was read, for the corpus's digest."""

    _sha: Any = field(default_factory=hashlib.sha256)

    def read(self, path: Path) -> str:
        """The file's text, line ends kept: gold spans count them."""
        try:
            content = path.read_bytes()
            self.add(content)
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise CorpusError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error
        except OSError as error:
            raise CorpusError(f"{path}: {error.strerror}") from error

    def add(self, content: bytes) -> None:
        """Remember what did not come out of a file."""
        self._sha.update(content)

    def hex(self) -> str:
        """The SHA-256 of all that was read, in order."""
        return str(self._sha.hexdigest())


def plain_article(path: str, text: str) -> Article:
    """The article as the reader for plain text sees it, zones and all, so that what is scored is what users get."""
    from quotes.readers.layout.plain_text import article_from_text

    return article_from_text(text, path=path)


def checked(corpus: Corpus) -> Corpus:
    """The corpus itself, every span of which lies in its text and no two articles of which share a name; raises CorpusError otherwise."""
    names = set()
    for gold in corpus.articles:
        if gold.name in names:  # predictions are kept by name
            raise CorpusError(f"{gold.article.path}: the name {gold.name} stands twice; give each article a name of its own")
        names.add(gold.name)
        for attribution in gold.attributions:
            for start, end in attribution.content + attribution.cue + attribution.source:
                if not 0 <= start <= end <= len(gold.article.text):
                    raise CorpusError(f"{gold.article.path}: {attribution.id} has the span {start}–{end}, which is not in the text")
    return corpus


def joined(name: str, corpora: Iterable[Corpus]) -> Corpus:
    """Several corpora as one; each article's name is led by its corpus's, so that two may share one."""
    digest = Digest()
    articles = []
    for corpus in corpora:
        digest.add(corpus.digest.encode())
        articles += [replace(gold, name=f"{corpus.name}/{gold.name}") for gold in corpus.articles]
    return checked(Corpus(name, tuple(articles), digest.hex()))


def json_lines(text: str, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The object of each line that is not blank, with its place (`FILE:LINE`) for complaints; raises CorpusError."""
    # Not `splitlines`, which also parts at characters that may stand in a JSON string.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if line.strip():
            where = Path(f"{path}:{number}")
            yield where, json_object(line, where)


def json_object(text: str, path: Path) -> Mapping[str, Any]:
    """The object in `text`; raises CorpusError, naming `path`, where there is none."""
    try:
        record = json.loads(text)
    except ValueError as error:
        raise CorpusError(f"{path}: not JSON: {error}") from error
    if not isinstance(record, dict):
        raise CorpusError(f"{path}: not a JSON object")
    return record


def misfit(path: Path | str, error: Exception, mend: str = "") -> CorpusError:
    """What to raise for JSON that lacks a field or holds the wrong kind of value; `mend` says what it should be like."""
    what = f"no field {error}" if isinstance(error, KeyError) else str(error)
    return CorpusError(f"{path}: not a gold annotation: {what}{mend and f'; {mend}'}")


def words_of(record: Mapping[str, Any], name: str) -> str:
    """The string in a field of a record; raises KeyError or TypeError where there is none."""
    value = record[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} holds no text")
    return value


def span_of(start: object, end: object) -> Span:
    """The span from `start` to `end`; raises ValueError unless they are whole numbers, the smaller first."""
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        raise ValueError(f"the span {start}–{end} is no pair of whole numbers, the smaller first")
    return Span(start, end)


def from_code_units(text: str, span: Span) -> Span:
    """A span counted in UTF-16 code units, as JavaScript does, in characters of `text`; raises ValueError where it is not in it.

    Only characters beyond the first 65,536 (emoji) are counted differently.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    if 2 * span.end > len(units):
        raise ValueError(f"the span {span.start}–{span.end} is not in the text")
    return Span(*(len(units[: 2 * place].decode("utf-16-le", "surrogatepass")) for place in span))
