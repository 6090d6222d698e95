"""The errors that `quotes` raises on purpose.

Each is raised where the fault is found, carries `what: why, and the mend` as its message, and is printed once, by the command line.
"""

from __future__ import annotations

#: What is said of a path that leads nowhere.
NO_SUCH_FILE = "no such file or folder, check the path"


class QuotesError(Exception):
    """Anything wrong that a user can mend; the message is one line, fit to be shown."""


class ArticleError(QuotesError):
    """One input cannot be read as an article; the rest of a batch goes on.

    `source` is the file or the address to read again once the fault is mended; None where it was not read from one.
    """

    source: str | None = None


class PipelineError(QuotesError):
    """The spaCy pipeline or the model asked for is not installed, or lacks what the rules need."""


class StoreError(QuotesError):
    """The database cannot be opened, read or written, or it belongs to another program."""


class ClashError(StoreError):
    """Two different things have the same id, by chance: the second cannot be stored; the rest of a batch goes on."""


class QueryError(QuotesError):
    """What is searched for cannot be, such as a date that is none: wrong usage."""


class CorpusError(QuotesError):
    """A gold corpus is not in a form that `quotes evaluate` reads."""


class TrainingError(QuotesError):
    """A model cannot be trained: a library, an encoder or annotated text is missing, or does not fit."""


class ClusterError(QuotesError):
    """The Dask cluster asked for cannot be reached, or shards cannot be written to or read from an address."""


class TaskError(QuotesError):
    """A worker gave up a task: it raised an error, or its process died again and again."""


class PublishError(QuotesError):
    """The site cannot be served as asked: metadata, address or port."""
