"""Fetching pages and feeds politely: robots.txt kept to, each host left in peace between two requests, every answer bounded in time,
size and redirects, and no address within one's own network unless that is wanted."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
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
from quotes.readers.inputs.reader_errors import FetchError, PrivateAddress

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
_PIECE = 1 << 16


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
            host = urlsplit(address).hostname
        except ValueError:
            host = None
        if not host:
            raise _error(address, "is no address, check it", later=False)
        url, status, answer, data = self._followed(address, address, headers, self.largest)
        if status == 304:
            return Fetched(address=address, url=url, data=None, etag=etag, last_modified=last_modified)
        if status in _REDIRECTS:
            raise _error(address, f"redirects more than {REDIRECTS} times, check the address", later=False)
        if status != 200:
            raise _refusal(address, status, answer)
        media, charset = content_type(answer.get("content-type"))
        etag, last_modified = answer.get("etag"), answer.get("last-modified")
        return Fetched(address=address, url=url, data=data, media=media, charset=charset, etag=etag, last_modified=last_modified)

    def _followed(
        self, address: str, url: str, headers: dict[str, str], largest: int, *, ask_robots: bool = True
    ) -> tuple[str, int, dict[str, str], bytes]:
        """The answer where redirects end (or the last redirect, where they do not): its address, status, headers and body."""
        url = urldefrag(url).url
        ends = self._clock() + self.timeout
        for left in range(REDIRECTS, -1, -1):
            if ask_robots:
                self._refuse_what_robots_refuse(address, url)
            ends += self._wait_for(address, url)
            status, answer, data = self._get(address, url, headers, ends, largest)
            if status not in _REDIRECTS or not answer.get("location") or not left:
                break
            url = _redirected(address, url, answer["location"])
        return url, status, answer, data

    def _get(self, address: str, url: str, headers: dict[str, str], ends: float, largest: int) -> tuple[int, dict[str, str], bytes]:
        """One request: the status, the headers, and the body of an answer that has one."""
        import urllib3

        left = ends - self._clock()
        if left <= 0:
            raise self._too_late(address)
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
                    data = b"" if answer.status in {204, 304, *_REDIRECTS} else self._body(address, answer, ends, largest)
                finally:
                    # Never back into the pool: what is left of the body would come first in the next answer.
                    answer.close()
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise self._failure(address, error, late=late.is_set()) from error
        if late.is_set():
            raise self._too_late(address)
        return answer.status, {name.casefold(): value for name, value in answer.headers.items()}, data

    def _body(self, address: str, answer: Any, ends: float, largest: int) -> bytes:
        pieces: list[bytes] = []
        size = 0
        while piece := answer.read1(_PIECE, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > largest:
                raise _error(address, f"sends more than {largest >> 20 or 1} MB, too much for an article, it is left out", later=False)
            if self._clock() > ends:
                raise self._too_late(address)
        return b"".join(pieces)

    def _too_late(self, address: str) -> FetchError:
        return _error(address, f"took longer than {self.timeout:g} seconds, try again later")

    def _failure(self, address: str, error: Exception, *, late: bool) -> FetchError:
        import urllib3

        causes = list(_causes(error))
        private = next((each for each in causes if isinstance(each, PrivateAddress)), None)
        if private is not None:
            return _error(address, f"lies in a private network ({private}), add --allow-private if you mean it", later=False)
        if any(isinstance(each, socket.gaierror) for each in causes):
            return _error(address, "its host is not known, check the address or the connection")
        if late or any(isinstance(each, TimeoutError | urllib3.exceptions.TimeoutError) for each in causes):
            return self._too_late(address)
        if isinstance(error, urllib3.exceptions.LocationValueError):
            return _error(address, "is no address, check it", later=False)
        why = " ".join(str(causes[-1]).split())[:100]
        return _error(address, f"cannot be fetched ({why or type(error).__name__}), try again later")

    # -- politeness -----------------------------------------------------------------------------------------------------------

    def _wait_for(self, address: str, url: str) -> float:
        """Wait until the host may be asked again; the seconds waited."""
        host = urlsplit(url).netloc
        delay = self.delay
        robots = self._robots.get(_origin(url), (0.0, None))[1]
        if robots is not None:
            asked = robots.crawl_delay(self.agent)
            if asked is not None and asked > _LONGEST_DELAY:
                raise _error(address, f"its host wants {asked:g} seconds between two requests, fetch it by hand", later=False)
            delay = max(delay, asked or 0.0)
        now = self._clock()
        waited = max(0.0, self._next.get(host, now) - now)
        if waited:
            self._sleep(waited)
        self._next[host] = self._clock() + delay
        return waited

    def _refuse_what_robots_refuse(self, address: str, url: str) -> None:
        robots = self._robots_of(address, url)
        if robots is not None and not robots.can_fetch(url, self.agent):
            raise _error(address, "its robots.txt asks programs to stay away, save the page by hand", later=False)

    def _robots_of(self, address: str, url: str) -> Any:
        """The rules of a host, None where it has none. Raises FetchError when its server fails to say (RFC 9309, section 2.3.1.4)."""
        from protego import Protego

        origin = _origin(url)
        read_at, rules = self._robots.get(origin, (None, None))
        if read_at is not None and self._clock() - read_at < _ROBOTS_KEPT:
            return rules
        _, status, _, data = self._followed(address, f"{origin}/robots.txt", {}, _ROBOTS_LARGEST, ask_robots=False)
        if status == 429 or status >= 500:
            raise _error(address, f"its robots.txt cannot be read now ({status}), try again later")
        rules = Protego.parse(data.decode("utf-8", "replace")) if status == 200 else None
        self._robots[origin] = (self._clock(), rules)
        return rules


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _redirected(address: str, url: str, location: str) -> str:
    try:
        found = urldefrag(urljoin(url, location.strip())).url
        on_the_web = urlsplit(found).scheme in ("http", "https") and bool(urlsplit(found).hostname)
    except ValueError:
        found, on_the_web = location, False
    if not on_the_web:
        raise _error(address, f"redirects to {' '.join(found.split())[:80]}, which is not on the web, check the address", later=False)
    return found


def _error(address: str, what: str, *, later: bool = True, wait: float | None = None) -> FetchError:
    error = FetchError(f"{address}: {what}")
    error.later, error.wait, error.source = later, wait, address
    return error


def _refusal(address: str, status: int, answer: Any) -> FetchError:
    if status in (429, 503):
        wait = _retry_after(answer.get("retry-after", ""))
        asked = f", for {wait:g} seconds" if wait else ""
        return _error(address, f"its server asks to be left in peace ({status}{asked}), try again later", wait=wait)
    if status in (401, 402, 403):
        return _error(address, f"its server refuses it ({status}), save the page where you may read it", later=False)
    if status in (404, 410):
        return _error(address, f"is not there ({status}), check the address", later=False)
    return _error(address, f"its server answers {status}, try again later", later=status >= 500)


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


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
