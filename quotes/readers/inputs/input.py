"""What is read: bytes with a name, from a file, an archive, a pipe or the network, so that a reader need not care which."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from os.path import splitext
from typing import BinaryIO

from quotes.errors import ArticleError, QuotesError
from quotes.readers.inputs.reader_settings import Kind, Place
from quotes.records import Article

#: How much of an input is looked at to tell what it is, in bytes.
HEAD = 1 << 16
#: What is read as a whole (a page, a text, a document) may have this many bytes; the largest article that is taken has a million signs.
LARGEST_WHOLE = 64 << 20
#: What must be held in memory to be read at all: an archive in an archive, a spreadsheet on a pipe.
LARGEST_HELD = 256 << 20
#: An archive may unpack to this many times its size; text reaches ten, rarely thirty times.
LARGEST_RATIO = 200
#: Small archives of very even text may unpack to this much whatever the ratio.
ALWAYS_ALLOWED = 256 << 20
#: So many members of a compressed file are remembered, more than any reader reads ahead.
_MOST_MEMBERS = 1 << 16
#: Archives within archives are opened this deep.
DEEPEST = 3


class Bomb(ArticleError):
    """An archive that unpacks to far more than it should; nothing more of it is read."""


class NoArticles(ArticleError):
    """A file of a kind that holds something else where it lies beside articles: records without a text, XML that is no feed."""


@dataclass(slots=True)
class Budget:
    """How many bytes an archive, and all archives in it, may still unpack to."""

    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input: `shown` names it in messages and articles, `name` is its file name, `opener` gives its bytes from the start.

    `once` tells that it can be opened only once (a pipe, a member of a tar): then `begins` holds its first bytes. `url`, `charset`,
    `media`, `etag` and `last_modified` are what a server said of it. `depth` counts the archives round it, and `budget` bounds what they
    unpack to.
    `kind` is stated by what it lies in; `named` is whether a user named it, so that it must hold articles; `finish` completes each of its
    articles. Of a compressed file `opener_at` gives what stands behind so many of the file's own bytes, and `members` are the latest places
    where that is possible: how many bytes these are, and how many they hold.
    """

    shown: str
    name: str
    opener: Callable[[], BinaryIO]
    size: int | None = None
    once: bool = False
    begins: bytes | None = None
    url: str | None = None
    charset: str | None = None
    media: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    depth: int = 0
    budget: Budget | None = field(default=None, compare=False)
    kind: Kind | None = None
    named: bool = True
    finish: Callable[[Article | ArticleError], Article | ArticleError] | None = None
    opener_at: Callable[[int], BinaryIO] | None = field(default=None, compare=False)
    members: deque[tuple[int, int]] = field(default_factory=deque, compare=False)

    @property
    def suffix(self) -> str:
        """The suffix of the name, in lower case, with its dot."""
        return splitext(self.name)[1].lower()

    def place(self, record: int, byte: int, told: int = 0) -> Place:
        """The place of the next record, of which these are known."""
        while len(self.members) > 1 and self.members[1][1] <= byte:
            self.members.popleft()
        raw, skipped = (byte, byte) if self.opener_at is None else self.members[0] if self.members else (0, 0)
        return Place(record, byte, told, *((raw, skipped) if skipped <= byte else (0, 0)))

    def open_at(self, place: Place) -> BinaryIO:
        """Its bytes from a place on."""
        if self.opener_at is not None:
            stream = self.opener_at(place.raw)
            left = place.byte - place.skipped
            while left and (piece := stream.read(min(left, 1 << 20))):
                left -= len(piece)
        else:
            stream = self.opener()
            stream.seek(place.raw)
        return stream

    def head(self) -> bytes:
        """The first bytes, at most `HEAD`."""
        if self.begins is not None:
            return self.begins
        with self.opener() as stream:
            return read_up_to(stream, HEAD)

    def whole(self, most: int = LARGEST_WHOLE) -> bytes:
        """All bytes. Raises ArticleError when there are more than `most`."""
        with self.opener() as stream:
            data = read_up_to(stream, most + 1)
        if len(data) > most:
            raise ArticleError(f"{self.shown}: has more than {most >> 20} MB, too much for one piece, split it")
        return data

    def seekable(self) -> BinaryIO:
        """A stream in which one can go back and forth: the file itself, else its bytes in memory."""
        if not self.once and self.depth == 0:
            stream = self.opener()
            if stream.seekable():
                return stream
            stream.close()
        return io.BytesIO(self.whole(LARGEST_HELD))


