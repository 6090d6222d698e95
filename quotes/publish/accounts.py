"""Logging in by a password, around datasette-auth-passwords: passwords are hashed in a thread of their own, wrong ones are counted, and an
unknown name takes as long as a wrong password."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from weakref import WeakKeyDictionary

from datasette.utils.asgi import NotFound, Response

#: Wrong passwords that one client may give for one name within WINDOW seconds, before it has to wait.
ATTEMPTS, WINDOW = 5, 300.0

# Clients remembered with wrong passwords, and right passwords that are not hashed again at each request.
_MOST = 10_000

_CONFIG = "datasette-auth-passwords"
_SUFFIX = "_password_hash"

# One thread, so that guessing passwords takes no more than one core.
_hashing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="quotes-passwords")


class TooManyAttempts(Exception):
    """A client gave too many wrong passwords for one name."""


class Accounts:
    """The accounts of one site. `clock` gives seconds that never go back."""

    def __init__(self, config: Mapping[str, Any], clock: Callable[[], float] = time.monotonic) -> None:
        self.hashes = {name.removesuffix(_SUFFIX): str(value) for name, value in config.items() if name.endswith(_SUFFIX) and value}
        self._actors: Mapping[str, Any] = config.get("actors") or {}
        self._clock = clock
        self._failures: dict[tuple[str, str], list[float]] = {}
        self._right: dict[str, None] = {}

    async def actor(self, client: str, name: str, password: str) -> dict[str, Any] | None:
        """Who logs in so, None where name or password is wrong; raises TooManyAttempts."""
        failures = [each for each in self._failures.get((client, name), ()) if each > self._clock() - WINDOW]
        if len(failures) >= ATTEMPTS:
            raise TooManyAttempts
        proof = hashlib.sha256("\0".join((name, password, self.hashes.get(name, ""))).encode("utf-8", "replace")).hexdigest()
        if proof not in self._right and not await asyncio.get_running_loop().run_in_executor(_hashing, self._verified, name, password):
            # Others may have failed while this one was hashed.
            _remember(self._failures, (client, name), [*self._failures.get((client, name), ()), self._clock()][-ATTEMPTS:])
            return None
        _remember(self._right, proof, None)
        self._failures.pop((client, name), None)
        return self._actors.get(name) or {"id": name}

    def _verified(self, name: str, password: str) -> bool:
        from datasette_auth_passwords.utils import verify_password

        # Somebody else's hash takes as long as one's own.
        known = self.hashes.get(name)
        right = verify_password(password, known or next(iter(self.hashes.values()), ""))
        return bool(known) and bool(right)


def _remember(known: dict[Any, Any], key: Any, value: Any) -> None:
    known[key] = value
    if len(known) > _MOST:
        known.pop(next(iter(known)))


_accounts: WeakKeyDictionary[Any, Accounts] = WeakKeyDictionary()


def accounts_of(datasette: Any) -> Accounts:
    """The accounts that metadata.yml names; none without datasette-auth-passwords."""
    if datasette not in _accounts:
        _accounts[datasette] = Accounts(datasette.plugin_config(_CONFIG) or {})
    return _accounts[datasette]


def _client(scope: Any) -> str:
    return str((scope.get("client") or ("",))[0])


async def log_in(request: Any, datasette: Any) -> Any:
    """`/-/login`: the form, and what it sends."""
    accounts, error, status = accounts_of(datasette), None, 200
    if request.method == "POST":
        given = await request.post_vars()
        name, password = given.get("username") or "", given.get("password") or ""
        try:
            actor = await accounts.actor(_client(request.scope), name, password)
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
        credentials = _credentials(scope) if scope["type"] == "http" else None
        if credentials is None:
            await app(scope, receive, send)
            return
        try:
            actor = await accounts_of(datasette).actor(_client(scope), *credentials)
        except TooManyAttempts:
            await Response.text("Too many wrong passwords", status=429).asgi_send(send)
            return
        # Where the whole site asks for a password, the plugin looks at it again, but at right ones only.
        whole = bool((datasette.plugin_config(_CONFIG) or {}).get("http_basic_auth")) and actor is not None
        headers = [each for each in scope["headers"] if whole or each[0] != b"authorization"]
        await app({**scope, "headers": headers, "actor": actor or scope.get("actor")}, receive, send)

    return answer


def _credentials(scope: Any) -> tuple[str, str] | None:
    """The name and the password that come with a request, None where none do."""
    given = dict(scope["headers"]).get(b"authorization", b"")
    if not given.lower().startswith(b"basic "):
        return None
    try:
        name, _, password = base64.b64decode(given[6:]).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password
