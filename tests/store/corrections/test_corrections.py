"""What each correction does to the rows, and that undoing it takes all of it back."""

from dataclasses import replace

import pytest
from correction_samples import crane, newsroom, port, quote_of, quote_row, speaker_of, weir, without_corrections

from quotes.errors import StoreError
from quotes.store import Saved, Store, verify
from quotes.store.corrections import correcting, export, imported, listed, undo


@pytest.fixture
def news(store):
    newsroom(store)
    return store


def states(store, **options):
    return [(each.correction.action, each.state) for each in listed(store, **options)]


def speechless(store):
    """A quote that nobody is known to have said."""
    return store.db.execute("select id from quotes where speaker_id is null").fetchone()[0]


def articles_of(store, speaker):
    return store.db.execute("select articles from speakers where id = ?", [speaker]).fetchone()[0]


def institution_called(store, name):
    return store.db.execute("select id from institutions where name = ?", [name]).fetchone()[0]


def on(words, what, *given, **options):
    """A correction of the quote that holds these words."""
    return lambda store: what(store, quote_of(store, words), *given, by="ada", **options)


def names(what, *given, **options):
    """A correction of speakers, institutions or articles."""
    return lambda store: what(store, *given, by="ada", **options)


EVERY = {
    "another speaker of the article": on("Nobody slept", correcting.correct_speaker, "Ines Duarte"),
    "a new name": on("Nobody slept", correcting.correct_speaker, "Bo Quill", title="keeper", institution="Salin"),
    "nobody": on("Nobody slept", correcting.correct_speaker, None),
    "all of a speaker’s": on("The weir held", correcting.correct_speaker, "Bo Quill", whole_article=True),
    "title": on("The weir held", correcting.correct_title, "harbour master"),
    "no title": on("The weir held", correcting.correct_title, None, whole_article=True),
    "another role": on("The weir held", correcting.correct_title, "spokeswoman"),
    "institution": on("the port would silt", correcting.correct_institution, "Salin Bank"),
    "no institution": on("the port would silt", correcting.correct_institution, None),
    "span": on("they would stay", correcting.correct_spans, [[0, 13], [20, 24]]),
    "words": on("they would stay", correcting.correct_words, ["would stay"]),
    "not a quote": on("Nobody slept", correcting.reject),
    "right": on("Nobody slept", correcting.accept),
    "an outlet": lambda store: names(correcting.correct_articles, ["weir.txt"], outlet="Port Post")(store)[0],
    "all of an article": lambda store: correcting.correct_articles(
        store, ["port.txt"], headline="Port silts", byline=["Ann Lee"], outlet=None, published="1 March 2019", by="ada"
    )[0],
    "two names": names(correcting.merge, "A. Fenn", "Odile Fenn"),
    "a family name alone": lambda store: correcting.merge(store, speaker_of(store, "Nobody slept"), "Odile Fenn", by="ada"),
    "two families": names(correcting.merge, "Odile Fenn", "Inês Duarte Lima"),
    "two groups": names(correcting.merge, "Villagers", "The villagers of Salin"),
    "two bodies": names(correcting.merge, "Salin", "Vale Harbour Bank"),
    "a body without a name": names(correcting.merge, "The company", "Vale Harbour Bank"),
    "two that are not one": names(correcting.apart, "A. Fenn", "Odile Fenn"),
    "split": lambda store: correcting.split(store, speaker_of(store, "It will hold"), ["port.txt"], by="ada"),
    "rename": names(correcting.rename, "Odile Fenn", "Odile von Fenn"),
    "rename a body": names(correcting.rename, "Vale Harbour Bank", "Bank of the Vale"),
}


