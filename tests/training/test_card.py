"""The card of a model."""

import pytest

from quotes.training.card import card_of

SETTINGS = {
    "recipe": {"epochs": 4.0, "rate": 1.2e-4, "head_rate": 1e-3, "pieces": 2048, "layers": 5, "seed": 3, "hidden": {"rules": 0.1}},
    "width": 384,
    "encoder": "a small encoder",
    "corpora": [{"name": "polnear", "digest": "ab" * 32, "articles": 12}, {"name": "our town", "digest": "cd" * 32, "articles": 3}],
    "learned": 14,
    "aside": 1,
    "scores": {"all": {"gold": 7, "precision": 0.5, "recall": 0.25, "f1": 1 / 3}},
}


@pytest.mark.parametrize(
    "said",
    [
        "- `polnear`, 12 articles, SHA-256 abababababababab…",
        "PolNeAR 1.0",
        "- `our town`, 3 articles",
        "See its owner for the licence.",
        "14 articles were learned from",
        "of 5 layers, 384 wide, from a small encoder",
        "learning rates 0.00012 for the encoder and 0.001",
        "--epochs 4 --layers 5 --rate 0.00012 --seed 3",
        "| all | 7 | 50.0% | 25.0% | 33.3% |",
    ],
)
def test_a_card_says_what_a_model_was_made_of(said):
    """Data and their licences, recipe, scores, and how to make it again."""
    assert said in card_of(SETTINGS)


def test_a_name_in_braces_stays_as_it_is():
    """Names are whatever folders are called."""
    named = SETTINGS | {"corpora": [{"name": "{news}", "digest": "ab" * 32, "articles": 1}], "encoder": "{mine}"}

    assert "`{news}`" in card_of(named)
    assert "from {mine}" in card_of(named)


def test_a_card_names_the_model_that_training_went_on_from():
    """And what that one had learned from."""
    start = {"digest": "ef" * 32, "epochs": 8, "corpora": [{"name": "polnear", "articles": 840}, {"name": "passages", "articles": 9}]}
    card = card_of(SETTINGS | {"start": start, "recipe": {**SETTINGS["recipe"], "mean": True}})

    assert "Training went on from another model (SHA-256 of its encoder efefefefefefefef…)" in card
    assert "840 articles of `polnear`, 9 articles of `passages` in 8 epochs" in card
    assert "- `passages`, 9 articles, by way of a model" in card
    assert "--start START --mean" in card
    assert "the mean of those that it was trained to" in card
