"""Folders and files: every regular file below a path, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from extractors.text import clean
from flows.sources.model import Collected, Failure, Source
from warehouse.landing import Capture

MAX_FILE_BYTES = 100 * 1024 * 1024  # a brief is kilobytes; what is larger is something else


def collect_folder(source: Source) -> Collected:
    """Yield every file below the source's paths. Hidden files and links to folders are left out.

    What can't be read is a :class:`Failure` with reason ``missing``, ``unreadable``, ``vanished``
    or ``too-large``; the rest goes on.
    """
    for location in source.locations:
        path = Path(location)
        if path.is_dir():
            yield from _below(path, source)
        elif path.exists():
            yield _read(path, source)
        else:
            yield Failure(
                uri_of(path), "missing", f"no such file or folder: {path}; check the path", True
            )


def uri_of(path: Path) -> str:
    """Return the uri of a file: its absolute path, made safe to store."""
    return clean(os.fsencode(path.absolute()).decode("utf-8", "backslashreplace"))


def _below(folder: Path, source: Source) -> Iterator[Capture | Failure]:
    refused: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and (path.is_file() or not path.exists()):
                yield _read(path, source)
    for error in refused:
        path = Path(error.filename or folder)
        yield Failure(
            uri_of(path),
            "unreadable",
            f"can't list {path}: {error.strerror}; check its permissions",
            path == folder,
        )


def _read(path: Path, source: Source) -> Capture | Failure:
    uri = uri_of(path)
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            return Failure(
                uri, "too-large", f"{path} has {size:,} bytes, more than {MAX_FILE_BYTES:,}"
            )
        body = path.read_bytes()
    except FileNotFoundError:
        return Failure(uri, "vanished", f"{path} was listed but is gone; run again if it is back")
    except OSError as error:
        return Failure(
            uri, "unreadable", f"can't read {path}: {error.strerror}; check its permissions"
        )
    return Capture(source.name, uri, datetime.now(UTC), body)
