"""What the owner says of the site in metadata.yml: its public address and who gets reports."""

import re

import pytest
from newsroom import bridge

from quotes.errors import PublishError
from quotes.publish.collection import citation
from quotes.publish.metadata import contact, load_metadata
from quotes.publish.server import site

ARTICLE = f"/quotes/article/{bridge()[0].id}"
FIGURES = {"last": "2026-03-01", "all_quotes": 3, "articles": 2}


def metadata(tmp_path, words):
    path = tmp_path / "metadata.yml"
    path.write_text(f"plugins: {{quotes: {{{words}}}}}", "utf-8")
    return path


@pytest.mark.asyncio
@pytest.mark.parametrize("page", [ARTICLE, "/quotes/data", "/quotes/data/quotes.atom"])
async def test_citations_and_feeds_carry_the_address_of_the_site(path, tmp_path, page):
    """Whatever host the page was asked of."""
    client = site(path, metadata=metadata(tmp_path, "address: 'https://quotes.example/'")).client
    text = (await client.get(page)).text

    assert "https://quotes.example/quotes/" in text
    assert not re.search("127.0.0.1|localhost", text)


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "localhost", "[::1]:8001", "127.8.8.8"])
def test_an_address_of_this_machine_is_not_cited(host):
    cited = citation("Tarn", f"http://{host}/quotes", FIGURES)

    assert host not in str(cited)
    assert "https://q.example/quotes" in citation("Tarn", "https://q.example/quotes", FIGURES)["bibtex"]


@pytest.mark.parametrize(
    "words", ["address: quotes.example", "address: 8", "report: nobody", "report: 'javascript:alert(1)'", "report: [a@b.example]"]
)
def test_an_address_that_is_none_is_refused_at_the_start(tmp_path, words):
    with pytest.raises(PublishError, match=r"address|report"):
        load_metadata(metadata(tmp_path, words))


def test_a_long_report_fits_a_mail_program():
    class Site:
        def plugin_config(self, name):
            return {"report": "editor@tarn.example"}

    assert len(contact(Site(), "Mistake", "word " * 5_000)["url"]) < 3_000
