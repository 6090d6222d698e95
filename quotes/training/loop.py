"""The training loop: steps, checkpoints from which a killed run continues, and early stopping on a validation set."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor

from quotes.errors import TrainingError
from quotes.training.batches import Batch, Hidden, batches, collated
from quotes.training.examples.part_examples import PartExample
from quotes.training.examples.quote_examples import IGNORED, Example
from quotes.training.network import Network
from quotes.training.validation import attributed

#: Steps between two checkpoints.
CHECKPOINT = 100
CHECKPOINT_FILE = "checkpoint.safetensors"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    `rate` is the peak learning rate of the encoder, `head_rate` of the heads; `pieces` the size of a batch in word pieces; `average` the
    decay of the running average of the weights, which is what is kept (Polyak & Juditsky 1992); `warm` the share of the steps in which the
    learning rate rises; `patience` the number of validations without improvement that end the training, `looks` that of validations in an
    epoch; `brief` multiplies in bfloat16; `part_windows` is the number of windows with known speakers in a step; `mean` keeps the mean of
    the new weights and of those that training started from (Wortsman et al. 2022).
    """

    epochs: float = 8
    rate: float = 1.2e-4
    head_rate: float = 1e-3
    pieces: int = 2048
    layers: int = 6
    dropout: float = 0.1
    average: float = 0.995
    warm: float = 0.08
    patience: int = 3
    looks: int = 2
    seed: int = 0
    brief: bool = False
    part_windows: int = 6
    mean: bool = False
    hidden: Hidden = field(default_factory=Hidden)


#: Dropout of the encoder's states before the head for titles and institutions.
HIDDEN_STATES = 0.2
#: The weight of each part of the loss.
WEIGHTS = {"anchor": 2.0, "roles": 1 / 15, "flat": 0.5, "entity": 0.5, "act": 0.3, "parts": 1.0}

