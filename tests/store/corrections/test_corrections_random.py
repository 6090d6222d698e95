"""Corrections made and undone in any order: the rows hang on what is in force, and on nothing else."""

import random

import pytest
from correction_samples import crane, newsroom, port, weir, without_corrections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import StoreError
from quotes.store import Store
from quotes.store.bulk.bulk_load import rebuilt
from quotes.store.corrections import correcting, export, imported, listed, undo

NAMES = ["Ines Duarte", "Odile Fenn", "Fenn", "Vale Harbour Bank", "Bo Quill", "Villagers", "VHB"]
DATES = ["2019-01-01", "2025-03-31", "2026-03-02T10:00:00", None]
WORDS = ["mayor", "goalkeeper", "Vale Harbour Bank", "Salin", "keeper of the weir", None]


def attempt(store: Store, chance: random.Random) -> None:
    """One correction or undo, whichever comes; one that cannot be is refused and changes nothing."""
    quotes = [row[0] for row in store.db.execute("select id from quotes order by id").fetchall()]
    speakers = [row[0] for row in store.db.execute("select id from speakers union select id from institutions order by 1").fetchall()]
    articles = [row[0] for row in store.db.execute("select id from articles order by id").fetchall()]
    quote, one, other = chance.choice(quotes), chance.choice(speakers), chance.choice(speakers)
    whole = chance.random() < 0.4
    start = chance.randrange(100)
    name = chance.choice([*NAMES, None])
    title = {"title": chance.choice(WORDS)} if chance.random() < 0.5 else {}
    made = {
        "speaker": lambda: correcting.correct_speaker(store, quote, name, by="ada", whole_article=whole, **title),
        "title": lambda: correcting.correct_title(store, quote, chance.choice(WORDS), by="ada", whole_article=whole),
        "institution": lambda: correcting.correct_institution(store, quote, chance.choice(WORDS), by="ada", whole_article=whole),
        "span": lambda: correcting.correct_spans(store, quote, [[start, start + chance.randrange(5, 60)]], by="ada"),
        "reject": lambda: correcting.reject(store, quote, by="ada"),
        "accept": lambda: correcting.accept(store, quote, by="ada"),
        "article": lambda: correcting.correct_articles(
            store, chance.sample(articles, 2), by="ada", **{chance.choice(["outlet", "headline"]): name, "published": chance.choice(DATES)}
        ),
        "merge": lambda: correcting.merge(store, one, other, by="ada"),
        "apart": lambda: correcting.apart(store, one, other, by="ada"),
        "split": lambda: correcting.split(store, one, chance.sample(articles, chance.choice([1, 2])), by="ada"),
        "rename": lambda: correcting.rename(store, one, chance.choice(["Ada Quill", "The Bank"]), by="ada"),
        "undo": lambda: undo(store, chance.choice([each.correction.id for each in listed(store, marks=True)] or [0]), by="bo"),
    }
    before = without_corrections(store)
    refused = None
    try:
        made[chance.choice(list(made))]()
    except StoreError as error:
        refused = str(error)
    if refused is not None:
        assert "\n" not in refused
        assert "report this" not in refused
        assert without_corrections(store) == before


def made_anew(store: Store) -> dict[str, list[tuple]]:
    """The rows as a second database has them, into which the same is stored with the same corrections."""
    with rebuilt(store.db) as again:
        return without_corrections(type("Rebuilt", (), {"db": again, "counts": store.counts})())


@given(st.integers(0, 2**32), st.integers(1, 12))
@settings(max_examples=settings.default.max_examples // 6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_corrections_and_undos_in_any_order_leave_no_trace(tmp_path_factory, seed, steps):
    """With some in force, the rows are those of a database made with them from the start; with none, those before the first."""
    chance = random.Random(seed)
    with Store.open(tmp_path_factory.mktemp("some") / "some.db", create=True) as store:
        newsroom(store)
        before = without_corrections(store)
        for _ in range(steps):
            attempt(store, chance)
        assert without_corrections(store) == made_anew(store)
        in_force = [each.correction.id for each in listed(store, marks=True)]
        chance.shuffle(in_force)
        for each in in_force:
            undo(store, each, by="bo")

        assert without_corrections(store) == before


@given(st.integers(0, 2**32))
@settings(max_examples=settings.default.max_examples // 15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_corrections_come_before_or_after_their_articles(tmp_path_factory, seed):
    """Imported into an empty database, they wait for the articles, in whatever order these come."""
    chance = random.Random(seed)
    folder = tmp_path_factory.mktemp("two")
    with Store.open(folder / "one.db", create=True) as one, Store.open(folder / "other.db", create=True) as other:
        newsroom(one)
        for _ in range(8):
            attempt(one, chance)
        imported(other, list(export(one)))
        for article in chance.sample([weir, crane, port], 3):
            other.save(*article(), extractor="rules 1")

        assert without_corrections(other) == without_corrections(one)
        assert [(each.correction.same, each.state) for each in listed(other)] == [
            (each.correction.same, each.state) for each in listed(one)
        ]


@pytest.mark.parametrize("seed", range(3))
def test_a_newer_model_that_comes_and_goes_changes_nothing(tmp_path, seed):
    """Corrections are laid over what the other model finds; once the first one's quotes are back, all is as before."""
    chance = random.Random(seed)
    with Store.open(tmp_path / "some.db", create=True) as store:
        newsroom(store)
        for _ in range(8):
            attempt(store, chance)
        before = without_corrections(store)
        for article, quotes in (weir(), crane(), port()):
            store.save(article, chance.sample(quotes, len(quotes) - 1), extractor="model 2")
            assert without_corrections(store) == made_anew(store)
        newsroom(store)

        assert without_corrections(store) == before
