"""Passages with their quotes marked where they stand."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.corpora import read_corpus
from quotes.corpora.marked import parse_marked
from quotes.errors import CorpusError

WEIR = """### the weir
{c1|“It held,”} {q1|said} {s1|Ines Duarte}. {c1|“Nobody slept.”}
{s2|Officials} {q2t|believe} {c2|that rain will return}.
"""


def words(text, attribution):
    return [[text[start:end] for start, end in spans] for spans in (attribution.content, attribution.cue, attribution.source)]


def parsed(marked):
    text, attributions = parse_marked(marked, source=Path("weir.txt"))
    return text, [words(text, each) for each in attributions]


def read(tmp_path, content):
    path = tmp_path / "weir.txt"
    path.write_bytes(content.encode())
    return read_corpus(path)


def test_numbers_tie_marks_together():
    """A role may repeat."""
    assert parsed("{c1|“It held,”} {s1|she} {q1|said}. {c1|“So far.”}") == (
        "“It held,” she said. “So far.”",
        [[["“It held,”", "“So far.”"], ["said"], ["she"]]],
    )


def test_marks_stand_in_one_another():
    """Two attributions may share a source, and a content may hold a quote of its own."""
    text, found = parsed("{s1|{s2|Mr Lind}} {q1|said} {c1|that {s3|she} {q3|told} him {c3|to go}} and {q2|added} {c2|thanks}")

    assert text == "Mr Lind said that she told him to go and added thanks"
    assert found == [
        [["that she told him to go"], ["said"], ["Mr Lind"]],
        [["thanks"], ["added"], ["Mr Lind"]],
        [["to go"], ["told"], ["she"]],
    ]


def test_a_letter_is_the_act():
    """Speech without one."""
    _, found = parse_marked("{q1|a} {c1|b} {q2t|c} {c2|d} {q3i|e} {c3|f} {q4o|g} {c4|h}", source=Path("weir.txt"))

    assert [each.act for each in found] == ["speech", "thought", "intent", "other"]


def test_a_file_holds_passages_under_titles(tmp_path):
    """Each is an article by its line and title; one without marks holds no quote."""
    corpus = read(tmp_path, f"{WEIR}\n### nobody\nA clerk shrugged.\n")

    assert (corpus.name, corpus.acts) == ("weir", None)
    assert [(gold.name, len(gold.attributions)) for gold in corpus.articles] == [("1: the weir", 2), ("5: nobody", 0)]
    assert corpus.articles[0].article.text.endswith("Nobody slept.”\nOfficials believe that rain will return.")


def test_line_ends_of_windows_are_kept(tmp_path):
    """The text is never changed."""
    (gold,) = read(tmp_path, WEIR.replace("\n", "\r\n")).articles

    assert gold.article.text == "“It held,” said Ines Duarte. “Nobody slept.”\r\nOfficials believe that rain will return."
    assert gold.name == "1: the weir"
    assert words(gold.article.text, gold.attributions[1]) == [["that rain will return"], ["believe"], ["Officials"]]


@pytest.mark.parametrize(
    ("passage", "complaint"),
    [
        ("He said } so", ":3: a brace closes a mark that none opened"),
        ("{q1|said {c1|so}", r":3: the mark \{q1\| is never closed"),
        ("{x1|so}", ":3: a brace that begins no mark; a mark is"),
        ("{c1|}", r":3: the mark \{c1\| holds nothing"),
        ("{s1|He} {q1|said} so", r":3: 1 has no content; mark what is said with \{c1\|…\}"),
        ("{s1|Lind}: {c1|so}", ":3: 1 has a source and no cue"),
        ("{q1|said} {c1| so}", ":3: 1 has white space at the edge of “ so”"),
        ("{c1|so, {q1|said} he}", ":3: 1 has “said” both in its content and outside it"),
        ("{q1t|said} {c1i|so}", ":3: 1 has two acts, i and t"),
        ("", ":1: no passage under this title"),
    ],
)
def test_a_faulty_passage_is_refused_by_its_line(tmp_path, passage, complaint):
    """With what to mend."""
    with pytest.raises(CorpusError, match=complaint):
        read(tmp_path, f"### weir\n\n{passage}\n")


def test_a_passage_needs_a_title(tmp_path):
    """Or it could not be told from the next."""
    with pytest.raises(CorpusError, match=":1: a passage without a title; put a line like `### a title` before it"):
        read(tmp_path, "{c1|“It held,”} {q1|said} Ines Duarte.")


WORDS = st.text(st.characters(exclude_characters="{}", exclude_categories=("Cs",)), min_size=1).filter(lambda each: each == each.strip())
GAPS = st.text(st.characters(exclude_characters="{}", exclude_categories=("Cs",)))


@given(st.lists(st.tuples(GAPS, st.sampled_from("cqs"), st.integers(1, 4), WORDS), max_size=12), GAPS)
def test_every_mark_gives_its_words(stretches, end):
    """In their places, whatever stands between; the text is that without the marks."""
    whole = {number for _, role, number, _ in stretches if role == "c"} & {number for _, role, number, _ in stretches if role == "q"}
    kept = [each for each in stretches if each[2] in whole]
    marked = "".join(f"{gap}{{{role}{number}|{word}}}" for gap, role, number, word in kept) + end
    text, found = parse_marked(marked, source=Path("any.txt"))

    assert text == "".join(gap + word for gap, _, _, word in kept) + end
    assert [each.id for each in found] == [str(number) for number in sorted(whole)]
    for each in found:
        for role, spans in (("c", each.content), ("q", each.cue), ("s", each.source)):
            assert [text[start:end] for start, end in spans] == [word for _, r, n, word in kept if (r, str(n)) == (role, each.id)]
