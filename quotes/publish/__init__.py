"""A plugin of Datasette that makes a site for readers out of a database of quotes, and `quotes serve`, which runs it.

Here: hooks, settings, charts, and what pages (`pages`) and downloads (`exports`) share. Not here: SQL that the command line needs too,
which is in the store. The plugin loads in every Datasette of its environment, so each hook looks first whether a database is ours.
"""

from quotes.publish.hooks import (
    asgi_wrapper,
    extra_template_vars,
    handle_exception,
    permission_allowed,
    prepare_connection,
    prepare_jinja2_environment,
    register_routes,
    render_cell,
)

__all__ = [
    "asgi_wrapper",
    "extra_template_vars",
    "handle_exception",
    "permission_allowed",
    "prepare_connection",
    "prepare_jinja2_environment",
    "register_routes",
    "render_cell",
]