def bytes_input(data: bytes, shown: str, name: str) -> Input:
    """The input that bytes in memory are."""
    return Input(shown=shown, name=name, opener=lambda: io.BytesIO(data), size=len(data))


def stream_input(stream: BinaryIO, shown: str, name: str = "") -> Input:
    """The input that a stream is which can be read only once."""
    return once(stream, Input(shown=shown, name=name, opener=lambda: stream))


def once(stream: BinaryIO, like: Input) -> Input:
    """An input like another one, whose bytes come from a stream that can be read only once."""
    begins = read_up_to(stream, HEAD)
    opened = io.BufferedReader(_Rewound(begins, stream), 1 << 16)
    return replace(like, opener=lambda: opened, once=True, begins=begins)


def within(outer: Input, *, shown: str, name: str, opener: Callable[[], BinaryIO], size: int | None = None) -> Input:
    """An input that lies in an archive, with the archive's budget. Raises ArticleError when archives are nested too deep."""
    if outer.depth >= DEEPEST:
        raise ArticleError(f"{shown}: lies in more than {DEEPEST} archives, unpack the outer ones first")
    budget = budget_of(outer)
    return replace(
        outer,
        shown=shown,
        name=name,
        opener=lambda: counted(opener(), shown, budget),
        size=size,
        once=False,
        begins=None,
        depth=outer.depth + 1,
        budget=budget,
        kind=None,
        named=False,
        opener_at=None,
        members=deque(maxlen=_MOST_MEMBERS),
    )


def counted(stream: BinaryIO, shown: str, budget: Budget) -> BinaryIO:
    """What an archive unpacks to, counted against its budget; damage becomes an ArticleError."""
    return io.BufferedReader(_Counted(stream, shown, budget), 1 << 16)


def budget_of(archive: Input) -> Budget:
    """The budget of an archive that may lie in others; memory stays bounded for a pipe too, whose size nobody knows."""
    return archive.budget or Budget(1 << 44 if archive.size is None else max(ALWAYS_ALLOWED, archive.size * LARGEST_RATIO))


def read_up_to(stream: BinaryIO, most: int) -> bytes:
    """The next `most` bytes, fewer only at the end, however small the pieces in which a pipe hands them over."""
    pieces: list[bytes] = []
    left = most
    while left > 0 and (piece := stream.read(min(left, 1 << 20))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def reason(error: BaseException) -> str:
    """What an error of a library says, for a line of ours: on one line, and not long."""
    return " ".join(str(error).split())[:100] or type(error).__name__


@contextmanager
def damage(shown: str, what: str, mend: str = "take it from its source again") -> Iterator[None]:
    """Turn whatever a library raises over a damaged file into one ArticleError, `SHOWN: is a damaged WHAT (…), MEND`."""
    try:
        yield
    except (QuotesError, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:  # the disk, not the file
            raise
        raise ArticleError(f"{shown}: is a damaged {what} ({reason(error)}), {mend}") from error


class _Rewound(io.RawIOBase):
    """A stream whose first bytes were read already, from its start again."""

    def __init__(self, begins: bytes, rest: BinaryIO) -> None:
        self._begins = io.BytesIO(begins)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._begins.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Counted(io.RawIOBase):
    def __init__(self, stream: BinaryIO, shown: str, budget: Budget) -> None:
        self._stream = stream
        self._shown = shown
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with damage(self._shown, "archive"):
            data = self._stream.read(len(buffer))
        self._budget.left -= len(data)
        if self._budget.left < 0:
            raise Bomb(f"{self._shown}: unpacks to more than {LARGEST_RATIO} times its size, which no text does, so it is not read")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
