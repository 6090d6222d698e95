"""Archives and compressed files, read without unpacking anything to disk; what unpacks to far more than it should is refused."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from quotes.errors import ArticleError
from quotes.readers.inputs import Budget, Input, damage, once, within

_ENCRYPTED = 0x1


def uncompressed(source: Input) -> Input:
    """What a gzip, zstandard, bzip2 or xz file holds, as an input named without the suffix. Raises ArticleError as `within` does."""
    name = source.name
    for suffix, instead in ((".tgz", ".tar"), (".gz", ""), (".zst", ""), (".bz2", ""), (".xz", "")):
        if name.lower().endswith(suffix):
            name = name[: -len(suffix)] + instead
            break
    start = source.head()[:6]

    def opener() -> BinaryIO:
        return _opened(source.opener(), start, source.shown)

    inner = within(source, shown=source.shown, name=name, opener=opener)
    # Compression by itself is no archive: `news.tar.gz` in a zip is two of them, not three.
    inner = replace(inner, depth=max(source.depth, 1))
    return once(inner.opener(), inner) if source.once else inner


def _opened(stream: BinaryIO, start: bytes, shown: str) -> BinaryIO:
    if start.startswith(b"\x1f\x8b"):
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    if start.startswith(b"BZh"):
        return cast(BinaryIO, bz2.BZ2File(stream))
    if start.startswith(b"\xfd7zXZ\x00"):
        return cast(BinaryIO, lzma.LZMAFile(stream))
    if start.startswith(b"\x28\xb5\x2f\xfd"):
        import zstandard

        # A frame may ask for a window of gigabytes; 128 MB is what the zstd program takes too.
        return cast(BinaryIO, zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(stream, read_across_frames=True))
    raise ArticleError(f"{shown}: is named as a compressed file and is none, rename it after what it holds")


def members(source: Input) -> Iterator[Input | ArticleError]:
    """The files in a zip archive, in the archive's order; directories and hidden files are left out.

    Each is to be read before the next is asked for. A member that cannot be read is yielded as an ArticleError.
    """
    with source.seekable() as stream, damage(source.shown, "zip archive"), zipfile.ZipFile(stream) as archive:
        outer = replace(source, budget=source.budget or Budget.of(source.size))
        for info in archive.infolist():
            shown = f"{source.shown}/{info.filename}"
            if info.is_dir() or _hidden(info.filename):
                continue
            if info.flag_bits & _ENCRYPTED:
                yield ArticleError(f"{shown}: is encrypted, unpack the archive with its password first")
                continue

            def opener(info: zipfile.ZipInfo = info) -> BinaryIO:
                with damage(shown, "member of its archive"):  # noqa: B023  (read before the next member is asked for)
                    return cast(BinaryIO, archive.open(info))

            try:
                yield within(outer, shown=shown, name=info.filename.rsplit("/", 1)[-1], opener=opener, size=info.file_size)
            except ArticleError as error:
                yield error


def tar_members(source: Input) -> Iterator[Input | ArticleError]:
    """The files in a tar archive, as `members` gives those of a zip archive; links and devices are left out."""
    outer = replace(source, budget=source.budget or Budget.of(source.size))
    with source.opener() as stream, damage(source.shown, "tar archive"), tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            if not info.isfile() or _hidden(info.name):
                continue
            shown = f"{source.shown}/{info.name}"
            taken = archive.extractfile(info)
            if taken is None:
                continue
            stream_of_member = cast(BinaryIO, taken)
            try:
                inner = within(outer, shown=shown, name=info.name.rsplit("/", 1)[-1], opener=lambda: stream_of_member)  # noqa: B023
            except ArticleError as error:
                yield error
                continue
            yield once(inner.opener(), inner)


def _hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))
