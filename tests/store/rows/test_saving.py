import sqlite3

import pytest
from newsroom import archive, bridge, person, quote, rows, span

from quotes.errors import StoreError
from quotes.records import Affiliation, Article, Quote, Speaker
from quotes.store import Saved, Store, stored


def names(store, table="speakers"):
    return {name for (name,) in store.db.execute(f"select name from {table}")}


def test_an_article_is_stored_with_all_that_belongs_to_it(store):
    article, quotes = bridge()

    assert store.save(article, quotes, extractor="rules 1") is Saved.ADDED
    assert store.counts().items() >= {"articles": 1, "speakers": 3, "institutions": 1, "quotes": 7, "affiliations": 2}.items()
    assert store.db.execute("select acronym from institutions").fetchone() == ("SRA",)


def test_the_view_shows_a_quote_with_everything_beside_it(store):
    article, quotes = bridge()
    store.save(article, quotes, extractor="rules 1")
    row = next(store.db.query("select * from quotes_browse where kind = 'mixed'"))

    assert (row["speaker"], row["title"], row["institution"]) == ("Bram Tollefsen", "chief engineer", "Senn River Authority")
    assert (row["headline"], row["outlet"], row["cue"], row["url"]) == (article.title, article.outlet, "called", article.url)
    assert (row["role"], row["role_evidence"], row["past"], row["speaker_outlet"]) == ("expert", "chief engineer", 0, 0)
    assert [row[f"{part}_confidence"] for part in ("name", "title", "institution")] == [0.9, 0.8, 0.7]
    assert article.text[row["start"] : row["end"]] == row["text"]


def test_the_roles_of_a_speaker_are_gathered_without_what_is_unknown(store):
    store.save(*bridge(), extractor="rules 1")

    assert dict(store.db.execute("select name, roles from speakers_browse").fetchall()) == {
        "Bram Tollefsen": "expert",
        "Ines Okoro-Valdés": "politician",
        "ferry company": None,
    }


def test_lists_of_names_can_be_read_in_the_table(store):
    text = "Ada Kvist of Łódź Bank said it rains."
    rain(store, text, person(text, "Ada Kvist", None, "Łódź Bank"))
    store.save(*bridge(byline=("Odile Łukasik",)), extractor="rules 1")

    assert ('["Odile Łukasik"]',) in store.rows("select byline from articles")
    assert "łodz bank" in store.rows("select evidence from appearances where name = 'Ada Kvist'")[0][0]


def rain(store, text, speaker):
    """Stored: that somebody says that it rains."""
    store.save(Article(text=text), [quote(text, "it rains", kind="indirect", speaker=speaker)], extractor="rules 1")


def test_what_a_speaker_was_and_an_outlet_that_speaks_are_marked(store):
    text = "Ada Quill, once judge at Upland Court, said it rains."
    former = Affiliation("judge", "Upland Court", span(text, "judge"), span(text, "Upland Court"), past=True)
    rain(store, text, Speaker("Ada Quill", "person", (former,)))
    rain(store, "The Senn Courier reported that it rains.", Speaker("The Senn Courier", "organisation", role="journalist", outlet=True))

    marked = store.rows("select title, role, past, speaker_outlet from quotes order by past")
    assert marked == [(None, "journalist", 0, 1), ("judge", "unknown", 1, 0)]
    assert store.rows("select past from affiliations") == [(1,)]


def test_sorted_downwards_the_quotes_of_an_article_are_in_the_order_of_its_text(store):
    store.save(*bridge(), extractor="rules 1")
    starts = [start for (start,) in store.db.execute("select start from quotes order by sort_key desc")]

    assert starts == sorted(starts)


@pytest.mark.parametrize("text", ["\ufeffA line.\r\nAnother.\r\n", "a\rb\u2028c", "\U0001f600 é e\u0301", ""])
def test_the_text_comes_back_as_it_went_in(store, text):
    store.save(Article(text=text), [], extractor="rules 1")

    assert store.db.execute("select text from articles").fetchone() == (text,)


def test_the_same_again_changes_nothing(path):
    with Store.open(path, create=True) as store:
        assert [store.save(*each, extractor="rules 1") for each in archive(5, 6)] == [Saved.ADDED] * 5
        before = rows(store)
    content = path.read_bytes()
    with Store.open(path, create=True) as store:
        assert [store.save(*each, extractor="rules 1") for each in archive(5, 6)] == [Saved.UNCHANGED] * 5
        assert rows(store) == before

    assert path.read_bytes() == content


