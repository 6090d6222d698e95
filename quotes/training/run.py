"""The whole of a training: corpora in, a folder with a model out."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from quotes.corpora import Corpus, read_corpus
from quotes.corpora.gold import GoldArticle
from quotes.corpora.json_corpora import NamedText, read_named
from quotes.errors import TrainingError
from quotes.nlp.model.inference import FORMAT, Model
from quotes.training.card import card_of
from quotes.training.confidence_fitting import measured, read_all, write_settings
from quotes.training.examples.prepare import ENTITIES, FEW, FORMS, Prepared, Preparer, as_read, is_set_aside, parsed
from quotes.training.examples.quote_examples import Example
from quotes.training.export import export
from quotes.training.loop import Recipe, Report, Training
from quotes.training.network import Network
from quotes.training.start import ENCODER, continue_from, encoder_folder, fresh

#: The passages written for this project, a training corpus beside those that the user names.
PASSAGES = Path(__file__).parent / "passages"
#: The share of articles that an epoch takes as printed, and not in a changed form.
AS_PRINTED = 0.6
#: How often an epoch takes an article of a small corpus.
TIMES = 2


@dataclass(frozen=True, slots=True)
class Articles:
    """Annotated articles: the training set (an article as often as an epoch takes it) and the validation set, which is set aside."""

    learn: tuple[GoldArticle, ...]
    aside: tuple[GoldArticle, ...]
    corpora: tuple[tuple[str, str, int], ...]
    names: tuple[NamedText, ...] = ()


def gathered(paths: Sequence[Path], names: Sequence[Path] = ()) -> Articles:
    """Read the corpora (of a PolNeAR-like one the split `train`) and set some articles aside, the same ones each time; `names` are folders
    of texts for their names alone.

    Raises CorpusError where one cannot be read, TrainingError where nothing is left to train on.
    """
    learn: list[GoldArticle] = []
    aside: list[GoldArticle] = []
    read: list[tuple[str, str, int]] = []
    for path in paths:
        corpus = read_corpus(path, split="train", every_act=True)
        if not isinstance(corpus, Corpus):
            raise TrainingError(f"{path}: passages with expected words, but no spans, cannot be learned from; name annotated articles")
        if corpus.acts is not None:
            raise TrainingError(f"{path}: only {', '.join(sorted(corpus.acts))} is annotated, so the rest would be taught as no quote")
        count = len(corpus.articles)
        read.append((name_of(corpus.name, path), corpus.digest, count))
        for gold in corpus.articles:
            if is_set_aside(gold, count):
                aside.append(as_read(gold))
            else:
                learn.extend([as_read(gold)] * (TIMES if count < FEW else 1))
    if not learn or not aside:
        raise TrainingError(f"{len(learn) + len(aside)} articles are too few to learn from and to set some aside; name a larger corpus")
    texts: list[NamedText] = []
    for path in names:
        some, digest = read_named(path)
        texts += some
        read.append((f"names/{path.name}", digest, len(some)))
    return Articles(tuple(learn), tuple(aside), tuple(read), tuple(texts))


def name_of(corpus: str, path: Path) -> str:
    """The name of a corpus on the card: where it is that of a split alone, with its folder."""
    return f"{path.resolve().parent.name}/{corpus}" if corpus in ("train", "dev") else corpus


def load_tokenizer(path: Path) -> tuple[Tokenizer, tuple[int, int], int]:
    """A BERT tokenizer without padding or cuts, and the numbers of the pieces at a text's ends and of the piece that masks another."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    numbers = tokenizer.get_vocab()
    return tokenizer, (numbers["[CLS]"], numbers["[SEP]"]), numbers["[MASK]"]


def epoch_of(prepared: Sequence[Prepared], seed: int) -> Callable[[int], list[Example]]:
    """The windows of each epoch: every article once, as printed or in one of its changed forms."""

    def epoch(number: int) -> list[Example]:
        chance = random.Random(f"{seed} forms {number}")
        chosen: list[Example] = []
        for each in prepared:
            changed = len(each) > 1 and chance.random() >= AS_PRINTED
            chosen.extend(each[chance.randrange(1, len(each)) if changed else 0])
        return chosen

    return epoch


