"""Inputs at addresses that fsspec knows."""

import json

import fsspec
import pytest
from fsspec.spec import AbstractBufferedFile

from quotes.errors import ArticleError
from quotes.readers import Reading, count, missing, parts, read
from quotes.readers.parts import Part, parts_of, read_part

TEXT = "Well {} is dry.\n\n“It is dry,” said Odile Fenn of the wells."
LINES = "\n".join(json.dumps({"text": f"Well {number} is dry, and that is all."}) for number in range(7))


@pytest.fixture(params=["memory", "file"])
def folder(request, tmp_path):
    address = f"{request.param}://{tmp_path}"
    files, root = fsspec.url_to_fs(address)
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden/3.txt", "b/picture.png"):
        files.makedirs(f"{root}/{name}".rpartition("/")[0], exist_ok=True)
        files.pipe_file(f"{root}/{name}", TEXT.format(name).encode())
    files.pipe_file(f"{root}/lines.jsonl", LINES.encode())
    return address


def paths(address):
    return [str(article) if isinstance(article, ArticleError) else article.path.removeprefix(address) for article in read([address])]


def test_files_folders_and_patterns_are_read(folder):
    whole = paths(folder)
    assert whole == [*(f"{name}" for name in ("/a.txt", "/b/1.txt", "/b/2.txt")), *(f"/lines.jsonl#{number}" for number in range(1, 8))]
    assert [article.path for article in read([f"{folder}/b/*.txt"])] == [f"{folder}/b/1.txt", f"{folder}/b/2.txt"]
    assert [article.text for article in read([f"{folder}/a.txt"])] == [TEXT.format("a.txt")]
    assert missing([folder]) == []
    assert count([folder]) is None


def test_large_files_are_divided(folder, monkeypatch):
    monkeypatch.setattr(parts, "ARTICLES", 3)
    monkeypatch.setattr(parts, "LARGE", 200)
    found = list(parts_of([f"{folder}/lines.jsonl"], Reading()))

    assert [(part.first, part.place is not None) for part in found if isinstance(part, Part)] == [(0, False), (3, True), (6, True)]
    articles = [article.path for part in found for article in read_part(part, Reading())]
    assert articles == [f"{folder}/lines.jsonl#{number}" for number in range(1, 8)]


def test_files_as_s3_has_them_are_read(folder, monkeypatch):
    """They are no files of Python's own."""

    class Blocks(AbstractBufferedFile):
        def _fetch_range(self, start, end):
            return LINES.encode()[start:end]

    for name in ("memory", "file"):
        files = fsspec.get_filesystem_class(name)
        monkeypatch.setattr(files, "open", lambda self, path, mode: Blocks(self, path, mode))
    assert len(list(read([f"{folder}/lines.jsonl"]))) == 7


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("memory://none/a.txt", "memory://none/a.txt: no such file or folder, check the path"),
        ("memory://none/*.txt", "memory://none/*.txt: fits no file, check the pattern"),
        ("nosuch://a", "nosuch://a: Protocol not known: nosuch: pip install 'quotes[cluster]' and the package for that storage"),
    ],
)
def test_what_cannot_be_reached_is_one_line(path, message):
    assert [str(error) for error in read([path])] == [message]


def test_what_a_storage_refuses_is_one_line(monkeypatch):
    def refuse(*_):
        raise ValueError("no\ncredentials")

    monkeypatch.setattr(fsspec.get_filesystem_class("memory"), "isdir", refuse)
    message = "memory://a: cannot be read (ValueError: no credentials), check the address, and the credentials in the environment"
    assert [str(error) for error in read(["memory://a"])] == [message]