BOTH = {"speaker": "Bo Quill", "title": None, "institution": None}
#: What quotes then say, by some of their words.
EFFECTS = {
    "another speaker of the article": {
        "Nobody slept": {"speaker": "Ines Duarte", "title": "mayor", "name_confidence": 1.0, "title_confidence": 0.8, "confidence": 0.9}
    },
    "a new name": {
        "Nobody slept": {"speaker": "Bo Quill", "title": "keeper", "institution": "Salin", "name_confidence": 1.0, "title_confidence": 1.0}
    },
    "nobody": {"Nobody slept": {"speaker": None, "corrected": 1}},
    "all of a speaker’s": {"The weir held": BOTH, "It will hold": BOTH},
    "title": {"The weir held": {"title": "harbour master"}, "It will hold": {"title": "mayor"}},
    "no title": {"The weir held": {"title": None}, "It will hold": {"title": None}},
    "another role": {"The weir held": {"role": "spokesperson"}},
    "institution": {"the port would silt": {"institution": "Salin Bank", "institution_confidence": 1.0}},
    "no institution": {"the port would silt": {"institution": None, "institution_confidence": None}},
    "words": {"would stay": {"text": "would stay", "corrected": 1}},
    "all of an article": {"nothing would": {"headline": "Port silts", "outlet": None, "published": "2019-03-01"}},
    "two bodies": {"she was sorry": {"institution": "Vale Harbour Bank"}, "the port would silt": {"institution": "Vale Harbour Bank"}},
    "a body without a name": {"checked the gates": {"speaker": "Vale Harbour Bank"}},
    "rename": {"the port would silt": {"speaker": "Odile von Fenn"}},
    "rename a body": {"the port would silt": {"institution": "Bank of the Vale"}, "nothing would": {"speaker": "Bank of the Vale"}},
}
assert EFFECTS.keys() <= EVERY.keys()


@pytest.mark.parametrize("name", EVERY)
def test_it_changes_what_it_should_and_undone_it_leaves_no_trace(news, path, name):
    """Row for row; while it is in force the rows are those that it calls for, which `verify` works out anew."""
    before = without_corrections(news)
    made = EVERY[name](news)

    for words, expected in EFFECTS.get(name, {}).items():
        assert quote_row(news, words).items() >= expected.items()
    assert list(verify(news)) == []
    assert (without_corrections(news) == before) is (made.action in ("accept", "apart"))
    undo(news, made.id, by="bo")
    assert without_corrections(news) == before
    assert states(news) == []
    assert states(news, undone=True, marks=True) == [(made.action, "undone")]
    with pytest.raises(StoreError, match="undone already"):
        undo(news, made.id, by="ada")
    with Store.open(path, create=False) as reader, pytest.raises(StoreError, match="read only"):
        EVERY[name](reader)


def test_a_new_title_is_placed_where_the_article_prints_it(news):
    EVERY["a new name"](news)

    places = news.db.execute("select title_start, institution_start from affiliations where title = 'keeper'").fetchone()
    assert places == (None, weir()[0].text.index("Salin"))


def test_a_family_name_is_enough_where_the_article_has_one_of_it(news):
    """Two of it, and it is a name of its own."""
    correcting.correct_speaker(news, quote_of(news, "Nobody slept"), "duarte", by="ada")
    assert quote_row(news, "Nobody slept")["speaker"] == "Ines Duarte"

    correcting.correct_speaker(news, quote_of(news, "nothing would change"), "Fenn", by="ada")
    assert quote_row(news, "nothing would change")["speaker"] == "Fenn"


def test_other_words_are_read_from_the_text(news):
    """How they are quoted is read again too; the marks need not be typed as printed."""
    quote = quote_of(news, "It will hold")
    correcting.correct_words(news, quote, ['Ines Duarte said. "Nobody  slept'], by="ada")
    row = quote_row(news, "Ines Duarte said. “Nobody slept")

    assert (row["kind"], row["corrected"], row["mention"]) == ("mixed", 1, None)
    assert weir()[0].text[row["start"] : row["end"]] == row["text"]


def test_later_corrections_see_what_earlier_ones_made(news):
    """And hold on to the quote when an earlier one is undone."""
    first = correcting.correct_words(news, quote_of(news, "they would stay"), ["Villagers said"], by="ada")
    second = correcting.correct_speaker(news, quote_of(news, "Villagers said"), "Fenn", by="ada")
    undo(news, first.id, by="ada")

    assert (quote_row(news, "they would stay")["speaker"], states(news)) == ("Fenn", [("speaker", "in force")])
    assert second.target["found"]["spans"] != second.target["spans"]


