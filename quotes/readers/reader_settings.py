"""What a user says about how to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quotes.readers.columns import Columns
from quotes.readers.input_kinds import Kind

if TYPE_CHECKING:
    from quotes.readers.fetching import Fetcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How inputs are to be read, as far as a user says so.

    `columns` names the columns of tables; `kind` and `encoding` are taken as stated for every input named itself (not for those in
    archives), None finds them out; `fetcher` fetches addresses, and without one nothing is fetched; `links` is whether entries of feeds
    without their full text are fetched. `outlet`, `published` (ISO 8601) and `byline` are those of every article, whatever it says.
    """

    columns: Columns = field(default_factory=Columns)
    kind: Kind | None = None
    encoding: str | None = None
    fetcher: Fetcher | None = None
    links: bool = True
    outlet: str | None = None
    published: str | None = None
    byline: tuple[str, ...] = ()

    @property
    def stated(self) -> dict[str, Any]:
        """The fields that a user states of every article."""
        fields = {"outlet": self.outlet, "published": self.published, "byline": self.byline}
        return {name: value for name, value in fields.items() if value}
