"""Training on a handful of windows: it learns, it can be killed, it knows when to stop."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from training_samples import EDGES, INES, INES_TEXT, example, parse, tokenizer

from quotes.errors import TrainingError
from quotes.nlp.model.features import RuleRoles
from quotes.training import loop
from quotes.training.batches import collated
from quotes.training.examples.part_examples import part_examples
from quotes.training.examples.quote_examples import IGNORED
from quotes.training.loop import WEIGHTS, Recipe, Training, losses, part_loss
from quotes.training.network import Network, Shape
from quotes.training.validation import attributed

TINY = Shape(vocabulary=50, width=16, heads=2, inner=32, layers=1, positions=64, role_width=12, entities=3)
WINDOWS = [example(8, (2 + number % 5,), seed=number) for number in range(12)]
HELD = [example(9, (3 + number,), seed=100 + number) for number in range(3)]
#: Three batches an epoch, one look in each.
RECIPE = Recipe(epochs=8, rate=1e-3, head_rate=1e-2, pieces=40, layers=1, patience=99, looks=1)


@pytest.fixture(autouse=True)
def _checkpoints_often(monkeypatch):
    monkeypatch.setattr(loop, "CHECKPOINT", 10)


def network(seed: int = 0) -> Network:
    torch.manual_seed(seed)
    return Network(TINY, RECIPE.dropout)


class Killed(Exception):
    """What stands in for somebody's Ctrl-C."""


class Log:
    """Keeps what is reported, until it is time to be killed."""

    def __init__(self, until: int | None = None) -> None:
        self.until, self.told = until, []

    def __call__(self, told) -> None:
        self.told.append(told)
        if self.until is not None and told["step"] >= self.until:
            raise Killed

    @property
    def held(self) -> dict[int, float]:
        """How much of what was set aside was read right, by the step."""
        return {told["step"]: told["held"] for told in self.told if "held" in told}


def trained(folder: Path, recipe: Recipe = RECIPE, *, log: Log | None = None, seed: int = 0, epoch=lambda number: WINDOWS) -> Network:
    return Training(network(seed), recipe, epoch, HELD, folder).run(log or Log())


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A run from its first step to its last: its folder, what it told, and the network."""
    folder, log = tmp_path_factory.mktemp("whole"), Log()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "CHECKPOINT", 10)
        return folder, log, trained(folder, log=log)


def loss_of(made: Network, windows) -> float:
    with torch.no_grad():
        found = losses(made.eval(), collated(windows))
    return float(WEIGHTS["anchor"] * found["anchor"] + WEIGHTS["roles"] * found["roles"])


def test_the_loss_falls(whole):
    """On windows that were learned and on those that were not."""
    _, _, made = whole
    assert not made.training
    for windows in (WINDOWS, HELD):
        assert loss_of(made, windows) < 0.7 * loss_of(network(), windows)


def test_what_is_given_back_is_the_best_of_all_looks(whole):
    """And not the last."""
    _, log, made = whole

    assert attributed(made, HELD, RECIPE.pieces) == pytest.approx(max(log.held.values()))


def test_every_stage_is_told(whole):
    """Where it stands and of how many steps, and each part of the loss now and then; a look in every epoch."""
    _, log, _ = whole
    told = [each for each in log.told if "seconds" in each]

    assert [(each["step"], each["of"]) for each in told] == [(20, 24)]
    assert told[0].keys() >= WEIGHTS.keys() - {"parts"}
    assert list(log.held) == list(range(3, 25, 3))


def test_nothing_that_is_written_is_a_pickle(whole):
    """Whoever loads a checkpoint runs no one's code."""
    folder, _, _ = whole

    assert {path.name for path in folder.rglob("*")} == {"best.safetensors", "checkpoint.safetensors"}


@pytest.mark.parametrize("step", [5, 20])
def test_a_run_that_is_killed_and_taken_up_ends_like_one_that_was_not(whole, tmp_path, step):
    """Before the first checkpoint or behind one: to the last bit, whatever the network was before."""
    _, log, made = whole
    with pytest.raises(Killed):
        trained(tmp_path, log=Log(until=step))
    rest = Log()
    again = trained(tmp_path, log=rest, seed=0 if step < 10 else 7)

    assert {name for name, value in again.state_dict().items() if not torch.equal(value, made.state_dict()[name])} == set()
    assert rest.held.items() <= log.held.items()
    assert min(rest.held) > (step - 1) // 10 * 10


