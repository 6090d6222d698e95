"""How the time to name the speakers grows with an article's length: `python -m benchmarks.scaling`.

An invented article is as long as asked for; its people and organisations grow in number with its length, as in a live blog, or stay
the same, as in a long interview. Its parse is written down with it, so that nothing but naming the speakers is measured. Prints words,
the resolver's seconds, and microseconds a word, which stay the same while the time is in proportion to the length.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from benchmarks.written_parse import doc_of
from quotes.nlp.rules.detect import detector
from quotes.nlp.speakers.resolver import resolver

LENGTHS = (2_500, 5_000, 10_000, 20_000, 50_000)
#: Sentences about one person and one body; a token is word, tag, relation, head (from 1), label. {A}, {B}, {C} are names.
SENTENCES = (
    "{A} NNP compound 2 PERSON|{B} NNP nsubj 7 PERSON|, , punct 2|a DT det 5|baker NN appos 2|, , punct 2|said VBD ROOT 7|the DT det 9|"
    "well NN nsubj 10|was VBD ccomp 7|dry JJ acomp 10|. . punct 7",
    "“ `` punct 10|Nobody NN nsubj 4|had VBD aux 4|asked VBN ccomp 10|us PRP dobj 4|, , punct 10|” '' punct 10|{B} NNP nsubj 10 PERSON|"
    "quietly RB advmod 10|said VBD ROOT 10|. . punct 10",
    "She PRP nsubj 2|said VBD ROOT 2|the DT det 4|road NN nsubj 5|was VBD ccomp 2|closed JJ acomp 5|. . punct 2",
    "The DT det 3 ORG|{C} NNP compound 3 ORG|Union NNP nsubj 4 ORG|opened VBD ROOT 4|a DT det 6|door NN dobj 4|. . punct 4",
    "The DT det 2|union NN nsubj 3|said VBD ROOT 3|it PRP nsubj 6|would MD aux 6|wait VB ccomp 3|. . punct 3",
    "The DT det 2|baker NN nsubj 3|said VBD ROOT 3|nothing NN nsubj 5|helped VBD ccomp 3|. . punct 3",
    "Farmers NNS nsubj 2|said VBD ROOT 2|it PRP nsubj 4|rained VBD ccomp 2|. . punct 2",
    "They PRP nsubj 2|said VBD ROOT 2|{B} NNP nsubj 4 PERSON|knew VBD ccomp 2|. . punct 2",
)
_SYLLABLES = ("ba", "do", "fe", "gi", "ku", "la", "mo", "ne", "pi", "ru", "so", "ta", "ve", "wi", "yo", "za")
#: Different names: enough for an article of two million words.
NAMES = ["".join(syllables).capitalize() for syllables in product(_SYLLABLES, repeat=4)]


def sentences(words: int, people: int | None = None) -> Iterator[list[list[str]]]:
    """The sentences of an article of at least so many words, each token as its fields; every round of them brings somebody new, until
    there are so many `people`."""
    written = turn = 0
    while written < words:
        number = turn % people if people else turn
        names = {"A": NAMES[2 * number], "B": NAMES[2 * number + 1] + "ski", "C": NAMES[number] + "ton"}
        for sentence in SENTENCES:
            tokens = [token.format(**names).split(" ") for token in sentence.split("|")]
            written += len(tokens)
            yield tokens
        turn += 1


def article(words: int, people: int | None = None) -> Any:
    """An article of at least so many words with its parse."""
    return doc_of(sentences(words, people))


def seconds(doc: Any) -> float:
    """The CPU time in which the resolver names the speakers of an article whose quotes were found."""
    doc = detector(doc)
    began = time.process_time()
    resolver(doc)
    return time.process_time() - began


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one line for each length."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    parser.add_argument("lengths", nargs="*", type=int, default=LENGTHS, help="lengths in words")
    lengths = parser.parse_args(arguments).lengths
    for heading, people in (("new people all the time", None), ("the same three people", 3)):
        print(heading)
        print(f"{'words':>8}  {'quotes':>7}  {'seconds':>8}  {'µs a word':>9}")
        for length in lengths:
            doc = article(length, people)
            taken = seconds(doc)
            print(f"{len(doc):>8}  {len(doc._.quotes):>7}  {taken:>8.3f}  {1e6 * taken / len(doc):>9.1f}")


if __name__ == "__main__":
    main()
