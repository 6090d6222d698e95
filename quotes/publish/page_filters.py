"""Which quotes a page is about, as its address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from quotes.errors import QueryError
from quotes.publish.queries import refusal
from quotes.store.retrieval import quote_filters

#: Longer than any question of a reader's; what is beyond is cut off.
_LONGEST = 400


@dataclass(frozen=True, kw_only=True)
class Selection(quote_filters.Selection):
    """The search of the store (`quotes.store.retrieval.quote_filters`), made of the arguments of an address and written as such."""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Selection:
        """The selection that the arguments of an address make. Where one of them is wrong, such as a date that is none, raises an error
        that Datasette shows as a page (400)."""
        given = {}
        for field, name in _ARGUMENTS:
            words = " ".join((arguments.get(name) or "").replace("\0", " ").split())[:_LONGEST]
            given[field] = words.encode("utf-8", "replace").decode()
        given["all"] = "1" if asks_for_all(arguments) else ""
        given["order"] = given["order"] if given["order"] in quote_filters.ORDERS else ""
        try:
            return cls(**given)
        except QueryError as error:
            raise refusal(str(error), title="This search does not work", status=400) from error

    def address(self, **changes: str) -> str:
        """The arguments of an address, with some of them changed; what is empty is left out."""
        pairs = [(name, changes.get(field, getattr(self, field))) for field, name in _ARGUMENTS]
        return urlencode([pair for pair in pairs if pair[1]])


def asks_for_all(arguments: Mapping[str, str]) -> bool:
    """Whether the arguments of an address ask for thoughts, plans and unsure quotes too."""
    return (arguments.get("all") or "") not in ("", "0")


#: The fields, and what each is called in an address.
_ARGUMENTS = [(each.name, "q" if each.name == "words" else each.name) for each in fields(quote_filters.Selection)]
