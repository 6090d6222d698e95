"""The noun phrases that say what somebody is, beside the name, on parses written down here."""

import pytest
from tagging import discourse

from quotes.nlp.coreference.descriptors import phrases_beside


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        (
            "Zvarrik NNP compound 2 PERSON|Orlok NNP nsubj 11 PERSON|, , punct 2|43 CD appos 2|, , punct 2|a DT det 8|"
            "young JJ amod 8|glazier NN appos 2|from IN prep 8|Tarn NNP pobj 9 GPE|left VBD ROOT 11",
            "young glazier from Tarn",
        ),
        ("Glazier NN compound 3|Zvarrik NNP compound 3 PERSON|Orlok NNP nsubj 4 PERSON|left VBD ROOT 4", "Glazier"),
        (
            "the DT det 5|young JJ amod 5|glazier NN compound 5|Zvarrik NNP compound 5 PERSON|Orlok NNP nsubj 6 PERSON|left VBD ROOT 6",
            "young glazier",
        ),
        ("a DT det 2|glazier NN nsubj 6|named VBN acl 2|Zvarrik NNP compound 5 PERSON|Orlok NNP oprd 3 PERSON|left VBD ROOT 6", "glazier"),
        (
            "the DT det 2|mayor NN nsubj 8|of IN prep 2|Tarn NNP pobj 3 GPE|, , punct 2|Zvarrik NNP compound 7 PERSON|"
            "Orlok NNP appos 2 PERSON|left VBD ROOT 8",
            "mayor of Tarn",
        ),
        (
            "Zvarrik NNP compound 2 PERSON|Orlok NNP nsubj 8 PERSON|, , punct 2|the DT det 5|glazier NN nsubj 6|said VBD ccomp 8|"
            ", , punct 8|left VBD ROOT 8",
            None,
        ),
    ],
)
def test_a_phrase_beside_a_name_is_read_without_its_article(sentence, phrase):
    """Not the subject of a clause that is put in behind a comma."""
    found = discourse(sentence)
    parse, name = found.parse, found.entities[0].mentions[0]

    assert next((" ".join(parse.words[first : last + 1]) for first, last in phrases_beside(parse, name)), None) == phrase
