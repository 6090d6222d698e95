"""What a declaration of the schema is made of: columns, search indexes, tables and views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["INTEGER", "TEXT", "REAL", "BLOB"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table or a view, and what it means in a sentence. A `unique` one has an index of its own unless one of the table's
    `orders` begins with it."""

    name: str
    type: ColumnType
    description: str
    required: bool = False
    references: str | None = None
    unique: bool = False
    indexed: bool = False
    json: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """A full-text index over some columns of a table: `TABLE_fts`."""

    columns: tuple[str, ...]
    tokenizer: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. Its primary key is its first column, an integer, or the first `keys` columns together. `derived` tables are worked out
    from the others and the corrections; `internal` ones are of no use to a reader. `orders` are indexes over several columns: rows of one
    kind in the order in which they are read."""

    name: str
    description: str
    columns: tuple[Column, ...]
    search: Search | None = None
    keys: int = 1
    derived: bool = False
    internal: bool = False
    orders: tuple[tuple[str, ...], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True, slots=True)
class View:
    """One view; `search` names the index that covers its `id`, where there is one."""

    name: str
    description: str
    columns: tuple[Column, ...]
    sql: str
    search: str | None = None

    @property
    def created(self) -> str:
        """The statement that makes it."""
        return f'CREATE VIEW "{self.name}" AS {self.sql}'

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)
