"""What the schema is declared with: columns, full-text indexes, tables and views, and the SQL that makes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table or a view, and what it means in a sentence. A `unique` one has an index of its own unless one of the table's
    `orders` begins with it. `sql` is how a view selects it."""

    name: str
    description: str
    type: Literal["INTEGER", "TEXT", "REAL", "BLOB"] = "TEXT"
    references: str | None = None
    null: bool = False
    unique: bool = False
    indexed: bool = False
    json: bool = False
    sql: str = ""

    def created(self, *, key: bool) -> str:
        """Its part of the statement that makes its table; `key` says that it is the whole primary key."""
        sql = f'"{self.name}" {self.type}' + (" PRIMARY KEY" if key else "" if self.null else " NOT NULL")
        if self.references:
            return f'{sql} REFERENCES "{self.references}"("id")'
        return f"{sql} DEFAULT 0" if self.type == "INTEGER" and not (key or self.null) else sql  # counts and flags


text = partial(Column, type="TEXT")
integer = partial(Column, type="INTEGER")
real = partial(Column, type="REAL")
blob = partial(Column, type="BLOB")


def reference(name: str, description: str, table: str, *, null: bool = False, indexed: bool = True) -> Column:
    """A column that holds the id of a row of another table."""
    return Column(name, description, "INTEGER", references=table, null=null, indexed=indexed)


@dataclass(frozen=True, slots=True)
class Search:
    """A full-text index over some columns of a table: `TABLE_fts`."""

    columns: tuple[str, ...]
    tokenizer: str


class Relation:
    """What a table and a view have in common."""

    keys = 1
    internal = False

    def __init__(self, name: str, description: str, *columns: Column) -> None:
        self.name, self.description, self.columns = name, description, columns
        #: The names of the columns, in their order.
        self.names = tuple(column.name for column in columns)


class Table(Relation):
    """One table. Its primary key is its first column, an integer, or the first `keys` columns together. `internal` ones are of no use to a
    reader. `orders` are indexes over several columns: rows of one kind in the order in which they are read. `hidden` is a flag that is 0 of
    few rows: an index of these alone tells which. `since` is the migration that made the table, where an earlier database has none."""

    def __init__(
        self,
        name: str,
        description: str,
        *columns: Column,
        search: Search | None = None,
        keys: int = 1,
        internal: bool = False,
        orders: tuple[tuple[str, ...], ...] = (),
        hidden: str = "",
        since: str = "",
    ) -> None:
        super().__init__(name, description, *columns)
        self.search, self.keys, self.internal, self.orders, self.hidden, self.since = search, keys, internal, orders, hidden, since

    def __getitem__(self, name: str) -> Column:
        """A column as a view selects it."""
        return replace(self.columns[self.names.index(name)], sql=f'{self.name}."{name}"')

    @property
    def indexes(self) -> tuple[tuple[tuple[str, ...], bool], ...]:
        """The columns of each index, and whether it is unique."""
        first = {order[0] for order in self.orders}
        alone = (each for each in self.columns if each.indexed or (each.unique and each.name not in first))
        hidden = [((self.names[0],), False)] if self.hidden else []
        return (*(((each.name,), each.unique) for each in alone), *((order, False) for order in self.orders), *hidden)

    @property
    def created(self) -> str:
        """The statement that makes it, where it is missing."""
        columns = [each.created(key=self.keys == 1 and each is self.columns[0]) for each in self.columns]
        if self.keys > 1:
            columns.append(f"PRIMARY KEY ({', '.join(self.names[: self.keys])})")
        # The key is all of such a row, or nearly: a table without a rowid holds it once instead of twice.
        return f'CREATE TABLE IF NOT EXISTS "{self.name}" ({", ".join(columns)}){" WITHOUT ROWID" if self.keys > 1 else ""}'

    @property
    def created_indexes(self) -> Iterator[str]:
        """The statements that make those of its indexes that are missing."""
        for names, unique in self.indexes:
            # An entry for each empty value would be written to a page of its own, as the ids are hashes.
            filled = f' WHERE "{names[0]}" IS NOT NULL' if len(names) == 1 and self[names[0]].null else ""
            filled = f' WHERE "{self.hidden}" = 0' if self.hidden and names == self.names[:1] else filled
            index = f'"idx_{self.name}_{"_".join(names)}" ON "{self.name}"'
            yield f"CREATE {'UNIQUE ' if unique else ''}INDEX IF NOT EXISTS {index} ({', '.join(names)}){filled}"


class View(Relation):
    """One view: its columns out of `source`; `search` names the index that covers its `id`, where there is one."""

    def __init__(self, name: str, description: str, *columns: Column, source: str, search: str | None = None) -> None:
        super().__init__(name, description, *columns)
        self.source, self.search = source, search

    @property
    def created(self) -> str:
        """The statement that makes it."""
        selected = ", ".join(f'{each.sql} as "{each.name}"' for each in self.columns)
        return f'CREATE VIEW "{self.name}" AS select {selected} from {self.source}'