@dataclass(frozen=True)
class Job:
    """One training: articles in, a folder `out` with a model out.

    `nlp` is `quotes.load(model="rules")`, `second` a spaCy pipeline that must agree on the names that nobody annotated; `start` is the
    folder of a model whose weights training goes on from.
    """

    articles: Articles
    out: Path
    recipe: Recipe
    nlp: Any
    second: Any = None
    start: Path | None = None
    device: str = "cpu"

    def run(self, report: Report) -> Path:
        """Train and write the model with its card, whose path is given back.

        Checkpoints and prepared windows are in `out/training`; what an earlier run left there is taken up. `report` is called with every
        stage: `{"stage": ..., "done": ..., "of": ...}` or the figures of the loop.
        """
        settings = self.finish(self.train(report))
        card = self.out / "README.md"
        card.write_text(card_of(settings), encoding="utf-8")
        return card

    def train(self, report: Report) -> Network:
        """The network trained on the articles."""
        articles, recipe, weights = self.articles, self.recipe, encoder_folder()
        tokenizer, edges, mask = load_tokenizer(weights / "tokenizer.json")
        preparer = Preparer(self.nlp, tokenizer, edges, self.out / "training" / "examples")
        names = preparer.named(articles.names, self.second, _stage(report, "names", len(articles.names)))
        learn = preparer.prepared(articles.learn, FORMS, _stage(report, "reading", len(articles.learn) * (FORMS + 1)))
        aside = preparer.prepared(articles.aside, 0, _stage(report, "setting aside", len(articles.aside)))
        known = list({gold.name: gold for gold in articles.learn if gold.speakers_known}.values())
        parts = preparer.part_windows(known, _stage(report, "speakers", len(known)))
        torch.manual_seed(recipe.seed)
        network = fresh(weights, recipe.layers, 2 * len(ENTITIES) + 1, recipe.dropout)
        start = ""
        if self.start:
            continue_from(network, self.start)
            start = digest_of(self.start)
        network.knows_parts = bool(parts)
        began = {name: value.detach().clone() for name, value in network.state_dict().items()} if recipe.mean else {}
        made_of = hashlib.sha256(f"{articles.corpora} {preparer.pieces} {network.shape} {start}".encode()).hexdigest()
        held = [example for each in aside for example in each[0]]
        epoch = epoch_of([*learn, *names], recipe.seed)
        training = Training(network, recipe, epoch, held, self.out / "training", self.device, made_of, mask, parts)
        trained = training.run(report)
        if recipe.mean:
            trained.load_state_dict({name: (value + began[name].to(value.device)) / 2 for name, value in trained.state_dict().items()})
        return trained

    def finish(self, network: Network) -> dict[str, Any]:
        """Write the model's folder: graphs, tokenizer, and `model.json` with what confidence is made of. Gives back its settings.

        The network must be trained. Confidence is fitted on the articles set aside, which it has not seen, or kept from the model that
        training went on from.
        """
        self.out.mkdir(parents=True, exist_ok=True)
        export(network, self.out)
        tokenizer = encoder_folder() / "tokenizer.json"
        shutil.copyfile(tokenizer, self.out / "tokenizer.json")
        began = json.loads((self.start / "model.json").read_text(encoding="utf-8")) if self.start else {}
        settings: dict[str, Any] = {
            "format": FORMAT,
            "edges": load_tokenizer(tokenizer)[1],
            "entities": ENTITIES,
            "steps": [[round(value, 4) for value in row] for row in network.field.steps().tolist()],
            "begin": [round(value, 4) for value in (network.field.begin + network.field.forbidden[0]).tolist()],
            "recipe": asdict(self.recipe),
            "width": network.shape.width,
            "encoder": ENCODER,
            "corpora": [{"name": name, "digest": digest, "articles": count} for name, digest, count in self.articles.corpora],
            "learned": len({gold.name for gold in self.articles.learn}),
            "aside": len(self.articles.aside),
            "parts": network.knows_parts,
        }
        if self.second is not None:
            settings["namer"] = f"{self.second.meta['name']} {self.second.meta['version']}"
        if self.start:
            settings["start"] = {"digest": digest_of(self.start), "corpora": began["corpora"], "epochs": began["recipe"]["epochs"]}
            settings["start"] |= {"start": began["start"]} if "start" in began else {}
        write_settings(self.out, settings)
        docs = parsed(self.nlp, [gold.article for gold in self.articles.aside])
        reads = read_all(self.articles.aside, docs, Model(self.out))
        # A regression that was fitted on more text than is set aside here tells more than a new one.
        settings |= measured(reads, began.get("confidence"))
        settings |= {name: began[name] for name in ("confidence fitted on",) if name in began}
        write_settings(self.out, settings)
        return settings


def digest_of(model: Path) -> str:
    """The SHA-256 of a model's encoder."""
    return hashlib.sha256((model / "encoder.onnx").read_bytes()).hexdigest()


def _stage(report: Report, name: str, whole: int) -> Callable[[int], None]:
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        report({"stage": name, "done": done, "of": whole})

    return step
