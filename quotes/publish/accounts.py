"""Logging in by a password, around datasette-auth-passwords: passwords are hashed in a thread, and wrong ones are counted."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from datasette.utils.asgi import NotFound, Response

#: Wrong passwords that one client may give for one name within WINDOW seconds, before it has to wait.
ATTEMPTS, WINDOW = 5, 300.0

# Clients remembered with wrong passwords, and right passwords that are not hashed again at each request.
_MOST = 10_000

_CONFIG = "datasette-auth-passwords"
_SUFFIX = "_password_hash"


class TooManyAttempts(Exception):
    """A client gave too many wrong passwords for one name."""


class Accounts:
    """The accounts of one site. `clock` gives seconds that never go back."""

    def __init__(self, config: Mapping[str, Any], clock: Callable[[], float] = time.monotonic) -> None:
        self.hashes = {name.removesuffix(_SUFFIX): str(value) for name, value in config.items() if name.endswith(_SUFFIX) and value}
        self._actors: Mapping[str, Any] = config.get("actors") or {}
        self._clock = clock
        self._failures: dict[tuple[str, str], list[float]] = {}
        self._right: set[str] = set()
        self._hashing = asyncio.Lock()  # so that guessing passwords takes no more than one core

    async def actor(self, client: str, name: str, password: str) -> dict[str, Any] | None:
        """Who logs in so, None where name or password is wrong; raises TooManyAttempts."""
        from datasette_auth_passwords.utils import verify_password

        key, known = (client, name), self.hashes.get(name, "")
        self._failures_of(key)
        proof = hashlib.sha256("\0".join((name, password, known)).encode("utf-8", "replace")).hexdigest()
        if proof not in self._right:
            async with self._hashing:
                failures = self._failures_of(key)  # others may have failed while this one waited
                # Somebody else's hash takes as long as one's own, so that the time does not tell which names exist.
                right = await asyncio.to_thread(verify_password, password, known or next(iter(self.hashes.values()), ""))
                if not (known and right):
                    self._failures[key] = [*failures, self._clock()]
                    return None
            self._right.add(proof)
        self._failures.pop(key, None)
        return self._actors.get(name) or {"id": name}

    def _failures_of(self, key: tuple[str, str]) -> list[float]:
        """When a client gave wrong passwords for a name of late; raises TooManyAttempts."""
        for kept in (self._failures, self._right):
            if len(kept) >= _MOST:
                kept.clear()
        failures = [each for each in self._failures.get(key, ()) if each > self._clock() - WINDOW]
        if len(failures) >= ATTEMPTS:
            raise TooManyAttempts
        return failures


def _client(scope: Any) -> str:
    return str((scope.get("client") or ("",))[0])


@lru_cache(8)
def accounts_of(datasette: Any) -> Accounts:
    """The accounts that metadata.yml names; none without datasette-auth-passwords."""
    return Accounts(datasette.plugin_config(_CONFIG) or {})


async def log_in(request: Any, datasette: Any) -> Any:
    """`/-/login`: the form, and what it sends."""
    error, status = None, 200
    if request.method == "POST":
        given = await request.post_vars()
        try:
            actor = await accounts_of(datasette).actor(_client(request.scope), given.get("username") or "", given.get("password") or "")
        except TooManyAttempts:
            error, status = f"Too many wrong passwords: try again in {WINDOW / 60:.0f} minutes", 429
        else:
            if actor is not None:
                response = Response.redirect(datasette.urls.path("/"))
                response.set_cookie("ds_actor", datasette.sign({"a": actor}, "actor"))
                return response
            error = "Invalid username or password"
    return Response.html(await datasette.render_template("password_login.html", {"error": error}, request=request), status=status)


async def not_here(request: Any) -> Any:
    """`/-/password-tool` would hash for anybody, at the cost of everybody; `/-/metadata` would show hashes and other secrets."""
    raise NotFound(f"There is no page {request.path} on this site")


def with_accounts(app: Any, datasette: Any) -> Any:
    """The application, which is given the actor of a password that comes with a request (HTTP Basic, RFC 7617) instead of the password."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        given = dict(scope["headers"]).get(b"authorization", b"") if scope["type"] == "http" else b""
        if not given.lower().startswith(b"basic "):
            await app(scope, receive, send)
            return
        try:
            name, _, password = base64.b64decode(given[6:]).decode("utf-8").partition(":")
            actor = await accounts_of(datasette).actor(_client(scope), name, password)
        except (binascii.Error, UnicodeDecodeError):
            actor = None
        except TooManyAttempts:
            await Response.text("Too many wrong passwords", status=429).asgi_send(send)
            return
        # Where the whole site asks for a password, the plugin looks at it again, but at right ones only.
        whole = bool((datasette.plugin_config(_CONFIG) or {}).get("http_basic_auth")) and actor is not None
        headers = [each for each in scope["headers"] if whole or each[0] != b"authorization"]
        await app({**scope, "headers": headers, "actor": actor or scope.get("actor")}, receive, send)

    return answer
