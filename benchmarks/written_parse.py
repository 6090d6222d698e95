"""A Doc out of a parse that is written down: what is measured or tested without a model reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc
from spacy.vocab import Vocab


def doc_of(sentences: Iterable[Sequence[Sequence[str]]]) -> Doc:
    """Sentences of tokens as word, tag, relation, head (counted from 1 in the sentence) and, for one in a name, the name's label."""
    forms: list[str] = []
    tags: list[str] = []
    relations: list[str] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    labels: list[str] = []
    for sentence in sentences:
        first = len(forms)
        for position, (form, tag, relation, head, *label) in enumerate(sentence):
            before = labels[-1] if position else "O"
            forms.append(form)
            tags.append(tag)
            relations.append(relation)
            heads.append(first + int(head) - 1)
            starts.append(position == 0)
            labels.append(f"{'I' if before[2:] == label[0] else 'B'}-{label[0]}" if label else "O")
    spaces = [form != "“" for form in forms]
    return Doc(Vocab(), words=forms, spaces=spaces, tags=tags, deps=relations, heads=heads, sent_starts=starts, ents=labels)
