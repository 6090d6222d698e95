"""Our own database as a corpus."""

import sqlite3

import pytest

from quotes.corpora import read_corpus
from quotes.errors import CorpusError
from quotes.records import Affiliation, Article, Passage, Quote, Span, Speaker
from quotes.store import Store
from quotes.store.corrections import correcting

TEXT = "Mayor Ines Duarte said the weir had held."
DUARTE = Speaker("Ines Duarte", "person", (Affiliation("Mayor", None, Span(0, 5)),))


def save(store, text, path):
    cue, mention, said = Passage("said", (Span(18, 22),)), Passage("Mayor Ines Duarte", (Span(0, 17),)), (Span(23, 40),)
    store.save(
        Article(text=text, path=path),
        [Quote("indirect", "thought", text[23:40], said, cue, mention, DUARTE, 0.8)],
        extractor="rules",
    )


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "weir.db"
    with Store.open(path, create=True) as store:
        for text in (TEXT, f"{TEXT} Again.", f"{TEXT} Unseen."):
            save(store, text, "weir.txt")
        for (quote,) in store.db.execute(
            "select quotes.id from quotes join articles on articles.id = article_id where articles.text not like '%Unseen.'"
        ).fetchall():
            correcting.accept(store, quote, by="ada")
    return path


def test_every_quote_that_was_found_right_is_an_attribution(database):
    """With its act and its speaker; an article that nobody looked at is left out."""
    corpus = read_corpus(database)
    gold = next(each for each in corpus.articles if each.article.text == TEXT)
    (found,) = gold.attributions

    assert (corpus.name, len(corpus.articles), gold.speakers_known) == ("weir", 2, True)
    assert (found.content, found.cue, found.source, found.act) == ((Span(23, 40),), (Span(18, 22),), (Span(0, 17),), "thought")
    assert (found.speaker.name, found.speaker.kind, found.speaker.titles) == ("Ines Duarte", "person", ("Mayor",))


def test_what_was_put_right_is_what_is_taught(database):
    """One correction says that somebody has been through the article; what is no quote is taught as none."""
    with Store.open(database, create=True) as store:
        (quote,) = store.db.execute(
            "select quotes.id from quotes join articles on articles.id = article_id where articles.text like '%Unseen.'"
        ).fetchone()
        correcting.correct_title(store, quote, None, by="ada")
        accepted = read_corpus(database).articles
        correcting.reject(store, quote, by="ada")
    rejected = read_corpus(database).articles

    assert [gold.attributions[0].speaker.titles for gold in accepted if "Unseen" in gold.article.text] == [()]
    assert [gold.attributions for gold in rejected if "Unseen" in gold.article.text] == [()]


def test_what_is_found_right_no_longer_counts_once_a_model_finds_something_else(database):
    """Nobody has seen that."""
    with Store.open(database, create=True) as store:
        spoken = Quote("indirect", "speech", TEXT[23:40], (Span(23, 40),), None, None, None, 0.8)
        store.save(Article(text=TEXT, path="weir.txt"), [spoken], extractor="model")

    assert [gold.article.text for gold in read_corpus(database).articles] == [f"{TEXT} Again."]


def test_the_digest_is_that_of_what_is_stored(database):
    """Not of the file, whose pages may lie in any order."""
    before = read_corpus(database).digest
    with Store.open(database, create=True) as store:
        store.db.execute("vacuum")

    assert read_corpus(database).digest == before


def test_a_database_that_nobody_has_been_through_is_refused(tmp_path):
    """It would be a corpus of nothing; so is another program's, in the store's own words."""
    with Store.open(tmp_path / "weir.db", create=True) as store:
        save(store, TEXT, "weir.txt")
    with pytest.raises(CorpusError, match=r"weir\.db: no article to read"):
        read_corpus(tmp_path / "weir.db")
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("create table weirs (name text)")
    with pytest.raises(CorpusError, match=r"other\.db: it is a database of another program"):
        read_corpus(tmp_path / "other.db")
