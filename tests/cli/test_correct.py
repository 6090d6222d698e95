"""`quotes correct`, `quotes corrections`, `quotes undo`."""

import json
from pathlib import Path

import pytest

#: Two articles in which two names are one person's, and a place that nobody should be quoted for.
TIDE = "Tide\n\n“The tide is late,” said Bill Quill. “It will come,” said Ada Marsh.\n"
EBB = "Ebb\n\n“It is low,” said William Quill. “It will come,” said Ada Marsh.\n"


@pytest.fixture(autouse=True)
def stored(folder, run):
    (folder / "news" / "tide.txt").write_text(TIDE, "utf-8")
    (folder / "news" / "ebb.txt").write_text(EBB, "utf-8")
    run("add", "news")


@pytest.fixture
def hit(run):
    """The quote with these words, as `quotes search --json` prints it."""

    def find(*words):
        return json.loads(run("search", *words, "--all", "--json").stdout.splitlines()[0])

    return find


@pytest.mark.parametrize(
    ("options", "speaker", "title", "institution"),
    [
        (["--speaker", "Joana Reis"], "Joana Reis", None, None),
        (["--speaker", "Harbour Board", "--kind", "organisation"], "Harbour Board", None, None),
        (["--speaker", "Joana Reis", "--title", "clerk", "--institution", "Salin"], "Joana Reis", "clerk", "Salin"),
        (["--no-speaker"], None, None, None),
        (["--title", "harbour master"], "Ines Duarte", "harbour master", "Salin"),
        (["--title", "clerk", "--no-institution", "--whole-article"], "Ines Duarte", "clerk", None),
        (["--no-title", "--institution", "Tarn"], "Ines Duarte", None, "Tarn"),
    ],
)
def test_who_said_it_as_what_and_for_whom(run, hit, options, speaker, title, institution):
    """As the options say; the rest stays."""
    result = run("correct", str(hit("weir")["id"]), *options, "--why", "seen in print", "--by", "ada")
    found = hit("weir")

    assert result.exit_code == 0, result.stderr
    assert "`quotes undo 1` takes it back" in result.stderr
    assert (found["speaker"], found["title"], found["institution"]) == (speaker, title, institution)


def test_other_words(run, hit):
    """By themselves, broken, or by their places."""
    quote = hit("weir")["id"]
    assert run("correct", str(quote), "--words", '"The weir held', "--words", "said Ines").exit_code == 0
    assert hit("weir")["text"] == "“The weir held … said Ines"

    assert run("correct", str(hit("weir")["id"]), "--spans", "[[12,21]]").exit_code == 0
    assert hit("weir")["text"] == "“The weir"


def test_a_correction_need_not_wait_for_a_long_writer(run, hit):
    """Each is one short transaction."""
    from quotes.store import sole_writer

    with sole_writer(Path("db/quotes.db")):
        assert run("correct", str(hit("weir")["id"]), "--title", "clerk").exit_code == 0
        assert run("undo", "1").exit_code == 0


def test_speakers_in_all_articles(run, hit):
    """Names or numbers, articles by number or path."""
    assert run("correct", "--merge", "Bill Quill", "William Quill").exit_code == 0
    assert hit("tide")["speaker"] == hit("low")["speaker"] == "William Quill"
    assert run("correct", "--rename", "Bill Quill", "W. H. Quill").exit_code == 0
    assert hit("low")["speaker"] == "W. H. Quill"
    assert run("correct", "--split", "Ada Marsh", "news/ebb.txt").exit_code == 0
    speakers = map(json.loads, run("export", "--table", "speakers_browse", "--format", "jsonl").stdout.splitlines())
    assert [each["articles"] for each in speakers if each["name"] == "Ada Marsh"] == [1, 1]

    assert run("undo", "1", "2", "3").exit_code == 0
    assert hit("low")["speaker"] == "William Quill"
    assert run("correct", "--apart", "Bill Quill", "William Quill").exit_code == 0


