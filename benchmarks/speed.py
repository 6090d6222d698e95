"""Speed as a ratio: CPU time from text to stored rows against bare spaCy on the same texts, in one run, taking turns.

    python -m benchmarks.speed ARTICLES [--rounds 3] [--model NAME] [--memory]

Bare spaCy is `nlp.pipe` of the same pipeline with all its components. Both are warmed up first, and their turns alternate, so that
a machine whose speed drifts treats them alike.
"""

from __future__ import annotations

import subprocess
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


def measure(articles: Sequence[Article], *, rounds: int = 3, model: str | None = None) -> Stopwatch:
    """Extract and store the articles, and parse them with bare spaCy, lot by lot in turn.

    The stages are `bare`, `whole`, and the parts of the whole: our components by name, the `model` in one of them, and `store`.
    """
    from quotes import pipeline

    bare, ours = pipeline.bare(), pipeline.load(model=model)
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
    """Let our components, and the model inside one of them, add their time to stages of their own."""
    for name in (name for name in nlp.pipe_names if name.startswith("quotes_")):
        component: Callable[[Any], Any] = nlp.get_pipe(name)
        if hasattr(component, "model"):
            component.model.read = _timed(component.model.read, watch, "model")
        nlp._components[nlp.pipe_names.index(name)] = (name, _timed(component, watch, name))


def _timed(call: Callable[..., Any], watch: Stopwatch, name: str) -> Callable[..., Any]:
    def timed(*arguments: Any) -> Any:
        with watch.stage(name):
            return call(*arguments)

    return timed


def shares(watch: Stopwatch) -> dict[str, float]:
    """CPU seconds of each stage from text to rows, by what it does; together they are the whole."""
    seconds = watch.seconds
    ours = [name for name in seconds if name.startswith("quotes_")]
    found = {
        "spaCy: tokens, tags, parse": seconds["whole"] - seconds["store"] - sum(seconds[name] for name in ours),
        "layout": seconds["quotes_layout"],
        "rules": seconds["quotes_detector"],
        "model": seconds["model"],
        "rules beside the model, joining": seconds["quotes_extractor"] - seconds["model"],
        "speakers": seconds["quotes_resolver"],
        "topics": seconds["quotes_topics"],
        "store": seconds["store"],
    }
    return {name: value for name, value in found.items() if value > 0}


def report(watch: Stopwatch, words: int) -> Iterator[str]:
    """The lines of the table, in Markdown."""
    bare, whole = watch.seconds["bare"], watch.seconds["whole"]
    yield "| stage | CPU s | of bare spaCy |"
    yield "| --- | ---: | ---: |"
    for name, value in {**shares(watch), "**text to rows**": whole, "bare spaCy, all components": bare}.items():
        yield f"| {name} | {value:.1f} | {value / bare:.1%} |"
    yield ""
    yield f"Words a CPU second: bare {words / bare:,.0f}, from text to rows {words / whole:,.0f}; ratio {whole / bare:.2f}."


def peak_memory(paths: Sequence[str], model: str | None) -> float:
    """The most memory that `quotes add` held at once on these paths, in megabytes (a process of its own; POSIX only)."""
    import resource

    with tempfile.TemporaryDirectory() as folder:
        options = ["--db", str(Path(folder) / "speed.db"), *(["--model", model] if model else [])]
        subprocess.run([sys.executable, "-m", "quotes", "add", *options, *paths], check=False, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main(arguments: list[str]) -> None:
    """Measure on the articles of the paths given and print the table."""
    import argparse

    from quotes.readers import read

    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=main.__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model")
    parser.add_argument("--memory", action="store_true", help="measure the peak memory of `quotes add` too")
    options = parser.parse_args(arguments)
    # First, while this process is small: a child counts the memory of the process that it came from as its own.
    memory = peak_memory(options.paths, options.model) if options.memory else None
    articles = [each for each in read(options.paths) if isinstance(each, Article)]
    words = options.rounds * sum(len(article.text.split()) for article in articles)
    for line in report(measure(articles, rounds=options.rounds, model=options.model), words):
        print(line)
    if memory is not None:
        print(f"Peak memory of `quotes add`: {memory:,.0f} MB.")


if __name__ == "__main__":
    main(sys.argv[1:])
