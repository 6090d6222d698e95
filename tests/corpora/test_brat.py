"""Reading folders as brat keeps them, and as PolNeAR does."""

import pytest
from gold_samples import TEXT, at

from quotes.corpora import read_corpus
from quotes.errors import CorpusError
from quotes.records import Span

SPANS = ["T1\tContent 0 16\t“The weir held,”", "T2\tCue 17 21\tsaid", "T3\tSource 22 33\tInes Duarte"]
RELATIONS = ["R1\tBy Arg1:T1 Arg2:T3", "R2\tWith Arg1:T2 Arg2:T1"]


@pytest.fixture
def brat(tmp_path):
    """Makes a folder of one article out of the lines of its annotation."""

    def folder(*lines, text=TEXT):
        (tmp_path / "weir.txt").write_bytes(text.encode())
        (tmp_path / "weir.ann").write_text("\n".join(lines), "utf-8")
        return tmp_path

    return folder


def only(corpus):
    (gold,) = corpus.articles
    (attribution,) = gold.attributions
    return attribution


def test_relations_tie_spans_in_either_direction(brat):
    """And under any name."""
    found = only(read_corpus(brat(*SPANS, *RELATIONS)))

    assert (found.content, found.cue, found.source) == (at("“The weir held,”"), at("said"), at("Ines Duarte"))


def test_an_event_ties_its_arguments(brat):
    """As in PolNeAR, but with a tool's own names for the roles."""
    found = only(read_corpus(brat(*SPANS, "E1\tAttribution:T2 Quote:T1 Cue:T2 Speaker:T3")))

    assert (found.id, found.content, found.cue, found.source) == ("E1", at("“The weir held,”"), at("said"), at("Ines Duarte"))


def test_a_broken_span_is_one_content(brat):
    """Two fragments with their words between them left out."""
    found = only(read_corpus(brat("T1\tquote 1 4;10 14\tThe held", *SPANS[1:])))

    assert found.content == (*at("The"), *at("held"))


def test_a_text_without_annotation_is_left_out(brat):
    """Nobody has been through it; where there is a file without marks, somebody has."""
    folder = brat("")
    (folder / "other.txt").write_text("A clerk shrugged.")

    assert [(gold.name, gold.attributions) for gold in read_corpus(folder).articles] == [("weir", ())]


@pytest.mark.parametrize("suffix", [".txt", ".ann"])
def test_one_article_can_be_named_by_either_file(brat, suffix):
    """The pair is read."""
    assert only(read_corpus(brat(*SPANS, *RELATIONS) / f"weir{suffix}")).source == at("Ines Duarte")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("T4\tContent 5", r"weir\.ann:6: T4 is not in the form of brat"),
        ("R3\tBy T1 T2", r"weir\.ann:6: R3 is not in the form of brat"),
        ("R3\tBy Arg1:T1 Arg2:T9", "R3 names T9, which is not in the file"),
        ("E1\tAttribution:T2 Content:T9", "E1 names T9, which is not in the file"),
        ("T4\tContent 0 10\t“The dam h", "T4 is said to cover '“The dam h', which is not what stands there; give the text as it was"),
        ("T4\tContent 100 999", "the span 100–999, which is not in the text"),
    ],
)
def test_a_broken_line_is_refused(brat, line, complaint):
    """With the file, the line or its name, and what to mend."""
    with pytest.raises(CorpusError, match=complaint):
        read_corpus(brat(*SPANS, *RELATIONS, line))


def test_other_labels_are_no_corpus(brat):
    """Or every article would pass for one without quotes."""
    with pytest.raises(CorpusError, match="its labels are Person, Place; name what is quoted Content or Quote"):
        read_corpus(brat("T1\tPerson 22 33\tInes Duarte", "T2\tPlace 1 4\tThe"))


def test_annotation_without_its_text_is_refused(brat):
    """By the name of the file that is missing."""
    folder = brat(*SPANS)
    (folder / "weir.txt").unlink()

    with pytest.raises(CorpusError, match=r"weir\.ann: no weir\.txt beside it"):
        read_corpus(folder)


def test_polnear_is_read_with_split_spans_and_repeated_roles(standoff):
    """The first annotator by name counts; a note, a broken line and an event without content are passed over."""
    corpus = read_corpus(standoff)
    (gold,) = corpus.articles
    (attribution,) = gold.attributions

    assert (corpus.name, corpus.acts, gold.name, gold.article.text) == ("corpus/dev", None, "weir", TEXT)
    assert (attribution.id, attribution.content) == ("E1", (Span(0, 10), Span(10, 16), Span(73, 94)))
    assert (attribution.source, gold.speakers_known, attribution.speaker.titles) == ((Span(22, 33),), True, ("harbour master",))


def test_a_split_can_be_named_by_its_own_folder(standoff):
    """`data/dev` is the same corpus as its root with the split dev, speakers included."""
    assert read_corpus(standoff / "data" / "dev") == read_corpus(standoff, split="dev")


def test_the_digest_changes_with_any_annotation(standoff):
    """Floors must notice that the corpus is another one."""
    before = read_corpus(standoff).digest
    annotation = standoff / "data" / "dev" / "attributions" / "weir_0a1b.ann"
    annotation.write_text(annotation.read_text().replace("73 94", "73 93"))

    assert read_corpus(standoff).digest != before
