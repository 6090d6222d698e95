"""Reading gold corpora: PolNeAR-style standoff, folders of ID.txt and ID.json, and passages in JSON Lines.

Which of the three a path holds is seen from what lies in it. Whatever does not fit raises CorpusError and names the file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from quotes.errors import CorpusError
from quotes.evaluation.gold import Attribution, Corpus, ExpectedQuote, GoldArticle, GoldSpeaker, HardCase, HardCases
from quotes.records import Article, Span

#: The part of a corpus that is scored unless another is named: the test side is not for looking at.
DEFAULT_SPLIT = "dev"


def read_corpus(path: Path, *, split: str = DEFAULT_SPLIT, speakers: Path | None = None) -> Corpus | HardCases:
    """Read the gold corpus at `path`, whichever of the three forms it has.

    `split` picks a folder under `data/`; `speakers` is the folder of the speakers' JSON (by default `speakers` beside the corpus,
    if there is one). Raises CorpusError.
    """
    if path.is_file():
        return read_hard_cases(path)
    if not path.is_dir():
        raise CorpusError(f"{path}: no such corpus; name a folder or a JSON Lines file")
    if (path / "data").is_dir():
        return read_standoff(path / "data" / split, speakers=speakers or _beside(path))
    if (path / "text").is_dir() and (path / "attributions").is_dir():
        root = path.parent.parent if path.parent.name == "data" else path.parent
        return read_standoff(path, speakers=speakers or _beside(root))
    if any(path.glob("*.json")):
        return read_records(path)
    raise CorpusError(f"{path}: not a corpus; it needs data/{split}/text, text/ and attributions/, or ID.txt beside ID.json")


def read_standoff(folder: Path, *, speakers: Path | None = None) -> Corpus:
    """Read `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` (brat standoff); of several annotators the first by name.

    `speakers` holds `SPLIT_NAME.json` for the articles whose speakers are resolved, SPLIT being the folder's own name.
    """
    if not (folder / "text").is_dir():
        raise CorpusError(f"{folder}: no folder text/ in it; is the split named rightly?")
    if speakers is not None and not speakers.is_dir():
        raise CorpusError(f"{speakers}: no such folder of speakers")
    digest = _Digest()
    articles = []
    for path in sorted((folder / "text").glob("*.txt")):
        standoff = next(iter(sorted((folder / "attributions").glob(f"{_literal(path.stem)}_????.ann"))), None)
        if standoff is None:
            continue
        text = digest.read(path)
        gold = GoldArticle(path.stem, _article(str(path), text), tuple(parse_standoff(digest.read(standoff), source=standoff)))
        resolved = speakers / f"{folder.name}_{path.stem}.json" if speakers else None
        if resolved is not None and resolved.is_file():
            gold = _with_speakers(gold, _json(digest.read(resolved), resolved), resolved)
        articles.append(gold)
    if not articles:
        raise CorpusError(f"{folder}: no annotated article in it; text/NAME.txt needs attributions/NAME_XXXX.ann")
    # `data/dev` alone says little: two corpora may well have the same split.
    stem = folder.parent.parent.name if folder.parent.name == "data" else folder.parent.name
    return _checked(Corpus(f"{stem}/{folder.name}", tuple(articles), digest.hex()))


def read_records(folder: Path) -> Corpus:
    """Read a folder of `ID.txt` and `ID.json`, in which only acts of speech are annotated."""
    digest = _Digest()
    articles = []
    for path in sorted(folder.glob("*.json")):
        text = path.with_suffix(".txt")
        if not text.is_file():
            raise CorpusError(f"{path}: no {text.name} beside it; each ID.json needs its ID.txt")
        article = _article(str(text), digest.read(text))
        record = _json(digest.read(path), path)
        try:
            who = _speakers(record["speakers"])
            attributions = tuple(_attribution(number, each, who) for number, each in enumerate(record["quotes"]))
        except (KeyError, TypeError, ValueError) as error:
            raise _misfit(path, error) from error
        articles.append(GoldArticle(path.stem, article, attributions, speakers_known=True))
    return _checked(Corpus(folder.resolve().name, tuple(articles), digest.hex(), acts=frozenset({"speech"})))


def read_hard_cases(path: Path) -> HardCases:
    """Read passages from JSON Lines: `id`, `text`, and `quotes` with `content` or `contents`, `speaker`, `title`, `institution`."""
    digest = _Digest()
    cases: list[HardCase] = []
    for number, line in enumerate(digest.read(path).splitlines(), start=1):
        if not line.strip():
            continue
        where = Path(f"{path}:{number}")
        record = _json(line, where)
        try:
            expected = tuple(
                ExpectedQuote(tuple(quote.get("contents") or [quote["content"]]), quote["speaker"], quote["title"], quote["institution"])
                for quote in record["quotes"]
            )
            if any(case.id == record["id"] for case in cases):
                raise ValueError(f"the id {record['id']} stands twice")
            cases.append(HardCase(record["id"], _article(record["id"], record["text"]), expected))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _misfit(where, error) from error
    if not cases:
        raise CorpusError(f"{path}: no passages in it")
    return HardCases(path.stem, tuple(cases), digest.hex())


_SPAN = re.compile(r"(T\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
_EVENT = re.compile(r"(E\d+)\t(.*)")


def parse_standoff(standoff: str, *, source: Path) -> Iterable[Attribution]:
    """The attributions of one brat file in its order; those without content are left out. `source` is named in errors.

    A role may repeat (`Content2:`) and a span may be split (`a b;c d`); a line that is neither a span nor an event is a note or the
    tail of a text that held a line break.
    """
    spans: dict[str, list[Span]] = {}
    events: list[tuple[str, str]] = []
    for line in standoff.split("\n"):
        if span := _SPAN.match(line):
            spans[span[1]] = [Span(*map(int, part.split())) for part in span[3].split(";")]
        elif event := _EVENT.match(line):
            events.append((event[1], event[2]))
    for event_id, arguments in events:
        roles: dict[str, list[Span]] = {"content": [], "cue": [], "source": []}
        for argument in arguments.split():
            role, _, span_id = argument.partition(":")
            role = role.rstrip("0123456789").lower()
            if role in roles:
                if span_id not in spans:
                    raise CorpusError(f"{source}: {event_id} names {span_id}, which is not in the file")
                roles[role] += spans[span_id]
        if roles["content"]:
            yield Attribution(event_id, tuple(roles["content"]), tuple(roles["cue"]), tuple(roles["source"]))


def _with_speakers(gold: GoldArticle, record: Mapping[str, Any], path: Path) -> GoldArticle:
    try:
        who = _speakers(record["speakers"])
        of: Mapping[str, str | None] = record["attributions"]
        attributions = tuple(replace(each, speaker=who.get(of.get(each.id))) for each in gold.attributions)
    except (KeyError, TypeError, AttributeError) as error:
        raise _misfit(path, error) from error
    return replace(gold, attributions=attributions, speakers_known=True)


def _speakers(records: Iterable[Mapping[str, Any]]) -> dict[str | None, GoldSpeaker]:
    # Some `other_institutions` hold objects instead of names; only names can be compared.
    return {
        each["id"]: GoldSpeaker(
            each["name"],
            each["kind"],
            tuple(each.get("titles") or ()),
            tuple(each.get("institutions") or ()) + tuple(name for name in each.get("other_institutions", ()) if isinstance(name, str)),
        )
        for each in records
    }


def _attribution(number: int, quote: Mapping[str, Any], who: Mapping[str | None, GoldSpeaker]) -> Attribution:
    def passage(pair: Sequence[int] | None) -> tuple[Span, ...]:
        return (Span(*pair),) if pair else ()

    contents = tuple(Span(*pair) for pair in quote["contents"])
    return Attribution(f"E{number}", contents, passage(quote["cue"]), passage(quote["mention"]), who.get(quote["speaker"]))


def _article(path: str, text: str) -> Article:
    """The article as the reader for plain text sees it, zones and all, so that what is scored is what users get."""
    from quotes.readers.plain_text import article_from_text

    return article_from_text(text, path=path)


def _checked(corpus: Corpus) -> Corpus:
    for gold in corpus.articles:
        for attribution in gold.attributions:
            for start, end in attribution.content + attribution.cue + attribution.source:
                if not 0 <= start <= end <= len(gold.article.text):
                    raise CorpusError(f"{gold.article.path}: {attribution.id} has the span {start}–{end}, which is not in the text")
    return corpus


def _beside(corpus: Path) -> Path | None:
    speakers = corpus.resolve().parent / "speakers"
    return speakers if speakers.is_dir() else None


def _literal(name: str) -> str:
    """`name` as a glob pattern that matches just itself."""
    return re.sub(r"([*?[])", r"[\1]", name)


def _json(text: str, path: Path) -> Mapping[str, Any]:
    try:
        record = json.loads(text)
    except ValueError as error:
        raise CorpusError(f"{path}: not JSON: {error}") from error
    if not isinstance(record, dict):
        raise CorpusError(f"{path}: not a JSON object")
    return record


def _misfit(path: Path, error: Exception) -> CorpusError:
    what = f"no field {error}" if isinstance(error, KeyError) else str(error)
    return CorpusError(f"{path}: not a gold annotation: {what}")


@dataclass
class _Digest:
    """Reads files and remembers what was read, for the corpus's digest."""

    _sha: Any = field(default_factory=hashlib.sha256)

    def read(self, path: Path) -> str:
        """The file's text, line ends kept: gold spans count them."""
        try:
            content = path.read_bytes()
            self._sha.update(content)
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise CorpusError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error
        except OSError as error:
            raise CorpusError(f"{path}: {error.strerror}") from error

    def hex(self) -> str:
        return str(self._sha.hexdigest())
