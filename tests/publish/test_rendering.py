"""Pages are filled at once, and say the same as when Datasette fills them itself."""

import pytest
import pytest_asyncio
from datasette import hookimpl
from datasette.plugins import pm
from jinja2 import ChoiceLoader, DictLoader, Environment
from newsroom import bridge

from quotes.publish import rendering
from quotes.publish.metadata import metadata_path
from quotes.publish.rendering import at_once
from quotes.publish.server import site

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGES = ["/", "/quotes/search?q=river", "/quotes/speaker", "/quotes/data/codebook", f"/quotes/article/{bridge()[0].id}"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def datasette(db):
    return site(db, metadata=metadata_path())


@pytest.mark.parametrize("address", PAGES)
async def test_a_page_filled_at_once_says_what_datasette_makes_of_it(datasette, monkeypatch, address):
    at_once = (await datasette.client.get(address)).text
    monkeypatch.setattr(rendering, "at_once", lambda environment: environment)

    assert (await datasette.client.get(address)).text == at_once


async def test_the_links_of_other_plugins_stand_on_a_page_filled_at_once(datasette):
    class Plugin:
        __name__ = "a plugin with a link"

        @hookimpl
        def menu_links(self):
            async def links():
                return [{"href": "/-/elsewhere", "label": "Else<where>"}]

            return links

    pm.register(Plugin(), "linking")
    try:
        html = (await datasette.client.get("/quotes/speaker")).text
    finally:
        pm.unregister(name="linking")

    assert '<a href="/-/elsewhere">Else&lt;where&gt;</a>' in html


async def test_what_another_plugin_has_to_wait_for_is_waited_for(db):
    """A plugin may put anything into a template, and whoever runs the site may ask for it in a template of their own."""
    datasette = site(db, metadata=metadata_path())
    datasette.jinja_env.loader = ChoiceLoader([DictLoader({"_footer.html": "{{ question() }}"}), datasette.jinja_env.loader])

    class Plugin:
        __name__ = "a plugin with a question"

        @hookimpl
        def extra_template_vars(self):
            async def question():
                return "answered"

            return {"question": question}

    pm.register(Plugin(), "questions")
    try:
        html = (await datasette.client.get("/quotes/speaker")).text
    finally:
        pm.unregister(name="questions")

    assert '<footer class="ft">answered</footer>' in html


async def test_a_filter_of_another_plugin_that_has_to_be_waited_for_is_waited_for():
    async def slowly(word):
        return word.upper()

    environment = Environment(loader=DictLoader({"page": "{{ 'a' | slowly }}"}), enable_async=True)
    environment.filters["slowly"] = slowly

    assert await at_once(environment).get_template("page").render_async() == "A"
