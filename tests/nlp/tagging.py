"""Docs and discourses out of words that are written down with their tags."""

from spacy.tokens import Doc
from spacy.vocab import Vocab

from benchmarks.written_parse import doc_of
from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.coreference.mentions import discourse_of
from quotes.nlp.parsing.parse import Parse, parse_of


def tagged(text: str) -> Doc:
    """A Doc of words as `word/TAG` or, in a name, `word/TAG/LABEL` (`/I-LABEL` goes on with the name); a line is a sentence."""
    words, tags, ents, heads = [], [], [], []
    for line in text.strip().splitlines():
        first = len(words)
        for token in line.split():
            word, tag, label = [*token.split("/"), ""][:3]
            words.append(word)
            tags.append(tag)
            heads.append(first)
            ents.append("O" if not label else label if label.startswith("I-") else f"B-{label}")
    return Doc(Vocab(), words=words, tags=tags, heads=heads, deps=["dep"] * len(words), ents=ents)


def parsed(text: str) -> tuple[Doc, Parse, list[bool]]:
    """The Doc, its parse, and for each token that it is read."""
    doc = tagged(text)
    return doc, parse_of(doc), [False] * len(doc)


def discourse(*sentences: str) -> Discourse:
    """The discourse of sentences whose tokens are written `word TAG relation head [label]`, `|` between them."""
    return discourse_of(parse_of(doc_of([[token.split(" ") for token in sentence.split("|")] for sentence in sentences])), [])


def kinds(found: Discourse) -> dict[str, str]:
    """The kind of each entity by its name in small letters."""
    return {" ".join(each.words): each.kind for each in found.entities}
