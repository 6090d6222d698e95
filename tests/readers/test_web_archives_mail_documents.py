"""Web archives, e-mails, Word and PDF."""

import io
from email.message import EmailMessage

import pytest
import samples

from quotes.readers.documents import paragraphs_of_lines


def test_only_pages_of_a_web_archive_are_read_with_their_addresses(reading):
    found = reading("a.warc.gz", samples.warc())
    assert [(article.path, article.url) for article in found] == [(f"a.warc.gz#{n}", f"https://tarn.example/{n}") for n in (1, 2, 3)]


def test_a_page_of_a_web_archive_that_is_no_article_is_named_with_its_address(reading):
    links = "".join(f"<li><a href='/{n}'>Council votes again on ferry number {n}</a></li>" for n in range(12)).encode()
    stream = io.BytesIO()
    samples.write_warc(stream, [("https://tarn.example/index", b"<html><body><ul>" + links + b"</ul></body></html>")])
    found = reading("a.warc.gz", stream.getvalue())
    assert found == [
        "a.warc.gz#1: is a list of links to articles and no article itself, add the pages that it links to (https://tarn.example/index)"
    ]


def test_a_web_archive_that_breaks_off_keeps_what_came_before(reading):
    data = samples.warc(20, compressed=False)
    found = reading("a.warc", data[: len(data) * 2 // 3])
    assert sum(not isinstance(each, str) for each in found) >= 11


@pytest.mark.parametrize(("change", "kept"), [(40, (1, 3, 4)), (-40, (1, 3, 4)), (700, (1, 3, 4))])
def test_a_record_with_a_wrong_length_is_one_line_and_those_behind_it_are_read(reading, change, kept):
    """Too long by some bytes, too short, and so long that the next record lies in it."""
    data = samples.warc(4, compressed=False)
    record = data.index(b"https://tarn.example/2")
    at = data.index(b"Content-Length: ", record) + len(b"Content-Length: ")
    end = data.index(b"\r\n", at)
    found = reading("a.warc", data[:at] + str(int(data[at:end]) + change).encode() + data[end:])
    lines = [each for each in found if isinstance(each, str)]
    assert len(lines) == 1
    assert "a record states a wrong length" in lines[0]
    assert [article.url for article in found if not isinstance(article, str)] == [f"https://tarn.example/{n}" for n in kept]


def test_a_page_in_brotli_is_named(reading, monkeypatch):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    monkeypatch.setattr("quotes.readers.web_archives.find_spec", lambda name: None)
    stream = io.BytesIO(samples.warc(1))
    stream.seek(0, io.SEEK_END)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "br")], protocol="HTTP/1.0")
    writer = WARCWriter(stream, gzip=True)
    writer.write_record(
        writer.create_warc_record("https://tarn.example/br", "response", payload=io.BytesIO(b"\x1b\x21"), http_headers=headers)
    )
    article, message = reading("a.warc.gz", stream.getvalue())
    assert article.url == "https://tarn.example/1"
    assert message == "a.warc.gz#2: is compressed with Brotli, which needs brotli: pip install brotli (https://tarn.example/br)"


def test_an_email_states_its_fields(reading):
    (article,) = reading("a.eml", samples.email())
    assert (article.title, article.outlet, article.published) == (
        "Ferry number 1 will run all winter",
        "The Tarn Observer",
        "2025-10-03T07:45:12+01:00",
    )
    assert article.text == "\n\n".join(samples.story(1).split("\n\n")[1:])


def test_who_sends_an_email_by_name_is_no_outlet(reading):
    """And the clock of a machine that has none is no date."""
    message = EmailMessage()
    message["From"] = "Ann Lee <ann@tarn.example>"
    message["Date"] = "Thu, 01 Jan 1970 00:00:00 +0000"
    message.set_content(samples.STORY)
    (article,) = reading("a.eml", message.as_bytes())
    assert (article.outlet, article.published) == (None, None)


def test_the_html_of_an_email_is_read_where_it_says_more(reading):
    message = EmailMessage()
    message["Subject"] = "Ferry"
    message.set_content("This message is HTML.")
    message.add_alternative(f"<html><body><p>{samples.STORY}</p><p>“Yes,” she said.</p></body></html>", subtype="html")
    (article,) = reading("a.eml", message.as_bytes())
    assert article.text == f"{samples.STORY}\n\n“Yes,” she said."