def test_patience_ends_a_run_that_gains_nothing(tmp_path):
    """So many looks after the best one."""
    log = Log()
    trained(tmp_path, replace(RECIPE, rate=0.0, head_rate=0.0, patience=2), log=log)

    assert list(log.held) == [3, 6, 9]


@pytest.mark.parametrize("other", [{"seed": 9}, {"layers": 2}, {"hidden": loop.Hidden(0.5)}, {"patience": 1}])
def test_a_checkpoint_of_another_recipe_is_refused(whole, other):
    """Nothing in it is changed."""
    folder, _, _ = whole
    before = (folder / "checkpoint.safetensors").read_bytes()

    with pytest.raises(TrainingError, match="another recipe or other texts; name a new folder"):
        trained(folder, replace(RECIPE, **other))
    assert (folder / "checkpoint.safetensors").read_bytes() == before


def test_words_and_places_stay_as_they_were_learned(whole):
    """All else is trained: few of the words of a language stand in any corpus."""
    _, _, made = whole
    before, after = network().state_dict(), made.state_dict()
    same = {name for name, value in after.items() if torch.equal(value, before[name]) and not name.startswith("parts.")}

    assert same == {"encoder.words.weight", "encoder.positions.weight", "field.forbidden"}


def test_epochs_may_be_of_different_length(tmp_path):
    """Changed forms of an article have more windows or fewer; each epoch is asked for by its number."""
    asked = []

    def epoch(number):
        asked.append(number)
        return WINDOWS[: 12 - 4 * (number % 2)]

    log = Log()
    trained(tmp_path, replace(RECIPE, epochs=3), log=log, epoch=epoch)

    assert {0, 1, 2} <= set(asked)
    assert list(log.held)[-1] == 9


def test_what_is_not_known_is_no_part_of_the_loss():
    """Windows without anchors have no roles and no acts; acts that nobody knows count neither alone nor among others."""
    known, unknown = example(8, (3,), act=1), example(8, (3,), act=IGNORED)
    made = network().eval()

    assert set(losses(made, collated([example(5, ())]))) == {"anchor", "flat", "entity"}
    assert "act" not in losses(made, collated([unknown]))
    torch.testing.assert_close(losses(made, collated([known, unknown]))["act"], losses(made, collated([known]))["act"])


def test_padding_costs_nothing():
    """The loss of anchors, by their number, is that of the windows one by one."""
    short, long = example(6, (2,)), example(14, (3, 9))
    made = network().eval()
    one, other, both = (losses(made, collated(each))["anchor"] for each in ([short], [long], [short, long]))

    torch.testing.assert_close(both, (one + 2 * other) / 3)


def test_windows_with_known_speakers_are_learned_beside(tmp_path):
    """In every step."""
    log, parts = Log(), list(part_examples(parse(INES_TEXT), RuleRoles((), ()), [INES], (), (), tokenizer(), edges=EDGES))

    Training(network(), RECIPE, lambda _: WINDOWS, HELD, tmp_path, parts=parts).run(log)

    assert [each["parts"] > 0 for each in log.told if "seconds" in each] == [True]


TINY_PARTS = Shape(vocabulary=20, width=16, heads=2, inner=16, layers=1, positions=64, role_width=8, part_width=16, entities=5)


def test_the_parts_are_learned_and_the_encoder_with_them():
    torch.manual_seed(0)
    network = Network(TINY_PARTS, 0.0).eval()
    examples = list(part_examples(parse(INES_TEXT), RuleRoles((), ()), [INES], (), (), tokenizer(), edges=EDGES))
    encoder = network.encoder.layers[0].up.weight.detach().clone()
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3)
    first = float(part_loss(network, examples).detach())

    for _ in range(100):
        optimizer.zero_grad()
        part_loss(network, examples).backward()
        optimizer.step()

    assert float(part_loss(network, examples).detach()) < 0.7 * first
    assert not torch.equal(network.encoder.layers[0].up.weight, encoder)