def test_another_extractor_replaces_the_quotes_and_removes_the_orphans(store):
    article, quotes = bridge()
    store.save(article, quotes, extractor="rules 1")
    kept = [each for each in quotes if each.speaker.name == "Ines Okoro-Valdés"]

    assert store.save(*bridge(path="copy.txt"), extractor="rules 1") is Saved.UNCHANGED
    assert store.save(article, kept, extractor="model 1") is Saved.REPLACED
    assert names(store) == {"Ines Okoro-Valdés"}
    assert store.counts().items() >= {"articles": 1, "speakers": 1, "institutions": 0, "quotes": 4, "affiliations": 1}.items()
    assert store.has(article.id, "model 1")
    assert not store.has(article.id, "rules 1")
    assert store.counts()["runs"] == 1
    assert len(store.rows("select rowid from quotes_fts where quotes_fts match 'closure OR years'")) == 1
    store.db.execute("insert into quotes_fts(quotes_fts, rank) values('integrity-check', 1)")


@pytest.mark.parametrize(
    ("printed", "speakers"),
    [(["JOSE NUNEZ", "José Núñez"], [("José Núñez", 2, 2)]), (["Fenn", "Fenn"], [("Fenn", 1, 1), ("Fenn", 1, 1)])],
)
def test_one_person_is_one_speaker_under_the_better_name_and_a_lone_surname_is_its_article_s(store, printed, speakers):
    for nth, name in enumerate(printed):
        rain(store, f"{name} said it rains {nth}.", Speaker(name, "person"))

    assert store.rows("select name, quotes, articles from speakers_browse") == speakers


def test_two_quotes_in_the_same_place_are_both_kept(store):
    text = "Ada Quill and Ivo Kvist said the river rises."
    both = [quote(text, "the river rises", kind="indirect", speaker=person(text, name)) for name in ("Ada Quill", "Ivo Kvist")]
    store.save(Article(text=text), both, extractor="rules 1")

    assert store.save(Article(text=text), both, extractor="rules 1") is Saved.UNCHANGED
    assert store.counts()["quotes"] == 2


def test_the_same_words_in_two_articles_are_one_utterance(store):
    words = "“The river rises and nobody here will be sorry for it,”"
    for outlet, published in (("The Senn Courier", "2026-03-02"), ("Upland Post", "2026-03-01")):
        text = f"{words} Ada Quill told {outlet}."
        said = [quote(text, words, speaker=person(text, "Ada Quill"))]
        store.save(Article(text=text, outlet=outlet, published=published), said, extractor="rules 1")

    printed = "select occurrences, articles, outlets, first_published, first_outlet, speaker from utterances_browse"
    assert store.rows(printed) == [(2, 2, 2, "2026-03-01", "Upland Post", "Ada Quill")]
    assert store.rows("select likeness from quotes order by sort_key") == [("fullest",), ("same",)]


def test_all_titles_and_institutions_of_a_speaker_are_gathered(store):
    text = "Ada Quill, judge at Upland Court and coach of Tarn United, said it rains."
    affiliations = tuple(
        Affiliation(title, place, span(text, title), span(text, place))
        for title, place in (("judge", "Upland Court"), ("coach", "Tarn United"))
    )
    rain(store, text, Speaker("Ada Quill", "person", affiliations))

    assert store.db.execute("select titles, institutions from speakers_browse").fetchone() == ("coach; judge", "Tarn United; Upland Court")


