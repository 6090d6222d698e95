"""Which form of corpus a file or a folder holds, seen from what lies in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from quotes.corpora.annotation_tools import DOCCANO_FIELDS, read_doccano, read_label_studio
from quotes.corpora.brat import read_brat, read_polnear
from quotes.corpora.database_corpus import read_database
from quotes.corpora.files import Draft
from quotes.corpora.gold import Corpus, HardCases
from quotes.corpora.json_corpora import read_hard_cases, read_records
from quotes.corpora.marked import OPENING, read_marked
from quotes.errors import CorpusError

_SQLITE = "SQLite format 3\0"


def read_corpus(path: Path, *, split: str = "dev", speakers: Path | None = None, every_act: bool = False) -> Corpus | HardCases:
    """Read the gold corpus at `path`, whichever form it has (docs/evaluation.md shows each).

    `split` picks a folder under `data/`; `speakers` is the folder of the speakers' JSON (by default `speakers` beside the corpus,
    if there is one); both are for folders like PolNeAR's. `every_act` asks for thoughts and plans too where a corpus is scored on speech
    alone though it marks them (`read_records`). Raises CorpusError.
    """
    if path.is_file():
        reader = _reader_of(path)
        if reader is None:
            raise CorpusError(f"{path}: not a corpus; it begins with neither `### title` nor JSON, and no {path.stem}.ann is beside it")
        return reader(path)
    if not path.is_dir():
        raise CorpusError(f"{path}: no such corpus; name a folder or a file")
    if (path / "data").is_dir():
        return read_polnear(path / "data" / split, speakers=speakers or _beside(path))
    if (path / "text").is_dir() and (path / "attributions").is_dir():
        root = path.parent.parent if path.parent.name == "data" else path.parent
        return read_polnear(path, speakers=speakers or _beside(root))
    if any(path.glob("*.ann")):
        return read_brat(path)
    if any(file.with_suffix(".txt").is_file() or not _first_line(file).startswith("[") for file in path.glob("*.json")):
        return read_records(path, every_act=every_act)
    return _read_files(path, split)


def _read_files(folder: Path, split: str) -> Corpus:
    """All files of a folder that hold corpora of their own, as one, in which each article's name is led by its file's.

    Text files without annotation marks are skipped.
    """
    draft = Draft()
    for file in sorted(folder.iterdir()):
        reader = _reader_of(file) if file.suffix in (".txt", ".json", ".jsonl") and file.is_file() else None
        if reader is None:
            continue
        corpus = reader(file)
        if not isinstance(corpus, Corpus):
            raise CorpusError(f"{file}: passages that are judged as a whole are read one file at a time; name the file")
        draft.digest.update(corpus.digest.encode())
        draft.articles += [replace(gold, name=f"{corpus.name}/{gold.name}") for gold in corpus.articles]
    forms = "ID.txt beside ID.json, NAME.txt beside NAME.ann, or files of marked passages, Doccano or Label Studio"
    return draft.corpus(folder, f"not a corpus; it needs data/{split}/text, text/ and attributions/, {forms}")


def _reader_of(path: Path) -> Callable[[Path], Corpus | HardCases] | None:
    """What reads the file, going by its first line; None where nothing does."""
    first = _first_line(path)
    if first.startswith(_SQLITE):
        return read_database
    if path.with_suffix(".ann").is_file():
        return read_brat
    if first.startswith("### ") or OPENING.search(first):
        return read_marked
    if first.startswith("["):
        return read_label_studio
    if first.startswith("{") or path.suffix == ".jsonl" or not first:
        return read_doccano if _is_doccano(first) else read_hard_cases
    return None


def _is_doccano(line: str) -> bool:
    try:
        record = json.loads(line)
    except ValueError:
        return False
    return isinstance(record, dict) and "quotes" not in record and any(name in record for name in DOCCANO_FIELDS)


def _first_line(path: Path) -> str:
    """The first line that is not blank; whoever reads the file complains of what is not UTF-8."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return next((line.strip() for line in file if line.strip()), "")
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}") from error


def _beside(corpus: Path) -> Path | None:
    speakers = corpus.resolve().parent / "speakers"
    return speakers if speakers.is_dir() else None
