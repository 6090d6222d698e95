"""The files under one address, a folder or one that fsspec knows (`s3://…`, `gs://…`, `hdfs://…`): written whole, and read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from quotes.errors import ArticleError, ClusterError, QuotesError
from quotes.readers.inputs.input import reason
from quotes.readers.storage import file_system


class StoredFiles:
    """The files under an address, by their names below it.

    Raises ClusterError where fsspec or the package for the address is missing, or it cannot be read or written.
    """

    def __init__(self, address: str) -> None:
        try:
            import pyarrow  # type: ignore[import-untyped]  # noqa: F401  (said before anything is read)

            self._files, self._root = file_system(address)
        except (ImportError, ArticleError) as error:
            raise ClusterError(str(error) if isinstance(error, ArticleError) else f"{error}: pip install 'quotes[cluster]'") from error
        self.address = address

    @property
    def folder(self) -> Path | None:
        """The folder that the address is, where it is on this machine."""
        return Path(self._root) if "file" in self._files.protocol else None

    def path(self, name: str) -> str:
        """The whole path of a file."""
        return f"{self._root}/{name}"

    def names(self, pattern: str) -> list[str]:
        """The names of the files and folders that fit a pattern, in their order."""
        with self._clear_errors():
            return sorted(path.removeprefix(f"{self._root}/") for path in self._files.glob(self.path(pattern)))

    def read(self, name: str) -> bytes:
        """What a file holds."""
        with self._clear_errors():
            return bytes(self._files.cat_file(self.path(name)))

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A file to read."""
        with self._clear_errors(), self._files.open(self.path(name), "rb") as file:
            yield file

    def put(self, name: str, parts: Iterable[bytes], *, writer: str = "one") -> None:
        """Write a file whole: at its own name only once all of it is there. Of those who may write it at the same time, each is a `writer`
        of its own."""
        path, partial = self.path(name), self.path(f"{name}.{writer}.partial")
        with self._clear_errors():
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            with self._files.open(partial, "wb") as file:
                file.writelines(parts)
            self._files.mv(partial, path)

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        try:
            yield
        except QuotesError:
            raise
        except Exception as error:  # each storage has errors of its own
            what = getattr(error, "strerror", None) or f"{type(error).__name__}: {reason(error)}"
            mend = "check the address, and the credentials in the environment"
            raise ClusterError(f"{self.address}: cannot be read or written ({what}): {mend}") from error
