import pytest


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
