"""The measured confidence of what is read by rule."""

from dataclasses import replace

import pytest
from gold_samples import quote

from quotes import lexicons
from quotes.corpora.gold import GoldSpeaker
from quotes.records import Affiliation, Span, Speaker
from quotes.training.lexicon_confidence import ENOUGH, PRIOR, parts_of, smoothed

MAYOR = GoldSpeaker("Ines Duarte", "person", ("mayor",), ("Salin Council",))


def cases(first, second, right, number):
    return [(first, second, at < right) for at in range(number)]


def test_what_was_seen_once_is_drawn_to_the_share_of_all_and_what_was_seen_often_keeps_its_own():
    """One lucky case is not certainty. An act too rare has no row of its own."""
    seen = [*cases("dash", "speech", 1, 1), *cases("after", "speech", 450, 500), *cases("after", "intent", 1, ENOUGH - 1)]
    shares = {(first, second): (share, number) for first, second, share, number in smoothed(seen, over_all=True, enough=ENOUGH)}
    of_all = 452 / 520

    assert shares["dash", "*"] == (pytest.approx((1 + PRIOR * of_all) / (1 + PRIOR), abs=0.01), 1)
    assert shares["after", "speech"] == (0.9, 500)
    assert shares["*", "*"] == (round(of_all, 2), 520)
    assert ("after", "intent") not in shares


def test_evidence_of_one_part_is_smoothed_by_that_part():
    rows = smoothed([*cases("name", "person full", 1, 1), *cases("name", "person pronoun", 0, 3)])

    assert rows == [("name", "*", 0.25, 4), ("name", "person full", 0.33, 1), ("name", "person pronoun", 0.18, 3)]
    assert smoothed([]) == []


@pytest.mark.parametrize(
    ("name", "title", "institution", "right"),
    [
        ("Ines Duarte", "mayor", None, {"name": True, "title": True}),
        ("Ines Duarte", "deputy mayor", "Salin Council", {"name": True, "title": True, "institution": True}),
        ("Ines Duarte", "harbour master", None, {"name": True, "title": False}),
        ("Omar Lind", "mayor", "Salin Council", {"name": False, "title": False, "institution": False}),
    ],
)
def test_each_part_of_a_speaker_is_judged(name, title, institution, right):
    """With a wrong name title and institution are wrong too; what is not given is not judged."""
    affiliation = Affiliation(title, institution, Span(0, 5), Span(900, 905) if institution else None)
    given = replace(quote("“The weir held,”", "Ines Duarte", cue="said"), speaker=Speaker(name, "person", (affiliation,)))

    evidence = ("person full", "beside named", "name surely" if institution else None)

    assert {part: good for part, _, good in parts_of(given, evidence, MAYOR)} == right


def test_every_share_in_the_shipped_table_is_one():
    """Between 0 and 1, a line for each construction over all acts."""
    rows = list(lexicons.rows("confidence.tsv"))

    assert all(0 <= float(share) <= 1 for _, _, share in rows)
    assert {evidence for evidence, act, _ in rows} == {evidence for evidence, act, _ in rows if act == "*"}
