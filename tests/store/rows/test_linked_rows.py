"""In whatever order articles come, are replaced and come back: the rows are the same, and those of weighing everything."""

import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsroom import rows

from quotes.records import Affiliation, Article, Passage, Quote, Span, Speaker
from quotes.store import Store
from quotes.store.overrides.decisions import Decisions
from quotes.store.rows.appearance_rows import INSTITUTION_BLOCK
from quotes.store.rows.institution_rows import refresh_institutions, relink_institutions
from quotes.store.rows.speaker_linking import relink_block
from quotes.store.rows.speaker_rows import refresh_speakers
from quotes.store.verifying import verify

NAMES = [
    "Ada Fenn", "Ada B. Fenn", "A. Fenn", "Fenn", "Adam Fenn", "Fenn Ada", "Ada Fenn Jr.", "Bram Kvist", "Kvist", "Cleo Kvist",
    "Cleo “Bee” Kvist", "Bee Kvist", "Cleoh Kvist", "Lee Jae-myung", "Jae Myung Lee", "Dov Iwasaki",
]  # fmt: skip
BODIES = [
    "Senn River Authority", "SRA", "Senn Rowing Association", "Vale Bank", "Vale Bank plc", "Tarn United FC", "Upland-Court",
    "Upland Court",
]  # fmt: skip
TITLES = [None, "president", "senator", "goalkeeper", "virologist", "chair"]
SAID = [
    "The river rises and nobody will be sorry for it.",
    "“the river rises and nobody will be sorry”",
    "Nobody will be sorry for it when the old bridge has closed in the end.",
    "The old bridge has closed in the end",
    "Too short.",
]
DATES = [None, "2026-01-01", "2026-02-02"]


def said(text: str, words: str, name: str | None, kind: str, title: str | None, body: str | None, acronym: str, whole: str | None):
    """The text with one more quote behind it, and the quote."""
    start = len(text)
    text += f"{words} said "
    affiliations = []
    if name is not None:
        text += name
        spans = [None, None]
        for place, each in enumerate((title, body)):
            if each is not None:
                text += ", "
                spans[place] = Span(len(text), len(text) + len(each))
                text += each
        affiliations = [Affiliation(title, body, *spans)] if title or body else []
        text += acronym
        if whole and body:
            text += " of the "
            affiliations.append(Affiliation(None, whole, None, Span(len(text), len(text) + len(whole))))
            text += whole
    speaker = None if name is None else Speaker(name, kind, tuple(affiliations))
    span = Span(start, start + len(words))
    return f"{text}.\n\n", Quote(
        "direct", "speech", words, (span,), Passage("said", (Span(span.end + 1, span.end + 5),)), None, speaker, 0.9
    )


def report(number: int, published, outlet, items, topics=()) -> tuple[Article, list[Quote]]:
    """An article with one quote for each item; each is what `said` takes after the text."""
    text, quotes = f"Report {number}\n\n", []
    for item in items:
        text, quote = said(text, *item)
        quotes.append(replace(quote, topics=topics))
    return Article(text=text, path=f"report-{number}.txt", outlet=outlet, published=published, topics=topics), quotes


people = st.tuples(
    st.sampled_from(SAID),
    st.sampled_from(NAMES),
    st.just("person"),
    st.sampled_from(TITLES),
    st.sampled_from([None, *BODIES]),
    st.sampled_from(["", " (SRA)"]),
    st.sampled_from([None, None, *BODIES]),
)
bodies = st.tuples(st.sampled_from(SAID), st.sampled_from(BODIES), st.just("organisation"), st.none(), st.none(), st.just(""), st.none())
nobody = st.tuples(st.sampled_from(SAID), st.none(), st.just("person"), st.none(), st.none(), st.just(""), st.none())
items = st.lists(st.one_of(people, people, bodies, nobody), min_size=1, max_size=4)
topics = st.lists(st.sampled_from(["river", "bridge"]), max_size=2, unique=True).map(tuple)


@st.composite
def newsrooms(draw):
    """Articles, the order in which they are saved, wrong quotes that some are given on the way, and when the first are mended."""
    number = draw(st.integers(2, 6))
    articles = [
        report(each, draw(st.sampled_from(DATES)), draw(st.sampled_from([None, "Courier", "Post"])), draw(items), draw(topics))
        for each in range(number)
    ]
    wrong = {
        each: _otherwise(articles[each][1], draw(st.permutations(range(len(articles[each][1])))), draw(st.integers(0, 4)))
        for each in draw(st.sets(st.integers(0, number - 1)))
    }
    return articles, draw(st.permutations(range(number))), wrong, draw(st.integers(0, number))


