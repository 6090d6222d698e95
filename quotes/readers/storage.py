"""Files at addresses that fsspec knows (`s3://…`, `gs://…`, `hdfs://…`, `file://…`), where the package for them is installed.

Credentials come from where these packages look for them: the environment and their own files. Every function raises ArticleError, in one
line, for whatever a storage raises.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from quotes.errors import NO_SUCH_FILE, ArticleError, QuotesError
from quotes.readers.inputs.input import Input, reason


def is_stored(path: str) -> bool:
    """Whether a path is such an address, not one on the web."""
    return re.match(r"(?!https?:)[a-z][a-z0-9+.-]*://", path, re.IGNORECASE) is not None


def file_system(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it. Raises ArticleError where fsspec or the package for it is missing."""
    try:
        from fsspec.core import url_to_fs

        return cast(tuple[Any, str], url_to_fs(address))
    except (ImportError, ValueError, OSError) as error:
        raise ArticleError(f"{address}: {reason(error)}: pip install 'quotes[cluster]' and the package for that storage") from error


@contextmanager
def _storage(address: str) -> Iterator[tuple[Any, str]]:
    files, path = file_system(address)
    try:
        yield files, path
    except QuotesError:
        raise
    except FileNotFoundError as error:
        raise ArticleError(f"{address}: {NO_SUCH_FILE}") from error
    except Exception as error:  # each package has errors of its own
        what = f"{type(error).__name__}: {reason(error)}"
        raise ArticleError(f"{address}: cannot be read ({what}), check the address, and the credentials in the environment") from error


def is_stored_folder(address: str) -> bool:
    """Whether files lie under an address."""
    with _storage(address) as (files, path):
        return bool(files.isdir(path))


def files_under(address: str) -> list[str]:
    """The addresses of the files under one, in order of name, without hidden ones."""
    with _storage(address) as (files, root):
        below = sorted(name.removeprefix(root) for name in files.find(root))
        return [files.unstrip_protocol(root + name) for name in below if "/." not in f"/{name}"]


def files_that_fit(pattern: str) -> list[str]:
    """The addresses of the files and folders that fit a pattern, in order of name."""
    with _storage(pattern) as (files, path):
        return [files.unstrip_protocol(name) for name in sorted(files.glob(path))]


def stored_input(address: str) -> Input:
    """The input that a file at an address is."""

    def opener() -> BinaryIO:
        with _storage(address) as (files, path):
            return io.BufferedReader(files.open(path, "rb"))  # whose own lines cannot be limited in length

    with _storage(address) as (files, path):
        return Input(shown=address, name=path.rpartition("/")[2], opener=opener, size=files.size(path))


def size_and_stamp(address: str) -> tuple[int, str]:
    """How many bytes a file has, and what changes when it is written anew."""
    with _storage(address) as (files, path):
        return files.size(path) or 0, str(files.ukey(path))
