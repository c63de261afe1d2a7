"""Tables for people, as wide as the terminal: columns share it, or each row is a list of values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

_GAP = 3  # columns between two columns
_UNBROKEN = 20  # characters: an id or a day of up to so many stays on one line, to be copied
_NARROWEST = 10  # characters: text in less is a ladder of syllables
_MOST = 300  # characters of a value in a list of values


def write_table(names: Sequence[str], rows: Sequence[Sequence[str]], out: TextIO) -> bool:
    """Write ``rows`` below ``names``; tell whether every value is there as a whole.

    Where the columns have no room side by side, each row is a list of its values, the long ones
    cut.
    """
    console = Console(file=out)
    widths = _widths(names, rows, console.width)
    if widths is None:
        return _write_lists(names, rows, console)
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name, width in zip(names, widths, strict=True):
        table.add_column(Text(_broken(name, width)), width=width, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)
    return True


def _widths(names: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Return the width of each column, or None if they have no room beside each other."""
    columns = [[row[nth] for row in rows] for nth in range(len(names))]
    values = [max(map(_width, column), default=0) for column in columns]
    least = [_least(column, value) for column, value in zip(columns, values, strict=True)]
    room -= _GAP * (len(names) - 1)
    heads = [cell_len(name) for name in names]
    if sum(map(max, heads, least)) > room:  # names are broken before ids are
        heads = [max(map(cell_len, _parts(name))) for name in names]
    least = list(map(max, heads, least))
    if sum(least) > room:
        return None
    widths = [min(room, max(head, value)) for head, value in zip(heads, values, strict=True)]
    while sum(widths) > room:
        spare = [
            width if width > fewest else 0 for width, fewest in zip(widths, least, strict=True)
        ]
        widths[spare.index(max(spare))] -= 1
    return widths


def _least(column: Sequence[str], widest: int) -> int:
    whole = widest <= _UNBROKEN and not any(" " in value for value in column)
    return widest if whole else min(widest, _NARROWEST)


def _width(value: str) -> int:
    return max(map(cell_len, value.split("\n")))


def _parts(name: str) -> list[str]:
    """Return the parts of a column's name between which it may be broken."""
    return [part for part in name.replace("_", "_\0").replace(" ", " \0").split("\0") if part]


def _broken(name: str, width: int) -> str:
    """Return a column's name on as few lines as have room in ``width``."""
    lines = [""]
    for part in _parts(name):
        if lines[-1] and cell_len(lines[-1] + part.rstrip()) > width:
            lines.append("")
        lines[-1] += part
    return "\n".join(line.rstrip(" ") for line in lines)


def _write_lists(names: Sequence[str], rows: Sequence[Sequence[str]], console: Console) -> bool:
    whole = True
    for nth, row in enumerate(rows, 1):
        if nth > 1:
            console.print()
        console.print(Text(f"─ {nth} ".ljust(min(console.width, 40), "─")))
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in zip(names, row, strict=True):
            if len(value) > _MOST:
                value, whole = f"{value[:_MOST].rstrip()} … ({len(value):,} characters)", False
            table.add_row(Text(name, style="bold"), Text(value))
        console.print(table)
    return whole
