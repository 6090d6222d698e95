"""The default view: acts of speech that are sure, or that a person confirmed or corrected."""

import pytest
from newsroom import archive, bridge, quote, rows

from quotes.records import DEFAULT_ACT, SURE, Article, Speaker
from quotes.store import Store, verify
from quotes.store.corrections import correcting
from quotes.store.schema.counting import refresh_coverage, refresh_days

#: The default view and every count of it, in SQL over all rows.
RULE = f"""
update quotes set unsure = confidence < {SURE} and not corrected and not exists (
  select 1 from corrections where corrections.article_id = quotes.article_id and action = 'accept' and undone_at is null
    and json_extract(target, '$.spans') = quotes.spans
);
update quotes set in_default_view = act = '{DEFAULT_ACT}' and not unsure
"""

COUNTS = """
update appearances set (quotes, all_quotes) =
  (select coalesce(sum(in_default_view), 0), count(*) from quotes where appearance_id = appearances.id);
update speakers set (quotes, all_quotes, articles, outlets, first_quoted, last_quoted) = (
  select coalesce(sum(quotes), 0), coalesce(sum(all_quotes), 0), count(distinct iif(quotes, articles.id, null)),
    count(distinct iif(quotes, outlet, null)), min(iif(quotes, articles.published, null)), max(iif(quotes, articles.published, null))
  from appearances join articles on articles.id = appearances.article_id where appearances.speaker_id = speakers.id
);
update institutions set (quotes, all_quotes) =
  (select coalesce(sum(in_default_view), 0), count(*) from quotes where institution_id = institutions.id),
  speakers = (
    select count(distinct affiliations.speaker_id) from affiliations join appearances on appearances.id = affiliations.appearance_id
    where affiliations.institution_id = institutions.id and appearances.quotes > 0
  );
update topics set (quotes, all_quotes) = (
  select coalesce(sum(quotes.in_default_view), 0), count(*) from quote_topics join quotes on quotes.id = quote_topics.quote_id
  where quote_topics.topic_id = topics.id
)
"""

TEXT = "“It is late,” Ada Fenn said. She fears the ice. “No,” she said. “Perhaps,” she may have said."
FENN = Speaker("Ada Fenn", "person")


@pytest.fixture
def filled(store):
    quotes = [
        quote(TEXT, "“It is late,”", speaker=FENN),
        quote(TEXT, "the ice", kind="indirect", act="thought", speaker=FENN),
        quote(TEXT, "“No,”", speaker=FENN, confidence=0.5),
        quote(TEXT, "“Perhaps,”", speaker=FENN, confidence=0.49),
    ]
    store.save(Article(text=TEXT, outlet="The Senn Courier", published="2026-05-05"), quotes, extractor="rules 1")
    return store


def shown(store):
    return {row[0] for row in store.db.execute("select text from quotes_browse where in_default_view")}


def unsure(store):
    return store.db.execute("select id from quotes where unsure").fetchone()[0]


def fenn(store):
    return store.db.execute("select quotes, all_quotes, articles, outlets, last_quoted from speakers where name = 'Ada Fenn'").fetchone()


def test_it_holds_speech_of_a_confidence_of_a_half_and_above(filled):
    assert shown(filled) == {"“It is late,”", "“No,”"}
    assert fenn(filled) == (2, 4, 1, 1, "2026-05-05")


@pytest.mark.parametrize("put_right", [correcting.accept, lambda *args, **by: correcting.correct_title(*args, "captain", **by)])
def test_what_a_person_found_right_or_put_right_is_sure(filled, put_right):
    correction = put_right(filled, unsure(filled), by="Jun Abe")

    assert "“Perhaps,”" in shown(filled)
    assert fenn(filled)[:2] == (3, 4)
    assert list(verify(filled)) == []

    from quotes.store.corrections import undo

    undo(filled, correction.id, by="Jun Abe")
    assert fenn(filled)[:2] == (2, 4)
    assert list(verify(filled)) == []


def test_a_thought_that_a_person_found_right_is_still_a_thought(filled):
    (thought,) = filled.db.execute("select id from quotes where act = 'thought'").fetchone()
    correcting.accept(filled, thought, by="Jun Abe")

    assert "the ice" not in shown(filled)


def test_who_has_nothing_in_it_is_kept_with_counts_of_nothing(store):
    store.save(Article(text=TEXT, published="2026-05-05"), [quote(TEXT, "“No,”", speaker=FENN, confidence=0.1)], extractor="rules 1")

    assert fenn(store) == (0, 1, 0, 0, None)


def test_what_is_counted_along_is_what_counting_everything_gives(path):
    with Store.open(path, create=True) as store:
        for each in (bridge(), *archive(12, 6), *archive(4, 9, seed=2)):
            store.save(*each, extractor="rules 1")
        counted = rows(store)
        for statement in f"{RULE};{COUNTS}".split(";"):
            store.db.execute(statement)
        refresh_coverage(store.db)
        refresh_days(store.db)

        assert rows(store) == counted
        assert list(verify(store)) == []
