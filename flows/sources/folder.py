"""Folders and files: every document below a path, in a fixed order."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flows.sources.archive import has_name_of_archive
from flows.sources.files import read_file, refused, uri_of
from flows.sources.looks import Looks, Unchanged
from flows.sources.mailbox import is_maildir
from flows.sources.model import Failure, Source
from flows.sources.selection import Selection
from warehouse.landing import Capture

SETTLE = 10.0
"""Seconds: what was written so lately may not be whole yet, and is looked at twice."""

_PAUSE = 0.5  # seconds between the two looks; whoever copies a file writes to it meanwhile
_UNFINISHED = (
    ".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp", "~",
)  # fmt: skip
_WARC_FILES = ("*.warc", "*.warc.gz", "*.wet", "*.wet.gz", "*.wat", "*.wat.gz", "*.warc.zst")

Item = Capture | Failure | Unchanged


def collect_folder(
    source: Source,
    leave_out: Path | None = None,
    *,
    looks: Looks | None = None,
    settle: float = SETTLE,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Item]:
    """Yield every document below the source's paths, but none below ``leave_out``, the data root.

    Archives, mailboxes and WARC files are opened. Hidden files are left out, and so are those with
    a name for what is not finished. A file that changed within ``settle`` seconds is read last,
    and left for the next run if it changes still; one that is named itself is read at once. Links
    that lead out of the folder are refused, others are left out: what they lead to is there anyway.

    With ``looks``, files that did not change are :class:`~flows.sources.looks.Unchanged`. What
    can't be read is a :class:`Failure`; the rest goes on.
    """
    for location in source.locations:
        path = Path(location)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            yield refused(path, error, whole=True)
            continue
        walk = _Walk(path, source, leave_out, looks or Looks(), settle, sleep)
        yield from walk.below() if stat.S_ISDIR(mode) else walk.file(path)


@dataclass
class _Walk:
    root: Path
    source: Source
    leave_out: Path | None
    looks: Looks
    settle: float
    sleep: Callable[[float], None]
    young: dict[Path, str] = field(default_factory=dict)
    maildirs: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._real = self.root.resolve()
        # of a crawl, the source's patterns choose pages, not files
        is_crawl = self.source.kind == "warc"
        self._files = Selection(_WARC_FILES) if is_crawl else self.source.selection

    def below(self) -> Iterator[Item]:
        errors: list[OSError] = []
        for parent, folders, names in os.walk(self.root, onerror=errors.append):
            here = Path(parent)
            if is_maildir(folders):
                self.maildirs.add(here)
                folders[:] = [name for name in folders if name != "tmp"]
            links = [name for name in folders if (here / name).is_symlink()]
            folders[:] = sorted(n for n in folders if n not in links and not self._is_out(here / n))
            for name in sorted([*names, *links]):
                if not name.startswith(".") and not name.endswith(_UNFINISHED):
                    yield from self._listed(here / name)
        for error in errors:
            path = Path(error.filename or self.root)
            yield refused(path, error, whole=path == self.root)
        yield from self._once_more()

    def _is_out(self, folder: Path) -> bool:
        if folder.name.startswith("."):
            return True
        try:
            return self.leave_out is not None and folder.samefile(self.leave_out)
        except OSError:
            return False

    def _listed(self, path: Path) -> Iterator[Item]:
        place = path.relative_to(self.root).as_posix()
        opened = self.source.kind == "folder" and has_name_of_archive(path.name)
        if not (self._files.takes_archive if opened else self._files.takes_path)(place):
            return
        try:
            if path.is_symlink():
                if not path.resolve(strict=True).is_relative_to(self._real):
                    message = f"{path} is a link that leads out of {self.root}; name its target"
                    yield Failure(uri_of(path), "outside", message)
                return
            found = path.stat()
        except OSError as error:
            yield refused(path, error, listed=True)
            return
        except RuntimeError:  # a circle of links, as Python before 3.13 tells it
            yield refused(path, OSError(errno.ELOOP, os.strerror(errno.ELOOP)))
            return
        if self.looks.is_unchanged(uri_of(path), found):
            yield Unchanged(uri_of(path))
        elif stat.S_ISREG(found.st_mode) and time.time() - found.st_mtime < self.settle:
            self.young[path] = _size_and_time(found)
        else:
            yield from self.file(path, listed=True)

    def _once_more(self) -> Iterator[Item]:
        """Read the files that were written lately and do not change any more."""
        if self.young:
            self.sleep(min(_PAUSE, self.settle))
        for path, before in self.young.items():
            try:
                now = _size_and_time(path.stat())
            except OSError as error:
                yield refused(path, error, listed=True)
                continue
            if now == before:
                yield from self.file(path, listed=True)
            else:
                yield _unfinished(path)

    def file(self, path: Path, *, listed: bool = False) -> Iterator[Item]:
        """Yield what a file holds, and remember its look if it was whole."""
        at = time.time_ns()
        failed = False
        try:
            before = path.stat()
            maildir = path.parent.parent if path.parent.parent in self.maildirs else None
            place = path.relative_to(self.root).as_posix() if listed else path.name
            for item in read_file(path, self.source, before, place=place, maildir=maildir):
                failed = failed or isinstance(item, Failure)
                yield item
            after = path.stat()
        except OSError as error:
            yield refused(path, error, listed=listed)
            return
        # what failed is read again, so that it is told again, and so is what is named itself
        if listed and not failed and _size_and_time(before) == _size_and_time(after):
            self.looks.read(uri_of(path), before, at)


def _size_and_time(found: os.stat_result) -> str:
    return f"{found.st_size}-{found.st_mtime_ns}"


def _unfinished(path: Path) -> Failure:
    message = f"{path} is being written; it is left for the next run"
    return Failure(uri_of(path), "unfinished", message)
