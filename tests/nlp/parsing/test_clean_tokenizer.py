import textwrap

import pytest
import spacy

from quotes.nlp.parsing.clean_tokenizer import CleanTokenizer, make_doc, restore_original
from quotes.records import Zone

TEXT = "““No,”” said\u200b Imre  Fodor, may\u00ador."
STORY = """The council of Tarn will close the old weir for two years while its gates are rebuilt.

“We had no choice,” said Odile Fenn, the chief engineer of Tarn Water. “The gates are moving, and nobody wants to wait until they give way.”

Fenn said that the growers would be paid for what they lose while the water stands low.
"""


@pytest.fixture
def nlp():
    blank = spacy.blank("en")
    blank.tokenizer = CleanTokenizer(blank.tokenizer)
    return blank


def test_the_clean_copy_is_read_and_zones_go_along(nlp):
    """The text as given hangs on the Doc."""
    doc = make_doc(nlp, TEXT, [Zone("body", 0, len(TEXT))])

    assert (doc.text, doc._.original_text, doc._.zones) == ("“No,” said Imre Fodor, mayor.", TEXT, (("body", 0, len(doc.text)),))


@pytest.mark.parametrize("text", ["©" * 1000, "a " + "x" * 401 + " b", "(" * 999 + " c", "“No,” " + "he-said-" * 90 + "."])
def test_a_word_without_end_is_cut_and_no_character_is_lost(nlp, text):
    """The tokenizer would take the square of its length."""
    doc = nlp.make_doc(text)

    assert doc.text == text
    assert max(map(len, doc)) <= 400


def test_what_was_found_is_told_in_the_text_as_given(nlp):
    """Words as printed there; names, titles and institutions as they are read."""
    doc = nlp.make_doc(TEXT)

    def passage(words):
        return {"text": words, "spans": ((doc.text.index(words), doc.text.index(words) + len(words)),)}

    title = {"title": "mayor", "institution": None, "title_span": passage("mayor")["spans"][0], "institution_span": None, "past": False}
    speaker = {"name": "Imre Fodor", "title": "mayor", "affiliations": [title], "role_evidence": passage("mayor")}
    doc._.quotes = ({**passage("“No,”"), "cue": passage("said"), "mention": passage("Imre Fodor"), "speaker": speaker},)
    given = restore_original(doc)
    (quote,) = given._.quotes

    assert given.text == TEXT
    assert [token.text for token in given if token.tag_ != "_SP"] == [
        "““",
        "No",
        ",",
        "””",
        "said",
        "Imre",
        "Fodor",
        ",",
        "may\u00ador",
        ".",
    ]
    assert (quote["text"], quote["cue"]["text"], quote["mention"]["text"]) == ("““No,””", "said", "Imre  Fodor")
    assert all(TEXT[slice(*span)] == each["text"] for each in (quote, quote["cue"], quote["mention"]) for span in each["spans"])
    assert (quote["speaker"]["name"], quote["speaker"]["title"]) == ("Imre Fodor", "mayor")
    assert TEXT[slice(*quote["speaker"]["affiliations"][0]["title_span"])] == quote["speaker"]["role_evidence"]["text"] == "may\u00ador"


def test_a_text_that_is_its_own_copy_is_left_alone(nlp):
    """Nothing hangs on the Doc."""
    doc = nlp.make_doc("“No,” said Imre Fodor.")
    doc._.quotes = ({"text": "“No,”"},)

    assert (doc._.original_text, doc._.alignment, restore_original(doc)) == ((), (), doc)


@pytest.mark.model
def test_a_wrapped_article_gives_the_quotes_of_the_article(rules):
    """The same words, of the same people, wherever its lines end."""
    wrapped = "\n\n".join(textwrap.fill(each, 60) for each in STORY.strip().split("\n\n"))
    quotes = {text: [(" ".join(each["text"].split()), each["speaker"]) for each in rules(text)._.quotes] for text in (STORY, wrapped)}
    names = {text: [(words, speaker and (speaker["name"], speaker["title"])) for words, speaker in found] for text, found in quotes.items()}

    assert names[wrapped] == names[STORY] != []
    assert all(each["text"] == " … ".join(wrapped[slice(*span)] for span in each["spans"]) for each in rules(wrapped)._.quotes)
