"""Whether plugins of others, which Datasette asks as it asks ours, have a say in what a page shows and to whom."""

from __future__ import annotations

from typing import Any

# These go by the settings, by cookies and by `Authorization` alone.
_HARMLESS = ("datasette.", "datasette_auth_passwords", "quotes.")

_plugins: set[Any] = set()
_answers: dict[tuple[str, ...], bool] = {}


def others_have_a_say(*hooks: str) -> bool:
    """Whether a plugin of others implements one of Datasette's `hooks`. Plugins can come while the site runs."""
    global _plugins
    # Datasette's plugins load this package, which must be whole by then.
    from datasette.plugins import pm

    plugins = pm.get_plugins()
    if plugins != _plugins:
        _plugins = plugins
        _answers.clear()
    if hooks not in _answers:
        _answers[hooks] = any(
            not each.function.__module__.startswith(_HARMLESS) for name in hooks for each in getattr(pm.hook, name).get_hookimpls()
        )
    return _answers[hooks]
