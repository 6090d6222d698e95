"""Captions, section lines and boilerplate, one printed line at a time."""

import pytest

from quotes.readers.layout import patterns
from quotes.readers.layout.boilerplate import has_quoted_sentence, is_boilerplate, is_caption, is_links_heading, is_section_name, section_of


@pytest.mark.parametrize(
    "line",
    [
        "The minister on the quay. She called it “the country's front door.” Photo: AFP",
        "Workers sort ballots. (AP Photo/Ann Lee)",
        "(NWP Photo/Ciaran Mthembu)",
        "A swan. (Ann Lee/AFP/Getty Images.)",
        "(Photo by Ann Lee/Marlow Examiner)",
        "Image: Seeds from the tin",
        "Credit: Ann Lee",
        "The quay at dusk | Reuters",
        "The quay at dusk. REUTERS/Ann Lee",
        "Image caption The quay at dusk",
    ],
)
def test_a_photo_credit_makes_a_caption(line):
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "The photo shows a man with a hat, police said.",
        "He told Reuters: “No.”",
        "The picture: bleak.",
        "She works for AFP",
        "The tax credit: a guide for parents who have two children and work more than sixteen hours a week, by our own money reporter",
        "Photo: " + "words " * 200,
    ],
)
def test_prose_about_pictures_is_no_caption(line):
    assert not is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "blog comments powered by Disqus", "View comments", "12 comments", "Advertisement", "Share on Facebook", "Facebook Twitter Email",
        "Sign up for our weekly newsletter", "Follow us on Facebook and Twitter", "Follow Ann Lee on Twitter @annlee.",
        "Read more: The road",
        "© 2025 The Courier. All rights reserved.", "Copyright 2025 The Courier", "Contact the writer: ann@courier.example", "___", "* * *",
        "Ann Lee contributed to this report.", "Reporting by Ann Lee; editing by Bo Diaz", "This article was amended on 6 June 2025.",
        "Contributing: Ann Lee", "https://courier.example/a", "###", "ENDS", "Story continues below advertisement",
    ],
)  # fmt: skip
def test_lines_of_the_page_are_boilerplate(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law has changed, the minister said.", "Share prices fell on Monday.", "Like many, she left.",
        "The report was published on Monday.",
        "Research by the university found that the ice was thin.", "Reporting by the Courier found that the wall was rotten.",
        "Several factors contributed.", "Follow the money, she said.", "More than 40 people spoke.", "The end of the road came early.",
        "Related charges were dropped.", "“Sign up for the army,” his father said.", "…", "—?", "Get out.",
        "Comments by the minister drew laughter.",
    ],
)  # fmt: skip
def test_sentences_of_the_story_are_not(line):
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    ("line", "section"),
    [("Posted in: DIPLOMACY", "DIPLOMACY"), ("Filed under Crime, Wexcombe", "Crime, Wexcombe"), ("Category: Arts", "Arts")],
)
def test_section_lines_name_the_section(line, section):
    assert section_of(line) == section


def test_a_sentence_is_no_section_line():
    assert section_of("Filed under seal, the papers name two officers.") is None


def test_names_of_sections_and_headings_of_links():
    assert is_section_name("WORLD NEWS")
    assert not is_section_name("World cup")
    assert is_links_heading("MORE FROM THE EXAMINER")
    assert not is_links_heading("More than forty people spoke")


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("“We were not asked,” she said.", True),
        ('"We were not asked", she said.', True),
        ('Your letters: "Toll the trucks, not us"', False),
        ("a “small” fire", False),
        ("“We were never asked about it.", True),
        ("no marks at all.", False),
    ],
)
def test_quoted_sentences_are_told_from_quoted_words(line, holds):
    assert has_quoted_sentence(line) is holds


@pytest.mark.parametrize("name", ["networks", "sections", "outlet_words", "role_words", "no_places"])
def test_word_lists_are_sorted_and_without_doubles(name):
    entries = patterns.entries(name)
    assert len(entries) == len(set(entries)) > 5
    assert name == "networks" or list(entries) == sorted(entries)