def test_what_is_no_quote_is_gone_and_says_so_of_later_corrections(news):
    title = correcting.correct_title(news, quote_of(news, "The weir held"), "engineer", by="ada")
    correcting.reject(news, quote_of(news, "The weir held"), by="ada")
    undo(news, title.id, by="ada")
    imported(news, [title.as_json() | {"by": "bo"}])

    assert news.db.execute("select count(*) from quotes where text = 'The weir held'").fetchone() == (0,)
    assert states(news) == [("reject", "in force"), ("title", "dormant")]


def test_two_names_become_one_speaker(news):
    """The family name alone in one article only: elsewhere it may be somebody else."""
    EVERY["a family name alone"](news)
    odile = speaker_of(news, "the port would silt")

    assert speaker_of(news, "Nobody slept", 0) == odile
    assert {name for (name,) in news.db.execute("select name from aliases where speaker_id = ?", [odile])} == {"Odile Fenn", "Fenn"}
    assert articles_of(news, odile) == 3
    text = "“No,” Fenn said in Tarn."
    from correction_samples import said, speaker

    from quotes.records import Article

    news.save(Article(text=text), [said(text, "“No,”", speaker(text, "Fenn"))], extractor="rules 1")
    assert speaker_of(news, "“No,”") != odile


def test_names_that_are_made_one_keep_what_was_joined_to_each(news):
    """Other forms of a name, and the acronym of a body; a family name alone does not go over to the other family."""
    short = speaker_of(news, "disagreed")
    correcting.merge(news, "A. Fenn", "Odile Fenn", by="ada")
    joined = correcting.merge(news, "Odile Fenn", "Inês Duarte Lima", by="ada")
    EVERY["two bodies"](news)

    assert len({speaker_of(news, words) for words in ("disagreed", "the port would silt", "she was sorry")}) == 1
    assert speaker_of(news, "it would pay") == speaker_of(news, "nothing would change")
    undo(news, joined.id, by="ada")
    assert speaker_of(news, "disagreed") == speaker_of(news, "the port would silt") != speaker_of(news, "she was sorry")
    undo(news, 1, by="ada")
    assert speaker_of(news, "disagreed") == short


def test_who_has_no_name_is_one_over_articles_once_a_person_says_so(news):
    EVERY["two groups"](news)
    villagers = speaker_of(news, "they would stay")

    assert (articles_of(news, villagers), news.db.execute("select article_id from speakers where id = ?", [villagers]).fetchone()) == (
        2,
        (None,),
    )


def test_the_quotes_of_a_body_without_a_name_go_over_to_one_that_was_renamed(news):
    """The name that is shown is no other body."""
    EVERY["rename a body"](news)
    correcting.merge(news, "The company", "Bank of the Vale", by="ada")
    correcting.correct_speaker(news, quote_of(news, "they would stay"), "Bank of the Vale", by="ada")

    assert speaker_of(news, "checked the gates") == speaker_of(news, "they would stay") == speaker_of(news, "nothing would change")


def test_an_institution_that_is_called_by_a_common_noun_can_be_renamed_and_is_no_speaker_of_that_name(news):
    """An organisation that speaks without a name is somebody of its article, and keeps what it is called there."""
    correcting.correct_institution(news, quote_of(news, "the port would silt"), "the harbour office", by="ada")
    correcting.correct_speaker(news, quote_of(news, "they would stay"), "the harbour office", kind="organisation", by="ada")
    before = without_corrections(news)
    made = correcting.rename(news, institution_called(news, "the harbour office"), "Port of Salin", by="ada")

    assert institution_called(news, "Port of Salin")
    assert quote_row(news, "they would stay")["speaker"] == "the harbour office"
    assert list(verify(news)) == []
    undo(news, made.id, by="bo")
    assert without_corrections(news) == before


