"""What is read and how: columns, kinds, encodings, dry runs, versions, other languages, failures and their retry."""

import json
from pathlib import Path

import pytest
from stand_ins import CRANE, SUMMARY, WEIR, rows

GERMAN = (
    "Der Bürgermeister sagte am Dienstag, dass die alte Brücke für immer schließen werde, sobald die neue offen sei; „Ja“, sagte er. " * 2
)


def lines(result):
    return result.stderr.splitlines()


def test_a_column_can_be_named(run):
    Path("a.csv").write_text(f'what,body\nno,"{WEIR}"\n'.replace("body", "story"), "utf-8")
    assert run("add", "a.csv", "--column", "text=story", "--column", "title=what").exit_code == 0
    assert rows("select title, text from articles") == [("no", WEIR)]


@pytest.mark.parametrize("column", ["text", "text=", "story=text", "=x"])
def test_a_column_that_is_not_named_rightly_is_wrong_usage(run, column):
    result = run("add", "news", "--column", column)
    assert result.exit_code == 2
    assert "is not PART=NAME with a part out of text, title" in " ".join(result.stderr.split())


def test_the_columns_of_a_table_are_shown(run):
    Path("a.csv").write_text('nr,story,author\n1,"The weir held."," Ann Lee"\n')
    assert lines(run("add", "a.csv"))[0] == "a.csv#1: columns read: text=story byline=author; left out: nr; --column PART=NAME names others"


def test_a_kind_and_an_encoding_can_be_stated(run):
    Path("a.txt").write_bytes('text;title\n"“Née,” said Ann.";x\n'.encode("mac_roman"))
    assert run("add", "a.txt", "--as", "csv", "--encoding", "macroman").exit_code == 0
    assert rows("select title, text from articles") == [("x", "“Née,” said Ann.")]


def test_standard_input_may_be_of_any_kind(run):
    data = json.dumps({"id": "1", "text": WEIR}) + "\n" + json.dumps({"id": "2", "text": CRANE}) + "\n"
    assert run("add", "-", input=data).exit_code == 0
    assert rows("select path from articles order by path") == [("-#1",), ("-#2",)]


def test_a_dry_run_shows_what_would_be_read_and_stores_nothing(run):
    Path("news/bad.txt").write_bytes(b"")
    Path("news/german.txt").write_text(GERMAN, "utf-8")
    result = run("add", "news", "--dry-run")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "news/crane.txt: “Crane stops”; undated; en; 15 words; new",
        "news/german.txt: no headline; undated; de; 42 words; new, no quotes looked for",
        "news/weir.txt: “Weir holds”; undated; en; 18 words; new",
    ]
    assert lines(result)[-2:] == [
        "news/bad.txt: is empty, remove it or put an article in it",
        "would read 3 articles; undated: 3; failures: 1; nothing was stored",
    ]
    assert not Path("db").exists()


def test_a_dry_run_tells_what_is_stored_already(run):
    run("add", "news/weir.txt")
    before = Path("db/quotes.db").read_bytes()
    Path("a.jsonl").write_text(json.dumps({"id": "1", "text": WEIR, "url": "https://a.example/weir"}))
    fates = [line.rsplit("; ", 1)[1] for line in run("add", "news", "a.jsonl", "--dry-run").stdout.splitlines()]
    assert fates == ["new", "stored already", "a newer version"]
    assert Path("db/quotes.db").read_bytes() == before


def test_another_language_is_stored_and_marked_and_nothing_is_looked_for(run):
    Path("news/german.txt").write_text(GERMAN, "utf-8")
    result = run("add", "news")
    assert lines(result) == [
        "news/german.txt: is written in another language than English (de), so no quotes are looked for",
        SUMMARY.format(3, 0, 0, 3, 1, 3, 0).replace("; fail", "; in other languages: 1; fail"),
    ]
    assert rows("select language, extractor from articles where path = 'news/german.txt'") == [("de", "none, for de")]
    assert lines(run("add", "news")) == [SUMMARY.format(0, 3, 0, 0, 0, 0, 0)]


