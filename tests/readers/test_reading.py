"""`read`: files, folders and standard input, of every kind; what fails is told in one line and the rest goes on."""

import json
import os
import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from quotes.errors import ArticleError
from quotes.readers import Reading, count, read

STORY = "The quay is closed, said Ann Lee, the harbour master."
PAGE = f"<!DOCTYPE html><title>Quay closed</title><article><h1>Quay closed</h1><p>{STORY * 9}</p></article>"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("a.txt", "b/c.txt", "b/.d.txt", ".hidden/e.txt"):
        (tmp_path / name).write_text(STORY)
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n")
    return tmp_path


def complaints(*paths, **options):
    found = list(read(paths, **options))
    assert all(isinstance(each, ArticleError) and "\n" not in str(each) for each in found)
    return [str(each) for each in found]


def test_the_text_of_a_file_is_its_bytes(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfOne\r\n\r\nTwo \n")
    (article,) = read([path])
    assert (article.text, article.path) == ("\ufeffOne\r\n\r\nTwo \n", str(path))


def test_a_folder_is_walked_in_order_and_hidden_files_are_passed_over(folder, monkeypatch):
    assert [article.path for article in read([folder])] == [str(folder / "a.txt"), str(folder / "b" / "c.txt")]
    monkeypatch.chdir(folder)
    assert [article.path for article in read(["."])] == ["./a.txt", "./b/c.txt"]


def test_the_rest_of_a_batch_goes_on(folder):
    (folder / "a.txt").write_bytes(b"GIF89a")
    first, second, third = read([folder, "nowhere.txt"])
    assert str(first) == f"{folder / 'a.txt'}: is a GIF image, not text, give the text instead"
    assert second.text == STORY
    assert str(third) == "nowhere.txt: no such file or folder, check the path"


def test_a_folder_without_articles_is_an_error(tmp_path):
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n")
    (message,) = complaints(tmp_path)
    assert message.startswith(f"{tmp_path}: holds no articles, ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(STORY)
    path.chmod(0)
    assert complaints(path) == [f"{path}: may not be read, change its permissions"]


def test_names_that_are_no_text_can_be_printed(tmp_path):
    for name in (b"a\xff.txt", b"b\n\xff.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(STORY if name.startswith(b"a") else "")
    article, error = read([tmp_path])
    assert article.path == f"{tmp_path}/a?.txt"
    assert str(error) == f"{tmp_path}/b ?.txt: is empty, remove it or put an article in it"


def test_any_fault_of_the_disk_is_one_line(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(STORY)

    def fail(self, mode):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    assert complaints(path) == [f"{path}: cannot be read (Input/output error), check the file"]


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        ("page.asp", PAGE.encode(), "Quay closed"),
        ("feed.txt2", b'{"title": "Quay closed", "text": "Ann Lee said no."}\n', "Quay closed"),
        ("notes.md", b"Quay closed by storm at night\n\n" + STORY.encode(), "Quay closed by storm at night"),
    ],
)  # fmt: skip
def test_a_file_of_unknown_kind_that_is_named_is_read_by_its_looks(tmp_path, name, data, title):
    (tmp_path / name).write_bytes(data)
    (article,) = read([tmp_path / name])
    assert article.title == title


def test_a_page_named_txt_is_read_as_it_is_with_a_notice(tmp_path):
    (tmp_path / "a.txt").write_text(f"<!doctype html><p>{STORY}</p>")
    (article,) = read([tmp_path / "a.txt"])
    assert article.text.startswith("<!doctype")
    assert "looks like HTML" in article.notices[0]


def test_json_beside_the_articles_of_a_folder_is_passed_over(folder):
    (folder / "a.json").write_text('{"quotes": [1, 2]}')
    assert len(list(read([folder]))) == 2
    assert "has no column for the text" in complaints(folder / "a.json")[0]


def test_articles_are_read_one_at_a_time(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"{STORY} {n}"}) + "\n" for n in range(3)))
    articles = read([path, tmp_path / "nowhere.txt"], settings=Reading(columns={"text": "text"}))
    assert next(articles).path == f"{path}#1"
    path.unlink()  # the open file goes on
    assert next(articles).path == f"{path}#2"


