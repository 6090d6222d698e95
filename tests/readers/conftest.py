import news_server
import pytest

from quotes.errors import ArticleError
from quotes.readers import Reading, read
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


@pytest.fixture
def reading(tmp_path, monkeypatch):
    """Write a file and read it, its path as short as its name; errors come as their lines."""
    monkeypatch.chdir(tmp_path)

    def write_and_read(name, data, **columns):
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        found = read([name], settings=Reading(columns=columns))
        return [str(each) if isinstance(each, ArticleError) else each for each in found]

    return write_and_read