Report = Callable[[dict[str, Any]], None]


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The loss of each part: of anchors per gold anchor, of roles per anchor (the whole row), of the rest per token or anchor."""
    seen = network.read(batch.ids, batch.token, batch.first, batch.features, batch.mask)
    anchors = F.binary_cross_entropy_with_logits(seen["anchor"], batch.is_anchor, reduction="none") * batch.valid
    found = {
        "anchor": anchors.sum() / batch.is_anchor.sum().clamp(min=1),
        **{
            name: F.cross_entropy(seen[name].transpose(1, 2), known, ignore_index=IGNORED)
            for name, known in (("flat", batch.flat), ("entity", batch.entities))
            if (known != IGNORED).any()
        },
    }
    if len(batch.row):
        anchors_at = seen["as_anchor"][batch.row, batch.at].unsqueeze(1)
        emissions = network.roles(seen["as_token"][batch.row], anchors_at, batch.pairs, batch.valid[batch.row].unsqueeze(2))
        found["roles"] = network.field.loss(emissions, batch.roles, batch.lengths).mean()
        if (batch.acts != IGNORED).any():
            found["act"] = F.cross_entropy(seen["act"][batch.row, batch.at], batch.acts, ignore_index=IGNORED)
    return found


def part_loss(network: Network, examples: Sequence[PartExample], device: str = "cpu") -> Tensor:
    """The loss of windows with mentions of speakers: the sum over their tokens, per mention."""
    reader, found = network.parts, []
    for each in examples:
        ids, token, first, features, anchors, near, labels, pairs = (
            torch.tensor(getattr(each, name.name), device=device) for name in fields(PartExample)
        )
        states = network.states(ids[None], token[None], first[None], features[None], None)
        seen = reader.states(F.dropout(states, HIDDEN_STATES, training=reader.training), features[None])
        emissions = reader.reader(seen["as_part"][0][near], seen["as_person"][0][anchors].unsqueeze(1), pairs)
        found.append(F.cross_entropy(emissions.flatten(0, 1), labels.flatten(), ignore_index=IGNORED, reduction="sum"))
    return torch.stack(found).sum() / sum(len(each.anchors) for each in examples)


@dataclass(eq=False)
class Training:
    """One run.

    `epoch` gives the windows of each epoch, `held` those of the validation set; checkpoints go into `folder`. `made_of` is a digest of
    texts and encoder: a checkpoint of others is refused. `blank` is the number of the mask; `parts` are windows in which the titles and
    institutions of speakers are known.
    """

    network: Network
    recipe: Recipe
    epoch: Callable[[int], Sequence[Example]]
    held: Sequence[Example]
    folder: Path
    device: str = "cpu"
    made_of: str = ""
    blank: int = 0
    parts: Sequence[PartExample] = ()

    def __post_init__(self) -> None:
        network, recipe = self.network.to(self.device), self.recipe
        network.brief = recipe.brief
        # The tables of words stay as they were learned: few of the words of a language stand in any corpus of quotes.
        network.encoder.words.weight.requires_grad_(False)
        network.encoder.positions.weight.requires_grad_(False)
        encoder, heads = list[Tensor](), list[Tensor]()
        for name, each in network.named_parameters():
            if each.requires_grad:
                (encoder if name.startswith("encoder.") and ".known" not in name else heads).append(each)
        self.optimizer = torch.optim.AdamW(
            [{"params": encoder, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}], weight_decay=0.01
        )
        self.per_epoch = sum(1 for _ in batches(self.epoch(0), recipe.pieces, random.Random(0)))
        self.total = max(1, int(self.per_epoch * recipe.epochs))
        self.warm = max(20, int(self.total * recipe.warm))
        self.step = 0
        self.average = {name: value.detach().clone() for name, value in network.state_dict().items()}
        self.best: tuple[float, int] = (-1.0, 0)
        self.since = self.looked = 0

    def run(self, report: Report) -> Network:
        """Train to the end or until patience is out, from the checkpoint in the folder if there is one. Gives back the best weights."""
        self._resume()
        started, saved = time.monotonic(), self.step // CHECKPOINT
        every = max(1, self.per_epoch // self.recipe.looks)
        for step, batch in self._batches():
            found = self._step(step, batch)
            self.step = step + 1
            if self.step % 20 == 0:
                report({"step": self.step, "of": self.total, "seconds": time.monotonic() - started, **found})
            if self.step // every > self.looked // every:
                self._validate(report)
                if self.since >= self.recipe.patience:
                    break
            if self.step // CHECKPOINT > saved:
                saved = self.step // CHECKPOINT
                self._save()
        if self.looked < self.step:
            self._validate(report)
        self.network.load_state_dict(load_file(str(self.folder / "best.safetensors")))
        self.network.brief = False
        return self.network.to("cpu").eval()

    def _batches(self) -> Iterator[tuple[int, Batch]]:
        for epoch in range(self.step // self.per_epoch, self.total // self.per_epoch + 2):
            chance = random.Random(f"{self.recipe.seed} {epoch}")
            for number, examples in enumerate(batches(self.epoch(epoch), self.recipe.pieces, chance)):
                step = epoch * self.per_epoch + number
                if number >= self.per_epoch or step >= self.total:
                    break
                if step >= self.step:
                    hiding = random.Random(f"{self.recipe.seed} {step}")
                    yield step, collated(examples, self.recipe.hidden, hiding, self.blank).to(self.device)

    def _step(self, step: int, batch: Batch) -> dict[str, float]:
        torch.manual_seed(self.recipe.seed * 1_000_003 + step)  # so that a resumed run goes on as one that was never stopped
        self.network.train()
        share = min(1.0, (step + 1) / self.warm) * max(0.02, 1 - max(0, step - self.warm) / max(1, self.total - self.warm))
        for group, rate in zip(self.optimizer.param_groups, (self.recipe.rate, self.recipe.head_rate), strict=True):
            group["lr"] = rate * share
        found = losses(self.network, batch)
        if self.parts:
            some = random.Random(f"{self.recipe.seed} parts {step}").sample(self.parts, min(self.recipe.part_windows, len(self.parts)))
            found["parts"] = part_loss(self.network, some, self.device)
        loss = torch.stack([WEIGHTS[name] * value for name, value in found.items()]).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([each for each in self.network.parameters() if each.requires_grad], 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        if step > self.warm:
            decay = min(self.recipe.average, (step - self.warm) / (step - self.warm + 10))
            with torch.no_grad():
                for name, value in self.network.state_dict().items():
                    if value.dtype.is_floating_point:
                        self.average[name].lerp_(value, 1 - decay)
        else:
            self.average = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        return {name: float(value.detach()) for name, value in found.items()}

    def _validate(self, report: Report) -> None:
        """Score the averaged weights on the validation set; the best are kept."""
        self.looked = self.step
        now = {name: value.clone() for name, value in self.network.state_dict().items()}
        self.network.load_state_dict(self.average)
        self.network.eval()
        share = attributed(self.network, self.held, self.recipe.pieces, self.device)
        self.since = 0 if share > self.best[0] else self.since + 1
        if share >= self.best[0]:  # of two that score the same, the later
            self.best = share, self.step
            _write(self.folder / "best.safetensors", {name: value.cpu().contiguous() for name, value in self.network.state_dict().items()})
        self.network.load_state_dict(now)
        report({"step": self.step, "of": self.total, "held": share})

    def _save(self) -> None:
        tensors = {f"network.{name}": value for name, value in self.network.state_dict().items()}
        tensors |= {f"average.{name}": value for name, value in self.average.items()}
        for number, state in self.optimizer.state_dict()["state"].items():
            tensors |= {f"optimizer.{number}.{name}": torch.as_tensor(value) for name, value in state.items()}
        state = {"step": self.step, "best": self.best, "since": self.since, "looked": self.looked, "run": self._identity()}
        kept = {name: value.cpu().clone().contiguous() for name, value in tensors.items()}
        _write(self.folder / CHECKPOINT_FILE, kept, {"state": json.dumps(state)})

    def _identity(self) -> str:
        return json.dumps([asdict(self.recipe), self.total, self.made_of])

    def _resume(self) -> None:
        path = self.folder / CHECKPOINT_FILE
        if not path.is_file():
            return
        with safe_open(str(path), framework="pt") as file:
            state = json.loads(file.metadata()["state"])
        if state["run"] != self._identity():
            raise TrainingError(f"{self.folder}: holds a run of another recipe or other texts; name a new folder, or take that one away")
        tensors = load_file(str(path), device=self.device)
        self.network.load_state_dict(_under("network.", tensors))
        self.average = _under("average.", tensors)
        optimizer = self.optimizer.state_dict()
        optimizer["state"] = {}
        for name, value in _under("optimizer.", tensors).items():
            number, _, key = name.partition(".")
            optimizer["state"].setdefault(int(number), {})[key] = value
        self.optimizer.load_state_dict(optimizer)
        self.step, self.best, self.since, self.looked = state["step"], tuple(state["best"]), state["since"], state["looked"]


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}


def _write(path: Path, tensors: dict[str, Tensor], metadata: dict[str, str] | None = None) -> None:
    """Write a file and move it in place: a run that is killed leaves the file before."""
    beside = path.with_suffix(".new")
    save_file(tensors, str(beside), metadata=metadata)
    beside.replace(path)
