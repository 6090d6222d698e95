"""What a page may load and send, told to the browser with every answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

#: Scripts and styles come from files of this host alone: nothing that stands in a page runs. Only `style="…"`, which Datasette's own tables
#: use for a colour, is let through; it cannot load anything.
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

#: For pages of Datasette's own that stand beside another database: they have scripts within them.
LENIENT = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

_OTHERS = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin"), (b"cross-origin-opener-policy", b"same-origin"))


def with_headers(app: Any, policy_of: Callable[[str], str | None]) -> Any:
    """The application with the policy in each of its answers; `policy_of` gives it for a path, or None where the page is none of ours."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        policy = policy_of(scope["path"]) if scope["type"] == "http" else None
        if policy is None:
            await app(scope, receive, send)
            return
        added = [(b"content-security-policy", policy.encode()), *_OTHERS]

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers") or [])
                present = {name.lower() for name, _ in headers}
                message = {**message, "headers": headers + [each for each in added if each[0] not in present]}
            await send(message)

        await app(scope, receive, send_with_headers)

    return answer
