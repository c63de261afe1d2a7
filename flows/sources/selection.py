"""Which documents of a source are wanted: by patterns, and by days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from extractors.dates import from_url


@dataclass(frozen=True, slots=True)
class Selection:
    """Patterns and days. A pattern is a shell's: ``*`` stands for anything, slashes too.

    What ``include`` does not match is left out, and so is what ``exclude`` does; without
    ``include`` everything is in. Days hold in between, both ends included.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def takes_url(
        self, url: str, published: date | None = None, changed: date | None = None
    ) -> bool:
        """Tell whether the page at ``url`` is wanted.

        A pattern that begins with a slash is matched with path and query, any other with the whole
        address. The day is that in the address, else ``published``. ``changed``, the day of the
        last edit, proves only that a page is older than ``since``: an edit tells nothing of when
        the page came out. What has no day is wanted.
        """
        return self._matches(_forms(url)) and self.takes_day(from_url(url) or published, changed)

    def takes_path(self, path: str, within: str | None = None) -> bool:
        """Tell whether a file is wanted; ``path`` is relative to the source's folder.

        A pattern is matched with the whole path and with the name alone. ``within`` is the path in
        an archive: it is matched too, and what holds for the archive holds for all that is in it.
        """
        forms = (path, path.rpartition("/")[2])
        if within is None:
            return self._matches(forms)
        inner = (f"{path}!/{within}", within, within.rpartition("/")[2])
        if _any(self.exclude, (*forms, *inner)):
            return False
        return not self.include or _any(self.include, (*forms, *inner))

    def takes_archive(self, path: str) -> bool:
        """Tell whether an archive may hold something that is wanted."""
        return not _any(self.exclude, (path, path.rpartition("/")[2]))

    def takes_day(self, published: date | None, changed: date | None = None) -> bool:
        """Tell whether a document of that day is wanted; see :meth:`takes_url`."""
        if published is None:
            return not (self.since and changed and changed < self.since)
        return (not self.since or published >= self.since) and (
            not self.until or published <= self.until
        )

    def _matches(self, forms: tuple[str, ...]) -> bool:
        if self.include and not _any(self.include, forms):
            return False
        return not _any(self.exclude, forms)


def _any(patterns: tuple[str, ...], forms: tuple[str, ...]) -> bool:
    return any(fnmatchcase(form, pattern) for pattern in patterns for form in forms)


def _forms(url: str) -> tuple[str, ...]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return (url,)
    path = parts.path or "/"
    return (url, f"{path}?{parts.query}" if parts.query else path)
