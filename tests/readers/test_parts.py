import gzip
import io
import json
import lzma

import pytest

from quotes.errors import ArticleError
from quotes.readers import Reading, parts, read
from quotes.readers.parts import Part, halves_of, parts_of, read_part

TEXTS = [f"Well {number} is dry.\n\n“It is dry,” said Odile Fenn of the wells." for number in range(7)]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(parts, "ARTICLES", 3)
    monkeypatch.setattr(parts, "LARGE", 100)


PAGE = "<html><head><title>Wells</title></head><body><article>{}</article></body></html>"


def json_lines():
    return "\n\n".join(json.dumps({"text": text, "title": "Wells"}) for text in TEXTS).encode()


def table(*, codec="utf-8", end="\n"):
    marked = ("“".join(text.split('"')).replace("\n", end) for text in [*TEXTS[:-1], "Café " + TEXTS[-1]])
    return ("text,n" + end + end.join(f'"{text}",{number}' for number, text in enumerate(marked))).encode(codec)


def parquet(rows_in_a_group):
    import pyarrow as pa
    from pyarrow import parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"text": TEXTS}), out, row_group_size=rows_in_a_group)
    return out.getvalue()


def web_archive(pack=bytes):
    """The texts as pages, with a picture and a damaged record among them."""
    pages = [PAGE.format("".join(f"<p>{each}</p>" for each in text.split("\n\n") * 9)).encode() for text in TEXTS]
    picture = (b"image/png", b"\x89PNG")
    bodies = [(b"text/html", page) for page in pages]
    records = []
    for number, (kind, body) in enumerate([*bodies[:2], picture, *bodies[2:]]):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n" + body
        length = len(http) + (7 if number == 4 else 0)
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:{number}>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        head += f"WARC-Target-URI: https://tarn.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        records.append(pack(f"{head}Content-Length: {length}\r\n\r\n".encode() + http + b"\r\n\r\n"))
    return b"".join(records)


FILES = {
    "a.jsonl": json_lines(),
    "a.csv": table(),
    "mark.csv": b"\xef\xbb\xbf" + table(end="\r\n"),
    "old.csv": table(codec="cp1252"),
    "wide.csv": table(codec="utf-16"),
    "groups.parquet": parquet(2),
    "a.parquet": parquet(7),
    "a.warc": web_archive(),
    "a.warc.gz": web_archive(gzip.compress),
    "whole.warc.gz": gzip.compress(web_archive()),
    "a.jsonl.gz": gzip.compress(json_lines()),
    "a.csv.xz": lzma.compress(table()),
}


@pytest.mark.parametrize("name", FILES)
def test_the_parts_of_a_large_file_hold_its_articles_once(tmp_path, name):
    (tmp_path / name).write_bytes(FILES[name])

    found = list(parts_of([str(tmp_path / name)], Reading()))
    assert [(part.first, part.stop) for part in found] == [(0, 3), (3, 6), (6, None)]
    assert [part.place is not None for part in found[1:]] == [name != "wide.csv"] * 2
    done = []
    articles = [article for part in found for article in read_part(part, Reading(), done.append)]
    whole = list(read([str(tmp_path / name)]))
    assert list(map(described, articles)) == list(map(described, whole))
    assert done == [str(tmp_path / name)]


def described(article):
    return str(article) if isinstance(article, ArticleError) else (article.path, article.text, article.id)


def test_what_is_before_a_part_is_left_out(tmp_path):
    """Each record of a web archive is a member of a compressed file."""
    (tmp_path / "a.warc.gz").write_bytes(FILES["a.warc.gz"])
    whole = tmp_path / "whole.warc.gz"
    whole.write_bytes(FILES["whole.warc.gz"])

    (_, second, _), (_, same, _) = (list(parts_of([str(path)], Reading())) for path in (tmp_path / "a.warc.gz", whole))
    assert second.place.byte == second.place.skipped == same.place.byte > second.place.raw > 0
    assert (same.place.raw, same.place.skipped) == (0, 0)


def test_a_part_that_takes_going_through_others_is_larger(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "AGAIN", 1)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(json_lines()))

    assert [part.first for part in parts_of([str(tmp_path / "a.jsonl.gz")], Reading())] == [0, 3]


def test_halves_begin_at_the_place_of_their_part(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(json_lines())
    whole = list(read([str(tmp_path / "a.jsonl")]))
    _, part, _ = parts_of([str(tmp_path / "a.jsonl")], Reading())

    assert [article for half in halves_of(part) for article in read_part(half, Reading())] == whole[3:6]


def test_small_files_are_read_together_and_what_is_missing_is_said(tmp_path):
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text)

    found = list(parts_of([str(tmp_path), str(tmp_path / "none.txt"), "-"], Reading()))
    assert [len(part.files) for part in found if isinstance(part, Part)] == [3, 3, 1]
    assert [str(error).split(": ")[1] for error in found if isinstance(error, ArticleError)] == [
        "no such file or folder, check the path",
        "only files can be divided among processes, save it in a file",
    ]


@pytest.mark.parametrize(
    ("part", "halves"),
    [
        (Part(("a", "b", "c")), [Part(("a",)), Part(("b", "c"))]),
        (Part(("a",), first=4, stop=7), [Part(("a",), first=4, stop=5), Part(("a",), first=5, stop=7)]),
        (Part(("a",), first=4, stop=5), []),
        (Part(("a",), first=4), []),
    ],
)
def test_halves_hold_what_the_part_holds(part, halves):
    assert list(halves_of(part)) == halves


def test_files_that_hold_many_articles_count_by_their_size(tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "LARGE", 10_000)
    monkeypatch.setattr(parts, "BYTES", 100)
    for number in range(4):
        (tmp_path / f"{number}.jsonl").write_bytes(json_lines())
        (tmp_path / f"page{number}.html").write_text(PAGE.format("<p>It is dry.</p>" * 40))

    assert [len(part.files) for part in parts_of([str(tmp_path)], Reading())] == [1, 1, 1, 1, 3, 1]
