"""Around every request: what it may be at most, so that one visitor cannot hold up the others, and what a page may load and send.

And around each of our views: for how long a browser or a proxy may reuse its answer.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from quotes.publish.database import FRESH, our_databases, ours_alone, state_of, visit_of

METHODS = ("GET", "HEAD", "OPTIONS", "POST")

#: Arguments of an address, bytes of them, and bytes of a form. A page of ours takes a dozen arguments; a long SQL query is below 16 KB.
ARGUMENTS, QUERY, FORM = 200, 16_384, 65_536

#: Scripts and styles come from files of this host alone: nothing that stands in a page runs. Only `style="…"`, which Datasette's own tables
#: use for a colour, is let through; it cannot load anything.
_CONTENT = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    b"font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_POLICY = (
    (b"content-security-policy", _CONTENT),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)

#: Seconds for which an answer is reused without asking again.
MAX_AGE = 60

# Pages hang on the program, its templates and its settings too, which change with a new start only.
_STARTED = time.time_ns()


def bounded(app: Any) -> Any:
    """The application, which sees no request that is more than is taken."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        query, taken = scope.get("query_string") or b"", 0
        if scope["method"] not in METHODS:
            refused = Response.text("This method is not allowed here", status=405, headers={"allow": ", ".join(METHODS)})
            await refused.asgi_send(send)
            return
        if len(query) > QUERY or query.count(b"&") + query.count(b";") >= ARGUMENTS:
            words = f"Too long an address: at most {ARGUMENTS} arguments and {QUERY} bytes are taken"
            await Response.text(words, status=414).asgi_send(send)
            return

        async def receive_bounded() -> Any:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body") or b"")
            # Cut off, a form lacks its token and is refused.
            return message if taken <= FORM else {"type": "http.request", "body": b"", "more_body": False}

        await app(scope, receive_bounded, send)

    return answer


def with_policy(app: Any, datasette: Any) -> Any:
    """The application with the policy in each answer of ours: in all where the site serves nothing else, else in those of our databases."""

    def ours(path: str) -> bool:
        first = path.removeprefix(datasette.setting("base_url")).lstrip("/").split("/")[0].split(".")[0]
        return ours_alone(datasette) or first in {datasette.databases[name].route for name in our_databases(datasette)}

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        async def send_with_policy(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers") or [])
                present = {name.lower() for name, _ in headers}
                message = {**message, "headers": headers + [each for each in _POLICY if each[0] not in present]}
            await send(message)

        await app(scope, receive, send_with_policy if scope["type"] == "http" and ours(scope["path"]) else send)

    return answer


def cached(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view of Datasette's out of one of ours, which answers a Visit.

    What it answers to readers without an account, a browser or a proxy may reuse while the database stays as it is.
    To all others Datasette answers `private, no-store`.
    """

    async def answer(request: Any, datasette: Any) -> Any:
        headers, visit = {}, await visit_of(request, datasette)  # what may not be seen is not said to be unchanged either
        if request.method in ("GET", "HEAD") and not request.actor and not {"cookie", "authorization"} & set(request.headers):
            headers = _cache_headers(request, visit.path)
            if headers.get("etag") in [each.strip() for each in request.headers.get("if-none-match", "").split(",")]:
                return Response("", status=304, headers=headers)
        response = await view(visit)
        if response.status == 200:
            response.headers = {**headers, **response.headers}
        return response

    return answer


def _cache_headers(request: Any, path: Path) -> dict[str, str]:
    """How long an answer holds, and a name for it that changes with the database.

    Without the name while the database is being written, and for as long as counts may lag behind what was written just now.
    """
    state = state_of(path)
    if time.time() - max(state[::2], default=0) / 1e9 < FRESH + 1:
        return {"cache-control": "no-cache"}
    # Citations hold the day.
    named = f"{_STARTED} {state} {time.strftime('%F')} {request.host} {request.full_path}"
    return {"cache-control": f"public, max-age={MAX_AGE}", "etag": f'W/"{hashlib.sha256(named.encode()).hexdigest()[:32]}"'}
