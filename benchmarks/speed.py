"""Speed as a ratio: CPU time from text to stored rows against bare spaCy on the same texts, in one run, taking turns.

    python -m benchmarks.speed ARTICLES [--rounds 3] [--model NAME] [--memory]

Bare spaCy is `nlp.pipe` of the same pipeline with all its components. Both are warmed up first, and their turns alternate, so that
a machine whose speed drifts treats them alike.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quotes import pipeline
from quotes.errors import ArticleError
from quotes.extract import extract
from quotes.readers import read
from quotes.records import Article
from quotes.store import Store

#: Articles a turn: as many as the extractor parses together.
TURN = 16
#: What the stages are called in the table.
STAGES = {
    "quotes_layout": "layout",
    "quotes_detector": "rules",
    "model": "model",
    "quotes_extractor": "rules beside the model, merging",
    "quotes_resolver": "speakers",
    "quotes_topics": "topics",
    "quotes_places": "places",
    "store": "store",
}


class Stopwatch:
    """CPU seconds of this process by stage; what is spent in a stage within another counts for the inner one."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inner = [0.0]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the CPU time of a block to a stage."""
        started = time.process_time()
        self._inner.append(0.0)
        try:
            yield
        finally:
            taken = time.process_time() - started
            self.seconds[name] += taken - self._inner.pop()
            self._inner[-1] += taken

    def timed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time added to a stage."""

        def timed(*arguments: Any) -> Any:
            with self.stage(name):
                return call(*arguments)

        return timed


def measure(articles: Sequence[Article], *, rounds: int = 3, model: str | None = None) -> Stopwatch:
    """Extract and store the articles, and parse them with bare spaCy, in lots and in turn.

    The stages are `bare`, our components by name, the `model` in one of them, `store`, and `parse`: all else of the way to rows.
    """
    bare, ours, watch = pipeline.load_spacy(), pipeline.load(model=model), Stopwatch()
    for name in (name for name in ours.pipe_names if name.startswith("quotes_")):
        component: Any = ours.get_pipe(name)
        if hasattr(component, "model"):
            component.model.predict = watch.timed("model", component.model.predict)
        ours._components[ours.pipe_names.index(name)] = (name, watch.timed(name, component))
    lots = [articles[at : at + TURN] for at in range(0, len(articles), TURN)]
    for number, lot in enumerate([*lots[:1], *lots * rounds]):
        if number == 1:
            watch.seconds.clear()  # the first lot is for warming up
        with watch.stage("bare"):
            list(bare.pipe([article.text for article in lot], batch_size=TURN))
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "speed.db", create=True) as store, watch.stage("parse"):
            for article, found in extract(lot, ours):
                if not isinstance(found, ArticleError):
                    with watch.stage("store"):
                        store.save(article, found, extractor="speed")
    return watch


def report(watch: Stopwatch, words: int) -> Iterator[str]:
    """The lines of the table, in Markdown."""
    bare = watch.seconds["bare"]
    whole = sum(watch.seconds.values()) - bare
    rows = {"spaCy: tokens, tags, parse": watch.seconds["parse"], **{what: watch.seconds[name] for name, what in STAGES.items()}}
    yield "| stage | CPU s | of bare spaCy |"
    yield "| --- | ---: | ---: |"
    for name, value in {**rows, "**text to rows**": whole, "bare spaCy, all components": bare}.items():
        if value:
            yield f"| {name} | {value:.1f} | {value / bare:.1%} |"
    yield ""
    yield f"Words a CPU second: bare {words / bare:,.0f}, from text to rows {words / whole:,.0f}; ratio {whole / bare:.2f}."


def peak_memory(paths: Sequence[str], model: str | None) -> float:
    """The most memory that `quotes add` held at once on these paths, in megabytes (a process of its own; POSIX only)."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--db", str(Path(folder) / "speed.db"), *(["--model", model] if model else [])]
        subprocess.run([sys.executable, "-m", "quotes", "add", *options, *paths], check=False, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Measure on the articles of the paths given and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=main.__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model")
    parser.add_argument("--memory", action="store_true", help="measure the peak memory of `quotes add` too")
    options = parser.parse_args()
    # First, while this process is small: a child counts the memory of the process that it came from as its own.
    memory = peak_memory(options.paths, options.model) if options.memory else None
    articles = [each for each in read(options.paths) if isinstance(each, Article)]
    words = options.rounds * sum(len(article.text.split()) for article in articles)
    print(*report(measure(articles, rounds=options.rounds, model=options.model), words), sep="\n")
    if memory is not None:
        print(f"Peak memory of `quotes add`: {memory:,.0f} MB.")


if __name__ == "__main__":
    main()
