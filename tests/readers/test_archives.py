"""Archives and compressed files are read without unpacking to disk; bombs, passwords and nests without end are refused."""

import gzip
import io
import struct
import tempfile
import zipfile
import zlib

import pytest
import samples

from quotes.readers import read
from quotes.readers.inputs import input as inputs
from quotes.readers.layout.language import language_of


@pytest.fixture(autouse=True)
def disk(tmp_path, monkeypatch):
    """Nothing is unpacked to it."""
    language_of("py3langid unpacks its own model to disk, once")
    monkeypatch.setattr(tempfile, "TemporaryFile", None)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)
    yield
    assert len(list(tmp_path.iterdir())) <= 1


def test_members_are_named_after_the_archive(reading):
    found = reading("a.zip", samples.zip_of({"2025/b.txt": samples.story(1).encode(), "a.jsonl": samples.json_lines(2)}))
    assert [article.path for article in found] == ["a.zip/2025/b.txt", "a.zip/a.jsonl#001", "a.zip/a.jsonl#002"]


def test_hidden_files_and_other_kinds_are_passed_over(reading):
    story = samples.story(1).encode()
    found = reading(
        "a.zip", samples.zip_of({"__MACOSX/._a.txt": b"\0", ".b.txt": story, "logo.png": b"\x89PNG", "a.txt": story, "set.json": b"{}"})
    )
    assert [article.path for article in found] == ["a.zip/a.txt"]


def test_a_bad_member_is_one_line_and_the_others_are_read(reading):
    first, second, third = reading(
        "a.zip", samples.zip_of({"a.txt": samples.FILES["1.txt"], "b.txt": b"a\0\1b", "c.txt": samples.FILES["3.txt"]})
    )
    assert second.startswith("a.zip/b.txt: holds NUL bytes")
    assert (first.path, third.path) == ("a.zip/a.txt", "a.zip/c.txt")


def test_archives_in_archives_are_read_as_deep_as_three(reading):
    data = samples.tar_of({"a.txt": samples.FILES["1.txt"]})
    for name in ("b.tar.gz", "c.zip"):
        data = samples.zip_of({name: data})
    assert [article.path for article in reading("d.zip", data)] == ["d.zip/c.zip/b.tar.gz/a.txt"]
    for _ in range(3):
        data = samples.zip_of({"e.zip": data})
    (message,) = reading("d.zip", data)
    assert "lies in more than 3 archives" in message


@pytest.fixture
def small_budget(monkeypatch):
    monkeypatch.setattr(inputs, "ALWAYS_ALLOWED", 1 << 20)


def test_a_bomb_is_refused(reading, small_budget):
    bomb = samples.zip_of({"a.jsonl": b'{"text": "' + b"a" * (30 << 20) + b'"}\n'})
    (message,) = reading("a.zip", bomb)
    assert message.startswith("a.zip/a.jsonl: unpacks to more than 200 times its size")


def test_a_bomb_in_a_bomb_is_refused_by_the_budget_of_the_outer(reading, small_budget):
    inner = samples.zip_of({f"{n}.txt": b"a " * (600 << 10) for n in range(4)})
    found = reading("a.zip", samples.zip_of({f"{n}.zip": inner for n in range(4)}))
    assert any("unpacks to more than 200 times" in each for each in found if isinstance(each, str))


@pytest.mark.parametrize("pack", [gzip.compress, samples.zst, lambda data: samples.tar_of({"a.txt": data})])
def test_one_compressed_file_can_be_a_bomb_too(reading, small_budget, pack):
    (message,) = reading("a.gz", pack(b"word " * (8 << 20)))
    assert "unpacks to more than 200 times" in message


def test_a_pipe_may_unpack_to_much(small_budget):
    """Nobody knows how long it is, and it is read piece by piece."""
    data = samples.json_lines(1).replace(b"{", b"{" + b" " * 10_000, 1) * 150
    assert len(data) > 1 << 20
    found = list(read(["-"], stdin=io.BytesIO(gzip.compress(data))))
    assert [type(each).__name__ for each in found] == ["Article"] * 150


def test_files_that_share_their_bytes_are_refused(reading, small_budget):
    """The non-recursive bomb: many entries of the directory point to the same compressed bytes."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(b"word " * 200_000) + packed.flush()
    checksum = zlib.crc32(b"word " * 200_000)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, checksum, len(data), 1_000_000, 5, 0) + b"a.txt" + data
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, checksum, len(data), 1_000_000, 5, 0, 0, 0, 0, 0, 0) + b"a.txt"
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 40, 40, len(entry) * 40, len(local), 0)
    found = reading("a.zip", local + entry * 40 + end)
    assert any(isinstance(each, str) and ("unpacks to more than 200" in each or "overlap" in each.casefold()) for each in found)
    assert len([each for each in found if not isinstance(each, str)]) < 5


def test_a_compressed_file_that_breaks_off_keeps_what_came_before(reading):
    whole = gzip.compress(samples.json_lines(400), 1)
    *articles, message = reading("a.jsonl.gz", whole[: len(whole) // 2])
    assert len(articles) > 50
    assert message.startswith("a.jsonl.gz: ")


def test_a_tar_that_breaks_off_keeps_what_came_before(reading):
    data = samples.tar_of({f"{n}.txt": samples.story(n).encode() for n in range(20)}, "w")
    *articles, message = reading("a.tar", data[: len(data) // 2 + 700])
    assert len(articles) >= 9
    assert message.startswith("a.tar")


def test_links_out_of_a_tar_are_not_followed(reading):
    import tarfile

    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    (message,) = reading("a.tar", stream.getvalue())
    assert "holds no articles" in message


def test_a_zip_with_a_lying_directory_is_one_line_a_member(reading):
    data = samples.zip_of({"a.txt": samples.FILES["1.txt"], "b.txt": samples.FILES["2.txt"]})
    at = data.rindex(b"PK\x01\x02")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.namelist()) == 2
    found = reading("a.zip", data[: at + 42] + struct.pack("<I", 5) + data[at + 46 :])
    assert len(found) == 2
    assert isinstance(found[1], str)
    assert all(each.startswith("a.zip/") for each in found if isinstance(each, str))  # newer Pythons refuse both
