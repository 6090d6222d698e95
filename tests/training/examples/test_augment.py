"""Changed forms of news: edits, and the annotation carried through them."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.corpora.gold import Attribution
from quotes.nlp.detection.quotation_marks import find_quotations, outermost, paragraphs_of
from quotes.records import Span
from quotes.training.examples.augment import STYLES, Edit, edited, lost_marks, moved, other_marks, other_names, upper_lede, variant

WEIR = "“The old weir held all night,” said Ines Duarte. “Nobody slept.”\n\nOmar Lind called it “luck.” He added that rain would return."


def spans_of(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(each), text.index(each) + len(each)) for each in words)


GOLD = (
    Attribution(
        "1", spans_of(WEIR, "“The old weir held all night,”", "“Nobody slept.”"), spans_of(WEIR, "said"), spans_of(WEIR, "Ines Duarte")
    ),
    Attribution("2", spans_of(WEIR, "it “luck.”"), spans_of(WEIR, "called"), spans_of(WEIR, "Omar Lind")),
    Attribution("3", spans_of(WEIR, "that rain would return"), spans_of(WEIR, "added"), spans_of(WEIR, "He")),
)


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum()).casefold()


words = st.text("ab “”,.\n", min_size=1, max_size=6)
stretches = st.lists(st.tuples(words, st.none() | st.text("XY’", max_size=4)), min_size=1, max_size=8)


@settings(deadline=None, max_examples=50)
@given(stretches)
def test_a_span_outside_all_edits_holds_the_same_words(stretches):
    """Edits before it, behind it and at both its edges move it along."""
    text, expected, edits, kept = "", "", [], []
    for old, new in stretches:
        if new is None:
            kept.append((Span(len(text), len(text) + len(old)), old))
        else:
            edits.append(Edit(len(text), len(text) + len(old), new))
        text += old
        expected += old if new is None else new
    through = edited(text, edits)

    assert through.text == expected
    assert [through.text[slice(*through.span(span))] for span, _ in kept] == [old for _, old in kept]


@st.composite
def changes(draw):
    text = draw(st.text("ab. ", max_size=30))
    at = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(at, at, st.text("XY", max_size=5)), max_size=6))
    return text, [Edit(min(one, other), max(one, other), new) for one, other, new in pairs]


@settings(deadline=None, max_examples=50)
@given(changes())
def test_offsets_stay_in_the_text_and_in_order(change):
    """Wherever the edits are, overlapping ones too."""
    text, edits = change
    through = edited(text, edits)
    for offsets in (through.first, through.last):
        assert len(offsets) == len(text) + 1
        assert list(offsets) == sorted(offsets)
        assert all(0 <= each <= len(through.text) for each in offsets)


@pytest.mark.parametrize(("span", "left"), [((0, 3), "ab--"), ((3, 6), "--ef"), ((3, 4), "--"), ((2, 4), "--")])
def test_a_span_that_ends_inside_an_edit_holds_all_of_it(span, left):
    """Half a replacement is nothing."""
    through = edited("abcdef", [Edit(2, 4, "--")])

    assert through.text[slice(*through.span(Span(*span)))] == left


def test_a_span_of_which_nothing_is_left_is_gone():
    """The rest of its attribution stays."""
    gold = Attribution("1", (Span(0, 2), Span(3, 5)), (Span(6, 8),), (Span(9, 11),))
    (found,) = moved([gold], (through := edited("ab cd ef gh", [Edit(3, 5, ""), Edit(9, 11, " ")])).span, through.text)

    assert (found.content, found.cue, found.source) == ((Span(0, 2),), (Span(4, 6),), ())


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style[0][0])
def test_a_text_is_set_in_another_style_throughout(style):
    """Inner marks too; the first mark says which style was drawn."""
    text = "“He said ‘no’ to it twice,” she wrote. “Why not?”"
    forms = {edited(text, other_marks(text, random.Random(seed))).text for seed in range(300)}
    (outer, closing), (inner, inner_closing) = style

    assert f"{outer}He said {inner}no{inner_closing} to it twice,{closing} she wrote. {outer}Why not?{closing}" in forms


@pytest.mark.parametrize("seed", range(30))
def test_other_marks_hold_the_same_quotations(seed):
    """What was quoted before is quoted still."""
    through = edited(WEIR, other_marks(WEIR, random.Random(seed)))
    before, after = (
        [letters(text[slice(*each.inner)]) for each in outermost(find_quotations(text, paragraphs_of(text)))]
        for text in (WEIR, through.text)
    )

    assert after == before


news = st.text(st.sampled_from("abS9 .,!?\n“”‘’\"'«»„`—"), max_size=60)


@settings(deadline=None, max_examples=50)
@given(news, st.randoms(use_true_random=False))
def test_other_and_lost_marks_keep_the_words(text, chance):
    """Whatever the text, only marks and the stops beside them change."""
    lost = edited(text, lost_marks(text, chance)).text

    assert letters(edited(text, other_marks(text, chance)).text) == letters(lost) == letters(text)
    assert len(lost) <= len(text)


def test_lost_marks_of_two_characters_are_lost_whole():
    """``So,'' as typesetters have it."""
    forms = {edited("``So,'' he said.", lost_marks("``So,'' he said.", random.Random(seed))).text for seed in range(40)}

    assert forms <= {"``So,'' he said.", "So,'' he said.", "``So, he said.", "So, he said."}


def test_some_ledes_are_in_capitals():
    """The first words of a paragraph, four at most; the rest stays."""
    text = "rain fell all night over the port.\n\nso.\nthe weir ß held."
    forms = {edited(text, upper_lede(text, random.Random(seed))).text for seed in range(100)}

    assert "RAIN FELL ALL NIGHT over the port.\n\nso.\nthe weir ß held." in forms
    assert any("\n\nSO.\n" in form for form in forms)
    assert not any("ß" not in form for form in forms)  # in capitals it would be two letters


def test_capitals_leave_every_span_on_its_own_words():
    """Content, cue and source of a lede must not run into one another."""
    text = "Ines said the weir held."
    gold = [Attribution("1", spans_of(text, "the weir held"), spans_of(text, "said"), spans_of(text, "Ines"))]
    through = next(form for seed in range(100) for form in [edited(text, upper_lede(text, random.Random(seed)))] if form.text != text)
    (found,) = moved(gold, through.span, through.text)

    assert [through.text[slice(*span)] for span in (*found.source, *found.cue, *found.content)] == ["INES", "SAID", "THE WEIR held"]


def test_a_person_has_one_other_name_throughout():
    """First and last name each keep theirs, so that who is named again is the same."""
    text = "Ines Duarte spoke. Duarte’s deputy, Omar Lind, nodded. “Ines, no,” Lind said."
    people = spans_of(text, "Ines Duarte", "Duarte’s", "Omar Lind")
    through = edited(text, other_names(text, people, random.Random(1)))
    first, last, other, other_last = (
        through.text[slice(*through.span(spans_of(text, name)[0]))] for name in ("Ines", "Duarte", "Omar", "Lind")
    )

    assert through.text == f"{first} {last} spoke. {last}’s deputy, {other} {other_last}, nodded. “{first}, no,” {other_last} said."
    assert {"Ines", "Duarte", "Omar", "Lind"}.isdisjoint({first, last, other, other_last})


def test_initials_small_words_and_parts_of_words_keep_their_form():
    """Only whole capitalised words longer than two letters are names."""
    text = "J. B. de Lind and Mr. Lindqvist left."
    through = edited(text, other_names(text, spans_of(text, "J. B. de Lind"), random.Random(0)))

    assert through.text.startswith("J. B. de ")
    assert through.text.endswith(" and Mr. Lindqvist left.")
    assert "Lind " not in through.text


NAMED = [(span, "PERSON") for span in spans_of(WEIR, "Ines Duarte", "Omar Lind")]


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=10))
def test_the_same_seed_gives_the_same_form(seed):
    """So that what was prepared once can be prepared again."""
    assert variant(WEIR, GOLD, NAMED, seed) == variant(WEIR, GOLD, NAMED, seed)


@pytest.mark.parametrize("seed", range(20))
def test_a_form_keeps_every_attribution(seed):
    """In order, with their ids, every span on words of the text."""
    text, gold, _ = variant(WEIR, GOLD, NAMED, f"{seed}")

    assert [each.id for each in gold] == ["1", "2", "3"]
    for old, new in zip(GOLD, gold, strict=True):
        for before, after in ((old.content, new.content), (old.cue, new.cue), (old.source, new.source)):
            assert len(after) == len(before)
            assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in after)


def test_a_form_carries_its_entities_along():
    """A person's new name is a person, whether a recogniser would know it or not."""
    forms = [variant(WEIR, GOLD, NAMED, f"{seed}") for seed in range(20)]
    names = [[text[slice(*span)] for span, _ in entities] for text, _, entities in forms]

    assert all([label for _, label in entities] == ["PERSON", "PERSON"] for _, _, entities in forms)
    assert all(len(name.split()) > 1 and name == name.strip() for both in names for name in both)
    assert len({name for both in names for name in both}) > 10


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(WEIR) - 1), st.integers(1, 30), st.text("0123456789", max_size=4))
def test_a_form_never_loses_words_of_a_span(start, length, seed):
    """Wherever it was cut; the words are the same where no name was exchanged."""
    span = Span(start, min(start + length, len(WEIR)))
    text, (found,), _ = variant(WEIR, [Attribution("1", (span,))], [], seed)

    assert letters(WEIR[slice(*span)]) in "".join(letters(text[slice(*each)]) for each in found.content)
