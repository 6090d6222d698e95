"""Exports of Nexis, Factiva and ProQuest, in every form: each article with its fields, and nothing of these as its story."""

import export_samples as samples
import pytest
from samples import rtf

from quotes.readers.exports.media_archive import articles_of_export

EXPORTS = {
    "nexis.txt": samples.old_nexis().encode(),
    "nexis-crlf.txt": samples.old_nexis().replace("\n", "\r\n").encode(),
    "older.txt": samples.older_nexis().encode(),
    "nexis.html": samples.nexis_html(),
    "nexis.rtf": rtf(samples.old_nexis()),
    "uni.txt": samples.new_nexis().encode(),
    "uni.rtf": rtf(samples.new_nexis()),
    "uni.docx": samples.word([*samples.COVER.split("\n"), *(line for each in samples.STORIES for line in samples.new_nexis_lines(each))]),
    "coded.txt": samples.factiva_coded().encode(),
    "coded.rtf": rtf(samples.factiva_coded()),
    "factiva.txt": samples.factiva_plain().encode(),
    "factiva.rtf": rtf(samples.factiva_plain()),
    "factiva.docx": samples.word([line for each in samples.STORIES for line in samples.factiva_lines(each)]),
    "factiva.html": samples.factiva_html(),
    "proquest.txt": samples.proquest().encode(),
    "proquest.rtf": rtf(samples.proquest()),
    "proquest.docx": samples.word(samples.proquest().split("\n\n")),
    "proquest.html": samples.proquest_html(),
}
DATES = ("2021-01-11", "2022-03-02", "2019-07-04")
WRITERS = (("Oona Brathwaite",), ("Ann Lee", "Bo Diaz"), ("Ida Roke",))


def story(article):
    return [article.text[zone.start : zone.end] for zone in article.zones if zone.kind == "body"]


@pytest.mark.parametrize("name", EXPORTS)
def test_each_article_has_its_fields_and_nothing_of_them_is_story(name, reading):
    found = reading(name, EXPORTS[name])
    assert [article.title for article in found] == [each.title for each in samples.STORIES]
    assert [article.outlet for article in found] == [each.outlet for each in samples.STORIES]
    assert [article.published for article in found] == list(DATES)
    assert [tuple(writer.title() for writer in article.byline) for article in found] == list(WRITERS)
    told = " ".join
    for article, each in zip(found, samples.STORIES, strict=True):
        words = told(told(part.split()) for part in story(article))
        assert words.removesuffix(" IN all, they counted.") == told(each.text)
        headlines = [article.text[zone.start : zone.end] for zone in article.zones if zone.kind == "headline"]
        assert headlines[:1] == [each.title]


@pytest.mark.parametrize("name", EXPORTS)
def test_zones_of_a_document_cover_what_it_prints(name, reading):
    for article in reading(name, EXPORTS[name]):
        end = 0
        for zone in article.zones:
            assert article.text[end : zone.start].strip("\ufeff \t\r\n\f\xa0") == ""
            assert end <= zone.start < zone.end
            end = zone.end
        assert article.text[end:].strip() == ""


def test_sections_captions_and_places_are_read(reading):
    (article, *_) = reading("a.txt", samples.old_nexis().encode())
    assert article.section == "NEWS"
    assert [article.text[zone.start : zone.end] for zone in article.zones if zone.kind == "caption"] == [
        "The quay on Monday (Photo: A. Hand)"
    ]
    (article, *_) = reading("b.txt", samples.older_nexis().encode())
    assert article.dateline == "SKARVIK"


def test_documents_are_named_by_their_number_or_their_file(reading):
    assert [article.path for article in reading("a.txt", samples.old_nexis().encode())] == [f"a.txt#{n}" for n in (1, 2, 3)]
    assert [article.path for article in reading("b.txt", samples.factiva_plain().encode())] == [each.number for each in samples.STORIES]
    found = reading("c.txt", samples.proquest().encode())
    assert (found[0].path, found[0].url) == ("c.txt#251439971", "https://search.proquest.com/docview/251439971")


def test_a_text_with_one_document_stays_whole(reading):
    for text in (samples.old_nexis(samples.STORIES[:1]), samples.new_nexis(samples.STORIES[:1], samples.COVER.replace("(3)", "(1)"))):
        (article,) = reading("a.txt", text.encode())
        assert article.text == text
        assert article.path == "a.txt"
        assert "".join(story(article)).split() == " ".join(samples.STORIES[0].text).split()


NO_TEXT = samples.Story(text=())
HEADLINE = "Ferry sails\nThe Courier, 391 words, (English)\n(Document TARNOB0020210111eh1b0001a)\n\n"
ONE = samples.STORIES[:1]


@pytest.mark.parametrize(
    ("data", "articles", "line"),
    [
        (samples.old_nexis(of=10), 3, "breaks off, it holds 3 of the 10 documents that it names, export it again"),
        (samples.new_nexis().rpartition("Graphic")[0], 3, "#3: document 3 of the export breaks off"),
        (samples.new_nexis().replace("Quay closed after storm\n\n", ""), 3, "#2: document 2 of the export states no headline"),
        (samples.old_nexis().replace("January 11, 2021 Monday", ""), 3, "#1: document 1 of the export states no date"),
        (samples.old_nexis().encode("cp1252"), 3, "not UTF-8, read as Windows-1252 instead"),
        (samples.old_nexis().encode("utf-8").decode("cp1252", "replace"), 0, "say --encoding mojibake"),
        (samples.old_nexis().encode("utf-16"), 3, "read as UTF-16"),
        (samples.old_nexis((*ONE, NO_TEXT)), 1, "#2: has no text, export the full document"),
        (samples.new_nexis((), samples.COVER), 0, "is a list of contents from Nexis without the articles, export the full documents"),
        (samples.proquest(()), 0, "is a list of contents from ProQuest without the articles"),
        (samples.proquest((*ONE, NO_TEXT)).replace("of 3", "of 2"), 1, "#2: has no text"),
        (HEADLINE * 3, 0, "a list of contents from Factiva"),
        (rtf("")[:30], 0, "is empty"),
    ],
)  # fmt: skip
def test_broken_exports_give_one_line(data, articles, line, reading):
    name = "a.rtf" if isinstance(data, bytes) and data.startswith(b"{") else "a.txt"
    found = reading(name, data.encode() if isinstance(data, str) else data)
    errors = [each for each in found if isinstance(each, str)]
    told = errors + [f"{each.path}: {notice}" for each in found if not isinstance(each, str) for notice in each.notices]
    assert len(found) - len(errors) == articles
    assert [line in each for each in told] == [True]


def test_news_that_speaks_of_documents_is_no_export():
    assert articles_of_export("End of Document\n\nHe said: “Length: 3 words.”\n\n1 of 3 DOCUMENTS was lost, said Ann Lee.", "a.txt") is None
    assert articles_of_export("____________________________\n\nThe quay is closed, said Ann Lee.", "a.txt") is None
