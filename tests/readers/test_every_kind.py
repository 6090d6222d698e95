"""A file of every kind is read, whatever it is called; however it is damaged, there is one line for each failure and the rest is read."""

import io
import sys

import pytest
import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import ArticleError
from quotes.readers import Reading, count, read
from quotes.records import Article

KINDS = list(samples.EVERY_KIND)
SAYING = "Nobody should have to move to the mainland"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("kinds")


@pytest.fixture(params=KINDS)
def file(request, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / request.param).write_bytes(samples.EVERY_KIND[request.param])
    return request.param


def test_its_articles_are_read(file):
    found = list(read([file]))
    assert [each for each in found if isinstance(each, ArticleError)] == []
    assert len(found) == (1 if file in ("a.txt", "a.html", "a.eml", "a.docx", "a.rtf", "a.pdf") else 3)
    assert all(SAYING in article.text and article.language == "en" for article in found)
    assert all(article.title.startswith("Ferry number") for article in found)


def test_its_content_tells_the_kind_whatever_it_is_called(file, tmp_path):
    (tmp_path / "unnamed").write_bytes((tmp_path / file).read_bytes())
    assert [article.text for article in read(["unnamed"])] == [article.text for article in read([file])]


def test_it_is_read_from_a_pipe(file, tmp_path):
    data = (tmp_path / file).read_bytes()
    assert [article.text for article in read(["-"], stdin=io.BytesIO(data))] == [article.text for article in read([file])]


def test_a_table_whose_header_tells_nothing_is_one_when_it_is_called_so():
    data = samples.csv().replace(b'"text"', b'"what it says"')
    assert len(list(read(["-"], stdin=io.BytesIO(data)))) == 1
    found = list(read(["-"], stdin=io.BytesIO(data), settings=Reading(kind="csv")))
    assert [article.text for article in found] == [samples.story(n) for n in (1, 2, 3)]


