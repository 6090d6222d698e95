"""Parses pinned as data, so that the rules are tested on a known tree and not on what a model makes of a text today.

`treebank.txt` holds an article after the other: its text as a JSON string behind `#`, then a line a token, `word tag relation head entity`,
the head counted from 1 within the article, the entity with B- or I- in front, and a blank line before each sentence. The trees were
drawn by the model that comes with the package and corrected by hand. To add one, correct what this prints:
`python tests/nlp/treebank.py "She said no."`
"""

import json
import sys
from functools import cache
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from quotes.nlp.parsing.extensions import register
from quotes.nlp.parsing.parse import Parse, parse_of
from quotes.nlp.rules.detector import detector
from quotes.nlp.speakers.resolver import resolver

BANK = Path(__file__).with_name("treebank.txt")
register()


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


def doc_of(text: str) -> Doc:
    """The Doc of a text of the treebank."""
    if text not in bank():
        raise LookupError(f"not in {BANK.name}: {text!r}; add it as the module says")
    words, spaces, tags, deps, heads, starts, ents = [], [], [], [], [], [], []
    at, begins = 0, True
    for row in bank()[text]:
        if not row:
            begins = True
            continue
        word = row[0].encode().decode("unicode_escape") if row[0].startswith("\\") else row[0]
        assert text.startswith(word, at), f"{text!r}: {word!r} is not at {at}"
        at += len(word)
        spaces.append(text[at : at + 1] == " ")
        at += spaces[-1]
        words.append(word)
        tags.append(row[1])
        deps.append(row[2])
        heads.append(int(row[3]) - 1)
        ents.append(row[4] if len(row) > 4 else "O")
        starts.append(begins)
        begins = False
    assert at == len(text), f"{text!r}: nothing parsed behind {at}"
    return Doc(Vocab(), words=words, spaces=spaces, tags=tags, deps=deps, heads=heads, sent_starts=starts, ents=ents)


def parse(text: str) -> Parse:
    """The parse of a text of the treebank, as the rules see it."""
    return parse_of(doc_of(text))


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
