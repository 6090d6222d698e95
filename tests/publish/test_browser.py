"""The site in a real browser. Run apart from the rest: `pytest -m browser`."""

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pandas as pd
import pytest
import yaml
from newsroom import bridge

from quotes.publish.metadata import load_metadata, metadata_path
from quotes.store import Store

pytestmark = pytest.mark.browser

SETTINGS = load_metadata(metadata_path())["databases"]["quotes"]
ARTICLE = f"/quotes/article/{bridge()[0].id}"
PAGES = [
    *("/", "/quotes", "/quotes/search?q=river", "/quotes/speaker", "/quotes/institution", "/quotes/topic", "/quotes/compare"),
    *(
        "/quotes/data",
        "/quotes/data/dictionary",
        "/quotes/data/codebook",
        "/quotes?sql=select+1",
        ARTICLE,
        "SPEAKER",
        "INSTITUTION",
        "TOPIC",
        "SIDES",
        "REPORT",
        "IDENTITY",
    ),
    *(f"/quotes/{name}" for name in ("quotes_browse", "speakers_browse", "articles_browse", "articles", "quotes", "article_versions")),
]
QUESTIONS = [f"/quotes/{name}" for name in list(SETTINGS["queries"])[:2]]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}

_SERVE = """
import sys
from pathlib import Path
from quotes.publish.server import serve
serve(Path(sys.argv[1]), port=0, metadata=Path(sys.argv[2]), open_browser=False, on_ready=lambda address: print(address, flush=True))
"""


@contextlib.contextmanager
def serving(db, metadata):
    command = [sys.executable, "-c", _SERVE, str(db), str(metadata)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        address = running.stdout.readline().strip().rstrip("/")
        # What Datasette prints of errors would fill the pipe, and stop the site.
        threading.Thread(target=running.stdout.read, daemon=True).start()
        yield address
        running.terminate()


@pytest.fixture(scope="module")
def address(db):
    with serving(db, metadata_path()) as address:
        yield address


@pytest.fixture
def edited(db, tmp_path):
    """The address of a site of its own, where Anna, whose password is “a long password”, corrects."""
    passwords = pytest.importorskip("datasette_auth_passwords.utils")
    settings = load_metadata(metadata_path())
    account = {"anna_password_hash": passwords.hash_password("a long password", iterations=1_000)}
    settings["plugins"] = {"datasette-auth-passwords": account, "quotes": {"editors": {"id": "anna"}}}
    metadata = tmp_path / "metadata.yml"
    metadata.write_text(yaml.safe_dump(settings), "utf-8")
    with serving(shutil.copy(db, tmp_path / "quotes.db"), metadata) as address:
        yield address


@pytest.fixture(scope="module")
def named(db):
    """The pages whose addresses hang on what is in the database."""
    with Store.open(db, create=False) as store:
        first = {
            table: store.db.execute(f"select id from {table} order by quotes desc, id limit 2").fetchall()
            for table in ("speakers", "institutions", "topics")
        }
        (quote,) = store.db.execute("select id from quotes order by id limit 1").fetchone()
    (one,), (other,) = first["speakers"]
    return {
        "SPEAKER": f"/quotes/speaker/{one}",
        "INSTITUTION": f"/quotes/institution/{first['institutions'][0][0]}",
        "TOPIC": f"/quotes/topic/{first['topics'][0][0]}",
        "SIDES": f"/quotes/compare?speaker={one}&other={other}",
        "REPORT": f"/quotes/report/{quote}?action=speaker&right=Somebody",
        "IDENTITY": f"/quotes/identity/{one}?action=merge&other={other}",
    }


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


@contextlib.contextmanager
def watched(chromium, size, address):
    """A page that records what goes wrong and where requests go; at the end, nothing may have."""
    faults, hosts = [], set()
    page = chromium.new_page(viewport=SIZES[size], base_url=address)
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda made: hosts.add(made.url.split("/")[2]))
    yield page
    page.close()
    assert faults == []
    assert hosts == {address.removeprefix("http://")}


