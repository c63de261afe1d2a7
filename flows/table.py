"""Tables for people, as wide as the terminal: columns share it, or each row is a list of values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

_GAP = 2  # columns between two columns
_UNBROKEN = 20  # characters: an id or a day has no more, and stays on one line to be copied
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
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True)
    for name, width in zip(names, widths, strict=True):
        table.add_column(Text(_broken(name, width)), width=width, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)
    return True


def write_listing(names: Sequence[str], rows: Sequence[Sequence[str]], out: TextIO) -> None:
    """Write a table to a terminal; elsewhere a line a row, however wide, for other programs."""
    if out.isatty():
        write_table(names, rows, out)
        return
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    for row in (names, *rows):
        padded = (value.ljust(width) for value, width in zip(row, widths, strict=True))
        out.write("  ".join(padded).rstrip() + "\n")


def _widths(names: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Return the width of each column, or None if they have no room beside each other."""
    columns = [[row[nth] for row in rows] for nth in range(len(names))]
    values = [max(map(_width, column), default=0) for column in columns]
    words = [_longest(column, _UNBROKEN) for column in columns]
    ids = [_longest([v for v in column if " " not in v], _UNBROKEN) for column in columns]
    whole = [cell_len(name) for name in names]
    parts = [max(map(cell_len, _parts(name))) for name in names]
    room -= _GAP * (len(names) - 1)
    # names are broken first, then the words of prose; ids never are
    for heads, unbroken in ((whole, words), (parts, words), (parts, ids)):
        least = [
            max(head, kept, min(value, _NARROWEST))
            for head, kept, value in zip(heads, unbroken, values, strict=True)
        ]
        if sum(least) <= room:
            return _shared(room, least, [max(*w) for w in zip(heads, values, strict=True)])
    return None


def _shared(room: int, least: Sequence[int], most: Sequence[int]) -> list[int]:
    """Return widths between ``least`` and ``most`` that have room, the widest cut first."""
    widths = [min(room, width) for width in most]
    while sum(widths) > room:
        spare = [w if w > fewest else 0 for w, fewest in zip(widths, least, strict=True)]
        widths[spare.index(max(spare))] -= 1
    return widths


def _longest(values: Sequence[str], most: int) -> int:
    """Return the width of the longest word of up to ``most`` characters."""
    words = (cell_len(word) for value in values for word in value.split())
    return max((width for width in words if width <= most), default=0)


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
