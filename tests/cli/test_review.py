"""`quotes review`, answered from a pipe."""

import json
import signal
import subprocess
import sys
import time

import pytest
import stand_ins

UNSURE = "Rain\n\n“It is perhaps late,” said Bill Quill. “It is perhaps \x1b[31mlow,” said William Quill. “No,” said Ada Marsh.\n"


@pytest.fixture(autouse=True)
def stored(folder, run):
    (folder / "news" / "rain.txt").write_text(UNSURE, "utf-8")
    run("add", "news")


def shown(result):
    """The quotes that were shown, in their order."""
    return [line.partition("[")[2].partition("]")[0] for line in result.stderr.splitlines() if line.startswith("  …")]


def quotes_of(run):
    """What is stored of each quote, by its words."""
    lines = run("export", "--all", "--format", "jsonl").stdout.splitlines()
    return {row["text"]: row for row in map(json.loads, lines)}


def test_what_is_unsure_is_shown_in_its_context_and_what_is_sure_is_not(run):
    """No control character of an article reaches the terminal."""
    result = run("review", input="")

    assert result.exit_code == 0
    assert "\x1b" not in result.stderr
    assert "said by Bill Quill (person)  40%  unsure: quote" in result.stderr
    assert len(shown(run("review", input="k\nk\nk\n"))) == 3


def test_what_was_looked_at_is_not_shown_again(run):
    """Found right, rejected or skipped; skipped ones come back on demand."""
    first = run("review", input="y\nn\nk\n")
    assert "1 put right, 1 found right, 1 skipped. " in first.stderr

    assert shown(run("review", input="k\n" * 9)) == []
    assert shown(run("review", "--again", input="q\n")) == [shown(first)[2]]


def test_a_quote_is_put_right_in_steps(run):
    """It is shown again as it then is, until it is found right; also once its words, and so its number, are others."""
    answers = ["s", "Ada Marsh", "t", "clerk", "i", "Salin", "w", "perhaps late", "i", "-", "y", "q"]
    result = run("review", "--by", "ada", input="\n".join(answers) + "\n")
    row = quotes_of(run)["perhaps late"]

    assert shown(result)[0] == shown(result)[3] == "“It is perhaps late,”"
    assert shown(result)[4] == shown(result)[5] == "perhaps late"
    assert (row["speaker"], row["title"], row["institution"], row["corrected"]) == ("Ada Marsh", "clerk", None, 1)
    assert "5 put right, 1 found right, 0 skipped" in result.stderr


def test_the_last_answer_can_be_taken_back(run):
    """And the quote is shown again."""
    result = run("review", input="n\nu\nq\n")

    assert (shown(result)[0], shown(result)[2]) == (shown(result)[2], shown(result)[0])
    assert run("corrections").stdout == ""
    assert "There is nothing to undo" in run("review", input="u\nq\n").stderr


def test_unknown_answers_show_the_keys(run):
    """And nothing is changed; nor by an answer left empty, or one that cannot be."""
    result = run("review", input="x\n?\ns\n\nw\nnot there\n\xff\n".encode("latin-1"))

    assert result.exit_code == 0
    assert result.stderr.count("right as it stands") == 3
    assert "are not in the article" in result.stderr
    assert run("corrections", "--marks").stdout == ""


def test_names_that_may_be_one_are_asked_about(run):
    """Yes makes one of them, no keeps them two; neither is asked again."""
    asked = run("review", "--speakers", input="q\n")
    assert "Bill Quill: no title, no institution; in 1 article\n" in asked.stderr
    assert "Are these two speakers one?" in asked.stderr
    run("review", "--speakers", input="y\n")
    assert {row["speaker"] for row in quotes_of(run).values()} >= {"William Quill"}
    assert "Bill Quill" not in {row["speaker"] for row in quotes_of(run).values()}

    assert "Are these" not in run("review", "--speakers", input="").stderr
    run("undo", "1")
    run("review", "--speakers", input="k\n")
    assert "Are these" not in run("review", "--speakers", input="").stderr
    run("review", "--speakers", "--again", input="n\n")
    assert "Are these" not in run("review", "--speakers", "--again", input="").stderr


def test_a_closed_input_ends_it_well(program):
    """As the end of the input does."""
    done = program(shell="QUOTES review <&-")

    assert done.returncode == 0
    assert "0 put right" in done.stderr


def test_ctrl_c_keeps_what_was_answered(run):
    """And ends with the status that shells know."""
    asking = subprocess.Popen(
        [sys.executable, stand_ins.__file__, "review"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    asking.stdin.write("k\n")
    asking.stdin.flush()
    deadline = time.monotonic() + 50
    while "left open" not in run("corrections", "--marks").stdout and time.monotonic() < deadline:
        time.sleep(0.2)
    asking.send_signal(signal.SIGINT)
    _, told = asking.communicate(timeout=50)

    assert (asking.returncode, "Traceback" in told) == (130, False)
    assert "0 put right, 0 found right, 1 skipped. The next review goes on here." in told
    assert "left open" in run("corrections", "--marks").stdout
