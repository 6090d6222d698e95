import news_server
import pytest

from quotes.readers.fetch.fetching import Fetcher


@pytest.fixture
def server():
    """A news site on this machine."""
    with news_server.running() as site:
        yield site


@pytest.fixture
def fetcher():
    """A fetcher that may ask this machine, without waiting, and gives up soon."""
    return Fetcher(allow_private=True, delay=0.0, timeout=5.0, largest=1 << 20)
