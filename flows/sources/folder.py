"""Folders and files: every regular file below a path, in a fixed order."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from extractors.text import clean
from flows.sources.model import Failure, Source
from warehouse.landing import Capture

MAX_FILE_BYTES = 100 * 1024 * 1024  # a brief is kilobytes; what is larger is something else
_MISSING = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL}


def collect_folder(source: Source, leave_out: Path | None = None) -> Iterator[Capture | Failure]:
    """Yield every file below the source's paths, but none below ``leave_out``, the data root.

    Hidden files and links to folders are left out too. What can't be read is a :class:`Failure`
    with reason ``missing``, ``unreadable``, ``vanished`` or ``too-large``; the rest goes on.
    """
    for location in source.locations:
        path = Path(location)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            yield _refused(path, error, whole=True)
            continue
        if stat.S_ISDIR(mode):
            yield from _below(path, source, leave_out)
        else:
            yield _read(path, source)


def uri_of(path: Path) -> str:
    """Return the uri of a file: its absolute path, made safe to store."""
    return clean(os.fsencode(path.absolute()).decode("utf-8", "backslashreplace"))


def _below(folder: Path, source: Source, leave_out: Path | None) -> Iterator[Capture | Failure]:
    refused: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not _is_same(Path(parent, name), leave_out)
        )
        for name in sorted(names):
            if not name.startswith("."):
                yield _read(Path(parent, name), source, listed=True)
    for error in refused:
        path = Path(error.filename or folder)
        yield _refused(path, error, whole=path == folder)


def _is_same(folder: Path, other: Path | None) -> bool:
    """Tell whether two names are of one folder, by whichever way each leads there."""
    try:
        return other is not None and folder.samefile(other)
    except OSError:
        return False


def _read(path: Path, source: Source, *, listed: bool = False) -> Capture | Failure:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return Failure(uri_of(path), "unreadable", f"{path} is no regular file; leave it out")
        if found.st_size > MAX_FILE_BYTES:
            size, limit = f"{found.st_size:,} bytes", f"{MAX_FILE_BYTES:,}"
            return Failure(uri_of(path), "too-large", f"{path} has {size}, more than {limit}")
        body = path.read_bytes()
    except OSError as error:
        return _refused(path, error, listed=listed)
    return Capture(source.name, uri_of(path), datetime.now(UTC), body)


def _refused(
    path: Path, error: OSError | ValueError, *, whole: bool = False, listed: bool = False
) -> Failure:
    """Tell why a path can't be read; ``listed`` if its folder named it a moment ago."""
    uri = uri_of(path)
    if not isinstance(error, OSError):  # a NUL in the path
        return Failure(uri, "missing", f"no path can be {path}: {error}", whole)
    if error.errno in _MISSING and listed:
        message = f"{path} was listed but is gone; run again if it is back"
        return Failure(uri, "vanished", message, whole)
    if error.errno in _MISSING:
        return Failure(uri, "missing", f"no such file or folder: {path}; check the path", whole)
    message = f"can't read {path}: {error.strerror or error}; check its permissions"
    return Failure(uri, "unreadable", message, whole)
