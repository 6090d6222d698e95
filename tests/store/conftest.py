import shutil

import pytest

from quotes.store import Store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "made-up.db"


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A database without rows, to copy: making one takes longer than saving an article."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    Store.open(path, create=True).close()
    return path


@pytest.fixture
def store(empty, path):
    shutil.copy(empty, path)
    with Store.open(path, create=True) as opened:
        yield opened
