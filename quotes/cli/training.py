"""`quotes train`: a model of one's own, out of annotated text."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from quotes.cli.streams import say
from quotes.errors import TrainingError

#: What the extra `train` brings.
LIBRARIES = ("torch", "safetensors", "onnx", "sklearn")


@click.command()
@click.argument("corpora", metavar="CORPUS...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder that the model goes into.")
@click.option("--epochs", type=click.FloatRange(min=0, min_open=True), default=8.0, show_default=True, help="How often to read all of it.")
@click.option("--layers", type=click.IntRange(min=1), default=6, show_default=True, help="Layers of the encoder to keep; few are quick.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed, another model of much the same worth.")
@click.option("--device", default="cpu", show_default=True, help="Where to train: `cpu` or `cuda`.")
@click.option("--bfloat16", is_flag=True, help="Multiply in bfloat16: half the time where the processor has it, far slower elsewhere.")
@click.option("--encoder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A BERT encoder to start from, a folder.")
@click.option("--start", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A trained model to go on from, a folder.")
@click.option(
    "--rate",
    type=click.FloatRange(min=0, min_open=True),
    default=1.2e-4,
    show_default=True,
    help="The encoder's highest learning rate; the heads have more.",
)
@click.option("--mean", is_flag=True, help="Keep the mean of the new weights and of those of --start.")
@click.option(
    "--names", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path), help="A folder of texts to learn names from."
)
@click.option("--namer", metavar="NAME", help="A second spaCy pipeline, which must agree on names that nobody annotated.")
@click.option("--spacy-model", metavar="NAME", help="The English spaCy pipeline under it, by name or path.")
@click.option("--no-passages", is_flag=True, help="Leave out the passages that come with quotes.")
def train(
    corpora: Sequence[Path],
    out: Path,
    epochs: float,
    layers: int,
    seed: int,
    device: str,
    bfloat16: bool,
    encoder: Path | None,
    start: Path | None,
    rate: float,
    mean: bool,
    names: Sequence[Path],
    namer: str | None,
    spacy_model: str | None,
    no_passages: bool,
) -> None:
    """Train a model of your own on annotated articles.

    Name its folder with --model then. CORPUS is whatever `quotes evaluate` reads (of a PolNeAR-like folder, the split `train`). Stopped at
    any moment, the same command goes on from its last checkpoint. Needs the extra `train`: pip install "quotes[train]".
    """
    for library in LIBRARIES:  # all of them now, not the last one after hours
        if find_spec(library) is None:
            raise TrainingError(f"{library}: not installed, and training needs it: pip install 'quotes[train]'")
    from quotes.pipeline import bare, load
    from quotes.training.loop import Recipe
    from quotes.training.run import PASSAGES, make

    if mean and start is None:
        raise TrainingError("--mean: the mean of what? Name a trained model with --start")
    paths = [*corpora, *([] if no_passages else [PASSAGES])]
    nlp = load(model="rules", spacy_model=spacy_model)
    second = bare(namer) if namer else None
    with Progress() as progress:
        recipe = Recipe(epochs=epochs, rate=rate, head_rate=rate * 25 / 3, layers=layers, seed=seed, brief=bfloat16, mean=mean)
        card = make(paths, out, recipe, nlp, progress, names=names, second=second, encoder=encoder, start=start, device=device)
    say(f"{out}: the model; its card is {card}")


class Progress:
    """A bar for each stage of a training on standard error, none when that is no terminal; a line for each look at the text set aside."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._stage = ""

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, told: dict[str, Any]) -> None:
        """Show what the training tells: how far a stage is, or what a look gave."""
        if "held" in told:
            say(f"step {told['step']} of {told['of']}: {told['held']:.1%} of the text set aside is read right (F1)")
            return
        stage, done = told.get("stage", "training"), told.get("done", told.get("step"))
        if stage != self._stage:
            from tqdm import tqdm

            self.__exit__()
            self._stage = stage
            self._bar = tqdm(total=told["of"], desc=stage, disable=None, file=sys.stderr)
        self._bar.update(done - self._bar.n)
