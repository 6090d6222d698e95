"""`quotes evaluate --plausible`: what a folder shows most, and what the gate refused."""

from spacy.tokens import Doc

from quotes.errors import ArticleError
from quotes.evaluation.frequent import frequent
from quotes.nlp.parsing.extensions import register
from quotes.records import Article


class Finds:
    """A pipeline that finds the same quote in every article, and refuses a title."""

    def make_doc(self, text):
        import spacy

        return spacy.blank("en").make_doc(text)

    def pipe(self, docs, **_):
        register()
        for doc in docs:
            doc._.quotes = (self.quote(doc),)
            doc._.topics = ("weir",)
            doc._.implausible = (("title", "earlier", "no noun in it"),)
            yield doc

    @staticmethod
    def quote(doc: Doc):
        speaker = {"name": "Ines Duarte", "kind": "person", "affiliations": [], "role": "unknown", "role_evidence": None, "outlet": False}
        speaker["confidence"] = {"name": 0.9, "title": None, "institution": None}
        return {"kind": "direct", "act": "speech", "text": doc.text[:16], "spans": ((0, 16),), "cue": None, "mention": None} | {
            "speaker": speaker, "confidence": 0.9, "zone": "body", "topics": ("weir",)
        }  # fmt: skip


def test_the_most_frequent_are_listed_with_what_was_refused():
    text = "“The weir held,” said Ines Duarte of the weir."
    articles = [Article(text=text, path="a.txt"), Article(text=f"{text} Again.", path="b.txt"), ArticleError("c.txt: is empty")]
    lines = list(frequent(articles, Finds()))

    assert lines[0] == "# 2 articles, 2 quotes in the default view, 1 inputs left out"
    assert "- 2 Ines Duarte (person)" in lines
    assert "- 2 weir" in lines
    assert "- 2 title, no noun in it: “earlier”" in lines
