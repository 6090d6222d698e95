"""Editors log in by a password (datasette-auth-passwords)."""

import re
from base64 import b64encode
from http.cookies import SimpleCookie

import pytest
import yaml
from markup import what_could_run

from quotes.publish.accounts import ATTEMPTS, WINDOW, Accounts, TooManyAttempts
from quotes.publish.hooks import asgi_wrapper
from quotes.publish.metadata import load_metadata, metadata_path
from quotes.publish.server import site

passwords = pytest.importorskip("datasette_auth_passwords.utils")
pytestmark = pytest.mark.asyncio


def opened(db, tmp_path, *, quotes=None, **account):
    """The site with an account of Anna's, and with the settings of this plugin."""
    account["anna_password_hash"] = passwords.hash_password("a long password", iterations=1_000)
    settings = load_metadata(metadata_path()) | {"plugins": {"datasette-auth-passwords": account, "quotes": quotes or {}}}
    path = tmp_path / "metadata.yml"
    path.write_text(yaml.safe_dump(settings), "utf-8")
    return site(db, metadata=path)


@pytest.fixture
def datasette(db, tmp_path):
    return opened(db, tmp_path, quotes={"editors": {"id": "anna"}})


async def log_in(datasette, name, password):
    """The answer to the form, sent as a browser sends it."""
    page = await datasette.client.get("/-/login")
    token = re.search(r'name="csrftoken" value="([^"]+)"', page.text)[1]
    return await datasette.client.post(
        "/-/login", data={"username": name, "password": password, "csrftoken": token}, cookies=dict(page.cookies)
    )


@pytest.mark.parametrize(
    ("name", "password"),
    [("anna", "a wrong password"), ("anna", ""), ("berta", "a long password"), ("", ""), ("anna_password_hash", "a long password")],
)
async def test_a_wrong_password_or_name_does_not_log_in(datasette, name, password):
    response = await log_in(datasette, name, password)

    assert "Invalid username or password" in response.text
    assert "ds_actor" not in response.headers.get("set-cookie", "")


async def test_the_right_password_makes_an_editor(datasette):
    response = await log_in(datasette, "anna", "a long password")
    cookies = {name: each.value for name, each in SimpleCookie(response.headers["set-cookie"]).items()}
    html = (await datasette.client.get("/quotes/search", cookies=cookies)).text

    assert (response.status_code, response.headers["location"]) == (302, "/")
    assert "Log out" in html
    assert "/-/login" not in html


async def test_the_page_to_log_in_on_has_no_style_within_it_and_says_nothing_of_who_has_an_account(datasette):
    html = (await datasette.client.get("/-/login")).text

    assert what_could_run(html) == []
    assert "<style" not in html
    assert "anna" not in html


@pytest.fixture
def behind_a_password(db, tmp_path):
    return opened(db, tmp_path, http_basic_auth=True)


@pytest.mark.parametrize("address", ["/", "/quotes/search", "/quotes/speaker", "/quotes/quotes.json"])
async def test_a_site_behind_a_password_shows_nothing_without_one(behind_a_password, address):
    client = behind_a_password.client
    known = {"authorization": f"Basic {b64encode(b'anna:a long password').decode()}"}

    for _ in range(2):
        assert (await client.get(address)).status_code == 401
        assert (await client.get(address, headers=known)).status_code == 200
    assert (await client.get(address)).status_code == 401


async def test_whichever_stands_around_the_other_the_password_is_asked_for_first(behind_a_password):
    asked = []

    async def asks_for_a_password(scope, receive, send):
        asked.append(scope["path"])

    async def send(message):
        pass

    await behind_a_password.invoke_startup()
    around = asgi_wrapper(behind_a_password)(asks_for_a_password)
    for _ in range(2):
        await around({"type": "http", "method": "GET", "path": "/quotes/speaker", "query_string": b"", "headers": []}, None, send)

    assert asked == ["/quotes/speaker"] * 2


async def test_after_some_wrong_passwords_a_client_has_to_wait(db, tmp_path):
    """For that name; the right one is not looked at any more."""
    datasette = opened(db, tmp_path)
    for _ in range(ATTEMPTS):
        assert (await log_in(datasette, "anna", "wrong")).status_code == 200
    last = await log_in(datasette, "anna", "a long password")

    assert (last.status_code, "Too many" in last.text) == (429, True)


async def test_wrong_passwords_are_forgotten_after_a_while(monkeypatch):
    """Not for good."""
    now = [0.0]
    monkeypatch.setattr(passwords, "verify_password", lambda password, known: password == "right")
    accounts = Accounts({"anna_password_hash": "a hash"}, clock=lambda: now[0])
    for _ in range(ATTEMPTS):
        await accounts.actor("here", "anna", "wrong")
    with pytest.raises(TooManyAttempts):
        await accounts.actor("here", "anna", "right")
    now[0] += WINDOW + 1

    assert await accounts.actor("here", "anna", "right") == {"id": "anna"}


@pytest.mark.parametrize("path", ["/-/password-tool", "/-/metadata", "/-/metadata.json"])
async def test_the_site_neither_hashes_passwords_nor_shows_hashes(db, datasette, path):
    """With accounts or without."""
    for each in (datasette, site(db, metadata=metadata_path())):
        assert (await each.client.get(path)).status_code == 404


async def test_a_password_with_a_request_makes_an_editor_too(datasette):
    """HTTP Basic, where the site itself asks for none."""
    known = {"authorization": f"Basic {b64encode(b'anna:a long password').decode()}"}

    assert (await datasette.client.get("/-/actor.json", headers=known)).json()["actor"] == {"id": "anna"}
    assert (await datasette.client.get("/-/actor.json", headers={"authorization": "Basic ###"})).json()["actor"] is None


async def test_an_unknown_name_takes_the_work_of_a_wrong_password(monkeypatch):
    hashed = []
    monkeypatch.setattr(passwords, "verify_password", lambda password, known: hashed.append(known))
    accounts = Accounts({"anna_password_hash": "a hash"})

    assert [await accounts.actor("client", name, "a wrong password") for name in ("anna", "berta")] == [None, None]
    assert hashed == ["a hash", "a hash"]
