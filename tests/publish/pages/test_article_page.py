"""The marked text and the notes beside it, as HTML."""

import json
import re
from pathlib import Path

import pytest
from hostile import STRINGS
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader
from markup import Tags, what_could_run

from quotes.publish import cells
from quotes.publish.pages.article_page import article_context

TEXT = "Rain is due, she said.\n\nIt is late."


def quote(id=1, spans=((0, 11),), **row):
    """A row of a quote, of a speaker of no title."""
    spans = {"spans": json.dumps(spans), "cue_spans": None, "mention_spans": None}
    said = {
        "id": id,
        "kind": "indirect",
        "act": "speech",
        "confidence": 0.9,
        "unsure": 0,
        "corrected": 0,
        "utterance_id": 5,
        "carried": 1,
        "past": 0,
    }
    who = {"speaker_id": 2, "speaker": "Ada Vey", "title": None, "institution_id": None, "institution": None}
    role = {"speaker_outlet": 0, "role": "unknown", "role_evidence": None}
    return said | spans | who | role | row


class _Templates(FileSystemLoader):
    """The templates of the site over a page that is empty but for its content."""

    def get_source(self, environment, template):
        if template == "quotes_base.html":
            return "{% block content %}{% endblock %}", None, lambda: True
        return super().get_source(environment, template)


TEMPLATES = Environment(autoescape=True, loader=_Templates(Path(cells.__file__).parent / "templates"))
TEMPLATES.filters |= {"day": cells.day, "moment": cells.moment}


def page(*quotes, text=TEXT, zones=(), follow=None):
    row = {"id": 3, "text": text, "zones": json.dumps(zones), "byline": "[]", "words": 7}
    article = row | dict.fromkeys(("title", "outlet", "published", "section", "url", "extractor"))
    context = article_context(article, quotes or [quote()], follow=follow)
    return TEMPLATES.get_template("quotes_article.html").render(base="/base", every=False, **context)


def printed(*quotes, **given):
    """The paragraphs of the article with the notes beside them."""
    html = page(*quotes, **given)
    return "".join(re.findall(r'<div class="quotes-paragraph.*?\n</div>', html, re.DOTALL))


def test_a_quote_is_marked_and_its_number_leads_to_the_note():
    html = printed()

    assert (
        '<span class="quotes-anchor" id="q1"></span><mark class="quotes-mark quotes-indirect" data-speaker="2">Rain is due</mark>' in html
    )
    assert '</mark><sup class="quotes-ref"><a href="#note-1" aria-label="Quote 1, indirect, Ada Vey">1</a></sup>, she said.' in html
    assert '<li id="note-1" data-speaker="2">' in html


def test_the_note_stands_below_the_paragraph_in_which_the_quote_begins():
    first, second = printed(quote(spans=[[0, 11], [24, 34]])).split("</div>")[:2]

    assert 'id="note-1"' in first
    assert "<ul" not in second


def test_the_head_stands_below_the_headline_or_first_of_all():
    head, paragraph = '<div class="quotes-head">', '<div class="quotes-paragraph'
    with_headline = page(text="Rain\n\nIt rains.", zones=[["headline", 0, 4]])

    assert [part.count(paragraph) for part in with_headline.split(head)] == [1, 1]
    assert page().index(head) < page().index(paragraph)


def test_a_second_headline_is_a_paragraph_and_a_subhead_a_heading_below():
    html = printed(
        quote(spans=[[9, 14]]), text="Rain\n\nMore\n\nLate\n\nBody.", zones=[["headline", 0, 4], ["headline", 6, 10], ["subhead", 12, 16]]
    )

    assert html.count("<h1>") == 1
    assert html.count("<h2>") == 1


