import os

import pytest
from hypothesis import settings

# The same examples every time, so that a change is judged by what it changes. `HYPOTHESIS_PROFILE=search pytest` looks for new ones,
# six times as many; slow tests take a part of `settings.default.max_examples`.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", derandomize=False, deadline=None, max_examples=600)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(scope="session")
def nlp():
    """The whole pipeline with the model that comes with the package; seconds to load, so once a session."""
    import quotes

    return quotes.load()


@pytest.fixture(scope="session")
def rules():
    """The whole pipeline without a trained model."""
    import quotes

    return quotes.load(model="rules")