def test_split_off_articles_are_somebody_else_whom_nothing_joins_again(news):
    EVERY["split"](news)
    parted, rest = speaker_of(news, "It will hold", 1), speaker_of(news, "It will hold", 0)

    assert parted != rest
    assert [articles_of(news, each) for each in (parted, rest)] == [1, 1]
    correcting.merge(news, parted, rest, by="ada")
    assert speaker_of(news, "It will hold", 1) == speaker_of(news, "It will hold", 0)


def test_what_is_split_twice_is_three(news):
    """A later split parts what an earlier one put together."""
    odile = correcting.merge(news, speaker_of(news, "Nobody slept"), "Odile Fenn", by="ada")
    correcting.split(news, "Odile Fenn", ["crane.txt", "port.txt"], by="ada")
    apart = speaker_of(news, "the port would silt")
    correcting.split(news, apart, ["port.txt"], by="ada")

    assert len({speaker_of(news, "the port would silt"), speaker_of(news, "Nobody slept", 1), speaker_of(news, "Nobody slept", 0)}) == 3
    undo(news, odile.id, by="ada")
    assert list(verify(news)) == []


def test_two_that_are_not_one_are_no_longer_asked_about_nor_joined(news):
    EVERY["two names"](news)
    undo(news, 1, by="ada")
    EVERY["two that are not one"](news)
    article, quotes = port()
    news.save(article, quotes[:3], extractor="model 2")

    assert speaker_of(news, "disagreed") != speaker_of(news, "the port would silt")
    assert news.db.execute("select count(*) from merge_candidates where subject = 'speaker'").fetchone() == (0,)


def test_a_new_name_is_shown_everywhere_and_the_printed_one_found(news):
    EVERY["rename"](news)
    EVERY["rename a body"](news)

    assert quote_row(news, "the port would silt")["speaker"] == "Odile von Fenn"
    assert quote_row(news, "the port would silt")["institution"] == "Bank of the Vale"
    assert quote_row(news, "nothing would change")["speaker"] == "Bank of the Vale"
    correcting.rename(news, "Odile Fenn", "Odile F.", by="bo")
    assert quote_row(news, "the port would silt")["speaker"] == "Odile F."


def test_corrections_survive_another_model(news):
    """Which cuts the quotes otherwise: the same words are found by what they have in common."""
    EVERY["a new name"](news)
    correcting.reject(news, quote_of(news, "The weir held"), by="ada")
    article, quotes = weir()
    shorter = [quote.__class__(**{**_fields(quote), **_cut(article.text, quote)}) for quote in quotes]
    news.save(article, shorter, extractor="model 2")

    assert quote_row(news, "Nobody slept that")["speaker"] == "Bo Quill"
    assert news.db.execute("select count(*) from quotes where text like 'he weir held%'").fetchone() == (0,)
    assert [state for _, state in states(news)] == ["in force"] * 2


def test_what_is_not_found_any_more_sleeps_until_it_is(news):
    EVERY["a new name"](news)
    EVERY["rename"](news)
    for article, _ in (weir(), crane(), port()):
        news.save(article, [], extractor="deaf")
    assert states(news) == [("speaker", "dormant"), ("rename", "dormant")]
    assert [each.because for each in listed(news)] == ["no such quote is found in the article now", "nobody is called Odile Fenn now"]
    newsroom(news)

    assert [state for _, state in states(news)] == ["in force"] * 2
    assert quote_row(news, "Nobody slept")["speaker"] == "Bo Quill"


def test_one_quote_is_not_taken_for_two(news):
    """The correction of a quote within a quote does not go over to the outer one when the inner one is not found."""
    inner = correcting.correct_spans(news, quote_of(news, "they would stay"), [[0, 20]], by="ada")
    outer = correcting.correct_title(news, quote_of(news, "The weir held", 0), "engineer", by="ada")
    article, quotes = weir()
    news.save(article, quotes[:1], extractor="model 2")

    assert {each.correction.id: each.state for each in listed(news)} == {inner.id: "dormant", outer.id: "in force"}


