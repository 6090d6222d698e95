"""The page for what is not there, not allowed, or too much."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from datasette.utils.asgi import Base400, Response
from markupsafe import Markup


def refused(exception: Exception) -> bool:
    """Whether the exception says what a visitor did wrong, and not that the program is at fault."""
    from datasette.views.base import DatasetteError

    return isinstance(exception, Base400 | DatasetteError)


def guarded(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that answers a refusal by a page. Raised further, it would go Datasette's own ways for what is missing or forbidden first."""
    wanted = inspect.signature(view).parameters

    @wraps(view)
    async def answer(request: Any, datasette: Any, receive: Any, send: Any) -> Any:
        given = {"request": request, "datasette": datasette, "receive": receive, "send": send}
        try:
            return await view(**{name: given[name] for name in wanted})
        except Exception as exception:
            if not refused(exception):
                raise
            return await refusal_page(request, datasette, exception)

    # Datasette looks at the names of the arguments, and must see ours.
    del answer.__wrapped__
    return answer


async def refusal_page(request: Any, datasette: Any, exception: Any) -> Any:
    """The answer to a refusal: a page, or JSON where the address asks for that."""
    message = getattr(exception, "message", None) or (str(exception.args[0]) if exception.args else "")
    info = {"ok": False, "error": message, "status": exception.status, "title": getattr(exception, "title", None)}
    if request.path.endswith(".json"):
        return Response.json(info, status=exception.status)
    if getattr(exception, "message_is_html", False):
        info["error"] = Markup(message)
    shown = {"urls": datasette.urls, "app_css_hash": datasette.app_css_hash(), "menu_links": list, "request": request, **info}
    return Response.html(await datasette.jinja_env.get_template("error.html").render_async(shown), status=exception.status)
