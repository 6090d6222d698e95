"""Many articles in one file: the same text byte for byte whichever way they came, of which nothing is kept."""

import gc
import hashlib

import pyarrow
import pyarrow.parquet
import samples

from quotes.readers import read
from quotes.records import Article

MANY = 80


def record(number):
    said = (f"“We counted {number * each} of them,” Ines Duarte said on day {each}, “and then we stopped.” " for each in range(3, 12))
    text = f"The ferry of Tarn will close in May, decision {number} of the council\n\n" + "\n\n".join((each * 4).strip() for each in said)
    return {"id": f"{number:06d}", "title": text.split("\n", 1)[0], "url": f"https://tarn.example/{number}", "text": text}


def alive():
    return sum(type(each) is Article for each in gc.get_objects())


def digest_of(path):
    """Of all that is read, of which no more than the last few articles are held in the end."""
    digest, before = hashlib.sha256(), alive()
    for number, article in enumerate(read([path]), 1):
        digest.update(repr((article.text, article.title, article.url, article.zones)).encode())
        assert number < MANY or alive() - before < 9
    assert number == MANY
    return digest.hexdigest()


def test_the_text_is_the_same_and_nothing_is_kept(tmp_path):
    records = list(map(record, range(MANY)))
    (tmp_path / "many.jsonl").write_bytes(samples.json_lines_of(records))
    with (tmp_path / "many.warc.gz").open("wb") as stream:
        samples.write_warc(stream, ((each["url"], samples.page(each["text"], each["url"])) for each in records))
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(records), tmp_path / "many.parquet")

    assert len({digest_of(path) for path in tmp_path.iterdir()}) == 1