def test_what_is_attached_to_an_email_is_read_too(reading):
    message = EmailMessage()
    message["Subject"] = "Articles"
    message.set_content("Here they are.")
    message.add_attachment(samples.word(), maintype="application", subtype="octet-stream", filename="b.docx")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    first, second = reading("a.eml", message.as_bytes())
    assert first.text == "Here they are."
    assert (second.path, second.text) == ("a.eml/b.docx", samples.story(1))


@pytest.mark.parametrize("header", ["From: " + "a," * 50_000, "Subject: " + "=?utf-8?b?w6nDqcOp?=\r\n " * 50_000, "Date: " + "(" * 100_000])
def test_a_header_without_end_costs_itself(reading, header):
    (article,) = reading("a.eml", f"Message-ID: <1@b.example>\r\n{header}\r\n\r\nThe quay is closed, said Ann Lee.\r\n".encode())
    assert article.text == "The quay is closed, said Ann Lee."


def test_the_styles_of_word_are_zones(reading):
    import docx

    document = docx.Document()
    document.add_heading("Ferry will run", 0)
    document.add_heading("In winter", 1)
    document.add_paragraph("“Yes,” said Ann Lee.")
    document.add_table(1, 2).rows[0].cells[0].text = "Cost"
    stream = io.BytesIO()
    document.save(stream)
    (article,) = reading("a.docx", stream.getvalue())
    assert article.text == "Ferry will run\n\nIn winter\n\n“Yes,” said Ann Lee.\n\nCost"
    assert [zone.kind for zone in article.zones[:3]] == ["headline", "subhead", "body"]


def test_tracked_changes_of_word_count_as_accepted(reading):
    """What was inserted or moved to a place is in, what was struck out is not, and so is what stands in forms and links."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>".format
    gone = "<w:del w:id='2'><w:r><w:delText>old </w:delText></w:r></w:del><w:moveFrom w:id='3'>" + run("here ") + "</w:moveFrom>"
    put = "<w:ins w:id='1'>" + run("not ") + "</w:ins><w:hyperlink>" + run("the quay") + "</w:hyperlink>"
    document.element.body.insert(0, parse_xml(f"<w:p {space}>{run('This is ')}{put}{gone}{run('.')}</w:p>"))
    document.element.body.insert(1, parse_xml(f"<w:sdt {space}><w:sdtContent><w:p>{run('“No.”')}</w:p></w:sdtContent></w:sdt>"))
    stream = io.BytesIO()
    document.save(stream)
    (article,) = reading("a.docx", stream.getvalue())
    assert article.text == "This is not the quay.\n\n“No.”"


def test_lines_of_a_pdf_are_paragraphs_again(reading):
    (article,) = reading("a.pdf", samples.pdf())
    assert article.text == samples.story(1)


def test_what_stands_on_every_page_of_a_pdf_is_left_out(reading):
    pages = [["The Tarn Observer", f"On page {n} the mayor said that it was so.", f"Page {n} of 4"] for n in range(1, 5)]
    (article,) = reading("a.pdf", samples.pdf(pages))
    assert "Observer" not in article.text
    assert "Page 2 of 4" not in article.text
    assert "On page 2 the mayor said" in article.text


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (
            ["The well-known quay is well-", "known, and the fer-", "ry too; the so-called ferry, they say, is a so-", "called boat."],
            ["The well-known quay is well-known, and the ferry too; the so-called ferry, they say, is a so-called boat."],
        ),
        (["The dam is state-of-the-", "art.", "", "A state-of-the-art dam costs more."], None),
        (
            [
                "The council of the islands decided on Thursday that the fer-",
                "ry will run all winter, as it once did, said Ann. It was",
                "time.",
                "“Yes,” she said, and she said it for the third time within the",
                "hour.",
            ],
            [
                "The council of the islands decided on Thursday that the ferry will run all winter, as it once did, said Ann. It was time.",
                "“Yes,” she said, and she said it for the third time within the hour.",
            ],
        ),
    ],
)
def test_divided_words_are_put_together(lines, paragraphs):
    """A hyphen that a word has anyway stays."""
    assert paragraphs_of_lines(lines) == (paragraphs or ["The dam is state-of-the-art.", "A state-of-the-art dam costs more."])
