"""Tables as values: columns with descriptions and marks, and the DDL that follows from them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pyarrow as pa

Column: TypeAlias = "pa.Field[Any]"

TEXT = pa.string()
INT = pa.int32()
BOOL = pa.bool_()
DAY = pa.date32()
INSTANT = pa.timestamp("us", tz="UTC")
DAYS = pa.list_(pa.date32())
TEXTS = pa.list_(pa.string())
INTS = pa.list_(pa.int32())
LONGS = pa.list_(pa.int64())
HEADERS = pa.list_(pa.struct([("name", pa.string()), ("value", pa.string())]))


@dataclass(frozen=True)
class Table:
    """One table: its columns, what one row is, its key, and where it is kept.

    ``history`` tables are stored in the lake as ``<name>_history``; their current rows are those
    without ``valid_to``. ``derived`` tables are computed at publication; ``ledger`` tables are the
    pipeline's own books, which a rebuild need not reproduce.
    """

    name: str
    doc: str
    fields: tuple[Column, ...]
    key: tuple[str, ...]
    history: bool = False
    derived: bool = False
    ledger: bool = False
    schema: pa.Schema = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "schema", pa.schema(self.fields))

    @property
    def columns(self) -> list[str]:
        return [f.name for f in self.fields]


def describe(f: Column) -> str:
    """Return the description of a column."""
    return (f.metadata or {}).get(b"description", b"").decode()


def is_marked(f: Column, mark: str) -> bool:
    """Tell whether a column carries ``mark`` ("ledger" or "derived")."""
    return mark.encode() in (f.metadata or {})


def col(
    name: str,
    kind: pa.DataType,
    doc: str,
    *marks: str,
    null: bool = False,
    default: Any = None,
) -> Column:
    """Declare a column; ``marks`` are "ledger" and "derived".

    ``default`` is the value of rows that are older than the column. One that must have a value
    and is not of the first schema needs it: a bool, number, text or empty list.
    """
    metadata = {"description": doc, **dict.fromkeys(marks, "yes")}
    if default is not None:
        metadata["default"] = json.dumps(default)
    return pa.field(name, kind, nullable=null, metadata=metadata)


def default_of(f: Column) -> Any:
    """Return the value of rows that are older than the column; None if it may lack one.

    Raises ValueError for a column that must have a value and declares no default.
    """
    found = (f.metadata or {}).get(b"default")
    if found is None and not f.nullable:
        raise ValueError(f"column {f.name} is new and must have a value: declare its default")
    return json.loads(found) if found is not None else None


def default_sql(f: Column) -> str | None:
    """Return :func:`default_of` as SQL."""
    value = default_of(f)
    if isinstance(value, str):
        return quoted(value)
    return None if value is None else json.dumps(value)


def printed(name: str, doc: str, *, null: bool = False) -> tuple[Column, ...]:
    """Declare a printed field with its span."""
    return (
        col(name, TEXT, doc, null=null),
        col(f"{name}_start", INT, f"Offset of {name} in briefs.text, in code points.", null=null),
        col(f"{name}_end", INT, f"Offset behind {name} in briefs.text.", null=null),
    )


def printed_list(name: str, doc: str) -> tuple[Column, ...]:
    """Declare a list of printed values with the span of each."""
    where = "null where only the page's metadata gives it"
    return (
        col(name, TEXTS, doc),
        col(f"{name}_start", INTS, f"Offset of each of {name} in briefs.text; {where}."),
        col(f"{name}_end", INTS, f"Offset behind each of {name} in briefs.text; {where}."),
    )


_SQL_TYPES: dict[pa.DataType, str] = {
    TEXT: "VARCHAR",
    INT: "INTEGER",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    BOOL: "BOOLEAN",
    DAY: "DATE",
    INSTANT: "TIMESTAMP WITH TIME ZONE",
    DAYS: "DATE[]",
    TEXTS: "VARCHAR[]",
    INTS: "INTEGER[]",
    LONGS: "BIGINT[]",
    HEADERS: "STRUCT(name VARCHAR, value VARCHAR)[]",
}


def sql_type(f: Column) -> str:
    """Return the DuckDB type of a column."""
    return _SQL_TYPES[f.type]


def quoted(text: str) -> str:
    """Return ``text`` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def ddl(table: Table, schema: str = "") -> str:
    """Return the CREATE TABLE statement, with NOT NULL where a column must have a value."""
    columns = ", ".join(
        f'"{f.name}" {sql_type(f)}{"" if f.nullable else " NOT NULL"}' for f in table.fields
    )
    return f'CREATE TABLE {schema}"{table.name}" ({columns})'


def comments(table: Table, schema: str = "") -> list[str]:
    """Return the COMMENT statements of a table and its columns."""
    name = f'{schema}"{table.name}"'
    return [
        f"COMMENT ON TABLE {name} IS {quoted(table.doc)}",
        *(f'COMMENT ON COLUMN {name}."{f.name}" IS {quoted(describe(f))}' for f in table.fields),
    ]
