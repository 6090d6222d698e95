"""Fetching pages and feeds politely: robots.txt kept to, each host left in peace between two requests, every answer bounded in time,
size and redirects, and no address within one's own network unless that is wanted."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import cached_property
from importlib.metadata import version
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from quotes.errors import ArticleError
from quotes.readers.fetch.connections import cut_off, pool
from quotes.readers.inputs.input import Input, bytes_input
from quotes.readers.inputs.reader_errors import FetchError, PrivateAddress, reason

#: Seconds between two requests to one host.
DELAY = 2.0
#: Seconds that one answer may take, redirects included.
TIMEOUT = 30.0
#: Bytes that one answer may have, unpacked.
LARGEST = 20 << 20
REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
#: Seconds for which a host's robots.txt is kept, and its largest size that counts (RFC 9309 asks for at least 500 KiB).
_ROBOTS_KEPT = 24 * 3600.0
_ROBOTS_LARGEST = 512 << 10
#: A host that asks for more seconds between requests than this is skipped rather than waited for.
_LONGEST_DELAY = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer. `address` is what was asked for, `url` where it was found at last; `data` is None where it is unchanged since (304)."""

    address: str
    url: str
    data: bytes | None
    media: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    def as_input(self) -> Input:
        """The answer as an input for the readers. Raises ArticleError for what is plainly no text (images, sound, film)."""
        if self.media and self.media.split("/")[0] in ("image", "audio", "video", "font"):
            raise ArticleError(f"{self.address}: is {self.media}, not an article, give the address of a page or a feed")
        name = urlsplit(self.url).path.rsplit("/", 1)[-1]
        source = bytes_input(self.data or b"", self.address, name)
        return replace(source, url=self.url, charset=self.charset, media=self.media)


