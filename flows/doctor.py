"""``briefhouse doctor``: versions, paths, extensions, disk, the last run, unknown headings."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from flows import __version__

if TYPE_CHECKING:
    import duckdb

_PACKAGES = ("duckdb", "pyarrow", "prefect", "beautifulsoup4", "lxml", "selectolax", "requests")
_LOW_DISK = 1_000_000_000  # bytes; a night of 100,000 briefs takes about as much

_LONG_ENOUGH = 200  # words: so many have a signature, but for an odd table of numbers


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; ``ok`` is False for what needs a person."""

    name: str
    value: str
    ok: bool = True


def examine(data: Path) -> Iterator[Finding]:
    """Look at everything that a run needs below the data root ``data``."""
    yield Finding("briefhouse", __version__)
    yield Finding("python", platform.python_version())
    for name in _PACKAGES:
        try:
            yield Finding(name, version(name))
        except PackageNotFoundError:
            yield Finding(name, "not installed; run make setup", ok=False)
    yield from _extensions()
    yield from _folders(data)
    yield from _record(data)


def _extensions() -> Iterator[Finding]:
    from warehouse.errors import WarehouseError
    from warehouse.lake import EXTENSIONS, connect, extension_file

    for name in EXTENSIONS:
        try:
            yield Finding(f"extension {name}", str(extension_file(name)))
        except (WarehouseError, ModuleNotFoundError) as error:
            yield Finding(f"extension {name}", str(error), ok=False)
            return
    connect().close()
    yield Finding("extensions", "load without network")


def _folders(data: Path) -> Iterator[Finding]:
    path = data.absolute()
    yield Finding("data root", str(path) if path.exists() else f"{path} (not made yet)")
    existing = next(folder for folder in (path, *path.parents) if folder.exists())
    writable = os.access(existing, os.W_OK)
    yield Finding("writable", "yes" if writable else f"no: check {existing}", ok=writable)
    free = shutil.disk_usage(existing).free
    yield Finding("free disk", f"{free / 1e9:,.1f} GB", ok=free >= _LOW_DISK)


def _record(data: Path) -> Iterator[Finding]:
    from warehouse.errors import WarehouseError
    from warehouse.publish import nights
    from warehouse.reader import current_night, open_published
    from warehouse.root import DataRoot
    from warehouse.store import read_store

    root = DataRoot(data.absolute())
    if not root.catalog.exists():
        yield Finding("lake", "none yet; run briefhouse ingest PATH")
        return
    try:
        with read_store(root) as store:
            pending, last = store.pending(), store.last_run()
        yield Finding("lake", str(root.catalog))
        yield Finding("pending", f"{len(pending)} landing files", ok=not pending)
        if last is not None:
            yield Finding("last run", last)
        yield Finding("current night", str(current_night(root)))
        yield Finding("nights kept", str(len(nights(root))))
        with open_published(root) as connection:
            (briefs,) = connection.execute("SELECT count(*) FROM briefs").fetchall()[0]
            found = [*_unsigned(connection), *_headings(connection)]
        yield Finding("briefs", f"{briefs:,}")
        yield from found
    except WarehouseError as error:
        yield Finding("record", str(error), ok=False)


# Views cut a text for every block; here the headings come first, and few briefs have any.
_HEADINGS = """
SELECT publisher, first(total), list(left(heading, 50) || ' (' || briefs || ')'
    ORDER BY briefs DESC, heading)
FROM (
    SELECT *, sum(briefs) OVER (PARTITION BY publisher)::BIGINT AS total
    FROM (
        SELECT coalesce(b.publisher, 'unknown publishers') AS publisher,
            replace(substring(b.text, k.text_start + 1, k.text_end - k.text_start), chr(10), ' ')
                AS heading,
            count(DISTINCT k.brief_id) AS briefs
        FROM blocks k JOIN briefs b USING (brief_id)
        WHERE k.kind = 'heading' AND k.section IN ('context', 'other', 'lead')
            AND b.duplicate_of IS NULL
        GROUP BY ALL)
    QUALIFY row_number() OVER (PARTITION BY publisher ORDER BY briefs DESC, heading) <= 10)
GROUP BY publisher ORDER BY first(total) DESC, publisher"""


def _unsigned(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Tell how many briefs were merged before texts had signatures, and so find no copies."""
    (count,) = connection.execute(
        "SELECT count(*) FROM briefs WHERE len(signature) = 0 AND word_count >= $1", [_LONG_ENOUGH]
    ).fetchall()[0]
    if count:
        value = f"{count:,}; run briefhouse rebuild, or copies of them are not found"
        yield Finding("briefs without signature", value, ok=False)


def _headings(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Tell which headings no profile knows: the ones seen most may open a section."""
    for publisher, total, headings in connection.execute(_HEADINGS).fetchall():
        yield Finding(f"unknown headings, {publisher}", f"{total:,}, as {'; '.join(headings)}")
