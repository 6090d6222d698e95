import pytest

from quotes.store import Store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "made-up.db"


@pytest.fixture
def store(path):
    with Store.open(path, create=True) as opened:
        yield opened