def test_articles_are_counted_by_files_and_lines(folder):
    (folder / "x.jsonl").write_text('{"text": "a"}\n{"text": "b"}\n')
    (folder / "y.csv").write_text("text\na\nb\nc\n")
    assert count([folder, "-", "nowhere.txt"]) == 2 + 2 + 3 + 1 + 1
    os.mkfifo(folder / "pipe")
    assert count([folder / "pipe"]) is None


def test_odd_files_of_a_folder_are_one_line_each_and_the_rest_is_read(tmp_path):
    """Links that lead nowhere or to themselves, a socket and a pipe, the pipe among files that are counted too."""
    names = ("1.txt", "3.txt", "5.txt", "7.csv", "9.txt")
    for name in names:
        (tmp_path / name).write_text(STORY if name.endswith("txt") else f'text\n"{STORY}"')
    (tmp_path / "2.txt").symlink_to("nowhere.txt")
    (tmp_path / "4.txt").symlink_to("4.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "6.txt"))
        os.mkfifo(tmp_path / "8.csv")
        count([tmp_path])
        for path in (tmp_path, f"{tmp_path}/*"):
            found = list(read([path]))
            assert [Path(each.path.partition("#")[0]).name for each in found if not isinstance(each, ArticleError)] == list(names)
            assert [str(each).split(", ")[0] for each in found if isinstance(each, ArticleError)] == [
                f"{tmp_path}/2.txt: is a link that leads nowhere",
                f"{tmp_path}/4.txt: is a link that leads nowhere",
                f"{tmp_path}/6.txt: is neither a file nor a folder",
                f"{tmp_path}/8.csv: is neither a file nor a folder",
            ]


def test_a_file_deleted_while_its_folder_is_read_costs_one_line(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(STORY)
    found = read([tmp_path])
    next(found)
    (tmp_path / "b.txt").unlink()
    error, last = found
    assert (str(error), last.path) == (f"{tmp_path}/b.txt: no such file or folder, check the path", f"{tmp_path}/c.txt")


def test_folders_behind_links_are_read_once(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "d.txt").write_text(STORY)
    (folder / "circle").symlink_to(folder)
    (folder / "linked").symlink_to(elsewhere)
    assert [Path(article.path).name for article in read([folder])] == ["a.txt", "c.txt", "d.txt"]


def test_a_pipe_is_read_when_something_is_written_into_it(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    kept_open = os.open(tmp_path / "pipe", os.O_RDWR)
    writer = threading.Timer(0.1, lambda: (os.write(kept_open, STORY.encode()), os.close(kept_open)))
    writer.start()
    (article,) = read([tmp_path / "pipe"])
    assert article.text == STORY
    writer.join()


def test_what_no_reader_foresees_costs_one_file(tmp_path, monkeypatch):
    """A library that raises something of its own on a strange page: one line, and the page beside it is read."""
    for name in ("a.html", "b.txt"):
        (tmp_path / name).write_text(f"<p>The quay of {name} is closed, said Ann Lee.</p>")

    def fails(*_, **__):
        raise RecursionError("too deep\nin the page")

    monkeypatch.setattr("quotes.readers.pages.html.read_html", fails)
    error, article = read([tmp_path / "a.html", tmp_path / "b.txt"])

    assert str(error) == f"{tmp_path / 'a.html'}: cannot be read (RecursionError: too deep in the page); please report it with the file"
    assert article.path == str(tmp_path / "b.txt")


def test_what_takes_too_long_costs_one_file(tmp_path, monkeypatch):
    """A reader that never ends, and that catches what it can: one line by the processor's time, and the files beside it are read."""
    for name in ("a.txt", "b.html", "c.txt"):
        (tmp_path / name).write_text(f"<p>The quay of {name} is closed, said Ann Lee.</p>")

    def never_ends(*_, **__):
        while True:
            with suppress(Exception):
                sum(range(1000))

    list(read([tmp_path / "a.txt"]))  # what is imported once counts too
    monkeypatch.setattr("quotes.readers.dispatch.SECONDS", 0.2)
    monkeypatch.setattr("quotes.readers.pages.html.read_html", never_ends)
    first, error, last = read([tmp_path])

    assert str(error) == f"{tmp_path / 'b.html'}: takes too long to read, save the article in it as plain text"
    assert (first.path, last.path) == (f"{tmp_path}/a.txt", f"{tmp_path}/c.txt")
