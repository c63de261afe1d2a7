"""What can go wrong in the warehouse, each with the thing it concerns and what to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.integrity import Broken


class WarehouseError(Exception):
    """The base of every error that the warehouse raises on purpose."""


class LockedError(WarehouseError):
    """Another run is writing to the same data root."""

    def __init__(self, root: Path, holder: str) -> None:
        self.root = root
        self.holder = holder
        super().__init__(
            f"another run is writing to {root}{f' ({holder})' if holder else ''}; "
            "wait for it to end, or run again later"
        )


class NothingPublishedError(WarehouseError):
    """The data root has no published night yet."""

    def __init__(self, root: Path) -> None:
        self.root = root
        super().__init__(
            f"nothing is published below {root} yet; "
            f"run `briefhouse ingest PATH --data {root}` first"
        )


class NoRootError(WarehouseError):
    """There is no data root where one was named: a mistyped path, most often."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path} is no data root: it has no folder landing with stored pages; see --data "
            "(nothing was made)"
        )


class IntegrityError(WarehouseError):
    """A check inside the merge failed: nothing of the batch was stored."""

    def __init__(self, failures: Sequence[Broken]) -> None:
        self.failures = failures
        super().__init__(
            "what was extracted contradicts itself, so nothing of it was stored: "
            + "; ".join(map(str, failures))
            + ". The pages are in landing and are taken first by the next run; until the extractor "
            "is mended the published night stays as it is (briefhouse status)"
        )


class SchemaVersionError(WarehouseError):
    """The data root was written by a later version of Briefhouse than this."""

    def __init__(self, root: Path, found: int, supported: int) -> None:
        self.root = root
        self.found = found
        self.supported = supported
        super().__init__(
            f"{root} has schema version {found}, this Briefhouse knows up to {supported}; "
            "install the version that wrote it, or a later one; nothing was changed"
        )


class StorageError(WarehouseError):
    """The data root can't be read or written."""

    def __init__(self, path: Path, cause: OSError) -> None:
        self.path = path
        super().__init__(f"can't use {path}: {_advised(cause.strerror or str(cause))}")


_AGAIN = "What was published stands, and nothing that was stored is lost."
_ADVICE = (
    (
        ("no space left", "disk is full", "disk quota exceeded"),
        f"No space left on device. Free some there and run the same again. {_AGAIN}",
    ),
    (
        ("read-only", "readonly"),
        "Read-only file system. Make it writable, or name another root with --data; what only "
        "reads, such as sql, search and status, works as it is",
    ),
    (
        ("disk i/o error",),
        f"disk I/O error. See that the disk is neither full nor failing, and run the same again. "
        f"{_AGAIN}",
    ),
)
"""What disks say, in the words of the system, of DuckDB or of SQLite, and what to do about it."""


def _advised(said: str) -> str:
    told = said.lower()
    return next((advice for words, advice in _ADVICE if any(w in told for w in words)), said)


class LakeReplacedError(WarehouseError):
    """The lake was rebuilt while a run had the one before open."""

    def __init__(self, root: Path) -> None:
        self.root = root
        super().__init__(
            f"the lake of {root} was rebuilt while this run went on; what it collected is in "
            "landing, and the next run takes it: run again"
        )


class LandingGoneError(WarehouseError):
    """Landing files that a rebuild needs are not there."""

    def __init__(self, root: Path, names: Collection[str]) -> None:
        self.names = sorted(names)
        super().__init__(
            f"{len(names)} landing files that the lake refers to are not below {root}, as "
            f"{self.names[0] or 'those that retention deleted'}: a lake rebuilt without them would "
            "lack their briefs; nothing was changed. Restore them from a copy"
        )


class CatalogGoneError(WarehouseError):
    """There is a published night, but no catalog of the lake that it came from."""

    def __init__(self, catalog: Path) -> None:
        super().__init__(
            f"{catalog} is not there, though a night is published. Put it back from a copy, or run "
            "`briefhouse rebuild`, which makes it anew from landing and from the books of the "
            "published night; nothing was changed"
        )
