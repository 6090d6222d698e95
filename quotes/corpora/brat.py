"""Brat's standoff: NAME.ann, in which spans (T), events (E) and relations (R) stand one to a line, about the text NAME.txt."""

from __future__ import annotations

import re
from dataclasses import replace
from glob import escape
from pathlib import Path
from typing import NamedTuple

from quotes.corpora.files import Draft, complaints, parsed_json
from quotes.corpora.gold import Attribution, Corpus
from quotes.corpora.json_corpora import speakers_by_id
from quotes.corpora.span_linking import Mark, Role, linked, role_of
from quotes.errors import CorpusError
from quotes.records import Span

_LINE = re.compile(r"([TER]\d+)\t(.*)")
#: For each kind of line the form of what follows its id, and an example.
_FORMS = {
    "T": (re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?"), "Content 0 10\t…"),
    "E": (re.compile(r"(.*)"), ""),
    "R": (re.compile(r"\S+ [^\s:]+:([TE]\d+) [^\s:]+:([TE]\d+)\s*"), "Of Arg1:T1 Arg2:T2"),
}


def read_brat(path: Path) -> Corpus:
    """Read every NAME.txt that has a NAME.ann beside it, of a folder, or the one pair that `path` names.

    Attributions are events whose arguments are called `Content` or `Quote`, `Cue`, `Source` or `Speaker`, or else spans with these
    labels, linked by relations (see `quotes.corpora.span_linking`). What is not marked is no quote. Raises CorpusError.
    """
    draft = Draft()
    for annotation in sorted(path.glob("*.ann")) if path.is_dir() else [path.with_suffix(".ann")]:
        text_file = annotation.with_suffix(".txt")
        if not text_file.is_file():
            raise CorpusError(f"{annotation}: no {text_file.name} beside it; each NAME.ann needs its NAME.txt")
        text = draft.read(text_file)
        found = parse_standoff(draft.read(annotation), source=annotation, text=text)
        if not found.attributions:
            draft.labels |= {mark.label for mark in found.marks.values()}
        draft.add(annotation.stem, text_file, text, found.attributions or linked(text, list(found.marks.values()), found.relations))
    return draft.corpus(path)


def read_polnear(folder: Path, *, speakers: Path | None = None) -> Corpus:
    """Read `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann`, as PolNeAR has them; of several annotators the first by name.

    `speakers` holds `SPLIT_NAME.json` for the articles whose speakers are resolved, SPLIT being the folder's own name.
    """
    if not (folder / "text").is_dir():
        raise CorpusError(f"{folder}: no folder text/ in it; is the split named rightly?")
    if speakers is not None and not speakers.is_dir():
        raise CorpusError(f"{speakers}: no such folder of speakers")
    draft = Draft()
    for path in sorted((folder / "text").glob("*.txt")):
        standoff = min((folder / "attributions").glob(f"{escape(path.stem)}_????.ann"), default=None)
        if standoff is None:
            continue
        text = draft.read(path)
        attributions = parse_standoff(draft.read(standoff), source=standoff).attributions
        resolved = speakers / f"{folder.name}_{path.stem}.json" if speakers else None
        known = resolved is not None and resolved.is_file()
        if resolved and known:
            record = parsed_json(draft.read(resolved), resolved)
            with complaints(resolved):
                who, of = speakers_by_id(record["speakers"]), record["attributions"]
                attributions = tuple(replace(each, speaker=who.get(of.get(each.id))) for each in attributions)
        draft.add(path.stem, path, text, attributions, speakers_known=known)
    # `data/dev` alone says little: two corpora may well have the same split.
    stem = folder.parent.parent.name if folder.parent.name == "data" else folder.parent.name
    return draft.corpus(folder, "no annotated article in it; text/NAME.txt needs attributions/NAME_XXXX.ann", name=f"{stem}/{folder.name}")


class Standoff(NamedTuple):
    """What one file holds: its spans by their ids, the attributions that its events make, and the pairs of spans that are related."""

    marks: dict[str, Mark]
    attributions: tuple[Attribution, ...]
    relations: list[tuple[str, str]]


def parse_standoff(standoff: str, *, source: Path, text: str | None = None) -> Standoff:
    """Take a file of brat's apart, the attributions in its order and without those that have no content. `source` is named in errors.

    A role may repeat (`Content2:`) and a span may be split (`a b;c d`); a line that is no span, event or relation is a note or the
    tail of a text that held a line break. Relations with events are left out. Raises CorpusError for what has not brat's form, and where
    a span does not cover the words of `text` that the file gives for it.
    """
    lines: list[tuple[str, re.Match[str]]] = []
    for number, line in enumerate(standoff.split("\n"), start=1):
        if parts := _LINE.match(line):
            form, example = _FORMS[parts[1][0]]
            if not (found := form.fullmatch(parts[2].rstrip("\r"))):
                example = f"{parts[1]}\t{example}"
                raise CorpusError(f"{source}:{number}: {parts[1]} is not in the form of brat; it should be like {example!r}")
            lines.append((parts[1], found))
    marks: dict[str, Mark] = {}
    for name, found in lines:
        if name[0] == "T":
            marks[name] = Mark(name, found[1], tuple(Span(*map(int, part.split())) for part in found[2].split(";")))
            if text is not None:
                _check_words(text, marks[name], found[3] or "", source)

    def spans_of(line: str, name: str) -> tuple[Span, ...]:
        if name not in marks:
            raise CorpusError(f"{source}: {line} names {name}, which is not in the file")
        return marks[name].spans

    attributions, relations = [], []
    for name, found in lines:
        if name[0] == "E":
            roles: dict[Role, list[Span]] = {"content": [], "cue": [], "source": []}
            for argument in found[1].split():
                label, _, span_id = argument.partition(":")
                if role := role_of(label.rstrip("0123456789")):
                    roles[role] += spans_of(name, span_id)
            if roles["content"]:
                attributions.append(Attribution(name, tuple(roles["content"]), tuple(roles["cue"]), tuple(roles["source"])))
        elif name[0] == "R" and found[1][0] == found[2][0] == "T":
            relations.append((found[1], found[2]))
            for each in relations[-1]:
                spans_of(name, each)  # that it is in the file
    return Standoff(marks, tuple(attributions), relations)


def _check_words(text: str, mark: Mark, words: str, source: Path) -> None:
    covered = "".join("".join(text[start:end].split()) for start, end in mark.spans)
    # Only the first line of words that held a line break is known here.
    if not covered.startswith("".join(words.split())):
        raise CorpusError(
            f"{source}: {mark.id} is said to cover {words!r}, which is not what stands there; "
            "give the text as it was when it was annotated, line ends included"
        )
