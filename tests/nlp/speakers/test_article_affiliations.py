"""Affiliations gathered over an article: their order."""

from tagging import discourse

from quotes.nlp.speakers.article_affiliations import ranked
from quotes.nlp.titles.roles import Role


def test_of_equally_sure_affiliations_the_first_in_the_text_is_the_main_one():
    found = discourse("Orlok NNP nsubj 6 PERSON|of IN prep 1|Airways NNP pobj 2 ORG|, , punct 1|glazier NN appos 1|left VBD ROOT 6")
    airways, glazier = Role(None, (2, 2), 3), Role((4, 4), None, 3)

    assert [each.title is None for each in ranked(found, [glazier, airways])] == [True, False]