def _otherwise(quotes, order, kept):
    """The quotes with their speakers exchanged, some left out."""
    return [replace(quote, speaker=quotes[other].speaker) for quote, other in list(zip(quotes, order, strict=True))[:kept]]


@pytest.fixture(scope="module")
def saved(empty):
    """Opens a database into which articles are saved one after the other."""

    def save(name, articles):
        path = empty.with_name(name)
        shutil.copy(empty, path)
        store = Store.open(path, create=True)
        store.db.execute("PRAGMA synchronous = off")
        for article, quotes in articles:
            store.save(article, quotes, extractor="x")
        return store

    return save


def same_when_all_is_weighed(store):
    """Whether linking every block again changes nothing."""
    before = rows(store)
    decisions = Decisions.of(store.db)
    with store.transaction():
        for (block,) in store.db.execute("select distinct block from appearances where block is not null").fetchall():
            if not block.startswith(INSTITUTION_BLOCK):
                assert relink_block(store.db, block, decisions) == set()
        for (block,) in store.db.execute("select distinct block from institution_aliases").fetchall():
            relink_institutions(store.db, block, decisions)
        refresh_speakers(store.db, {row[0] for row in store.db.execute("select id from speakers").fetchall()}, decisions)
        refresh_institutions(store.db, {row[0] for row in store.db.execute("select id from institutions").fetchall()}, decisions)
    return rows(store) == before


def differences(one, other):
    return {table: (one[table], other[table]) for table in one if one[table] != other[table]}


