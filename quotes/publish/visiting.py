"""Visitors for whom a page hangs on its address and the database alone, and our pages answered to them without Datasette's own steps.

Datasette asks of each visitor who it is and what it may do, looks for a token against forged forms and for messages left over, and finds
out what each page wants to be told. For whoever sends neither a cookie nor a password, the answers are known before, unless another plugin
has a say; and they take as long as the database takes for many a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from datasette.utils.asgi import Request

from quotes.publish.others import others_have_a_say

#: What a request says of itself that came from anybody.
ANYBODY = "quotes.anybody"

#: A page by the pattern of its address, whose group `database` is the first part of the path, with what answers it.
Page = tuple[re.Pattern[str], Callable[..., Any]]

#: The hooks by which a plugin can show one visitor or moment something else than another.
_SAY = (
    *("actor_from_request", "permission_allowed", "asgi_wrapper", "get_metadata", "extra_template_vars", "prepare_jinja2_environment"),
    *("menu_links", "extra_css_urls", "extra_js_urls", "extra_body_script", "prepare_connection"),
)

# What Datasette says with every page that a cookie or a password may change.
_VARY = (b"vary", b"Cookie, Authorization")


def is_anybody(scope: Any) -> bool:
    """Whether whoever asks would be shown what anybody is shown who has not logged in, and only wants to read."""
    if scope["type"] != "http" or scope["method"] != "GET" or "actor" in scope or others_have_a_say(*_SAY):
        return False
    return not any(name in (b"cookie", b"authorization") for name, _ in scope["headers"])


def address_of(scope: Any, base_url: str) -> str:
    """The path that was asked for, as it was written, below where the site begins."""
    path = scope.get("raw_path") or scope["path"].encode()
    return "/" + str(path.decode("ascii", "replace")).partition("?")[0].removeprefix(base_url.rstrip("/")).lstrip("/")


class Straight:
    """The application, which answers anybody's request for one of `pages` by what answers it; everything else is Datasette's to answer."""

    def __init__(self, app: Any, datasette: Any, pages: Sequence[Page]) -> None:
        self._app = app
        self._datasette = datasette
        self._pages = pages
        self._base_url = datasette.setting("base_url")
        self._scheme = {"scheme": "https"} if datasette.setting("force_https_urls") else {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer as an ASGI application does."""
        response = await self._response(scope, receive) if is_anybody(scope) else None
        if response is None:
            await self._app(scope, receive, send)
            return

        async def send_as_datasette(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], _VARY]}
            await send(message)

        await response.asgi_send(send_as_datasette)

    async def _response(self, scope: Any, receive: Any) -> Any:
        """The answer; None where there is none, or where making it fails, which Datasette then sees, and tells as it always does."""
        address = address_of(scope, self._base_url)
        for pattern, view in self._pages:
            found = pattern.match(address)
            if found:
                given: dict[str, Any] = {ANYBODY: True, "actor": None, "csrftoken": _no_form}
                given |= {"url_route": {"kwargs": found.groupdict()}, "route_path": address}
                try:
                    return await view(Request({**scope, **self._scheme, **given}, receive), self._datasette, receive, None)
                except Exception:
                    return None
        return None


def _no_form() -> NoReturn:
    raise LookupError("a form that writes is Datasette's to protect")