def test_what_an_article_states_of_itself(run, hit):
    """By number, path or folder; it outlasts a refresh, and is listed, carried and taken back as any other."""
    stated = ("--outlet", "Salin Courier", "--published", "5 Nov 2019", "--author", "Ann Lee", "--no-headline")
    assert run("correct", "news/weir.txt", *stated).stderr == (
        "Correction 1: news/weir.txt: no headline; outlet Salin Courier; published 2019-11-05; by Ann Lee. `quotes undo 1` takes it back.\n"
    )
    run("refresh", "--all")
    found = hit("weir")
    assert (found["outlet"], found["published"], found["headline"]) == ("Salin Courier", "2019-11-05", None)

    assert len(run("correct", "news/", "--outlet", "Tarn Post").stderr.splitlines()) == 4
    assert hit("weir")["outlet"] == hit("crane")["outlet"] == "Tarn Post"
    assert run("corrections", "--export", "-").stdout.count('"action": "article"') == 5
    assert run("undo", "1", "2", "3", "4", "5").exit_code == 0
    assert (hit("weir")["outlet"], hit("weir")["headline"]) == (None, "Weir holds")
    assert run("verify").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["5"],
        ["--outlet", "x"],
        ["a.txt", "--outlet", "x", "--no-outlet"],
        ["a.txt", "--outlet", "x", "--title", "y"],
        ["--merge", "a", "b", "--outlet", "x"],
        ["--title", "x"],
        ["x", "--title", "x"],
        ["5", "--title", "x", "--no-title"],
        ["5", "--not-a-quote", "--title", "x"],
        ["5", "--words", "a", "--spans", "[[1,2]]"],
        ["5", "--spans", "x"],
        ["5", "--kind", "person"],
        ["5", "--whole-article"],
        ["5", "--merge", "a", "b"],
        ["--merge", "a", "b", "--rename", "a", "b"],
        ["--merge", "a", "b", "--title", "x"],
        ["--merge", "a"],
        ["--split", "Ada Marsh"],
    ],
)
def test_what_does_not_go_together_is_wrong_usage(run, arguments):
    """With a word on what would."""
    result = run("correct", *arguments)

    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_corrections_are_listed_with_who_why_and_how_they_stand(run, hit):
    """Those undone only when asked for."""
    run("correct", str(hit("weir")["id"]), "--title", "clerk", "--by", "ada", "--why", "seen in print")
    run("correct", str(hit("weir")["id"]), "--right", "--by", "bo")
    (line,) = run("corrections").stdout.splitlines()
    assert line.endswith("ada: ““The weir held all night,””: title clerk  (seen in print)")
    assert len(run("corrections", "--marks").stdout.splitlines()) == 2

    run("undo", "1", "--by", "bo")
    assert (run("corrections").stdout, run("corrections").stderr) == ("", "No corrections.\n")
    undone = json.loads(run("corrections", "--undone", "--json").stdout)
    assert (undone["action"], undone["state"], undone["undone_by"]) == ("title", "undone", "bo")


def test_corrections_travel_by_file_and_by_pipe(run, hit):
    """Into a database that has the articles, or gets them later; twice does nothing."""
    run("correct", str(hit("weir")["id"]), "--title", "clerk")
    assert run("corrections", "--export", "mine.jsonl").stderr == "1 corrections written to mine.jsonl.\n"
    piped = run("corrections", "--export", "-").stdout
    assert piped == Path("mine.jsonl").read_text("utf-8")

    run("add", "news/crane.txt", "--db", "other.db")
    assert "1 new, 0 undone, 0 known; 1 of all are dormant" in run("corrections", "--import", "mine.jsonl", "--db", "other.db").stderr
    assert "[dormant: the article is not stored]" in run("corrections", "--db", "other.db").stdout
    run("add", "news/weir.txt", "--db", "other.db")
    assert json.loads(run("search", "weir", "--json", "--db", "other.db").stdout)["title"] == "clerk"
    assert run("corrections", "--import", "-", "--db", "other.db", input=piped).stderr == "0 new, 0 undone, 1 known.\n"


@pytest.mark.parametrize("content", ["{", "[]", '{"action": "sing"}', "\xff"])
def test_a_file_of_something_else_is_one_line(run, content):
    """That names the line; nothing is imported."""
    Path("bad.jsonl").write_text(content, "latin-1")
    result = run("corrections", "--import", "bad.jsonl")

    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith("bad.jsonl:1: not ")


@pytest.mark.parametrize(
    "arguments", [["correct", "5", "--title", "x"], ["corrections"], ["corrections", "--export", "x"], ["undo", "1"], ["review"]]
)
def test_a_missing_database_is_one_line_and_is_not_made(run, arguments):
    """A typo in its name should not pass for an empty one."""
    result = run(*arguments, "--db", "none.db")

    assert (result.exit_code, result.stderr.count("\n"), Path("none.db").exists()) == (1, 1, False)


@pytest.mark.parametrize("arguments", [["--export", "x", "--import", "x"], ["--export", "x", "--undone"], ["--import", "x", "--json"]])
def test_listing_exporting_and_importing_are_three_things(run, arguments):
    """One at a time."""
    assert run("corrections", *arguments).exit_code == 2


def test_a_file_that_is_not_there_is_one_line(run):
    """Either way."""
    assert run("corrections", "--import", "none.jsonl").stderr == "none.jsonl: No such file or directory\n"
    assert run("corrections", "--export", "none/x.jsonl").stderr == "none/x.jsonl: No such file or directory\n"
