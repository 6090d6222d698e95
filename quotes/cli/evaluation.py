"""`quotes evaluate`: figures on gold corpora, the errors behind them, and floors that they must not fall below."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.options import chosen_model, load_pipeline, pipeline_options
from quotes.cli.streams import flush_data, put_line, reported_as, say

if TYPE_CHECKING:
    from quotes.evaluation import CaseScores, Corpus, HardCases, Scores
    from quotes.evaluation.floors import Floors

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("corpora", metavar="CORPUS...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--split", default="dev", show_default=True, help="Which folder under CORPUS/data to score.")
@click.option("--speakers", type=click.Path(path_type=Path), help="The folder of the speakers' JSON.  [default: ../speakers beside CORPUS]")
@pipeline_options
@click.option("--errors", type=_FILE, help="Write every error, by kind and with its surroundings, to this Markdown file.")
@click.option("--json", "json_file", type=_FILE, help="Write the figures and the counts behind them to this JSON file.")
@click.option("--floors", type=_FILE, help="Exit with 1 when a figure is below the floor pinned in this file.")
@click.option("--pin", is_flag=True, help="Write today's figures to the file of floors; refuses to lower one.")
@click.option("--force", is_flag=True, help="With --pin: lower floors too.")
def evaluate(
    corpora: Sequence[Path],
    split: str,
    speakers: Path | None,
    model: str | None,
    spacy_model: str | None,
    workers: int,
    errors: Path | None,
    json_file: Path | None,
    floors: Path | None,
    pin: bool,
    force: bool,
) -> None:
    """Score the extractor on gold corpora.

    CORPUS is a folder like PolNeAR's (data/SPLIT/text and data/SPLIT/attributions, or such a SPLIT itself), a folder of ID.txt and
    ID.json, or a JSON Lines file of passages. Prints precision, recall and F1 of every figure, in per cent.
    """
    if pin and floors is None:
        raise click.UsageError("--pin needs --floors FILE, the file to write.")
    if force and not pin:
        raise click.UsageError("--force goes with --pin.")
    from quotes.evaluation import Corpus, judge_cases, predict, read_corpus, score_corpus
    from quotes.evaluation.report import as_json, error_lines, table

    read = [read_corpus(path, split=split, speakers=speakers) for path in corpora]
    nlp = load_pipeline(chosen_model(model), spacy_model)
    outcomes = []
    for corpus in read:
        predictions = predict(corpus, nlp, workers=workers)
        for name, why in predictions.failures.items():
            say(f"{name}: {why}")
        scores = score_corpus(corpus, predictions) if isinstance(corpus, Corpus) else judge_cases(corpus, predictions)
        outcomes.append((corpus, predictions, scores))
        put_line(table(corpus.name, scores))
        flush_data()
    if errors:
        _write(errors, (line for corpus, predictions, _ in outcomes for line in error_lines(corpus, predictions)))
    if json_file:
        record = {corpus.name: as_json(scores) for corpus, _, scores in outcomes}
        _write(json_file, [json.dumps(record, indent=2, ensure_ascii=False)])
    below = _hold(floors, [(corpus, scores) for corpus, _, scores in outcomes], pin=pin, force=force) if floors else 0
    if below or any(predictions.failures for _, predictions, _ in outcomes):
        raise SystemExit(1)


def _hold(path: Path, outcomes: Sequence[tuple[Corpus | HardCases, Scores | CaseScores]], *, pin: bool, force: bool) -> int:
    """Hold the figures against the floors pinned at `path`, or pin them there; how many are below."""
    from quotes.evaluation.floors import fallen, pinned, read_floors, write_floors

    if not pin:
        floors = read_floors(path)
        lines = [line for corpus, scores in outcomes for line in fallen(floors, corpus.name, corpus.digest, scores)]
        for line in lines:
            say(line)
        return len(lines)
    today: Floors = read_floors(path) if path.exists() else {}
    for corpus, scores in outcomes:
        today = pinned(today, corpus.name, corpus.digest, scores, force=force)
    with reported_as(path):
        write_floors(path, today)
    return 0


def _write(path: Path, lines: Iterable[str]) -> None:
    with reported_as(path), path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
