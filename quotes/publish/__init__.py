"""PUBLISH: a plugin of Datasette that makes a site for readers out of a database of quotes, and `quotes serve`, which runs it.

The plugin loads in every Datasette of its environment, so each hook looks first whether the database at hand is one of ours.
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
from quotes.publish.metadata import metadata_path

__all__ = [
    "asgi_wrapper",
    "extra_template_vars",
    "handle_exception",
    "metadata_path",
    "permission_allowed",
    "prepare_connection",
    "prepare_jinja2_environment",
    "register_routes",
    "render_cell",
]
