"""Who may not see a table that the pages read sees no page."""

import pytest
import yaml
from datasette import hookimpl
from datasette.plugins import pm

from quotes.publish.metadata import load_metadata, metadata_path
from quotes.publish.server import site

pytestmark = pytest.mark.asyncio

ANNA, NOBODY = {"id": "anna"}, False


def opened(db, tmp_path, *, database=None, table=None, instance=None):
    """The site with `allow` blocks for all of it, for the database, and for the table of speakers."""
    settings = load_metadata(metadata_path())
    for place, allow in (
        (settings, instance),
        (settings["databases"]["quotes"], database),
        (settings["databases"]["quotes"]["tables"]["speakers"], table),
    ):
        if allow is not None:
            place["allow"] = allow
    path = tmp_path / "metadata.yml"
    path.write_text(yaml.safe_dump(settings), "utf-8")
    return site(db, metadata=path)


async def status(datasette, actor=None):
    cookies = {"ds_actor": datasette.sign({"a": actor}, "actor")} if actor else {}
    return (await datasette.client.get("/quotes/search?q=river", cookies=cookies)).status_code


@pytest.mark.parametrize("allowed", [{"table": ANNA}, {"database": ANNA}, {"instance": ANNA}])
async def test_a_page_is_for_those_alone_who_may_see_what_it_reads(db, tmp_path, allowed):
    datasette = opened(db, tmp_path, **allowed)

    assert (await status(datasette), await status(datasette, ANNA), await status(datasette, {"id": "berta"})) == (403, 200, 403)


async def test_one_table_that_everybody_may_see_opens_no_page_of_a_closed_database(db, tmp_path):
    assert await status(opened(db, tmp_path, database=NOBODY, table=True)) == 403


async def test_a_plugin_that_changes_its_mind_is_asked_each_time(db, tmp_path):
    datasette, closed = opened(db, tmp_path), []

    class Plugin:
        __name__ = "a plugin that closes tables"

        @hookimpl
        def permission_allowed(self, action, resource):
            return False if action == "view-table" and resource[1] in closed else None

    pm.register(Plugin(), "closing")
    try:
        before = await status(datasette)
        closed.append("quotes")
        after = await status(datasette)
    finally:
        pm.unregister(name="closing")

    assert (before, after) == (200, 403)


async def test_settings_that_a_plugin_gives_hold_at_once(db, tmp_path):
    datasette, allow = opened(db, tmp_path), {}

    class Plugin:
        __name__ = "a plugin with settings"

        @hookimpl
        def get_metadata(self):
            return {"databases": {"quotes": {"tables": {"articles": dict(allow)}}}}

    pm.register(Plugin(), "settings")
    try:
        before = await status(datasette)
        allow["allow"] = False
        after = await status(datasette)
    finally:
        pm.unregister(name="settings")

    assert (before, after) == (200, 403)