def test_what_is_put_right_about_an_article_outlasts_other_readings_of_it(news):
    """Whatever a later reading states, and what was read comes back with `undo`; all that hangs on it follows."""
    article, quotes = port()
    made = correcting.correct_articles(news, ["port.txt"], published="2019-01-01", outlet="Port Post", by="ada")[0]
    news.save(replace(article, title="Port", outlet="Somewhere"), quotes, extractor="model 2")

    row = next(news.db.query("select title, outlet, published from articles where path = 'port.txt'"))
    assert row == {"title": "Port", "outlet": "Port Post", "published": "2019-01-01"}
    assert quote_row(news, "nothing would change")["published"] == "2019-01-01"
    assert news.save(replace(article, title="Port", outlet="Somewhere"), quotes, extractor="model 2") is Saved.UNCHANGED
    assert list(verify(news)) == []
    undo(news, made.id, by="ada")
    row = next(news.db.query("select title, outlet, published from articles where path = 'port.txt'"))
    assert row == {"title": "Port", "outlet": "Somewhere", "published": article.published}


def test_an_import_is_idempotent_and_carries_undoing(news, tmp_path):
    for name in ("title", "two names", "right", "rename", "all of an article"):
        EVERY[name](news)
    with Store.open(tmp_path / "other.db", create=True) as other:
        lines = list(export(news))
        assert imported(other, lines)[:] == (5, 0, 0)
        assert {each.because for each in listed(other)} >= {"the article is not stored"}
        newsroom(other)
        undo(news, 1, by="bo")

        assert imported(other, lines)[:] == (0, 0, 5)
        assert imported(other, list(export(news)))[:] == (0, 1, 4)
        assert imported(news, list(export(other)))[:] == (0, 0, 5)
        assert without_corrections(other) == without_corrections(news)


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        "x",
        {"action": "sing"},
        {"target": None},
        {"target": {"spans": [[5, 1]], "text": "x"}},
        {"target": {"spans": [["0", 1]], "text": "x"}},
        {"change": {}},
        {"change": {"title": ""}},
        {"change": {"title": 5}},
        {"at": "yesterday"},
        {"by": ""},
        {"article_id": None},
        {"article_id": 2**70},
        {"action": "merge"},
        {"action": "article", "target": {"path": "a.txt"}, "change": {}},
        {"action": "article", "target": {"path": "a.txt"}, "change": {"section": "Sport"}},
        {"action": "article", "target": {"path": "a.txt"}, "change": {"byline": "Ann Lee"}},
        {"action": "article", "target": {"path": "a.txt"}, "change": {"published": "soon"}},
        {"why": 7},
    ],
)
def test_what_is_no_correction_is_refused_with_its_line_and_nothing_is_imported(news, wrong):
    good = EVERY["title"](news).as_json()
    undo(news, 1, by="ada")
    line = {**good, **wrong} if isinstance(wrong, dict) else wrong
    before = news.db.execute("select * from corrections").fetchall()
    with pytest.raises(StoreError, match=r"^c\.jsonl:2: not a correction: "):
        imported(news, [good, line], where="c.jsonl")

    assert news.db.execute("select * from corrections").fetchall() == before


