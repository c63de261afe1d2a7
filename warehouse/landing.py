"""Landing: raw captures as they came, in immutable Parquet files. All else is rebuilt from here."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import TracebackType
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.model import Hints
from warehouse.root import DataRoot, storage_errors, sync_file, sync_folder
from warehouse.schema import CAPTURES
from warehouse.table import default_of

# A file is what one extraction task takes: large enough to be worth a task, small enough to hold
# in memory a few times over.
MAX_CAPTURES = 500
MAX_BYTES = 64 * 1024 * 1024
# Nor does what was fetched wait in memory for longer than this (seconds), where a kill loses it.
MAX_AGE = 60.0

GONE = (404, 410)
"""The statuses that say that a page is gone. Such an answer is kept, but is no document."""

_COLUMNS = [f for f in CAPTURES.fields if f.name != "landing_file"]
SCHEMA = pa.schema([*_COLUMNS, pa.field("body", pa.large_binary(), nullable=False)])


@dataclass(frozen=True)
class Capture:
    """One page as it came. ``fetched_at`` is in UTC; ``uri`` is an address or an absolute path."""

    source: str
    uri: str
    fetched_at: datetime
    body: bytes
    final_uri: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str | None = None
    robots_allowed: bool | None = None
    request_headers: tuple[tuple[str, str], ...] | None = None
    redirects: tuple[str, ...] | None = None
    noai: bool | None = None
    license_url: str | None = None
    entry_title: str | None = None
    entry_published: str | None = None
    entry_authors: tuple[str, ...] | None = None
    declared_publisher: str | None = None

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    @cached_property
    def capture_id(self) -> str:
        seed = "\x1f".join((self.uri, self.fetched_at.isoformat(), self.sha256))
        return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:20]

    def row(self) -> dict[str, Any]:
        return {
            "capture_id": self.capture_id,
            "source": self.source,
            "uri": self.uri,
            "final_uri": self.final_uri or self.uri,
            "fetched_at": self.fetched_at,
            "status": self.status,
            "headers": _pairs(self.headers),
            "request_headers": _pairs(self.request_headers),
            "redirects": None if self.redirects is None else list(self.redirects),
            "content_type": self.content_type,
            "sha256": self.sha256,
            "bytes": len(self.body),
            "robots_allowed": self.robots_allowed,
            "noai": self.noai,
            "license_url": self.license_url,
            "entry_title": self.entry_title,
            "entry_published": self.entry_published,
            "entry_authors": None if self.entry_authors is None else list(self.entry_authors),
            "declared_publisher": self.declared_publisher,
            "body": self.body,
        }


def _pairs(headers: tuple[tuple[str, str], ...] | None) -> list[dict[str, str]] | None:
    if headers is None:
        return None
    return [{"name": name, "value": value} for name, value in headers]


class LandingWriter:
    """Appends captures to ``landing/YYYY/MM/DD/<run>-<n>.parquet``, a new file when one is full.

    A file appears under its name only when it is whole and on disk. ``prefix`` tells apart
    writers of one run that work at once.
    """

    def __init__(self, root: DataRoot, run_id: str, prefix: str = "0") -> None:
        self._root = root
        self._name = f"{run_id}-{prefix}"
        self._rows: list[dict[str, Any]] = []
        self._bytes = 0
        self._since = 0.0
        self.files: list[str] = []

    def __enter__(self) -> LandingWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.flush()  # what came before an error is worth keeping

    def add(self, capture: Capture) -> None:
        if not self._rows:
            self._since = time.monotonic()
        self._rows.append(capture.row())
        self._bytes += len(capture.body)
        is_old = time.monotonic() - self._since >= MAX_AGE
        if len(self._rows) >= MAX_CAPTURES or self._bytes >= MAX_BYTES or is_old:
            self.flush()

    def flush(self) -> None:
        """Write what has gathered to a file of its own."""
        if not self._rows:
            return
        day = self._rows[0]["fetched_at"].strftime("%Y/%m/%d")
        name = f"{day}/{self._name}.{len(self.files):05}.parquet"  # names sort as they are made
        write_landing(self._root, name, pa.Table.from_pylist(self._rows, schema=SCHEMA))
        self.files.append(name)
        self._rows, self._bytes = [], 0


def write_landing(root: DataRoot, name: str, table: pa.Table) -> None:
    """Write a landing file, or another in its place; it appears when it is whole and on disk."""
    path = root.landing / name
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.tmp")
        pq.write_table(table, temporary, compression="zstd")
        sync_file(temporary)
        os.replace(temporary, path)
        sync_folder(path.parent)


def capture_ids(root: DataRoot, name: str) -> list[str]:
    """Return the ids of the captures of a landing file, in its order."""
    column = pq.ParquetFile(root.landing / name).read(["capture_id"])["capture_id"]
    return [str(value) for value in column.to_pylist()]


def landing_files(root: DataRoot) -> list[str]:
    """Return the names of all landing files, relative to landing, oldest day first."""
    found = (path.relative_to(root.landing) for path in root.landing.glob("*/*/*/*.parquet"))
    return sorted(str(path) for path in found if not path.name.startswith("."))


def count_captures(root: DataRoot, name: str) -> int:
    """Return how many captures a landing file holds; 0 if it can't be read."""
    try:
        return int(pq.read_metadata(root.landing / name).num_rows)
    except (OSError, pa.ArrowInvalid):
        return 0


def read_landing(root: DataRoot, name: str) -> pa.Table:
    """Read one landing file: the columns of ``captures`` and ``body``.

    Raises OSError or pyarrow.ArrowInvalid for a file that is damaged.
    """
    # ParquetFile, not read_table: that imports pyarrow.dataset, a tenth of a second
    table = _today(pq.ParquetFile(root.landing / name).read())
    return table.append_column(
        pa.field("landing_file", pa.string(), nullable=False),
        pa.array([name] * table.num_rows, pa.string()),
    )


def _today(table: pa.Table) -> pa.Table:
    """Return a landing table with today's columns: those younger than it have their default."""
    columns = [
        table[f.name].cast(f.type)
        if f.name in table.column_names
        else pa.array([default_of(f)] * table.num_rows, f.type)
        for f in SCHEMA
    ]
    return pa.table(columns, schema=SCHEMA)


def find_body(root: DataRoot, name: str, capture_id: str) -> bytes | None:
    """Return the bytes of one capture of a landing file, or None if it isn't there."""
    table = pq.read_table(
        root.landing / name, columns=["body"], filters=[("capture_id", "=", capture_id)]
    )
    return table["body"][0].as_py() if table.num_rows else None


class Landed(NamedTuple):
    """One document as it waits to be taken apart."""

    body: bytes
    uri: str
    content_type: str
    hints: Hints | None


def documents(table: pa.Table) -> Iterator[Landed]:
    """Yield each capture that is a document, not a page gone."""
    told = table.select(
        ["status", "final_uri", "content_type", "fetched_at", "entry_title", "entry_published",
         "entry_authors", "declared_publisher"]
    ).to_pylist()  # fmt: skip
    for body, capture in zip(table["body"], told, strict=True):
        if capture["status"] not in GONE:
            uri, kind = capture["final_uri"], capture["content_type"] or ""
            yield Landed(body.as_py(), uri, kind, _hints(capture))


def _hints(capture: dict[str, Any]) -> Hints | None:
    title, published = capture["entry_title"], capture["entry_published"]
    authors, publisher = tuple(capture["entry_authors"] or ()), capture["declared_publisher"]
    if not (title or published or authors or publisher):
        return None
    return Hints(title, published, authors, publisher, capture["fetched_at"])