@pytest.fixture(params=list(SIZES))
def tab(request, chromium, address):
    with watched(chromium, request.param, address) as page:
        yield page


def faults_of_access(page, rules=None):
    """What axe finds that is serious, by these rules or by all: the rule, and where."""
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [(each["id"], each["nodes"][0]["html"][:160]) for each in found if each["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("size", list(SIZES))
def test_every_page_opens_without_an_error_and_is_no_wider_than_the_screen(chromium, address, named, size):
    some = [*PAGES, *QUESTIONS] if size == "phone" else ["/", ARTICLE, "SPEAKER", "/quotes/quotes_browse", "/quotes/articles"]
    faults = {}
    with watched(chromium, size, address) as page:
        for where in some:
            status = page.goto(named.get(where, where)).status
            wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            if status != 200 or wide or page.locator(".message-error").count():
                faults[where] = (status, "too wide" if wide else "an error")

    assert faults == {}


#: One page of each kind: lists, tables and questions each come out of one template.
KINDS = [each for each in PAGES[:18] if each not in ("/quotes/institution", "/quotes/topic", "/quotes/data/dictionary")]
KINDS += ["/quotes/quotes_browse", QUESTIONS[0]]


def test_axe_finds_no_serious_fault_in_light_or_dark(chromium, address, named):
    axe = Path(pytest.importorskip("axe_core_python").__file__).parent / "axe.min.js"
    page = chromium.new_page(viewport=SIZES["desktop"], base_url=address, reduced_motion="reduce")
    faults = {}
    for where in KINDS:
        page.goto(named.get(where, where))
        page.evaluate(axe.read_text("utf-8"))
        # In the dark, nothing but the colours is another.
        for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
            page.emulate_media(color_scheme=scheme)
            if found := faults_of_access(page, rules):
                faults[where, scheme] = found
    page.close()

    assert faults == {}


def test_the_policy_keeps_a_script_within_the_page_from_running(chromium, address):
    page = chromium.new_page(base_url=address)
    page.goto("/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.owned=1\">')")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.owned=1'}))")
    page.wait_for_timeout(100)

    assert page.evaluate("window.owned") is None
    page.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("size", list(SIZES))
def test_a_reader_finds_what_somebody_said_checks_it_and_leaves_with_the_csv(chromium, address, size, scripts, tmp_path):
    """The walk: from the front page to the words, to the article, along the speaker, and away with the rows."""
    context = chromium.new_context(viewport=SIZES[size], base_url=address, java_script_enabled=scripts, accept_downloads=True)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Search for words, names, titles, institutions and topics").fill("valdés waited")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="1 quote for “valdés waited”").wait_for()
    assert page.locator(".quotes-hit mark").all_inner_texts() == ["waited"]

    page.get_by_role("link", name="Bridge at Tarn Hollow to close").first.click()
    page.wait_for_url("**/quotes/article/*")
    assert page.locator(":target + mark").inner_text() == "“We have waited ten years for this,”"
    page.get_by_role("link", name="Ines Okoro-Valdés 4").click()
    page.locator("mark.quotes-followed").first.wait_for()
    assert page.locator(".quotes-notes li.quotes-followed").count() == 4

    page.locator(".quotes-notes li.quotes-followed").first.get_by_role("link", name="Ines Okoro-Valdés", exact=True).click()
    page.wait_for_url("**/quotes/speaker/*")
    with page.expect_download() as download:
        page.locator(".quotes-take").get_by_role("link", name="CSV", exact=True).click()
    download.value.save_as(tmp_path / "quotes.csv")
    rows = pd.read_csv(tmp_path / "quotes.csv")
    assert len(rows) == rows.id.nunique() == 4
    assert set(rows.speaker) == {"Ines Okoro-Valdés"}
    context.close()


def test_names_are_suggested_and_taken_by_keyboard(tab):
    tab.goto("/")
    box = tab.get_by_label("Search for words, names, titles, institutions and topics")
    box.press_sequentially("tolle")
    tab.get_by_role("option", name="Bram Tollefsen").wait_for()
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant")
    box.press("Enter")
    tab.wait_for_url("**/quotes/speaker/*")

    assert tab.locator("h1").inner_text() == "Bram Tollefsen"


def test_a_speaker_is_followed_by_keyboard(tab):
    tab.goto(ARTICLE)
    tab.keyboard.press("n")
    tab.keyboard.press("n")
    assert tab.evaluate("document.activeElement.textContent") == "2"
    tab.get_by_role("link", name="Bram Tollefsen 2").first.click()
    assert tab.locator("mark.quotes-followed").count() > 1
    tab.keyboard.press("Escape")

    assert tab.locator("mark.quotes-followed").count() == 0


def test_a_question_is_asked_and_answered(tab):
    tab.goto("/")
    tab.get_by_role("link", name="What did X say about Y?").click()
    tab.get_by_label("Speaker").fill("Okoro Valdes")
    tab.get_by_label("About").fill("waited")
    with tab.expect_navigation(url="**about=waited**"):
        tab.get_by_role("button", name="Search", exact=True).click()

    assert tab.locator("td.col-text").all_inner_texts() == ["“We have waited ten years for this,” … “Nobody will be sorry.”"]


def test_the_note_of_a_quote_and_the_quote_lead_to_one_another_by_keyboard(tab):
    tab.goto(ARTICLE)
    tab.get_by_role("link", name="Quote 4, mixed, Bram Tollefsen").focus()
    tab.keyboard.press("Enter")
    assert "chief engineer, Senn River Authority" in tab.locator("li:target").inner_text()
    tab.get_by_role("link", name="To quote 4 in the text").focus()
    tab.keyboard.press("Enter")

    assert tab.locator(":target + mark").inner_text().startswith("the closure “a matter")


def test_on_a_wide_screen_notes_stand_beside_the_text_and_on_a_phone_beneath_it(tab):
    tab.goto(ARTICLE)
    text, note = (tab.locator(f".quotes-paragraph {part}").first.bounding_box() for part in ("h1", ".quotes-notes"))
    beside = note["x"] >= text["x"] + text["width"]

    assert beside == (tab.viewport_size["width"] > 800)
    assert beside or note["y"] >= text["y"] + text["height"] - 1


@pytest.mark.parametrize("size", list(SIZES))
def test_an_editor_logs_in_puts_a_title_right_sees_it_in_force_and_logs_out(chromium, edited, size):
    with watched(chromium, size, edited) as page:
        page.goto("/")
        page.get_by_role("link", name="Log in").click()
        page.get_by_label("Username").fill("anna")
        page.get_by_label("Password").fill("a wrong password")
        page.get_by_role("button", name="Log in").click()
        assert page.get_by_role("alert").inner_text() == "Invalid username or password"
        assert page.get_by_role("button", name="Log out").count() == 0

        page.get_by_label("Username").fill("anna")
        page.get_by_label("Password").fill("a long password")
        page.get_by_role("button", name="Log in").click()
        page.get_by_text("anna", exact=True).wait_for()
        page.goto(ARTICLE)
        page.get_by_role("link", name="report a mistake in quote 4").click()
        page.get_by_label("What is wrong?").select_option("The speaker’s title is wrong or missing")
        page.get_by_label("What would be right?").fill("director of bridges")
        page.get_by_label("Why?").fill("It is printed so")
        page.get_by_role("button", name="Correct it").click()

        page.wait_for_url("**/quotes/article/*")
        note = page.locator(".quotes-notes li", has=page.get_by_label("To quote 4 in the text"))
        assert "director of bridges, Senn River Authority" in note.inner_text()
        assert "corrected" in note.inner_text()

        page.get_by_role("button", name="Log out").click()
        page.get_by_role("link", name="Log in").wait_for()
        page.goto(ARTICLE)
        page.get_by_role("link", name="report a mistake in quote 4").click()
        page.get_by_role("button", name="Continue").wait_for()
        assert page.get_by_role("button", name="Correct it").count() == 0
