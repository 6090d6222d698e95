"""Fetching pages and feeds politely: robots.txt kept to, each host left in peace between two requests, every answer bounded in time,
size and redirects, and no address within one's own network unless that is wanted."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import partial
from http.client import HTTPException
from importlib.metadata import version
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from quotes.errors import ArticleError
from quotes.readers.inputs.input import Input, bytes_input, reason

REDIRECTS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
#: Seconds for which a host's robots.txt is kept, and how much of it is read (RFC 9309 asks for at least 500 KiB).
_ROBOTS_KEPT = 24 * 3600.0
_ROBOTS_LARGEST = 512 << 10
#: A host that asks for more seconds between requests than this is skipped rather than waited for.
_LONGEST_DELAY = 120.0
#: What leads from IPv6 to the address of IPv4 that it ends in, where a network speaks IPv6 alone (NAT64).
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL = ipaddress.IPv6Network("2000::/3")
#: What the second half of an address begins with that leads to one of IPv4 (ISATAP).
_ISATAP = (b"\0\0\x5e\xfe", b"\2\0\x5e\xfe")


class FetchError(ArticleError):
    """An address could not be fetched. `later` is whether it is worth another try, `wait` how many seconds the server asks to wait."""

    def __init__(self, what: str, *, later: bool = True, wait: float | None = None) -> None:
        super().__init__(what)
        self.later, self.wait = later, wait


@dataclass(kw_only=True)
class Fetcher:
    """Fetches addresses, one at a time.

    `delay` are the seconds between two requests to one host (its robots.txt may ask for more), `timeout` those that one answer may take
    with its redirects, `largest` the bytes that it may have, unpacked. `allow_private` lets it ask hosts in private networks, which a feed
    from outside must not.
    """

    delay: float = 2.0
    timeout: float = 30.0
    largest: int = 20 << 20
    allow_private: bool = False
    agent: str = field(default_factory=lambda: f"quotes/{version('quotes')} (reads news articles; obeys robots.txt)", init=False)
    _next: dict[str, float] = field(default_factory=dict, init=False)
    _robots: dict[str, tuple[float, Any]] = field(default_factory=dict, init=False)

    def fetch(self, address: str, *, etag: str | None = None, last_modified: str | None = None) -> Input | None:
        """The answer at an address, redirects followed; None where with `etag` or `last_modified` it is unchanged since.

        Raises FetchError for whatever goes wrong, with one line that names the address.
        """
        headers = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"}
        headers |= {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value}
        try:
            url, status, answer, data = self._followed(_web_address(address, "is no address, check it"), headers)
            if status in _REDIRECTS:
                raise FetchError(f"redirects more than {REDIRECTS} times, check the address", later=False)
            if status not in (200, 304):
                raise _refusal(status, answer)
            media, charset = content_type(answer.get("content-type"))
            if media and media.split("/")[0] in ("image", "audio", "video", "font"):
                raise FetchError(f"is {media}, not an article, give the address of a page or a feed", later=False)
        except FetchError as error:  # whose message does not say yet which address it was
            error.args, error.source = (f"{address}: {error}",), address
            raise
        if status == 304:
            return None
        found = bytes_input(data, address, urlsplit(url).path.rsplit("/", 1)[-1])
        etag, last_modified = answer.get("etag"), answer.get("last-modified")
        return replace(found, url=url, media=media, charset=charset, etag=etag, last_modified=last_modified)

    def _followed(self, url: str, headers: Mapping[str, str], *, ask_robots: bool = True) -> tuple[str, int, Mapping[str, str], bytes]:
        """The answer where redirects end (or the last redirect, where they do not): its address, status, headers and body."""
        ends = time.monotonic() + self.timeout
        for left in range(REDIRECTS, -1, -1):
            ends += self._wait_for(url, self._robots_of(url) if ask_robots else None)
            status, answer, data = self._get(url, headers, ends)
            if status not in _REDIRECTS or not answer.get("location") or not left:
                break
            shown = " ".join(answer["location"].split())
            url = _web_address(shown, f"redirects to {shown[:80]}, which is not on the web, check the address", within=url)
        return url, status, answer, data

    def _get(self, url: str, headers: Mapping[str, str], ends: float) -> tuple[int, Mapping[str, str], bytes]:
        """One request that ends by then: the status, the headers, and the body of an answer that has one."""
        from urllib3.connection import HTTPConnection, HTTPSConnection
        from urllib3.exceptions import HTTPError, LocationValueError
        from urllib3.exceptions import TimeoutError as Late
        from urllib3.util import parse_url

        too_late = FetchError(f"took longer than {self.timeout:g} seconds, try again later")
        left = ends - time.monotonic()
        if left <= 0:
            raise too_late
        late = threading.Event()

        def cut_off(connected: socket.socket) -> None:
            late.set()
            with suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)

        try:
            parts = parse_url(url)
            connection = (HTTPSConnection if parts.scheme == "https" else HTTPConnection)((parts.host or "").strip("[]"), parts.port)
            connection.timeout = left
            connection._new_conn = partial(_connected, connection.host, connection.port, left, self.allow_private)  # type: ignore[method-assign]
            with closing(connection):
                connection.connect()
                # A server that sends a byte now and then would never be too late for any single read.
                cut = threading.Timer(left, cut_off, (connection.sock,))
                cut.start()
                try:
                    connection.request("GET", parts.request_uri, headers={"User-Agent": self.agent, **headers}, preload_content=False)
                    answer = connection.getresponse()
                    data = b"" if answer.status in {204, 304, *_REDIRECTS} else answer.read(self.largest + 1, decode_content=True)
                finally:
                    cut.cancel()
        except _PrivateAddressError as error:
            raise FetchError(f"lies in a private network ({error}), add --allow-private if you mean it", later=False) from error
        except socket.gaierror as error:
            raise FetchError("its host is not known, check the address or the connection") from error
        except (TimeoutError, Late) as error:
            raise too_late from error
        except LocationValueError as error:
            raise FetchError("is no address, check it", later=False) from error
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            raise too_late if late.is_set() else FetchError(f"cannot be fetched ({reason(error)}), try again later") from error
        if late.is_set():
            raise too_late
        if len(data) > self.largest:
            raise FetchError(f"sends more than {self.largest >> 20} MB, too much for an article, it is left out", later=False)
        return answer.status, answer.headers, data

    def _wait_for(self, url: str, robots: Any) -> float:
        """Wait until the host may be asked again, by its robots.txt and our `delay`; the seconds waited."""
        host = urlsplit(url).netloc
        asked = (robots.crawl_delay(self.agent) if robots is not None else None) or 0.0
        if asked > _LONGEST_DELAY:
            raise FetchError(f"its host wants {asked:g} seconds between two requests, fetch it by hand", later=False)
        now = time.monotonic()
        waited = max(0.0, self._next.get(host, now) - now)
        if waited:
            time.sleep(waited)
        self._next[host] = time.monotonic() + max(self.delay, asked)
        return waited

    def _robots_of(self, url: str) -> Any:
        """The rules of a host for programs, None where it has none. Raises FetchError where they keep us out, and when its server fails to
        say (RFC 9309, section 2.3.1.4)."""
        from protego import Protego

        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        read_at, rules = self._robots.get(origin, (None, None))
        if read_at is None or time.monotonic() - read_at >= _ROBOTS_KEPT:
            _, status, _, data = self._followed(f"{origin}/robots.txt", {}, ask_robots=False)
            if status == 429 or status >= 500:
                raise FetchError(f"its robots.txt cannot be read now ({status}), try again later")
            rules = Protego.parse(data[:_ROBOTS_LARGEST].decode("utf-8", "replace")) if status == 200 else None
            self._robots[origin] = (time.monotonic(), rules)
        if rules is not None and not rules.can_fetch(url, self.agent):
            raise FetchError("its robots.txt asks programs to stay away, save the page by hand", later=False)
        return rules


class _PrivateAddressError(OSError):
    """The host lies within one's own network."""


