"""Speed as a ratio: CPU time from text to stored rows against bare spaCy on the same texts, in one run, taking turns.

    python -m quotes.evaluation.speed ARTICLES [--rounds 3]

Bare spaCy is `nlp.pipe` of the same pipeline with all its components. Both are warmed up first, and their turns alternate, so that
a machine whose speed drifts treats them alike.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quotes.records import Article

#: Articles a turn: as many as the extractor parses together.
TURN = 16


class Stopwatch:
    """CPU seconds of this process by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the CPU time of a block to a stage."""
        started = time.process_time()
        try:
            yield
        finally:
            self.seconds[name] += time.process_time() - started


def turns(articles: Sequence[Article]) -> Iterator[Sequence[Article]]:
    """The articles in lots of `TURN`."""
    return (articles[at : at + TURN] for at in range(0, len(articles), TURN))


def measure(articles: Sequence[Article], *, rounds: int = 3) -> Stopwatch:
    """Extract and store the articles, and parse them with bare spaCy, lot by lot in turn.

    The stages are `bare`, `whole`, and the parts of the whole: our components by name, and `store`.
    """
    from quotes import pipeline

    bare, ours = pipeline.bare(), pipeline.load()
    watch = Stopwatch()
    _timed_components(ours, watch)
    for lot in list(turns(articles))[:1]:
        _run(lot, bare, ours, Stopwatch())
    watch.seconds.clear()
    for _ in range(rounds):
        for lot in turns(articles):
            _run(lot, bare, ours, watch)
    return watch


def _run(lot: Sequence[Article], bare: Any, ours: Any, watch: Stopwatch) -> None:
    from quotes.errors import ArticleError
    from quotes.extract import extract
    from quotes.store import Store

    with watch.stage("bare"):
        for _ in bare.pipe([article.text for article in lot], batch_size=TURN):
            pass
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "speed.db", create=True) as store, watch.stage("whole"):
        for article, found in extract(lot, ours):
            if not isinstance(found, ArticleError):
                with watch.stage("store"):
                    store.save(article, found, extractor="speed")


def _timed_components(nlp: Any, watch: Stopwatch) -> None:
    """Let our components add their time to stages of their own."""
    for name in ("quotes_layout", "quotes_detector", "quotes_resolver"):
        component: Callable[[Any], Any] = nlp.get_pipe(name)

        def timed(doc: Any, component: Callable[[Any], Any] = component, name: str = name) -> Any:
            with watch.stage(name):
                return component(doc)

        index = nlp.pipe_names.index(name)
        nlp._components[index] = (name, timed)


def report(watch: Stopwatch, words: int) -> Iterator[str]:
    """The lines of the table."""
    bare, whole = watch.seconds["bare"], watch.seconds["whole"]
    yield f"{'stage':18} {'CPU s':>8}  of bare"
    for name in ("bare", "whole", "quotes_layout", "quotes_detector", "quotes_resolver", "store"):
        yield f"{name:18} {watch.seconds[name]:8.2f}  {watch.seconds[name] / bare:6.1%}"
    yield f"words a CPU second: bare {words / bare:,.0f}, from text to rows {words / whole:,.0f}; ratio {whole / bare:.2f}"


def main(arguments: list[str]) -> None:
    """Measure on the articles of the paths given and print the table."""
    from quotes.readers import read

    rounds = int(arguments[arguments.index("--rounds") + 1]) if "--rounds" in arguments else 3
    paths = [each for at, each in enumerate(arguments) if each != "--rounds" and (at == 0 or arguments[at - 1] != "--rounds")]
    articles = [each for each in read(paths) if isinstance(each, Article)]
    words = rounds * sum(len(article.text.split()) for article in articles)
    for line in report(measure(articles, rounds=rounds), words):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
