"""`quotes evaluate`: figures on gold corpora, the errors behind them, and floors that they must not fall below."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.options import chosen_models, comparison_options, load_pipeline
from quotes.cli.streams import flush_data, put_line, reported_as, say

if TYPE_CHECKING:
    from quotes.evaluation import Corpus, HardCases, Outcome
    from quotes.evaluation.floors import Floors

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("corpora", metavar="CORPUS...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--split", default="dev", show_default=True, help="Which folder under CORPUS/data to score.")
@click.option("--speakers", type=click.Path(path_type=Path), help="The folder of the speakers' JSON.  [default: ../speakers beside CORPUS]")
@comparison_options
@click.option("--no-intervals", is_flag=True, help="Leave out the 95% intervals.")
@click.option("--errors", type=_FILE, help="Write every error, by kind and with its surroundings, to this Markdown file.")
@click.option("--json", "json_file", type=_FILE, help="Write the figures and the counts behind them to this JSON file.")
@click.option("--floors", type=_FILE, help="Exit with 1 when a figure is below the floor pinned in this file.")
@click.option("--pin", is_flag=True, help="Write today's figures to the file of floors; refuses to lower one.")
@click.option("--force", is_flag=True, help="With --pin: lower floors too.")
@click.option(
    "--plausible",
    type=click.Path(exists=True, path_type=Path),
    help="Instead of scoring: print the speakers, institutions, titles and topics that a folder of articles shows most, for you to judge.",
)
def evaluate(
    corpora: Sequence[Path],
    split: str,
    speakers: Path | None,
    models: Sequence[str],
    compare: bool,
    spacy_model: str | None,
    workers: int,
    no_intervals: bool,
    errors: Path | None,
    json_file: Path | None,
    floors: Path | None,
    pin: bool,
    force: bool,
    plausible: Path | None,
) -> None:
    """Score the extractor on gold corpora.

    CORPUS is a folder like PolNeAR's (data/SPLIT/text and data/SPLIT/attributions, or such a SPLIT itself), a folder of ID.txt and
    ID.json, a JSON Lines file of passages, or your own annotation: a folder of brat's, a file that Doccano or Label Studio exported,
    passages with marks in the text, or a database of quotes. Prints precision, recall and F1 of every figure, in per cent with 95%
    intervals, what the confidence is worth, and how the acts fare; of several models, the differences from the first.
    """
    if plausible is not None:
        _show_frequent(plausible, chosen_models(models, every=False)[0], spacy_model)
        return
    if not corpora:
        raise click.UsageError("Name a CORPUS, or a folder of articles with --plausible.")
    if pin and floors is None:
        raise click.UsageError("--pin needs --floors FILE, the file to write.")
    if force and not pin:
        raise click.UsageError("--force goes with --pin.")
    if models and compare:
        raise click.UsageError("--compare means every installed model; leave out --model.")
    from quotes.evaluation import read_corpus
    from quotes.evaluation.error_file import error_lines
    from quotes.evaluation.figures_json import as_json
    from quotes.evaluation.report import report

    read = [read_corpus(path, split=split, speakers=speakers) for path in corpora]
    chosen = chosen_models(models, every=compare)
    if floors and len(chosen) > 1:
        raise click.UsageError("--floors holds the figures of one model; name one with --model.")
    found = []
    for outcomes in _outcomes(read, chosen, spacy_model=spacy_model, workers=workers):
        found.append(outcomes)
        put_line(report(outcomes, with_intervals=not no_intervals))
        flush_data()
    if errors:
        _write(errors, (line for outcomes in found for outcome in outcomes for line in error_lines(outcome)))
    if json_file:
        record = {outcomes[0].corpus.name: as_json(outcomes, with_intervals=not no_intervals) for outcomes in found}
        _write(json_file, [json.dumps(record, indent=2, ensure_ascii=False)])
    below = _hold(floors, [outcome for (outcome,) in found], pin=pin, force=force) if floors else 0
    if below or any(outcome.predictions.failures for outcomes in found for outcome in outcomes):
        raise SystemExit(1)


def _show_frequent(folder: Path, model: str, spacy_model: str | None) -> None:
    """What the articles of a folder show most, as Markdown on standard output."""
    from quotes.evaluation.frequent import frequent
    from quotes.readers import read

    for line in frequent(read([folder]), load_pipeline(model, spacy_model)):
        put_line(line)
    flush_data()


def _outcomes(
    corpora: Sequence[Corpus | HardCases], models: Sequence[str], *, spacy_model: str | None, workers: int
) -> Iterator[Sequence[Outcome]]:
    """Each corpus, as soon as the last model has been through it, with what every model did; one pipeline in memory at a time."""
    from quotes.evaluation import outcome_of, predict

    found: list[list[Outcome]] = [[] for _ in corpora]
    for model in models:
        nlp = load_pipeline(model, spacy_model)
        for corpus, outcomes in zip(corpora, found, strict=True):
            predictions = predict(corpus, nlp, workers=workers)
            for name, why in predictions.failures.items():
                say(f"{name}: {why}" if len(models) == 1 else f"{model}: {name}: {why}")
            outcomes.append(outcome_of(corpus, predictions, model))
            if model == models[-1]:
                yield outcomes
        del nlp
        gc.collect()  # a pipeline holds on to itself


def _hold(path: Path, outcomes: Sequence[Outcome], *, pin: bool, force: bool) -> int:
    """Hold the figures against the floors pinned at `path`, or pin them there; how many are below."""
    from quotes.evaluation.floors import fallen, pinned, read_floors, write_floors

    if not pin:
        floors = read_floors(path)
        lines = [line for each in outcomes for line in fallen(floors, each.corpus.name, each.corpus.digest, each.scores)]
        for line in lines:
            say(line)
        return len(lines)
    today: Floors = read_floors(path) if path.exists() else {}
    for each in outcomes:
        today = pinned(today, each.corpus.name, each.corpus.digest, each.scores, force=force)
    with reported_as(path):
        write_floors(path, today)
    return 0


def _write(path: Path, lines: Iterable[str]) -> None:
    with reported_as(path), path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
