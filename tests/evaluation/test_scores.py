"""The figures, against counts done by hand."""

from dataclasses import replace

import pytest
from gold_samples import TEXT, at, person, quote
from hypothesis import given
from hypothesis import strategies as st

from quotes.corpora.gold import Attribution, GoldArticle
from quotes.evaluation.scores import (
    PRF,
    SPEAKER_FIGURES,
    Scores,
    default_view,
    match,
    score_article,
    speech_cues,
    trimmed,
)
from quotes.records import Article, Span

RIGHT = (
    quote("“The weir held,”", "Ines Duarte", cue="said", speaker=person("Ines Duarte", "harbour master", "Port of Salin")),
    quote("rain will return", "Officials", cue="believe", act="thought"),
)


def counts(prf: PRF) -> tuple[int, int, int]:
    return prf.tp, prf.fp, prf.fn


def test_prf_gives_precision_recall_and_their_mean():
    """Three right, one false, two missed: 3/4, 3/5, and 2/3 between them."""
    prf = PRF(3, 1, 2)

    assert (prf.precision, prf.recall, prf.f1) == (0.75, 0.6, pytest.approx(2 / 3))


def test_figures_add_up_over_articles():
    """A corpus is the sum of its articles, and a figure that one of them lacks counts as nothing there."""
    both = Scores({"quote": PRF(1, 0, 0)}, 1, 1, 1) + Scores({"quote": PRF(0, 2, 1), "title": PRF(1)}, 1, 3, 2)

    assert both == Scores({"quote": PRF(1, 2, 1), "title": PRF(1)}, 2, 4, 3)


def test_a_perfect_prediction_scores_full_marks(gold):
    """Only the apposition that gold puts into the source, and the leading `that` of the overlap, are missed."""
    figures = score_article(gold, RIGHT).figures

    assert list(figures)[10:] == list(SPEAKER_FIGURES)
    assert {name for name, prf in figures.items() if counts(prf)[1:] != (0, 0)} == {
        "content_overlap",
        "source_overlap",
        "source_exact",
        "speaker_any",
    }
    assert counts(figures["content_overlap"]) == (28, 0, 4)  # “Theweirheld,” + rainwillreturn; that
    assert counts(figures["source_overlap"]) == (19, 0, 17)  # InesDuarte + Officials; ,theharbourmaster
    assert counts(figures["source_exact"]) == (1, 1, 1)
    assert counts(figures["speaker_any"]) == (1, 0, 1)  # the group’s quote was given no speaker


def test_nothing_predicted_misses_everything(gold):
    """Each figure has misses and nothing else."""
    figures = score_article(gold, []).figures

    assert {name: prf.fn for name, prf in figures.items() if not name.endswith("overlap")} == {
        "content_exact": 2,
        "source_exact": 2,
        "cue_exact": 2,
        "quote": 2,
        "attributed": 2,
        "direct_quote": 1,
        "direct_attributed": 1,
        "speech_recall": 1,
        "speaker_named": 1,
        "speaker_named_direct": 1,
        "speaker_any": 2,
        "title": 1,
        "institution": 1,
    }
    assert not any(prf.tp or prf.fp for prf in figures.values())


def test_a_quote_with_the_wrong_source_is_found_but_not_attributed(gold):
    """Content and source are counted apart; marks around what gold does not have at all are a false direct quote."""
    assert counts(score_article(gold, [quote("“The"), quote("shrugged")]).figures["direct_quote"]) == (0, 1, 1)
    figures = score_article(gold, [quote("“The weir held,”", "Officials")]).figures

    assert counts(figures["quote"]) == (1, 0, 1)
    assert counts(figures["attributed"]) == (0, 1, 2)
    assert counts(figures["direct_quote"]) == (1, 0, 0)
    assert counts(figures["direct_attributed"]) == (0, 1, 1)
    assert counts(figures["speech_recall"]) == (0, 0, 1)


def test_a_quote_is_attributed_when_gold_and_prediction_have_no_source():
    """Agreeing that nobody is named is agreeing."""
    gold = GoldArticle("x", Article(text=TEXT), (Attribution("E1", at("“The weir held,”")),))

    assert counts(score_article(gold, [quote("“The weir held,”")]).figures["attributed"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("gold", "predicted", "pairs"),
    [
        ([[(0, 8)]], [[(0, 4)]], [(0, 0)]),
        ([[(0, 8)]], [[(0, 3)]], []),
        ([[(0, 4)], [(0, 6)]], [[(0, 6)]], [(1, 0)]),
    ],
    ids=["half is enough", "less is not", "one to one, the best first"],
)
def test_contents_match_by_their_characters(gold, predicted, pairs):
    """The Jaccard index of both."""
    assert match(gold, predicted, "abcdefgh") == pairs


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("“Rain,”", "Rain"),
        ("that rain fell.", "rain fell"),
        ("That rain", "rain"),
        ("that", "that"),
        ("that  ", "that"),
        ("thatch", "thatch"),
    ],
)
def test_trimming_leaves_the_words(printed, words):
    """Edge punctuation and a leading `that` go, unless nothing would be left."""
    start, end = trimmed(Span(0, len(printed)), printed)

    assert printed[start:end] == words


@given(st.text(alphabet="ab “”,.that", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_trimmed_span_lies_within_the_span(text, start, length):
    """Trimming only ever takes away."""
    span = Span(min(start, len(text)), min(start + length, len(text)))
    inner = trimmed(span, text)

    assert inner is None or span.start <= inner.start < inner.end <= span.end


def test_title_and_institution_count_only_with_the_right_name(gold):
    """The right title under a wrong name is false and missed at once."""
    wrong = quote("“The weir held,”", "Ines Duarte", speaker=person("Joana Reis", "harbour master", None))
    figures = score_article(gold, [wrong]).figures

    assert counts(figures["speaker_named"]) == (0, 1, 1)
    assert counts(figures["speaker_named_direct"]) == (0, 1, 1)
    assert counts(figures["title"]) == (0, 1, 1)
    assert counts(figures["institution"]) == (0, 0, 1)


def test_speech_cues_are_words_each_once():
    """The list is data: lower case, no duplicates, no empty set."""
    words = speech_cues()

    assert {"said", "according", "tweeted"} <= words
    assert all(word.isalpha() and word == word.lower() for word in words)


@pytest.mark.parametrize("act", [None, "speech", "thought"])
def test_the_default_view_holds_acts_of_speech_that_are_sure(act):
    """Of the gold by its act, or by its cue where nobody marked one."""
    said = Attribution("E1", at("“The weir held,”"), at("said"), act=act)
    gold = GoldArticle("a", Article(text=TEXT), (said, Attribution("E2", at("rain will return"), at("believe"))))
    unsure = replace(RIGHT[0], confidence=0.49)
    wanted, shown = default_view(gold, [*RIGHT, unsure])

    assert wanted.attributions == (() if act == "thought" else (said,))
    assert shown == [RIGHT[0]]