@given(newsrooms())
@settings(
    max_examples=settings.default.max_examples // 4, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_the_order_of_articles_makes_no_difference(saved, newsroom):
    """Straight on, or in another order with wrong quotes on the way."""
    articles, order, wrong, late = newsroom
    detour = [(articles[each][0], wrong.get(each, articles[each][1])) for each in order]
    mended = [articles[each] for each in sorted(wrong, key=order.index)]
    with saved("straight.db", articles) as straight, saved("round.db", [*detour[:late], *mended, *detour[late:], *mended]) as around:
        assert differences(rows(straight), rows(around)) == {}
        assert same_when_all_is_weighed(around)
        assert list(verify(around)) == []


RIVER, LATE = SAID[0], "Nobody here had a plan for the second bridge over the river"


def spoken(name, title=None, body=None, *, words=LATE, acronym="", whole=None):
    """What somebody says, as `report` takes it."""
    return words, name, "organisation" if name in BODIES else "person", title, body, acronym, whole


def agree(saved, articles, detour=None):
    """Whether articles saved backwards, or by a detour, and verified, give the same as straight on."""
    with saved("straight.db", articles) as straight, saved("round.db", detour or articles[::-1]) as around:
        assert differences(rows(straight), rows(around)) == {}
        assert same_when_all_is_weighed(around)
        assert list(verify(around)) == []


def test_what_is_part_of_a_body_follows_when_its_names_become_one(saved):
    """The parent was an acronym; the name for which another article gives it took its place, and the old row was still referred to."""
    part = report(1, None, None, [spoken("Ada Fenn", "chair", "Tarn United FC", whole="SRA")])

    agree(saved, [part, report(2, None, None, [spoken("Bram Kvist", "chair", "Senn Rowing Association", acronym=" (SRA)")])])


def test_the_speakers_of_an_institution_are_counted_again_when_two_become_one(saved):
    first = report(1, "2026-01-01", None, [spoken("Ada Fenn", "chair", "Vale Bank"), spoken("Dov Iwasaki", "chair", "Tarn United FC")])

    agree(saved, [first, report(2, "2026-02-02", None, [spoken("Ada B. Fenn", "president", "Vale Bank")])])


def test_an_acronym_that_was_clear_is_open_again_when_another_article_has_it_beside_another_body(saved):
    beside = ["Senn River Authority", "Senn Rowing Association"]
    articles = [report(each, None, None, [spoken(body), spoken("SRA")]) for each, body in enumerate(beside)]

    agree(saved, [*articles, report(3, None, None, [spoken(beside[0]), spoken(beside[1])])])


def test_an_utterance_within_one_article_goes_with_its_quotes(saved):
    article, quotes = report(1, None, None, [spoken("Ada Fenn"), spoken("Ada Fenn")])

    agree(saved, [(article, quotes)], [(article, quotes), (article, quotes[:1]), (article, quotes)])
    agree(saved, [(article, quotes[:1])], [(article, quotes), (article, quotes[:1])])


def test_a_print_that_is_looked_at_again_finds_its_utterance_again(saved):
    articles = [report(each, None, outlet, [spoken("Ada Fenn", words=RIVER)]) for each, outlet in enumerate(["Courier", "Post", None])]
    without = [(articles[0][0], []), *articles[1:]]

    agree(saved, articles, [*articles, *without, articles[0]])


def test_whom_one_article_quotes_beside_each_other_come_apart_everywhere(saved):
    articles = [report(each, "2026-01-01", None, [spoken(name, "president")]) for each, name in enumerate(["Ada Fenn", "Ada B. Fenn"])]
    both = report(7, "2026-02-02", None, [spoken("Ada Fenn", "president"), spoken("Ada B. Fenn", "president")])

    with saved("one.db", articles) as store:
        assert store.counts()["speakers"] == 1
    with saved("two.db", [*articles, both]) as store:
        assert store.counts()["speakers"] == 2
    agree(saved, [*articles, both])


def test_one_story_bridges_two_worlds_and_settles_what_was_open(saved):
    """An article that tells nothing new of anybody can say by its company that two are one."""
    beside = [spoken("Dov Iwasaki"), spoken("Lee Jae-myung")]
    articles = [
        report(1, "2026-01-01", None, [spoken("Ada Fenn"), *beside]),
        report(2, "2026-01-01", None, [spoken("Ada B. Fenn")]),
        report(3, "2026-02-02", None, [spoken("Ada B. Fenn"), *beside]),
    ]

    with saved("open.db", articles[:2]) as store:
        assert store.counts()["merge_candidates"] == 1
    with saved("settled.db", articles) as store:
        assert store.counts()["merge_candidates"] == 0
    agree(saved, articles)


@pytest.mark.parametrize("marked", ["Cleo “Bee” Kvist", 'Cleo "Bee" Kvist'])
def test_a_nickname_in_marks_is_known_whether_or_not_that_spelling_is_shown(saved, marked):
    names = ["Cleo Kvist", "Bee Kvist", marked]

    agree(saved, [report(each, f"2026-01-0{each + 1}", None, [spoken(name, "president")]) for each, name in enumerate(names)])


def test_who_is_in_an_article_no_more_draws_no_name_that_came_instead(saved):
    """What the article told before still stood in `aliases` when the new name was looked up there."""
    full = report(1, "2026-01-01", None, [spoken("Ada Fenn", "chair", "Vale Bank")])
    lone = full[0], [replace(quote, speaker=replace(quote.speaker, name="Fenn")) for quote in full[1]]

    agree(saved, [lone], [full, lone])


def test_a_family_name_alone_goes_to_the_one_with_its_institution_and_leaves_them_when_a_second_has_it(saved):
    articles = [
        report(1, "2026-01-01", None, [spoken("Ada Fenn", "chair", "Vale Bank")]),
        report(2, "2026-01-01", None, [spoken("Bram Fenn", "chair")]),
        report(3, "2026-02-02", None, [spoken("Fenn", "chair", "Vale Bank")]),
        report(4, "2026-02-02", None, [spoken("Bram Fenn", "chair", "Vale Bank")]),
    ]

    with saved("one.db", articles[:3]) as store:
        assert store.counts()["speakers"] == 2
    with saved("all.db", articles) as store:
        assert (store.counts()["speakers"], store.counts()["merge_candidates"]) == (3, 2)
    agree(saved, articles)


def test_the_doubts_of_others_of_the_family_stay(saved):
    """Only those of the names that have to do with a new one are decided anew."""
    open_ends = [report(each, None, None, [spoken(name)]) for each, name in enumerate(["Cleo Kvist", "Cleoh Kvist", "Bram Kvist"])]
    asked = [report(7, None, None, [spoken("Ada Kvist")]), report(8, None, None, [spoken("Ada B. Kvist")])]

    with saved("some.db", [*open_ends, *asked]) as store:
        assert store.counts()["merge_candidates"] == 1
        assert {row[0] for row in store.db.execute("select block from merge_candidates")} != {None}
    agree(saved, [*asked, *open_ends])
