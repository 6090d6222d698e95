"""Which addresses are the same page? Those that differ only in what serves the reading, not in what is read."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

#: Parameters that say where a reader came from.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ocid|cmpid?|ncid|smid|smtyp|partner|ref(?:errer|_src)?|src|source|share|sh|feature"
    r"|at_\w+|ns_\w+|ito|xtor|output|outputtype|amp)$",
    re.IGNORECASE,
)
_HOST_PREFIX = re.compile(r"^(?:www\d?|m|mobile|amp|edition)\.")
_AMP_PATH = re.compile(r"(?:/amp|\.amp|/amp\.html)$|^/amp(?=/)")
_DIRECTORY_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)


def address_key(url: str | None) -> str | None:
    """What stays of an address when scheme, `www.`, AMP, tracking parameters, fragment and a last slash are taken away.

    Two addresses with the same key are taken for the same page; a front page, which is no article's address, has none.
    """
    host = host_of(url)
    if url is None or host is None:
        return None
    parts = urlsplit(url.strip())
    path = _DIRECTORY_INDEX.sub("/", parts.path)
    path = _AMP_PATH.sub("", path).rstrip("/")
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0])))
    if not path and not query:
        return None
    return f"{host}{path}{f'?{query}' if query else ''}"


def host_of(url: str | None) -> str | None:
    """The host of an address as `address_key` has it."""
    try:
        host = urlsplit((url or "").strip()).hostname
    except ValueError:
        return None
    return _HOST_PREFIX.sub("", host.casefold()) if host else None
