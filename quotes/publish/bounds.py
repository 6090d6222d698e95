"""What a request may be at most, so that one visitor cannot hold up the others: its method, its arguments, its body."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})

#: Arguments of an address, bytes of them, and bytes of a form. A page of ours takes a dozen arguments; a long SQL query is below 16 KB.
ARGUMENTS, QUERY, FORM = 200, 16_384, 65_536


def refused(scope: Any) -> Any:
    """The answer to a request that is more than is taken, else None."""
    if scope["method"] not in METHODS:
        return Response.text("This method is not allowed here", status=405, headers={"allow": ", ".join(sorted(METHODS))})
    query = scope.get("query_string") or b""
    if len(query) > QUERY or query.count(b"&") + query.count(b";") >= ARGUMENTS:
        return Response.text(f"Too long an address: at most {ARGUMENTS} arguments and {QUERY} bytes are taken", status=414)
    return None


def bounded(app: Any) -> Any:
    """The application, which sees no request that is more than is taken."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        response = refused(scope)
        if response is not None:
            await response.asgi_send(send)
            return
        taken = 0

        async def receive_bounded() -> Any:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body") or b"")
            # Cut off, a form lacks its token and is refused.
            return message if taken <= FORM else {"type": "http.request", "body": b"", "more_body": False}

        await app(scope, receive_bounded, send)

    return answer
