"""Affiliations gathered over an article: their order, and the words of an organisation without a name."""

from tagging import discourse

from quotes.nlp.parsing.parse import parse_of
from quotes.nlp.parsing.written_parse import doc_of
from quotes.nlp.speakers.article_affiliations import ranked
from quotes.nlp.speakers.unnamed_organisations import phrase_start
from quotes.nlp.titles.roles import Role


def test_of_equally_sure_affiliations_the_first_in_the_text_is_the_main_one():
    found = discourse("Orlok NNP nsubj 6 PERSON|of IN prep 1|Airways NNP pobj 2 ORG|, , punct 1|glazier NN appos 1|left VBD ROOT 6")
    airways, glazier = Role(None, (2, 2), 3), Role((4, 4), None, 3)

    assert [each.title is None for each in ranked(found, [glazier, airways])] == [True, False]


def test_the_phrase_of_an_organisation_begins_behind_its_article():
    words = "The DT det 3|dock NN compound 3|workers NNS poss 5|’ POS case 3|union NN nsubj 6|met VBD ROOT 6"

    assert phrase_start(parse_of(doc_of([[word.split() for word in words.split("|")]])), 4) == (1, "the")
