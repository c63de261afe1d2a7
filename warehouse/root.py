"""The data root: one folder, and where in it each thing lives."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import LockedError, NoRootError, StorageError


@dataclass(frozen=True)
class DataRoot:
    """Paths below one data root; nothing is touched until a method says so."""

    path: Path

    @property
    def landing(self) -> Path:
        return self.path / "landing"

    @property
    def staging(self) -> Path:
        """Extracted rows on their way to the merge; may be deleted at any time between runs."""
        return self.path / "staging"

    @property
    def catalog(self) -> Path:
        return self.path / "lake" / "catalog.sqlite"

    @property
    def lake_files(self) -> Path:
        return self.path / "lake" / "data"

    @property
    def published(self) -> Path:
        return self.path / "published"

    @property
    def unpublished(self) -> Path:
        """Marker: there from before a merge commits until its night is published."""
        return self.path / "lake" / "unpublished"

    @property
    def erasing(self) -> Path:
        """Notes of erasures, until nothing is left of what they erase."""
        return self.path / "lake" / "erasing"

    @property
    def writable(self) -> bool:
        """Whether this user may write here, and the file system lets anybody."""
        return os.access(self.path, os.W_OK)

    @property
    def current(self) -> Path:
        """The one link that moves."""
        return self.published / "current"

    def must_exist(self) -> None:
        """Raise :class:`NoRootError` where nothing says that a run ever wrote here."""
        if not (self.landing.is_dir() or self.catalog.exists() or self.current.is_symlink()):
            raise NoRootError(self.path)

    def make(self) -> None:
        """Create the folders; raises :class:`StorageError` naming the one that can't be made."""
        for folder in (self.path, self.landing, self.lake_files, self.published):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StorageError(folder, error) from error


_DISK = ("disk i/o error", "disk is full", "no space left", "read-only", "readonly")


@contextmanager
def storage_errors(
    path: Path, database_error: type[duckdb.Error] = duckdb.IOException
) -> Iterator[None]:
    """Turn what the disk refuses into :class:`StorageError` naming ``path``.

    ``database_error`` is the kind of DuckDB's errors that are meant too.
    """
    try:
        yield
    except OSError as error:
        raise StorageError(path, error) from error
    except duckdb.Error as error:
        # a catalog that can't be written fails a commit, as an error of the transaction
        told = str(error).lower()
        if isinstance(error, database_error) or any(words in told for words in _DISK):
            raise StorageError(path, OSError(str(error))) from error
        raise


@contextmanager
def writing(root: DataRoot, *, wait: float = 30.0) -> Iterator[None]:
    """Hold the root's only write lock, waiting up to ``wait`` seconds for it.

    The operating system drops the lock with the process, however that ends. Raises
    :class:`LockedError` when another process keeps it.
    """
    with _locked(root, ".lock", wait):
        yield


@contextmanager
def opening(root: DataRoot, *, wait: float = 30.0) -> Iterator[None]:
    """Hold the lock under which the lake is attached: two first runs would both create it."""
    with _locked(root, ".opening.lock", wait):
        yield


@contextmanager
def _locked(root: DataRoot, name: str, wait: float) -> Iterator[None]:
    path = root.path / name
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StorageError(path, error) from error
    try:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    holder = os.pread(descriptor, 64, 0).decode(errors="replace").strip()
                    raise LockedError(root.path, holder) from None
                time.sleep(0.1)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def lock_holder(root: DataRoot) -> str | None:
    """Return who holds the write lock just now, in words; None if nobody does."""
    try:
        descriptor = os.open(root.path / ".lock", os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None  # nobody has written here yet, or this user may not
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return os.pread(descriptor, 64, 0).decode(errors="replace").strip() or "another process"
    finally:
        os.close(descriptor)
    return None


def sync_folder(folder: Path) -> None:
    """Make renames inside ``folder`` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make the content of ``path`` durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
