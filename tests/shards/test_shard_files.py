import pandas as pd
import pytest

from quotes.errors import ClusterError
from quotes.records import Affiliation, Article, Passage, Quote, Span, Speaker, Zone
from quotes.shards.shard_files import Found, Report, Shards
from quotes.store import Run

TEXT = "The wells\n\n“They are dry,” said Odile Fenn, the mayor."
ARTICLE = Article(
    text=TEXT,
    path="wells.txt",
    byline=("Ann Ray", "Bo Li"),
    published="2026-03-01",
    url="https://tarn.example/1",
    modified="2026-03-02",
    zones=(Zone("headline", 0, 9),),
    topics=("wells",),
)
SPEAKER = Speaker("Odile Fenn", "person", (Affiliation("mayor", None, Span(46, 51)),))
QUOTE = Quote(
    "direct", "speech", "“They are dry,”", (Span(11, 26),), Passage("said", (Span(27, 31),)), None, SPEAKER, 0.9, topics=("wells",)
)
FOUND = [
    Found(ARTICLE, (QUOTE,), Run("model 1", "1.0", options={"act": ["speech"]})),
    Found(Article(text="Il pleut."), (), Run("none, for fr")),
]


@pytest.fixture(params=["folder", "memory"])
def shards(request, tmp_path):
    return Shards(str(tmp_path / "shards") if request.param == "folder" else f"memory://{tmp_path.name}")


def test_what_was_found_is_read_as_it_was_written(shards):
    report = shards.write(Report(task="a", place=(0, 1), failures=(("b.txt", "b.txt: is empty"),), sources=("wells.txt",)), FOUND)

    assert (report.articles, report.quotes) == (2, 1)
    assert shards.reports() == {"a": report}
    assert list(shards.read(report.shard)) == FOUND


def test_the_same_articles_are_the_same_shard(shards):
    first, again = (shards.write(Report(task=task, place=(0,)), FOUND) for task in "ab")
    other = shards.write(Report(task="c", place=(0,)), FOUND[:1])

    assert first.shard == again.shard != other.shard


def test_quotes_are_a_table_for_other_programs(tmp_path):
    shard = Shards(str(tmp_path)).write(Report(task="a", place=(0,)), FOUND).shard

    (row,) = pd.read_parquet(tmp_path / "quotes" / f"{shard}.parquet").to_dict("records")
    assert (row["article_id"], row["text"], row["speaker"], row["title"]) == (ARTICLE.id, QUOTE.text, "Odile Fenn", "mayor")
    assert (row["spans"], row["in_default_view"]) == ("[[11,26]]", 1)


def test_a_report_that_was_cut_short_counts_as_none(tmp_path):
    shards = Shards(str(tmp_path))
    shards.write(Report(task="a", place=(0,)), FOUND)
    (tmp_path / "tasks" / "a.json").write_text('{"task": "a", "pl')

    assert shards.reports() == {}


def test_a_shard_of_another_version_is_one_clear_error(tmp_path):
    shards = Shards(str(tmp_path))
    shard = shards.write(Report(task="a", place=(0,)), FOUND).shard
    for path in tmp_path.glob(f"*/{shard}.parquet"):
        pd.read_parquet(path).drop(columns=["institutions", "topics"], errors="ignore").to_parquet(path)

    with pytest.raises(ClusterError, match=r"is a damaged shard, or one of another version .*: remove its task"):
        shards.staged(shard)


def test_a_damaged_shard_is_one_clear_error(tmp_path):
    shards = Shards(str(tmp_path))
    shard = shards.write(Report(task="a", place=(0,)), FOUND).shard
    (tmp_path / "articles" / f"{shard}.parquet").write_bytes(b"PAR1 and no more")

    with pytest.raises(ClusterError, match=r"is a damaged shard.*: remove its task"):
        list(shards.read(shard))


def test_a_storage_that_is_not_installed_says_what_to_install():
    with pytest.raises(ClusterError, match="pip install"):
        Shards("nosuch://bucket/shards")
