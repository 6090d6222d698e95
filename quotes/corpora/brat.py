"""Brat: NAME.txt beside NAME.ann, in which spans (T), events (E) and relations (R) stand one to a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotes.corpora.files import Digest, checked, plain_article
from quotes.corpora.gold import Attribution, Corpus, GoldArticle
from quotes.corpora.span_linking import Mark, Role, check_labels, linked, role_of
from quotes.errors import CorpusError
from quotes.records import Span

_LINE = re.compile(r"([TER]\d+)\t(.*)")
_SPAN = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?")
_RELATION = re.compile(r"\S+ [^\s:]+:([TE]\d+) [^\s:]+:([TE]\d+)\s*")


def read_brat(path: Path) -> Corpus:
    """Read every NAME.txt that has a NAME.ann beside it, of a folder, or the one pair that `path` names.

    Attributions are events whose arguments are called `Content` or `Quote`, `Cue`, `Source` or `Speaker`, or else spans with these
    labels, linked by relations (see `quotes.corpora.span_linking`). What is not marked is no quote. Raises CorpusError.
    """
    digest = Digest()
    articles = []
    marks: list[Mark] = []
    annotations = sorted(path.glob("*.ann")) if path.is_dir() else [path.with_suffix(".ann")]
    for annotation in annotations:
        text_file = annotation.with_suffix(".txt")
        if not text_file.is_file():
            raise CorpusError(f"{annotation}: no {text_file.name} beside it; each NAME.ann needs its NAME.txt")
        text = digest.read(text_file)
        lines = _Lines.read(digest.read(annotation), source=annotation)
        lines.check_words(text)
        attributions = tuple(lines.events())
        if not attributions:
            marks += lines.marks.values()
            attributions = linked(text, list(lines.marks.values()), lines.relations())
        articles.append(GoldArticle(annotation.stem, plain_article(str(text_file), text), attributions))
    check_labels(path, marks)
    return checked(Corpus(path.resolve().name if path.is_dir() else path.stem, tuple(articles), digest.hex()))


def parse_standoff(standoff: str, *, source: Path) -> Iterable[Attribution]:
    """The attributions of one brat file of events, in its order; those without content are left out. `source` is named in errors.

    A role may repeat (`Content2:`) and a span may be split (`a b;c d`); a line that is no span, event or relation is a note or the
    tail of a text that held a line break.
    """
    yield from _Lines.read(standoff, source=source).events()


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of one file, by their ids; `words` are the words that each span is said to cover."""

    source: Path
    marks: dict[str, Mark]
    words: dict[str, str]
    event_lines: list[tuple[str, str]]
    relation_lines: list[tuple[str, str, str]]

    @classmethod
    def read(cls, annotation: str, *, source: Path) -> _Lines:
        """Take a file apart; raises CorpusError where a line that should be a span or a relation is none."""
        lines = cls(source, {}, {}, [], [])
        for number, line in enumerate(annotation.split("\n"), start=1):
            if not (parts := _LINE.match(line)):
                continue
            name, rest = parts[1], parts[2].rstrip("\r")
            if name[0] == "E":
                lines.event_lines.append((name, rest))
            elif name[0] == "T" and (span := _SPAN.fullmatch(rest)):
                lines.marks[name] = Mark(name, span[1], tuple(Span(*map(int, part.split())) for part in span[2].split(";")))
                lines.words[name] = span[3] or ""
            elif name[0] == "R" and (relation := _RELATION.fullmatch(rest)):
                lines.relation_lines.append((name, relation[1], relation[2]))
            else:
                form = f"{name}\tContent 0 10\t…" if name[0] == "T" else f"{name}\tOf Arg1:T1 Arg2:T2"
                raise CorpusError(f"{source}:{number}: {name} is not in the form of brat; it should be like {form!r}")
        return lines

    def events(self) -> Iterable[Attribution]:
        """The events with content."""
        for event, arguments in self.event_lines:
            roles: dict[Role, list[Span]] = {"content": [], "cue": [], "source": []}
            for argument in arguments.split():
                name, _, span_id = argument.partition(":")
                if role := role_of(name.rstrip("0123456789")):
                    roles[role] += self._mark(event, span_id).spans
            if roles["content"]:
                yield Attribution(event, tuple(roles["content"]), tuple(roles["cue"]), tuple(roles["source"]))

    def relations(self) -> Sequence[tuple[str, str]]:
        """The pairs of spans that are related; relations with events are left out."""
        return [
            (self._mark(name, one).id, self._mark(name, other).id)
            for name, one, other in self.relation_lines
            if one[0] == "T" and other[0] == "T"
        ]

    def check_words(self, text: str) -> None:
        """Raise CorpusError where a span does not cover the words that the file gives for it."""
        for name, words in self.words.items():
            covered = "".join("".join(text[start:end].split()) for start, end in self.marks[name].spans)
            # Only the first line of words that held a line break is known here.
            if not covered.startswith("".join(words.split())):
                raise CorpusError(
                    f"{self.source}: {name} is said to cover {words!r}, which is not what stands there; "
                    "give the text as it was when it was annotated, line ends included"
                )

    def _mark(self, line: str, name: str) -> Mark:
        if name not in self.marks:
            raise CorpusError(f"{self.source}: {line} names {name}, which is not in the file")
        return self.marks[name]