REFUSED = {
    "no quote has this number": lambda store: correcting.reject(store, 7, by="ada"),
    "no quote has this number: ": lambda store: correcting.reject(store, 2**70, by="ada"),
    "beyond the text": on("The weir held", correcting.correct_spans, [[0, 10_000]]),
    "begin before it ends": on("The weir held", correcting.correct_spans, [[5, 5]]),
    "may not overlap": on("The weir held", correcting.correct_spans, [[5, 9], [8, 12]]),
    "holds no words": on("The weir held", correcting.correct_spans, [[3, 4]]),
    "must be a list": on("The weir held", correcting.correct_spans, []),
    "its words already": on("The weir held", correcting.correct_words, ["The weir held"]),
    "another quote has these words": on("The weir held", correcting.correct_words, ["they would stay"]),
    "are not in the article": on("The weir held", correcting.correct_words, ["the dam"]),
    "the name is empty": on("The weir held", correcting.correct_speaker, "  "),
    "the title is empty": on("The weir held", correcting.correct_title, " "),
    "title is mayor already": on("The weir held", correcting.correct_title, "mayor"),
    "Ines Duarte has it already": on("The weir held", correcting.correct_speaker, "INES DUARTE"),
    "say first who did": lambda store: correcting.correct_title(store, speechless(store), "mayor", by="ada"),
    "no kind of speaker": on("The weir", correcting.correct_speaker, "Bo", kind="horse"),
    "are one already": names(correcting.merge, "Odile Fenn", "odile fenn"),
    "a person and Vale Harbour Bank": names(correcting.merge, "Odile Fenn", "Vale Harbour Bank"),
    "nobody of this name": names(correcting.merge, "Odile Fenn", "Nemo"),
    "Fenn: may be short for several speakers.*: give the number of one:.*Odile Fenn": names(correcting.merge, "Fenn", "Ines Duarte"),
    "Odile: is only a part of names: give the number or the whole name of one:.*Odile Fenn": names(correcting.rename, "Odile", "X"),
    "several speakers are called so": names(correcting.rename, "Ines Duarte", "X"),
    "these are all the articles": names(correcting.split, "Odile Fenn", ["crane.txt", "port.txt"]),
    "not quoted in article": names(correcting.split, "Odile Fenn", ["weir.txt"]),
    "none.txt: no article has this number or path": names(correcting.correct_articles, ["none.txt"], outlet="X"),
    "it is so already": names(correcting.correct_articles, ["port.txt"], outlet="Salin Courier"),
    "the outlet is empty": names(correcting.correct_articles, ["port.txt"], outlet=" "),
    "soon: the date is not understood": names(correcting.correct_articles, ["port.txt"], published="soon"),
    "2999-01-01: the date is after tomorrow": names(correcting.correct_articles, ["port.txt"], published="2999-01-01"),
    "nothing is said of the article": names(correcting.correct_articles, ["port.txt"]),
    "no article has this number or path": names(correcting.split, "Odile Fenn", ["none.txt"]),
    "only people can be split": names(correcting.split, "Vale Harbour Bank", ["port.txt"]),
    "called so already": names(correcting.rename, "Odile Fenn", "Odile Fenn"),
    "say who makes it": lambda store: correcting.reject(store, quote_of(store, "The weir held"), by=" "),
    "there is none": lambda store: undo(store, 7, by="ada"),
    "half a character": on("The weir held", correcting.reject, why="a\ud800"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_is_refused_in_one_clear_line(news, why):
    before = without_corrections(news)
    with pytest.raises(StoreError, match=why) as raised:
        REFUSED[why](news)

    assert "\n" not in str(raised.value)
    assert (without_corrections(news), states(news, undone=True)) == (before, [])


def test_a_correction_that_fails_halfway_leaves_nothing(news, monkeypatch):
    before = without_corrections(news)
    with monkeypatch.context() as patched:
        patched.setattr("quotes.store.rows.saving.link_quotes", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            EVERY["title"](news)

    assert (without_corrections(news), states(news)) == (before, [])


def test_twins_with_the_very_same_spans_are_told_apart(store):
    """By which of them it is."""
    article, quotes = weir()
    store.save(article, [quotes[0], quotes[0]], extractor="rules 1")
    first, second = (row[0] for row in store.db.execute("select id from quotes order by id").fetchall())
    correcting.correct_speaker(store, second, "Bo Quill", by="ada")
    correcting.reject(store, first, by="ada")

    assert [row["speaker"] for row in store.db.query("select speaker from quotes_browse")] == ["Bo Quill"]
    assert list(verify(store)) == []


def _fields(quote):
    return {name: getattr(quote, name) for name in quote.__slots__}


def _cut(text, quote):
    """The same quote a character shorter at either end."""
    (span,) = quote.spans
    shorter = span._replace(start=span.start + 1, end=span.end - 1)
    return {"spans": (shorter,), "text": text[shorter.start : shorter.end]}
