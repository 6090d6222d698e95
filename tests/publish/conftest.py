import shutil
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
import yaml
from jinja2 import BytecodeCache, Environment

from quotes.publish.metadata import load_metadata, metadata_path
from quotes.publish.server import site
from quotes.records import Article
from quotes.store import Store

# The made-up articles stand with the tests of the store.
sys.path.append(str(Path(__file__).parents[1] / "store"))


class Compiled(BytecodeCache):
    """Templates that were compiled for one site, for the others."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        if compiled := self.kept.get((bucket.key, bucket.environment.is_async)):
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket):
        self.kept[bucket.key, bucket.environment.is_async] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def _compiled_once():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("datasette.app.Environment", partial(Environment, bytecode_cache=Compiled()))
        yield


def fill_intake(store: Store) -> None:
    """Some rows of every table of what was read, when, and what could not be."""
    from datetime import UTC, datetime

    from newsroom import bridge

    from quotes.store.intake.article_versions import catch_up
    from quotes.store.intake.retries import failure_of, record_failure, record_fetch, succeeded

    wire = replace(bridge()[0], url="https://herald.example/wire/1", outlet="The Herald", path="wire.txt", published=None)
    store.save(wire, [], extractor="rules 1")
    catch_up(store)
    record_failure(store, failure_of("a.csv", "a.csv#1: “text” is missing, fill it or remove the record"))
    record_fetch(store, succeeded("https://courier.example/rss", datetime.now(UTC), etag=None, last_modified=None))


@pytest.fixture(scope="session")
def db(tmp_path_factory) -> Path:
    """A database with more than a thousand quotes, under a name full of signs that mean something in an address."""
    from newsroom import ATTACK, archive, bridge, quote

    path = tmp_path_factory.mktemp("site") / "made up #1?.db"
    with Store.open(path, create=True) as store:
        article, quotes = bridge()
        topics = ("river bridge", "closure")
        store.save(replace(article, topics=topics), [replace(each, topics=topics) for each in quotes], extractor="rules 1")
        for each in archive(40, 30):
            store.save(*each, extractor="rules 1")
        attack = Article(text=ATTACK, title=ATTACK, outlet=ATTACK, url="javascript:alert(1)", path="attack.txt", published="2027-01-01")
        store.save(attack, [quote(ATTACK, ATTACK)], extractor="rules 1")
        fill_intake(store)
    return path


@pytest.fixture(scope="session")
def _one(tmp_path_factory) -> Path:
    from newsroom import bridge

    path = tmp_path_factory.mktemp("one") / "one.db"
    with Store.open(path, create=True) as store:
        store.save(*bridge(), extractor="rules 1")
    return path


@pytest.fixture
def path(_one, tmp_path) -> Path:
    """A database of one article, which a test may write to."""
    return Path(shutil.copy(_one, tmp_path))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def datasette(db):
    """The site of the module's database."""
    return site(db, metadata=metadata_path())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(datasette):
    return datasette.client


@pytest.fixture
def changed(db, tmp_path):
    """Makes a site of the module's database whose metadata was changed by a function."""

    def make(change):
        settings = load_metadata(metadata_path())
        change(settings)
        path = tmp_path / "metadata.yml"
        path.write_text(yaml.safe_dump(settings), "utf-8")
        return site(db, metadata=path)

    return make


@pytest.fixture(scope="module")
def writable(db, tmp_path_factory) -> Path:
    """A copy of the database, to write to."""
    return Path(shutil.copy(db, tmp_path_factory.mktemp("copy") / "quotes.db"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def edited(writable, tmp_path_factory):
    """The site of the copy, where Anna corrects."""
    metadata = tmp_path_factory.mktemp("metadata") / "metadata.yml"
    metadata.write_text(metadata_path().read_text("utf-8") + "\nplugins:\n  quotes:\n    editors: {id: anna}\n", "utf-8")
    return site(writable, metadata=metadata)
