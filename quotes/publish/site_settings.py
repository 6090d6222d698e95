"""What the owner says of the site in metadata.yml, under `plugins: quotes:` — its public address, and who gets the reports of mistakes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

_LOOPBACK = re.compile(r"localhost|127(\.\d+){3}|::1")
_MAIL = re.compile(r"[^@\s/:]+@[^@\s/:]+\.[^@\s/:]+")

#: Characters of a message that goes into a `mailto:` link; mail programs cut longer ones off.
_LONGEST = 1_600


def is_mail(words: str) -> bool:
    """Whether it is a mail address."""
    return _MAIL.fullmatch(words) is not None


def is_web(words: str) -> bool:
    """Whether it is an address of the web."""
    return words.startswith(("https://", "http://")) and bool(urlsplit(words).netloc)


def setting(datasette: Any, name: str) -> Any:
    """A setting of the site; None where there is none."""
    return (datasette.plugin_config("quotes") or {}).get(name)


def public_url(datasette: Any, request: Any, path: str) -> str:
    """The whole address of a page: under the configured `address` of the site, or where there is none, under the one that was asked for."""
    address = setting(datasette, "address")
    if not address:
        return str(datasette.absolute_url(request, path))
    return str(address).rstrip("/").removesuffix(datasette.setting("base_url").rstrip("/")) + str(path)


def citable(url: str) -> bool:
    """Whether others can open the address: not one of the machine itself."""
    return _LOOPBACK.fullmatch(urlsplit(url).hostname or "") is None


def contact(datasette: Any, subject: str, message: str) -> Mapping[str, str] | None:
    """Who gets a report (`name`), and the link that takes `message` there (`url`); None where metadata.yml names nobody."""
    to = setting(datasette, "report")
    if not to:
        return None
    if is_mail(to):
        body = message if len(message) <= _LONGEST else f"{message[: _LONGEST - 1]}…"
        return {"name": to, "url": f"mailto:{quote(to, safe='@')}?subject={quote(subject)}&body={quote(body)}", "by": "mail"}
    return {"name": urlsplit(to).netloc, "url": to, "by": "web"}
