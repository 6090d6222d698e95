"""The errors of the readers: kinds of ArticleError that something acts on, and two signals that are none."""

from __future__ import annotations

from quotes.errors import ArticleError


def reason(error: BaseException) -> str:
    """What an error of a library says, for a line of ours: on one line, and not long."""
    return " ".join(str(error).split())[:100] or type(error).__name__


class Bomb(ArticleError):
    """An archive that unpacks to far more than it should; nothing more of it is read."""


class NoTextColumn(ArticleError):
    """No column or field of a table or record is known to hold the text of an article."""


class NotAFeed(ArticleError):
    """An XML file that is no feed, which may lie beside articles for other ends."""


class FetchError(ArticleError):
    """An address could not be fetched. `later` is whether it is worth another try, `wait` how many seconds the server asks to wait."""

    later: bool = True
    wait: float | None = None


class PrivateAddress(OSError):
    """The host lies within one's own network."""


class OversizedMarkupError(Exception):
    """The HTML would take too much work; its text says why."""


class TooMuchWork(BaseException):
    """An article took more time than any should; no Exception, which libraries catch by themselves."""