class Fetcher:
    """Fetches addresses, one at a time. `clock` and `sleep` are for tests.

    `delay` are the seconds between two requests to one host (its robots.txt may ask for more), `timeout` those that one answer may take,
    `largest` the bytes that it may have. `allow_private` lets it ask hosts in private networks, which a feed from outside must not.
    """

    def __init__(
        self,
        *,
        delay: float = DELAY,
        timeout: float = TIMEOUT,
        largest: int = LARGEST,
        allow_private: bool = False,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.delay = delay
        self.timeout = timeout
        self.largest = largest
        self._clock = clock
        self._sleep = sleep
        self._next: dict[str, float] = {}
        self._robots: dict[str, tuple[float, Any]] = {}
        self._allow_private = allow_private
        self.agent = f"quotes/{version('quotes')} (reads news articles; obeys robots.txt)"

    @cached_property
    def _pool(self) -> Any:
        return pool(self._allow_private)  # only where something is fetched at all: urllib3 is slow to import

    def fetch(self, address: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """The answer at an address, redirects followed; with `etag` or `last_modified`, only if it has changed since.

        Raises FetchError for whatever goes wrong, with one line that names the address.
        """
        headers = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"}
        headers |= {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value}
        try:
            url, status, answer, data = self._followed(_web_address(address), headers, self.largest)
            if status in _REDIRECTS:
                raise _error(f"redirects more than {REDIRECTS} times, check the address", later=False)
            if status not in (200, 304):
                raise _refusal(status, answer)
        except FetchError as error:
            error.args, error.source = (f"{address}: {error}",), address
            raise
        if status == 304:
            return Fetched(address=address, url=url, data=None, etag=etag, last_modified=last_modified)
        media, charset = content_type(answer.get("content-type"))
        etag, last_modified = answer.get("etag"), answer.get("last-modified")
        return Fetched(address=address, url=url, data=data, media=media, charset=charset, etag=etag, last_modified=last_modified)

    def _followed(
        self, url: str, headers: Mapping[str, str], largest: int, *, ask_robots: bool = True
    ) -> tuple[str, int, Mapping[str, str], bytes]:
        """The answer where redirects end (or the last redirect, where they do not): its address, status, headers and body."""
        ends = self._clock() + self.timeout
        for left in range(REDIRECTS, -1, -1):
            ends += self._wait_for(url, self._robots_of(url) if ask_robots else None)
            status, answer, data = self._get(url, headers, ends - self._clock(), largest)
            if status not in _REDIRECTS or not answer.get("location") or not left:
                break
            url = _redirected(url, answer["location"])
        return url, status, answer, data

    def _get(self, url: str, headers: Mapping[str, str], left: float, largest: int) -> tuple[int, Mapping[str, str], bytes]:
        """One request within the seconds `left`: the status, the headers, and the body of an answer that has one."""
        import urllib3

        if left <= 0:
            raise self._too_late()
        late = threading.Event()
        try:
            with cut_off(left, late):
                answer = self._pool.request(
                    "GET",
                    url,
                    headers={"User-Agent": self.agent, **headers},
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    timeout=urllib3.Timeout(connect=min(10.0, left), read=left),
                )
                try:
                    data = b"" if answer.status in {204, 304, *_REDIRECTS} else answer.read(largest + 1, decode_content=True)
                finally:
                    # Never back into the pool: what is left of the body would come first in the next answer.
                    answer.close()
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise self._failure(error, late=late.is_set()) from error
        if len(data) > largest:
            raise _error(f"sends more than {largest >> 20 or 1} MB, too much for an article, it is left out", later=False)
        if late.is_set():
            raise self._too_late()
        return answer.status, answer.headers, data

    def _too_late(self) -> FetchError:
        return _error(f"took longer than {self.timeout:g} seconds, try again later")

    def _failure(self, error: Exception, *, late: bool) -> FetchError:
        import urllib3

        causes = list(_causes(error))
        private = next((each for each in causes if isinstance(each, PrivateAddress)), None)
        if private is not None:
            return _error(f"lies in a private network ({private}), add --allow-private if you mean it", later=False)
        if any(isinstance(each, socket.gaierror) for each in causes):
            return _error("its host is not known, check the address or the connection")
        if late or any(isinstance(each, TimeoutError | urllib3.exceptions.TimeoutError) for each in causes):
            return self._too_late()
        if isinstance(error, urllib3.exceptions.LocationValueError):
            return _error("is no address, check it", later=False)
        return _error(f"cannot be fetched ({reason(causes[-1])}), try again later")

    # -- politeness -----------------------------------------------------------------------------------------------------------

    def _wait_for(self, url: str, robots: Any) -> float:
        """Wait until the host may be asked again, by its robots.txt and our `delay`; the seconds waited."""
        host = urlsplit(url).netloc
        asked = (robots.crawl_delay(self.agent) if robots is not None else None) or 0.0
        if asked > _LONGEST_DELAY:
            raise _error(f"its host wants {asked:g} seconds between two requests, fetch it by hand", later=False)
        now = self._clock()
        waited = max(0.0, self._next.get(host, now) - now)
        if waited:
            self._sleep(waited)
        self._next[host] = self._clock() + max(self.delay, asked)
        return waited

    def _robots_of(self, url: str) -> Any:
        """The rules of a host for programs, None where it has none. Raises FetchError where they keep us out, and when its server fails to
        say (RFC 9309, section 2.3.1.4)."""
        from protego import Protego

        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        read_at, rules = self._robots.get(origin, (None, None))
        if read_at is None or self._clock() - read_at >= _ROBOTS_KEPT:
            _, status, _, data = self._followed(f"{origin}/robots.txt", {}, _ROBOTS_LARGEST, ask_robots=False)
            if status == 429 or status >= 500:
                raise _error(f"its robots.txt cannot be read now ({status}), try again later")
            rules = Protego.parse(data.decode("utf-8", "replace")) if status == 200 else None
            self._robots[origin] = (self._clock(), rules)
        if rules is not None and not rules.can_fetch(url, self.agent):
            raise _error("its robots.txt asks programs to stay away, save the page by hand", later=False)
        return rules


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _web_address(address: str) -> str:
    """An address without its fragment. Raises FetchError for what is none on the web."""
    with suppress(ValueError):
        if urlsplit(address).scheme.casefold() in ("http", "https") and urlsplit(address).hostname:
            return urldefrag(address).url
    raise _error("is no address, check it", later=False)


def _redirected(url: str, location: str) -> str:
    try:
        return _web_address(urljoin(url, location.strip()))
    except (FetchError, ValueError) as error:
        shown = " ".join(location.split())[:80]
        raise _error(f"redirects to {shown}, which is not on the web, check the address", later=False) from error


def _error(what: str, *, later: bool = True, wait: float | None = None) -> FetchError:
    """A failure; `Fetcher.fetch` adds the address to its message."""
    error = FetchError(what)
    error.later, error.wait = later, wait
    return error


def _refusal(status: int, answer: Mapping[str, str]) -> FetchError:
    if status in (429, 503):
        wait = _retry_after(answer.get("retry-after", ""))
        asked = f", for {wait:g} seconds" if wait else ""
        return _error(f"its server asks to be left in peace ({status}{asked}), try again later", wait=wait)
    if status in (401, 402, 403):
        return _error(f"its server refuses it ({status}), save the page where you may read it", later=False)
    if status in (404, 410):
        return _error(f"is not there ({status}), check the address", later=False)
    return _error(f"its server answers {status}, try again later", later=status >= 500)


def _retry_after(header: str) -> float | None:
    """The seconds that a server asks to wait, which it gives as such or as a date."""
    try:
        return float(header) if header.strip().isdigit() else max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def content_type(header: str | None) -> tuple[str | None, str | None]:
    """The media type and the encoding that a `Content-Type` header names."""
    message = Message()
    message["Content-Type"] = " ".join((header or "").split())
    media = message["Content-Type"].partition(";")[0].strip().casefold()
    return media or None, message.get_content_charset()