def test_the_quotes_of_the_speaker_who_is_followed_stand_out_and_lead_to_each_other():
    html = printed(quote(), quote(id=4, spans=[[17, 21]], speaker_id=9, speaker="Bo Lind"), quote(id=3, spans=[[24, 34]]), follow=2)

    assert html.count("quotes-followed") == 4, "two marks and two notes"
    assert '<a href="#q3" rel="next">next of Ada Vey</a>' in html
    assert '<a href="#q1" rel="prev">previous</a>' in html
    assert html.count(">follow<") == 1


COURT = {"institution": "Tarn Court", "institution_id": 7}
NAMED_BY_TITLE = {"speaker": "The Judge", "title": "the judge"}


@pytest.mark.parametrize(
    ("row", "there", "missing"),
    [
        ({"title": "judge", **COURT}, '<span class="quotes-as">judge, <a href="/base/institution/7">Tarn Court</a></span>', "former"),
        ({**COURT, **NAMED_BY_TITLE}, '<span class="quotes-as"><a href', "the judge,"),
        (NAMED_BY_TITLE, "The Judge</a>", "quotes-as"),
        ({"title": "judge", "past": 1}, '<span class="quotes-former">former</span> judge', "formerly"),
        ({"past": 1, **COURT}, '<span class="quotes-former">formerly</span> <a', "former</span>"),
        ({"title": "former judge", "past": 1}, "former judge", "quotes-former"),
        ({"speaker_outlet": 1, "role": "journalist", "confidence": 0.5}, "speech · news outlet · 50 % sure", "quotes-unsure"),
        ({"role": "expert", "role_evidence": "<b>"}, 'role=expert" title="by the words “&lt;b&gt;”">expert</a>', "<b>"),
        ({"unsure": 1}, "quotes-unsure", "corrected"),
        ({"corrected": 1, "carried": 3}, 'in_default_view=1&amp;utterance_id=5">in 3 articles</a>', "quotes-unsure"),
        ({"speaker_id": None, "speaker": None}, '<span class="quotes-unknown">Speaker not found</span>', ">follow<"),
        ({"speaker_id": None, "speaker": None}, "Speaker not found", "data-speaker"),
        ({"speaker_id": None, "speaker": None}, "Speaker not found", "quotes-followed"),
        ({"cue_spans": "[[17, 21]]"}, '<span class="quotes-cue" data-speaker="2" title="introduces quote 1">said</span>', "source of"),
        ({"mention_spans": "[[13, 16]]"}, 'quotes-mention" data-speaker="2" title="source of quote 1">she</span>', "introduces"),
    ],
)
def test_a_note_says_who_speaks_as_what_and_how_sure_that_is(row, there, missing):
    html = printed(quote(**row))

    assert there in html
    assert missing not in html


def test_a_quote_in_a_quote_is_nested():
    html = printed(quote(), quote(id=2, kind="direct", spans=[[5, 7]]))

    assert '<mark class="quotes-mark quotes-direct quotes-nested" data-speaker="2">is</mark>' in html


def test_nothing_in_a_row_or_a_text_becomes_markup():
    for words in STRINGS:
        row = dict.fromkeys(("speaker", "title", "institution", "role", "role_evidence", "act"), words)
        html = printed(quote(spans=[[0, len(words)]], institution_id=7, **row), text=words or "x")
        names = {name for _, attributes in Tags(html).tags for name in attributes}

        assert what_could_run(html) == []
        assert names <= {"class", "id", "href", "aria-label", "data-speaker", "data-quotes-follow", "title", "rel"}
        assert {tag for tag, _ in Tags(html).tags} <= {"div", "p", "span", "mark", "sup", "a", "ul", "li", "h1", "h2"}


@given(st.text(alphabet="a<&\"' \n“”", min_size=1, max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_what_is_printed_is_the_text(text, places):
    spans = [(min(each), min(max(each), len(text))) for each in places]
    quotes = [quote(id=nth, spans=[span]) for nth, span in enumerate(spans, 1) if span[0] < span[1]]
    html = printed(*quotes, text=text) if quotes else printed(text=text)

    assert "".join("".join(Tags(html).printed).split()) == "".join(text.split())
