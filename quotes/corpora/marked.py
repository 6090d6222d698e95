"""Passages of plain text in which every quote is marked where it stands:

    ### a line of title, then the passage
    {s1|Ines Duarte, the harbour master}, {q1|said} {c1|the weir had held}. {c2|“Nobody slept,”} {s2|she} {q2|said}. {c2|“Nobody.”}
    {s3|Officials} {q3t|believe} {c3|that rain will return}.

`c` is content, `q` cue, `s` source. The number says what belongs together: whatever has the same number in a passage is one attribution,
and a role may repeat in it. A letter behind the number is the act: `t` thought, `i` intent, `o` other; without one it is speech.
Marks may stand in one another. A content may stand without cue and source, a source only with a cue. No brace may stand in the text itself.
Every quote of a passage is marked: what is not is no quote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from quotes.corpora.files import Draft
from quotes.corpora.gold import Attribution, Corpus
from quotes.errors import CorpusError
from quotes.records import Act, Span

#: How a mark begins.
OPENING = re.compile(r"\{([cqs])(\d+)([tio]?)\|")

_BRACE = re.compile(rf"{OPENING.pattern}|[{{}}]")
_TITLE = re.compile(r"^### .*$", re.MULTILINE)
_ACTS: dict[str, Act] = {"t": "thought", "i": "intent", "o": "other"}

#: What opens a mark, and what the mark holds.
_Mark = tuple[re.Match[str], Span]


def read_marked(path: Path) -> Corpus:
    """Read the passages of a file, named by their lines and titles. Raises CorpusError, which names the line."""
    draft = Draft()
    content = draft.read(path).removeprefix("\ufeff")
    titles = list(_TITLE.finditer(content))
    before = content[: titles[0].start()] if titles else content
    if before.strip():
        raise CorpusError(f"{path}:1: a passage without a title; put a line like `### a title` before it")
    for title, following in zip(titles, [*titles[1:], None], strict=True):
        passage = content[title.end() : following.start() if following else len(content)]
        line = content.count("\n", 0, title.start()) + 1
        # The text starts on the line after the title; blank lines around it belong to the file.
        start = len(passage) - len(passage.lstrip("\r\n"))
        name = f"{line}: {title.group()[4:].strip()}"
        below = line + passage.count("\n", 0, start)
        text, attributions = parse_marked(passage.strip("\r\n"), source=path, line=below)
        if not text.strip():
            raise CorpusError(f"{path}:{line}: no passage under this title; write one, or take the title out")
        draft.add(name, f"{path}:{line}", text, attributions)
    return draft.corpus(path, "no passages in it")


def parse_marked(marked: str, *, source: Path, line: int = 1) -> tuple[str, tuple[Attribution, ...]]:
    """The text of one passage without its marks, and its attributions in the order of their numbers.

    `source`, and `line`, that of the first character, are named in errors. Raises CorpusError.
    """

    def complaint(brace: re.Match[str], what: str) -> CorpusError:
        return CorpusError(f"{source}:{line + marked.count(chr(10), 0, brace.start())}: {what}")

    text, last = "", 0
    open_marks: list[tuple[re.Match[str], int]] = []
    found: dict[int, list[_Mark]] = {}
    for brace in _BRACE.finditer(marked):
        text += marked[last : brace.start()]
        last = brace.end()
        if brace[1]:
            open_marks.append((brace, len(text)))
        elif brace.group() == "{":
            raise complaint(brace, "a brace that begins no mark; a mark is {c1|…}, {q1|…} or {s1|…}, with t, i or o for other acts")
        elif not open_marks:
            raise complaint(brace, "a brace closes a mark that none opened; take it out, or open the mark")
        else:
            opening, start = open_marks.pop()
            if start == len(text):
                raise complaint(opening, f"the mark {opening.group()} holds nothing; put the words in, or take the mark out")
            found.setdefault(int(opening[2]), []).append((opening, Span(start, len(text))))
    if open_marks:
        opening = open_marks[-1][0]
        raise complaint(opening, f"the mark {opening.group()} is never closed; put a closing brace where it ends")
    text += marked[last:]
    attributions = []
    for _, marks in sorted(found.items()):
        try:
            attributions.append(_attribution(marks, text))
        except ValueError as error:
            raise complaint(marks[0][0], str(error)) from error
    return text, tuple(attributions)


def _attribution(marks: Sequence[_Mark], text: str) -> Attribution:
    """What the marks of one number make together; raises ValueError where they do not go together."""
    number = marks[0][0][2]
    acts = sorted({opening[3] for opening, _ in marks} - {""})
    if len(acts) > 1:
        raise ValueError(f"{number} has two acts, {' and '.join(acts)}; leave one")
    content, cue, source = (tuple(sorted(span for opening, span in marks if opening[1] == role)) for role in "cqs")
    if not content:
        raise ValueError(f"{number} has no content; mark what is said with {{c{number}|…}}")
    if source and not cue:
        raise ValueError(f"{number} has a source and no cue; mark the word that introduces with {{q{number}|…}}")
    for start, end in content + cue + source:
        if text[start].isspace() or text[end - 1].isspace():
            raise ValueError(f"{number} has white space at the edge of “{text[start:end]}”; put the brace at the word")
    for start, end in cue + source:
        if any(start < other.end and other.start < end for other in content):
            raise ValueError(f"{number} has “{text[start:end]}” both in its content and outside it; mark it once")
    return Attribution(number, content, cue, source, act=_ACTS[acts[0]] if acts else "speech")
