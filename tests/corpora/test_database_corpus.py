"""Our own database as a corpus."""

import pytest

from quotes.corpora import read_corpus, read_database
from quotes.errors import CorpusError
from quotes.records import Affiliation, Article, Passage, Quote, Span, Speaker
from quotes.store import Store

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
        save(store, TEXT, "weir.txt")
        save(store, f"{TEXT} Again.", "weir.txt")
    return path


def test_every_stored_quote_is_an_attribution(database):
    """With its act and its speaker."""
    corpus = read_corpus(database)
    gold = next(each for each in corpus.articles if each.article.text == TEXT)
    (found,) = gold.attributions

    assert (corpus.name, len(corpus.articles), gold.speakers_known) == ("weir", 2, True)
    assert (found.content, found.cue, found.source, found.act) == ((Span(23, 40),), (Span(18, 22),), (Span(0, 17),), "thought")
    assert (found.speaker.name, found.speaker.kind, found.speaker.titles) == ("Ines Duarte", "person", ("Mayor",))


def test_articles_can_be_chosen(database):
    """As wholes; the digest tells the choices apart."""
    one = read_database(database, keep=lambda article, _quotes: article.text == TEXT)

    assert [gold.article.text for gold in one.articles] == [TEXT]
    assert one.digest != read_database(database).digest


def test_the_digest_is_that_of_what_is_stored(database):
    """Not of the file, whose pages may lie in any order."""
    before = read_corpus(database).digest
    with Store.open(database, create=True) as store:
        store.db.execute("vacuum")

    assert read_corpus(database).digest == before


def test_a_database_without_an_article_to_read_is_refused(database):
    """It would be a corpus of nothing."""
    with pytest.raises(CorpusError, match=r"weir\.db: no article to read"):
        read_database(database, keep=lambda _article, _quotes: False)


def test_another_program_s_database_is_refused(tmp_path):
    """In the store's own words."""
    import sqlite3

    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("create table weirs (name text)")

    with pytest.raises(CorpusError, match=r"other\.db: it is a database of another program"):
        read_corpus(path)
