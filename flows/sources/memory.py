"""What a run remembers of the addresses it may ask, and what it changes of that."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping

from flows.sources import recheck
from warehouse.attempts import Known
from warehouse.ledger import Page
from warehouse.urls import canonical


def key_of(uri: str) -> str:
    """Return what two spellings of one address have in common."""
    return canonical(uri) or uri


class Memory:
    """The pages of the sources of a run, for all its threads.

    ``known`` is what became of the captures: where the ledger lacks a page (the run that fetched
    it was killed before it wrote that), its capture tells when it came.
    """

    def __init__(self, pages: Iterable[Page], known: Mapping[str, Known]) -> None:
        self._pages = {key_of(page.uri): page for page in pages}
        self._of: dict[tuple[str, str], list[Page]] = {}
        for page in self._pages.values():
            self._of.setdefault((page.source, page.role), []).append(page)
        self._known = known
        self._changed: dict[str, Page] = {}
        self._claimed: set[str] = set()
        self._lock = threading.Lock()

    def page(self, uri: str, source: str) -> Page | None:
        """Return what is remembered of an address, or None if it was never asked."""
        if page := self._pages.get(key_of(uri)):
            return page
        if known := self._known.get(uri):
            at = known.fetched_at
            return recheck.came(Page(uri, source, "page", at), at, known.sha256, None, None)
        return None

    def of(self, source: str, role: str) -> list[Page]:
        """Return the pages that a source named first."""
        return self._of.get((source, role), [])

    def claim(self, uri: str) -> bool:
        """Tell whether nobody has claimed an address in this run, and claim it."""
        key = key_of(uri)
        with self._lock:
            if key in self._claimed:
                return False
            self._claimed.add(key)
            return True

    def put(self, page: Page) -> None:
        """Remember a page as it is now."""
        with self._lock:
            self._changed[key_of(page.uri)] = page

    def changed(self) -> list[Page]:
        """Return the pages that changed, each as it is now."""
        with self._lock:
            return list({page.uri: page for page in self._changed.values()}.values())
