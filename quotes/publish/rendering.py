"""Filling the templates of our pages at once.

Datasette fills templates so that anything in them may be waited for, and asks of every value whether it has to be, which takes as long
as all the rest of a page. Nothing in ours has to be, once the links of other plugins are there. And it asks every plugin what should stand
around each page, to which the answer is the same for anybody who has not logged in, where no plugin of others has a say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from inspect import isasyncgenfunction, iscoroutinefunction
from typing import Any

from jinja2 import Environment, Template

from quotes.publish.others import others_have_a_say
from quotes.publish.visiting import ANYBODY

#: What Datasette itself gives to every template and has to be waited for; our pages ask for the first alone.
_WAITED_FOR = frozenset({"menu_links", "crumb_items"})


class _AtOnce(Template):
    """A template that is filled in one go, unless another plugin has put something into its context that has to be waited for."""

    async def render_async(self, *args: Any, **kwargs: Any) -> str:
        context = dict(*args, **kwargs)
        if others_have_a_say("extra_template_vars") and _any_waits(each for name, each in context.items() if name not in _WAITED_FOR):
            waiting = self.environment.linked_to
            assert waiting is not None
            assert self.name is not None
            return await waiting.get_template(self.name).render_async(context)
        links = await context["menu_links"]()
        return self.render({**context, "menu_links": lambda: links})


def _any_waits(values: Iterable[Any]) -> bool:
    return any(iscoroutinefunction(each) or isasyncgenfunction(each) for each in values)


def _of_a_row_first(getattr_: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """How a template looks up `row.name`. Jinja looks for a method of the dictionary first, and most of what is asked for is in the row."""

    def get(thing: Any, name: str) -> Any:
        if type(thing) is dict and name in thing:
            return thing[name]
        return getattr_(thing, name)

    return get


def at_once(environment: Environment) -> Environment:
    """The same templates, filled at once. They are kept with the environment, which every plugin must have prepared before the first page.

    Gives the environment itself where a plugin has put a function or a filter into it that has to be waited for.
    """
    made: Environment | None = getattr(environment, "quotes_at_once", None)
    if made is None:
        made = environment
        if not _any_waits((*environment.globals.values(), *environment.filters.values(), *environment.tests.values())):
            made = environment.overlay(enable_async=False)
            made.template_class = _AtOnce
            made.getattr = _of_a_row_first(made.getattr)  # type: ignore[method-assign, assignment]
        environment.quotes_at_once = made  # type: ignore[attr-defined]
    return made


class _Recorder(Template):
    """Stands for a template of that name, to learn what Datasette gives to it beside what a page gives."""

    # Jinja's own compiles a template out of its argument.
    def __new__(cls, *_: Any) -> Any:
        return object.__new__(cls)

    def __init__(self, name: str) -> None:
        self.name = name
        self.given: dict[str, Any] = {}

    async def render_async(self, *args: Any, **kwargs: Any) -> str:
        self.given = dict(*args, **kwargs)
        return ""


async def _for_anybody(datasette: Any, name: str, database: str, request: Any) -> dict[str, Any]:
    """What Datasette gives to a template for anybody, without what it says of one request. It is kept with the templates."""
    kept: dict[tuple[str, str], dict[str, Any]] = datasette.jinja_env.__dict__.setdefault("quotes_for_anybody", {})
    if (name, database) not in kept:
        recorder = _Recorder(name)
        await datasette.render_template(recorder, {"database": database}, request=request)
        links = datasette.jinja_env.globals["quotes_menu"](await recorder.given["menu_links"]())
        of_a_request = {"menu_links": lambda: links, "show_messages": list, "request": None}
        kept[name, database] = {**recorder.given, **of_a_request}
    return {**kept[name, database], "request": request}


async def filled(datasette: Any, name: str, context: Mapping[str, Any], request: Any) -> str:
    """The HTML of a page of ours: the template of that name with its context, and with what Datasette and every plugin put around it."""
    template = at_once(datasette.jinja_env).get_template(name)
    if isinstance(template, _AtOnce) and request.scope.get(ANYBODY):
        return template.render({**context, **await _for_anybody(datasette, name, context["database"], request)})
    html: str = await datasette.render_template(template, context, request=request)
    return html