def test_a_failure_in_the_middle_leaves_nothing_behind(store, monkeypatch):
    store.save(*bridge(), extractor="rules 1")
    before = rows(store)
    article, quotes = next(archive(1, 4))
    with monkeypatch.context() as patched:
        patched.setattr("quotes.store.rows.saving.link_quotes", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            store.save(bridge()[0], quotes[:0], extractor="model 1")

    assert rows(store) == before
    assert store.save(article, quotes, extractor="rules 1") is Saved.ADDED


def test_half_a_character_is_refused_by_name(store):
    with pytest.raises(StoreError, match=r"^bad\.jsonl#3: it holds half a character \(U\+D800\)"):
        store.save(Article(text="a\ud800b", path="bad.jsonl#3"), [], extractor="rules 1")
    assert store.counts()["articles"] == 0


def test_a_file_name_that_is_not_unicode_is_stored_as_its_escape(store):
    store.save(Article(text="x", path="caf\udce9.txt"), [], extractor="rules 1")

    assert store.db.execute("select path from articles").fetchone() == ("caf\\udce9.txt",)


def test_a_quote_without_a_place_is_refused(store):
    with pytest.raises(StoreError, match="has no place in the text"):
        store.save(Article(text="x"), [Quote("direct", "speech", "x", (), None, None, None, 1.0)], extractor="rules 1")


@pytest.mark.parametrize(("table", "column", "value"), [("articles", "text", "another"), ("institution_aliases", "name", "Elsewhere")])
def test_two_things_with_one_id_are_refused(store, table, column, value):
    """Content ids clash once in a great while; the row that came first is never overwritten."""
    article, quotes = bridge()
    store.save(article, quotes, extractor="rules 1")
    store.db.execute(f"update {table} set {column} = ?", [value])
    before = rows(store)
    with pytest.raises(StoreError, match="same id"):
        store.save(article, quotes[:5], extractor="rules 2")

    assert rows(store) == before


def test_who_is_known_is_not_weighed_again_nor_counted_anew(store, monkeypatch):
    """So that a further article takes a time that does not grow with the database."""
    for nth in range(3):
        text = f"Ada Quill of Vale Bank said it rains {nth}."
        rain(store, text, person(text, "Ada Quill", None, "Vale Bank"))
        for module, name in (("speaker_linking", "relink_block"), ("speaker_rows", "_alias"), ("institution_rows", "relink_institutions")):
            monkeypatch.setattr(f"quotes.store.rows.{module}.{name}", lambda *_, **__: 1 / 0)

    assert store.rows("select articles from speakers") == [(3,)]


def test_a_part_of_an_institution_is_known_as_one(store):
    text = "Ada Quill of Vale Institute of the University of Senn said it rains."
    names = ["Vale Institute", "University of Senn"]
    rain(store, text, Speaker("Ada Quill", "person", tuple(Affiliation(None, name, None, span(text, name)) for name in names)))

    assert store.rows("select name, part_of from institutions_browse order by 1") == [("University of Senn", None), tuple(names)]


def test_an_acronym_seen_later_is_added(store):
    for text in ("Ada Quill of Senn River Authority said it rains.", "Ada Quill of Senn River Authority (SRA) said it rains."):
        rain(store, text, person(text, "Ada Quill", None, "Senn River Authority"))

    assert store.db.execute("select name, acronym from institutions").fetchall() == [("Senn River Authority", "SRA")]


def test_a_disk_that_is_full_is_said_and_nothing_half_written_stays(store):
    store.save(*bridge(), extractor="rules 1")
    before = rows(store)
    pages = store.db.execute("PRAGMA page_count").fetchone()[0]
    store.db.execute(f"PRAGMA max_page_count = {pages + 1}")
    article = Article(text="a long way " * 20_000, path="long.txt")
    with pytest.raises(StoreError, match="the disk is full"):
        store.save(article, [], extractor="rules 1")
    assert rows(store) == before

    store.db.execute("PRAGMA max_page_count = 100000")
    assert store.save(article, [], extractor="rules 1") is Saved.ADDED


def test_ids_stay_whole_numbers_and_references_are_never_fractions(store):
    for each in archive(6, 8):
        store.save(*each, extractor="rules 1")
    types = store.db.execute("select distinct typeof(id), typeof(article_id), typeof(speaker_id) from quotes").fetchall()

    assert set(types) == {("integer", "integer", "integer"), ("integer", "integer", "null")}


def test_many_speakers_in_one_article_are_no_matter(store):
    text = "".join(f"“Yes {n},” said Ada Quill{n}. " for n in range(1100))
    quotes = [quote(text, f"“Yes {n},”", speaker=Speaker(f"Ada Quill{n}", "person")) for n in range(1100)]
    store.save(Article(text=text), quotes, extractor="rules 1")

    assert store.save(Article(text=text), quotes, extractor="rules 1") is Saved.UNCHANGED
    assert store.counts()["speakers"] == 1100


def test_a_reader_sees_whole_articles_while_a_writer_is_at_work_and_writes_nothing(store, path):
    store.save(*bridge(), extractor="rules 1")
    with Store.open(path, create=False) as reader:
        store.db.execute("BEGIN IMMEDIATE")
        assert reader.counts()["quotes"] == 7
        store.db.rollback()
        with pytest.raises(sqlite3.OperationalError):
            reader.db.execute("delete from quotes")


def test_what_was_saved_is_read_back(store):
    """Every field of the articles and of their quotes, these in order of the text."""
    saved = sorted((bridge(), *archive(5, 3)), key=lambda each: each[0].id)
    for article, quotes in saved:
        store.save(article, quotes, extractor="rules")

    in_order = [(article, tuple(sorted(quotes, key=lambda quote: quote.spans[0].start))) for article, quotes in saved]
    assert list(stored(store)) == in_order


def test_a_damaged_row_is_named(store):
    """With the article that it belongs to."""
    article, quotes = bridge()
    store.save(article, quotes, extractor="rules")
    store.db.execute("update extractions set records = x'00'")

    with pytest.raises(StoreError, match=r"the article bridge\.txt is damaged .*: run `quotes verify`"):
        list(stored(store))
