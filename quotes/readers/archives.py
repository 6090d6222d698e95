"""Archives and compressed files, read without unpacking anything to disk; what unpacks to far more than it should is refused."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from os.path import splitext
from typing import BinaryIO, cast

from quotes.errors import ArticleError
from quotes.readers.input_kinds import SUFFIXES
from quotes.readers.inputs.input import Budget, Input, damage, once, within
from quotes.readers.inputs.reader_settings import Reading

_ENCRYPTED = 0x1


def uncompressed(source: Input, _: Reading) -> Iterator[Input]:
    """What a gzip, zstandard, bzip2 or xz file holds, as an input named without the suffix."""
    stem, suffix = splitext(source.name)
    name = f"{stem}.tar" if suffix.lower() == ".tgz" else stem if suffix.lower() in (".gz", ".zst", ".bz2", ".xz") else source.name
    start = source.head()[:6]
    inner = within(source, shown=source.shown, name=name, opener=lambda: _opened(source.opener(), start, source.shown))
    # Compression by itself is no archive: `news.tar.gz` in a zip is two of them, not three.
    inner = replace(inner, depth=max(source.depth, 1), named=source.named)
    yield once(inner.opener(), inner) if source.once else inner


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


def zip_members(source: Input, _: Reading) -> Iterator[Input | ArticleError]:
    """The files of a known kind in a zip archive, in the archive's order; hidden files are left out.

    Each is to be read before the next is asked for. A member that cannot be read is yielded as an ArticleError.
    """
    with source.seekable() as stream, damage(source.shown, "zip archive"), zipfile.ZipFile(stream) as archive:
        outer = replace(source, budget=source.budget or Budget.of(source.size))
        for info in archive.infolist():
            shown = f"{source.shown}/{info.filename}"
            if info.is_dir() or _passed_over(info.filename):
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


def tar_members(source: Input, _: Reading) -> Iterator[Input | ArticleError]:
    """The files in a tar archive, as `zip_members` gives those of a zip archive; links and devices are left out."""
    outer = replace(source, budget=source.budget or Budget.of(source.size))
    with source.opener() as stream, damage(source.shown, "tar archive"), tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            if not info.isfile() or _passed_over(info.name):
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


def _passed_over(name: str) -> bool:
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))
    return hidden or (splitext(name)[1].lower() or ".txt") not in SUFFIXES
