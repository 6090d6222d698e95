import re

import pytest
from newsroom import bridge

from quotes.errors import PublishError
from quotes.publish.metadata import contact, load_metadata, metadata_path
from quotes.publish.server import site
from quotes.store.schema import TABLES, VIEWS

ARTICLE = f"/quotes/article/{bridge()[0].id}"
SETTINGS = load_metadata(metadata_path())["databases"]["quotes"]


def test_every_table_has_a_title_and_nothing_that_the_schema_says_and_every_question_a_description():
    assert set(SETTINGS["tables"]) == {each.name for each in (*TABLES, *VIEWS)} | {"_sqlite_migrations"}
    for each in (*TABLES, *VIEWS):
        settings = SETTINGS["tables"][each.name]
        assert settings["title"]
        assert not {"description", "columns"} & set(settings)
    for question in SETTINGS["queries"].values():
        assert (question["title"][-1], question["description"][-1]) == ("?", ".")


def test_a_table_is_sorted_only_by_what_is_unique():
    """Datasette loses and repeats rows when it pages a table by a column with ties or with empty cells."""
    for table in TABLES:
        settings = SETTINGS["tables"][table.name]
        sorted_by = {settings.get("sort"), settings.get("sort_desc"), *settings["sortable_columns"]} - {None}
        assert not [name for name in sorted_by if not table[name].unique and table.names[: table.keys] != (name,)]


def test_a_view_is_searched_through_the_index_declared():
    views = [(SETTINGS["tables"][view.name], view.search) for view in VIEWS if view.search]

    assert views
    assert all((settings["fts_table"], settings["fts_pk"]) == (index, "id") for settings, index in views)


def metadata(tmp_path, words):
    path = tmp_path / "metadata.yml"
    path.write_text(f"plugins: {{quotes: {{{words}}}}}", "utf-8")
    return path


def test_the_metadata_of_the_current_folder_comes_first(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "metadata.yml").write_text("title: Ours")
    (tmp_path / "other.yml").write_text("title: Another")

    assert load_metadata() == {"title": "Ours"}
    assert load_metadata(tmp_path / "other.yml") == {"title": "Another"}


def test_without_one_in_the_current_folder_the_packaged_one_holds(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert load_metadata()["databases"]["quotes"] == SETTINGS


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "it is not YAML"),
        ("- a", "it holds no settings"),
        ("", "it holds no settings"),
        ("databases: {quotes: {tables: {qoutes: {}}}}", "there is no table or view qoutes"),
        ("databases: {quotes: {tables: {quotes: {facets: [kindd]}}}}", "quotes has no column kindd: correct the name under `facets:`"),
        ("databases: {quotes: {tables: {quotes: {facets: [{array: flags}]}}}}", "quotes has no column flags"),
        ("databases: {quotes: {tables: {quotes: {sort_desc: date}}}}", "quotes has no column date"),
        ("databases: {quotes: {tables: [quotes]}}", "`tables:` should hold names"),
    ],
)
def test_metadata_that_would_break_a_page_is_refused_with_the_name(tmp_path, text, message):
    path = tmp_path / "metadata.yml"
    path.write_text(text)
    with pytest.raises(PublishError, match=message) as raised:
        load_metadata(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert "\n" not in str(raised.value)


def test_a_missing_or_unreadable_file_is_said(tmp_path):
    (tmp_path / "latin.yml").write_bytes("title: café".encode("latin-1"))
    for name, message in (("none.yml", "it cannot be read"), ("latin.yml", "it is not YAML in UTF-8")):
        with pytest.raises(PublishError, match=message):
            load_metadata(tmp_path / name)


@pytest.mark.asyncio
@pytest.mark.parametrize("page", [ARTICLE, "/quotes/data", "/quotes/data/quotes.atom"])
async def test_citations_and_feeds_carry_the_address_of_the_site(path, tmp_path, page):
    """Whatever host the page was asked of."""
    client = site(path, metadata=metadata(tmp_path, "address: 'https://quotes.example/'")).client
    text = (await client.get(page)).text

    assert "https://quotes.example/quotes/" in text
    assert not re.search("127.0.0.1|localhost", text)


@pytest.mark.asyncio
@pytest.mark.parametrize(("settings", "title"), [("title: Our quotes", "Our quotes"), ("source: us", "Who said what")])
async def test_the_data_are_cited_by_the_title_of_the_site(path, tmp_path, settings, title):
    (tmp_path / "metadata.yml").write_text(settings, "utf-8")

    assert f"“{title}”, in Who said what" in (await site(path, metadata=tmp_path / "metadata.yml").client.get("/quotes/data")).text


@pytest.mark.parametrize(
    "words", ["address: quotes.example", "address: 8", "report: nobody", "report: 'javascript:alert(1)'", "report: [a@b.example]"]
)
def test_an_address_that_is_none_is_refused_at_the_start(tmp_path, words):
    with pytest.raises(PublishError, match=r"address|report"):
        load_metadata(metadata(tmp_path, words))


def test_a_long_report_fits_a_mail_program():
    class Site:
        def plugin_config(self, name):
            return {"report": "editor@tarn.example"}

    assert len(contact(Site(), "Mistake", "word " * 5_000)["url"]) < 3_000
