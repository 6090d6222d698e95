"""The site in a real browser. Run apart from the rest: `pytest -m browser`."""

import os
import shutil
import subprocess
import sys

import pytest
from newsroom import bridge

from quotes.publish.metadata import load_metadata, metadata_path

pytestmark = pytest.mark.browser

SETTINGS = load_metadata(metadata_path())["databases"]["quotes"]
ARTICLE = f"/quotes/article/{bridge()[0].id}"
PAGES = ["/", "/quotes", "/-/search?q=river", ARTICLE, *(f"/quotes/{name}" for name in SETTINGS["tables"]), "/quotes?sql=select+1"]
QUESTIONS = [f"/quotes/{name}" for name in SETTINGS["queries"]]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}

_SERVE = """
import sys
from pathlib import Path
from quotes.publish.server import serve
serve(Path(sys.argv[1]), port=0, metadata=Path(sys.argv[2]), open_browser=False, on_ready=lambda address: print(address, flush=True))
"""


@pytest.fixture(scope="module")
def address(db):
    command = [sys.executable, "-c", _SERVE, str(db), str(metadata_path())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        yield running.stdout.readline().strip().rstrip("/")
        running.terminate()


@pytest.fixture(scope="module")
def chromium():
    sync_api = pytest.importorskip("playwright.sync_api")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on the path; name one in the variable CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=list(SIZES))
def tab(request, chromium, address):
    """A page that records what goes wrong and where requests go; after the test, nothing may have."""
    faults, hosts = [], set()
    page = chromium.new_page(viewport=SIZES[request.param], base_url=address)
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda made: hosts.add(made.url.split("/")[2]))
    yield page
    page.close()
    assert faults == []
    assert hosts == {address.removeprefix("http://")}


@pytest.mark.parametrize("where", [*PAGES, *QUESTIONS])
def test_every_page_and_question_opens_without_an_error(tab, where):
    assert tab.goto(where).status == 200
    assert tab.locator(".message-error").count() == 0
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page is wider than the screen"


def test_a_reader_gets_from_the_front_page_to_a_quote_in_its_article(tab):
    tab.goto("/")
    tab.get_by_label("Search quotes, articles and names").fill("ten years")
    tab.keyboard.press("Enter")
    tab.get_by_role("link", name="We have waited ten years").click()
    tab.wait_for_url("**/quotes/article/*")

    assert tab.locator(":target + mark").inner_text() == "“We have waited ten years for this,”"
    assert tab.locator("h1").inner_text().startswith("Bridge at Tarn Hollow")


def test_a_question_is_asked_and_answered(tab):
    tab.goto("/")
    tab.get_by_role("link", name="What did X say about Y?").click()
    tab.get_by_label("Speaker").fill("Okoro Valdes")
    tab.get_by_label("About").fill("waited")
    with tab.expect_navigation(url="**about=waited**"):
        tab.get_by_role("button", name="Ask").click()

    assert tab.locator("td.col-text").all_inner_texts() == ["“We have waited ten years for this,” … “Nobody will be sorry.”"]


def test_the_note_of_a_quote_and_the_quote_lead_to_one_another_by_keyboard(tab):
    tab.goto(ARTICLE)
    tab.get_by_role("link", name="Quote 4, mixed, Bram Tollefsen").focus()
    tab.keyboard.press("Enter")
    assert "chief engineer, Senn River Authority" in tab.locator("li:target").inner_text()
    tab.get_by_role("link", name="To quote 4 in the text").focus()
    tab.keyboard.press("Enter")

    assert tab.locator(":target + mark").inner_text().startswith("the closure “a matter")


def test_the_article_reads_without_scripts(chromium, address):
    context = chromium.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto(ARTICLE)

    assert page.locator("mark.quotes-mark").count() > 7
    assert page.locator(".quotes-notes li").count() == 7
    context.close()


def test_on_a_wide_screen_notes_stand_beside_the_text_and_on_a_phone_beneath_it(tab):
    tab.goto(ARTICLE)
    text, note = (tab.locator(f".quotes-paragraph {part}").first.bounding_box() for part in ("h1", ".quotes-notes"))
    beside = note["x"] >= text["x"] + text["width"]

    assert beside == (tab.viewport_size["width"] > 800)
    assert beside or note["y"] >= text["y"] + text["height"] - 1
