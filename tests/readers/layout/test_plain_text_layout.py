"""The layout of plain texts: fields, and zones that cover everything printed."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quotes.demo
from quotes.readers.layout.lines import BLANK
from quotes.readers.layout.plain_text import layout

STORY = (
    "The council of Port Velder voted on Tuesday to close the old fish market, which has stood by the harbour for ninety years.\n\n"
    "“We will miss the smell,” said Ottoline Farquhar, who has sold herring there since she left school. “Well, some of us.”"
)
LONG = "Members of the council listened for three hours while traders, neighbours and one ferry captain argued about the roof."


def zones_of(text):
    return [(zone.kind, text[zone.start : zone.end]) for zone in layout(text).zones]


def kinds_of(text):
    return [zone.kind for zone in layout(text).zones]


@pytest.mark.parametrize(
    "text",
    [
        "“The data,” Oyelaran said, “do not support it.”",
        "The lock, Adair said, would open before the harvest.",
        "Ferry captain Renske Adair: “Nobody will be left on the quay tonight.”",
        "The mayor resigned.\n\n“I am tired,” she said.",
        "By Monday, Renshaw said, the water would be gone.",
        STORY,
    ],
)
def test_a_text_that_starts_with_the_story_is_all_body(text):
    assert zones_of(text) == [("body", text)]


def test_a_lone_line_printed_like_a_headline_is_one():
    text = "Dust from lakes to cost farms $9bn by 2050: study"
    assert zones_of(text) == [("headline", text)]


@pytest.mark.parametrize(
    "headline",
    [
        "Fish market by the harbour to close after ninety years",
        "Council votes to close fish market.",
        "‘We will miss the smell’: market closes",
        "NURSES VOTE TO STRIKE",
        "Market To Close; Traders Weigh Appeal.",
        "EXCLUSIVE: Council Hid Market Report For Years.",
    ],
)
def test_headlines_are_told_with_and_without_a_full_stop(headline):
    found = layout(f"{headline}\n\n{STORY}")
    assert (found.title, [zone.kind for zone in found.zones]) == (headline, ["headline", "body"])


def test_the_head_of_a_page_becomes_fields():
    text = (
        "Market calls closure 'the end of an age'\n\n"
        "By Ann Lee in Port Velder Source:The Velder Courier Published: 2025/3/14 9:05:00\n\n"
        "Traders pack up on Friday. Photo: AFP\n\n" + STORY
    )
    found = layout(text)
    assert found.title == "Market calls closure 'the end of an age'"
    assert (found.byline, found.dateline, found.outlet) == (("Ann Lee",), "Port Velder", "The Velder Courier")
    assert found.published == "2025-03-14T09:05:00"
    assert kinds_of(text) == ["headline", "byline", "timestamp", "caption", "body"]


def test_a_known_title_decides_what_the_headline_is():
    assert layout(f"Market to close\n\n{STORY}", title="Market to close").title == "Market to close"
    assert layout(f"Market to close\n\n{STORY}", title="Something else").title is None


def test_a_dateline_is_cut_off_the_first_paragraph():
    assert zones_of(f"PORT VELDER, Oct. 9 (NWP) — {LONG}") == [("dateline", "PORT VELDER, Oct. 9 (NWP) —"), ("body", LONG)]


def test_publication_wins_over_update():
    found = layout(f"Market to close\n\nUpdated: 2 May 2025 10:00\n\nPublished: 1 May 2025 09:00\n\n{STORY}")
    assert found.published == "2025-05-01T09:00"


def test_the_foot_of_a_page_is_boilerplate():
    foot = ["Posted in: HARBOUR", "Share this article", "RELATED STORIES", "Old pier closes", "Who owns the quay?"]
    found = layout("\n\n".join([STORY, *foot]))
    assert found.section == "HARBOUR"
    assert found.boilerplate == tuple(foot)


def test_a_full_sentence_in_quotation_marks_is_never_boilerplate():
    text = f"{STORY}\n\nRead more: “We were never asked about the roof,” said Ruud Ankersmit of the Harbour List."
    assert kinds_of(text) == ["body"]


@pytest.mark.parametrize(
    "subhead", ["Dockers want a say", "MONEY WORRIES", "'Who pays?'", "“A bet on the future”", "What next for the quay"]
)
def test_short_lines_between_paragraphs_are_subheads(subhead):
    assert zones_of(f"{STORY}\n\n{subhead}\n\n{LONG}") == [("body", STORY), ("subhead", subhead), ("body", LONG)]


@pytest.mark.parametrize(
    "lines", ["Blue Heron\n\nGrey Heron\n\nNight Heron", "- one roof\n\n- two roofs", "“Never.”", "She nodded.", "MAYOR: No"]
)
def test_lists_and_short_sentences_are_no_subheads(lines):
    assert kinds_of(f"{STORY}\n\n{lines}\n\n{LONG}") == ["body"]


def test_prose_wrapped_by_hand_is_one_paragraph():
    wrapped = (
        "The council of Port Velder voted on Tuesday to close the old fish\n"
        "market, which has stood by the harbour for ninety years. Share\n"
        "prices of the company that owns it did not move, and the mayor\n"
        "advertisement campaign went on."
    )
    assert kinds_of(f"{wrapped}\n\n{wrapped}") == ["body"]


def test_a_transcript_stays_body():
    text = "LEDGER: Will you run again?\n\nACHTERKAMP: Ask me when it snows.\n\nLEDGER: And the buses?\n\nACHTERKAMP: Every ten minutes."
    assert kinds_of(text) == ["body"]


def test_a_byte_order_mark_is_no_part_of_the_headline():
    found = layout(f"\ufeffMarket to close\n\n{STORY}")
    assert (found.title, found.zones[0].start) == ("Market to close", 1)


def test_blank_text_has_no_zones():
    assert layout(" \r\n\t\u200b\ufeff\n").zones == ()


PIECES = st.sampled_from(
    [
        "By Ann Lee", "Published: 2025/3/14 9:05",
        "PARIS (AP) — ", "Photo: AFP", "(CNN) ", "Posted in: X", "Share", "Related", "\n", "\n\n",
        "\r\n", "\ufeff", "\u2028", "“No,” she said.", '"', "‘", "The port closed.", "MONEY WORRIES", "A. B.", ": ", "—", "12:30",
        "• item", " ",
        "x" * 90, "Source:", "|", "é", "\x0c", "___",
    ]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=25).map("".join)))
def test_zones_are_in_order_disjoint_and_cover_all_that_prints(text):
    covered = [False] * len(text)
    end = 0
    for zone in layout(text).zones:
        assert end <= zone.start < zone.end <= len(text)
        end = zone.end
        covered[zone.start : zone.end] = [True] * (zone.end - zone.start)
    assert all(done or character in BLANK for done, character in zip(covered, text, strict=True))


@pytest.mark.parametrize(
    "text",
    ["She said no. “Never,” he said. " * 160_000, "A-" * 2_500_000, "“" * 5_000_000, "By Ann Lee and " * 330_000, " " * 5_000_000],
    ids=["prose", "capitals", "marks", "names", "blanks"],
)
def test_a_line_of_five_megabytes_takes_no_time(text):
    start = time.perf_counter()
    layout(text)
    assert time.perf_counter() - start < 3


@pytest.mark.parametrize(
    "unit", ["Facebook ", "A-", "A, ", "and A ", "(AP/", "photo: ", "2017/", "12:", "| A", "By A ", "O'A ", "© ", "more: "]
)
def test_no_line_at_the_length_limits_is_slow(unit):
    text = "\n\n".join((unit * 300)[:length] for length in (120, 160, 240, 300, 700))
    start = time.perf_counter()
    layout(text)
    assert time.perf_counter() - start < 2


def test_the_layout_of_the_demo_articles_is_as_proof_read():
    """The golden file was read against the articles by eye; `body` zones are shown by their first words."""
    golden = json.loads((Path(__file__).parents[1] / "golden" / "demo_layout.json").read_text(encoding="utf-8"))
    shown = {}
    for path in sorted((Path(quotes.demo.__path__[0]) / "articles").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        found = layout(text)
        zones = [[zone.kind, text[zone.start : zone.end][: 24 if zone.kind == "body" else None]] for zone in found.zones]
        fields = {name: getattr(found, name) for name in ("title", "dateline", "outlet", "published", "section")}
        shown[path.name] = {**fields, "byline": list(found.byline), "zones": zones}
    assert shown == golden