def _connected(host: str, port: int, seconds: float, allow_private: bool) -> socket.socket:
    """A socket to the first of the host's addresses that answers; raises _PrivateAddressError when all lie in private networks.

    What is checked is what is connected to: a name that is looked up twice may lead elsewhere the second time.
    """
    refused = OSError("the host has no address")
    for *_, address in socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM):
        if not allow_private and not is_public(str(address[0])):
            refused = _PrivateAddressError(str(address[0]))
            continue
        try:
            connected = socket.create_connection((str(address[0]), port), min(10.0, seconds))
        except OSError as error:
            refused = error
            continue
        connected.settimeout(seconds)
        return connected
    raise refused


def is_public(address: str) -> bool:
    """Whether an IP address, as text, lies on the public internet.

    Of the forms of IPv6 that lead to IPv4, and so perhaps into one's own network, only NAT64 is in use; the others are refused.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found in _TRANSLATED:
            return is_public(str(ipaddress.IPv4Address(found.packed[12:])))
        if found not in _GLOBAL or found.sixtofour or found.teredo or found.packed[8:12] in _ISATAP:
            return False
    return found.is_global and not found.is_multicast


def _web_address(address: str, complaint: str, within: str = "") -> str:
    """An address without its fragment. Raises FetchError for what is none on the web."""
    with suppress(ValueError):
        whole = urljoin(within, address)
        if urlsplit(whole).scheme.casefold() in ("http", "https") and urlsplit(whole).hostname:
            return urldefrag(whole).url
    raise FetchError(complaint, later=False)


def _refusal(status: int, answer: Mapping[str, str]) -> FetchError:
    if status in (429, 503):
        wait, header = None, answer.get("retry-after", "")
        with suppress(ValueError, TypeError):  # in seconds, or until when
            wait = float(header) if header.strip().isdigit() else max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
        asked = f", for {wait:g} seconds" if wait else ""
        return FetchError(f"its server asks to be left in peace ({status}{asked}), try again later", wait=wait)
    if status in (401, 402, 403):
        return FetchError(f"its server refuses it ({status}), save the page where you may read it", later=False)
    if status in (404, 410):
        return FetchError(f"is not there ({status}), check the address", later=False)
    return FetchError(f"its server answers {status}, try again later", later=status >= 500)


def content_type(header: str | None) -> tuple[str | None, str | None]:
    """The media type and the encoding that a `Content-Type` header names."""
    message = Message()
    message["Content-Type"] = " ".join((header or "").split())
    media = message["Content-Type"].partition(";")[0].strip().casefold()
    return media or None, message.get_content_charset()
