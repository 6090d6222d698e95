"""Parses pinned as data, so that the rules are tested on a known tree and not on what a model makes of a text today.

`treebank.txt` holds an article after the other: its text as a JSON string behind `#`, then a line a token, `word tag relation head entity`,
the head counted from 1 within the article, the entity with B- or I- in front, and a blank line before each sentence. The trees were
drawn by the model that comes with the package and corrected by hand. To add one, correct what this prints:
`python tests/nlp/treebank.py "She said no."`
"""

import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from spacy.tokens import Doc
from spacy.util import get_words_and_spaces
from spacy.vocab import Vocab

from quotes.nlp.parsing.parse import Parse, parse_of
from quotes.nlp.rules.detect import detector
from quotes.nlp.speakers.resolver import resolver

BANK = Path(__file__).with_name("treebank.txt")


@cache
def bank() -> dict[str, list[list[str]]]:
    """Every text with its rows; an empty row stands before each sentence."""
    texts: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in BANK.read_text("utf-8").splitlines():
        if line.startswith('# "'):
            rows = texts.setdefault(json.loads(line[2:]), [])
        elif not line.startswith("# "):
            rows.append(line.split())
    return {text: rows[:-1] if not rows[-1] else rows for text, rows in texts.items()}


def tokens_of(*texts: str) -> Iterator[tuple[str, str, str, int, str, bool]]:
    """The tokens of texts as the paragraphs of one: word, tag, relation, head, entity, and whether a sentence starts with it."""
    count = 0
    for text in texts:
        if count:
            yield "\n\n", "_SP", "dep", count - 1, "O", False
            count += 1
        first, starts = count, True
        for row in bank()[text]:
            if row:
                word, tag, relation, head, entity = [*row, "O"][:5]
                yield word, tag, relation, first + int(head) - 1, entity, starts
                count += 1
            starts = not row


def doc_of(*texts: str) -> Doc:
    """The Doc of texts of the treebank, each a paragraph."""
    for text in texts:
        if text not in bank():
            raise LookupError(f"not in {BANK.name}: {text!r}; add it as the module says")
    words, tags, relations, heads, entities, starts = map(list, zip(*tokens_of(*texts), strict=True))
    words, spaces = get_words_and_spaces(
        [word.encode().decode("unicode_escape") if word.startswith("\\") else word for word in words], "\n\n".join(texts)
    )
    return Doc(Vocab(), words=words, spaces=spaces, tags=tags, deps=relations, heads=heads, sent_starts=starts, ents=entities)


def parse(*texts: str) -> Parse:
    """The parse of texts of the treebank, as the rules see it."""
    return parse_of(doc_of(*texts))


def resolved(text: str) -> tuple[dict, ...]:
    """The quotes that the rules find in a text of the treebank, with their speakers."""
    return resolver(detector(doc_of(text)))._.quotes


def drawn(text: str, nlp) -> str:
    """The entry of a text as the model parses it, to be corrected by hand."""
    lines = ["# " + json.dumps(text, ensure_ascii=False)]
    doc = nlp(text)
    for token in doc:
        if token.is_sent_start or not token.i:
            lines.append("")
        word = token.text.encode("unicode_escape").decode() if token.is_space else token.text
        entity = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else ""
        lines.append(f"{word} {token.tag_} {token.dep_ or 'dep'} {token.head.i + 1} {entity}".rstrip())
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    import quotes

    pipeline = quotes.load(model="rules")
    print("\n".join(drawn(text, pipeline) for text in sys.argv[1:]))
