"""The made-up article by which the growth of the resolver's time is measured."""

from itertools import islice

from benchmarks.scaling import article, main, sentences


def test_heads_stand_in_their_sentence():
    """So that the Doc is a forest of trees, one a sentence."""
    for sentence in islice(sentences(200), 8):
        assert all(1 <= int(token[3]) <= len(sentence) for token in sentence)


def test_an_article_is_as_long_as_asked_for_and_brings_new_people():
    short, long = article(300), article(900)

    assert len(short) >= 300
    assert len(long) >= 900
    assert len({entity.text for entity in long.ents}) > len({entity.text for entity in short.ents})


def test_an_article_of_so_many_people_brings_no_more():
    assert len({entity.text for entity in article(2000, 2).ents}) == len({entity.text for entity in article(200, 2).ents})


def test_a_line_is_printed_for_each_length(capsys):
    main(["100", "200"])

    assert len(capsys.readouterr().out.splitlines()) == 8
