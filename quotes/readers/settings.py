"""What a user says about how to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.readers.columns import Columns
from quotes.readers.kinds import Kind

if TYPE_CHECKING:
    from quotes.readers.fetching import Fetcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How inputs are to be read, as far as a user says so.

    `columns` names the columns of tables; `kind` and `encoding` are taken as stated for every input named itself (not for those in
    archives), None finds them out; `fetcher` fetches addresses, and without one nothing is fetched; `links` is whether entries of feeds
    without their full text are fetched.
    """

    columns: Columns = field(default_factory=Columns)
    kind: Kind | None = None
    encoding: str | None = None
    fetcher: Fetcher | None = None
    links: bool = True