def version(text, **fields):
    return json.dumps({"id": "weir", "text": text, "url": "https://a.example/weir?utm_source=rss", **fields}) + "\n"


def test_a_changed_article_is_one_article_with_its_versions_and_nothing_flips_back(run):
    Path("a.jsonl").write_text(version(WEIR) + version(WEIR.replace("all night", "all day")), "utf-8")
    result = run("add", "a.jsonl")
    assert lines(result)[-1] == SUMMARY.format(1, 0, 1, 2, 2, 4, 0).replace("; fail", "; versions kept: 1; fail")
    stored = rows("select text from articles")
    assert "all day" in stored[0][0]
    before = Path("db/quotes.db").read_bytes()
    assert lines(run("add", "a.jsonl"))[-1] == SUMMARY.format(0, 2, 0, 0, 0, 0, 0)
    assert Path("db/quotes.db").read_bytes() == before
    assert run("verify").exit_code == 0
    ((quotes,),) = rows("select quotes from article_versions where text is not null")
    assert json.loads(quotes)[0]["speaker"] == "Ines Duarte"


def test_an_older_version_later_in_the_same_run_is_kept_beside_the_newer(run):
    newer, older = version(WEIR, published="2026-03-02"), version(WEIR.replace("all night", "all day"), published="2026-03-01")
    Path("a.jsonl").write_text(newer + older, "utf-8")
    assert lines(run("add", "a.jsonl"))[-1] == SUMMARY.format(1, 1, 0, 0, 1, 2, 0).replace("; fail", "; versions kept: 1; fail")
    assert "all night" in rows("select text from articles")[0][0]
    assert run("verify").exit_code == 0


# -- failures and their retry --------------------------------------------------------------------------------------------------------


def test_what_is_mended_is_read_by_a_retry_as_it_was_to_be_read(run):
    Path("a.csv").write_text('nr,story\n1,"“One,” said Ann Lee."\n2,\n', "utf-8")
    run("add", "a.csv", "--column", "text=story", "--column", "id=nr")
    run("add", "later.txt")
    Path("a.csv").write_text('nr,story\n1,"“One,” said Ann Lee."\n2,"“Two,” said Ann Lee."\n', "utf-8")
    result = run("retry")
    assert result.exit_code == 1
    assert lines(result)[-2:] == [
        "later.txt: no such file or folder, check the path",
        SUMMARY.format(1, 1, 0, 1, 1, 1, 1) + "; left to try again: 1",
    ]
    assert rows("select path, tries from failures") == [("later.txt", 2)]
    Path("later.txt").write_text(WEIR, "utf-8")
    assert run("retry").exit_code == 0
    assert lines(run("retry")) == ["nothing to try again"]
    assert rows("select path from articles order by path") == [("a.csv#1",), ("a.csv#2",), ("later.txt",)]


def test_failures_can_be_listed_and_forgotten(run):
    run("add", "later.txt")
    assert run("retry", "--list").stdout == "later.txt: no such file or folder, check the path (tried 1 time)\n"
    assert lines(run("retry", "--forget")) == ["1 forgotten"]
    assert rows("select * from failures") == []


def test_standard_input_cannot_be_tried_again(run):
    run("add", "-", input=b"")
    assert "-: standard input cannot be read again, give it to `quotes add` anew" in lines(run("retry"))


def test_an_article_on_which_extraction_fails_is_kept_for_a_retry(run):
    Path("news/bad.txt").write_text("UNREADABLE, and that at length.")
    assert run("add", "news").exit_code == 1
    assert rows("select path from failures") == [("news/bad.txt",)]
    Path("news/bad.txt").write_text(WEIR + "Mended.", "utf-8")
    assert run("retry").exit_code == 0