def test_the_records_of_every_kind_have_the_same_text_byte_for_byte(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in KINDS:
        if name not in ("a.eml", "a.pdf"):
            (tmp_path / name).write_bytes(samples.EVERY_KIND[name])
            texts = [article.text for article in read([name])]
            assert texts == [samples.story(n) for n in (1, 2, 3)][: len(texts)]


def test_a_folder_of_them_all_is_read(tmp_path):
    for name, data in samples.EVERY_KIND.items():
        (tmp_path / name).write_bytes(data)
    found = list(read([tmp_path]))
    assert all(isinstance(each, Article) for each in found)
    assert len(found) == 6 + 3 * (len(KINDS) - 6)
    assert count([tmp_path]) > len(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_an_empty_file_is_one_line(name, tmp_path):
    (tmp_path / name).write_bytes(b"")
    (error,) = read([tmp_path / name])
    assert isinstance(error, ArticleError)
    assert error.source == str(tmp_path / name)


def encrypted():
    data = bytearray(samples.zip_of({"a.txt": samples.FILES["1.txt"]}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
NO_TEXT = "has no column for the text (looked for text, body, content, article, articleBody, "
ITEM = b"<rss version='2.0'><channel><item><title>Quay closed</title></item></channel></rss>"


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.bin", b"a\0b\0\0\1", "holds NUL bytes, so it is binary or damaged"),
        ("a.json", b"{", "is not JSON ("),
        ("a.json", b"5", "holds neither an object nor a list"),
        ("a.json", b"[]", "holds an empty list"),
        ("a.jsonl", b'{"who": "x"}\n' * 500, NO_TEXT),
        ("a.csv", b"text\n", "holds no rows"),
        ("a.csv", b"\n", "has no header"),
        ("a.csv", b"who,where\nAnn,Tarn\nBo,Tarn\n", NO_TEXT),
        ("a.tsv", b"who\twhen\nAnn\tnow\n", NO_TEXT),
        ("a.xls", OLD_EXCEL, "is an old Microsoft Office file, not text, save it as plain text or CSV"),
        ("a.rss", b"<rss version='2.0'><channel></channel></rss>", "is a feed without entries"),
        ("a.rss", b"<?xml version='1.0'?><note><to>Ann</to></note>", "is XML, but no RSS or Atom feed"),
        ("a.rss", b"<opml version='1.0'><body/></opml>", "is a list of feeds, give it to `quotes watch`"),
        ("a.rss", b"<?xml version='1.0'?><rss", "is"),
        ("a.rss", ITEM, "has neither a text nor a link"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "is a web archive without HTML pages"),
        ("a.eml", b"From: a@b.example\r\nSubject: x\r\nDate: Fri, 03 Oct 2025 07:45:12 +0100\r\n\r\n", "is an e-mail without a text"),
        ("a.pdf", samples.pdf([[]]), "has no text layer (a scan?)"),
        ("a.tar.gz", samples.tar_of({"logo.png": b"\x89PNG\r\n"}), "holds no articles, give an archive with files of a known kind ("),
        ("a.zip", encrypted(), "is encrypted, unpack the archive with its password first"),
    ],
)
def test_what_holds_no_article_is_one_line_that_says_why(name, data, why, reading):
    (message,) = reading(name, data)
    assert message.partition(": ")[2].startswith(why)


@pytest.mark.parametrize(
    ("name", "module", "mend"),
    [
        ("a.pdf", "pypdf", "needs pypdf: pip install 'quotes[documents]'"),
        ("a.docx", "mammoth", "needs mammoth: pip install 'quotes[documents]'"),
        ("a.parquet", "pyarrow.parquet", "needs pyarrow: pip install 'quotes[parquet]'"),
    ],
)
def test_a_missing_library_is_asked_for_by_name(reading, monkeypatch, name, module, mend):
    monkeypatch.setitem(sys.modules, module, None)
    (message,) = reading(name, samples.EVERY_KIND[name])
    assert message.endswith(mend)


@st.composite
def corruptions(draw, size):
    """What may happen to a file: cut short, bytes changed, a stretch lost, doubled or filled with something else."""
    at = draw(st.integers(0, size - 1))
    length = draw(st.integers(1, min(400, size)))
    junk = draw(st.binary(min_size=1, max_size=40))
    return draw(st.sampled_from(["cut", "change", "lose", "double", "fill", "insert"])), at, length, junk


def damaged(data, corruption):
    how, at, length, junk = corruption
    rest = data[at + length :]
    stretch = data[at : at + length]
    return {
        "cut": data[:at],
        "change": data[:at] + junk[:4] + data[at + len(junk[:4]) :],
        "lose": data[:at] + rest,
        "double": data[:at] + stretch + stretch + rest,
        "fill": data[:at] + (junk * length)[:length] + rest,
        "insert": data[:at] + junk + data[at:],
    }[how]


@pytest.mark.parametrize("name", KINDS)
def test_damage_anywhere_is_one_line(name, folder, capfd):
    """No traceback, nothing on standard error, each failure one line, and the file beside it is read."""
    data = samples.EVERY_KIND[name]
    beside = folder / "beside.txt"
    beside.write_text("The quay is closed, said Ann Lee.")

    @settings(max_examples=settings.default.max_examples // 3, database=None, suppress_health_check=list(HealthCheck))
    @given(corruptions(len(data)))
    def check(corruption):
        path = folder / name
        path.write_bytes(damaged(data, corruption))
        *found, last = read([path, beside])
        assert isinstance(last, Article)
        assert last.path == str(beside)
        for each in found:
            if isinstance(each, ArticleError):
                assert str(each).isprintable()
                assert "please report" not in str(each)  # whatever may stand in a file is foreseen
                named = str(each).startswith((f"{path}", "00"))
                assert named or str(each).startswith(("https://", "http://"))  # the link of an entry that lost its text
                assert each.source == str(path) or not named
            else:
                each.text.encode("utf-8")
                assert all(0 <= zone.start < zone.end <= len(each.text) for zone in each.zones)

    check()
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_damaged_record_does_not_take_its_neighbours_along(name, folder):
    """Of three records, the first and the last are read whatever happens within the second."""
    data = samples.EVERY_KIND[name]
    start = data.index(b"Ferry number 2")

    @settings(max_examples=50, deadline=None, database=None)
    @given(st.integers(0, 300), st.binary(min_size=1, max_size=20).filter(lambda junk: not set(b'\n\r"\0') & set(junk)))
    def check(at, junk):
        if b'"' in data[start + at : start + at + len(junk)] or b"\n" in data[start + at : start + at + len(junk)]:
            return
        path = folder / name
        path.write_bytes(data[: start + at] + junk + data[start + at + len(junk) :])
        texts = [each.text for each in read([path]) if isinstance(each, Article)]
        assert "Ferry number 1" in texts[0]
        assert "Ferry number 3" in texts[-1]

    check()
