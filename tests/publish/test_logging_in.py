"""Editors log in by a password (datasette-auth-passwords)."""

import re
from http.cookies import SimpleCookie

import pytest
import yaml
from markup import what_could_run

from quotes.publish.metadata import load_metadata, metadata_path
from quotes.publish.server import site

passwords = pytest.importorskip("datasette_auth_passwords.utils")
pytestmark = pytest.mark.asyncio


@pytest.fixture
def datasette(db, tmp_path):
    settings = load_metadata(metadata_path())
    account = {"anna_password_hash": passwords.hash_password("a long password", iterations=1_000)}
    settings["plugins"] = {"datasette-auth-passwords": account, "quotes": {"editors": {"id": "anna"}}}
    path = tmp_path / "metadata.yml"
    path.write_text(yaml.safe_dump(settings), "utf-8")
    return site(db, metadata=path)


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


async def test_where_nobody_has_an_account_no_page_leads_to_the_log_in(db):
    assert "/-/login" not in (await site(db, metadata=metadata_path()).client.get("/quotes/search")).text
