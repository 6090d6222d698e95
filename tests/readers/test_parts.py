import json

import pytest

from quotes.errors import ArticleError
from quotes.readers import Reading, parts, read
from quotes.readers.parts import Part, halves_of, parts_of, read_part

TEXTS = [f"Well {number} is dry.\n\n“It is dry,” said Odile Fenn of the wells." for number in range(7)]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(parts, "ARTICLES", 3)
    monkeypatch.setattr(parts, "LARGE", 300)


def write_json_lines(path):
    path.write_text("\n\n".join(json.dumps({"text": text, "title": "Wells"}) for text in TEXTS))


def write_csv(path):
    path.write_text("text\n" + "\n".join('"' + text.replace('"', '""') + '"' for text in TEXTS))


@pytest.mark.parametrize(("name", "write"), [("a.jsonl", write_json_lines), ("a.csv", write_csv)])
def test_the_parts_of_a_large_file_hold_its_articles_once(tmp_path, name, write):
    write(tmp_path / name)

    found = list(parts_of([str(tmp_path / name)], Reading()))
    assert [(part.first, part.stop) for part in found] == [(0, 3), (3, 6), (6, None)]
    done = []
    articles = [article for part in found for article in read_part(part, Reading(), done.append)]
    whole = list(read([str(tmp_path / name)]))
    assert [(article.path, article.text) for article in articles] == [(article.path, article.text) for article in whole]
    assert done == [str(tmp_path / name)]


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
