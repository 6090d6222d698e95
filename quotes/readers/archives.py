"""Archives and compressed files, read without unpacking anything to disk; what unpacks to far more than it should is refused."""

from __future__ import annotations

import bz2
import io
import lzma
import tarfile
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from os.path import splitext
from typing import Any, BinaryIO, cast

from quotes.errors import ArticleError
from quotes.readers.input_kinds import is_known
from quotes.readers.inputs.input import Input, budget_of, counted, damage, once, within
from quotes.readers.inputs.reader_settings import Reading

_ENCRYPTED = 0x1


def uncompressed(source: Input, _: Reading) -> Iterator[Input]:
    """What a gzip, zstandard, bzip2 or xz file holds, as an input named without the suffix."""
    stem, suffix = splitext(source.name)
    name = f"{stem}.tar" if suffix.lower() == ".tgz" else stem if suffix.lower() in (".gz", ".zst", ".bz2", ".xz") else source.name
    start = source.head()[:6]
    inner = within(source, shown=source.shown, name=name, opener=lambda: _opened(source.opener(), start, source.shown, inner.members))

    def opener_at(raw: int) -> BinaryIO:
        stream = source.opener()
        stream.seek(raw)
        return counted(_opened(stream, start, source.shown), source.shown, budget_of(inner))

    # Compression by itself is no archive: `news.tar.gz` in a zip is two of them, not three.
    inner = replace(inner, depth=max(source.depth, 1), named=source.named, opener_at=opener_at)
    yield once(inner.opener(), inner) if source.once else inner


def _opened(stream: BinaryIO, start: bytes, shown: str, members: deque[tuple[int, int]] | None = None) -> BinaryIO:
    if start.startswith(b"\x1f\x8b"):
        return cast(BinaryIO, _Gunzipped(stream, members))
    if start.startswith(b"BZh"):
        return cast(BinaryIO, bz2.BZ2File(stream))
    if start.startswith(b"\xfd7zXZ\x00"):
        return cast(BinaryIO, lzma.LZMAFile(stream))
    if start.startswith(b"\x28\xb5\x2f\xfd"):
        import zstandard

        # A frame may ask for a window of gigabytes; 128 MB is what the zstd program takes too.
        return cast(BinaryIO, zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(stream, read_across_frames=True))
    raise ArticleError(f"{shown}: is named as a compressed file and is none, rename it after what it holds")


class _Gunzipped(io.RawIOBase):
    """What a gzip file unpacks to. It may have many members, a web archive one for each record; `members` gets where each begins, in the
    file and in what it unpacks to."""

    def __init__(self, stream: BinaryIO, members: deque[tuple[int, int]] | None) -> None:
        self._stream = stream
        self._members = members
        self._packed = b""
        self._member: Any = None
        self._read = self._unpacked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while True:
            if not self._packed:
                self._packed = self._stream.read(1 << 16)
                self._read += len(self._packed)
                if not self._packed and self._member is not None:
                    raise EOFError("the file breaks off")
                if not self._packed:
                    return 0
            if self._member is None:
                self._packed = self._packed.lstrip(b"\0")  # what fills a file up between its members
                if not self._packed:
                    continue
                begins = self._read - len(self._packed), self._unpacked
                if self._members is not None and (not self._members or begins[1] > self._members[-1][1]):
                    self._members.append(begins)
                self._member = zlib.decompressobj(wbits=31)
            data = self._member.decompress(self._packed, len(buffer))
            self._packed = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            self._member = None if self._member.eof else self._member
            self._unpacked += len(data)
            if data:
                buffer[: len(data)] = data
                return len(data)


def zip_members(source: Input, _: Reading) -> Iterator[Input | ArticleError]:
    """The files of a known kind in a zip archive, in the archive's order; hidden files are left out.

    Each is to be read before the next is asked for. A member that cannot be read is yielded as an ArticleError.
    """
    outer = replace(source, budget=budget_of(source))
    with source.seekable() as stream, damage(source.shown, "zip archive"), zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            if info.is_dir() or _passed_over(info.filename):
                continue
            if info.flag_bits & _ENCRYPTED:
                yield ArticleError(f"{source.shown}/{info.filename}: is encrypted, unpack the archive with its password first")
            else:
                yield _member(outer, info.filename, partial(cast(Any, archive.open), info), info.file_size)


def tar_members(source: Input, _: Reading) -> Iterator[Input | ArticleError]:
    """The files in a tar archive, as `zip_members` gives those of a zip archive; links and devices are left out."""
    outer = replace(source, budget=budget_of(source))
    with source.opener() as stream, damage(source.shown, "tar archive"), tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            if info.isfile() and not _passed_over(info.name):
                inner = _member(outer, info.name, partial(cast(Any, archive.extractfile), info))
                yield inner if isinstance(inner, ArticleError) else once(inner.opener(), inner)


def _member(outer: Input, name: str, opener: Callable[[], BinaryIO], size: int | None = None) -> Input | ArticleError:
    """What a member of an archive holds, or an error where it lies too deep."""
    shown = f"{outer.shown}/{name}"

    def opened() -> BinaryIO:
        with damage(shown, "member of its archive"):
            return opener()

    try:
        return within(outer, shown=shown, name=name.rsplit("/", 1)[-1], opener=opened, size=size)
    except ArticleError as error:
        return error


def _passed_over(name: str) -> bool:
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))
    return hidden or not is_known(name)
